"""Which script and which language a text is written in: a table of characters first, statistics as a second voice."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from dafu.check.language.text import HANZI, TEXT, Spot, Text, found
from dafu.check.rules import NOTICE, WARNING, Found, Rule
from dafu.readback import script
from dafu.terms import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTER = re.compile(r"[^\W\d_]")
_HANZI = re.compile(f"[{HANZI}]")
_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_FOREIGN = 0.3  # less Hanzi than that among the letters of a paragraph: another language
_FEWEST = 20  # letters that a guess needs
_SECOND_VOICE = 60  # characters from which statistics tell zh-cn from zh-tw
_LANGUAGES = {"en": "英文", "ja": "日文", "ko": "朝鲜文", "fr": "法文", "de": "德文", "ru": "俄文", "es": "西班牙文"}


def language_of(text: str) -> tuple[str, float] | None:
    """Return the language of *text* by its statistics and how probable it is, or None when nothing can be told.

    The same text always has the same answer. Korean without a Hangul is no answer: place names in Hanzi look so.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EncodingWarning)  # it opens an ASCII file of its own without saying so
        import langdetect  # type: ignore[import-untyped]  # -- it ships no types

    langdetect.DetectorFactory.seed = 0
    try:
        guesses = langdetect.detect_langs(text)
    except langdetect.LangDetectException:
        return None
    kept = [one for one in guesses if one.lang != "ko" or _HANGUL.search(text)]
    return (str(kept[0].lang), float(kept[0].prob)) if kept else None


@TEXT.rule(
    Rule(
        "H501",
        WARNING,
        "简繁混用",
        "用简化字写的文字里不夹繁体字；姓名用字不在内的，核对以后不用改。",
        "国家通用语言文字法",
        "優化营商环境 → 优化营商环境",
    )
)
def mixed_scripts(text: Text) -> Iterator[Found]:
    """Find traditional characters in a text that is written in simplified ones."""
    if script.language("".join(text.paragraphs)) is Language.TRADITIONAL:
        return
    for n, paragraph in enumerate(text.paragraphs):
        if script.language(paragraph) is Language.SIMPLIFIED:
            for at, right in script.traditional(paragraph):
                yield found(text, Spot(n, at, at + 1), f"：“{paragraph[at]}”是繁体字", f"改成“{right}”")


@TEXT.rule(
    Rule(
        "H502",
        WARNING,
        "繁体的段落",
        "答复件用简化字；整段繁体的多半是从来件粘贴的。六十字以上的另由统计判断，附上它的可能性。",
        "国家通用语言文字法",
        "為進一步優化營商環境…… → 为进一步优化营商环境……",
    )
)
def traditional_paragraphs(text: Text) -> Iterator[Found]:
    """Find whole paragraphs in traditional characters."""
    for n, paragraph in enumerate(text.paragraphs):
        if script.language(paragraph) is Language.TRADITIONAL:
            guess = language_of(paragraph) if len(paragraph) >= _SECOND_VOICE else None
            voice = f"（统计判断 {guess[0]}，可能性 {guess[1]:.2f}）" if guess else ""
            yield found(text, Spot(n, 0, min(12, len(paragraph))), f"：这一段是繁体{voice}", "改成简化字")


@TEXT.rule(
    Rule(
        "H503",
        NOTICE,
        "外文的段落",
        "汉字不到三成的段落，看是不是漏译、误粘贴。语种由统计判断，附上它的可能性。",
        "国家通用语言文字法",
        "一段英文简介留在正文里 → 译成中文，或放进附件",
    )
)
def foreign_paragraphs(text: Text) -> Iterator[Found]:
    """Find paragraphs in another language than Chinese."""
    for n, paragraph in enumerate(text.paragraphs):
        letters = len(_LETTER.findall(paragraph))
        if letters < _FEWEST or len(_HANZI.findall(paragraph)) / letters >= _FOREIGN:
            continue
        guess = language_of(paragraph)
        if guess and not guess[0].startswith("zh"):
            name = _LANGUAGES.get(guess[0], f"外文 {guess[0]}")
            message = f"：像是{name}（可能性 {guess[1]:.2f}）"
            yield found(text, Spot(n, 0, min(20, len(paragraph))), message, "译成中文，或删去")
