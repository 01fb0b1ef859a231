from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dafu.yamltext import Mapping, append_item, parse, plain, remove, set_value
from dafu.yamltext.nodes import child
from dafu.yamltext.screening import FORBIDDEN
from yamltext.corpus import RECORD, RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.yamltext import Node, Value

Path = tuple[str | int, ...]


def root_of(text: str) -> Mapping:
    root, problems = parse(text)
    assert problems == []
    assert root is not None
    return root


def tree(text: str) -> Any:
    return plain(root_of(text))


def paths(value: Value, here: Path = ()) -> Iterator[Path]:
    if here:
        yield here
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in pairs:
        yield from paths(one, (*here, step))


def at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def assigned(value: Any, path: Path, new: Value) -> Any:
    at(value, path[:-1])[path[-1]] = new
    return value


def around(text: str, path: Path) -> tuple[str, str]:
    """The lines before the entry at *path* and those after it, with their line ends."""
    node: Node = root_of(text)
    line = 1
    for step in path:
        line = node.entries[str(step)].key.line if isinstance(node, Mapping) else line
        found = child(node, step)
        assert found is not None
        node, line = found, line if isinstance(node, Mapping) else found.line
    lines = re.findall(r".*?(?:\r\n|\r|\n)|.+\Z", text, re.DOTALL)
    behind = re.match(r"[^\r\n]*(?:\r\n|\r|\n)?", text[node.end :])
    is_block_text = text[node.start : node.start + 1] in ("|", ">")
    return "".join(lines[: line - 1]), text[node.end + (0 if is_block_text or behind is None else behind.end()) :]


PLACES = [(text, path) for text in RECORDS for path in paths(tree(text))]
LISTS = [(text, path) for text, path in PLACES if isinstance(at(tree(text), path), list)]
TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("：:-#'\"[]{}|>&*!%@,?“” \n\t\r\\")), max_size=30
)
SAFE = TEXTS.filter(lambda text: not FORBIDDEN.search(text))
KEYS = st.sampled_from(["姓名", "电话", "a: b", "附（一）", "<<", "“甲”", " 乙", "0,1", "#"])
VALUES = st.recursive(
    SAFE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(PLACES), SAFE)
def test_any_text_put_anywhere_reads_back_and_no_other_line_changes(place: tuple[str, Path], new: str) -> None:
    text, path = place
    changed = set_value(text, path, new)
    assert tree(changed) == assigned(tree(text), path, new)
    before, behind = around(text, path)
    assert changed.startswith(before)
    assert changed.endswith(behind)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PLACES), VALUES)
def test_any_value_put_anywhere_reads_back(place: tuple[str, Path], new: Value) -> None:
    wanted = assigned(tree(place[0]), place[1], new)
    assert tree(set_value(*place, new)) == wanted


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LISTS), st.dictionaries(st.sampled_from(["日期", "环节", "a:b"]), SAFE, min_size=1), st.data())
def test_any_event_is_added_where_it_belongs(
    place: tuple[str, Path], item: dict[str, str], data: st.DataObject
) -> None:
    text, path = place
    wanted = tree(text)
    items = at(wanted, path)
    after = data.draw(st.integers(-1, len(items) - 1))
    changed = append_item(text, path, dict(item), after=after) if items else append_item(text, path, dict(item))
    items.insert(after + 1, item)
    assert tree(changed) == wanted


@pytest.mark.parametrize(("text", "path"), PLACES)
def test_whatever_is_taken_out_leaves_the_rest_as_it_was(text: str, path: Path) -> None:
    wanted = tree(text)
    above = at(wanted, path[:-1])
    del above[path[-1]]
    changed = remove(text, path)
    left = at(tree(changed), path[:-1])
    assert left == above or (not above and left == "")
    before, behind = around(text, path)
    if above and changed.startswith(before):
        assert changed.endswith(behind.lstrip(" "))  # behind a dash the next key moves up
    assert len(changed) < len(text)


