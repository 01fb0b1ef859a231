from __future__ import annotations

import pytest

from dafu.errors import DafuError, Problem, RefusedError, Severity, UnusableError, WrongUsageError, printable


def test_a_problem_says_the_place_then_the_field_then_what_is_wrong_then_the_cure() -> None:
    problem = Problem("R102", "“签发”不是字段", "是不是“签发人”？", field="答复.签发", line=7, file="a.yaml")
    assert str(problem) == "a.yaml:7: 答复.签发 “签发”不是字段（是不是“签发人”？）"


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("R103", "没有填写"), "没有填写"),
        (Problem("R103", "没有填写", "补上"), "没有填写（补上）"),
        (Problem("R103", "没有填写", field="案号"), "案号 没有填写"),
        (Problem("R103", "没有填写", file="a.yaml"), "a.yaml: 没有填写"),
    ],
)
def test_what_a_problem_does_not_know_leaves_no_trace(problem: Problem, words: str) -> None:
    assert str(problem) == words


def test_a_problem_is_one_line_even_when_it_quotes_a_line_break() -> None:
    assert str(Problem("R102", "“签\n发”不是字段")) == r"“签\n发”不是字段"


def test_a_problem_is_an_error_unless_it_says_otherwise() -> None:
    assert Problem("R102", "").severity is Severity.ERROR
    assert [severity.value for severity in Severity] == ["错误", "警告", "提示"]


def test_a_problem_is_placed_in_a_file_and_stays_otherwise_the_same() -> None:
    problem = Problem("R103", "没有填写", "补上", field="案号", line=3, severity=Severity.NOTICE)
    placed = Problem("R103", "没有填写", "补上", "案号", 3, "a.yaml", Severity.NOTICE)
    assert problem.within("a.yaml") == placed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("案\x1b[31m号", r"案\x1b[31m号"),
        ("a\u202eb", r"a\u202eb"),
        ("王\u200b明", r"王\u200b明"),
        ("一\t二", r"一\t二"),
        ("一\n二", "一\n二"),
        ("一\u2028二", r"一\u2028二"),
        ("\udcff", r"\udcff"),
        ("䶮·𠮷　“A”", "䶮·𠮷　“A”"),
    ],
)
def test_what_cannot_be_seen_is_written_out_and_the_rest_is_kept(text: str, printed: str) -> None:
    assert printable(text) == printed


@pytest.mark.parametrize(
    ("error", "code"), [(WrongUsageError, 2), (UnusableError, 3), (RefusedError, 4), (DafuError, 5)]
)
def test_each_stop_has_its_exit_code(error: type[DafuError], code: int) -> None:
    assert error("句子").exit_code == code
    assert str(error("句子")) == "句子"


def test_a_stop_for_unusable_files_lists_every_problem() -> None:
    problems = [Problem("R103", "没有填写", field="案号"), Problem("R108", "不是日期", line=2, file="b.yaml")]
    error = UnusableError(problems=problems)
    assert error.problems == tuple(problems)
    assert str(error) == "案号 没有填写\nb.yaml:2: 不是日期"
