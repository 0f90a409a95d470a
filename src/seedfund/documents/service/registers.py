"""The register of a cohort as a PDF to be signed by hand. It is drawn and not kept; must not write."""

import json
from typing import Any, Final

from seedfund.documents.content import (
    Person,
    RegisterContent,
    RegisterSession,
    RegisterSheet,
    Signatory,
    SignRole,
    content_hash,
)
from seedfund.documents.layouts import draw
from seedfund.documents.queries import paper_terms
from seedfund.documents.service.parties import organisation_of
from seedfund.documents.wording import load_template
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries import PersonName, names_of
from seedfund.store.work import Work
from seedfund.training.queries.courses import (
    CohortFacts,
    courses_by_id,
    list_cohorts,
    list_providers,
    sessions_of,
)
from seedfund.training.queries.enrolments import enrolments_of_cohorts

COLUMNS: Final = 5
"""How many sessions stand beside one another, so that each leaves room to sign in."""


def attendance_register(work: Work, cohort: str, *, language: str = "") -> bytes:
    """The PDF of a cohort's register: a row a person enrolled, a box a session that is not cancelled.

    It is no issued paper; signed, it is the evidence of the marks. Who may not see a person sees the number.

    Raises:
        NotFound: there is no such cohort.
        Refused: `paper_terms_missing`, `paper_terms_without_language`, `character_without_font`.
    """
    wanted = cohort.strip().upper()
    found = [one for one in list_cohorts(work.reader(), work.programme.id) if one.number == wanted]
    if not found:
        raise NotFound(what="cohort", which=cohort)
    content = _content(work, found[0], language or work.programme.language)
    spoken = content.prevailing_language
    data: Any = json.loads(canonical_text(content.to_json()))
    template = load_template(content.paper, language=spoken)
    return draw(
        data,
        language=spoken,
        template_version=template.version,
        number=content.number,
        content_hash=content_hash(data),
        chain_head="",
        template=template,
    )


def _content(work: Work, cohort: CohortFacts, language: str) -> RegisterContent:
    reader, programme = work.reader(), work.programme
    course = courses_by_id(reader, [cohort.course_id])[cohort.course_id]
    providers = {one.id: one.name for one in list_providers(reader, programme.id)}
    terms = paper_terms(reader, programme.id, work.today())
    return RegisterContent(
        number=cohort.number,
        place=terms.place,
        dated_on=work.today(),
        programme=programme.name,
        fund="",
        donor="",
        organisation=organisation_of(work, terms, language),
        signatories=(Signatory(role=SignRole.EXPERT, name=cohort.facilitator),),
        languages=(language,),
        prevailing_language=language,
        copies=1,
        course=course.name,
        provider=providers[course.provider_id],
        cohort=cohort.number,
        site=cohort.place,
        facilitator=cohort.facilitator,
        sheets=_sheets(work, cohort.id),
        people=_people(work, cohort.id),
    )


def _sheets(work: Work, cohort: Key) -> tuple[RegisterSheet, ...]:
    sessions = [
        RegisterSession(number=one.position, on=one.on_day)
        for one in sessions_of(work.reader(), [cohort])[cohort]
        if one.state != "cancelled"
    ]
    starts = range(0, len(sessions), COLUMNS)
    return tuple(RegisterSheet(sessions=tuple(sessions[start : start + COLUMNS])) for start in starts)


def _people(work: Work, cohort: Key) -> tuple[Person, ...]:
    rows = enrolments_of_cohorts(work.reader(), [cohort])[cohort]
    names = names_of(work, [one.participant_id for one in rows if one.state != "withdrawn"])
    return tuple(Person(name=_printed(name)) for name in sorted(names.values(), key=lambda name: name.number))


def _printed(name: PersonName) -> str:
    """The name with the number that marks come back by; the number alone where the name is not for whoever prints."""
    return name.number if name.is_hidden or name.is_erased else f"{name.printed.reveal()} ({name.number})"
