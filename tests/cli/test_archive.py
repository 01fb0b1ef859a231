from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import bagit  # type: ignore[import-untyped]  # -- it ships no types
import pytest

from archiving import BAG, CLOSED, COMPANIONS, LETTER, REGISTER, archived, desk, papers, pdf, picture, scans
from commands import TODAY, dafu
from records import OFFICE, make_workspace

SCAN = "scans/143069/答复.pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return desk(tmp_path)


def tree(folder: Path) -> dict[str, bytes]:
    names = (path for path in folder.rglob("*") if path.is_file() and ".lock" not in path.name)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in names}


def shown(folder: Path, number: str = "143069") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dafu(folder, "show", number, "--json").out)
    return found


# --- the act


def test_what_went_in_is_what_lies_there_byte_for_byte_and_the_originals_stay(folder: Path) -> None:
    before = tree(folder)
    run = archived(folder)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines()[0] == f"143069：归档到 {BAG}（登记第1号）"

    after = tree(folder)
    data = {name.removeprefix(f"{BAG}/data/"): content for name, content in after.items() if f"{BAG}/data/" in name}
    [letter] = [name for name in before if name.endswith(".docx")]
    expected = {f"{name}/{name}.pdf": before[f"scans/143069/{name}.pdf"] for name in COMPANIONS}
    expected |= {"正本/答复.pdf": before[SCAN], f"发文/{Path(letter).name}": before[letter]}
    expected |= {"记录/proposals/143069.yaml": before["proposals/143069.yaml"]}
    listed = data.pop("目录.txt").decode()
    assert data == expected
    assert "正本：正本/答复.pdf（PDF，1页）" in listed
    assert {name: after[name] for name in before if name.startswith("scans/")} == {
        name: before[name] for name in before if name.startswith("scans/")
    }


def test_bagit_python_accepts_the_bag(folder: Path) -> None:
    archived(folder)
    assert bagit.Bag(str(folder / BAG)).validate()


def test_the_event_is_entered_with_the_line_of_the_register(folder: Path) -> None:
    run = dafu(folder, "archive", "143069", *scans(), "档号=Z109-WS·2025-D30-BGS-0001", "日期=昨天")
    assert run.code == 0
    event = {word: value for word, value in shown(folder)["办理过程"][-1].items() if value and word != "登记时间"}
    note = {"说明": "归档登记2025年第1号", "档号": "Z109-WS·2025-D30-BGS-0001"}
    assert event == {"日期": "2025-05-05", "环节": "归档"} | note
    assert shown(folder)["阶段"] == "已归档"


NUMBERED = "归档: {全宗号: Z109, 机构代码: BGS}\n"


def number_of(folder: Path, number: str, *words: str) -> tuple[str, Any]:
    """Archive the case *number*; return what is printed first and what JSON says of 档号, in a rehearsal or not."""
    rehearsed = json.loads(dafu(folder, "archive", number, *scans(number), *words, "-n", "--json").out)[0]["档号"]
    return dafu(folder, "archive", number, *scans(number), *words).out.splitlines()[0], rehearsed


def test_the_filing_number_that_was_assigned_is_printed_and_a_rehearsal_assigns_none(tmp_path: Path) -> None:
    folder = desk(tmp_path)
    (folder / "dafu.yaml").write_text(OFFICE + NUMBERED, encoding="utf-8")

    said = f"143069：归档到 {BAG}（登记第1号，档号 Z109-WS·2025-D30-BGS-0001）"
    assert number_of(folder, "143069") == (said, None)
    assert shown(folder)["办理过程"][-1]["档号"] == "Z109-WS·2025-D30-BGS-0001"


