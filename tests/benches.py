"""Programs of bench/, which is no package of the tests' own, as modules."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

_FOLDER = Path(__file__).parents[1] / "bench"


def loaded(name: str) -> ModuleType:
    """Return bench/*name*.py as a module."""
    spec = importlib.util.spec_from_file_location(f"bench_{name}", _FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module
