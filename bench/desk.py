"""Make workspaces of many records for the benchmarks: seeded, always the same.

python -m bench.desk FOLDER COUNT
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path
from textwrap import indent

OFFICE = """\
单位: {全称: 东河市商务局, 简称: 市商务局, 自称: 我局, 印发机关: 东河市商务局办公室}
发文字号: {答复: 东商, 会办意见: {代字: 东商提函, 自动: 是}}
抄送: {提案: [市政协提案委], 建议: [市人大代表工委]}
联系: {联系单位: 市商务局办公室, 联系电话: "60010023"}
"""
SECTIONS = ("市场科", "外贸科", "商贸科", "办公室", "投资科")
SURNAMES, GIVEN = "林程陆苏何周吴郑沈韩", "晓舟一白晴秋明远宁川"
SUBJECTS = ("优化夜市管理", "增设社区菜店", "扶持外贸企业出海", "规范直播带货", "改善老旧商圈停车", "发展冷链物流")
UNITS = ("市财政局", "市市场监管局", "市交通运输局", "市自然资源局", "各县区人民政府", "开发区管委会", "行业协会")
ACTS = ("逐条梳理现行办法", "实地走访企业和商户", "召开三次座谈会听取意见", "修订完善配套细则", "建立按月调度的台账")
FRUITS = (
    "办理时限由十五个工作日压缩到七个工作日",
    "新增便民网点四十六处，服务居民十二万余人",
    "兑现扶持资金二千三百余万元，惠及企业一百八十家",
    "有关意见已经列入年度工作要点并明确责任科室",
    "群众反映集中的十一类问题已有九类得到解决",
    "试点街区营业额同比增长百分之十四点六",
    "牵头起草的实施意见已报市政府常务会议审议",
)
HEADINGS = ("基本情况", "已经开展的工作", "存在的困难和不足", "下一步打算")
SHORT = "经研究，我局会同有关部门逐条梳理，已经把所提意见列入年度工作安排，并明确了时限和责任科室。"
PER_YEAR = 2000  # so that the oldest of 100,000 is from 1976


def make(folder: Path, count: int, *, letters: bool = False) -> None:
    """Write a workspace of *count* records into *folder*: the last tenth of the newest year is open, the rest is over.

    With *letters* each is issued and not sent, with a body that makes a letter of four pages.
    """
    (folder / "proposals").mkdir(parents=True)
    (folder / "dafu.yaml").write_text(OFFICE, encoding="utf-8")
    for n in range(count):
        path = folder / "proposals" / str(_year(n)) / f"{_number(n)}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(letter(n) if letters else record(n), encoding="utf-8")


def record(n: int) -> str:
    """Return the text of record *n*, 1.5 KB: with 20 events, or 13 as long as it is open."""
    text = f"一、关于办理情况\n{SHORT}\n二、下一步打算\n{SHORT}"
    is_open = n < PER_YEAR and n % 10 == 0
    return _text(n, text, [*_begun(8), *([] if is_open else [*_issued(n), *_ended()])])


def letter(n: int) -> str:
    """Return the text of record *n* with 20 events and the body of a letter of four pages."""
    return _text(n, body(n), [*_begun(13), *_issued(n)])


def body(n: int) -> str:
    """Return the body of letter *n*: some 1,500 characters under four headings."""
    dice = random.Random(n)  # noqa: S311 -- the same letters in every run, no secret
    lines = []
    for numeral, heading in zip("一二三四", HEADINGS, strict=True):
        lines.append(f"{numeral}、{heading}")
        lines += ["".join(_sentence(dice) for _ in range(count)) for count in (2, 2, 3)]
    return "\n".join(lines)


def _sentence(dice: random.Random) -> str:
    about, unit, act, fruit = map(dice.choice, (SUBJECTS, UNITS, ACTS, FRUITS))
    return f"围绕{about}，我局会同{unit}{act}，{fruit}。"


def _year(n: int) -> int:
    return 2025 - n // PER_YEAR


def _number(n: int) -> str:
    return f"{_year(n)}{n % PER_YEAR:04}"


def _text(n: int, text: str, steps: list[str]) -> str:
    dice = random.Random(n)  # noqa: S311 -- the same records in every run, no secret
    names = [dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN) for _ in range(dice.randint(1, 4))]
    day = date(_year(n), 3, dice.randint(1, 20))
    events = "".join(f"  - {{日期: {day + timedelta(days=4 * at)}, {one}}}\n" for at, one in enumerate(steps))
    return (
        f'案号: "{_number(n)}"\n届次: 市政协十四届{"一二三四五"[_year(n) % 5]}次会议\n'
        f"案由: {dice.choice(SUBJECTS)}第{n}件\n提案人: [{', '.join(dict.fromkeys(names))}]\n"
        f"建议事项:\n  - 明确责任单位\n  - 增加投入\n科室: {dice.choice(SECTIONS)}\n"
        f"答复:\n  办理结果: {dice.choice('AAABBC')}\n  公开: 主动公开\n  联系人: [{names[0]}]\n"
        f"  正文: |\n{indent(text, '    ')}\n办理过程:\n{events}"
    )


def _begun(talks: int) -> list[str]:
    return [
        "环节: 交办, 交办单位: 市政府办公室",
        "环节: 签收",
        "环节: 分办, 科室: 市场科, 经办人: 麻东",
        *(f"环节: 沟通, 方式: 电话, 对象: 提案人, 说明: 第{n}次听取意见" for n in range(talks)),
        "环节: 拟稿",
        "环节: 审核",
    ]


def _issued(n: int) -> list[str]:
    number = f"东商〔{_year(n)}〕{n % PER_YEAR + 1}号"
    return ["环节: 签发, 签发人: 周明远", f"环节: 印发, 发文字号: {number}"]


def _ended() -> list[str]:
    feedback = "环节: 反馈, 对象: 提案人, 整体: 满意"
    return ["环节: 送达, 对象: 提案人", feedback, "环节: 公开", "环节: 办结", "环节: 归档"]


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