def test_a_filing_number_that_the_clerk_gives_is_printed_and_taken_once(folder: Path) -> None:
    make_workspace(folder, OFFICE, **{"143070": CLOSED.replace("143069", "143070")})
    papers(folder, "143070")
    given = "档号=Z109-WS·2025-D30-BGS-0007"

    assert "档号 Z109-WS·2025-D30-BGS-0007" in number_of(folder, "143069", given)[0]
    run = dafu(folder, "archive", "143070", *scans("143070"), given)
    assert (run.code, run.err) == (
        4,
        "143070：档号 Z109-WS·2025-D30-BGS-0007 已经用了（换一个，或不写，由本工具编）\n",
    )
    assert not (folder / BAG.replace("143069", "143070")).exists()


def test_json_says_where_what_and_what_lacks(folder: Path) -> None:
    words = [*scans(but="沟通记录"), "--partial", "电话沟通，没有记录"]
    found = json.loads(dafu(folder, "archive", "143069", *words, "--json").out)[0]
    files = found.pop("文件")
    assert found == {
        "案号": "143069",
        "归档包": BAG,
        "登记号": 1,
        "档号": None,
        "缺": ["沟通记录"],
        "写入": True,
    }
    assert files[0] == {"类别": "正本", "文件": SCAN, "格式": "PDF", "页数": 1}


def test_a_dry_run_judges_everything_and_writes_nothing(folder: Path) -> None:
    before = tree(folder)
    run = dafu(folder, "archive", "143069", *scans(), "-n")
    assert (run.code, run.out.splitlines()[0]) == (0, f"143069：归档到 {BAG}（没有写文件）")
    assert dafu(folder, "archive", "143069", SCAN, "-n").code == 4
    assert tree(folder) == before


@pytest.mark.parametrize("name", ["扫描件.pdf", "扫描件.jpg", "扫描件.png", "扫描件.tif"])
def test_a_scan_that_is_a_picture_alone_is_archived_and_said_not_to_be_compared(name: str, folder: Path) -> None:
    kind = {"pdf": "PDF", "jpg": "JPEG", "png": "PNG", "tif": "TIFF"}[name[-3:]]
    (folder / name).write_bytes(picture("letter", kind))
    run = dafu(folder, "archive", "143069", name, *scans(but="答复"))
    assert (run.code, run.err) == (0, f"{name}：没有可以读的文字，没有同记录核对\n")
    assert f"正本：{name}（{kind}，1页）" in run.out


def test_a_file_is_what_the_clerk_says_that_it_is(folder: Path) -> None:
    (folder / "0012.pdf").write_bytes(picture("12"))
    (folder / "a=b.pdf").write_bytes(picture("13"))
    run = dafu(folder, "archive", "143069", *scans(but="交办单"), "交办单=0012.pdf", "其他=a=b.pdf")
    assert run.code == 0
    assert (folder / BAG / "data/交办单/0012.pdf").exists()
    assert (folder / BAG / "data/其他/a=b.pdf").exists()


def test_the_body_in_a_file_of_its_own_goes_along(tmp_path: Path) -> None:
    text = CLOSED.replace("正文: 夜市已经增设摊位三百个。", "正文文件: 正文/143069.txt")
    make_workspace(tmp_path, OFFICE, **{"143069": text})
    (tmp_path / "proposals/正文").mkdir()
    (tmp_path / "proposals/正文/143069.txt").write_text("夜市已经增设摊位三百个。\n", encoding="utf-8")
    papers(tmp_path)
    assert archived(tmp_path).code == 0
    kept = tmp_path / BAG / "data/记录/proposals/正文/143069.txt"
    assert kept.read_text(encoding="utf-8") == "夜市已经增设摊位三百个。\n"


# --- what is refused


def test_what_lacks_is_listed_at_once_and_taken_only_with_a_reason(folder: Path) -> None:
    run = dafu(folder, "archive", "143069")
    assert run.code == 4
    assert "143069：还缺 正本、交办单、提案原件、沟通记录、发文稿纸、征询意见表（补齐；" in run.err
    assert not (folder / BAG).exists()

    run = dafu(folder, "archive", "143069", SCAN, "--partial", "原件在市政府办公室")
    assert (run.code, run.err) == (0, "143069：还缺 交办单、提案原件、沟通记录、发文稿纸、征询意见表\n")
    assert "Partial-Reason: 原件在市政府办公室" in (folder / BAG / "bag-info.txt").read_text(encoding="utf-8")


