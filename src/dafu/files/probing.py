"""What the file system under a folder can do: tried, not guessed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from dafu.files.faults import told
from dafu.files.writing import beside, make_folder

_MOUNTS = Path("/proc/self/mountinfo")  # Linux alone tells it so plainly
_REMOTE = ("nfs", "cifs", "smb", "afs", "ceph", "davfs", "ncp", "fuse.sshfs", "fuse.davfs", "fuse.gluster")


class Traits(NamedTuple):
    """Whether a file may bear two names, whether `a` and `A` are two, and the kind of share, "" where none is known."""

    links: bool
    case: bool
    share: str


def probe(folder: Path) -> Traits:
    """Try out the file system under *folder* with two names of ours; UnusableError where nothing can be written."""
    one, other = (beside(folder / f"probe-{n}") for n in (1, 2))
    with told(folder, "不能在这里写文件"):
        make_folder(folder)
        try:
            one.touch(exist_ok=False)
            return Traits(_is_linked(one, other), not one.with_name(one.name.upper()).exists(), _share(folder))
        finally:
            for path in (one, other):
                path.unlink(missing_ok=True)


def _is_linked(one: Path, other: Path) -> bool:
    try:
        other.hardlink_to(one)
    except OSError:
        return False
    return one.samefile(other)


def _share(folder: Path) -> str:
    """Return the type of the network file system that *folder* lies on, "" for any other."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return share_in(lines, Path(os.path.realpath(folder)))


def share_in(mounts: list[str], folder: Path) -> str:
    """Return the type of the network file system that *mounts* (proc(5), mountinfo) name for *folder*, else ""."""
    below = [(len(place), kind) for place, kind in map(_mount, mounts) if folder.is_relative_to(place)]
    kind = max(below, default=(0, ""), key=lambda one: one[0])[1]  # of equals the first; the deepest is over others
    return kind if kind.startswith(_REMOTE) else ""


def _mount(line: str) -> tuple[str, str]:
    """Return where a line of mountinfo mounts something, and of which type it is."""
    before, _, behind = line.partition(" - ")
    place, kind = (before.split(" ") + [""] * 5)[4], behind.partition(" ")[0]
    return place.replace("\\040", " ").replace("\\134", "\\"), kind
