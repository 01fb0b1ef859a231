from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pdfminer.high_level import extract_pages
from PIL import Image

from dafu import preview, store
from dafu.desk.draft import Drafting
from dafu.desk.preview import Previewed, render
from desk.conftest import TODAY

if TYPE_CHECKING:
    from desk.conftest import Desk

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(preview.office() is None, reason="LibreOffice (soffice) is not installed"),
]
SENT = "办理过程: [{日期: 2026-01-04, 环节: 送达, 对象: 林晓}]\n"


def rendered(desk: Desk, *, dry: bool = False) -> list[Previewed]:
    workspace, record = desk.workspace, desk.record()
    drafting = Drafting(workspace, desk.composer(), TODAY, dry=dry)
    return list(render(drafting, record, store.lead_of(workspace, record)))


def files(desk: Desk) -> dict[str, bytes]:
    folder = desk.folder / "replies"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def numbered(found: Previewed) -> list[str]:
    """Return the names that the pictures of this PDF's pages bear."""
    count = len(list(extract_pages(found.pdf)))
    return [f"答复-{number}.png" for number in range(1, count + 1)]


def test_the_pdf_and_a_picture_of_each_page_lie_in_a_folder_of_their_own(desk: Desk) -> None:
    desk.write("答复: {正文: " + "政" * 28 * 30 + "}\n")
    (found,) = rendered(desk)

    names = numbered(found)
    assert len(names) > 1
    assert set(files(desk)) == {f"2026/143069/预览/{name}" for name in ("答复.pdf", *names)}
    assert [page.name for page in found.pages] == names
    assert {Image.open(BytesIO(page.read_bytes())).format for page in found.pages} == {"PNG"}


def test_a_letter_edited_by_hand_and_one_that_was_sent_are_left_alone_and_have_a_preview(desk: Desk) -> None:
    desk.write(SENT)
    letter = desk.folder / "replies/2026/143069/答复.docx"
    letter.parent.mkdir(parents=True)
    letter.write_bytes(b"edited by hand")
    (found,) = rendered(desk)

    assert letter.read_bytes() == b"edited by hand"
    assert found.pdf == letter.parent / "预览/答复.pdf"
    assert found.pdf.is_file()


def test_a_rehearsal_renders_and_writes_nothing(desk: Desk) -> None:
    desk.write()
    (found,) = rendered(desk, dry=True)

    assert found.pages
    assert not found.written
    assert files(desk) == {}


def test_pictures_of_pages_that_are_gone_are_named(desk: Desk) -> None:
    desk.write("答复: {正文: " + "政" * 28 * 60 + "}\n")
    (long,) = rendered(desk)
    desk.write("答复: {正文: 收悉。}\n")
    (short,) = rendered(desk)

    assert long.stale == ()
    assert [page.name for page in short.pages] == numbered(short)
    assert set(short.stale) == set(long.pages) - set(short.pages) != set()


def test_the_faces_that_stood_in_are_those_of_this_letter(desk: Desk) -> None:
    desk.write()
    (plain,) = rendered(desk, dry=True)
    desk.write("答复: {正文: 一、黑体标题}\n")
    (headed,) = rendered(desk, dry=True)

    known = preview.stand_ins()
    assert plain.stand_ins.items() <= known.items()
    assert "黑体" not in plain.stand_ins
    assert ("黑体" in headed.stand_ins) == ("黑体" in known)
