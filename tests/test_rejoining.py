"""Body text pasted from a PDF: sentences broken at the end of lines and pages are put together again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dafu.letter import Table, blocks, texts

PUBLISHED = Path(__file__).parents[2] / "shared/letters/luoyang-143069.txt"
PROSE = (
    "近年来，我局坚持把夜间经济作为扩大消费的重要抓手，会同有关区县摸清底数、分类施策，全市已建成夜市四十六处，带动就业一万二千余人",
    "一是严把准入关口，对新设夜市逐处开展环境评估，2024年共否决选址7处，其中临近学校的3处、临近医院的4处，做到应退尽退",
    "（一）完善配套设施。投入资金2300万元，改造供水管网18.6公里、排污管网9.4公里，新建公共厕所31座，增设分类垃圾箱640组",
    "二、推进联合执法。会同公安、城管、市场监管等部门开展夜查27次，出动人员1300余人次，受理群众投诉412件，办结率98.5%",
    "下一步，我局将引进智慧管理平台，打通Night Market系统与市政务数据中心的接口，力争年底前实现全部夜市在线巡查",
)


def printed(paragraphs: list[str], columns: int, rows: int) -> str:
    """Set paragraphs as a page would: so many characters in a line, so many lines, then a page number."""
    lines = [line for text in paragraphs for line in wrapped(text, columns)]
    pages = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    return "\n".join(f"{chr(10).join(page)}\n— {number} —" for number, page in enumerate(pages, 1))


def wrapped(text: str, columns: int) -> list[str]:
    return [text[at : at + columns] for at in range(0, len(text), columns)]


def is_ambiguous(paragraphs: list[str], columns: int) -> bool:
    """Tell whether a break falls where nobody could know: after a sentence, before a number, inside a Latin word."""
    odd = re.compile(r"[。；：”》）\sA-Za-z]\n|\n[（\d|\sA-Za-z]")
    return any(odd.search("\n".join(wrapped(text, columns))) for text in paragraphs)


@given(
    paragraphs=st.lists(st.sampled_from([f"{text}。" for text in PROSE]), min_size=1, max_size=5),
    columns=st.integers(26, 40),
    rows=st.integers(1, 22),
)
def test_paragraphs_set_in_lines_and_pages_come_back_whole(paragraphs: list[str], columns: int, rows: int) -> None:
    assume(not is_ambiguous(paragraphs, columns))

    assert list(texts(blocks(printed(paragraphs, columns, rows)))) == paragraphs


@pytest.mark.parametrize(
    "number", ["— 2 —", "—2—", "- 2 -", "－2－", "– 12 –"], ids=["dashes", "close", "hyphens", "wide", "en dashes"]
)
def test_a_page_number_inside_a_sentence_goes(number: str) -> None:
    text = f"我局会同有关区县组成专班，用三个月时间走访了\n{number}\n四十六处夜市。"

    assert list(texts(blocks(text))) == ["我局会同有关区县组成专班，用三个月时间走访了四十六处夜市。"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\n\n", "\n　　\n", " \n\t"])
def test_blank_lines_and_blanks_at_a_break_make_no_difference(ends: str) -> None:
    text = f"我局会同有关区县组成专班，用三个月时间走访了{ends}四十六处夜市。"

    assert list(texts(blocks(text))) == ["我局会同有关区县组成专班，用三个月时间走访了四十六处夜市。"]


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("经逐个核对，全市共有夜市四十六处，其中城区32\n处。", "经逐个核对，全市共有夜市四十六处，其中城区32处。"),
        (
            "经逐个核对，全市共有夜市四十六处，投入资金23\n00万元。",
            "经逐个核对，全市共有夜市四十六处，投入资金2300万元。",
        ),
        (
            "今年以来，我们引进了一套智慧管理的系统 Night\nMarket，运行良好。",
            "今年以来，我们引进了一套智慧管理的系统 Night Market，运行良好。",
        ),
        (
            "有关奖补标准依据《市夜间经济促进办法（试行）的\n通知》执行。",
            "有关奖补标准依据《市夜间经济促进办法（试行）的通知》执行。",
        ),
        ("甲，\n乙。", "甲，乙。"),
        ("供水、\n排污。", "供水、排污。"),
    ],
)
def test_a_sentence_comes_back_without_a_gap(broken: str, whole: str) -> None:
    assert list(texts(blocks(broken))) == [whole]


@pytest.mark.parametrize(
    "next_line", ["二、下一步打算", "（二）加强管理。", "1.清理存量", "（1）清理存量", "|甲|乙|", "\\1.5亿元已经到位。"]
)
def test_what_starts_like_a_heading_or_a_table_starts_anew(next_line: str) -> None:
    found = blocks(f"我局会同有关区县组成专班，用三个月时间走访了\n{next_line}\n全部走访完毕。")

    assert len(found) == 3
    assert isinstance(found[1], Table) == next_line.startswith("|")


def test_a_figure_at_the_start_of_a_line_is_no_heading() -> None:
    broken = "据初步统计，全市夜间经济今年上半年实现营业收入\n3.2亿元，同比增长百分之十二。"

    assert list(texts(blocks(broken))) == [broken.replace("\n", "")]


def test_a_published_letter_broken_at_its_pages_is_whole_again() -> None:
    if not PUBLISHED.exists():
        pytest.skip("the published letter is not beside the repository")
    pages = PUBLISHED.read_text(encoding="utf-8")
    body = pages[pages.index("您提出的") : pages.index("联系单位")]
    paragraphs = [text for text in body.split("\n\n") if text.strip()]

    found = list(texts(blocks(body)))

    unfinished = [text.strip() for text in paragraphs if not re.search(r"[。：]$|^.、", text.strip())]
    assert len(unfinished) == 4  # four pages end in mid-sentence
    assert len(found) == len(paragraphs) - len(unfinished)
    assert "".join(found) == re.sub(r"\s|\*\*", "", body).replace("加快设立10亿元", "加快设立 10 亿元")
    for start in unfinished:
        assert not any(text.endswith(start[-8:]) for text in found)
