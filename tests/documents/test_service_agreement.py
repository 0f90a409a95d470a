"""An agreement is issued in one command with its paper, which says what was agreed and prints the same for ever."""

from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.documents.content import Finger, SignMethod
from seedfund.documents.service import (
    IssueAgreementPaper,
    Signing,
    issue_agreement_paper,
    issuing,
    print_paper,
    printed,
)
from seedfund.grants.queries.agreements import agreement_by_number
from seedfund.grants.service import award_grant, issue_agreement
from seedfund.grants.service.agreements import IssueAgreement
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.resources import resource_dir
from seedfund.kernel.secret import Secret
from seedfund.people.service import (
    RestrictParticipant,
    restrict_participant,
)
from seedfund.register.queries import read_paper
from seedfund.store.columns import METADATA
from tests.documents.papers import draft, home_of, issued_paper, read, ready, terms, text_of
from tests.plans.samples import bakery
from tests.support.grants import (
    approved_plan,
    awarded,
    awarding,
    drafted,
    home,
    key,
    prepared,
    signed,
    usd,
)
from tests.support.programme import House

HOSTILE = "<b>Ana</b> {{ number }} **x** | ~~~ \\ Tj"


def refused(house: House, grant: str, actor: str = "expert", **changes: Any) -> tuple[str, ...]:
    with house.work(actor) as work, pytest.raises(Refused) as found:
        issue_agreement_paper(work, IssueAgreementPaper(key=key(), grant=grant, **changes))
    return found.value.codes


def everything(house: House) -> bytes:
    """Every value of every table, as bytes."""
    found = bytearray()
    with house.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(sa.select(table)):
                for value in row:
                    found += value if isinstance(value, bytes) else str(value).encode()
    return bytes(found)


def test_an_agreement_is_issued_with_its_number_its_paper_and_its_hash_in_one_command(house: House) -> None:
    ready(house)
    grant = draft(house, home_of(house))

    paper = issued_paper(house, grant)

    with house.work("expert") as work:
        agreement = agreement_by_number(work.reader(), work.programme.id, paper.number)
        kept = read_paper(work, paper.number)
    assert paper.number == "AG-2026-0001"
    assert (agreement.state, agreement.paper_hash) == ("issued", paper.content_hash)
    assert kept.row.content_hash == paper.content_hash
    assert kept.row.chain_head.startswith("UNHCR:")


def test_the_same_command_twice_issues_one_paper(house: House) -> None:
    ready(house)
    command = IssueAgreementPaper(
        key="issue:1", grant=draft(house), signing=Signing(witnesses=(Secret("Rosa"),))
    )

    with house.work("expert") as work:
        first = issue_agreement_paper(work, command)
    with house.work("expert") as work:
        again = issue_agreement_paper(work, command)

    assert again == first


def test_an_agreement_that_has_its_number_already_gets_its_paper_and_can_be_signed(house: House) -> None:
    ready(house)
    grant = draft(house)
    issued_before = issued_without_paper(house, grant)

    paper = issued_paper(house, grant)

    assert paper.number == issued_before
    assert signed(house, paper.number).state == "signed"


def issued_without_paper(house: House, grant: str) -> str:
    with house.work("expert") as work:
        return issue_agreement(work, IssueAgreement(key=key(), grant=grant)).number


def test_the_paper_says_who_what_how_much_in_words_and_until_when(house: House) -> None:
    ready(house)
    grant = draft(house, home_of(house))

    said = read(house, issued_paper(house, grant).number)

    for words in (
        "María Luisa Ejemplo Quishpe, pasaporte EJ777001",
        "quinientos con 00/100 dólares de los Estados Unidos de América",
        "Panadería El Ejemplo",
        "por sí y en nombre de su hogar",
        "Convenio de entrega de capital semilla",
        "directora ejecutiva",
        "capacitación en gestión de negocios",
        "dinero, bienes o trabajo",
        "CS-2026-0001",
        grant,
        "hasta el 4 de enero de 2027",
        "60 días",
    ):
        assert words in said


def test_a_grant_without_a_plan_says_nothing_of_a_plan(house: House) -> None:
    ready(house)
    grant = awarded(house, home_of(house)).number
    drafted(house, grant)

    said = read(house, issued_paper(house, grant).number)

    assert "Con decisión N.º RF-1" in said
    assert "plan de negocio" not in said.replace("Ejecutar el plan", "")
    assert "Huella del documento de aprobación" in said


def test_a_paper_in_two_languages_names_the_one_that_prevails_and_each_is_printed(house: House) -> None:
    ready(house)
    paper = issued_paper(house, draft(house), languages=("es", "en"))

    with house.work("expert") as work:
        spanish = text_of(printed(work, paper.number, language="es").pdf)
        english = text_of(printed(work, paper.number, language="en").pdf)

    assert paper.translations == ("AG-2026-0001-EN",)
    assert "prevalece el texto en español" in spanish
    assert "five hundred" in english
    assert "executive director" in english
    assert "The agreement is signed by all parties" in english


