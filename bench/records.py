"""Lists of thousands of records: the whole process, beside programs that keep thousands of papers or tasks."""

from __future__ import annotations

import os
import shutil
import sys
from itertools import count
from typing import TYPE_CHECKING

from bench.page import Goal, Section, compared, milliseconds
from bench.timing import DAFU, interleaved, process, work

from bench import desk, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.letters import Ways
    from bench.sizes import Sizes

MANY = 10_000
LIST, DUE, REPORT, CHANGED = "dafu list", "dafu due", "dafu report", "dafu list，改了一件以后"
COLD, READ = "dafu list，没有索引", "只把全部记录读通（没有列出）"
PAPIS, FOLDERS, TODOMAN = "papis list（有缓存）", "papis list，只印文件夹（有缓存）", "todo list（有缓存）"
SHEETS = (
    (("report",), ("report", "--xlsx", "统计.xlsx")),
    (("ledger", "台账.csv"), ("ledger", "台账.xlsx")),
)
READING = (
    "import gc, sys; from pathlib import Path; from dafu import store;"
    "gc.set_threshold(50_000);"  # as every command of dafu does: without it reading thousands takes half as long again
    "store.load(store.open_workspace(Path(sys.argv[1])))"
)
INFO = "title: {title}\nauthor: {author}\nyear: {year}\nabstract: {text}\npapis_id: {n:032x}\nref: r{n}\n"
PAPIS_CONFIG = "[settings]\ndefault-library = bench\n\n[bench]\ndir = {}\n"
TASK = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:bench\r\nBEGIN:VTODO\r\nUID:{n}\r\nDTSTAMP:20250301T000000Z\r\n"
    "DUE;VALUE=DATE:20250901\r\nSUMMARY:{title}\r\nDESCRIPTION:{text}\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)
TODOMAN_CONFIG = 'path = "{}/*"\ndate_format = "%Y-%m-%d"\ncache_path = "{}"\n'


