"""Claims answered without money coming back: kept back from the next payment, or set off against another grant.

Who demanded the money does not settle it (accounting: rows 27 and 28).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import write_exception
from seedfund.grants.queries.endings import open_demands
from seedfund.grants.queries.grants import GrantRow, grants_by_number
from seedfund.grants.queries.late import late_of
from seedfund.grants.queries.standing import TrancheFacts
from seedfund.grants.rules.late import check_late
from seedfund.grants.rules.settling_up import check_claim, check_pair, check_promise, pair_up
from seedfund.grants.rules.words import OffsetKind
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts
from seedfund.grants.service.demanding import needs_receipts
from seedfund.grants.service.evidence_use import apply_evidence
from seedfund.grants.service.settlements.offsetting import (
    check_as_payment,
    next_tranche,
    rest_of,
    write_offset,
)
from seedfund.grants.service.settling import settle_demands
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import PARTICIPANT, SUPPLIER
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SETTLERS: Final = (Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class KeepBack(Command):
    """An overpayment demanded on a grant that its own next payment answers; all that is demanded without an `amount`.

    `reason` names nobody. `from_supplier`: what is demanded of who is paid in the owner's place, out of that one's next
    payment.
    """

    grant: str
    reason: str
    amount: Money | None = None
    from_supplier: bool = False


@dataclass(frozen=True, kw_only=True)
class KeptBack:
    """The grant, the tranche whose next payment is less, by how much, the demands that closed, and the entry."""

    grant: str
    tranche: str
    amount: Money
    closed: tuple[str, ...]
    entry: str


@verb("grants.keep_back", roles=SETTLERS)
def keep_back(unit: Unit, command: KeepBack) -> KeptBack:
    """Answer a claim out of the same grant's next payment (accounting: row 27): no cash and no budget move.

    Where receipts are due the money is an open advance again, else it counts as given. The next payment is less by what
    is kept back, which is never more than that payment.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the amount is in another currency.
        Refused: `claim_nothing`, `claim_exceeded`, `settled_by_demander`, `promise_not_in_force`,
            `promise_exceeded`, `late_result_waits`, `reason_missing`.
    """
    grant = load_grant(unit, command.grant)
    parts = load_parts(unit, grant)
    holder = SUPPLIER if command.from_supplier else PARTICIPANT
    claimed = Money(sum(_claims(parts, holder)), grant.currency)
    amount = asked_amount(command.amount, claimed)
    tranche = next_tranche(unit, grant, holder=holder)
    free = rest_of(tranche, grant.currency)
    refuse(
        [
            *_check_claim(unit, grant, amount=amount, claimed=claimed),
            *check_promise(grant.number, amount=amount, free=free, state=grant.state),
            *check_late(grant.number, late_of(unit, [grant.id])[grant.id]),
            *check_reason(command.reason),
        ]
    )
    positions = [item.position for item in parts]
    has_receipts = needs_receipts(unit, grant)
    rows = refunds.keep_back(positions, amount.minor, needs_receipts=has_receipts, holder=holder)
    entry = _post(unit, "kept_back", grant.number, rows, reason=command.reason)
    shown = _tie(unit, OffsetKind.KEPT_BACK, tranche, claimed=grant, amount=amount, entry=entry)
    closed = settle_demands(unit, grant, state="settled")
    note_change(unit, grant, "refund_due", before=claimed, after=claimed - amount)
    apply_evidence(unit, [grant])
    return KeptBack(
        grant=grant.number, tranche=shown, amount=amount, closed=tuple(closed), entry=entry.number
    )


@dataclass(frozen=True, kw_only=True)
class SetOff(Command):
    """A claim on `grant` that the next payment of `against`, another grant of the same payee, answers.

    All that is demanded without an `amount`; `reason` names nobody.
    """

    grant: str
    against: str
    reason: str
    amount: Money | None = None


@dataclass(frozen=True, kw_only=True)
class GrantsSetOff:
    """The two grants, the tranche that paid, what it paid for the other, the demands that closed, and the entry."""

    grant: str
    against: str
    tranche: str
    amount: Money
    closed: tuple[str, ...]
    entry: str


@verb("grants.set_off", roles=SETTLERS)
def set_off(unit: Unit, command: SetOff) -> GrantsSetOff:
    """Answer a claim on one grant out of another's promise, within one book and one entry (accounting: row 28).

    It counts as disbursed on the one and returned on the other, and the returned part is available on its line again.
    It pays the other's next tranche, which is judged like any payment; but no list is approved for it, and so it stands
    on the exceptions page.

    Raises:
        NotFound: there is no such grant.
        InvalidInput: the amount is in another currency.
        Refused: `claim_nothing`, `claim_exceeded`, `settled_by_demander`, `promise_not_in_force`, `promise_exceeded`,
            `set_off_same_grant`, `set_off_other_payee`, `set_off_other_book`, `set_off_exceeded`, `reason_missing`,
            and what a payment of the tranche is refused for, such as `earlier_tranche_not_delivered`,
            `duplicate_stops_payment`, every condition that is not met, `agreement_not_signed`, `outside_fund_period`,
            `failed_payment_waits`, `payee_not_for_delivery`, `preparer_waived`.
    """
    found = grants_by_number(unit, unit.programme.id, [command.grant, command.against], locked=True)
    source, target = next(iter(found.values())), next(reversed(found.values()))
    parts, others = load_parts(unit, source), load_parts(unit, target)
    claimed = Money(sum(_claims(parts)), source.currency)
    amount = asked_amount(command.amount, claimed)
    tranche = next_tranche(unit, target)
    free = rest_of(tranche, target.currency) if target.currency == amount.currency else amount
    shared = Money(sum(row[2] for row in _pairs(parts, others, claimed.minor)), source.currency)
    refuse(
        [
            *_check_claim(unit, source, amount=amount, claimed=claimed),
            *check_promise(target.number, amount=amount, free=free, state=target.state),
            *_check_pair(source, target, amount=amount, shared=shared),
            *_check_tranche(unit, target, tranche, amount),
            *check_reason(command.reason),
        ]
    )
    both = (source, target)
    entry = _post_set_off(unit, both, parts=parts, others=others, amount=amount, reason=command.reason)
    shown = _tie(unit, OffsetKind.SET_OFF, tranche, claimed=source, amount=amount, entry=entry)
    closed = tuple(settle_demands(unit, source, state="settled"))
    note_change(unit, source, "refund_due", before=claimed, after=claimed - amount)
    apply_evidence(unit, [target])
    return GrantsSetOff(
        grant=source.number,
        against=target.number,
        tranche=shown,
        amount=amount,
        closed=closed,
        entry=entry.number,
    )


def _check_pair(source: GrantRow, target: GrantRow, *, amount: Money, shared: Money) -> list[Refusal]:
    """Whether the two are of one payee, and one book holds enough of both."""
    is_same = _owner(source) == _owner(target)
    return check_pair(source.number, target.number, amount=amount, free=shared, is_same_payee=is_same)


def _post_set_off(
    unit: Unit,
    grants: tuple[GrantRow, GrantRow],
    *,
    parts: Sequence[LoadedPart],
    others: Sequence[LoadedPart],
    amount: Money,
    reason: str,
) -> PostedEntry:
    source, target = grants
    has_receipts = needs_receipts(unit, target)
    rows: list[Posting] = []
    for i, j, minor in _pairs(parts, others, amount.minor):
        rows += refunds.set_off(parts[i].position, others[j].part, minor, needs_receipts=has_receipts)
    entry = _post(unit, "set_off", source.number, rows, reason=reason)
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind="set_off",
        subject_number=source.number,
        reason=reason,
        facts={"against": target.number, "amount": str(amount)},
    )
    unit.changed("sf_grant", target.number, {}, {"set_off": str(amount), "of": source.number})
    return entry


def asked_amount(asked: Money | None, whole: Money) -> Money:
    """The amount asked for, or all there is.

    Raises:
        InvalidInput: it is in another currency.
    """
    amount = whole if asked is None else asked
    if amount.currency != whole.currency:
        raise InvalidInput(
            field="amount", problem=f"{amount} is in another currency", remedy=f"give it in {whole.currency}"
        )
    return amount


def note_change(unit: Unit, grant: GrantRow, figure: str, *, before: Money, after: Money) -> None:
    """Keep in the audit record what a figure of a grant was and is."""
    unit.changed("sf_grant", grant.number, {figure: str(before)}, {figure: str(after)})


def _claims(parts: Sequence[LoadedPart], holder: str = PARTICIPANT) -> list[int]:
    """What is demanded of a holder, by part; what suppliers owe is no participant's to settle."""
    return [item.position.claims.get(holder, 0) for item in parts]


