from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dafu import store
from dafu.compose import base_templates
from dafu.desk.init import init
from dafu.errors import RefusedError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_workspace_reads_without_fault(tmp_path: Path) -> None:
    init(tmp_path / "office", dry=False)
    workspace = store.open_workspace(tmp_path / "office")

    assert store.load(workspace) == ([], [])
    assert workspace.replies.is_dir()


def test_a_new_workspace_has_every_base_template_byte_for_byte(tmp_path: Path) -> None:
    init(tmp_path, dry=False)

    copied = {path.name: path.read_bytes() for path in (tmp_path / "templates").iterdir()}
    assert copied == {path.name: path.read_bytes() for path in base_templates()}


def test_what_a_rehearsal_names_is_what_the_real_run_writes(tmp_path: Path) -> None:
    named = init(tmp_path, dry=True)
    assert list(tmp_path.iterdir()) == []

    assert init(tmp_path, dry=False) == named
    assert all(path.is_file() for path in named)


def test_a_workspace_is_never_made_over_another(tmp_path: Path) -> None:
    (tmp_path / "dafu.yaml").write_text("单位: {全称: 东河市商务局}\n", encoding="utf-8")

    with pytest.raises(RefusedError, match="已经有工作区了"):
        init(tmp_path, dry=False)
    assert [path.name for path in tmp_path.iterdir()] == ["dafu.yaml"]


def test_a_template_that_is_there_already_stays(tmp_path: Path) -> None:
    own = tmp_path / "templates/答复.j2"
    own.parent.mkdir()
    own.write_text("{% block 标题 %}本局{% endblock %}", encoding="utf-8")
    init(tmp_path, dry=False)

    assert own.read_text(encoding="utf-8") == "{% block 标题 %}本局{% endblock %}"
    assert (tmp_path / "templates/会办意见.j2").is_file()
