"""One letter of four pages in a warm process: data in memory → .docx on disk, beside what others do it with."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.page import Goal, Section, compared, milliseconds
from bench.timing import DAFU, interleaved, peak, process

from bench import desk, environment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bench.sizes import Sizes

    from dafu.desk.draft import Drafting
    from dafu.model import Proposal
    from dafu.store import Record

TODAY = date(2025, 9, 1)
_MEMORY = Path("/dev/shm")  # noqa: S108 -- in it a folder of our own is made
OURS, PROVED, FROM_TEXT = "dafu：记录 → 模板 → 公文 → .docx", "dafu：同上，再读回核对", "dafu：从 YAML 文字起"
FLOOR, DOCUMENTED, TUNED = "只压缩正文部分（zlib 6）", "docxtpl，照文档写", "docxtpl，模板只编译一次"
FROM_YAML = "yaml.safe_load + docxtpl"
BODY = "body"
FIELDS = ("n", "s", "c", "p", "d", "g")  # number, session, subject, proposers, document number, signer
_RUN = re.compile(r"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)<w:t[^>]*>([^<]*«[^<]*)</w:t></w:r>")

Ways = dict[str, "Callable[[], object]"]


class Bench:
    """A workspace with one letter, the same letter as data for others, and a template of the same look."""

    def __init__(self, folder: Path) -> None:
        from dafu import store
        from dafu.compose import Composer
        from dafu.desk.draft import Drafting

        self.folder = folder
        desk.make(folder / "desk", 3, letters=True)
        workspace = store.open_workspace(folder / "desk")
        self.composer = Composer(workspace.office, workspace.templates)
        self.drafting: Drafting = Drafting(workspace, self.composer, TODAY, dry=True)
        self.record: Record = store.load(workspace)[0][0]
        self.body = desk.body(0).split("\n")
        self.letter = self.drawn(self.record.proposal)
        self.document = zipfile.ZipFile(BytesIO(self.letter)).read("word/document.xml")

    def drawn(self, proposal: Proposal) -> bytes:
        """Return the letter of *proposal*, as `draft` makes it."""
        from dafu import layout
        from dafu.desk.draft import compose

        return layout.draw(compose(self.composer, proposal, "答复").letter)

    def values(self) -> dict[str, Any]:
        """Return what others need to say the same."""
        proposal = self.record.proposal
        said = (proposal.number, proposal.session, proposal.subject, "、".join(one.name for one in proposal.proposers))
        return {**dict(zip(FIELDS, (*said, "东商〔2025〕1号", "周明远"), strict=True)), BODY: self.body}

    def template(self, name: str, tag: str, *body: str) -> Path:
        """Write a template of the same look: *tag* with each field in it, *body* lines where the text goes."""
        proposal, tags = self.record.proposal, {field: tag.format(field) for field in FIELDS}
        reply = proposal.reply
        assert reply is not None  # noqa: S101 -- every letter of the bench has one
        events = tuple(event for event in proposal.events if event.number is None and event.signer is None)
        made = replace(
            proposal,
            number=tags["n"],
            session=tags["s"],
            subject=tags["c"],
            proposers=(replace(proposal.proposers[0], person=tags["p"]),),
            reply=replace(reply, number=tags["d"], signer=tags["g"], body="\n".join(body), signed_on=TODAY),
            events=events,
        )
        path = self.folder / name
        path.write_bytes(self.drawn(made))
        return path


def measure(sizes: Sizes, folder: Path) -> Iterator[Section]:
    """Measure one letter, and many."""
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as place:
        yield _one(sizes, Path(place))
    yield _many(sizes, folder)


def _one(sizes: Sizes, folder: Path) -> Section:
    bench = Bench(folder)
    ways = {**_ours(bench), **_docxtpl(bench), **_other_python(bench), **_pandoc(bench), **_node(bench)}
    times = interleaved(ways, sizes.rounds)
    every = (FLOOR, OURS, PROVED, DOCUMENTED, TUNED, *OTHERS)
    goals = [
        Goal("一件答复件，与 docxtpl 照文档写的相比（快多少）", times.ratio(DOCUMENTED, OURS), least=25),
        Goal("一件答复件，与只压缩正文部分相比（慢多少）", times.ratio(OURS, FLOOR), most=3),
        Goal("从 YAML 文字起，与 safe_load + docxtpl 相比（快多少）", times.ratio(FROM_YAML, FROM_TEXT), least=20),
    ]
    text = f"一件四面的答复件（约 {len(''.join(bench.body))} 字），程序已在运行，写成内存里的文件。"
    rows = [*compared(times, every, OURS), *compared(times, (FROM_TEXT, FROM_YAML), FROM_TEXT)]
    return Section("一件答复件", text, ("做法", "毫秒", "是 dafu 的"), rows, goals)


def _many(sizes: Sizes, folder: Path) -> Section:
    """Draft many letters at once, with one core and with all of them."""
    rows, speed, peaks = [], None, []
    for count in sizes.letters:
        place = folder / f"many-{count}"
        desk.make(place, count, letters=True)
        command = [*DAFU, "-C", place, "draft", "--all", "-n"]
        process([*DAFU, "-C", place, "list"], folder)()  # the index is there
        times = interleaved(
            {"one": process(["taskset", "-c", "0", *command], folder), "all": process(command, folder)},
            max(1, sizes.runs // 3),
            time.perf_counter,
        )
        speed, memory = times.ratio("one", "all"), peak(command, folder)
        peaks.append(memory)
        each = [milliseconds((times.median(way) or 0) / count) for way in ("one", "all")]
        rows.append([f"{count:,}", *each, f"{speed:.2f} 倍", f"{memory:.0f}"])
    goals = [
        Goal("一批答复件，用全部核比用一个核（快多少）", speed, least=1.7),
        Goal("一批答复件，件数多十倍以后占用的内存", peaks[-1] / peaks[0], most=1.2),
    ]
    text = "`dafu draft --all -n` 整个进程，看钟：找出要写的、读记录、套版、读回核对，不写。内存是最大的那个进程的。"
    return Section("一批答复件", text, ("件数", "一个核，每件毫秒", "全部核，每件毫秒", "快", "内存 MB"), rows, goals)


def _ours(bench: Bench) -> Ways:
    from dafu import store
    from dafu.desk.draft import Asked, outcomes

    out, proposal = bench.folder / "ours.docx", bench.record.proposal

    def proved() -> None:
        (outcome,) = outcomes(bench.drafting, [Asked(bench.record, None)])
        _written(out, outcome.drafted[0].docx)

    def from_text() -> None:
        record = store.read(bench.drafting.workspace, bench.record.path)
        _written(out, bench.drawn(record.proposal))

    return {
        FLOOR: lambda: zlib.compress(bench.document, 6),
        OURS: lambda: _written(out, bench.drawn(proposal)),
        PROVED: proved,
        FROM_TEXT: from_text,
    }


def _written(path: Path, data: bytes) -> None:
    """Write as dafu does, by the system's own calls, but for the waiting until it is on the disk."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def _docxtpl(bench: Bench) -> Ways:
    docxtpl = environment.peer("docxtpl")
    if docxtpl is None:
        return {}
    import yaml
    from jinja2 import Environment

    path = bench.template("docxtpl.docx", "{{{{{}}}}}", "{%p for line in body %}", "{{line}}", "{%p endfor %}")
    values, out = bench.values(), bench.folder / "docxtpl-out.docx"
    text = yaml.safe_dump(values, allow_unicode=True) + bench.record.text[bench.record.text.index("办理过程") :]
    packed = path.read_bytes()
    first = docxtpl.DocxTemplate(path)
    first.init_docx()
    compiled = Environment(autoescape=True).from_string(first.patch_xml(first.get_xml()))

    def documented(said: Mapping[str, Any]) -> None:
        template = docxtpl.DocxTemplate(path)
        template.render(said)
        template.save(out)

    def tuned() -> None:
        template = docxtpl.DocxTemplate(BytesIO(packed))
        template.init_docx()
        template.map_tree(template.fix_tables(compiled.render(values)))
        template.save(out)

    return {
        DOCUMENTED: partial(documented, values),
        TUNED: tuned,
        FROM_YAML: lambda: documented(yaml.safe_load(text)),
    }


