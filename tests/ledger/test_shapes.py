"""Lists as offices really make them: each file of `tests/data/lists` becomes the records that stand here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commands import dafu
from dafu import yamltext
from records import make_workspace

LISTS = Path(__file__).parents[1] / "data" / "lists"
SESSION = "市政协十四届三次会议"
ASSIGNED = {"日期": "2025-03-05", "环节": "交办", "交办单位": "市政府办公室"}
LIN = {"姓名": "林晓", "电话": "60010023"}

Tree = dict[str, Any]


def record(number: str, subject: str, *proposers: Any, **more: Any) -> Tree:
    return {"案号": number, "届次": SESSION, "案由": subject, "提案人": list(proposers)} | more


A = record(
    "143069",
    "优化夜市管理",
    LIN,
    角色="主办",
    会办单位=["市财政局", "市教育局"],
    期限="2025-08-31",
    办理过程=[ASSIGNED],
)
B = record(
    "143070",
    "加快冷链物流建设",
    {"姓名": "苏晚晴", "电话": "60010024"},
    角色="会办",
    主办单位="市交通局",
    期限="2025-08-31",
    办理过程=[ASSIGNED],
)
BARE = record("143069", "优化夜市管理", "林晓")


def with_sector(tree: Tree, sector: str) -> Tree:
    """Return a record without 期限, its proposer with a 界别."""
    proposer = tree["提案人"][0]
    kept = {key: value for key, value in tree.items() if key != "期限"}
    return kept | {"提案人": [{"姓名": proposer["姓名"], "界别": sector, "电话": proposer["电话"]}]}


TWO_ROWS = [with_sector(A, "经济界"), with_sector(B, "科技界")]
JOINT = [{"姓名": "林晓", "电话": "60010023"}, "苏晚晴", "顾行舟"]
BODIES = ("民盟东河市委员会", "市工商联", "云岭代表团", "经济界", "市政协提案委员会", "九三学社东河市委")
RARE = {"姓名": "林䶮", "电话": "60010023"}
COUNCIL = {"届次": "市十五届人大四次会议", "类别": "建议"}

# file → the records that it becomes, the rows that are faulty
SHAPES: dict[str, tuple[list[Tree], list[int]]] = {
    "标准.xlsx": ([A, B], []),
    "LibreOffice-标准.xlsx": ([A, B], []),
    "两行表头.xlsx": (TWO_ROWS, []),
    "LibreOffice-两行表头.xlsx": (TWO_ROWS, []),
    "没有标题.xlsx": ([BARE], []),
    "几行标题.xlsx": ([BARE | {"期限": "2025-08-31"}], []),
    "在右下方.xlsx": ([BARE], []),
    "两张表.xlsx": (
        [A, A | COUNCIL | {"案号": "31", "提案人": [{"姓名": "顾行舟", "电话": "60010023"}]}],
        [],
    ),
    "说明在前.xlsx": ([A], []),
    "1904日期.xlsx": ([A, B], []),
    "日期序列号.xlsx": ([A], []),
    "日期写法.xlsx": ([A | {"案号": f"14307{n}"} for n in range(7)], []),
    "没有年份.xlsx": ([A], []),
    "没有这一天.xlsx": ([B], [3]),
    "小数编号.xlsx": ([A, B], []),
    "科学记数.xlsx": ([A], [4]),
    "前导零.xlsx": ([A | {"案号": "0069"}, B | {"案号": "0070"}], []),
    "全角和空格.xlsx": ([A], []),
    "联名.xlsx": ([A | {"案号": f"14307{n}", "提案人": JOINT} for n in range(5)], []),
    "联名另列.xlsx": (
        [
            record(
                "143069",
                "优化夜市管理",
                {"姓名": "林晓", "单位": "东河甲公司", "电话": "60010023"},
                {"姓名": "苏晚晴", "单位": "东河乙公司"},
                {"姓名": "顾行舟", "单位": "东河丙公司"},
            )
        ],
        [],
    ),
    "人数不齐.xlsx": ([A], []),
    "团体.xlsx": (
        [A | {"案号": f"14307{n}", "提案人": [{"团体": name, "电话": "60010023"}]} for n, name in enumerate(BODIES)],
        [],
    ),
    "公式.xlsx": ([A], [4]),
    "LibreOffice-公式.xlsx": ([A, B | {"案号": "143070"}], []),
    "隐藏.xlsx": ([A, B], []),
    "合计和小标题.xlsx": ([A, B], []),
    "重号.xlsx": ([B], [3, 5]),
    "一件几行.xlsx": (
        [A | {"提案人": [LIN, "苏晚晴", {"姓名": "顾行舟", "电话": "60010025"}]}, B],
        [],
    ),
    "上下合并.xlsx": ([A, B], []),
    "LibreOffice-上下合并.xlsx": ([A, B], []),
    "全市清单.xlsx": (
        [A, B, {key: value for key, value in A.items() if key not in ("角色", "会办单位")} | {"案号": "143082"}],
        [],
    ),
    "分办.xlsx": ([BARE | {"角色": "分办"}], []),
    "类别是专题.xlsx": ([BARE | {"分类": "经济"}, record("143070", "加快冷链物流建设", "苏晚晴", 分类="城建")], []),
    "代表建议.xlsx": ([record("31", "修缮老旧菜场", "顾行舟", "林晓", 重点="是") | COUNCIL], []),
    "省级提案.xlsx": ([BARE | {"案号": "0215", "层级": "省", "届次": "省政协十三届二次会议"}], []),
    "（终稿）交办 清单[2].xlsx": ([BARE], []),
    "空的格式行.xlsx": ([A], []),
    "UTF-8.csv": ([A, B], []),
    "UTF-8带标记.csv": ([A, B], []),
    "GB18030.csv": ([A | {"提案人": [RARE]}, B], []),
    "UTF-16.csv": ([A, B], []),
    "UTF-16无标记.csv": ([A, B], []),
    "分号.csv": ([A, B], []),
}
NOT_LISTS = {"LibreOffice-标准.ods", "LibreOffice-标准.xls", "build.py"}


def records_in(folder: Path) -> list[Tree]:
    """Return every record of the workspace as plain values, without the comment for editors."""
    trees: list[Any] = []
    for path in folder.glob("proposals/*/*.yaml"):
        root, problems = yamltext.parse(path.read_text(encoding="utf-8"))
        assert root is not None, problems
        trees.append(yamltext.plain(root))
    return sorted(trees, key=number_of)


def number_of(tree: Any) -> str:
    return f"{tree.get('类别', '')}{tree['案号']}"


def imported(folder: Path, name: str) -> tuple[int, dict[str, list[Tree]]]:
    """Import a file into the workspace and return the exit code and what came of its rows."""
    run = dafu(folder, "import", "--json", str(LISTS / name))
    return run.code, json.loads(run.out)


@pytest.mark.parametrize("name", SHAPES)
def test_a_list_of_any_shape_becomes_its_records(name: str, tmp_path: Path) -> None:
    expected, faulty = SHAPES[name]

    code, told = imported(make_workspace(tmp_path), name)

    assert records_in(tmp_path) == sorted(expected, key=number_of)
    assert [row["行"] for row in told["有误"]] == faulty
    assert [len(told[word]) for word in ("新增", "更新", "未变")] == [len(expected), 0, 0]
    assert code == (1 if faulty else 0)


@pytest.mark.parametrize("name", SHAPES)
def test_a_list_imported_twice_changes_nothing(name: str, tmp_path: Path) -> None:
    imported(make_workspace(tmp_path), name)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")}

    _, told = imported(tmp_path, name)

    assert [len(told[word]) for word in ("新增", "更新", "未变")] == [0, 0, len(SHAPES[name][0])]
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.yaml")} == before


def test_every_spreadsheet_of_the_folder_is_held_to_its_records() -> None:
    assert {path.name for path in LISTS.iterdir() if path.is_file()} - NOT_LISTS == set(SHAPES)


@pytest.mark.parametrize(
    ("name", "nature"), [("LibreOffice-标准.ods", "（.ods）"), ("LibreOffice-标准.xls", "（.xls 或 .et）")]
)
def test_what_libreoffice_saved_otherwise_is_refused_with_the_way_out(name: str, nature: str, tmp_path: Path) -> None:
    run = dafu(make_workspace(tmp_path), "import", str(LISTS / name))

    assert run.code == 3
    assert f"{nature}，不能读（在 Excel、WPS 或 LibreOffice 里打开，另存为 .xlsx）" in run.err