def test_the_letter_that_was_issued_must_be_there(folder: Path) -> None:
    [letter] = folder.glob("replies/2025/143069/*.docx")
    letter.unlink()
    assert "还缺 印发的 .docx" in archived(folder).err


def test_a_scan_that_does_not_agree_is_refused_with_each_difference_and_taken_with_a_reason(folder: Path) -> None:
    wrong = [line.replace("〕67号", "〕76号").replace("周明远", "周明元") for line in LETTER]
    (folder / SCAN).write_bytes(pdf(wrong))
    run = archived(folder)
    assert run.code == 4
    assert f"{SCAN}：发文字号：记录里是“东商〔2025〕67号”，扫描件里是“东商〔2025〕76号”" in run.err
    assert f"{SCAN}：签发人：记录里是“周明远”，扫描件里没有" in run.err
    assert not (folder / BAG).exists()

    run = dafu(folder, "archive", "143069", *scans(), "--force", "印错后手改")
    assert run.code == 0
    assert "Force-Reason: 印错后手改" in (folder / BAG / "bag-info.txt").read_text(encoding="utf-8")


def test_the_letter_of_another_case_is_refused(folder: Path) -> None:
    (folder / SCAN).write_bytes(pdf(line.replace("143069", "143070") for line in LETTER))
    run = archived(folder)
    assert (run.code, "案号：记录里是“143069号”，扫描件里是“143070号”" in run.err) == (4, True)


@pytest.mark.parametrize(("data", "said"), [(b"", "是空的"), (b"%PDF-1.7\n1 0 obj\n", "不完整")])
def test_a_file_that_cannot_be_kept_is_named_by_its_content(data: bytes, said: str, folder: Path) -> None:
    (folder / "scans/143069/交办单.pdf").write_bytes(data)
    run = archived(folder)
    assert run.code == 3
    assert "scans/143069/交办单.pdf: " in run.err
    assert said in run.err
    assert not (folder / BAG).exists()


def test_a_file_with_a_fault_is_kept_all_the_same_with_a_reason(folder: Path) -> None:
    (folder / "scans/143069/交办单.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n")
    run = dafu(folder, "archive", "143069", *scans(), "--force", "原件已经残缺")
    assert (run.code, "scans/143069/交办单.pdf: 不完整" in run.err) == (0, True)
    assert (folder / BAG / "data/交办单/交办单.pdf").read_bytes() == b"%PDF-1.7\n1 0 obj\n"


def test_a_letter_that_was_never_signed_is_no_scan(folder: Path) -> None:
    [letter] = folder.glob("replies/2025/143069/*.docx")
    run = dafu(folder, "archive", "143069", f"正本={letter}", *scans(but="答复"))
    assert (run.code, "是DOCX，不是签章后的扫描件" in run.err) == (3, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["scans/gone.pdf"], "没有“scans/gone.pdf”这个文件"),
        (["scans"], "没有“scans”这个文件"),
        ([f"交办=={SCAN}"], "是不是“交办单=="),
        ([SCAN, SCAN], "两个正本的文件名相同"),
        ([SCAN, f"./{SCAN}"], "两个正本的文件名相同"),
        ([SCAN, "日期=2025-5-6"], "日期"),
        ([SCAN, "档号=a", "档号=b"], "“档号”写了两次"),
        ([SCAN, "--partial", " "], "--partial：理由是空的"),
        ([SCAN, "--reason", " "], "--reason：理由是空的"),
        (["--print-seal", "今年"], "'今年' 不是数字（整数）"),
    ],
)
def test_wrong_words_are_told(words: list[str], said: str, folder: Path) -> None:
    run = dafu(folder, "archive", "143069", *words)
    assert (run.code, said in run.err) == (2, True), run.err


