from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dafu import readback
from dafu.readback import marks, reply, wording
from dafu.terms import Kind, Openness, Paper

PRINT = Path(__file__).parents[3] / "shared/letters/luoyang-143069.txt"


@pytest.mark.skipif(not PRINT.exists(), reason="the printed letter is not part of the repository")
def test_the_letter_of_a_bureau_is_read_completely() -> None:
    said = reply.read(readback.lines(PRINT.read_bytes(), PRINT.name))

    assert (said.heading, said.number, said.signer, said.grade) == (
        "洛阳市商务局文件",
        "洛商〔2025〕67号",
        "祖良军",
        "A",
    )
    assert said.title == "对市政协十四届三次会议第143069号提案的答复"
    assert (said.session, said.case, said.kind) == ("市政协十四届三次会议", "143069", Kind.PROPOSAL)
    assert (said.salutation, said.addressees) == ("尊敬的申镠郡委员", ("申镠郡",))
    assert (said.subject, said.thanks) == ("优化新时期招商政策环境", "全市产业招商")
    assert said.opening.startswith("您提出的关于“优化")
    assert said.opening.endswith("现答复如下：")
    assert len(said.body) == 10
    assert "《公平竞争审查条例》开始实施，要求地方政府" in said.body[0]  # across a page break
    assert [line[:2] for line in said.body if line[1] == "、"] == ["一、", "二、", "三、", "四、"]
    assert (said.contact_unit, said.contact_phone) == ("市商务局区域经济协作科", "63635503")
    assert said.contacts == ("麻耀东", "刘欢")
    assert said.copies == ("市政协提案委", "市政府办公室督查二室")
    assert (said.printer, said.printed) == ("洛阳市商务局办公室", date(2025, 8, 26))
    assert (said.paper, said.closing, said.openness) == (Paper.REPLY, "", "")
    assert said.missing == ("署名", "成文日期")


def letter(
    *head: str, title: str = "对市政协十四届三次会议第143069号提案的答复", below: tuple[str, ...] = ()
) -> reply.Reading:
    """Read a short letter with these lines above its title and below its signature."""
    text = (
        "尊敬的林晓委员：",
        "您提出的关于“夜市”的提案收悉。现答复如下：",
        "已经办好。",
        "东河市商务局",
        "2025年8月26日",
    )
    return reply.read([*head, title, *text, *below])


@pytest.mark.parametrize(
    "printed",
    [
        "东商〔2025〕7号",
        "东商[2025]7号",
        "东商【2025】7号",
        "东商（2025）7号",
        "东商(2025)第007号",
        "东商:〔2025〕7号",
        "东商 〔２０２５〕 ７ 号",
    ],
)
def test_a_number_in_whatever_brackets_has_one_form(printed: str) -> None:
    assert letter("东河市商务局文件", printed).number == "东商〔2025〕7号"


@pytest.mark.parametrize(
    "head",
    [
        ("东商〔2025〕7号　　签发人：周明远", "办理结果：B"),
        ("办理结果:(B)", "东商〔2025〕7号", "领导签发：周明远"),
        ("类 别:B", "东商〔2025〕7号", "签发人:周明远"),
        ("类别：B类", "签发人：周 明 远", "东商〔2025〕7号"),
        ("〔B〕", "〔公开〕", "东商〔2025〕7号", "签发人：周明远"),
        ("B", "东商〔2025〕7号", "签发人：周明远"),
        ("东商〔2025〕7号(B类)", "签发人：周明远"),
        ("东商〔2025〕7号B类 同意公开", "签发人：周明远"),
        ("|东商〔2025〕7号|分  类:B  类|签发人：周明远|",),
    ],
)
def test_number_grade_and_signer_are_found_wherever_they_stand(head: tuple[str, ...]) -> None:
    for lines in (head, ("东河市商务局文件", *head)):
        read = letter(*lines)
        assert (read.number, read.grade, read.signer) == ("东商〔2025〕7号", "B", "周明远")
        assert read.title == "对市政协十四届三次会议第143069号提案的答复"


