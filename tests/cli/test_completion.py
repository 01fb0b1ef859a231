"""TAB in real shells: what stands on the line after the key was pressed."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Self

import pytest

from commands import dafu
from dafu.cli.group import VERBS
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
LOAD = {
    "bash": 'PS1="ready""> "; eval "$(dafu completion bash)"\n',
    "zsh": 'bindkey -e; autoload -Uz compinit; compinit -u -D; PS1="ready""> "; eval "$(dafu completion zsh)"\n',
    "fish": 'function fish_prompt; echo "ready""> "; end; dafu completion fish | source\n',
}
HOME, END, TAB = "\x01", "\x05", "\t"
WAIT = 60  # seconds, for a machine with much to do
installed = [
    pytest.param(
        shell,
        marks=[
            pytest.mark.skipif(not shutil.which("setsid"), reason="a shell gets a terminal of its own from util-linux"),
            pytest.mark.skipif(not shutil.which(shell), reason=f"{shell} is not installed (apt install {shell})"),
        ],
    )
    for shell in START
]


@pytest.fixture
def office(tmp_path: Path) -> Path:
    records = {"143069": RECORD, "143070": RECORD.replace("143069", "143070").replace("林晓", "苏晚晴")}
    return make_workspace(tmp_path / "office", **records)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Give a PATH on which `dafu` is the one under test."""
    program = tmp_path / "bin" / "dafu"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dafu "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return f"{program.parent}{os.pathsep}{os.environ['PATH']}"


class Terminal:
    """A shell at a terminal, and somebody who types."""

    def __init__(self, shell: str, folder: Path, path: str) -> None:
        import pty

        self._line = folder.parent / "line"
        self._own, other = pty.openpty()
        told = os.environ | {"PATH": path, "TERM": "xterm", "LC_ALL": "C.UTF-8", "HOME": str(folder.parent)}
        self._process = subprocess.Popen(
            ["setsid", "--ctty", *START[shell]], cwd=folder, stdin=other, stdout=other, stderr=other, env=told
        )
        os.close(other)
        self.seen = b""
        self._load = LOAD[shell]

    def __enter__(self) -> Self:
        os.write(self._own, self._load.encode())
        self._wait(lambda: b"ready> " in self.seen)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._own)

    def words_after(self, keys: str) -> list[str]:
        """Press *keys*; return the words that stand on the line then, as the shell takes them."""
        typed = f"{keys}{HOME}printf '%s|' {END} > ../half; mv ../half ../line\n"
        os.write(self._own, typed.encode())
        self._wait(self._line.exists)
        words = self._line.read_text(encoding="utf-8").split("|")[:-1]
        self._line.unlink()
        return words

    def _wait(self, has_come: Callable[[], bool]) -> None:
        end = time.monotonic() + WAIT
        while not has_come():
            assert time.monotonic() < end, self.seen.decode(errors="replace")
            if select.select([self._own], [], [], 0.05)[0]:
                self.seen += os.read(self._own, 65536)


@pytest.mark.parametrize("shell", installed)
def test_tab_goes_on_with_what_was_begun(shell: str, office: Path, path: str) -> None:
    (office / "签章件.pdf").write_bytes(b"")
    with Terminal(shell, office, path) as terminal:
        pressed = {
            keys: terminal.words_after(keys.replace("⇥", TAB))
            for keys in (
                "dafu tra⇥",
                "dafu track 14306⇥沟⇥方⇥面商 对⇥",
                "dafu track 143070 反馈 对象=⇥整体=基⇥",
                "dafu draft 143069 --paper 征询⇥",
                "dafu set 143069 答复.公开=主⇥",
                "dafu archive 143069 签⇥",
            )
        }

    assert pressed == {
        "dafu tra⇥": ["dafu", "track"],
        "dafu track 14306⇥沟⇥方⇥面商 对⇥": ["dafu", "track", "143069", "沟通", "方式=面商", "对象="],
        "dafu track 143070 反馈 对象=⇥整体=基⇥": ["dafu", "track", "143070", "反馈", "对象=苏晚晴", "整体=基本满意"],
        "dafu draft 143069 --paper 征询⇥": ["dafu", "draft", "143069", "--paper", "征询意见表"],
        "dafu set 143069 答复.公开=主⇥": ["dafu", "set", "143069", "答复.公开=主动公开"],
        "dafu archive 143069 签⇥": ["dafu", "archive", "143069", "签章件.pdf"],
    }


@pytest.mark.parametrize("shell", installed)
def test_what_a_shell_would_understand_is_put_in_quotes(shell: str, office: Path, path: str) -> None:
    record = RECORD.replace("143069", "'7号(闭)'")
    (office / "proposals/7.yaml").write_text(record, encoding="utf-8")
    with Terminal(shell, office, path) as terminal:
        assert terminal.words_after(f"dafu show 7{TAB}") == ["dafu", "show", "7号(闭)"]


