from __future__ import annotations

import pytest

from dafu.readback import script
from dafu.terms import Language

TRADITIONAL = (
    "我們認為這個問題應該由政府來解決，因為它關係到每個人的生活，"
    "而且這樣做對於發展經濟也有很大的幫助，希望有關部門能夠認真考慮我們的意見。"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("关于优化营商环境的提案", Language.SIMPLIFIED),
        ("關於優化營商環境的提案", Language.TRADITIONAL),
        ("關於太后陵保護：皇后、公里", Language.TRADITIONAL),  # 后 and 里 are characters of both
        ("由香港委員提出，见附件：关于优化营商环境的提案", Language.SIMPLIFIED),
        (TRADITIONAL, Language.TRADITIONAL),
        ("为进一步优化营商环境，建议市政府简化审批程序，缩短办理时间，设立一站式服务窗口。", Language.SIMPLIFIED),
        ("關於完善口岸通關便利化的提案", Language.TRADITIONAL),
        ("关于完善口岸通关便利化的提案", Language.SIMPLIFIED),
        ("洛阳市商务局", Language.SIMPLIFIED),
        ("2025", Language.SIMPLIFIED),
        ("张喆、陈堃、王昇、乾元路", Language.SIMPLIFIED),
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
