"""YAML text → plain values with the line of each; change one place of a text and keep every other byte."""

from dafu.yamltext.decoding import decode
from dafu.yamltext.nodes import Entry, Mapping, Node, Scalar, Sequence, Value, plain
from dafu.yamltext.reading import parse
from dafu.yamltext.splice import append_item, remove, set_value

__all__ = [
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Value",
    "append_item",
    "decode",
    "parse",
    "plain",
    "remove",
    "set_value",
]
