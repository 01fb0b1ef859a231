from __future__ import annotations

import shutil
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import records
from archiving import BAG, scans
from archiving import desk as office_with_a_closed_case
from commands import dafu
from dafu import files
from dafu.desk.case import calendar_of
from dafu.desk.find import find, similar
from dafu.desk.standing import Overview
from dafu.errors import Severity, WrongUsageError
from desk.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

SPEECHES = {
    "143069": "经研究，夜市已经开放，安排摊位200个。",
    "143070": "政策\u3000措施已经出台；Ａ类企业可以申领。",
    "143071": "𬭚字和䶮字都要找得到，ß也是。",
    "143072": "无",
}


def overview(desk: Desk) -> Overview:
    return Overview(desk.workspace, calendar_of(desk.workspace), date(2025, 5, 6))


def test_a_body_in_a_file_of_its_own_is_searched_as_it_is_now(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "is_fresh", lambda *_: False)
    desk.write("答复: {正文文件: 正文.txt}\n")
    body = desk.folder / "proposals/正文.txt"
    body.write_text("夜市已经开放。", encoding="utf-8")
    assert names(desk, "已经开放") == ["143069"]
    body.write_text("夜市将要开放。", encoding="utf-8")

    assert (names(desk, "将要开放"), names(desk, "已经开放")) == (["143069"], [])


@pytest.fixture
def library(desk: Desk) -> Desk:
    for number, body in SPEECHES.items():
        desk.write(f"答复: {{正文: '{body}'}}\n", number)
    return desk


def names(desk: Desk, *words: str) -> list[str]:
    return sorted(
        found.name.removeprefix("proposals/").removesuffix(".yaml") for found in find(overview(desk), words)[0]
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["摊位"], ["143069"]),
        (["政策措施"], ["143070"]),
        (["政策", "申领"], ["143070"]),
        (["政策", "摊位"], []),
        (["A类"], ["143070"]),
        (["a 类"], ["143070"]),
        (["𬭚字"], ["143071"]),
        (["䶮"], ["143071"]),
        (["200"], ["143069"]),
        (["20"], ["143069"]),
        (["，夜"], ["143069"]),
        (["位摊"], []),
        (["143072"], ["143072"]),
        (["林晓"], ["143069", "143070", "143071", "143072"]),
    ],
)
def test_any_run_of_characters_is_found(library: Desk, words: list[str], found: list[str]) -> None:
    assert names(library, *words) == found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_part_of_what_a_record_says_is_found_in_it(library: Desk, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(sorted(SPEECHES)))
    body = SPEECHES[number]
    start = data.draw(st.integers(0, len(body) - 1))
    part = body[start : data.draw(st.integers(start + 1, len(body)))]
    if not part.strip():
        return
    blankless = {name: "".join(text.split()) for name, text in SPEECHES.items()}
    meant = [name for name, text in blankless.items() if "".join(part.split()) in text]

    assert set(meant) <= set(names(library, part))
    if len(part.strip()) > 3:
        assert names(library, part) == meant, "so long a part stands in no other field"


def test_what_is_found_is_shown_with_what_is_around_it(desk: Desk) -> None:
    body = "前面还有一些话所以这里要省略夜市已经开放，安排摊位200个，请各位代为宣传到每一户商家"
    desk.write(f"答复: {{正文: {body}}}\n")

    (found,) = find(overview(desk), ["安排摊位"])[0]
    assert found.excerpt == "…话所以这里要省略夜市已经开放，安排摊位200个，请各位代为宣传到每一…", (
        "15 before and behind"
    )
    assert found.standing
    assert found.standing.words["案号"] == "143069"


def test_two_fields_are_no_run_of_characters(desk: Desk) -> None:
    desk.write("分类: 商贸\n科室: 市场科\n")

    assert names(desk, "贸市") == []


def test_a_record_that_is_about_the_word_comes_before_one_that_mentions_it(desk: Desk) -> None:
    desk.write("答复: {正文: 冷链也提到了一次。}\n", "143069")
    desk.write("", "143070", record=records.RECORD.replace("优化夜市管理", "发展冷链物流"))

    assert find(overview(desk), ["冷链"])[0][0].name == "proposals/143070.yaml"


