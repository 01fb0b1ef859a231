"""The house rules that no linter knows: which module may import which, and where each library has its home."""

from __future__ import annotations

import ast
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src"
LAYERS = """
    __main__
    cli
    desk
    archive  ledger  report
    check
    index
    workflow
    deadlines  register  store  compose  layout  readback  preview
    model
    sheets  letter  workdays  yamltext
    files
    docnumber
    terms
    errors
"""
DEPTH = {name: depth for depth, line in enumerate(LAYERS.split("\n")) for name in line.split()}
HOMES = {
    "click": ("cli",),
    "yaml": ("yamltext",),
    "jinja2": ("compose",),
    "docx": ("readback", "check.docx"),
    "lxml": ("readback", "check.docx"),
    "openpyxl": ("sheets",),
    "sqlite3": ("index",),
    "opencc": ("readback",),
    "rich": ("cli",),
    "pypdf": ("readback", "archive.pdf", "check.docx"),  # what a letter says; whether a foreign PDF is whole
    "subprocess": ("preview",),
    "langdetect": ("check",),
    "filelock": ("files",),
    "importlib": ("cli",),  # an import by name would hide from this test
}
CLOCK = ("cli",)
DISK = ("files", "preview")  # preview writes in a temporary folder of its own only
TODAY = {"today", "now", "utcnow"}
WRITING = {
    *("write_text", "write_bytes", "touch", "mkdir", "makedirs", "rmdir", "rmtree", "unlink", "truncate"),
    *("rename", "renames", "symlink", "hardlink_to", "symlink_to", "copyfile", "copytree"),
    *("os.remove", "os.link", "shutil.move"),  # lists and others have words like these too
}
LONGEST_FUNCTION, LONGEST_MODULE = 50, 350  # lines

Modules = dict[str, str]  # dotted name below dafu, "" for the package itself → source text


def modules() -> Modules:
    paths = sorted((SOURCE / "dafu").rglob("*.py"))
    return {dotted(path): path.read_text(encoding="utf-8") for path in paths}


def dotted(path: Path) -> str:
    *folders, name = path.relative_to(SOURCE / "dafu").with_suffix("").parts
    return ".".join(folders if name == "__init__" else [*folders, name])


def imported(source: str, own: str = "") -> Iterator[str]:
    """Yield the full name of everything that *source* imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = own.split(".")[: -node.level] if node.level else []
            base = ".".join([*(["dafu"] if node.level else []), *package, *filter(None, [node.module])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_of(known: Modules) -> dict[str, set[str]]:
    """Return which module of ours each module imports: the longest known name counts, `dafu.letter.Run` is `letter`."""
    return {
        name: {found for one in imported(source, name) if (found := _ours(one, known)) is not None} - {name}
        for name, source in known.items()
    }


def _ours(name: str, known: Modules) -> str | None:
    package, _, rest = name.partition(".")
    while package == "dafu" and rest not in known and rest:
        rest = rest.rpartition(".")[0]
    return rest if package == "dafu" else None


def upward(known: Modules) -> list[str]:
    """Return each import that does not go to a line further down."""
    edges = {
        (name.partition(".")[0], other.partition(".")[0]) for name, some in imports_of(known).items() for other in some
    }
    crossing = sorted((top, other) for top, other in edges if top != other and top and other)
    return [f"{top} → {other}" for top, other in crossing if DEPTH.get(top, 0) >= DEPTH.get(other, 0)]


def strangers(known: Modules) -> list[str]:
    """Return the names that stand in no layer."""
    return sorted({name.partition(".")[0] for name in known} - set(DEPTH) - {""})


def cycle(known: Modules) -> list[str]:
    """Return modules that import each other in a ring, or nothing."""
    edges, finished = imports_of(known), set[str]()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        rings = (walk(other, [*path, name]) for other in sorted(edges[name]) if other not in finished)
        ring = next(filter(None, rings), [])
        finished.add(name)
        return ring

    return next((ring for name in sorted(edges) if (ring := walk(name, []))), [])


def homeless(known: Modules) -> list[str]:
    """Return each import of a library outside its home."""
    return sorted(
        f"{name}: {library}"
        for name, source in known.items()
        for library in {one.partition(".")[0] for one in imported(source, name)}
        if library in HOMES and not _is_within(name, HOMES[library])
    )


def acting(known: Modules) -> list[str]:
    """Return each call that asks the clock or changes the disk outside the home of that act."""
    return sorted(
        f"{name}:{call.lineno}: {ast.unparse(call.func)}"
        for name, source in known.items()
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and not _is_within(name, _home_of(call))
    )


def _home_of(call: ast.Call) -> tuple[str, ...]:
    word = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if word in TODAY and isinstance(call.func, ast.Attribute):
        return CLOCK
    return (
        DISK
        if {word, ast.unparse(call.func)} & WRITING or _opens_for_writing(word, call) or _replaces_file(call)
        else ("",)
    )


def _opens_for_writing(word: str, call: ast.Call) -> bool:
    if word not in ("open", "fdopen") or (call.args and ast.unparse(call.args[0]) == "os.devnull"):
        return False
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    modes = [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    low_level = ast.unparse(call.func) == "os.open"
    return low_level or any(set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in modes)


def _replaces_file(call: ast.Call) -> bool:
    """Tell `os.replace(a, b)` and `path.replace(other)` from the replace of texts, dates and dataclasses."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "replace"):
        return False
    return ast.unparse(call.func) == "os.replace" or (len(call.args) == 1 and not call.keywords)


