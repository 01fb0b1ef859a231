"""The columns of a list: how each is headed, what else it is called elsewhere, and the place in a record it fills.

Headings are those of the lists that 政府办, 政协 and 人大 hand over and of the ledgers that units keep.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from dafu.errors import Problem
from dafu.model import nearest_of
from dafu.model.event import KEYS_OF_STEP
from dafu.terms import Step


class Form(Enum):
    """How the text of a cell is to be read."""

    LINE = "文字"
    CODE = "号码"
    DAY = "日期"
    WORD = "定词"
    NAMES = "名单"
    CODES = "号码单"
    LINES = "逐行"


class Part(Enum):
    """Which part of a record a column belongs to, and so how many values a cell may hold."""

    RECORD = "记录"
    PROPOSER = "提案人"
    UNIT = "承办"
    EVENT = "办理过程"
    REPLY = "答复"
    COMPUTED = "算出"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `step` is set for events, `fallback` is the key that takes the value where the step has no day."""

    title: str
    part: Part
    key: str
    form: Form = Form.LINE
    also: tuple[str, ...] = ()
    step: Step | None = None
    fallback: str = ""
    width: int = 12


def _record(title: str, form: Form = Form.LINE, also: str = "", *, key: str = "", width: int = 12) -> Column:
    return Column(title, Part.RECORD, key or title, form, tuple(also.split()), width=width)


def _proposer(title: str, key: str, also: str, form: Form = Form.LINE, width: int = 12) -> Column:
    return Column(title, Part.PROPOSER, key, form, tuple(also.split()), width=width)


def _unit(title: str, also: str) -> Column:
    return Column(title, Part.UNIT, title, Form.NAMES, tuple(also.split()), width=18)


def _reply(title: str, key: str, also: str, form: Form = Form.LINE) -> Column:
    return Column(title, Part.REPLY, key, form, tuple(also.split()))


def _day(step: Step, also: str = "", title: str = "") -> Column:
    return Column(title or f"{step}日期", Part.EVENT, "日期", Form.DAY, (f"{step}时间", *also.split()), step)


def _of(step: Step, title: str, key: str, also: str = "", form: Form = Form.LINE, fallback: str = "") -> Column:
    return Column(title, Part.EVENT, key, form, tuple(also.split()), step, fallback)


def _computed(title: str, also: str = "", width: int = 10) -> Column:
    return Column(title, Part.COMPUTED, title, also=tuple(also.split()), width=width)


ORDER = _computed("序号", "序 NO 顺序号", width=6)
NUMBER = _record(
    "案号",
    Form.CODE,
    "提案号 提案编号 编号 建议号 建议编号 提案案号 件号 议案号 提案(建议)号 提案建议编号 建议提案编号 号",
)
KIND = _record("类别", Form.WORD, "件别 文件类别 建议提案类别 提案/建议", width=6)
SESSION = _record("届次", also="届次·会议 届次会议 会议 会议届次 会次 会议名称 所属届次", width=22)
SUBJECT = _record(
    "案由",
    also="标题 题目 提案标题 建议标题 提案题目 建议题目 提案案由 名称 提案名称 建议名称 主题",
    width=40,
)
TOPIC = _record("分类", also="提案分类 建议分类 内容分类 专题 分类类别 所属类别 行业分类")
TYPE = _proposer("提案类型", "类型", "提案形式 提出方式 提交方式 提案者类型 类型(个人/联名/集体)", Form.WORD, 10)
PROPOSERS = _proposer(
    "提案人",
    "姓名",
    "提案者 第一提案人 第一提案者 领衔代表 领衔人 代表姓名 委员姓名 代表 委员 提案委员 建议人 提出人 "
    "提议人 提议代表 提案单位 提案人姓名 提出代表 提案人(领衔) 提案人/单位 提案者姓名 代表(领衔) 主提人 提案第一人",
    Form.NAMES,
    18,
)
JOINT = _proposer(
    "联名人", "联名", "联名提案人 附议人 联名委员 联名代表 附议代表 附议委员 联署人 其他提案人", Form.NAMES, 18
)
LEADING = _unit(
    "主办单位", "主办 承办单位 主办部门 承办部门 牵头单位 牵头部门 主办(承办)单位 办理单位 独办单位 单办单位"
)
ASSISTING = _unit(
    "会办单位", "会办 协办 协办单位 会办部门 协办部门 配合单位 协办(会办)单位 会办(协办)单位 会办/协办单位"
)
SHARING = _unit("分办单位", "分办 分办部门 分别办理单位")
ASSIST_DUE = _record("协办时限", Form.DAY, "会办时限 协办期限 会办期限")