def test_edits_and_deletions_are_found_out(desk: Desk) -> None:
    path = desk.write("答复: {正文: 夜市已经开放。}\n")
    assert names(desk, "开放") == ["143069"]
    desk.write("答复: {正文: 夜市将要关闭。}\n")
    assert (names(desk, "开放"), names(desk, "关闭")) == ([], ["143069"])
    path.unlink()
    assert names(desk, "关闭") == []


def test_nothing_to_look_for_is_told(desk: Desk) -> None:
    desk.write()

    with pytest.raises(WrongUsageError, match="没有写要找什么"):
        find(overview(desk), ["　"])


def test_earlier_records_like_one_come_the_most_alike_first(desk: Desk) -> None:
    subjects = {
        "143069": "优化夜市管理、规范占道经营",
        "143070": "规范夜市占道经营",
        "143071": "发展冷链物流",
        "143072": "夜市停车难",
    }
    for number, subject in subjects.items():
        desk.write("", number, record=records.RECORD.replace("优化夜市管理", subject))
    seen = overview(desk)
    own = next(one for one in seen.standings if one.words["案号"] == "143069")

    found = similar(seen, own)
    assert [one.name[10:16] for one in found] == ["143070", "143072"]
    assert "占道经营" in found[0].excerpt
    assert "夜市" in found[1].excerpt


# --- archived replies


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = office_with_a_closed_case(tmp_path_factory.mktemp("archive"))
    (folder / "scans/143069/沟通记录.txt").write_text("程砚来电，谈到𠮷祥街的地锅菜。\n", encoding="utf-8")
    assert dafu(folder, "archive", "143069", *scans(but="沟通记录"), "scans/143069/沟通记录.txt").code == 0
    return folder


def seen(folder: Path) -> Overview:
    return overview(Desk(folder))


def test_what_was_archived_is_found_with_its_record_whatever_its_kind(archive: Path) -> None:
    for words, kinds in ((["地锅菜"], {".txt"}), (["增设摊位", "尊敬的林晓委员"], {".pdf", ".docx"})):
        found = [one for one in find(seen(archive), words)[0] if one.name.startswith(f"{BAG}/data/")]
        assert {PurePath(one.name).suffix for one in found} == kinds
        assert {one.standing and one.standing.words["案号"] for one in found} == {"143069"}


def test_scans_without_a_text_are_counted_in_one_warning_each_time(archive: Path) -> None:
    for _ in range(2):
        (warning,) = find(seen(archive), ["夜市"])[1]
        assert warning.severity is Severity.WARNING
        assert "归档的文件有4个读不出文字" in warning.message  # 交办单, 提案原件, 发文稿纸, 征询意见表
        assert BAG in warning.message


def test_archived_papers_are_no_records_that_are_like_one(archive: Path) -> None:
    found = seen(archive)

    assert similar(found, found.standings[0]) == []


def test_a_bag_that_is_gone_is_no_longer_found(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(archive, folder)
    assert any("归档" in one.name for one in find(seen(folder), ["地锅菜"])[0])
    shutil.rmtree(folder / BAG)

    assert find(seen(folder), ["地锅菜"]) == ([], [])


def test_a_record_that_shares_a_word_of_every_day_alone_is_not_like_another(desk: Desk) -> None:
    subjects = {"143069": "延长早餐店营业时间", "143070": "放宽早餐店营业时间", "143071": "缩短审批时间"}
    for number, subject in subjects.items():
        desk.write("", number, record=records.RECORD.replace("优化夜市管理", subject))
    seen = overview(desk)
    own = next(one for one in seen.standings if one.words["案号"] == "143069")

    assert [one.name[10:16] for one in similar(seen, own)] == ["143070"]


@pytest.mark.parametrize("subject", ["甲", "…", "甲，乙"])
def test_a_record_without_two_neighbouring_characters_is_like_no_other(subject: str, desk: Desk) -> None:
    for number in ("143069", "143070"):
        desk.write("", number, record=records.RECORD.replace("优化夜市管理", subject))
    seen = overview(desk)

    assert similar(seen, seen.standings[0]) == []
