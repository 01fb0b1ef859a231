"""The board as text, and as a browser shows, reads and prints it."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from dafu.readback.pdf import pages
from dafu.report.board import page
from dafu.report.svg import PIECES
from report.making import ANSWERED, account_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

HOSTILE = '<script>document.title="坏"</script><img src="http://198.51.100.7/x.png">'
HANDED = "办理过程: [{日期: 2025-03-05, 环节: 交办}]"
PROMISED = "建议事项: [装路灯]\n科室: 市场科\n经办人: 苏晚晴\n答复: {办理结果: B}\n" + ANSWERED
RECORDS = (PROMISED, HANDED, f"科室: '{HOSTILE}'\n案由: '{HOSTILE}'\n{HANDED}")
RATED = PROMISED + "  - {日期: 2025-06-20, 环节: 反馈, 对象: 林晓, 整体: 满意}\n"


def board(*records: str, day: str = "2025-12-31") -> str:
    return page(account_of(*records, day=day, year=2025))


def text_of(html: str, section: str) -> str:
    """Return the words of a section."""
    found = re.search(rf"<h2[^>]*>{section}</h2>(.*?)</section>", html, re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1]))


# --- what it says


def test_it_carries_its_language_and_no_address() -> None:
    html = board(*RECORDS)

    assert '<html lang="zh-CN">' in html
    assert "<script" not in html
    assert not re.search(r"(src|href)=|url\(|@import", re.sub(r"&lt;.*?&gt;", "", html))


def test_lights_are_counted_by_the_main_clock_of_each_record() -> None:
    html = board(HANDED, HANDED, PROMISED, day="2025-06-06")

    assert text_of(html, "在办的灯").split() == [
        *("逾期", "2件", "过了期限", "红", "0件", "马上到期", "黄", "0件", "快要到期", "绿", "0件", "还有时间")
    ]


def test_the_timeline_has_the_months_of_its_year() -> None:
    months = re.findall(r'<th scope="row">(\d{4}-\d\d)</th>', board(PROMISED, day="2025-07-31"))

    assert months == [f"2025-{month:02}" for month in range(1, 13)]


def test_without_a_year_the_timeline_has_the_twelve_months_up_to_the_day() -> None:
    html = page(account_of(PROMISED, HANDED, day="2025-07-31"))
    table = re.findall(
        r'<th scope="row">(\d{4}-\d\d)</th><td class="number">(\d+)</td><td class="number">(\d+)</td>', html
    )

    assert [row[0] for row in table] == [
        *(f"2024-{month:02}" for month in range(8, 13)),
        *(f"2025-{month:02}" for month in range(1, 8)),
    ]
    assert {row[0]: row[1:] for row in table if row[1:] != ("0", "0")} == {"2025-03": ("2", "0"), "2025-06": ("0", "1")}


def test_a_section_stands_in_its_row_with_its_lights() -> None:
    html = board(PROMISED, f"科室: 市场科\n{HANDED}", day="2025-06-06")

    assert "市场科 2 2 1 50.0% 50.0% — 1 0 0 0" in re.sub(" +", " ", text_of(html, "各科室"))


def test_late_cases_promises_and_grades_are_listed_and_what_is_not_is_said_so() -> None:
    html = board(PROMISED, HANDED)

    assert "2 优化夜市管理 答复 2025-06-05 未办 209天" in text_of(html, "逾期的件")
    assert "1 优化夜市管理 B 装路灯 市场科 苏晚晴 跟踪中" in text_of(html, "承诺台账")
    assert "B 所提问题正在解决或者列入计划逐步解决 1/1 = 100.0%" in text_of(html, "办理结果、满意度和公开")
    assert text_of(board(ANSWERED), "逾期的件").split() == ["逾期的件：没有。"]


def test_every_chart_has_its_table_after_it() -> None:
    html = board(RATED)

    charts = [found.end() for found in re.finditer("</svg>", html)]
    assert len(charts) == 5
    for place in charts:
        following = re.search("<svg|<table", html[place:])
        assert following
        assert following[0] == "<table"


def test_of_many_sections_the_chart_shows_the_largest_and_the_table_all() -> None:
    some = [f"科室: 第{n:02}科\n{ANSWERED}" for n in range(30)]
    html = board(*some)

    assert "各科室应答复和已办复的件数（件数最多的16个）" in html
    assert len(re.findall('<th scope="row">第', html)) == 30


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_words_and_bars_stand_out_from_the_paper() -> None:
    css = (PIECES / "board.css").read_text(encoding="utf-8")
    words = re.findall(r"--(?:ink|soft): (#\w{6})", css)
    bars = set(re.findall(r'fill="(#\w{6})"', board(RATED)))

    assert len(words) == 2
    assert len(bars) == 3
    for colour in (*words, *bars):
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour


# --- in a browser


@dataclass
class Shown:
    """A page in the browser, and every address that it asked for."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)

    def guard(self, route: Route) -> None:
        self.asked.append(route.request.url)
        (route.continue_ if route.request.url == self.address else route.abort)()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install playwright)"
    )
    with playwright.sync_playwright() as tool:
        found = shutil.which("chromium") or shutil.which("google-chrome")
        try:
            opened = tool.chromium.launch(executable_path=found, args=["--no-sandbox"])
        except playwright.Error as error:
            pytest.skip(f"no Chromium (apt install chromium): {str(error).splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 390])
def shown(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Shown]:
    """Open the board, in a wide and in a narrow window, without scripts."""
    path = tmp_path / "看板.html"
    path.write_text(board(*RECORDS), encoding="utf-8")
    context = browser.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=False)
    opened = Shown(context.new_page(), path.as_uri())
    context.route("**/*", opened.guard)
    opened.page.goto(opened.address)
    yield opened
    context.close()


