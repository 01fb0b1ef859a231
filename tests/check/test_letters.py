"""Every rule over a record and its letter: letters that have the fault, and letters that nearly have it."""

from __future__ import annotations

from typing import Any

import pytest

from dafu.check.matter import RECORD
from dafu.errors import Severity
from proofs import (
    ASSISTING,
    BODY,
    LEADING,
    OF_BODY,
    OF_TWO,
    OFFICE,
    SUGGESTION,
    matter_from,
    spoken,
)

Changes = dict[str, str]
Elements = dict[str, Any]
NUMBER = "发文字号: 东商〔2025〕7号"
ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE
GRADE = "办理结果: A"
DONE = "公交末班车延长到23时。"
LATER = "  - {日期: 2025-08-27, 环节: 送达, 对象: 林晓}\n"
FIVE = {"[林晓]": "[林晓, 甲一, 乙二, 丙三, 丁四]", "对象: 林晓": "对象: 林晓、甲一、乙二、丙三、丁四"}
B_CLOSED = {GRADE: "办理结果: B", DONE: "末班车计划年底前延长到23时。"}


def events(*more: str) -> Changes:
    """Return the change that *more* events stand at the end."""
    return {LATER: LATER + "".join(f"  - {{{event}}}\n" for event in more)}


def extended(until: str) -> Changes:
    """Return the change that the reply was put off *until* a day before it was drafted."""
    granted = f"日期: 2025-06-01, 环节: 延期, 至: {until}, 理由: 调研, 批准单位: 市政府办公室"
    return {"  - {日期: 2025-08-20": f"  - {{{granted}}}\n  - {{日期: 2025-08-20"}


def body(text: str) -> Changes:
    """Return the change that the body says *text* behind its last paragraph."""
    return {DONE: f"{DONE}{text}"}


