"""Hand a year of the archive over: a folder that explains itself, and is a workspace of its own."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dafu import files, store
from dafu.archive import shelf, verifying
from dafu.archive.shelf import Shelf
from dafu.desk import catalogue, filing
from dafu.desk.case import cases, holidays_path
from dafu.desk.verify import case_of
from dafu.errors import DafuError, RefusedError, UnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from dafu.archive.verifying import Stock
    from dafu.compose import Composer
    from dafu.store import Record, Workspace
    from dafu.workdays import Calendar

SUMS, EXPLANATION = "校验码-SHA256.txt", "说明.txt"
_EXPLAINED = """\
{unit}{year}年政协提案、人大建议办理档案

一、里面有什么
共{count}个归档包，一件一个（同一件归档过几次的有几个），都在 replies/{year} 下面，用案号作文件夹名。
每个归档包里：
  data/正本          签署盖章后的答复件
  data/交办单 等     办理中形成的材料，按种类分开
  data/发文          印发时的电子文本
  data/记录          这一件的记录（纯文本）
  data/目录.txt      这个包里文件的目录
  bag-info.txt       这个包的说明
  manifest-sha256.txt、tagmanifest-sha256.txt  各文件的 SHA-256 校验码
归档包合乎国际标准 BagIt 1.0（RFC 8493），任何支持它的工具都能核对。
归档文件目录.xlsx、归档文件目录.docx 是全年的目录；replies/归档登记/{year}.txt 是归档登记。
proposals 里是各件的现行记录，dafu.yaml 是本单位的设置。以上文本文件都是 UTF-8 编码。

二、怎样核对
在这个文件夹里运行：sha256sum -c {sums}
（Windows：certutil -hashfile 文件名 SHA256，同 {sums} 里的一行对照。）
归档登记每行的末一栏是本行的摘要，末行的摘要应当是：
{root}
它同归档单位另行打印或者登记的摘要一致，就证明全年的归档包都没有换过。
装有 dafu 的，在这个文件夹里运行 dafu verify，可以一次核对全部。

三、怎样读回来
这个文件夹本身就是一个 dafu 工作区。要并入别的工作区，把 proposals 和 replies 两个文件夹复制进去，再运行 dafu verify。
"""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was handed over: how many bags, the root digest of the year, and the cases that have no record."""

    target: Path
    bags: int
    root: str
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Export:
    """A year of the archive that goes into *target*, which must be empty or absent."""

    workspace: Workspace
    records: Sequence[Record]
    composer: Composer
    calendar: Calendar
    today: date
    year: int
    target: Path
    dry: bool = False

    @property
    def shelf(self) -> Shelf:
        """Return the archive of the workspace."""
        return Shelf(self.workspace.replies)

    def stock(self) -> Stock:
        """Return what is to be handed over; raises UnusableError when nothing was archived in the year."""
        stock = verifying.take_stock(self.shelf, lambda line: line.path.startswith(f"{self.year}/"))
        if not stock.bags:
            raise UnusableError(f"{self.year}年没有归档的件（用 dafu catalogue 看有哪些）")
        return stock


def export(order: Export, stock: Stock, tick: Callable[[], None] = lambda: None) -> Exported:
    """Copy the bags of a year with all that explains them, and verify them before and after.

    Raises RefusedError where *target* is not empty or where anything is not as it was archived; *target* is empty then.
    """
    for folder in (order.workspace.proposals, order.workspace.replies):
        if order.target.resolve().is_relative_to(folder.resolve()):
            raise RefusedError(f"{order.target} 在 {folder.name} 里面，会同原来的混在一起（换到别处）")
    begun = None if order.dry else _begun(order.target)
    if begun is None and order.target.exists() and (not order.target.is_dir() or any(order.target.iterdir())):
        raise RefusedError(f"{order.target} 不是空文件夹，没有导出（换一个不存在的或空的文件夹）")
    _refuse(verifying.judge(stock, tick))
    lines = [line for line in stock.lines if line.path.startswith(f"{order.year}/")]
    archived = {line.case for line in lines}
    records = [record for record in order.records if case_of(record, order.workspace) in archived]
    known = {case_of(record, order.workspace) for record in records}
    contents = dict(_contents(order, stock, records))
    root = shelf.trusted(order.shelf, order.year).root
    about = _EXPLAINED.format(
        unit=order.workspace.office.unit.full, year=order.year, count=len(stock.bags), sums=SUMS, root=root
    )
    if begun:
        _move_up(begun)
    elif not order.dry:
        _move_up(_built(order, {**contents, EXPLANATION: about.encode()}, records))
    return Exported(order.target, len(stock.bags), root, tuple(sorted(archived - known)))


