from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dafu.compose import BLOCKS, base_templates
from dafu.errors import UnusableError
from dafu.letter import texts

if TYPE_CHECKING:
    from compose.conftest import Drafter

ELEMENTS = (
    *("发文机关标志", "发文字号", "签发人", "办理结果", "标题", "称谓", "开头", "正文", "结尾"),
    *("附件", "署名", "成文日期", "附注", "联系", "抄送", "印发机关", "印发日期"),
)


def test_there_is_a_block_for_every_element_of_the_standard() -> None:
    assert set(ELEMENTS) <= set(BLOCKS)


def test_the_base_templates_come_with_the_tool() -> None:
    assert {"答复.j2", "建议答复.j2", "会办意见.j2"} <= {path.name for path in base_templates()}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{{ 届 }}", "2: “届”不是字段（是不是“届次”？）"),
        ("{{ 答复.发文号 }}", "2: “答复.发文号”不是字段（是不是“发文字号”？）"),
        ("{{ 答复['发文号'] }}", "2: “答复.发文号”不是字段（是不是“发文字号”？）"),
        ("{{ 单位.全名 }}", "2: “单位.全名”不是字段（是不是“全称”？）"),
        ("{{ 提案人[0].姓 }}", "2: 附注 “姓”不是字段，是不是“姓名”？（对照字段表改正）"),
        ("{% if 重点 %}{{ 答复.发文号 }}{% endif %}", "2: “答复.发文号”不是字段（是不是“发文字号”？）"),
        ("\n{{ 案由 }}\n{{ 届 }}", "4: “届”不是字段（是不是“届次”？）"),
        ("{% 如果 %}", "2: 不认识“如果”这个标签（可用：block、extends、if、elif、else、for、set，及其 end 标签）"),
        ("{% if 重点 %}", "2: “if”还没有结束，就写了“endblock”（补上前一个的 end 标签，或者删去多出来的后一个）"),
        ("{% endif %}", "2: “block”还没有结束，就写了“endif”（补上前一个的 end 标签，或者删去多出来的后一个）"),
        ("{% for 一 in 抄送 %}{% endif %}", "2: “for”还没有结束，就写了“endif”"),
        ("{{ 答复 }}", "2: 附注 这里是一组内容，要写明印哪一项：发文字号、签发人、"),
        ("{{ 案由.正文 }}", "2: 附注 取了没有的值（只能取字段的值，不能用 Python 的属性和方法）"),
        ("{{ 案由 == '夜市' }}", "2: 附注 这里不是一段文字，印不出来（检查这一行的写法）"),
        ("{{ super }}", "2: 附注 这里不是一段文字，印不出来（检查这一行的写法）"),
        ("{{ 案由 }", "2: 模板的写法有误（检查 {{ }} 与 {% %} 是否成对，里面的符号是否半角）"),
        ("{{ 案由｜trim }}", "2: 括号里有不认识的符号（引号、逗号、竖线要用半角）"),
    ],
)
def test_a_fault_of_a_template_is_told_with_its_line_and_its_cure(drafter: Drafter, text: str, sentence: str) -> None:
    drafter.block("附注", text)

    (said,) = drafter.sentences()
    assert said.startswith(sentence)


@pytest.mark.parametrize("name", ["大写", "attr", "format", "map", "safe"])
def test_an_unknown_filter_is_told_with_those_that_exist(drafter: Drafter, name: str) -> None:
    drafter.block("附注", f"{{{{ 案由|{name} }}}}")

    (said,) = drafter.sentences()
    assert said.startswith(f"2: 没有“{name}”这个过滤器（可用：")
    for known in ("default", "join", "length", "replace", "trim"):
        assert known in said


def test_an_unknown_test_is_told_with_those_that_exist(drafter: Drafter) -> None:
    drafter.block("附注", "{% if 案由 is 空 %}{% endif %}")

    (said,) = drafter.sentences()
    assert said.startswith("2: 没有“空”这个判断（可用：defined、")


def test_an_unknown_block_is_told_with_the_nearest(drafter: Drafter) -> None:
    drafter.block("发文号", "临商")

    assert drafter.sentences() == ["2: “发文号”不是公文要素（是不是“发文字号”？）"]


def test_a_block_that_stands_twice_is_told(drafter: Drafter) -> None:
    drafter.template("{% block 标题 %}甲{% endblock %}\n{% block 标题 %}乙{% endblock %}\n")

    assert drafter.sentences() == ["2: 块“标题”写了两次（删去其中一个）"]


def test_a_block_without_end_is_told(drafter: Drafter) -> None:
    drafter.template("{% block 标题 %}甲\n")

    (said,) = drafter.sentences()
    assert said.endswith("有块没有结束（补上 endblock、endif 或 endfor）")


def test_a_comment_without_end_is_told(drafter: Drafter) -> None:
    drafter.template("{% block 标题 %}甲{% endblock %}\n{# 说明\n")

    (said,) = drafter.sentences()
    assert said.endswith("注释没有结束（补上 #}）")


def test_the_faults_of_all_blocks_come_at_once_each_with_its_file_and_line(drafter: Drafter) -> None:
    path = drafter.template("""
        {% extends "标准/答复.j2" %}
        {% block 标题 %}{{ 届 }}{% endblock %}
        {% block 称谓 %}{{ 案由|大写 }}{% endblock %}
        {% block 题目 %}甲{% endblock %}
        {% block 附注 %}{{ 答复.发文号 }}{% endblock %}
        文字
    """)

    assert sorted((problem.line, problem.message) for problem in drafter.problems()) == [
        (2, "“届”不是字段"),
        (3, "没有“大写”这个过滤器"),
        (4, "“题目”不是公文要素"),
        (5, "“答复.发文号”不是字段"),
        (6, "写在了块的外面，不会印出"),
    ]
    assert {problem.file for problem in drafter.problems()} == {str(path)}


