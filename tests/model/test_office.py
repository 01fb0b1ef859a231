from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dafu.model import Limit, Measure, Office, Rule, Series, read_office
from dafu.model.office import Muted
from dafu.terms import (
    Clock,
    GradePlace,
    ImprintSide,
    Kind,
    Letterhead,
    Level,
    NameShown,
    NumberScheme,
    OpennessPlace,
    PageForm,
    Paper,
    Retention,
    Step,
    TextArea,
)
from records import OFFICE, office_of, places, root_of, text_of

if TYPE_CHECKING:
    from dafu.errors import Problem

UNIT = "单位: {全称: 东河市商务局}\n"


def office(more: str = "") -> Office:
    return office_of(UNIT + text_of(more))


def faults(more: str) -> list[Problem]:
    """Read dafu.yaml whose line 2 is the first one of *more*; it must have faults."""
    found, problems = read_office(root_of(UNIT + more))
    assert found is None
    return problems


def workdays(days: int) -> Limit:
    return Limit(Measure.WORKDAYS, days)


def months(count: int) -> Limit:
    return Limit(Measure.MONTHS, count)


# --- the unit


def test_the_full_name_of_the_office_is_all_that_is_required() -> None:
    assert office().unit.full == "东河市商务局"
    assert places(read_office(root_of("层级: 市"))[1]) == [(1, "单位")]
    assert places(read_office(root_of("层级: 市\n单位: {简称: 市商务局}"))[1]) == [(2, "单位.全称")]


def test_the_names_of_the_office_are_taken_as_written() -> None:
    unit = office_of("单位: {全称: 东河市商务局, 简称: 市商务局, 自称: 本局, 印发机关: 东河市商务局办公室}").unit
    assert (unit.short, unit.self_name, unit.printer) == ("市商务局", "本局", "东河市商务局办公室")


@pytest.mark.parametrize(
    ("full", "own"),
    [
        ("东河市商务局", "我局"),
        ("东河市发展和改革委员会", "我委"),
        ("临江省财政厅", "我厅"),
        ("东河市政府办公室", "我办"),
        ("东河市中级人民法院", "我院"),
        ("东河市消防救援支队", "我单位"),
    ],
)
def test_an_office_that_says_no_more_calls_itself_by_its_kind(full: str, own: str) -> None:
    unit = office_of(f"单位: {{全称: {full}}}").unit
    assert (unit.self_name, unit.short, unit.printer) == (own, full, full)


# --- every key, and what stands for one that is absent


def test_an_office_without_choices_follows_the_common_practice() -> None:
    found = office()
    assert (found.level, found.form, found.mark) == (Level.CITY, PageForm.DOCUMENT, None)
    assert (found.letterhead, found.grade_place) == (Letterhead.PRINTED, GradePlace.UNDER_SIGNER)
    assert (found.openness_place, found.imprint_side) == (OpennessPlace.ABSENT, ImprintSide.LAST)
    assert (found.text_area, found.number_scheme) == (TextArea.MARGIN, NumberScheme.FREE)
    assert (found.retention, found.name_shown) == (Retention.THIRTY, NameShown.FULL)
    assert (found.rolls_over, found.series, found.copies) == (False, {}, {})
    assert (found.contact.unit, found.contact.phone, found.holidays) == (None, None, None)
    assert (found.ledger_columns, found.import_names) == ((), {})
    assert (found.checking.muted, found.checking.confusions) == ((), {})


def test_the_usual_grades_go_from_a_to_d() -> None:
    assert list(office().grades) == ["A", "B", "C", "D"]
    assert list(office("办理结果:").grades) == ["A", "B", "C", "D"]


def test_the_usual_clocks_are_those_of_the_contract() -> None:
    assert office().rules == {
        Clock.HANDING_BACK: Rule(limit=workdays(10), start=Step.ASSIGN),
        Clock.FIRST_TALK: Rule(limit=workdays(15), start=Step.ASSIGN),
        Clock.OPINION: Rule(limit=months(1), start=Step.ASSIGN),
        Clock.REPLY: Rule(limit=months(3), start=Step.ASSIGN, latest=months(6)),
        Clock.FEEDBACK: Rule(limit=workdays(15), start=Step.DELIVER),
        Clock.REDO: Rule(limit=months(1), start=Step.REDO),
        Clock.PUBLISHING: Rule(limit=workdays(20), start=Step.ISSUE),
    }
    assert (office().warnings.yellow, office().warnings.red) == (workdays(10), workdays(3))


def test_every_choice_of_look_is_read() -> None:
    found = office(
        """
        层级: 县
        版式: 信函
        发文机关标志: 东河市商务局
        版头: 套打
        结果位置: 字号后
        公开标注: 附注
        版记面: 偶数面
        版心: 墨迹
        """
    )
    assert (found.level, found.form, found.mark) == (Level.COUNTY, PageForm.LETTER, "东河市商务局")
    assert (found.letterhead, found.grade_place) == (Letterhead.PREPRINTED, GradePlace.AFTER_NUMBER)
    assert (found.openness_place, found.imprint_side) == (OpennessPlace.NOTE, ImprintSide.EVEN)
    assert found.text_area is TextArea.INK


