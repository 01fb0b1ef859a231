"""What reads the input of others: each reader with sound inputs to begin with, and a way to spoil them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import archiving
import records
import spreadsheets
from dafu import deadlines, docnumber, layout, ledger, letter, readback, sheets, store, workflow, yamltext
from dafu.archive import kinds, manifest, seal, tags
from dafu.compose import Composer, base_templates
from dafu.desk import lint, query, words
from dafu.desk.compare import compare
from dafu.desk.standing import case_schema
from dafu.layout import carried_hash, content_hash
from dafu.model import read_office, read_proposal
from dafu.model.holiday_notice import read_notice
from dafu.model.holidays import read_holidays
from dafu.readback import proposal, reply
from dafu.register.entry import understand
from dafu.workdays import Calendar
from fuzz import mutators
from yamltext.corpus import RECORDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from dafu.model import Office, Proposal
    from dafu.store import Record

TREE = Path(__file__).parents[2]
TODAY = date(2025, 5, 6)


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: how its inputs are made from a chance, and what reads them; `weight` is its share of a run."""

    name: str
    weight: int
    make: Callable[[Random], bytes]
    read: Callable[[bytes], object]


@cache
def _office() -> Office:
    return records.office_of(records.OFFICE + "发文字号: {答复: 东商, 会办意见: {代字: 东商提函, 自动: 是}}\n")


@cache
def _corpus() -> tuple[str, ...]:
    own = [path.read_text("utf-8") for path in sorted((TREE / "proposals").rglob("*.yaml"))]
    return (*RECORDS, *own, archiving.CLOSED)


def _text_of(data: bytes) -> str | None:
    text, problems = yamltext.decode(data)
    return None if problems else text


def _record(chance: Random) -> bytes:
    if chance.random() < 0.3:
        return mutators.grown(chance).encode()
    if chance.random() < 0.3:
        return (records.RECORD + mutators.grown(chance)).encode()
    return mutators.encoded(chance, chance.choice(_corpus()))


def _read_record(data: bytes) -> None:
    """Read a record, and what everything else asks of one that is sound; then change it in one place."""
    text = _text_of(data)
    root, problems = yamltext.parse(text) if text is not None else (None, [])
    if root is None or problems or text is None:
        return
    found, _ = read_proposal(root, _office())
    if found:
        workflow.state(found)
        workflow.breaches(found)
        for clock in deadlines.clocks(found, _office(), Calendar(), TODAY):
            assert clock.basis
    for change in (_appended, _set):
        try:
            change(text)
        except ValueError:  # it cannot be written there, and says so
            continue


def _appended(text: str) -> None:
    yamltext.append_item(text, ("办理过程",), {"日期": "2025-05-06", "环节": "签收"}, None)


def _set(text: str) -> None:
    yamltext.set_value(text, ("答复", "签发人"), "周明远")


def _read_office(data: bytes) -> None:
    text = _text_of(data)
    root, problems = yamltext.parse(text) if text is not None else (None, [])
    if root is not None and not problems:
        read_office(root)
        read_holidays(root)


@cache
def _settings() -> str:
    return (TREE / "dafu.yaml").read_text("utf-8")


_NOTICE = "国务院办公厅关于2027年部分节假日安排的通知\n一、元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。\n"
_ENTRY = """\
发文字号: 东商提函〔2025〕1号
案号: 市/提案/会议/1
文种: 会办意见
轮次: 1
日期: 2025-08-26
登记时间: 2025-08-26T01:30:00+00:00
状态: 在用
"""
_BAG = "0" * 64 + "  data/正本/答复.pdf\n" + "1" * 64 + "  data/a%0Ab\n"


def _small(data: bytes) -> None:
    """Read what is short: numbers, entries, manifests, seals, notices, conditions."""
    text = data.decode(errors="replace")
    understand(data)
    docnumber.parse(text)
    list(docnumber.mentioned(text))
    read_notice(text)
    seal.read(2025, data)
    manifest.parse("manifest-sha256.txt", text, (1, 0))
    tags.read_info(text)
    tags.declared(data)
    letter.blocks(text)
    letter.form(text)


def _small_made(chance: Random) -> bytes:
    return mutators.encoded(
        chance, chance.choice((_NOTICE, _ENTRY, _BAG, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"))
    )


def _words(data: bytes) -> None:
    """Read the words of a command: conditions, and keys to be set."""
    first, _, rest = data.decode(errors="replace").partition("=")
    query.chooser([f"{first}={rest}"], case_schema())
    words.assignment(first, rest)


def _words_made(chance: Random) -> bytes:
    return mutators.text(
        chance, chance.choice(("答复.签发人=周明远", "提案人.1.电话=60010023", "科室=市场科", "期限<=2025-08-31"))
    ).encode(errors="replace")


@cache
def _sound() -> Proposal:
    return records.proposal_of(
        "答复: {办理结果: A, 公开: 主动公开, 正文: 一、已办。, 联系人: [陆远]}\n会办单位: [市财政局]\n角色: 主办\n"
    )


@cache
def _templates() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in base_templates())


@cache
def _place() -> tempfile.TemporaryDirectory[str]:
    shared = Path("/dev/shm")  # noqa: S108 -- memory: thousands of templates
    return tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None)


def _shelf() -> Path:
    """Return a folder of this process's own, which goes with it."""
    return Path(_place().name)


@cache
def _standard() -> Composer:
    """Return what composes by the templates that come with the tool: compiled once."""
    return Composer(_office(), _shelf() / "标准")


