"""What YAML read without complaint and the clerk can hardly have meant."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dafu.errors import Problem
from dafu.yamltext.lines import COLON_CURE, WIDE_BLANKS, line_cause
from dafu.yamltext.nodes import Mapping, Scalar, Sequence
from dafu.yamltext.screening import FORBIDDEN, LINE_BREAK

if TYPE_CHECKING:
    from dafu.yamltext.nodes import Entry, Node

_HASH = re.compile(r"#[^\s#]")
_CUT = re.compile(r"[ \t]+#+[^\s#]")
_WIDE_START = re.compile(rf"[ \t]*[{WIDE_BLANKS}]")
_NEXT_KEY = re.compile(r"\s*[^\W\d_][^\s：:\"']{0,19}:(?:\s|$)")
_LIST_MARK = re.compile(r"[ \t]*-[ \t]")
_ORDINARY_KEY = re.compile(r"[\w（）/·-]+(?: [\w（）/·-]+)*")
_OWN_LINE = frozenset({"Y303", "Y304", "Y305"})


def doubts(text: str, root: Node | None) -> list[Problem]:
    """Return what in *root*, read from *text*, was hardly meant so; None is an empty text."""
    if root is None or (isinstance(root, Scalar) and root.start == root.end):
        return [Problem("Y109", "文件里没有内容", "写上“键: 值”，每行一个", line=1)]
    walk = _Walk(text)
    if isinstance(root, Mapping):
        walk.mapping(root, root)
        return walk.found
    lines = walk.lines_of(root) if isinstance(root, Scalar) and not root.style else []
    cure = "每行写一个键，后面接半角冒号和空格"
    return lines or [Problem("Y105", "最外层不是一组“键: 值”", cure, line=root.line)]


class _Walk:
    def __init__(self, text: str) -> None:
        self.found: list[Problem] = []
        self._text = text
        self._path: list[str] = []
        self._may_be_cut = _HASH.search(text) is not None

    def visit(self, node: Node, line: int, block: Mapping | Sequence) -> None:
        """Look at *node*, whose key stands on *line*, inside *block*, the innermost that is not in brackets."""
        if isinstance(node, Scalar):
            if not node.style:
                self._plain(node, line)
            elif node.style in "'\"":
                self._quoted(node, block)
        elif isinstance(node, Mapping):
            self.mapping(node, block if node.flow else node)
        else:
            self._sequence(node, block if node.flow else node)

    def mapping(self, node: Mapping, block: Mapping | Sequence) -> None:
        """Look at the keys and values of *node*."""
        text = self._text
        for name, entry in node.entries.items():
            if self._says_itself(name, entry):
                continue
            self._path.append(name)
            if not (_is_ordinary(name) and text.startswith(":", entry.key.end)):
                self._odd_key(entry, is_flow=node.flow)
            self.visit(entry.value, entry.key.line, block)
            self._path.pop()

    def _says_itself(self, name: str, entry: Entry) -> bool:
        """Tell whether *entry* stands in the text just as it was read: most do, and need no further look."""
        value = entry.value
        if type(value) is not Scalar or value.style:
            return False
        if not self._text.startswith(f"{name}: {value.text}", entry.key.start):
            return False
        return _is_ordinary(name) and not (self._may_be_cut and _CUT.match(self._text, value.end))

    def _sequence(self, node: Sequence, block: Mapping | Sequence) -> None:
        for number, item in enumerate(node.items, start=1):
            self._path.append(str(number))
            self.visit(item, item.line, block)
            if node.flow and isinstance(item, Scalar) and _is_half_quoted(item):
                message = f"“{item.text}”的中文引号不起引号的作用，逗号把它断开了"
                self._doubt("Y318", message, "最外层改用英文引号", item.line)
            self._path.pop()

    def _doubt(self, code: str, message: str, cure: str, line: int) -> None:
        self.found.append(Problem(code, message, cure, ".".join(self._path), line))

    def _plain(self, node: Scalar, line: int) -> None:
        if self._may_be_cut and _CUT.match(self._text, node.end):
            message = "“ #”把后面的文字变成了注释"
            cure = "是文字就给整个值加英文引号；是注释就在 # 后空一格"
            self._doubt("Y401", message, cure, self._line_at(node))
        if not self._text.startswith(node.text, node.start):
            self.found += self.lines_of(node, is_own=node.line != line)
        elif node.line != line and node.text:
            self.found += self.lines_of(node, is_own=True)

    def _line_at(self, node: Scalar) -> int:
        return node.line + len(LINE_BREAK.findall(self._text, node.start, node.end))

    def lines_of(self, node: Scalar, *, is_own: bool = True) -> list[Problem]:
        """Return the faults of a plain scalar's lines, of its first one too when it stands there alone or amiss."""
        raw = LINE_BREAK.split(self._text[node.start : node.end])
        found = [_own_line_fault(line, node.line + index) for index, line in enumerate(raw)]
        if not is_own and not any(found[1:]):
            return []
        return [problem for problem in found if problem]

    def _quoted(self, node: Scalar, block: Mapping | Sequence) -> None:
        if FORBIDDEN.search(node.text):
            self._doubt("Y106", "英文双引号里用 \\ 写出了控制字符", "删去它", node.line)
        if LINE_BREAK.search(self._text, node.start, node.end) and self._swallows(node, block):
            self._doubt("Y309", "这里开始的引号没有合上，把下面的键也引了进去", "在值的末尾补上同样的引号", node.line)

    def _swallows(self, node: Scalar, block: Mapping | Sequence) -> bool:
        """Tell whether a line inside the quotes stands no deeper than the block: YAML 1.2.2 §7.3 forbids it."""
        outer = block.start - max(self._text.rfind("\n", 0, block.start), self._text.rfind("\r", 0, block.start)) - 1
        later = LINE_BREAK.split(self._text[node.start : node.end])[1:]
        return any(_NEXT_KEY.match(line) and len(line) - len(line.lstrip(" ")) <= outer for line in later)

    def _odd_key(self, entry: Entry, *, is_flow: bool) -> None:
        key, text = entry.key, self._text
        if key.style and key.text:
            if not re.compile(r"\s*:").match(text, key.end):
                self._doubt("Y211", f"“{key.text}”后面没有冒号", COLON_CURE, key.line)
            return
        fault = line_cause(key.text, key.line, _OWN_LINE)
        if fault and (is_flow or "：" in key.text):
            self.found.append(fault)
        elif doubt := _key_doubt(key.text):
            self._doubt(*doubt, key.line)
        elif not re.compile(r"\s*:").match(text, key.end):
            self._doubt("Y211", f"“{key.text}”后面没有冒号和值", COLON_CURE, key.line)
        elif re.compile(r"\?[ \t]+").search(text, max(0, key.start - 2), key.start):
            self._doubt("Y208", "不能用“? ”开头写键", "去掉问号", key.line)


