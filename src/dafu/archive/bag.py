"""A bag (RFC 8493): what one holds, and how ours are filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dafu import files
from dafu.archive import manifest, tags
from dafu.archive.manifest import PAYLOAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dafu.errors import Problem

TAG_MANIFEST, PAYLOAD_MANIFEST = "tagmanifest-sha256.txt", "manifest-sha256.txt"


@dataclass
class Bag:
    """A bag that was read: `listed` gives algorithm and digest of the files that are there, by their names.

    `missing` gives the same of those that are not, `added` names those that no manifest lists.
    """

    folder: Path
    version: tuple[int, int] = tags.CURRENT
    info: tags.Info = ()
    listed: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: dict[str, dict[str, str]] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def said(self, label: str) -> str:
        """Return what bag-info.txt says under *label*, nothing where it does not."""
        return next((value for name, value in self.info if name == label), "")

    def tell(self, name: str, *problems: Problem) -> None:
        """Add *problems* of the file *name*."""
        self.problems += (problem.within(str(self.folder / name)) for problem in problems)


def tag_files(payload: Mapping[str, files.Stored], info: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Return the files beside data/ of a bag of *payload* (names below data/), but for its tag manifest."""
    oxum = f"{sum(one.size for one in payload.values())}.{len(payload)}"
    return {
        tags.DECLARATION: tags.declaration(),
        tags.INFO: tags.info([*info, ("Payload-Oxum", oxum)]),
        PAYLOAD_MANIFEST: manifest.write({PAYLOAD + name: one.digest for name, one in payload.items()}),
    }


def build(
    folder: Path, payload: Mapping[str, bytes | Path], info: Iterable[tuple[str, str]]
) -> dict[str, files.Stored]:
    """Fill the new *folder* durably with a bag of *payload* (names below data/); return what went into data/."""
    stored = files.fill(folder / PAYLOAD, payload)
    beside = tag_files(stored, info)
    digests = {name: files.digest(data) for name, data in beside.items()}
    files.fill(folder, {**beside, TAG_MANIFEST: manifest.write(digests)})
    return stored
