"""A programme that lived from January to March, for the reports: paid, failed, accounted for, refunded, charged.

Three grants of one fund: the first is paid, accounted for in part, in part demanded back and refunded; the second had a
payment that failed; the third is a cash transfer where no receipts are due. January is closed.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from seedfund.funds.service import record_charge, record_donor_cut
from seedfund.funds.service.budgets import RecordDonorCut
from seedfund.funds.service.cash import RecordCharge
from seedfund.grants.rules.conditions import AgreementSigned
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.refunding import DemandReason
from seedfund.grants.rules.words import DocumentKind, PaymentMethod
from seedfund.grants.service.demanding import DemandRefund, demand_refund
from seedfund.grants.service.justifications import ReceiptLine, RecordJustification, record_justification
from seedfund.grants.service.reviews import ReviewReceipt, review_receipt
from seedfund.kernel.money import Money
from seedfund.ledger.service.periods import (
    BeginClosingPeriod,
    ClosePeriod,
    begin_closing_period,
    close_period,
)
from tests.grants.paying import paid, payee, released, told, wish
from tests.support.grants import agreed, home, key, prepared, tranche, transferred, usd
from tests.support.programme import House


@dataclass(frozen=True)
class Story:
    """What the reports are asked for: numbers given in the order of the story."""

    house: House
    first: str = "SC-2026-0001"
    second: str = "SC-2026-0002"
    transfer: str = "CT-2026-0001"
    household: str = "HH-2026-0001"
    participant: str = "PT-2026-0001"


def stand_in(house: House) -> Story:
    """The story as told on the database of a house."""
    return Story(house)


def days(house: House, count: int) -> None:
    """Let days pass."""
    house.clock.advance(timedelta(days=count))


def told_story(house: House) -> None:
    """Live it."""
    prepared(house)
    owner, other, third = home(house), home(house), home(house)
    first = agreed(house, tranche(usd(300), AgreementSigned()), tranche(usd(200)), owner=owner)
    second = agreed(house, owner=other)
    transfer = transferred(house, third)
    for grant, person in ((first, owner), (second, other), (transfer, third)):
        payee(house, grant, person.head, method=PaymentMethod.CASH)
    days(house, 5)
    paid(house, first, 1)
    (lost,) = released(house, wish(second)).payments
    days(house, 3)
    told(house, lost, Outcome.FAILED)
    paid(house, transfer, 1)
    charge(house, usd(2, 50))
    days(house, 25)
    close(house, "2026-01")
    accounted(house, first, usd(180))
    demanded(house, first, usd(50))
    days(house, 30)
    assert (first, second, transfer) == (Story.first, Story.second, Story.transfer)


def charge(house: House, amount: Money) -> None:
    """A bank charge on the line of charges."""
    with house.work("finance") as work:
        record_charge(
            work,
            RecordCharge(
                key=key(), fund="UNHCR", bank_account="BANK", line="CH", amount=amount, reason="comisión"
            ),
        )


def cut(house: House, line: str, amount: Money) -> None:
    """The donor cuts a line."""
    with house.work("finance") as work:
        record_donor_cut(
            work, RecordDonorCut(key=key(), fund="UNHCR", line=line, amount=amount, reason="recorte")
        )


def close(house: House, month: str) -> None:
    """A month closed by two hands."""
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key=key(), month=month))
    with house.work("director") as work:
        close_period(work, ClosePeriod(key=key(), month=month, reconciled=("UNHCR/cash:BANK",)))


def accounted(house: House, grant: str, amount: Money) -> None:
    """A receipt that is accepted, and one of ten dollars that is rejected."""
    lines = tuple(
        ReceiptLine(
            kind=DocumentKind.RECEIPT,
            description="harina",
            document_on=house_day(house),
            amount=shown,
            plan_line=None,
        )
        for shown in (amount, usd(10))
    )
    with house.work("field") as work:
        number = record_justification(work, RecordJustification(key=key(), grant=grant, lines=lines)).number
    decisions = ((1, ReviewDecision.ACCEPTED, ""), (2, ReviewDecision.REJECTED, "otra cosa"))
    for position, decision, observation in decisions:
        with house.work("finance") as work:
            review_receipt(
                work,
                ReviewReceipt(
                    key=key(),
                    justification=number,
                    position=position,
                    decision=decision,
                    observation=observation,
                ),
            )


def demanded(house: House, grant: str, amount: Money) -> None:
    """A refund asked for."""
    with house.work("finance") as work:
        demand_refund(work, DemandRefund(key=key(), grant=grant, reason=DemandReason.UNSPENT, amount=amount))


def house_day(house: House) -> date:
    """The programme's day."""
    with house.work("field") as work:
        return work.today()
