"""Tracked changes and comments of a .docx, their XML as Word and WPS write it, and the text with all accepted."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from dafu import layout, letter, readback
from dafu.letter import Letter
from dafu.readback.manuscript import auto_numbered, blocks
from dafu.readback.revisions import Comment, accepted, changes, comments

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
BY = 'w:id="1" w:author="何静" w:date="2025-08-20T09:30:00Z"'
BY_OTHER = 'w:id="2" w:author="周明远" w:date="2025-08-21T10:00:00Z"'


def package(body: str, **parts: str) -> bytes:
    """Return a letter whose document part has *body*, and further *parts* of word/."""
    drawn = layout.draw(Letter("标题", "", ()))
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(drawn)) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            if name != "word/document.xml":
                made.writestr(name, source.read(name))
        made.writestr("word/document.xml", f"<w:document {W} {W14}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", content)
    return target.getvalue()


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def gone(text: str) -> str:
    return f"<w:r><w:delText>{text}</w:delText></w:r>"


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def told(docx: bytes) -> list[tuple[str, str, str]]:
    return [(one.kind, one.text, one.near) for one in changes(docx, "")]


def said(docx: bytes) -> list[str]:
    return list(letter.texts(blocks(accepted(docx, ""))))


def test_what_was_put_in_and_taken_out_is_told_with_author_and_day() -> None:
    docx = package(p(run("共") + f"<w:del {BY}>{gone('26')}</w:del><w:ins {BY}>{run('27')}</w:ins>" + run("个社区")))

    assert told(docx) == [("删除", "26", "共27个社区"), ("插入", "27", "共27个社区")]
    assert {(one.author, one.day) for one in changes(docx, "")} == {("何静", date(2025, 8, 20))}
    assert said(docx) == ["共27个社区"]


def test_neighbouring_changes_of_one_author_are_one() -> None:
    docx = package(
        p(f"<w:ins {BY}>{run('东')}</w:ins><w:ins {BY}>{run('街')}</w:ins><w:ins {BY_OTHER}>{run('口')}</w:ins>")
    )

    assert told(docx) == [("插入", "东街", "东街口"), ("插入", "口", "东街口")]


def test_what_was_moved_is_told_at_both_places_and_stands_at_the_new_one() -> None:
    moved = f"<w:moveFrom {BY}>{run('夜市管理')}</w:moveFrom>"
    docx = package(p(run("甲") + moved) + p(run("乙") + f"<w:moveTo {BY}>{run('夜市管理')}</w:moveTo>"))

    assert told(docx) == [("移走", "夜市管理", "甲"), ("移来", "夜市管理", "乙夜市管理")]
    assert said(docx) == ["甲", "乙夜市管理"]


def test_another_look_is_a_change_without_other_words() -> None:
    docx = package(p(run("粗", f"<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>") + run("细")))

    assert told(docx) == [("格式", "粗", "粗细")]
    assert said(docx) == ["粗细"]


def test_a_paragraph_whose_mark_was_taken_out_runs_into_the_next() -> None:
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    docx = package(p(run("前半，"), mark) + p(run("后半。")))

    assert told(docx) == [("并段", "", "前半，")]
    assert said(docx) == ["前半，后半。"]


def test_three_paragraphs_run_into_one() -> None:
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    docx = package(p(run("一"), mark) + p(run("二"), mark) + p(run("三")) + p(run("四")))

    assert said(docx) == ["一二三", "四"]


def test_a_paragraph_taken_out_whole_leaves_nothing() -> None:
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    docx = package(p(run("留")) + p(f"<w:del {BY}>{gone('不要了')}</w:del>", mark) + p(run("也留")))

    assert said(docx) == ["留", "也留"]


def test_a_paragraph_that_was_parted_is_two() -> None:
    docx = package(p(run("前。"), f"<w:rPr><w:ins {BY}/></w:rPr>") + p(run("后。")))

    assert told(docx) == [("分段", "", "前。")]
    assert said(docx) == ["前。", "后。"]


def test_rows_of_a_table_are_put_in_and_taken_out() -> None:
    def row(mark: str, *texts: str) -> str:
        return f"<w:tr><w:trPr>{mark}</w:trPr>" + "".join(f"<w:tc>{p(run(text))}</w:tc>" for text in texts) + "</w:tr>"

    table = row("", "街", "户") + row(f"<w:del {BY}/>", "东街", "12") + row(f"<w:ins {BY}/>", "西街", "9")
    docx = package(f"<w:tbl>{table}</w:tbl>" + p(run("止")))

    assert [(kind, text) for kind, text, _ in told(docx)] == [("删除", "东街｜12"), ("插入", "西街｜9")]
    assert said(docx) == ["街", "户", "西街", "9", "止"]


def test_a_change_inside_another_authors_change_counts_as_taken_out() -> None:
    both = f"<w:ins {BY}><w:del {BY_OTHER}>{gone('一时')}</w:del>{run('尽快')}</w:ins>"
    docx = package(p(both + run("办理")))

    assert said(docx) == ["尽快办理"]


def test_a_letter_without_changes_has_none() -> None:
    docx = layout.draw(Letter("标题", "尊敬的林晓委员：", letter.blocks("一、情况。已经办理。")))

    assert (changes(docx, ""), comments(docx, "")) == ([], [])
    assert readback.lines(accepted(docx, ""), "") == readback.lines(docx, "")


# --- comments


def comment(number: int, text: str, paragraph_id: str = "") -> str:
    mark = f' w14:paraId="{paragraph_id}"' if paragraph_id else ""
    day = 'w:author="何静" w:date="2025-08-20T09:30:00Z"'
    return f'<w:comment w:id="{number}" {day}><w:p{mark}><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'


def on(number: int, content: str) -> str:
    return f'<w:commentRangeStart w:id="{number}"/>{content}<w:commentRangeEnd w:id="{number}"/>'


def test_a_comment_is_told_with_the_words_that_it_is_attached_to() -> None:
    part = f"<w:comments {W}>{comment(3, '数字请核实')}</w:comments>"
    docx = package(p(run("共") + on(3, run("26个")) + run("社区")), comments=part)

    assert comments(docx, "") == [Comment("何静", date(2025, 8, 20), "数字请核实", "26个", settled=False)]


def test_a_comment_may_reach_over_paragraphs_and_others() -> None:
    part = f"<w:comments {W}>{comment(1, '甲')}{comment(2, '乙')}</w:comments>"
    body = p('<w:commentRangeStart w:id="1"/>' + run("一二") + on(2, run("三"))) + p(
        run("四") + '<w:commentRangeEnd w:id="1"/>' + run("五")
    )

    assert [one.anchor for one in comments(package(body, comments=part), "")] == ["一二三四", "三"]


def test_a_comment_that_was_ticked_off_is_settled() -> None:
    part = f"<w:comments {W} {W14}>{comment(1, '甲', '0A')}{comment(2, '乙', '0B')}</w:comments>"
    extended = f'<w15:commentsEx {W15}><w15:commentEx w15:paraId="0A" w15:done="1"/></w15:commentsEx>'
    docx = package(p(run("一")), comments=part, commentsExtended=extended)

    assert [(one.text, one.settled) for one in comments(docx, "")] == [("甲", True), ("乙", False)]


@pytest.mark.parametrize("day", ["", "昨天", "2025-13-40T00:00:00Z"])
def test_a_day_that_is_none_does_no_harm(day: str) -> None:
    docx = package(p(f'<w:ins w:id="1" w:date="{day}">{run("新")}</w:ins>'))

    assert [(one.author, one.day) for one in changes(docx, "")] == [("", None)]


# --- the manuscript


def test_a_line_break_parts_a_paragraph_but_not_a_title() -> None:
    broken = f"{run('对第143069号')}<w:r><w:br/></w:r>{run('提案的答复')}"

    assert said(package(p(broken))) == ["对第143069号", "提案的答复"]
    assert said(package(p(broken, '<w:jc w:val="center"/>'))) == ["对第143069号提案的答复"]
    assert said(package(p(f'{run("前")}<w:r><w:br w:type="page"/></w:r>{run("后")}'))) == ["前后"]


def test_text_boxes_and_content_controls_are_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p(run('框里'))}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    control = f"<w:sdt><w:sdtContent>{p(run('控件里'))}</w:sdtContent></w:sdt>"

    assert said(package(p(run("外") + f"<w:r>{both}</w:r>") + control)) == ["外", "框里", "控件里"]


def test_paragraphs_numbered_by_the_program_are_known() -> None:
    numbered = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    docx = package(p(run("甲"), numbered.format(3)) + p(run("乙"), numbered.format(0)) + p(run("丙")))

    assert auto_numbered(docx) == ["甲"]


def test_bold_is_kept_and_blanks_at_the_ends_are_not() -> None:
    (one,) = blocks(
        package(p(run("\u3000\u3000今年") + run("投资", "<w:b/>") + run("多", '<w:b w:val="0"/>') + run(" ")))
    )

    assert isinstance(one, letter.Paragraph)
    assert [(part.text, part.bold) for part in one.runs] == [("今年", False), ("投资", True), ("多", False)]
