"""What the columns of a file are called to a person: as the file itself heads them, else in the person's language."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from seedfund.interchange.kinds import KINDS
from seedfund.interchange.reader import Complaint
from seedfund.interchange.service import ImportResult
from seedfund.kernel.errors import Refusal

LISTED: Final = "header_"
"""Codes that begin so list columns in `possible`; in others it holds words of cells."""


class Headings:
    """The titles of an import's columns. Scripts get our names instead; both are read in every file."""

    def __init__(self, result: ImportResult, language: str):
        parts = next((kind.parts for kind in KINDS if kind.name == result.kind), ())
        self._named: Final[Mapping[str, Mapping[str, str]]] = {
            part.name: {
                column.name: column.spanish if language == "es" else column.name for column in part.columns
            }
            for part in parts
        }
        self._written: Final = {
            sheet.part.name: {name: title for title, name in sheet.headers} for sheet in result.sheets
        }

    def spoken(self, complaint: Complaint) -> Complaint:
        """The complaint with its columns as the person knows them."""
        named = self._named.get(complaint.part, {})
        written = {**named, **self._written.get(complaint.part, {})}
        column = complaint.column and written.get(complaint.column, complaint.column)
        facts = {
            name: _fact(name, value, complaint, named) for name, value in complaint.refusal.facts.items()
        }
        return replace(complaint, column=column, refusal=Refusal(complaint.refusal.kind, facts))


def _fact(name: str, value: str, complaint: Complaint, named: Mapping[str, str]) -> str:
    if name == "column":
        return named.get(value, value)
    if name == "possible" and complaint.refusal.code.startswith(LISTED):
        return ", ".join(named.get(one, one) for one in value.split(", "))
    return value
