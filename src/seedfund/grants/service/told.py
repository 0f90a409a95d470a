"""A running grant as earlier books tell it, and why our books cannot take it so. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.funds.queries import BenefitInForce
from seedfund.funds.rules.budgets import check_amount, check_line_kind
from seedfund.funds.rules.words import LineKind
from seedfund.grants.queries.history import TAKEN_AS
from seedfund.grants.rules.awarding import AwardPart
from seedfund.grants.rules.history import HISTORY_NO_RECEIPTS, HISTORY_PAPER, check_amounts
from seedfund.grants.rules.schedule import Schedule, TrancheTerms, conditions_from_text
from seedfund.grants.rules.takeover import (
    TAKEOVER_OWN_PAPER,
    check_paid_days,
    check_takeover,
    days_in_order,
)
from seedfund.grants.rules.words import Delivery, OwnerKind
from seedfund.grants.service.history import (
    papers_of,
)
from seedfund.grants.service.limits import Share
from seedfund.kernel.errors import InvalidInput, Refusal
from seedfund.kernel.money import Money, zero
from seedfund.store.commands import Command
from seedfund.store.unit import Unit

NUMBER_MAX: Final = 60


@dataclass(frozen=True, kw_only=True)
class EarlierTranche:
    """A tranche of a running grant: its amount, the day it is or was planned for, what of it was paid and when last."""

    amount: Money
    due_on: date | None = None
    paid: Money | None = None
    paid_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class TakeOverGrant(Command):
    """A running grant as the earlier books tell it at a cut-off date: approved, paid, justified, returned.

    `parts` are the lines it was approved from, `tranches` its schedule with what was paid of each. The owner is a
    `household`, a `participant`, or a group or organisation (`owner_name`, with the participant who represents it).
    `outside_number` and `agreement_number` are kept as they were; `evidence_sha256` is the signed statement of the
    earlier books, filed by another hand. Conditions of what is left are those of the benefit, by place.
    """

    benefit: str
    parts: tuple[AwardPart, ...]
    tranches: tuple[EarlierTranche, ...]
    outside_number: str
    approved_on: date
    cut_off: date
    evidence_sha256: str
    owner_kind: OwnerKind = OwnerKind.HOUSEHOLD
    owner_name: str = ""
    participant: str = ""
    household: str = ""
    agreement_number: str = ""
    agreed_on: date | None = None
    justified: Money | None = None
    returned: Money | None = None

    @property
    def paid_on(self) -> dict[int, date]:
        """The days payments were made, by the position of their tranche."""
        return {place: one.paid_on for place, one in enumerate(self.tranches, 1) if one.paid_on is not None}


def check_told(unit: Unit, command: TakeOverGrant) -> None:
    """Do nothing when numbers, days and payments can be read.

    Raises:
        InvalidInput: which of them cannot, and why.
    """
    for field, number in (
        ("outside_number", command.outside_number.strip()),
        ("agreement_number", command.agreement_number.strip() or "-"),
    ):
        if not 0 < len(number) <= NUMBER_MAX:
            raise InvalidInput(
                field=field,
                problem="it is empty or too long",
                remedy=f"give the number in the earlier books, up to {NUMBER_MAX} characters",
            )
    if command.cut_off > unit.work.today() or not days_in_order(
        approved_on=command.approved_on, agreed_on=command.agreed_on, cut_off=command.cut_off
    ):
        raise InvalidInput(
            field="cut_off",
            problem="it lies in the future, or before the approval or the agreement",
            remedy="give the day up to which the earlier books were kept",
        )
    for one in command.tranches:
        if (one.paid is None) != (one.paid_on is None) or (one.paid is not None and one.paid.minor <= 0):
            raise InvalidInput(
                field="paid",
                problem="it is not above zero, or has no day",
                remedy="give the amount and its day",
            )


def schedule_told(benefit: BenefitInForce, command: TakeOverGrant) -> Schedule:
    """The tranches as told; each waits for what the benefit's own of its place waits for, or the benefit's last."""
    templates = [one.conditions for one in benefit.terms.tranches]
    delivery = Delivery.IN_KIND if benefit.terms.methods == ("in_kind",) else Delivery.MONEY
    return Schedule(
        tranches=tuple(
            TrancheTerms(
                amount=one.amount,
                due_on=one.due_on or (one.paid_on and max(one.paid_on, command.approved_on)),
                delivery=delivery,
                conditions=conditions_from_text(templates[min(place, len(templates) - 1)]),
            )
            for place, one in enumerate(command.tranches)
        )
    )


def check_outside(unit: Unit, command: TakeOverGrant, benefit: BenefitInForce) -> list[Refusal]:
    """Why a running grant is not taken over on this statement, under this number."""
    outside = command.outside_number.strip()
    taken = unit.first(TAKEN_AS, programme=unit.programme.id, outside=outside)
    papers = papers_of(unit, command.evidence_sha256)
    own = papers and all(row.recorded_by == unit.actor.id for row in papers)
    return [
        *check_takeover(
            outside,
            taken_as=taken or "",
            benefit=benefit.code,
            needs_agreement=bool(benefit.terms.agreement_kind),
            has_agreement=bool(command.agreement_number.strip() and command.agreed_on),
            is_tied=benefit.terms.attendance_tied,
        ),
        *([] if papers else [HISTORY_PAPER(number=outside)]),
        *([TAKEOVER_OWN_PAPER(outside=outside)] if own else []),
    ]


def check_shares(shares: Sequence[Share]) -> list[Refusal]:
    """Why a grant cannot stand in these lines."""
    refusals: list[Refusal] = []
    for share in shares:
        fund, line = share.fund, share.line
        refusals += check_amount(fund.code, fund.currency, share.amount)
        refusals += check_line_kind(fund.code, line.code, line.kind, wanted=(LineKind.GRANTS,))
    return refusals


def _paid(command: TakeOverGrant) -> dict[int, Money]:
    return {place: one.paid for place, one in enumerate(command.tranches, 1) if one.paid is not None}


def check_history(command: TakeOverGrant, benefit: BenefitInForce, currency: str) -> list[Refusal]:
    """Why what was paid, justified and returned does not foot.

    Raises:
        InvalidInput: an amount is negative or in another currency.
    """
    outside, nothing = command.outside_number.strip(), zero(currency)
    justified, returned = command.justified or nothing, command.returned or nothing
    paid = _paid(command)
    used = [justified, returned, *paid.values()]
    if {one.currency for one in used} != {currency} or any(one.minor < 0 for one in used):
        raise InvalidInput(
            field="paid", problem="it is negative or in another currency", remedy=f"give it in {currency}"
        )
    has_receipts = benefit.terms.justification_required
    return [
        *check_paid_days(outside, approved_on=command.approved_on, paid_on=command.paid_on),
        *([HISTORY_NO_RECEIPTS(number=outside)] if justified and not has_receipts else []),
        *check_amounts(
            outside,
            paid=paid,
            tranches={place: one.amount for place, one in enumerate(command.tranches, 1)},
            justified=justified,
            returned=returned,
        ),
    ]
