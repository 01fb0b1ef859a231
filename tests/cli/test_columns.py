from __future__ import annotations

import pytest

from dafu.cli.columns import columns, padded, table, wrapped


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("143069", 6), ("提案", 4), ("（A类）", 7), ("“", 1), ("…", 1), ("é", 1), ("e\u0301", 1)],
)
def test_a_chinese_character_takes_two_columns(text: str, width: int) -> None:
    assert columns(text) == width


def test_cells_stand_under_each_other() -> None:
    rows = [("案号", "案由", "提案人"), ("143069", "夜市", "林晓"), ("31", "A类件", "")]

    assert list(table(rows)) == [
        "案号    案由   提案人",
        "143069  夜市   林晓",
        "31      A类件",
    ]


def test_text_is_filled_up_to_its_width() -> None:
    assert padded("提案", 6) == "提案  "


def test_lines_end_at_the_width_and_never_begin_with_a_stop() -> None:
    assert list(wrapped("一二三四五，六七。", 10)) == ["一二三四五，", "六七。"]
    assert list(wrapped("一二三四五", 4)) == ["一二", "三四", "五"]
