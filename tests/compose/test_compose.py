from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dafu.errors import UnusableError
from dafu.letter import texts
from dafu.terms import GradePlace, PageForm, Seal

if TYPE_CHECKING:
    from compose.conftest import Drafter
    from dafu.letter import Letter

SUGGESTION: dict[str, Any] = {
    "类别": "建议",
    "案号": "31",
    "届次": "市十五届人大四次会议",
    "案由": "改造乡镇农贸市场",
}
OPINION: dict[str, Any] = {
    "角色": "会办",
    "主办单位": "市住建局",
    "案由": "增设夜间公交",
}


def body(letter: Letter) -> list[str]:
    return list(texts(letter.body))


# --- 标题


def test_the_title_answers_a_proposal_of_a_session(drafter: Drafter) -> None:
    assert drafter.letter().title == "对市政协十四届三次会议第143069号提案的答复"


def test_the_title_of_a_suggestion_says_suggestion(drafter: Drafter) -> None:
    letter = drafter.letter(paper="建议答复", **SUGGESTION)

    assert letter.title == "对市十五届人大四次会议第31号建议的答复"


def test_in_letter_form_the_title_ends_in_letter_and_the_mark_is_the_bare_name(drafter: Drafter) -> None:
    letter = drafter.letter({"版式": "信函"})

    assert letter.style.form is PageForm.LETTER
    assert letter.title == "关于市政协十四届三次会议第143069号提案答复的函"
    assert letter.mark == "东河市商务局"


def test_a_letter_in_letter_form_has_no_printer_and_no_day_of_printing(drafter: Drafter) -> None:
    composed = drafter.composed({"版式": "信函"})

    assert (composed.letter.printer, composed.letter.printed) == ("", "")
    assert "印发日期" not in composed.missing


def test_words_that_a_title_must_not_break_are_those_of_office_and_session(drafter: Drafter) -> None:
    assert drafter.letter().unbroken == (
        "东河市商务局",
        "市商务局",
        "市政协十四届三次会议",
    )


# --- 开头 and 结尾


def test_the_opening_cites_the_subject_and_leads_to_the_answer(drafter: Drafter) -> None:
    assert body(drafter.letter())[0] == "您提出的关于“优化夜市管理”的提案收悉。现答复如下："


def test_the_opening_thanks_for_what_the_record_names(drafter: Drafter) -> None:
    opening = body(drafter.letter(答复={"致谢": "夜间经济"}))[0]

    assert opening == "您提出的关于“优化夜市管理”的提案收悉。感谢您对夜间经济的关注，现答复如下："


@pytest.mark.parametrize(
    ("subject", "cited"),
    [
        ("关于优化夜市管理", "您提出的“关于优化夜市管理”的提案收悉。"),
        (
            "关于优化夜市管理的提案",
            "您提出的“关于优化夜市管理的提案”收悉。",
        ),
        (
            "关于优化夜市管理的建议",
            "您提出的“关于优化夜市管理的建议”收悉。",
        ),
        ("优化夜市管理的提案", "您提出的“优化夜市管理的提案”收悉。"),
        (
            "关于“一刻钟”生活圈",
            "您提出的“关于“一刻钟”生活圈”的提案收悉。",
        ),
    ],
)
def test_words_that_the_subject_itself_has_are_not_said_twice(drafter: Drafter, subject: str, cited: str) -> None:
    assert body(drafter.letter(案由=subject))[0].startswith(cited)


def test_several_proposers_are_addressed_together_from_opening_to_closing(drafter: Drafter) -> None:
    letter = drafter.letter(提案人=["林晓", "周宁"], 答复={"致谢": "夜间经济"})

    assert body(letter)[0].startswith("你们提出的")
    assert "感谢你们对夜间经济的关注" in body(letter)[0]
    assert body(letter)[-1] == "感谢你们对我们工作的关心和支持，欢迎今后提出更多宝贵意见。"


def test_the_closing_thanks_one_person_politely(drafter: Drafter) -> None:
    assert body(drafter.letter())[-1] == "感谢您对我们工作的关心和支持，欢迎今后提出更多宝贵意见。"


# --- 会办意见


