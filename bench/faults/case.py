"""What is judged: a small invented office with one record."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

OFFICE = {
    "单位": {"全称": "临澜市商务局", "简称": "市商务局", "自称": "我局", "印发机关": "临澜市商务局办公室"},
    "发文字号": {"答复": "临商", "会办意见": "临商提函"},
    "抄送": {"提案": ["市政协提案委", "市政府办公室督查室"], "建议": ["市人大常委会代表工委", "市政府办公室督查室"]},
    "联系": {"联系单位": "市商务局办公室", "联系电话": "60010023"},
    "编号规则": "届次序号",
}


@dataclass
class Case:
    """A small office with one record to be judged, and what lies around it."""

    record: dict[str, Any]
    office: dict[str, Any] = field(default_factory=lambda: deepcopy(OFFICE))
    others: list[dict[str, Any]] = field(default_factory=list)
    blocks: dict[str, str] = field(default_factory=dict)  # of the office's own template

    @property
    def reply(self) -> dict[str, Any]:
        """Return what stands under 答复."""
        reply: dict[str, Any] = self.record["答复"]
        return reply

    @property
    def events(self) -> list[dict[str, str]]:
        """Return 办理过程."""
        events: list[dict[str, str]] = self.record["办理过程"]
        return events

    @property
    def paper(self) -> str:
        """Return the paper that answers the record."""
        if self.record["角色"] == "会办":
            return "会办意见"
        return "建议答复" if self.record["类别"] == "建议" else "答复"

    def event(self, step: str) -> dict[str, str]:
        """Return the first event of *step*."""
        return next(event for event in self.events if event["环节"] == step)
