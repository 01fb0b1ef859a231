"""The vocabulary of the desk: each member carries its Chinese value and its meaning.

Sources: the usual words of 提案工作条例 and 代表建议处理办法, and GB/T 9704-2012 for the words of the letter.
"""

from __future__ import annotations

from enum import Enum


class Term(Enum):
    """A word with a fixed set of values; `.value` is the Chinese word, `.meaning` explains it."""

    meaning: str

    def __new__(cls, value: str, meaning: str) -> Term:  # noqa: PYI034 -- Enum members are built by the class itself
        """Make a member of its Chinese word and its meaning."""
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        return member

    def __str__(self) -> str:
        return str(self._value_)

    __hash__ = object.__hash__  # each member is one object; Enum's own hash is written in Python


class Kind(Term):
    """类别: who may put it forward, and so which words the reply uses."""

    PROPOSAL = "提案", "政协委员、党派团体、界别、专委会提出，称“委员”，文种用“提案”"
    SUGGESTION = "建议", "人大代表、代表团提出，称“代表”，文种用“建议”"

    @property
    def title_of_person(self) -> str:
        """Return how one who signs such a paper is addressed."""
        return "委员" if self is Kind.PROPOSAL else "代表"


class Level(Term):
    """层级: the assembly that handed the paper over."""

    NATION = "国家", "全国政协、全国人大"
    PROVINCE = "省", "省、自治区、直辖市"
    CITY = "市", "设区的市、自治州"
    COUNTY = "县", "县、县级市、区"
    TOWNSHIP = "乡", "乡、镇"


class Period(Term):
    """会期: handed in at the session or between sessions."""

    IN_SESSION = "会间", "大会期间提出"
    OUT_OF_SESSION = "闭会", "闭会期间提出，随时交办，单独计时"


class Role(Term):
    """角色: what part this office has in the handling."""

    SOLE = "独办", "本单位单独办理并答复"
    LEAD = "主办", "本单位牵头，综合会办单位意见后答复"
    SHARE = "分办", "各单位就各自部分分别答复"
    ASSIST = "会办", "把意见送主办单位，不直接答复"
    READ = "参阅", "只供参考，不答复"


class Language(Term):
    """语种: the script in which the proposal was written."""

    SIMPLIFIED = "简体", "简体中文"
    TRADITIONAL = "繁体", "繁体中文（多见于港澳委员）"


class Retention(Term):
    """保管期限: how long the archive keeps it (国家档案局令第8号)."""

    PERMANENT = "永久", "永久保管"
    THIRTY = "30年", "定期30年"
    TEN = "10年", "定期10年"


class Openness(Term):
    """公开: whether the reply may be published."""

    PUBLIC = "主动公开", "办理单位主动公布全文或摘要"
    ON_REQUEST = "依申请公开", "只向申请人提供，须写明理由"
    CLOSED = "不予公开", "不公开，须写明理由"


class Rating(Term):
    """How content the proposer is with the reply."""

    CONTENT = "满意", "满意"
    MOSTLY = "基本满意", "基本满意"
    DISCONTENT = "不满意", "不满意，应当重办"


class Decision(Term):
    """结果 of a request to hand the paper back."""

    GRANTED = "同意", "同意退办，本单位不再办理"
    DENIED = "不同意", "不同意退办，继续办理"


class Answer(Term):
    """是 or 否."""

    YES = "是", "是"
    NO = "否", "否"


class Step(Term):
    """环节: what can happen to a paper on its way; the keys of each stand in `model.events`."""

    ASSIGN = "交办", "交办机关把件交给本单位"
    RECEIVE = "签收", "本单位签收登记"
    RETURN = "退办", "申请退回，不属本单位职责"
    RETURN_RESULT = "退办结果", "交办机关对退办申请的答复"
    DISPATCH = "分办", "落实到科室和经办人"
    TALK = "沟通", "同提案人面商、走访、通话等"
    CONSULT = "征求意见", "把答复稿送提案人征求意见"
    ASK_OPINION = "征求会办", "请会办单位提出意见"
    OPINION = "会办意见", "收到（或免去）会办单位的意见"
    DRAFT = "拟稿", "拟出答复稿"
    REVIEW = "审核", "核稿通过"
    SEND_BACK = "退回", "核稿退回重拟"
    SIGN = "签发", "负责人签发，日期即成文日期"
    ISSUE = "印发", "编号、用印、印发"
    DELIVER = "送达", "送到提案人（会办：主办单位）"
    FEEDBACK = "反馈", "收到提案人的征询意见表"
    REDO = "重办", "不满意，重新办理"
    EXTEND = "延期", "交办机关同意延期"
    PUBLISH = "公开", "答复在网上公开"
    FOLLOW = "跟踪", "继续落实答复中的承诺"
    CLOSE = "办结", "办理完毕"
    ARCHIVE = "归档", "移交档案"
    WITHDRAW = "撤案", "提案人撤回"


class PageForm(Term):
    """版式: the two forms of GB/T 9704-2012 that a reply may take."""

    DOCUMENT = "文件", "文件格式（GB/T 9704 第7章）：红头带“文件”二字，红色分隔线，版记有线"
    LETTER = "信函", "信函格式（GB/T 9704 10.1）：红头为机关名称，首页上下红色双线，版记无线"


class Letterhead(Term):
    """版头: who prints the red head."""

    PRINTED = "印制", "红头和红线由本工具印出"
    PREPRINTED = "套打", "纸上已有红头和红线，只留出位置"
    ABSENT = "无", "不要版头"


