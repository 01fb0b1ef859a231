from __future__ import annotations

from dafu.yamltext import parse, plain
from dafu.yamltext.nodes import Scalar, child


def test_plain_gives_the_values_without_their_places() -> None:
    root, _ = parse("甲: [一, {乙: 二}]\n丙:\n")
    assert root is not None
    assert plain(root) == {"甲": ["一", {"乙": "二"}], "丙": ""}


def test_a_child_is_found_by_key_or_index_and_nothing_is_found_elsewhere() -> None:
    root, _ = parse("甲: [一]\n")
    assert root is not None
    items = child(root, "甲")
    assert items is not None
    assert child(items, 0) == Scalar("一", line=1, start=4, end=5)
    assert [child(items, 1), child(items, -1), child(items, "甲"), child(root, 0), child(root, "乙")] == [None] * 5
