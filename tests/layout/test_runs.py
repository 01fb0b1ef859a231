from typing import Any

import pytest

from dafu.layout import draw
from dafu.layout.runs import HEITI, KAITI, XIAOBIAOSONG, Type, escaped, run

RARE = "镠"  # in GBK, not in GB2312


def test_markup_characters_are_text() -> None:
    assert escaped('<甲>&"乙"') == '&lt;甲&gt;&amp;"乙"'


@pytest.mark.parametrize("char", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_a_character_that_xml_cannot_hold_is_refused_by_its_code_point(char: str) -> None:
    with pytest.raises(ValueError, match=f"U\\+{ord(char):04X}"):
        escaped(f"甲{char}乙")


@pytest.mark.parametrize("element", ["title", "salutation", "organ", "number", "copies"])
def test_no_element_lets_such_a_character_through(make_letter: Any, element: str) -> None:
    with pytest.raises(ValueError, match=r"U\+0007"):
        draw(make_letter(**{element: "甲\x07乙"}))


@pytest.mark.parametrize(
    ("face", "wider"),
    [("仿宋_GB2312", "仿宋"), (KAITI, "楷体"), (XIAOBIAOSONG, "方正小标宋_GBK"), (HEITI, HEITI)],
)
def test_a_character_outside_gb2312_is_set_in_a_face_that_has_it(face: str, wider: str) -> None:
    xml = run(f"申{RARE}郡", Type(face))
    texts = [part.split("<")[0] for part in xml.split('xml:space="preserve">')[1:]]
    faces = [part.split('"')[0] for part in xml.split('w:eastAsia="')[1:]]
    assert dict(zip(texts, faces, strict=True)) == (
        {f"申{RARE}郡": face} if face == wider else {"申": face, RARE: wider, "郡": face}
    )


def test_a_missing_value_is_highlighted_wherever_it_stands(paragraphs: Any) -> None:
    missing = "【缺：发文字号】"
    found = paragraphs(
        "", number=missing, title=f"对{missing}的答复", body=f"一、甲{missing}乙\n丙**{missing}**", organ=missing
    )
    runs = [run for paragraph in found for run in paragraph.runs]
    marked = [run.text for run in runs if run.font.highlight_color is not None]
    assert marked == [missing] * 5
