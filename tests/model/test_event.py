from __future__ import annotations

from datetime import date

import pytest

from dafu.model import STEP_KEYS
from dafu.terms import Decision, Rating, Step
from records import faults_of, places, proposal_of

COMMON = {"日期", "环节", "经手人", "说明", "登记时间"}

# step → the keys that it must carry / the keys that it may carry besides, as the contract lists them
KEYS = {
    "交办": "/ 交办单位",
    "签收": "/",
    "退办": "理由 / 建议单位",
    "退办结果": "结果 /",
    "分办": "/ 科室 经办人 分管领导 内部期限",
    "沟通": "方式 对象 /",
    "征求意见": "对象 / 意见",
    "征求会办": "单位 / 期限",
    "会办意见": "单位 / 免",
    "拟稿": "/",
    "审核": "/",
    "退回": "理由 /",
    "签发": "签发人 /",
    "印发": "发文字号 /",
    "送达": "对象 / 方式",
    "反馈": "对象 整体 / 办理态度 办理结果 意见",
    "重办": "/ 理由",
    "延期": "至 理由 批准单位 /",
    "公开": "/ 网址",
    "跟踪": "/ 下次日期",
    "办结": "/",
    "归档": "/ 档号",
    "撤案": "理由 /",
}
VALUES = {
    "结果": "不同意",
    "整体": "基本满意",
    "办理态度": "满意",
    "办理结果": "不满意",
    "至": "2025-09-30",
    "期限": "2025-04-30",
    "内部期限": "2025-05-16",
    "下次日期": "2026-03-01",
    "登记时间": "2025-03-05T09:30:00+08:00",
}
EVERY_KEY = sorted({key for keys in KEYS.values() for key in keys.split()} - {"/"})


def required(step: str) -> set[str]:
    return set(KEYS[step].partition("/")[0].split())


def own(step: str) -> set[str]:
    return set(KEYS[step].replace("/", " ").split())


def event(step: str, *keys: str) -> str:
    values = ", ".join(f"{key}: '{VALUES.get(key, '某某')}'" for key in keys)
    return f"办理过程:\n  - {{日期: 2025-03-05, 环节: {step}, {values}}}\n"


def test_the_table_covers_every_step() -> None:
    assert list(KEYS) == [str(step) for step in Step] == [str(step) for step in STEP_KEYS]


@pytest.mark.parametrize("step", KEYS)
def test_a_step_takes_its_own_keys_and_the_common_ones(step: str) -> None:
    (found,) = proposal_of(event(step, *own(step), "经手人", "说明", "登记时间")).events
    assert (found.day, str(found.step), found.by, found.note) == (date(2025, 3, 5), step, "某某", "某某")
    assert found.entered is not None


@pytest.mark.parametrize("step", KEYS)
def test_a_step_needs_no_more_than_its_required_keys(step: str) -> None:
    assert len(proposal_of(event(step, *required(step))).events) == 1


@pytest.mark.parametrize("step", KEYS)
def test_a_step_misses_each_required_key(step: str) -> None:
    for missing in required(step):
        problems = faults_of(event(step, *(required(step) - {missing})))
        assert places(problems) == [(6, f"办理过程.1.{missing}")]


@pytest.mark.parametrize("step", KEYS)
def test_a_key_of_another_step_is_unknown(step: str) -> None:
    for foreign in set(EVERY_KEY) - own(step):
        problems = faults_of(event(step, *required(step), foreign))
        assert places(problems) == [(6, f"办理过程.1.{foreign}")]
        assert f"“{foreign}”不是字段" in problems[0].message


def test_every_event_has_a_day_and_a_step() -> None:
    assert places(faults_of("办理过程:\n  - {经手人: 唐知行}")) == [(6, "办理过程.1.日期"), (6, "办理过程.1.环节")]
    assert places(faults_of("办理过程:\n  - {日期: '', 环节: ''}")) == [(6, "办理过程.1.日期"), (6, "办理过程.1.环节")]


def test_an_unknown_step_comes_with_the_nearest_and_hides_no_other_fault() -> None:
    problems = faults_of("办理过程:\n  - {日期: 2025-3-5, 环节: 签发了, 签发人: 周明远}")
    assert places(problems) == [(6, "办理过程.1.日期"), (6, "办理过程.1.环节")]
    assert "“签发”" in problems[1].cure


@pytest.mark.parametrize("text", ["签收", "[签收]"])
def test_an_event_is_a_mapping(text: str) -> None:
    assert places(faults_of(f"办理过程:\n  - {text}")) == [(6, "办理过程.1")]


def test_the_values_of_events_are_typed() -> None:
    events = proposal_of(
        """
        办理过程:
          - {日期: 2025-03-06, 环节: 退办结果, 结果: 同意}
          - {日期: 2025-03-10, 环节: 分办, 科室: 市场科, 内部期限: 2025-05-16}
          - {日期: 2025-07-01, 环节: 延期, 至: 2025-09-30, 理由: 需要调研, 批准单位: 市政府办公室}
          - {日期: 2025-09-05, 环节: 反馈, 对象: 林晓, 整体: 满意, 办理态度: 基本满意, 办理结果: 不满意}
        """
    ).events
    assert events[0].decision is Decision.GRANTED
    assert events[1].internal_due == date(2025, 5, 16)
    assert (events[2].until, events[2].approved_by) == (date(2025, 9, 30), "市政府办公室")
    assert (events[3].overall, events[3].attitude, events[3].result) == (
        Rating.CONTENT,
        Rating.MOSTLY,
        Rating.DISCONTENT,
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("环节: 退办结果, 结果: 是", "结果"),
        ("环节: 反馈, 对象: 甲, 整体: 不错", "整体"),
        ("环节: 延期, 至: 下月, 理由: 甲, 批准单位: 乙", "至"),
        ("环节: 跟踪, 下次日期: 2025-02-30", "下次日期"),
        ("环节: 征求会办, 单位: 市财政局、市税务局", "单位"),
    ],
)
def test_a_wrong_value_in_an_event_is_named_with_its_place(text: str, key: str) -> None:
    assert places(faults_of(f"办理过程:\n  - {{日期: 2025-03-05, {text}}}")) == [(6, f"办理过程.1.{key}")]


def test_a_waiver_of_an_opinion_names_the_unit_and_the_reason() -> None:
    (found,) = proposal_of("办理过程:\n  - {日期: 2025-03-05, 环节: 会办意见, 单位: 市财政局, 免: 不涉及}").events
    assert (found.unit, found.waived) == ("市财政局", "不涉及")
