from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import records
from dafu.compose import base_templates
from dafu.desk.templates import blocks, findings, sources
from dafu.errors import Severity, UnusableError

if TYPE_CHECKING:
    from pathlib import Path

    from desk.conftest import Desk


def template(desk: Desk, text: str, name: str = "答复") -> Path:
    """Write the workspace's own template *name*."""
    path = desk.folder / "templates" / f"{name}.j2"
    path.parent.mkdir(exist_ok=True)
    path.write_text(records.text_of(text), encoding="utf-8")
    return path


def block(desk: Desk, name: str, text: str) -> Path:
    return template(desk, f'{{% extends "标准/答复.j2" %}}\n{{% block {name} %}}{text}{{% endblock %}}\n')


def said(desk: Desk) -> list[str]:
    """Return what is found, without the folder of the template."""
    return [str(problem).rpartition("templates/")[2] for problem in findings(desk.workspace)]


# --- where templates come from


def test_without_own_templates_every_paper_comes_from_the_standard(desk: Desk) -> None:
    found = sources(desk.workspace)

    assert {one.path for one in found} == set(base_templates())
    assert not any(one.own for one in found)


def test_the_papers_stand_in_their_usual_order_and_others_after_them(desk: Desk) -> None:
    template(desk, "{% block 标题 %}一{% endblock %}", "一号件")

    names = [one.name for one in sources(desk.workspace)]
    assert names[:3] == ["答复", "建议答复", "会办意见"]
    assert names[-2:] == ["一号件", "办理情况报告"]


def test_an_own_template_is_told_from_an_unchanged_copy_of_the_standard(desk: Desk) -> None:
    standard = {path.stem: path.read_text(encoding="utf-8") for path in base_templates()}
    template(desk, standard["答复"])
    changed = block(desk, "结尾", "谢谢。").rename(desk.folder / "templates/会办意见.j2")
    template(desk, standard["答复"])

    own = {one.name: one.own for one in sources(desk.workspace)}
    assert (own["答复"], own["会办意见"]) == (False, True)
    assert next(one.path for one in sources(desk.workspace) if one.name == "会办意见") == changed


# --- block by block


def test_each_block_comes_from_the_nearest_file_that_has_it(desk: Desk) -> None:
    own = template(desk, '{# 只改结尾 #}\n{% extends "标准/答复.j2" %}\n{% block 结尾 %}\n谢谢。\n{% endblock %}\n')

    found = {one.name: one for one in blocks(desk.workspace, "答复")}
    assert (found["结尾"].path, found["结尾"].line, found["结尾"].text) == (own, 3, "谢谢。")
    assert found["正文"].path in base_templates()
    assert found["正文"].text == "{{ 答复.正文 }}"


def test_blocks_stand_in_the_order_of_the_letter(desk: Desk) -> None:
    block(desk, "标题", "答复")

    names = [one.name for one in blocks(desk.workspace, "答复.j2")]
    order = [names.index(name) for name in ("发文字号", "标题", "称谓", "正文", "署名", "印发日期")]
    assert order == sorted(order)


def test_a_block_in_a_comment_is_none(desk: Desk) -> None:
    template(desk, "{# {% block 标题 %}旧{% endblock %} #}\n{% block 标题 %}新{% endblock %}\n")

    (only,) = blocks(desk.workspace, "答复")
    assert (only.line, only.text) == (2, "新")


def test_a_template_that_cannot_be_used_shows_its_faults_instead(desk: Desk) -> None:
    block(desk, "标题", "{{ 届 }}")

    with pytest.raises(UnusableError, match="“届”不是字段"):
        blocks(desk.workspace, "答复")


# --- what is wrong with them


def test_the_standard_templates_are_without_fault(desk: Desk) -> None:
    assert said(desk) == []