FAULTY: list[tuple[str, Severity, Changes, Elements]] = [
    ("L101", ERROR, {"  联系人: [麻东]\n": ""}, {}),
    ("L104", NOTICE, {"已经建成公厕6座。": "已经在全市的主要夜市建成公厕6座，\n    群众反映良好。"}, {}),
    ("L107", ERROR, {GRADE: f"{GRADE}\n  签发人: 李沐"}, {}),
    ("L109", WARNING, {"提案人: [林晓]": "提案人: [林\u200b晓]"}, {}),
    ("L109", WARNING, {"案由: 优化夜市管理": "案由: 优化\u2f47常管理"}, {}),
    ("L109", WARNING, body("\ue000摊位已经规范。"), {}),
    ("L110", WARNING, {"案号: 143069": "案号: “143069”"}, {}),
    ("L110", WARNING, {"联系人: [麻东]": "联系人: [‘麻东’]"}, {}),
    ("L201", ERROR, {NUMBER: '发文字号: "东商[2025]7号"'}, {}),
    ("L201", ERROR, {NUMBER: "发文字号: 东商〔2025〕07号"}, {}),
    ("L201", ERROR, {NUMBER: "发文字号: 东商〔2025〕第7号"}, {}),
    ("L201", ERROR, {NUMBER: "发文字号: 东商【2025】7号"}, {}),
    ("L202", ERROR, {NUMBER: "发文字号: 东商〔2024〕7号"}, {}),
    ("L203", WARNING, {NUMBER: "发文字号: 东发改〔2025〕7号"}, {}),
    ("L203", ERROR, {NUMBER: "发文字号: 东商函〔2025〕7号"}, {}),
    ("L205", ERROR, {"案号: 143069": "案号: 142069"}, {}),
    ("L205", WARNING, {"案号: 143069": "案号: 69"}, {}),
    ("L205", ERROR, {"十四届三次": "十五届一次"}, {}),
    ("L211", ERROR, {}, {"title": "对市政协十四届三次会议第143096号提案的答复"}),
    ("L211", WARNING, {}, {"title": "对市政协十四届三次会议林晓委员提案的答复"}),
    ("L212", WARNING, {}, {"title": "对市政协十四届二次会议第143069号提案的答复"}),
    ("L213", ERROR, {}, {"title": "对市政协十四届三次会议第143069号建议的答复"}),
    ("L213", WARNING, {}, {"title": "对市政协十四届三次会议第143069号的答复"}),
    ("L213", ERROR, SUGGESTION, {"title": "对市十五届人大四次会议第31号提案的答复"}),
    ("L221", WARNING, body("您的第143096号提案已经办结。"), {}),
    ("L221", WARNING, body("来件（第69号）已经办结。"), {}),
    ("L214", ERROR, {}, {"salutation": "尊敬的林晓委员:"}),
    ("L214", ERROR, {}, {"salutation": "尊敬的林晓委员"}),
    ("L215", ERROR, OF_TWO, {"salutation": "尊敬的林晓委员："}),
    ("L215", ERROR, {}, {"salutation": "尊敬的林小委员："}),
    ("L215", ERROR, FIVE, {"salutation": "尊敬的林晓等4位委员："}),
    ("L215", ERROR, OF_BODY, {"salutation": "民建市委："}),
    ("L216", ERROR, OF_TWO, {"salutation": "林晓、程舟等委员："}),
    ("L216", ERROR, {}, {"salutation": "林晓等委员："}),
    ("L217", ERROR, {}, {"salutation": "尊敬的林晓代表："}),
    ("L217", ERROR, SUGGESTION, {"salutation": "尊敬的林晓委员："}),
    ("L217", WARNING, {}, {"salutation": "尊敬的林晓："}),
    ("L218", ERROR, body("感谢各位代表的支持。"), {}),
    ("L218", ERROR, body("林晓代表的意见很好。"), {}),
    ("L218", WARNING, body("这件议案已经办结。"), {}),
    ("L218", WARNING, body("人大代表提出的问题属实。"), {}),
    ("L218", ERROR, SUGGESTION | body("希望市政协各位委员继续关注。"), {}),
    ("L218", ERROR, SUGGESTION | body("感谢各位委员的支持。"), {}),
    ("L218", WARNING, SUGGESTION | body("提案所提的问题属实。"), {}),
    ("L219", WARNING, body("随时向你们通报。"), {}),
    ("L219", WARNING, body("感谢您们的支持。"), {}),
    ("L219", WARNING, OF_TWO | body("随时向您通报。"), {}),
    ("L219", WARNING, OF_BODY | body("随时向您通报。"), {}),
    ("L219", WARNING, body("请你继续关注。"), {}),
    ("L231", ERROR, body("关于关于夜市的提案已办结。"), {}),
    ("L231", ERROR, body("您的《优化夜市的提案》的提案已办结。"), {}),
    ("L231", ERROR, body("关于“关于夜市管理的意见”已办结。"), {}),
    ("L231", ERROR, body("关于《关于夜市的意见》的提案已办结。"), {}),
    ("L231", ERROR, body("关于“关于夜市的建议”的答复已办结。"), {}),
    ("L231", ERROR, {"案号: 143069": "案号: 平字12号"}, {}),
    ("L231", ERROR, {"案号: 143069": "案号: 4404号（教育类410号）"}, {}),
    ("L232", ERROR, {}, {"salutation": "尊敬的林晓委员（们）："}),
    ("L232", ERROR, body("由×××同志负责。"), {}),
    ("L232", ERROR, body("来件（第 号）收悉。"), {}),
    ("L232", ERROR, body("投入＿＿＿万元。"), {}),
    ("L232", WARNING, body("由某某负责。"), {}),
    ("L232", WARNING, body("投入XX万元。"), {}),
    ("L232", WARNING, body("投入资金待补。"), {}),
    ("L232", WARNING, body("**逐项** 落实**。"), {}),
    ("L241", WARNING, body("延长地铁目前尚不具备条件。"), {}),
    ("L241", WARNING, body("增加班次没有政策依据。"), {}),
    ("L241", WARNING, body("受财力限制，今年不安排。"), {}),
    ("L241", NOTICE, body("增加班次已列入明年计划。"), {}),
    ("L242", WARNING, {GRADE: "办理结果: C"}, {}),
    ("L243", WARNING, {GRADE: "办理结果: D"} | body("上述问题均已解决。"), {}),
    ("L243", NOTICE, {GRADE: "办理结果: B"} | body("各项建议已全部落实。"), {}),
    ("L244", WARNING, {GRADE: "办理结果: B"}, {}),
    ("L245", WARNING, B_CLOSED | events("日期: 2025-09-30, 环节: 办结"), {}),
    (
        "L245",
        NOTICE,
        B_CLOSED | events("日期: 2025-09-30, 环节: 办结", "日期: 2025-10-01, 环节: 跟踪"),
        {},
    ),
    ("L251", ERROR, {"日期: 2025-08-22": "日期: 2025-04-22"}, {}),
    ("L252", WARNING, {"日期: 2025-08-27": "日期: 2026-08-27"}, {}),
    ("L253", ERROR, {"日期: 2025-03-06": "日期: 2025-03-04"}, {}),
    ("L253", ERROR, {"日期: 2025-08-27": "日期: 2025-08-24"}, {}),
    ("L254", WARNING, events("日期: 2025-08-28, 环节: 印发, 发文字号: 东商〔2025〕7号"), {}),
    ("L254", WARNING, events("日期: 2025-08-28, 环节: 签发, 签发人: 周明远"), {}),
    ("L255", ERROR, {GRADE: f"{GRADE}\n  印发日期: 2025-08-24"}, {}),
    (
        "L256",
        ERROR,
        events("日期: 2025-09-01, 环节: 延期, 至: 2025-08-31, 理由: 情况复杂, 批准单位: 市政府办公室"),
        {},
    ),
    (
        "L256",
        ERROR,
        events(
            "日期: 2025-09-01, 环节: 延期, 至: 2025-10-31, 理由: 甲, 批准单位: 乙",
            "日期: 2025-09-02, 环节: 延期, 至: 2025-10-30, 理由: 甲, 批准单位: 乙",
        ),
        {},
    ),
    (
        "L257",
        ERROR,
        {"公开: 主动公开": "公开: 不予公开\n  公开理由: 未定"} | events("日期: 2025-09-01, 环节: 公开"),
        {},
    ),
    ("L258", WARNING, {"  公开: 主动公开\n": ""}, {}),
    ("L258", NOTICE, {"公开: 主动公开": "公开: 主动公开\n  公开理由: 无"}, {}),
    ("L259", NOTICE, events("日期: 2025-09-01, 环节: 反馈, 对象: 林晓, 整体: 不满意"), {}),
    ("L260", WARNING, extended("2025-09-06"), {}),  # six months from 2025-03-05 end on 2025-09-05
    ("L261", WARNING, {"对象: 林晓": "对象: 林小"}, {}),
    ("L261", WARNING, OF_TWO | {"对象: 林晓、程舟": "对象: 林晓、陈舟"}, {}),
    ("L261", WARNING, {"方式: 面商, 对象: 林晓": "方式: 面商, 对象: 林晓明"}, {}),
    ("L262", WARNING, LEADING | {"会办意见, 单位: 市财政局": "会办意见, 单位: 市财局"}, {}),
    ("L263", NOTICE, OF_TWO | {"方式: 面商, 对象: 林晓、程舟": "方式: 面商, 对象: 林晓"}, {}),
    (
        "L263",
        WARNING,
        OF_TWO | {"送达, 对象: 林晓、程舟}\n": "送达, 对象: 林晓}\n  - {日期: 2025-10-01, 环节: 办结}\n"},
        {},
    ),
    ("L264", NOTICE, {"案由:": "重点: 是\n案由:", "签发人: 周明远": "签发人: 贺明"}, {}),
    ("L264", NOTICE, OF_BODY | {"签发人: 周明远": "签发人: 贺明"}, {}),
    ("L265", NOTICE, LEADING | {"2025-06-18": "2025-06-28"}, {}),
    ("L271", WARNING, {GRADE: f'{GRADE}\n  联系电话: "600100"'}, {}),
    ("L271", WARNING, {GRADE: f'{GRADE}\n  联系电话: "1386001002"'}, {}),
    ("L272", WARNING, {}, {"contact": ()}),
    ("L273", WARNING, {GRADE: f'{GRADE}\n  联系电话: "13860010023"'}, {}),
    ("L273", ERROR, {"[林晓]": '[{姓名: 林晓, 电话: "60018888"}]'} | body("电话60018888。"), {}),
    ("L274", WARNING, {}, {"copies": "抄送：市人大代表工委。"}),
    ("L274", WARNING, SUGGESTION, {"copies": "抄送：市政协提案委。"}),
    ("L274", WARNING, {}, {"copies": "抄送：市政府办公室。"}),
    ("L275", WARNING, LEADING, {"copies": "抄送：市政协提案委。"}),
    ("L276", ERROR, {}, {"copies": "抄送：市政协提案委"}),
    ("L277", ERROR, {}, {"date": "2025年08月25日"}),
    ("L277", ERROR, {}, {"date": "二〇二五年八月二十五日"}),
    ("L277", ERROR, {}, {"printed": "2025.8.26印发"}),
    ("L281", WARNING, {f"    二、关于延长公交末班车\n    {DONE}\n": ""}, {}),
    ("L281", WARNING, {"[增设夜市公厕, ": "[增设夜市公厕, 禁止露天烧烤, "}, {}),
    ("L291", ERROR, ASSISTING, {"salutation": "尊敬的林晓委员："}),
    ("L291", ERROR, ASSISTING, {"salutation": "省发展改革委："}),
    ("L292", ERROR, ASSISTING, {"grade": "办理结果：A"}),
    ("L292", ERROR, ASSISTING, {"attachments": ("附件：征询意见表",)}),
    ("L293", WARNING, ASSISTING, {"title": "对市政协十四届三次会议第143069号提案的答复"}),
    ("L294", WARNING, LEADING, {"body": ()}),
]
NEARLY: list[tuple[str, Changes, Elements]] = [
    ("L101", {}, {}),
    ("L104", {"已经建成公厕6座。": "已经建成公厕6座。\n    群众反映良好。"}, {}),
    ("L107", {GRADE: f"{GRADE}\n  签发人: 周明远\n  成文日期: 2025-08-25"}, {}),
    ("L109", {"提案人: [林晓]": "提案人: [䶮晓\ufe00·𬭎]"}, {}),
    ("L110", {"案由: 优化夜市管理": "案由: “夜市”同“早市”", "审核, 经手人: 郑守": "审核, 说明: “同意”"}, {}),
    ("L201", {NUMBER: "发文字号: 东商〔2025〕70号"}, {}),
    ("L202", {GRADE: f"{GRADE}\n  成文日期: 2025-01-01"}, {}),
    ("L203", ASSISTING, {}),
    ("L205", SUGGESTION, {}),
    ("L205", {"案号: 143069": "案号: 平69\n会期: 闭会"}, {}),
    ("L205", {"案号: 143069": "案号: 215\n层级: 省"}, {}),
    ("L205", {"市政协十四届三次会议": "市政协第十四届委员会第三次会议"}, {}),
    ("L211", {}, {"title": "对市政协十四届三次会议 第 143069 号提案的答复"}),
    ("L212", {}, {"title": "关于市政协 十四届三次会议第143069号提案答复的函"}),
    ("L213", {}, {"title": "对市政协十四届三次会议第143069号提案《关于夜市的建议》的答复"}),
    ("L221", body("您的第143069号提案已经办结，第12号摊位已经撤除。"), {}),
    ("L221", {"案由:": "并案: ['143070']\n案由:"} | body("第143070号提案一并办结。"), {}),
    ("L221", body("依据《食品安全法》（国家主席令第21号）办理。"), {}),
    ("L214", {}, {"salutation": "林晓委员："}),
    ("L215", FIVE, {}),
    ("L215", {"[林晓]": "[林晓, 程舟, 陆白]"}, {"salutation": "林晓等3名委员："}),
    ("L215", OF_BODY, {}),
    ("L216", FIVE, {"salutation": "尊敬的林晓等5位委员："}),
    ("L217", OF_BODY, {}),
    ("L217", SUGGESTION, {}),
    ("L218", body("邀请人大代表、政协委员现场察看。"), {}),
    ("L218", body("各位委员会成员单位、职工代表都到场。"), {}),
    ("L218", body("座谈会上，商户代表建议增加停放点，与会各位代表都发了言。"), {}),
    ("L218", body("邀请人大代表和政协委员现场察看，做好人大代表建议和政协提案办理工作。"), {}),
    ("L218", body("林晓代表民建市委在会上发言。"), {}),
    ("L218", SUGGESTION | body("人大代表、政协委员提出的意见都已采纳，建议提案一并办理。"), {}),
    ("L218", body("您的建议很好，我们予以采纳。"), {}),
    ("L218", SUGGESTION | body("会同市发展改革委员会办理，《提案办理办法》已修订。"), {}),
    ("L219", body("感谢您的支持，你追我赶的局面已经形成，迷你公交开通。"), {}),
    ("L219", body("推行“您点我检”活动，“你们”二字不再出现。"), {}),
    ("L219", OF_TWO | body("随时向你们通报。"), {}),
    ("L219", OF_BODY | body("随时向贵委通报。"), {}),
    ("L231", body("关于印发《关于夜市的意见》的通知已经下发。"), {}),
    ("L231", body("关于转发《省厅关于夜市的通知》的通知已经下发。"), {}),
    ("L231", body("《关于〈关于夜市的意见〉的起草说明》一并报送，征求您的提案的提案人的意见。"), {}),
    ("L231", {"案号: 143069": "案号: 4404（教育类410号）"}, {}),
    ("L231", body("门牌号号码已经更换。"), {}),
    ("L232", body("3×4米的摊位共12个，第12号摊位空着。"), {}),
    ("L232", body("会议（团拜会）已经召开。"), {}),
    ("L232", body("**逐项**落实，2**3等于8。"), {}),
    ("L232", body("亟待补齐的短板已经补齐，12家文艺院（团）参演，落实历届次会议精神。"), {}),
    ("L241", body("您反映的夜间无法乘车的问题已经解决。"), {}),
    ("L241", body("过去难以管理的摊点已经规范。"), {}),
    ("L241", body("“无法可依”的局面已经结束。"), {}),
    ("L241", body("老公厕难以满足需要，今年全部重建。"), {}),
    ("L241", body("对不具备经营条件的摊点，一律引导入场；首年暂不收取摊位费，申请不受户籍限制。"), {}),
    ("L241", body("严禁不具备资质的单位施工。"), {}),
    ("L241", {GRADE: "办理结果: C"} | body("目前尚不具备条件。"), {}),
    ("L241", body("下一步，我局将继续做好服务。"), {}),
    ("L242", {GRADE: "办理结果: C"} | body("受财力限制，明年再办。"), {}),
    ("L242", {GRADE: "办理结果: B"}, {}),
    ("L243", body("上述问题均已解决。"), {}),
    ("L243", {GRADE: "办理结果: D"} | body("有关意见已转交研究。"), {}),
    ("L244", {GRADE: "办理结果: B"} | body("其余的年底前完成。"), {}),
    ("L244", {}, {}),
    ("L245", events("日期: 2025-09-30, 环节: 办结"), {}),
    (
        "L245",
        B_CLOSED | events("日期: 2025-09-30, 环节: 办结", "日期: 2025-10-01, 环节: 跟踪, 下次日期: 2025-12-01"),
        {},
    ),
    ("L251", {"日期: 2025-08-22": "日期: 2025-08-20"}, {}),
    ("L252", {"日期: 2025-08-27": "日期: 2025-12-01"}, {}),
    ("L253", {"日期: 2025-03-06": "日期: 2025-03-05"}, {}),
    (
        "L254",
        events(
            "日期: 2025-08-28, 环节: 退回, 理由: 有误",
            "日期: 2025-08-29, 环节: 签发, 签发人: 周明远",
        ),
        {},
    ),
    (
        "L254",
        events("日期: 2025-09-28, 环节: 重办", "日期: 2025-09-29, 环节: 签发, 签发人: 周明远"),
        {},
    ),
    ("L255", {GRADE: f"{GRADE}\n  印发日期: 2025-08-25"}, {}),
    ("L256", events("日期: 2025-09-01, 环节: 延期, 至: 2025-10-31, 理由: 甲, 批准单位: 乙"), {}),
    ("L257", events("日期: 2025-09-01, 环节: 公开"), {}),
    ("L258", {}, {}),
    ("L259", events("日期: 2025-09-01, 环节: 反馈, 对象: 林晓, 整体: 基本满意"), {}),
    (
        "L259",
        events("日期: 2025-09-01, 环节: 反馈, 对象: 林晓, 整体: 不满意", "日期: 2025-09-02, 环节: 重办"),
        {},
    ),
    ("L260", extended("2025-09-05"), {}),
    ("L261", {"方式: 面商, 对象: 林晓": "方式: 面商, 对象: 林晓委员"}, {}),
    ("L261", OF_TWO, {}),
    ("L261", OF_TWO | {"面商, 对象: 林晓、程舟": "面商, 对象: 林晓和程舟委员"}, {}),
    ("L261", OF_TWO | {"面商, 对象: 林晓、程舟": "面商, 对象: 林晓委员和程舟委员"}, {}),
    ("L261", OF_BODY | {"面商, 对象: 民建东河市委员会": "面商, 对象: 白行"}, {}),
    ("L261", FIVE | {"送达, 对象: 林晓、甲一、乙二、丙三、丁四": "送达, 对象: 林晓等5位委员"}, {}),
    ("L261", ASSISTING, {}),
    ("L262", LEADING, {}),
    ("L263", OF_TWO, {}),
    ("L264", {"案由:": "重点: 是\n案由:"}, {}),
    ("L264", {"签发人: 周明远": "签发人: 贺明"}, {}),
    ("L265", LEADING, {}),
    ("L271", {GRADE: f"{GRADE}\n  联系电话: 0379-60010023、60010024"}, {}),
    ("L271", {GRADE: f"{GRADE}\n  联系电话: （0379）60010023转8012、0379 60010024（兼传真）、12315"}, {}),
    ("L272", {}, {"contact": (), "note": "（联系人：麻东，电话：60010023）"}),
    ("L272", ASSISTING, {"contact": ()}),
    ("L273", {GRADE: f'{GRADE}\n  联系电话: "60010023"'} | body("编号12345678901234已登记。"), {}),
    (
        "L273",
        {
            "公开: 主动公开": '公开: 不予公开\n  公开理由: 未定\n  联系电话: "13860010023"',
        },
        {},
    ),
    ("L274", {}, {"copies": "抄送：市政协提案委，市政府办公室。"}),
    ("L274", {}, {"copies": ""}),
    ("L275", LEADING, {}),
    ("L276", {}, {}),
    ("L277", {}, {"date": "2025年8月25日"}),
    ("L281", {}, {}),
    ("L281", {"增设夜市公厕, 延长公交末班车": "多建公厕, 公交末班车开到更晚"}, {}),
    ("L291", ASSISTING, {}),
    ("L292", ASSISTING, {}),
    ("L293", ASSISTING, {}),
    ("L294", LEADING, {}),
]


