"""Ways to spoil the program that someone in a hurry might find harmless, each with the tests that must notice."""

from __future__ import annotations

from typing import NamedTuple


class Patch(NamedTuple):
    """One spoiled place: *old* stands once in *file* and becomes *new*; *tests* must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: str


_WRITING, _LOCKING, _READING = "files/writing.py", "files/locking.py", "files/reading.py"
_TAKING, _BOOK, _ENTRY = "register/taking.py", "register/book.py", "register/entry.py"
_JOURNAL, _DRAFT = "store/journal.py", "desk/draft.py"
_T_WRITING, _T_LOCKING, _T_READING = "files/test_writing.py", "files/test_locking.py", "files/test_reading.py"
_T_TAKING = "register/test_taking.py"
_T_DURABLE = "register/test_crashes.py::test_what_another_may_not_have_made_durable_is_made_so_before_a_number_is_shown"
_T_JOURNAL = "store/test_journal.py"

PATCHES = (
    # --- a file is whole and durable
    Patch("the file is not synced", _WRITING, "        os.fsync(descriptor)\n    finally", "    finally", _T_WRITING),
    Patch(
        "the folder is not synced",
        _WRITING,
        "        os.fsync(descriptor)\n    except",
        "        pass\n    except",
        _T_WRITING,
    ),
    Patch(
        "a write that fails to sync is kept",
        _WRITING,
        "        os.fsync(descriptor)\n    finally",
        "        with suppress(OSError):\n            os.fsync(descriptor)\n    finally",
        _T_WRITING,
    ),
    Patch("a short write is taken for a whole one", _WRITING, "        while rest:", "        if rest:", _T_WRITING),
    Patch("the written bytes are not read back", _WRITING, "temporary.read_bytes() != data", "False", _T_WRITING),
    Patch("the temporary file stays", _WRITING, "temporary.unlink(missing_ok=True)", "pass", _T_WRITING),
    Patch("a file loses its mode", _WRITING, "        if mode is not None:", "        if False:", _T_WRITING),
    Patch("a link is replaced by a file", _WRITING, "Path(os.path.realpath(path))", "path", _T_WRITING),
    # --- nobody is overwritten
    Patch(
        "a new file replaces an old one", _WRITING, "path.hardlink_to(temporary)", "temporary.replace(path)", _T_WRITING
    ),
    Patch(
        "a name is reserved though it is taken",
        _WRITING,
        "O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))",
        "O_WRONLY | os.O_CREAT, 0o644))",
        _T_WRITING,
    ),
    Patch("what was published is not read again", _WRITING, "if written != data:", "if False:", _T_WRITING),
    Patch(
        "the digest before the replace is not checked", _WRITING, "if expected is not None:", "if False:", _T_WRITING
    ),
    Patch(
        "the record is saved though it changed since",
        _JOURNAL,
        "if files.digest(data) != record.digest:",
        "if False:",
        _T_JOURNAL,
    ),
    Patch("the journal is not written", _JOURNAL, "        _write(path, [*changes, change])\n", "", _T_JOURNAL),
    Patch(
        "the lock is not taken",
        _LOCKING,
        "        lock.acquire(timeout=max(0, until - time.monotonic()), poll_interval=_POLL)",
        "        pass",
        _T_LOCKING,
    ),
    Patch(
        "a lock of another computer is taken over",
        _LOCKING,
        "if previous and previous.host == mine.host:",
        "if previous:",
        _T_LOCKING,
    ),
    Patch(
        "a lock is given back that is not ours any more",
        _LOCKING,
        "if _bytes(note) == _written(mine):",
        "if True:",
        _T_LOCKING,
    ),
    Patch(
        "an edited letter is overwritten",
        _DRAFT,
        "return not carried or carried != layout.content_hash(docx)",
        "return False",
        "desk/test_draft.py",
    ),
    Patch(
        "an output replaces any file",
        "store/outputs.py",
        "if digest and digest not in known:",
        "if False:",
        "store/test_outputs.py",
    ),
    # --- numbers
    Patch(
        "the next number is counted, not looked up",
        _TAKING,
        "max(taken, default=0) + 1",
        "len(list(taken)) + 1",
        _T_TAKING,
    ),
    Patch(
        "numbers typed by hand do not count",
        _TAKING,
        "[*(entry.number for entry in found), *known]",
        "[entry.number for entry in found]",
        _T_TAKING,
    ),
    Patch("a number is shown before it is durable", _TAKING, "        files.confirm(name)", "        pass", _T_DURABLE),
    Patch("the trace is not left", _TAKING, "    leave_trace(register, entry.number)\n", "", _T_TAKING),
    Patch("a register that vanished begins anew", _TAKING, "    if missing:", "    if False:", _T_TAKING),
    Patch("a broken entry is passed over", _TAKING, "    if serious:", "    if False:", _T_TAKING),
    Patch("a paper gets a number twice", _TAKING, "    if held:", "    if False:", _T_TAKING),
    Patch("a void number lives on", _TAKING, " and not entry.is_void), None)", "), None)", _T_TAKING),
    Patch("a code may be any file name", _ENTRY, r'"[^\W\d_]{1,20}"', '".{1,30}"', _T_TAKING),
    Patch(
        "an entry is not proved before it is written",
        _ENTRY,
        "if understand(data)[0] != meant:",
        "if False:",
        _T_TAKING,
    ),
    Patch(
        "a misnamed entry is believed",
        _BOOK,
        "if entry is None or register.path_of(entry.number) == path:",
        "if True:",
        "register/test_book.py",
    ),
    Patch(
        "a number typed twice is let through",
        "desk/numbering.py",
        "if number and (holders := _holders(workspace, number, place, _papers(issue.proposal))):",
        "if False:",
        "desk/test_numbering.py",
    ),
    # --- what is read
    Patch("a pipe is read", _READING, "if not stat.S_ISREG(found.st_mode):", "if False:", "files"),
    Patch("a file of any size is read", _READING, "if len(data) > limit:", "if False:", _T_READING),
    Patch("a path may lead out of the workspace", _READING, "if within is not None and", "if False and", _T_READING),
    Patch(
        "a conflict copy is a record",
        "files/walking.py",
        "elif is_copy(entry.name):",
        "elif False:",
        "files/test_walking.py",
    ),
    Patch("a number may have leading zeros", "docnumber.py", "[1-9][0-9]{0,5}", "[0-9]{1,6}", "test_docnumber.py"),
    Patch(
        "anything may follow a number",
        "docnumber.py",
        "_FORM.fullmatch(text)",
        "_FORM.match(text)",
        "test_docnumber.py",
    ),
    # --- archive, tables, deadlines
    Patch(
        "a changed byte of the archive is not found",
        "archive/fixity.py",
        "if found.get((name, one), digest) != digest]",
        "if False]",
        "archive/test_fixity.py",
    ),
    Patch(
        "an added file of the archive is not found",
        "archive/fixity.py",
        "for name in bag.added if name not in moved",
        "for name in ()",
        "archive/test_fixity.py",
    ),
    Patch(
        "the chain of the register is not checked",
        "archive/seal.py",
        "    elif line.previous != (before.own if before else _digest(_HEAD.format(year=year))):",
        "    elif False:",
        "archive/test_seal.py",
    ),
    Patch(
        "a bag is not held against the register",
        "archive/verifying.py",
        "    if seal != line.manifest:",
        "    if False:",
        "archive/test_fixity.py",
    ),
    Patch(
        "a bag is not proved before it is sealed",
        "desk/archive.py",
        "    if stored[record] != act.record.digest or changed:",
        "    if False:",
        "desk/test_archive.py",
    ),
    Patch(
        "an export may go anywhere",
        "desk/export.py",
        "    _refuse(verifying.judge(stock, tick))\n",
        "",
        "cli/test_export.py",
    ),
    Patch("a text becomes a formula", "sheets/writing.py", 'cell.data_type = "s"', "pass", "sheets/test_writing.py"),
    Patch(
        "a cut text stays in its cell",
        "sheets/writing.py",
        "    if length_of(text) > LONGEST:",
        "    if False:",
        "sheets/test_writing.py",
    ),
    Patch(
        "the first day counts",
        "deadlines/limits.py",
        "            return moved_by(start, limit.amount)",
        "            return moved_by(start, limit.amount - 1)",
        "deadlines",
    ),
    Patch(
        "every period rolls over",
        "deadlines/limits.py",
        "rolls_over and limit.measure in _PERIODS",
        "limit.measure in _PERIODS",
        "deadlines",
    ),
    Patch(
        "months have thirty days",
        "deadlines/limits.py",
        "            return months_after(start, limit.amount)",
        "            return moved_by(start, 30 * limit.amount)",
        "deadlines",
    ),
    # --- letters
    Patch("the letter is not read back", _DRAFT, "    if gone:", "    if False:", "desk/test_draft.py"),
    Patch(
        "loops of a template have no end",
        "compose/sandbox.py",
        "        if Items.room < 0:",
        "        if False:",
        "compose/test_sandbox.py",
    ),
    Patch(
        "templates may call functions",
        "compose/limits.py",
        "    yield from _calls(every)\n",
        "",
        "compose/test_limits.py",
    ),
    Patch(
        "control characters reach the screen",
        "errors.py",
        "    if text.isprintable():\n",
        "    if True:\n",
        "test_errors.py",
    ),
)
