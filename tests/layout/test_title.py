import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.layout.measures import ems
from dafu.layout.title import title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("对市政协三次会议第12号提案的答复", ["对市政协三次会议第12号提案的答复"]),
        ("对市政协九届三次会议第093012号提案的答复", ["对市政协九届三次会议", "第093012号提案的答复"]),
        ("对市政协十四届三次会议第143069号提案的答复", ["对市政协十四届三次会议", "第143069号提案的答复"]),
        ("对市政协十四届三次会议 第143069号提案的答复", ["对市政协十四届三次会议", "第143069号提案的答复"]),
        ("关于市政协九届四次会议第123号提案答复的函", ["关于市政协九届四次会议", "第123号提案答复的函"]),
        (
            "东河市工业和信息化局关于市政协第十四届委员会第三次会议第143069号提案会办意见的函",
            ["东河市工业和信息化局", "关于市政协第十四届委员会第三次会议", "第143069号提案会办意见的函"],
        ),
        (
            "对临澜市第十四届人民代表大会第三次会议第113号建议的答复",
            ["对临澜市第十四届人民代表大会第三次会议", "第113号建议的答复"],
        ),
        (
            "对中国人民政治协商会议第十四届临澜市委员会第三次会议第109号提案的答复",
            ["对中国人民政治协商会议第十四届", "临澜市委员会第三次会议", "第109号提案的答复"],
        ),
        ("关于报送二〇二五年度政协提案办理工作情况的报告", ["关于报送二〇二五年度", "政协提案办理工作情况的报告"]),
        (
            "关于对市第十四届人民代表大会第三次会议第27号建议办理情况的答复",
            ["关于对市第十四届人民代表大会第三次会议", "第27号建议办理情况的答复"],
        ),
    ],
)
def test_a_title_breaks_where_its_sense_does(title: str, lines: list[str]) -> None:
    assert list(title_lines(title)) == lines


def test_a_title_that_fits_easily_stays_on_one_line() -> None:
    assert title_lines("国" * 18) == ("国" * 18,)


def test_a_title_never_breaks_inside_a_number() -> None:
    for padding in range(12, 20):
        lines = title_lines("国" * padding + "20240425" + "家" * 9)
        assert any("20240425" in line for line in lines)


@pytest.mark.parametrize("place", ["临澜市", "子洲县", "石家庄市", "伊犁哈萨克自治州"])
@pytest.mark.parametrize(
    "session", ["{}委员会第三次会议", "{}第十四届人民代表大会第三次会议", "政协{}第十届委员会第二次会议"]
)
def test_the_name_of_a_place_is_never_cut_from_what_it_is(place: str, session: str) -> None:
    for padding in range(12):
        lines = title_lines("国" * padding + f"对{session.format(place)}第143069号提案的答复")
        assert not any(line.startswith(("市", "县", "自治州")) or line.endswith(place[:-1]) for line in lines)


def test_a_name_from_the_record_is_kept_whole() -> None:
    title = "对市政协九届三次会议关于推进东河两岸滨水空间建设提案的答复"
    cut = title_lines(title)[0][-4:]  # what the first line happens to end with, made a name together with what follows
    name = cut + title_lines(title)[1][:2]
    assert any(name in line for line in title_lines(title, (name,)))


def test_three_lines_make_no_hourglass_and_no_two_are_equal() -> None:
    lines = title_lines("东河市住房和城乡建设局关于市政协第九届委员会第二次会议第093012号提案办理情况的答复")
    first, middle, last = map(ems, lines)
    assert not (middle < first and middle < last)
    assert first != middle != last


def test_a_book_title_stays_whole_where_the_lines_allow_it() -> None:
    assert any(
        "《公平竞争审查条例》" in line for line in title_lines("关于落实《公平竞争审查条例》有关规定情况的再次答复")
    )


def test_a_title_that_three_lines_cannot_hold_is_still_broken() -> None:
    """59 ems, but no line can be filled to its last em: beside a digit 0.2 em stays white."""
    assert [len(line) for line in title_lines("国国1" * 20 + "国")] == [20, 20, 20, 1]


@given(st.text("国家建设的和《》“”关于第12一 ", min_size=1, max_size=130))
def test_no_character_is_lost_and_no_line_is_too_long(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert all(ems(line) <= 20 for line in lines)