def changed_lines(before: str, after: str) -> list[str]:
    return [line for line in after.splitlines() if line not in before.splitlines()]


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (["案号"], "0143012", ["案号: 0143012                     # 七位以内"]),
        (["届次"], "某会", ["届次: '某会'"]),
        (["提案人", 1, "电话"], "60010029", ['  - {姓名: 乙某, 单位: 某公司, 电话: "60010029", 地址: ""}']),
        (["提案人", 2, "电话"], "it's", ["    电话: 'it''s'   # 办公"]),
        (["提案人", 2, "界别"], "工商联", ["    界别: 工商联"]),
        (["提案人", 0], {"姓名": "甲某", "地址": "1号, 2室"}, ['  - {姓名: 甲某, 地址: "1号, 2室"}']),
        (["期限"], "2025-08-31", ["期限: 2025-08-31   # 待定"]),
        (["会办单位", 2], "市城管局", ["会办单位: [市财政局, 市住房和城乡建设局, 市城管局]"]),
        (["并案", 0], "143013", ["并案: [143013]"]),
        (["并案"], ["143013", "143014"], ["并案: [143013, 143014]"]),
        (["案由"], "时间: 3月", ['案由: "时间: 3月"']),
        (["案由"], '说“#1” "二"', ['案由: 说“#1” "二"']),
        (["答复", "正文"], "一、甲\n二、乙\n", ["      一、甲", "      二、乙"]),
        (["答复", "正文"], " 一\n二", ["    正文: |2-", "       一", "      二"]),
        (["答复", "致谢"], "停车", ["    致谢: 停车"]),
        (["科室"], "停车科", ["科室: 停车科"]),
        (["再次答复", 0, "签发人"], "戊某", ["再次答复:", "  - {签发人: 戊某}"]),
        (["期限", "甲", "乙"], "丙", ["  甲:", "    乙: 丙"]),
    ],
)
def test_a_value_is_written_in_the_manner_of_the_file(path: list[str | int], value: Value, lines: list[str]) -> None:
    assert changed_lines(RECORD, set_value(RECORD, path, value)) == lines


def test_a_new_key_goes_above_the_final_dots() -> None:
    assert set_value("甲: 乙\n# 注\n...\n", ["丙"], "丁") == "甲: 乙\n丙: 丁\n# 注\n...\n"


def test_a_new_line_ends_as_the_others_do_and_a_missing_last_one_stays_missing() -> None:
    assert set_value("甲: 乙\r\n丙: 丁", ["戊"], "己\n庚\n") == '甲: 乙\r\n丙: 丁\r\n戊: "己\\n庚\\n"'
    assert set_value("甲: 乙\r\n", ["戊"], "己\n庚\n") == "甲: 乙\r\n戊: |\r\n  己\r\n  庚\r\n"
    assert append_item("甲:\n- 乙", ["甲"], "丙") == "甲:\n- 乙\n- 丙"


def test_a_block_text_that_ends_with_the_file_keeps_its_words_when_a_line_is_added() -> None:
    assert set_value("甲: |\n  乙", ["丙"], "丁") == "甲: |-\n  乙\n丙: 丁"


def test_events_are_added_below_the_last_one_and_above_the_comments() -> None:
    added = append_item(RECORD, ["办理过程"], {"日期": "2025-03-10", "环节": "分办", "说明": "甲, 乙"})
    line = '  - {日期: 2025-03-10, 环节: 分办, 说明: "甲, 乙"}\n'
    assert added == RECORD.replace("环节: 签收}\n", "环节: 签收}\n" + line)


def test_events_are_added_between_and_before_the_others() -> None:
    text = "办理过程:\n- {日期: 1}  # 一\n- {日期: 3}\n"
    assert append_item(text, ["办理过程"], {"日期": "2"}, after=0) == (
        "办理过程:\n- {日期: 1}  # 一\n- {日期: 2}\n- {日期: 3}\n"
    )
    assert append_item(text, ["办理过程"], {"日期": "0"}, after=-1) == (
        "办理过程:\n- {日期: 0}\n- {日期: 1}  # 一\n- {日期: 3}\n"
    )


