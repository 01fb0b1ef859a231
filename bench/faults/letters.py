"""Numbers, titles, salutations, words left over, grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.faults.seeding import added, answers, fault, persons

if TYPE_CHECKING:
    from random import Random

    from bench.faults.case import Case


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
    event["发文字号"] = random.choice(["临商提函", "临发改"] if answers(case) else ["临商", "临商建"]) + "〔" + serial
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
    if case.record["类别"] != "提案" or not answers(case):
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
    names, title = persons(case), "{{ 身份 }}"
    if not answers(case) or len(names) < 2:  # noqa: PLR2004 -- a joint paper
        return None
    case.blocks["称谓"] = random.choice([f"{names[1]}{title}：", f"{names[0]}等{len(names) + 1}位{title}："])
    return case


@fault("列全了姓名又写“等”", "L216")
def _et_alii(case: Case, random: Random) -> Case | None:
    names = persons(case)
    if not answers(case) or not names:
        return None
    case.blocks["称谓"] = "、".join(names) + random.choice(["等", "等各位"]) + "{{ 身份 }}："
    return case


@fault("称谓的身份", "L217")
def _title(case: Case, random: Random) -> Case | None:
    if not answers(case) or not persons(case):
        return None
    other = "代表" if case.record["类别"] == "提案" else "委员"
    case.blocks["称谓"] = random.choice(["尊敬的", ""]) + "、".join(persons(case)) + other + "："
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
    if not answers(case) or not persons(case):
        return None
    wrong = random.choice(["你们", "您们", "你"] if single else ["您", "您们"])
    case.reply["正文"] += f"办理情况将随时向{wrong}通报。\n"
    return case


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
    if case.reply.get("办理结果") != "C" or not answers(case):
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
