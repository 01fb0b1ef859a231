from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from dafu.compose.sandbox import OUTPUT_LIMIT

if TYPE_CHECKING:
    from compose.conftest import Drafter

PYTHON_WORDS = re.compile(r"Traceback|Error|Exception|object at 0x|jinja2")
ATTACKS = (
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ 案由.__init__.__globals__ }}",
    "{{ 案由['__class__'] }}",
    "{{ 答复.__class__ }}",
    "{{ 提案人[0].__class__ }}",
    "{{ 提案人.__class__ }}",
    "{{ 案由.format(案由) }}",
    "{{ '{0.__class__}'.format(案由) }}",
    "{{ '{0.__class__}' % 案由 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 案由|attr('__class__') }}",
    "{{ [案由]|map(attribute='__class__')|first }}",
    "{{ 案由|format(案由) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner(',') }}",
    "{{ lipsum() }}",
    "{{ range(10) }}",
    "{{ dict(a=1) }}",
    "{{ namespace(a=1) }}",
    "{{ config }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ super.__init__ }}",
    "{{ loop }}",
    "{% for x in 提案人 %}{{ loop }}{% endfor %}",
    "{% for x in 提案人 %}{{ loop._iterator }}{% endfor %}",
    "{% for x in 提案人 %}{{ loop.__class__ }}{% endfor %}",
    "{{ '政' * 10**9 }}",
    "{{ 10 ** (10 ** 7) }}",
    "{{ [1] * 10**9 }}",
    "{{ 1 / 0 }}",
    "{{ 1 - 1 }}",
    "{{ 7 // 2 }}",
    "{{ 案由 + 案由 }}",
    "{{ 1e999999 }}",
    "{{ " + "9" * 5000 + " }}",
    "{{ 案由.ljust(1000000000) }}",
    "{{ 案由.append(1) }}",
    "{{ 提案人.append(1) }}",
    "{{ 提案人[0].update(姓名='甲') }}",
    "{{ 答复.entries }}",
    "{% include '/etc/passwd' %}",
    "{% include '../dafu.yaml' %}",
    "{% include '标准/答复.j2' %}",
    "{% import '标准/答复.j2' as x %}",
    "{% from '标准/答复.j2' import x %}",
    "{% do 案由 %}",
    "{% debug %}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{% for x in 提案人 recursive %}{{ loop(提案人) }}{% endfor %}",
    "{% for x in 3 %}{% endfor %}",
    "{% for x in 提案人 %}" * 30 + "{% endfor %}" * 30,
    "{{ " + "(" * 3000 + "案由" + ")" * 3000 + " }}",
    "{% autoescape true %}{{ 案由 }}{% endautoescape %}",
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack[:50])
def test_what_reaches_beyond_the_contract_is_refused_in_chinese(drafter: Drafter, attack: str) -> None:
    path = drafter.block("附注", attack)

    problems = drafter.problems()
    assert problems
    for problem in problems:
        assert problem.file == str(path)
        assert re.search("[一-鿿]", problem.message)
        assert not PYTHON_WORDS.search(problem.message + problem.cure)


def test_text_of_a_record_is_never_run_as_a_template(drafter: Drafter) -> None:
    drafter.block("附注", "{{ 案由 }}")

    assert drafter.letter(案由="{{ 届次 }}{% include '/etc/passwd' %}").note == "{{ 届次 }}{% include '/etc/passwd' %}"


def test_the_output_of_a_block_has_a_limit(drafter: Drafter) -> None:
    drafter.block("正文", "{% for 件 in 建议事项 %}{% for 项 in 建议事项 %}{{ 件 }}{% endfor %}{% endfor %}")
    thousand = "政" * 1000
    asks = 20  # 20 × 20 × 1000 is the limit
    assert asks * asks * len(thousand) == OUTPUT_LIMIT

    assert drafter.letter(建议事项=[thousand] * asks).body
    (problem,) = drafter.problems(建议事项=[thousand] * (asks + 1))
    assert (problem.field, problem.message) == ("正文", "输出超过400000字")


@pytest.mark.parametrize(
    "growth",
    [
        "{{ 答复.正文|replace('政', 答复.正文) }}",
        "{{ 答复.正文 ~ " + " ~ ".join(["答复.正文"] * 20) + " }}",
        "{% set 甲 = 案由 ~ 案由 %}" + "{% set 甲 = 甲 ~ 甲 %}" * 40 + "{{ 甲 }}",
        "{% set 甲 = 答复.正文|replace('政', '政政政政政政政政') %}" * 9 + "{{ 甲|replace('政', 甲) }}",
    ],
    ids=["replace", "concat", "doubling", "replace of replaced"],
)
def test_text_that_grows_is_stopped_at_the_limit(drafter: Drafter, growth: str) -> None:
    drafter.block("正文", growth)

    problems = drafter.problems(答复={"正文": "政" * 30_000})
    assert {problem.message for problem in problems} & {"输出超过400000字", "set 里不能用“~”"}


