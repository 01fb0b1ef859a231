"""LibreOffice at run time: the PDF of a letter and pictures of its pages; the only home of subprocess.

Every run has a profile and a working folder of its own, so that runs side by side do not meet. A page
count seen here is LibreOffice's: other faces, and space between Hanzi and digits that Word leaves out.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import zlib
from contextlib import ExitStack, contextmanager
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile, ZipFile

from dafu import files
from dafu.errors import UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SECONDS = 120  # a fault limit for one run, far beyond what a start takes
_SECONDS_PER_LETTER = 5
_SIDE_BY_SIDE = 2  # processes: a start costs as much as about four letters
_LETTERS_PER_START = 4

_USUAL_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)
_CURE_OFFICE = (
    "请安装 LibreOffice：统信、麒麟、Debian、Ubuntu 用“sudo apt install libreoffice-writer”，"
    "Windows 和 macOS 从 https://zh-cn.libreoffice.org 下载；.docx 文件不受影响"
)
_CURE_POPPLER = "请安装 poppler：统信、麒麟、Debian、Ubuntu 用“sudo apt install poppler-utils”"
_CURE_LETTER = "请用 Word 或 WPS 打开看看是否损坏，或重新 draft"


_Letter = tuple[int, bytes]  # its place in the batch, its .docx


class _Style(NamedTuple):
    """A type style of official papers: the faces that have it, then those that may stand in, best first."""

    official: tuple[str, ...]
    free: tuple[str, ...]
    heavy: bool = False


_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC")  # also has the rare characters that Fandol lacks
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC")
_STYLES = (
    _Style(("方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S"), _SERIF, heavy=True),
    _Style(("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"), ("FandolFang", *_SERIF)),
    _Style(
        ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
        ("FandolKai", "LXGW WenKai", "AR PL UKai CN", "AR PL KaitiM GB", *_SERIF),
    ),
    _Style(("黑体", "SimHei"), ("FandolHei", *_SANS)),
    _Style(("宋体", "SimSun"), ("FandolSong", *_SERIF)),
)
_NAMING_FACES = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TEX_FONTS = ("/usr/share/texlive/texmf-dist", "/usr/share/texmf", "/usr/share/texmf-dist")


def office() -> Path | None:
    """Return the LibreOffice executable, or None where there is none."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    return next((place for place in _USUAL_PLACES if place.exists()), None)


def version() -> str:
    """Return the version of LibreOffice, such as `7.4`, or "" where there is none or it does not tell."""
    found = office()
    return _version(found) if found else ""


def pdf(docx: bytes) -> bytes:
    """Return the letter as PDF; raises UnusableError when LibreOffice is missing or fails."""
    return pdfs([docx])[0]


def pdfs(docxs: Sequence[bytes]) -> list[bytes]:
    """Return the letters as PDFs in the same order; many letters share two LibreOffice processes.

    Raises UnusableError when LibreOffice is missing or fails, or when one of them is no letter.
    """
    soffice = office()
    if soffice is None:
        raise UnusableError(f"没有找到 LibreOffice，不能生成 PDF（{_CURE_OFFICE}）")
    copies = [(number, _for_libreoffice(docx, number)) for number, docx in enumerate(docxs, start=1)]
    with ExitStack() as stack:
        runs = [stack.enter_context(_conversion(soffice, share)) for share in _shares(copies)]
        return [paper for papers in runs for paper in papers()]


def pages(pdf: bytes, dpi: int = 60) -> list[bytes]:
    """Return a PNG picture of each page at *dpi*; raises UnusableError without poppler or a sound PDF."""
    pdftoppm = shutil.which("pdftoppm")
    if pdftoppm is None:
        raise UnusableError(f"没有找到 pdftoppm，不能生成页面图（{_CURE_POPPLER}）")
    with _working_folder() as folder:
        (folder / "letter.pdf").write_bytes(pdf)
        _run([pdftoppm, "-r", str(dpi), "-png", "letter.pdf", "page"], folder)
        pictures = sorted(folder.glob("page-*.png"))  # pdftoppm pads the numbers to one width
        if not pictures:
            raise UnusableError("PDF 打不开，没有生成页面图（请重新生成 PDF）")
        return [picture.read_bytes() for picture in pictures]


