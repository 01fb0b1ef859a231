from __future__ import annotations

import pytest

from dafu.readback import script
from dafu.terms import Language


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于优化营商环境的提案", Language.SIMPLIFIED),
        ("關於優化營商環境的提案", Language.TRADITIONAL),
        ("關於太后陵保護：皇后、公里", Language.TRADITIONAL),  # 后 and 里 are characters of both
        ("由香港委員提出，见附件：关于优化营商环境的提案", Language.SIMPLIFIED),
        ("人民 ABC 123", Language.SIMPLIFIED),
        ("", Language.SIMPLIFIED),
    ],
)
def test_the_script_is_told_by_the_characters_that_only_one_has(text: str, expected: Language) -> None:
    assert script.language(text) is expected


def test_each_character_keeps_its_place_in_the_other_script() -> None:
    text = "關於「一刻鐘」生活圈，臺灣𠮷"

    assert len(script.simplified(text)) == len(text)
    assert script.simplified("關於電話") == "关于电话"
