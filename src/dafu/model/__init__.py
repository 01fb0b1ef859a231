"""What a record and dafu.yaml hold, typed; no disk, no clock."""

from dafu.model.effective import effective_reply, in_words, said_in_words
from dafu.model.event import STEP_KEYS, Event
from dafu.model.keys import Schema, line_of, nearest_of, schema_of
from dafu.model.office import Limit, Measure, Office, Rule, Series, read_office
from dafu.model.proposal import (
    Proposal,
    Proposer,
    Reply,
    one_history,
    read_proposal,
    reply_nodes,
    reply_path,
    rounds_of,
)
from dafu.model.spelling import as_keys

__all__ = [
    "STEP_KEYS",
    "Event",
    "Limit",
    "Measure",
    "Office",
    "Proposal",
    "Proposer",
    "Reply",
    "Rule",
    "Schema",
    "Series",
    "as_keys",
    "effective_reply",
    "in_words",
    "line_of",
    "nearest_of",
    "one_history",
    "read_office",
    "read_proposal",
    "reply_nodes",
    "reply_path",
    "rounds_of",
    "said_in_words",
    "schema_of",
]