def lacking() -> dict[str, str]:
    """Return the programs that a preview needs and that are not installed, each with its cure."""
    found = {"LibreOffice": office(), "poppler": shutil.which("pdftoppm")}
    cures = {"LibreOffice": _CURE_OFFICE, "poppler": _CURE_POPPLER}
    return {name: cures[name] for name, place in found.items() if place is None}


def sees_faces() -> bool:
    """Tell whether this system can be asked which faces are installed; `stand_ins` is empty where it cannot."""
    return bool(_installed_faces())


def faces(docx: bytes) -> set[str]:
    """Return the faces that the text of a sound .docx names."""
    with ZipFile(BytesIO(docx)) as letter:
        parts = [letter.read(name) for name in letter.namelist() if _NAMING_FACES.fullmatch(name)]
    return {name.decode() for part in parts for name in re.findall(rb'<w:rFonts [^>]*w:eastAsia="([^"]+)"', part)}


def stand_ins() -> dict[str, str]:
    """Return which free face stands in for each official face that is not installed.

    The free face is empty where none was found and LibreOffice takes what it likes. Systems without
    fontconfig (Windows, macOS) have a list of faces of their own: there the answer is empty.
    """
    installed = _installed_faces()
    return {
        face: next((name for name in (*style.official, *style.free) if name in installed), "")
        for style in _STYLES
        for face in style.official
        if installed and face not in installed
    }


def _installed_faces() -> set[str]:
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return set()
    with _working_folder() as folder:
        names = _run([fc_list, ":", "family"], folder)
    return {name for line in names.splitlines() for name in line.split(",")}


def _for_libreoffice(docx: bytes, number: int) -> bytes:
    """Copy a letter with hanging punctuation spelled as LibreOffice 7.4 reads it: the wrong way round."""
    copy = BytesIO()
    try:
        with ZipFile(BytesIO(docx)) as letter, ZipFile(copy, "w") as flipped:
            for name in letter.namelist():
                flipped.writestr(name, _flipped(name, letter.read(name)))
    except (
        BadZipFile,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
        zlib.error,
    ) as error:
        raise UnusableError(f"第 {number} 件不是完好的 .docx 文件，不能生成 PDF（{_CURE_LETTER}）") from error
    return copy.getvalue()


def _flipped(name: str, part: bytes) -> bytes:
    if not (name.startswith("word/") and name.endswith(".xml")):
        return part
    return part.replace(b'<w:overflowPunct w:val="0"/>', b'<w:overflowPunct w:val="1"/>')


def _shares(letters: list[_Letter]) -> list[list[_Letter]]:
    fair = -(-len(letters) // _SIDE_BY_SIDE)
    size = max(fair, _LETTERS_PER_START)
    return [letters[start : start + size] for start in range(0, len(letters), size)]


@contextmanager
def _conversion(soffice: Path, letters: list[_Letter]) -> Iterator[Callable[[], list[bytes]]]:
    """Start to convert the letters in one process; yields what waits for the PDFs."""
    with _working_folder() as folder:
        for number, letter in letters:
            (folder / f"{number}.docx").write_bytes(letter)
        command = [str(soffice), f"-env:UserInstallation={_profile(soffice, folder).as_uri()}"]
        command += ["--headless", "--norestore", "--nologo", "--nolockcheck", "--convert-to", "pdf"]
        command += [f"{number}.docx" for number, _ in letters]

        def papers() -> list[bytes]:
            said = finish(_SECONDS + _SECONDS_PER_LETTER * len(letters))
            return [_paper(folder, number, said) for number, _ in letters]

        with _program(command, folder) as finish:
            yield papers


def _paper(folder: Path, number: int, said: str) -> bytes:
    try:
        return (folder / f"{number}.pdf").read_bytes()
    except FileNotFoundError as error:
        reason = next((line for line in said.splitlines() if "Error" in line), said or "没有说明")
        raise UnusableError(f"LibreOffice 没有生成第 {number} 件的 PDF：{reason}（{_CURE_LETTER}）") from error


def _profile(soffice: Path, folder: Path) -> Path:
    """Make a profile that knows its version, so that LibreOffice skips the work of a first start."""
    settings = [("Office.Common/Security/Scripting", "DisableMacrosExecution", "true")]
    if version := _version(soffice):
        settings.append(("Setup/Product", "ooSetupLastVersion", version))
    items = (
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in settings
    )
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + "".join(items) + "</oor:items>",
        encoding="utf-8",
    )
    return user.parent