PYTHON_DOCX, MAILMERGE, PANDOC = "python-docx，照文档写", "docx-mailmerge2", "pandoc（每件一个进程）"
DOCXTEMPLATER, CARBONE = "docxtemplater（Node）", "carbone（Node）"
OTHERS = (PYTHON_DOCX, MAILMERGE, PANDOC, DOCXTEMPLATER, CARBONE)


def _other_python(bench: Bench) -> Ways:
    docx, mailmerge = environment.peer("docx"), environment.peer("mailmerge")
    out, values = bench.folder / "python-out.docx", bench.values()
    template = _mergeable(bench.template("merge.docx", "«{}»", f"«{BODY}»"))
    merged = {**values, BODY: "\n".join(bench.body)}

    def python_docx() -> None:
        document = docx.Document()
        for line in (values["n"], values["s"], values["c"], values["p"], values["d"], values["g"], *bench.body):
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.line_spacing = docx.shared.Pt(29)
            paragraph.paragraph_format.first_line_indent = docx.shared.Pt(32)
            run = paragraph.add_run(line)
            run.font.name, run.font.size = "仿宋_GB2312", docx.shared.Pt(16)
            run.element.rPr.rFonts.set(docx.oxml.ns.qn("w:eastAsia"), "仿宋_GB2312")
        document.save(str(out))

    def mail_merge() -> None:
        with mailmerge.MailMerge(template) as document:
            document.merge(**merged)
            document.write(out)

    return {**({PYTHON_DOCX: python_docx} if docx else {}), **({MAILMERGE: mail_merge} if mailmerge else {})}


