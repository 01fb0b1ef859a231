from __future__ import annotations

import errno
from pathlib import Path

import pytest

from clerks import BECOME_NOBODY, clerk, failing, posix
from dafu import files
from dafu.files.probing import share_in

MOUNTS = [
    "22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw",
    r"45 22 0:44 / /mnt/share\040one rw,relatime - cifs //server/share rw,vers=3.0",
    "46 45 0:45 / /home rw - nfs4 server:/home rw",
    r"47 45 0:46 / /mnt/share\040one/local rw - ext4 /dev/sdb1 rw",
]


@posix
def test_a_disk_of_this_kind_gives_a_file_two_names_and_tells_small_letters_from_great(tmp_path: Path) -> None:
    assert files.probe(tmp_path / ".dafu")[:2] == (True, True)
    assert list((tmp_path / ".dafu").iterdir()) == []


def test_a_disk_without_hard_links_is_recognised_and_nothing_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "hardlink_to", failing(errno.EPERM))  # as FAT answers

    assert not files.probe(tmp_path).links
    assert list(tmp_path.iterdir()) == []


@posix
def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    told = clerk(f"{BECOME_NOBODY}print(files.probe(place))", tmp_path)

    assert "没有权限" in told.stdout
    tmp_path.chmod(0o755)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/work/office", ""),
        ("/mnt/share one/office", "cifs"),
        ("/mnt/share one/local/office", ""),
        ("/mnt/share onetwo", ""),
        ("/home/lin/office", "nfs4"),
    ],
)
def test_the_deepest_mount_above_a_folder_tells_whether_it_is_a_share(folder: str, kind: str) -> None:
    assert share_in(MOUNTS, Path(folder)) == kind


def test_lines_that_are_none_of_a_mount_tell_nothing() -> None:
    assert share_in(["", "x", "1 2 3"], Path("/home")) == ""