def test_every_other_choice_is_read() -> None:
    found = office(
        """
        办理结果: {A: 解决, F: 其他}
        顺延: 是
        预警: {黄: 5个工作日}
        抄送: {建议: [市人大代表工委, 市政府督查室]}
        联系: {联系单位: 市商务局办公室, 联系电话: "60010023"}
        编号规则: 届次序号
        节假日: 节假日.yaml
        保管期限: 永久
        归档: {全宗号: Z109, 机构代码: BGS, 档号式: "{全宗号}-{件号:04}"}
        台账列: [案号, 案由]
        导入列名: {提案号: 案号}
        公开署名: 隐名
        检查: {停用: [{代码: L203, 理由: 本市惯例}], 易错词: {座落: 坐落}}
        """
    )
    assert found.grades == {"A": "解决", "F": "其他"}
    assert found.rolls_over
    assert (found.warnings.yellow, found.warnings.red) == (workdays(5), workdays(3))
    assert found.copies == {Kind.SUGGESTION: ("市人大代表工委", "市政府督查室")}
    assert (found.contact.unit, found.contact.phone) == ("市商务局办公室", "60010023")
    assert (found.number_scheme, found.holidays) == (NumberScheme.SESSION, "节假日.yaml")
    assert (found.retention, found.name_shown) == (Retention.PERMANENT, NameShown.MASKED)
    assert (found.archiving.fonds, found.archiving.organ_code) == ("Z109", "BGS")
    assert found.archiving.number_form == "{全宗号}-{件号:04}"
    assert (found.ledger_columns, found.import_names) == (("案号", "案由"), {"提案号": "案号"})
    assert found.checking.muted == (Muted(code="L203", reason="本市惯例"),)
    assert found.checking.confusions == {"座落": "坐落"}


# --- limits


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("10个工作日", workdays(10)),
        ("20日", Limit(Measure.DAYS, 20)),
        ("3个月", months(3)),
        ("08-31", Limit(Measure.DATE, 31, month=8)),
        ("02-29", Limit(Measure.DATE, 29, month=2)),
        ("答复前20日", Limit(Measure.BEFORE_REPLY, 20)),
    ],
)
def test_a_limit_is_a_length_a_day_of_the_year_or_days_before_the_reply(text: str, limit: Limit) -> None:
    assert office(f"期限: {{反馈: {{限: {text}, 起: 送达}}}}").rules[Clock.FEEDBACK].limit == limit
    assert str(limit) == text


@pytest.mark.parametrize(
    "text",
    [
        "02-30",
        "04-31",
        "13-01",
        "00-10",
        "10-00",
        "0日",
        "0个工作日",
        "答复前0日",
        "-3日",
        "10",
        "三个月",
        "３个月",
        "3月",
        "10天",
        "10工作日",
        "1年",
        "1.5个月",
        "2025-08-31",
        "答复后20日",
        "答复前2个月",
        "[3个月]",
    ],
)
def test_any_other_limit_is_a_fault(text: str) -> None:
    assert places(faults(f"期限:\n  反馈: {{限: {text}, 起: 送达}}")) == [(3, "期限.反馈.限")]


def test_a_rule_needs_its_limit_and_its_start() -> None:
    assert places(faults("期限:\n  反馈: {限: 20日}\n  重办: {起: 重办}")) == [(3, "期限.反馈.起"), (4, "期限.重办.限")]


def test_the_day_of_a_promise_is_set_in_its_record_and_has_no_rule_of_the_office() -> None:
    (problem,) = faults("期限:\n  跟踪: {限: 20日, 起: 跟踪}")
    assert (problem.field, problem.line) == ("期限.跟踪", 3)


def test_a_rule_starts_from_a_step() -> None:
    (problem,) = faults("期限:\n  反馈: {限: 20日, 起: 送到}")
    assert (problem.line, problem.field) == (3, "期限.反馈.起")
    assert "“送达”" in problem.cure


def test_a_rule_of_the_office_replaces_that_clock_alone() -> None:
    rules = office("期限: {答复: {限: 08-31, 起: 签收}}").rules
    assert rules[Clock.REPLY] == Rule(limit=Limit(Measure.DATE, 31, month=8), start=Step.RECEIVE)
    assert rules[Clock.REDO] == Rule(limit=months(1), start=Step.REDO)


