from __future__ import annotations

import pytest

from dafu.check import language
from dafu.errors import Severity
from proofs import codes_in

FAULTY = [
    ("H101", ["一、甲", "三、乙"]),
    ("H101", ["一、甲", "二、乙", "二、丙"]),
    ("H101", ["一、甲", "一、乙"]),
    ("H101", ["二、甲", "三、乙"]),
    ("H101", ["一、甲", "（一）乙", "（三）丙"]),
    ("H101", ["一、甲", "1.乙", "3.丙"]),
    ("H101", ["九、甲"]),
    ("H102", ["一、甲", "（1）乙"]),
    ("H102", ["（一）甲", "（1）乙"]),
    ("H103", ["一.基本情况"]),
    ("H103", ["一，基本情况"]),
    ("H103", ["（一）、基本情况"]),
    ("H103", ["(一)基本情况"]),
    ("H103", ["（1）.基本情况"]),
    ("H103", ["1、基本情况"]),
    ("H104", ["一、基本情况，"]),
    ("H104", ["（二）存在的问题；"]),
]
NEARLY = [
    ("H101", ["一、甲", "二、乙", "三、丙"]),
    ("H101", ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]),
    ("H101", ["九、甲".replace("九", "一"), *[f"{n}、甲" for n in "二三四五六七八九"], "十、乙", "十一、丙"]),
    ("H101", ["一、甲", "二、乙", "附件1", "一、丙"]),
    ("H101", ["（一）甲", "1.乙", "2.丙", "（二）丁", "1.戊"]),
    ("H101", ["1.5万元用于补助。", "3.2万元用于培训。"]),
    ("H101", ["二、三产业融合发展步伐加快。", "三、四月份集中整治。"]),
    ("H103", ["1、2号线换乘站周边已经规范。"]),
    ("H102", ["一、甲", "1.乙"]),
    ("H102", ["一、甲", "（一）乙", "1.丙", "（1）丁"]),
    ("H103", ["一、基本情况"]),
    ("H103", ["（一）基本情况。"]),
    ("H103", ["1.基本情况"]),
    ("H103", ["一一列出，逐条答复。"]),
    ("H104", ["一、基本情况"]),
    ("H104", ["一是设施不足；"]),
]


@pytest.mark.parametrize(("code", "paragraphs"), FAULTY, ids=str)
def test_a_fault_in_the_numbering_is_found(code: str, paragraphs: list[str]) -> None:
    assert code in codes_in(*paragraphs)


@pytest.mark.parametrize(("code", "paragraphs"), NEARLY, ids=str)
def test_numbering_that_only_looks_so_is_left_alone(code: str, paragraphs: list[str]) -> None:
    assert code not in codes_in(*paragraphs)


def test_a_gap_is_told_at_its_paragraph_with_what_was_expected() -> None:
    (problem,) = language.findings(["我局高度重视。", "一、甲", "三、乙"], {})

    assert (problem.code, problem.field, problem.severity) == ("H101", "第3段", Severity.ERROR)
    assert "第2个" in problem.message