def _refuse(findings: Iterator[verifying.Finding]) -> None:
    wrong = [str(finding.problem) for finding in findings]
    if wrong:
        raise RefusedError("\n".join([*wrong, "同归档时不一致，没有导出（先查明、恢复，dafu verify 没有问题再导出）"]))


def _contents(order: Export, stock: Stock, records: Sequence[Record]) -> Iterator[tuple[str, Path]]:
    """Yield the files to be copied, with their names in the export: those that they have in the workspace."""
    root = order.workspace.root
    paths = [bag.folder / name for _, bag in stock.bags for name in sorted(_names(bag.folder))]
    paths += [order.shelf.register(order.year), root / store.OFFICE]
    paths += [path for record in records for path in filing.sources_of(record, root)]
    if holidays_path(order.workspace).exists():
        paths.append(holidays_path(order.workspace))
    yield from ((path.relative_to(root).as_posix(), path) for path in dict.fromkeys(paths))


def _names(bag: Path) -> Iterator[str]:
    return (path.relative_to(bag).as_posix() for path in bag.rglob("*") if path.is_file())


def _begun(target: Path) -> Path | None:
    """Return the proved export that a killed run has begun to move up; what came not so far is removed."""
    unfinished = [path for path in target.glob(f".*{files.TEMPORARY}") if path.is_dir()]
    is_alone = len(unfinished) == sum(1 for _ in target.iterdir()) if unfinished else False
    proved = next((path for path in unfinished if (path / SUMS).exists() and not is_alone), None)
    for path in unfinished:
        if path != proved:
            files.discard(path)
    return proved


def _built(order: Export, contents: Mapping[str, bytes | Path], records: Sequence[Record]) -> Path:
    """Build the export inside *target* under a name of ours and prove it; return that folder."""
    temporary = files.beside(order.target / str(order.year))
    try:
        stored = files.fill(temporary, contents)
        digests = {name: one.digest for name, one in stored.items()} | _catalogued(order, temporary, records)
        files.fill(temporary, {SUMS: _sums(digests)})
        _refuse(verifying.judge(verifying.take_stock(Shelf(temporary / store.REPLIES))))
    except BaseException:
        with suppress(DafuError, OSError):  # the first failure is the one to be told
            files.discard(temporary)
        raise
    return temporary


def _move_up(temporary: Path) -> None:
    """Give the parts of a proved export their names, the proof last; whoever is stopped goes on with the next run."""
    for path in sorted(temporary.iterdir(), key=lambda path: path.name == SUMS):
        files.publish(path, temporary.parent / path.name)
    files.discard(temporary)


def _catalogued(order: Export, folder: Path, records: Sequence[Record]) -> dict[str, str]:
    """Write the catalogue of the year into *folder*; return the digests of its files by name."""
    every = cases(order.workspace, order.records, order.calendar, order.today)  # a lead may be of another year
    ours = {record.path for record in records}
    chosen = catalogue.items((case for case in every if case.record.path in ours), order.composer)
    paths = [folder / f"{catalogue.TITLE}{suffix}" for suffix in (".xlsx", ".docx")]
    drawn = catalogue.drawn(chosen, *paths, stamps=False)
    stored = files.fill(folder, {path.name: data for path, data in drawn.items()})
    return {name: one.digest for name, one in stored.items()}


def _sums(digests: Mapping[str, str]) -> bytes:
    """Return what `sha256sum -c` reads; a name with a backslash or a line break is escaped as it does."""
    return "".join(_sum(name, digest) for name, digest in sorted(digests.items())).encode(errors="surrogateescape")


def _sum(name: str, digest: str) -> str:
    escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")
    return f"{'' if escaped == name else chr(92)}{digest}  {escaped}\n"
