import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dafu.layout import carried_hash, content_hash, draw


@pytest.fixture(scope="module")
def letter(make_letter: Any) -> bytes:
    return draw(make_letter())


def rewritten(docx: bytes, old: bytes, new: bytes) -> bytes:
    """Edit a letter as a word processor does: unpack, change, pack again."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new))
    return out.getvalue()


def test_the_same_letter_is_the_same_bytes(make_letter: Any) -> None:
    assert draw(make_letter()) == draw(make_letter())
    assert draw(make_letter()) != draw(make_letter(number="东商〔2025〕8号"))


def test_the_zip_is_sound_has_no_double_member_and_no_clock_in_it(letter: bytes) -> None:
    with zipfile.ZipFile(BytesIO(letter)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        assert names[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_letter_carries_the_hash_of_its_content(letter: bytes) -> None:
    assert len(carried_hash(letter)) == 64
    assert carried_hash(letter) == content_hash(letter)


def test_an_edit_by_hand_shows(letter: bytes) -> None:
    edited = rewritten(letter, "周明远".encode(), "周明达".encode())
    assert carried_hash(edited) == carried_hash(letter) != content_hash(edited)


def test_packing_again_without_an_edit_does_not_count_as_one(letter: bytes) -> None:
    again = rewritten(letter, b"", b"")
    assert again != letter
    assert carried_hash(again) == content_hash(again)


def test_text_moved_from_one_part_to_the_next_would_show(letter: bytes) -> None:
    moved = rewritten(letter, b"word/footer1.xml", b"word/footer2.xml")
    assert content_hash(moved) != carried_hash(moved)


def test_a_foreign_zip_carries_no_hash() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    assert carried_hash(out.getvalue()) == ""
    assert len(content_hash(out.getvalue())) == 64


def test_a_damaged_letter_has_no_hash_and_stops_nothing(letter: bytes) -> None:
    for cut in range(0, len(letter), 97):
        assert (carried_hash(letter[:cut]), content_hash(letter[:cut])) == ("", "")


@given(st.data())
def test_no_flipped_byte_raises(letter: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(letter) - 1))
    damaged = letter[:at] + bytes([letter[at] ^ data.draw(st.integers(1, 255))]) + letter[at + 1 :]
    assert len(content_hash(damaged)) in (0, 64)
    assert len(carried_hash(damaged)) in (0, 64)


def test_file_managers_see_title_number_and_office(make_letter: Any, opened: Any) -> None:
    properties = opened(make_letter(organ="东河市<商务>局")).core_properties
    assert properties.title == "对市政协九届三次会议第093012号提案的答复"
    assert (properties.subject, properties.author) == ("东商〔2025〕7号", "东河市<商务>局")
