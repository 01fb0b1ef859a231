from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING

import bagit  # type: ignore[import-untyped]  # -- it ships no types
import pytest

from bags import judged, put, sha256
from clerks import posix
from dafu.archive import reading
from dafu.archive.bag import build

if TYPE_CHECKING:
    from pathlib import Path

INFO = [("Source-Organization", "东河市商务局"), ("External-Description", "优化\n夜市")]


def test_a_bag_has_the_files_of_rfc_8493_and_nothing_else(tmp_path: Path) -> None:
    build(tmp_path / "bag", {"正本/答复.pdf": b"signed"}, INFO)
    digest, files = sha256("signed"), tmp_path / "bag"
    info = "Source-Organization: 东河市商务局\nExternal-Description: 优化 夜市\nPayload-Oxum: 6.1\n"
    declared = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    manifest = f"{digest}  data/正本/答复.pdf\n"
    tags = {"bag-info.txt": info, "bagit.txt": declared, "manifest-sha256.txt": manifest}
    tags["tagmanifest-sha256.txt"] = "".join(f"{sha256(text)}  {name}\n" for name, text in sorted(tags.items()))

    found = {path.relative_to(files).as_posix(): path.read_bytes() for path in files.rglob("*") if path.is_file()}
    assert found == {name: text.encode() for name, text in tags.items()} | {"data/正本/答复.pdf": b"signed"}


def test_our_bag_is_whole_and_says_what_it_was_told(tmp_path: Path) -> None:
    build(tmp_path / "bag", {"目录.txt": b"", "记录/proposals/143069.yaml": b"x"}, INFO)
    assert judged(tmp_path / "bag") == []
    assert reading.read(tmp_path / "bag").said("External-Description") == "优化 夜市"
    assert reading.read(tmp_path / "bag").said("Contact-Name") == ""


def test_bagit_python_accepts_our_bag(tmp_path: Path) -> None:
    source = put(tmp_path / "scans", **{"答复.pdf": os.urandom(3_000_000)}) / "答复.pdf"
    build(tmp_path / "bag", {"正本/答复 签章.pdf": source, "目录.txt": "目录".encode(), "空.txt": b""}, INFO)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EncodingWarning)  # of the library's own
        found = bagit.Bag(str(tmp_path / "bag"))
        assert found.validate()
    assert found.version_info == (1, 0)
    assert found.info["Source-Organization"] == "东河市商务局"


@posix
@pytest.mark.parametrize("name", ["two\nlines.txt", "a\rb.txt", "100%.txt", "%0A.txt", "%25.txt"])
def test_names_that_would_break_a_line_are_escaped_and_found_again(name: str, tmp_path: Path) -> None:
    build(tmp_path / "bag", {name: b"x"}, [])
    assert len((tmp_path / "bag/manifest-sha256.txt").read_bytes().splitlines()) == 1
    assert judged(tmp_path / "bag") == []


def test_a_bag_never_fills_a_folder_that_has_its_files(tmp_path: Path) -> None:
    build(tmp_path / "bag", {"目录.txt": b"first"}, [])
    with pytest.raises(Exception, match="没有写成"):
        build(tmp_path / "bag", {"目录.txt": b"second"}, [])
    assert (tmp_path / "bag/data/目录.txt").read_bytes() == b"first"
