from __future__ import annotations

import pytest

from dafu.check import language
from proofs import codes_in

FAULTY = [
    ("H201", "认真办理,逐条答复。"),
    ("H201", "分三步走:调查、整改、验收。"),
    ("H201", "办得好不好?由群众说了算。"),
    ("H201", "已经办结.下一步继续推进。"),
    ("H201", "共有12家,都已开业。"),
    ("H202", "市商务局(以下简称我局)负责。"),
    ("H202", '做到"一处一策"。'),
    ("H202", "推行'一窗办理'。"),
    ("H203", "《公平竞争审查条例已经实施。"),
    ("H203", "这一项（含二期已经开工。"),
    ("H203", "落实首问负责制”。"),
    ("H203", "全面（推行“一窗办理）服务”。"),
    ("H204", "转发《关于印发《办法》的通知》。"),
    ("H204", "做到“把“小事”办好”。"),
    ("H204", "依据〈办法〉办理。"),
    ("H204", "做到‘一处一策’。"),
    ("H205", "已经办结。。"),
    ("H205", "已经办结，。"),
    ("H205", "一是调查；；二是整改。"),
    ("H205", "他说：“已经办结。”。"),
    ("H206", "修订了《条例》、《办法》。"),
    ("H206", "推行“一窗”、“一网”。"),
    ("H207", "包括学校、医院...等场所。"),
    ("H207", "目的--方便群众。"),
    ("H207", "包括商场、超市…等。"),
    ("H208", "我局 高度重视，已经办结。"),
    ("H209", "共有１２家。"),
    ("H209", "覆盖Ａ片区。"),
    ("H210", "已经调查。将于9月底前建成并投入"),
    ("H210", "我们将会同有关部门，"),
    ("H210", "我局高度重视，会同有关部门逐项研究，形成了办理意见"),
]
NEARLY = [
    ("H201", "认真办理，逐条答复。"),
    ("H201", "营业到23:00，周末到23:30。"),
    ("H201", "网址是http://example.com/a,b。"),
    ("H201", "同比增长3.5%，共1,200家。"),
    ("H201", "U.S.标准同我国的不同。"),
    ("H202", "市商务局（以下简称我局）负责。"),
    ("H202", "引进CBD(central business district)模式。"),
    ("H203", "《公平竞争审查条例》已经实施。"),
    ("H203", "“第一段引文，后面还有一段。"),
    ("H203", "工作分三项：1）调查；2）整改；3）验收。"),
    ("H203", "（《条例》第三条“原则”）已经明确。"),
    ("H203", "Levi’s等品牌入驻。"),
    ("H204", "转发《关于印发〈办法〉的通知》。"),
    ("H204", "做到“把‘小事’办好”。"),
    ("H204", "《条例》《办法》都已修订。"),
    ("H205", "真的办好了吗？！"),
    ("H205", "他说：“已经办结。”会议随即结束。"),
    ("H205", "推行“一窗办理”。"),
    ("H206", "修订了《条例》和《办法》。"),
    ("H206", "修订了《条例》（2020年）、《办法》（2021年）。"),
    ("H207", "包括学校、医院……"),
    ("H207", "目的只有一个——方便群众。"),
    ("H207", "按照“申报—推荐—审核”的流程办理。"),
    ("H207", "京—广线已经通车。"),
    ("H208", "我局高度重视，已经办结。"),
    ("H208", "联系人：麻东 刘欢"),
    ("H208", "设立 10 亿元的基金。"),
    ("H209", "共有12家，覆盖A片区。"),
    ("H210", "已经调查。将于9月底前建成。"),
    ("H210", "一、关于会同有关部门逐项研究，形成办理意见的情况说明"),
    ("H210", "现答复如下："),
    ("H210", "联系单位：市商务局流通业发展科，联系电话：60010023"),
    ("H210", "他说：“已经办结。”"),
]


@pytest.mark.parametrize(("code", "text"), FAULTY, ids=str)
def test_a_fault_in_punctuation_is_found(code: str, text: str) -> None:
    assert code in codes_in(text)


@pytest.mark.parametrize(("code", "text"), NEARLY, ids=str)
def test_punctuation_that_only_looks_so_is_left_alone(code: str, text: str) -> None:
    assert code not in codes_in(text)


def test_the_words_around_are_quoted_and_the_right_mark_is_named() -> None:
    (problem,) = language.findings(["第一段。", "我局认真办理,逐条答复。"], {})

    assert problem.field == "第2段"
    assert problem.message.startswith("“我局认真办理,逐条答复。”")
    assert problem.cure == "改成“，”"


def test_of_a_long_fault_the_beginning_is_quoted() -> None:
    (problem,) = language.findings([f"共有{'１' * 3000}家。"], {})

    assert problem.message == f"“共有{'１' * 58}…”：数字、字母是全角的"


def test_ten_thousand_open_brackets_are_judged_at_once() -> None:
    assert codes_in("（" * 10_000) == {"H203"}


@pytest.mark.parametrize(
    "piece", ['"我', "我 ", "“我", "（", "二", "9", "的", "我局，", "1，", "一、甲\n", "《“", "年"]
)
def test_a_flood_of_anything_is_judged_in_bounds(piece: str) -> None:
    found = language.findings((piece * 100_000).splitlines()[:2000], {})

    assert len(found) <= 100 * len(language.RULES)
