from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dafu.desk.words import Assignment, assignments
from dafu.errors import UnusableError, WrongUsageError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("word", "path", "value"),
    [
        ("案由=a=b==c", ("案由",), "a=b==c"),
        ("案由=", ("案由",), ""),
        ("案由=＝", ("案由",), "＝"),
        ("提案人=林晓、程亦舟", ("提案人",), ["林晓", "程亦舟"]),
        ("提案人=林晓、 程亦舟 、", ("提案人",), ["林晓", "程亦舟"]),
        ("提案人=阿卜杜·热合曼", ("提案人",), ["阿卜杜·热合曼"]),
        ("提案人.1=林晓", ("提案人", 0), "林晓"),
        ("提案人.10.电话=1", ("提案人", 9, "电话"), "1"),
        ("提案人=", ("提案人",), ""),
        ("案由=甲、乙", ("案由",), "甲、乙"),
        ("再次答复.1.抄送=甲、乙", ("再次答复", 0, "抄送"), ["甲", "乙"]),
        ("答复.正文=第一行\n第二行\n", ("答复", "正文"), "第一行\n第二行\n"),
        ("案由=甲@乙", ("案由",), "甲@乙"),
    ],
)
def test_a_word_splits_at_its_first_equals_sign(
    word: str, path: tuple[str | int, ...], value: Any, tmp_path: Path
) -> None:
    key = word.partition("=")[0]
    assert assignments([word], tmp_path) == [Assignment(key, path, value)]


def test_a_list_comes_from_a_file_too(tmp_path: Path) -> None:
    (tmp_path / "抄送.txt").write_text("甲、乙", encoding="utf-8")

    (one,) = assignments(["答复.抄送=@抄送.txt"], tmp_path)

    assert one.value == ["甲", "乙"]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("案由", "“案由”里没有半角等号（写成 字段=内容）"),
        ("案由＝甲", "“案由＝甲”里没有半角等号（写成 字段=内容）"),
        ("=甲", "“”：“”不是字段"),
        ("案因=甲", "“案因”：“案因”不是字段（是不是“案由”？）"),
        ("签发人=甲", "“签发人”：“签发人”不是字段（是不是“答复.签发人”？）"),
        ("答复.联系方式=1", "“答复.联系方式”：“联系方式”不是字段（是不是“联系人”？）"),
        ("答复..签发人=1", "“答复..签发人”：“”不是字段"),
        ("提案人.-1=甲", "“提案人.-1”：“-1”应当是第几项（从 1 数起）"),
        ("提案人.一=甲", "“提案人.一”：“一”应当是第几项（从 1 数起）"),
        ("提案人.²=甲", "“提案人.²”：“²”应当是第几项（从 1 数起）"),
        ("提案人.1.电话.2=1", "“提案人.1.电话.2”：“2”不是字段（它下面没有字段）"),
        ("办理过程=", "“办理过程”：办理过程不用 set 改"),
        ("办理过程.1.对象=甲", "“办理过程.1.对象”：办理过程不用 set 改"),
    ],
)
def test_a_word_that_names_no_place_says_why(word: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsageError) as wrong:
        assignments([word], tmp_path)

    assert str(wrong.value).startswith(sentence)


@pytest.mark.parametrize("name", ["没有.txt", ".", "管道"])
def test_only_a_regular_file_is_read(name: str, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "管道")

    with pytest.raises(UnusableError, match=r"不能读取|不是普通文件|不予读取"):
        assignments([f"案由=@{name}"], tmp_path)
