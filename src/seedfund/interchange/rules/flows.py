"""What a fund took in and gave out, put together by month until nobody can be told from a sum. Pure.

Sources: domain.md §8.3 (3 is money to another organisation, 4 money to participants and providers; an agreement with a
participant is no commitment of IATI unless the policy says so), §9.3 (counts below five point at a person).
"""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from seedfund.interchange.rules.publishing import LEAST_ALIKE


class FlowType(StrEnum):
    """IATI's codes of the types of transactions that a fund has."""

    INCOMING_FUNDS = "1"
    OUTGOING_COMMITMENT = "2"
    DISBURSEMENT = "3"
    EXPENDITURE = "4"


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved on a day: its type, minor units (below zero where it came back), and whose grant, if any."""

    type: FlowType
    on: date
    minor: int
    grant: str = ""
    is_of_organisation: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A sum that is told: of a type, on the last day it holds for, and what it is about where months went together."""

    type: FlowType
    first: date
    on: date
    minor: int


def moved_of(
    on: date, columns: Mapping[str, int], *, grant: str, is_of_organisation: bool, with_commitments: bool
) -> list[Moved]:
    """What a row of a fund's book is to IATI, by the columns of the fund's ledger; income that no donor sent is none.

    What came back of grants lowers what was given out, and is never a type of its own.
    """
    given = columns.get("disbursed", 0) - columns.get("refunded", 0)
    to_grant = FlowType.DISBURSEMENT if is_of_organisation else FlowType.EXPENDITURE
    found = [
        Moved(FlowType.INCOMING_FUNDS, on, columns.get("received", 0)),
        Moved(to_grant, on, given, grant, is_of_organisation),
        Moved(FlowType.EXPENDITURE, on, columns.get("other_spending", 0)),
    ]
    if with_commitments:
        promised = columns.get("committed", 0)
        found.append(Moved(FlowType.OUTGOING_COMMITMENT, on, promised, grant, is_of_organisation))
    return [one for one in found if one.minor]


def told_by_month(moved: Iterable[Moved], *, as_of: date) -> tuple[list[Told], bool]:
    """The sums to tell, by type and day, and whether every one of them is of enough people.

    Money of donors is told by the day. What people got is told by month; a month in which fewer than five grants of
    people moved goes together with the next, and what is left at the end with the last that was told.
    """
    found: list[Told] = []
    by_type: dict[FlowType, list[Moved]] = defaultdict(list)
    for one in moved:
        by_type[one.type].append(one)
    is_enough = True
    for kind, rows in by_type.items():
        if kind is FlowType.INCOMING_FUNDS:
            days: Counter[date] = Counter()
            for row in rows:
                days[row.on] += row.minor
            found += [Told(kind, on, on, minor) for on, minor in days.items() if minor]
        else:
            groups, whole = _groups(rows)
            is_enough = is_enough and whole
            found += [_sum(kind, group, as_of) for group in groups]
    return sorted((one for one in found if one.minor), key=lambda one: (one.on, one.type)), is_enough


def _groups(rows: list[Moved]) -> tuple[list[list[Moved]], bool]:
    months: dict[date, list[Moved]] = defaultdict(list)
    for row in rows:
        months[row.on.replace(day=1)].append(row)
    groups: list[list[Moved]] = []
    waiting: list[Moved] = []
    for month in sorted(months):
        waiting = [*waiting, *months[month]]
        if _is_enough(waiting):
            groups.append(waiting)
            waiting = []
    if waiting and groups:
        groups[-1] = [*groups[-1], *waiting]
        waiting = []
    return [*groups, *([waiting] if waiting else [])], not waiting


def _is_enough(rows: Iterable[Moved]) -> bool:
    """Whether a sum is of nobody, or of enough grants of people that none can be told from it."""
    grants = {row.grant for row in rows if row.grant and not row.is_of_organisation}
    return not grants or len(grants) >= LEAST_ALIKE


def _sum(kind: FlowType, rows: list[Moved], as_of: date) -> Told:
    last = max(row.on for row in rows)
    end = last.replace(day=monthrange(last.year, last.month)[1])
    return Told(
        kind, min(row.on for row in rows).replace(day=1), min(end, as_of), sum(row.minor for row in rows)
    )
