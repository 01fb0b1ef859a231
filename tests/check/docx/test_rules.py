"""Each check on a letter of ours with one value at the edge of what is allowed, and one just beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import geometry
from dafu import layout
from dafu.check.docx.catalogue import RULES
from dafu.check.docx.elements import Letter, Role
from dafu.check.docx.opening import opened
from dafu.check.docx.rules import findings
from dafu.errors import Severity
from dafu.letter import blocks
from dafu.terms import Letterhead, PageForm, TextArea
from docxml import edited

if TYPE_CHECKING:
    from dafu.errors import Problem

CASE = geometry.Case(PageForm.DOCUMENT, Letterhead.PRINTED, 2, 1, 1)
LETTER = layout.draw(geometry.letter(CASE))
FOOTER = "word/footer1.xml"
BODY, NUMBER, TITLE, TO = "国国", "东商〔2025〕7号", "的答复", "尊敬的"
FACE = 'w:eastAsia="仿宋_GB2312"'

Change = tuple[str, str]


def lint(data: bytes) -> list[Problem]:
    return list(findings(Letter(opened(data))))


def codes(data: bytes) -> set[str]:
    return {problem.code for problem in lint(data)}


def with_body(text: str, **changes: Any) -> bytes:
    return layout.draw(geometry.letter(CASE)._replace(body=blocks(text), **changes))


# --- numbers: what is allowed, and one twip more


@pytest.mark.parametrize(
    ("words", "allowed", "beyond", "code"),
    [
        ("", [('w:w="11906"', 'w:w="11926"')], [('w:w="11906"', 'w:w="11927"')], "P301"),
        (
            "",
            [('w:top="2098"', 'w:top="2154"'), ('w:bottom="1984"', 'w:bottom="1928"')],
            [('w:top="2098"', 'w:top="2155"'), ('w:bottom="1984"', 'w:bottom="1927"')],
            "P302",
        ),
        (
            "",
            [('w:left="1588"', 'w:left="1644"'), ('w:right="1474"', 'w:right="1418"')],
            [('w:left="1588"', 'w:left="1645"'), ('w:right="1474"', 'w:right="1417"')],
            "P303",
        ),
        ("", [('w:right="1474"', 'w:right="1446"')], [('w:right="1474"', 'w:right="1445"')], "P304"),
        ("", [('w:bottom="1984"', 'w:bottom="1956"')], [('w:bottom="1984"', 'w:bottom="1955"')], "P304"),
        ("", [('w:line="579"', 'w:line="570"')], [('w:line="579"', 'w:line="569"')], "P305"),
        ("", [('w:line="579"', 'w:line="578"')], [('w:line="579"', 'w:line="580"')], "P305"),
        (BODY, [('<w:spacing w:val="-5"/>',) * 2], [('<w:spacing w:val="-5"/>', '<w:spacing w:val="-4"/>')], "P306"),
        (
            BODY,
            [('<w:spacing w:val="-5"/>', '<w:spacing w:val="-14"/>')],
            [('<w:spacing w:val="-5"/>', '<w:spacing w:val="-15"/>')],
            "P306",
        ),
        ("", [('w:type="lines"',) * 2], [('w:type="lines"', 'w:type="linesAndChars"')], "P307"),
        (BODY, [('w:after="0"',) * 2], [('w:after="0"', 'w:after="1"')], "P308"),
        (BODY, [("exact",) * 2], [("exact", "atLeast")], "P308"),
        (BODY, [('<w:sz w:val="32"/>',) * 2], [('<w:sz w:val="32"/>', '<w:sz w:val="31"/>')], "P309"),
        (BODY, [('w:firstLine="630"', 'w:firstLine="600"')], [('w:firstLine="630"', 'w:firstLine="599"')], "P310"),
        (BODY, [('w:firstLine="630"', 'w:firstLine="660"')], [('w:firstLine="630"', 'w:firstLine="661"')], "P310"),
        ("东河市商务局文件", [("FF0000", "E00000")], [("FF0000", "FF6600")], "P311"),
        ("东河市商务局文件", [("方正小标宋简体", "方正小标宋_GBK")], [("方正小标宋简体", "宋体")], "P311"),
        (NUMBER, [('w:firstLine="315"', 'w:firstLine="335"')], [('w:firstLine="315"', 'w:firstLine="336"')], "P312"),
        (NUMBER, [('w:pos="8529"', 'w:pos="8509"')], [('w:pos="8529"', 'w:pos="8508"')], "P313"),
        (NUMBER, [("楷体_GB2312", "KaiTi")], [("楷体_GB2312", "仿宋_GB2312")], "P313"),
        # 0.2 × 579 + 20 × space − 0.12 × 320 twips: 3.8 mm, 3.5 mm, 4.5 mm for 7, 6, 9 points
        (NUMBER, [('w:space="8"', 'w:space="7"')], [('w:space="8"', 'w:space="6"')], "P314"),
        (NUMBER, [('w:sz="8" w:space', 'w:sz="22" w:space')], [('w:sz="8" w:space', 'w:sz="24" w:space')], "P314"),
        (NUMBER, [('w:color="FF0000"', 'w:color="E00000"')], [('w:color="FF0000"', 'w:color="000000"')], "P314"),
        (TITLE, [('<w:sz w:val="44"/>',) * 2], [('<w:sz w:val="44"/>', '<w:sz w:val="43"/>')], "P315"),
        (TITLE, [('w:val="center"',) * 2], [('w:val="center"', 'w:val="left"')], "P315"),
        (TO, [('w:firstLine="0"', 'w:firstLine="10"')], [('w:firstLine="0"', 'w:firstLine="11"')], "P316"),
        ("抄送：", [('<w:sz w:val="28"/>',) * 2], [('<w:sz w:val="28"/>', '<w:sz w:val="27"/>')], "P322"),
        ("", [('w:horzAnchor="page"',) * 2], [('w:horzAnchor="page"', 'w:horzAnchor="margin"')], "P323"),
    ],
)
def test_a_value_at_the_edge_passes_and_one_beyond_it_is_found(
    words: str, allowed: list[Change], beyond: list[Change], code: str
) -> None:
    if any(old != new for old, new in allowed):
        assert codes(edited(LETTER, *allowed, words=words)) == set()
    assert codes(edited(LETTER, *beyond, words=words)) == {code}


@pytest.mark.parametrize(
    ("right", "found"),
    [('w:right="300"', set[str]()), ('w:right="301"', {"P324"}), ('w:right="259"', {"P324"})],
)
def test_the_page_number_of_odd_pages_ends_one_character_from_the_edge(right: str, found: set[str]) -> None:
    assert codes(edited(LETTER, ('w:right="280"', right), part=FOOTER)) == found


# --- words


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("〔2025〕7号", "〔2025〕70号", set[str]()),
        ("〔2025〕7号", "〔2025〕07号", {"P312"}),
        ("〔2025〕7号", "〔2025〕第7号", {"P312"}),
        ("〔2025〕7号", "〔25〕7号", {"P312"}),
        ("〔2025〕7号", "（2025）7号", {"P312"}),
        ("签发人：", "签发人:", {"P313"}),
        ("周明远", "周明远、何平", {"P313"}),
        ("的答复", "的答复。", {"P315"}),
        ("委员：", "委员:", {"P316"}),
        ("委员：", "委员", {"P316"}),
        (">2025年8月26日<", ">2025年08月26日<", {"P319"}),
        (">2025年8月26日<", ">二〇二五年八月二十六日<", {"P319", "P320"}),
        (">2025年8月26日<", ">2025年8月27日<", {"P319"}),  # printed the day before
        ("2025年8月26日印发", "2025年8月27日印发", set[str]()),
        ("2025年8月26日印发", "2025年8月26日印", {"P319"}),
        ("抄送单位。", "抄送单位", {"P322"}),
        ("林晓", "林镠", {"P325"}),
        ("林晓", "林“晓”", set[str]()),
        ("林晓", 'H"林晓', {"P325"}),
    ],
)
def test_words_in_their_form_pass_and_others_are_found(old: str, new: str, found: set[str]) -> None:
    assert codes(edited(LETTER, (old, new))) == found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("一、甲\n二、乙\n（一）丙\n（二）丁\n1.戊\n2.己\n（1）庚", set[str]()),
        ("一、甲\n1.乙\n2.丙\n二、丁\n1.戊", set[str]()),  # two levels may be 一、 and 1.
        ("一、甲\n先做：\n1.乙\n2.丙\n后做：\n1.丁\n2.戊", set[str]()),  # points are counted anew
        ("一、甲\n三、乙", {"P318"}),
        ("二、甲\n三、乙", {"P318"}),
        ("一、甲\n（二）乙", {"P318"}),
        ("一、甲\n（1）乙", {"P318"}),
        ("（一）甲\n（二）乙", {"P318"}),
        ("1.甲\n2.乙\n4.丙", {"P318"}),
        ("一、甲\n一是做好，二是做实。\n二、乙", set[str]()),
        ("十、甲", {"P318"}),
        (
            "\n".join(f"{n}、甲" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")),
            set[str](),
        ),
    ],
)
def test_headings_follow_each_other_without_gaps(body: str, found: set[str]) -> None:
    assert codes(with_body(body)) == found


def test_a_heading_that_goes_on_as_text_has_its_face_up_to_the_first_stop() -> None:
    letter = with_body("一、甲乙。丙丁戊己庚。")

    assert codes(letter) == set()
    assert codes(edited(letter, ("黑体", "楷体_GB2312"), words="一、甲乙")) == {"P318"}


def test_emphasis_in_another_official_face_is_no_fault_but_a_whole_paragraph_is() -> None:
    letter = with_body("国家的**重点**工作安排")
    parts = [
        ("<w:b/><w:bCs/>", ""),
    ]

    assert codes(letter) == set()
    assert codes(edited(letter, *parts)) == set()
    assert codes(edited(letter, (FACE, 'w:eastAsia="楷体_GB2312"'), words="重点")) == {"P309"}


def test_a_face_that_is_only_like_the_one_wanted_is_worth_a_notice() -> None:
    (found,) = lint(edited(LETTER, ("仿宋_GB2312", "华文仿宋"), words=BODY))

    assert (found.code, found.severity) == ("P309", Severity.NOTICE)


# --- what a finding says


def test_a_finding_names_paragraph_value_and_wanted_value() -> None:
    (found,) = lint(edited(LETTER, ("exact", "atLeast"), words=BODY))

    assert found.field == "第11段“国国国国国国国国国国国国…”"
    assert found.message == "行距 最小值 28.95 磅，应为固定值 28.95 磅"
    assert found.severity is Severity.WARNING


def test_paragraphs_that_share_a_fault_are_told_together() -> None:
    (found,) = lint(edited(with_body("甲。\n乙。\n丙。\n丁。"), ('w:firstLine="630"', 'w:firstLine="0"')))

    assert found.field == "第11、12、13等4段“甲。”"
    assert found.message == "首行缩进 0 字，应为 2 字"


def test_every_code_has_its_rule_with_a_clause_and_an_example() -> None:
    assert list(RULES) == ["P300", *(f"P3{number:02}" for number in range(1, 26))]
    assert all(rule.text.endswith("。") and rule.source and "→" in rule.example for rule in RULES.values())


# --- elements


def test_each_element_of_a_letter_is_known_by_its_words_and_place() -> None:
    letter = Letter(opened(LETTER))
    said = {role: [para.words for para in letter.of(role)] for role in Role if role is not Role.BLANK}

    assert {role: words for role, words in said.items() if words and role is not Role.TEXT} == {
        Role.MARK: ["东河市商务局文件"],
        Role.NUMBER: ["东商〔2025〕7号\t签发人：周明远"],
        Role.TITLE: ["对市政协九届三次会议\n第093012号提案的答复"],
        Role.SALUTATION: ["尊敬的林晓委员："],
        Role.ORGAN: ["东河市商务局"],
        Role.DATE: ["2025年8月26日"],
        Role.COPIES: ["抄送：东河市第01号抄送单位。"],
        Role.PRINT: ["东河市商务局办公室\t2025年8月26日印发"],
    }


def test_the_ink_profile_is_accepted_whole_but_never_half() -> None:
    ink = layout.draw(geometry.letter(CASE._replace(area=TextArea.INK)))

    assert codes(ink) == set()
    assert codes(edited(ink, ('w:line="592"', 'w:line="579"'))) >= {"P302", "P304"}
    assert "P305" in codes(edited(LETTER, ('w:line="579"', 'w:line="592"')))