def test_a_case_that_is_not_closed_is_not_archived(tmp_path: Path) -> None:
    make_workspace(tmp_path, OFFICE, **{"143069": CLOSED.replace("  - {日期: 2025-04-30, 环节: 办结}\n", "")})
    papers(tmp_path)
    run = archived(tmp_path)
    assert (run.code, "没有办结，不能归档" in run.err) == (4, True)
    assert not (tmp_path / BAG).exists()


def test_a_register_that_was_tampered_with_is_not_gone_on_with(folder: Path) -> None:
    archived(folder)
    text = (folder / REGISTER).read_text(encoding="utf-8")
    (folder / REGISTER).write_text(text.replace("143069", "143070"), encoding="utf-8", newline="")
    run = dafu(folder, "archive", "143069", *scans(), "--reason", "补正")
    assert (run.code, f"{REGISTER}:2: 这一行改动过" in run.err) == (3, True)


# --- again


def test_an_archived_case_is_archived_again_only_with_a_reason_and_the_first_bag_stays(folder: Path) -> None:
    archived(folder)
    before = tree(folder / BAG)
    run = archived(folder)
    assert (run.code, "已经归档" in run.err, "--reason" in run.err) == (4, True, True)

    run = dafu(folder, "archive", "143069", *scans(), "--reason", "补入彩色扫描件")
    assert (run.code, run.out.splitlines()[0]) == (0, f"143069：归档到 {BAG}-2（登记第2号）")
    assert tree(folder / BAG) == before
    assert "Version-Reason: 补入彩色扫描件" in (folder / f"{BAG}-2/bag-info.txt").read_text(encoding="utf-8")
    assert [event["环节"] for event in shown(folder)["办理过程"]].count("归档") == 1


def test_an_act_that_was_stopped_before_the_event_is_completed_by_the_same_command(folder: Path) -> None:
    archived(folder)
    assert dafu(folder, "undo", "143069").code == 0
    run = dafu(folder, "archive", "143069", SCAN, f"其他={folder}/dafu.yaml")
    assert run.code == 4

    run = archived(folder)
    assert (run.code, "补登记“归档”" in run.err) == (0, True)
    assert shown(folder)["办理过程"][-1]["说明"] == "归档登记2025年第1号"
    assert len((folder / REGISTER).read_text(encoding="utf-8").splitlines()) == 2
    assert not (folder / f"{BAG}-2").exists()


def test_a_case_stays_archived_when_its_first_event_gets_a_date_of_another_year(folder: Path) -> None:
    archived(folder)
    record = folder / "proposals/143069.yaml"
    text = record.read_text(encoding="utf-8").replace("2025-03-05, 环节: 交办", "2024-12-05, 环节: 交办")
    record.write_text(text, encoding="utf-8")
    run = archived(folder)
    assert (run.code, "已经归档" in run.err) == (4, True)
    assert dafu(folder, "verify").code == 0


def test_a_record_may_be_named_by_its_path_from_any_folder(folder: Path) -> None:
    files = [f"143069/{name}.pdf" for name in ("答复", *COMPANIONS)]
    run = dafu(folder / "scans", "archive", "../proposals/143069.yaml", *files)
    assert (run.code, run.err) == (0, "")
    assert (folder / BAG / "data/记录/proposals/143069.yaml").exists()


def test_a_case_that_was_only_tracked_as_archived_gets_its_bag(folder: Path) -> None:
    assert dafu(folder, "track", "143069", "归档").code == 0
    assert archived(folder).code == 0
    assert [event["环节"] for event in shown(folder)["办理过程"]].count("归档") == 1


