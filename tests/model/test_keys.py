from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.model import Limit, Measure, as_keys, line_of, nearest_of, read_office, read_proposal, schema_of
from dafu.model.event import KEYS_OF_STEP
from dafu.model.keys import keys_of
from dafu.model.office import Office
from dafu.model.proposal import Proposal, Proposer, Reply
from dafu.yamltext import Entry, Mapping, Node, Scalar, Sequence
from records import faults_of, office_of, places, proposal_of, root_of

# --- unknown keys


@pytest.mark.parametrize(
    ("more", "place", "nearest"),
    [
        ("答复: {签发: 周明远}", (5, "答复.签发"), "签发人"),
        ("经办: 林晓", (5, "经办"), "经办人"),
        ("答复:\n  公开理: 无", (6, "答复.公开理"), "公开理由"),
        ("再次答复:\n  - {签发者: 周明远}", (6, "再次答复.1.签发者"), "签发人"),
        ("办理过程:\n  - {日期: 2025-03-05, 环节: 签收, 经手: 林晓}", (6, "办理过程.1.经手"), "经手人"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_real_one(more: str, place: tuple[int, str], nearest: str) -> None:
    (problem,) = faults_of(more)
    assert (problem.line, problem.field) == place
    assert f"“{place[1].rpartition('.')[2]}”不是字段" in problem.message
    assert f"是不是“{nearest}”？" in problem.cure


def test_an_unknown_key_of_a_proposer_is_found_too() -> None:
    problems = faults_of("", record="案号: 1\n届次: 甲\n案由: 乙\n提案人:\n  - {姓名: 林晓, 电活: '1'}\n")
    assert places(problems) == [(5, "提案人.1.电活")]
    assert "“电话”" in problems[0].cure


def test_a_key_that_is_like_none_comes_with_the_keys_that_there_are() -> None:
    (problem,) = faults_of("答复: {甲乙丙: 丁}")
    assert "发文字号" in problem.cure
    assert "抄送" in problem.cure


def test_keys_of_another_place_are_unknown_here_and_told_where_they_belong() -> None:
    problems = faults_of("签发人: 周明远")
    assert places(problems) == [(5, "签发人")]
    assert problems[0].cure == "是不是“答复.签发人”？"


def test_only_a_near_word_is_suggested() -> None:
    assert nearest_of("签发", ["签发人", "发文字号"]) == "签发人"
    assert nearest_of("甲乙", ["签发人", "发文字号"]) == ""


# --- empty values


@pytest.mark.parametrize("nothing", ["", '""', "''", "[]", "{}", '" "', "　"])
@pytest.mark.parametrize(
    "key", ["科室", "类别", "重点", "期限", "会办单位", "主办单位", "答复", "再次答复", "办理过程"]
)
def test_an_empty_value_is_as_if_absent(key: str, nothing: str) -> None:
    assert proposal_of(f"{key}: {nothing}") == proposal_of()


@pytest.mark.parametrize("text", ["~", "null", "Null"])
def test_the_empty_words_of_yaml_are_text(text: str) -> None:
    assert proposal_of(f"科室: {text}").section == text
    assert places(faults_of(f"期限: {text}")) == [(5, "期限")]


def test_an_empty_required_value_is_missing_at_its_own_line() -> None:
    problems = faults_of("", record="届次: 甲\n案号:\n案由: 乙\n提案人: [林晓]\n")
    assert places(problems) == [(2, "案号")]


# --- text


@pytest.mark.parametrize("text", ["yes", "true", "0143069", "1e3", "2025-03-05", "0x1F", "12:30"])
def test_text_stays_as_it_is_written(text: str) -> None:
    assert proposal_of(f"分类: {text}").topic == text


def test_rare_characters_are_kept_as_they_are() -> None:
    assert proposal_of("经办人: 䶮𠮷·阿依古丽").clerk == "䶮𠮷·阿依古丽"


def test_a_name_of_several_lines_is_a_fault() -> None:
    assert places(faults_of("科室: |\n  甲\n  乙")) == [(5, "科室")]


def test_a_block_of_one_line_is_that_line() -> None:
    assert proposal_of("科室: |\n  市场科").section == "市场科"


@pytest.mark.parametrize("text", ['" 市场科"', '"市场科 "', "　市场科", "市场科　"])
def test_blanks_at_the_ends_are_a_fault(text: str) -> None:
    assert places(faults_of(f"科室: {text}")) == [(5, "科室")]


@pytest.mark.parametrize("value", ["[市场科]", "{甲: 乙}"])
def test_a_list_or_a_mapping_is_no_text(value: str) -> None:
    assert places(faults_of(f"科室: {value}")) == [(5, "科室")]


def test_a_body_keeps_its_lines() -> None:
    reply = proposal_of("答复:\n  正文: |\n    一、情况\n\n    　　甲。").reply
    assert reply is not None
    assert reply.body is not None
    assert reply.body.rstrip("\n") == "一、情况\n\n　　甲。"


# --- lists


@pytest.mark.parametrize("key", ["会办单位", "并案", "建议事项", "再次答复", "办理过程"])
def test_a_list_field_takes_lists_only(key: str) -> None:
    assert (6, key) in places(faults_of(f"角色: 主办\n{key}: 市财政局"))


@pytest.mark.parametrize("key", ["附件", "联系人", "抄送"])
def test_a_list_field_of_the_reply_takes_lists_only(key: str) -> None:
    assert places(faults_of(f"答复:\n  {key}: 甲")) == [(6, f"答复.{key}")]


@pytest.mark.parametrize("mark", ["、", "，"])
def test_a_mark_inside_a_name_of_a_list_is_a_fault(mark: str) -> None:
    names = f"[周明远, 林晓{mark}沈亦安]"
    assert places(faults_of(f"角色: 主办\n会办单位: {names}")) == [(6, "会办单位.2")]
    assert places(faults_of(f"并案: {names}")) == [(5, "并案.2")]
    assert places(faults_of(f"答复: {{联系人: {names}}}")) == [(5, "答复.联系人.2")]
    assert places(faults_of(f"答复: {{抄送: {names}}}")) == [(5, "答复.抄送.2")]


def test_a_mark_inside_other_text_is_none() -> None:
    assert proposal_of("建议事项: [清理甲、乙，保留丙]").asks == ("清理甲、乙，保留丙",)
    assert proposal_of("分类: 经济、科技").topic == "经济、科技"


def test_an_empty_item_is_a_fault() -> None:
    assert places(faults_of('建议事项: [甲, ""]')) == [(5, "建议事项.2")]


# --- dates and moments


def test_a_date_has_four_two_and_two_digits() -> None:
    assert proposal_of("期限: 2024-02-29").due == date(2024, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "2025-3-5",
        "2025/03/05",
        "2025.03.05",
        "20250305",
        "2025年3月5日",
        "2025-03-05T00:00:00",
        "25-03-05",
        "２０２５-０３-０５",
        "今天",
        "2025-02-29",
        "2025-13-01",
        "2025-09-31",
        "0000-01-01",
        "[2025-03-05]",
    ],
)
def test_another_form_or_a_day_that_never_was_is_a_fault(text: str) -> None:
    assert places(faults_of(f"期限: {text}")) == [(5, "期限")]


def moment(text: str) -> str:
    return f"办理过程:\n  - {{日期: 2025-03-05, 环节: 签收, 登记时间: '{text}'}}"


@pytest.mark.parametrize("text", ["2025-03-05T09:30:00+08:00", "2025-03-05T01:30:00Z"])
def test_the_time_of_entry_bears_its_zone(text: str) -> None:
    (event,) = proposal_of(moment(text)).events
    assert event.entered is not None
    assert event.entered.timestamp() == 1_741_138_200  # 2025-03-05 09:30 in Beijing, by the epoch


@pytest.mark.parametrize("text", ["2025-03-05T09:30:00", "2025-03-05", "9:30", "现在"])
def test_a_time_without_zone_is_a_fault(text: str) -> None:
    assert places(faults_of(moment(text))) == [(6, "办理过程.1.登记时间")]


# --- words of a fixed set


def test_yes_and_no_are_written_in_chinese() -> None:
    assert proposal_of("重点: 是").is_key
    assert not proposal_of("重点: 否").is_key


@pytest.mark.parametrize("text", ["yes", "true", "1", "对", "是的", "[是]"])
def test_other_words_for_yes_are_faults(text: str) -> None:
    assert places(faults_of(f"重点: {text}")) == [(5, "重点")]


def test_a_word_outside_the_set_is_named_with_the_nearest_and_all_of_them() -> None:
    (problem,) = faults_of("角色: 主办方")
    assert "“主办方”" in problem.message
    assert "是不是“主办”？" in problem.cure
    assert "独办、主办、分办、会办、参阅" in problem.cure


# --- all at once


def test_all_faults_of_a_record_come_in_one_run_by_line() -> None:
    problems = faults_of(
        """
        类别: 提按
        重点: yes
        主办单位: 市发展和改革委员会
        期限: 2025-02-30
        答复:
          公开: 不予公开
          办理结果: E
          正文: 甲
          正文文件: a.txt
        再次答复:
          - {公开: 依申请公开}
        办理过程:
          - {日期: 2025-3-5, 环节: 交办}
          - {日期: 2025-03-06, 环节: 签发}
        """,
        record="案号: a/b\n届次: 甲\n提案人: [林晓]\n",
    )
    assert places(problems) == [
        (1, "案号"),
        (1, "案由"),
        (4, "类别"),
        (5, "重点"),
        (6, "主办单位"),
        (7, "期限"),
        (9, "答复.公开理由"),
        (10, "答复.办理结果"),
        (12, "答复.正文文件"),
        (14, "再次答复.1.公开理由"),
        (16, "办理过程.1.日期"),
        (17, "办理过程.2.签发人"),
    ]
    assert all(problem.cure for problem in problems)


# --- places


RECORD = """\
案号: 143069
答复:
  签发人: 周明远
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
  - 日期: 2025-03-06
    环节: 签收
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("案号", 1),
        ("答复.签发人", 3),
        ("答复.发文字号", 2),
        ("办理过程.2.环节", 7),
        ("办理过程.2.说明", 6),
        ("办理过程.3", 4),
        ("办理过程.0", 4),
        ("办理过程.²", 4),
        ("案由", 1),
        ("", 1),
    ],
)
def test_a_field_is_found_at_its_line_or_at_that_of_its_nearest_parent(path: str, line: int) -> None:
    assert line_of(root_of(RECORD), path) == line


# --- back to the words of the file


def test_values_go_back_to_the_words_of_the_file() -> None:
    reply = Reply(signed_on=date(2025, 8, 26), signer="周明远", copies=("市政协提案委",))
    words = as_keys(reply)
    assert (words["成文日期"], words["签发人"], words["抄送"]) == ("2025-08-26", "周明远", ["市政协提案委"])


def test_what_is_absent_is_null() -> None:
    words = as_keys(proposal_of())
    assert [words[key] for key in ("层级", "答复", "办理过程", "期限")] == [None, None, None, None]


def test_a_value_with_no_keys_of_its_own_goes_back_as_text() -> None:
    assert as_keys({"限": Limit(Measure.MONTHS, 3)}) == {"限": "3个月"}


# --- the schema for editors


def test_the_schema_lists_every_key_and_no_other_and_asks_for_the_required_ones() -> None:
    shape = schema_of(Proposal)
    assert list(shape["properties"]) == list(keys_of(Proposal))
    assert shape["required"] == ["案号", "届次", "案由", "提案人"]
    assert shape["additionalProperties"] is False


def test_the_schema_of_a_word_lists_the_words_and_lets_it_be_empty() -> None:
    assert schema_of(Proposal)["properties"]["会期"] == {"enum": ["会间", "闭会", "", None]}


def test_the_schema_of_an_event_has_one_shape_for_each_step() -> None:
    shapes = schema_of(Proposal)["properties"]["办理过程"]["items"]["oneOf"]
    assert len(shapes) == 23
    (issuing,) = (shape for shape in shapes if shape["properties"]["环节"] == {"const": "印发"})
    assert set(issuing["properties"]) == {"日期", "环节", "经手人", "说明", "登记时间", "发文字号"}
    assert set(issuing["required"]) == {"日期", "环节", "发文字号"}


def test_the_schema_of_a_table_lists_its_words_or_leaves_its_keys_free() -> None:
    shapes = schema_of(Office)["properties"]
    assert list(shapes["抄送"]["properties"]) == ["提案", "建议"]
    assert shapes["抄送"]["additionalProperties"] is False
    assert "properties" not in shapes["导入列名"]


# --- anything at all


KEYS = sorted({*keys_of(Proposal), *keys_of(Reply), *keys_of(Proposer), *keys_of(Office)})
KEYS += sorted({key for known in KEYS_OF_STEP.values() for key in known})
WORDS = ["提案", "会办", "是", "答复", "签发", "重办", "2025-03-05", "2025-02-30", "A", "3个月", "答复前20日", "甲、乙"]
TEXTS = st.sampled_from(["", " ", "\n", *WORDS]) | st.text(max_size=6)


def nodes(content: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    sequences = st.lists(content, max_size=3).map(lambda items: Sequence(items, 1, 0, 0, flow=False))
    keys = st.sampled_from(KEYS) | st.sampled_from(WORDS) | st.text(max_size=3)
    return sequences | mappings(keys, content)


def mappings(keys: st.SearchStrategy[str], content: st.SearchStrategy[Node]) -> st.SearchStrategy[Mapping]:
    def made(values: dict[str, Node]) -> Mapping:
        return Mapping({key: Entry(Scalar(key, 1, 0, 0), value) for key, value in values.items()}, 1, 0, 0, flow=False)

    return st.dictionaries(keys, content, max_size=8).map(made)


SCALARS = TEXTS.map(lambda text: Scalar(text, 1, 0, 0))
TREES = st.recursive(SCALARS, nodes, max_leaves=12)
OFFICE = office_of()


@given(mappings(st.sampled_from(sorted(keys_of(Proposal))) | st.text(max_size=3), TREES))
def test_any_record_is_read_or_has_problems_and_never_both(root: Mapping) -> None:
    proposal, problems = read_proposal(root, OFFICE)
    assert (proposal is None) == bool(problems)


REQUIRED = root_of("案号: 1\n届次: 甲\n案由: 乙\n提案人: [林晓]\n").entries


@given(mappings(st.sampled_from(sorted(keys_of(Proposal))), TREES))
def test_any_addition_to_a_sound_record_is_read_or_has_problems(root: Mapping) -> None:
    root.entries = root.entries | REQUIRED
    proposal, problems = read_proposal(root, OFFICE)
    assert (proposal is None) == bool(problems)


@given(mappings(st.sampled_from(sorted(keys_of(Office))) | st.text(max_size=3), TREES))
def test_any_office_file_is_read_or_has_problems_and_never_both(root: Mapping) -> None:
    office, problems = read_office(root)
    assert (office is None) == bool(problems)


# --- floods


@pytest.mark.parametrize(
    "more",
    [
        "\n".join(f"甲{n}: 1" for n in range(500)),
        "答复: {" + ", ".join(f"甲{n}: 1" for n in range(500)) + "}",
        "办理过程: [" + ", ".join("甲" for _ in range(500)) + "]",
    ],
)
def test_of_a_flood_of_faults_the_first_two_hundred_are_told_and_that_there_are_more(more: str) -> None:
    problems = faults_of(more)
    assert [problem.code for problem in problems].count("R100") == 1
    assert len(problems) == 201
    assert "先列200处" in next(problem.message for problem in problems if problem.code == "R100")
