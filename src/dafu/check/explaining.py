"""What each code of `check` means, for `check --explain` and for the page of all rules."""

from __future__ import annotations

from dafu.check.rules import ERROR, NOTICE, WARNING, Rule

_FORMAT = "记录格式"
_NUMBERS = "发文登记的规则：不重号、不跳号、作废的留下原因"


def _rule(code: str, title: str, text: str, example: str, source: str = _NUMBERS) -> Rule:
    return Rule(code, WARNING if code == "N105" else ERROR, title, text, source, example)


# what other modules find and `check` prints with the rest
OF_OTHERS = (
    _rule(
        "W101",
        "环节不合顺序",
        "沟通以后签发，会办意见到齐（或免去）以后签发，签发以后印发，印发以后送达，送达以后反馈，反馈以后办结，办结以后归档；"
        "有不满意的先重办；退办、撤案、归档以后不再登记。",
        "没有登记沟通就登记了签发 → 补登沟通",
        "各地办理规定的办理程序",
    ),
    _rule(
        "R301",
        "案号重复",
        "同一类别、层级、届次里，一个案号只有一件记录。",
        "两个文件都是 143069 → 删去一个，或改正案号",
        _FORMAT,
    ),
    _rule("N201", "一号两用", "一个发文字号只用在一份文件上。", "两件都写 洛商〔2025〕67号 → 查明改正"),
    _rule("N202", "一件两号", "一份文件只取一个号。", "同一件会办意见取了 3 号又取了 4 号 → 作废一个"),
    _rule("N203", "用了作废的号", "作废的号不再使用。", "3 号已经作废，记录里还写着 → 重新取号"),
    _rule("N204", "缺号", "自动编的号一个接一个。", "有 1 号、3 号，没有 2 号 → 查明去向"),
    _rule("N205", "号没有记录", "登记簿里的每个号都有一件记录。", "登记的案号改过了 → 找回记录，或作废这个号"),
    _rule("N105", "登记簿里的外来文件", "登记簿的文件夹里只放登记的文件。", "夹了一份 Word 文件 → 移走"),
    _rule("N106", "登记文件改了名", "登记文件的名字同里面的号一致。", "洛商提函-3.yaml 里是 4 号 → 查明改回"),
    _rule("N107", "登记簿不全", "取过的号在登记簿里都有。", "共享盘没有连上 → 连上再办"),
    _rule("N108", "取号的痕迹看不懂", "“已取号.txt”每行是一个发文字号。", "多打了一行字 → 删去"),
)
MUTED_UNKNOWN = Rule(
    "L108",
    NOTICE,
    "停用了没有的规则",
    "dafu.yaml“检查.停用”里的代码是校核规则的代码。",
    _FORMAT,
    "停用 L999 → 用 dafu check --explain L999 看相近的代码",
)
