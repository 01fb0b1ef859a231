"""Run `dafu` as the clerk does, in this process, and see its exit code and what it printed."""

from __future__ import annotations

import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from typing import TYPE_CHECKING, Any

import pytest

from dafu.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2025-05-06"


@dataclass(frozen=True)
class Run:
    """What came of one call."""

    code: Any
    out: str
    err: str


def dafu(folder: Path, *words: str, answers: str = "") -> Run:
    """Run `dafu` with *words* in *folder*, on `TODAY`; the clerk types *answers* when asked."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", newline="", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, chdir(folder), redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["dafu", "--today", TODAY, *words])
        patch.setattr(sys, "stdin", StringIO(answers))
        patch.setenv("LANGUAGE", "zh_CN")  # as `main` sets it for its own process; given back here
        with pytest.raises(SystemExit) as ended:
            main()
    return Run(ended.value.code, _written(out), _written(err))


def _written(stream: TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
