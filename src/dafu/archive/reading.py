"""Read a bag from its folder: what it lists and which files are there (RFC 8493, 3); contents are for `fixity`."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from dafu import files
from dafu.archive import manifest, tags
from dafu.archive.bag import Bag
from dafu.archive.manifest import ALGORITHMS, PAYLOAD
from dafu.errors import Problem, Severity, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dafu.archive.manifest import Manifest

_LIMIT = 50_000_000  # bytes of one tag file
_RESTORE = "从备份恢复"
_OXUM = re.compile(r"([0-9]+)\.([0-9]+)")


class _Folder:
    """What lies in the folder of a bag: sizes of regular files by name, and the names of what is none."""

    def __init__(self, bag: Bag) -> None:
        self.sizes: dict[str, int] = {}
        self.odd: set[str] = set()
        for name, entry in _entries(bag, bag.folder, ""):
            if entry.is_file(follow_symlinks=False):
                self.sizes[name] = entry.stat(follow_symlinks=False).st_size
            else:
                self.odd.add(name)
                what = "是链接，不是文件本身" if entry.is_symlink() else "不是普通文件"
                bag.tell(name, Problem("A225", what, "移走它，从备份恢复文件"))
        self._forms = {_normal(name): name for name in self.sizes}

    def real(self, name: str) -> str | None:
        """Return the file that *name* means, were it written in another normal form of Unicode."""
        return name if name in self.sizes else self._forms.get(_normal(name))

    def payload(self) -> list[str]:
        """Return the names of the files in data/."""
        return [name for name in self.sizes if name.startswith(PAYLOAD)]


def read(folder: Path) -> Bag:
    """Read the bag in *folder*; every fault is in its problems or follows from `missing` and `added`."""
    bag = Bag(folder)
    there = _Folder(bag)
    encoding = _declaration(bag, there)
    if text := _text(bag, there, tags.INFO, encoding):
        bag.info, problems = tags.read_info(text)
        bag.tell(tags.INFO, *problems)
    manifests = _manifests(bag, there, encoding)
    for one in manifests:
        _hold(bag, there, one)
    _leave_out(bag, there, manifests)
    _fetch(bag, _text(bag, there, tags.FETCH, encoding))
    _compare_oxum(bag, there)
    return bag


def _entries(bag: Bag, folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all that is no folder, with its name below the bag; no link is followed."""
    try:
        with os.scandir(folder) as some:
            entries = sorted(some, key=lambda entry: entry.name)
    except OSError as error:
        bag.tell(prefix, Problem("A226", f"不能读取：{error.strerror}", "请核对路径和权限，共享盘要先连上"))
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(bag, folder / entry.name, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{entry.name}", entry


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _declaration(bag: Bag, there: _Folder) -> str:
    data = _bytes(bag, there, tags.DECLARATION)
    if data is None:
        bag.tell(tags.DECLARATION, Problem("A220", "没有这个文件", _RESTORE))
        return "UTF-8"
    bag.version, encoding, problems = tags.declared(data)
    bag.tell(tags.DECLARATION, *problems)
    return encoding


def _bytes(bag: Bag, there: _Folder, name: str) -> bytes | None:
    if name not in there.sizes:
        return None
    try:
        return files.read(bag.folder / name, _LIMIT)
    except UnusableError as error:
        bag.problems += error.problems
        return None


def _text(bag: Bag, there: _Folder, name: str, encoding: str) -> str:
    text, problems = tags.decode(_bytes(bag, there, name) or b"", encoding)
    bag.tell(name, *problems)
    return text


def _manifests(bag: Bag, there: _Folder, encoding: str) -> list[Manifest]:
    """Return the manifests that can be used; one of an unknown algorithm hurts only where there is no other."""
    found = [
        manifest.parse(name, _text(bag, there, name, encoding), bag.version)
        for name in there.sizes
        if manifest.kind_of(name)
    ]
    usable = [one for one in found if one.algorithm in ALGORITHMS]
    for one in found:
        known = one in usable
        bag.tell(one.name, *(p if known else p._replace(severity=Severity.WARNING) for p in one.problems))
    if all(one.tags for one in usable):
        bag.tell("", Problem("A222", "没有可用的清单（manifest-sha256.txt）", _RESTORE))
    if not (bag.folder / PAYLOAD).is_dir():
        bag.tell(PAYLOAD, Problem("A221", "没有 data 文件夹", _RESTORE))
    return usable


def _hold(bag: Bag, there: _Folder, one: Manifest) -> None:
    """Enter what a manifest lists as listed or missing."""
    for name, digest in one.digests.items():
        real = there.real(name)
        if real is None:
            if name not in there.odd:
                bag.missing.setdefault(name, {})[one.algorithm] = digest
            continue
        if real != name:
            message = f"“{name}”同盘上文件名的 Unicode 写法不同"
            bag.tell(one.name, Problem("A223", message, "用写法相同的名称", severity=Severity.WARNING))
        if bag.listed.setdefault(real, {}).setdefault(one.algorithm, digest) != digest:
            bag.tell(one.name, Problem("A205", f"“{name}”列了两次，摘要不同", _RESTORE))


def _leave_out(bag: Bag, there: _Folder, manifests: Sequence[Manifest]) -> None:
    """Enter the files that no manifest lists as added; since 1.0 each payload manifest must list the whole payload."""
    tag_manifests = {one.name for one in manifests if one.tags}
    for name in there.sizes:
        kind = manifest.kind_of(name)
        counts = name.startswith(PAYLOAD) or (tag_manifests and not (kind and kind[1]))
        if counts and name not in bag.listed:
            bag.added.append(name)
    algorithms = {one.algorithm: one.name for one in manifests if not one.tags}
    for name in there.payload() if bag.version >= tags.CURRENT else ():
        lacking = algorithms.keys() - bag.listed.get(name, algorithms).keys()
        bag.tell(name, *(Problem("A224", f"没有列入 {algorithms[one]}", _RESTORE) for one in sorted(lacking)))
    _tell_twins(bag, there)


def _tell_twins(bag: Bag, there: _Folder) -> None:
    """Tell of names that are one on other systems, which heed neither case nor normal form."""
    seen: dict[str, str] = {}
    for name in there.sizes:
        first = seen.setdefault(_normal(name).casefold(), name)
        if first != name:
            message = f"同“{first}”只有大小写或 Unicode 写法的不同，在别的系统上会互相覆盖"
            bag.tell(name, Problem("A227", message, "改成不同的名称", severity=Severity.WARNING))


def _fetch(bag: Bag, text: str) -> None:
    """Heed fetch.txt: what it lists may be there already; what is not there is never fetched."""
    names, problems = tags.fetched(text)
    bag.tell(tags.FETCH, *problems)
    for name in names:
        if bag.missing.pop(name, None):
            bag.tell(name, Problem("A218", "不在包里，fetch.txt 说要另外下载", "取来放进包里，核对摘要"))
        elif name not in bag.listed:
            bag.tell(tags.FETCH, Problem("A219", f"“{name}”不在清单里", "不要使用这个包"))


def _compare_oxum(bag: Bag, there: _Folder) -> None:
    said = [value for label, value in bag.info if label.casefold() == "payload-oxum"]
    found = f"{sum(there.sizes[name] for name in there.payload())}.{len(there.payload())}"
    if said and said != [found]:
        message = f"Payload-Oxum 写的是 {'、'.join(said)}，实际是 {found}"
        bag.tell(tags.INFO, Problem("A228", message, "核对 data 里的文件有没有增减"))