_COLUMNS = (
    ORDER,
    KIND,
    _record("层级", Form.WORD, "级别 提案级别", width=6),
    SESSION,
    _record("会期", Form.WORD, "是否会间 会间/闭会 会议期间 提交时段", width=6),
    NUMBER,
    SUBJECT,
    TYPE,
    PROPOSERS,
    JOINT,
    _proposer("提案人单位", "单位", "单位 工作单位 单位职务 单位及职务 所在单位 提案人单位及职务 代表团"),
    _proposer("界别", "界别", "所属界别 提案人界别 委员界别", width=10),
    _proposer("联系人", "联系人", "提案联系人 单位联系人", width=10),
    _proposer(
        "联系电话",
        "电话",
        "电话 手机 手机号 手机号码 联系方式 电话号码 提案人电话 委员电话 代表电话 联系人电话",
        Form.CODE,
        14,
    ),
    _proposer("通讯地址", "地址", "地址 联系地址 通信地址", width=18),
    TOPIC,
    _record("重点", Form.WORD, "是否重点 重点提案 是否重点提案 重点建议 是否重点建议 重点办理", width=6),
    _record("语种", Form.WORD, "文字", width=6),
    _record("建议事项", Form.LINES, "具体建议 建议要点 主要建议", width=40),
    _record("并案", Form.CODES, "并案号 并案编号 并案提案"),
    _day(Step.ASSIGN, "交办日 交办 收文日期 转办日期 下达日期"),
    _of(Step.ASSIGN, "交办单位", "交办单位", "交办机关 交办部门 转办单位"),
    _record("角色", Form.WORD, "办理方式 承办方式 办理类型 办理形式 本单位角色 承办类型", width=6),
    LEADING,
    ASSISTING,
    SHARING,
    _record(
        "办理期限",
        Form.DAY,
        "期限 答复期限 办结期限 主办时限 要求办结日期 要求办结时间 办理时限 答复时限 "
        "办结时限 限办日期 答复截止日期 截止日期",
        key="期限",
    ),
    ASSIST_DUE,
    _day(Step.RECEIVE, "收到日期 收件日期 收到时间 登记日期"),
    _day(Step.DISPATCH, "内部分办日期 转科室日期"),
    _of(Step.DISPATCH, "分管领导", "分管领导", "分管局领导 责任领导", fallback="分管领导"),
    _of(Step.DISPATCH, "责任科室", "科室", "科室 承办科室 承办处室 责任处室 处室 承办股室 责任股室", fallback="科室"),
    _of(Step.DISPATCH, "经办人", "经办人", "承办人 责任人 具体经办人 经办", fallback="经办人"),
    _of(Step.DISPATCH, "内部期限", "内部期限", "内部时限", Form.DAY),
    _day(Step.RETURN, "申请退办日期"),
    _of(Step.RETURN, "退办理由", "理由", "退办原因 退回理由"),
    _of(Step.RETURN, "建议改办单位", "建议单位", "建议承办单位 改办单位"),
    _day(Step.RETURN_RESULT),
    _of(Step.RETURN_RESULT, "退办结果", "结果", form=Form.WORD),
    _day(Step.TALK, "联系日期 面商日期 走访日期 办前沟通日期"),
    _of(Step.TALK, "沟通方式", "方式", "面商方式 联系沟通方式 走访方式"),
    _of(Step.TALK, "沟通对象", "对象", "面商对象"),
    _day(Step.ASK_OPINION, "会办发出日期 会办意见发函日期"),
    _of(Step.ASK_OPINION, "征求会办单位", "单位"),
    _of(Step.ASK_OPINION, "会办意见期限", "期限", "", Form.DAY),
    _day(Step.OPINION, "收到会办意见日期 会办意见收到日期"),
    _of(Step.OPINION, "会办意见单位", "单位"),
    _of(Step.OPINION, "会办意见免收理由", "免"),
    _day(Step.CONSULT, "征求提案人意见日期"),
    _of(Step.CONSULT, "征求意见对象", "对象"),
    _of(Step.CONSULT, "对答复稿的意见", "意见"),
    _day(Step.DRAFT),
    _day(Step.REVIEW, "核稿日期"),
    _day(Step.SEND_BACK, "退回重拟日期"),
    _of(Step.SEND_BACK, "退回重拟理由", "理由"),
    _day(Step.SIGN),
    _of(Step.SIGN, "签发人", "签发人", "签发领导", fallback="签发人"),
    _day(Step.ISSUE, "答复日期 办复日期 答复时间"),
    _of(Step.ISSUE, "发文字号", "发文字号", "文号 答复文号 复文号 复文字号 发文号", Form.LINE, "发文字号"),
    _reply(
        "办理结果", "办理结果", "办理类别 办复类别 结果类别 办理结果类别 答复类别 答复分类 办理结果(A/B/C/D)", Form.WORD
    ),
    _reply("公开属性", "公开", "是否公开 公开类型 公开方式 公开", Form.WORD),
    _reply("公开理由", "公开理由", "不公开理由 不予公开理由"),
    _day(Step.PUBLISH),
    _of(Step.PUBLISH, "公开网址", "网址", "网址 公开链接"),
    _day(Step.DELIVER, "寄送日期"),
    _of(Step.DELIVER, "送达对象", "对象"),
    _of(Step.DELIVER, "送达方式", "方式"),
    _day(Step.FEEDBACK, "征询意见表收回日期"),
    _of(Step.FEEDBACK, "反馈人", "对象", "反馈对象"),
    _of(Step.FEEDBACK, "整体评价", "整体", "反馈整体 满意度 满意程度 委员评价 代表评价 评价", Form.WORD),
    _of(Step.FEEDBACK, "反馈办理态度", "办理态度", "办理态度 态度评价 反馈态度", Form.WORD),
    _of(Step.FEEDBACK, "反馈办理结果", "办理结果", "结果评价 反馈结果", Form.WORD),
    _of(Step.FEEDBACK, "反馈意见", "意见", "具体意见 意见建议"),
    _day(Step.REDO, "二次办理 二次办理日期 重新办理日期"),
    _of(Step.REDO, "重办理由", "理由", "二次办理原因 重办原因"),
    _day(Step.EXTEND, "延期批准日期"),
    _of(Step.EXTEND, "延期至", "至", "延长至 延期后期限", Form.DAY),
    _of(Step.EXTEND, "延期理由", "理由", "延期原因"),
    _of(Step.EXTEND, "延期批准单位", "批准单位"),
    _day(Step.FOLLOW, "跟踪办理日期"),
    _of(Step.FOLLOW, "下次跟踪日期", "下次日期", form=Form.DAY),
    _day(Step.CLOSE, "实际办结日期 实际办结时间"),
    _day(Step.WITHDRAW, "撤回日期"),
    _of(Step.WITHDRAW, "撤案理由", "理由", "撤案原因"),
    _day(Step.ARCHIVE),
    _of(Step.ARCHIVE, "档号", "档号", "归档号"),
    _computed("阶段", "办理状态 状态 办理进度"),
    _computed("到期日", "到期日期", width=12),
    _computed("剩余", "剩余工作日 剩余天数", width=6),
    _computed("灯", "预警", width=6),
)
_NOT_IN_LEDGER = (JOINT.title, SHARING.title, ASSIST_DUE.title)
COLUMNS = {column.title: column for column in _COLUMNS}
LEDGER = tuple(title for title in COLUMNS if title not in _NOT_IN_LEDGER)
"""The columns of a ledger unless the office says otherwise (台账列)."""

