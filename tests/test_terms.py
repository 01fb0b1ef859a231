from __future__ import annotations

import pytest

from dafu import terms
from dafu.terms import Kind, Term

TERMS = Term.__subclasses__()

# each set of words as the record and the office file allow them, in their order
WORDS = {
    terms.Kind: "提案 建议",
    terms.Level: "国家 省 市 县 乡",
    terms.Period: "会间 闭会",
    terms.Role: "独办 主办 分办 会办 参阅",
    terms.Language: "简体 繁体",
    terms.Retention: "永久 30年 10年",
    terms.Openness: "主动公开 依申请公开 不予公开",
    terms.Rating: "满意 基本满意 不满意",
    terms.Decision: "同意 不同意",
    terms.Answer: "是 否",
    terms.Step: "交办 签收 退办 退办结果 分办 沟通 征求意见 征求会办 会办意见 拟稿 审核 退回 "
    "签发 印发 送达 反馈 重办 延期 公开 跟踪 办结 归档 撤案",
    terms.PageForm: "文件 信函",
    terms.Letterhead: "印制 套打 无",
    terms.GradePlace: "签发人下 标题右上 首页右上 字号后 联系前 不印",
    terms.OpennessPlace: "不印 附注 首页",
    terms.ImprintSide: "末面 偶数面",
    terms.TextArea: "页边 墨迹",
    terms.NumberScheme: "届次序号 年份序号 无",
    terms.NameShown: "全名 隐名",
    terms.Clock: "退办 首次沟通 会办意见 答复 反馈 重办 公开 跟踪",
    terms.Paper: "答复 建议答复 会办意见 征求会办 征询意见表 内部交办单 发文稿纸 退办申请 延期申请 延期告知 "
    "阶段性答复 再次答复 催办单",
}


@pytest.mark.parametrize(("term", "words"), WORDS.items())
def test_a_term_allows_exactly_the_words_of_the_contract(term: type[Term], words: str) -> None:
    assert [member.value for member in term] == words.split()


@pytest.mark.parametrize("term", TERMS)
def test_each_word_explains_itself_and_no_two_have_one_name(term: type[Term]) -> None:
    assert all(member.meaning for member in term)
    assert len(term.__members__) == len(list(term))


def test_a_member_prints_as_its_word() -> None:
    assert f"{terms.Step.SIGN}" == "签发"


def test_who_signs_a_proposal_is_a_member_and_who_signs_a_suggestion_a_deputy() -> None:
    assert (Kind.PROPOSAL.title_of_person, Kind.SUGGESTION.title_of_person) == ("委员", "代表")