def test_an_opinion_goes_to_the_lead_unit_and_asks_it_to_answer(drafter: Drafter) -> None:
    letter = drafter.letter(paper="会办意见", **OPINION)

    assert letter.title == "关于市政协十四届三次会议第143069号提案会办意见的函"
    assert letter.salutation == "市住建局："
    assert body(letter)[0].startswith("林晓委员提出的关于“增设夜间公交”的提案收悉。")
    assert body(letter)[-1] == "特此函告。"


def test_an_opinion_bears_no_grade_and_goes_to_nobody_else(drafter: Drafter) -> None:
    composed = drafter.composed(paper="会办意见", **OPINION)

    assert composed.letter.grade == ""
    assert composed.letter.copies == ""
    assert "办理结果" not in composed.missing


def test_an_opinion_goes_to_others_when_its_record_says_so(drafter: Drafter) -> None:
    letter = drafter.letter(paper="会办意见", 答复={"抄送": ["市政府督查室"]}, **OPINION)

    assert letter.copies == "抄送：市政府督查室。"


# --- 联系, 抄送, 附件, 办理结果


def test_the_contact_is_the_office_unless_the_record_names_one(drafter: Drafter) -> None:
    own = {
        "联系单位": "市商务局市场科",
        "联系电话": "60010031",
        "联系人": ["唐行", "顾念"],
    }

    assert drafter.letter().contact[0] == "联系单位：市商务局办公室 60010023"
    assert drafter.letter(答复=own).contact == (
        "联系单位：市商务局市场科 60010031",
        "联系人：唐行 顾念",
    )


def test_copies_are_listed_with_commas_and_end_in_a_full_stop(drafter: Drafter) -> None:
    office = {"抄送": {"提案": ["市政协提案委", "市政府督查室"]}}

    assert drafter.letter(office).copies == "抄送：市政协提案委，市政府督查室。"


def test_copies_of_the_record_replace_those_of_the_office(drafter: Drafter) -> None:
    assert drafter.letter(答复={"抄送": ["市妇联"]}).copies == "抄送：市妇联。"


def test_assisting_units_are_added_to_the_copies_once(drafter: Drafter) -> None:
    letter = drafter.letter(
        角色="主办",
        会办单位=["市财政局", "市妇联"],
        答复={"抄送": ["市妇联"]},
    )

    assert letter.copies == "抄送：市妇联，市财政局。"


def test_copies_of_a_suggestion_go_to_the_congress(drafter: Drafter) -> None:
    assert drafter.letter(paper="建议答复", **SUGGESTION).copies == "抄送：市人大代表工委。"


def test_without_anyone_to_copy_nothing_is_printed_and_nothing_missed(drafter: Drafter) -> None:
    composed = drafter.composed({"抄送": {"建议": ["市人大代表工委"]}})

    assert composed.letter.copies == ""
    assert "抄送" not in composed.missing


def test_attachments_are_counted_only_when_there_are_several(drafter: Drafter) -> None:
    assert drafter.letter().attachments == ()
    assert drafter.letter(答复={"附件": ["征询意见表"]}).attachments == ("附件：征询意见表",)
    assert drafter.letter(答复={"附件": ["征询意见表", "分工表"]}).attachments == (
        "附件：1. 征询意见表",
        "2. 分工表",
    )


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        ("签发人下", "办理结果：A"),
        ("标题右上", "办理结果：A"),
        ("首页右上", "办理结果：A"),
        ("联系前", "办理结果：A"),
        ("字号后", "（A类）"),
        ("不印", ""),
    ],
)
def test_the_grade_is_worded_for_its_place(drafter: Drafter, place: str, printed: str) -> None:
    letter = drafter.letter({"结果位置": place}, 答复={"办理结果": "A"})

    assert letter.grade == printed
    assert letter.style.grade_place is {str(one): one for one in GradePlace}[place]


def test_a_grade_that_is_not_printed_is_not_missed(drafter: Drafter) -> None:
    assert "办理结果" not in drafter.composed({"结果位置": "不印"}).missing


def test_openness_stands_where_the_office_wants_it_and_is_not_missed_elsewhere(drafter: Drafter) -> None:
    open_to_all = {"公开": "主动公开"}

    assert "公开" not in drafter.composed().missing
    assert drafter.letter({"公开标注": "附注"}, 答复=open_to_all).note == "（此件主动公开）"
    first_page = drafter.letter({"公开标注": "首页"}, 答复=open_to_all)
    assert (first_page.openness, first_page.note) == ("主动公开", "")