@pytest.mark.parametrize("place", ["标题右上", "首页右上", "字号后", "联系前", "不印"])
def test_the_standard_templates_are_without_fault_in_every_office(tmp_path: Path, place: str) -> None:
    from desk.conftest import Desk as AnyDesk  # at run time only here

    office = f"{records.OFFICE}结果位置: {place}\n版头: 无\n公开标注: 附注\n"
    assert findings(AnyDesk(records.make_workspace(tmp_path, office)).workspace) == []


def test_all_faults_of_all_templates_come_at_once(desk: Desk) -> None:
    template(desk, "{% block 标题 %}{{ 届 }}{% endblock %}\n{% block 称谓 %}｛｛ 案由 ｝｝{% endblock %}\n")
    template(desk, "{% block 字号 %}{% endblock %}\n", "会办意见")

    found = said(desk)
    assert [one.partition(" ")[0] for one in found] == ["答复.j2:2:", "答复.j2:1:", "会办意见.j2:1:"]
    assert "用了全角括号“｛｛”" in found[0]
    assert "“届”不是字段" in found[1]
    assert "“字号”不是公文要素" in found[2]


def test_a_fault_of_a_parent_is_told_once(desk: Desk) -> None:
    template(desk, "{% block 标题 %}{{ 届 }}{% endblock %}\n")
    template(desk, '{% extends "答复.j2" %}\n', "会办意见")

    assert len(said(desk)) == 1


@pytest.mark.parametrize(
    ("text", "trial"),
    [
        ("{{ 提案人[0].姓 }}", ""),
        ("{% if 提案人|length == 5 %}{{ 提案人[4].姓 }}{% endif %}", "试排“五位提案人，文件”时"),
        ("{% if not 会办单位 %}{{ 提案人[0].姓 }}{% endif %}", "试排“没有会办单位，文件”时"),
        ("{% if 版式 == '信函' %}{{ 提案人[0].姓 }}{% endif %}", "试排“一位提案人，各项齐全，信函”时"),
        ("{% if not 答复.正文 %}{{ 提案人[0].姓 }}{% endif %}", "试排“只有必填项，文件”时"),
        ("{% if 集体 %}{{ 提案人[0].姓 }}{% endif %}", "试排“党派团体，文件”时"),
        ("{% if 类别 == '建议' %}{{ 提案人[0].姓 }}{% endif %}", "试排“人大建议，文件”时"),
        ("{% if 角色 == '会办' %}{{ 提案人[0].姓 }}{% endif %}", "试排“会办，文件”时"),
        ("{% if 角色 == '分办' %}{{ 提案人[0].姓 }}{% endif %}", "试排“分办，文件”时"),
    ],
)
def test_a_fault_in_a_branch_comes_out_in_a_trial(desk: Desk, text: str, trial: str) -> None:
    block(desk, "附注", text)

    (found,) = said(desk)
    assert found.startswith(f"答复.j2:2: 附注 {trial}“姓”不是字段，是不是“姓名”？")


def test_a_block_that_nothing_prints_is_a_warning(desk: Desk) -> None:
    block(desk, "公开标注", "公开")  # the office prints no 公开标注

    (problem,) = findings(desk.workspace)
    assert (problem.field, problem.line, problem.severity) == ("公开标注", 2, Severity.WARNING)


@pytest.mark.parametrize("text", ["", "{{ 答复.公开 }}"])
def test_an_emptied_block_and_one_as_in_the_standard_are_no_fault(desk: Desk, text: str) -> None:
    block(desk, "公开标注", text)

    assert findings(desk.workspace) == []


def test_a_block_that_one_trial_prints_is_used(desk: Desk) -> None:
    block(desk, "附注", "{% if 角色 == '分办' %}分办{% endif %}")

    assert findings(desk.workspace) == []


def test_a_character_that_no_letter_can_hold_is_found(desk: Desk) -> None:
    path = block(desk, "结尾", "谢谢\x01。")

    (problem,) = findings(desk.workspace)
    assert (problem.file, problem.message) == (str(path), "有看不见的控制字符 U+0001")
