"""Make a workspace: dafu.yaml, the base templates, and the folders."""

from __future__ import annotations

from pathlib import Path

from dafu import compose, files, store
from dafu.desk.edit import SCHEMA, schema_text
from dafu.errors import RefusedError

_STARTER = Path(__file__).with_name("office.yaml")
_TEMPLATE_LIMIT = 1_000_000  # bytes


def init(folder: Path, *, dry: bool) -> list[Path]:
    """Make a workspace in *folder* and return the files; raises RefusedError where there is one already."""
    office = folder / store.OFFICE
    if office.exists():
        raise RefusedError(f"{office}：已经有工作区了（要重建，先把它移走）")
    schema = folder / store.PROPOSALS / SCHEMA
    wanted = {folder / store.TEMPLATES / path.name: path for path in compose.base_templates()}
    wanted = {path: source for path, source in wanted.items() if not path.exists()}
    if not dry:
        for path, source in wanted.items():
            files.create(path, files.read(source, _TEMPLATE_LIMIT))
        for name in (store.PROPOSALS, store.REPLIES):
            files.make_folder(folder / name)
        files.write(schema, schema_text().encode())
        files.create(office, files.read(_STARTER, _TEMPLATE_LIMIT))  # last: a workspace is whole once this is there
    return [*wanted, schema, office]