def test_a_grade_in_a_row_of_its_own_before_the_contact_is_found() -> None:
    read = letter("东商〔2025〕7号", below=("办复类别：B", "联系人：何知秋"))

    assert (read.grade, read.contacts) == ("B", ("何知秋",))


@pytest.mark.parametrize(
    ("head", "below", "printed", "means"),
    [
        ("是否公开：是", "", "是", Openness.PUBLIC),
        ("是否同意公开:否", "", "否", Openness.CLOSED),
        ("〔公开〕", "", "公开", Openness.PUBLIC),
        ("同意公开", "", "同意公开", Openness.PUBLIC),
        ("依申请公开", "", "依申请公开", Openness.ON_REQUEST),
        ("", "（此件公开发布）", "此件公开发布", Openness.PUBLIC),
        ("", "（此件不予公开）", "此件不予公开", Openness.CLOSED),
        ("", "（附件另发）", "", None),
    ],
)
def test_openness_is_kept_as_printed_and_understood(
    head: str, below: str, printed: str, means: Openness | None
) -> None:
    read = letter(*filter(None, [head]), "东商〔2025〕7号", below=tuple(filter(None, [below])))

    assert read.openness == printed
    assert marks.openness_of(read.openness) is means


@pytest.mark.parametrize(
    ("title", "session", "case", "paper"),
    [
        ("对市政协十四届三次会议 第143069号提案的答复", "市政协十四届三次会议", "143069", Paper.REPLY),
        ("关于省人大十三届四次会议第0043号建议答复的函", "省人大十三届四次会议", "0043", Paper.SUGGESTION_REPLY),
        (
            "东河市对外贸易局关于对区十八届人大二次会议第D022号建议的复函",
            "区十八届人大二次会议",
            "D022",
            Paper.SUGGESTION_REPLY,
        ),
        ("关于政协十届三次会议第4404号（教育类410号）提案办理情况的答复", "政协十届三次会议", "4404", Paper.REPLY),
        ("对市政协十四届三次会议第143069号提案的再次答复", "市政协十四届三次会议", "143069", Paper.LATER_REPLY),
        (
            "关于征求市政协十四届三次会议第143069号提案会办意见的函",
            "市政协十四届三次会议",
            "143069",
            Paper.ASKING_OPINION,
        ),
        ("东河市商务局对省十三届人大四次会议第1342号建议的会办意见", "省十三届人大四次会议", "1342", Paper.OPINION),
        (
            "关于延期答复市政协十四届三次会议第143069号提案的函",
            "市政协十四届三次会议",
            "143069",
            Paper.EXTENSION_NOTICE,
        ),
        ("关于区政协二届四次会议李芳委员提案的答复", "", "", Paper.REPLY),
    ],
)
def test_a_title_says_which_paper_it_answers(title: str, session: str, case: str, paper: Paper) -> None:
    read = letter("东商〔2025〕7号", title=title)

    assert (read.session, read.case, read.paper) == (session, case, paper)


@pytest.mark.parametrize(
    ("salutation", "names", "kind"),
    [
        ("尊敬的林晓委员：", ("林晓",), Kind.PROPOSAL),
        ("林晓、周明远委员:", ("林晓", "周明远"), Kind.PROPOSAL),
        ("尊敬的林晓等5位代表：", ("林晓",), Kind.SUGGESTION),
        ("林晓(等4位)代表：", ("林晓",), Kind.SUGGESTION),
        ("林晓、周明远等委员：", ("林晓", "周明远"), Kind.PROPOSAL),
        ("民盟东河市委员会：", ("民盟东河市委员会",), None),
        ("市工商联、林晓、周明远委员：", ("市工商联", "林晓", "周明远"), Kind.PROPOSAL),
        ("南坤镇代表(团)：", ("南坤镇代表团",), None),
        ("南坤镇代表团：", ("南坤镇代表团",), None),
    ],
)
def test_who_is_called_is_told_by_name(salutation: str, names: tuple[str, ...], kind: Kind | None) -> None:
    found = wording.called(salutation)

    assert (found.names, found.kind) == (names, kind)