def _template(data: bytes) -> None:
    (_shelf() / "答复.j2").write_bytes(data)
    layout.draw(Composer(_office(), _shelf()).compose("答复", _sound()).letter)


def _template_made(chance: Random) -> bytes:
    return mutators.encoded(chance, chance.choice(_templates()))


def _body(data: bytes) -> None:
    """Set a body of any text in a letter, draw it, and read it back."""
    text = yamltext.parse(
        f"{records.RECORD}答复:\n  正文: |\n"
        + "".join(f"    {line}\n" for line in data.decode(errors="replace").splitlines())
    )
    found = read_proposal(text[0], _office())[0] if text[0] and not text[1] else None
    if found:
        drawn = _standard().compose("答复", found).letter
        readback.paragraphs(layout.draw(drawn))


_PAGES = 60_000
"""Characters of a body: a hundred pages. Beyond that the time grows with the length and with nothing else."""


def _body_made(chance: Random) -> bytes:
    return mutators.text(
        chance,
        "一、关于增加车位。今年新增：\n（一）东区200个。\n|街道|处|\n|---|---|\n|东街|5|\n1.**九月底前**完成\n（1）验收。",
    )[:_PAGES].encode(errors="replace")


@cache
def _desk() -> tuple[Composer, Record]:
    folder = records.make_workspace(_shelf() / "office", **{"143069": archiving.CLOSED})
    workspace = store.open_workspace(folder)
    return Composer(_office(), workspace.templates), store.read(workspace, folder / "proposals/143069.yaml")


@cache
def sound_docx() -> bytes:
    """Return a letter as `draft` draws it."""
    return layout.draw(_standard().compose("答复", _sound()).letter)


def _letter_lines(data: bytes) -> None:
    """Read the lines of a letter, however they came out of their file."""
    lines = ["东河市商务局文件", *data.decode(errors="replace").splitlines(), "2025年3月1日"]
    reply.read(lines)
    proposal.read(lines)


def _letter_made(chance: Random) -> bytes:
    return mutators.encoded(chance, "\n".join(archiving.LETTER))


def _read_docx(data: bytes) -> None:
    lines = readback.lines(data, "来.docx")
    reply.read(lines)
    proposal.read(lines)


def _edited_docx(data: bytes) -> None:
    """Read a .docx as `draft` and `compare` do."""
    if carried_hash(data) == content_hash(data):
        return
    composer, record = _desk()
    place = _shelf() / "来.docx"
    place.write_bytes(data)
    compare(composer, _office(), record, None, place)


def _linted_docx(data: bytes) -> None:
    from dafu.check.docx.elements import Letter
    from dafu.check.docx.opening import opened
    from dafu.check.docx.rules import findings

    list(findings(Letter(opened(data))))
    lint.mend(data)


def _docx_made(chance: Random) -> bytes:
    return mutators.package(chance, sound_docx())


@cache
def sound_xlsx() -> bytes:
    """Return a list as a government office sends it."""
    place = _shelf() / "清单.xlsx"
    heads = ("序号", "提案号", "案由", "提案人", "主办单位", "会办单位", "交办日期")
    spreadsheets.listed(
        place,
        heads,
        (1, "143069", "优化夜市", "林晓、苏白", "市商务局", "市财政局", date(2025, 3, 5)),
        (2, 143070, "停车", "苏白", "市商务局", "", 45721),
    )
    return place.read_bytes()


def _read_list(data: bytes) -> None:
    book = sheets.read_book(data, "来.xlsx")
    ledger.read_list(book, "来.xlsx", "清单", _office(), TODAY, {})


def _xlsx_made(chance: Random) -> bytes:
    return mutators.package(chance, sound_xlsx())


_CSV = '序号,提案号,案由,提案人,主办单位\n1,143069,优化夜市,林晓、苏白,市商务局\n2,"143070",停车,苏白,市商务局\n'


def _csv_made(chance: Random) -> bytes:
    return mutators.encoded(chance, _CSV)


@cache
def _pdfs() -> tuple[bytes, ...]:
    return (
        archiving.pdf(archiving.LETTER),
        archiving.picture("scan"),
        archiving.picture("scan", "PNG"),
        archiving.picture("scan", "TIFF"),
    )


def _read_pdf(data: bytes) -> None:
    kinds.inspected(data, "来.pdf")
    if data.startswith(b"%PDF"):
        readback.lines(data, "来.pdf")


def _pdf_made(chance: Random) -> bytes:
    return mutators.data(chance, chance.choice(_pdfs()))


READERS = (
    Reader("records", 29, _record, _read_record),
    Reader("dafu.yaml", 11, lambda chance: mutators.encoded(chance, _settings()), _read_office),
    Reader("small files", 17, _small_made, _small),
    Reader("words", 11, _words_made, _words),
    Reader("templates", 11, _template_made, _template),
    Reader("bodies", 4, _body_made, _body),
    Reader("csv lists", 4, _csv_made, _read_list),
    Reader("xlsx lists", 3, _xlsx_made, _read_list),
    Reader("letter lines", 4, _letter_made, _letter_lines),
    Reader("docx read", 2, _docx_made, _read_docx),
    Reader("docx compared", 1, _docx_made, _edited_docx),
    Reader("docx linted", 1, _docx_made, _linted_docx),
    Reader("pdf and scans", 2, _pdf_made, _read_pdf),
)