_PARENTHESES = re.compile(r"\([^()]*\)")
_SPACES = re.compile(r"\s+")


def plain_heading(text: str) -> str:
    """Return *text* as headings are compared: half-width, without blanks and marks at its end."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).strip("*:.、,;").upper()


def _names(column: Column) -> tuple[str, ...]:
    """Return what a column is called, the best name first: its title, its usual names, its place in a record."""
    above = {Part.PROPOSER: "提案人.", Part.REPLY: "答复.", Part.EVENT: f"{column.step}."}.get(column.part, "")
    return column.title, *column.also, above + column.key


_BY_NAME = {plain_heading(name): column for column in reversed(_COLUMNS) for name in reversed(_names(column))}


def column_of(heading: str) -> Column | None:
    """Return the column that is headed so, by any of its usual names; remarks in brackets are passed over."""
    plain = plain_heading(heading)
    return _BY_NAME.get(plain) or _BY_NAME.get(_PARENTHESES.sub("", plain))


def rank(column: Column, heading: str) -> int:
    """Return how good a name *heading* is for *column*: 0 is its title."""
    plain = plain_heading(heading)
    names = [plain_heading(name) for name in _names(column)]
    return names.index(plain) if plain in names else len(names)


def nearest_title(heading: str) -> str:
    """Return the title of the column whose names are most like *heading*, or nothing when none is near."""
    near = nearest_of(plain_heading(heading), _BY_NAME)
    return _BY_NAME[near].title if near else ""


def chosen(names: tuple[str, ...], key: str) -> tuple[list[Column], list[Problem]]:
    """Return the columns that dafu.yaml names under *key*, and a problem for each name that is none."""
    found = [(name, column_of(name)) for name in names]
    problems = [_unknown(name, key) for name, column in found if column is None]
    return [column for _, column in found if column], problems


def _unknown(name: str, key: str) -> Problem:
    near = nearest_title(name)
    cure = f"是不是“{near}”？" if near else f"可用：{'、'.join(LEDGER)}"
    return Problem("L102", f"“{name}”不是台账的列", cure, field=key)


def required_of(step: Step) -> list[str]:
    """Return the keys without which an event of *step* cannot be entered, its day apart."""
    return [word for word, key in KEYS_OF_STEP[step].items() if key.required and word not in ("日期", "环节")]
