"""Payees: two hands, a paper for whoever is not the owner, an account of their own; and hands that stay apart."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from seedfund.grants.rules.closing import ClosingFacts, check_closing
from seedfund.grants.rules.conditions import QuotesFiled
from seedfund.grants.rules.payees import PayeeProposal, check_payee
from seedfund.grants.rules.payments import ListedPayment, content_hash
from seedfund.grants.rules.words import Delivery, Party, PayeeKind, PaymentMethod, SignMethod
from seedfund.grants.service import record_signature, sign_agreement, waive_condition
from seedfund.grants.service.evidence import WaiveCondition
from seedfund.grants.service.listing import PaymentWish
from seedfund.grants.service.payees import (
    ApprovePayee,
    ProposePayee,
    RefusePayee,
    approve_payee,
    propose_payee,
    refuse_payee,
)
from seedfund.grants.service.payment_lists import PreparePaymentList, prepare_payment_list
from seedfund.grants.service.releases import ReleasePaymentList, release_payment_list
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.grants.service.signing import SignAgreement, Witness
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.register.rules import EvidenceKind
from seedfund.store.programmes import GrantRole, grant_role
from tests.grants.accounting_for import filed
from tests.grants.paying import account, approved, listed, payee, wish
from tests.support.grants import (
    SHA,
    agreed,
    awarded,
    drafted,
    home,
    issued,
    key,
    prepared,
    signing,
    tranche,
    usd,
)
from tests.support.programme import House

USUAL = PayeeProposal(
    number="SC-2026-0001",
    kind=PayeeKind.PARTICIPANT,
    method=PaymentMethod.CASH,
    is_owner=True,
    has_document=False,
    allowed=("cash", "bank", "in_kind"),
)


def codes(**changes: object) -> tuple[str, ...]:
    return tuple(refusal.code for refusal in check_payee(replace(USUAL, **changes)))  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        ((), {}),
        (("payee_method_not_allowed",), {"method": PaymentMethod.CHEQUE}),
        (("payee_supplier_method",), {"method": PaymentMethod.IN_KIND}),
        (("payee_supplier_method",), {"kind": PayeeKind.SUPPLIER, "has_document": True}),
        ((), {"kind": PayeeKind.SUPPLIER, "method": PaymentMethod.IN_KIND, "has_document": True}),
        (("payee_needs_document",), {"is_owner": False}),
        ((), {"is_owner": False, "has_document": True}),
        (
            ("payee_account_of_other", "payee_account_method"),
            {"account_method": "bank", "is_own_account": False},
        ),
        (("payee_needs_account",), {"method": PaymentMethod.BANK}),
        ((), {"method": PaymentMethod.BANK, "account_method": "bank"}),
    ],
)
def test_who_may_be_proposed(expected: tuple[str, ...], changes: dict[str, object]) -> None:
    assert codes(**changes) == expected


def test_every_part_of_a_payment_is_in_the_hash_two_hands_agree_on() -> None:
    one = ListedPayment("PG-1", "SC-1", 1, "p", "bank", "a", "d", "b", 100, "")
    hashed = content_hash("PL-1", "USD", [one])
    others = [
        replace(one, **{name: value})  # type: ignore[arg-type] # each field by its name
        for name, value in {
            "number": "PG-2",
            "grant": "SC-2",
            "tranche": 2,
            "payee": "q",
            "method": "cash",
            "account": "c",
            "account_digest": "e",
            "bank_account": "f",
            "amount_minor": 101,
            "retry_of": "PG-0",
        }.items()
    ]

    assert len({hashed, *(content_hash("PL-1", "USD", [other]) for other in others)}) == 11
    assert content_hash("PL-2", "USD", [one]) != hashed != content_hash("PL-1", "EUR", [one])


def test_books_that_contradict_themselves_are_not_closed() -> None:
    facts = ClosingFacts(
        number="SC-1",
        in_payment=usd(0),
        payments=(),
        lists=(),
        open_advance=usd(0),
        refund_due=usd(0),
        excess=usd(0),
        pending=0,
        contradictions=("spent",),
    )

    assert [refusal.code for refusal in check_closing(facts, despite_open=True)] == ["figures_contradict"]


def test_a_payee_takes_two_hands(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    command = ProposePayee(key=key(), grant=grant, participant=owner.head, method=PaymentMethod.CASH)
    with house.work("finance") as work:
        position = propose_payee(work, command).payee

    with pytest.raises(Refused) as caught, house.work("finance") as work:
        approve_payee(work, ApprovePayee(key=key(), grant=grant, payee=position))
    with house.work("manager") as work:
        refused = refuse_payee(work, RefusePayee(key=key(), grant=grant, payee=position, reason="no id"))

    assert caught.value.codes == ("payee_own_approval",)
    assert refused.state == "refused"


def test_a_collector_is_paid_only_with_a_paper(house: House) -> None:
    prepared(house)
    owner, other = home(house), home(house)
    grant = agreed(house, owner=owner)
    command = ProposePayee(key=key(), grant=grant, participant=other.head, method=PaymentMethod.CASH)

    with pytest.raises(Refused) as caught, house.work("field") as work:
        propose_payee(work, command)
    with house.work("field") as work:
        proposed = propose_payee(work, replace(command, key=key(), document_sha256=SHA))

    assert caught.value.codes == ("payee_needs_document",)
    assert proposed.state == "proposed"


def test_an_account_is_the_payees_own(house: House) -> None:
    prepared(house)
    owner, other = home(house), home(house)
    grant = agreed(house, owner=owner)
    named = account(house, other.head, "2200111222")
    command = ProposePayee(
        key=key(), grant=grant, participant=owner.head, method=PaymentMethod.BANK, account=named
    )

    with pytest.raises(Refused) as caught, house.work("field") as work:
        propose_payee(work, command)

    assert caught.value.codes == ("payee_account_of_other",)


def test_a_payee_is_a_participant_or_a_supplier(house: House) -> None:
    prepared(house)
    command = ProposePayee(key=key(), grant=agreed(house), method=PaymentMethod.CASH)

    with pytest.raises(InvalidInput, match="either a participant or a supplier"), house.work("field") as work:
        propose_payee(work, command)


def test_an_account_number_is_nowhere_in_clear(house: House) -> None:
    prepared(house)
    owner = home(house)
    payee(house, agreed(house, owner=owner), owner.head, number="2200998877")

    with house.engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT * FROM sf_payee")).all()
        audit = connection.execute(sa.text("SELECT payload, changes FROM sf_audit")).all()
    assert "2200998877" not in f"{rows} {audit}"


def test_another_approved_person_takes_the_place_of_the_one_before(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head)
    second = payee(house, grant, owner.head, number="2200111222")

    assert listed(house, wish(grant)).count == 1
    with house.engine.connect() as connection:
        states = connection.execute(sa.text("SELECT state FROM sf_payee ORDER BY position")).scalars().all()
    assert (second, states) == (2, ["retired", "approved"])


def test_goods_are_not_paid_to_a_person(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, TrancheAsked(amount=usd(500), delivery=Delivery.IN_KIND), owner=owner)
    position = payee(house, grant, owner.head)

    with pytest.raises(Refused) as caught:
        listed(house, PaymentWish(grant=grant, tranche=1, payee=position))

    assert caught.value.codes == ("payee_not_for_delivery",)


def test_who_waived_a_condition_does_not_prepare_its_payment(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, tranche(usd(500), QuotesFiled(count=3)), owner=owner)
    payee(house, grant, owner.head)
    with house.work("admin") as work:
        grant_role(work, GrantRole(key=key(), handle="manager", role=Role.FINANCE_OFFICER))
    paper = filed(house, "ab" * 32, EvidenceKind.AUTHORITY)
    with house.work("manager") as work:
        command = WaiveCondition(
            key=key(),
            grant=grant,
            tranche=1,
            condition=1,
            reason="one seller only",
            evidence_sha256=paper,
        )
        waive_condition(work, command)

    with pytest.raises(Refused) as caught, house.work("manager") as work:
        prepare_payment_list(
            work, PreparePaymentList(key=key(), bank_account="BANK", payments=(wish(grant),))
        )

    assert caught.value.codes == ("preparer_waived",)
    assert listed(house, wish(grant)).count == 1


def test_who_witnessed_the_agreement_does_not_pay_it(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = awarded(house, owner).number
    drafted(house, grant, tranche(usd(500)))
    agreement = issued(house, grant)
    with house.work("expert") as work:
        witnessed = replace(
            signing(agreement),
            method=SignMethod.AT_REQUEST,
            signatory=Secret("Vecina Ejemplo"),
            read_aloud_by=Secret("Otra Ejemplo"),
            witnesses=(Witness(handle="coach"), Witness(handle="auditor")),
        )
        record_signature(work, witnessed)
        record_signature(work, signing(agreement, Party.ORGANISATION))
        sign_agreement(work, SignAgreement(key=key(), agreement=agreement))
    payee(house, grant, owner.head)
    sent = approved(house, wish(grant))
    with house.work("admin") as work:
        grant_role(work, GrantRole(key=key(), handle="coach", role=Role.CASHIER))

    with pytest.raises(Refused) as caught, house.work("coach") as work:
        release_payment_list(work, ReleasePaymentList(key=key(), number=sent.number))

    assert caught.value.codes == ("payer_witnessed",)
