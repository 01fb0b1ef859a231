from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from chinese_calendar import is_workday  # type: ignore[import-untyped]  # -- it ships no types

from dafu.model.holiday_notice import read_notice
from dafu.workdays import Calendar, YearNotice

# What the State Council's notices ordered, in their own words, from several years with several manners of writing.
ITEMS = {
    2013: """
        一、元旦：1月1日至3日放假调休，共3天。1月5日（星期六）、1月6日（星期日）上班。
        二、春节：2月9日至15日放假调休，共7天。2月16日（星期六）、2月17日（星期日）上班。
        三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
        四、劳动节：4月29日至5月1日放假调休，共3天。4月27日（星期六）、4月28日（星期日）上班。
        五、端午节：6月10日至12日放假调休，共3天。6月8日（星期六）、6月9日（星期日）上班。
        六、中秋节：9月19日至21日放假调休，共3天。9月22日（星期日）上班。
        七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2014: """
        一、元旦：1月1日放假1天。
        二、春节：1月31日至2月6日放假调休，共7天。1月26日（星期日）、2月8日（星期六）上班。
        三、清明节：4月5日放假，4月7日（星期一）补休。
        四、劳动节：5月1日至3日放假调休，共3天。5月4日（星期日）上班。
        五、端午节：6月2日放假，与周末连休。
        六、中秋节：9月8日放假，与周末连休。
        七、国庆节：10月1日至7日放假调休，共7天。9月28日（星期日）、10月11日（星期六）上班。""",
    2018: """
        一、元旦：1月1日放假，与周末连休。
        二、春节：2月15日至21日放假调休，共7天。2月11日（星期日）、2月24日（星期六）上班。
        三、清明节：4月5日至7日放假调休，共3天。4月8日（星期日）上班。
        四、劳动节：4月29日至5月1日放假调休，共3天。4月28日（星期六）上班。
        五、端午节：6月18日放假，与周末连休。
        六、中秋节：9月24日放假，与周末连休。
        七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期六）、9月30日（星期日）上班。""",
    2022: """
        一、元旦：2022年1月1日至3日放假，共3天。
        二、春节：1月31日至2月6日放假调休，共7天。1月29日（星期六）、1月30日（星期日）上班。
        三、清明节：4月3日至5日放假调休，共3天。4月2日（星期六）上班。
        四、劳动节：4月30日至5月4日放假调休，共5天。4月24日（星期日）、5月7日（星期六）上班。
        五、端午节：6月3日至5日放假，共3天。
        六、中秋节：9月10日至12日放假，共3天。
        七、国庆节：10月1日至7日放假调休，共7天。10月8日（星期六）、10月9日（星期日）上班。""",
    2023: """
        一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
        二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
        三、清明节：4月5日放假，共1天。
        四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
        五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
        六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2024: """
        一、元旦：1月1日放假，与周末连休。
        二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
        三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
        四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
        五、端午节：6月10日放假，与周末连休。
        六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
        七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2025: """
        一、元旦：1月1日（周三）放假1天，不调休。
        二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
        三、清明节：4月4日（周五）至6日（周日）放假，共3天。
        四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
        五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
        六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2026: """
        一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
        二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
        三、清明节：4月4日（周六）至6日（周一）放假，共3天。
        四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
        五、端午节：6月19日（周五）至21日（周日）放假，共3天。
        六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
        七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}
HEAD = """国务院办公厅关于{year}年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，自2025年1月1日起放假的假日增加2天，现将{year}年元旦、春节和国庆节放假调休日期的具体安排通知如下。"""
TAIL = """
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，确保人民群众祥和平安度过节日假期。
国务院办公厅
2025年11月4日
"""


def notice_text(year: int) -> str:
    return HEAD.format(year=year) + ITEMS[year] + TAIL


def notice_of(text: str) -> YearNotice:
    notice, problems = read_notice(text)
    assert notice is not None, problems
    return notice


def without_breaks(text: str) -> str:
    return text.replace("\n", "")


def broken_everywhere(text: str) -> str:
    """Break the items every 17 characters, as the text of a PDF is; the head keeps its lines."""
    lines = []
    for line in text.split("\n"):
        flat = line.strip()
        ends = [*range(0, len(flat), 17), len(flat)]
        lines += [flat[start:end] for start, end in pairwise(ends)]
    return "\n".join(lines)


def in_ascii_marks(text: str) -> str:
    return text.translate(str.maketrans("（），：", "(),:")).replace("至", "—").replace("日（", " 日 （")


@pytest.mark.parametrize("year", ITEMS)
@pytest.mark.parametrize("mangled", [str, without_breaks, broken_everywhere, in_ascii_marks])
def test_a_notice_of_the_state_council_gives_the_working_days_of_its_year(year: int, mangled: type[str]) -> None:
    calendar = Calendar(notices={year: notice_of(mangled(notice_text(year)))})
    for n in range(360):  # the last days of December belong to the next notice
        day = date(year, 1, 1) + timedelta(n)
        assert calendar.is_working(day) == is_workday(day), day


def test_a_notice_bears_its_number_and_each_day_its_holiday() -> None:
    notice = notice_of(notice_text(2026))
    assert (notice.year, notice.source) == (2026, "国办发明电〔2025〕7号")
    assert notice.off[date(2026, 2, 15)] == "春节"
    assert notice.makeup == {
        date(2026, 1, 4): "元旦",
        date(2026, 2, 14): "春节",
        date(2026, 2, 28): "春节",
        date(2026, 5, 9): "劳动节",
        date(2026, 9, 20): "国庆节",
        date(2026, 10, 10): "国庆节",
    }
    assert notice_of(notice_text(2025)).off[date(2025, 10, 6)] == "国庆节、中秋节"


def test_a_notice_without_a_number_goes_by_its_title() -> None:
    text = notice_text(2026).replace("国办发明电〔2025〕7号\n", "")
    assert notice_of(text).source == "国务院办公厅关于2026年部分节假日安排的通知"


def test_days_of_the_december_before_belong_to_the_notice() -> None:
    assert date(2022, 12, 31) in notice_of(notice_text(2023)).off


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("1月4日（周日）", "1月4日（周六）", 6, "元旦：2026-01-04（周日），通知写的是周六"),
        ("共9天", "共8天", 7, "春节：“2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)”是9天，通知写的是8天"),
        ("9月20日（周日）", "9月31日", 12, "国庆节：没有“9月31日”这一天"),
        ("5月9日（周六）", "5月8日", 9, "劳动节：补班日2026-05-08（周五）不是周末"),
        ("5月9日（周六）", "7月4日", 9, "劳动节：补班日2026-07-04离假期太远"),
        (
            "4月4日（周六）至6日（周一）放假，共3天",
            "放假3天",
            1,
            "清明节2026-04-05（周日）是法定节假日，通知里没有写它放假",
        ),
        (
            "放假，共3天。\n        七",
            "值班，共3天。\n        七",
            11,
            "中秋节：没有读懂“9月25日(周五)至27日(周日)值班,共3天”",
        ),
        ("共7天。9月20日", "共7天，弹性安排。9月20日", 12, "国庆节：没有读懂“弹性安排”"),
        (
            "6月19日（周五）至21日（周日）",
            "6月19日（周五）至6月12日",
            10,
            "端午节：“6月19日(周五)至6月12日”从2026-06-19到2026-06-12，不是一段假期",
        ),
        ("6月19日（周五）至", "19日至", 10, "端午节：“19日”没有写月份"),
        (
            "\n节假日期间",
            "\n另：9月30日上班。节假日期间",
            13,
            "没有读懂“另:9月30日上班。节假日期间,各地区、各部门要妥善安排好值班和安全、保卫等工作,确保人民群众祥和平安度过节日假期。”",
        ),
        (
            "9月20日（周日）、10月10日",
            "9月20日（周日）、10月4日（周日）、10月10日",
            1,
            "2026-10-04（周日）又放假又补班",
        ),
    ],
)
def test_what_does_not_agree_is_refused_with_its_line(old: str, new: str, line: int, message: str) -> None:
    text = notice_text(2026)
    assert old in text
    notice, problems = read_notice(text.replace(old, new))
    assert notice is None
    assert (line, message) in [(problem.line, problem.message) for problem in problems]


def test_all_that_does_not_agree_comes_at_once() -> None:
    _, problems = read_notice(notice_text(2026).replace("共9天", "共8天").replace("5月9日（周六）", "5月9日（周五）"))
    assert [problem.line for problem in problems] == [7, 9]


@pytest.mark.parametrize(
    "text", ["", "某单位放假通知\n一、元旦：1月1日放假1天。", "国务院办公厅关于调整2019年劳动节假期安排的通知"]
)
def test_a_text_that_is_no_yearly_notice_is_refused(text: str) -> None:
    notice, problems = read_notice(text)
    assert notice is None
    assert [problem.code for problem in problems] == ["R611"]
