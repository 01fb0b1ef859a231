from __future__ import annotations

import json
from pathlib import Path

import pytest
from pdfminer.high_level import extract_pages

from commands import dafu
from dafu import preview
from records import RECORD, make_workspace

PDF = "replies/2025/143069/预览/答复.pdf"
LONG = f"{RECORD}答复: {{正文: {'政' * 28 * 30}}}\n"
needs_office = pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return make_workspace(tmp_path, **{"143069": LONG})


def pages(pdf: Path) -> list[str]:
    """Return the pictures that *pdf* should have beside it, one for each page."""
    count = len(list(extract_pages(pdf)))
    return [PDF.replace(".pdf", f"-{number}.png") for number in range(1, count + 1)]


@pytest.mark.office
@needs_office
def test_the_files_are_printed_and_what_the_page_cannot_tell(workspace: Path) -> None:
    seen = dafu(workspace, "preview", "143069")

    assert seen.code == 0
    assert seen.out.splitlines() == [PDF, *pages(workspace / PDF)]
    assert all((workspace / path).is_file() for path in seen.out.splitlines())
    assert "Word、WPS 的断行和分页可能不同" in seen.err
    assert "143069：还缺 发文字号、" in seen.err


@pytest.mark.office
@needs_office
def test_json_tells_files_and_faces(workspace: Path) -> None:
    seen = dafu(workspace, "preview", "143069", "--json")

    (entry,) = json.loads(seen.out)
    assert list(entry) == ["案号", "文件", "页面图", "缺", "替代字体", "写入"]
    assert (entry["文件"], entry["页面图"], entry["写入"]) == (PDF, pages(workspace / PDF), True)
    for face, other in entry["替代字体"].items():
        assert f"没有安装“{face}”，" in seen.err
        assert other in seen.err


@pytest.mark.office
@needs_office
def test_a_rehearsal_says_so_and_writes_nothing(workspace: Path) -> None:
    seen = dafu(workspace, "preview", "143069", "-n")

    assert seen.code == 0
    assert seen.out.startswith(f"{PDF}（没有写文件）\n")
    assert not (workspace / "replies").exists()


def test_without_libreoffice_the_cure_is_told(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("bin")))
    seen = dafu(workspace, "preview", "143069")

    assert (seen.code, seen.out) == (3, "")
    assert seen.err.startswith("没有找到 LibreOffice，不能生成 PDF（请安装 LibreOffice：")
    assert not (workspace / "replies").exists()


@pytest.mark.office
@needs_office
def test_the_usual_papers_are_seen_together_and_each_face_is_told_once(workspace: Path) -> None:
    signed = f"{LONG}办理过程: [{{日期: 2025-05-01, 环节: 拟稿}}]\n"
    (workspace / "proposals/143069.yaml").write_text(signed, encoding="utf-8")
    seen = dafu(workspace, "preview", "143069", "--paper", "全部", "-n")

    papers = [Path(line).stem for line in seen.out.replace("（没有写文件）", "").splitlines() if ".pdf" in line]
    assert papers == ["答复", "发文稿纸", "征询意见表-林晓"]
    assert {seen.err.count(f"没有安装“{face}”") for face in preview.stand_ins()} <= {0, 1}
    assert seen.err.count("Word、WPS") == 1


def test_an_unknown_template_is_told(workspace: Path) -> None:
    seen = dafu(workspace, "preview", "143069", "--paper", "会办意件")

    assert seen.code == 3
    assert "会办意件" in seen.err
