"""Reversing an entry: every row that moved something, once, mirrored in reverse order, by another hand."""

from dataclasses import dataclass
from typing import Final

from seedfund.kernel.dates import month_of
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.roles import Role
from seedfund.ledger.queries import locked
from seedfund.ledger.queries.locked import EntryHead, RowToMirror
from seedfund.ledger.queries.reversed import entry_by_number
from seedfund.ledger.rules import refusals as no
from seedfund.ledger.rules.accounts import AccountRef
from seedfund.ledger.rules.balances import OWN_ROWS
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.rules.recipes import HOLD, POST, SETTLE
from seedfund.ledger.rules.undoing import undone_by
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

REVERSERS: Final = (Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.RECONCILER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class ReverseEntry(Command):
    """An entry, by its number, that was wrong, and why (plain words, no names of persons)."""

    number: str
    reason: str


def write_reversal(unit: Unit, number: str, reason: str, *, by_owner: bool = False) -> PostedEntry:
    """Reverse an entry in an open month, citing it and its month.

    `by_owner`: the area that keeps a record of the entry reverses it, and sets its own rows right in the same unit.

    Rows that the ledger had added for room or cure are not mirrored: what the mirror brings in cures by itself. Holds
    that were resolved moved nothing and are left out; one still in flight has to be recorded as failed instead.

    Raises:
        NotFound: there is no such entry.
        InvalidInput: no reason is given.
        Refused: `entry_already_reversed`, `entry_is_reversal`, `reversed_by_own_poster`, `entry_holds_payment`,
            `entry_undone_elsewhere`, `nothing_to_reverse`, or what a decision is refused for.
    """
    if not reason.strip():
        raise InvalidInput(field="reason", problem="it is empty", remedy="say what was wrong")
    entry = entry_by_number(unit, unit.programme.id, number)
    rows = unit.all(locked.ENTRY_ROWS, entry=entry.id)
    mirrored = [row for row in rows if row.phase in (POST, SETTLE) and row.recipe not in OWN_ROWS]
    refuse(_refusals(unit, entry, rows, mirrored, by_owner=by_owner))
    four = [(row.debit_id, row.credit_id, row.memo_debit_id, row.memo_credit_id) for row in mirrored]
    refs = locked.account_refs(unit, [account for ids in four for account in ids if account is not None])
    month, today = month_of(entry.booking_date), month_of(unit.occurred_on)
    draft = EntryDraft(
        event="entry_reversed",
        postings=tuple(_mirror(row, refs) for row in reversed(mirrored)),
        subject=entry.subject,
        reverses=entry.id,
        corrects_period=month if month != today else None,
        reason=reason,
    )
    return write_entry(unit, draft)


@verb("ledger.reverse_entry", roles=REVERSERS, moves_money=True)
def reverse_entry(unit: Unit, command: ReverseEntry) -> PostedEntry:
    """Reverse a wrong entry, once; whoever posted it does not.

    Raises:
        NotFound, InvalidInput, Refused: as `write_reversal`.
    """
    return write_reversal(unit, command.number, command.reason)


def _refusals(
    unit: Unit, entry: EntryHead, rows: list[RowToMirror], mirrored: list[RowToMirror], *, by_owner: bool
) -> list[Refusal]:
    """An entry about no subject was posted past the areas above, and none of them keeps a record of it."""
    found = []
    verbs = undone_by(row.recipe for row in mirrored) if entry.subject and not by_owner else ()
    if unit.first(locked.REVERSED_BY, entry=entry.id) is not None:
        found.append(no.ENTRY_ALREADY_REVERSED(number=entry.number))
    if entry.reverses is not None:
        found.append(no.ENTRY_IS_REVERSAL(number=entry.number))
    if entry.actor_id == unit.actor.id:
        found.append(no.REVERSED_BY_OWN_POSTER(number=entry.number))
    if _holds_payment(unit, rows):
        found.append(no.ENTRY_HOLDS_PAYMENT(number=entry.number))
    elif not mirrored:
        found.append(no.NOTHING_TO_REVERSE(number=entry.number))
    elif verbs:
        found.append(
            no.ENTRY_UNDONE_ELSEWHERE(number=entry.number, subject=entry.subject, verb=" / ".join(verbs))
        )
    return found


def _holds_payment(unit: Unit, rows: list[RowToMirror]) -> bool:
    held = [row for row in rows if row.phase == HOLD]
    for book_id in {row.book_id for row in held}:
        seqs = [row.seq for row in held if row.book_id == book_id]
        states = unit.among(locked.HELD_ROWS, "seqs", seqs, book=book_id)
        if any(state.resolved_by is None for state in states):
            return True
    return False


def _mirror(row: RowToMirror, refs: dict[int, AccountRef]) -> Posting:
    def at(account_id: int | None) -> AccountRef | None:
        return None if account_id is None else refs[account_id]

    return Posting(
        row.recipe,
        row.amount,
        at(row.credit_id),
        at(row.debit_id),
        at(row.memo_credit_id),
        at(row.memo_debit_id),
        reverses_seq=row.seq,
    )
