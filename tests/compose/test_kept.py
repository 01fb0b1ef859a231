"""Compiled templates that one command keeps for the next."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import records
from clerks import posix
from dafu import files
from dafu.compose import Composer
from dafu.compose.sandbox import Sandbox
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.model import Office

NOTE = '{% extends "标准/答复.j2" %}\n{% block 附注 %}（{{ 案由 }}）{% endblock %}\n'


class Desk:
    """An office with a template of its own and a cache of its own."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.templates, self.cache = office, folder / "templates", folder / "cache"
        self.templates.mkdir()
        self.own = self.templates / "答复.j2"
        self.write(NOTE)

    def write(self, text: str) -> None:
        self.own.write_text(text, encoding="utf-8")

    def note(self) -> str:
        """Return 附注 as a new command prints it."""
        return Composer(self.office, self.templates).compose("答复", records.proposal_of("")).letter.note

    def kept(self) -> list[Path]:
        return sorted(path for path in self.cache.rglob("*") if path.is_file())


@pytest.fixture
def desk(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "cache"))
    return Desk(office, tmp_path)


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the templates that are compiled from now on."""
    names: list[str] = []
    parse = Sandbox.parse

    def watched(sandbox: Sandbox, source: str, name: str) -> object:
        names.append(name)
        return parse(sandbox, source, name)

    monkeypatch.setattr(Sandbox, "parse", watched)
    return names


def test_a_template_is_compiled_by_the_first_command_only(desk: Desk, compiled: list[str]) -> None:
    first = desk.note()
    assert compiled == ["答复.j2", "答复.j2"]  # that of the office, and the one that it extends

    assert desk.note() == first == f"（{records.proposal_of('').subject}）"
    assert len(compiled) == 2


def test_a_changed_template_is_compiled_anew(desk: Desk) -> None:
    desk.note()
    desk.write(NOTE.replace("案由", "届次"))

    assert desk.note() == f"（{records.proposal_of('').session}）"


def test_a_template_with_faults_is_refused_each_time(desk: Desk) -> None:
    desk.write(NOTE.replace("案由", "案号由"))

    for _ in range(2):
        with pytest.raises(UnusableError) as told:
            desk.note()
        assert [problem.code for problem in told.value.problems] == ["T109"]


@pytest.mark.parametrize("kept", [slice(0), slice(64), slice(-1), slice(1, None)], ids=str)
def test_what_was_cut_is_compiled_anew(desk: Desk, compiled: list[str], kept: slice) -> None:
    first = desk.note()
    for path in desk.kept():
        path.write_bytes(path.read_bytes()[kept])
    compiled.clear()

    assert desk.note() == first
    assert len(compiled) == 2


def test_a_changed_bit_anywhere_is_noticed(desk: Desk, compiled: list[str]) -> None:
    first = desk.note()
    own = desk.kept()[0]
    data = own.read_bytes()
    for at in range(0, len(data), 97):
        own.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        compiled.clear()

        assert desk.note() == first
        assert len(compiled) == 1


def test_what_was_kept_of_another_template_is_not_believed(desk: Desk) -> None:
    expected = desk.note()
    own, base = desk.kept()
    shutil.copyfile(own, base)

    assert desk.note() == expected


def test_without_a_cache_a_template_is_compiled_each_time(desk: Desk, compiled: list[str]) -> None:
    desk.cache.write_bytes(b"")  # no folder can be made here

    assert desk.note() == desk.note()
    assert len(compiled) == 4


@posix
def test_what_lies_in_a_folder_of_another_user_is_not_run(
    desk: Desk, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.note()
    monkeypatch.setattr("os.geteuid", lambda: desk.cache.stat().st_uid + 1)
    compiled.clear()

    assert desk.note() == first
    assert len(compiled) == 2


@posix
def test_what_everybody_may_have_put_there_is_not_run(desk: Desk, compiled: list[str]) -> None:
    first = desk.note()
    desk.kept()[0].parent.chmod(0o777)
    compiled.clear()

    assert desk.note() == first
    assert len(compiled) == 2


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("pathlib.Path.home", _homeless)

    assert files.cache_folder() is None


def test_a_relative_cache_is_passed_over_and_nothing_of_a_workspace_is_believed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, "cache")
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path)
    folder = files.cache_folder()

    assert folder is not None
    assert folder.is_relative_to(tmp_path)


def _homeless() -> Path:
    raise RuntimeError
