"""Numbers, dates, ranges and units (GB/T 15835-2011, GB 3100, GB/T 15834-2011 4.13)."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from dafu.check.language.text import HANZI, TEXT, Spot, Text, found, matches
from dafu.check.rules import ERROR, NOTICE, WARNING, Found, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTHS, _LEAP_YEAR = 12, 2024
_DAY = re.compile(r"(?:(?<!\d)(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})日")
_MONTH = re.compile(r"(?<=\d{4}年)(\d{1,2})月(?!\d)")
_YEAR_CHAR = "[一二三四五六七八九〇零0０oOΟ○]"
_NOT_LAWFUL = r"平米|立米|公分|市尺|市斤|英寸|英尺|英里|平方(?!米|公里|千米|分米|厘米|毫米)"
_WRONG_CASE = r"K[Mm]|kM|K[Gg]|kG|KW|Kw|kw|M[²2]|MM|CM"
_ROUND = r"[余多](?![式功元领部层样渠种类级次方])|[个项家元人户吨台米公里平方次万亿%]{0,4}(?:左右|上下|以上)"
_BEFORE = "[%％万亿年月个元]?"
_BEHIND = f"(?![号室栋幢座])[{HANZI}%％‰]"  # 3-5栋 is an address
_UNIT = "[%％‰个项家万亿元年月日公里米吨岁人户台套座处件倍亩次名位天周小时分秒]"

TEXT.rule(
    Rule(
        "H301",
        ERROR,
        "汉字年份里的〇",
        "用汉字写年份的，零写“〇”，不写数字 0、字母 O、圆圈○；写“零”的是警告。",
        "GB/T 15835-2011 5.2.1",
        "二0一七年、二○○九年 → 二〇一七年、二〇〇九年",
    )
)(
    matches(
        f"((?={_YEAR_CHAR}{{4}}年)[一二][一二三四五六七八九〇零]{{0,2}}[0０oOΟ○]{_YEAR_CHAR}{{0,2}}年)",
        "：汉字年份里的零要写“〇”",
        "写“〇”，或全用阿拉伯数字",
    )
)

TEXT.rule(
    Rule(
        "H302",
        WARNING,
        "汉字年份里的“零”",
        "用汉字写年份，零写“〇”。",
        "GB/T 15835-2011 5.2.1",
        "二零二五年 → 二〇二五年",
    )
)(
    matches(
        "((?=[一二三四五六七八九〇零]{4}年)[一二][一二三四五六七八九〇]{0,2}零[一二三四五六七八九〇零]{0,2}年)",
        "：年份里的零要写“〇”",
        "写“〇”，或全用阿拉伯数字",
    )
)


@TEXT.rule(
    Rule(
        "H303",
        ERROR,
        "没有的日子",
        "写到的日期在日历上要有。",
        "公历",
        "9月31日 → 9月30日",
    )
)
def existing_days(text: Text) -> Iterator[Found]:
    """Find days that no calendar has."""
    for n, paragraph in enumerate(text.paragraphs):
        for hit in _DAY.finditer(paragraph):
            year, month, day = int(hit[1] or _LEAP_YEAR), int(hit[2]), int(hit[3])
            if not 1 <= month <= _MONTHS or not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]:
                yield found(text, Spot(n, hit.start(), hit.end()), "：没有这一天", "核对月份和日数")
        for hit in _MONTH.finditer(paragraph):
            if not 1 <= int(hit[1]) <= _MONTHS:
                yield found(text, Spot(n, hit.start(1), hit.end(1)), "：没有这个月", "核对月份")


TEXT.rule(
    Rule(
        "H304",
        WARNING,
        "日期不编虚位",
        "文字里的月、日不写前面的零。",
        "GB/T 9704-2012 7.3.5.4",
        "2025年08月05日 → 2025年8月5日",
    )
)(matches(r"((?<!\d)0[1-9](?:月(?:0[1-9]日)?|日)|(?<=月)0[1-9]日)", "：月、日前面有零", "删去前面的零"))

TEXT.rule(
    Rule(
        "H305",
        WARNING,
        "数值的起止",
        "两个数之间用浪纹线“～”或者一字线“—”，年份、日期之间用一字线；不用半角的 - 和 ~。",
        "GB/T 15834-2011 4.13；GB/T 15835-2011 5.1.2",
        "10-20个、2020-2025年 → 10～20个、2020—2025年",
    )
)(
    matches(
        r"((?<![\dA-Za-z./\-])(?<![A-Za-z] )\d{1,4}(?:\.\d+)?"
        rf"{_BEFORE}\s*[-~–−]\s*\d{{1,4}}(?:\.\d+)?(?=\s*{_BEHIND}))",
        "：起止号是半角的",
        "数值用“～”，年份、日期用“—”",
    )
)

TEXT.rule(
    Rule(
        "H306",
        WARNING,
        "起止的单位",
        "省去前一个数的“%”“万”“亿”会误解的，不省。",
        "GB/T 15835-2011 5.1.2",
        "10～20%、13～17万元 → 10%～20%、13万～17万元",
    )
)(
    matches(
        r"((?<![\d.%％万亿])\d+(?:\.\d+)?[～—~]\d+(?:\.\d+)?(?:[%％]|[万亿]))", "：前一个数没有写单位", "两个数都写单位"
    )
)

TEXT.rule(
    Rule(
        "H307",
        WARNING,
        "数字同汉字混写",
        "阿拉伯数字只同“万”“亿”合写，不同“十”“百”“千”合写（单位里的千克、千瓦、百分点不在内）。",
        "GB/T 15835-2011 5.1.1",
        "3千5百万、5百多家 → 3500万、500多家",
    )
)(
    matches(
        r"((?<![\d.])\d+(?:\.\d+)?(?:百(?![分米帕日货花姓])|千(?![克瓦米伏安卡帕赫焦字兆])|十(?![大佳强优]))[\d万亿多余]*)",
        "：数字同“十、百、千”混写",
        "全用阿拉伯数字",
    )
)

TEXT.rule(
    Rule(
        "H308",
        NOTICE,
        "概数中间的顿号",
        "相邻两个数字连用表示概数的，中间不用顿号。",
        "GB/T 15834-2011 4.5.3.6",
        "七、八个 → 七八个",
    )
)(
    matches(
        "((?<![第一二三四五六七八九十、])(?:一、二|二、三|三、四|四、五|五、六|六、七|七、八|八、九)[个名次户位])",
        "：概数中间不用顿号",
        "删去顿号",
    )
)

TEXT.rule(
    Rule(
        "H309",
        WARNING,
        "法定计量单位",
        "用法定计量单位和它的规范写法：平方米、立方米、千克、千米，字母符号分大小写（km、kg、kW）。",
        "GB 3100-1993；国务院关于在我国统一实行法定计量单位的命令",
        "300平米、5KM、20公分 → 300平方米、5km、20厘米",
    )
)(
    matches(
        rf"((?<=[\d百千万亿])(?:{_NOT_LAWFUL})|(?<=\d)\s?(?:{_WRONG_CASE})(?![A-Za-z]))",
        "：不是法定计量单位的写法",
        "用平方米、厘米、km、kg、kW 等",
    )
)

TEXT.rule(
    Rule(
        "H310",
        WARNING,
        "减少不说倍",
        "减少、下降、缩短用百分数或者分数，不用倍数。",
        "GB/T 15835-2011；现代汉语规范",
        "办理时间缩短了2倍 → 缩短了三分之二",
    )
)(
    matches(
        r"((?:减少|下降|降低|缩短|缩小|压缩)了?(?:近|约)?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]+)倍)",
        "：减少不能用倍数",
        "改用百分数或者分数",
    )
)

TEXT.rule(
    Rule(
        "H311",
        WARNING,
        "约数重复",
        "“近”“约”同“余”“多”“左右”“上下”只用一个。",
        "现代汉语规范",
        "近200余家、约30个左右 → 200余家、约30个",
    )
)(
    matches(
        rf"((?<![附最接远靠新贴相邻临毗就签预节契履合条制公违邀])(?:近|约|大约|将近)\d[\d.,]*[万亿]?(?:{_ROUND}))",
        "：约数重复",
        "只留一个",
    )
)

TEXT.rule(
    Rule(
        "H312",
        WARNING,
        "数字里的全角逗号",
        "多位数不用全角逗号分节。",
        "GB/T 15835-2011 5.1.1",
        "3，500元 → 3500元",
    )
)(matches(rf"((?<![\d，.])[1-9]\d{{0,2}}(?:，\d{{3}})+(?=(?:\.\d+)?{_UNIT}))", "：数字里有全角逗号", "删去逗号"))