@pytest.mark.parametrize("shell", installed)
def test_a_broken_workspace_leaves_the_line_and_the_screen_alone(shell: str, office: Path, path: str) -> None:
    (office / "dafu.yaml").write_text("单位: [\n", encoding="utf-8")
    with Terminal(shell, office, path) as terminal:
        words = terminal.words_after(f"dafu show 14306{TAB}")
        seen = terminal.seen.decode(errors="replace")

    assert words == ["dafu", "show", "14306"]
    assert "dafu.yaml" not in seen
    assert "Traceback" not in seen


# --- what is offered, asked of the program as bash asks it


def offered(folder: Path, line: str, path: str) -> list[str]:
    told = os.environ | {"COMP_LINE": line, "_DAFU_COMPLETE": "bash_complete", "PATH": path}
    ended = subprocess.run(["dafu"], cwd=folder, env=told, capture_output=True, encoding="utf-8", check=True)
    assert ended.stderr == ""
    return [word.removeprefix("plain,") for word in ended.stdout.split()]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dafu ", list(VERBS)),
        ("dafu show ", ["143069", "143070"]),
        ("dafu draft 143069 ", ["143070"]),
        ("dafu track 143069 14", ["143070"]),
        ("dafu track 143069 退", ["退办", "退办结果", "退回"]),
        ("dafu track 143069 送达 ", ["对象=", "日期=", "经手人=", "说明=", "方式="]),
        ("dafu track 143069 送达 方式=面交 ", ["对象=", "日期=", "经手人=", "说明="]),
        ("dafu track 143069 印发 日期=", ["日期=今天", "日期=昨天"]),
        ("dafu track 143069 印发 发文字号=", ["发文字号=自动"]),
        ("dafu track 143069 分办 科室=", ["科室=市场科"]),
        ("dafu track 143069 退办结果 结果=", ["结果=同意", "结果=不同意"]),
        ("dafu set 143069 答复.公", ["答复.公开=", "答复.公开理由="]),
        ("dafu set 143069 提案人.1.电", ["提案人.1.电话="]),
        ("dafu set 143069 办理", []),  # events are entered by track
        ("dafu set 143069 答", ["答复."]),
        ("dafu new 143071 角色=", ["角色=独办", "角色=主办", "角色=分办", "角色=会办", "角色=参阅"]),
        ("dafu list 灯=", ["灯=逾期", "灯=红", "灯=黄", "灯=绿"]),
        ("dafu due 重点=", ["重点=是", "重点=否"]),
        ("dafu why 143069 首", ["首次沟通"]),
        ("dafu template show 征", ["征求会办", "征询意见表"]),
        ("dafu check 14306", ["143069", "file,14306"]),
        ("dafu import ", ["file,"]),
        ("dafu archive ", ["143069", "143070"]),
        ("dafu compare 143069 答", ["file,答"]),
        ("dafu set 143069 答复.正文=@正", ["file,正"]),
        ("dafu track 143069 沟通 说明=@", ["file,"]),
        ("dafu --today 2025-05-06 -C . undo ", ["143069", "143070"]),
        ("dafu completion ", ["bash", "zsh", "fish"]),
        ("dafu drft 1", []),
        ("dafu 'show' '14306", ["143069"]),
        ("dafu -C .. show ", []),
    ],
)
def test_what_may_stand_there_is_offered(line: str, words: list[str], office: Path, path: str) -> None:
    record = office / "proposals/143070.yaml"
    record.write_text(record.read_text(encoding="utf-8") + "科室: 市场科\n", encoding="utf-8")

    assert offered(office, line, path) == words


@pytest.mark.parametrize("office_yaml", ["单位: [\n", "单位: 东河市商务局\n", "\x00", OFFICE + "节假日: 没有.yaml\n"])
def test_a_workspace_that_cannot_be_read_offers_no_records_and_says_nothing(
    office_yaml: str, office: Path, path: str
) -> None:
    (office / "dafu.yaml").write_text(office_yaml, encoding="utf-8")

    assert offered(office, "dafu show ", path) == []
    assert offered(office, "dafu sho", path) == ["show"]
    assert offered(office, "dafu track 143069 沟", path) == ["沟通"]


def test_a_broken_record_hides_no_other(office: Path, path: str) -> None:
    (office / "proposals/坏.yaml").write_text("案号: [\n", encoding="utf-8")

    assert offered(office, "dafu show ", path) == ["143069", "143070"]


@pytest.mark.parametrize("asked", ["", "bash", "bash_complete", "bash_source", "csh_complete", "_"])
def test_an_odd_question_is_answered_with_nothing(asked: str, office: Path, path: str) -> None:
    told = os.environ | {"_DAFU_COMPLETE": asked, "PATH": path}
    ended = subprocess.run(["dafu", "show"], cwd=office, env=told, capture_output=True, encoding="utf-8", check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


# --- the verb


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_is_printed(shell: str, tmp_path: Path) -> None:
    run = dafu(tmp_path, "completion", shell)

    assert (run.code, run.err) == (0, "")
    assert f"_DAFU_COMPLETE={shell}_complete" in run.out


def test_another_shell_is_wrong_usage(tmp_path: Path) -> None:
    run = dafu(tmp_path, "completion", "csh")

    assert (run.code, run.out) == (2, "")
    assert "csh" in run.err
