"""The files that go into the archive of a record: those that the clerk gives, and those that we have."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dafu import files, store
from dafu.archive import kinds
from dafu.archive.found import Kind
from dafu.archive.parts import Part, recognised
from dafu.errors import Problem, Severity, WrongUsageError
from dafu.model import nearest_of
from dafu.terms import Paper, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dafu.archive.kinds import Inspected
    from dafu.model import Proposal
    from dafu.store import Record, Workspace

_LETTERS = (Paper.REPLY, Paper.SUGGESTION_REPLY, Paper.OPINION, Paper.STAGE_REPLY, Paper.LATER_REPLY)
_SCANS = (Kind.PDF, Kind.OFD, Kind.JPEG, Kind.PNG, Kind.TIFF)
_UNSAFE = re.compile(r'[\\:*?"<>|\x00-\x1f\x7f-\x9f]|^ | $|\.$')
RECORD, ISSUED, CONTENTS = "记录", "发文", "目录.txt"


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the clerk gives: what it is for the case, where it lies, and what its content told."""

    part: Part
    path: Path
    found: Inspected

    @property
    def name(self) -> str:
        """Return its name below data/."""
        return f"{self.part}/{self.path.name}"


def items(words: Sequence[str], proposal: Proposal, here: Path) -> list[Item]:
    """Return the files that *words* name, `交办单=FILE` or FILE alone; raises WrongUsageError for what is none."""
    found = [_item(word, proposal.role, here) for word in words]
    seen: dict[str, Item] = {}
    for item in found:
        if _UNSAFE.search(item.path.name):
            raise WrongUsageError(f'“{item.path.name}”不能作归档的文件名（改名：不用 \\ : * ? " < > | 和控制字符）')
        first = seen.setdefault(unicodedata.normalize("NFC", item.name).casefold(), item)
        if first is not item:
            raise WrongUsageError(
                f"两个{item.part}的文件名相同：{first.path}、{item.path}（给了两次就去掉一个，否则改名）"
            )
    return found


def _item(word: str, role: Role, here: Path) -> Item:
    label, equals, rest = word.partition("=")
    part = next((one for one in Part if equals and label == str(one)), None)
    path = here / (rest if part else word)
    if not path.is_file():
        near = nearest_of(label, [str(one) for one in Part]) if equals and not part else None
        hint = f"，是不是“{near}={rest}”？" if near else ""
        raise WrongUsageError(f"没有“{rest if part else word}”这个文件{hint}（核对文件名和所在文件夹）")
    found = kinds.inspect(path)
    part = part or recognised(path.name, role) or (Part.LETTER if found.kind in _SCANS else Part.OTHER)
    return Item(part, path, found)


def faults(some: Iterable[Item]) -> list[Problem]:
    """Return what is wrong with the files themselves; a signed letter must be a scan."""
    return [problem for item in some for problem in (*item.found.problems, *_not_signed(item))]


def _not_signed(item: Item) -> Iterator[Problem]:
    if item.part is Part.LETTER and item.found.kind not in (None, *_SCANS):
        message = f"是{item.found.kind}，不是签章后的扫描件"
        yield Problem("A501", message, "正本用 .pdf .ofd .jpg .png .tif；不是正本就写 其他=文件", file=str(item.path))


def payload(some: Iterable[Item], letters: Iterable[Path], sources: Iterable[Path], root: Path) -> dict[str, Path]:
    """Return the files of the bag by their names below data/: the clerk's, the issued letters, the record's own."""
    given = {item.name: item.path for item in some}
    issued = {f"{ISSUED}/{path.name}": path for path in letters}
    return {**given, **issued, **{source_name(path, root): path for path in sources}}


def source_name(path: Path, root: Path) -> str:
    """Return the name below data/ of a file of the record: as it lies in the workspace, so that it can go back."""
    return f"{RECORD}/{path.relative_to(root).as_posix()}"


def sources_of(record: Record, root: Path) -> list[Path]:
    """Return the file of the record and those of its bodies (正文文件)."""
    bodies = (record.path.parent / reply.body_file for reply in record.proposal.replies if reply.body_file)
    return [Path(root, path.resolve().relative_to(root.resolve())) for path in (record.path, *bodies)]


def letters_of(workspace: Workspace, record: Record, lead: Record | None, this_year: int) -> list[Path]:
    """Return the letters that were drawn for *record*; those of a merged one lie with its *lead*."""
    owner = (lead or record).proposal
    folder = store.folder_of(workspace, owner, this_year)
    own = "" if lead is None else f"-{record.proposal.number}"
    names = re.compile(f"({'|'.join(map(str, _LETTERS))}){re.escape(own)}(-.+)?\\.docx")
    paths, _ = files.walk(folder, ".docx") if folder.is_dir() else ([], [])
    return [path for path in paths if path.parent == folder and names.fullmatch(path.name)]


def duplicates(workspace: Workspace, some: Iterable[tuple[Path, str]], own: Path) -> list[Problem]:
    """Return a warning for each file (path, digest) that lies in the bag of another case already."""
    from dafu.archive import shelf

    bags = [bag for bag in shelf.bags_on(shelf.Shelf(workspace.replies)) if bag.parent != own]
    manifests = {bag: shelf.manifest_of(bag) for bag in bags}
    return [_double(path, bag) for path, digest in some for bag, data in manifests.items() if digest.encode() in data]


def _double(path: Path, bag: Path) -> Problem:
    message = f"同 {bag.parent.name} 归档包里的一个文件完全相同"
    return Problem("A502", message, "核对是不是拿错了件", file=str(path), severity=Severity.WARNING)


def contents(some: Iterable[Item], others: Iterable[str], about: Iterable[tuple[str, str]]) -> bytes:
    """Return the plain list of what is in the bag, for a reader without this program."""
    head = [f"{name}：{value}" for name, value in about if value]
    rows = [f"{number}. {item.part}：{item.name}{_pages(item)}" for number, item in enumerate(some, 1)]
    rows += [f"{number}. {name}" for number, name in enumerate(others, len(rows) + 1)]
    return ("\n".join(["归档文件目录", "", *head, "", *rows]) + "\n").encode()


def _pages(item: Item) -> str:
    return f"（{item.found.kind}，{item.found.pages}页）" if item.found.pages else ""