@pytest.mark.parametrize(
    ("opening", "subject"),
    [
        ("您提出的关于“优化夜市管理”的提案收悉。现答复如下：", "优化夜市管理"),
        ("您提出的“关于优化夜市的提案”收悉。感谢您对“夜经济”的关注，现答复如下：", "关于优化夜市的提案"),
        ("您提出的关于“推进“一刻钟”生活圈建设”的提案收悉。现答复如下：", "推进“一刻钟”生活圈建设"),
        ("您提出的《关于夜市的建议》（第129号）收悉，现答复如下：", "关于夜市的建议"),
        ("您提出的关于优化夜市管理的提案，现答复如下：", "优化夜市管理"),
        ("您提出的建议收悉，现答复如下：", ""),
    ],
)
def test_the_subject_is_what_the_opening_quotes(opening: str, subject: str) -> None:
    assert wording.citation_in(opening)[0] == subject


@pytest.mark.parametrize("colon", [":", "："])
def test_whom_to_ask_is_found_above_the_signature_too(colon: str) -> None:
    text = ("尊敬的林晓委员：", "您提出的关于“夜市”的提案收悉。现答复如下：", "已经办好。")
    contact = f"联系人{colon}何知秋  联系电话{colon}60010023"
    read = reply.read(["关于夜市的答复", *text, contact, "东河市商务局", "2025年8月26日"])

    assert (read.contacts, read.contact_phone) == (("何知秋",), "60010023")
    assert (read.office, read.body) == (("东河市商务局",), ("已经办好。",))


@pytest.mark.parametrize(
    ("below", "unit", "phone", "contacts"),
    [
        (
            ("联系单位：市商务局市场科 60010023", "联系人：何知秋 陆一白"),
            "市商务局市场科",
            "60010023",
            ("何知秋", "陆一白"),
        ),
        (("联系单位：市商务局市场科", "联系电话：0379-60010023"), "市商务局市场科", "0379-60010023", ()),
        (("联系人及电话：何知秋，60010023",), "", "60010023", ("何知秋",)),
        (("（联系人：何知秋，联系电话：60010023）",), "", "60010023", ("何知秋",)),
        (("联系人：何知秋  联系电话：1390000****",), "", "1390000****", ("何知秋",)),
        (("经办人：何知秋", "电话：60010023、60010024"), "", "60010023、60010024", ("何知秋",)),
        (("抄送：市政协提案委。", "|联系人|何知秋|联系电话：60010023|"), "", "60010023", ("何知秋",)),
    ],
)
def test_whom_to_ask_is_found_in_each_form(
    below: tuple[str, ...], unit: str, phone: str, contacts: tuple[str, ...]
) -> None:
    read = letter("东商〔2025〕7号", below=below)

    assert (read.contact_unit, read.contact_phone, read.contacts) == (unit, phone, contacts)


