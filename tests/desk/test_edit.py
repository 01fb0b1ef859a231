from __future__ import annotations

import re
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dafu import store
from dafu.desk import edit
from dafu.desk.words import assignments
from dafu.errors import RefusedError, UnusableError, WrongUsageError
from records import RECORD, make_workspace

if TYPE_CHECKING:
    from dafu.store import Record, Workspace

# what stands before the value's own lines, those lines, and what stands after them
PLACES = {
    "案由": ("案号: '7'  # 一\n届次: 某会\n提案人: [林晓]\n", "案由: 旧 # 注\n", "\n# 完\n重点: 否\n"),
    "分类": (
        "案号: 7\n届次: 某会\n案由: 旧\n提案人:\n- 林晓\n",
        "分类: '旧'\n",
        "答复:\n    正文: |\n        一\n\n        二\n",
    ),
    "提案人.1.地址": (
        "案号: 7\n案由: 旧\n届次: 某会\n提案人:\n  - 姓名: 林晓\n",
        '    地址: "旧"\n',
        "    # 注\n    电话: '1'\n",
    ),
    "提案人.1": ("案号: 7\n案由: 旧\n届次: 某会\n提案人:\n", "  - 林晓   # 主提\n", "  - {姓名: 程亦舟}\n# 完\n"),
    "提案人.2.单位": (
        "案号: 7\n案由: 旧\n届次: 某会\n提案人:\n  - 林晓\n",
        "  - {姓名: 程亦舟, 单位: 旧, 电话: ''}\n",
        "# 完\n",
    ),
    "建议事项.2": ("案号: 7\n案由: 旧\n届次: 某会\n提案人: [林晓]\n", "建议事项: [甲, 旧, 丙]\n", "重点: 是"),
    "答复.正文": (
        "案号: 7\n案由: 旧\n届次: 某会\n提案人: [林晓]\n答复:\n  办理结果: A\n",
        "  正文: |\n    旧的\n\n    两段\n",
        "  # 注\n  附件: [甲]\n\n...\n",
    ),
    "答复.公开理由": (
        "案号: 7\n案由: 旧\n届次: 某会\n提案人: [林晓]\n答复:\n",
        "  公开理由:   # 待填\n",
        "办理过程: []\n",
    ),
    "再次答复.1.正文": (
        "案号: 7\n案由: 旧\n届次: 某会\n提案人: [林晓]\n再次答复:\n",
        "  - 正文: 旧\n",
        "    签发人: 周明远\n",
    ),
}
CLERK = store.Author("clerk", "2025-05-06T09:00:00+08:00")
AWKWARD = (
    "：: #-—|>?!&*%@`'\"[]{},、，。\\\n\t =~\u3000\xa0\u200b\u2028\x85\r\ufeff\x00\x1b〔〕《》“”‘’𠮷䶮\U000e0100·A1年"
)
TEXTS = st.text() | st.text(AWKWARD) | st.text("一、二。（）\n 1.* |", min_size=1)
ENDS = st.sampled_from(["\n", "\r\n"])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return store.open_workspace(make_workspace(tmp_path_factory.mktemp("office")))


def record_of(workspace: Workspace, data: bytes) -> Record:
    path = workspace.proposals / "7.yaml"
    path.write_bytes(data)
    return store.find(workspace, str(path), path.parent)


def put(workspace: Workspace, record: Record, key: str, text: str) -> None:
    """Set *key* to *text*; what a word of the command cannot say comes from a file."""
    folder = workspace.root
    (folder / "文字.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
    word = f"{key}=@文字.txt" if text[:1] == "@" else f"{key}={text}"
    edit.set_values(workspace, record, assignments([word], folder), CLERK, dry=False)


def value_at(text: str, key: str) -> Any:
    """Return what stands in *text* at *key*, as a YAML reader of other hands reads it."""
    steps = (int(step) - 1 if step.isdecimal() else step for step in key.split("."))
    return reduce(lambda node, step: node[step], steps, yaml.load(text, yaml.BaseLoader))  # noqa: S506 -- it makes nothing but text


def is_ordinary(key: str, text: str) -> bool:
    """Tell whether nobody could object to *text*: all printable, no blank at an end, one bare name in its place."""
    lines = text.removesuffix("\n").split("\n") if key.endswith("正文") else [text]
    whole = all(line.isprintable() and line == line.strip() and line for line in lines)
    folded = key.endswith("正文") and re.search(r"^｜|[。；：] +\S", text)  # looks like paragraphs that YAML joined
    return (
        whole and not folded and not text.startswith("@") and not (key == "提案人.1" and set("、，,；;。") & set(text))
    )


@settings(max_examples=300, deadline=None)
@given(key=st.sampled_from(sorted(PLACES)), text=TEXTS.filter(bool), ends=ENDS, mark=st.sampled_from(["", "\ufeff"]))
def test_any_text_in_any_field_reads_back_equal_and_every_other_line_stays(
    workspace: Workspace, key: str, text: str, ends: str, mark: str
) -> None:
    before, own, after = (part.replace("\n", ends) for part in PLACES[key])
    old = f"{mark}{before}{own}{after}".encode()
    record = record_of(workspace, old)

    try:
        put(workspace, record, key, text)
    except (WrongUsageError, UnusableError):
        assert record.path.read_bytes() == old
        assert not is_ordinary(key, text)
        return

    new = record.path.read_bytes().decode()
    assert new.startswith(mark + before)
    assert new.endswith(after)
    said = text.replace("\r\n", "\n") if text.startswith("@") else text  # a file's line ends are not its text
    assert value_at(new.removeprefix("\ufeff"), key) == said


def test_a_file_changed_meanwhile_is_left_as_the_other_clerk_wrote_it(workspace: Workspace) -> None:
    record = record_of(workspace, RECORD.encode())
    record.path.write_bytes(RECORD.replace("夜市", "早市").encode())

    with pytest.raises(RefusedError, match=r"7\.yaml") as refused:
        edit.set_values(workspace, record, assignments(["重点=是"], workspace.root), CLERK, dry=False)

    assert refused.value.exit_code == 4
    assert record.path.read_bytes() == RECORD.replace("夜市", "早市").encode()


def test_nothing_is_written_where_nothing_changes(workspace: Workspace) -> None:
    record = record_of(workspace, RECORD.encode())
    before = record.path.stat().st_ino

    edit.set_values(workspace, record, assignments(["案由=优化夜市管理"], workspace.root), CLERK, dry=False)

    assert record.path.stat().st_ino == before


def test_a_dry_run_names_the_file_of_a_new_record_and_makes_nothing(workspace: Workspace) -> None:
    words = assignments(["届次=某会", "案由=甲", "提案人=林晓"], workspace.root)

    path = edit.new(workspace, "31", words, date(2024, 2, 29), CLERK, dry=True)

    assert path == workspace.proposals / "2024/31.yaml"
    assert not path.exists()
    assert not (workspace.proposals / edit.SCHEMA).exists()
