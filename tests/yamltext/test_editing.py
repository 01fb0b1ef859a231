from __future__ import annotations

from dafu.yamltext import Mapping, Sequence, parse
from dafu.yamltext.editing import inserted, item_inserted, removed, replaced


def mapping(text: str) -> Mapping:
    root, _ = parse(text)
    assert root is not None
    return root


def test_a_new_entry_is_offered_at_once_and_below_the_blank_lines_of_a_block_text() -> None:
    text = "甲: |+\n  一\n\n\n"
    offered = list(inserted(text, mapping(text), "乙", "二", listed=False))
    assert offered[0] == "甲: |+\n  一\n乙: 二\n\n\n"
    assert offered[1] == "甲: |+\n  一\n\n\n乙: 二\n"


def test_an_empty_value_is_filled_before_its_comment() -> None:
    text = "甲:   # 待定\n"
    assert next(replaced(text, mapping(text), "甲", "一", listed=False)) == "甲: 一   # 待定\n"


def test_a_block_gives_way_to_a_value_and_the_comment_of_its_key_stays() -> None:
    text = "甲:  # 注\n  # 二\n  乙: 1\n丙: 2\n"
    assert next(replaced(text, mapping(text), "甲", "一", listed=False)) == "甲: 一  # 注\n  # 二\n丙: 2\n"


def test_an_empty_value_in_braces_keeps_its_colon_apart_from_the_comma() -> None:
    text = "{甲: }\n"
    assert next(inserted(text, mapping(text), "乙", "二", listed=False)) == "{甲: , 乙: 二}\n"


def test_items_go_before_behind_and_out_of_nested_lists() -> None:
    text = "甲:\n- - 一\n  - 二\n"
    outer = mapping(text).entries["甲"].value
    assert isinstance(outer, Sequence)
    inner = outer.items[0]
    assert isinstance(inner, Sequence)
    assert next(item_inserted(text, inner, -1, "零")) == "甲:\n- - 零\n  - 一\n  - 二\n"
    assert next(item_inserted(text, inner, 1, "三")) == "甲:\n- - 一\n  - 二\n  - 三\n"
    assert next(removed(text, inner, 0)) == "甲:\n- - 二\n"
