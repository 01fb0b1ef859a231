from __future__ import annotations

import pytest

from dafu import layout, preview, readback
from dafu.letter import Letter, blocks
from dafu.readback.pdf import pages


def test_a_letter_is_read_back_paragraph_by_paragraph() -> None:
    letter = Letter("关于夜市的答复", "尊敬的林晓委员：", blocks("一、情况。已经开放。\n|街|户|\n|东街|<12>&|"))

    said = [text for text in readback.paragraphs(layout.draw(letter)) if text]
    assert said.count("— 1 —") == 2  # the footers of odd and even pages
    assert [text for text in said if text != "— 1 —"] == [
        "关于夜市的答复",
        "尊敬的林晓委员：",
        "一、情况。已经开放。",
        "街",
        "户",
        "东街",
        "<12>&",
    ]


def test_a_title_in_several_lines_is_read_back_as_one() -> None:
    title = "关于市政协十四届三次会议第143069号提案会办意见的函"

    assert title in readback.paragraphs(layout.draw(Letter(title, "", ())))


def test_number_and_signer_share_a_row() -> None:
    letter = Letter("答复", "", (), mark="东河市商务局文件", number="东商〔2025〕7号", signer="签发人：周明远")

    said = [text.split() for text in readback.paragraphs(layout.draw(letter))]
    assert ["东商〔2025〕7号", "签发人：周明远"] in said


@pytest.mark.office
def test_a_rendered_letter_is_read_page_by_page() -> None:
    if preview.office() is None:
        pytest.skip("LibreOffice is not installed: there is no PDF to read")
    letter = Letter("关于夜市的答复", "尊敬的林晓委员：", blocks("\n".join(["夜市"] * 30)), organ="东河市商务局")

    first, second = ("".join(page.split()) for page in pages(preview.pdf(layout.draw(letter))))
    assert "尊敬的林晓委员：夜市" in first
    assert second.replace("—2—", "").endswith("夜市东河市商务局")
    assert (first + second).count("夜市") == 31  # one of them in the title
