from __future__ import annotations

import pytest

from archiving import HISTORY, LETTER, REPLY
from dafu.desk.scans import disagreements, has_text
from records import OFFICE, office_of, proposal_of

AGAIN = """\
  - {日期: 2025-05-06, 环节: 重办}
  - {日期: 2025-05-20, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-05-21, 环节: 印发, 发文字号: 东商〔2025〕80号}
"""


def told(lines: list[str], more: str = "", *, issued: bool = True) -> list[str]:
    drawn = LETTER if issued else ()
    return disagreements(proposal_of(REPLY + HISTORY + more), office_of(OFFICE), lines, drawn)


def changed(was: str, now: str) -> list[str]:
    assert any(was in line for line in LETTER)
    return [line.replace(was, now) for line in LETTER]


def test_the_letter_that_was_issued_agrees() -> None:
    assert told([*LETTER]) == []
    assert told([*LETTER], issued=False) == []


def test_blanks_brackets_and_compatible_forms_make_no_difference() -> None:
    lines = [" ".join(line).replace("〔", "[").replace("〕", "]").replace("2", "２") for line in LETTER]
    assert told(lines) == []


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ("〕67号", "〕76号", "发文字号：记录里是“东商〔2025〕67号”，扫描件里是“东商〔2025〕76号”"),
        ("143069", "143070", "案号：记录里是“143069号”，扫描件里是“143070号”"),
        ("十四届", "十三届", "届次：记录里是“市政协十四届三次会议”，扫描件里没有"),
        ("林晓", "林小", "称谓：记录里是“林晓”，扫描件里没有"),
        ("周明远", "周明元", "签发人：记录里是“周明远”，扫描件里没有"),
        ("4月20日", "4月2日", "成文日期：记录里是“2025年4月20日”，扫描件里没有"),
    ],
)
def test_each_value_that_is_not_there_is_named(was: str, now: str, sentence: str) -> None:
    assert told(changed(was, now)) == [sentence]


def test_another_grade_is_named() -> None:
    lines = ["B" if line == "A" else line for line in LETTER]
    assert told(lines) == ["办理结果：记录里是“A”，扫描件里是“B”"]


def test_a_day_or_number_that_only_ends_alike_is_another() -> None:
    assert told(changed("143069", "2143069")) == ["案号：记录里是“143069号”，扫描件里是“2143069号”"]
    assert told(changed("2025年4月20日", "12025年4月20日")) != []


def test_what_the_drawn_letter_does_not_bear_is_not_looked_for_but_the_numbers_always_are() -> None:
    proposal, office = proposal_of(REPLY + HISTORY), office_of(OFFICE)
    bare = [line for line in LETTER if line != "A" and "签发人" not in line]
    scan = [*bare, "东商〔2025〕67号"]
    assert disagreements(proposal, office, scan, bare) == []
    assert disagreements(proposal, office, bare, ["尊敬的委员："]) == [
        "发文字号：记录里是“东商〔2025〕67号”，扫描件里没有"
    ]


def test_a_letter_of_any_round_agrees() -> None:
    second = [line.replace("〕67号", "〕80号").replace("4月20日", "5月20日") for line in LETTER]
    assert told(second, AGAIN, issued=False) == []
    assert told([*LETTER], AGAIN, issued=False) == []
    mixed = [line.replace("〕67号", "〕80号") for line in LETTER]
    assert told(mixed, AGAIN, issued=False) != []


def test_a_picture_with_a_stamp_has_no_text() -> None:
    assert not has_text(["第1页 共3页", "  \n"])
    assert has_text(LETTER)
