"""并案: numbers handled together get a letter each, with their own title, proposers and subject."""

from __future__ import annotations

import json
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from commands import dafu
from records import make_workspace

if TYPE_CHECKING:
    from pathlib import Path

LEAD = """\
案号: 143069
届次: 市政协十四届三次会议
案由: 优化夜市管理
提案人: [林晓]
并案: ["143070", "143071"]
答复:
  发文字号: 东商〔2025〕7号
  正文: 夜市已经开放。
办理过程:
  - {日期: 2025-03-05, 环节: 交办}
"""
SECOND = """\
案号: 143070
届次: 市政协十四届三次会议
案由: 关于延长夜市营业时间的提案
提案人: [程亦舟, 陆一白]
答复: {正文: 不用这一份。}
"""
THIRD = """\
案号: 143071
届次: 市政协十四届三次会议
案由: 增设夜市
提案人: [{团体: 民革市委会}]
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, 甲=LEAD, 乙=SECOND, 丙=THIRD)


def lines_of(path: Path) -> list[str]:
    texts = (paragraph.text.replace("\n", "") for paragraph in docx.Document(BytesIO(path.read_bytes())).paragraphs)
    return [text for text in texts if text]


def test_each_number_gets_its_letter_in_the_folder_of_the_lead(workspace: Path) -> None:
    run = dafu(workspace, "draft", "143069")

    folder = "replies/2025/143069"
    names = ["答复.docx", "答复-143070.docx", "答复-143071.docx"]
    assert run.code == 0
    assert run.out.splitlines() == [f"{folder}/{name}" for name in names]
    assert sorted(path.name for path in (workspace / folder).iterdir()) == sorted(names)


@pytest.mark.parametrize(
    ("name", "title", "salutation", "opening"),
    [
        (
            "答复",
            "对市政协十四届三次会议第143069号提案的答复",
            "尊敬的林晓委员：",
            "您提出的关于“优化夜市管理”的提案收悉。现答复如下：",
        ),
        (
            "答复-143070",
            "对市政协十四届三次会议第143070号提案的答复",
            "尊敬的程亦舟、陆一白委员：",
            "你们提出的“关于延长夜市营业时间的提案”收悉。现答复如下：",
        ),
        (
            "答复-143071",
            "对市政协十四届三次会议第143071号提案的答复",
            "民革市委会：",
            "贵委提出的关于“增设夜市”的提案收悉。现答复如下：",
        ),
    ],
)
def test_a_letter_has_its_own_title_salutation_and_subject_and_the_body_of_the_lead(
    workspace: Path, name: str, title: str, salutation: str, opening: str
) -> None:
    dafu(workspace, "draft", "143069")

    lines = lines_of(workspace / f"replies/2025/143069/{name}.docx")
    assert {title, salutation, opening, "夜市已经开放。"} <= set(lines)
    assert any(line.startswith("东商〔2025〕7号") for line in lines)
    assert "不用这一份。" not in lines


def test_a_merged_record_is_refused_with_its_lead_named(workspace: Path) -> None:
    run = dafu(workspace, "draft", "143070")

    assert (run.code, run.out) == (4, "")
    assert "143070：已并入 143069 办理（对 143069 拟稿）" in run.err
    assert not (workspace / "replies").exists()


def test_all_drafts_the_merged_ones_once_with_their_lead(workspace: Path) -> None:
    run = dafu(workspace, "draft", "--all", "--json")

    assert run.code == 0
    assert [entry["案号"] for entry in json.loads(run.out)] == ["143069", "143070", "143071"]


def test_a_number_that_is_not_on_file_is_named_at_its_line(workspace: Path) -> None:
    (workspace / "proposals/丙.yaml").unlink()

    drafted = dafu(workspace, "draft", "143069")
    checked = dafu(workspace, "check", "--json")

    (finding,) = [one for one in json.loads(checked.out) if one["级别"] == "错误"]
    assert drafted.code == 3
    assert "proposals/甲.yaml:5: 并案 “143071”没有记录" in drafted.err
    assert checked.code == 1
    assert (finding["文件"], finding["行"], finding["字段"]) == ("proposals/甲.yaml", 5, "并案")


def test_a_number_of_another_series_is_not_on_file(workspace: Path) -> None:
    (workspace / "proposals/丙.yaml").write_text(THIRD + "类别: 建议\n", encoding="utf-8")

    assert dafu(workspace, "draft", "143069").code == 3


def test_a_number_in_two_records_is_found(workspace: Path) -> None:
    more = LEAD.replace("143069", "143080").replace("〕7号", "〕8号").replace('["143070", "143071"]', '["143071"]')
    (workspace / "proposals/丁.yaml").write_text(more, encoding="utf-8")

    run = dafu(workspace, "check", "--json")

    found = [(one["文件"], one["行"], one["字段"], one["说明"]) for one in json.loads(run.out) if one["级别"] == "错误"]
    assert run.code == 1
    assert len(found) == 1
    assert found[0][1:3] == (5, "并案")
    assert "143071" in found[0][3]


def test_in_a_later_round_the_names_say_so(workspace: Path) -> None:
    later = "  - {日期: 2025-09-10, 环节: 重办}\n再次答复:\n  - {正文: 又答复一次。}\n"
    (workspace / "proposals/甲.yaml").write_text(LEAD + later, encoding="utf-8")

    run = dafu(workspace, "draft", "143069")

    names = [line.rpartition("/")[2] for line in run.out.splitlines()]
    assert names == ["再次答复-再1.docx", "再次答复-143070-再1.docx", "再次答复-143071-再1.docx"]
    assert "又答复一次。" in lines_of(workspace / "replies/2025/143069/再次答复-143070-再1.docx")


# --- a member that is not content

OPENED = ("交办", "沟通 方式=电话 对象=林晓", "签发 签发人=周明远", "印发 发文字号=东商〔2025〕7号")


def track(workspace: Path, number: str, *steps: str) -> None:
    for step in steps:
        run = dafu(workspace, "track", number, *step.split())
        assert run.code == 0, run.err


@pytest.fixture
def answered(workspace: Path) -> Path:
    """All three are answered by one letter; the second one is not content."""
    track(workspace, "143069", *OPENED, "送达 对象=林晓", "反馈 对象=林晓 整体=满意")
    track(workspace, "143070", "送达 对象=程亦舟、陆一白", "反馈 对象=程亦舟 整体=不满意")
    return workspace


def test_a_lead_is_not_closed_while_one_that_it_leads_is_not_content(answered: Path) -> None:
    run = dafu(answered, "track", "143069", "办结")

    assert run.code == 4
    assert "并案的 143070 有不满意的反馈，还没有重办，不能办结" in run.err


def test_a_lead_is_not_closed_before_the_later_letter_of_one_that_it_leads(answered: Path) -> None:
    track(answered, "143070", "重办")
    run = dafu(answered, "track", "143069", "办结")

    assert run.code == 4
    assert "在 143069 上登记重办" in run.err


def test_after_the_later_letter_all_of_them_are_closed(answered: Path) -> None:
    track(answered, "143070", "重办")
    track(answered, "143069", "重办", "签发 签发人=周明远", "印发 发文字号=东商〔2025〕9号")
    track(answered, "143070", "送达 对象=程亦舟、陆一白", "反馈 对象=程亦舟 整体=满意", "办结")
    track(answered, "143069", "送达 对象=林晓", "反馈 对象=林晓 整体=满意", "办结")


def test_members_that_are_content_or_silent_do_not_hold_up_their_lead(workspace: Path) -> None:
    track(workspace, "143069", *OPENED, "送达 对象=林晓", "反馈 对象=林晓 整体=满意")
    track(workspace, "143070", "送达 对象=程亦舟、陆一白", "反馈 对象=程亦舟 整体=基本满意")
    track(workspace, "143069", "办结")
