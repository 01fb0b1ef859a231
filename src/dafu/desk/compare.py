"""A letter edited in Word or WPS, or the signed PDF, against its record; the edited body goes back into the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dafu import files, layout, letter, readback, store, yamltext
from dafu.check import against, paragraphs
from dafu.desk import edit, taken
from dafu.desk.draft import answered_with, compose
from dafu.desk.papers import is_sent, letter_of
from dafu.desk.words import Assignment
from dafu.errors import Problem, RefusedError, Severity, UnusableError
from dafu.letter.source import alike, source
from dafu.model import Reply, effective_reply, reply_path
from dafu.model.effective import said_by
from dafu.model.keys import keys_of
from dafu.readback import manuscript, revisions
from dafu.readback.docx import is_package
from dafu.readback.pdf import is_pdf, pages
from dafu.readback.reply import Reading, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dafu.check.against import Difference
    from dafu.compose import Composer
    from dafu.letter import Block, Letter
    from dafu.model import Office, Proposal
    from dafu.store import Author, Record, Workspace

_MOST = 200  # differences that are told
_BODY_CODES = ("C122", "C123", "C124", "C125", "C128")
_OTHER_LOOK = against.Difference(
    Problem("C128", "字都一样，粗体或者表头不同", "以文件为准，dafu compare --accept", "正文", severity=Severity.NOTICE)
)
_MARKER = "\ue000正文\ue000"  # stands where a template puts 正文; no text has these characters
_STEPS = {"signer": "签发", "signed_on": "签发", "number": "印发", "issued_on": "印发"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs; `text` is the file's body as the record would have it, `why_not` says why it cannot be taken."""

    data: bytes
    turn: int
    differences: tuple[Difference, ...]
    text: str = ""
    why_not: str = ""

    @property
    def remaining(self) -> tuple[Difference, ...]:
        """Return the differences that are there even when the body is taken."""
        return tuple(one for one in self.differences if one.problem.code not in _BODY_CODES)


@dataclass(frozen=True, slots=True)
class Taken:
    """The file that has 正文, its text before and after; `kept` is where a body file of its own is kept as it was."""

    path: Path
    old: str
    new: str
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """The letter that a record makes for the round that a file belongs to.

    `mixed` says that 正文 cannot be told from the template's words; then all of the text counts as 正文.
    """

    proposal: Proposal
    turn: int
    reading: Reading
    drawn: tuple[Block, ...]
    script: paragraphs.Script
    mixed: bool

    @property
    def body(self) -> str:
        """Return 正文 as the record has it."""
        replies = self.proposal.replies
        return (replies[self.turn].body if self.turn < len(replies) else None) or ""


def compare(composer: Composer, office: Office, record: Record, lead: Record | None, path: Path) -> Comparison:
    """Compare the file at *path* with the letter that *record* makes (that of *lead*, where it is merged into it).

    A signed letter of an earlier round, told by its 发文字号, is compared with the reply of that round. Raises
    UnusableError for a file that bears no text (a scanned PDF), since nothing can be compared.
    """
    data = files.read(path, readback.LARGEST)
    lines = readback.lines(data, str(path))
    is_docx = is_package(data)
    plain = revisions.accepted(data, str(path)) if is_docx else data
    theirs = read(readback.lines(plain, str(path)) if is_docx else lines)
    proposal = answered_with(record.proposal, lead.proposal) if lead else record.proposal
    case = _case(composer, proposal, _turn(proposal, office, theirs))
    origin = _origin(record, case)
    found = against.elements(case.reading, theirs, origin)
    if against.is_other_case(case.reading, theirs):
        return Comparison(data, case.turn, _ordered(found, path), why_not="案号不同，是另一件的文件")
    if not is_docx:
        flow = _flow(data, lines)
        found += paragraphs.of_flow(case.script, flow, found)
        return Comparison(data, case.turn, _ordered(found, path), why_not="不是 .docx，分不清段落")
    blocks, numbered = manuscript.blocks(plain), manuscript.auto_numbered(plain)
    compared = paragraphs.of_blocks(case.script, blocks, found)
    made, remarks = revisions.changes(data, str(path)), revisions.comments(data, str(path))
    found += [*compared.differences, *against.hanging(made, remarks, numbered, manuscript.objects(plain))]
    text, why_not = _body_text(case, theirs, compared.body, numbered)
    if text not in ("", case.body) and not any(one.problem.code in _BODY_CODES for one in found):
        found.append(_OTHER_LOOK)
    return Comparison(data, case.turn, _ordered(found, path), text, why_not)


def accept(
    workspace: Workspace, record: Record, lead: Record | None, found: Comparison, author: Author, *, dry: bool
) -> Taken:
    """Make the file's body the 正文 of *record*.

    Only the body is taken: all else that differs stays as it is. Raises RefusedError where the letter has left the
    office, where the file is not the present letter of this record, or where the record changed meanwhile.
    """
    _refuse(record, lead, found)
    replies = record.proposal.replies
    reply = replies[found.turn] if found.turn < len(replies) else Reply()
    if not dry:
        taken.remember(workspace, found.data, author)  # first: alone it does no harm, `draft` compares the texts
    if reply.body_file:
        return _write_body_file(record.path.parent / reply.body_file, workspace, reply, found.text, dry=dry)
    return Taken(record.path, record.text, _set_body(workspace, record, found, reply, author, dry=dry))


def _set_body(
    workspace: Workspace, record: Record, found: Comparison, reply: Reply, author: Author, *, dry: bool
) -> str:
    if found.text == (reply.body or ""):
        return record.text
    path = ("再次答复", found.turn - 1, "正文") if found.turn else ("答复", "正文")
    wanted = Assignment(f"{reply_path(found.turn)}.正文", path, found.text)
    return edit.set_values(workspace, record, [wanted], author, dry=dry)