def test_a_kind_may_have_rules_of_its_own() -> None:
    rules = office("期限: {建议: {答复: {限: 6个月, 起: 交办}}, 答复: {限: 2个月, 起: 交办}}").rules
    assert rules[Clock.REPLY].limit == months(2)
    assert rules[Kind.SUGGESTION] == {Clock.REPLY: Rule(limit=months(6), start=Step.ASSIGN)}
    assert Kind.PROPOSAL not in rules


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("期限: {答付: {限: 3个月, 起: 交办}}", "期限.答付"),
        ("期限: {建议: {答付: {限: 3个月, 起: 交办}}}", "期限.建议.答付"),
        ("期限: {建议: {提案: {答复: {限: 3个月, 起: 交办}}}}", "期限.建议.提案"),
        ("期限: {建议: {答复: {限: 3月, 起: 交办}}}", "期限.建议.答复.限"),
        ("期限: {答复: {限: 3个月, 起: 交办, 最晚: 6个月}}", "期限.答复.最晚"),
        ("期限: {答复: {限: 3个月, 起: 交办, 最迟: 半年}}", "期限.答复.最迟"),
        ("期限: {答复: 3个月}", "期限.答复"),
        ("期限: 3个月", "期限"),
    ],
)
def test_a_fault_in_the_rules_is_named_with_its_place(text: str, field: str) -> None:
    assert places(faults(text)) == [(2, field)]


@pytest.mark.parametrize("text", ["10日", "1个月", "08-31", "10", "0个工作日"])
def test_lights_change_by_working_days_alone(text: str) -> None:
    assert places(faults(f"预警: {{黄: {text}}}")) == [(2, "预警.黄")]


# --- document numbers


def test_a_series_is_a_code_typed_by_hand_or_one_that_the_tool_allocates() -> None:
    series = office(
        "发文字号: {答复: 东商, 会办意见: {代字: 东商提函, 自动: 是, 起号: 12}, 退办申请: {代字: 东商}}"
    ).series
    assert series == {
        Paper.REPLY: Series(code="东商", automatic=False, first=1),
        Paper.OPINION: Series(code="东商提函", automatic=True, first=12),
        Paper.HANDING_BACK: Series(code="东商", automatic=False, first=1),
    }


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("{答付: 东商}", "发文字号.答付"),
        ("{答复: {自动: 是}}", "发文字号.答复.代字"),
        ("{答复: {代字: 东商, 自动: true}}", "发文字号.答复.自动"),
        ("{答复: {代字: 东商, 起号: 0}}", "发文字号.答复.起号"),
        ("{答复: {代字: 东商, 起号: 一}}", "发文字号.答复.起号"),
        ("{答复: {代字: 东商, 起号: 01}}", "发文字号.答复.起号"),
        ("{答复: [东商]}", "发文字号.答复"),
        ("东商", "发文字号"),
    ],
)
def test_a_fault_in_a_series_is_named_with_its_place(text: str, field: str) -> None:
    assert places(faults(f"发文字号: {text}")) == [(2, field)]


# --- other faults


@pytest.mark.parametrize(
    ("text", "field", "nearest"),
    [
        ("发文机关标识: 甲", "发文机关标识", "发文机关标志"),
        ("联系: {电话: '1'}", "联系.电话", "联系电话"),
        ("预警: {黄: 3个工作日, 红色: 1个工作日}", "预警.红色", "红"),
        ("归档: {全宗: Z1}", "归档.全宗", "全宗号"),
        ("检查: {停用: [{代码: L1, 原由: 甲, 理由: 乙}]}", "检查.停用.1.原由", "理由"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_real_one(text: str, field: str, nearest: str) -> None:
    (problem,) = faults(text)
    assert (problem.line, problem.field) == (2, field)
    assert f"“{nearest}”" in problem.cure


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("版式: 公函", "版式"),
        ("层级: 区", "层级"),
        ("顺延: yes", "顺延"),
        ("抄送: {提案: 市政协提案委}", "抄送.提案"),
        ("抄送: {提案: [甲、乙]}", "抄送.提案.1"),
        ("抄送: {议案: [甲]}", "抄送.议案"),
        ("抄送: [甲]", "抄送"),
        ("办理结果: [A, B]", "办理结果"),
        ("办理结果: {A: [解决]}", "办理结果.A"),
        ("检查: {停用: [L203]}", "检查.停用.1"),
        ("检查: {停用: [{代码: L203}]}", "检查.停用.1.理由"),
        ("检查: {易错词: [座落]}", "检查.易错词"),
        ("台账列: 案号", "台账列"),
        ("单 位: 甲", "单 位"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(text: str, field: str) -> None:
    assert places(faults(text)) == [(2, field)]


def test_all_faults_of_the_file_come_in_one_run_by_line() -> None:
    problems = faults("版式: 公函\n期限:\n  答复: {限: 02-30}\n发文字号: {答付: 东商}\n顺延: 不")
    assert places(problems) == [
        (2, "版式"),
        (4, "期限.答复.限"),
        (4, "期限.答复.起"),
        (5, "发文字号.答付"),
        (6, "顺延"),
    ]


def test_the_clock_of_the_reply_cannot_count_back_from_itself() -> None:
    assert places(faults("期限: {答复: {限: 答复前20日, 起: 交办}}")) == [(2, "期限.答复")]
    assert places(faults("期限: {提案: {答复: {限: 答复前20日, 起: 交办}}}")) == [(2, "期限.提案.答复")]
    assert office_of(OFFICE + "期限: {会办意见: {限: 答复前20日, 起: 交办}}\n")
