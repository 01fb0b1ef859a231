from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import OFFICE, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

CLERKS = """\
# 二〇二五年第12件
案号: '143012'                   # 七位以内
届次: 市政协十四届三次会议
案由:   优化老旧小区停车环境     # 原文如此

提案人:                          # 按签名次序
  - 林晓
  - {姓名: 程亦舟, 单位: 某公司, 电话: "60010023", 地址: ""}
分类: 城建   # 待核
答复:
    办理结果: A
    正文: |
        一、关于增加车位。今年新增200个。

        二、附表见后。
    联系人: [苏晚晴, 何知秋]
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
# 记到这里
"""
FILE = "proposals/143012.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143012": CLERKS})


def text_in(workspace: Path) -> str:
    return (workspace / FILE).read_bytes().decode()


@pytest.mark.parametrize(
    ("word", "old", "new"),
    [
        ("分类=住建", "分类: 城建   # 待核", "分类: 住建   # 待核"),
        ("案由=停车，难不难？", "案由:   优化老旧小区停车环境     # 原文如此", "案由:   停车，难不难？     # 原文如此"),
        ("案号=143099", "案号: '143012' ", "案号: '143099' "),
        ("提案人.1=陆一白", "  - 林晓\n", "  - 陆一白\n"),
        ("提案人.1.电话=60010024", "  - 林晓\n", "  - {姓名: 林晓, 电话: 60010024}\n"),
        ("提案人.2.电话=60010025", '电话: "60010023"', '电话: "60010025"'),
        ("提案人.3=陆一白", '地址: ""}\n', '地址: ""}\n  - 陆一白\n'),
        ("答复.联系人=陆一白、苏晚晴", "[苏晚晴, 何知秋]", "[陆一白, 苏晚晴]"),
        ("答复.联系人.2=陆一白", "[苏晚晴, 何知秋]", "[苏晚晴, 陆一白]"),
        ("答复.办理结果=B", "办理结果: A", "办理结果: B"),
        ("答复.签发人=周明远", "[苏晚晴, 何知秋]\n", "[苏晚晴, 何知秋]\n    签发人: 周明远\n"),
        ("答复.致谢=a=b", "[苏晚晴, 何知秋]\n", "[苏晚晴, 何知秋]\n    致谢: a=b\n"),
        ("重点=是", "    环节: 交办", "    环节: 交办"),
        ("分类=", "分类: 城建   # 待核\n", ""),
        ("提案人.1=", "  - 林晓\n", ""),
        ("答复.联系人.1=", "[苏晚晴, 何知秋]", "[何知秋]"),
    ],
)
def test_one_place_changes_and_every_other_byte_stays(workspace: Path, word: str, old: str, new: str) -> None:
    expected = CLERKS.replace(old, new) if word != "重点=是" else CLERKS.replace("# 记到这里", "重点: 是\n# 记到这里")

    run = dafu(workspace, "set", "143012", word)

    assert (run.code, run.err) == (0, "")
    assert text_in(workspace) == expected


def test_missing_parents_are_made(workspace: Path) -> None:
    dafu(workspace, "set", "143012", "再次答复.1.签发人=周明远", "建议事项=增设车位、分时共享")

    assert "建议事项: [增设车位, 分时共享]\n" in text_in(workspace)
    shown = json.loads(dafu(workspace, "show", "143012", "--json").out)
    assert shown["再次答复"][0]["签发人"] == "周明远"


def test_a_text_comes_from_a_file_relative_to_the_current_folder(workspace: Path) -> None:
    (workspace / "正文.txt").write_bytes("一、已修。\r\n二、待修。\r\n".encode("utf-8-sig"))

    run = dafu(workspace, "set", "143012", "答复.正文=@正文.txt")

    assert run.code == 0
    assert "    正文: |\n      一、已修。\n      二、待修。\n    联系人:" in text_in(workspace)