def test_faults_that_only_a_rendering_shows_come_at_once_too(drafter: Drafter) -> None:
    drafter.template("""
        {% extends "标准/答复.j2" %}
        {% block 标题 %}{{ 提案人[0].姓 }}{% endblock %}
        {% block 称谓 %}{{ 案由.正文 }}{% endblock %}
        {% block 附注 %}{{ 办理过程[0].日 }}{% endblock %}
    """)
    events = [{"日期": "2025-03-05", "环节": "交办"}]

    problems = drafter.problems(办理过程=events)
    assert [(problem.field, problem.line) for problem in problems] == [("标题", 2), ("称谓", 3), ("附注", 4)]


def test_a_fault_in_the_template_below_is_placed_in_that_file(drafter: Drafter) -> None:
    below = drafter.template(
        '{% extends "标准/答复.j2" %}\n\n{% block 附注 %}{{ 提案人[0].姓 }}{% endblock %}\n', "中间"
    )
    drafter.template('{% extends "中间.j2" %}\n{% block 附注 %}{{ super() }}{% endblock %}\n')

    (problem,) = drafter.problems()
    assert (problem.file, problem.line) == (str(below), 3)


@pytest.mark.parametrize("braces", ["｛｛ 案由 ｝｝", "{％ if 重点 ％}", "｛% if 重点 %｝", "{{ 案由 ｝｝"])
def test_full_width_braces_are_named_for_what_they_are(drafter: Drafter, braces: str) -> None:
    drafter.block("附注", braces)

    (said,) = drafter.sentences()
    assert said.startswith("2: 用了全角括号“")
    assert said.endswith("（改为半角的 {{ }} 或 {% %}）")


@pytest.mark.parametrize("stray", ["文字", "{{ 案由 }}", "{% if 重点 %}甲{% endif %}", "{% set 甲 = 案由 %}"])
def test_what_stands_outside_the_blocks_is_told(drafter: Drafter, stray: str) -> None:
    drafter.template(f"{{% block 标题 %}}甲{{% endblock %}}\n\n{stray}\n")

    (said,) = drafter.sentences()
    assert said.endswith("写在了块的外面，不会印出（移进某个 {% block … %} 里，或删去）")


def test_comments_and_blank_lines_outside_the_blocks_are_no_fault(drafter: Drafter) -> None:
    drafter.template(
        '{# 本局的答复 #}\n\n{% extends "标准/答复.j2" %}\n\n{# 标题 #}\n{% block 标题 %}甲{% endblock %}\n'
    )

    assert drafter.letter().title == "甲"


@pytest.mark.parametrize("extended", ["答复.j2", "另一种.j2"])
def test_a_template_that_comes_back_to_itself_is_refused(drafter: Drafter, extended: str) -> None:
    drafter.template('{% extends "答复.j2" %}\n', "另一种")
    path = drafter.template(f'{{% extends "{extended}" %}}\n')

    (problem,) = drafter.problems()
    assert str(problem) == f'{path}:1: 模板套用了自己（改为 {{% extends "标准/答复.j2" %}}）'


@pytest.mark.parametrize(
    "name", ["../答复.j2", "/etc/passwd", "标准/../../pyproject.toml", "标准/标准/答复.j2", "C:答复.j2", "passwd"]
)
def test_only_templates_of_the_two_folders_can_be_extended(drafter: Drafter, name: str) -> None:
    drafter.template(f'{{% extends "{name}" %}}\n')

    with pytest.raises(UnusableError, match="没有模板"):
        drafter.composed()


def test_the_name_of_the_extended_template_must_be_plain_text(drafter: Drafter) -> None:
    drafter.template("{% extends 案由 %}\n")

    assert drafter.sentences() == ['1: 套用的模板名不是文字（写成 {% extends "标准/答复.j2" %}）']


def test_a_template_that_is_not_utf_8_is_named(drafter: Drafter) -> None:
    path = drafter.folder / "答复.j2"
    path.write_bytes("{% block 标题 %}甲{% endblock %}".encode("gb18030"))

    (problem,) = drafter.problems()
    assert str(problem) == f"{path}: 不是 UTF-8 文字（另存为 UTF-8 编码）"


def test_a_byte_order_mark_is_no_text_of_the_template(drafter: Drafter) -> None:
    path = drafter.folder / "答复.j2"
    path.write_bytes(b"\xef\xbb\xbf" + "{% block 标题 %}甲{% endblock %}".encode())

    assert drafter.letter().title == "甲"


def test_a_template_of_300_kilobytes_is_refused_before_it_is_read_on(drafter: Drafter) -> None:
    drafter.block("附注", "政" * 100_000)

    (problem,) = drafter.problems()
    assert "超过 200,000 字节的上限" in problem.message


def test_a_line_of_tags_alone_leaves_no_blank_line(drafter: Drafter) -> None:
    drafter.block("正文", "\n{% if 重点 %}\n甲\n{% else %}\n乙\n{% endif %}\n丙\n")

    assert list(texts(drafter.letter().body))[1:-1] == ["乙", "丙"]
