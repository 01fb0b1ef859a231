"""Histories, contacts, copies, what is answered."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bench.faults.seeding import answers, fault

if TYPE_CHECKING:
    from random import Random

    from bench.faults.case import Case


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


@fault("延期太久", "L260")
def _extended(case: Case, _: Random) -> Case | None:
    granted = {"环节": "延期", "至": "2025-12-20", "理由": "还要调研", "批准单位": "市政府办公室"}
    case.events.insert(case.events.index(case.event("沟通")) + 1, {"日期": case.event("沟通")["日期"]} | granted)
    return case if answers(case) else None


@fault("没有沟通就签发", "W101")
def _no_talk(case: Case, _: Random) -> Case | None:
    case.events.remove(case.event("沟通"))
    return case if answers(case) else None


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


@fault("联系电话的位数", "L271")
def _phone(case: Case, random: Random) -> Case | None:
    case.reply["联系电话"] = random.choice(["600100", "0379-600100", "6001003111", "1386001002"])
    return case


@fault("没有联系人", "L272")
def _no_contact(case: Case, _: Random) -> Case | None:
    case.blocks["联系"] = ""
    return case if answers(case) else None


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
    return case if answers(case) and own else None


@fault("没有抄送会办单位", "L275")
def _no_copy(case: Case, _: Random) -> Case | None:
    case.blocks["抄送"] = "抄送：市政协提案委，市人大常委会代表工委。"
    return case if "会办单位" in case.record else None


@fault("抄送没有句号", "L276")
def _no_stop(case: Case, _: Random) -> Case | None:
    case.blocks["抄送"] = '抄送：{{ 答复.抄送|join("，") }}'
    return case if answers(case) else None


@fault("成文日期的写法", "L277")
def _form_of_day(case: Case, random: Random) -> Case | None:
    case.blocks["成文日期"] = random.choice(["2025年08月26日", "二〇二五年八月二十六日", "2025.8.26", "25年8月26日"])
    return case


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
    return None if answers(case) else case


@fault("会办意见印了办理结果", "L292")
def _opinion_grade(case: Case, random: Random) -> Case | None:
    case.blocks["办理结果"] = f"办理结果：{random.choice('AB')}"
    return None if answers(case) else case


@fault("会办意见的标题", "L293")
def _opinion_title(case: Case, _: Random) -> Case | None:
    case.blocks["标题"] = "对{{ 届次 }}第{{ 案号 }}号{{ 类别 }}的答复"
    return None if answers(case) else case


@fault("正文没有提会办单位", "L294")
def _unit_unnamed(case: Case, _: Random) -> Case | None:
    units = case.record.get("会办单位", ())
    if not units or any(unit in case.reply["正文"] for unit in units):
        return None
    case.blocks["开头"] = "来件收悉。现答复如下："
    return case
