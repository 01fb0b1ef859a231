"""`dafu compare` as a clerk types it: what it prints, writes and answers, with real files of LibreOffice."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from pypdf import PdfWriter

from commands import dafu
from dafu import preview
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REPLY = """\
答复:
  发文字号: 东商〔2025〕67号
  签发人: 周明远
  办理结果: A
  公开: 主动公开
  成文日期: 2025-08-26
  印发日期: 2025-08-27
  正文: |
    去年以来，夜市已有26处开放，其中东街12处、西街14处，全部配有照明、给水和垃圾收集设施，周边居民比较满意。
    一、关于增加摊位
    （一）选址。今年再增加12处摊位，**九月底前**完成，选址见下表：
    | 街道 | 摊位（处） | 说明 |
    | --- | --- | --- |
    | 东街 | 5 | 沿河步道，离居民楼较远，不影响居民夜间休息 |
    | 西街 | 7 | 旧货市场 |
    二、关于管理时间
    每日18时至24时开放，由市城管局会同街道巡查。
  附件: [征询意见表]
  联系电话: "60010023"
  联系人: [陆衡, 沈嘉]
"""
FIRST = REPLY.split("正文: |\n")[1].splitlines()[0].strip()
LETTER = "replies/2025/143069/答复.docx"
needs_office = pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path, **{"143069": RECORD + REPLY})
    assert dafu(folder, "draft", "143069").code == 0
    return folder


def reword(path: Path, old: str, new: str) -> None:
    document = docx.Document(str(path))
    for one in document.paragraphs:
        for run in one.runs:
            run.text = run.text.replace(old, new)
    document.save(str(path))


def test_an_equal_letter_is_said_to_be_equal(workspace: Path) -> None:
    seen = dafu(workspace, "compare", "143069", LETTER)

    assert (seen.code, seen.out, seen.err) == (0, "", "同记录一致\n")


def test_a_difference_is_one_line_with_its_cure_and_exit_code_1(workspace: Path) -> None:
    reword(workspace / LETTER, "26处", "27处")
    seen = dafu(workspace, "compare", "143069", LETTER)

    assert seen.code == 1
    assert seen.out == (
        f"{LETTER}: 正文第1段 警告：文件里改成了：去年以来，夜市已有〔-26-〕〔+27+〕处开放，其中东街…"
        "（以文件为准，dafu compare --accept；以记录为准，移走这个文件再 draft）\n"
    )
    assert seen.err == "警告 1\n"


def test_json_has_both_wordings(workspace: Path) -> None:
    reword(workspace / LETTER, "周明远", "何静")
    seen = dafu(workspace, "compare", "143069", LETTER, "--json")

    assert seen.code == 1
    (entry,) = json.loads(seen.out)
    assert list(entry) == ["文件", "行", "字段", "代码", "级别", "说明", "改法", "记录", "文件中"]
    assert (entry["文件"], entry["行"], entry["字段"], entry["代码"]) == (LETTER, None, "答复.签发人", "C105")
    assert (entry["级别"], entry["记录"], entry["文件中"]) == ("错误", "周明远", "何静")


def test_an_open_comment_is_a_difference_and_a_settled_one_only_a_notice(workspace: Path) -> None:
    path = workspace / LETTER
    document = docx.Document(str(path))
    (body,) = (one for one in document.paragraphs if one.text.startswith("去年以来"))
    document.add_comment(body.runs, text="请核实", author="何静")
    document.save(str(path))
    seen = dafu(workspace, "compare", "143069", LETTER)
    assert seen.code == 1
    assert "上的批注：“请核实”（何静" in seen.out

    settle(path)
    seen = dafu(workspace, "compare", "143069", LETTER)
    assert (seen.code, seen.err) == (0, "提示 1\n")


def settle(path: Path) -> None:
    """Tick off the comment of a letter as Word does: by a part that names the comment's paragraph."""
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    old, target = path.read_bytes(), BytesIO()
    with zipfile.ZipFile(BytesIO(old)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/comments.xml":
                part = re.sub(rb"<w:p(?=[ >])", f'<w:p {w14} w14:paraId="0A"'.encode(), part, count=1)
            package.writestr(name, part)
        ticked = f'<w15:commentsEx {w15}><w15:commentEx w15:paraId="0A" w15:done="1"/></w15:commentsEx>'
        package.writestr("word/commentsExtended.xml", ticked)
    path.write_bytes(target.getvalue())


def test_the_clerks_way_from_word_back_to_a_fresh_draft(workspace: Path) -> None:
    reword(workspace / LETTER, "26处", "27处")
    record = workspace / "proposals/143069.yaml"
    before = record.read_text(encoding="utf-8")
    assert dafu(workspace, "draft", "143069").code == 4

    rehearsal = dafu(workspace, "compare", "143069", LETTER, "--accept", "-n")
    assert (rehearsal.code, record.read_text(encoding="utf-8")) == (0, before)
    assert rehearsal.out.splitlines()[0].startswith("-    去年以来，夜市已有26处")
    assert rehearsal.out.splitlines()[-1] == "proposals/143069.yaml（没有写文件）"

    done = dafu(workspace, "compare", "143069", LETTER, "--accept")
    assert (done.code, done.err) == (0, "同记录一致\n")
    assert done.out.splitlines()[-1] == "proposals/143069.yaml"
    assert record.read_text(encoding="utf-8") == before.replace("26处", "27处")

    assert dafu(workspace, "draft", "143069").code == 0
    assert dafu(workspace, "compare", "143069", LETTER).code == 0
    assert dafu(workspace, "undo", "143069").code == 0
    assert record.read_text(encoding="utf-8") == before


def test_what_was_not_taken_stays_listed_with_exit_code_1(workspace: Path) -> None:
    reword(workspace / LETTER, "26处", "27处")
    reword(workspace / LETTER, "周明远", "何静")
    seen = dafu(workspace, "compare", "143069", LETTER, "--accept", "--json")

    assert seen.code == 1
    assert [(one["代码"], one["采纳"]) for one in json.loads(seen.out)] == [("C105", False), ("C122", True)]
    assert "27处" in (workspace / "proposals/143069.yaml").read_text(encoding="utf-8")


def test_a_letter_as_mere_text_is_compared_and_gives_no_body(workspace: Path) -> None:
    document = docx.Document(str(workspace / LETTER))
    rows = ["".join(cell.text for cell in row.cells) for row in document.tables[0].rows]
    lines = [one.text for one in document.paragraphs]
    at = next(n for n, line in enumerate(lines) if line.startswith("二、"))
    lines[at:at] = rows
    lines += [cell.text for row in document.tables[-1].rows for cell in row.cells]
    (workspace / "答复.txt").write_text("\n".join(lines).replace("26处", "27处"), encoding="utf-8")
    seen = dafu(workspace, "compare", "143069", "答复.txt", "--json")

    assert [(one["代码"], one["字段"]) for one in json.loads(seen.out)] == [("C122", "正文第1段")]
    refused = dafu(workspace, "compare", "143069", "答复.txt", "--accept")
    assert (refused.code, "分不清段落" in refused.err) == (4, True)


def test_a_file_that_is_none_of_ours_is_named_with_exit_code_3(workspace: Path) -> None:
    pictures = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(pictures)
    (workspace / "扫描.pdf").write_bytes(pictures.getvalue())
    (workspace / "坏的.docx").write_bytes(b"PK\x03\x04 no more")

    for name, told in {"扫描.pdf": "扫描件", "坏的.docx": "损坏", "没有.docx": "没有"}.items():
        seen = dafu(workspace, "compare", "143069", name)
        assert (seen.code, seen.out) == (3, "")
        assert name in seen.err
        assert told in seen.err


def test_no_part_of_a_broken_package_gives_a_traceback(workspace: Path) -> None:
    whole = (workspace / LETTER).read_bytes()
    sound = '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    for part in ("word/commentsExtended.xml", "word/comments.xml", "word/header9.xml"):
        target = BytesIO(whole)
        with zipfile.ZipFile(target, "a") as package:
            for name, content in ({"word/comments.xml": sound} | {part: "<broken"}).items():
                package.writestr(name, content)
        (workspace / "坏的.docx").write_bytes(target.getvalue())
        seen = dafu(workspace, "compare", "143069", "坏的.docx")
        assert seen.code == 3
        assert "已经损坏" in seen.err


# --- files of LibreOffice


@pytest.fixture(scope="module")
def convert() -> Callable[[Path, str], Path]:
    """Give a call that lets LibreOffice save a file in another format beside it."""

    def run(path: Path, form: str) -> Path:
        folder = path.parent / "converted"
        profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
        command = [
            str(preview.office()),
            profile,
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(folder),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return folder / path.with_suffix(f".{form}").name

    return run


@pytest.mark.office
@needs_office
def test_a_letter_saved_again_by_libreoffice_is_equal(workspace: Path, convert: Callable[[Path, str], Path]) -> None:
    saved = convert(workspace / LETTER, "docx")

    assert dafu(workspace, "compare", "143069", str(saved)).err == "同记录一致\n"


@pytest.mark.office
@needs_office
def test_a_body_edited_and_saved_by_libreoffice_is_taken_whole(
    workspace: Path, convert: Callable[[Path, str], Path]
) -> None:
    record = workspace / "proposals/143069.yaml"
    before = record.read_text(encoding="utf-8")
    reword(workspace / LETTER, "九月底前", "十月底前")
    saved = convert(workspace / LETTER, "docx")

    assert dafu(workspace, "compare", "143069", str(saved), "--accept").code == 0
    assert record.read_text(encoding="utf-8") == before.replace("九月底前", "十月底前")


UNGRADED = REPLY.replace("  办理结果: A\n", "")
LATER = """\
再次答复:
  - 发文字号: 东商〔2025〕98号
    签发人: 周明远
    办理结果: A
    成文日期: 2025-10-26
    印发日期: 2025-10-27
    正文: 承诺的事项已经落实。
    联系人: [陆衡]
办理过程:
  - {日期: 2025-05-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
  - {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
  - {日期: 2025-08-27, 环节: 印发, 发文字号: 东商〔2025〕67号}
  - {日期: 2025-08-28, 环节: 送达, 对象: 林晓}
  - {日期: 2025-09-05, 环节: 反馈, 对象: 林晓, 整体: 不满意}
  - {日期: 2025-09-06, 环节: 重办}
"""
PAPERS = {
    "答复": RECORD + REPLY,
    "建议答复": f"类别: 建议\n{RECORD}{REPLY}",
    "会办意见": f"角色: 会办\n主办单位: 市发展和改革委员会\n{RECORD}{UNGRADED}",
    "再次答复": f"{RECORD}{REPLY}{LATER}",
}
PLACES = ("签发人下", "标题右上", "首页右上", "字号后", "联系前", "不印")


def made(folder: Path, paper: str, form: str, place: str) -> Path:
    """Draft *paper* in a workspace of its own and return that of the letter."""
    openness = {"签发人下": "附注", "标题右上": "首页"}.get(place, "不印")
    office = f"{OFFICE}版式: {form}\n结果位置: {place}\n公开标注: {openness}\n"
    workspace = make_workspace(folder / f"{paper}-{form}-{place}", office, **{"143069": PAPERS[paper]})
    assert dafu(workspace, "draft", "143069").code == 0
    return next(workspace.glob("replies/*/*/*.docx"))


def same(workspace: Path, *path: str) -> str:
    return dafu(workspace, "compare", "143069", *path).err


@pytest.mark.office
@needs_office
@pytest.mark.parametrize("paper", PAPERS)
def test_a_signed_pdf_of_any_paper_form_and_place_of_the_grade_is_equal(tmp_path: Path, paper: str) -> None:
    some = [made(tmp_path, paper, form, place) for form in ("文件", "信函") for place in PLACES]
    papers = preview.pdfs([path.read_bytes() for path in some])
    for path, pdf in zip(some, papers, strict=True):
        path.with_suffix(".pdf").write_bytes(pdf)

    told = {str(path.relative_to(tmp_path)): same(path.parents[3], str(path.with_suffix(".pdf"))) for path in some}
    assert told == dict.fromkeys(told, "同记录一致\n")


@pytest.mark.office
@needs_office
def test_a_signed_pdf_shows_what_was_changed_after_the_record(
    workspace: Path, convert: Callable[[Path, str], Path]
) -> None:
    pdf = convert(workspace / LETTER, "pdf")
    record = workspace / "proposals/143069.yaml"
    changed = record.read_text(encoding="utf-8").replace("26处", "27处").replace("67号", "76号").replace("沈嘉", "沈佳")
    record.write_text(changed.replace("    二、关于管理时间\n", ""), encoding="utf-8")
    seen = dafu(workspace, "compare", "143069", str(pdf), "--json")

    assert [(one["代码"], one["字段"], one["文件中"]) for one in json.loads(seen.out)] == [
        ("C104", "答复.发文字号", "东商〔2025〕67号"),
        ("C115", "答复.联系人", "陆衡、沈嘉"),
        (
            "C122",
            "正文第1段",
            "去年以来，夜市已有26处开放，其中东街12处、西街14处，全部配有照明、给水和垃圾收集设施，周边居民比较满意。",
        ),
        ("C122", "正文第4段", "西街7旧货市场二、关于管理时间"),
    ]
    assert dafu(workspace, "compare", "143069", str(pdf), "--accept").code == 4
