"""Import the text of a proposal or of a letter: it becomes a record, or completes the one that there is.

A letter completes what its record does not say; a value that says otherwise is told and stays. A letter without a
record becomes one for reference. What it proves is entered as events (签发, 印发) only where the workflow takes them,
which is so for a 会办 opinion: a reply proves no 沟通, and 签发 without one is a breach that every `check` would find
for ever. Its values stand under 答复 alone, where `show`, `find` and `draft` read them, and no clock starts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dafu import files, readback, store
from dafu.desk import edit, stated
from dafu.desk.imports import Imported, Outcome
from dafu.desk.stated import Stated, note
from dafu.desk.words import Assignment
from dafu.errors import Problem, RefusedError, WrongUsageError
from dafu.model.effective import effective_reply, said_by
from dafu.model.keys import keys_of
from dafu.model.proposal import Reply
from dafu.model.spelling import as_keys
from dafu.readback import proposal, reply, wording
from dafu.terms import Kind, Paper, Role, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.model import Office
    from dafu.model import Proposal as Known
    from dafu.store import Author, Record, Workspace

_LETTER = re.compile("收悉|(?:答复|回复|函复|函告|意见|反馈)[^。]{0,15}如下")
_LETTER_TITLE = re.compile(r"(?:关于|对).{4,80}(?:答复|复函|回复|的函|会办意见|答复函)")
_ASKING = re.compile(r"\|?\s*(?:案\s*由|提\s*案\s*人|领衔代表|提案编号|建议编号|附议代表|联名提案人)\s*[:：|]")
_FORMS = ("征询意见表", "反馈意见表", "反馈表", "交办单", "催办单", "发文稿纸", "处理单")
_TITLE_WITHIN = 5  # lines
_READ_IN = "只导入提案、答复和会办意见"
_SIGNED, _ISSUED = ("签发人", "成文日期"), ("发文字号", "印发日期")


def import_text(workspace: Workspace, path: Path, today: date, author: Author, *, dry: bool) -> Imported:
    """Import one .docx, PDF or text file; raises UnusableError for one that cannot be read at all.

    What keeps its content from becoming a record are the `problems` of a faulty outcome; nothing is written then.
    """
    lines = readback.lines(files.read(path, readback.LARGEST), str(path))
    office = workspace.office
    if is_letter(lines):
        read = reply.read(lines)
        found, wrong = stated.of_letter(read, office), _foreign(read, office)
    else:
        found, wrong = stated.of_proposal(proposal.read(lines), office), _form(lines)
    problems = [wrong] if wrong else []
    try:
        done = _faulty(path, found, problems) if problems else _imported(workspace, path, found, today, author, dry=dry)
    except (WrongUsageError, RefusedError) as error:
        done = _faulty(path, found, [Problem("I206", str(error), "核对原文；改不了的，用 dafu new 建")])
    return replace(done, problems=tuple(one.within(str(path)) for one in done.problems))


def is_letter(lines: Sequence[str]) -> bool:
    """Tell whether *lines* are a letter about a proposal rather than the proposal itself; some letters head it too."""
    said = [line.strip() for line in lines]
    opens, titled = any(map(_LETTER.search, said)), any(map(_LETTER_TITLE.fullmatch, said))
    return opens and titled if any(map(_ASKING.match, said)) else opens or titled


def _form(lines: Sequence[str]) -> Problem | None:
    """Return why *lines* are no proposal though they bear its labels: a form of the handling."""
    title = next((line.strip() for line in lines[:_TITLE_WITHIN] if line.strip().endswith(_FORMS)), None)
    return Problem("I207", f"是“{title}”，不是提案或答复", _READ_IN) if title else None


def _foreign(read: reply.Reading, office: Office) -> Problem | None:
    """Return why the letter is none that a record of ours holds."""
    if read.paper not in stated.REPLIES:
        return Problem("I207", f"是{read.paper}，不是答复或会办意见", _READ_IN)
    ours = (office.unit.full, office.unit.short)
    if read.paper is Paper.OPINION and set(read.addressees) & set(filter(None, ours)):
        unit = "、".join(read.office) or "会办单位"
        cure = f"用 dafu track {read.case or '案号'} 会办意见 单位=… 登记"
        return Problem("I208", f"是{unit}送来的会办意见，不是本单位的件", cure)
    return None


def _faulty(path: Path, found: Stated, problems: list[Problem]) -> Imported:
    return Imported(source=path, outcome=Outcome.FAULTY, number=found.number or None, problems=tuple(problems))


def _imported(workspace: Workspace, path: Path, found: Stated, today: date, author: Author, *, dry: bool) -> Imported:
    records = _same(workspace, found)
    if len(records) > 1:
        known = "、".join(store.address_of(one, workspace.office) for one in records)
        return _faulty(
            path, found, [Problem("I209", f"“{found.number}”有{len(records)}件：{known}", "写明届次，再导入")]
        )
    if records:
        return _completed(workspace, path, records[0], found, author, dry=dry)
    if found.lacking:
        return _faulty(path, found, [_lacking(word) for word in found.lacking])
    return _new(workspace, path, found, today, author, dry=dry)


def _lacking(word: str) -> Problem:
    return Problem("I210", "没有找到", f"文字里补上“{word}：…”这样的一行，或用 dafu new 建好这一件，再导入", word)


def _same(workspace: Workspace, found: Stated) -> list[Record]:
    """Return the records of this number that the text may mean: of its kind, session and level, as far as it says."""
    said = found.values
    if not found.number:
        return []
    kind, session = said.get("类别", str(Kind.PROPOSAL)), said.get("届次", "")
    level = stated.level(found, workspace.office)
    alike = [
        one
        for one in store.mentioning(workspace, found.number)
        if one.proposal.number == found.number and str(one.proposal.kind) == kind
    ]
    exact = [one for one in alike if one.proposal.session == session]
    sitting = wording.sitting_of(session)
    near = [
        one
        for one in alike
        if not session
        or (
            wording.sitting_of(one.proposal.session) == sitting != ()
            and (one.proposal.level or workspace.office.level) is level
        )
    ]
    return exact or near


# A new record


def _new(workspace: Workspace, path: Path, found: Stated, today: date, author: Author, *, dry: bool) -> Imported:
    events = _events(found) if found.values.get("角色") == str(Role.ASSIST) else []
    in_events = {word for one in events for word in (_SIGNED if one["环节"] == str(Step.SIGN) else _ISSUED)}
    reply_values = {word: value for word, value in found.reply.items() if word not in in_events}
    values = found.values | ({"答复": reply_values} if reply_values else {}) | ({"办理过程": events} if events else {})
    wanted = [Assignment(word, (word,), value) for word, value in values.items() if word != "案号"]
    record = edit.new(workspace, found.number, wanted, today, author, dry=dry)
    return Imported(source=path, outcome=Outcome.NEW, number=found.number, record=record, problems=found.notes)


def _events(found: Stated) -> list[dict[str, str]]:
    """Return what the letter proves to have happened: 签发, and 印发 where that day is printed."""
    said = found.reply
    if not all(word in said for word in _SIGNED):
        return []
    signed = {"日期": said["成文日期"], "环节": str(Step.SIGN), "签发人": said["签发人"]}
    if not all(word in said for word in _ISSUED) or said["印发日期"] < said["成文日期"]:
        return [signed]
    return [signed, {"日期": said["印发日期"], "环节": str(Step.ISSUE), "发文字号": said["发文字号"]}]


# A record that is there


@dataclass(frozen=True, slots=True)
class _Value:
    """One value that the text states, and what the record says in its place: nothing, the same or something else."""

    path: tuple[str | int, ...]
    value: Any
    old: Any

    @property
    def key(self) -> str:
        """Return the place in the words of a command; items count from 1."""
        return ".".join(str(step + 1) if isinstance(step, int) else step for step in self.path)


def _completed(
    workspace: Workspace, path: Path, record: Record, found: Stated, author: Author, *, dry: bool
) -> Imported:
    """Set what the record does not say; what it says otherwise is told and stays. A letter of another is refused."""
    if wrong := _contradiction(record.proposal, found):
        return _faulty(path, found, [wrong])
    stating = [*_of_record(record.proposal, found), *_of_reply(record.proposal, workspace.office, found)]
    new = [one for one in stating if not one.old]
    others = [one for one in stating if one.old and not _is_alike(one)]
    wanted = [Assignment(one.key, one.path, one.value) for one in new]
    if wanted:
        edit.set_values(workspace, record, wanted, author, dry=dry)
    told = [
        note("I211", f"原文是“{_short(one.value)}”，记录是“{_short(one.old)}”，没有改", _CURE, one.key)
        for one in others
    ]
    return Imported(
        source=path,
        outcome=Outcome.UPDATED if wanted else Outcome.SAME,
        number=found.number,
        record=record.path,
        problems=(*found.notes, *told),
    )


_CURE = "核对后用 dafu set 改"


def _contradiction(known: Known, found: Stated) -> Problem | None:
    """Return why a letter is not that of *known*, though it names its number: another's part, or another 发文字号."""
    if not found.reply:
        return None
    is_opinion = found.values.get("角色") == str(Role.ASSIST)
    if known.role is Role.READ or is_opinion != (known.role is Role.ASSIST):
        message = f"原文是{'会办意见' if is_opinion else '答复'}，记录里本单位是{known.role}"
        return Problem("I212", message, "核对是不是别的单位的件，或改正角色", "角色")
    turn = _turn(known, found)
    stood = next((number for at, number in enumerate(_numbers(known)) if at == turn), None)
    said = found.reply.get("发文字号")
    if said and stood and _bare(said) != _bare(stood):
        place = f"再次答复.{turn}" if turn else "答复"
        message = f"原文是“{said}”，记录是“{stood}”，不是同一份"
        return Problem("I213", message, "核对是不是拿错了件；记录错了，先用 dafu set 改正", f"{place}.发文字号")
    return None