def test_the_names_around_a_signature_stand_on_the_paper(house: House) -> None:
    ready(house)
    signing = Signing(
        method=SignMethod.AT_REQUEST,
        finger=Finger.RIGHT_THUMB,
        at_request=Secret("José Muestra Chulde"),
        read_aloud_by=Secret("Ana Muestra"),
        witnesses=(Secret("Rosa Prueba"),),
    )

    said = read(house, issued_paper(house, draft(house), signing=signing).number)

    for words in (
        "José Muestra Chulde",
        "leído en voz alta por Ana Muestra",
        "Rosa Prueba",
        "pulgar derecho",
    ):
        assert words in said


def test_a_programmes_own_wording_is_what_its_papers_say(house: House, tmp_path: Path) -> None:
    ready(house)
    folder = tmp_path / "words"
    copytree(resource_dir("templates") / "agreement", folder / "agreement")
    template = folder / "agreement" / "es.md"
    template.write_text(
        template.read_text().replace("Es un aporte no reembolsable", "Es un aporte que no se devuelve")
    )

    number = issued_paper(house, draft(house), templates_dir=str(folder)).number

    assert "Es un aporte que no se devuelve" in read(house, number)


def test_a_hostile_name_is_drawn_as_it_was_typed(house: House) -> None:
    ready(house)

    said = read(house, issued_paper(house, draft(house, home_of(house, HOSTILE, "Prueba"))).number)

    assert f"{HOSTILE} Prueba" in said


def test_no_name_of_a_paper_can_be_read_in_the_database(house: House) -> None:
    ready(house)
    grant = draft(house, home_of(house, "Zenobia", "Cualquieramente"))

    issued_paper(house, grant, signing=Signing(witnesses=(Secret("Testigo Irrepetible"),)))

    stored = everything(house)
    assert b"Panader" not in stored
    for name in ("Zenobia", "Cualquieramente", "Testigo Irrepetible", "EJ777001"):
        assert name.encode() not in stored
    assert b"UNHCR" in stored


def test_a_letter_without_a_font_is_refused_before_a_number_is_taken(house: House) -> None:
    ready(house)
    unprintable, fine = draft(house, home_of(house, "कमला", "Prueba")), draft(house)

    assert set(refused(house, unprintable)) == {"character_without_font"}

    assert issued_paper(house, fine).number == "AG-2026-0001"


def test_a_paper_is_issued_once(house: House) -> None:
    ready(house)
    grant = draft(house)
    issued_paper(house, grant)

    assert refused(house, grant) == ("paper_issued_before",)


def test_without_a_draft_there_is_nothing_to_issue(house: House) -> None:
    ready(house)

    assert refused(house, awarded(house).number) == ("no_draft",)


def test_an_agreement_over_another_amount_than_its_plan_is_refused(house: House) -> None:
    ready(house)
    grant = awarded_on(house)
    drafted(house, grant, amount=usd(450))

    assert refused(house, grant) == ("plan_and_amount_differ",)


def awarded_on(house: House) -> str:
    plan = approved_plan(house, home(house), bakery())
    with house.work("secretary") as work:
        return award_grant(work, awarding(plan)).number


def test_no_paper_is_issued_before_the_terms_of_papers_are_in_force(house: House) -> None:
    prepared(house)

    assert refused(house, draft(house)) == ("paper_terms_missing",)


def test_terms_that_lack_a_language_are_named(house: House) -> None:
    prepared(house)
    terms(house, dispute_forum={"es": "un centro"}, data_contact={"es": "datos@example.org"})

    codes = refused(house, draft(house), languages=("en",))

    assert codes == ("paper_terms_without_language",) * 2


def test_more_heads_of_books_than_a_paper_holds_are_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(house)
    grant = draft(house)
    monkeypatch.setattr(issuing, "CHAIN_HEAD_MOST", 10)

    assert refused(house, grant) == ("chain_heads_too_long",)


def test_a_restricted_persons_paper_is_for_few(house: House) -> None:
    ready(house)
    owner = home_of(house)
    grant = draft(house, owner)
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=owner.head, is_restricted=True))

    with house.work("expert") as work, pytest.raises(NotAllowed):
        issue_agreement_paper(work, IssueAgreementPaper(key=key(), grant=grant))
    with house.work("protection") as work:
        number = issue_agreement_paper(work, IssueAgreementPaper(key=key(), grant=grant)).number
    with house.work("expert") as work, pytest.raises(NotAllowed):
        print_paper(work, number)

    assert "María Luisa Ejemplo Quishpe" in read(house, number, actor="director")