def _mergeable(template: Path) -> Path:
    """Turn the «fields» of a letter into merge fields, as Word writes them."""

    def split(run: re.Match[str]) -> str:
        plain = f"<w:r>{run[1]}<w:t>{{}}</w:t></w:r>"
        field = f'<w:fldSimple w:instr=" MERGEFIELD {{0}} ">{plain}</w:fldSimple>'
        parts = re.split("«(.+?)»", run[2])
        return "".join((field if at % 2 else plain).format(part) for at, part in enumerate(parts) if part)

    made = BytesIO()
    with zipfile.ZipFile(template) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).decode()
            new.writestr(name, _RUN.sub(split, part) if name == "word/document.xml" else part)
    template.write_bytes(made.getvalue())
    return template


def _pandoc(bench: Bench) -> Ways:
    program = environment.pandoc()
    if not program:
        return {}
    text = "\n\n".join([f"# {bench.values()['c']}", *bench.body]).encode()
    reference = bench.folder / "reference.docx"
    reference.write_bytes(bench.letter)
    command = [
        program,
        "-f",
        "markdown",
        "-t",
        "docx",
        "--reference-doc",
        reference,
        "-o",
        bench.folder / "pandoc.docx",
    ]
    return {PANDOC: lambda: subprocess.run([*map(str, command)], input=text, check=True)}


def _node(bench: Bench) -> Ways:
    modules = environment.node_modules()
    if not modules:
        return {}
    data = bench.folder / "values.json"
    data.write_text(json.dumps(bench.values() | {"d": bench.values()}), encoding="utf-8")
    simple = bench.template("docxtemplater.docx", "{{{}}}", "{#body}", "{.}", "{/body}")
    nested = bench.template("carbone.docx", "{{d.{}}}", "{d.body[i]}", "{d.body[i+1]}")
    return {
        DOCXTEMPLATER: _rendering(bench, modules, "docxtemplater", simple),
        CARBONE: _rendering(bench, modules, "carbone", nested),
    }


def _rendering(bench: Bench, modules: Path, engine: str, template: Path) -> Callable[[], float]:
    """Start a renderer that goes on running; returns what lets it render once and tells its seconds."""
    script = environment.ROOT / "bench" / "node" / "render.js"
    places = (script, engine, template, bench.folder / "values.json", bench.folder / f"{engine}-out.docx")
    running = subprocess.Popen(
        ["node", *map(str, places)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | {"NODE_PATH": str(modules)},
    )

    def once() -> float:
        assert running.stdin is not None  # noqa: S101 -- both are pipes
        assert running.stdout is not None  # noqa: S101
        running.stdin.write("\n")
        running.stdin.flush()
        return float(running.stdout.readline()) / 1000

    return once
