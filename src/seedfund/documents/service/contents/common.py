"""What every paper of a grant says: place and day, programme and funds, organisation, owner. Must not write."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from seedfund.documents.content import Organisation, Person
from seedfund.documents.queries import paper_terms
from seedfund.documents.rules.terms import PaperTerms, said_in
from seedfund.documents.service.parties import organisation_of
from seedfund.funds.queries import list_donors
from seedfund.kernel.errors import insist
from seedfund.paper.format import locale_of
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The terms in force on the day of issue, in the language of the paper."""

    terms: PaperTerms
    said: dict[str, str]
    language: str
    languages: tuple[str, ...]
    organisation: Organisation


def frame_of(unit: Unit, languages: Sequence[str], *, drawn: str = "") -> Frame:
    """The frame of a paper that is issued today in these languages, the first of which prevails.

    `drawn` is the language of this very content, the first one if not given.

    Raises:
        Refused: `language_without_words`, `paper_terms_missing`, `paper_terms_without_language`.
    """
    insist(bool(languages), "a paper is issued in a language")
    for one in languages:
        locale_of(one)
    language = drawn or languages[0]
    terms = paper_terms(unit, unit.programme.id, unit.occurred_on)
    return Frame(
        terms=terms,
        said=said_in(terms, language),
        language=language,
        languages=tuple(languages),
        organisation=organisation_of(unit.work, terms, language),
    )


def common_fields(
    unit: Unit, frame: Frame, *, number: str, funds: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """The fields all contents share but for who signs; `funds` are pairs of a fund's name and its donor's code."""
    names = {donor.code: donor.name for donor in list_donors(unit, unit.programme.id)}
    return {
        "number": number,
        "place": frame.terms.place,
        "dated_on": unit.occurred_on,
        "programme": unit.programme.name,
        "fund": ", ".join(dict.fromkeys(fund for fund, _ in funds)),
        "donor": ", ".join(dict.fromkeys(names.get(donor, donor) for _, donor in funds)),
        "organisation": frame.organisation,
        "languages": frame.languages,
        "prevailing_language": frame.languages[0],
        "copies": frame.terms.copies,
    }


def in_sentence(text: str) -> str:
    """A name as it stands inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == "" else text


def organisation_person(frame: Frame) -> Person:
    """Who signs for the organisation."""
    return Person(name=frame.organisation.representative, document=frame.organisation.representative_document)


def later(first: date, second: date | None) -> date:
    """The later of two days, the second of which may be none."""
    return first if second is None else max(first, second)
