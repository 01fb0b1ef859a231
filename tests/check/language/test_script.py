from __future__ import annotations

import pytest

from dafu.check import language
from dafu.check.language import language_of
from proofs import codes_in

TRADITIONAL = (
    "我們認為這個問題應該由政府來解決，因為它關係到每個人的生活，"
    "而且這樣做對於發展經濟也有很大的幫助，希望有關部門能夠認真考慮我們的意見。"
)
SIMPLIFIED = "为进一步优化营商环境，建议市政府简化审批程序，缩短办理时间，设立一站式服务窗口。"


def test_place_names_in_hanzi_are_never_called_korean() -> None:
    guess = language_of("洛阳市商务局")

    assert guess is None or guess[0] != "ko"


def test_real_korean_is_called_korean() -> None:
    guess = language_of("안녕하세요. 저는 한국에서 온 학생입니다. 만나서 반갑습니다.")

    assert guess is not None
    assert guess[0] == "ko"
    assert guess[1] > 0.9


def test_the_same_text_has_the_same_answer_every_time() -> None:
    assert len({language_of("Public services and 营商环境 for small enterprises") for _ in range(5)}) == 1


def test_a_text_without_letters_has_no_language() -> None:
    assert language_of("12345 67890") is None


FAULTY = [
    ("H501", "優化营商环境，已经办结。"),
    ("H501", "加強协调配合，已经办结。"),
    ("H502", TRADITIONAL),
    ("H502", "關於完善口岸通關便利化的提案"),
    ("H503", "The bureau has improved the business environment for small enterprises."),
    ("H503", "Мы улучшили условия для малого бизнеса и сократили сроки."),
]
NEARLY = [
    ("H501", "优化营商环境，已经办结。"),
    ("H501", "乾元路的瞭望台已经建成，陈喆到场。"),
    ("H501", "蒜薹丰收，哪吒乐园开放，麴先生到场。"),
    ("H501", TRADITIONAL),
    ("H502", SIMPLIFIED),
    ("H502", "李氏宗祠“忠孝傳家”匾额已经修复，现场设有说明牌。"),
    ("H503", "引进CBD模式，建设WTO/TBT技术中心。"),
    ("H503", "GB/T 9704-2012"),
    ("H503", SIMPLIFIED),
]


@pytest.mark.parametrize(("code", "text"), FAULTY, ids=lambda one: one[:12])
def test_a_foreign_script_or_language_is_found(code: str, text: str) -> None:
    assert code in codes_in(text)


@pytest.mark.parametrize(("code", "text"), NEARLY, ids=lambda one: one[:12])
def test_what_belongs_into_a_chinese_letter_is_left_alone(code: str, text: str) -> None:
    assert code not in codes_in(text)


def test_a_long_traditional_paragraph_has_a_second_voice_with_its_probability() -> None:
    (problem,) = (one for one in language.findings([TRADITIONAL], {}) if one.code == "H502")

    assert len(TRADITIONAL) >= 60
    assert "zh-tw，可能性" in problem.message


def test_a_short_one_has_none() -> None:
    (problem,) = (one for one in language.findings(["關於完善口岸通關便利化的提案"], {}) if one.code == "H502")

    assert "可能性" not in problem.message


def test_a_foreign_paragraph_names_its_language_and_the_probability() -> None:
    (problem,) = language.findings(["The bureau has improved the business environment for small enterprises."], {})

    assert "像是英文（可能性 " in problem.message


def test_a_language_without_a_chinese_name_is_named_by_its_code() -> None:
    (problem,) = language.findings(["Waxaan rabaa in aan wax ka barto suuqa iyo ganacsiga magaalada."], {})

    assert "像是外文 so（可能性 " in problem.message
