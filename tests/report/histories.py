"""Made-up histories as the plain values of their files, and how the program reads them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from records import root_of
from report.making import OFFICE

if TYPE_CHECKING:
    from dafu.model import Proposal

GAPS = st.integers(0, 70)
WALK: list[tuple[str, dict[str, Any]]] = [
    ("签收", {}),
    ("退办", {"理由": "不属本局"}),
    ("退办结果", {"结果": ["同意", "不同意"]}),
    ("沟通", {"方式": ["面商", "电话", "书面", "上门走访"], "对象": "林晓"}),
    ("延期", {"至": ["2025-09-30", "2025-12-31"], "理由": "面广", "批准单位": "市政协提案委"}),
    ("印发", {"发文字号": "东商〔2025〕1号"}),
    ("送达", {"对象": "林晓"}),
    ("公开", {}),
    ("反馈", {"对象": ["林晓", "王平"], "整体": ["满意", "基本满意", "不满意"]}),
    ("重办", {}),
    ("延期", {"至": ["2025-11-30", "2026-03-31"], "理由": "面广", "批准单位": "市政协提案委"}),
    ("印发", {"发文字号": "东商〔2025〕2号"}),
    ("反馈", {"对象": ["林晓", "王平"], "整体": ["满意", "基本满意", "不满意"]}),
    ("办结", {}),
    ("跟踪", {"下次日期": ["2025-12-01", "2026-04-01"]}),
    ("拟稿", {}),
    ("印发", {"发文字号": "东商〔2025〕3号"}),
    ("公开", {}),
    ("撤案", {"理由": "撤回"}),
]
RARE = ("退办结果", "撤案", "办结")


@st.composite
def histories(draw: st.DrawFn, number: str = "1") -> dict[str, Any]:
    """Make a record that takes some of the steps, in order, with any days between."""
    role = draw(st.sampled_from(["独办", "分办", "会办", "参阅"]))
    day = date(2025, 3, 3) + timedelta(draw(st.integers(0, 100)))
    events = [{"日期": str(day), "环节": "交办"}]
    for step, keys in WALK:
        if not draw(st.booleans()) or (step in RARE and not draw(st.booleans())):
            continue
        day += timedelta(draw(GAPS))
        said = {key: draw(st.sampled_from(words)) if isinstance(words, list) else words for key, words in keys.items()}
        events.append({"日期": str(day), "环节": step, **said})
    record: dict[str, Any] = {"案号": number, "届次": "三次会议", "案由": "夜市", "提案人": ["林晓"], "角色": role}
    record |= {"主办单位": "市公安局"} if role == "会办" else {}
    if role in ("独办", "分办"):
        replies = [
            {
                "办理结果": draw(st.sampled_from(["A", "B", "C", "D", ""])),
                "公开": draw(st.sampled_from(["主动公开", ""])),
            }
            for _ in range(3)
        ]
        record |= {"答复": replies[0], "再次答复": replies[1:]}
    return record | {"办理过程": events}


def read(records: list[dict[str, Any]]) -> list[tuple[Proposal, Proposal | None]]:
    """Let the program read the plain records (JSON is YAML), each with its lead."""
    from dafu.model import read_proposal

    found = {}
    for one in records:
        proposal, problems = read_proposal(root_of(json.dumps(one, ensure_ascii=False)), OFFICE)
        assert proposal is not None, problems
        found[one["案号"]] = proposal
    leads = {number: one for one in found.values() for number in one.merged}
    return [(one, leads.get(number)) for number, one in found.items()]
