"""Faults to be seeded into clean letters: each has the code by which `check` must find it.

A function changes the case and returns it, or returns None where the case has no place for the fault.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from bench.checking import Case

    Seeding = Callable[[Case, Random], Case | None]

FAULTS: list[tuple[str, str, Seeding]] = []


def fault(name: str, code: str) -> Callable[[Seeding], Seeding]:
    """Register a function as the seeding of the fault *name*, which the rule *code* must find."""

    def register(seeding: Seeding) -> Seeding:
        FAULTS.append((name, code, seeding))
        return seeding

    return register


def replaced(name: str, code: str, pattern: str, *others: str) -> None:
    """Register the fault that a place of the body that *pattern* matches becomes one of *others*."""

    @fault(name, code)
    def seeding(case: Case, random: Random) -> Case | None:
        body = case.reply["正文"]
        places = list(re.finditer(pattern, body))
        if not places:
            return None
        place = random.choice(places)
        case.reply["正文"] = body[: place.start()] + place.expand(random.choice(others)) + body[place.end() :]
        return case


def added(name: str, code: str, *sentences: str) -> None:
    """Register the fault that one of *sentences* stands behind a paragraph of the body."""

    @fault(name, code)
    def seeding(case: Case, random: Random) -> Case | None:
        lines = case.reply["正文"].splitlines()
        prose = [n for n, line in enumerate(lines) if line.endswith("。")]
        lines[random.choice(prose)] += random.choice(sentences)
        case.reply["正文"] = "\n".join(lines) + "\n"
        return case


def _answers(case: Case) -> bool:
    return bool(case.record["角色"] != "会办")


def _persons(case: Case) -> list[str]:
    found = (one if isinstance(one, str) else one.get("姓名", "") for one in case.record["提案人"])
    return [name for name in found if name]


# Numbers, title and salutation -----------------------------------------------------------------------------------


@fault("发文字号的括号、虚位、“第”", "L201")
def _form_of_number(case: Case, random: Random) -> Case | None:
    event = case.event("印发")
    mend = random.choice([("〔", "["), ("〔2025〕", "【2025】"), ("〕", "〕0"), ("〕", "〕第"), ("号", "")])
    event["发文字号"] = event["发文字号"].replace(*mend)
    return case


@fault("发文字号的年份", "L202")
def _year_of_number(case: Case, random: Random) -> Case | None:
    event = case.event("印发")
    event["发文字号"] = event["发文字号"].replace("2025", random.choice(["2024", "2026"]))
    return case


@fault("发文字号的代字", "L203")
def _series_of_number(case: Case, random: Random) -> Case | None:
    event = case.event("印发")
    serial = event["发文字号"].partition("〔")[2]
    event["发文字号"] = random.choice(["临商提函", "临发改"] if _answers(case) else ["临商", "临商建"]) + "〔" + serial
    return case


@fault("两件用了一个号", "N201")
def _double_number(case: Case, _: Random) -> Case | None:
    other = {key: case.record[key] for key in ("类别", "案由", "提案人")}
    other |= {"案号": "9" + case.record["案号"], "届次": case.record["届次"].replace("次", "次全体")}
    other |= {"办理过程": [case.event("交办"), case.event("沟通"), case.event("签发"), case.event("印发")]}
    case.others.append(other)
    return case


@fault("案号同届次不合", "L205")
def _number_of_session(case: Case, random: Random) -> Case | None:
    if case.record["类别"] != "提案" or not _answers(case):
        return None
    case.record["案号"] = random.choice(["142", "134", "133"]) + case.record["案号"][3:]
    return case


@fault("标题里的案号", "L211")
def _number_in_title(case: Case, random: Random) -> Case | None:
    wrong = random.choice(["第{{ 案号 }}1号", "第0{{ 案号 }}号", ""])
    case.blocks["标题"] = f"对{{{{ 届次 }}}}{wrong}{{{{ 类别 }}}}的答复会办意见"
    return case


@fault("正文里的案号", "L221")
def _number_in_body(case: Case, random: Random) -> Case | None:
    wrong = random.choice([case.record["案号"] + "1", "1" + case.record["案号"]])
    case.reply["正文"] += f"第{wrong}号{case.record['类别']}至此办理完毕。\n"
    return case


@fault("标题里的届次", "L212")
def _session_in_title(case: Case, _: Random) -> Case | None:
    session = case.record["届次"].replace("三次", "二次").replace("四次", "三次")
    case.blocks["标题"] = f"对{session}第{{{{ 案号 }}}}号{{{{ 类别 }}}}的答复会办意见"
    return case


@fault("标题里的类别", "L213")
def _kind_in_title(case: Case, random: Random) -> Case | None:
    other = random.choice(["建议" if case.record["类别"] == "提案" else "提案", "议案"])
    case.blocks["标题"] = f"对{{{{ 届次 }}}}第{{{{ 案号 }}}}号{other}的答复会办意见"
    return case


@fault("称谓的冒号", "L214")
def _colon(case: Case, random: Random) -> Case | None:
    case.blocks["称谓"] = "{{ 主办单位|default(称呼) }}" + random.choice([":", "，", ""])
    return case


@fault("称谓漏了人、数错了人", "L215")
def _names(case: Case, random: Random) -> Case | None:
    names, title = _persons(case), "{{ 身份 }}"
    if not _answers(case) or len(names) < 2:  # noqa: PLR2004 -- a joint paper
        return None
    case.blocks["称谓"] = random.choice([f"{names[1]}{title}：", f"{names[0]}等{len(names) + 1}位{title}："])
    return case


@fault("列全了姓名又写“等”", "L216")
def _et_alii(case: Case, random: Random) -> Case | None:
    names = _persons(case)
    if not _answers(case) or not names:
        return None
    case.blocks["称谓"] = "、".join(names) + random.choice(["等", "等各位"]) + "{{ 身份 }}："
    return case


@fault("称谓的身份", "L217")
def _title(case: Case, random: Random) -> Case | None:
    if not _answers(case) or not _persons(case):
        return None
    other = "代表" if case.record["类别"] == "提案" else "委员"
    case.blocks["称谓"] = random.choice(["尊敬的", ""]) + "、".join(_persons(case)) + other + "："
    return case


@fault("正文里的身份和文种", "L218")
def _words_of_kind(case: Case, random: Random) -> Case | None:
    words = (
        ("感谢各位代表对这项工作的支持。", "人大代表提出的意见我们完全赞同。", "这件议案由我局主办。")
        if case.record["类别"] == "提案"
        else ("感谢各位委员对这项工作的支持。", "该提案切中要害。", "政协委员提出的意见我们完全赞同。")
    )
    case.reply["正文"] += random.choice(words) + "\n"
    return case


@fault("代词", "L219")
def _pronoun(case: Case, random: Random) -> Case | None:
    single = len(case.record["提案人"]) == 1
    if not _answers(case) or not _persons(case):
        return None
    wrong = random.choice(["你们", "您们", "你"] if single else ["您", "您们"])
    case.reply["正文"] += f"办理情况将随时向{wrong}通报。\n"
    return case


# Words left over -------------------------------------------------------------------------------------------------


@fault("关于关于、提案的提案", "L231")
def _doubled(case: Case, random: Random) -> Case | None:
    kind = case.record["类别"]
    case.blocks["开头"] = random.choice(
        [
            f"提出的关于“关于{{{{ 案由 }}}}的{kind}”收悉。现答复如下：",
            f"提出的“{{{{ 案由 }}}}的{kind}”的{kind}收悉。现答复如下：",
        ]
    )
    return case if not case.record["案由"].endswith(kind) else None


added(
    "范文的残留",
    "L232",
    "感谢代表（团）的关心。",
    "联系人是×××。",
    "来件（第 号）收悉。",
    "资金共＿＿万元。",
    "由某某负责。",
)


# Grade -----------------------------------------------------------------------------------------------------------


@fault("A类说办不到", "L241")
def _solved_but_refused(case: Case, random: Random) -> Case | None:
    if case.reply.get("办理结果") != "A":
        return None
    case.reply["正文"] += random.choice(
        [
            "这一条目前尚不具备实施的条件。\n",
            "经研究，因没有政策依据，无法办理。\n",
            "考虑到财政压力，今年暂不安排。\n",
            "相关项目已列入明年工作计划。\n",
        ]
    )
    return case


@fault("C类没有说明原因", "L242")
def _later_without_reason(case: Case, _: Random) -> Case | None:
    if case.reply.get("办理结果") != "C" or not _answers(case):
        return None
    asks = case.record["建议事项"]
    case.reply["正文"] = "".join(f"{'一二三'[n]}、关于{ask}\n我局将认真研究。\n" for n, ask in enumerate(asks))
    return case


@fault("C类、D类说全部解决", "L243")
def _unsolved_but_done(case: Case, random: Random) -> Case | None:
    if case.reply.get("办理结果") not in ("C", "D"):
        return None
    case.reply["正文"] += random.choice(
        ["上述问题均已解决。\n", "各项建议已全部落实。\n", "反映的问题得到彻底解决。\n"]
    )
    return case


@fault("B类没有下一步", "L244")
def _solving_without_plan(case: Case, _: Random) -> Case | None:
    if case.reply.get("办理结果") != "B":
        return None
    asks = case.record["建议事项"]
    case.reply["正文"] = "".join(f"{'一二三'[n]}、关于{ask}\n已经完成六成。\n" for n, ask in enumerate(asks))
    return case


@fault("办结以后没有跟踪", "L245")
def _not_followed(case: Case, _: Random) -> Case | None:
    if case.reply.get("办理结果") not in ("B", "C"):
        return None
    case.events.append({"日期": "2025-10-10", "环节": "办结"})
    return case


# History ---------------------------------------------------------------------------------------------------------


@fault("日期没有按先后", "L251")
def _unsorted(case: Case, random: Random) -> Case | None:
    n = random.randrange(1, len(case.events))
    case.events[n]["日期"] = (date.fromisoformat(case.events[n - 1]["日期"]) - timedelta(days=3)).isoformat()
    return case


@fault("日期在今天以后", "L252")
def _future(case: Case, random: Random) -> Case | None:
    event = random.choice(case.events)
    event["日期"] = event["日期"].replace("2025", "2026")
    return case


@fault("先后颠倒", "L253")
def _impossible(case: Case, random: Random) -> Case | None:
    first, then = random.choice([("交办", "签收"), ("拟稿", "审核"), ("签发", "印发"), ("交办", "沟通")])
    early = date.fromisoformat(case.event(first)["日期"]) - timedelta(days=1)
    case.event(then)["日期"] = early.isoformat()
    return case


@fault("重复签发、印发", "L254")
def _twice(case: Case, random: Random) -> Case | None:
    event = case.event(random.choice(["签发", "印发"]))
    case.events.insert(case.events.index(event) + 1, dict(event))
    return case


@fault("印发早于成文", "L255")
def _issued_early(case: Case, _: Random) -> Case | None:
    case.reply["成文日期"] = (date.fromisoformat(case.event("印发")["日期"]) + timedelta(days=2)).isoformat()
    return case


@fault("没有沟通就签发", "W101")
def _no_talk(case: Case, _: Random) -> Case | None:
    case.events.remove(case.event("沟通"))
    return case if _answers(case) else None


@fault("会办意见没有到", "W101")
def _no_opinion(case: Case, _: Random) -> Case | None:
    if "会办单位" not in case.record:
        return None
    case.events.remove(case.event("会办意见"))
    return case


@fault("不公开的登记了公开", "L257")
def _published(case: Case, random: Random) -> Case | None:
    case.reply.update({"公开": random.choice(["依申请公开", "不予公开"]), "公开理由": "涉及未定政策"})
    case.events.append({"日期": "2025-09-10", "环节": "公开"})
    return case


@fault("签发了没有定公开", "L258")
def _undecided(case: Case, _: Random) -> Case | None:
    case.reply.pop("公开理由", None)
    del case.reply["公开"]
    return case


@fault("答复同签发不一致", "L107")
def _differing(case: Case, random: Random) -> Case | None:
    word, value = random.choice([("签发人", "贺明远"), ("成文日期", "2025-01-06"), ("发文字号", "临商〔2025〕199号")])
    case.reply[word] = value
    return case


@fault("对象不是提案人", "L261")
def _stranger(case: Case, random: Random) -> Case | None:
    case.event("沟通")["对象"] = random.choice(["沈奕安", "陆志远", "市工商联合会"])
    return case


@fault("单位不是会办单位", "L262")
def _strange_unit(case: Case, random: Random) -> Case | None:
    if "会办单位" not in case.record:
        return None
    case.event("征求会办")["单位"] = random.choice(["市财局", "市农业局", "市交通局"])
    return case


# Contacts, copies, openness --------------------------------------------------------------------------------------


@fault("联系电话的位数", "L271")
def _phone(case: Case, random: Random) -> Case | None:
    case.reply["联系电话"] = random.choice(["600100", "0379-600100", "6001003111", "1386001002"])
    return case


@fault("没有联系人", "L272")
def _no_contact(case: Case, _: Random) -> Case | None:
    case.blocks["联系"] = ""
    return case if _answers(case) else None


@fault("公开件里的手机", "L273")
def _mobile(case: Case, random: Random) -> Case | None:
    if case.reply["公开"] != "主动公开":
        return None
    case.reply["联系电话"] = f"138{random.randrange(10**8):08}"
    return case


@fault("抄送错了机关", "L274")
def _copies(case: Case, random: Random) -> Case | None:
    own, other = ("政协", "人大") if case.record["类别"] == "提案" else ("人大", "政协")
    units = case.record.get("会办单位", [])
    wrong = {"政协": "市政协提案委", "人大": "市人大常委会代表工委"}[other]
    case.reply["抄送"] = random.choice([[wrong, *units], ["市政府办公室督查室", *units]])
    return case if _answers(case) and own else None


@fault("没有抄送会办单位", "L275")
def _no_copy(case: Case, _: Random) -> Case | None:
    case.blocks["抄送"] = "抄送：市政协提案委，市人大常委会代表工委。"
    return case if "会办单位" in case.record else None


@fault("抄送没有句号", "L276")
def _no_stop(case: Case, _: Random) -> Case | None:
    case.blocks["抄送"] = '抄送：{{ 答复.抄送|join("，") }}'
    return case if _answers(case) else None


@fault("成文日期的写法", "L277")
def _form_of_day(case: Case, random: Random) -> Case | None:
    case.blocks["成文日期"] = random.choice(["2025年08月26日", "二〇二五年八月二十六日", "2025.8.26", "25年8月26日"])
    return case


# Answering -------------------------------------------------------------------------------------------------------


@fault("漏答一条建议", "L281")
def _unanswered(case: Case, random: Random) -> Case | None:
    lines = case.reply["正文"].splitlines()
    n = random.choice([n for n, line in enumerate(lines) if re.match("[一二三]、", line)])
    del lines[n : n + 2]
    case.reply["正文"] = "\n".join(lines) + "\n"
    return case


@fault("并案的建议没有答", "L282")
def _merged_unanswered(case: Case, random: Random) -> Case | None:
    number = case.record["案号"] + "9"
    ask = random.choice(["增设新能源汽车充电桩", "建立志愿者档案", "编制地下管网图"])
    keys = {"类别", "届次", "案由", "提案人", "层级"} & set(case.record)
    case.others.append({key: case.record[key] for key in keys} | {"案号": number, "建议事项": [ask]})
    case.record["并案"] = [number]
    return case


@fault("会办意见的主送", "L291")
def _opinion_addressee(case: Case, random: Random) -> Case | None:
    case.blocks["称谓"] = random.choice(["尊敬的{{ 称呼 }}：", "市商务局："])
    return None if _answers(case) else case


@fault("会办意见印了办理结果", "L292")
def _opinion_grade(case: Case, random: Random) -> Case | None:
    case.blocks["办理结果"] = f"办理结果：{random.choice('AB')}"
    return None if _answers(case) else case


@fault("会办意见的标题", "L293")
def _opinion_title(case: Case, _: Random) -> Case | None:
    case.blocks["标题"] = "对{{ 届次 }}第{{ 案号 }}号{{ 类别 }}的答复"
    return None if _answers(case) else case


@fault("正文没有提会办单位", "L294")
def _unit_unnamed(case: Case, _: Random) -> Case | None:
    units = case.record.get("会办单位", ())
    if not units or any(unit in case.reply["正文"] for unit in units):
        return None
    case.blocks["开头"] = "来件收悉。现答复如下："
    return case


# Language --------------------------------------------------------------------------------------------------------

replaced("序号跳了", "H101", r"(?m)^二、", "三、", "四、", "一、")
replaced("序号的标点", "H103", r"(?m)^([一二三])、", r"\1.", r"（\1）、", r"(\1)")
replaced("标题末尾的标点", "H104", r"(?m)^([一二三]、.{4,20})$", r"\1，", r"\1；")
replaced("半角标点", "H201", "([\u4e00-\u9fff])，([\u4e00-\u9fff])", r"\1,\2", r"\1;\2")
added("半角括号和引号", "H202", "这项工作由市商务局(简称我局)负责。", '做到"一处一策"。', "推行'一窗办理'。")
added(
    "括号不成对",
    "H203",
    "按照《公平竞争审查条例执行。",
    "这项（含二期已经开工。",
    "实行“首问负责制。",
    "群众满意度高”。",
)
added("引号、书名号的套用", "H204", "贯彻《关于印发《办法》的通知》。", "做到“把“小事”办好”。", "依据〈办法〉执行。")
replaced("标点重复", "H205", "。", "。。", "，。", "；。")
added("省略号、破折号", "H207", "涉及学校、医院...等场所。", "目的--方便群众。", "包括商场、超市…等。")
added("全角数字", "H209", "共有１２家。", "覆盖ＡＢ两个片区。")
replaced("段落没有完", "H210", "。\n$", "\n", "，\n", "，其中\n")
added("汉字年份里的零", "H301", "方案自二0二四年起实行。", "这项制度始于二○○九年。", "二O二四年已经完成。")
added("没有的日子", "H303", "将于9月31日前完成。", "2月30日开工。", "2025年13月完成。")
added("日期的虚位", "H304", "2025年08月05日通过验收。", "自9月01日起实行。")
added("起止号", "H305", "每处面积10-20平方米，每次3-5人。", "2020-2025年共建成8处。", "每天巡查3~5次。")
added("起止的单位", "H306", "成本下降10～20%。", "投入13～17万元。")
added("数字混写", "H307", "惠及居民3千多户。", "共5百余家。", "投入2千5百万元。")
added("不是法定单位", "H309", "新增面积300平米。", "全长5KM。", "加宽20公分。")
added("减少说倍", "H310", "办理时间缩短了2倍。", "投诉量下降3倍。")
added("约数重复", "H311", "惠及近200余家商户。", "总量约30个左右。", "累计约500多人。")
added("数字里的全角逗号", "H312", "奖励3，500元。", "惠及12，800户。")
added(
    "字词重复", "H401", "这是我局的的职责。", "对此进行进行了研究部署。", "这已经是是第二次。", "关于关于此事的批复。"
)
added(
    "易错词",
    "H402",
    "项目座落在东岸区。",
    "建立工作台帐。",
    "优化法制化营商环境。",
    "做为重点任务。",
    "您反应的问题属实。",
)
added("截止", "H403", "截止5月10日，全部完成。", "截止2025年6月，已办结。")
added("简繁混用", "H501", "進一步优化环境。", "加強协调配合。", "這项工作已完成。")
