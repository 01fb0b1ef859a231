from __future__ import annotations

from typing import Any

import pytest

from dafu.desk.query import chooser
from dafu.errors import WrongUsageError
from dafu.model import Proposal, in_words, schema_of
from records import office_of, proposal_of

SCHEMA = schema_of(Proposal)


def record(more: str = "") -> dict[str, Any]:
    return in_words(proposal_of(more), office_of())


RECORD = record("""\
    角色: 主办
    会办单位: [市财政局]
    科室: 市场科
    重点: 是
    建议事项: [增设夜市, 延长营业]
    答复: {签发人: 周明远, 联系人: [苏晚晴], 成文日期: 2025-08-26, 致谢: "1=2"}
    办理过程:
      - {日期: 2025-03-05, 环节: 交办}
      - {日期: 2025-03-10, 环节: 沟通, 方式: 电话, 对象: 林晓}
    """)


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ([], True),
        (["角色=主办"], True),
        (["角色=主"], False),
        (["角色=独办"], False),
        (["类别=提案"], True),  # a default counts as written
        (["层级=市"], True),  # so does what the office says
        (["角色!=主办"], False),
        (["角色!=独办"], True),
        (["案由~夜市"], True),
        (["案由~早市"], False),
        (["重点=是"], True),
        (["重点=否"], False),
        (["夜市"], True),
        (["周明远"], True),
        (["早市"], False),
        (["提案人=林晓"], True),
        (["提案人.姓名=林晓"], True),
        (["提案人~林"], True),
        (["会办单位=市财政局"], True),
        (["会办单位!=市财政局"], False),
        (["建议事项=延长营业"], True),
        (["答复.签发人=周明远"], True),
        (["答复.联系人=苏晚晴"], True),
        (["答复.成文日期~2025-08"], True),
        (["答复.致谢=1=2"], True),
        (["办理过程.环节=沟通"], True),
        (["办理过程.环节=签收"], False),
        (["办理过程.方式~电"], True),
        (["分管领导="], True),  # nothing is written there
        (["分管领导!="], False),
        (["科室!="], True),
        (["科室="], False),
        (["分管领导!=周明远"], True),
        (["分管领导~周"], False),
        (["角色=主办", "案由~夜市", "市场科"], True),
        (["角色=主办", "案由~早市"], False),
    ],
)
def test_words_choose_a_record(words: list[str], *, chosen: bool) -> None:
    assert chooser(words, SCHEMA)(RECORD) is chosen


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("办理结果=A", "“办理结果=A”：“办理结果”不是字段（是不是“答复.办理结果”？）"),
        ("案因=甲", "“案因=甲”：“案因”不是字段（是不是“案由”？）"),
        ("角角~会", "“角角~会”：“角角”不是字段（是不是“角色”？）"),
        ("答复.签发=周明远", "“答复.签发=周明远”：“签发”不是字段（是不是“签发人”？）"),
        ("提案人.点话~6", "“提案人.点话~6”：“点话”不是字段（是不是“电话”？）"),
        ("办理过程.对像=林晓", "“办理过程.对像=林晓”：“对像”不是字段（是不是“对象”？）"),
        ("案由.甲=乙", "“案由.甲=乙”：“甲”不是字段（它下面没有字段）"),
        ("xyz!=1", "“xyz!=1”：“xyz”不是字段（可用：案号、类别、"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest(word: str, sentence: str) -> None:
    with pytest.raises(WrongUsageError) as wrong:
        chooser([word], SCHEMA)

    assert str(wrong.value).startswith(sentence)


@pytest.mark.parametrize("word", ["类别＝提案", "答复.办理结果＝A"])
def test_an_equals_sign_of_full_width_is_told_and_not_looked_for_as_text(word: str) -> None:
    with pytest.raises(WrongUsageError, match="全角等号"):
        chooser([word], SCHEMA)


def test_a_text_that_only_holds_such_a_sign_is_looked_for() -> None:
    assert not chooser(["甲＝乙"], SCHEMA)(RECORD)
