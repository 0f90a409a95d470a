"""What contents are put together from is there in every language of papers, with the same places for facts."""

from datetime import date
from importlib.resources import files

import pytest
from babel.messages.pofile import read_po

from seedfund.documents.rules import PARTICIPANT_LANGUAGES
from seedfund.documents.service.parties import PAPER, in_words
from seedfund.grants.queries.papers import condition_sentence
from seedfund.grants.rules.conditions import (
    LEAVES,
    AccountLinked,
    AgreementSigned,
    AllOf,
    AnyOf,
    AttendanceAtLeast,
    ChildrenEnrolled,
    Condition,
    DateReached,
    EvidenceOnFile,
    PreviousTrancheJustified,
    QuotesFiled,
    Since,
    VisitDoneSince,
)
from seedfund.grants.rules.words import EvidenceKind
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import FACT, phrase, placeholders
from seedfund.paper.format import LOCALES
from seedfund.people.rules import DocumentKind

CONDITIONS: tuple[Condition, ...] = (
    AgreementSigned(),
    AccountLinked(),
    AttendanceAtLeast(8000),
    AttendanceAtLeast(8000, "CH-2026-0003"),
    PreviousTrancheJustified(8000),
    *(VisitDoneSince(since, is_operating=operating) for since in Since for operating in (True, False)),
    QuotesFiled(2),
    DateReached(),
    DateReached(date(2027, 1, 5)),
    *(EvidenceOnFile(kind, least, topic) for kind in EvidenceKind for least in (0, 5) for topic in ("", "x")),
    *(ChildrenEnrolled(term, least) for term in ("", "2026-I") for least in (0, 2)),
    AllOf((AgreementSigned(), AccountLinked())),
    AnyOf((AgreementSigned(), AccountLinked())),
)


def entries(language: str) -> dict[tuple[str | None, str], str]:
    with (files("seedfund") / "phrasebooks" / f"{language}.po").open("rb") as file:
        found = read_po(file, locale=language, abort_invalid=True)
    return {(one.context, str(one.id)): str(one.string) for one in found if one.id}


def test_every_kind_of_condition_is_among_the_examples() -> None:
    assert {type(one) for one in CONDITIONS} == {*LEAVES.values(), AllOf, AnyOf}


@pytest.mark.parametrize("language", PARTICIPANT_LANGUAGES)
def test_every_condition_is_one_sentence_of_the_language(language: str) -> None:
    said = {condition_sentence(one, language, "USD") for one in CONDITIONS}
    english = {condition_sentence(one, "en", "USD") for one in CONDITIONS}

    assert len(said) == len(english)
    assert not said & english


@pytest.mark.parametrize("language", PARTICIPANT_LANGUAGES)
def test_every_document_and_every_evidence_has_a_name(language: str) -> None:
    for kind in (*DocumentKind, *EvidenceKind):
        assert (FACT, kind.value) in entries(language), kind


@pytest.mark.parametrize("language", PARTICIPANT_LANGUAGES)
def test_phrasebooks_hold_the_same_phrases_with_the_same_places_for_facts(language: str) -> None:
    book = entries(language)

    assert set(book) == set(entries("fr"))
    for (_, template), text in book.items():
        assert placeholders(text) == placeholders(template), template


@pytest.mark.parametrize("language", LOCALES)
def test_what_papers_of_participants_are_put_together_from_is_there(language: str) -> None:
    for text in ("supplier", "authorised collector", "money", "goods or work", "money, goods or work"):
        assert in_words(text, language)
    assert "0400000018" in in_words("identity document {number}", language, number="0400000018")
    account = "{institution}, account ending in {tail}"
    assert "1234" in in_words(account, language, institution="Banco Ejemplo", tail="1234")


def test_a_phrase_that_a_language_lacks_is_an_error_and_never_english() -> None:
    with pytest.raises(InvalidInput, match="has no words in the language 'fr'"):
        phrase("no fund", "fr", context=PAPER)
    with pytest.raises(InvalidInput, match="no phrases in the language 'xx'"):
        phrase("money", "xx", context=PAPER)


def test_a_word_that_a_person_wrote_stands_as_it_was_written() -> None:
    assert phrase("Cocina básica", "th", context=FACT) == "Cocina básica"
