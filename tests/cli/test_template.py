from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

OWN = '{% extends "标准/答复.j2" %}\n{% block 结尾 %}\n谢谢{{ 代词 }}。\n{% endblock %}\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    make_workspace(tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/答复.j2").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_sound_templates_pass(workspace: Path) -> None:
    checked = dafu(workspace, "template", "check")

    assert (checked.code, checked.out, checked.err) == (0, "", "没有发现问题\n")


def test_a_faulty_template_is_unusable_and_its_place_and_cure_are_told(workspace: Path) -> None:
    (workspace / "templates/答复.j2").write_text(OWN.replace("代词", "代辞"), encoding="utf-8")
    checked = dafu(workspace, "template", "check")

    assert checked.code == 3
    assert checked.out == "templates/答复.j2:3: “代辞”不是字段（是不是“代词”？）\n"


def test_a_block_that_nothing_prints_is_told_and_lets_the_check_pass(workspace: Path) -> None:
    with (workspace / "templates/答复.j2").open("a", encoding="utf-8") as own:
        own.write("{% block 公开标注 %}公开{% endblock %}\n")
    checked = dafu(workspace, "template", "check", "--json")

    assert checked.code == 0
    (entry,) = json.loads(checked.out)
    assert (entry["文件"], entry["行"], entry["字段"]) == ("templates/答复.j2", 5, "公开标注")
    assert entry["级别"] == "警告"


def test_the_list_tells_own_from_standard(workspace: Path) -> None:
    listed = dafu(workspace, "template", "list").out.splitlines()
    entries = {entry["文种"]: entry for entry in json.loads(dafu(workspace, "template", "list", "--json").out)}

    assert listed[0].split() == ["文种", "来源", "文件"]
    assert listed[1].split() == ["答复", "本单位", "templates/答复.j2"]
    assert entries["答复"] == {"文种": "答复", "来源": "本单位", "文件": "templates/答复.j2"}
    assert entries["会办意见"]["来源"] == "标准"
    assert len(listed) == len(entries) + 1


def test_a_paper_is_shown_block_by_block(workspace: Path) -> None:
    shown = dafu(workspace, "template", "show", "答复")

    assert shown.code == 0
    assert "结尾  templates/答复.j2:2\n    谢谢{{ 代词 }}。\n" in shown.out
    (closing,) = [
        one for one in json.loads(dafu(workspace, "template", "show", "答复", "--json").out) if one["块"] == "结尾"
    ]
    assert closing == {"块": "结尾", "文件": "templates/答复.j2", "行": 2, "内容": "谢谢{{ 代词 }}。"}


def test_an_unknown_paper_is_named_with_the_nearest(workspace: Path) -> None:
    shown = dafu(workspace, "template", "show", "会办意件")

    assert shown.code == 3
    assert shown.err == "没有模板“会办意件”（是不是“会办意见”？）\n"
