"""What a template may be built of: everything else is refused at its line, and what is left ends soon."""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from dafu.errors import UnusableError
from dafu.letter import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compose.conftest import Drafter

HEAD = '{% extends "标准/答复.j2" %}\n'
SECONDS = 10  # a fault limit for any template, not a measure
LONG = "政" * 300_000


@contextmanager
def limited(seconds: int = SECONDS) -> Iterator[None]:
    """Break off what takes more time of the processor, however busy the machine is."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    except TimeoutError:  # raised inside a template, whose frames pytest cannot print
        pytest.fail(f"still running after {seconds} s", pytrace=False)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize(
    ("block", "word"),
    [
        ("{% include '标准/答复.j2' %}", "include"),
        ("{% import '标准/答复.j2' as 甲 %}", "import"),
        ("{% from '标准/答复.j2' import 甲 %}", "import"),
        ("{% macro 甲() %}乙{% endmacro %}", "macro"),
        ("{% call 甲() %}{% endcall %}", "call"),
        ("{% filter trim %}甲{% endfilter %}", "filter"),
        ("{% set 甲 %}乙{% endset %}", "set … endset"),
        ("{% with 甲 = 案号 %}{{ 甲 }}{% endwith %}", "with"),
        ("{{ '政' * 10 }}", "算式"),
        ("{{ 10 ** 10 }}", "算式"),
        ("{{ 案号 + '1' }}", "算式"),
        ("{{ 7 // 2 }}", "算式"),
        ("{{ '%s' % 案号 }}", "算式"),
        ("{{ -1 }}", "算式"),
        ("{{ 案由[1:] }}", "切片"),
        ("{{ {'甲': 案号} }}", "字典"),
        ("{{ 案由.upper() }}", "函数"),
        ("{{ self.标题() }}", "函数"),
        ("{{ range(9) }}", "函数"),
        ("{{ loop(提案人) }}", "函数"),
        ("{% for 甲 in 提案人 recursive %}{{ 甲 }}{% endfor %}", "逐项"),
        ("{% for 甲 in [1, 2] %}{{ 甲 }}{% endfor %}", "逐项"),
        ("{% for 甲 in (1, 2) %}{{ 甲 }}{% endfor %}", "逐项"),
        ("{% for 甲 in '政策' %}{{ 甲 }}{% endfor %}", "逐项"),
        ("{% for 甲 in 案由 ~ 案由 %}{{ 甲 }}{% endfor %}", "逐项"),
        ("{% set 甲 = 案由 ~ 案由 %}{{ 甲 }}", "~"),
        ("{{ " + "~".join(["案由"] * 101) + " }}", "~"),
    ],
)
def test_what_could_run_long_or_grow_large_is_refused_at_its_line(drafter: Drafter, block: str, word: str) -> None:
    drafter.template(f"{HEAD}{{% block 结尾 %}}\n甲\n{block}\n{{% endblock %}}\n")

    first = drafter.problems()[0]

    assert first.line == 4
    assert word in first.message + first.cure
    assert first.cure


@pytest.mark.parametrize("tag", ["{% do 案由 %}", "{% debug %}", "{% break %}", "{% trans %}甲{% endtrans %}"])
def test_tags_of_extensions_are_not_known(drafter: Drafter, tag: str) -> None:
    drafter.template(f"{HEAD}{{% block 结尾 %}}\n{tag}\n{{% endblock %}}\n")

    assert drafter.problems()[0].line == 3


@pytest.mark.parametrize(
    "word", ["range", "lipsum", "cycler", "joiner", "namespace", "dict", "__builtins__", "request"]
)
def test_no_helper_of_jinja_and_nothing_of_python_has_a_name(drafter: Drafter, word: str) -> None:
    drafter.block("结尾", f"{{{{ {word} }}}}")

    assert f"“{word}”不是字段" in drafter.sentences()[0]


@pytest.mark.parametrize(
    "chain",
    ["案由.__class__", "案由['__class__']", "案由|attr('__class__')", "''.__class__.__mro__", "提案人[0].__init__"],
)
def test_no_attribute_leads_to_python(drafter: Drafter, chain: str) -> None:
    drafter.block("结尾", f"{{{{ {chain} }}}}")

    assert drafter.problems()


def nested(depth: int) -> str:
    heads = "".join(f"{{% for 项{n} in 提案人 %}}" for n in range(depth))
    return heads + "甲" + "{% endfor %}" * depth


@pytest.mark.parametrize("depth", [3, 4, 30])
def test_loops_deeper_than_two_are_refused(drafter: Drafter, depth: int) -> None:
    drafter.block("结尾", nested(depth))

    assert any("for 套了超过2层" in sentence for sentence in drafter.sentences())


def test_loops_of_two_levels_pass(drafter: Drafter) -> None:
    drafter.block("结尾", nested(2))

    assert drafter.letter(提案人=["林晓", "程亦舟", "陆一白"]).body[-1].text == "甲" * 9  # type: ignore[union-attr]  # -- a paragraph


def test_a_loop_hidden_in_the_block_of_a_loop_counts(drafter: Drafter) -> None:
    inner = "{% block 附注 %}{% for 丙 in 提案人 %}{{ 丙 }}{% endfor %}{% endblock %}"
    loops = "{% for 甲 in 提案人 %}{% for 乙 in 提案人 %}" + inner + "{% endfor %}{% endfor %}"
    drafter.block("结尾", loops)

    assert any("for 套了超过2层" in sentence for sentence in drafter.sentences())


@pytest.mark.parametrize(
    ("block", "printed"),
    [
        ("专此答复。{{ super() }}", "专此答复。感谢您对我们工作的关心和支持，欢迎今后提出更多宝贵意见。"),
        ("{% set 名 = 提案人|first %}{{ 名 }}", "林晓"),
        (
            "{% for 人 in 提案人 if 人.姓名 %}{{ loop.index }}.{{ 人 }}{% if not loop.last %}；{% endif %}{% endfor %}",
            "1.林晓",
        ),
        ("{% for 件 in 答复.附件 %}{{ 件 }}{% else %}无附件{% endfor %}", "无附件"),
        ("{{ 会办单位|join('、')|default('无') }}", "无"),
        ("{{ '甲' if 重点 else '乙' }}", "乙"),
        ("{{ 案号 ~ '号' }}", "143069号"),
        ("{{ '长' if 提案人|length > 1 else '短' }}", "短"),
        ("{% if 角色 in ['独办', '主办'] and not 重点 %}甲{% endif %}", "甲"),
        ("{{ 案由|replace('夜市', '早市')|trim }}", "优化早市管理"),
        ("{# {% include 'x' %} {{ 9 ** 9 }} #}甲", "甲"),
        ("{% raw %}{{ 甲 }}{% endraw %}", "{{ 甲 }}"),
        ("{{ 提案人[0].姓名 }}", "林晓"),
    ],
)
def test_innocent_templates_pass(drafter: Drafter, block: str, printed: str) -> None:
    drafter.block("结尾", block)

    assert drafter.letter().body[-1].text == printed  # type: ignore[union-attr]  # -- a paragraph


def looped(inner: str) -> str:
    return f"{{% for 甲 in 建议事项 %}}{{% for 乙 in 建议事项 %}}{inner}{{% endfor %}}{{% endfor %}}"


@pytest.mark.parametrize(
    "block",
    [
        "{{ 答复.正文|replace('政', 答复.正文) }}",
        "{{ 答复.正文|replace('', 答复.正文) }}",
        "{{ 建议事项|join(答复.正文) }}",
        "{{ 建议事项|join(建议事项|join(答复.正文)) }}",
        "{{ 建议事项|join('" + "政" * 2_000 + "') }}",
        "{{ 答复.正文" + "|replace('政', '政政')" * 60 + " }}",
        "{{ 答复.正文" + "|trim" * 5_000 + " }}",
        "{{ " + "(" * 3_000 + "案由" + ")" * 3_000 + " }}",
        "{% if 案由 %}" * 500 + "{% endif %}" * 500,
        "{{ 案由 }}" * 15_000,
        looped("{{ 答复.正文 }}"),
        looped("{{ 建议事项|join('、')|replace('甲', '乙') }}"),
        looped(""),
    ],
)
def test_a_hostile_template_ends_at_once(drafter: Drafter, block: str) -> None:
    drafter.block("结尾", block)

    with limited():
        assert outcome(drafter, 1_000) < 1_000_000


REVERSED = "{% for 甲 in 建议事项|reverse %}{% for 乙 in 建议事项|reverse %}{% endfor %}{% endfor %}"
SOUGHT = "{% for 甲 in 建议事项 %}{% if '乙' in 建议事项 %}{% endif %}{% endfor %}"


@pytest.mark.parametrize(
    ("block", "items"),
    [
        (looped("{{ 建议事项|unique|join }}"), 2_000),
        (looped("{{ 建议事项|first }}"), 50_000),
        (looped(""), 50_000),
        (REVERSED, 50_000),
        (SOUGHT, 50_000),
    ],
)
def test_loops_over_very_long_lists_end_at_once(drafter: Drafter, block: str, items: int) -> None:
    drafter.block("结尾", block)

    with limited(3):
        outcome(drafter, items)


def outcome(drafter: Drafter, items: int = 1) -> int:
    """Compose what may be refused, and return how long the closing became."""
    with suppress(UnusableError):
        letter = drafter.letter(建议事项=["甲"] * items, 答复={"正文": LONG})
        return sum(len(text) for text in texts(letter.body[2:]))
    return 0


@pytest.mark.parametrize(
    "text",
    [
        '{% extends "答复.j2" %}',
        HEAD + "{% block 结尾 %}{% block 附注 %}{% block 结尾 %}{% endblock %}{% endblock %}{% endblock %}",
        HEAD + "{% block 结尾 %}{{ super() }}{{ super() }}{{ super() }}{% endblock %}",
        HEAD + HEAD,
        "{% extends 案由 %}",
        '{% extends "标准/../../x.j2" %}',
        '{% extends "/etc/passwd" %}',
        "政" * 70_000,
        "{{ 案由 }",
        "",
    ],
)
def test_a_template_that_turns_upon_itself_ends_at_once(drafter: Drafter, text: str) -> None:
    drafter.template(text)

    with limited():
        assert outcome(drafter) < 1_000


def test_a_loop_over_the_letters_of_a_text_is_refused(drafter: Drafter) -> None:
    drafter.block("结尾", "{% for 字 in 案由 %}{{ 字 }}{% endfor %}")

    assert drafter.sentences() == ["2: 结尾 文字不能逐字循环（对照字段表改正）"]
