"""A spreadsheet → the rows of a list, each with what it says and what is to be said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dafu.errors import Problem, Severity, UnusableError
from dafu.ledger.cells import NONE, Days, Notes, cleaned, read_cell, word_of, words_of
from dafu.ledger.columns import KIND, NUMBER, ORDER, SUBJECT, TOPIC, Column, Form, Part, nearest_title, plain_heading
from dafu.ledger.header import Header, find_header
from dafu.ledger.rows import Setting, identity_of_row, leaves_of_row
from dafu.sheets import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dafu.ledger.leaves import Leaves
    from dafu.model import Office
    from dafu.sheets import Book, Cell, Sheet

_TOTAL = re.compile(r"^(合计|总计|小计|共计|总数|累计|合 *计)")
_SESSION = re.compile(r"[\u4e00-\u9fff]{0,40}?(?:政协|人大|届)[\u4e00-\u9fff0-9]{0,40}?次(?:全体)?会议")
_SESSION_NOISE = re.compile("^(?:关于|附件|印发|转发|交办|转办|办理|做好|全部|年度?|对|在|的|表)+")
_YEAR = re.compile("((?:19|20|21)[0-9]{2})年")
_WORD = re.compile(r"[0-9A-Za-z]")
_FEW = 3
_MOST_TOLD = 10
_MOST_ROWS = 10_000  # below the headers of all sheets; a province hands over some 2,000


@dataclass(slots=True)
class Row:
    """One row of a list; `leaves` is None where it is another office's item, `identity` says which item it is."""

    number: int
    leaves: Leaves | None
    identity: Leaves
    notes: Notes


@dataclass(slots=True)
class Listing:
    """What a file of rows says: its rows, what is to be said of the whole, and the headings that were found."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headings: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet with its header, and how its rows are to be read."""

    sheet: Sheet
    header: Header
    setting: Setting
    file: str
    prefix: str

    def place(self, column: int) -> str:
        """Return what the sheet itself calls *column*: `B列“案由”`."""
        return f"{self.prefix}{column_letter(column)}列“{self.header.headings.get(column, '')}”"


def read_list(book: Book, file: str, stem: str, office: Office, today: date, names: Mapping[str, Column]) -> Listing:
    """Return the rows of every sheet of *book* that has a header.

    *stem* is the file's name, which may tell the session; *names* are headings that the office has explained
    itself. Raises UnusableError where no sheet is a list.
    """
    listing = Listing()
    several = len([sheet for sheet in book.sheets if sheet.rows]) > 1
    pages = []
    for sheet in book.sheets:
        prefix = f"工作表“{sheet.title}”" if several else ""
        header = find_header(sheet, names)
        if header and NUMBER in header.columns.values():
            header = _by_values(sheet, header)
            pages.append(_Page(sheet, header, _setting(sheet, header, stem, office, today), file, prefix))
        elif sheet.rows:
            listing.problems.append(_no_list(sheet, header, file, prefix))
    if not pages:
        raise UnusableError(
            problems=listing.problems or [Problem("L101", "里面是空的", "核对是不是选错了文件", file=file)]
        )
    _refuse_flood(pages, file)
    for page in pages:
        listing.headings |= {
            plain_heading(part) for text in page.header.headings.values() for part in (text, *text.split("·"))
        }
        listing.problems += _told(page)
        listing.rows += _rows(page, listing)
    listing.problems = [_softened(problem) for problem in listing.problems]
    return listing


def _refuse_flood(pages: list[_Page], file: str) -> None:
    count = sum(row > page.header.last for page in pages for row in page.sheet.rows)
    if count > _MOST_ROWS:
        message = f"有{count:,}行，一次最多读 {_MOST_ROWS:,} 行"
        raise UnusableError(problems=[Problem("L109", message, "核对是不是选错了文件，或分成几个文件", file=file)])


def _softened(problem: Problem) -> Problem:
    """Return *problem* as a warning: a sheet that is no list is a fault only in a file that has no other."""
    return problem._replace(severity=Severity.WARNING) if problem.severity is Severity.ERROR else problem


def _no_list(sheet: Sheet, header: Header | None, file: str, prefix: str) -> Problem:
    if header is None:
        first = next(iter(sheet.rows))
        return Problem("L101", f"{prefix}找不到表头", "表头一行里至少要有“案号”“案由”“提案人”", line=first, file=file)
    unread = "、".join(f"“{text}”" for text in header.unread.values())
    cure = f"哪一列是案号？写成 --column 列名=案号；还没有读懂的列：{unread}" if unread else "加一列“案号”"
    return Problem("L101", f"{prefix}没有“案号”这一列", cure, line=header.last, file=file)


def _by_values(sheet: Sheet, header: Header) -> Header:
    """Take a column of fixed words for none where no value fits; “类别” is then the topic."""
    columns = dict(header.columns)
    for place, column in header.columns.items():
        if column.part is Part.RECORD and column.form is Form.WORD:
            texts = {
                cleaned(cells[place].text) for n, cells in sheet.rows.items() if n > header.last and place in cells
            }
            if texts - {""} and words_of(column) and not any(word_of(text, column) for text in texts):
                del columns[place]
                if column is KIND and TOPIC not in columns.values():
                    columns[place] = TOPIC
    return Header(header.last, header.headings, columns, header.title)


