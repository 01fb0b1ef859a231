from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

NOTICE = """\
国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕8号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""
TODAY = ("--today", "2027-01-21")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = make_workspace(tmp_path, **{"143069": f"{RECORD}办理过程: [{{日期: 2027-01-20, 环节: 交办}}]\n"})
    (folder / "通知.txt").write_text(NOTICE, encoding="utf-8")
    return folder


def test_a_notice_is_taken_in_and_the_cases_that_it_moves_are_listed(workspace: Path) -> None:
    run = dafu(workspace, *TODAY, "holidays", "import", "通知.txt")

    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines() == [
        "国办发明电〔2026〕8号：放假 27 天，补班 6 天",
        "143069 退办：2027-02-03 → 2027-02-02  proposals/143069.yaml",
        "143069 首次沟通：2027-02-12 → 2027-02-16  proposals/143069.yaml",
    ]
    assert (workspace / "节假日.yaml").exists()
    assert "暂定" not in dafu(workspace, *TODAY, "due").out
    assert "国办发明电〔2026〕8号" in dafu(workspace, *TODAY, "why", "143069", "首次沟通").out


def test_taken_in_again_it_moves_nothing(workspace: Path) -> None:
    dafu(workspace, *TODAY, "holidays", "import", "通知.txt")
    before = (workspace / "节假日.yaml").read_bytes()
    run = dafu(workspace, *TODAY, "holidays", "import", "通知.txt")

    assert (run.code, len(run.out.splitlines())) == (0, 1)
    assert (workspace / "节假日.yaml").read_bytes() == before


def test_a_rehearsal_lists_the_same_and_writes_nothing(workspace: Path) -> None:
    run = dafu(workspace, *TODAY, "holidays", "import", "通知.txt", "-n")

    assert run.out.splitlines()[0].endswith("补班 6 天（没有写文件）")
    assert len(run.out.splitlines()) == 3
    assert not (workspace / "节假日.yaml").exists()


def test_a_record_that_cannot_be_read_is_named(workspace: Path) -> None:
    (workspace / "proposals/别的.yaml").write_text("案号: 5\n签发: 周明远\n", encoding="utf-8")
    run = dafu(workspace, *TODAY, "holidays", "import", "通知.txt")

    assert (run.code, len(run.out.splitlines()), "proposals/别的.yaml" in run.err) == (3, 3, True)


def test_a_text_that_contradicts_itself_is_refused_with_its_lines(workspace: Path) -> None:
    wrong = NOTICE.replace("2月5日（周五）", "2月5日（周四）").replace("9月26日（周日）", "9月31日")
    (workspace / "通知.txt").write_text(wrong, encoding="utf-8")
    run = dafu(workspace, *TODAY, "holidays", "import", "通知.txt")

    assert (run.code, run.out) == (3, "")
    assert {line.partition(" ")[0] for line in run.err.splitlines()} == {"通知.txt:4:", "通知.txt:9:"}
    assert not (workspace / "节假日.yaml").exists()


def test_a_file_that_is_not_there_is_named(workspace: Path) -> None:
    run = dafu(workspace, *TODAY, "holidays", "import", "没有.txt")

    assert (run.code, "没有.txt" in run.err) == (3, True)
