"""Awards, agreements, payments, evidence, close-out. Pure; rows 11–21 and 31–33 of the accounting reference."""

from collections.abc import Sequence
from dataclasses import dataclass

from seedfund.kernel.errors import insist
from seedfund.ledger.rules.accounts import PARTICIPANT, PROVIDER, AccountRef, Part, other
from seedfund.ledger.rules.positions import PartPosition, shared
from seedfund.ledger.rules.posting import Hold, Posting, both, budget, money


@dataclass(frozen=True, slots=True)
class Lot:
    """What a part pays of one payment out of a cash account, in minor units, and who has to account for it."""

    part: Part
    amount: int
    bank: AccountRef
    holder: str = PARTICIPANT


def award(lots: Sequence[tuple[Part, int]]) -> tuple[Posting, ...]:
    """Row 11: each part takes its amount from what its line has available."""
    return _from_lots("award.decided", lots, "awarded", "available")


def lapse(lots: Sequence[tuple[Part, int]]) -> tuple[Posting, ...]:
    """Row 12: an award, or the rest of one, goes back to its line."""
    return _from_lots("award.lapsed", lots, "available", "awarded")


def sign(lots: Sequence[tuple[Part, int]]) -> tuple[Posting, ...]:
    """Row 13: what was awarded is promised. Signed for less: `lapse` the rest in the same entry."""
    return _from_lots("agreement.signed", lots, "committed", "awarded")


def raise_agreement(lots: Sequence[tuple[Part, int]]) -> tuple[Posting, ...]:
    """Row 14: an addendum promises more."""
    return _from_lots("agreement.raised", lots, "committed", "available")


def lower_agreement(lots: Sequence[tuple[Part, int]]) -> tuple[Posting, ...]:
    """Row 14: an addendum promises less, never less than is paid and in flight."""
    return _from_lots("agreement.lowered", lots, "available", "committed")


def release_part(lots: Sequence[tuple[Part, int]]) -> tuple[Posting, ...]:
    """Row 31: what of a grant in force is not due any more, such as a stipend for days missed, goes back."""
    return _from_lots("remainder.released", lots, "available", "committed")


def release_remainder(positions: Sequence[PartPosition]) -> tuple[Posting, ...]:
    """Row 31: an ended grant gives back what is not in flight; what is in flight comes back when its hold resolves."""
    lots = [(position.part, position.committed_free) for position in positions]
    return _from_lots("remainder.released", lots, "available", "committed")


def split_payment(positions: Sequence[PartPosition], amount: int) -> tuple[int, ...]:
    """How much each part pays of a payment: by what is promised and free in each (row 33)."""
    return shared(amount, [position.committed_free for position in positions])


def release(lots: Sequence[Lot], *, needs_receipts: bool) -> tuple[Posting, ...]:
    """Row 15: a payment leaves for somebody; cash and promise are held until its result is known."""
    target = _target(needs_receipts)
    return tuple(
        row
        for lot in lots
        for row in both(
            f"payment.released.{target}",
            lot.amount,
            (_receiver(lot.part, target, lot.holder), lot.bank),
            (lot.part.account("spent"), lot.part.account("committed")),
        )
    )


def deliver(
    holds: Sequence[Hold],
    amount: int,
    *,
    withheld: int = 0,
    tax: str = "",
    rest_stays_open: bool = False,
    has_ended: bool = False,
) -> tuple[Posting, ...]:
    """Rows 16–18 and 20: a payment was delivered, in full or in part, or the provider paid more than was ordered.

    `amount` is what is charged to the grant, the tax withheld from the payee (`withheld`) included. The rest falls back
    to the promise, or stays in flight, or (the grant has ended) goes back to the line. More than was held is a claim
    on the provider and never the participant's debt.
    """
    parts = shared(amount, [hold.amount for hold in holds])
    taxes = shared(withheld, parts)
    rows: list[Posting] = []
    for hold, settled, kept in zip(holds, parts, taxes, strict=True):
        rows += _resolved(hold, settled - kept)
        target = _target_of(hold)
        memo = (hold.memo_debit, hold.memo_credit)
        if kept:
            insist(bool(tax), "a withheld amount names its tax")
            rows += both(
                f"tax.withheld.{target}", kept, (hold.debit, other("withheld", hold.book_id, tax)), memo
            )
        rest = hold.amount - settled
        if rest_stays_open:
            rows += both(f"payment.rest.{target}", rest, (hold.debit, hold.credit), memo)
        elif has_ended:
            rows += budget("remainder.released", rest, line_account(hold, "available"), hold.memo_credit)
    above = amount - sum(parts)
    if above > 0:
        rows += overpaid(holds[0].credit, above)
    return tuple(rows)


def fail(holds: Sequence[Hold], *, has_ended: bool = False) -> tuple[Posting, ...]:
    """Row 17: failed, expired or stopped; what was held is free again, or back on its line when the grant has ended."""
    return deliver(holds, 0, has_ended=has_ended)


def overpaid(bank: AccountRef, amount: int, *, debtor: str = PROVIDER) -> tuple[Posting, ...]:
    """Row 18: the provider paid too much or twice out of a cash account."""
    return money("payment.overpaid", amount, other("claims", bank.book_id, debtor), bank)


def withheld_paid(bank: AccountRef, tax: str, amount: int) -> tuple[Posting, ...]:
    """Row 20: tax withheld from payees is paid over."""
    return money("tax.paid", amount, other("withheld", bank.book_id, tax), bank)


def accept(
    positions: Sequence[PartPosition], amount: int, *, holder: str = PARTICIPANT
) -> tuple[tuple[Posting, ...], int]:
    """Row 21: evidence is accepted against the holder's open advances; also tells how much was applied.

    What goes beyond waits unapplied and is accepted again at the next delivery.
    """
    parts = shared(amount, [position.advances.get(holder, 0) for position in positions])
    rows = tuple(
        row
        for position, part in zip(positions, parts, strict=True)
        for row in money(
            "evidence.accepted",
            part,
            position.part.account("expense"),
            position.part.account("advances", holder),
        )
    )
    return rows, sum(parts)


def line_account(hold: Hold, kind: str) -> AccountRef:
    """An account of the budget line a hold is charged to."""
    line = hold.memo_credit.line
    return AccountRef(hold.book_id, f"{kind}:{line}", kind, line_id=hold.memo_credit.line_id, line=line)


def _from_lots(
    recipe: str, lots: Sequence[tuple[Part, int]], debit_kind: str, credit_kind: str
) -> tuple[Posting, ...]:
    return tuple(
        row
        for part, amount in lots
        for row in budget(recipe, amount, _of_part(part, debit_kind), _of_part(part, credit_kind))
    )


def _of_part(part: Part, kind: str) -> AccountRef:
    return part.line.account(kind) if kind == "available" else part.account(kind)


def _target(needs_receipts: bool) -> str:
    return "advances" if needs_receipts else "expense"


def _receiver(part: Part, target: str, holder: str) -> AccountRef:
    return part.account(target, holder) if target == "advances" else part.account(target)


def _target_of(hold: Hold) -> str:
    return hold.debit.kind


def _resolved(hold: Hold, amount: int) -> tuple[Posting, ...]:
    """Settle an amount above zero; void otherwise, with the held amount."""
    result = "delivered" if amount else "voided"
    return (
        Posting(
            f"payment.{result}.{_target_of(hold)}",
            amount or hold.amount,
            hold.debit,
            hold.credit,
            hold.memo_debit,
            hold.memo_credit,
            hold=hold,
        ),
    )
