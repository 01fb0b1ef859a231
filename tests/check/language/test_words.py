from __future__ import annotations

import pytest

from dafu.check.language.words import CONFUSIONS
from proofs import codes_in

FAULTY = [
    ("H401", "这是我局的的职责。"),
    ("H401", "为了了加强管理，出台办法。"),
    ("H401", "这已经是是第二次。"),
    ("H401", "感谢您您的支持。"),
    ("H401", "对此进行进行了研究。"),
    ("H401", "关于关于此事的批复。"),
    ("H401", "我局我局高度重视。"),
    ("H402", "项目座落在东岸区。"),
    ("H402", "建立工作台帐。"),
    ("H402", "优化法制化营商环境。"),
    ("H402", "您反应的问题属实。"),
    ("H402", "截止目前已经办结。"),
    ("H403", "截止5月10日已经办结。"),
]
NEARLY = [
    ("H401", "这是为达到目的的必要措施。"),
    ("H401", "的的确确办好了。"),
    ("H401", "问题常常出现，刚刚解决，人人满意。"),
    ("H401", "洛阳市市场监管局已经查处。"),
    ("H401", "市商务局局长到场。"),
    ("H401", "关键是是否落实到位。"),
    ("H401", "为了了解情况，逐个逐个走访。"),
    ("H401", "我们研究研究再办，一个一个解决。"),
    ("H401", "委员会会同有关部门办理。"),
    ("H401", "问题与问题不同。"),
    ("H401", "推行项目项目长制度。"),
    ("H401", "家家户户、大大小小、方方面面。"),
    ("H401", "表彰民营企业企业家，由企业代表代表全体商户发言，古都都市圈建设加快。"),
    ("H402", "项目坐落在东岸区。"),
    ("H402", "建立工作台账。"),
    ("H402", "加强法治建设、法制宣传。"),
    ("H402", "部分份额已经落实，全部份额年底到位。"),
    ("H402", "多做为民服务的事，既使用又维护。"),
    ("H402", "请将答复盖章，已恢复盖板，发布署名文章，全部份数印齐，迂回覆盖山区。"),
    ("H402", "交通迅速恢复，器材务必到位，一贯策略不变，同时侯马市、武侯车站参加，既使农民增收，又使环境改善。"),
    ("H402", "校园满意率、新建意向、专题案例、按排名公布、燃煤碳排放、教授于会上发言。"),
    ("H401", "成都都江堰的做法值得借鉴。"),
    ("H403", "报名已经截止，截止日期不变。"),
    ("H403", "截至5月10日已经办结。"),
]


@pytest.mark.parametrize(("code", "text"), FAULTY, ids=str)
def test_a_slip_in_words_is_found(code: str, text: str) -> None:
    assert code in codes_in(text)


@pytest.mark.parametrize(("code", "text"), NEARLY, ids=str)
def test_words_that_only_look_so_are_left_alone(code: str, text: str) -> None:
    assert code not in codes_in(text)


def test_an_office_adds_its_own_words() -> None:
    assert codes_in("申请书已经受里。") == set()
    assert codes_in("申请书已经受里。", 受里="受理") == {"H402"}


def test_a_wrong_word_that_is_only_a_part_of_the_right_one_is_left_alone() -> None:
    assert codes_in("一刻钟便民生活圈。", 便民="便民生活圈") == set()


@pytest.mark.parametrize("wrong", CONFUSIONS)
def test_every_confusion_is_found_and_its_cure_is_not(wrong: str) -> None:
    assert "H402" in codes_in(f"这里写着{wrong}一词。")
    assert "H402" not in codes_in(f"这里写着{CONFUSIONS[wrong]}一词。")