@pytest.mark.parametrize("text", ["案号: 1\n", "案号: 1\n办理过程:\n", "案号: 1\n办理过程: []\n"])
def test_a_missing_or_empty_list_becomes_a_list_in_lines(text: str) -> None:
    assert append_item(text, ["办理过程"], {"环节": "签收"}) == "案号: 1\n办理过程:\n  - {环节: 签收}\n"


def test_an_empty_list_keeps_its_comment() -> None:
    assert append_item("甲: []  # 无\n", ["甲"], "乙") == "甲:  # 无\n  - 乙\n"


def test_a_list_in_brackets_is_filled_inside_its_brackets() -> None:
    assert append_item("甲: [乙]\n", ["甲"], "丙") == "甲: [乙, 丙]\n"
    assert append_item("甲: {乙: []}\n", ["甲", "乙"], "丙") == "甲: {乙: [丙]}\n"


@pytest.mark.parametrize(
    ("text", "path", "left"),
    [
        ("甲: 1  # 一\n乙: 2\n", ["甲"], "乙: 2\n"),
        ("甲: {乙: 1, 丙: 2, 丁: 3}\n", ["甲", "乙"], "甲: {丙: 2, 丁: 3}\n"),
        ("甲: {乙: 1, 丙: 2, 丁: 3}\n", ["甲", "丙"], "甲: {乙: 1, 丁: 3}\n"),
        ("甲: [乙]\n", ["甲", 0], "甲: []\n"),
        ("甲:\n  乙: 1\n丙: 2\n", ["甲", "乙"], "甲:\n丙: 2\n"),
        ("甲:\n  - 乙: 1\n    丙: 2\n", ["甲", 0, "乙"], "甲:\n  - 丙: 2\n"),
        ("甲: |\n  一\n\n  二\n\n乙: 2\n", ["甲"], "\n乙: 2\n"),
    ],
)
def test_what_is_taken_out_goes_with_its_lines_and_commas(text: str, path: list[str | int], left: str) -> None:
    assert remove(text, path) == left


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("甲: 乙\n", ["甲", "丙"], "丁"),
        ("甲: [乙]\n", ["甲", "丙"], "丁"),
        ("甲: [乙]\n", ["甲", 2], "丁"),
        ("甲: {乙: 1}\n", ["甲", 0], "丁"),
        ("甲: 乙\n", [], "丁"),
        ("甲: 乙\n", ["甲"], "响铃\x07"),
        ("甲: 乙\n", ["甲"], "半个\ud800"),
        ("甲：乙\n", ["甲"], "丁"),
        ("甲: 1\n甲: 2\n", ["甲"], "丁"),
    ],
)
def test_what_cannot_be_written_faithfully_is_refused(text: str, path: list[str | int], value: Value) -> None:
    with pytest.raises(ValueError, match=r"[\u4e00-\u9fff]"):
        set_value(text, path, value)


def test_an_item_is_refused_where_no_list_is_or_no_such_place() -> None:
    with pytest.raises(ValueError, match="不是列表"):
        append_item("甲: 乙\n", ["甲"], "丙")
    with pytest.raises(ValueError, match="没有第4项"):
        append_item("甲: [乙]\n", ["甲"], "丙", after=3)


@pytest.mark.parametrize("path", [["丙"], ["甲", 1], ["甲", 0, "丁"], []])
def test_what_is_not_there_cannot_be_taken_out(path: list[str | int]) -> None:
    with pytest.raises(ValueError, match="没有"):
        remove("甲: [乙]\n", path)


def test_the_last_key_of_a_file_is_not_taken_out() -> None:
    with pytest.raises(ValueError, match="写不进去"):
        remove("甲: 乙\n", ["甲"])
