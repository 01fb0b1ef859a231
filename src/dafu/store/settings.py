"""Set a value of dafu.yaml and keep every other byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu import files, yamltext
from dafu.errors import UnusableError
from dafu.model import read_office
from dafu.store.reading import RECORD_LIMIT
from dafu.store.workspace import OFFICE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dafu.store.workspace import Workspace


def set_office(workspace: Workspace, key: str, values: Mapping[str, str]) -> None:
    """Set entries of the table *key* of dafu.yaml; raises UnusableError where the file cannot take them."""
    path = workspace.root / OFFICE
    data = files.read(path, RECORD_LIMIT, within=workspace.root)
    text, _ = yamltext.decode(data)
    mark = data[: len(data) - len(text.encode())]  # a byte-order mark stays where it was
    try:
        for word, value in values.items():
            text = yamltext.set_value(text, (key, word), value)
    except ValueError as error:
        raise UnusableError(f"{path}：{key}：{error}") from error
    root, problems = yamltext.parse(text)
    problems = problems or (read_office(root)[1] if root else [])
    if problems:
        raise UnusableError(problems=[problem.within(str(path)) for problem in problems])
    files.write(path, mark + text.encode(), expected=files.digest(data))
