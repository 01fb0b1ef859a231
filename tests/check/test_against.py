"""What a reading of a file and the letter of its record are found to differ in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dafu import layout
from dafu.check.against import ELEMENTS, Origin, elements, hanging, is_other_case, printed
from dafu.check.paragraphs import Script, of_blocks, of_flow, script
from dafu.errors import Severity
from dafu.letter import Letter, blocks, texts
from dafu.readback.manuscript import blocks as blocks_of
from dafu.readback.reply import Reading
from dafu.readback.revisions import Change, Comment
from dafu.terms import Kind

ORIGIN = Origin("143069", "答复", {})
OURS = Reading(
    heading="东河市商务局文件",
    number="东商〔2025〕67号",
    signer="周明远",
    grade="A",
    openness="主动公开",
    title="对市政协十四届三次会议第143069号提案的答复",
    salutation="尊敬的林晓委员",
    annexes=("征询意见表",),
    office=("东河市商务局",),
    day=date(2025, 8, 26),
    note="此件主动公开",
    contact_unit="市商务局办公室",
    contact_phone="60010023",
    contacts=("陆衡", "沈嘉"),
    copies=("市政协提案委",),
    printer="东河市商务局办公室",
    printed=date(2025, 8, 27),
    session="市政协十四届三次会议",
    case="143069",
    kind=Kind.PROPOSAL,
)
OTHERS: dict[str, Any] = {
    "heading": "东河市文旅局文件",
    "number": "东商〔2025〕76号",
    "signer": "何静",
    "grade": "B",
    "openness": "依申请公开",
    "title": "对市政协十四届三次会议第143069号提案的再次答复",
    "salutation": "尊敬的何静委员",
    "annexes": ("意见表",),
    "office": ("东河市文旅局",),
    "day": date(2025, 8, 28),
    "note": "附光盘",
    "contact_unit": "市文旅局办公室",
    "contact_phone": "60010024",
    "contacts": ("陆衡",),
    "copies": ("市政协提案委", "市委督查室"),
    "printer": "东河市文旅局办公室",
    "printed": date(2025, 8, 29),
    "session": "市政协十四届二次会议",
    "case": "143070",
    "kind": Kind.SUGGESTION,
}
HEAVY = {"case", "number", "signer", "grade", "salutation", "day", "printed"}


def test_equal_readings_differ_in_nothing() -> None:
    assert elements(OURS, replace(OURS), ORIGIN) == []


def test_every_element_has_a_test() -> None:
    assert {one.attribute for one in ELEMENTS} == set(OTHERS)
    assert len({one.code for one in ELEMENTS}) == len(ELEMENTS)


@pytest.mark.parametrize("attribute", OTHERS)
def test_one_element_that_differs_is_one_finding_of_its_weight(attribute: str) -> None:
    (one,) = elements(OURS, replace(OURS, **{attribute: OTHERS[attribute]}), ORIGIN)

    assert one.problem.severity is (Severity.ERROR if attribute in HEAVY else Severity.WARNING)
    assert one.problem.cure


@pytest.mark.parametrize("attribute", sorted(set(OTHERS) - {"case", "session", "kind"}))
def test_an_element_that_the_file_lacks_is_found(attribute: str) -> None:
    nothing: Any = None if attribute in ("day", "printed") else type(getattr(OURS, attribute))()
    (one,) = elements(OURS, replace(OURS, **{attribute: nothing}), ORIGIN)

    assert one.theirs == ""
    assert one.problem.message.startswith("文件里没有，记录是“")


def test_blanks_make_no_difference() -> None:
    assert elements(OURS, replace(OURS, signer="周 明 远", title=OURS.title.replace("第", "\u3000第")), ORIGIN) == []


def test_what_both_lack_and_a_head_on_the_paper_alone_are_no_difference() -> None:
    ours = replace(OURS, number="", heading="", printed=None)

    assert elements(ours, replace(ours, heading="东河市商务局文件"), ORIGIN) == []


def test_a_note_that_only_says_how_open_it_is_is_told_once() -> None:
    ours = replace(OURS, openness="此件主动公开", note="此件主动公开")
    theirs = replace(ours, openness="此件依申请公开", note="此件依申请公开")
    (one,) = elements(ours, theirs, ORIGIN)

    assert one.problem.code == "C111"
    assert one.problem.cure.startswith("以文件为准，dafu set 143069 答复.公开=依申请公开；")


def test_the_other_case_is_told_first() -> None:
    theirs = replace(OURS, **OTHERS)

    assert is_other_case(OURS, theirs)
    assert not is_other_case(OURS, replace(OURS, case=""))
    assert elements(OURS, theirs, ORIGIN)[0].problem.code == "C101"
    assert len(elements(OURS, theirs, ORIGIN)) == len(OTHERS)


def test_the_cure_names_the_place_of_a_later_reply_and_the_step_that_said_it() -> None:
    theirs = replace(OURS, signer="何静", grade="B")
    signer, grade = elements(OURS, theirs, Origin("省-31", "再次答复.1", {"签发人": "签发"}))

    assert "办理过程里改“签发”那一行" in signer.problem.cure
    assert "dafu set 省-31 再次答复.1.办理结果=B；" in grade.problem.cure


def test_days_are_looked_for_as_they_are_printed() -> None:
    assert printed("2025-08-06") == "2025年8月6日"
    assert printed("周 明远") == "周明远"


# --- what hangs on a file


def test_tracked_changes_and_comments_are_warnings_and_settled_ones_a_notice() -> None:
    change = Change("插入", "何静", date(2025, 8, 20), "东街", "今年东街")
    open_one = Comment("何静", None, "数字请核实", "26个", settled=False)
    found = list(hanging([change], [open_one, replace(open_one, settled=True)], ["情况"], ["图片或图形"]))

    assert [(one.problem.code, one.problem.severity.value) for one in found] == [
        ("C131", "警告"),
        ("C132", "警告"),
        ("C132", "提示"),
        ("C133", "警告"),
        ("C134", "提示"),
    ]
    assert found[0].problem.message == "修订：插入“东街”，在“今年东街”一段（何静 2025-08-20）"
    assert found[1].problem.message == "“26个”上的批注：“数字请核实”（何静）"


def test_of_a_flood_of_changes_fifty_are_told_and_the_rest_counted() -> None:
    found = list(hanging([Change("插入", "何静", None, str(n), "") for n in range(60)], [], [], []))

    assert len(found) == 51
    assert found[-1].problem.message == "另有10处修订"


# --- the text

OPENING, BODY, CLOSING = (
    "您提出的提案收悉。",
    "一、摊位\n今年增加12处。\n|街|户|\n|东街|12|\n二、时间",
    "感谢您的关心。",
)
LETTER = Letter(
    "对第143069号提案的答复",
    "尊敬的林晓委员：",
    blocks(f"{OPENING}\n{BODY}\n{CLOSING}"),
    number="东商〔2025〕67号",
    organ="东河市商务局",
    date="2025年8月26日",
)


def script_of(one: Letter) -> Script:
    return script(blocks_of(layout.draw(one)), one.body, range(1, len(one.body) - 1))


def found_in(text: str) -> list[tuple[str, str]]:
    theirs = blocks_of(layout.draw(LETTER._replace(body=blocks(text))))
    return [(one.problem.code, one.problem.field) for one in of_blocks(script_of(LETTER), theirs, []).differences]


def test_the_paragraphs_of_a_body_are_counted_from_its_first_a_table_as_one() -> None:
    assert found_in(f"{OPENING}\n{BODY}\n{CLOSING}") == []
    assert found_in(f"{OPENING}\n{BODY.replace('东街|12', '东街|15')}\n{CLOSING}") == [("C122", "正文第3段")]
    assert found_in(f"{OPENING}\n{BODY.replace('时间', '期限')}\n{CLOSING}") == [("C122", "正文第4段")]


def test_the_body_of_a_file_is_what_stands_between_opening_and_closing() -> None:
    theirs = blocks_of(layout.draw(LETTER._replace(body=blocks(f"{OPENING}\n全新的一段。\n又一段。\n{CLOSING}"))))

    assert list(of_blocks(script_of(LETTER), theirs, []).body) == list(blocks("全新的一段。\n又一段。"))


def test_a_body_reaches_to_what_remains_when_opening_or_closing_were_deleted() -> None:
    theirs = blocks_of(layout.draw(LETTER._replace(body=blocks("今年增加12处。\n二、时间"))))
    compared = of_blocks(script_of(LETTER), theirs, [])

    assert list(texts(compared.body)) == ["今年增加12处。", "二、时间"]
    assert [one.problem.field for one in compared.differences] == [
        "开头",
        "正文第1段",
        "正文第3段",
        "正文第3段",
        "结尾",
    ]


HEAD, END = "东商〔2025〕67号对第143069号提案的答复尊敬的林晓委员：", "感谢您的关心。东河市商务局2025年8月26日"


def flowing(text: str, letter: Letter = LETTER) -> list[tuple[str, str, str, str]]:
    differences = of_flow(script_of(letter), f"{HEAD}{OPENING}{text}{END}", [])
    return [(one.problem.code, one.problem.field, one.ours, one.theirs) for one in differences]


def test_a_text_without_paragraphs_is_compared_all_the_same() -> None:
    changed = ("C122", "正文第2段", "今年增加12处。", "今年增加15处。")

    assert flowing("一、摊位今年增加12处。街户东街12二、时间") == []
    assert flowing("一、摊位今年增加15处。街户东街12二、时间") == [changed]
    assert flowing("一、摊位街户东街12二、时间") == [("C124", "正文第2段", "今年增加12处。", "")]


def test_words_around_the_text_are_looked_for_in_a_text_without_paragraphs() -> None:
    noted = LETTER._replace(note="附光盘")

    assert flowing("一、摊位今年增加12处。街户东街12二、时间", noted) == [("C126", "", "（附光盘）", "")]
