"""Run tests against a copy of the source in which one thing was spoiled.

A prepared interpreter is forked for each trial: pytest and the libraries are imported once, the spoiled source anew.
"""

from __future__ import annotations

import compileall
import os
import shutil
import signal
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import NoReturn, Self

TREE = Path(__file__).parents[2]
_SECONDS = 120  # whoever takes longer is caught by hanging
_UNTRIED = 99
_LIBRARIES = ("click", "docx", "filelock", "hypothesis.strategies", "jinja2.sandbox", "lxml.etree", "pytest", "yaml")


class Trial:
    """A copy of the source where one file after the other is spoiled and mended again."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.source = Path(self._folder.name) / "src"
        for name in _LIBRARIES:
            import_module(name)

    def __enter__(self) -> Self:
        shutil.copytree(TREE / "src", self.source, ignore=shutil.ignore_patterns("__pycache__"))
        (self.source.parent / "templates").symlink_to(TREE / "templates")
        compileall.compile_dir(self.source, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def is_caught(self, name: str, text: str, tests: tuple[str, ...]) -> tuple[bool, float]:
        """Put *text* in the place of the module file *name* and tell whether one of *tests* fails, and after how long.

        Raises RuntimeError when the tests cannot be run at all.
        """
        place = self.source / "dafu" / name
        whole = place.read_bytes()
        began = time.monotonic()
        try:
            place.write_text(text, encoding="utf-8")
            child = os.fork()
            if child == 0:
                self._test(tests)
            status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        finally:
            place.write_bytes(whole)
        if status not in (0, 1, 2, -signal.SIGALRM):  # 2: a module of the tests cannot even be imported
            raise RuntimeError(f"{name}: pytest ended with {status}")
        return status != 0, time.monotonic() - began

    def _test(self, tests: tuple[str, ...]) -> NoReturn:
        code = _UNTRIED
        try:
            signal.alarm(_SECONDS)
            self._prepare()
            import pytest

            code = int(
                pytest.main(["-x", "-q", "--assert=plain", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests])
            )
        finally:
            os._exit(code)

    def _prepare(self) -> None:
        """Let the spoiled source be the one that is imported, here and in second processes."""
        quiet = os.open(os.devnull, os.O_WRONLY)
        for number in (1, 2):
            os.dup2(quiet, number)
        paths = [str(self.source), str(TREE / "tests")]
        os.environ["PYTHONPATH"] = os.pathsep.join(paths)
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = self._folder.name
        sys.path[:] = [*paths, *(one for one in sys.path if one not in (str(TREE / "src"), str(TREE / "tests")))]
        os.chdir(TREE)