@lru_cache(maxsize=4096)
def _is_ordinary(key: str) -> bool:
    return _ORDINARY_KEY.fullmatch(key) is not None


def _key_doubt(key: str) -> tuple[str, str, str] | None:
    if key == "<<":
        return "Y207", "不能用 << 并入别处的内容", "把内容写全"
    if not key:
        return "Y209", "冒号前面没有键", "补上键；是文字就给整个值加英文引号"
    if _WIDE_START.match(key) or key != key.strip():
        return "Y302", "键的前后有全角空格或不断行空格", "改成半角空格，每层两个"
    if key[0] in "“‘" or key[-1] in "”’":
        return "Y318", "键用了中文引号", "去掉引号，或改用英文引号"
    return None


def _own_line_fault(line: str, number: int) -> Problem | None:
    """Return why *line*, read as mere text, was likely meant as a key or an item."""
    if fault := line_cause(line, number, _OWN_LINE):
        return fault
    if _WIDE_START.match(line) and _LIST_MARK.match(line.lstrip()):
        return Problem("Y302", "缩进用了全角空格或不断行空格", "改成半角空格，每层两个", line=number)
    if _LIST_MARK.match(line):
        return Problem(
            "Y314", "列表项接在了一个已有值的键下面", "去掉上一行键后面的值；是文字就加英文引号", line=number
        )
    return None


def _is_half_quoted(item: Scalar) -> bool:
    return not item.style and item.text[:1] == "“" and "”" not in item.text
