"""The lines of a bag's manifests (RFC 8493, 2.1.3 and 2.2.1): digests and names."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dafu.errors import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ALGORITHMS = (
    *("md5", "sha1", "sha224", "sha256", "sha384", "sha512"),
    *("sha3_224", "sha3_256", "sha3_384", "sha3_512"),
)
PAYLOAD = "data/"
_NAME = re.compile(r"(?P<tags>tag)?manifest-(?P<algorithm>[a-z0-9_-]+)\.txt", re.IGNORECASE)
_LINE = re.compile(r"(?P<digest>\S+)[ \t]+\*?(?P<path>.+)", re.DOTALL)  # md5sum puts a star before binary files
_ENDS = re.compile(r"\r\n|\r|\n")
_ESCAPED = {"\n": "%0A", "\r": "%0D", "%": "%25"}
_ESCAPES = re.compile("%(0A|0D|25)", re.IGNORECASE)
_OLD_ESCAPES = re.compile("%(0A|0D)", re.IGNORECASE)  # before 1.0 a percent sign stood for itself
_DRIVE = re.compile("[A-Za-z]:")
_VERSION_1 = (1, 0)
_RESTORE = "从备份恢复"


@dataclass
class Manifest:
    """A manifest: digests by name; `tags` says that it lists the files beside data/."""

    name: str
    algorithm: str
    tags: bool
    digests: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def lines(text: str) -> list[str]:
    """Split the text of a tag file into lines: LF, CR and CRLF end one, nothing else does."""
    *some, last = _ENDS.split(text)
    return [*some, last] if last else some


def kind_of(name: str) -> tuple[str, bool] | None:
    """Return the algorithm of the manifest *name*, and whether it lists tag files; None for other names."""
    found = _NAME.fullmatch(name)
    return (found["algorithm"].lower().replace("-", "_"), bool(found["tags"])) if found else None


def parse(name: str, text: str, version: tuple[int, int]) -> Manifest:
    """Read the manifest *name* of a bag of BagIt *version*; what is wrong goes to its problems, line by line."""
    algorithm, tags = kind_of(name) or ("", False)
    found = Manifest(name, algorithm, tags)
    if algorithm not in ALGORITHMS:
        found.problems.append(Problem("A201", f"不认识摘要算法 {algorithm}", f"用 {'、'.join(ALGORITHMS)}"))
        return found
    for number, line in enumerate(lines(text), 1):
        if line.strip():
            found.problems += (_at(number, problem) for problem in _enter(found, line, version))
    return found


def write(digests: Mapping[str, str]) -> bytes:
    """Return the bytes of a BagIt 1.0 manifest of *digests* by name."""
    return "".join(f"{digest}  {_encoded(path)}\n" for path, digest in sorted(digests.items())).encode()


def _encoded(path: str) -> str:
    return "".join(_ESCAPED.get(char, char) for char in path)


def _decoded(path: str, version: tuple[int, int]) -> str:
    escapes = _ESCAPES if version >= _VERSION_1 else _OLD_ESCAPES
    return escapes.sub(lambda found: chr(int(found[1], 16)), path)


def _at(number: int, problem: Problem) -> Problem:
    return Problem(problem.code, problem.message, problem.cure, line=number, severity=problem.severity)


def _enter(found: Manifest, line: str, version: tuple[int, int]) -> Iterator[Problem]:
    """Put one line into *found*; yield what is wrong with it."""
    parts = _LINE.fullmatch(line)
    if not parts or not _is_digest(parts["digest"], found.algorithm):
        yield Problem("A202", f"这一行不是 {found.algorithm} 摘要和文件名", _RESTORE)
        return
    path, digest = _decoded(parts["path"], version), parts["digest"].lower()
    if path.startswith("./"):
        yield Problem("A203", f"“{path}”前面多了 ./", "去掉 ./", severity=Severity.WARNING)
        path = path[2:]
    fault = fault_of(path) or _misplaced(path, tags=found.tags)
    if fault:
        yield Problem("A204", f"“{path}”{fault}", "清单只能列包里的文件；不要使用这个包")
    elif path not in found.digests:
        found.digests[path] = digest
    elif found.digests[path] != digest:
        yield Problem("A205", f"“{path}”列了两次，摘要不同", _RESTORE)
    else:
        yield Problem("A206", f"“{path}”列了两次", "删去多余的一行", severity=Severity.WARNING)


def _is_digest(text: str, algorithm: str) -> bool:
    length = hashlib.new(algorithm, usedforsecurity=False).digest_size * 2
    return re.fullmatch(f"[0-9A-Fa-f]{{{length}}}", text) is not None


def fault_of(path: str) -> str:
    """Return why a bag must not name *path*, or nothing: RFC 8493, 5.2, forbids all ways out of the bag."""
    if path.startswith(("/", "\\")) or _DRIVE.match(path):
        return "是绝对路径"
    if path.startswith("~"):
        return "指向用户的主文件夹"
    if ".." in re.split(r"[/\\]", path):
        return "指到归档包以外"
    if "\0" in path or any(part in ("", ".") for part in path.split("/")):
        return "不是规范的路径"
    return ""


def _misplaced(path: str, *, tags: bool) -> str:
    if path.startswith(PAYLOAD) == tags:
        return "不应列在这个清单里"
    is_tag_manifest = tags and "/" not in path and (kind_of(path) or ("", False))[1]
    return "是清单自己" if is_tag_manifest else ""