@pytest.mark.parametrize(("code", "severity", "changes", "elements"), FAULTY)
def test_a_letter_with_the_fault_is_found(code: str, severity: Severity, changes: Changes, elements: Elements) -> None:
    said = spoken(matter_from(changes, **elements))

    assert code in said
    usual = RECORD.rules[code].severity
    assert severity in {found.severity or usual for found in said[code]}


@pytest.mark.parametrize(("code", "changes", "elements"), NEARLY)
def test_a_letter_that_nearly_has_the_fault_is_left_alone(code: str, changes: Changes, elements: Elements) -> None:
    assert code not in spoken(matter_from(changes, **elements))


def test_a_doubtful_character_is_named_with_its_code_point_and_its_place() -> None:
    (found,) = spoken(matter_from({"对象: 林晓}\n  - {日期: 2025-08-20": "对象: 林\u202e晓}\n  - {日期: 2025-08-20"}))[
        "L109"
    ]

    assert (found.message, found.field) == ("有看不见的字符 U+202E", "办理过程.4.对象")


def test_of_a_long_blank_the_beginning_is_quoted() -> None:
    (found,) = spoken(matter_from(body("_" * 3000)))["L232"]

    assert found.message == f"“{'_' * 30}”像是没有填完"


def test_the_whole_letter_has_no_fault_at_all() -> None:
    assert spoken(matter_from({})) == {}


