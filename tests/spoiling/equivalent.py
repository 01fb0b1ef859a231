"""Mutants that mean the same as the original, each with the reason: no test could notice them."""

from __future__ import annotations

_LONGER = "one more try, or one more second of patience, changes no outcome"
_FROM_ONE = "serials begin at 1, so the higher of the two is the same"
_PROVED = "what was not set is found by the proof that follows, with the same sentence"

_NEXT = "the first year without a notice is taken, however many come after it"
_NAMED = "the steps that ask and answer always name the unit"

_DATED = "an extension always names its day"
_NAMED_ASIDE = "eight digits of the digest or nine: the name is told, not known"
_SLOWER = "whoever is overtaken reads the whole register again: later, and the same number"
_FIELDED = "a fault of a record's own value names its field"
_FALSY = "who asks only asks whether it is true"
_LINED = "of the faults of one file each has a line, or none has"
_ASKED = "what was asked for or promised has the event that did so"
_GRANTED = "结果 is a field of 退办结果 alone"
_CLEAR = "a line without a number has been refused above"
_READ = "of a record that was read without fault the value is a scalar"
_SPELT = "JSON says the same with or without escapes and indentation"
_QUICKER = "a file that does not mention the number is only passed over sooner"

# file below dafu/, the line as it stands, what is put in: why nothing changes
EQUIVALENT: dict[tuple[str, str, str], str] = {
    (
        "register/book.py",
        "_PATIENCE, _PAUSE = 10, 0.05  # how often, and how many seconds apart, an empty file is looked at again",
        "11",
    ): _LONGER,
    (
        "register/taking.py",
        "_PATIENCE, _PAUSE = 20, 0.05  # how often one number is tried, and how many seconds apart",
        "21",
    ): _LONGER,
    ("register/book.py", "marks[series] = max(number.serial, marks.get(series, 0))", "1"): _FROM_ONE,
    (
        "store/journal.py",
        'lines = (json.dumps(change._asdict(), ensure_ascii=False) + "\\n" for change in changes)',
        "True",
    ): _SPELT,
    (
        "store/imported.py",
        "files.write(_path(workspace, record), json.dumps(values, ensure_ascii=False, indent=1).encode())",
        "2",
    ): _SPELT,
    (
        "store/imported.py",
        "files.write(_path(workspace, record), json.dumps(values, ensure_ascii=False, indent=1).encode())",
        "True",
    ): _SPELT,
    (
        "store/finding.py",
        "return read_all(workspace, [path for path in record_paths(workspace)[0] if _mentions(path, number)])",
        "for path in record_paths(workspace)[0]",
    ): _QUICKER,
    (
        "deadlines/clocks.py",
        "due = max([base, *(event.until for event in span.extensions if event.until)])",
        "for event in span.extensions",
    ): _DATED,
    (
        "deadlines/clocks.py",
        'return f"{span.start.step}时写明" if is_asked and span.start else "期限由记录写明"',
        "is_asked",
    ): _ASKED,
    ("deadlines/running.py", "if event.until is not None and event.until > due:", "event.until > due"): _DATED,
    (
        "deadlines/history.py",
        "granted = step is Step.RETURN_RESULT and event.decision is Decision.GRANTED",
        "event.decision is Decision.GRANTED",
    ): _GRANTED,
    (
        "register/book.py",
        "return _highest(number for *_, number in written if number)",
        "for *_, number in written",
    ): _CLEAR,
    (
        "store/journal.py",
        "_WAIT = 10  # seconds for a colleague's write to end; a write takes milliseconds",
        "11",
    ): _LONGER,
    (
        "store/reading.py",
        "texts = (one.value.text.strip() for one in names if one and isinstance(one.value, Scalar))",
        "one",
    ): _READ,
    (
        "store/reading.py",
        "return sorted(problems, key=lambda problem: (problem.file, problem.line or 0))",
        "problem.line",
    ): _LINED,
    ("store/reading.py", "return sorted(problems, key=lambda problem: (problem.file, problem.line or 0))", "1"): _LINED,
    ("register/book.py", "return False", "return None"): _FALSY,
    (
        "register/taking.py",
        "other = None if entry else _taken_by(register, number)",
        "None if not entry else _taken_by(register, number)",
    ): _SLOWER,
    (
        "store/reading.py",
        "problems = _by_line([*problems, *faults, *(one for one in absent if not one.field or one.field not in told)])",
        "one.field not in told",
    ): _FIELDED,
    ("store/finding.py", "records = mentioning(workspace, series[-1])", "2"): _QUICKER,
    (
        "store/journal.py",
        'aside = path.with_name(f"{path.name}.{files.digest(data)[:8]}.bak")',
        "9",
    ): _NAMED_ASIDE,
    ("register/taking.py", "if refused[number] > 1:", "2"): _LONGER,
    ("register/taking.py", "if refused[number] > 1:", "if not refused[number] > 1: time.sleep(_PAUSE)"): _LONGER,
    ("deadlines/running.py", "years = range(counted.start.year, counted.latest.year + 2)", "3"): _NEXT,
    ("deadlines/history.py", 'asked, answered = found.get(event.unit or "", (None, None))', "event.unit"): _NAMED,
    ("deadlines/history.py", 'found[event.unit or ""] = (n, None)', "event.unit"): _NAMED,
    ("deadlines/history.py", 'found[event.unit or ""] = (asked, n)', "event.unit"): _NAMED,
    ("register/entry.py", 'raise WrongUsageError(f"登记簿里写不下这些内容：{error}") from error', "pass"): _PROVED,
}
