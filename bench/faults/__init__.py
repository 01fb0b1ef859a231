"""Faults to be seeded into clean letters: name, code of the rule that must find it, function that seeds it."""

from bench.faults import histories, letters, slips
from bench.faults.seeding import FAULTS

__all__ = ["FAULTS", "SUBJECTS"]

SUBJECTS = (letters, histories, slips)  # importing them fills the table
