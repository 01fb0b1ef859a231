"""Measure what `check` finds: writes docs/check.md with every rule, its precision and its recall.

    python bench/checking.py [SEED]

Clean letters of varied records must give no 错误 and hardly a 警告; letters with one seeded fault each must give the
code of that fault. Exits with 1 when either falls short. The seed is 20250826 unless another is given.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter, defaultdict
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT)]

from bench.faults.case import Case  # noqa: E402 -- once the path knows the bench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dafu.errors import Problem

DOCS = ROOT / "docs"
BANK = Path(__file__).with_suffix(".yaml")
TODAY = date(2025, 11, 20)
SEED, CLEAN, FAULTY = 20250826, 40, 300
MOST_WARNINGS, LEAST_RECALL = 0.1, 0.98
PAGE = """\
# 校核规则与量测

本页由 `python bench/checking.py` 写出，不要手改。

## 准不准，漏不漏

- **种子**：{seed}。素材在 `bench/checking.yaml`，单位、人名、数字均为虚构。
- **误报**：{clean} 份没有毛病的答复件（提案、建议；独办、主办、分办、会办；一位到六位提案人和团体；各类办理结果；\
两种版式），错误 {errors} 处，警告 {warnings} 处，平均每份警告 {rate:.2f} 处（应不多于 {most}）；提示 {notices} 处。
- **漏报**：{faulty} 份各埋了一处毛病的答复件，指出 {caught} 处，占 {recall:.1%}（应不少于 {least:.0%}）。
- **没有量什么**：素材同规则出于一手，真实的来件花样更多；语义上的答非所问、数字本身的对错，规则看不出来。

| 埋的毛病 | 代码 | 份数 | 指出 |
| --- | --- | ---: | ---: |
{faults}

## 全部规则

级别是通常的级别，个别情形另有轻重，见“要求”。查一条：`dafu check --explain 代码`；\
停用一条：写进 dafu.yaml 的“检查.停用”，附上理由。

| 代码 | 级别 | 名称 | 要求 | 出处 | 例子 |
| --- | --- | --- | --- | --- | --- |
{rules}
"""


def main() -> int:
    """Judge the clean and the faulty letters, write the page, return 1 when a figure falls short."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    cleans = [clean(Random(f"{seed}-{n}"), n) for n in range(CLEAN)]  # noqa: S311 -- reproducible, nothing secret
    noise = Counter[str]()
    for n, case in enumerate(cleans):
        for problem in judged(case):
            noise[problem.severity.value] += 1
            print(f"clean {n}: {problem.code} {problem}")
    results = list(recalled(cleans, seed))
    page = page_of(seed, noise, results)
    (DOCS / "check.md").write_text(page, encoding="utf-8", newline="\n")
    caught = sum(hit for *_, hit in results) / len(results)
    print(f"warnings a letter {noise['警告'] / CLEAN:.2f}, errors {noise['错误']}, recall {caught:.1%}")
    return int(bool(noise["错误"]) or noise["警告"] / CLEAN > MOST_WARNINGS or caught < LEAST_RECALL)


def recalled(cleans: list[Case], seed: int) -> Iterator[tuple[str, str, bool]]:
    """Yield fault, code and whether it was found for each letter with one seeded fault."""
    from bench.faults import FAULTS

    for n in range(FAULTY):
        random = Random(f"{seed}-fault-{n}")  # noqa: S311 -- reproducible, nothing secret
        name, code, seeded = FAULTS[n % len(FAULTS)]
        order = random.sample(cleans, len(cleans))
        case = next(filter(None, (seeded(deepcopy(one), random) for one in order)))
        codes = {problem.code for problem in judged(case)}
        if code not in codes:
            print(f"missed {n}: {name} ({code}) {case.reply.get('正文', '')[-80:]!r}; found {sorted(codes)}")
        yield name, code, code in codes


def judged(case: Case) -> list[Problem]:
    """Return all that `check` says of the record, as it lies in a workspace of its own."""
    from dafu import store
    from dafu.compose import Composer
    from dafu.desk.check import Proofreading
    from dafu.workdays import Calendar

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(case, folder)
        workspace = store.open_workspace(folder)
        everything, faults = store.load(workspace)
        record = next((one for one in everything if one.path.stem == "件"), None)
        if record is None:
            return faults
        composer = Composer(workspace.office, workspace.templates)
        proofreading = Proofreading(workspace, composer, everything, Calendar(), TODAY)
        return [*proofreading.together([record]), *proofreading.findings(record)]


def written(case: Case, folder: Path) -> None:
    """Write the workspace of *case* below *folder*."""
    texts = {"dafu.yaml": case.office, "proposals/件.yaml": case.record}
    texts |= {f"proposals/别件{n}.yaml": other for n, other in enumerate(case.others)}
    for name, value in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    if case.blocks:
        (folder / "templates").mkdir()
        blocks = "\n".join(f"{{% block {name} %}}{text}{{% endblock %}}" for name, text in case.blocks.items())
        text = f'{{% extends "标准/{case.paper}.j2" %}}\n{blocks}\n'
        (folder / f"templates/{case.paper}.j2").write_text(text, encoding="utf-8")


# Clean letters ---------------------------------------------------------------------------------------------------


def bank() -> dict[str, Any]:
    """Return the material: subjects with their asks and answers, names, units."""
    import yaml

    found: dict[str, Any] = yaml.safe_load(BANK.read_text(encoding="utf-8"))
    return found