def _of_record(known: Known, found: Stated) -> Iterator[_Value]:
    words = as_keys(known)
    for word in ("案由", "主办单位", "建议事项", "语种"):
        if word in found.values and (word != "语种" or known.language is not type(known.language).TRADITIONAL):
            yield _Value((word,), found.values[word], None if word == "语种" else words[word])
    names = [one.name for one in known.proposers]
    said = found.values.get("提案人", [])
    called = [one if isinstance(one, str) else one.get("姓名") or one.get("团体") for one in said]
    if called and called != names[: len(called)]:
        yield _Value(("提案人",), called, names)
    for at, one in enumerate(known.proposers):
        more = said[called.index(one.name)] if one.name in called else ""
        for word, value in more.items() if isinstance(more, dict) else ():
            if word not in ("姓名", "团体"):
                yield _Value(("提案人", at, word), value, as_keys(one).get(word))


def _of_reply(known: Known, office: Office, found: Stated) -> Iterator[_Value]:
    if not found.reply:
        return
    turn = _turn(known, found)
    written = known.replies[turn] if turn < len(known.replies) else Reply()
    events = known.rounds[turn] if turn < len(known.rounds) else ()
    stood = {word: said_by(events).get(one.attribute) for word, one in keys_of(Reply).items()}
    of_office = as_keys(effective_reply(known, office, turn))
    place: tuple[str | int, ...] = ("再次答复", turn - 1) if turn else ("答复",)
    for word, value in found.reply.items():
        old = as_keys(written).get(word) or as_keys(stood[word])
        if old or value != of_office.get(word):  # what the office says of itself need not stand in a record
            yield _Value((*place, word), value, old)


def _turn(known: Known, found: Stated) -> int:
    """Return the round that the letter answers in: the one of its number, else the first one without a number."""
    numbers = _numbers(known)
    number = found.reply.get("发文字号")
    if number in numbers:
        return numbers.index(number)
    if not found.later:
        return 0
    return next((turn for turn, one in enumerate(numbers) if turn and not one), max(1, len(numbers)))


def _numbers(known: Known) -> list[Any]:
    return [one.number or said_by(events).get("number") for one, events in _rounds(known)]


def _rounds(known: Known) -> Iterator[tuple[Reply, Any]]:
    count = max(len(known.replies), len(known.rounds))
    for turn in range(count):
        yield (
            known.replies[turn] if turn < len(known.replies) else Reply(),
            known.rounds[turn] if turn < len(known.rounds) else (),
        )


def _is_alike(one: _Value) -> bool:
    if one.path == ("案由",):
        return wording.core(one.value) == wording.core(one.old)
    return _bare(one.value) == _bare(one.old)


def _bare(value: Any) -> str:
    return re.sub(r"[\s*\\]", "", "\n".join(value) if isinstance(value, list) else str(value))


def _short(value: Any) -> str:
    text = "、".join(value) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 30  # characters of a value that are quoted
