"""Scholarships with their tranches and what was last decided of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import GrantRow, grant_by_number, grants_by_id
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries.records import participant_numbers
from seedfund.scholarships.queries.applications import people_shown
from seedfund.scholarships.rules.confirming import Decided
from seedfund.scholarships.rules.words import Milestone, Outcome, Purpose
from seedfund.scholarships.tables import Scholarship, ScholarshipTranche, TrancheConfirmation
from seedfund.store.statements import Query, Reader
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class ScholarshipRow:
    """A scholarship as stored, with the numbers of its grant and trainee."""

    id: Key
    application_id: Key
    plan_id: Key
    grant_id: Key
    number: str
    participant_id: Key
    participant: str
    provider_id: Key
    state: str
    enrolment_id: Key | None
    proof_sha256: str | None
    proven_on: date | None
    ended_on: date | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class TrancheOfRow:
    """What a tranche of a scholarship pays, for what, at most how much, and over which days."""

    scholarship_id: Key
    position: int
    purpose: Purpose
    milestone: Milestone
    threshold_bps: int
    amount_minor: int
    due_on: date
    since: date | None
    until: date | None

    @property
    def period(self) -> DateRange | None:
        """The days of a stipend; None for a fee."""
        if self.since is None or self.until is None:
            return None
        return DateRange(self.since, self.until + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class ConfirmationRow:
    """A decision about a tranche; the highest version holds."""

    scholarship_id: Key
    position: int
    version: int
    outcome: Outcome
    due_minor: int
    overpaid_minor: int
    days_attended: int | None
    days_excused: int | None
    days_paid: int | None
    reason: str
    decided_on: date
    decided_by: Key


def _scholarship(*values: Any) -> ScholarshipRow:
    key, application, plan, grant, person, *others = values
    return ScholarshipRow(key, application, plan, grant, "", person, "", *others)


def _scholarships() -> Any:
    names = [name for name in ScholarshipRow.__slots__ if name not in ("number", "participant")]
    return sa.select(*(col(getattr(Scholarship, name)) for name in names)).order_by(col(Scholarship.id))


ALL: Final = Query(
    _scholarship, lambda: _scholarships().where(col(Scholarship.programme_id) == sa.bindparam("programme"))
)
OF_GRANT: Final = Query(
    _scholarship,
    lambda: _scholarships().where(col(Scholarship.grant_id) == sa.bindparam("grant")).with_for_update(),
)
OF_GRANTS: Final = Query(
    _scholarship,
    lambda: _scholarships().where(col(Scholarship.grant_id).in_(sa.bindparam("ids", expanding=True))),
)
BY_ID: Final = Query(
    _scholarship, lambda: _scholarships().where(col(Scholarship.id).in_(sa.bindparam("ids", expanding=True)))
)
OF_PEOPLE: Final = Query(
    _scholarship,
    lambda: _scholarships().where(col(Scholarship.participant_id).in_(sa.bindparam("ids", expanding=True))),
)
OF_PROVIDER: Final = Query(
    _scholarship, lambda: _scholarships().where(col(Scholarship.provider_id) == sa.bindparam("provider"))
)
OF_APPLICATIONS: Final = Query(
    _scholarship,
    lambda: _scholarships().where(col(Scholarship.application_id).in_(sa.bindparam("ids", expanding=True))),
)


def _tranche(*values: Any) -> TrancheOfRow:
    key, position, purpose, milestone, *others = values
    return TrancheOfRow(key, position, Purpose(purpose), Milestone(milestone), *others)


TRANCHES: Final = Query(
    _tranche,
    lambda: (
        sa.select(*(col(getattr(ScholarshipTranche, name)) for name in TrancheOfRow.__slots__))
        .where(col(ScholarshipTranche.scholarship_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(ScholarshipTranche.scholarship_id), col(ScholarshipTranche.position))
    ),
)
CONFIRMATIONS: Final = Query(
    lambda key, position, version, outcome, *others: ConfirmationRow(
        key, position, version, Outcome(outcome), *others
    ),
    lambda: (
        sa.select(*(col(getattr(TrancheConfirmation, name)) for name in ConfirmationRow.__slots__))
        .where(col(TrancheConfirmation.scholarship_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(
            col(TrancheConfirmation.scholarship_id),
            col(TrancheConfirmation.position),
            col(TrancheConfirmation.version),
        )
    ),
)


def scholarship_by_number(
    reader: Reader, programme: Key, number: str, *, locked: bool = False
) -> tuple[ScholarshipRow, GrantRow]:
    """The scholarship of a grant's number, with the grant; `locked` (inside a verb) locks both.

    Raises:
        NotFound: there is no such grant, or it pays no course.
    """
    grant = grant_by_number(reader, programme, number, locked=locked)
    found = reader.first(OF_GRANT, grant=grant.id)
    if found is None:
        raise NotFound(what="scholarship", which=number)
    return _numbered(reader, [found])[0], grant


def scholarships_of_grants(reader: Reader, grants: Sequence[Key]) -> dict[Key, ScholarshipRow]:
    """The scholarships of these grants, by grant; a grant that pays no course is not in it."""
    rows = reader.among(OF_GRANTS, "ids", list(dict.fromkeys(grants)))
    return {one.grant_id: one for one in _numbered(reader, rows)}


def scholarships_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, ScholarshipRow]:
    """These scholarships."""
    return {one.id: one for one in _numbered(reader, reader.among(BY_ID, "ids", list(dict.fromkeys(ids))))}


def scholarships_of_people(reader: Reader, people: Sequence[Key]) -> dict[Key, list[ScholarshipRow]]:
    """The scholarships of these people, in every state."""
    found: dict[Key, list[ScholarshipRow]] = {person: [] for person in people}
    for one in _numbered(reader, reader.among(OF_PEOPLE, "ids", list(found))):
        found[one.participant_id].append(one)
    return found


def scholarships_of_provider(reader: Reader, provider: Key) -> list[ScholarshipRow]:
    """The scholarships whose course a provider gives, in every state."""
    return _numbered(reader, reader.all(OF_PROVIDER, provider=provider))


def scholarship_of_application(reader: Reader, application: Key) -> ScholarshipRow | None:
    """The scholarship an application came to, if it did."""
    return next(iter(_numbered(reader, reader.among(OF_APPLICATIONS, "ids", [application]))), None)


def list_scholarships(work: Work) -> list[ScholarshipRow]:
    """Every scholarship, by its grant's number; those of restricted people only for named roles."""
    rows = _numbered(work.reader(), work.reader().all(ALL, programme=work.programme.id))
    shown = people_shown(work, [row.participant_id for row in rows])
    return sorted((row for row in rows if row.participant_id in shown), key=lambda row: row.number)


