from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dafu.cli.group
from commands import dafu as run
from dafu.cli.group import VERBS, main
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGLISH = re.compile(r"(?<![\w./-])[A-Za-z]{2,}")
ALLOWED = {
    *("dafu", "yaml", "JSON", "PDF", "LibreOffice", "CSV", "replies"),
    *("void", "import", "check", "list", "show"),  # folders, verbs below verbs
    *("Tab", "bash", "zsh", "fish", "echo", "eval", "source"),  # what is typed to a shell
}
BROKEN = RECORD.replace("案由: 优化夜市管理\n", "案由: 优化夜市管理\n签发: 周明远\n")


def process(
    folder: Path, *words: str, environment: dict[str, str] | None = None, text: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Start dafu as a process of its own."""
    command = [sys.executable, "-m", "dafu", *words]
    told = os.environ | ({"PYTHONIOENCODING": "utf-8"} if text else {}) | (environment or {})
    return subprocess.run(command, cwd=folder, env=told, capture_output=True, check=False)


def english(text: str) -> set[str]:
    return set(ENGLISH.findall(text)) - ALLOWED - set(VERBS)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143069": RECORD})


# --- help


def test_the_help_names_every_verb_in_chinese(tmp_path: Path) -> None:
    helped = run(tmp_path, "--help")

    assert helped.code == 0
    assert english(helped.out) == set()
    assert all(f"{verb} " in helped.out and meaning in helped.out for verb, meaning in VERBS.items())


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_of_a_verb_has_no_english_but_the_names_of_options(tmp_path: Path, verb: str, option: str) -> None:
    helped = run(tmp_path, verb, option)

    assert helped.code == 0
    assert helped.out.startswith(f"用法: dafu {verb}")
    assert english(helped.out) == set()


def test_the_version_is_told(tmp_path: Path) -> None:
    assert re.fullmatch(r"dafu \d+\.\d+\.\d+\n", run(tmp_path, "--version").out)


# --- wrong usage: 2


@pytest.mark.parametrize(("typed", "meant"), [("drft", "draft"), ("shwo", "show"), ("lst", "list"), ("chek", "check")])
def test_a_mistyped_verb_is_answered_with_the_nearest(workspace: Path, typed: str, meant: str) -> None:
    answered = run(workspace, typed)

    assert answered.code == 2
    assert f"没有“{typed}”这个命令，是不是“{meant}”？" in answered.err


def test_a_word_that_is_like_no_verb_is_answered_with_all_of_them(workspace: Path) -> None:
    answered = run(workspace, "答复")

    assert answered.code == 2
    assert f"没有“答复”这个命令；可用：{'、'.join(VERBS)}" in answered.err


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--jsn"),
        ("show",),
        ("show", "1", "2"),
        ("draft",),
        ("draft", "143069", "--all"),
        ("--today", "2025-13-01", "list"),
        ("--today", "明天", "list"),
        ("-C", "没有的文件夹", "list"),
        ("-C",),
    ],
)
def test_wrong_words_are_wrong_usage_told_in_chinese(workspace: Path, words: tuple[str, ...]) -> None:
    answered = run(workspace, *words)

    assert answered.code == 2
    assert answered.out == ""
    assert re.search("[一-鿿]", answered.err)
    assert english(answered.err) - {"jsn", "json", "all", "help", "csv", "today"} == set()


# --- the workspace and today


def test_the_workspace_is_looked_for_in_the_folders_above(workspace: Path) -> None:
    assert "143069" in run(workspace / "proposals", "list").out


def test_another_workspace_is_named_with_c(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    assert "143069" in run(elsewhere, "-C", str(workspace), "list").out


def test_the_folder_above_a_workspace_is_outside_of_it(tmp_path: Path) -> None:
    inner = make_workspace(tmp_path / "里", **{"143069": RECORD})

    assert run(inner, "-C", "..", "list").code == 3
    assert "143069" in run(inner / "proposals", "-C", "..", "list").out


def test_without_a_workspace_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    answered = run(tmp_path, "list")

    assert answered.code == 3
    assert "没有 dafu.yaml（先用 dafu init 建立工作区，或用 -C 指定）" in answered.err


def test_the_faults_of_the_office_file_come_all_at_once(tmp_path: Path) -> None:
    make_workspace(tmp_path, "单位: {简称: 市商务局}\n层级: 区\n顺沿: 否\n")
    answered = run(tmp_path, "list")

    assert answered.code == 3
    assert [line.split()[0] for line in answered.err.splitlines()] == ["dafu.yaml:1:", "dafu.yaml:2:", "dafu.yaml:3:"]


def test_today_can_be_another_day(workspace: Path) -> None:
    drafted = run(workspace, "--today", "2031-05-06", "draft", "143069")

    assert drafted.out == f"{Path('replies/2031/143069/答复.docx')}\n"


def test_a_workspace_whose_records_vanished_is_refused(tmp_path: Path) -> None:
    (make_workspace(tmp_path) / "proposals").rmdir()
    answered = run(tmp_path, "list")

    assert answered.code == 3
    assert "proposals：文件夹不在了" in answered.err


# --- real processes: consoles, pipes and what nobody foresaw


def test_a_real_process_lists_drafts_and_checks(workspace: Path) -> None:
    listed = process(workspace, "list")
    drafted = process(workspace, "--today", "2025-08-26", "draft", "143069")
    checked = process(workspace, "check")

    assert [one.returncode for one in (listed, drafted, checked)] == [0, 0, 0]
    assert "优化夜市管理" in listed.stdout.decode()
    assert (workspace / "replies/2025/143069/答复.docx").is_file()
    assert drafted.stderr.decode().startswith("143069：还缺 发文字号、")


@pytest.mark.parametrize(
    ("words", "code"),
    [(("list",), 3), (("drft",), 2), (("show", "143099"), 3), (("init", "."), 4), (("list", "--jsn"), 2)],
)
def test_a_real_process_ends_with_the_code_of_what_went_wrong(
    tmp_path: Path, words: tuple[str, ...], code: int
) -> None:
    make_workspace(tmp_path, **{"143069": BROKEN})
    ended = process(tmp_path, *words)

    assert ended.returncode == code
    assert b"Traceback" not in ended.stderr
    assert re.search("[一-鿿]", ended.stderr.decode())


@pytest.mark.parametrize("words", [("list",), ("show", "143069"), ("list", "--json"), ("--help",), ("drft",)])
def test_a_console_that_speaks_gbk_gets_what_it_can_show(tmp_path: Path, words: tuple[str, ...]) -> None:
    make_workspace(tmp_path, **{"143069": RECORD.replace("林晓", "李䶮🚲")})
    shown = process(tmp_path, *words, environment={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}, text=False)

    assert b"Traceback" not in shown.stderr
    assert re.search("[一-鿿]", (shown.stdout + shown.stderr).decode("gbk"))
    assert ("\\U0001f6b2" in shown.stdout.decode("gbk")) == (words[0] in ("list", "show"))


@pytest.mark.skipif(os.name == "nt", reason="the shell and its pipe are POSIX")
@pytest.mark.parametrize(("reader", "read"), [("head -n 1", "[\n"), ("true", "")])
def test_a_reader_that_had_enough_is_no_error(tmp_path: Path, reader: str, read: str) -> None:
    several = {f"{number}": RECORD.replace("143069", f"{number}") for number in range(143000, 143300)}
    make_workspace(tmp_path, **several)
    command = f"{sys.executable} -m dafu list --json | {reader}; echo ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)

    assert ended.stdout == f"{read}0\n"
    assert ended.stderr == ""


def test_an_unexpected_error_is_logged_and_the_log_named(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("dafu.store.record_stamps", fail)
    monkeypatch.setattr(sys, "argv", ["dafu", "-C", str(workspace), "list"])
    with pytest.raises(SystemExit) as ended:
        main()

    said = capsys.readouterr().err
    log = re.search(r"详情记在 (\S+\.log)，", said)
    assert ended.value.code == 5
    assert log
    assert "Traceback" not in said
    assert "ZeroDivisionError: nobody foresaw this" in Path(log[1]).read_text(encoding="utf-8")
    Path(log[1]).unlink()


def test_an_unexpected_error_is_told_even_where_no_log_can_be_written(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    (workspace / "满").write_bytes(b"")
    monkeypatch.setattr("tempfile.tempdir", str(workspace / "满"))
    monkeypatch.setattr("dafu.store.record_stamps", fail)
    monkeypatch.setattr(sys, "argv", ["dafu", "-C", str(workspace), "list"])
    with pytest.raises(SystemExit) as ended:
        main()

    said = capsys.readouterr().err
    assert ended.value.code == 5
    assert "详情也没能记下来" in said
    assert "ZeroDivisionError: nobody foresaw this" in said


def test_control_characters_of_a_record_are_printed_written_out(tmp_path: Path) -> None:
    make_workspace(tmp_path, **{"143069": RECORD.replace("优化夜市管理", '"夜市\\u202e管理"')})
    shown = run(tmp_path, "list")

    assert "\u202e" not in shown.out + shown.err
    assert "\\u202e" in shown.out + shown.err


def _modules_of(words: Iterable[str], folder: Path) -> set[str]:
    code = f"import sys; sys.argv = {['dafu', *words]!r}\ntry:\n    from dafu.cli import main; main()\n"
    code += "except SystemExit:\n    print('#', *sys.modules)\n"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    return set(ended.stdout.rpartition("#")[2].split())


def test_a_light_command_loads_nothing_heavy(workspace: Path) -> None:
    assert {"jinja2", "docx", "dafu.layout"} & _modules_of(["list"], workspace) == set()
    assert "jinja2" in _modules_of(["draft", "-n", "143069"], workspace)


def test_the_table_of_verbs_is_that_of_the_files() -> None:
    folder = Path(dafu.cli.group.__file__).parent
    files = {path.stem for path in folder.glob("*.py") if "\ndef command(" in path.read_text(encoding="utf-8")}

    assert set(VERBS) == files
