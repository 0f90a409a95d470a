"""Papers issued in several languages: each frozen on the register, printed alone or two together; consent on paper."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from seedfund.documents.layouts import Arrangement
from seedfund.documents.service import (
    IssueConsentPaper,
    PaperWritten,
    ReissuePaper,
    issue_consent_paper,
    print_paper,
    printed,
    printed_together,
    reissue_paper,
)
from seedfund.grants.rules.words import AgreementKind
from seedfund.grants.service.agreements import DraftAgreement, draft_agreement
from seedfund.kernel.errors import Conflict, NotAllowed, NotFound, Refused
from seedfund.people.rules import ConsentMethod, ConsentPurpose, Identity
from seedfund.people.service import (
    CorrectIdentity,
    RecordConsent,
    RestrictParticipant,
    WithdrawConsent,
    correct_identity,
    record_consent,
    restrict_participant,
    withdraw_consent,
)
from seedfund.register.queries import find_paper, read_paper
from tests.documents.papers import TERMS, draft, home_of, issued_paper, read, ready, terms, text_of
from tests.people.samples import identity, register
from tests.support.grants import awarded_on_plan, key
from tests.support.programme import House


def in_many(house: House, *languages: str) -> None:
    """Terms of papers that say everything in these languages too."""
    texts = ("representative_position", "complaints_channel", "data_contact", "dispute_forum")
    said = {name: {**getattr(TERMS, name), **{one: f"{name} {one}" for one in languages}} for name in texts}
    terms(house, **said)


def together(house: House, number: str, *languages: str, **options: Any) -> bytes:
    first, second = languages
    with house.work("expert") as work:
        return printed_together(work, number, languages=(first, second), **options).pdf


def test_an_agreement_in_kichwa_and_spanish_is_frozen_in_both_and_printed_side_by_side(house: House) -> None:
    ready(house)
    in_many(house, "qu")
    paper = issued_paper(house, draft(house, home_of(house)), languages=("es", "qu"))

    pdf = together(house, paper.number, "qu", "es")

    said = text_of(pdf)
    assert paper.translations == ("AG-2026-0001-QU",)
    assert together(house, paper.number, "qu", "es") == pdf
    assert "español (texto que prevalece)" in said
    assert "mishu shimi (castellano) killkashka" in said
    assert "Tukuylla convenio killkata aspishkakuna" in said
    with house.work("expert") as work:
        found = find_paper(work.reader(), work.programme.id, "AG-2026-0001-QU")
        assert found is not None
        assert found.languages == "qu"
        assert read_paper(work, "AG-2026-0001-QU").values()["languages"] == ["es", "qu"]
        assert found.content_hash in said


@pytest.mark.parametrize(("language", "benefit"), [("fr", "capital d'amorçage"), ("pt", "seed capital")])
def test_an_agreement_prevails_in_any_language_with_words(house: House, language: str, benefit: str) -> None:
    ready(house)
    in_many(house, language)

    paper = issued_paper(house, draft(house), languages=(language, "es"))

    with house.work("expert") as work:
        content = read_paper(work, paper.number).values()
        spanish = printed(work, paper.number, language="es")
    assert content["prevailing_language"] == language
    assert content["benefit"] == benefit
    assert spanish.number == "AG-2026-0001-ES"
    for arrangement in Arrangement:
        assert together(house, paper.number, language, "es", arrangement=arrangement)


def test_a_language_without_words_does_not_prevail_and_nothing_is_written(house: House) -> None:
    ready(house)
    in_many(house, "qu")
    grant = draft(house)

    with pytest.raises(Refused) as refused:
        issued_paper(house, grant, languages=("qu", "es"))

    assert refused.value.codes == ("prevailing_without_words",)
    assert "--lang es,qu" in str(refused.value)
    assert issued_paper(house, grant, languages=("es", "qu")).number == "AG-2026-0001"


def test_a_language_that_papers_do_not_have_is_refused_as_such(house: House) -> None:
    ready(house)

    with pytest.raises(Refused) as refused:
        issued_paper(house, draft(house), languages=("xx",))

    assert refused.value.codes == ("language_without_words",)


def test_a_carta_de_compromiso_speaks_as_the_participant_and_prints_again(house: House) -> None:
    ready(house)
    grant = awarded_on_plan(house, home_of(house)).number
    with house.work("expert") as work:
        drafting = DraftAgreement(key=key(), grant=grant, kind=AgreementKind.CARTA_COMPROMISO)
        draft_agreement(work, drafting)

    paper = issued_paper(house, grant, languages=("es", "en"))

    said = read(house, paper.number)
    assert paper.kind == "agreement"
    assert "Carta de compromiso por la entrega de" in said
    assert "Yo, María Luisa Ejemplo Quishpe" in said
    assert "Undertaking for a grant of" in text_of(together(house, paper.number, "es", "en"))
    with house.work("expert") as work:
        assert print_paper(work, paper.number) == print_paper(work, paper.number)


def test_a_language_the_terms_of_papers_do_not_speak_is_refused(house: House) -> None:
    ready(house)

    with pytest.raises(Refused) as refused:
        issued_paper(house, draft(house), languages=("es", "fr"))

    assert set(refused.value.codes) == {"paper_terms_without_language"}


def test_two_texts_of_different_versions_are_not_put_together(house: House) -> None:
    ready(house)
    number = issued_paper(house, draft(house), languages=("es", "en")).number
    first = together(house, number, "es", "en")
    with house.work("expert") as work:
        reissue_paper(work, ReissuePaper(key=key(), number=number, reason="sin inglés", languages=("es",)))

    with pytest.raises(Refused) as refused:
        together(house, number, "es", "en")

    assert refused.value.codes == ("language_not_issued",)
    assert together(house, number, "es", "en", version=1) == first


def test_a_correction_stands_beside_the_text_of_its_own_step(house: House) -> None:
    ready(house)
    owner = home_of(house)
    number = issued_paper(house, draft(house, owner), languages=("es", "en")).number
    first = together(house, number, "es", "en")
    house.clock.advance(timedelta(minutes=5))
    with house.work("field") as work:
        corrected: Identity = identity("María Luz", "Ejemplo Quishpe")
        correct_identity(work, CorrectIdentity(key=key(), participant=owner.head, identity=corrected))
    with house.work("expert") as work:
        reissue_paper(work, ReissuePaper(key=key(), number=number, reason="otra hora"))

    second = together(house, number, "es", "en")

    assert text_of(second).count("María Luz Ejemplo") > 1
    assert "María Luisa" not in text_of(second)
    assert together(house, number, "es", "en", version=1) == first


def consented(house: House, participant: str, purpose: ConsentPurpose, *, withdrawn: bool = False) -> None:
    with house.work("field") as work:
        given = RecordConsent(
            key=key(),
            participant=participant,
            purpose=purpose,
            language="qu",
            method=ConsentMethod.VERBAL,
            wording="DP-3",
        )
        record_consent(work, given)
        if withdrawn:
            taken_back = WithdrawConsent(
                key=key(),
                participant=participant,
                purpose=purpose,
                language="es",
                method=ConsentMethod.VERBAL,
            )
            withdraw_consent(work, taken_back)


def consent_paper(house: House, participant: str, actor: str = "field", **changes: Any) -> PaperWritten:
    with house.work(actor) as work:
        return issue_consent_paper(
            work, replace(IssueConsentPaper(key=key(), participant=participant), **changes)
        )


def test_a_consent_form_says_what_was_agreed_taken_back_and_never_asked(house: House) -> None:
    ready(house)
    person = home_of(house).head
    consented(house, person, ConsentPurpose.PHOTOS, withdrawn=True)

    paper = consent_paper(house, person)

    said = read(house, paper.number)
    assert (paper.number, paper.kind) == ("CN-2026-0001", "consent")
    assert said.count("No consta") == 2
    assert "Retirado" in said
    assert "de palabra; explicado en quechua; retirado el" in said
    assert "María Luisa Ejemplo Quishpe" in said
    assert person in said


def test_a_consent_form_is_printed_in_two_languages_and_corrected_under_its_number(house: House) -> None:
    ready(house)
    in_many(house, "qu")
    person = home_of(house).head
    number = consent_paper(house, person, languages=("es", "qu")).number
    before = read(house, number)
    consented(house, person, ConsentPurpose.PHOTOS)

    with house.work("field") as work:
        paper = reissue_paper(work, ReissuePaper(key=key(), number=number, reason="faltaba una respuesta"))

    assert (paper.number, paper.version, paper.translations) == (number, 2, (f"{number}-QU",))
    assert before.count("No consta") == 3
    assert read(house, number).count("No consta") == 2
    said = text_of(together(house, number, "es", "qu"))
    assert "Ñuka, María Luisa" in said
    assert "Yo, María Luisa" in said
    assert consent_paper(house, person).number == "CN-2026-0002"


def test_a_person_without_any_consent_has_no_form_and_no_number_is_taken(house: House) -> None:
    ready(house)
    person = home_of(house).head
    silent = register(house).members[0].participant

    with pytest.raises(Refused) as refused:
        consent_paper(house, silent)
    with pytest.raises(NotFound):
        consent_paper(house, f"{person[:-4]}0999")

    assert refused.value.codes == ("no_consent_recorded",)
    assert consent_paper(house, person).number == "CN-2026-0001"


def test_a_restricted_persons_consent_is_for_few(house: House) -> None:
    ready(house)
    person = home_of(house).head
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=person, is_restricted=True))

    with pytest.raises((NotAllowed, NotFound)):
        consent_paper(house, person)

    number = consent_paper(house, person, actor="protection").number
    with house.work("field") as work, pytest.raises((NotAllowed, NotFound)):
        print_paper(work, number)


def test_the_same_command_twice_is_one_form(house: House) -> None:
    ready(house)
    command = IssueConsentPaper(key=key(), participant=home_of(house).head)
    with house.work("field") as work:
        first = issue_consent_paper(work, command)
    with house.work("field") as work:
        second = issue_consent_paper(work, command)
    with house.work("field") as work, pytest.raises(Conflict):
        issue_consent_paper(work, replace(command, languages=("en",)))

    assert first == second
