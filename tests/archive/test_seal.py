from __future__ import annotations

import hashlib

import pytest

from dafu.archive import seal
from dafu.archive.seal import Chain
from dafu.errors import Severity

TIMES = [f"2026-03-{day}T09:00:00+08:00" for day in (20, 21, 22)]
HEAD = "# 2025年归档登记，请勿改动。每行：序号、时间、件、归档包、清单的摘要、前一行的摘要、本行的摘要（SHA-256）"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def register(count: int = 3) -> bytes:
    """Return a register of 2025 with *count* lines."""
    data = b""
    for number in range(count):
        chain = seal.read(2025, data)
        data = seal.append(chain, TIMES[number], f"市/提案/三次会议/{number}", f"2025/{number}/归档", str(number) * 64)[
            1
        ]
    return data


def faults(data: bytes) -> list[tuple[int | None, str]]:
    return [(problem.line, problem.message) for problem in seal.read(2025, data).problems]


def test_a_line_carries_the_digests_of_the_manifest_of_the_line_before_and_of_itself() -> None:
    first = f"1\t{TIMES[0]}\t市/提案/三次会议/0\t2025/0/归档\t{'0' * 64}\t{sha256(HEAD + chr(10))}"
    second = f"2\t{TIMES[1]}\t市/提案/三次会议/1\t2025/1/归档\t{'1' * 64}\t{sha256(first)}"
    assert register(2).decode() == f"{HEAD}\n{first}\t{sha256(first)}\n{second}\t{sha256(second)}\n"


def test_a_register_says_what_was_written_and_its_root_is_the_last_digest() -> None:
    chain = seal.read(2025, register())
    assert chain.problems == ()
    assert [(line.serial, line.time, line.path) for line in chain.lines] == [
        (1, TIMES[0], "2025/0/归档"),
        (2, TIMES[1], "2025/1/归档"),
        (3, TIMES[2], "2025/2/归档"),
    ]
    assert chain.root == register().decode().split("\t")[-1].strip()


def test_the_root_of_a_year_depends_on_every_line_and_on_the_year() -> None:
    roots = {seal.read(2025, register(count)).root for count in range(4)} | {Chain(2026).root}
    assert len(roots) == 5


def test_every_turned_bit_is_found() -> None:
    data = register(2)
    for place in range(len(data)):
        for bit in range(8):
            changed = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]
            assert faults(changed), (place, bit)


def test_an_edited_line_is_named() -> None:
    text = register().decode()
    assert faults(text.replace(TIMES[1], TIMES[0]).encode()) == [(3, "这一行改动过"), (4, "前面缺第2号")]


def test_an_edited_line_with_a_digest_that_fits_is_found_by_the_next_one() -> None:
    lines = register().decode().splitlines(keepends=True)
    forged = lines[1].rpartition("\t")[0].replace("归档", "归档-9")
    lines[1] = f"{forged}\t{sha256(forged)}\n"
    assert faults("".join(lines).encode()) == [(3, "同前一行接不上，这两行有一行改动过")]


def test_deleted_lines_are_named_by_their_numbers() -> None:
    lines = register().splitlines(keepends=True)
    assert faults(b"".join([lines[0], *lines[2:]])) == [(2, "前面缺第1号")]
    assert faults(lines[0] + lines[3]) == [(2, "前面缺第1至2号")]
    assert faults(b"".join(lines[1:])) == [(1, "第一行改动过"), (2, "前面缺第1号")]


@pytest.mark.parametrize(
    ("order", "lines"), [([0, 2, 1, 3], [2, 3, 4]), ([0, 1, 1, 2, 3], [3]), ([0, 3, 2, 1], [2, 3, 4])]
)
def test_lines_in_another_order_or_twice_are_named(order: list[int], lines: list[int]) -> None:
    was = register().splitlines(keepends=True)
    assert [line for line, _ in faults(b"".join(was[place] for place in order))] == lines


def test_a_line_that_was_slipped_in_is_found() -> None:
    lines = register().splitlines(keepends=True)
    assert faults(b"".join([*lines[:2], b"\n", *lines[2:]])) == [(3, "这一行改动过")]
    assert faults(b"".join([*lines[:2], lines[1].replace(b"\t", b" "), *lines[2:]])) == [(3, "这一行改动过")]


@pytest.mark.parametrize("cut", [2, 20, 200])
def test_a_torn_last_line_is_told_and_the_next_line_takes_its_place(cut: int) -> None:
    torn = register(2)[:-cut]
    chain = seal.read(2025, torn)
    assert [(problem.line, problem.severity) for problem in chain.problems] == [(3, Severity.WARNING)]
    assert len(chain.lines) == 1

    line, data = seal.append(chain, TIMES[1], "市/提案/三次会议/1", "2025/1/归档", "1" * 64)
    assert line.serial == 2
    assert data == register(2)


def test_a_line_that_lacks_only_its_end_is_whole_and_told() -> None:
    chain = seal.read(2025, register(2)[:-1])
    assert len(chain.lines) == 2
    assert [problem.line for problem in chain.problems] == [3]
    assert seal.append(chain, TIMES[2], "市/提案/三次会议/2", "2025/2/归档", "2" * 64)[1] == register()


def test_a_register_cut_in_its_first_line_begins_anew() -> None:
    chain = seal.read(2025, HEAD.encode()[:30])
    assert (chain.lines, len(chain.problems)) == ((), 1)
    assert seal.append(chain, TIMES[0], "市/提案/三次会议/0", "2025/0/归档", "0" * 64)[1] == register(1)


def test_bytes_that_are_no_text_are_faults_and_no_crash() -> None:
    assert [line for line, _ in faults(b"\xff\xfe\n\x00\n" + b"9" * 5000 + b"\n")] == [1, 2, 3]
    assert faults(f"{HEAD}\n{'9' * 5000}\t\t\t\t\t\t\n".encode()) == [(2, "这一行改动过")]


@pytest.mark.parametrize("case", ["市/提案\t/1", "市/提案\n/1"])
def test_what_would_not_be_one_line_is_never_written(case: str) -> None:
    with pytest.raises(ValueError, match="does not make a line"):
        seal.append(Chain(2025), TIMES[0], case, "2025/1/归档", "0" * 64)
