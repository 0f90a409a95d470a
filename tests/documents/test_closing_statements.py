"""Closing statements say what a grant closed with, how it ended, and of the business what became of it."""

from seedfund.documents.service import (
    IssueAddendumPaper,
    IssueCloseOutPaper,
    ReissuePaper,
    issue_addendum_paper,
    issue_close_out_paper,
    print_paper,
    reissue_paper,
)
from seedfund.grants.queries.endings import close_out_by_number
from seedfund.grants.rules.words import EndReason, LifeEventKind
from seedfund.grants.service import terminate_grant
from seedfund.grants.service.course import TerminateGrant
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.told import EarlierTranche
from seedfund.kernel.secret import Secret
from seedfund.register.queries import read_paper
from seedfund.register.rules import EvidenceKind
from tests.documents.papers import read, ready, text_of
from tests.documents.test_service_acts import in_force, one_tranche
from tests.grants.accounting_for import (
    closed,
    filed,
    given_up,
    handed_in,
    receipt,
    refunded,
    reviewed,
)
from tests.grants.paying import paid, payable_transfer
from tests.grants.test_history import PAID_ON, PAPER
from tests.grants.test_takeover import taken
from tests.support.grants import amended, home, key, tranche, usd
from tests.support.programme import House


def close_out_paper(house: House, number: str) -> str:
    with house.work("expert") as work:
        command = IssueCloseOutPaper(
            key=key(),
            close_out=number,
            opinion=Secret("El negocio funciona."),
            achievements=Secret("Vende a diario."),
        )
        return issue_close_out_paper(work, command).number


def test_a_closing_statement_keeps_the_five_amounts_apart_and_says_how_it_ended(house: House) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    handed = handed_in(
        house,
        found.grant,
        receipt(usd(400), plan_line=1),
        receipt(usd(60), number="002-001-000000009", plan_line=2),
    ).number
    reviewed(house, handed, 1)
    reviewed(house, handed, 2)
    refunded(house, found.grant, usd(30))
    given_up(house, found.grant, usd(10))
    number = closed(house, found.grant).number

    close_out_paper(house, number)

    with house.work("expert") as work:
        content = read_paper(work, number).values()
        said = text_of(print_paper(work, number))
        row = close_out_by_number(work.reader(), work.programme.id, number)
    amounts = [
        content[name]["minor"]
        for name in ("disbursed", "justified", "returned", "written_off", "open_amount")
    ]
    assert amounts == [500_00, 460_00, 30_00, 10_00, 0]
    assert [line["justified"]["minor"] for line in content["lines"]] == [400_00, 60_00, 0, 0]
    assert row.paper_id is not None
    for words in (
        "Cerrada con un saldo dado de baja",
        "Actor director",
        "El negocio funciona.",
        "Vende a diario.",
        "Los bienes comprados son de la persona participante",
        "Motivo: robbed on the way. Este valor no se reclama",
        "Por el equipo de inclusión económica",
    ):
        assert words in said


def test_who_died_does_not_sign_the_closing_statement(house: House) -> None:
    found = in_force(house)
    with house.work("manager") as work:
        terminate_grant(work, TerminateGrant(key=key(), grant=found.grant, reason=EndReason.DECEASED))
    number = closed(house, found.grant).number
    close_out_paper(house, number)

    with house.work("expert") as work:
        content = read_paper(work, number).values()

        said = text_of(print_paper(work, number))

    assert content["outcome"] == "deceased"
    assert [one["role"] for one in content["signatories"]] == ["organisation", "expert"]
    assert "deja constancia de que se cierra, por el fallecimiento de María Luisa" in said
    assert "dan por cerrada" not in said


def test_who_withdrew_signs_the_closing_statement_too(house: House) -> None:
    found = one_tranche(house)
    with house.work("coach") as work:
        record_life_event(work, RecordLifeEvent(key=key(), grant=found.grant, kind=LifeEventKind.WITHDRAWAL))
    number = closed(house, found.grant).number
    close_out_paper(house, number)

    with house.work("expert") as work:
        content = read_paper(work, number).values()

    assert content["outcome"] == "withdrawn"
    assert [one["role"] for one in content["signatories"]] == ["organisation", "expert", "participant"]