def test_a_text_is_not_looped_over_by_its_characters(drafter: Drafter) -> None:
    drafter.block("附注", "{% for 字 in 案由 %}{{ 字 }}{% endfor %}")

    (problem,) = drafter.problems()
    assert problem.message == "文字不能逐字循环"


def test_values_of_one_letter_do_not_leak_into_the_next(drafter: Drafter) -> None:
    drafter.block("附注", "{% if 重点 %}{% set 密 = 案由 %}{% endif %}{{ 密 }}")

    assert drafter.letter(重点="是", 案由="甲事").note == "甲事"
    assert [problem.message for problem in drafter.problems()] == ["取了没有的值"]


def test_what_a_block_has_set_is_not_there_in_the_next(drafter: Drafter) -> None:
    drafter.template("""
        {% extends "标准/答复.j2" %}
        {% block 附注 %}{% set 密 = 案由 %}{{ 密 }}{% endblock %}
        {% block 抄送 %}{% if 重点 %}{% set 密 = 案由 %}{% endif %}{{ 密 }}{% endblock %}
    """)

    assert [(problem.field, problem.message) for problem in drafter.problems()] == [("抄送", "取了没有的值")]


@pytest.mark.parametrize("helper", ["cycler", "dict", "joiner", "lipsum", "namespace", "range"])
def test_a_helper_of_jinja_is_not_reached_under_a_name_that_was_not_set(drafter: Drafter, helper: str) -> None:
    drafter.block("附注", f"{{% if 重点 %}}{{% set {helper} = 案由 %}}{{% endif %}}{{% if {helper} %}}有{{% endif %}}")

    assert [problem.message for problem in drafter.problems()] == ["取了没有的值"]


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("案由|trim", "优化夜市管理"),
        ("案由|replace('夜市', '早市')", "优化早市管理"),
        ("案由|length", "6"),
        ("建议事项|first", "甲事"),
        ("建议事项|last", "丙事"),
        ("建议事项|join('；')", "甲事；乙事；丙事"),
        ("建议事项|reverse|join", "丙事乙事甲事"),
        ("建议事项|unique|join", "甲事乙事丙事"),
        ("建议事项", "甲事、乙事、丙事"),
        ("'重点' if 重点 else '一般'", "一般"),
        ("案由 ~ '（试行）'", "优化夜市管理（试行）"),
        ("建议事项[9]", "【缺：第10项】"),
    ],
)
def test_what_a_letter_needs_can_be_written(drafter: Drafter, expression: str, printed: str) -> None:
    drafter.block("附注", f"{{{{ {expression} }}}}")

    assert drafter.letter(建议事项=["甲事", "乙事", "丙事"]).note == printed


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("类别 == '提案'", True),
        ("类别 != '提案'", False),
        ("类别 in ['提案', '建议']", True),
        ("not 重点", True),
        ("建议事项|length is even", False),
        ("建议事项|length > 2", True),
        ("重点 or 建议事项", True),
    ],
)
def test_conditions_read_like_the_record(drafter: Drafter, condition: str, *, holds: bool) -> None:
    drafter.block("附注", f"{{% if {condition} %}}是{{% else %}}否{{% endif %}}")

    assert drafter.letter(建议事项=["甲事", "乙事", "丙事"]).note == ("是" if holds else "否")


def test_a_loop_knows_its_place(drafter: Drafter) -> None:
    drafter.block(
        "附注", "{% for 项 in 建议事项 %}{{ loop.index }}{{ 项 }}{% if not loop.last %}；{% endif %}{% endfor %}"
    )

    assert drafter.letter(建议事项=["甲", "乙"]).note == "1甲；2乙"


def test_the_loops_of_a_paper_come_to_an_end_together(drafter: Drafter) -> None:
    drafter.block("结尾", "{% for 甲 in 建议事项 %}{% for 乙 in 建议事项 %}{% endfor %}{% endfor %}谢谢。")
    assert drafter.letter(建议事项=["甲"] * 90).body  # 90 + 90 × 90 visits
    problems = drafter.problems(建议事项=["甲"] * 110)  # 110 + 110 × 110
    assert [problem.message for problem in problems if "循环超过10000次" in problem.message]
