"""Measure the printed page and picture every paper: writes docs/layout.md and docs/papers/*.png.

    python bench/geometry.py            the whole suite, some minutes
    python bench/geometry.py pictures   the pictures alone

Exits with 1 when a measure lies outside its tolerance. Needs LibreOffice, poppler and the `dev` extra.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dafu.desk.draft import Drafted
    from dafu.model import Event, Office, Proposal
    from geometry import Measured

DOCS = ROOT / "docs"
TODAY = date(2025, 5, 23)
DPI, COLOURS = 60, 8
_COMPARING = re.compile("同高|同行|居中于")  # what should stand where something else stands
_OF_FORM = re.compile("标志|红线|发文字号")
# paper → the record of the sample office that it is written from
RECORDS = {
    "答复": "143069",
    "建议答复": "建议/31",
    "会办意见": "省/0215",
    "征求会办": "143088",
    "征询意见表": "143069",
    "内部交办单": "143069",
    "发文稿纸": "143069",
    "退办申请": "143152",
    "延期申请": "143121",
    "延期告知": "143121",
    "阶段性答复": "143121",
    "再次答复": "143105",
    "催办单": "143069",
}
PAGE = """\
# 版面量测

本页由 `python bench/geometry.py` 写出，不要手改。

- **量了什么**：{letters} 份公文（两种版式 × 版头印制、套打、无 × 1、2、3、5 面 × 抄送 0、1、12 个 × 签发人 1、3 人，\
另有按墨迹量版心的两份），共 {count} 个数，其中 {bad} 个超出允许范围。
- **怎么量**：{office} 转成 PDF，字的位置取自 PDF 里的字形原点，红线、横线、标志的边缘取自 300 dpi 的页面图。\
长度从纸的左上角量起，单位毫米。
- **用什么字体**：{faces}。
- **没有量什么**：没有装 Word 和 WPS，它们的断行、分页、替换字体都没有量过；纸上打印出来的也没有量过。\
标志、一字线的上下边缘随字体而变，换成公文字体会差零点几毫米。

同一项目在多份公文上量得的值合为一行，列出最小和最大的。“应为”出自 GB/T 9704-2012，“允许”是上下各可差多少；\
同高、同行、居中的，列两处相差多少。

| 项目 | 量得 | 应为 | 允许 | 次数 | 结果 |
| --- | --- | --- | --- | ---: | --- |
{rows}

