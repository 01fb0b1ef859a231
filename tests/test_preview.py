from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar
from PIL import Image

from dafu import preview
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
POSIX_ONLY = "the fake LibreOffice is a shell script"


FANDOL = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
needs_fandol = pytest.mark.skipif(not FANDOL.exists(), reason="the Fandol faces are not installed")


def needs_office(test: Callable[P, None]) -> Callable[P, None]:
    absent = preview.office() is None
    return pytest.mark.office(pytest.mark.skipif(absent, reason="LibreOffice (soffice) is not installed")(test))


def letter(*lines: str, face: str = "仿宋_GB2312", overflow_punct: str | None = None) -> bytes:
    """Make an A4 page in 16 pt with 28 mm at the left and 26 mm at the right."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for line in lines:
        paragraph = document.add_paragraph()
        if overflow_punct is not None:
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 -- python-docx has no public way
            etree.SubElement(properties, qn("w:overflowPunct"), {qn("w:val"): overflow_punct})
        run = paragraph.add_run(line)
        run.font.size = Pt(16)
        run.font.name = face
        fonts = run._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 -- python-docx has no public way
        fonts.set(qn("w:eastAsia"), face)
        fonts.set(qn("w:hint"), "eastAsia")
        look = run._r.get_or_add_rPr()  # noqa: SLF001 -- python-docx has no public way
        etree.SubElement(look, qn("w:lang"), {qn("w:eastAsia"): "zh-CN"})
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def torn(package: bytes) -> bytes:
    """Spoil the compressed text of the document and nothing else."""
    start = package.index(b"word/document.xml") + 60
    return package[:start] + bytes(40) + package[start + 40 :]


def words(pdf: bytes) -> str:
    return "".join(extract_text(BytesIO(pdf)).split())


def characters(item: object) -> Iterator[LTChar]:
    if isinstance(item, LTChar):
        yield item
    elif hasattr(item, "__iter__"):
        for part in item:
            yield from characters(part)


def faces(pdf: bytes) -> dict[str, str]:
    """Return the face in which each character is drawn, without the mark of the subset."""
    drawn = characters(extract_pages(BytesIO(pdf)))
    return {char.get_text(): char.fontname.partition("+")[2] for char in drawn}


def rightmost(pdf: bytes) -> float:
    """Return the right edge of the text in millimetres from the left of the page."""
    return max(char.x1 for char in characters(extract_pages(BytesIO(pdf)))) / 72 * 25.4


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary folders be made where the test can see them."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def bin_first(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("bin")
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)
    return folder


def running(pid: str) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, encoding="utf-8", check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


def until(done: Callable[[], bool]) -> bool:
    """Wait for what happens in another process."""
    for _ in range(500):
        if done():
            return True
        time.sleep(0.02)
    return False


def fake_office(folder: Path, script: str) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


@needs_office
def test_a_letter_becomes_a_pdf_with_its_words(scratch: Path) -> None:
    paper = preview.pdf(letter("关于优化营商环境提案的答复", "申某某委员："))
    assert paper.startswith(b"%PDF-")
    assert words(paper) == "关于优化营商环境提案的答复申某某委员："
    assert list(scratch.iterdir()) == []


@needs_office
def test_a_batch_keeps_its_order_across_processes() -> None:
    names = [f"第{number}件" for number in "一二三四五六七八九"]
    assert [words(paper) for paper in preview.pdfs([letter(name) for name in names])] == names


@needs_office
def test_an_empty_batch_gives_nothing() -> None:
    assert preview.pdfs([]) == []


@needs_office
def test_conversions_side_by_side_do_not_meet() -> None:
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(preview.pdf, [letter("甲件"), letter("乙件")])
    assert (words(first), words(second)) == ("甲件", "乙件")


@needs_office
@needs_fandol
@pytest.mark.parametrize(
    ("official", "drawn"),
    [
        ("仿宋_GB2312", "FandolFang-Regular"),
        ("仿宋", "FandolFang-Regular"),
        ("FangSong", "FandolFang-Regular"),
        ("楷体_GB2312", "FandolKai-Regular"),
        ("黑体", "FandolHei-Regular"),
        ("宋体", "FandolSong-Regular"),
    ],
)
def test_an_official_face_is_drawn_in_its_stand_in(official: str, drawn: str) -> None:
    assert set(faces(preview.pdf(letter("答复２０２５年", face=official))).values()) == {drawn}


@needs_office
@needs_fandol
@pytest.mark.parametrize("official", ["方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S"])
def test_the_face_of_titles_is_drawn_heavy(official: str) -> None:
    drawn = faces(preview.pdf(letter("答复", face=official)))["答"]
    assert drawn.startswith("NotoSerifCJK")
    assert "Bold" in drawn or "Black" in drawn


@needs_office
@needs_fandol
def test_a_rare_character_of_a_name_is_not_drawn_sans_serif() -> None:
    drawn = faces(preview.pdf(letter("申镠郡")))
    assert drawn["申"] == drawn["郡"] == "FandolFang-Regular"
    assert drawn["镠"].startswith("NotoSerifCJK")


@needs_office
def test_punctuation_hangs_in_no_preview_of_a_letter_that_forbids_it() -> None:
    line = "政" * 27 + "，" + "协" * 10  # 27 characters of 16 pt fill 152.4 of 156 mm
    assert rightmost(preview.pdf(letter(line, overflow_punct="0"))) <= 184.1


@needs_office
@pytest.mark.parametrize(
    "parts", [{"mimetype": b"text"}, {"word/document.xml": b"<w:document", "[Content_Types].xml": b""}]
)
def test_a_zip_that_is_no_letter_is_named_in_chinese(parts: dict[str, bytes], scratch: Path) -> None:
    package = BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with pytest.raises(UnusableError, match="没有生成第 2 件的 PDF"):
        preview.pdfs([letter("好的"), package.getvalue()])
    assert list(scratch.iterdir()) == []


@needs_office
@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04", letter("截断")[:-40], b"plain text", torn(letter("坏"))])
def test_a_broken_letter_is_named_in_chinese(broken: bytes) -> None:
    with pytest.raises(UnusableError, match=r"第 1 件不是完好的 \.docx"):
        preview.pdf(broken)


@needs_office
def test_pages_are_pictures_in_order() -> None:
    pictures = preview.pages(preview.pdf(letter(*["满"] * 30, "末")), dpi=60)
    sizes = [Image.open(BytesIO(picture)).size for picture in pictures]
    assert sizes == [pytest.approx((496.1, 701.6), abs=1)] * 2  # 210 and 297 mm at 60 dpi
    full, last = (sum(Image.open(BytesIO(picture)).convert("L").histogram()[:128]) for picture in pictures)
    assert full > last  # dark dots


def test_pages_of_no_pdf_are_named_in_chinese() -> None:
    with pytest.raises(UnusableError, match="PDF 打不开"):
        preview.pages(b"no pdf")


def test_a_missing_program_comes_with_its_cure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert preview.office() is None
    with pytest.raises(UnusableError, match="安装 LibreOffice"):
        preview.pdf(letter("答复"))
    with pytest.raises(UnusableError, match="安装 poppler"):
        preview.pages(b"%PDF-1.4")


def test_the_programs_that_are_missing_are_listed_with_their_cures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    lacking = preview.lacking()

    assert list(lacking) == ["LibreOffice", "poppler"]
    assert "sudo apt install libreoffice-writer" in lacking["LibreOffice"]
    assert "sudo apt install poppler-utils" in lacking["poppler"]


@pytest.mark.skipif(os.name == "nt", reason=POSIX_ONLY)
def test_a_program_that_is_there_is_not_listed(bin_first: Path) -> None:
    fake_office(bin_first, "true")

    assert "LibreOffice" not in preview.lacking()


def test_a_system_without_fontconfig_lists_no_faces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not preview.sees_faces()
    assert preview.stand_ins() == {}


def test_the_faces_of_a_letter_are_those_that_its_text_names() -> None:
    assert {"楷体_GB2312"} <= preview.faces(letter("答复", face="楷体_GB2312"))
    assert "黑体" not in preview.faces(letter("答复", face="楷体_GB2312"))


def test_only_faces_that_are_not_installed_have_stand_ins() -> None:
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, encoding="utf-8", check=True).stdout
    installed = {name for line in listed.splitlines() for name in line.split(",")}
    named = {"方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "仿宋_GB2312", "仿宋", "FangSong"}
    named |= {"楷体_GB2312", "楷体", "KaiTi", "黑体", "SimHei", "宋体", "SimSun"}
    substituted = preview.stand_ins()
    assert named - installed <= substituted.keys()
    assert not substituted.keys() & installed


def test_a_face_that_is_installed_needs_no_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some = subprocess.run(["fc-match", "-f", "%{file}", "sans"], capture_output=True, encoding="utf-8", check=True)
    (tmp_path / "faces").mkdir()
    shutil.copy(some.stdout, tmp_path / "faces")
    rules = tmp_path / "fonts.conf"
    rules.write_text(
        f"<fontconfig><dir>{tmp_path}/faces</dir><cachedir>{tmp_path}/cache</cachedir><match target='scan'>"
        "<edit name='family' mode='assign'><string>仿宋_GB2312</string></edit></match></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(rules))
    substituted = preview.stand_ins()
    assert "仿宋_GB2312" not in substituted
    assert substituted["仿宋"] == "仿宋_GB2312"


@pytest.mark.skipif(os.name == "nt", reason=POSIX_ONLY)
def test_a_run_has_a_profile_that_is_past_its_first_start(bin_first: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.xcu"
    (bin_first / "bootstraprc").write_text("[Bootstrap]\nProductKey=LibreOffice 24.2\n", encoding="utf-8")
    fake_office(bin_first, f"cp profile/user/registrymodifications.xcu '{kept}'")
    with pytest.raises(UnusableError, match="没有生成"):
        preview.pdf(letter("答复"))
    settings = kept.read_text(encoding="utf-8")
    assert 'oor:name="ooSetupLastVersion" oor:op="fuse"><value>24.2</value>' in settings
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value>' in settings


@pytest.mark.skipif(os.name == "nt", reason=POSIX_ONLY)
def test_what_libreoffice_says_is_passed_on(bin_first: Path) -> None:
    fake_office(bin_first, "echo 'Warning: no java'; echo 'Error: no disk'; exit 77")
    with pytest.raises(UnusableError, match="Error: no disk"):
        preview.pdf(letter("答复"))


@pytest.mark.skipif(os.name == "nt", reason=POSIX_ONLY)
def test_a_program_that_cannot_start_is_named(bin_first: Path) -> None:
    (bin_first / "soffice").write_bytes(b"\x7fELF")
    (bin_first / "soffice").chmod(0o755)
    with pytest.raises(UnusableError, match="启动不了"):
        preview.pdf(letter("答复"))


@pytest.mark.skipif(os.name == "nt", reason=POSIX_ONLY)
def test_a_hung_run_is_killed_with_its_children(
    bin_first: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dafu.preview._SECONDS", 1)
    monkeypatch.setattr("dafu.preview._SECONDS_PER_LETTER", 0)
    pids = bin_first / "pids"
    fake_office(bin_first, f"trap '' TERM; sleep 600 & echo $$ $! > '{pids}'; wait")
    with pytest.raises(UnusableError, match="1 秒没有完成，已经停止"):
        preview.pdf(letter("答复"))
    assert until(lambda: not any(map(running, pids.read_text(encoding="utf-8").split())))
    assert list(scratch.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason=POSIX_ONLY)
def test_an_interrupted_run_leaves_nothing_running(bin_first: Path, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    fake_office(bin_first, f"sleep 600 & echo $$ $! > '{pids}'; wait")
    (tmp_path / "letter.docx").write_bytes(letter("答复"))
    work = (
        "import pathlib, signal, sys; from dafu import preview\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell in the background has it ignored
        "preview.pdf(pathlib.Path(sys.argv[1]).read_bytes())"
    )
    with subprocess.Popen([sys.executable, "-c", work, tmp_path / "letter.docx"], stderr=subprocess.DEVNULL) as clerk:
        assert until(lambda: pids.exists() and pids.read_text(encoding="utf-8").endswith("\n"))
        clerk.send_signal(signal.SIGINT)
    assert until(lambda: not any(map(running, pids.read_text(encoding="utf-8").split())))


@pytest.mark.skipif(os.name == "nt", reason=POSIX_ONLY)
def test_an_interruption_while_a_program_starts_leaves_nothing_running(bin_first: Path, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    fake_office(bin_first, f"echo $$ > '{pids}'; sleep 600")
    (tmp_path / "letter.docx").write_bytes(letter("答复"))
    work = (
        "import os, pathlib, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "start, pids = subprocess.Popen._execute_child, pathlib.Path(sys.argv[2])\n"
        "def interrupted(self, args, *others):\n"
        "    start(self, args, *others)\n"
        "    if 'soffice' in str(args[0]):\n"
        "        while not pids.exists() or not pids.read_text(encoding='utf-8').endswith('\\n'): time.sleep(0.01)\n"
        "        os.kill(os.getpid(), signal.SIGINT)\n"
        "subprocess.Popen._execute_child = interrupted\n"
        "from dafu import preview\n"
        "preview.pdf(pathlib.Path(sys.argv[1]).read_bytes())"
    )
    command = [sys.executable, "-c", work, str(tmp_path / "letter.docx"), str(pids)]
    told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert "KeyboardInterrupt" in told.stderr
    assert until(lambda: not running(pids.read_text(encoding="utf-8").strip()))
