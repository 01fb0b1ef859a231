"""Rules, one function each: over a record and the letter that it makes, over all records, over any text or .docx.

What is exported here is cheap to import; `book` holds all rules.
"""

from dafu.check.records import merging, not_on_file, sharing
from dafu.check.rules import Found, Rule, problem

__all__ = ["Found", "Rule", "merging", "not_on_file", "problem", "sharing"]
