"""An act that is stopped, or whose disk fails, at any single step that changes the disk."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CALLS = ("open", "write", "fsync", "link", "replace", "rename", "unlink", "mkdir", "rmdir")


class Saboteur:
    """Do *harm* instead of call number *step* that changes the disk; the others are as usual."""

    def __init__(self, step: int, harm: Callable[[], None]) -> None:
        self.left, self.harm = step, harm

    def counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*words: Any, **more: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                self.harm()
            return call(*words, **more)

        return counting

    def spoils(self, act: Callable[[], None]) -> bool:
        """Do *act*; tell whether it came as far as the harm."""
        with pytest.MonkeyPatch.context() as monkeypatch:
            for name in CALLS:
                monkeypatch.setattr(os, name, self.counted(getattr(os, name)))
            act()
        return self.left <= 0


def is_killed_at(step: int, act: Callable[[], None]) -> bool:
    """Do *act* in a forked process that is killed just before call number *step*; tell whether it came so far."""
    child = os.fork()
    if child == 0:
        Saboteur(step, lambda: os.kill(os.getpid(), signal.SIGKILL)).spoils(act)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