@pytest.mark.parametrize(
    ("below", "copies", "printer", "printed"),
    [
        (
            ("抄送：市政协提案委，市财政局。", "东河市商务局办公室　2025年8月27日印发"),
            2,
            "东河市商务局办公室",
            date(2025, 8, 27),
        ),
        (
            ("抄  报:市政协提案委、市财政局", "东河市商务局办公室", "2025年8月27日印"),
            2,
            "东河市商务局办公室",
            date(2025, 8, 27),
        ),
        (
            ("|抄送：市政协提案委(1份)、市财政局(1份)|", "|东河市商务局办公室|2025年8月27日印发|"),
            2,
            "东河市商务局办公室",
            date(2025, 8, 27),
        ),
        (("抄送：市政协提案委，市文化广电", "和旅游局。"), 2, "", None),
        (("东河市商务局办公室　2025年8月27日印发　共印5份",), 0, "东河市商务局办公室", date(2025, 8, 27)),
    ],
)
def test_the_imprint_is_read_as_lines_or_as_a_table(
    below: tuple[str, ...], copies: int, printer: str, printed: date | None
) -> None:
    read = letter("东商〔2025〕7号", below=below)

    assert (len(read.copies), read.printer, read.printed) == (copies, printer, printed)
    assert (read.body, read.office, read.day) == (("已经办好。",), ("东河市商务局",), date(2025, 8, 26))


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2025年8月26日", date(2025, 8, 26)),
        ("二〇二五年八月二十六日", date(2025, 8, 26)),
        ("二0一七年十二月三十一日", date(2017, 12, 31)),
        ("二○○九年四月十日", date(2009, 4, 10)),
        ("2025 年 08 月 06 日", date(2025, 8, 6)),
        ("2025年9月31日", None),
    ],
)
def test_a_day_is_read_in_either_digits_and_one_that_no_calendar_has_is_none(printed: str, day: date | None) -> None:
    assert marks.day_of(printed) == day


def test_what_follows_the_opening_on_its_line_belongs_to_the_body() -> None:
    text = "尊敬的林晓委员：您提出的关于“夜市”的提案收悉。现答复如下：一、已经办好。"
    read = reply.read(["关于夜市的答复", text, "二、还要再办。", "东河市商务局", "2025年8月26日"])

    assert (read.salutation, read.opening[-6:]) == ("尊敬的林晓委员", "现答复如下：")
    assert read.body == ("一、已经办好。", "二、还要再办。")


def test_a_table_of_the_body_that_has_names_and_telephones_stays_in_it() -> None:
    rows = ("|联系人|电话|", "|何知秋|60010023|")
    read = reply.read(
        [
            "关于夜市的答复",
            "林晓委员：",
            "您提出的提案收悉。现答复如下：",
            *rows,
            "以上负责。",
            "东河市商务局",
            "2025年8月6日",
        ]
    )

    assert (read.body, read.contacts) == ((*rows, "以上负责。"), ())


def test_an_office_whose_name_is_spread_is_one_office() -> None:
    text = ("林晓委员：", "您提出的提案收悉。现答复如下：", "已经办好。")
    read = reply.read(["关于夜市的答复", *text, "东 河 市 商 务 局", "2025 年 8 月 26 日"])

    assert (read.office, read.day) == (("东河市商务局",), date(2025, 8, 26))


def test_several_offices_that_sign_together_are_all_read() -> None:
    read = reply.read(
        [
            "东商〔2025〕7号",
            "关于夜市的答复",
            "林晓委员：",
            "您提出的提案收悉。",
            "已经办好。",
            "东河市商务局",
            "东河市财政局",
            "2025年8月6日",
        ]
    )

    assert read.office == ("东河市商务局", "东河市财政局")


def test_pages_of_appendices_are_no_part_of_the_letter() -> None:
    read = letter(
        "东商〔2025〕7号", below=("联系人：何知秋", "附件1", "任务分工", "夜市：市商务局", "抄送：市政协提案委。")
    )

    assert (read.contacts, read.copies, read.body) == (("何知秋",), ("市政协提案委",), ("已经办好。",))


def test_values_that_a_draft_still_lacks_are_not_taken_for_values() -> None:
    read = letter("【缺：发文字号】　　签发人：【缺：签发人】", "办理结果：A")

    assert (read.number, read.signer, read.grade) == ("", "", "A")
    assert {"发文字号", "签发人"} <= set(read.missing)


def test_lines_that_are_no_letter_give_nothing_and_no_error() -> None:
    assert reply.read([]).missing[:2] == ("发文机关标志", "发文字号")
    assert reply.read(["|", "：", "附件：", "抄送：", "（）", "*" * 50]).number == ""
