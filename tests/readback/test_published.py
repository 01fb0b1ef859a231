"""Published letters of eighteen places, in the correct form and as they were printed, mistakes and all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from dafu.readback import reply
from test_fact_sheets import PLACES, facts_of, filled, sheet_of

if TYPE_CHECKING:
    from pathlib import Path

PRINTED = ("public", "grade", "letterhead", "docno", "signer", "title", "salutation", "opening", "closing", "imprint")
REMARK = re.compile(r" \([^第].*| +->.*|^\(.*")  # what the sheet says about a field, not in it
NAMES = ("领衔", "代表", "委员", "甲", "乙", "丙")


@pytest.mark.parametrize("place", PLACES, ids=lambda path: path.stem)
def test_a_letter_in_the_correct_form_gives_back_its_record(place: Path) -> None:
    case = yaml.safe_load(place.read_text(encoding="utf-8"))
    facts = facts_of(sheet_of(place.stem), case["facts"])
    record = yaml.load(filled(case["record"], facts), yaml.BaseLoader)  # noqa: S506 -- it makes text of every scalar
    said = record["答复"]

    read = reply.read(filled(case["letter"], facts).splitlines())

    assert (read.number, read.signer) == (said["发文字号"], said.get("签发人", ""))
    assert read.grade == said.get("办理结果", "")
    assert (read.session, read.case, str(read.kind)) == (record["届次"], record["案号"], record.get("类别", "提案"))
    assert read.subject == record["案由"]
    assert read.body == tuple(said["正文"].splitlines())
    assert str(read.day) == said["成文日期"]
    assert (read.contacts, read.contact_phone) == (tuple(said.get("联系人", ())), said.get("联系电话", ""))
    assert read.proposers == called(record, case["letter"])


def called(record: dict[str, Any], letter: str) -> tuple[str, ...]:
    """Return whom the letter names: of several counted ones the first, and nobody where it speaks of none."""
    names = tuple(one if isinstance(one, str) else one["团体"] for one in record["提案人"])
    return () if "提出的" not in letter else names[:1] if re.search(r"等\d", letter) else names


def printed(sheet: dict[str, str]) -> list[str]:
    """Return the lines of the sheet as they were printed, without its remarks."""
    fields = {word: REMARK.sub("", sheet.get(word, "-")).strip() for word in PRINTED}
    lines = [value for value in fields.values() if value and value != "-"]
    last = lines.pop() if fields["imprint"] not in ("", "-") else ""
    ending = [part for part in last.removeprefix("署名 ").split("; ") if not re.search("web|on ", part)]
    below = [value for word in ("contact", "cc") if (value := REMARK.sub("", sheet.get(word, "-"))) not in ("", "-")]
    return [*lines, "已经办理。", *ending, *below]


@pytest.mark.parametrize("place", PLACES, ids=lambda path: path.stem)
def test_a_letter_as_it_was_printed_gives_what_it_states(place: Path) -> None:
    sheet = sheet_of(place.stem)
    facts = facts_of(sheet, yaml.safe_load(place.read_text(encoding="utf-8"))["facts"])

    read = reply.read(printed(sheet))

    assert {word: value for word, value in stated(read).items() if word in facts} == {
        word: facts[word] for word in stated(read) if word in facts
    }
    bodies = [f"{facts['镇']}代表团"] if "镇" in facts else []
    assert read.proposers == (*bodies, *(facts[word] for word in NAMES if word in facts))


def stated(read: reply.Reading) -> dict[str, Any]:
    return {
        "字号": read.number,
        "签发人": read.signer,
        "届次": read.session,
        "案号": read.case,
        "日": str(read.day),
        "主办": read.salutation.partition("(")[0],
    }
