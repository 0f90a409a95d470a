"""Instruments and criteria of graduation as brought into force: what each version asks, and by whose hands."""

from typing import Any

from seedfund.accompaniment.queries.rows import YardstickRow
from seedfund.accompaniment.queries.statements import YARDSTICKS
from seedfund.accompaniment.rules.graduation import GraduationTerms
from seedfund.accompaniment.rules.scoring import Instrument
from seedfund.accompaniment.rules.words import YardstickKind
from seedfund.kernel.codec import decode
from seedfund.kernel.ids import Key
from seedfund.store.records import parse_document
from seedfund.store.statements import Reader


def list_yardsticks(reader: Reader, programme: Key, kind: YardstickKind) -> list[YardstickRow]:
    """Every version of a kind, by code and version."""
    return [row for row in reader.all(YARDSTICKS, programme=programme) if row.kind == kind.value]


def instrument_in(row: YardstickRow) -> Instrument:
    """The instrument of a version."""
    return decode(Instrument, _terms(row))


def graduation_in(row: YardstickRow) -> GraduationTerms:
    """The criteria of graduation of a version."""
    return decode(GraduationTerms, _terms(row))


def _terms(row: YardstickRow) -> Any:
    return parse_document(row.content)
