"""The JSON Schema that editors check a record with: it takes what the program takes, and refuses wrong kinds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dafu.desk.edit import SCHEMA, schema_text
from records import RECORD

RECORDS = Path(__file__).parents[1] / "proposals"
SAMPLES = sorted(RECORDS.rglob("*.yaml"))
VALIDATOR = jsonschema.Draft7Validator(json.loads(schema_text()))


class EditorLoader(yaml.SafeLoader):
    """What editors read: numbers and truths are typed by YAML, dates are left as text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
LOADERS = (EditorLoader, yaml.BaseLoader)


def faults(text: str, loader: Any = EditorLoader) -> list[str]:
    """Return the dotted place of each fault of a record."""
    tree = yaml.load(text, loader)  # noqa: S506 -- both loaders make nothing but plain values
    return [".".join(map(str, error.absolute_path)) for error in VALIDATOR.iter_errors(tree)]


def test_it_is_a_schema_of_draft_7() -> None:
    assert json.loads(schema_text())["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(json.loads(schema_text()))


def test_the_one_beside_the_sample_records_is_current() -> None:
    assert (RECORDS / SCHEMA).read_text(encoding="utf-8") == schema_text()


def test_there_are_sample_records() -> None:
    assert len(SAMPLES) >= 5


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_record_is_accepted(path: Path, loader: Any) -> None:
    assert faults(path.read_text(encoding="utf-8"), loader) == []


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    "more",
    [
        "",
        "分类:\n期限:\n",
        '分类: ""\n期限: ""\n重点: ""\n角色:\n',
        "并案: [143070, '143071']\n会办单位: []\n办理过程: []\n",
        "重点: 是\n保管期限: 永久\n期限: 2025-08-31\n",
        "答复: {联系电话: 60010023, 公开: 不予公开, 公开理由: 内部, 附件: [甲]}\n",
        "再次答复: [{签发人: 周明远}]\n",
        "办理过程:\n  - {日期: 2025-03-05, 环节: 交办, 登记时间: '2025-03-05T09:30:00+08:00'}\n",
        "办理过程:\n  - {日期: 2025-09-05, 环节: 反馈, 对象: 林晓, 整体: 满意}\n",
        "办理过程:\n  - {日期: 2025-03-12, 环节: 退办结果, 结果: 不同意}\n",
    ],
)
def test_what_the_program_reads_is_accepted(more: str, loader: Any) -> None:
    assert faults(RECORD + more, loader) == []


def test_empty_groups_and_lists_are_accepted() -> None:
    assert faults(RECORD + "答复:\n再次答复:\n办理过程:\n建议事项:\n") == []


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ("签发: 周明远\n", ""),
        ("答复: {签发: 周明远}\n", "答复"),
        ("答复: 好\n", "答复"),
        ("答复: [好]\n", "答复"),
        ("角色: 牵头\n", "角色"),
        ("重点: yes\n", "重点"),
        ("会办单位: 市财政局、市住建局\n", "会办单位"),
        ("会办单位: {甲: 乙}\n", "会办单位"),
        ("分类: [经济]\n", "分类"),
        ("期限: 2025年8月31日\n", "期限"),
        ("期限: 2025-8-31\n", "期限"),
        ("答复: {公开: 公开}\n", "答复.公开"),
        ("办理过程: 交办\n", "办理过程"),
        ("办理过程:\n  - 交办\n", "办理过程.0"),
        ("办理过程:\n  - {日期: 2025-03-05}\n", "办理过程.0"),
        ("办理过程:\n  - {日期: 2025-03-05, 环节: 分发}\n", "办理过程.0"),
        ("办理过程:\n  - {日期: 2025-03-05, 环节: 签发}\n", "办理过程.0"),  # 签发人 is wanting
        ("办理过程:\n  - {日期: 2025-03-05, 环节: 签收, 签发人: 周明远}\n", "办理过程.0"),
    ],
)
def test_wrong_kinds_are_refused_at_their_place(more: str, place: str) -> None:
    assert faults(RECORD + more) == [place]


@pytest.mark.parametrize("key", ["案号", "届次", "案由", "提案人"])
def test_a_required_key_that_is_absent_is_refused(key: str) -> None:
    kept = [line for line in RECORD.splitlines() if not line.startswith(key)]

    assert faults("\n".join(kept)) == [""]


@pytest.mark.parametrize(
    ("proposers", "place"),
    [
        ("林晓", "提案人"),
        ("[{名字: 林晓}]", "提案人.0"),
        ("[[林晓]]", "提案人.0"),
    ],
)
def test_proposers_of_a_wrong_kind_are_refused(proposers: str, place: str) -> None:
    assert faults(RECORD.replace("[林晓]", proposers)) == [place]