def _version(soffice: Path) -> str:
    """Return LibreOffice's version as `7.4`, or nothing where its installation does not tell."""
    program = soffice.resolve().parent
    places = (program / "bootstraprc", program / "bootstrap.ini", program.parent / "Resources/bootstraprc")
    for place in places:
        if place.is_file():
            key = re.search(r"ProductKey=\D*(\d+\.\d+)", place.read_text(encoding="utf-8", errors="replace"))
            return key[1] if key else ""
    return ""


@contextmanager
def _working_folder() -> Iterator[Path]:
    with (
        files.told(Path("系统的临时文件夹"), "不能用"),
        TemporaryDirectory(prefix="dafu-preview-", ignore_cleanup_errors=True) as folder,
    ):
        yield Path(folder)


def _fontconfig() -> str:
    """Return a fontconfig file that lets free faces stand in; an installed face stays before them."""
    base = escape(os.environ.get("FONTCONFIG_FILE", "fonts.conf"))
    folders = "".join(f"<dir>{tree}/fonts/opentype/public/fandol</dir>" for tree in _TEX_FONTS)
    return f'<fontconfig><include ignore_missing="yes">{base}</include>{folders}{"".join(_rules())}</fontconfig>'


def _rules() -> Iterator[str]:
    for style in _STYLES:
        names = "".join(f"<string>{name}</string>" for name in (*style.official, *style.free))
        weight = '<edit name="weight" mode="assign"><const>black</const></edit>' if style.heavy else ""
        for face in style.official:
            yield (
                f'<match><test name="family"><string>{face}</string></test>'
                f'<edit name="family" mode="append" binding="strong">{names}</edit>{weight}</match>'
            )


def _run(command: list[str], folder: Path) -> str:
    with _program(command, folder) as finish:
        return finish(_SECONDS)


@contextmanager
def _program(command: list[str], folder: Path) -> Iterator[Callable[[int], str]]:
    """Start a program in *folder* with our faces; yields what waits for it and returns what it said.

    Whatever still runs at the end of the block is killed with all its children.
    """
    (folder / "faces.conf").write_text(_fontconfig(), encoding="utf-8")
    log = folder / "said.txt"
    name = Path(command[0]).name
    process: subprocess.Popen[bytes] | None = None

    def finish(seconds: int) -> str:
        assert process is not None  # noqa: S101 -- it is started before this is given away
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise UnusableError(f"{name} {seconds} 秒没有完成，已经停止（请关闭其他程序后再试）") from error
        return log.read_text(encoding="utf-8", errors="replace").strip()

    try:
        with log.open("wb") as said, uninterrupted():  # a file, not a pipe: a stray child cannot keep us waiting
            process = _started(command, folder, said)
        yield finish
    finally:
        if process and process.poll() is None:  # too slow, or the clerk pressed Ctrl-C
            _kill(process)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block: a program just started would go on running with nobody to stop it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _started(command: list[str], folder: Path, said: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 -- found by which, and the arguments are our own
            command,
            cwd=folder,
            env=os.environ | {"FONTCONFIG_FILE": str(folder / "faces.conf")},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise UnusableError(f"{command[0]} 启动不了：{error.strerror}（请重新安装这个程序）") from error


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        taskkill = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(taskkill, check=False, capture_output=True)  # noqa: S603 -- fixed words and a number
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
