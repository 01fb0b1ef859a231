from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import docx
import pytest

from commands import dafu
from dafu.check.book import RULES
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
    assert "没有发现问题" not in checked.err, "what was not looked at is not sound"


# --- rules explained and switched off


def test_a_rule_is_explained_with_its_source_and_an_example(tmp_path: Path) -> None:
    explained = dafu(tmp_path, "check", "--explain", "L201")

    assert explained.code == 0
    assert [line.partition("：")[0] for line in explained.out.splitlines()] == [
        *("代码", "级别", "名称", "要求", "出处", "例子"),
    ]
    assert "GB/T 9704-2012 7.2.5" in explained.out


def test_a_rule_is_explained_in_json_too(tmp_path: Path) -> None:
    explained = json.loads(dafu(tmp_path, "check", "--explain", "h401", "--json").out)

    assert (explained["代码"], explained["级别"]) == ("H401", "警告")


def test_an_unknown_rule_is_refused_with_the_nearest(tmp_path: Path) -> None:
    explained = dafu(tmp_path, "check", "--explain", "L2001")

    assert (explained.code, explained.out) == (2, "")
    assert re.search("没有“L2001”这条规则（是不是“L20[0-9]”？）", explained.err)


@pytest.mark.parametrize("code", sorted(RULES))
def test_every_rule_has_all_its_words(code: str) -> None:
    rule = RULES[code]

    assert rule.code == code
    assert all((rule.title, rule.text.endswith("。"), rule.source, rule.example))


MUTING = OFFICE + "检查: {停用: [{代码: L101, 理由: 由督查室补录}], 易错词: {开放: 开业}}\n"


def test_what_the_office_has_switched_off_is_not_found_and_the_clerk_is_told(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, OFFICE, 甲=SIGNED), "check")
    both = MUTING.replace("停用: [", "停用: [{代码: W101, 理由: 沟通记录在纸上}, ")
    muted = dafu(make_workspace(tmp_path / "乙", both, 甲=SIGNED), "check")

    assert (checked.code, muted.code) == (1, 0)
    assert "这一项" not in muted.out
    assert "处属于停用的规则" in muted.err


def test_words_that_the_office_often_mistypes_are_found(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, MUTING, 甲=WHOLE), "check")

    assert "多半应当是“开业”" in checked.out


def test_a_code_that_is_no_rule_cannot_be_switched_off_in_silence(tmp_path: Path) -> None:
    checked = dafu(make_workspace(tmp_path, MUTING.replace("L101", "L999"), 甲=WHOLE), "check")

    assert "dafu.yaml: 检查.停用.1.代码 提示：没有“L999”这条规则" in checked.out


# --- any .docx


def by_hand(folder: Path, name: str = "来件.docx") -> Path:
    document = docx.Document()
    for text in ("关于夜市管理的答复", "林晓委员：", "来件收悉,现答复如下：公厕已经建成6座，联系人是×××。"):
        document.add_paragraph(text)
    document.save(str(folder / name))
    return folder / name


def test_a_document_is_checked_outside_any_workspace(tmp_path: Path) -> None:
    by_hand(tmp_path)
    found = json.loads(dafu(tmp_path, "check", "来件.docx", "--json").out)

    assert {entry["文件"] for entry in found} == {"来件.docx"}
    codes = {entry["代码"]: entry for entry in found}
    assert codes["P302"]["级别"] == "错误"  # the upper margin of python-docx is an inch
    assert codes["H201"]["字段"] == codes["L232"]["字段"] == "第3段"


def test_a_document_with_errors_ends_with_1_and_a_missing_one_with_3(tmp_path: Path) -> None:
    by_hand(tmp_path)

    assert dafu(tmp_path, "check", "来件.docx").code == 1
    assert dafu(tmp_path, "check", "没有.docx").code == 3
    assert dafu(tmp_path, "check", "来件.docx", "没有.docx").code == 3


def test_a_file_that_is_no_document_is_told_and_the_others_are_checked(tmp_path: Path) -> None:
    by_hand(tmp_path)
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04 no package")
    checked = dafu(tmp_path, "check", "坏.docx", "来件.docx")

    assert checked.code == 3
    assert "坏.docx: " in checked.out
    assert "来件.docx: 第3段 警告：" in checked.out


def test_a_rule_that_is_switched_off_is_so_for_documents_too(tmp_path: Path) -> None:
    office = OFFICE + "检查: {停用: [{代码: H201, 理由: 试}]}\n"
    by_hand(make_workspace(tmp_path, office, 甲=WHOLE))
    found = json.loads(dafu(tmp_path, "check", "来件.docx", "--json").out)

    assert "H201" not in {entry["代码"] for entry in found}


def test_a_document_and_a_record_are_checked_together(tmp_path: Path) -> None:
    by_hand(make_workspace(tmp_path, **{"143069": SIGNED}))
    checked = dafu(tmp_path, "check", "143069", "来件.docx")

    assert checked.code == 1
    assert {line.partition(":")[0] for line in checked.out.splitlines()} == {"proposals/143069.yaml", "来件.docx"}


def test_the_mended_copy_is_a_file_of_its_own_and_the_original_stays(tmp_path: Path) -> None:
    before = by_hand(tmp_path).read_bytes()
    mended = dafu(tmp_path, "check", "来件.docx", "--fix", "改好.docx")

    assert mended.code == 0
    assert (tmp_path / "来件.docx").read_bytes() == before
    assert docx.Document(str(tmp_path / "改好.docx")).paragraphs[2].text.startswith("来件收悉,现答复如下")
    margins = json.loads(dafu(tmp_path, "check", "改好.docx", "--json").out)
    assert "P302" not in {entry["代码"] for entry in margins}


def test_a_rehearsal_of_mending_writes_nothing(tmp_path: Path) -> None:
    by_hand(tmp_path)
    mended = dafu(tmp_path, "check", "来件.docx", "--fix", "改好.docx", "-n")

    assert mended.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["来件.docx"]


@pytest.mark.parametrize("out", ["来件.docx", "./来件.docx", "另一件.docx"])
def test_the_mended_copy_never_takes_the_place_of_a_file(tmp_path: Path, out: str) -> None:
    before = by_hand(tmp_path).read_bytes()
    (tmp_path / "另一件.docx").write_bytes(b"another")

    assert dafu(tmp_path, "check", "来件.docx", "--fix", out).code == 4
    assert (tmp_path / "来件.docx").read_bytes() == before
    assert (tmp_path / "另一件.docx").read_bytes() == b"another"


@pytest.mark.parametrize("words", [[], ["143069"], ["甲.docx", "乙.docx"]])
def test_mending_wants_exactly_one_document(tmp_path: Path, words: list[str]) -> None:
    assert dafu(tmp_path, "check", *words, "--fix", "改好.docx").code == 2


def test_a_rehearsal_without_mending_makes_no_sense(tmp_path: Path) -> None:
    assert dafu(tmp_path, "check", "-n").code == 2


def test_no_workspace_is_an_error_only_for_records(tmp_path: Path) -> None:
    assert dafu(tmp_path, "check").code == 3
