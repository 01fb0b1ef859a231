"""The cases of RFC 8493, rebuilt by hand: what is valid, what is not, and what only some systems can hold."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from typing import TYPE_CHECKING

import bagit  # type: ignore[import-untyped]  # -- it ships no types
import pytest

from bags import DECLARED, OLD, bag, is_valid, judged, listing, put, sha256
from clerks import posix
from dafu.archive import reading
from dafu.errors import Severity

if TYPE_CHECKING:
    from pathlib import Path

LETTER: dict[str, str | bytes] = {"data/letter.txt": "答复"}
LINE = listing(**LETTER)
COMPOSED = unicodedata.normalize("NFC", "data/Núñez.txt")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


def messages(folder: Path) -> list[str]:
    """Return each fault as its file within the bag and its message."""
    return sorted(f"{problem.file.removeprefix(f'{folder}/')}: {problem.message}" for problem in judged(folder))


# --- valid


@pytest.mark.parametrize(
    "beside",
    [
        {},
        {"bagit.txt": DECLARED.replace("\n", "\r\n")},
        {"bagit.txt": DECLARED.replace("\n", "\r")},
        {"bagit.txt": DECLARED.removesuffix("\n")},
        {"bagit.txt": OLD},
        {"manifest-sha256.txt": LINE.replace("\n", "\r\n")},
        {"manifest-sha256.txt": LINE.removesuffix("\n")},
        {"manifest-sha256.txt": LINE.replace("  ", "\t")},
        {"manifest-sha256.txt": LINE.replace("  ", " *")},
        {"manifest-sha256.txt": sha256("答复").upper() + "  data/letter.txt\n"},
        {"manifest-md5.txt": f"{hashlib.md5('答复'.encode()).hexdigest()}  data/letter.txt\n"},  # noqa: S324 -- lawful
        {"manifest-sha512.txt": f"{hashlib.sha512('答复'.encode()).hexdigest()}  data/letter.txt\n"},
        {"bag-info.txt": "Contact-Name: 林晓\n  and others\nContact-Name: 周明远\nPayload-Oxum: 6.1\n"},
        {"bag-info.txt": ""},
        {"tagmanifest-sha256.txt": listing(**{"bagit.txt": DECLARED, "manifest-sha256.txt": LINE})},
        {"notes/of-ours.txt": "no tag manifest, so whatever lies beside data is lawful"},
        {"fetch.txt": "https://example.org/letter.txt 6 data/letter.txt\n"},
    ],
)
def test_these_bags_are_valid_without_a_word(beside: dict[str, str], tmp_path: Path) -> None:
    assert judged(bag(tmp_path / "bag", LETTER, **beside)) == []


@pytest.mark.parametrize("algorithm", ["sha1", "sha224", "sha384", "sha3-256"])
def test_one_manifest_of_any_known_algorithm_is_enough(algorithm: str, tmp_path: Path) -> None:
    digest = hashlib.new(algorithm.replace("-", "_"), "答复".encode(), usedforsecurity=False).hexdigest()
    folder = put(tmp_path / "bag", **LETTER, **{"bagit.txt": DECLARED})
    put(folder, **{f"manifest-{algorithm}.txt": f"{digest}  data/letter.txt\n"})
    assert judged(folder) == []


def test_a_bag_of_nothing_is_valid(tmp_path: Path) -> None:
    assert judged(bag(tmp_path / "bag", {})) == []


def test_a_bag_in_a_bag_is_payload(tmp_path: Path) -> None:
    inner = {"data/inner/bagit.txt": OLD, "data/inner/manifest-md5.txt": "", "data/inner/data/x": ""}
    assert judged(bag(tmp_path / "bag", {**LETTER, **inner})) == []


@pytest.mark.parametrize("name", ["data/a b.txt", "data/ 两 端 .txt ", "data/*.txt", "data/dir/.hidden", "data/𰻝.txt"])
def test_odd_but_lawful_names_are_found(name: str, tmp_path: Path) -> None:
    assert judged(bag(tmp_path / "bag", {name: "x"})) == []


def test_tag_files_may_be_in_the_encoding_that_the_bag_declares(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", {"data/答复.txt": "x"}, **{"bagit.txt": DECLARED.replace("UTF-8", "UTF-16")})
    info = "Contact-Name: 林晓\n"
    line = listing(**{"data/答复.txt": "x"})
    put(folder, **{"manifest-sha256.txt": line.encode("utf-16"), "bag-info.txt": info.encode("utf-16")})

    assert judged(folder) == []
    assert reading.read(folder).info == (("Contact-Name", "林晓"),)


# --- escaped names: %0A, %0D and, since 1.0, %25


@posix
@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("data/two\nlines", "data/two%0Alines"),
        ("data/two\rlines", "data/two%0dlines"),
        ("data/100%.txt", "data/100%25.txt"),
        ("data/%0A.txt", "data/%250A.txt"),
        ("data/%20.txt", "data/%20.txt"),
    ],
)
def test_names_are_unescaped_as_1_0_says(name: str, written: str, tmp_path: Path) -> None:
    line = f"{sha256('x')}  {written}\n"
    assert judged(bag(tmp_path / "bag", {name: "x"}, **{"manifest-sha256.txt": line})) == []


def test_before_1_0_a_percent_sign_stood_for_itself(tmp_path: Path) -> None:
    beside = {"bagit.txt": OLD, "manifest-sha256.txt": f"{sha256('x')}  data/100%25.txt\n"}
    assert judged(bag(tmp_path / "bag", {"data/100%25.txt": "x"}, **beside)) == []


# --- valid, with a warning


@pytest.mark.parametrize(
    ("payload", "beside", "warned"),
    [
        (LETTER, {"manifest-sha256.txt": LINE.replace("data", "./data")}, "“./data/letter.txt”前面多了 ./"),
        (LETTER, {"manifest-sha256.txt": LINE * 2}, "“data/letter.txt”列了两次"),
        (LETTER, {"manifest-blake9.txt": "00  data/letter.txt\n"}, "不认识摘要算法 blake9"),
        (LETTER, {"tagmanifest-sha256.txt": listing(**{"bagit.txt": DECLARED})}, "是多出来的，清单里没有"),
    ],
)
def test_these_bags_are_valid_but_not_as_they_should_be(
    payload: dict[str, str | bytes], beside: dict[str, str], warned: str, tmp_path: Path
) -> None:
    problems = judged(bag(tmp_path / "bag", payload, **beside))
    assert [(problem.message, problem.severity) for problem in problems] == [(warned, Severity.WARNING)]


@pytest.mark.parametrize(("listed", "there"), [(COMPOSED, DECOMPOSED), (DECOMPOSED, COMPOSED)])
def test_a_name_in_another_normal_form_is_the_same_name(listed: str, there: str, tmp_path: Path) -> None:
    line = f"{sha256('x')}  {listed}\n"
    folder = bag(tmp_path / "bag", {there: "x"}, **{"manifest-sha256.txt": line})
    assert [problem.severity for problem in judged(folder)] == [Severity.WARNING]


def test_one_file_listed_in_both_normal_forms_must_have_one_digest(tmp_path: Path) -> None:
    lines = f"{sha256('x')}  {COMPOSED}\n{sha256('x')}  {DECOMPOSED}\n"
    folder = bag(tmp_path / "bag", {COMPOSED: "x"}, **{"manifest-sha256.txt": lines})
    assert is_valid(folder)
    assert judged(folder) != []

    put(folder, **{"manifest-sha256.txt": f"{sha256('x')}  {COMPOSED}\n{sha256('y')}  {DECOMPOSED}\n"})
    assert not is_valid(folder)


@posix
def test_names_that_other_systems_take_for_one_are_told(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", {"data/A.txt": "x", "data/a.txt": "y"})
    assert is_valid(folder)
    assert messages(folder) == [
        "data/a.txt: 同“data/A.txt”只有大小写或 Unicode 写法的不同，在别的系统上会互相覆盖",
    ]


# --- invalid


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ({"bagit.txt": "\ufeff" + DECLARED}, "bagit.txt: 以字节顺序标记（BOM）开头"),
        ({"bagit.txt": DECLARED.replace(": ", " : ")}, "bagit.txt: 不是规定的两行（版本、编码）"),
        ({"bagit.txt": DECLARED.replace(": ", ":")}, "bagit.txt: 不是规定的两行（版本、编码）"),
        ({"bagit.txt": DECLARED.replace("\n", " \n")}, "bagit.txt: 不是规定的两行（版本、编码）"),
        ({"bagit.txt": DECLARED + "Contact-Name: 林晓\n"}, "bagit.txt: 不是规定的两行（版本、编码）"),
        ({"bagit.txt": "BagIt-Version: 1.0\n"}, "bagit.txt: 不是规定的两行（版本、编码）"),
        (
            {"bagit.txt": "".join(reversed(DECLARED.splitlines(keepends=True)))},
            "bagit.txt: 不是规定的两行（版本、编码）",
        ),
        ({"bagit.txt": ""}, "bagit.txt: 不是规定的两行（版本、编码）"),
        ({"bagit.txt": DECLARED.replace("1.0", "2.0")}, "bagit.txt: 不认识 BagIt 2.0"),
        ({"bagit.txt": DECLARED.replace("UTF-8", "UTF-9")}, "bagit.txt: 不认识编码 UTF-9"),
        ({"bagit.txt": DECLARED.replace("UTF-8", "hex")}, "bagit.txt: 不认识编码 hex"),
        ({"manifest-sha256.txt": b"\xef\xbb\xbf" + LINE.encode()}, "manifest-sha256.txt: 以字节顺序标记（BOM）开头"),
        ({"manifest-sha256.txt": b"\xff\n" + LINE.encode()}, "manifest-sha256.txt: 不是 UTF-8 编码的文本"),
        ({"manifest-sha256.txt": ""}, "data/letter.txt: 是多出来的，清单里没有"),
        ({"manifest-sha256.txt": LINE[2:]}, "manifest-sha256.txt: 这一行不是 sha256 摘要和文件名"),
        ({"manifest-sha256.txt": f"g{LINE[1:]}"}, "manifest-sha256.txt: 这一行不是 sha256 摘要和文件名"),
        ({"manifest-sha256.txt": LINE.replace("  ", "")}, "manifest-sha256.txt: 这一行不是 sha256 摘要和文件名"),
        ({"manifest-sha256.txt": sha256("答复") + "\n"}, "manifest-sha256.txt: 这一行不是 sha256 摘要和文件名"),
        ({"manifest-sha256.txt": LINE + f"{'0' * 64}  data/letter.txt\n"}, "“data/letter.txt”列了两次，摘要不同"),
        ({"manifest-sha256.txt": f"{'0' * 64}  data/letter.txt\n"}, "data/letter.txt: 内容改动过"),
        ({"manifest-sha256.txt": LINE + f"{'0' * 64}  data/gone.txt\n"}, "data/gone.txt: 不见了"),
        ({"manifest-sha256.txt": LINE + f"{sha256('')}  bag-info.txt\n"}, "“bag-info.txt”不应列在这个清单里"),
        ({"manifest-sha512.txt": ""}, "data/letter.txt: 没有列入 manifest-sha512.txt"),
        ({"data/more.txt": "x"}, "data/more.txt: 是多出来的，清单里没有"),
        ({"bag-info.txt": "Payload-Oxum: 7.1\n"}, "Payload-Oxum 写的是 7.1，实际是 6.1"),
        ({"bag-info.txt": "Payload-Oxum: 6\n"}, "Payload-Oxum 写的是 6，实际是 6.1"),
        ({"bag-info.txt": "林晓\n"}, "bag-info.txt: 这一行没有“名称: 内容”"),
        ({"bag-info.txt": "\ufeffContact-Name: 林晓\n"}, "bag-info.txt: 以字节顺序标记（BOM）开头"),
        ({"tagmanifest-sha256.txt": f"{'0' * 64}  bagit.txt\n"}, "bagit.txt: 内容改动过"),
        ({"tagmanifest-sha256.txt": f"{'0' * 64}  bag-info.txt\n"}, "bag-info.txt: 不见了"),
        ({"tagmanifest-sha256.txt": LINE}, "“data/letter.txt”不应列在这个清单里"),
        ({"tagmanifest-sha256.txt": f"{'0' * 64}  tagmanifest-sha256.txt\n"}, "是清单自己"),
        ({"fetch.txt": "https://example.org/x 6\n"}, "fetch.txt: “https://example.org/x 6”不是 data/ 里的文件"),
        ({"fetch.txt": "https://example.org/x 6 bag-info.txt\n"}, "fetch.txt: “bag-info.txt”不是 data/ 里的文件"),
        ({"fetch.txt": "https://example.org/x - data/../x\n"}, "fetch.txt: “data/../x”指到归档包以外"),
        ({"fetch.txt": "https://example.org/x - data/x\n"}, "fetch.txt: “data/x”不在清单里"),
    ],
)
def test_these_bags_are_invalid_and_the_fault_is_named(
    beside: dict[str, str | bytes], told: str, tmp_path: Path
) -> None:
    folder = bag(tmp_path / "bag", LETTER, **beside)
    assert not is_valid(folder)
    assert any(told in message for message in messages(folder)), messages(folder)


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/etc/passwd", "是绝对路径"),
        ("\\\\server\\share", "是绝对路径"),
        ("C:/windows/x", "是绝对路径"),
        ("~/x", "指向用户的主文件夹"),
        ("~root/x", "指向用户的主文件夹"),
        ("../x", "指到归档包以外"),
        ("data/../../x", "指到归档包以外"),
        ("data/a/../b", "指到归档包以外"),
        ("data\\..\\x", "指到归档包以外"),
        ("data//x", "不是规范的路径"),
        ("data/./x", "不是规范的路径"),
        ("$HOME/x", "不应列在这个清单里"),
        ("data\\letter.txt", "不应列在这个清单里"),
    ],
)
@pytest.mark.parametrize("kind", ["", "tag"])
def test_a_path_that_leaves_the_bag_is_never_followed(path: str, why: str, kind: str, tmp_path: Path) -> None:
    if kind == "tag" and path in ("$HOME/x", "data\\letter.txt"):
        why = "不见了"  # on this system such a name is lawful beside data
    lines = f"{sha256('x')}  {path}\n"
    folder = bag(tmp_path / "bag", LETTER, **{f"{kind}manifest-sha256.txt": lines})
    assert any(why in message for message in messages(folder)), messages(folder)


@pytest.mark.parametrize("gone", ["bagit.txt", "manifest-sha256.txt"])
def test_a_bag_without_a_tag_file_that_it_must_have_is_invalid(gone: str, tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", LETTER)
    (folder / gone).unlink()
    assert any(gone in message for message in messages(folder))
    assert not is_valid(folder)


def test_a_bag_without_its_payload_folder_is_invalid(tmp_path: Path) -> None:
    folder = put(tmp_path, **{"bagit.txt": DECLARED, "manifest-sha256.txt": ""})
    assert messages(folder) == ["data: 没有 data 文件夹"]


def test_a_bag_whose_only_manifest_is_of_an_unknown_algorithm_is_invalid(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", LETTER, **{"manifest-blake9.txt": "00  data/letter.txt\n"})
    (folder / "manifest-sha256.txt").unlink()
    assert not is_valid(folder)


def test_a_folder_that_is_not_there_is_no_bag(tmp_path: Path) -> None:
    assert not is_valid(tmp_path / "nowhere")


def test_what_is_to_be_fetched_is_missing_and_said_to_be_elsewhere(tmp_path: Path) -> None:
    lines = LINE + f"{sha256('x')}  data/far.txt\n"
    beside = {"manifest-sha256.txt": lines, "fetch.txt": "https://example.org/far.txt 1 data/far.txt\n"}
    folder = bag(tmp_path / "bag", LETTER, **beside)
    assert messages(folder) == ["data/far.txt: 不在包里，fetch.txt 说要另外下载"]


def test_a_renamed_file_is_told_as_such_and_not_as_lost_and_found(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", {**LETTER, "data/form.txt": "满意"})
    (folder / "data/letter.txt").rename(folder / "data/copy.txt")
    assert messages(folder) == ["data/copy.txt: 由“data/letter.txt”改了名"]


def test_swapped_files_are_both_told(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", LETTER | {"data/form.txt": "满意"})
    put(folder, **{"data/letter.txt": "满意", "data/form.txt": "答复"})
    assert messages(folder) == [
        "data/form.txt: 里面是“data/letter.txt”的内容",
        "data/letter.txt: 里面是“data/form.txt”的内容",
    ]


# --- what only some systems can hold


@posix
def test_a_link_is_no_file_of_a_bag_wherever_it_leads(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", LETTER | {"data/form.txt": "答复"})
    (folder / "data/letter.txt").unlink()
    (folder / "data/letter.txt").symlink_to("form.txt")
    (folder / "data/outside").symlink_to(tmp_path)
    assert messages(folder) == [
        "data/letter.txt: 是链接，不是文件本身",
        "data/outside: 是链接，不是文件本身",
    ]


@posix
def test_a_pipe_in_a_bag_is_named_and_left_alone(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", LETTER)
    os.mkfifo(folder / "data/pipe")
    assert messages(folder) == ["data/pipe: 不是普通文件"]


@posix
def test_a_name_that_is_no_text_is_found_all_the_same(tmp_path: Path) -> None:
    folder = bag(tmp_path / "bag", LETTER)
    (folder / os.fsdecode(b"data/\xff.txt")).write_bytes(b"")
    assert [str(problem).isprintable() for problem in judged(folder)] == [True]


# --- another implementation


def test_a_bag_that_bagit_python_made_is_valid(tmp_path: Path) -> None:
    put(tmp_path, **{"答复.txt": "x", "附件/意见表.txt": "满意"})
    bagit.make_bag(str(tmp_path), {"Contact-Name": "林晓"}, checksums=["md5", "sha256", "sha512"])
    assert judged(tmp_path) == []
    assert reading.read(tmp_path).version == (0, 97)

    (tmp_path / "data/答复.txt").write_bytes(b"y")
    assert messages(tmp_path) == ["data/答复.txt: 内容改动过"]
