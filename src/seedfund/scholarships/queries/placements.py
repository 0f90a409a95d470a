"""Checks of work after a course; the last version of each holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.scholarships.rules.words import WORKING, Witness, Work
from seedfund.scholarships.tables import PlacementCheck
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """What a trainee did at a month after the course, and how that is known."""

    scholarship_id: Key
    month: int
    version: int
    work: Work
    is_relevant: bool
    witness: Witness
    evidence_sha256: str | None
    correction: str | None
    checked_on: date
    checked_by: Key


CHECKS: Final = Query(
    lambda key, month, version, work, relevant, witness, *others: PlacementRow(
        key, month, version, Work(work), bool(relevant), Witness(witness), *others
    ),
    lambda: (
        sa.select(*(col(getattr(PlacementCheck, name)) for name in PlacementRow.__slots__))
        .where(col(PlacementCheck.scholarship_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(PlacementCheck.scholarship_id), col(PlacementCheck.month), col(PlacementCheck.version))
    ),
)


def placements_of(reader: Reader, scholarships: Sequence[Key]) -> dict[Key, dict[int, PlacementRow]]:
    """The checks of scholarships as they hold, by month."""
    found: dict[Key, dict[int, PlacementRow]] = {one: {} for one in scholarships}
    for row in reader.among(CHECKS, "ids", list(found)):
        found[row.scholarship_id][row.month] = row
    return found


def working_at(checks: Mapping[int, PlacementRow]) -> frozenset[int]:
    """The months at which somebody was found in work."""
    return frozenset(month for month, row in checks.items() if row.work in WORKING)
