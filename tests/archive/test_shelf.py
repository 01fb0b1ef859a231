"""One act: whatever stops it, a bag is archived or it is not, and the next run finishes or cleans up."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from clerks import failing, posix
from dafu import files
from dafu.archive import shelf, verifying
from dafu.archive.bag import build
from dafu.archive.shelf import Shelf
from dafu.errors import DafuError, RefusedError, UnusableError
from sabotage import Saboteur, is_killed_at

CASE, TIME = "市/提案/市政协十四届三次会议/143069", "2026-03-20T09:00:00+08:00"
PROCESSES, CASES = 8, 4


def archive(replies: Path, number: str = "143069") -> None:
    """Archive one case as `dafu archive` does: finish what is left, build, seal."""
    with files.locked(replies / "归档.lock", "林晓", 60):
        shelf.recover(Shelf(replies))
        place = shelf.place_for(replies / "2025" / number)
        if place.name != "归档":
            return
        temporary = place.with_name(f".{place.name}.{os.getpid()}{files.TEMPORARY}")
        build(temporary, {"正本/答复.pdf": number.encode(), "目录.txt": b"x"}, [])
        shelf.commit(Shelf(replies), 2025, temporary, place, CASE.replace("143069", number), TIME)


def faults(replies: Path) -> list[str]:
    return [str(one.problem) for one in verifying.judge(verifying.take_stock(Shelf(replies)))]


def sealed(replies: Path) -> list[str]:
    return [line.path for line in shelf.chain_of(Shelf(replies), 2025).lines]


def test_the_first_bag_is_plain_and_later_ones_are_numbered(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        place = shelf.place_for(tmp_path / "143069")
        place.mkdir(parents=True)
        names.append(place.name)
    assert names == ["归档", "归档-2", "归档-3"]


def test_what_bears_another_name_is_no_bag(tmp_path: Path) -> None:
    for name in ("2025/143069/归档", "2025/143069/归档-2", "2025/143069/归档资料", "发文登记/2025/归档", "2025/归档"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "2025/143070").mkdir()
    (tmp_path / "2025/143070/归档").write_bytes(b"")
    assert [path.relative_to(tmp_path).as_posix() for path in shelf.bags_on(Shelf(tmp_path))] == [
        "2025/143069/归档",
        "2025/143069/归档-2",
    ]


def test_a_bag_whose_place_is_taken_is_not_sealed(tmp_path: Path) -> None:
    archive(tmp_path)
    temporary = tmp_path / "2025/143069/.归档.x.dafu-tmp"
    build(temporary, {"a": b""}, [])
    with pytest.raises(RefusedError, match="已经存在"):
        shelf.commit(Shelf(tmp_path), 2025, temporary, tmp_path / "2025/143069/归档", CASE, TIME)
    assert sealed(tmp_path) == ["2025/143069/归档"]


def test_a_register_that_lost_lines_is_never_begun_anew(tmp_path: Path) -> None:
    archive(tmp_path)
    register = Shelf(tmp_path).register(2025)
    for lost in (lambda: register.write_bytes(b""), register.unlink):
        lost()
        with pytest.raises(UnusableError, match="登记里没有这个包"):
            archive(tmp_path, "143070")
    assert not (tmp_path / "2025/143070/归档").exists()


def test_a_register_that_was_edited_is_not_gone_on_with(tmp_path: Path) -> None:
    archive(tmp_path)
    register = Shelf(tmp_path).register(2025)
    register.write_bytes(register.read_bytes().replace(b"143069", b"143070"))
    with pytest.raises(UnusableError, match="这一行改动过"):
        archive(tmp_path, "143071")


def test_a_torn_register_is_cured_by_the_next_act(tmp_path: Path) -> None:
    archive(tmp_path)
    register = Shelf(tmp_path).register(2025)
    register.write_bytes(register.read_bytes() + b"2\t2026-03-20T")
    [said] = faults(tmp_path)
    assert "2025.txt:3: 最后一行没有写完" in said

    archive(tmp_path, "143070")
    assert faults(tmp_path) == []
    assert sealed(tmp_path) == ["2025/143069/归档", "2025/143070/归档"]


def test_what_an_unfinished_act_left_is_named_and_a_damaged_register_keeps_it(tmp_path: Path) -> None:
    archive(tmp_path)
    left = tmp_path / "2025/143070/.归档.x.dafu-tmp"
    build(left, {"a": b""}, [])
    assert [problem.file for problem in shelf.leftovers(Shelf(tmp_path))] == [str(left)]

    register = Shelf(tmp_path).register(2025)
    whole = register.read_bytes()
    register.write_bytes(whole.replace(b"143069", b"143070"))  # the damaged line may be that of the bag
    assert shelf.recover(Shelf(tmp_path)) == []
    assert left.exists()

    register.write_bytes(whole)
    assert len(shelf.recover(Shelf(tmp_path))) == 1
    assert not left.exists()


# --- every single step


@posix
def test_one_who_is_killed_at_any_step_has_archived_the_bag_or_not_and_the_next_act_sets_it_right(
    tmp_path: Path,
) -> None:
    steps, ends = 0, set()
    for step in range(1, 300):
        replies = tmp_path / str(step)
        archive(replies, "143068")
        if not is_killed_at(step, partial(archive, replies)):
            break
        steps += 1
        ends.add((len(sealed(replies)), (replies / "2025/143069/归档").exists()))
        archive(replies)
        assert faults(replies) == []
        assert sealed(replies) == ["2025/143068/归档", "2025/143069/归档"]
        assert sorted(path.name for path in (replies / "2025/143069").iterdir()) == ["归档"]
    assert steps > 40
    assert ends == {(1, False), (2, False), (2, True)}


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_fault_at_any_step_is_told_and_a_retry_archives_the_bag(number: int, tmp_path: Path) -> None:
    fail, told = failing(number), 0
    for step in range(1, 300):
        replies = tmp_path / str(step)
        archive(replies, "143068")
        try:
            reached = Saboteur(step, fail).spoils(partial(archive, replies))
        except DafuError:
            told, reached = told + 1, True
        if not reached:
            break
        archive(replies)
        assert faults(replies) == []
        assert sealed(replies) == ["2025/143068/归档", "2025/143069/归档"]
    assert told > 30


# --- many at once

ARCHIVING = """
import sys
from pathlib import Path
from test_shelf import archive
for number in sys.argv[2:]:
    archive(Path(sys.argv[1]), number)
"""


def test_eight_who_archive_at_once_leave_one_whole_chain(tmp_path: Path) -> None:
    here = Path(__file__).parent
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(here), *sys.path])}
    numbers = [str(143000 + one) for one in range(PROCESSES * CASES)]
    command = [sys.executable, "-c", ARCHIVING, str(tmp_path)]
    clerks = [subprocess.Popen([*command, *numbers[one::PROCESSES]], env=environment) for one in range(PROCESSES)]
    assert [clerk.wait() for clerk in clerks] == [0] * PROCESSES
    assert faults(tmp_path) == []
    assert sorted(sealed(tmp_path)) == sorted(f"2025/{number}/归档" for number in numbers)