# --- 正文


def test_the_body_stands_between_opening_and_closing_with_its_headings(drafter: Drafter) -> None:
    letter = drafter.letter(答复={"正文": "一、基本情况\n已经开放。\n（一）东街。每晚开放。"})

    assert body(letter)[1:-1] == [
        "一、基本情况",
        "已经开放。",
        "（一）东街。每晚开放。",
    ]
    assert [getattr(block, "level", None) for block in letter.body] == [0, 1, 0, 2, 0]


def test_markup_that_a_record_brings_into_the_opening_stays_plain_text(drafter: Drafter) -> None:
    assert "“一、优化**夜市**”" in body(drafter.letter(案由="一、优化**夜市**"))[0]


def test_template_code_in_a_record_is_only_text(drafter: Drafter) -> None:
    code = "{{ 案号 }}{% for x in 提案人 %}<w:p/>&amp;"

    assert body(drafter.letter(答复={"正文": code}))[1] == code


def test_a_later_round_speaks_from_its_own_reply_and_its_own_events(drafter: Drafter) -> None:
    record: dict[str, Any] = {
        "答复": {"正文": "首次答复。", "发文字号": "东商〔2025〕7号"},
        "再次答复": [{"正文": "再次研究。"}],
        "办理过程": [
            {
                "日期": "2025-05-20",
                "环节": "印发",
                "发文字号": "东商〔2025〕7号",
            },
            {"日期": "2025-06-06", "环节": "重办"},
            {"日期": "2025-06-20", "环节": "签发", "签发人": "周明远"},
        ],
    }
    first = drafter.letter(**record)
    later = drafter.composed(turn=1, **record).letter

    assert (first.number, body(first)[1]) == ("东商〔2025〕7号", "首次答复。")
    assert (later.number, body(later)[1]) == ("【缺：发文字号】", "再次研究。")
    assert later.signer == "签发人：周明远"
    assert later.date == "2025年6月20日"


# --- 【缺：…】


def test_values_not_there_yet_are_printed_and_listed(drafter: Drafter) -> None:
    composed = drafter.composed()

    assert composed.letter.number == "【缺：发文字号】"
    assert composed.letter.signer == "签发人：【缺：签发人】"
    assert composed.letter.printed == "【缺：印发日期】印发"
    assert body(composed.letter)[1] == "【缺：正文】"
    assert set(composed.missing) == {
        "发文字号",
        "签发人",
        "办理结果",
        "成文日期",
        "印发日期",
        "联系人",
        "正文",
    }


def test_a_field_that_is_missing_twice_is_listed_once(drafter: Drafter) -> None:
    drafter.block("附注", "{{ 答复.签发人 }}{{ 答复.签发人 }}")

    assert drafter.composed().missing.count("签发人") == 1


def test_a_missing_value_is_false_and_empty_in_a_loop(drafter: Drafter) -> None:
    drafter.block(
        "附注",
        "{% if 答复.附件 %}有{% else %}无{% endif %}{% for 名称 in 答复.附件 %}{{ 名称 }}{% endfor %}。",
    )
    composed = drafter.composed()

    assert composed.letter.note == "无。"
    assert "附件" not in composed.missing


@pytest.mark.parametrize("filtered", ["join('、')", "trim", "replace('a', 'b')", "first", "length"])
def test_a_missing_value_passes_through_filters(drafter: Drafter, filtered: str) -> None:
    drafter.block("附注", f"{{{{ 答复.附件|{filtered} }}}}")

    assert drafter.letter().note == "【缺：附件】"


def test_what_lies_inside_a_missing_value_is_missing_with_it(drafter: Drafter) -> None:
    drafter.block("附注", "{{ 办理过程[0].日期 }}")

    assert drafter.letter().note == "【缺：办理过程】"


def test_the_filter_default_stands_in_for_a_missing_value_only(drafter: Drafter) -> None:
    drafter.block("附注", "{{ 分类|default('未分类') }}{{ 案号|default('无号') }}")

    assert drafter.letter().note == "未分类143069"
    assert "分类" not in drafter.composed().missing


