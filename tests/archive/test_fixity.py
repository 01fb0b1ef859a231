"""Whatever becomes of a sealed bag is found and named."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from clerks import posix
from dafu import files
from dafu.archive import fixity, reading, shelf, verifying
from dafu.archive.bag import build
from dafu.archive.shelf import Shelf
from dafu.errors import Problem, UnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TIME = "2026-03-20T09:00:00+08:00"
TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt")
PAYLOAD: dict[str, bytes | Path] = {"正本/答复.pdf": b"signed", "征询意见表/表.pdf": b"content", "目录.txt": b"list"}


def sealed(replies: Path, number: str, payload: dict[str, bytes | Path] | None = None) -> Path:
    """Seal a bag of the case *number*, the way `dafu archive` does, and return its folder."""
    stand, place = Shelf(replies), replies / "2025" / number / "归档"
    temporary = place.with_name(".归档.0.dafu-tmp")
    build(temporary, payload or PAYLOAD, [("External-Identifier", number)])
    shelf.commit(stand, 2025, temporary, place, f"市/提案/市政协十四届三次会议/{number}", TIME)
    return place


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return sealed(tmp_path / "replies", "143069")


def told(bag: Path) -> Iterator[str]:
    """Yield what `verify` says of the archive that holds *bag*, with paths below replies/."""
    replies = bag.parents[2]
    found = verifying.judge(verifying.take_stock(Shelf(replies)))
    return (f"{finding.case} {finding.problem}".replace(f"{replies}/", "") for finding in found)


def findings(bag: Path) -> list[str]:
    return sorted(told(bag))


def flips(data: bytes, bits: range = range(8)) -> Iterator[bytes]:
    """Yield *data* with each of its bits turned over, one at a time."""
    for place in range(len(data)):
        for bit in bits:
            yield data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def unnoticed(bag: Path, path: Path, changes: Iterator[bytes]) -> list[bytes]:
    """Return the changes of *path* that `verify` does not find, or does not name with the file."""
    was, name = path.read_bytes(), f"143069 {path.relative_to(bag.parents[2]).as_posix()}"
    missed = []
    for change in changes:
        path.write_bytes(change)
        if not any(said.startswith(name) for said in told(bag)):
            missed.append(change)
    path.write_bytes(was)
    return missed


def test_a_bag_that_nobody_touched_is_found_whole(bag: Path) -> None:
    assert findings(bag) == []


@pytest.mark.parametrize("name", TAGS)
def test_every_turned_bit_of_a_tag_file_is_found_and_named(name: str, tmp_path: Path) -> None:
    bag = sealed(tmp_path / "replies", "143069", {"答复.pdf": b"signed"})
    assert unnoticed(bag, bag / name, flips((bag / name).read_bytes())) == []


@pytest.mark.parametrize("name", PAYLOAD)
def test_a_turned_bit_in_every_byte_of_the_payload_is_found_and_named(name: str, bag: Path) -> None:
    path = bag / "data" / name
    for bit in range(8):
        assert unnoticed(bag, path, flips(path.read_bytes(), range(bit, bit + 1))) == []


@pytest.mark.parametrize("name", [*TAGS, *(f"data/{name}" for name in PAYLOAD)])
def test_a_file_that_is_cut_emptied_or_grown_is_found_and_named(name: str, bag: Path) -> None:
    data = (bag / name).read_bytes()
    assert unnoticed(bag, bag / name, iter([data[:-1], b"", data + b"\n"])) == []


@pytest.mark.parametrize("name", [*TAGS, *(f"data/{name}" for name in PAYLOAD)])
def test_a_file_that_is_lost_is_found_and_named(name: str, bag: Path) -> None:
    (bag / name).unlink()
    assert any(one.startswith(f"143069 2025/143069/归档/{name}: 不见了") for one in findings(bag))


@pytest.mark.parametrize("name", ["data/正本/more.pdf", "data/more.pdf", "more.txt", "meta/more.txt", "fetch.txt"])
def test_a_file_that_is_added_is_found_and_named(name: str, bag: Path) -> None:
    (bag / name).parent.mkdir(exist_ok=True)
    (bag / name).write_bytes(b"")
    assert f"143069 2025/143069/归档/{name}: 是多出来的，清单里没有（移到包外）" in findings(bag)


@pytest.mark.parametrize("name", ["正本/答复2.pdf", "答复.pdf", "正本/答复.PDF"])
def test_a_file_that_is_renamed_or_moved_is_told_as_such(name: str, bag: Path) -> None:
    (bag / "data/正本/答复.pdf").rename(bag / "data" / name)
    old = "data/正本/答复.pdf"
    assert findings(bag) == [f"143069 2025/143069/归档/data/{name}: 由“{old}”改了名（改回“{old}”）"]


def test_files_that_are_swapped_are_both_named(bag: Path) -> None:
    one, other = bag / "data/正本/答复.pdf", bag / "data/征询意见表/表.pdf"
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert [said.split("（")[0] for said in findings(bag) if "Oxum" not in said] == [
        "143069 2025/143069/归档/data/征询意见表/表.pdf: 里面是“data/正本/答复.pdf”的内容",
        "143069 2025/143069/归档/data/正本/答复.pdf: 里面是“data/征询意见表/表.pdf”的内容",
    ]


@posix
def test_a_file_that_became_a_link_is_named_even_where_its_content_is_the_same(bag: Path, tmp_path: Path) -> None:
    path = bag / "data/正本/答复.pdf"
    path.rename(tmp_path / "elsewhere.pdf")
    path.symlink_to(tmp_path / "elsewhere.pdf")
    assert any("答复.pdf: 是链接，不是文件本身" in said for said in findings(bag))


@posix
def test_a_bag_that_became_a_link_is_named(bag: Path, tmp_path: Path) -> None:
    bag.rename(tmp_path / "elsewhere")
    bag.symlink_to(tmp_path / "elsewhere")
    assert findings(bag) == ["143069 2025/143069/归档: 归档包换成了链接（从备份恢复）"]


# --- what only the register can find


def test_a_file_changed_together_with_both_manifests_is_found_by_the_register(bag: Path) -> None:
    forged = bag.parent / "forged"
    build(forged, {**PAYLOAD, "正本/答复.pdf": b"forged"}, [("External-Identifier", "143069")])
    shutil.rmtree(bag)
    forged.rename(bag)
    name = "143069 2025/143069/归档/tagmanifest-sha256.txt"
    assert findings(bag) == [f"{name}: 不是归档时的那一份（同归档登记不符）（从备份恢复；查明是谁改的）"]


def test_bags_that_are_swapped_are_both_found(bag: Path) -> None:
    other = sealed(bag.parents[2], "143070", {"正本/答复.pdf": b"another"})
    bag.rename(bag.with_name("x"))
    other.rename(bag)
    bag.with_name("x").rename(other)
    assert [said.split(": ")[0] for said in findings(bag)] == [
        "143069 2025/143069/归档/tagmanifest-sha256.txt",
        "143070 2025/143070/归档/tagmanifest-sha256.txt",
    ]


def test_a_bag_that_is_deleted_is_found(bag: Path) -> None:
    shutil.rmtree(bag.parent)
    assert findings(bag) == ["143069 2025/143069/归档: 归档包不见了（从备份恢复）"]


@pytest.mark.parametrize("name", ["2025/143069/归档-2", "2026/143069/归档"])
def test_a_bag_that_is_renamed_or_moved_is_told_as_such(name: str, bag: Path) -> None:
    place = bag.parents[2] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    bag.rename(place)
    said = f"143069 2025/143069/归档: 归档包不在原处，改名或移到了 {name}（移回原处）"
    assert said in findings(bag)


def test_a_bag_that_nobody_sealed_is_found(bag: Path) -> None:
    shutil.copytree(bag, bag.parents[1] / "143070" / "归档")
    [said] = findings(bag)
    assert said.startswith("143070 2025/143070/归档: 归档登记里没有这个包")


def test_a_register_that_is_lost_leaves_all_its_bags_unknown(bag: Path) -> None:
    Shelf(bag.parents[2]).register(2025).unlink()
    [said] = findings(bag)
    assert said.startswith("143069 2025/143069/归档: 归档登记里没有这个包")


def test_a_bag_that_was_sealed_but_not_yet_put_in_its_place_is_not_called_lost(bag: Path) -> None:
    bag.rename(bag.with_name(".归档.0.dafu-tmp"))
    [said] = findings(bag)
    assert "归档没有做完就中断了，归档 还没有就位" in said


def test_what_becomes_of_a_file_while_others_are_hashed_is_named(tmp_path: Path) -> None:
    bag = sealed(tmp_path / "replies", "143069", {f"{n}.pdf": b"signed" for n in range(40)})

    def changed() -> None:
        (bag / "data/38.pdf").unlink(missing_ok=True)
        (bag / "data/39.pdf").write_bytes(b"other")

    [problems] = fixity.judge([reading.read(bag)], changed)
    assert [(problem.file.rpartition("/")[2], problem.message) for problem in problems] == [
        ("38.pdf", "不能读取：找不到"),
        ("39.pdf", "内容改动过"),
    ]


@posix
def test_a_file_that_cannot_be_read_is_named(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest_of = files.digest_of

    def denied(path: Path, algorithm: str = "sha256") -> str:
        if path.name == "答复.pdf":
            raise UnusableError(problems=[Problem("F201", "不能读取：没有权限", file=str(path))])
        return digest_of(path, algorithm)

    monkeypatch.setattr(files, "digest_of", denied)  # root reads whatever it likes
    assert findings(bag) == ["143069 2025/143069/归档/data/正本/答复.pdf: 不能读取：没有权限"]
