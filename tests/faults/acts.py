"""Every command that writes, with the workspace that it finds: the table that the walk goes through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx
from docx.shared import Mm

import archiving
import spreadsheets
from commands import dafu
from records import OFFICE, make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = "2025-08-26"
_OPINION = """\
案号: 省-0215
届次: 省政协十三届三次会议
层级: 省
案由: 扶持外贸企业出海
提案人: [程亦舟]
角色: 会办
主办单位: 省商务厅
答复: {正文: 我局愿意配合。}
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
"""
_REPLY = """\
案号: 143069  # 夜市
届次: 市政协十四届三次会议
案由: 优化夜市管理
提案人:
  - {姓名: 林晓, 电话: "60010023"}
答复:
  办理结果: A
  公开: 主动公开
  正文: |
    一、关于夜市的布局

    我局已同有关部门商定，年内增设三处夜市。
办理过程:
  - {日期: 2025-03-05, 环节: 交办, 交办单位: 市政府办公室}
  - {日期: 2025-03-10, 环节: 分办, 科室: 市场科, 经办人: 陆远}
  - {日期: 2025-05-12, 环节: 沟通, 方式: 面商, 对象: 林晓}
"""
_OFFICE = OFFICE + "发文字号: {答复: 东商, 会办意见: {代字: 东商提函, 自动: 是}}\n"
_NOTICE = """\
国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日至3日放假调休，共3天。
二、春节：2月5日至11日放假调休，共7天。2月14日（星期日）上班。
三、清明节：4月3日至5日放假，共3天。
四、劳动节：5月1日至5日放假调休，共5天。
五、端午节：6月9日放假，共1天。
六、中秋节：9月15日放假，共1天。
七、国庆节：10月1日至7日放假调休，共7天。
"""


@dataclass(frozen=True, slots=True)
class Act:
    """A command that writes: its words, what is done before, and the file that makes it done."""

    name: str
    words: tuple[str, ...]
    commit: str
    before: tuple[tuple[str, ...], ...] = ()
    make: Callable[[Path], object] | None = None

    def prepare(self, folder: Path) -> None:
        """Make the workspace, as it is before the words of `before`."""
        (self.make or workspace)(folder)


def workspace(folder: Path) -> None:
    """Make an office with one reply and one opinion on the way, and the papers that come in."""
    make_workspace(folder, _OFFICE, **{"143069": _REPLY, "省-0215": _OPINION})
    (folder / "replies").mkdir()
    (folder / "通知.txt").write_text(_NOTICE, encoding="utf-8")
    strange = ("流水", "143103"), ("案由", "增设社区菜店"), ("提案人", "苏白"), ("主办单位", "市商务局")
    spreadsheets.listed(folder / "外来.xlsx", *zip(*strange, strict=True))
    rows = [(str(number), "增设社区菜店", "苏白", "市商务局") for number in (143101, 143102)]
    spreadsheets.listed(folder / "清单.xlsx", ("提案号", "案由", "提案人", "主办单位"), *rows)


def edited(folder: Path) -> None:
    """Make an office whose letter came back with another word in it."""
    workspace(folder)
    assert dafu(folder, "draft", "143069").code == 0
    letter = folder / _LETTER
    document = docx.Document(str(letter))
    for run in (run for one in document.paragraphs for run in one.runs):
        run.text = run.text.replace("三处夜市", "四处夜市")
    document.save(str(letter))


def unlovely(folder: Path) -> None:
    """Make an office with a letter whose layout someone has changed."""
    workspace(folder)
    assert dafu(folder, "draft", "143069").code == 0
    letter = folder / _LETTER
    document = docx.Document(str(letter))
    document.sections[0].top_margin = Mm(20)
    document.save(str(letter))


def neglected(folder: Path) -> None:
    """Make an office where a write was killed and a journal is torn."""
    workspace(folder)
    assert dafu(folder, *_SET).code == 0
    with (folder / ".dafu/日志/proposals/143069.jsonl").open("ab") as journal:
        journal.write(b'{"user": "')
    (folder / "proposals/.143069.yaml.0a1b2c3d.dafu-tmp").write_bytes(b"half")


def archived(folder: Path) -> None:
    """Make an office with one bag in its archive."""
    archiving.desk(folder)
    assert archiving.archived(folder).code == 0


def nothing(folder: Path) -> None:
    """Make an empty folder."""
    folder.mkdir(parents=True)


def delivered(folder: Path) -> None:
    """Make an office with a reply that may be put on the net."""
    record = archiving.CLOSED.replace("{办理结果", "{联系人: [陆远], 办理结果")
    make_workspace(folder, **{"143069": record})
    assert dafu(folder, "draft", "143069", "--new").code == 0


_SIGNED = ("track", "省-0215", "签发", "签发人=周明远", "日期=2025-08-20")
_AGREED = ("track", "143069", "签发", "签发人=周明远", "日期=2025-08-20")
_ISSUED = ("track", "省-0215", "印发", "发文字号=自动", "日期=2025-08-26")
_RECORD, _OTHER = "proposals/143069.yaml", "proposals/省-0215.yaml"
_LETTER = "replies/2025/143069/答复.docx"
_SET = ("set", "143069", "分管领导=周明远", "提案人.1.单位=某公司")

ACTS = (
    Act("init", ("init",), "dafu.yaml", make=nothing),
    Act(
        "new",
        ("new", "143070", "届次=市政协十四届三次会议", "案由=改善停车", "提案人=苏白"),
        "proposals/2025/143070.yaml",
    ),
    Act("set", _SET, _RECORD),
    Act("track", ("track", "143069", "沟通", "方式=电话", "对象=林晓", "日期=2025-06-01"), _RECORD),
    Act(
        "track typed",
        ("track", "143069", "印发", "发文字号=东商〔2025〕7号", "日期=2025-08-26"),
        _RECORD,
        before=(_AGREED,),
    ),
    Act("track 签发", _AGREED, _RECORD),
    Act("set body", ("set", "143069", "答复.正文=@通知.txt"), _RECORD),
    Act("track 自动", _ISSUED, _OTHER, before=(_SIGNED,)),
    Act("undo", ("undo", "143069"), _RECORD, before=(_SET, ("set", "143069", "分类=经济"))),
    Act("draft", ("draft", "143069"), _LETTER),
    Act("draft all papers", ("draft", "143069", "--paper", "全部"), ""),
    Act("draft all records", ("draft", "--all"), ""),
    Act("draft again", ("draft", "143069"), _LETTER, before=(("draft", "143069"), _SET)),
    Act("draft --new", ("draft", "143069", "--new"), "replies/2025/143069/答复-2.docx", before=(("draft", "143069"),)),
    Act(
        "numbers void",
        ("numbers", "void", "东商提函〔2025〕1号", "原因=印错"),
        "replies/发文登记/2025/东商提函-1.yaml",
        before=(_SIGNED, _ISSUED),
    ),
    Act("holidays import", ("holidays", "import", "通知.txt"), "节假日.yaml"),
    Act("due --ics", ("due", "--ics", "到期.ics"), "到期.ics"),
    Act("due --digest", ("due", "--digest", "简报.html"), "简报.html", before=(("due", "--digest", "简报.html"), _SET)),
    Act("list", ("list",), ""),
    Act("import list", ("import", "清单.xlsx"), "", before=(("list",),)),
    Act("import --column", ("import", "--column", "流水=案号", "外来.xlsx"), ""),
    Act("import letter", ("import", "replies/2025/143069/答复.docx"), _RECORD, make=edited),
    Act("compare --accept", ("compare", "143069", _LETTER, "--accept"), _RECORD, make=edited),
    Act("archive", ("archive", "143069", *archiving.scans()), _RECORD, make=archiving.desk),
    Act("publish", ("publish", "143069"), _RECORD, make=delivered),
    Act("export", ("export", "2025", "移交"), "移交/校验码-SHA256.txt", make=archived),
    Act("catalogue", ("catalogue", "2025", "--xlsx", "目录.xlsx"), "目录.xlsx", make=archived),
    Act("catalogue --docx", ("catalogue", "2025", "--docx", "目录.docx"), "目录.docx", make=archived),
    Act("check --fix", ("check", _LETTER, "--fix", "改好.docx"), "改好.docx", make=unlovely),
    Act("ledger", ("ledger", "台账.xlsx"), "台账.xlsx"),
    Act("ledger --by", ("ledger", "台账.csv", "--by", "科室"), ""),
    Act("report --docx", ("report", "--docx", "报告.docx"), "报告.docx"),
    Act("doctor --fix", ("doctor", "--fix"), "", make=neglected),
    Act("report", ("report", "--xlsx", "统计.xlsx", "--html", "看板.html"), ""),
)
