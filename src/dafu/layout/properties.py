"""docProps/core.xml: what file managers and archives show of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dafu.layout.runs import escaped

if TYPE_CHECKING:
    from dafu.letter import Letter

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language>"
    "</cp:coreProperties>"
)


def core_part(letter: Letter) -> str:
    """Return docProps/core.xml: title, 发文字号 as subject, 署名 as creator; no time, which would change the bytes."""
    return _CORE.format(*map(escaped, (letter.title, letter.number, letter.organ)))