class GradePlace(Term):
    """结果位置: where the result grade stands; the standard does not say, places differ."""

    UNDER_SIGNER = "签发人下", "签发人下一行，右空一字，在红线之上"
    TITLE_RIGHT = "标题右上", "红线下第一行，右空一字"
    PAGE_RIGHT = "首页右上", "首页版心第一行，右侧"
    AFTER_NUMBER = "字号后", "紧接发文字号之后，用括号"
    BEFORE_CONTACT = "联系前", "联系单位之前自成一行，左空二字"
    ABSENT = "不印", "不在答复件上标注"


class OpennessPlace(Term):
    """公开标注: where the letter says whether it may be published."""

    ABSENT = "不印", "不在答复件上标注"
    NOTE = "附注", "成文日期下一行，用圆括号"
    FIRST_PAGE = "首页", "首页版心第一行，左侧"


class ImprintSide(Term):
    """版记面: the side of the sheet that bears 版记 (GB/T 9704 7.4)."""

    LAST = "末面", "正文结束的那一面"
    EVEN = "偶数面", "移到偶数面（双面印刷的封底）"


class TextArea(Term):
    """版心: how the 37 mm above the text are measured."""

    MARGIN = "页边", "按页边距量：上37毫米，22行"
    INK = "墨迹", "按字的墨迹量：页边距相应收小，22行"


class Seal(Term):
    """印章: whether the letter will be sealed, which moves 署名 and 成文日期 (GB/T 9704 7.3.5)."""

    SEALED = "加盖", "加盖印章：成文日期右空四字，署名居中于日期之上"
    BARE = "不盖", "不加盖印章：署名右空二字，日期首字比署名首字右移二字"


class NumberScheme(Term):
    """编号规则: how this place builds 案号."""

    SESSION = "届次序号", "届＋次＋三位序号：143069 即十四届三次第69号"
    YEAR = "年份序号", "年份＋序号：20240425"
    FREE = "无", "没有固定规则"


class NameShown(Term):
    """公开署名: how proposers are named in a publication copy."""

    FULL = "全名", "照登姓名"
    MASKED = "隐名", "只留姓，名用某代替"


class Clock(Term):
    """时钟: what has to happen by a day."""

    HANDING_BACK = "退办", "申请退办的期限，逾期自动失效"
    FIRST_TALK = "首次沟通", "同提案人第一次沟通的期限"
    OPINION = "会办意见", "送出（会办）或收到（主办）会办意见的期限"
    REPLY = "答复", "答复的期限"
    FEEDBACK = "反馈", "收回征询意见表的期限"
    REDO = "重办", "不满意后重新答复的期限"
    PUBLISHING = "公开", "答复上网公开的期限"
    FOLLOWING = "跟踪", "跟踪时写明的下次日期"


class Paper(Term):
    """文种: the papers that the desk writes, each from the template of its name."""

    REPLY = "答复", "对政协提案的答复"
    SUGGESTION_REPLY = "建议答复", "对人大代表建议的答复"
    OPINION = "会办意见", "会办单位送主办单位的意见"
    ASKING_OPINION = "征求会办", "主办单位请会办单位提出意见"
    FEEDBACK_FORM = "征询意见表", "请提案人填写的意见表"
    INTERNAL_ORDER = "内部交办单", "办公室交科室办理"
    DRAFT_SHEET = "发文稿纸", "拟稿、核稿、会签、签发"
    HANDING_BACK = "退办申请", "申请退办"
    EXTENSION_REQUEST = "延期申请", "申请延期"
    EXTENSION_NOTICE = "延期告知", "告知提案人延期"
    STAGE_REPLY = "阶段性答复", "尚未办结时的答复"
    LATER_REPLY = "再次答复", "重办或落实后的再次答复"
    REMINDER = "催办单", "催促会办单位或科室"


class Stage(Term):
    """阶段: how far a paper has come; always computed from its events, never stored."""

    NOT_ASSIGNED = "未交办", "还没有交办"
    ASSIGNED = "已交办", "已交办，还没有签收"
    RECEIVED = "已签收", "已签收，还没有分到科室"
    RETURNING = "退办申请中", "已申请退办，等待答复"
    RETURNED = "已退办", "退办获准，不再办理"
    IN_HAND = "办理中", "科室正在办理"
    DRAFTED = "已拟稿", "答复稿已拟出"
    REVIEWED = "已审核", "核稿通过，等待签发"
    SIGNED = "已签发", "已签发，还没有印发"
    ISSUED = "已印发", "已编号印发，还没有送达"
    DELIVERED = "已送达", "已送达，等待反馈"
    ANSWERED = "已反馈", "收到反馈，还没有办结"
    REDOING = "二次办理", "不满意，重新办理"
    FOLLOWING = "跟踪中", "继续落实答复中的承诺"
    CLOSED = "已办结", "办理完毕，还没有归档"
    ARCHIVED = "已归档", "已移交档案"
    WITHDRAWN = "已撤案", "提案人撤回，不再办理"


COMPOUND_SURNAMES = {
    *("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "夏侯", "轩辕", "端木"),
    *("司徒", "司空", "宇文", "呼延", "独孤", "南宫", "东郭", "百里", "西门", "澹台", "公冶", "淳于", "太史", "申屠"),
    *("钟离", "鲜于", "闾丘", "万俟", "赫连", "濮阳", "单于", "拓跋", "完颜", "纳兰", "歐陽", "司馬", "諸葛", "東方"),
}
"""Surnames of two characters, in either script."""
