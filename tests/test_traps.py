"""Broken files and hostile folders, end to end: `dafu check` in a process of its own names each by its real cause."""

from __future__ import annotations

import codecs
import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import docx
import pytest

from commands import dafu
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 10  # a fault limit for any input, not a measure
MEMORY = 1_000_000_000
Findings = dict[str, list[dict[str, Any]]]

# name: (text, or what stands behind the four required keys), line, field, cause, cure
ENCODINGS: dict[str, tuple[bytes, int | None, str, str]] = {
    "GBK": (RECORD.encode("gbk"), 1, "GB18030（GBK、“ANSI”）编码", "另存为 UTF-8"),
    "GB18030的罕用字": (RECORD.replace("晓", "䶮").encode("gb18030"), 1, "GB18030", "另存为 UTF-8"),
    "UTF-16": (codecs.BOM_UTF16_LE + RECORD.encode("utf-16-le"), 1, "UTF-16 编码（记事本叫“Unicode”）", "另存为 UTF-8"),
    "UTF-16无标记": (RECORD.encode("utf-16-be"), 1, "UTF-16", "另存为 UTF-8"),
    "坏了一个字节": (
        RECORD.encode().replace("夜".encode(), b"\xe5\xa4"),
        3,
        "不是 UTF-8，此处可能已损坏",
        "另存为 UTF-8",
    ),
    "空文件": (b"", 1, "没有内容", "写上"),
    "二进制": (bytes(range(256)), 2, "第129个字节 0x80 不是 UTF-8", "另存为 UTF-8"),
    "超过一兆": (RECORD.encode() + b"# x\n" * 250_000, None, "上限", "选错了文件"),
}
WRITING: dict[str, tuple[str, int, str, str, str]] = {
    "全角冒号": ("分类：经济\n", 5, "分类", "全角冒号“：”", "半角冒号加一个空格"),
    "冒号后无空格": ("分类:经济\n", 5, "分类", "少一个半角空格", "半角冒号加一个空格"),
    "制表符": ("答复:\n\t签发人: 周明远\n", 6, "", "制表符（Tab 键）", "改成空格"),
    "全角空格缩进": ("答复:\n　　签发人: 周明远\n", 6, "　　签发人", "全角空格", "改成半角空格"),
    "不断行空格缩进": ("答复:\n\xa0\xa0签发人: 周明远\n", 6, "\xa0\xa0签发人", "不断行空格", "改成半角空格"),
    "缩进对不齐": ("答复:\n    签发人: 周明远\n  办理结果: A\n", 7, "", "对不齐", "左边对齐"),
    "重复的键": ("分类: 经济\n分类: 城建\n", 6, "分类", "写了两次（第5行、第6行）", "只留一处"),
    "看不见的重复": ("分类: 经济\n分\u200b类: 城建\n", 6, "分\u200b类", "看起来一样", "只留一处"),
    "引用": ("分类: &a 经济\n分管领导: *a\n", 5, "", "不能用 & 做记号", "加引号"),
    "星号": ("分类: **重点**\n", 5, "分类", "不能以“*”开头", "英文引号"),
    "并入": ("答复:\n  <<: {签发人: 周明远}\n", 6, "答复.<<", "不能用 << 并入", "把内容写全"),
    "类型标记": ("期限: !!timestamp 2025-08-31\n", 5, "", "类型标记", "删去标记"),
    "对象标记": ("分类: !!python/object/apply:os.system ls\n", 5, "", "类型标记", "删去标记"),
    "几份内容": ("---\n案号: 2\n", 5, "", "几份内容", "一份记录一个文件"),
    "指令": ("%YAML 1.1\n", 5, "", "指令", "删去这一行"),
    "控制字符": ("分类: 经\x07济\n", 5, "", "U+0007", "删去这个字符"),
    "空字符": ("分类: 经\x00济\n", 5, "", "U+0000", "删去这个字符"),
    "下一行符": ("分类: 经\x85济\n", 5, "", "U+0085", "删去这个字符"),
    "行分隔符": ("分类: 经\u2028济\n", 5, "", "U+2028", "删去这个字符"),
    "转义的控制字符": ('分类: "经\\e济"\n', 5, "分类", "控制字符", "删去它"),
    "冲突标记": ("<<<<<<< HEAD\n分类: 甲\n=======\n分类: 乙\n>>>>>>> 他\n", 5, "", "合并冲突", "删去三行标记"),
    "中文引号": ("分类: “经济: 商贸”\n", 5, "分类", "中文引号", "英文引号"),
    "引号没有合上": ('分类: "经济\n分管领导: 周明远\n', 5, "", "没有合上", "补上同样的引号"),
    "括号没有合上": ("会办单位: [市财政局\n", 5, "", "没有合上", "补上 ]"),
    "括号里全角逗号": ("角色: 主办\n会办单位: [市财政局，市住建局]\n", 6, "会办单位.1", "几个名称", "单独作为一项"),
    "保留的首字": ("分类: @经济\n", 5, "分类", "不能以“@”开头", "英文引号"),
    "井号截断": ("分类: 经济 #商贸\n", 5, "分类", "变成了注释", "英文引号"),
    "列表无空格": ("建议事项:\n  -增设夜市\n", 6, "", "半角空格", "- 内容"),
    "嵌套过深": (f"建议事项: {'[' * 2000}{']' * 2000}\n", 5, "", "嵌套超过20层", "括号"),
}
MEANING: dict[str, tuple[str, int, str, str, str]] = {
    "不是字段": ("签发: 周明远\n", 5, "签发", "不是字段", "可用的字段：案号、"),
    "下级不是字段": ("答复:\n  签发: 周明远\n", 6, "答复.签发", "不是字段", "是不是“签发人”？"),
    "没有这一天": ("期限: 2025-02-29\n", 5, "期限", "没有“2025-02-29”这一天", "核对月份和日数"),
    "三十一日": ("答复:\n  成文日期: 2025-09-31\n", 6, "答复.成文日期", "这一天", "核对"),
    "汉字日期": ("期限: 2025年8月31日\n", 5, "期限", "不是日期", "2025-03-05"),
    "全角数字日期": ("期限: ２０２５-０８-３１\n", 5, "期限", "不是日期", "2025-03-05"),
    "斜杠日期": ("期限: 2025/8/31\n", 5, "期限", "不是日期", "2025-03-05"),
    "办理的日期": ("办理过程:\n  - {日期: 2025-13-01, 环节: 交办}\n", 6, "办理过程.1.日期", "这一天", "核对"),
    "英文的是": ("重点: yes\n", 5, "重点", "不能是“yes”", "是、否"),
    "英文的空": ("角色: null\n", 5, "角色", "不能是“null”", "独办、主办、分办、会办、参阅"),
    "波浪号": ("重点: ~\n", 5, "重点", "不能是“~”", "是、否"),
    "不在词表": ("答复:\n  公开: 公开\n", 6, "答复.公开", "不能是“公开”", "主动公开、依申请公开、不予公开"),
    "办理结果": ("答复:\n  办理结果: E\n", 6, "答复.办理结果", "不能是“E”", "A、B、C、D"),
    "列表写成文字": ("建议事项: 增设夜市\n", 5, "建议事项", "应当是列表", "“- ”开头"),
    "文字写成列表": ("分类: [经济]\n", 5, "分类", "应当是一段文字", "键: 文字"),
    "组写成文字": ("答复: 已办\n", 5, "答复", "应当是“键: 值”", "缩进"),
    "一项几个名称": ("会办单位: [市财政局、市住建局]\n角色: 主办\n", 5, "会办单位.1", "几个名称", "单独作为一项"),
    "一项是空的": ("建议事项: [增设夜市, '']\n", 5, "建议事项.2", "是空的", "删去这一项"),
    "换行": ("分类: |\n  甲\n  乙\n", 5, "分类", "不能换行", "写在一行内"),
    "首尾全角空格": ("分类: 经济　\n", 5, "分类", "首尾有空格", "全角空格"),
    "会办无主办": ("角色: 会办\n", 5, "主办单位", "没有填写", "补上“主办单位"),
    "独办有会办": ("会办单位: [市财政局]\n", 5, "会办单位", "角色是独办", "改为主办"),
    "会办定结果": ("角色: 会办\n主办单位: 市财政局\n答复: {办理结果: A}\n", 7, "答复.办理结果", "不定办理结果", "删去"),
    "不公开无理由": ("答复:\n  公开: 不予公开\n", 6, "答复.公开理由", "没有填写", "补上“公开理由"),
    "两份正文": ("答复:\n  正文: 甲\n  正文文件: 甲.txt\n", 7, "答复.正文文件", "同“正文”只能有一个", "删去其中一个"),
    "没有正文文件": ("答复:\n  正文文件: 没有.txt\n", 6, "答复.正文文件", "找不到", "核对文件名"),
    "正文文件在外面": ("答复:\n  正文文件: ../../外面.txt\n", 6, "答复.正文文件", "工作区以外", "放进工作区"),
    "绝对路径": ("答复:\n  正文文件: /etc/passwd\n", 6, "答复.正文文件", "不是相对路径", "所在的文件夹写起"),
    "并入自己": ('并案: ["143069"]\n', 5, "并案", "自己的案号", "其他案号"),
    "环节无此键": (
        "办理过程:\n  - {日期: 2025-03-05, 环节: 签收, 签发人: 周明远}\n",
        6,
        "办理过程.1.签发人",
        "不是字段",
        "",
    ),
    "环节缺键": ("办理过程:\n  - {日期: 2025-03-05, 环节: 签发}\n", 6, "办理过程.1.签发人", "没有填写", "补上"),
    "环节不识": ("办理过程:\n  - {日期: 2025-03-05, 环节: 签字}\n", 6, "办理过程.1.环节", "不能是“签字”", "签发"),
}
WHOLE = {  # the whole record
    "最外层是列表": "- 案号: 1\n- 届次: 某会\n",
    "没有必填的": "案号: 1\n届次:\n",
    "案号有斜杠": RECORD.replace("143069", "a/b"),
    "案号太长": RECORD.replace("143069", "1" * 41),
    "提案人两者都有": RECORD.replace("[林晓]", "[{姓名: 林晓, 团体: 民革市委会}]"),
    "提案人一项两名": RECORD.replace("[林晓]", "[林晓、程亦舟]"),
    "亿笑": "a: &a [哈,哈,哈,哈,哈,哈,哈,哈,哈]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)),
}
WHOLE_FAULTS: dict[str, tuple[int, str, str, str]] = {
    "最外层是列表": (1, "", "最外层不是一组“键: 值”", "每行写一个键"),
    "没有必填的": (1, "案由", "没有填写", "补上“案由: …”一行"),
    "案号有斜杠": (1, "案号", "不能作文件名", "不用 / "),
    "案号太长": (1, "案号", "有41个字", "最多40个字"),
    "提案人两者都有": (4, "提案人.1", "“姓名”或“团体”中的一个", "个人写“姓名”"),
    "提案人一项两名": (4, "提案人.1", "几个名称", "单独作为一项"),
    "亿笑": (1, "", "不能用 & 做记号", "删去记号"),
}


