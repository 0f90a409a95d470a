"""Adendas, handovers, payments, refunds, closing statements and minutes get their papers from what was recorded."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from seedfund.documents.content import Finger, SignMethod
from seedfund.documents.service import (
    IssueAddendumPaper,
    IssueCommitteeMinutes,
    IssueHandoverPaper,
    IssueOfficialReceipt,
    IssuePaymentReceipt,
    ReissuePaper,
    Signing,
    issue_addendum_paper,
    issue_committee_minutes,
    issue_handover_paper,
    issue_official_receipt,
    issue_payment_receipt,
    print_paper,
    reissue_paper,
)
from seedfund.grants.queries.acts import handover_facts
from seedfund.grants.rules.conditions import AgreementSigned
from seedfund.grants.rules.words import Delivery
from seedfund.grants.service.amendments import AmendAgreement, amend_agreement
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.secret import Secret
from seedfund.plans.service import (
    CloseSession,
    close_session,
)
from seedfund.register.queries import read_paper
from seedfund.reports.queries.desk.lists import LISTS
from tests.documents.papers import draft, home_of, issued_paper, read, ready, terms, text_of
from tests.grants.accounting_for import (
    demanded,
    handed_over,
    refunded,
)
from tests.grants.paying import listed, paid, payable_transfer, payee, released, supplier, wish
from tests.grants.test_undoing import undone
from tests.support.grants import Home, key, signed, tranche, usd
from tests.support.programme import House


@dataclass(frozen=True)
class InForce:
    """A grant in force over 500 dollars on a plan, its agreement with its paper."""

    owner: Home
    grant: str
    agreement: str


def in_force(house: House, *tranches: TrancheAsked) -> InForce:
    ready(house)
    owner = home_of(house)
    grant = draft(house, owner, *tranches)
    agreement = issued_paper(house, grant).number
    signed(house, agreement)
    return InForce(owner, grant, agreement)


def one_tranche(house: House) -> InForce:
    """All 500 dollars in one tranche, by an adenda, paid in cash to the owner."""
    found = in_force(house)
    amended(house, found.grant)
    addendum(house, found.grant)
    signed(house, "AD-2026-0001")
    payee(house, found.grant, found.owner.head)
    return found


def amended(house: House, grant: str) -> None:
    with house.work("expert") as work:
        whole = tranche(usd(500), AgreementSigned())
        amend_agreement(work, AmendAgreement(key=key(), grant=grant, tranches=(whole,)))


def addendum(house: House, grant: str) -> str:
    with house.work("expert") as work:
        command = IssueAddendumPaper(
            key=key(),
            grant=grant,
            reason=Secret("El proveedor pide el pago completo."),
            changes=(Secret("Un solo pago."),),
        )
        return issue_addendum_paper(work, command).number


def receipt_of(house: House, payment: str, signing: Signing | None = None) -> str:
    with house.work("cashier") as work:
        return issue_payment_receipt(
            work, IssuePaymentReceipt(key=key(), payment=payment, signing=signing)
        ).number


def test_an_adenda_says_what_was_agreed_before_what_is_agreed_now_and_why(house: House) -> None:
    found = in_force(house)
    amended(house, found.grant)

    said = read(house, addendum(house, found.grant))

    for words in (
        "Adenda N.º 1 al convenio AG-2026-0001",
        "El proveedor pide el pago completo.",
        "Un solo pago.",
        "quinientos con 00/100 dólares",
        "María Luisa Ejemplo Quishpe",
        "4 de enero de 2027",
    ):
        assert words in said


def test_an_adenda_and_an_agreement_are_issued_by_their_own_commands(house: House) -> None:
    found = in_force(house)
    amended(house, found.grant)

    with pytest.raises(Refused) as refused:
        issued_paper(house, found.grant)

    assert refused.value.codes == ("paper_of_other_command",)


def test_the_receipt_of_a_payment_on_its_way_is_there_to_be_signed(house: House) -> None:
    found = one_tranche(house)
    (payment,) = released(house, wish(found.grant)).payments
    by_thumb = Signing(method=SignMethod.THUMBPRINT, finger=Finger.LEFT_THUMB)

    said = read(house, receipt_of(house, payment, by_thumb), actor="cashier")

    for words in (
        payment,
        "USD 500,00",
        "efectivo en sobre",
        "PL-2026-0001",
        "A1",
        "pulgar izquierdo",
        "6 de marzo",
    ):
        assert words in said


def test_a_receipt_in_two_languages_is_frozen_in_both_and_corrected_in_both(house: House) -> None:
    found = one_tranche(house)
    (payment,) = released(house, wish(found.grant)).payments
    with house.work("cashier") as work:
        command = IssuePaymentReceipt(key=key(), payment=payment, languages=("es", "en"))
        paper = issue_payment_receipt(work, command)

    with house.work("manager") as work:
        again = reissue_paper(work, ReissuePaper(key=key(), number=payment, reason="fecha ilegible"))

    translation = f"{payment}-EN"
    assert paper.translations == again.translations == (translation,)
    assert (paper.version, again.version) == (1, 2)
    assert "five hundred and 00/100 United States dollars" in read(house, translation, actor="cashier")
    assert "prevalece el texto en español" in read(house, payment, actor="cashier")


def test_a_payment_that_is_only_listed_has_no_receipt(house: House) -> None:
    found = one_tranche(house)
    (payment,) = listed(house, wish(found.grant)).payments

    with house.work("cashier") as work, pytest.raises(Refused) as refused:
        issue_payment_receipt(work, IssuePaymentReceipt(key=key(), payment=payment))

    assert refused.value.codes == ("payment_not_paid",)


def test_a_transfer_without_agreement_or_receipts_has_a_receipt_all_the_same(house: House) -> None:
    ready(house)
    grant = payable_transfer(house)
    payment = paid(house, grant)

    said = read(house, receipt_of(house, payment), actor="cashier")

    assert "USD 60,00" in said
    assert "convenio" not in said
    assert "justificativos" not in said


def test_a_handover_names_the_goods_the_supplier_and_the_hands(house: House) -> None:
    found = in_force(house, TrancheAsked(amount=usd(500), delivery=Delivery.IN_KIND))
    supplier(house, found.grant, "Ferretería Ficticia")
    payment = paid(house, found.grant)
    act = handed_over(house, found.grant, found.owner.head, usd(300), payment=payment).number

    with house.work("coach") as work:
        paper = issue_handover_paper(work, IssueHandoverPaper(key=key(), act=act))

    with house.work("coach") as work:
        said = text_of(print_paper(work, act))
        row = handover_facts(work.reader(), work.programme.id, act).row
    assert row.paper_id is not None
    assert paper.kind == "handover"
    for words in (
        "Ferretería Ficticia",
        "horno",
        "USD 300,00",
        "trescientos con 00/100",
        "Actor coach",
        "24 meses",
    ):
        assert words in said


def test_an_official_receipt_tells_what_was_owed_and_what_is_owed_still(house: House) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    demanded(house, found.grant, usd(200))
    first = refunded(house, found.grant, usd(150)).number
    second = refunded(house, found.grant, usd(120)).number

    with house.work("cashier") as work:
        for number in (first, second):
            issue_official_receipt(work, IssueOfficialReceipt(key=key(), refund=number))

    with house.work("cashier") as work:
        early, late = (read_paper(work, number).values() for number in (first, second))
        said = text_of(print_paper(work, second))
    assert (early["owed_before"]["minor"], early["owed_after"]["minor"], early["not_owed"]) == (
        200_00,
        50_00,
        None,
    )
    assert (late["owed_before"]["minor"], late["owed_after"]["minor"]) == (50_00, 0)
    assert late["not_owed"]["minor"] == 70_00
    assert "no queda saldo por reintegrar" in said
    assert "USD 70,00 (setenta con 00/100 dólares" in said


def test_a_refund_that_was_undone_has_no_receipt_and_its_list_says_so(house: House) -> None:
    found = one_tranche(house)
    paid(house, found.grant)
    demanded(house, found.grant, usd(200))
    back = refunded(house, found.grant, usd(150))
    reversal = undone(house, back.entry).entry

    with pytest.raises(Refused) as caught, house.work("cashier") as work:
        issue_official_receipt(work, IssueOfficialReceipt(key=key(), refund=back.number))
    with house.work("finance") as work:
        (shown,) = LISTS["refunds"](work)

    assert caught.value.codes == ("refund_undone",)
    assert shown["undone_by"] == reversal


def test_papers_name_the_day_an_agreement_was_issued_and_the_day_it_was_signed(house: House) -> None:
    ready(house)
    owner = home_of(house)
    grant = draft(house, owner)
    agreement = issued_paper(house, grant).number
    house.clock.advance(timedelta(days=2))
    signed(house, agreement)
    payee(house, grant, owner.head)
    (payment,) = released(house, wish(grant)).payments

    said = read(house, receipt_of(house, payment), actor="cashier")

    assert f"convenio {agreement} del 5 de enero de 2026, firmado el 7 de enero de 2026" in said
    assert "Se emite el 5 de enero de 2026 y se firma en 2 ejemplares" in read(house, agreement)


def test_a_bare_number_of_who_signs_for_the_organisation_is_said_to_be_of_an_identity_document(
    house: House,
) -> None:
    ready(house)
    terms(house, representative_document="EJ-0000000-1")

    said = read(house, issued_paper(house, draft(house, home_of(house))).number)

    assert said.count("documento de identidad EJ-0000000-1") == 2


def test_minutes_name_the_committee_and_participants_by_number_alone(house: House) -> None:
    ready(house)
    owner = home_of(house)
    draft(house, owner)
    with house.work("secretary") as work:
        close_session(work, CloseSession(key=key(), session="CS-2026-0001"))
        command = IssueCommitteeMinutes(
            key=key(), session="CS-2026-0001", available=usd(3_000), observations=("Sin novedades.",)
        )
        issue_committee_minutes(work, command)

    said = read(house, "CS-2026-0001", actor="secretary")

    for words in (
        "Actor member1",
        owner.household,
        "USD 500,00",
        "3–0–0",
        "Sin novedades.",
        "100",
        "BP-2026-0001",
    ):
        assert words in said
    assert "María Luisa" not in said
    with house.work("secretary") as work:
        assert read_paper(work, "CS-2026-0001").row.subject_id is None


def test_minutes_wait_until_the_session_is_closed(house: House) -> None:
    ready(house)
    draft(house)

    with house.work("secretary") as work, pytest.raises(Refused) as refused:
        issue_committee_minutes(
            work, IssueCommitteeMinutes(key=key(), session="CS-2026-0001", available=usd(3_000))
        )

    assert refused.value.codes == ("session_not_closed",)


def test_minutes_that_give_more_than_there_was_are_refused(house: House) -> None:
    ready(house)
    draft(house)

    with house.work("secretary") as work, pytest.raises(InvalidInput, match="available"):
        close_session(work, CloseSession(key=key(), session="CS-2026-0001"))
        issue_committee_minutes(
            work, IssueCommitteeMinutes(key=key(), session="CS-2026-0001", available=usd(100))
        )
