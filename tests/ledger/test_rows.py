from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dafu.ledger.cells import Days, Notes
from dafu.ledger.rows import Setting, leaves_of_row
from records import office_of

SETTING = Setting(office_of(), "市政协十四届三次会议", "提案交办清单", Days(2025, "标题", date(1899, 12, 30)))


def read(**texts: str) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the leaves of a row and what is said of it."""
    notes = Notes("清单.xlsx", 3, {})
    found = leaves_of_row(texts, SETTING, notes)
    return found, [f"{problem.severity.value} {problem.field} {problem.message}" for problem in notes.problems]


def role(**texts: str) -> tuple[Any, Any, Any] | None:
    found, _ = read(**texts)
    return None if found is None else (found.get("角色"), found.get("主办单位"), found.get("会办单位"))


@pytest.mark.parametrize(
    ("lead", "assist", "expected"),
    [
        ("市商务局", "", ("独办", "", [])),
        ("东河市商务局", "", ("独办", "", [])),
        ("商务局", "", ("独办", "", [])),
        ("市商务局（市招商局）", "", ("独办", "", [])),
        ("市商务局", "市财政局、市教育局", ("主办", "", ["市财政局", "市教育局"])),
        ("市财政局", "市商务局、市教育局", ("会办", "市财政局", [])),
        ("市财政局", "市教育局", None),
        ("市商务局、市财政局", "", ("分办", "", [])),
        ("", "", (None, None, None)),
    ],
)
def test_the_role_follows_from_where_this_office_stands(lead: str, assist: str, expected: object) -> None:
    assert role(主办单位=lead, 会办单位=assist) == expected


def test_this_office_among_the_sharing_ones_shares() -> None:
    assert role(主办单位="", 分办单位="市财政局 市商务局") == ("分办", "", [])


def test_a_role_that_is_written_needs_no_unit() -> None:
    assert role(角色="主办", 会办单位="市财政局") == ("主办", "", ["市财政局"])
    assert role(角色="参阅", 主办单位="市财政局") == ("参阅", "", [])


def test_what_does_not_go_with_the_role_is_told() -> None:
    assert read(角色="独办", 会办单位="市财政局")[1] == ["警告 会办单位 角色是独办，会办单位没有读入"]
    assert read(主办单位="市财政局、市教育局", 会办单位="市商务局")[1] == ["警告 主办单位 有2个，只记第一个“市财政局”"]


def test_fewer_names_than_told_are_told() -> None:
    found, said = read(提案人="林晓等3人")

    assert found is not None
    assert (found["提案人"], said) == (["林晓"], ["警告 提案人 写着3人，只列出1人"])


def test_the_lead_counts_among_the_joint_ones_once() -> None:
    found, said = read(提案人="林晓等3人", 联名人="林晓、苏晚晴、顾行舟")

    assert found is not None
    assert (found["提案人"], said) == (["林晓", "苏晚晴", "顾行舟"], [])


def test_a_telephone_alone_is_that_of_the_first() -> None:
    found, _ = read(提案人="林晓、苏晚晴", 联系电话="60010023")

    assert found is not None
    assert (found["提案人/林晓/电话"], found["提案人/苏晚晴/电话"]) == ("60010023", "")


def test_more_telephones_than_people_are_told_and_left_out() -> None:
    found, said = read(提案人="林晓、苏晚晴", 联系电话="1\n2\n3")

    assert found is not None
    assert (found["提案人/林晓/电话"], said) == ("", ["警告 联系电话 有3项，提案人只有2个，没有读入"])


def test_the_column_of_the_type_decides_who_is_a_body() -> None:
    found, _ = read(提案人="青年先锋", 提案类型="集体")

    assert found is not None
    assert found["提案人/青年先锋/类型"] == "集体"


def test_an_event_without_what_it_needs_is_told_and_not_entered() -> None:
    found, said = read(沟通日期="2025-05-12", 沟通方式="面商")

    assert found is not None
    assert (found["办理过程/沟通"], said) == ([], ["警告 沟通日期 没有对象，沟通没有登记"])


def test_several_events_stand_in_lines() -> None:
    found, _ = read(沟通日期="2025-05-12\n2025-06-01", 沟通方式="面商\n电话", 沟通对象="林晓\n林晓")

    assert found is not None
    assert found["办理过程/沟通"] == [
        {"日期": "2025-05-12", "方式": "面商", "对象": "林晓"},
        {"日期": "2025-06-01", "方式": "电话", "对象": "林晓"},
    ]


def test_lines_that_do_not_count_alike_are_a_fault() -> None:
    _, said = read(沟通日期="2025-05-12\n2025-06-01\n2025-06-02", 沟通方式="面商\n电话", 沟通对象="林晓")

    assert said[0] == "错误 沟通方式 有2行，沟通日期有3行"


def test_a_section_without_its_day_goes_to_the_record_itself() -> None:
    found, said = read(责任科室="市场科", 签发人="程砚", 发文字号="东商〔2025〕7号")

    assert found is not None
    assert (found["科室"], found["答复/0/签发人"], found["答复/0/发文字号"], said) == (
        "市场科",
        "程砚",
        "东商〔2025〕7号",
        [],
    )


def test_the_time_for_assisting_counts_only_for_one_who_assists() -> None:
    due = {"办理期限": "2025-08-31", "协办时限": "2025-05-31"}

    assert [(read(角色=word, 主办单位="市财政局", **due)[0] or {})["期限"] for word in ("会办", "独办")] == [
        "2025-05-31",
        "2025-08-31",
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("关于优化夜市管理的提案", "优化夜市管理"),
        ("《关于优化夜市管理的建议》", "优化夜市管理"),
        ("关于优化夜市管理", "关于优化夜市管理"),
        ("优化夜市管理的提案", "优化夜市管理的提案"),
    ],
)
def test_the_subject_stands_without_what_the_letter_puts_around_it(text: str, subject: str) -> None:
    found, _ = read(案由=text)

    assert found is not None
    assert found["案由"] == subject


@pytest.mark.parametrize(
    ("session", "kind", "level"),
    [
        ("市政协十四届三次会议", "提案", None),
        ("市十五届人大四次会议", "建议", None),
        ("省政协十三届二次会议", "提案", "省"),
        ("全国政协十四届三次会议", "提案", "国家"),
        ("省十四届人大三次会议", "建议", "省"),
    ],
)
def test_kind_and_level_follow_from_the_session(session: str, kind: str, level: str | None) -> None:
    found, _ = read(届次=session)

    assert found is not None
    assert (found["类别"], found.get("层级")) == (kind, level)


def test_what_may_be_no_name_or_another_is_told() -> None:
    found, said = read(提案人="林晓 苏晚晴、钱多（市工商联）")

    assert found is not None
    assert found["提案人"] == ["林晓", "苏晚晴", "钱多（市工商联）"]
    assert said == [
        "提示 提案人 按空格分作2个：林晓、苏晚晴",
        "警告 提案人 “钱多（市工商联）”连同括号作了姓名",
    ]


def test_a_surname_of_two_stretched_by_a_blank_is_no_person_of_its_own() -> None:
    found, said = read(提案人="欧阳 晓、林 晓")

    assert found is not None
    assert (found["提案人"], said) == (["欧阳晓", "林晓"], [])
