"""Applications, what interviews found, and employment plans."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.people.queries import participant_facts, sees_restricted
from seedfund.people.queries.records import participant_numbers
from seedfund.scholarships.rules.terms import ScholarshipTerms, terms_of
from seedfund.scholarships.tables import EmploymentPlan, ScholarshipApplication, ScholarshipInterview
from seedfund.store.records import parse_document
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application as stored, with the number of the person who asks."""

    id: Key
    number: str
    participant_id: Key
    participant: str
    course_id: Key
    occupation: str
    guardian_sha256: str | None
    state: str
    applied_on: date
    closed_for: str | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """What an interview found; its note is left sealed."""

    application_id: Key
    version: int
    is_recommended: bool
    is_within_income: bool
    note: bytes | None
    held_on: date
    held_by: Key


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A version of an employment plan with its terms."""

    id: Key
    number: str
    application_id: Key
    version: int
    content: str
    terms_hash: str
    cost: Money
    state: str
    prepared_on: date
    prepared_by: Key
    approved_by: Key | None

    @property
    def terms(self) -> ScholarshipTerms:
        """What the plan promises."""
        return terms_of(parse_document(self.content))


def _application(*values: Any) -> ApplicationRow:
    key, number, person, *others = values
    return ApplicationRow(key, number, person, "", *others)


def _applications() -> Any:
    names = [name for name in ApplicationRow.__slots__ if name != "participant"]
    return sa.select(*(col(getattr(ScholarshipApplication, name)) for name in names)).order_by(
        col(ScholarshipApplication.number)
    )


APPLICATIONS: Final = Query(
    _application,
    lambda: _applications().where(col(ScholarshipApplication.programme_id) == sa.bindparam("programme")),
)
APPLICATION: Final = Query(
    _application,
    lambda: (
        _applications()
        .where(
            col(ScholarshipApplication.programme_id) == sa.bindparam("programme"),
            col(ScholarshipApplication.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)
APPLICATIONS_OF: Final = Query(
    _application,
    lambda: _applications().where(
        col(ScholarshipApplication.participant_id).in_(sa.bindparam("ids", expanding=True))
    ),
)
APPLICATIONS_BY_ID: Final = Query(
    _application,
    lambda: _applications().where(col(ScholarshipApplication.id).in_(sa.bindparam("ids", expanding=True))),
)
INTERVIEWS: Final = Query(
    InterviewRow,
    lambda: (
        sa.select(*(col(getattr(ScholarshipInterview, name)) for name in InterviewRow.__slots__))
        .where(col(ScholarshipInterview.application_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(ScholarshipInterview.application_id), col(ScholarshipInterview.version))
    ),
)


def _plan(*values: Any) -> PlanRow:
    key, number, application, version, content, hashed, minor, currency, *others = values
    return PlanRow(key, number, application, version, content, hashed, Money(int(minor), currency), *others)


def _plans() -> Any:
    return sa.select(
        col(EmploymentPlan.id),
        col(EmploymentPlan.number),
        col(EmploymentPlan.application_id),
        col(EmploymentPlan.version),
        col(EmploymentPlan.terms),
        col(EmploymentPlan.terms_hash),
        col(EmploymentPlan.cost_minor),
        col(EmploymentPlan.currency),
        col(EmploymentPlan.state),
        col(EmploymentPlan.prepared_on),
        col(EmploymentPlan.prepared_by),
        col(EmploymentPlan.approved_by),
    ).order_by(col(EmploymentPlan.application_id), col(EmploymentPlan.version))


PLANS_OF: Final = Query(
    _plan,
    lambda: _plans().where(col(EmploymentPlan.application_id).in_(sa.bindparam("ids", expanding=True))),
)
PLANS_BY_ID: Final = Query(
    _plan, lambda: _plans().where(col(EmploymentPlan.id).in_(sa.bindparam("ids", expanding=True)))
)
PLAN: Final = Query(
    _plan,
    lambda: (
        _plans()
        .where(
            col(EmploymentPlan.programme_id) == sa.bindparam("programme"),
            col(EmploymentPlan.number) == sa.bindparam("number"),
        )
        .with_for_update()
    ),
)


def interview_place(application: Key, version: int) -> Place:
    """Where the sealed note of an interview stands."""
    return Place("sf_scholarship_interview", f"{application}:{version}", "note")


def application_by_number(reader: Reader, programme: Key, number: str) -> ApplicationRow:
    """An application; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(APPLICATION, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="scholarship application", which=number)
    return _numbered(reader, [found])[0]


def applications_of(reader: Reader, people: Sequence[Key]) -> dict[Key, list[ApplicationRow]]:
    """What these people applied for, by number."""
    found: dict[Key, list[ApplicationRow]] = {person: [] for person in people}
    for one in _numbered(reader, reader.among(APPLICATIONS_OF, "ids", list(found))):
        found[one.participant_id].append(one)
    return found


def applications_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, ApplicationRow]:
    """These applications."""
    rows = reader.among(APPLICATIONS_BY_ID, "ids", list(dict.fromkeys(ids)))
    return {one.id: one for one in _numbered(reader, rows)}


def list_applications(work: Work) -> list[ApplicationRow]:
    """Every application, by number; those of restricted people only for named roles."""
    rows = _numbered(work.reader(), work.reader().all(APPLICATIONS, programme=work.programme.id))
    shown = people_shown(work, [row.participant_id for row in rows])
    return [row for row in rows if row.participant_id in shown]


def interviews_of(reader: Reader, applications: Sequence[Key]) -> dict[Key, list[InterviewRow]]:
    """The interviews of applications, oldest first."""
    found: dict[Key, list[InterviewRow]] = {one: [] for one in applications}
    for row in reader.among(INTERVIEWS, "ids", list(found)):
        found[row.application_id].append(row)
    return found


def plans_of(reader: Reader, applications: Sequence[Key]) -> dict[Key, list[PlanRow]]:
    """The employment plans of applications, in every state, oldest first."""
    found: dict[Key, list[PlanRow]] = {one: [] for one in applications}
    for row in reader.among(PLANS_OF, "ids", list(found)):
        found[row.application_id].append(row)
    return found


def plans_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, PlanRow]:
    """These employment plans."""
    return {one.id: one for one in reader.among(PLANS_BY_ID, "ids", list(dict.fromkeys(ids)))}


def plan_by_number(reader: Reader, programme: Key, number: str) -> PlanRow:
    """An employment plan; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(PLAN, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="employment plan", which=number)
    return found


def people_shown(work: Work, people: Sequence[Key]) -> frozenset[Key]:
    """Those of `people` whom the actor may see."""
    sees_all = sees_restricted(work)
    facts = participant_facts(work.reader(), list(dict.fromkeys(people)))
    return frozenset(key for key, one in facts.items() if sees_all or not one.is_restricted)


def _numbered(reader: Reader, rows: Sequence[ApplicationRow]) -> list[ApplicationRow]:
    numbers = participant_numbers(reader, [row.participant_id for row in rows])
    return [replace(row, participant=numbers[row.participant_id]) for row in rows]
