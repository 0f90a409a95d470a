"""What a certificate of attendance says, from the row it was issued with. Must not write."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from seedfund.documents.content import CertificateContent, Person, Signatory, SignRole
from seedfund.documents.service.contents.acts import names_of_actors
from seedfund.documents.service.contents.common import common_fields, frame_of
from seedfund.documents.service.parties import person_of
from seedfund.kernel.ids import Key
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import cohorts_by_id, courses_by_id, list_providers
from seedfund.training.queries.enrolments import (
    certificate_by_number,
    enrolments_by_id,
    threshold_waivers_of,
)
from seedfund.training.rules.words import CourseUnit

HUNDREDTHS: Final = 100
MINUTES_AN_HOUR: Final = 60


@dataclass(frozen=True, kw_only=True)
class Certified:
    """The content of a certificate, and whose it is."""

    content: CertificateContent
    participant_id: Key


def certificate_content(unit: Unit, number: str, *, languages: tuple[str, ...]) -> Certified:
    """The content of a certificate: hours, counts and rate as they were on the day it was issued.

    Raises:
        NotFound: there is no such certificate, or its holder was erased.
        NotAllowed: its holder is restricted.
        Refused: `paper_terms_missing`, `paper_terms_without_language`, `language_without_words`.
    """
    row = certificate_by_number(unit, unit.programme.id, number)
    enrolment = enrolments_by_id(unit, [row.enrolment_id])[row.enrolment_id]
    cohort = cohorts_by_id(unit, [enrolment.cohort_id])[enrolment.cohort_id]
    course = courses_by_id(unit, [cohort.course_id])[cohort.course_id]
    providers = {one.id: one.name for one in list_providers(unit, unit.programme.id)}
    waiver = threshold_waivers_of(unit, [enrolment.id])[enrolment.id] if row.waiver_id else None
    frame = frame_of(unit, languages)
    fields = common_fields(unit, frame, number=row.number, funds=())
    signer = Signatory(
        role=SignRole.ORGANISATION,
        name=frame.organisation.representative,
        document=frame.organisation.representative_document,
    )
    content = CertificateContent(
        **(fields | {"dated_on": row.issued_on, "copies": 1}),
        signatories=(signer,),
        # An employer reads it: the kind of a document, a permit of asylum say, is nobody's business there.
        holder=Person(name=person_of(unit.work, enrolment.participant_id, frame.language).name),
        course=course.name,
        provider=providers[course.provider_id],
        cohort=cohort.number,
        enrolment=enrolment.number,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        hours=hundredths(row.minutes * HUNDREDTHS // MINUTES_AN_HOUR),
        attended=row.attended,
        possible=row.possible,
        is_minutes=course.rule.unit is not CourseUnit.SESSIONS,
        rate=hundredths(row.basis_points),
        threshold=hundredths(row.threshold_bps),
        waived_by="" if waiver is None else names_of_actors(unit)[waiver.waived_by],
        waived_on=None if waiver is None else waiver.waived_on,
        verification_code=row.verification_code,
    )
    return Certified(content=content, participant_id=enrolment.participant_id)


def hundredths(number: int) -> Decimal:
    """Hundredths as a number without zeros that say nothing: 8000 is 80, 6666 is 66.66."""
    whole, rest = divmod(number, HUNDREDTHS)
    return Decimal(number).scaleb(-2) if rest else Decimal(whole)
