from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from compose.conftest import Drafter

COMMITTEE = {"团体": "民盟东河市委员会"}
FEDERATION = {"团体": "东河市工商联"}


@pytest.mark.parametrize(
    ("proposers", "salutation"),
    [
        (["林晓"], "尊敬的林晓委员："),
        (["林晓", "周宁"], "尊敬的林晓、周宁委员："),
        (["甲一", "乙一", "丙一", "丁一"], "尊敬的甲一、乙一、丙一、丁一委员："),
        (["甲一", "乙一", "丙一", "丁一", "戊一"], "尊敬的甲一等5位委员："),
        ([f"委员{n}" for n in range(1, 13)], "尊敬的委员1等12位委员："),
        ([{"姓名": "林晓", "电话": "60011806"}], "尊敬的林晓委员："),
        ([COMMITTEE], "民盟东河市委员会："),
        ([FEDERATION], "东河市工商联："),
        ([COMMITTEE, FEDERATION], "民盟东河市委员会、东河市工商联："),
    ],
)
def test_the_salutation_names_the_proposers_in_their_order(
    drafter: Drafter, proposers: list[Any], salutation: str
) -> None:
    assert drafter.letter(提案人=proposers).salutation == salutation


@pytest.mark.parametrize(
    ("proposers", "salutation"),
    [
        (["林晓"], "尊敬的林晓代表："),
        (["林晓", "周宁"], "尊敬的林晓、周宁代表："),
        (["甲一", "乙一", "丙一", "丁一", "戊一"], "尊敬的甲一等5位代表："),
        ([{"团体": "东河市代表团"}], "东河市代表团："),
    ],
)
def test_who_signs_a_suggestion_is_a_deputy(drafter: Drafter, proposers: list[Any], salutation: str) -> None:
    letter = drafter.letter(paper="建议答复", 类别="建议", 提案人=proposers)

    assert letter.salutation == salutation


@pytest.mark.parametrize(
    ("proposers", "pronoun"),
    [
        (["林晓"], "您"),
        (["林晓", "周宁"], "你们"),
        ([COMMITTEE], "贵委"),
        ([{"团体": "市政协提案委"}], "贵委"),
        ([{"团体": "民革市委会"}], "贵委"),
        ([FEDERATION], "贵单位"),
        ([{"团体": "社会科学界"}], "贵单位"),
        ([COMMITTEE, FEDERATION], "你们"),
    ],
)
def test_the_pronoun_follows_the_proposers(drafter: Drafter, proposers: list[Any], pronoun: str) -> None:
    drafter.block("附注", "{{ 代词 }}")

    assert drafter.letter(提案人=proposers).note == pronoun


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("案号", "0143067"),
        ("层级", "市"),
        ("保管期限", "30年"),
        ("身份", "委员"),
        ("称呼", "林晓、周宁委员"),
        ("引述", "关于“优化夜市管理”的提案"),
        ("单位.自称", "我局"),
        ("提案人", "林晓、周宁"),
        ("提案人[1].电话", "60011806"),
        ("提案人|length", "2"),
        ("办理过程[0].日期", "2025年3月5日"),
        ("办理过程[0].环节", "交办"),
        ("科室", "市场科"),
        ("重点", "否"),
        ("预警.红", "3个工作日"),
        ("答复.抄送|join('；')", "市政协提案委"),
    ],
)
def test_a_template_may_print_any_key_of_the_contract(drafter: Drafter, expression: str, printed: str) -> None:
    drafter.block("附注", f"{{{{ {expression} }}}}")
    events = [
        {"日期": "2025-03-05", "环节": "交办"},
        {"日期": "2025-03-06", "环节": "分办", "科室": "市场科"},
    ]
    people = ["林晓", {"姓名": "周宁", "电话": "60011806"}]

    assert drafter.letter(案号="0143067", 提案人=people, 办理过程=events).note == printed


def test_yes_and_no_can_be_asked_for(drafter: Drafter) -> None:
    drafter.block("附注", "{% if 重点 %}重点件{% else %}一般件{% endif %}")

    assert drafter.letter(重点="是").note == "重点件"
    assert drafter.letter(重点="否").note == "一般件"


def test_the_record_goes_before_the_office_where_both_have_a_value(drafter: Drafter) -> None:
    drafter.block("附注", "{{ 层级 }}{{ 保管期限 }}")

    assert drafter.letter(层级="省", 保管期限="永久").note == "省永久"
    assert drafter.letter({"层级": "县", "保管期限": "10年"}).note == "县10年"