@pytest.mark.parametrize(
    ("variant", "ends"),
    [
        (CLERKS.replace("\n", "\r\n"), "\r\n"),
        ("\ufeff" + CLERKS, "\n"),
        (CLERKS.rstrip("\n"), "\n"),
        ("\ufeff" + CLERKS.replace("\n", "\r\n").rstrip("\r\n"), "\r\n"),
    ],
    ids=["CRLF", "BOM", "no final newline", "all three"],
)
def test_line_ends_byte_order_mark_and_the_missing_last_break_stay(workspace: Path, variant: str, ends: str) -> None:
    (workspace / FILE).write_bytes(variant.encode())

    run = dafu(workspace, "set", "143012", "答复.办理结果=B", "答复.签发人=周明远")

    added = f"[苏晚晴, 何知秋]{ends}    签发人: 周明远"
    assert run.code == 0
    assert text_in(workspace) == variant.replace("结果: A", "结果: B").replace("[苏晚晴, 何知秋]", added)


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("分类", "没有半角等号（写成 字段=内容）"),
        ("签发=周明远", "“签发”不是字段"),
        ("答复.签发=周明远", "“签发”不是字段（是不是“签发人”？）"),
        ("提案人.2.点话=60010023", "“点话”不是字段（是不是“电话”？）"),
        ("分类.甲=乙", "“甲”不是字段（它下面没有字段）"),
        ("提案人.0=陆一白", "“0”应当是第几项（从 1 数起）"),
        ("提案人.甲=陆一白", "“甲”应当是第几项（从 1 数起）"),
        ("提案人.9=陆一白", "“提案人.9”"),
        ("再次答复.2.签发人=周明远", "“再次答复.2"),
        ("办理过程.1.日期=2025-03-06", "办理过程不用 set 改（用 dafu track 登记，或在文件里改）"),
        ("分管领导=", "没有“分管领导”"),
        ("案由=", "案由 没有填写"),
        ("类别=议案", "类别 不能是“议案”"),
        ("期限=2025-02-30", "期限 没有“2025-02-30”这一天"),
        ("提案人.1=甲，乙", "一项里有几个名称"),
        ("案由=甲\n乙", "案由 不能换行"),
        ("案由= 甲", "案由 首尾有空格"),
        ("角色=会办", "主办单位 没有填写"),
        ("答复.正文=\x1b[31m", "“答复.正文”：第1个字是看不见的控制字符 U+001B（删去这个字符）"),
        ("答复.正文=\udcff", "“答复.正文”：第1个字是看不见的控制字符 U+DCFF（删去这个字符）"),
    ],
)
def test_what_cannot_be_is_wrong_usage_and_the_file_stays(workspace: Path, word: str, hint: str) -> None:
    run = dafu(workspace, "set", "143012", "分类=住建", word)

    assert run.code == 2
    assert hint in run.err
    assert "\x1b" not in run.err
    assert text_in(workspace) == CLERKS


def test_a_file_that_is_not_there_is_named_and_nothing_is_set(workspace: Path) -> None:
    run = dafu(workspace, "set", "143012", "答复.正文=@没有.txt")

    assert run.code == 3
    assert "没有.txt: 不能读取：找不到" in run.err
    assert text_in(workspace) == CLERKS


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("正文".encode("gbk"), "正文.txt:1: 文件是 GB18030（GBK、“ANSI”）编码，不是 UTF-8"),
        ("甲\n乙\x0c\n".encode(), "正文.txt:2: 第2个字是看不见的控制字符 U+000C"),
        (b"x" * 1_000_001, "正文.txt: 超过 1,000,000 字节的上限"),
        ("甲".encode() * 333_300, "文件太大"),
    ],
    ids=["GBK", "form feed", "too large", "too large with what is there"],
)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_set(workspace: Path, data: bytes, fault: str) -> None:
    (workspace / "正文.txt").write_bytes(data)

    run = dafu(workspace, "set", "143012", "答复.正文=@正文.txt")

    assert run.code == (2 if fault == "文件太大" else 3)
    assert fault in run.err
    assert text_in(workspace) == CLERKS


def test_a_file_is_named_as_it_is_typed_from_the_current_folder(workspace: Path) -> None:
    run = dafu(workspace, "set", "143012", "答复.正文=@没有.txt")

    assert run.err.startswith("没有.txt: ")


def test_the_number_of_another_record_is_refused(workspace: Path) -> None:
    (workspace / "proposals/143013.yaml").write_text(CLERKS.replace("143012", "143013"), encoding="utf-8")

    run = dafu(workspace, "set", "143012", "案号=143013")

    assert run.code == 4
    assert "143013.yaml：已经有这一件了" in run.err
    assert text_in(workspace) == CLERKS


