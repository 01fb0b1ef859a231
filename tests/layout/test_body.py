from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from dafu.layout import Fit, draw
from dafu.letter import Appendix, Table, blocks

INDENT = 630  # twips, two characters
TABLE = "|事项|科室|时间|\n|---|---|---|\n|开放夜市|市场科|2025年3月|\n|【缺：事项】|综合科|2025年6月|"


def twips(length: float) -> int:
    return round(length / 635)


def looks(paragraph: Any) -> list[tuple[str, str, bool]]:
    return [(run.text, run.font.name, bool(run.font.bold)) for run in paragraph.runs]


def body(found: list[Any]) -> list[Any]:
    return found[[one.style.style_id for one in found].index("Salutation") + 1 :]


def test_title_and_salutation_stand_one_blank_row_apart(paragraphs: Any) -> None:
    found = paragraphs()
    at = [one.style.style_id for one in found].index("Title")
    title, blank, salutation = found[at : at + 3]
    assert title.text == "对市政协九届三次会议\n第093012号提案的答复"
    assert title.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert {(run.font.name, run.font.size.pt) for run in title.runs if run.text.strip()} == {("方正小标宋简体", 22)}
    assert (blank.text, salutation.text) == ("", "尊敬的林晓委员：")
    assert twips(salutation.paragraph_format.first_line_indent) == 0


def test_a_title_cuts_the_name_of_no_organ_that_signs(paragraphs: Any) -> None:
    organs = ("东河市商务局", "东河市工业和信息化局")
    text = f"{''.join(organs)}关于市政协九届三次会议第093012号提案的答复"
    (title,) = paragraphs("Title", title=text, organ=organs[0], joint=organs[1:])
    assert all(any(organ in row for row in title.text.split("\n")) for organ in organs)


def test_every_paragraph_of_text_is_indented_by_two_characters_and_set_in_16_pt(paragraphs: Any) -> None:
    for one in paragraphs("Text"):
        assert twips(one.paragraph_format.first_line_indent) == INDENT
        assert {run.font.size.pt for run in one.runs} == {16}
        assert twips(one.paragraph_format.line_spacing) == 579


def test_each_level_has_its_face(paragraphs: Any) -> None:
    found = body(paragraphs(body="一、甲\n（一）乙\n1.丙\n（1）丁\n戊"))
    assert [one.style.style_id for one in found[:5]] == ["Level1", "Level2", "Level3", "Level4", "Text"]
    assert [looks(one)[0][1] for one in found[:5]] == ["黑体", "楷体_GB2312", *["仿宋_GB2312"] * 3]


def test_a_heading_that_runs_into_its_text_has_its_face_up_to_the_full_stop(paragraphs: Any) -> None:
    (one, *_) = body(paragraphs(body="一、甲乙。丙丁**戊己**。\n完。"))
    assert looks(one) == [
        ("一、甲乙。", "黑体", False),
        ("丙丁", "仿宋_GB2312", False),
        ("戊己", "仿宋_GB2312", True),
        ("。", "仿宋_GB2312", False),
    ]
    assert one.style.style_id == "Text"
    assert not one.paragraph_format.keep_with_next


def test_a_heading_that_stands_alone_stays_with_what_it_heads(paragraphs: Any) -> None:
    heading, text, *_ = body(paragraphs(body="一、甲\n乙\n完。"))
    assert heading.paragraph_format.keep_with_next
    assert not text.paragraph_format.keep_with_next


def test_a_long_numbered_paragraph_without_a_full_stop_is_text_and_moves_nothing(paragraphs: Any) -> None:
    heading, long, *_ = body(paragraphs(body=f"1.{'甲' * 50}\n2.{'乙' * 60}\n丙"))
    assert [one.paragraph_format.keep_with_next for one in (heading, long)] == [True, None]
    assert long.style.style_id == "Text"


def test_a_short_last_paragraph_goes_with_the_signature_and_a_long_one_stays(paragraphs: Any) -> None:
    short, long = ("甲" * count + "。" for count in (83, 84))
    assert body(paragraphs(body=f"甲。\n{short}"))[1].paragraph_format.keep_with_next
    assert not body(paragraphs(body=f"甲。\n{long}"))[1].paragraph_format.keep_with_next


@pytest.fixture(scope="module")
def document(make_letter: Any, opened: Any) -> Any:
    return opened(make_letter(body=f"见下表：\n{TABLE}\n完。", copies="", printer="", printed=""))


@pytest.fixture(scope="module")
def table(document: Any) -> Any:
    return document.tables[0]


def test_a_table_is_as_wide_as_the_text_and_keeps_every_cell(table: Any) -> None:
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["事项", "科室", "时间"],
        ["开放夜市", "市场科", "2025年3月"],
        ["【缺：事项】", "综合科", "2025年6月"],
    ]
    assert sum(twips(column.width) for column in table.columns) == 8844