def limited() -> None:
    """Hold the process to the memory that any input may take."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def checked(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `dafu check` in *folder* as a process of its own, within its limits of time and memory."""
    command = [sys.executable, "-m", "dafu", "check", *words]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
        preexec_fn=limited,
    )


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Check a workspace of nothing but broken records, and return what was found in each, by its name."""
    folder = make_workspace(tmp_path_factory.mktemp("broken"))
    (folder.parent / "外面.txt").write_text("外面", encoding="utf-8")
    files = {name: data for name, (data, *_) in ENCODINGS.items()}
    files |= {name: (RECORD + more).encode() for name, (more, *_) in (WRITING | MEANING).items()}
    files |= {name: text.encode() for name, text in WHOLE.items()}
    for name, data in files.items():
        (folder / f"proposals/{name}.yaml").write_bytes(data)
    run = checked(folder, "--json")
    assert (run.returncode, run.stderr) == (3, "")
    found: Findings = {}
    for entry in json.loads(run.stdout):
        found.setdefault(entry["文件"].removeprefix("proposals/").removesuffix(".yaml"), []).append(entry)
    return found


def assert_named(found: list[dict[str, Any]], line: int | None, field: str, cause: str, cure: str) -> None:
    first = found[0]
    assert (first["行"], first["字段"] or "") == (line, field)
    assert cause in first["说明"]
    assert cure in (first["改法"] or "")
    assert {entry["级别"] for entry in found} == {"错误"}


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_file_that_is_no_text_is_named_with_what_it_is(findings: Findings, name: str) -> None:
    _, line, cause, cure = ENCODINGS[name]
    assert_named(findings[name], line, "", cause, cure)


@pytest.mark.parametrize("name", [*WRITING, *MEANING])
def test_a_trap_is_named_by_its_real_cause_at_its_line_with_the_cure(findings: Findings, name: str) -> None:
    assert_named(findings[name], *(WRITING | MEANING)[name][1:])


@pytest.mark.parametrize("name", WHOLE)
def test_a_record_broken_as_a_whole_is_named_too(findings: Findings, name: str) -> None:
    assert_named(findings[name], *WHOLE_FAULTS[name])


@pytest.mark.parametrize("name", [*WRITING, *MEANING])
def test_one_slip_is_one_fault(findings: Findings, name: str) -> None:
    several = {"冲突标记": 3, "引用": 2, "看不见的重复": 2}
    assert len(findings[name]) == several.get(name, 1)


def test_no_broken_file_is_left_out(findings: Findings) -> None:
    assert set(findings) == {*ENCODINGS, *WRITING, *MEANING, *WHOLE}


# Whatever lies in the folder ------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "单位", **{"143069": RECORD})


def test_special_files_are_named_and_left_alone(workspace: Path) -> None:
    proposals = workspace / "proposals"
    os.mkfifo(proposals / "管道.yaml")
    (proposals / "设备.yaml").symlink_to("/dev/zero")
    (proposals / "断了.yaml").symlink_to(proposals / "没有.yaml")
    (proposals / "绕圈.yaml").symlink_to(proposals / "绕圈.yaml")
    (workspace.parent / "外面.yaml").write_text(RECORD, encoding="utf-8")
    (proposals / "外面.yaml").symlink_to(workspace.parent / "外面.yaml")
    (proposals / "外面的文件夹").symlink_to(workspace.parent)

    run = checked(workspace, "--json")

    named = {entry["文件"].removeprefix("proposals/") for entry in json.loads(run.stdout) if entry["级别"] != "提示"}
    assert run.returncode == 3
    assert named == {"管道.yaml", "设备.yaml", "断了.yaml", "绕圈.yaml", "外面.yaml", "外面的文件夹"}
    assert run.stderr == ""


@pytest.mark.parametrize("name", ["管道", "设备", "断了"])
def test_a_special_file_given_as_a_path_is_refused(workspace: Path, name: str) -> None:
    os.mkfifo(workspace / "管道.yaml")
    (workspace / "设备.yaml").symlink_to("/dev/zero")
    (workspace / "断了.yaml").symlink_to(workspace / "没有.yaml")

    run = checked(workspace, f"{name}.yaml", "--json")

    assert run.returncode == 3
    assert [entry["文件"] for entry in json.loads(run.stdout)] == [f"{name}.yaml"]


def test_leftovers_of_editors_are_never_records(workspace: Path) -> None:
    for name in ("~$143069.yaml", ".143069.yaml", "143069.yaml~", "143069.yaml.bak", "143069.bak", "说明.txt"):
        (workspace / "proposals" / name).write_text(RECORD, encoding="utf-8")

    run = checked(workspace, "--json")

    assert run.returncode == 0
    assert {entry["文件"] for entry in json.loads(run.stdout)} == {"proposals/143069.yaml"}
    assert {entry["级别"] for entry in json.loads(run.stdout)} == {"提示"}


def test_copies_are_reported_and_never_records(workspace: Path) -> None:
    copies = {
        "143069 副本.yaml",
        "143069 - 副本.yaml",
        "143069 - 副本 (2).yaml",
        "143069(1).yaml",
        "143069 (1).yaml",
        "143069 - Copy.yaml",
        "143069 (张三的冲突副本 2025-03-05).yaml",
        "143069.sync-conflict-20250305-101500-ABCDEFG.yaml",
    }
    for name in copies:
        (workspace / "proposals" / name).write_text(RECORD, encoding="utf-8")

    run = checked(workspace, "--json")

    reported = {entry["文件"]: entry["说明"] for entry in json.loads(run.stdout) if entry["级别"] == "警告"}
    assert run.returncode == 0
    assert set(reported) == {f"proposals/{name}" for name in copies}
    assert all("副本，没有读取" in words for words in reported.values())


def test_records_of_any_name_are_read_and_their_names_are_printed_safely(workspace: Path) -> None:
    names = {
        b"a\nb\x1b[31m.yaml": r"a\nb\x1b[31m.yaml",
        "甲\u202eLMAY.yaml".encode(): r"甲\u202eLMAY.yaml",
        b"x" * 200 + b".yaml": "x" * 200 + ".yaml",
        "政".encode() * 80 + b".yaml": "政" * 80 + ".yaml",
        b"-n.yaml": "-n.yaml",
        "中文.yaml".encode("gbk"): r"\udcd6\udcd0\udcce\udcc4.yaml",
    }
    for name in names:
        with (workspace / "proposals").joinpath(os.fsdecode(name)).open("w", encoding="utf-8") as file:
            file.write("案号: 2\n")

    run = checked(workspace)

    shown = {line.partition(":")[0] for line in run.stdout.splitlines() if "届次 没有填写" in line}
    assert run.returncode == 3
    assert shown == {f"proposals/{name}" for name in names.values()}


def test_a_folder_with_the_name_of_a_record_is_a_folder(workspace: Path) -> None:
    (workspace / "proposals/x.yaml").mkdir()
    (workspace / "proposals/x.yaml/31.yaml").write_text(RECORD.replace("143069", "31"), encoding="utf-8")

    assert checked(workspace, "31").returncode == 0


@pytest.mark.parametrize("name", ["管道", "设备"])
def test_the_office_file_is_only_read_when_it_is_a_file(workspace: Path, name: str) -> None:
    (workspace / "dafu.yaml").unlink()
    if name == "管道":
        os.mkfifo(workspace / "dafu.yaml")
    else:
        (workspace / "dafu.yaml").symlink_to("/dev/zero")

    assert checked(workspace).returncode == 3


def test_a_workspace_whose_records_have_vanished_is_refused(workspace: Path) -> None:
    (workspace / "proposals/143069.yaml").unlink()
    (workspace / "proposals").rmdir()

    run = checked(workspace)

    assert run.returncode == 3
    assert "文件夹不在了" in run.stderr


# Limits of size, time and memory --------------------------------------------------------------------------------

BOMBS = {
    "括号不合": "分类: " + "[" * 300_000,
    "括号成对": "分类: " + "{a: " * 150_000 + "}" * 150_000,
    "逐层缩进": "".join(" " * n + "a:\n" for n in range(1_200)),
    "列表套列表": "建议事项:\n" + "- " * 300_000,
    "问号": "? " * 300_000,
    "亿笑": "".join(f"a{n}: &a{n} [*a{n - 1},*a{n - 1}]\n" for n in range(1, 10_000)),
    "重复的键": "分类: 甲\n" * 20_000,
    "空行": "\n" * 900_000,
    "制表符": "\t" * 900_000,
    "一行": "分类: " + "甲" * 300_000,
    "井号": "分类: 甲" + " #乙" * 150_000,
    "冒号": "分类: " + "甲:" * 200_000,
    "转义": '分类: "' + "\\\\" * 300_000,
    "大数": "期限: " + "9" * 900_000,
    "表格": "答复:\n  正文: |\n    有。\n" + "    |甲|\n" * 30_000,
    "加粗": "答复:\n  正文: 。" + "**a" * 200_000,
    "缺": "答复:\n  正文: " + "【缺：" * 90_000 + "。",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_time_and_memory(workspace: Path, name: str) -> None:
    (workspace / "proposals/143069.yaml").write_text(RECORD + BOMBS[name], encoding="utf-8")

    run = checked(workspace)

    assert run.returncode in (0, 1, 3), run.stderr
    assert "意料之外" not in run.stderr


# Rare characters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["李䶮", "𠮷田", "葛\U000e0100城", "阿卜杜·热合曼", "一㐀", "瑠\ufe00璃", "⺼肉"])
def test_a_rare_character_is_the_same_in_record_and_letter(workspace: Path, name: str) -> None:
    assert dafu(workspace, "set", "143069", f"提案人.1={name}", f"答复.正文=感谢{name}。").code == 0

    run = dafu(workspace, "draft", "143069")

    printed = [paragraph.text for paragraph in docx.Document(str(workspace / run.out.strip())).paragraphs]
    assert f"尊敬的{name}委员：" in printed
    assert f"感谢{name}。" in printed
    assert f"提案人: [{name}]\n".encode() in (workspace / "proposals/143069.yaml").read_bytes()
