"""What a consent form says, from the consents on record. Must not write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from babel import Locale

from seedfund.documents.content import (
    ConsentAnswer,
    ConsentContent,
    ConsentFor,
    ConsentGivenBy,
    ConsentState,
)
from seedfund.documents.rules.papers import NO_CONSENT_RECORDED
from seedfund.documents.service.contents.common import common_fields, frame_of
from seedfund.documents.service.parties import person_of
from seedfund.documents.service.signing import Signing, signing_fields
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.paper.format import locale_of
from seedfund.people.queries import participant_by_number, participant_facts
from seedfund.people.rules import Consent, ConsentMethod, is_adult
from seedfund.store.unit import Unit

_GIVEN_BY: Final[Mapping[ConsentMethod, ConsentGivenBy]] = MappingProxyType(
    {
        ConsentMethod.SIGNATURE: ConsentGivenBy.SIGNATURE,
        ConsentMethod.THUMBPRINT: ConsentGivenBy.THUMBPRINT,
        ConsentMethod.VERBAL: ConsentGivenBy.VERBAL,
        ConsentMethod.ELECTRONIC: ConsentGivenBy.ELECTRONIC,
    }
)


@dataclass(frozen=True, kw_only=True)
class ToConsent:
    """Whose form it is, and its number once it has one; in which languages, and which of them this content is in."""

    participant: str
    number: str
    languages: tuple[str, ...]
    drawn: str = ""


def consent_content(unit: Unit, asked: ToConsent, *, signing: Signing) -> ConsentContent:
    """The content of a consent form in one of its languages: every purpose, also those nobody asked about.

    Raises:
        NotFound: there is no such person, or it was erased.
        NotAllowed: the person is restricted.
        Refused: `no_consent_recorded`, `paper_terms_missing`, `paper_terms_without_language`,
            `language_without_words`.
    """
    row = participant_by_number(unit, unit.programme.id, asked.participant)
    facts = participant_facts(unit, [row.id])[row.id]
    refuse([] if facts.consents else [NO_CONSENT_RECORDED(participant=row.number)])
    frame = frame_of(unit, asked.languages, drawn=asked.drawn)
    person = person_of(unit.work, row.id, frame.language)
    return ConsentContent(
        **common_fields(unit, frame, number=asked.number, funds=()),
        **signing_fields(frame.organisation, person, signing),
        participant_number=row.number,
        person=person,
        is_minor=facts.birth is not None and is_adult(facts.birth, unit.occurred_on) is False,
        answers=_answers(facts.consents, frame.language),
        complaints_channel=frame.said["complaints_channel"],
        data_contact=frame.said["data_contact"],
        keep_records_years=frame.terms.keep_records_years,
    )


def subject_of(unit: Unit, participant: str) -> Key:
    """Under whose key the form is sealed.

    Raises:
        NotFound: there is no such person.
    """
    return participant_by_number(unit, unit.programme.id, participant).id


def _answers(consents: Sequence[Consent], language: str) -> tuple[ConsentAnswer, ...]:
    last = {ConsentFor(one.purpose.value): one for one in consents}
    return tuple(
        _answer(purpose, last[purpose], language)
        if purpose in last
        else ConsentAnswer(purpose=purpose, state=ConsentState.NONE)
        for purpose in ConsentFor
    )


def _answer(purpose: ConsentFor, consent: Consent, language: str) -> ConsentAnswer:
    is_withdrawn = consent.withdrawn_on is not None
    return ConsentAnswer(
        purpose=purpose,
        state=ConsentState.WITHDRAWN if is_withdrawn else ConsentState.GIVEN,
        given_on=consent.given_on,
        withdrawn_on=consent.withdrawn_on,
        method=_GIVEN_BY[consent.method],
        explained_in=language_name(consent.language, language),
        text_version=consent.text_version,
        by_guardian=consent.by_guardian,
    )


def language_name(code: str, language: str) -> str:
    """What a language is called in the language of a paper; its code where nobody has a name for it."""
    locale: Locale = locale_of(language)
    return str(locale.languages.get(code.strip().lower(), code))
