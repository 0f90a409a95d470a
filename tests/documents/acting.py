"""Grants in force and their papers, for tests of acts."""

from dataclasses import dataclass

from seedfund.documents.service import (
    IssueAddendumPaper,
    IssueCloseOutPaper,
    IssuePaymentReceipt,
    Signing,
    issue_addendum_paper,
    issue_close_out_paper,
    issue_payment_receipt,
)
from seedfund.grants.rules.conditions import AgreementSigned
from seedfund.grants.service.amendments import AmendAgreement, amend_agreement
from seedfund.grants.service.schedules import TrancheAsked
from seedfund.kernel.secret import Secret
from tests.documents.papers import draft, home_of, issued_paper, ready
from tests.grants.paying import payee
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


def close_out_paper(house: House, number: str) -> str:
    with house.work("expert") as work:
        command = IssueCloseOutPaper(
            key=key(),
            close_out=number,
            opinion=Secret("El negocio funciona."),
            achievements=Secret("Vende a diario."),
        )
        return issue_close_out_paper(work, command).number