def test_what_a_killed_run_left_is_told_and_set_right(folder: Path) -> None:
    left = (folder / BAG).with_name(".归档.0.dafu-tmp")
    (left / "data").mkdir(parents=True)
    run = archived(folder)
    assert run.code == 0
    assert "上次归档没有做完就中断了，残留已清除" in run.err
    assert not left.exists()


def test_a_file_that_lies_in_the_bag_of_another_case_is_told(folder: Path) -> None:
    archived(folder)
    (folder / "proposals/143070.yaml").write_text(CLOSED.replace("143069", "143070"), encoding="utf-8")
    papers(folder, "143070")
    run = dafu(folder, "archive", "143070", *scans("143070", but="交办单"), "scans/143069/交办单.pdf")
    assert run.code == 0
    assert "scans/143069/交办单.pdf: 同 143069 归档包里的一个文件完全相同" in run.err


def test_a_merged_case_is_archived_with_the_letter_that_its_lead_got(tmp_path: Path) -> None:
    lead = CLOSED.replace("分类: 商贸", '并案: ["143070"]')
    own = [line for line in CLOSED.splitlines(keepends=True) if not any(w in line for w in ("签发", "印发", "答复:"))]
    make_workspace(tmp_path, OFFICE, **{"143069": lead, "143070": "".join(own).replace("143069", "143070")})
    papers(tmp_path)
    papers_of = tmp_path / "scans/143070"
    papers_of.mkdir()
    (papers_of / "答复.pdf").write_bytes(pdf(line.replace("143069", "143070") for line in LETTER))
    for name in COMPANIONS:
        (papers_of / f"{name}.pdf").write_bytes(picture(f"143070 {name}"))
    run = archived(tmp_path, "143070")
    assert (run.code, run.err) == (0, "")
    [letter] = (tmp_path / "replies/2025/143070/归档/data/发文").iterdir()
    assert letter.name.startswith("答复-143070")


# --- many at once, and the digest of the year


def test_eight_clerks_archive_at_once_and_the_chain_is_whole(folder: Path) -> None:
    numbers = [str(143080 + one) for one in range(8)]
    for number in numbers:
        (folder / f"proposals/{number}.yaml").write_text(CLOSED.replace("143069", number), encoding="utf-8")
        papers(folder, number)
    command = [sys.executable, "-m", "dafu", "--today", TODAY, "archive"]
    clerks = [
        subprocess.Popen([*command, number, *scans(number)], cwd=folder, stdout=subprocess.DEVNULL, env=os.environ)
        for number in numbers
    ]
    assert [clerk.wait() for clerk in clerks] == [0] * 8
    assert dafu(folder, "verify").code == 0
    assert len((folder / REGISTER).read_text(encoding="utf-8").splitlines()) == 9


def test_of_two_clerks_who_archive_one_case_at_once_one_is_refused(folder: Path) -> None:
    command = [sys.executable, "-m", "dafu", "--today", TODAY, "archive", "143069", *scans()]
    clerks = [subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, env=os.environ) for _ in range(2)]
    assert sorted(clerk.wait() for clerk in clerks) == [0, 4]
    assert dafu(folder, "verify").out == "归档包1个，都同归档时一样\n"
    assert [event["环节"] for event in shown(folder)["办理过程"]].count("归档") == 1


def test_the_seal_of_a_year_is_the_digest_of_its_last_line(folder: Path) -> None:
    assert dafu(folder, "archive", "--print-seal", "2025").code == 3
    archived(folder)
    line = (folder / REGISTER).read_text(encoding="utf-8").splitlines()[-1]
    root = hashlib.sha256(line.rpartition("\t")[0].encode()).hexdigest()
    assert dafu(folder, "archive", "--print-seal", "2025").out.endswith(f"\n{root}\n")
    found = json.loads(dafu(folder, "archive", "--print-seal", "2025", "--json").out)
    assert found == {"年份": 2025, "件数": 1, "摘要": root}