# --- what was inserted


def test_every_inserted_value_is_listed_as_the_letter_must_show_it(drafter: Drafter) -> None:
    inserted = drafter.composed(答复={"正文": "一、**基本**情况\n|a|b|", "签发人": "周明远 林岳"}).inserted

    assert {
        "一、基本情况",
        "a",
        "b",
        "周明远",
        "林岳",
        "143069",
        "林晓委员",
    } <= set(inserted)


def test_values_for_elements_that_this_office_does_not_print_are_not_looked_for(drafter: Drafter) -> None:
    inserted = drafter.composed({"版头": "套打"}).inserted

    assert "东河市商务局文件" not in inserted


# --- 版式 and 印章


def test_a_template_may_choose_its_own_form_and_seal(drafter: Drafter) -> None:
    drafter.template("""
        {% extends "标准/答复.j2" %}
        {% block 版式 %}信函{% endblock %}
        {% block 印章 %} 不盖 {% endblock %}
    """)
    letter = drafter.letter()

    assert letter.style.form is PageForm.LETTER
    assert letter.style.seal is Seal.BARE
    assert (letter.mark, letter.title) == (
        "东河市商务局",
        "关于市政协十四届三次会议第143069号提案答复的函",
    )


def test_a_paper_is_sealed_and_in_the_form_of_its_office_by_default(drafter: Drafter) -> None:
    drafter.template("{% block 标题 %}通知{% endblock %}\n")
    letter = drafter.letter({"版式": "信函"})

    assert letter.style._replace(grade_place=GradePlace.ABSENT).form is PageForm.LETTER
    assert letter.style.seal is Seal.SEALED


def test_an_unknown_form_is_refused_with_those_that_exist(drafter: Drafter) -> None:
    path = drafter.block("版式", "便函")

    (problem,) = drafter.problems()
    assert str(problem) == f"{path}:1: 版式 不能是“便函”（只能是：文件、信函）"


# --- templates and the templates below them


def test_the_office_changes_one_block_and_keeps_all_others(drafter: Drafter) -> None:
    before = drafter.letter()
    drafter.block("结尾", "特此答复。")
    after = drafter.letter()

    assert body(after)[-1] == "特此答复。"
    assert after._replace(body=before.body) == before


def test_super_prints_what_the_block_below_prints(drafter: Drafter) -> None:
    drafter.block("抄送", "{{ super() }}（共两份）")

    assert drafter.letter().copies == "抄送：市政协提案委。（共两份）"


def test_super_reaches_through_every_template_of_the_chain(drafter: Drafter) -> None:
    drafter.template(
        '{% extends "标准/答复.j2" %}{% block 附注 %}甲{{ super() }}{% endblock %}',
        "中间",
    )
    drafter.template('{% extends "中间.j2" %}{% block 附注 %}乙{{ super() }}{% endblock %}')

    assert drafter.letter({"公开标注": "附注"}, 答复={"公开": "主动公开"}).note == "乙甲（此件主动公开）"


def test_the_template_of_the_workspace_goes_before_the_one_that_came_with_the_tool(drafter: Drafter) -> None:
    drafter.template("{% block 标题 %}本局的标题{% endblock %}\n")

    assert drafter.letter().title == "本局的标题"


def test_the_standard_name_always_means_the_template_that_came_with_the_tool(drafter: Drafter) -> None:
    drafter.template("{% block 标题 %}本局的标题{% endblock %}\n")
    drafter.template('{% extends "标准/答复.j2" %}\n', "另一种")

    assert drafter.letter(paper="另一种").title == "对市政协十四届三次会议第143069号提案的答复"


def test_an_element_whose_block_is_nowhere_is_not_printed(drafter: Drafter) -> None:
    drafter.template("{% block 标题 %}通知{% endblock %}\n")
    letter = drafter.letter()

    assert (letter.salutation, letter.body, letter.contact, letter.mark) == ("", (), (), "")


def test_a_template_that_is_not_there_is_named_with_the_nearest(drafter: Drafter) -> None:
    with pytest.raises(UnusableError, match=r"没有模板“答夏”（是不是“答复”？）"):
        drafter.composed(paper="答夏")
