"""What a title, a 称谓 and an opening say: the inverse of the usual wording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dafu.readback.marks import count, names
from dafu.terms import Kind, Level, Paper

_KINDS = {"提案": Kind.PROPOSAL, "建议": Kind.SUGGESTION, "议案": Kind.SUGGESTION}
_TITLE = re.compile(
    r"(?:.*?关于对?|.*?对)?(?:申请退办|延期答复|征求)?(?P<session>.+)第(?P<case>[^第号（(]{1,40})[（(]?号[）)]?"
    r"(?:[（(][^）)]*[）)])?(?P<kind>提案|建议|议案)?"
)
_ANY_CASE = re.compile(r"[（(]\s*第(?P<case>[^第号（）()]{1,40})号(?:提案|建议)?\s*[）)]")
_LONG_KIND = re.compile("(?:代表)?建议、批评和意见$|的?(?:提案|建议)$|代表建议$")
_PAPERS = (
    ("征求", "会办意见", Paper.ASKING_OPINION),
    ("", "会办意见", Paper.OPINION),
    ("", "再次答复", Paper.LATER_REPLY),
    ("", "阶段性答复", Paper.STAGE_REPLY),
    ("延期", "的函", Paper.EXTENSION_NOTICE),
    ("退办", "的函", Paper.HANDING_BACK),
)
_QUOTES = {"“": "”", "《": "》", "「": "」"}
# A subject has its bounds: without them a long line takes time by its square.
_CITED = re.compile("关于(?P<subject>.{1,300}?)的(?P<kind>提案|建议|议案)")
_CITED_UNQUOTED = re.compile("提出的?(?P<subject>[^的].{2,300}?)的?(?P<kind>提案|建议|议案)")
_THANKS = re.compile("感谢(?:您们?|你们?|贵委|贵单位)对(?P<thanks>[^，。！；：]{1,300}?)的(?:关注|关心|支持)")
_UNITS = re.compile("经(?:综合|商|汇总)(?P<units>[^，。；：]{1,300}?)(?:的?意见)?，")
_SESSION = re.compile(r"(?:您|你们?|贵委|贵单位|委员|代表)在(?P<session>[^，。“《]+?)(?:上|期间|中)提出")
_TRAPPINGS = re.compile("[《“]?(?:关于)?(?P<core>.+?)(?:的(?:提案|建议|议案))?[》”]?$")
_PLACES = (
    (("全国", "国家"), Level.NATION),
    (("省",), Level.PROVINCE),
    (("市", "州", "盟"), Level.CITY),
    (("县", "区", "旗"), Level.COUNTY),
    (("乡", "镇"), Level.TOWNSHIP),
)
_COUNT = r"[一二三四五六七八九十]+|\d+"
_COUNTED = re.compile(r"[（(]?等\s?[\d一二三四五六七八九十]*\s?[位名]?[）)]?$")
_TITLED = re.compile(r"(?:委员|代表)(?:[（(].*[）)])?$")


@dataclass(frozen=True, slots=True)
class Called:
    """Who is called in a 称谓: the names in order, and the kind of paper that the title of a person points to."""

    names: tuple[str, ...] = ()
    kind: Kind | None = None


def of_title(title: str) -> tuple[str, str, Kind | None]:
    """Return 届次, 案号 and 类别 as the title names them; empty where it does not."""
    found = _TITLE.match(title)
    if not found:
        return "", "", None
    session = _LONG_KIND.sub("", found["session"])
    return session, found["case"].strip(), _KINDS.get(found["kind"] or _kind_word(title))


def _kind_word(title: str) -> str:
    return "建议" if "建议" in title else "提案" if "提案" in title else ""


def paper_of(title: str, opening: str, kind: Kind | None) -> Paper:
    """Return which paper the letter is, by its title, else by its opening."""
    for word, end, paper in _PAPERS:
        if word in title and end in title:
            return paper
    if "会办意见" in opening or "一并答复" in opening or (not title and proposers_in(opening).kind):
        return Paper.OPINION
    return Paper.SUGGESTION_REPLY if kind is Kind.SUGGESTION else Paper.REPLY


def called(salutation: str) -> Called:
    """Return who is called: `甲、乙委员`, `甲等5位委员`, a body by its name."""
    text = re.sub("^尊敬的", "", salutation.strip(" ：:"))
    text = re.sub(r"代表[（(]团[）)]$", "代表团", text)
    person = _TITLED.search(text)
    if not person:
        return Called(tuple(part for part in re.split("[、，]", text) if part))
    kind = Kind.SUGGESTION if person[0].startswith("代表") else Kind.PROPOSAL
    text = _COUNTED.sub("", text[: person.start()])
    return Called(tuple(part for part in re.split("[、，]", text) if part), kind)


def citation_in(opening: str) -> tuple[str, str, Kind | None]:
    """Return the 案由 as it is quoted in the opening, the 案号 where it stands beside it, and the 类别."""
    case = _ANY_CASE.search(opening)
    start = min((at for mark in _QUOTES if (at := opening.find(mark)) >= 0), default=-1)
    plain = _CITED.search(opening) or _CITED_UNQUOTED.search(opening)
    if start < 0 or (plain and plain.end() <= start):
        subject, rest = (plain["subject"], opening[plain.start("kind") :]) if plain else ("", "")
    else:
        end = _closing(opening, start)
        subject, rest = opening[start + 1 : end], opening[max(start, end - 2) :]
    word = re.search("提案|建议|议案", rest[:8])
    return subject, case["case"] if case else "", _KINDS[word[0]] if word else None


def _closing(text: str, start: int) -> int:
    """Return where the quotation that begins at *start* ends; quotations inside it are counted."""
    mark, end_mark, depth = text[start], _QUOTES[text[start]], 0
    for at in range(start, len(text)):
        depth += (text[at] == mark) - (text[at] == end_mark)
        if depth == 0:
            return at
    last = text.rfind(end_mark)
    return last if last > start else len(text)


def core(title: str) -> str:
    """Return 案由 without the words around it: `关于…的提案`, and the quotation marks of all of it."""
    found = _TRAPPINGS.match(title.strip())
    return found["core"].strip() if found else title


def level_of(session: str) -> Level | None:
    """Return the level of the assembly that 届次 names by the last place in it: `昆明市晋宁区第二届…` is a 县's."""
    name = re.sub("^(?:中国人民政治协商会议|政协)", "", session)
    place = re.split("政协|政治协商|人大|人民代表大会|第?[一二三四五六七八九十\\d]+届", name, maxsplit=1)[0]
    if place.endswith("自治区"):
        return Level.PROVINCE
    return next((level for ends, level in _PLACES if place.endswith(ends)), None)


def sitting_of(session: str) -> tuple[int, ...]:
    """Return 届 and 次 of a session as numbers, so that 十四届三次 and 第十四届委员会第三次 are one."""
    found = re.search(f"({_COUNT})届.*?({_COUNT})次", session)
    return tuple(map(count, found.groups())) if found else ()


def proposers_in(opening: str) -> Called:
    """Return who put the paper forward, as the opening of a 会办 opinion says."""
    found = re.match("(?P<names>[^，。“《]{2,60}?)提出的?", opening)
    return called(found["names"]) if found else Called()


def session_in(opening: str) -> str:
    """Return the 届次 that the opening names."""
    found = _SESSION.search(opening)
    return found["session"] if found else ""


def thanks_in(opening: str) -> str:
    """Return 致谢: what the proposers are thanked for."""
    found = _THANKS.search(opening)
    return found["thanks"] if found else ""


def units_in(opening: str) -> tuple[str, ...]:
    """Return the 会办单位 whose opinions the opening names."""
    found = _UNITS.search(opening)
    return names(found["units"]) if found else ()
