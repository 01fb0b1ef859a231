"""A derived, disposable index of the workspace: what was computed from a file, kept until the file changes."""

from dafu.index.failing import FailedError
from dafu.index.memory import Entry, Kept, Memory, open_memory, place_of
from dafu.index.texts import Text, Texts

__all__ = ["Entry", "FailedError", "Kept", "Memory", "Text", "Texts", "open_memory", "place_of"]
