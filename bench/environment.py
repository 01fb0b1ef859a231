"""The peers, installed into an environment of their own below the cache of the user, and what they are."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import venv
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ("docxtpl", "python-docx", "docx-mailmerge2", "pypandoc-binary", "todoman", "papis", "matplotlib")
NODE_PEERS = ("docxtemplater", "pizzip", "carbone")
SHOWN = ("dafu", "docxtpl", "python-docx", "docx-mailmerge2", "todoman", "papis", "jinja2", "click", "lxml", "PyYAML")


def cache() -> Path:
    """Return the folder of the bench below the cache of the user."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dafu-bench"


def python() -> Path:
    """Return a Python that has the peers and this very state of dafu, installed as a user would install it."""
    place = cache() / "python"
    program = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not program.exists():
        venv.create(place, with_pip=True)
    install = [str(program), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*install, *PEERS], check=True)
    subprocess.run([*install, str(ROOT)], check=True)  # with what it depends on
    subprocess.run([*install, "--force-reinstall", "--no-deps", str(ROOT)], check=True)
    return program


def install_node_peers() -> None:
    """Install the peers that run on Node, where there is one."""
    npm = shutil.which("npm")
    if npm:
        quietly = ("--silent", "--no-audit", "--no-fund", "--no-save")
        subprocess.run([npm, "install", *quietly, "--prefix", str(cache() / "node"), *NODE_PEERS], check=True)


def node_modules() -> Path | None:
    """Return the folder of the peers that run on Node, or None where there are none."""
    place = cache() / "node" / "node_modules"
    return place if shutil.which("node") and place.is_dir() else None


def peer(name: str) -> Any:
    """Return the module *name*, or None where it is not installed; none of the peers tells its types."""
    try:
        return import_module(name)
    except ImportError:
        return None


def script(name: str) -> str | None:
    """Return the command *name* of this environment, else of the system."""
    own = shutil.which(name, path=str(Path(sys.executable).parent))
    return own or shutil.which(name)


def versions() -> list[str]:
    """Return the versions of what is compared."""
    found = [f"Python {platform.python_version()}"]
    for name in SHOWN:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} 没有装")
    modules = node_modules()
    if modules:
        found += [_node_version(modules, name) for name in ("docxtemplater", "carbone")]
    return [*found, *filter(None, map(_told, ("pandoc", "soffice", "node")))]


def machine() -> str:
    """Return what this machine is, in words."""
    cores = os.cpu_count()
    return f"{platform.system()} {platform.release().partition('-')[0]}，{platform.machine()}，{cores} 核"


def _node_version(modules: Path, name: str) -> str:
    import json

    told = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
    return f"{name} {told['version']}"


def _told(name: str) -> str:
    program = pandoc() if name == "pandoc" else script(name)
    if not program:
        return ""
    told = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8", check=True).stdout
    words = told.split("\n")[0].split()
    return f"{name} {words[0]}" if name == "node" else " ".join(words[:2])


def pandoc() -> str | None:
    """Return the program of pandoc that came with its package, else the one of the system."""
    pypandoc = peer("pypandoc")
    return str(pypandoc.get_pandoc_path()) if pypandoc else shutil.which("pandoc")
