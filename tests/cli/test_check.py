from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands import dafu
from records import OFFICE, RECORD, make_workspace

if TYPE_CHECKING:
    from pathlib import Path

SIGNED = RECORD + "办理过程: [{日期: 2025-08-26, 环节: 签发, 签发人: 周明远}]\n"
BROKEN = RECORD.replace("143069", "143071") + "签发: 周明远\n层级: 区\n"
WHOLE = RECORD + (
    "答复: {发文字号: 东商〔2025〕7号, 签发人: 周明远, 办理结果: A, 成文日期: 2025-08-26, 印发日期: 2025-08-26, "
    "联系人: [麻东], 正文: 已经开放。}\n"
)


@pytest.mark.parametrize(("record", "code"), [(WHOLE, 0), (RECORD, 0), (SIGNED, 1), (BROKEN, 3)])
def test_the_code_is_that_of_the_weightiest_finding(tmp_path: Path, record: str, code: int) -> None:
    make_workspace(tmp_path, 甲=record)

    assert dafu(tmp_path, "check").code == code


def test_a_record_in_order_is_said_to_be(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, 甲=WHOLE), "check")

    assert "没有发现问题" in checked.out + checked.err


def test_findings_are_printed_on_standard_output_with_path_line_and_field(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, 甲=SIGNED), "check")

    start = "proposals/甲.yaml:"
    assert all(line.startswith(start) for line in checked.out.splitlines())
    assert any("答复.发文字号 已签发，答复件上却没有这一项（" in line for line in checked.out.splitlines())


def test_broken_records_are_checked_beside_good_ones_and_3_beats_1(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, 甲=SIGNED, 乙=BROKEN), "check")

    assert checked.code == 3
    assert "proposals/乙.yaml:5: 签发 “签发”不是字段" in checked.out
    assert "proposals/乙.yaml:6: 层级 不能是“区”" in checked.out
    assert "proposals/甲.yaml:" in checked.out


def test_json_has_the_keys_of_the_contract(tmp_path: Path) -> None:
    make_workspace(tmp_path, 甲=SIGNED, 乙=BROKEN)
    found = json.loads(dafu(tmp_path, "check", "--json").out)

    assert {tuple(entry) for entry in found} == {("文件", "行", "字段", "代码", "级别", "说明", "改法")}
    assert {entry["级别"] for entry in found} <= {"错误", "警告", "提示"}
    unknown = next(entry for entry in found if entry["字段"] == "签发")
    assert (unknown["文件"], unknown["行"], unknown["说明"]) == ("proposals/乙.yaml", 5, "“签发”不是字段")


def test_notices_weigh_nothing_in_json_either(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, 甲=RECORD), "check", "--json")

    assert checked.code == 0
    assert {entry["级别"] for entry in json.loads(checked.out)} == {"提示"}


def test_only_what_was_named_is_checked(tmp_path: Path) -> None:
    make_workspace(tmp_path, **{"143069": WHOLE, "143071": BROKEN})

    assert dafu(tmp_path, "check", "143069").code == 0
    assert dafu(tmp_path, "check", "143071").code == 3


def test_a_broken_template_is_told_once_for_all_its_records(tmp_path: Path) -> None:
    make_workspace(tmp_path, OFFICE, **{"143069": WHOLE, "143070": WHOLE.replace("143069", "143070")})
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/答复.j2").write_text("{% block 标题 %}{{ 届 }}{% endblock %}", encoding="utf-8")
    checked = dafu(tmp_path, "check")

    assert checked.code == 3
    assert checked.out.count("“届”不是字段") == 1


def test_a_copy_left_by_a_sync_program_is_a_warning_only(tmp_path: Path) -> None:
    make_workspace(tmp_path, **{"143069": WHOLE, "143069 (1)": WHOLE})
    checked = dafu(tmp_path, "check")

    assert checked.code == 0
    assert "像是复制或同步冲突留下的副本" in checked.out


def test_a_number_that_is_not_on_file_is_said_to_be_missing(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, 甲=WHOLE), "check", "143099")

    assert checked.code == 3
    assert "没有“143099”这一件" in checked.err