def _is_within(name: str, homes: tuple[str, ...]) -> bool:
    return any(not home or name == home or name.startswith(f"{home}.") for home in homes)


def overlong(known: Modules) -> list[str]:
    """Return the functions and modules that are longer than the house allows."""
    functions = (
        (f"{name}.{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for name, source in known.items()
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = [f"{name}: {count}" for name, count in functions if count > LONGEST_FUNCTION]
    counts = ((name, len(source.splitlines())) for name, source in known.items())
    return sorted([*long, *(f"{name}: {count}" for name, count in counts if count > LONGEST_MODULE)])


@pytest.fixture(scope="module")
def house() -> Modules:
    return modules()


def test_every_module_stands_in_a_layer(house: Modules) -> None:
    assert strangers(house) == []


def test_imports_go_only_downwards(house: Modules) -> None:
    assert upward(house) == []


def test_no_modules_import_each_other_in_a_ring(house: Modules) -> None:
    assert cycle(house) == []


def test_every_library_stays_in_its_home(house: Modules) -> None:
    assert homeless(house) == []


def test_only_the_command_line_asks_the_clock_and_only_files_changes_the_disk(house: Modules) -> None:
    assert acting(house) == []


def test_functions_and_modules_stay_short(house: Modules) -> None:
    assert overlong(house) == []


def test_the_house_is_really_read(house: Modules) -> None:
    assert {"", "cli.group", "compose.sandbox", "errors", "layout.measures"} <= set(house)
    assert {"compose", "layout", "files"} <= imports_of(house)["desk.draft"]


# --- the guard itself catches what it should


def test_a_name_outside_the_layers_is_found() -> None:
    assert strangers({"helpers": "", "helpers.more": "", "store": ""}) == ["helpers"]


@pytest.mark.parametrize(
    "line",
    [
        "import dafu.cli.group",
        "from dafu import cli",
        "from dafu.cli.group import main",
        "from .cli import group",
        "def late():\n    from dafu import cli",
        "if TYPE_CHECKING:\n    from dafu.cli.common import Session",
    ],
)
def test_an_import_that_goes_up_is_found_wherever_it_stands(line: str) -> None:
    assert upward({"store": line, "cli": "", "cli.group": "", "cli.common": ""}) == ["store → cli"]


def test_an_import_of_a_neighbour_in_the_same_layer_goes_not_down() -> None:
    assert upward({"compose": "from dafu import store", "store": ""}) == ["compose → store"]


def test_an_import_that_goes_down_and_one_inside_a_package_are_allowed() -> None:
    known = {
        "compose": "from dafu.compose import context\nfrom dafu.terms import Kind",
        "compose.context": "",
        "terms": "",
    }
    assert upward(known) == []


def test_a_ring_is_found_even_through_three_modules() -> None:
    known = {
        "model": "",
        "model.a": "from dafu.model.b import x",
        "model.b": "def f():\n    from dafu.model import c",
        "model.c": "import dafu.model.a",
    }
    assert cycle(known) == ["model.a", "model.b", "model.c", "model.a"]


@pytest.mark.parametrize(
    ("name", "line", "found"),
    [
        ("desk.draft", "import click", ["desk.draft: click"]),
        ("store", "def read():\n    from yaml import safe_load", ["store: yaml"]),
        ("check", "from docx import Document", ["check: docx"]),
        ("cli.draft", "from subprocess import run", ["cli.draft: subprocess"]),
        ("check.docx", "import docx, lxml.etree", []),
        ("compose.sandbox", "from jinja2.sandbox import SandboxedEnvironment", []),
        ("desk.draft", "from dafu.check import docx", []),
    ],
)
def test_a_library_outside_its_home_is_found(name: str, line: str, found: list[str]) -> None:
    assert homeless({name: line}) == found


@pytest.mark.parametrize(
    ("name", "line", "found"),
    [
        ("store", "date.today()", ["store:1: date.today"]),
        ("deadlines", "datetime.now(UTC)", ["deadlines:1: datetime.now"]),
        ("cli.group", "date.today()", []),
        ("store", "open(path, 'w')", ["store:1: open"]),
        ("store", "path.open(mode='ab')", ["store:1: path.open"]),
        ("store", "os.open(path, flags)", ["store:1: os.open"]),
        ("store", "path.open('rb')", []),
        ("cli.group", "os.open(os.devnull, os.O_WRONLY)", []),
        ("desk.draft", "path.write_bytes(data)", ["desk.draft:1: path.write_bytes"]),
        ("store", "os.replace(one, other)", ["store:1: os.replace"]),
        ("store", "path.replace(other)", ["store:1: path.replace"]),
        ("store", "os.link(one, other)", ["store:1: os.link"]),
        ("store", "path.unlink()", ["store:1: path.unlink"]),
        ("store", "os.remove(path)", ["store:1: os.remove"]),
        ("store", "some.remove(item)", []),
        ("store", "text.replace('a', 'b'); replace(problem, line=1); dataclasses.replace(problem, line=1)", []),
        ("files", "os.replace(one, other); path.unlink(); os.open(path, flags)", []),
    ],
)
def test_an_act_outside_its_home_is_found(name: str, line: str, found: list[str]) -> None:
    assert acting({name: line}) == found


def test_a_function_over_fifty_lines_and_a_module_over_350_are_found() -> None:
    function = dedent("""\
        def long():
        {}
    """).format("    x = 1\n" * 50)
    assert overlong({"store": function}) == ["store.long: 51"]
    assert overlong({"store": "x = 1\n" * 351}) == ["store: 351"]
    assert overlong({"store": "x = 1\n" * 350}) == []
