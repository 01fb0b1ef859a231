"""A record, the office and its templates → a `Letter`.

A template is a set of named blocks, one per element of the standard. Each block is rendered alone, all bound to one
context, so that every fault comes in one run with its template's line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

from dafu import letter
from dafu.compose.context import NO_OCCASION, Context, Occasion, ReportContext, known_names, office_words
from dafu.compose.sandbox import STEPS, Items, Names, Sandbox, UnknownKeyError, text_of
from dafu.compose.templates import SUFFIX, Chain, Library, base_folder, line_in
from dafu.errors import Problem, UnusableError
from dafu.letter import Letter, Style
from dafu.terms import GradePlace, Letterhead, OpennessPlace, PageForm, Seal, Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from dafu.model import Office, Proposal

T = TypeVar("T", bound=Term)

# block → the element of the letter that it fills; several blocks of one element follow each other
LINES = {
    "发文机关标志": "mark",
    "发文字号": "number",
    "签发人": "signer",
    "办理结果": "grade",
    "公开标注": "openness",
    "标题": "title",
    "称谓": "salutation",
    "署名": "organ",
    "成文日期": "date",
    "附注": "note",
    "抄送": "copies",
    "印发机关": "printer",
    "印发日期": "printed",
    "份号": "copy_number",
    "密级": "secrecy",
    "紧急程度": "urgency",
}
LISTS = {"附件": "attachments", "联系": "contact", "联合机关": "joint"}
FORM, APPENDICES = "表格", "附件正文"
BODY = {"开头": letter.plain, "正文": letter.blocks, FORM: letter.form, "结尾": letter.plain}
CHOICES = ("版式", "印章")
BLOCKS = (*CHOICES, *LINES, *LISTS, *BODY, APPENDICES)
_SHOWN = {**BODY, FORM: letter.plain, APPENDICES: letter.blocks}  # how a block takes the lines of a value


class Composed(NamedTuple):
    """A letter, the fields it still misses, and the values that were printed, each with its block."""

    letter: Letter
    missing: tuple[str, ...]
    values: tuple[tuple[str, str], ...]

    @property
    def inserted(self) -> tuple[str, ...]:
        """Return the words that the values put into the letter: each must be found in it verbatim."""
        return tuple(dict.fromkeys(word for block, value in self.values for word in _words(block, value)))


def base_templates() -> list[Path]:
    """Return the templates that come with the tool, one per paper."""
    return sorted(base_folder().glob(f"*{SUFFIX}"))


class Composer:
    """Composes the papers of one office from its templates."""

    def __init__(self, office: Office, folder: Path) -> None:
        self._office = office
        self._words = office_words(office)
        self._sandbox = Sandbox()
        self._library = Library(self._sandbox, folder, known_names(), BLOCKS)

    def compose(self, template: str, proposal: Proposal, turn: int = 0, occasion: Occasion = NO_OCCASION) -> Composed:
        """Compose the paper *template* (`答复`) for *proposal*; raises UnusableError with every fault found."""
        context = Context(proposal, self._office, self._words, self._office.form, turn, occasion)
        return self._composed(template, context, _unbroken(proposal, self._office))

    def compose_report(self, template: str, today: date, figures: Mapping[str, Any]) -> Composed:
        """Compose a report of many records from *figures*, by the words of 统计; raises UnusableError likewise."""
        unit = self._office.unit
        context = ReportContext(self._office, self._words, self._office.form, today, figures)
        return self._composed(template, context, tuple(filter(None, (unit.full, unit.short))))

    def _composed(self, template: str, context: Context | ReportContext, unbroken: tuple[str, ...]) -> Composed:
        office = self._office
        rendering = _Rendering(self._sandbox, self._library.chain(template + SUFFIX))
        rendering.bind(context)
        form = rendering.choice("版式", office.form)
        if form is not office.form:
            rendering.bind(context._replace(form=form))
        style = _style(office, form, rendering.choice("印章", Seal.SEALED))
        found = _letter(rendering, style, unbroken)
        if rendering.problems:
            raise UnusableError(problems=rendering.problems)
        return Composed(found, _missing(found) if rendering.lacks else (), tuple(rendering.values))


def _missing(found: Letter) -> tuple[str, ...]:
    """Return the fields that the letter shows as 【缺：…】, whether a template printed it or a clerk typed it."""
    shown = [getattr(found, element) for element in LINES.values()]
    shown += [line for element in LISTS.values() for line in getattr(found, element)]
    shown += letter.texts(found.body)
    return tuple(dict.fromkeys(letter.MISSING.findall("\n".join(shown))))


class _Rendering:
    """One paper being rendered: its blocks, and what they printed and what went wrong."""

    def __init__(self, sandbox: Sandbox, chain: Chain) -> None:
        self._sandbox = sandbox
        self._chain, self._blocks = chain
        if "标题" not in self._blocks:  # an empty file is no paper
            cure = '套用标准模板：{% extends "标准/答复.j2" %}'
            raise UnusableError(
                problems=[Problem("T113", "没有“标题”这一块", cure, line=1, file=str(self._chain[0].path))]
            )
        Items.room = STEPS
        self._printed = sandbox.printed
        self._printed.values = self.values = list[tuple[str, str]]()
        self.problems: list[Problem] = []
        self.lacks = False

    def bind(self, context: Context | ReportContext) -> None:
        """Give the blocks their names; all blocks of the chain see the same ones."""
        names = context.names()
        self._context = Names(self._sandbox, names, self._chain[0].template.name, {})  # type: ignore[arg-type]  # -- Jinja only looks names up in them
        self._context.blocks = self._blocks

    def text(self, name: str, *, seen: bool = True) -> str:
        """Return what the block *name* prints; nothing when no template has it, or when it fails.

        What is not to be *seen* in the letter (a pre-printed mark only keeps its space) is not looked for in it.
        """
        if name not in self._blocks:
            return ""
        self._printed.block = name if seen else ""
        self._printed.guard = letter.guarded if name == FORM else str
        try:
            printed = text_of(self._blocks[name][0](self._context))
        except (TemplateError, ArithmeticError, LookupError, NameError, RecursionError, TypeError, ValueError) as error:
            self.problems.append(self._problem(name, error))
            return ""
        self.lacks = self.lacks or letter.LACKING in printed
        return printed

    def choice(self, name: str, default: T) -> T:
        """Return the word of the standard that the block *name* prints, or *default*."""
        word = self.text(name).strip(letter.BLANKS + "\n")
        if not word:
            return default
        known = {str(member): member for member in type(default)}
        if word not in known:
            cure = f"只能是：{'、'.join(known)}"
            file = str(self._chain[0].path)
            self.problems.append(Problem("T110", f"不能是“{word}”", cure, field=name, line=1, file=file))
        return known.get(word, default)

    def _problem(self, block: str, error: Exception) -> Problem:
        places = ((loaded, line_in(loaded, error)) for loaded in reversed(self._chain))  # `super()` called the last one
        path, line = next(((loaded.path, line) for loaded, line in places if line), (self._chain[0].path, None))
        if isinstance(error, UnknownKeyError):
            message, cure = error.message or "", "对照字段表改正"
        elif isinstance(error, SecurityError):
            message, cure = error.message or "", "检查这一行的写法"
        elif isinstance(error, UndefinedError):
            message, cure = "取了没有的值", "只能取字段的值，不能用 Python 的属性和方法"
        else:
            message, cure = "模板算不出来", "检查这一行的写法"
        return Problem("T111", message, cure, field=block, line=line, file=str(path))


def _words(block: str, value: str) -> Iterable[str]:
    """Return the words of an inserted value as the letter must show them: a body without its markup."""
    if block == "签发人":
        return value.split()  # the layout sets several names apart by the rules of 7.2.6
    return letter.texts(_SHOWN.get(block, letter.plain)(value))


def _style(office: Office, form: PageForm, seal: Seal) -> Style:
    return Style(
        form=form,
        letterhead=office.letterhead,
        grade_place=office.grade_place,
        openness_place=office.openness_place,
        imprint_side=office.imprint_side,
        text_area=office.text_area,
        seal=seal,
    )


def _letter(rendering: _Rendering, style: Style, unbroken: tuple[str, ...]) -> Letter:
    skipped = _not_printed(style)
    elements: dict[str, Any] = {"style": style, "unbroken": unbroken}
    for name, element in LINES.items():
        seen = element != "mark" or style.letterhead is Letterhead.PRINTED
        elements[element] = "" if name in skipped else _one_line(rendering.text(name, seen=seen))
    for name, element in LISTS.items():
        elements[element] = letter.lines(rendering.text(name))
    elements["body"] = tuple(block for name, parse in BODY.items() for block in parse(rendering.text(name)))
    elements["appendices"] = letter.appendices(rendering.text(APPENDICES))
    return Letter(**elements)


def _not_printed(style: Style) -> set[str]:
    """Return the blocks that this style never prints, so that nobody looks for their values in the letter."""
    skipped = set()
    if style.grade_place is GradePlace.ABSENT:
        skipped.add("办理结果")
    if style.openness_place is not OpennessPlace.FIRST_PAGE:
        skipped.add("公开标注")
    if style.letterhead is Letterhead.ABSENT:
        skipped.add("发文机关标志")
    if style.form is PageForm.LETTER:
        skipped |= {"印发机关", "印发日期"}  # GB/T 9704-2012 10.1
    return skipped


def _one_line(text: str) -> str:
    return "".join([line.strip(letter.BLANKS) for line in text.splitlines()])


def _unbroken(proposal: Proposal, office: Office) -> tuple[str, ...]:
    """Return the words of the record that no title line should cut."""
    names = (
        office.unit.full,
        office.unit.short,
        proposal.session,
        proposal.lead_unit,
        *proposal.assisting_units,
    )
    return tuple(dict.fromkeys(name for name in names if name))
