"""Money that comes back, is demanded, set off, written off or borne by somebody else. Pure; rows 19 and 22–30."""

from collections.abc import Mapping, Sequence
from typing import Final

from seedfund.kernel.errors import insist
from seedfund.ledger.rules.accounts import PARTICIPANT, PROVIDER, AccountRef, Part, other
from seedfund.ledger.rules.positions import PartPosition, shared
from seedfund.ledger.rules.posting import Posting, both, budget, money

COMMITTED: Final = "committed"
AVAILABLE: Final = "available"
WATERFALL: Final = ("claims", "advances", "write_offs")
"""What a refund pays first: what was demanded, then what is open, then what had been given up."""


def demand(
    positions: Sequence[PartPosition], amount: int, *, holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 22: an open advance is demanded back; ageing starts here."""
    return _within(positions, amount, "refund.demanded", ("claims", "advances"), holder=holder)


def lift_demand(
    positions: Sequence[PartPosition], amount: int, *, needs_receipts: bool = True, holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 23: a demand is lifted, for example by late receipts; where none are due the money counts as given again."""
    recipe, target = ("demand.lifted", "advances") if needs_receipts else ("demand.lifted.expense", "expense")
    return _within(positions, amount, recipe, (target, "claims"), holder=holder)


def withdraw_acceptance(
    positions: Sequence[PartPosition], amount: int, *, holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 24: accepted evidence proves wrong, or a stipend was overpaid: it is demanded back."""
    return _within(positions, amount, "acceptance.withdrawn", ("claims", "expense"), holder=holder)


def correct_acceptance(
    positions: Sequence[PartPosition], amount: int, *, holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 24: a reviewer's slip; the advance is open again."""
    return _within(positions, amount, "acceptance.corrected", ("advances", "expense"), holder=holder)


def write_off(
    positions: Sequence[PartPosition], amount: int, *, source: str = "claims", holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 29: claims or advances are given up by an authority; what was spent stays spent."""
    return _within(positions, amount, f"written_off.{source}", ("write_offs", source), holder=holder)


def keep_back(
    positions: Sequence[PartPosition], amount: int, *, needs_receipts: bool, holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 27: an overpayment is kept back from the same grant's next payment; no cash, no budget."""
    target = "advances" if needs_receipts else "expense"
    return _within(positions, amount, f"kept_back.{target}", (target, "claims"), holder=holder)


def refund(
    positions: Sequence[PartPosition],
    amount: int,
    *,
    banks: Mapping[int, AccountRef],
    back: str,
    holder: str = PARTICIPANT,
) -> tuple[Posting, ...]:
    """Rows 25 and 26: money came back. It pays claims, then advances, then what was written off; the rest is credit.

    `banks` is the cash account a book; `back` is `committed` while the agreement is in force and the fund allows it,
    else `available`. Co-financed: by what is open in each part. Any amount is taken in.
    """
    insist(back in (COMMITTED, AVAILABLE), "a refund goes back to committed or available")
    rows: list[Posting] = []
    left = amount
    for source in WATERFALL:
        parts = shared(left, [_open(position, source, holder) for position in positions])
        left -= sum(parts)
        for position, part in zip(positions, parts, strict=True):
            bank = banks[position.part.book_id]
            rows += _refunded(position.part, part, source=source, holder=holder, bank=bank, back=back)
    first = positions[0].part
    rows += money("excess.received", left, banks[first.book_id], first.account("credit"))
    return tuple(rows)


def provider_refund(bank: AccountRef, amount: int, *, debtor: str) -> tuple[Posting, ...]:
    """A provider or custodian pays back a claim that is no grant's (rows 7 and 18)."""
    return money("refund.other_claims", amount, bank, other("claims", bank.book_id, debtor))


def repay_excess(part: Part, bank: AccountRef, amount: int) -> tuple[Posting, ...]:
    """Row 26: what was never owed is paid back."""
    return money("excess.repaid", amount, part.account("credit"), bank)


def donate_excess(part: Part, amount: int) -> tuple[Posting, ...]:
    """Row 26: what was never owed is given to the programme by signed paper."""
    return money("excess.donated", amount, part.account("credit"), other("income", part.book_id, "GIFT"))


def apply_excess(part: Part, amount: int, *, back: str, holder: str = PARTICIPANT) -> tuple[Posting, ...]:
    """Row 26: money that came before it was demanded pays the demand."""
    return both(
        f"excess.applied.{back}",
        amount,
        (part.account("credit"), part.account("claims", holder)),
        (_memo(part, back), part.account("spent")),
    )


def bounce(
    position: PartPosition,
    amount: int,
    *,
    bank: AccountRef,
    needs_receipts: bool,
    has_ended: bool,
    holder: str = PARTICIPANT,
) -> tuple[Posting, ...]:
    """Row 19: the bank sent a delivered payment back. Never refused.

    What stood on the payment is undone first: acceptances beyond the open advance, then demands. What was refunded or
    written off already comes in as a refund of what was given up, and the rest is credit of the payee.
    """
    part = position.part
    if needs_receipts:
        rows, bounced = _reopened(position, amount, holder)
        pair = (bank, part.account("advances", holder))
    else:
        bounced = min(amount, position.expense)
        rows, pair = [], (bank, part.account("expense"))
    ending = ".ended" if has_ended else ""
    target = "advances" if needs_receipts else "expense"
    back = AVAILABLE if has_ended else COMMITTED
    memo = (_memo(part, back), part.account("spent"))
    rows += both(f"payment.bounced.{target}{ending}", bounced, pair, memo)
    recovered = min(amount - bounced, position.write_offs)
    rows += _refunded(part, recovered, source="write_offs", holder=holder, bank=bank, back=back)
    rows += money("excess.received", amount - bounced - recovered, bank, part.account("credit"))
    return tuple(rows)


def set_off(
    source: PartPosition,
    target: Part,
    amount: int,
    *,
    needs_receipts: bool,
    holder: str = PARTICIPANT,
    target_holder: str = PARTICIPANT,
) -> tuple[Posting, ...]:
    """Row 28: a claim on one grant is paid by another grant of the same payee in the same book."""
    insist(source.part.book_id == target.book_id, "a set-off stays within one book; lend first")
    claim = source.part.account("claims", holder)
    return (
        *_answered(target, amount, claim, needs_receipts=needs_receipts, holder=target_holder),
        *budget(
            "set_off.restored",
            amount,
            source.part.line.account("available"),
            source.part.account("spent"),
        ),
    )


def set_off_provider(
    part: Part, amount: int, *, needs_receipts: bool, holder: str = PARTICIPANT
) -> tuple[Posting, ...]:
    """Row 28: what a provider paid a payee beyond what was held is charged to the promise; its debt is answered."""
    claim = other("claims", part.book_id, PROVIDER)
    return _answered(part, amount, claim, needs_receipts=needs_receipts, holder=holder)


def absorb(
    position: PartPosition,
    amount: int,
    *,
    source: str,
    fund: str,
    own_book: int,
    own_fund: str,
    holder: str = PARTICIPANT,
) -> tuple[Posting, ...]:
    """Row 30: the donor refuses a cost and the organisation's own fund bears it.

    `source` is `expense`, `claims` or `write_offs`; `fund` and `own_fund` are the codes of the two funds.
    """
    part = position.part
    given = part.account(source, holder) if source == "claims" else part.account(source)
    return (
        *both(
            f"own_fund.{source}",
            amount,
            (other("due_from", part.book_id, own_fund), given),
            (part.line.account("available"), part.account("spent")),
        ),
        *money(
            "own_fund.absorbed",
            amount,
            other("losses", own_book, "REFUSED-COSTS"),
            other("due_to", own_book, fund),
        ),
    )


def _answered(
    part: Part, amount: int, claim: AccountRef, *, needs_receipts: bool, holder: str
) -> tuple[Posting, ...]:
    """A claim that the promise of a part answers."""
    kind = "advances" if needs_receipts else "expense"
    pair = (_account(part, kind, holder), claim)
    return both(f"set_off.{kind}", amount, pair, (part.account("spent"), part.account("committed")))


def _memo(part: Part, back: str) -> AccountRef:
    return part.account("committed") if back == COMMITTED else part.line.account("available")


def _open(position: PartPosition, kind: str, holder: str) -> int:
    if kind == "claims":
        return position.claims.get(holder, 0)
    if kind == "advances":
        return position.advances.get(holder, 0)
    return position.expense if kind == "expense" else position.write_offs


def _account(part: Part, kind: str, holder: str) -> AccountRef:
    return part.account(kind, holder) if kind in ("claims", "advances") else part.account(kind)


def _within(
    positions: Sequence[PartPosition], amount: int, recipe: str, kinds: tuple[str, str], *, holder: str
) -> tuple[Posting, ...]:
    """Move from one account of a part to another, shared by what is open on the second.

    More than is open is asked of the first part, and refused by its floor.
    """
    debit, credit = kinds
    parts = list(shared(amount, [_open(position, credit, holder) for position in positions]))
    parts[0] += amount - sum(parts)
    return tuple(
        row
        for position, part in zip(positions, parts, strict=True)
        for row in money(
            recipe, part, _account(position.part, debit, holder), _account(position.part, credit, holder)
        )
    )


def _refunded(
    part: Part, amount: int, *, source: str, holder: str, bank: AccountRef, back: str
) -> tuple[Posting, ...]:
    return both(
        f"refund.{source}.{back}",
        amount,
        (bank, _account(part, source, holder)),
        (_memo(part, back), part.account("spent")),
    )


def _reopened(position: PartPosition, amount: int, holder: str) -> tuple[list[Posting], int]:
    """Rows that open the advance again, as far as there is something to undo, and how much of the amount it covers."""
    part = position.part
    advances = part.account("advances", holder)
    open_now = position.advances.get(holder, 0)
    unaccepted = min(max(amount - open_now, 0), position.expense)
    unclaimed = min(max(amount - open_now - unaccepted, 0), position.claims.get(holder, 0))
    rows = [
        *money("bounce.unaccepted", unaccepted, advances, part.account("expense")),
        *money("bounce.unclaimed", unclaimed, advances, part.account("claims", holder)),
    ]
    return rows, min(amount, open_now + unaccepted + unclaimed)
