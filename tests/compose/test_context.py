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


EVENTS = [
    {"日期": "2025-03-05", "环节": "交办", "交办单位": "市政府办公室"},
    {"日期": "2025-03-07", "环节": "退办", "理由": "不属我局职责"},
    {"日期": "2025-05-20", "环节": "延期", "至": "2025-06-30", "理由": "未完", "批准单位": "督查室"},
    {"日期": "2025-06-20", "环节": "延期", "至": "2025-07-31", "理由": "仍未完", "批准单位": "督查室"},
    {"日期": "2025-09-05", "环节": "重办", "理由": "不满意"},
]


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("交办.交办单位", "市政府办公室"),
        ("退办.理由", "不属我局职责"),
        ("退办.建议单位", "【缺：建议单位】"),
        ("延期.至", "2025年7月31日"),
        ("分办.科室", "【缺：科室】"),
        ("首次.正文", "首次答复。"),
        ("今日", "【缺：日期】"),
        ("时限.期限", "【缺：期限】"),
        ("会办.单位", "【缺：单位】"),
        ("对方.姓名", "【缺：姓名】"),
        ("复文.标题", "【缺：标题】"),
    ],
)
def test_a_template_may_print_the_last_event_of_a_step_and_the_occasion(
    drafter: Drafter, expression: str, printed: str
) -> None:
    drafter.block("附注", f"{{{{ {expression} }}}}")

    assert drafter.letter(答复={"正文": "首次答复。"}, 办理过程=EVENTS).note == printed


def test_a_redo_counts_in_its_own_round_only(drafter: Drafter) -> None:
    drafter.block("附注", "{% if 重办 %}有{% else %}无{% endif %}")

    assert [drafter.composed(turn=turn, 办理过程=EVENTS).letter.note for turn in (0, 1)] == ["无", "有"]


def test_a_group_of_keys_is_true_when_any_of_them_has_a_value(drafter: Drafter) -> None:
    drafter.block("附注", "{% if 延期 %}延期{% endif %}{% if 退办 %}退办{% endif %}")

    assert drafter.letter(办理过程=EVENTS[:2]).note == "退办"


def test_the_words_of_a_table_of_the_office_come_in_a_loop(drafter: Drafter) -> None:
    drafter.block("附注", "{% for 类 in 办理结果 %}{{ 类 }}{% endfor %}")

    assert drafter.letter({"办理结果": {"甲": "已经解决", "乙": "列入计划"}}).note == "甲乙"


def test_an_event_without_a_key_that_others_have_is_refused_with_its_own(drafter: Drafter) -> None:
    drafter.block("附注", "{{ 延期.建议单位 }}")

    (problem,) = drafter.problems()
    assert "“延期.建议单位”不是字段" in str(problem)


def test_what_a_template_leaves_to_be_filled_in_by_hand_is_listed_as_missing(drafter: Drafter) -> None:
    drafter.block("发文字号", "【缺：发文字号】")
    composed = drafter.composed(答复={"发文字号": "东商〔2025〕7号"})

    assert composed.letter.number == "【缺：发文字号】"
    assert "发文字号" in composed.missing


def test_appendices_come_from_a_block_of_their_own(drafter: Drafter) -> None:
    drafter.block("附件正文", "\n附件1\n任务分工\n|事项|科室|\n|{{ 案由 }}|市场科|\n")
    composed = drafter.composed()

    (appendix,) = composed.letter.appendices
    assert (appendix.label, appendix.title) == ("附件1", "任务分工")
    assert composed.letter.appendices[0].body != ()
    assert "优化夜市管理" in composed.inserted
