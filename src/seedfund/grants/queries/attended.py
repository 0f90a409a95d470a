"""What participants attended of their courses, as a tranche's condition sees it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from seedfund.grants.queries.tranches import ConditionRow
from seedfund.grants.rules.conditions import AttendanceAtLeast
from seedfund.grants.rules.facts import AttendedCourse
from seedfund.kernel.ids import Key
from seedfund.store.statements import Reader
from seedfund.training import queries as training

if TYPE_CHECKING:
    from seedfund.training.queries import RateFacts


def read_attended(
    reader: Reader, conditions: Mapping[Key, Sequence[ConditionRow]], people: Sequence[Key], on: date
) -> dict[Key, tuple[AttendedCourse, ...]]:
    """What these people attended by a day, where a condition asks for it: payment lists of thousands mostly do not."""
    # A condition inside another one stands in its plain form too.
    if not any(AttendanceAtLeast.code in row.params for rows in conditions.values() for row in rows):
        return {}
    found = training.rates_of_people(reader, people, on)
    return {person: tuple(_course(one) for one in rates) for person, rates in found.items()}


def _course(one: "RateFacts") -> AttendedCourse:
    reached = one.attendance
    counts = (0, 0, 0)
    # Why there is no rate is a word.
    if not isinstance(reached, str):
        counts = (reached.attended, reached.possible, reached.basis_points)
    return AttendedCourse(
        ref=one.enrolment,
        course=one.course,
        unit=one.rule.unit.value,
        attended=counts[0],
        possible=counts[1],
        basis_points=counts[2],
        has_left=one.state == "withdrawn",
    )