def _write_body_file(path: Path, workspace: Workspace, reply: Reply, text: str, *, dry: bool) -> Taken:
    """Write the file that a record's 正文文件 names; its byte-order mark and its line ends stay as they were."""
    data = files.read(path, store.RECORD_LIMIT, within=workspace.root)
    old, _ = yamltext.decode(data)
    if old != reply.body:
        raise RefusedError(f"{path}：读出以后被改过，没有写入（看过以后重新比对）")
    if text == old:
        return Taken(path, old, old)
    new = text.replace("\n", "\r\n") if "\r\n" in old else text
    if dry:
        return Taken(path, old, new)
    kept = taken.keep(workspace, data)
    files.write(path, data[: len(data) - len(old.encode())] + new.encode(), expected=files.digest(data))
    return Taken(path, old, new, kept)


def _refuse(record: Record, lead: Record | None, found: Comparison) -> None:
    number = record.proposal.number
    if lead:
        raise RefusedError(f"{number}：已并入 {lead.proposal.number} 办理（对 {lead.proposal.number} 采纳）")
    if found.turn != len(record.proposal.rounds) - 1:
        raise RefusedError(f"{number}：这是以前一次的答复，正文不再改")
    if is_sent(record.proposal):
        raise RefusedError(f"{number}：答复件已送达，正文不再改")
    if found.why_not:
        raise RefusedError(f"{number}：正文不能采纳：{found.why_not}")


# The two sides -------------------------------------------------------------------------------------------------------


def _turn(proposal: Proposal, office: Office, theirs: Reading) -> int:
    """Return the round whose 发文字号 the file bears, else the present one."""
    last = len(proposal.rounds) - 1
    numbers = (effective_reply(proposal, office, turn).number for turn in range(last))
    return next((turn for turn, number in enumerate(numbers) if number and number == theirs.number), last)


def _case(composer: Composer, proposal: Proposal, turn: int) -> _Case:
    """Compose the letter of round *turn*, as it was when that round was the present one."""
    events = tuple(event for some in proposal.rounds[: turn + 1] for event in some)
    then = replace(proposal, events=events)
    paper = str(letter_of(then))
    composed = compose(composer, then, paper).letter
    span = _span(compose(composer, _with_body(then, turn, _MARKER), paper).letter, len(composed.body))
    try:
        docx = layout.draw(composed)
        drawn = manuscript.blocks(docx)
        script = paragraphs.script(drawn, composed.body, span or range(len(composed.body)))
    except ValueError as error:
        raise UnusableError(f"{then.number}：{error}") from error
    return _Case(then, turn, read(readback.lines(docx, "")), drawn, script, span is None)


def _with_body(proposal: Proposal, turn: int, body: str) -> Proposal:
    replies = [*proposal.replies, *[Reply()] * (turn + 1 - len(proposal.replies))]
    replies[turn] = replace(replies[turn], body=body)
    first, *later = replies
    return replace(proposal, reply=first, later_replies=tuple(later))


def _span(marked: Letter, count: int) -> range | None:
    """Return where 正文 stands among *count* blocks of a letter, by the letter whose 正文 is the marker alone."""
    at = [n for n, block in enumerate(marked.body) if [*letter.texts([block])] == [_MARKER]]
    if len(at) != 1 or sum(_MARKER in text for text in letter.texts(marked.body)) != 1:
        return None
    return range(at[0], count - (len(marked.body) - at[0] - 1))


def _origin(record: Record, case: _Case) -> against.Origin:
    replies = case.proposal.replies
    written = replies[case.turn] if case.turn < len(replies) else Reply()
    said = said_by(case.proposal.rounds[case.turn]) if case.turn < len(case.proposal.rounds) else {}
    words = {one.attribute: word for word, one in keys_of(Reply).items()}
    steps = {words[name]: _STEPS[name] for name in said if not getattr(written, name)}
    return against.Origin(record.proposal.number, reply_path(case.turn), steps)


def _flow(data: bytes, lines: Sequence[str]) -> str:
    """Return the text of a file without paragraphs: of a PDF in the order in which it was drawn."""
    if not is_pdf(data):
        return "\n".join(lines)
    rows = [row for page in pages(data) for row in page.splitlines()]
    return "\n".join(row for row in rows if not letter.is_page_number(row.strip()))


def _body_text(case: _Case, theirs: Reading, body: Sequence[Block], numbered: Sequence[str]) -> tuple[str, str]:
    """Return the file's body as markup, or why there is none."""
    if case.mixed:
        return "", "模板把正文同别的话写在一段里，分不开（在记录里改）"
    if case.reading.case != theirs.case:
        return "", "文件的标题里没有案号，不能断定是这一件"
    if case.reading.paper is not theirs.paper:
        return "", f"文件是{theirs.paper}，不是{case.reading.paper}"
    if not body:
        return "", "文件里没有正文"
    if numbered:
        return "", "有自动编号的段落，编号不是文字（去掉自动编号，把号打成文字）"
    if alike(body, case.script.body_of(case.drawn)):
        return case.body, ""
    try:
        return source(body, case.body), ""
    except ValueError as error:
        return "", str(error)


def _ordered(found: Sequence[Difference], path: Path) -> tuple[Difference, ...]:
    """Return *found* placed in the file, what is wrong before what is only other; of a flood the first ones."""
    by_weight = sorted(found, key=lambda one: one.problem.severity is not Severity.ERROR)
    told = by_weight[:_MOST]
    if len(found) > _MOST:
        rest = Problem("C127", f"另有{len(found) - _MOST}处不同", "先看是不是选错了文件", severity=Severity.WARNING)
        told.append(against.Difference(rest))
    return tuple(replace(one, problem=one.problem.within(str(path))) for one in told)