def test_a_closing_statement_speaks_of_goods_only_where_some_were_bought(house: House) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    refunded(house, found.grant, usd(500))
    number = closed(house, found.grant).number

    said = read(house, close_out_paper(house, number))

    assert "se conservan 7 años." in said
    assert "bienes" not in said


def test_goods_are_called_the_participants_own_unless_who_bought_them_died_or_broke_the_agreement(
    house: House,
) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    reviewed(house, handed_in(house, found.grant, receipt(usd(400), plan_line=1)).number)
    with house.work("manager") as work:
        terminate_grant(work, TerminateGrant(key=key(), grant=found.grant, reason=EndReason.BREACH))
    number = closed(house, found.grant, despite_open=True, reason="no devuelve").number

    said = read(house, close_out_paper(house, number))

    assert "Lo que pasa con los bienes comprados se rige por el convenio." in said
    assert "son de la persona participante" not in said


def test_a_transfer_closes_without_agreement_or_plan(house: House) -> None:
    ready(house)
    grant = payable_transfer(house)
    paid(house, grant)
    number = closed(house, grant).number

    said = read(house, close_out_paper(house, number))

    assert "sin rubro del plan" in said
    assert "convenio N.º" not in said


def test_a_closing_statement_is_corrected_with_the_words_it_had(house: House) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    number = closed(house, found.grant, despite_open=True, reason="cierre del programa").number
    close_out_paper(house, number)

    with house.work("expert") as work:
        paper = reissue_paper(work, ReissuePaper(key=key(), number=number, reason="dirección"))

    assert paper.version == 2
    assert "El negocio funciona." in read(house, number)
    assert "Ejecutada, con un saldo por reintegrar" in read(house, number)


def test_a_receipt_accepted_after_the_whole_refund_is_own_contribution_on_its_line(house: House) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    refunded(house, found.grant, usd(500))
    late = handed_in(house, found.grant, receipt(usd(195), plan_line=1)).number
    reviewed(house, late)
    number = closed(house, found.grant).number
    close_out_paper(house, number)

    with house.work("expert") as work:
        content = read_paper(work, number).values()

    assert content["own_spent"]["minor"] == 195_00
    assert next((line["justified"]["minor"], line["own"]["minor"]) for line in content["lines"]) == (
        0,
        195_00,
    )
    assert sum(line["own"]["minor"] for line in content["lines"]) == 195_00


def test_a_closing_statement_marks_what_earlier_books_told(house: House) -> None:
    ready(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)
    first, rest = EarlierTranche(amount=usd(300), paid=usd(300), paid_on=PAID_ON), usd(200)
    owner = home(house)
    grant = taken(
        house, owner, first, EarlierTranche(amount=rest), justified=usd(280), returned=usd(20)
    ).grant
    with house.work("manager") as work:
        terminate_grant(work, TerminateGrant(key=key(), grant=grant, reason=EndReason.WITHDRAWN))
    number = closed(house, grant).number

    close_out_paper(house, number)

    with house.work("expert") as work:
        content = read_paper(work, number).values()
        said = text_of(print_paper(work, number))
    assert (content["brought_number"], content["brought_paid"]["minor"]) == ("HIAS-017", 300_00)
    assert (content["disbursed"]["minor"], content["justified"]["minor"], content["payments"]) == (
        300_00,
        280_00,
        [],
    )
    assert (content["agreement_number"], content["agreement_date"]) == ("CONV-44/2025", "2025-09-10")
    for words in ("HIAS-017: trasladado, no verificado aquí", "se trasladó de los libros anteriores"):
        assert words in said


def test_an_adenda_names_the_agreement_that_was_signed_in_the_earlier_books(house: House) -> None:
    ready(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)
    grant = taken(house, home(house)).grant
    amended(house, grant, tranche(usd(300)), tranche(usd(150)))
    with house.work("expert") as work:
        command = IssueAddendumPaper(key=key(), grant=grant, reason=Secret("Precio menor."))
        number = issue_addendum_paper(work, command).number

    with house.work("expert") as work:
        content = read_paper(work, number).values()

    assert (content["agreement_number"], content["agreement_date"]) == ("CONV-44/2025", "2025-09-10")