def test_it_asks_for_nothing_but_itself(shown: Shown) -> None:
    assert shown.asked == [shown.address]
    assert shown.page.title() == "东河市商务局2025年提案建议办理情况"


def test_it_is_read_aloud_as_headings_charts_and_tables(shown: Shown) -> None:
    tree = shown.page.locator("body").aria_snapshot()

    headings = re.findall(r'- heading "(.+?)" \[level=2\]', tree)
    assert headings == [
        *("在办的灯", "总体情况", "各月进度", "各科室", "办理结果、满意度和公开", "逾期的件", "承诺台账", "统计口径")
    ]
    assert '- img "各月交办和印发的件数，数字见下表"' in tree
    assert '- table "承诺台账"' in tree
    assert '- row "1 优化夜市管理 B 装路灯 市场科 苏晚晴 跟踪中"' in tree
    assert '- rowheader "办复率"' in tree


def test_hostile_text_is_read_as_text(shown: Shown) -> None:
    names = shown.page.get_by_role("rowheader").all_inner_texts()

    assert HOSTILE in names  # as 科室
    assert HOSTILE in shown.page.get_by_role("cell").all_inner_texts()  # as 案由
    assert shown.page.locator("script, img, iframe, link").count() == 0


def test_nothing_hangs_out_of_the_window(shown: Shown) -> None:
    width = shown.page.evaluate("document.documentElement.scrollWidth")

    assert width <= (shown.page.viewport_size or {"width": 0})["width"]


def test_it_prints_on_a4_with_every_section(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "看板.html"
    path.write_text(board(*RECORDS), encoding="utf-8")
    opened = browser.new_page()
    opened.goto(path.as_uri())
    pdf = opened.pdf(prefer_css_page_size=True, print_background=True)
    opened.close()

    said = [normalize("NFKC", "".join(words.split())) for words in pages(pdf)]  # 月 comes out as a radical
    assert 2 <= len(said) <= 6
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", pdf)
    for heading in ("在办的灯", "各月进度", "各科室", "逾期的件", "承诺台账", "统计口径"):
        assert heading in "".join(said)