def test_a_dry_run_shows_the_change_and_writes_nothing(workspace: Path) -> None:
    run = dafu(workspace, "set", "143012", "答复.办理结果=B", "-n")

    assert run.out.splitlines() == ["-    办理结果: A", "+    办理结果: B", f"{FILE}（没有写文件）"]
    assert text_in(workspace) == CLERKS


def test_the_change_is_shown(workspace: Path) -> None:
    assert dafu(workspace, "set", "143012", "分类=").out.splitlines() == ["-分类: 城建   # 待核", FILE]


def test_a_record_with_faults_is_not_touched(workspace: Path) -> None:
    broken = CLERKS.replace("分类: 城建", "分类：城建")
    (workspace / FILE).write_text(broken, encoding="utf-8")

    run = dafu(workspace, "set", "143012", "案由=甲")

    assert run.code == 3
    assert f"{FILE}:9: 分类 键后面是全角冒号" in run.err
    assert text_in(workspace) == broken


def test_rare_characters_are_kept_byte_for_byte(workspace: Path) -> None:
    names = ["李䶮", "𠮷田", "葛\U000e0100城", "阿卜杜·热合曼", "一㐀"]
    for name in names:
        assert dafu(workspace, "set", "143012", f"提案人.1={name}").code == 0
        assert text_in(workspace) == CLERKS.replace("林晓", name)


# --- numbers that other papers bear

NUMBERED = CLERKS.replace("'143012'", "143013").replace("办理结果: A", "发文字号: 东商〔2025〕7号")
OPINION = """\
案号: 143014
届次: 市政协十四届三次会议
案由: 优化夜市管理
提案人: [林晓]
角色: 会办
主办单位: 市民政局
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
"""
AUTOMATIC = "发文字号: {会办意见: {代字: 东商提函, 自动: 是}}\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, f"{OFFICE}{AUTOMATIC}", **{"143012": CLERKS, "143013": NUMBERED, "143014": OPINION})


def test_a_number_that_another_paper_bears_is_refused(office: Path) -> None:
    run = dafu(office, "set", "143012", "答复.发文字号=东商〔2025〕7号")

    assert run.code == 4
    assert "东商〔2025〕7号 已经用在 市/提案/市政协十四届三次会议/143013 上" in run.err
    assert text_in(office) == CLERKS


def test_the_number_that_a_record_bears_already_stays_its_own(office: Path) -> None:
    assert dafu(office, "set", "143013", "答复.发文字号=东商〔2025〕7号", "分类=住建").code == 0
    assert dafu(office, "set", "143012", "答复.发文字号=东商〔2025〕8号").code == 0


def test_a_new_record_cannot_bring_a_number_that_is_taken(office: Path) -> None:
    words = ("届次=市政协十四届三次会议", "案由=增设夜市", "提案人=林晓", "答复.发文字号=东商〔2025〕7号")

    assert dafu(office, "new", "143099", *words).code == 4
    assert not list(office.rglob("143099.yaml"))


@pytest.mark.parametrize("word", ["案号=143098", "类别=建议", "层级=省", "届次=市政协十四届四次会议"])
def test_a_record_with_an_automatic_number_keeps_what_the_register_knows_it_by(office: Path, word: str) -> None:
    for event in (("签发", "签发人=周明远"), ("印发", "发文字号=自动")):
        assert dafu(office, "track", "143014", *event).code == 0
    run = dafu(office, "set", "143014", word)

    assert run.code == 4
    assert "东商提函〔2025〕1号 已经按这个案号取过" in run.err
    assert dafu(office, "set", "143014", "案由=改写过的案由").code == 0


def test_after_its_number_is_voided_a_record_may_be_renamed(office: Path) -> None:
    for event in (("签发", "签发人=周明远"), ("印发", "发文字号=自动")):
        dafu(office, "track", "143014", *event)
    assert dafu(office, "numbers", "void", "东商提函〔2025〕1号", "原因=案号登错").code == 0

    assert dafu(office, "set", "143014", "案号=143098").code == 0
