"""Who is in which cohort, since when, until when; and the certificates that came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries.records import participant_numbers
from seedfund.store.statements import Query, Reader
from seedfund.training.rules.marking import EnrolledDays
from seedfund.training.tables import Certificate, Cohort, Enrolment, ThresholdWaiver


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """A person in a cohort."""

    id: Key
    number: str
    cohort_id: Key
    cohort: str
    participant_id: Key
    participant: str
    enrolled_on: date
    state: str
    ended_on: date | None
    left_for: str | None

    @property
    def days(self) -> EnrolledDays:
        """From when until when sessions count; a course that was completed counts to its end."""
        return EnrolledDays(
            since=self.enrolled_on, until=self.ended_on if self.state == "withdrawn" else None
        )


@dataclass(frozen=True, slots=True)
class WaiverFacts:
    """That the threshold was waived for an enrolment."""

    id: Key
    enrolment_id: Key
    basis_points: int
    reason: str
    waived_on: date
    waived_by: Key


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate as it was issued."""

    id: Key
    number: str
    enrolment_id: Key
    minutes: int
    attended: int
    possible: int
    basis_points: int
    threshold_bps: int
    verification_code: str
    waiver_id: Key | None
    issued_on: date
    issued_by: Key


def _enrolments() -> Any:
    return (
        sa.select(
            col(Enrolment.id),
            col(Enrolment.number),
            col(Enrolment.cohort_id),
            col(Cohort.number),
            col(Enrolment.participant_id),
            col(Enrolment.enrolled_on),
            col(Enrolment.state),
            col(Enrolment.ended_on),
            col(Enrolment.left_for),
        )
        .join(Cohort, col(Cohort.id) == col(Enrolment.cohort_id))
        .order_by(col(Enrolment.number))
    )


def _enrolment(*values: Any) -> EnrolmentFacts:
    key, number, cohort_id, cohort, person, *others = values
    return EnrolmentFacts(key, number, cohort_id, cohort, person, "", *others)


ENROLMENT: Final = Query(
    _enrolment,
    lambda: (
        _enrolments()
        .where(
            col(Enrolment.programme_id) == sa.bindparam("programme"),
            col(Enrolment.number) == sa.bindparam("number"),
        )
        .with_for_update(of=Enrolment)
    ),
)
ENROLMENTS: Final = Query(
    _enrolment, lambda: _enrolments().where(col(Enrolment.programme_id) == sa.bindparam("programme"))
)
OF_COHORTS: Final = Query(
    _enrolment,
    lambda: _enrolments().where(col(Enrolment.cohort_id).in_(sa.bindparam("ids", expanding=True))),
)
BY_ID: Final = Query(
    _enrolment, lambda: _enrolments().where(col(Enrolment.id).in_(sa.bindparam("ids", expanding=True)))
)
OF_PEOPLE: Final = Query(
    _enrolment,
    lambda: _enrolments().where(col(Enrolment.participant_id).in_(sa.bindparam("ids", expanding=True))),
)
WAIVERS: Final = Query(
    WaiverFacts,
    lambda: sa.select(*(col(getattr(ThresholdWaiver, name)) for name in WaiverFacts.__slots__)).where(
        col(ThresholdWaiver.enrolment_id).in_(sa.bindparam("ids", expanding=True))
    ),
)


def _certificates() -> Any:
    return sa.select(*(col(getattr(Certificate, name)) for name in CertificateFacts.__slots__)).order_by(
        col(Certificate.number)
    )


CERTIFICATES_OF: Final = Query(
    CertificateFacts,
    lambda: _certificates().where(col(Certificate.enrolment_id).in_(sa.bindparam("ids", expanding=True))),
)
CERTIFICATES: Final = Query(
    CertificateFacts,
    lambda: _certificates().where(col(Certificate.programme_id) == sa.bindparam("programme")),
)
CERTIFICATE: Final = Query(
    CertificateFacts,
    lambda: _certificates().where(
        col(Certificate.programme_id) == sa.bindparam("programme"),
        col(Certificate.number) == sa.bindparam("number"),
    ),
)


def enrolment_by_number(reader: Reader, programme: Key, number: str) -> EnrolmentFacts:
    """An enrolment; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(ENROLMENT, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="enrolment", which=number)
    return _numbered(reader, [found])[0]


def _numbered(reader: Reader, rows: Sequence[EnrolmentFacts]) -> list[EnrolmentFacts]:
    """With the numbers of the people, which are people's to tell."""
    numbers = participant_numbers(reader, [row.participant_id for row in rows])
    return [replace(row, participant=numbers[row.participant_id]) for row in rows]


def list_enrolments(reader: Reader, programme: Key) -> list[EnrolmentFacts]:
    """Every enrolment, by number."""
    return _numbered(reader, reader.all(ENROLMENTS, programme=programme))


def enrolments_of_cohorts(reader: Reader, cohorts: Sequence[Key]) -> dict[Key, list[EnrolmentFacts]]:
    """Who is or was in these cohorts, by number."""
    found: dict[Key, list[EnrolmentFacts]] = {cohort: [] for cohort in cohorts}
    for one in _numbered(reader, reader.among(OF_COHORTS, "ids", list(found))):
        found[one.cohort_id].append(one)
    return found


def enrolments_by_id(reader: Reader, ids: Sequence[Key]) -> dict[Key, EnrolmentFacts]:
    """These enrolments."""
    return {one.id: one for one in _numbered(reader, reader.among(BY_ID, "ids", list(dict.fromkeys(ids))))}


def enrolments_of_people(reader: Reader, people: Sequence[Key]) -> dict[Key, list[EnrolmentFacts]]:
    """The enrolments of these people, by number."""
    found: dict[Key, list[EnrolmentFacts]] = {person: [] for person in people}
    for one in _numbered(reader, reader.among(OF_PEOPLE, "ids", list(found))):
        found[one.participant_id].append(one)
    return found


def threshold_waivers_of(reader: Reader, enrolments: Sequence[Key]) -> dict[Key, WaiverFacts]:
    """The waivers of these enrolments; who has none is not in it."""
    return {one.enrolment_id: one for one in reader.among(WAIVERS, "ids", list(enrolments))}


def certificates_of(reader: Reader, enrolments: Sequence[Key]) -> dict[Key, CertificateFacts]:
    """The certificates of these enrolments; who has none is not in it."""
    return {one.enrolment_id: one for one in reader.among(CERTIFICATES_OF, "ids", list(enrolments))}


def certificate_by_number(reader: Reader, programme: Key, number: str) -> CertificateFacts:
    """A certificate.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(CERTIFICATE, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="certificate", which=number)
    return found


def list_certificates(reader: Reader, programme: Key) -> list[CertificateFacts]:
    """Every certificate, by number."""
    return reader.all(CERTIFICATES, programme=programme)