def measure(sizes: Sizes, folder: Path) -> Iterator[Section]:
    """Measure lists of some records and of many beside those of the peers."""
    for number, runs in ((sizes.few, sizes.runs), (sizes.records, max(1, sizes.runs // 3))):
        yield _beside_peers(number, runs, folder / f"lists-{number}")
    yield _written(sizes.records, folder / f"lists-{sizes.records}")


def _beside_peers(number: int, runs: int, folder: Path) -> Section:
    ways = {**_ours(number, folder), **_papis(number), **_todoman(number, folder)}
    times = interleaved(ways, runs)
    cold = interleaved(_cold(number, folder), max(1, runs // 3))
    goals = [Goal(f"{number:,} 件，没有索引，与只读通全部记录相比", cold.ratio(COLD, READ), most=1.3)]
    if number >= MANY:  # with fewer what is compared is how soon a program has started
        ratios = [("dafu list", LIST, 0.3), ("dafu due", DUE, 0.3), ("改了一件以后", CHANGED, 0.45)]
        goals += [
            Goal(f"{number:,} 件，{what} 与 {other.partition('（')[0]} 相比", times.ratio(way, other), most)
            for other in (PAPIS, FOLDERS)
            for what, way, most in ratios
        ]
    order = (LIST, DUE, REPORT, CHANGED, PAPIS, FOLDERS, TODOMAN)
    rows = [*compared(times, order, LIST), *compared(cold, (COLD, READ), COLD)]
    text = (
        "整个进程；每件记录 20 个环节，约 2 KB；papis、todoman 里是同样多、同样大的条目。"
        "dafu list 印全部件的 11 列；papis list 印年份、作者、题目（每条都重找一遍排版的插件），只印文件夹时不排版。"
        "dafu 每次看一遍每个文件变没有变，papis 不看。"
    )
    return Section(f"列出 {number:,} 件记录", text, ("做法", "毫秒", "是 dafu 的"), rows, goals)


def _written(number: int, folder: Path) -> Section:
    """Measure, once, what of statistics and ledger is the spreadsheet: what they take longer than without one."""
    office, cache = folder / f"office-{number}", {"XDG_CACHE_HOME": str(folder / "cache")}
    rows = []
    for plain, sheet in SHEETS:
        without, seconds = (_once(process([*DAFU, *words], office, cache)) for words in (plain, sheet))
        share = f"{max(0.0, 1 - without / seconds):.0%}"
        rows.append([f"dafu {' '.join(sheet)}", milliseconds(without), milliseconds(seconds), share])
    heads = ("做什么", "不写表格，毫秒", "写表格，毫秒", "表格占")
    text = "整个进程，各做一次；不写表格的是印在屏幕上，或写成 CSV。"
    return Section(f"{number:,} 件的统计和台账", text, heads, rows)


def _once(act: Callable[[], None]) -> float:
    start = work()
    act()
    return work() - start


def _ours(number: int, folder: Path) -> Ways:
    office = folder / f"office-{number}"
    desk.make(office, number)
    cache = {"XDG_CACHE_HOME": str(folder / "cache")}
    listing = process([*DAFU, "list"], office, cache)
    listing()
    record = next((office / "proposals").rglob("*1.yaml"))
    changes = count()

    def changed() -> None:
        text = record.read_text(encoding="utf-8").partition("\n#")[0]
        record.write_text(f"{text}\n# {next(changes)}\n", encoding="utf-8")
        listing()

    due = process([*DAFU, "due"], office, cache, ends=1)
    return {LIST: listing, DUE: due, REPORT: process([*DAFU, "report"], office, cache), CHANGED: changed}


def _cold(number: int, folder: Path) -> Ways:
    office, cache = folder / f"office-{number}", folder / "cold"
    listing = process([*DAFU, "list"], office, {"XDG_CACHE_HOME": str(cache)})

    def cold() -> None:
        shutil.rmtree(cache, ignore_errors=True)
        listing()

    return {COLD: cold, READ: process([sys.executable, "-c", READING, office], office)}


def _papis(number: int) -> Ways:
    """Return papis on a library that is kept for the next time: to index thousands takes it many minutes."""
    program = environment.script("papis")
    if not program:
        return {}
    home = environment.cache() / f"papis-{number}"
    if not (home / "config").exists():
        shutil.rmtree(home, ignore_errors=True)
        _fill_library(home, number)
    folders = [program, "list", "--all"]
    told = [*folders, "--format", "{doc[year]} {doc[author]} {doc[title]}"]
    return {PAPIS: _kept(told, home), FOLDERS: _kept(folders, home)}


def _fill_library(home: Path, number: int) -> None:
    for n in range(number):
        place = home / "library" / f"{n:06}"
        place.mkdir(parents=True)
        title, text = f"{desk.SUBJECTS[n % 6]}第{n}件", desk.SHORT * 8
        info = INFO.format(title=title, author="林晓", year=2025, text=text, n=n + 1)
        (place / "info.yaml").write_text(info, encoding="utf-8")
    (home / "config" / "papis").mkdir(parents=True)
    (home / "config" / "papis" / "config").write_text(PAPIS_CONFIG.format(home / "library"), encoding="utf-8")


def _todoman(number: int, folder: Path) -> Ways:
    program = environment.script("todo")
    if not program:
        return {}
    lists, config = folder / "todo" / "office", folder / "config" / "todoman"
    lists.mkdir(parents=True)
    for n in range(number):
        task = TASK.format(n=n, title=f"{desk.SUBJECTS[n % 6]}第{n}件", text=desk.SHORT * 8)
        (lists / f"{n}.ics").write_text(task, encoding="utf-8", newline="")
    config.mkdir(parents=True)
    text = TODOMAN_CONFIG.format(folder / "todo", folder / "todoman.sqlite3")
    (config / "config.py").write_text(text, encoding="utf-8")
    return {TODOMAN: _kept([program, "list"], folder)}


def _kept(command: list[str], folder: Path) -> Callable[[], None]:
    """Return a run that finds its settings and its cache in *folder*; a first one makes the cache."""
    places = {"XDG_CONFIG_HOME": str(folder / "config"), "XDG_CACHE_HOME": str(folder / "cache")}
    places |= {"HOME": str(folder), "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")}
    run = process(command, folder, places)
    run()
    return run