def _check_claim(unit: Unit, grant: GrantRow, *, amount: Money, claimed: Money) -> list[Refusal]:
    demanders = {demand.demanded_by for demand in open_demands(unit, grant.id)}
    return check_claim(grant.number, amount=amount, claimed=claimed, is_demander=unit.actor.id in demanders)


def _pairs(
    parts: Sequence[LoadedPart], others: Sequence[LoadedPart], amount: int
) -> list[tuple[int, int, int]]:
    books = [item.row.book_id for item in parts]
    free = [(item.row.book_id, item.position.committed_free) for item in others]
    return pair_up(list(zip(books, _claims(parts), strict=True)), free, amount)


def _owner(grant: GrantRow) -> tuple[object, ...]:
    """Who owes and is paid: a group's money is not that of the person who stands for it."""
    return grant.participant_id, grant.owner_kind, grant.owner_name, grant.household_id


def _post(unit: Unit, event: str, subject: str, rows: Sequence[Posting], *, reason: str) -> PostedEntry:
    draft = EntryDraft(event=event, subject=subject, postings=tuple(rows), reason=reason.strip())
    return write_entry(unit, draft)


def _check_tranche(unit: Unit, grant: GrantRow, tranche: TrancheFacts | None, amount: Money) -> list[Refusal]:
    """What speaks against the payment that a set-off is; the state of its grant is told as that of a promise."""
    if tranche is None or grant.state != "in_force" or amount.currency != grant.currency:
        return []
    asked = min(amount, tranche.rest)
    return check_as_payment(unit, grant, tranche, asked)


def _tie(
    unit: Unit,
    kind: OffsetKind,
    tranche: TrancheFacts | None,
    *,
    claimed: GrantRow,
    amount: Money,
    entry: PostedEntry,
) -> str:
    if tranche is None:
        raise AssertionError("what was not refused has a tranche that answers it")
    return write_offset(unit, kind, tranche, claimed=claimed, amount=amount, entry=entry)


COMMANDS: Final[tuple[Any, ...]] = (keep_back, set_off)
