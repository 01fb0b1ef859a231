"""The edge data of trial renderings is what it says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.compose import Composer
from dafu.compose.context import NO_OCCASION
from dafu.desk.trials import trials
from dafu.letter import Table
from dafu.terms import Role

if TYPE_CHECKING:
    from pathlib import Path

    from dafu.model import Office


def test_the_limits_of_what_a_paper_may_have_to_say_are_among_them(office: Office) -> None:
    known = {name: trial.proposal for name, trial in trials(office).items()}

    assert {1, 3, 5} <= {len(one.proposers) for one in known.values()}
    assert {one.role for one in known.values()} == set(Role) - {Role.READ}
    assert any(not one.assisting_units for one in known.values())
    assert known["只有必填项"].reply is None
    assert len(known["第二轮"].rounds) == 2


def test_all_but_the_barest_have_an_occasion_and_a_turn_of_their_own(office: Office) -> None:
    known = trials(office)

    assert [name for name, trial in known.items() if trial.occasion == NO_OCCASION] == ["只有必填项"]
    assert [name for name, trial in known.items() if trial.turn] == ["第二轮"]


def test_their_grade_is_one_of_the_office(office: Office) -> None:
    grades = {one.proposal.reply.grade for one in trials(office).values() if one.proposal.reply}

    assert grades <= {None, *office.grades}
    assert grades & set(office.grades)


def test_the_long_title_needs_three_lines(office: Office, tmp_path: Path) -> None:
    letter = Composer(office, tmp_path).compose("答复", *trials(office)["标题三行"]).letter

    assert 2 * 20 < len(letter.title) <= 3 * 20  # 20 characters of 22 pt fill a line


def test_the_body_has_every_markup(office: Office, tmp_path: Path) -> None:
    letter = Composer(office, tmp_path).compose("答复", *trials(office)["一位提案人，各项齐全"]).letter
    paragraphs = [one for one in letter.body if not isinstance(one, Table)]
    runs = [run for one in paragraphs for run in one.runs]

    assert {one.level for one in paragraphs} == {0, 1, 2, 3, 4}
    assert any(isinstance(one, Table) and one.headed for one in letter.body)
    assert any(run.bold for run in runs)
    assert any(run.missing for run in runs)
    assert any(one.text.startswith("一、") and one.level == 0 for one in paragraphs)
