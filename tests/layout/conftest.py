"""One invented letter to vary, and python-docx as the reader that knows nothing of how it was written."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest

from dafu import layout
from dafu.letter import Letter, Style, blocks

MakeLetter = Callable[..., Letter]


@pytest.fixture(scope="session")
def make_letter() -> MakeLetter:
    """Make the letter of an invented office; keywords replace elements, also those of its style."""

    def make(**changes: Any) -> Letter:
        style = {name: changes.pop(name) for name in Style._fields if name in changes}
        if isinstance(changes.get("body"), str):
            changes["body"] = blocks(changes["body"])
        elements: dict[str, Any] = {
            "mark": "东河市商务局文件",
            "number": "东商〔2025〕7号",
            "signer": "签发人：周明远",
            "grade": "办理结果：A",
            "title": "对市政协九届三次会议第093012号提案的答复",
            "salutation": "尊敬的林晓委员：",
            "body": blocks("您提出的关于“夜市”的提案收悉，现答复如下：\n一、基本情况\n夜市已经开放。\n感谢您的关心。"),
            "organ": "东河市商务局",
            "date": "2025年8月26日",
            "contact": ("联系单位：东河市商务局市场科  60010023",),
            "copies": "抄送：市政协提案委，市政府督查室。",
            "printer": "东河市商务局办公室",
            "printed": "2025年8月26日印发",
        }
        return Letter(**elements | changes, style=Style(**style))

    return make


@pytest.fixture(scope="session")
def opened() -> Callable[[Letter], Any]:
    """Draw a letter and open it with python-docx."""
    return lambda letter: docx.Document(BytesIO(layout.draw(letter)))


@pytest.fixture(scope="session")
def paragraphs(make_letter: MakeLetter, opened: Callable[[Letter], Any]) -> Callable[..., list[Any]]:
    """Draw the letter with changes and return the paragraphs of one style (all without one), tables left out."""

    def find(style: str = "", **changes: Any) -> list[Any]:
        found = opened(make_letter(**changes)).paragraphs
        return [one for one in found if style in ("", one.style.style_id)]

    return find