def _setting(sheet: Sheet, header: Header, stem: str, office: Office, today: date) -> Setting:
    texts = (header.title, sheet.title, stem)
    session = next((_SESSION_NOISE.sub("", found[0]) for text in texts if (found := _SESSION.search(text))), "")
    year = next((int(found[1]) for text in texts if (found := _YEAR.search(text))), None)
    days = Days(year or today.year, "标题" if year else "今天", sheet.epoch)
    return Setting(office, session, " ".join(texts), days)


def _told(page: _Page) -> Iterator[Problem]:
    """Yield what of a sheet was passed over or is easily missed."""
    sheet, header = page.sheet, page.header
    for place, text in header.unread.items():
        if text and plain_heading(text) not in (ORDER.title, ""):
            near = nearest_title(text.rpartition("·")[2])
            cure = f"如果就是“{near}”，加上 --column {text.split('·')[-1]}={near}" if near else ""
            yield _notice(f"{page.place(place)}没有读入", cure, page)
    hidden = sorted(row for row in sheet.hidden_rows & sheet.rows.keys() if row > header.last)
    if hidden:
        yield _notice(f"{page.prefix}有{len(hidden)}个隐藏的行，照样读入：{_some(hidden)}", "不要的行先删去", page)
    if places := [place for place in sorted(sheet.hidden_columns) if place in header.columns]:
        yield _notice(f"隐藏的列照样读入：{'、'.join(map(page.place, places))}", "不要的列先删去", page)
    if sheet.is_hidden:
        yield _notice(f"工作表“{sheet.title}”是隐藏的，照样读入", "不要就先删去", page)
    steps = {column.step for column in header.columns.values() if column.part is Part.EVENT and column.key == "日期"}
    for place, column in header.columns.items():
        if column.part is Part.EVENT and column.step not in steps and not column.fallback:
            yield _notice(f"{page.place(place)}没有读入，因为没有“{column.step}日期”这一列", "", page)


def _some(rows: list[int]) -> str:
    return "、".join(map(str, rows[:_MOST_TOLD])) + ("等" if len(rows) > _MOST_TOLD else "") + "行"


def _notice(message: str, cure: str, page: _Page, row: int | None = None) -> Problem:
    return Problem("L202", message, cure, line=row, file=page.file, severity=Severity.NOTICE)


def _rows(page: _Page, listing: Listing) -> Iterator[Row]:
    for rows in _items(page):
        cells = page.sheet.rows[rows[0]]
        if reason := _no_item(cells, page):
            if reason != "表头":
                listing.problems.append(_notice(f"{page.prefix}“{reason}”不是件，没有读入", "", page, rows[0]))
            continue
        columns = page.header.columns.items()
        places = {column.title: page.place(place) for place, column in reversed(list(columns))}
        notes = Notes(page.file, rows[0], places)
        texts: dict[str, str] = {}
        for place, column in columns:
            if column.part is not Part.COMPUTED:
                text = _text(page, rows, place, column, notes)
                texts[column.title] = "、".join(filter(None, (texts.get(column.title), text)))
        identity = identity_of_row(texts, page.setting, Notes("", 0, {}))
        yield Row(rows[0], leaves_of_row(texts, page.setting, notes), identity, notes)


def _items(page: _Page) -> Iterator[list[int]]:
    """Yield the rows of each item: one, or those that share one merged cell of 案号."""
    place = next(place for place, column in page.header.columns.items() if column is NUMBER)
    below = {area.top: area.bottom for area in page.sheet.merged if area.left <= place <= area.right}
    done = page.header.last
    for row in page.sheet.rows:
        if row > done:
            done = max(row, below.get(row, row))
            yield [n for n in range(row, done + 1) if n in page.sheet.rows]


def _no_item(cells: Mapping[int, Cell], page: _Page) -> str:
    """Return what stands in a row that is no item: a total, a heading between, a remark, the header once more."""
    texts = {place: cleaned(cell.text) for place, cell in cells.items() if cell.fault or cleaned(cell.text)}
    words = list(dict.fromkeys(texts.values()))
    if not words:
        return "空行"
    if all(
        plain_heading(page.header.headings.get(place, "").split("·")[-1]) == plain_heading(text)
        for place, text in texts.items()
    ):
        return "表头"
    if _TOTAL.match(words[0]):
        return words[0]
    means = {column: texts.get(place, "") for place, column in page.header.columns.items()}
    is_lone = len(words) == 1 and len(page.header.headings) >= _FEW and not _WORD.search(words[0])
    is_remark = len(words) == 1 and len(texts) >= min(_FEW, len(page.header.headings))
    is_beside = not means.get(NUMBER) and not means.get(SUBJECT)
    return words[0] if is_lone or is_remark or is_beside else ""


def _text(page: _Page, rows: list[int], place: int, column: Column, notes: Notes) -> str:
    """Return the text of one column of an item; of several rows each brings a proposer of its own."""
    cells = [page.sheet.rows[row].get(place) for row in rows]
    texts = [read_cell(cell, column, page.setting.days, notes) if cell else "" for cell in cells]
    distinct = list(dict.fromkeys(filter(None, texts)))
    if not distinct or (len(distinct) == 1 and (column.part is not Part.PROPOSER or "" not in texts)):
        return "".join(distinct)
    if column.part is Part.PROPOSER:
        return "\n".join(text or NONE for text in texts)
    if column.part is Part.UNIT:
        return "、".join(distinct)
    notes.fault(column.title, f"合并的{len(rows)}行里写得不一样：{'、'.join(distinct)}", "各行写成一样，或分开案号")
    return ""