def clean(random: Random, n: int) -> Case:
    """Return a record without fault; *n* goes round the subjects, kinds, roles, grades and forms."""
    material = bank()
    subject = material["题目"][n % len(material["题目"])]
    kind = ("提案", "提案", "建议")[n % 3]
    role = ("独办", "主办", "分办", "会办", "独办")[n % 5]
    grade = "ABCD"[n // 2 % 4]
    if subject["案由"].endswith(("提案", "建议")):
        kind = subject["案由"][-2:]
    proposers = _proposers(random, material, n)
    record: dict[str, Any] = {
        "案号": f"143{random.randrange(1, 999):03}" if kind == "提案" else str(random.randrange(1, 99)),
        "类别": kind,
        "届次": "市政协十四届三次会议" if kind == "提案" else "市十五届人大四次会议",
        "案由": subject["案由"],
        "提案人": proposers,
        "建议事项": [ask for ask, _ in subject["事项"]],
        "角色": role,
    }
    if role == "主办":
        record["会办单位"] = random.sample(material["单位"], 1 + n % 2)
    if role == "会办":
        record |= {"主办单位": "省商务厅", "层级": "省", "届次": record["届次"].replace("市", "省", 1)}
    record["办理过程"] = _events(random, record, n)
    record["答复"] = _reply(random, material, subject, record, grade)
    case = Case(record)
    if n % 4 == 1:
        case.office |= {"版式": "信函", "结果位置": "联系前"}
    return case


def _proposers(random: Random, material: dict[str, Any], n: int) -> list[Any]:
    if not (n + 1) % 8:
        return [{"团体": random.choice(material["团体"]), "联系人": "程望舒", "电话": "60013390"}]
    names = random.sample(material["姓名"], (1, 1, 2, 1, 3, 6, 4)[n % 7])
    return [{"姓名": names[0], "电话": "60011806"}, *names[1:]]


def _events(random: Random, record: dict[str, Any], n: int) -> list[dict[str, str]]:
    names = [one if isinstance(one, str) else one.get("姓名") or one["团体"] for one in record["提案人"]]
    day = date(2025, 3, 3) + timedelta(days=random.randrange(20))
    events: list[dict[str, str]] = []

    def add(step: str, later: int, **keys: str) -> None:
        nonlocal day
        day += timedelta(days=later)
        events.append({"日期": day.isoformat(), "环节": step, **keys})

    add("交办", 0, 交办单位="市政府办公室")
    add("签收", 1)
    add("分办", 2, 科室="流通业发展科", 经办人="唐知行", 分管领导="贺明远")
    for unit in record.get("会办单位", ()):
        add("征求会办", 1, 单位=unit, 期限="2025-05-10")
    add("沟通", random.randrange(5, 20), 方式=random.choice(["面商", "走访", "座谈", "电话"]), 对象="、".join(names))
    for unit in record.get("会办单位", ()):
        add("会办意见", 1, 单位=unit)
    add("拟稿", 10)
    add("审核", 3, 经手人="郑守拙")
    add("签发", 2, 签发人="梁怀瑾")
    series = "临商提函" if record["角色"] == "会办" else "临商"
    add("印发", 1, 发文字号=f"{series}〔2025〕{random.randrange(2, 99)}号")
    receivers = [record["主办单位"]] if "主办单位" in record else names
    for name in receivers if n % 2 else ():
        add("送达", 1, 对象=name, 方式="面交")
    return events


def _reply(
    random: Random, material: dict[str, Any], subject: dict[str, Any], record: dict[str, Any], grade: str
) -> dict[str, Any]:
    talk = date.fromisoformat(next(event["日期"] for event in record["办理过程"] if event["环节"] == "沟通"))
    lines = [material["开头"].replace("{日}", f"{talk.month}月{talk.day}日")]
    for n, (ask, answer) in enumerate(subject["事项"]):
        closing = {"A": "", "B": random.choice(material["计划"])}.get(grade, "")
        if grade in "CD" and n == len(subject["事项"]) - 1:
            closing = random.choice(material["原因"])
        lines += [f"{'一二三'[n]}、关于{ask}", answer + closing]
    reply = {
        "办理结果": grade,
        "公开": "主动公开",
        "致谢": subject["致谢"],
        "正文": "\n".join([*lines, *material["结语"]]) + "\n",
        "联系电话": random.choice(["60010031", "0379-60010042"]),
        "联系单位": "市商务局流通业发展科",
        "联系人": ["唐知行"],
        "附件": ["征询意见表"],
    }
    if record["角色"] == "会办":
        reply |= {"公开": "不予公开", "公开理由": "由主办单位统一答复"}
        del reply["办理结果"], reply["附件"], reply["致谢"]
    return reply


# The page --------------------------------------------------------------------------------------------------------


def page_of(seed: int, noise: Counter[str], results: list[tuple[str, str, bool]]) -> str:
    """Return the page: figures, faults that were seeded, every rule."""
    by_fault: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for name, code, hit in results:
        by_fault[name, code].append(hit)
    caught = sum(hit for *_, hit in results)
    return PAGE.format(
        seed=seed,
        clean=CLEAN,
        errors=noise["错误"],
        warnings=noise["警告"],
        notices=noise["提示"],
        rate=noise["警告"] / CLEAN,
        most=MOST_WARNINGS,
        faulty=len(results),
        caught=caught,
        recall=caught / len(results),
        least=LEAST_RECALL,
        faults="\n".join(f"| {name} | {code} | {len(hits)} | {sum(hits)} |" for (name, code), hits in by_fault.items()),
        rules="\n".join(rule_rows()),
    )


def rule_rows() -> Iterator[str]:
    """Yield a row of the table for each rule, in the order of the codes."""
    from dafu.check.book import RULES

    for _, rule in sorted(RULES.items()):
        cells = (rule.code, rule.severity.value, rule.title, rule.text, rule.source, rule.example)
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
