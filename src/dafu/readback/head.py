"""The head of a letter: what stands above 称谓."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dafu.readback.marks import CLOSE, OPEN, closed_up, names, number_in, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

GRADE = re.compile(
    r"(?:办理结果|[办答]\s?复类别|办理类别|结果类别|类\s*别|分\s*类)\s*[:：]\s*"
    rf"{OPEN}?\s*(?P<grade>[^\s\[\]()〔〕【】（）]{{1,10}}?)\s*类?\s*{CLOSE}?(?=\s|$)"
)
SIGNER = re.compile(r"(?:领导签发|签\s*发\s*人|签\s*发|审\s*签)\s*[:：]\s*(?P<names>[^:：]*)$")
_BARE_GRADE = re.compile(rf"{OPEN}?\s?(?:([A-F]\d?)\s?类?|(\S{{1,8}})类)\s?{CLOSE}?")
_OPENNESS_LABEL = re.compile(r"(?:是否(?:同意)?公开|公开(?:属性|方式|类别))\s*[:：]\s*(?P<words>\S+)")
_OPENNESS = re.compile(rf"{OPEN}?((?:此件)?(?:不予?|不?同意|主动|依申请|全文)?公开(?:发布)?){CLOSE}?")
_ASIDE = re.compile(r"\d{6}|[绝机秘]\s?密.*|特急|加急|平急")  # 份号, 密级, 紧急程度
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+")
_TITLE_STARTS = re.compile(r"关于|对|.*(?:关于|对).*第")
_TITLE_ENDS = ("答复", "回复", "意见", "函", "复")
_MOST_MARKS = 2  # lines of an office's name over a title without a number


@dataclass(slots=True)
class Head:
    """What was found above 称谓; `marks` are the words that are none of the elements."""

    number: str = ""
    signers: list[str] = field(default_factory=list)
    grade: str = ""
    openness: str = ""
    marks: list[str] = field(default_factory=list)
    title: str = ""

    @property
    def heading(self) -> str:
        """Return 发文机关标志: the words that are no element, 文件 at their end."""
        return closed_up("".join(self.marks))


def head_of(lines: Sequence[str]) -> Head:
    """Read the lines above 称谓, in whatever order the elements stand."""
    found = Head()
    begin = _title_begins(lines)
    for line in lines[:begin]:
        _read(tidy(line.strip("|").replace("|", "\t")), found)
    found.title = closed_up("".join(tidy(line) for line in lines[begin:]))
    return found


def _title_begins(lines: Sequence[str]) -> int:
    """Return where the title begins: behind the last element, and behind the name of the office at the very top."""
    begin, after_signer = 0, False
    for at, line in enumerate(map(tidy, lines)):
        is_signer = bool(SIGNER.search(line) or (after_signer and _is_names(line)))
        if is_signer or _is_element(line):
            begin = at + 1
        after_signer = is_signer
    rows = [closed_up(tidy(line)) for line in lines[begin:]]
    starts = next((at for at, row in enumerate(rows) if _TITLE_STARTS.match(row)), 0)
    return begin if begin or starts > _MOST_MARKS else starts


def _is_names(line: str) -> bool:
    """Tell whether *line* is a row of 签发人 under the first one (7.2.6)."""
    return all(_NAME.fullmatch(word) and not word.endswith(_TITLE_ENDS) for word in line.split())


def _is_element(line: str) -> bool:
    return bool(
        line.endswith("文件")
        or line.startswith("|")
        or number_in(line)[0]
        or GRADE.search(line)
        or _OPENNESS_LABEL.search(line)
        or _BARE_GRADE.fullmatch(line)
        or _OPENNESS.fullmatch(line)
        or _ASIDE.fullmatch(line)
    )


def _read(line: str, found: Head) -> None:
    """Take the elements out of one line; what remains are more signers, or the name of the office."""
    for pattern, attribute, group in ((GRADE, "grade", "grade"), (_OPENNESS_LABEL, "openness", "words")):
        if match := pattern.search(line):
            setattr(found, attribute, match[group])
            line = f"{line[: match.start()]} {line[match.end() :]}"
    number, line = number_in(line)
    found.number = found.number or number
    if match := SIGNER.search(line):
        found.signers += names(match["names"])
        line = line[: match.start()]
    for word in line.split():
        _place(word, found, beside_number=bool(number))


def _place(word: str, found: Head, *, beside_number: bool) -> None:
    if match := _BARE_GRADE.fullmatch(word):
        found.grade = found.grade or match[1] or match[2]
    elif match := _OPENNESS.fullmatch(word):
        found.openness = found.openness or match[1]
    elif found.signers and (_NAME.fullmatch(word) or beside_number):
        found.signers.append(word)
    elif not _ASIDE.fullmatch(word):
        found.marks.append(word)
