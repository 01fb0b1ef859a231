"""Publishing a real record: the copy, the event, and every way in which nothing must be written."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import openpyxl
import pytest

import records
from dafu import layout, preview, store
from dafu.desk.case import calendar_of, cases
from dafu.desk.draft import Drafting, draft
from dafu.desk.publish import Publishing, drawn_index, index, publish
from dafu.errors import DafuError, RefusedError, UnusableError
from dafu.readback.pdf import pages
from dafu.store import Author
from desk.test_draft import edit

if TYPE_CHECKING:
    from dafu.desk.publish import Published
    from desk.conftest import Desk

AUTHOR = Author("麻东", "2025-09-01T09:00:00+08:00")
OPEN = "答复: {公开: 主动公开, 办理结果: A, 联系人: [麻东], 正文: 已经开放，请电13812341234。}\n"
ISSUED = """\
办理过程:
- {日期: 2025-03-05, 环节: 交办}
- {日期: 2025-05-05, 环节: 沟通, 方式: 面商, 对象: 林晓}
- {日期: 2025-08-26, 环节: 签发, 签发人: 周明远}
- {日期: 2025-08-26, 环节: 印发, 发文字号: 东商〔2025〕7号}
"""
SENT = ISSUED + "- {日期: 2025-08-27, 环节: 送达, 对象: 林晓}\n"
REDONE = """\
- {日期: 2025-09-10, 环节: 重办}
- {日期: 2025-09-20, 环节: 签发, 签发人: 周明远}
- {日期: 2025-09-20, 环节: 印发, 发文字号: 东商〔2025〕19号}
"""
REDELIVERED = REDONE + "- {日期: 2025-09-21, 环节: 送达, 对象: 林晓}\n"
CLOSED = "{公开: 不予公开, 公开理由: 涉及商业秘密, 办理结果: A, 联系人: [麻东], 正文: 已经开放。}"
ON_REQUEST = CLOSED.replace("不予公开", "依申请公开")


def published(
    desk: Desk,
    number: str = "143069",
    day: str = "2025-10-01",
    *,
    out: Path | None = None,
    dry: bool = False,
    address: str = "",
) -> Published:
    event = {"日期": day, "环节": "公开", "网址": address}
    return publish(Publishing(desk.workspace, desk.composer(), event, AUTHOR, out, dry), desk.record(number))


def refused(desk: Desk, number: str = "143069", day: str = "2025-10-01") -> str:
    """Return why *number* is not published; nothing at all may be written, in the folder or in the record."""
    before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
    with pytest.raises(DafuError) as stopped:
        published(desk, number, day)
    assert {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()} == before
    assert stopped.value.exit_code in (3, 4)
    return str(stopped.value)


def words_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def last_event(desk: Desk, number: str = "143069") -> tuple[str, str, str | None]:
    event = desk.record(number).proposal.events[-1]
    return event.day.isoformat(), str(event.step), event.address


def test_a_delivered_open_reply_is_copied_and_the_event_entered(desk: Desk) -> None:
    desk.write(OPEN + SENT)

    one = published(desk, address="https://www.example.gov.cn/7")

    assert one.path == desk.folder / "replies/2025/143069/公开/答复.docx"
    assert (one.number, str(one.stage), one.written, one.finding) == ("143069", "已送达", True, "")
    assert one.covered == ("138****1234",)
    assert last_event(desk) == ("2025-10-01", "公开", "https://www.example.gov.cn/7")
    said = words_of(one.path)
    assert "对市政协十四届三次会议" in said
    assert "尊敬的林晓委员：" in said
    assert "已经开放，请电138****1234。" in said
    assert "60010023" in said  # the telephone of the office stays


def test_the_copy_carries_no_properties_and_no_hash_and_can_be_opened(desk: Desk) -> None:
    desk.write(OPEN + SENT)

    path = published(desk).path

    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if "docProps" in name or "comment" in name]
        assert not [name for name in package.namelist() if b"docProps" in package.read(name)]
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert layout.carried_hash(path.read_bytes()) == ""


@pytest.mark.office
def test_a_copy_without_properties_opens_in_office_programs(desk: Desk) -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: nothing can open the copy")
    desk.write(OPEN + SENT)

    shown = pages(preview.pdf(published(desk).path.read_bytes()))

    assert "已经开放，请电138****1234。" in "".join("".join(shown).split())


def test_an_office_that_hides_names_publishes_surnames_alone(desk: Desk) -> None:
    (desk.folder / "dafu.yaml").write_text(records.OFFICE + "公开署名: 隐名\n", encoding="utf-8")
    desk.write(OPEN.replace("已经开放", "林　晓委员提出的夜市已经开放") + SENT)

    one = published(desk)

    assert "尊敬的林某委员：" in words_of(one.path)
    assert "林　某委员提出的夜市" in words_of(one.path)
    assert set(one.covered) == {"138****1234", "林某", "林　某"}


def test_the_copy_goes_where_the_clerk_says(desk: Desk, tmp_path: Path) -> None:
    desk.write(OPEN + SENT)

    one = published(desk, out=tmp_path / "网上/答复.docx")

    assert one.path.exists()
    assert not (desk.folder / "replies").exists()
    assert last_event(desk)[1] == "公开"


def test_a_rehearsal_writes_neither_copy_nor_event(desk: Desk) -> None:
    path = desk.write(OPEN + SENT)
    before = path.read_bytes()

    one = published(desk, dry=True)

    assert not one.written
    assert not (desk.folder / "replies").exists()
    assert path.read_bytes() == before


# --- every way in which nothing is published


@pytest.mark.parametrize("closed", [CLOSED, ON_REQUEST])
def test_a_closed_reply_is_never_published(desk: Desk, closed: str) -> None:
    desk.write(f"答复: {closed}\n{SENT}")

    assert "不能公开" in refused(desk)


def test_a_reply_whose_openness_nobody_decided_is_not_published(desk: Desk) -> None:
    desk.write("答复: {办理结果: A, 联系人: [麻东], 正文: 已经开放。}\n" + SENT)

    assert "没有写明公开方式" in refused(desk)


def test_a_reply_that_was_not_delivered_is_not_published(desk: Desk) -> None:
    desk.write(OPEN + ISSUED)

    assert "还没有送达" in refused(desk)


def test_a_reply_is_not_published_on_a_day_before_it_was_delivered(desk: Desk) -> None:
    desk.write(OPEN + SENT)

    assert "2025-08-27 送达" in refused(desk, day="2025-08-26")


def test_a_letter_with_a_gap_is_not_published(desk: Desk) -> None:
    desk.write(OPEN.replace("办理结果: A, ", "") + SENT)

    assert "还缺 办理结果" in refused(desk)


def test_a_letter_with_a_secrecy_mark_is_not_published(desk: Desk) -> None:
    (desk.folder / "templates").mkdir()
    text = '{% extends "标准/答复.j2" %}\n{% block 密级 %}秘密★1年{% endblock %}\n'
    (desk.folder / "templates/答复.j2").write_text(text, encoding="utf-8")
    desk.write(OPEN + SENT)

    assert "密级“秘密★1年”" in refused(desk)


@pytest.mark.parametrize("end", ["撤案, 理由: 本人撤回", "归档"])
def test_after_the_end_of_a_record_nothing_is_published(desk: Desk, end: str) -> None:
    closed = (
        ""
        if end != "归档"
        else "- {日期: 2025-09-10, 环节: 反馈, 对象: 林晓, 整体: 满意}\n- {日期: 2025-09-11, 环节: 办结}\n"
    )
    desk.write(f"{OPEN}{SENT}{closed}- {{日期: 2025-09-12, 环节: {end}}}\n")

    refused(desk)


def test_a_paper_only_read_is_not_published(desk: Desk) -> None:
    desk.write("角色: 参阅\n" + OPEN + SENT)

    assert "参阅件" in refused(desk)


@pytest.mark.parametrize("closed", [CLOSED, ON_REQUEST])
def test_a_closed_later_reply_is_not_published_and_closes_the_first(desk: Desk, closed: str) -> None:
    later = f"再次答复: [{closed}]\n"
    desk.write(OPEN + SENT + REDELIVERED + later)
    assert "不能公开" in refused(desk)

    desk.write(OPEN + SENT + REDONE + later)
    assert "不能公开" in refused(desk)


def test_a_later_reply_whose_openness_nobody_decided_is_not_published(desk: Desk) -> None:
    desk.write(OPEN + SENT + REDELIVERED + "再次答复: [{办理结果: A, 联系人: [麻东], 正文: 已经全部开放。}]\n")

    assert "没有写明公开方式" in refused(desk)


def test_an_open_later_reply_has_a_copy_of_its_own(desk: Desk) -> None:
    desk.write(
        f"答复: {CLOSED}\n"
        + SENT
        + REDELIVERED
        + "再次答复: [{公开: 主动公开, 办理结果: A, 联系人: [麻东], 正文: 已经全部开放。}]\n"
    )

    one = published(desk)

    assert one.path.name == "再次答复-再1.docx"
    assert "已经全部开放。" in words_of(one.path)


def test_while_a_reply_is_handled_again_the_first_one_is_published_as_it_was(desk: Desk) -> None:
    desk.write(OPEN + SENT + REDONE)

    one = published(desk, day="2025-09-30")

    assert one.path.name == "答复.docx"
    assert "已经开放" in words_of(one.path)


@pytest.mark.parametrize("closed", [CLOSED, ON_REQUEST])
def test_a_closed_opinion_for_another_unit_is_not_published(desk: Desk, closed: str) -> None:
    closed = closed.replace("办理结果: A, ", "")
    desk.write(f"角色: 会办\n主办单位: 市住建局\n答复: {closed}\n{SENT}")

    assert "不能公开" in refused(desk)


def test_an_open_opinion_for_another_unit_is_published_as_one(desk: Desk) -> None:
    desk.write("角色: 会办\n主办单位: 市住建局\n" + OPEN.replace("办理结果: A, ", "") + SENT)

    one = published(desk)

    assert one.path.name == "会办意见.docx"
    assert "市住建局：" in words_of(one.path)


# --- records that share one reply

MEMBER = "办理过程:\n- {日期: 2025-08-28, 环节: 送达, 对象: 陈晨}\n"


def merged(desk: Desk, lead: str = OPEN, member: str = MEMBER) -> None:
    desk.write("并案: ['143070']\n" + lead + SENT)
    desk.write(member, "143070", record=records.RECORD.replace("林晓", "陈晨"))


def test_a_merged_record_publishes_the_reply_under_its_own_number_in_its_own_folder(desk: Desk) -> None:
    merged(desk)

    one = published(desk, "143070")

    assert one.path == desk.folder / "replies/2025/143070/公开/答复.docx"
    said = words_of(one.path)
    assert "第143070号" in said
    assert "尊敬的陈晨委员：" in said
    assert last_event(desk, "143070")[1] == "公开"
    assert last_event(desk, "143069")[1] == "送达"


def test_the_names_of_all_who_share_a_reply_are_covered(desk: Desk) -> None:
    (desk.folder / "dafu.yaml").write_text(records.OFFICE + "公开署名: 隐名\n", encoding="utf-8")
    merged(desk, OPEN.replace("已经开放", "林晓、陈晨委员提出的夜市已经开放"))

    assert "林某、陈某委员提出的夜市" in words_of(published(desk, "143069").path)
    assert "林某、陈某委员提出的夜市" in words_of(published(desk, "143070").path)


@pytest.mark.parametrize("closed", [CLOSED, ON_REQUEST])
@pytest.mark.parametrize("number", ["143069", "143070"])
def test_a_closed_lead_keeps_all_its_records_closed(desk: Desk, closed: str, number: str) -> None:
    merged(desk, f"答复: {closed}\n")

    assert "不能公开" in refused(desk, number)


@pytest.mark.parametrize("closed", [CLOSED, ON_REQUEST])
@pytest.mark.parametrize("number", ["143069", "143070"])
def test_a_closed_member_keeps_its_lead_and_itself_closed(desk: Desk, closed: str, number: str) -> None:
    merged(desk, member=f"答复: {closed}\n{MEMBER}")

    assert "143070的公开方式" in refused(desk, number)


def test_a_merged_record_that_was_not_delivered_itself_is_not_published(desk: Desk) -> None:
    merged(desk, member="")

    assert "还没有送达" in refused(desk, "143070")


def test_a_reply_is_not_published_while_a_merged_record_is_not_on_file(desk: Desk) -> None:
    desk.write("并案: ['143070']\n" + OPEN + SENT)

    with pytest.raises(UnusableError) as stopped:
        published(desk)
    assert stopped.value.problems[0].field.startswith("并案")


# --- done again, cut short, edited by hand


def test_a_reply_is_published_once(desk: Desk) -> None:
    desk.write(OPEN + SENT)
    published(desk)

    assert "2025-10-01 已经公开" in refused(desk)


def test_the_address_may_follow_later_and_only_once(desk: Desk) -> None:
    desk.write(OPEN + SENT)
    published(desk)
    published(desk, day="2025-10-09", address="https://www.example.gov.cn/7")

    assert last_event(desk) == ("2025-10-09", "公开", "https://www.example.gov.cn/7")
    with pytest.raises(RefusedError, match="已经公开"):
        published(desk, day="2025-10-10", address="https://www.example.gov.cn/7")


def test_a_run_cut_short_before_the_event_is_made_good_by_the_next(desk: Desk) -> None:
    path = desk.write(OPEN + SENT)
    before = path.read_bytes()
    copy = published(desk).path.read_bytes()
    path.write_bytes(before)  # as if the power had failed between copy and event

    one = published(desk)

    assert one.path.read_bytes() == copy
    assert last_event(desk)[1] == "公开"


def test_a_copy_that_someone_changed_is_never_overwritten(desk: Desk) -> None:
    path = desk.write(OPEN + SENT)
    before = path.read_bytes()
    copy = published(desk).path
    copy.write_bytes(b"changed by hand")
    path.write_bytes(before)

    assert "没有覆盖" in refused(desk)


def test_a_letter_that_was_edited_by_hand_is_told(desk: Desk) -> None:
    desk.write(OPEN + ISSUED)
    drafting = Drafting(desk.workspace, desk.composer(), date(2025, 8, 26))
    (drafted,) = draft(drafting, desk.record(), None)
    desk.write(OPEN + SENT)
    assert published(desk, dry=True).finding == ""
    edit(drafted.path)

    assert published(desk).finding.startswith("答复.docx 手工改过")


# --- the index


def indexed(desk: Desk) -> list[list[str]]:
    known, problems = store.load(desk.workspace)
    assert problems == []
    return index(cases(desk.workspace, known, calendar_of(desk.workspace), date(2025, 12, 1)))


def test_the_index_lists_what_was_published_by_the_day_with_the_latest_address(desk: Desk) -> None:
    desk.write(OPEN + SENT)
    desk.write(OPEN + SENT.replace("7号", "8号"), "143071")
    desk.write(OPEN + SENT.replace("7号", "9号"), "143072")
    published(desk, day="2025-10-02")
    published(desk, day="2025-10-09", address="https://www.example.gov.cn/7")
    published(desk, "143071", day="2025-10-01")

    assert indexed(desk) == [
        ["143071", "优化夜市管理", "东商〔2025〕8号", "2025-10-01", ""],
        ["143069", "优化夜市管理", "东商〔2025〕7号", "2025-10-02", "https://www.example.gov.cn/7"],
    ]


def test_each_published_round_has_its_line(desk: Desk) -> None:
    sent = SENT + "- {日期: 2025-09-01, 环节: 公开, 网址: https://www.example.gov.cn/7}\n"
    desk.write(
        OPEN + sent + REDELIVERED + "再次答复: [{公开: 主动公开, 办理结果: A, 联系人: [麻东], 正文: 已经全部开放。}]\n"
    )
    published(desk)

    assert [row[2:4] for row in indexed(desk)] == [
        ["东商〔2025〕7号", "2025-09-01"],
        ["东商〔2025〕19号", "2025-10-01"],
    ]


def test_the_index_as_csv_opens_in_office_programs_and_holds_no_formula() -> None:
    data = drawn_index([["143069", "=1+1", "", "2025-10-01", ""]], Path("目录.csv"))
    assert data == b"\xef\xbb\xbf" + "案号,案由,文号,日期,网址\r\n143069,'=1+1,,2025-10-01,\r\n".encode()


@pytest.mark.filterwarnings("ignore::EncodingWarning")  # openpyxl's own temporary file
def test_the_index_as_spreadsheet_keeps_zeros() -> None:
    data = drawn_index([["0215", "夜市", "", "2025-10-01", ""]], Path("目录.xlsx"))

    sheet = openpyxl.load_workbook(BytesIO(data))["公开目录"]
    assert [cell.value for cell in sheet["A"]] == ["案号", "0215"]