def require_shown(work: Work, row: ScholarshipRow) -> None:
    """Do nothing where the actor may see the trainee.

    Raises:
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
    """
    if row.participant_id not in people_shown(work, [row.participant_id]):
        raise NotAllowed(f"{row.number} is restricted; ask the protection officer or the director.")


def scholarship_tranches(reader: Reader, scholarships: Sequence[Key]) -> dict[Key, list[TrancheOfRow]]:
    """What the tranches of scholarships pay, in order."""
    found: dict[Key, list[TrancheOfRow]] = {one: [] for one in scholarships}
    for row in reader.among(TRANCHES, "ids", list(found)):
        found[row.scholarship_id].append(row)
    return found


def confirmations_of(reader: Reader, scholarships: Sequence[Key]) -> dict[Key, list[ConfirmationRow]]:
    """Everything that was decided of the tranches of scholarships, by position, oldest version first."""
    found: dict[Key, list[ConfirmationRow]] = {one: [] for one in scholarships}
    for row in reader.among(CONFIRMATIONS, "ids", list(found)):
        found[row.scholarship_id].append(row)
    return found


def last_decided(rows: Sequence[ConfirmationRow]) -> Mapping[int, ConfirmationRow]:
    """The version that holds, by position."""
    return {row.position: row for row in rows}


def decided_of(tranches: Sequence[TrancheOfRow], rows: Sequence[ConfirmationRow]) -> tuple[Decided, ...]:
    """Every tranche with what was last decided of it, in order."""
    last = last_decided(rows)
    return tuple(
        Decided(
            position=one.position,
            purpose=one.purpose,
            outcome=last[one.position].outcome if one.position in last else None,
            on=last[one.position].decided_on if one.position in last else None,
        )
        for one in tranches
    )


def _numbered(reader: Reader, rows: Sequence[ScholarshipRow]) -> list[ScholarshipRow]:
    """With the numbers of grants and people, which those areas tell."""
    people = participant_numbers(reader, [row.participant_id for row in rows])
    grants = grants_by_id(reader, [row.grant_id for row in rows])
    return [
        replace(row, number=grants[row.grant_id].number, participant=people[row.participant_id])
        for row in rows
    ]