@pytest.mark.parametrize("changes", [OF_TWO, OF_BODY, SUGGESTION, ASSISTING, LEADING])
def test_letters_of_other_kinds_have_none_either(changes: Changes) -> None:
    assert spoken(matter_from(changes)) == {}


def test_every_rule_over_a_letter_stands_in_both_tables() -> None:
    alone = {"L282"}  # the records that a lead answers for stand in a test of their own

    assert {code for code, *_ in FAULTY} == {code for code, *_ in NEARLY} == set(RECORD.rules) - alone


def test_a_number_of_the_year_scheme_begins_with_its_year() -> None:
    office = OFFICE.replace("届次序号", "年份序号")

    assert "L205" not in spoken(matter_from({"案号: 143069": "案号: 20250069"}, office=office))
    assert "L205" in spoken(matter_from({}, office=office))


def test_the_grades_mean_what_the_office_says() -> None:
    office = OFFICE + "办理结果: {A: 已解决, B: 部分解决, C: 已列入规划逐步解决}\n"
    said = spoken(matter_from({GRADE: "办理结果: C"}, office=office))

    assert "L242" not in said
    assert "L244" in said


def test_the_number_is_told_at_the_event_that_says_it_and_the_cure_is_the_right_form() -> None:
    (found,) = spoken(matter_from({NUMBER: '发文字号: "东商[2025]第07号"'}))["L201"]

    assert found.field == "办理过程.8.发文字号"
    assert found.cure == "写成“东商〔2025〕7号”"


def test_an_unknown_name_is_told_with_the_nearest_one() -> None:
    (found, *_) = spoken(matter_from({"对象: 林晓": "对象: 林小"}))["L261"]

    assert (found.field, found.cure) == ("办理过程.4.对象", "是不是“林晓”？")


def test_an_unanswered_ask_is_named_at_its_place() -> None:
    (found,) = spoken(matter_from({"[增设夜市公厕, ": "[增设夜市公厕, 禁止露天烧烤, "}))["L281"]

    assert found.field == "建议事项.2"
    assert "禁止露天烧烤" in found.message


def test_a_body_without_headings_answers_too() -> None:
    plain = "夜市的公厕已经增设6座，公交的末班车也延长到23时。"

    assert "L281" not in spoken(matter_from({BODY: plain}))
