from __future__ import annotations

from typing import Any

import pytest

from dafu import yamltext
from dafu.ledger import applied, leaves_of, merge, tree_of
from records import text_of

RECORD = text_of("""
    # 林晓的件
    案号: 143069
    案由: 优化夜市管理   # 原题
    提案人:
      - {姓名: 林晓, 电话: 60010023}   # 联系过
      - 苏晚晴
    会办单位: [市财政局]
    办理过程:
      - {日期: 2025-03-05, 环节: 交办}
      - {日期: 2025-03-20, 环节: 沟通, 方式: 面商, 对象: 林晓}
""")


def tree(text: str) -> dict[str, Any]:
    root, problems = yamltext.parse(text)
    assert root is not None, problems
    found = yamltext.plain(root)
    assert isinstance(found, dict)
    return found


def changed(**addresses: Any) -> str:
    """Return the record with changes, `__` standing for the slash of an address."""
    said = tree(RECORD)
    changes = {address.replace("__", "/"): value for address, value in addresses.items()}
    return applied(RECORD, said, leaves_of(said), changes)


@pytest.mark.parametrize(
    ("theirs", "ours", "base", "changes", "kept"),
    [
        ("乙", "甲", "甲", "乙", None),  # the list was corrected
        ("甲", "乙", "甲", None, None),  # a clerk corrected the record, the list is as before
        ("丙", "乙", "甲", None, "丙"),  # both
        ("乙", "乙", "甲", None, None),  # both alike
        ("乙", "", "", "乙", None),  # nobody had said anything
        ("乙", "甲", "", None, "乙"),  # only the clerk had
        ("", "甲", "甲", "", None),  # the list takes its own value back
        ("", "乙", "甲", None, ""),
        ("", "甲", "", None, None),  # an empty cell is not against what a clerk wrote
    ],
)
def test_only_what_the_list_set_changes(
    theirs: str, ours: str, base: str, changes: str | None, kept: str | None
) -> None:
    merged = merge({"案由": theirs}, {"案由": ours} if ours else {}, {"案由": base} if base else {})

    assert merged.changes == ({} if changes is None else {"案由": changes})
    assert merged.kept == ({} if kept is None else {"案由": kept})


def test_what_belongs_to_names_that_stay_out_stays_out_with_them() -> None:
    theirs = {"提案人": ["林晓", "程砚"], "提案人/程砚/电话": "60010023", "案由": "乙"}

    merged = merge(theirs, {"提案人": ["林晓", "苏晚晴"]}, {"提案人": ["林晓"]})

    assert (merged.changes, merged.kept) == ({"案由": "乙"}, {"提案人": ["林晓", "程砚"]})


def test_an_address_that_the_list_does_not_have_is_left_alone() -> None:
    assert merge({}, {"案由": "甲"}, {"案由": "甲"}).changes == {}


def test_a_value_changes_in_its_place() -> None:
    assert changed(案由="夜市") == RECORD.replace("优化夜市管理", "夜市")
    assert changed(会办单位=[]) == RECORD.replace("会办单位: [市财政局]\n", "")


def test_one_proposer_changes_and_the_others_keep_every_byte() -> None:
    assert changed(提案人__苏晚晴__电话="60010024") == RECORD.replace("- 苏晚晴", "- {姓名: 苏晚晴, 电话: 60010024}")
    assert "# 联系过" in changed(提案人__苏晚晴__电话="60010024")


def test_a_new_proposer_leaves_what_is_known_of_the_others() -> None:
    text = changed(提案人=["林晓", "苏晚晴", "顾行舟"])

    assert tree(text)["提案人"] == [{"姓名": "林晓", "电话": "60010023"}, "苏晚晴", "顾行舟"]


def test_a_corrected_day_takes_the_event_to_its_place() -> None:
    text = changed(办理过程__交办=[{"日期": "2025-04-01", "交办单位": "市政府办公室"}])

    assert [(event["日期"], event["环节"]) for event in tree(text)["办理过程"]] == [
        ("2025-03-20", "沟通"),
        ("2025-04-01", "交办"),
    ]
    assert text.startswith("# 林晓的件\n")


def test_the_values_of_a_reply_find_their_round() -> None:
    text = changed(答复__0__办理结果="B", 答复__1__办理结果="A")

    assert (tree(text)["答复"], tree(text)["再次答复"]) == ({"办理结果": "B"}, [{"办理结果": "A"}])


def test_a_record_is_its_leaves() -> None:
    assert tree_of(leaves_of(tree(RECORD))) == tree(RECORD)


def test_two_proposers_of_one_name_are_told_apart() -> None:
    said = {"提案人": [{"姓名": "林晓", "电话": "1"}, {"姓名": "林晓", "电话": "2"}]}

    assert leaves_of(said) == {"提案人": ["林晓", "林晓"], "提案人/林晓/电话": "1", "提案人/林晓#2/电话": "2"}
    assert tree_of(leaves_of(said)) == said
