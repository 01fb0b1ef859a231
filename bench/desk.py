"""Make workspaces of many records for the benchmarks: every record with 20 events, seeded, always the same."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFICE = """\
单位: {全称: 东河市商务局, 简称: 市商务局, 自称: 我局, 印发机关: 东河市商务局办公室}
发文字号: {答复: 东商, 会办意见: {代字: 东商提函, 自动: 是}}
抄送: {提案: [市政协提案委], 建议: [市人大代表工委]}
联系: {联系单位: 市商务局办公室, 联系电话: "60010023"}
"""
SECTIONS = ("市场科", "外贸科", "商贸科", "办公室", "投资科")
SURNAMES, GIVEN = "林程陆苏何周吴郑沈韩", "晓舟一白晴秋明远宁川"
SUBJECTS = ("优化夜市管理", "增设社区菜店", "扶持外贸企业出海", "规范直播带货", "改善老旧商圈停车", "发展冷链物流")
PARAGRAPH = "经研究，我局会同有关部门逐条梳理，已经把所提意见列入年度工作安排，并明确了时限和责任科室。"
PER_YEAR = 1000


def make(folder: Path, count: int) -> None:
    """Write a workspace of *count* records into *folder*."""
    (folder / "proposals").mkdir(parents=True)
    (folder / "dafu.yaml").write_text(OFFICE, encoding="utf-8")
    for n in range(count):
        year = 2025 - n // PER_YEAR
        path = folder / "proposals" / str(year) / f"{year}{n % PER_YEAR:04}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(record(n, year), encoding="utf-8")


def record(n: int, year: int) -> str:
    """Return the text of record *n*: the last tenth of the newest year is still open."""
    dice = random.Random(n)  # noqa: S311 -- the same records in every run, no secret
    names = [dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN) for _ in range(dice.randint(1, 4))]
    names = list(dict.fromkeys(names))
    day = date(year, 3, dice.randint(1, 20))
    is_open = n < PER_YEAR and n % 10 == 0
    events = "\n".join(f"  - {{{one}}}" for one in _events(day, names, is_open=is_open))
    return (
        f'案号: "{year}{n % PER_YEAR:04}"\n届次: 市政协十四届{"一二三四五"[year % 5]}次会议\n'
        f"案由: {dice.choice(SUBJECTS)}第{n}件\n提案人: [{', '.join(names)}]\n"
        f"建议事项:\n  - 明确责任单位\n  - 增加投入\n"
        f"答复:\n  办理结果: {dice.choice('AAABBC')}\n  公开: 主动公开\n  联系人: [{names[0]}]\n"
        f"  正文: |\n    一、关于办理情况\n    {PARAGRAPH}\n    二、下一步打算\n    {PARAGRAPH}\n"
        f"办理过程:\n{events}\n"
    )


def _events(day: date, names: list[str], *, is_open: bool) -> Iterator[str]:
    head = [
        "环节: 交办, 交办单位: 市政府办公室",
        "环节: 签收",
        f"环节: 分办, 科室: {SECTIONS[day.toordinal() % len(SECTIONS)]}, 经办人: {names[0]}",
        *(f"环节: 沟通, 方式: 电话, 对象: {names[0]}, 说明: 第{n}次听取意见" for n in range(1, 9)),
        "环节: 拟稿",
        "环节: 审核",
    ]
    tail = [
        "环节: 签发, 签发人: 周明远",
        f"环节: 印发, 发文字号: 东商〔{day.year}〕{day.toordinal() % 900 + 1}号",
        f"环节: 送达, 对象: {'、'.join(names)}",
        f"环节: 反馈, 对象: {names[0]}, 整体: 满意",
        "环节: 公开",
        "环节: 办结",
        "环节: 归档",
    ]
    for n, one in enumerate(head if is_open else [*head, *tail]):
        yield f"日期: {day + timedelta(days=4 * n)}, {one}"


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
