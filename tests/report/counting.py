"""The figures counted a second time, from the plain values of YAML: nothing of the program takes part in it.

A record is a dict of the file's own keys; its events are walked once, with the days of the law from `test_year`.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from test_year import Planned, months_after, workdays_after

Record = dict[str, Any]
Event = dict[str, str]
SHARED = {
    "交办",
    "签收",
    "退办",
    "退办结果",
    "分办",
    "沟通",
    "征求意见",
    "拟稿",
    "审核",
    "退回",
    "签发",
    "印发",
    "延期",
}
ENDS = {"办结", "撤案"}
FACES = ("面商", "走访", "座谈", "上门")


def plain(one: Planned, n: int) -> dict[str, Any]:
    """Return a planned record as the plain values of its file, with grades and openness."""
    events = [
        {"日期": str(day), "环节": step} | dict(word.replace("自动", f"东商〔2025〕{n}号").split("=") for word in words)
        for day, step, words in sorted(one.events, key=lambda event: event[0])
    ]
    record: dict[str, Any] = {
        "案号": one.number,
        "届次": "市政协十四届三次会议",
        "案由": f"事项{n}",
        "提案人": ["林晓"],
        "类别": one.kind,
        "角色": one.role,
        "会期": one.period,
        "重点": "是" if one.key else "否",
        "层级": "省" if n % 7 == 3 and not one.lead else "市",  # 并案 is among those of one level
        "办理过程": events,
    }
    record |= {"主办单位": "市公安局"} if one.role == "会办" else {}
    record |= {"会办单位": ["市财政局", "市公安局"]} if one.role == "主办" else {}
    record |= {"并案": list(one.merged)} if one.merged else {}
    if one.role not in ("会办", "参阅"):
        record["答复"] = {"办理结果": "ABCD"[n % 4], "公开": "主动公开" if one.public or n % 3 == 0 else "依申请公开"}
        record["答复"] |= {} if record["答复"]["公开"] == "主动公开" else {"公开理由": "内部数据"}
        record["再次答复"] = [{"办理结果": "A" if n % 2 else "B", "公开": "主动公开"}]
    return record


def day_of(event: Event) -> date:
    return date.fromisoformat(event["日期"])


def happened(record: Record, lead: Record | None, day: date) -> list[Event]:
    """Return what had happened by *day*, in order; what the lead did up to 印发 happened to a merged one too."""
    own = [event for event in record.get("办理过程", []) if day_of(event) <= day]
    have = {event["环节"] for event in own}
    theirs = [
        event
        for event in (lead or {}).get("办理过程", [])
        if day_of(event) <= day and event["环节"] in SHARED and event["环节"] not in {"交办", "签收"} & have
    ]
    return sorted([*own, *theirs], key=lambda event: event["日期"])


def is_end(event: Event) -> bool:
    return event["环节"] in ENDS or event.get("结果") == "同意"


def in_time(events: list[Event], start: int, meeting: str, due: date, today: date) -> tuple[int, int]:
    """Walk on from *start*: met in time or late, or still open; an end before that leaves it uncounted."""
    for event in events[start + 1 :]:
        if event["环节"] == meeting:
            return int(day_of(event) <= due), 1
        if is_end(event):
            return 0, 0
    return 0, int(today > due)


def extended(events: list[Event], due: date) -> date:
    """Return the later day that was granted before the first 印发 or 重办."""
    for event in events:
        if event["环节"] in ("印发", "重办") or is_end(event):
            break
        if event["环节"] == "延期":
            due = max(due, date.fromisoformat(event["至"]))
    return due


def rounds(events: list[Event]) -> list[list[Event]]:
    found: list[list[Event]] = [[]]
    for event in events:
        followed = any(one["环节"] == "跟踪" for one in found[-1])
        if event["环节"] == "重办" or (event["环节"] == "拟稿" and followed):
            found.append([])
        found[-1].append(event)
    return found


def reply_of(record: Record, lead: Record | None, turn: int, key: str) -> str | None:
    for one in (record, lead or {}):
        replies = [one.get("答复", {}), *one.get("再次答复", [])]
        if turn < len(replies) and replies[turn].get(key):
            return str(replies[turn][key])
    return None


def count(records: list[Record], day: date) -> dict[str, Any]:
    """Return {name: number or (part, whole)} of *records* as they stood on *day*."""
    leads = {number: one for one in records for number in one.get("并案", [])}
    total: Counter[str] = Counter()
    for record in records:
        total.update(one_record(record, leads.get(record["案号"]), day))
    return dict(total)


def one_record(record: Record, lead: Record | None, day: date) -> Counter[str]:
    """Return what one record adds to every figure; `办复率` is a part, `办复率/` its whole."""
    events = happened(record, lead, day)
    if not events:
        return Counter()
    role, steps = record.get("角色", "独办"), Counter(event["环节"] for event in events)
    refused = any(event.get("结果") == "同意" for event in events)
    over = refused or bool(steps["撤案"])
    found: Counter[str] = Counter({"收到": 1, "重点": record.get("重点") == "是", "并案": lead is not None})
    found += Counter({"申请退办": steps["退办"] > 0, "已退办": refused, "已撤案": steps["撤案"] > 0})
    found += Counter({"延期": steps["延期"] > 0, "重办": steps["重办"] > 0, "参阅": role == "参阅" and not over})
    if over or role == "参阅":
        return found
    handed = next((n for n, event in enumerate(events) if event["环节"] == "交办"), None)
    if role == "会办":
        return found + assisting(events, steps, handed, day)
    return found + answering(record, lead, events, steps, handed, day)


def rate(found: Counter[str], name: str, part: int, whole: int) -> None:
    found[name] += part
    found[name + "/"] += whole


def assisting(events: list[Event], steps: Counter[str], handed: int | None, day: date) -> Counter[str]:
    found = Counter({"应会办": 1, "会办已送": steps["送达"] > 0})
    open_late = redone(found, events, day)
    rate(found, "会办办复率", steps["送达"] > 0, 1)
    if handed is not None:
        due = months_after(day_of(events[handed]), 1)
        for event in events:
            if event["环节"] in ("送达", "重办"):
                break
            due = max(due, date.fromisoformat(event["至"])) if event["环节"] == "延期" else due
        part, whole = in_time(events, handed, "送达", due, day)
        rate(found, "会办按时率", part, whole)
        open_late |= whole - part if not steps["送达"] else 0
    found["逾期未办"] += open_late
    return found


def answering(
    record: Record, lead: Record | None, events: list[Event], steps: Counter[str], handed: int | None, day: date
) -> Counter[str]:
    issued = steps["印发"] > 0
    found = Counter({"应答复": 1, "已办复": issued})
    rate(found, "办复率", issued, 1)
    rate(found, "沟通率", steps["沟通"] > 0, 1)
    rate(found, "见面率", any(face in event.get("方式", "") for event in events for face in FACES), 1)
    rate(found, "反馈率", issued and steps["送达"] > 0 and steps["反馈"] > 0, issued and steps["送达"] > 0)
    rate(found, "重办率", issued and steps["重办"] > 0, issued)
    last: dict[str, str] = {event["对象"]: event["整体"] for event in events if event["环节"] == "反馈"}
    rate(found, "满意率", sum(one != "不满意" for one in last.values()), len(last))
    found += Counter(last.values())
    open_late = 0
    if handed is not None:
        first = months_after(day_of(events[handed]), 3)
        for name, due in (("按时率", extended(events, first)), ("原期限按时率", first)):
            part, whole = in_time(events, handed, "印发", due, day)
            rate(found, name, part, whole)
            open_late |= name == "按时率" and whole > part and not issued
    open_late |= redone(found, events, day)
    found["逾期未办"] += open_late
    if issued:
        of_issued(found, record, lead, events, day)
    return found


def redone(found: Counter[str], events: list[Event], day: date) -> int:
    places = [n for n, event in enumerate(events) if event["环节"] == "重办"]
    if not places:
        return 0
    due = months_after(day_of(events[places[-1]]), 1)
    for event in events[places[-1] :]:
        if event["环节"] == "印发" or is_end(event):
            break
        due = max(due, date.fromisoformat(event["至"])) if event["环节"] == "延期" else due
    part, whole = in_time(events, places[-1], "印发", due, day)
    rate(found, "重办按时率", part, whole)
    return whole - part if not any(event["环节"] == "印发" for event in events[places[-1] :]) else 0


def of_issued(found: Counter[str], record: Record, lead: Record | None, events: list[Event], day: date) -> None:
    turns = [n for n, some in enumerate(rounds(events)) if any(event["环节"] == "印发" for event in some)]
    grades = [reply_of(record, lead, turn, "办理结果") for turn in turns]
    found["等次" + (grades[-1] or "未定")] += 1
    openness = reply_of(record, lead, turns[-1], "公开")
    found["属性" + (openness or "未定")] += 1
    promised = any(grade in ("B", "C") for grade in grades)
    solved = promised and grades[-1] == "A"
    followed = any(event["环节"] == "跟踪" for event in events)
    rate(found, "跟踪率", promised and (followed or solved), promised)
    rate(found, "转A率", solved, promised)
    if openness == "主动公开":
        rate(found, "公开率", any(event["环节"] == "公开" for event in events), 1)
    if reply_of(record, None, turns[-1], "公开") == "主动公开":
        before = sum(len(some) for some in rounds(events)[: turns[-1]])
        start = next(n for n, event in enumerate(events) if n >= before and event["环节"] == "印发")
        stop = next((n for n in range(start + 1, len(events)) if events[n]["环节"] == "重办"), len(events))
        past = day if stop == len(events) else date.min  # 重办 stops the clock
        part, whole = in_time(events[:stop], start, "公开", workdays_after(day_of(events[start]), 20), past)
        rate(found, "公开及时率", part, whole)