各文种的样张见 [papers](papers/)，由样例单位的记录写出。
"""


def main() -> int:
    """Write the pictures, and the page of measures unless only `pictures` are asked for."""
    pictures()
    return 0 if sys.argv[1:] == ["pictures"] else measures()


def measures() -> int:
    """Write docs/layout.md; return 1 when something lies outside its tolerance."""
    from dafu import preview
    from dafu.layout import draw
    from geometry import cases, letter, measurements

    every = cases()
    found = measurements(every)
    named = {face for case in every[:1] + every[-1:] for face in preview.faces(draw(letter(case)))}
    bad = [one for one in found if not one.ok]
    text = PAGE.format(
        letters=len(every),
        count=len(found),
        bad=len(bad),
        office=_office(),
        faces=_faces(named),
        rows="\n".join(rows(found)),
    )
    (DOCS / "layout.md").write_text(text, encoding="utf-8")
    for one in bad:
        print(f"{one.case} {one.what}: {one.measured:.2f}, {one.wanted:.2f} ± {one.tolerance}")
    print(f"{len(found)} measured, {len(bad)} outside their tolerance")
    return 1 if bad else 0


def rows(found: Iterable[Measured]) -> Iterator[str]:
    """Yield a line of the table for each thing that was measured on any number of pages and letters."""
    groups: dict[str, dict[tuple[str, ...], list[Measured]]] = defaultdict(lambda: defaultdict(list))
    for one in map(_compared, found):
        groups[_what(one)][f"{one.wanted:.4g}", f"{one.tolerance:g}", one.unit].append(one)
    for what, some in groups.items():
        yield from (_row(what, same) for same in some.values())


def _compared(one: Measured) -> Measured:
    """Return a comparison of two places as their distance, which should be nothing."""
    return one._replace(measured=one.measured - one.wanted, wanted=0) if _COMPARING.search(one.what) else one


def _what(one: Measured) -> str:
    """Return what was measured, without its page, and with its form where the forms differ."""
    form = f"（{one.case.split()[0]}）" if _OF_FORM.search(one.what) else ""
    return re.sub(r"^第\d+面", "各面", one.what) + form


def _row(what: str, same: list[Measured]) -> str:
    unit = same[0].unit
    low, high = (_number(pick(one.measured for one in same), unit) for pick in (min, max))
    span = low if low == high else f"{low}～{high}"
    verdict = "合格" if all(one.ok for one in same) else "**不合格**"
    cells = (what, f"{span} {unit}", _number(same[0].wanted, unit), f"{same[0].tolerance:g}", str(len(same)), verdict)
    return f"| {' | '.join(cells)} |"


def _number(value: float, unit: str) -> str:
    return f"{round(value, 2) + 0:.2f}" if unit == "毫米" else f"{value:.0f}"  # + 0 takes the sign off a zero


def _office() -> str:
    from dafu import preview

    told = subprocess.run(
        [str(preview.office()), "--version"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    return " ".join(told.split()[:2])


def _faces(named: Iterable[str]) -> str:
    from dafu import preview

    others = preview.stand_ins()
    told = (f"{face} 由 {others[face] or '系统任选的字体'} 代替" if face in others else face for face in sorted(named))
    return "，".join(told)


def pictures() -> None:
    """Write a small picture of each page of every paper, from the sample office."""
    from dafu import preview

    folder = DOCS / "papers"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    drawn = {paper: _drafted(paper, address) for paper, address in RECORDS.items()}
    for paper, pdf in zip(drawn, preview.pdfs([one.docx for one in drawn.values()]), strict=True):
        for number, page in enumerate(preview.pages(pdf, DPI), 1):
            (folder / f"{paper}-{number}.png").write_bytes(_small(page))
        print(paper, *drawn[paper].missing)


def _drafted(paper: str, address: str) -> Drafted:
    from dafu import store
    from dafu.compose import Composer
    from dafu.desk.draft import Drafting, draft

    workspace = store.open_workspace(ROOT)
    record = store.find(workspace, address, ROOT)
    proposal = replace(record.proposal, events=(*record.proposal.events, *_further(paper)))
    record = record._replace(proposal=_issued(proposal, workspace.office))
    drafting = Drafting(
        workspace, Composer(workspace.office, workspace.templates), TODAY, new=True, dry=True, paper=paper
    )
    return next(iter(draft(drafting, record, None)))


def _issued(proposal: Proposal, office: Office) -> Proposal:
    """Return *proposal* with number, signer and days on its present reply, as the paper has them when it leaves."""
    from dafu.model import effective_reply

    turn = len(proposal.rounds) - 1
    known = effective_reply(proposal, office, turn)
    reply = replace(
        known,
        number=known.number or "临商〔2025〕52号",
        signer=known.signer or "梁怀瑾",
        signed_on=known.signed_on or TODAY,
        issued_on=known.issued_on or TODAY,
    )
    if not turn:
        return replace(proposal, reply=reply)
    later = list(proposal.later_replies)
    later[turn - 1 : turn] = [reply]
    return replace(proposal, later_replies=tuple(later))


def _further(paper: str) -> tuple[Event, ...]:
    """Return what has to happen to a sample record before *paper* is written."""
    from dafu.model import Event
    from dafu.terms import Step

    if paper == "退办申请":
        reason = "二手车交易市场的登记备案和日常监督由市场监督管理部门负责，不属于本单位职责。"
        return (
            Event(day=date(2025, 3, 19), step=Step.DISPATCH, section="市场体系建设科", clerk="韩以宁"),
            Event(day=date(2025, 3, 20), step=Step.RETURN, reason=reason, suggested_unit="市市场监督管理局"),
        )
    if paper in ("延期申请", "延期告知"):
        reason = "涉及外省平台数据对接，需要进一步调研。"
        until, approved_by = date(2025, 7, 14), "市政府办公室"
        return (Event(day=date(2025, 5, 28), step=Step.EXTEND, reason=reason, until=until, approved_by=approved_by),)
    return ()


def _small(page: bytes) -> bytes:
    """Return a picture with a palette of few colours."""
    from PIL import Image

    small = BytesIO()
    Image.open(BytesIO(page)).convert("RGB").quantize(COLOURS, kmeans=1).save(small, "PNG", optimize=True)
    return small.getvalue()


if __name__ == "__main__":
    sys.exit(main())