def test_the_row_of_column_names_is_heavy_and_repeated(document: Any, table: Any) -> None:
    names, *rest = document.element.xpath(".//w:tr")
    assert names.xpath("w:trPr/w:tblHeader")
    assert not any(row.xpath("w:trPr/w:tblHeader") for row in rest)
    assert {run.font.name for cell in table.rows[0].cells for run in cell.paragraphs[0].runs} == {"黑体"}


def test_no_row_of_a_table_is_torn_by_a_page_break(document: Any) -> None:
    assert all(row.xpath("w:trPr/w:cantSplit") for row in document.element.xpath(".//w:tr"))


def test_the_rows_of_a_table_are_whole_rows_of_the_page_less_the_rules(table: Any) -> None:
    assert [twips(row.height) for row in table.rows] == [579 - 20, 579, 579]


def test_a_table_of_much_text_is_set_smaller(make_letter: Any, opened: Any) -> None:
    sizes = []
    for words in ("短", "长" * 60):
        cell = opened(make_letter(body=f"|甲|乙|\n|一|{words}|")).tables[0].rows[1].cells[1]
        sizes.append(cell.paragraphs[0].runs[0].font.size.pt)
    assert sizes == [14, 12]


def test_short_columns_keep_their_words_whole_beside_a_long_one(make_letter: Any, opened: Any) -> None:
    """At 12 pt a Hanzi is 240 twips and the cell's margins are 160."""
    body = f"|提案人|案由|办理科室|\n|林晓|{'关于夜市的提案' * 9}|市场科|"
    first, long, last = (twips(column.width) for column in opened(make_letter(body=body)).tables[0].columns)
    assert first - 160 >= 3 * 240
    assert last - 160 >= 4 * 240
    assert long > 8844 / 2


def test_a_table_without_rows_is_no_table(make_letter: Any, opened: Any) -> None:
    assert opened(make_letter(body=(Table(()),), copies="", printer="", printed="")).tables == []


def test_words_of_the_letter_are_never_markup_of_the_document(paragraphs: Any) -> None:
    (one, *_) = body(paragraphs(body="\\|甲<w:br/>&乙|"))
    assert one.text == "|甲<w:br/>&乙|"


APPENDICES = (
    Appendix("附件1", "东河市夜市名单", blocks("一、东街\n南街")),
    Appendix("附件2", "东河市夜市经费表", blocks("略")),
)


def test_each_appendix_begins_a_page_with_its_label_and_has_its_title_in_the_third_row(paragraphs: Any) -> None:
    found = paragraphs(appendices=APPENDICES)
    ids = [one.style.style_id for one in found]
    at = ids.index("AppendixLabel")
    label, blank, title, under, *text = found[at : at + 6]
    assert [one.text for one in (label, blank, title, under, *text)] == [
        *["附件1", "", "东河市夜市名单", ""],
        *["一、东街", "南街"],
    ]
    assert label.paragraph_format.page_break_before
    assert (label.runs[0].font.name, label.runs[0].font.size.pt) == ("黑体", 16)
    assert twips(label.paragraph_format.left_indent + label.paragraph_format.first_line_indent) == 0
    assert (title.runs[0].font.name, title.runs[0].font.size.pt) == ("方正小标宋简体", 22)
    assert title.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [one.text for one in found if one.style.style_id == "AppendixLabel"] == ["附件1", "附件2"]


def test_appendices_stand_behind_the_signature_and_before_the_imprint(opened: Any, make_letter: Any) -> None:
    document = opened(make_letter(appendices=APPENDICES)).element.body
    words = ["".join(text.text for text in part.xpath(".//w:t")) for part in document]
    order = [words.index(text) for text in ("2025年8月26日", "附件1", "附件2", "略")]
    assert order == sorted(order)
    assert words[order[-1] + 1].startswith("抄送：")


def test_a_tightly_tracked_body_leaves_all_else_as_it_is(make_letter: Any) -> None:
    found: list[Any] = docx.Document(BytesIO(draw(make_letter(), Fit(tracking=-8)))).paragraphs
    values = "w:r/w:rPr/w:spacing/@w:val"
    tracking = {
        one.style.style_id: {int(value) for value in one.paragraph_format.element.xpath(values)} for one in found
    }
    assert tracking["Text"] == tracking["Level1"] == {-8}
    assert tracking["Salutation"] == tracking["Date"] == tracking["Number"] == {-5}


def test_the_last_paragraph_can_be_kept_with_what_follows(make_letter: Any) -> None:
    kept = {}
    for fit in (Fit(), Fit(kept=True)):
        letter = make_letter(body=f"甲。\n{'乙' * 90}。", attachments=("附件：甲",))
        found = docx.Document(BytesIO(draw(letter, fit))).paragraphs
        kept[fit] = [one.text for one in found if one.text and one.paragraph_format.keep_with_next]
    assert [text for text in kept[Fit(kept=True)] if text not in kept[Fit()]] == [f"{'乙' * 90}。", "附件：甲"]
