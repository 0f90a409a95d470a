"""Confirming what was proposed, by somebody who did not pay; that settles what was on its way.

A payment on its way that a line shows gets its result through the command of grants that any other result takes, so
the books know it from one place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.banking.queries import (
    LineRow,
    MatchedItem,
    MatchRow,
    match_by_number,
    parts_of,
    words_of_line,
)
from seedfund.banking.queries.known import Known, entry_item, known_of, payment_item
from seedfund.banking.queries.statements import LINES_OF
from seedfund.banking.rules import MatchKind
from seedfund.banking.rules.deciding import (
    ITEM_NOT_OF_ACCOUNT,
    MATCHES_SHARE,
    ItemState,
    LineState,
    check_confirm,
    check_sums,
)
from seedfund.banking.service.common import (
    RECONCILERS,
    account_by_id,
    follow_statements,
)
from seedfund.banking.service.proposing import decide, lapse_others
from seedfund.banking.tables import BankReconciledItem, BankReconciledLine
from seedfund.grants.queries.on_their_way import PaymentShown
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.deliveries import PaymentResult, write_results
from seedfund.kernel.errors import InvalidInput, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.cash import CashMovement, cash_movements
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

MATCHES_MAX: Final = 500
_MASKED: Final = re.compile(r"[*#•]|[xX]{3}")


@dataclass(frozen=True, kw_only=True)
class ConfirmMatches(Command):
    """Matches by number, all of one account, all or none.

    What is settled is booked on the day the command occurred: give a day of the month that the lines are of.
    """

    matches: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MatchesConfirmed:
    """How many matches were confirmed, the payments they settled, and how many other proposals lapsed."""

    confirmed: int
    settled: tuple[str, ...]
    lapsed: int


@verb("banking.confirm_matches", roles=RECONCILERS)
def confirm_matches(unit: Unit, command: ConfirmMatches) -> MatchesConfirmed:
    """Confirm that lines and items are the same money; a payment on its way gets its result from its line.

    Raises:
        NotFound: there is no such match.
        InvalidInput: none or too many are named, or they are of several accounts.
        Refused: `no_such_step`, `matcher_confirms`, `payer_reconciles`, `line_not_usable`, `line_matched`,
            `item_matched`, `item_not_of_account`, `match_does_not_foot`, `matches_share`, `payer_confirms`,
            `result_recorded_already`.
    """
    cases, known = _cases(unit, command)
    refuse(refusal for case in cases for refusal in _refusals(unit, known, case))
    refuse(_twice(cases))
    results = [(case, result) for case in cases for result in _results(unit, known, case)]
    settled = write_results(unit, [result for _, result in results]) if results else []
    entries = {one.payment: one.entry for one in settled}
    moved = {
        one.number: one for one in cash_movements(unit, unit.programme.id, known.bank.code, until=date.max)
    }
    for case in cases:
        _confirm(unit, known, case, _entries_of(known, case, entries, moved))
    follow_statements(unit, [row.statement_id for case in cases for row in case.lines])
    taken = frozenset(name for case in cases for name in case.names)
    return MatchesConfirmed(
        confirmed=len(cases),
        settled=tuple(one.payment for one in settled),
        lapsed=lapse_others(unit, known, taken),
    )


@dataclass(frozen=True)
class _Case:
    """A match with its lines and items, and how those are named among proposals."""

    match: MatchRow
    lines: tuple[LineRow, ...]
    items: tuple[MatchedItem, ...]

    @property
    def names(self) -> frozenset[str]:
        """Lines and items as proposals name them."""
        found = {line.number for line in self.lines}
        found |= {entry_item(one.entry_id) for one in self.items if one.entry_id is not None}
        return frozenset(
            found | {payment_item(one.payment_id) for one in self.items if one.payment_id is not None}
        )

    @property
    def shown(self) -> int:
        """What its lines come to."""
        return sum(line.amount_minor or 0 for line in self.lines)


def _cases(unit: Unit, command: ConfirmMatches) -> tuple[list[_Case], Known]:
    if not 0 < len(command.matches) <= MATCHES_MAX:
        raise InvalidInput(
            field="matches", problem="none or too many are named", remedy=f"name up to {MATCHES_MAX}"
        )
    matches = [
        match_by_number(unit, unit.programme.id, number)
        for number in dict.fromkeys(one.strip().upper() for one in command.matches)
    ]
    if len({match.bank_account_id for match in matches}) > 1:
        raise InvalidInput(
            field="matches", problem="they are of several accounts", remedy="confirm each account's apart"
        )
    known = known_of(unit, unit.programme.id, account_by_id(unit, matches[0].bank_account_id))
    parts = parts_of(unit, [match.id for match in matches])
    wanted = [one.statement_id for part in parts.values() for one in part.lines]
    rows = {
        (row.statement_id, row.position): row
        for row in unit.among(LINES_OF, "statements", list(dict.fromkeys(wanted)))
    }
    cases = [
        _Case(
            match,
            tuple(rows[one.statement_id, one.position] for one in parts[match.id].lines),
            parts[match.id].items,
        )
        for match in matches
    ]
    return cases, known


def _refusals(unit: Unit, known: Known, case: _Case) -> list[Refusal]:
    match = case.match
    found = check_confirm(
        match.number,
        match.state,
        lines=[
            LineState(id=row.number, statement_state=row.statement_state, matched_by=row.match)
            for row in case.lines
        ],
        items=[_item_state(unit, known, item) for item in case.items],
        is_own_hand=match.is_by_hand and match.proposed_by == unit.actor.id,
    )
    found += [
        ITEM_NOT_OF_ACCOUNT(item=match.number, account=known.bank.code)
        for item in case.items
        if item.payment_id is not None and item.payment_id not in known.payments
    ]
    return found or _sums(known, case)


def _item_state(unit: Unit, known: Known, item: MatchedItem) -> ItemState:
    if item.entry_id is not None:
        entry = known.entries[item.entry_id]
        is_own = unit.actor.id in known.hands_of(entry)
        return ItemState(id=entry.number, is_own=is_own, matched_by=known.shown.get(entry.entry_id, ""))
    payment = known.payments.get(item.payment_id or Key(""))
    if payment is None:
        return ItemState(id="", is_own=False)
    return ItemState(id=payment.number, is_own=payment.released_by == unit.actor.id)


def _sums(known: Known, case: _Case) -> list[Refusal]:
    """Whether both sides are the same money; one payment on its way may be paid in part, or too much of it."""
    told = case.shown - _booked(known, case)
    payments = _payments(known, case)
    held = sum(payment.open_minor for payment in payments)
    is_free = len(payments) == 1 and case.match.kind in (MatchKind.PART, MatchKind.MORE, MatchKind.BY_HAND)
    if is_free and told < 0:
        return []
    currency = known.bank.currency
    items = Money(case.shown - told - held, currency)
    return check_sums(case.match.number, lines=Money(case.shown, currency), items=items)


def _booked(known: Known, case: _Case) -> int:
    return sum(known.entries[one.entry_id].amount for one in case.items if one.entry_id is not None)


def _payments(known: Known, case: _Case) -> list[PaymentShown]:
    return [known.payments[one.payment_id] for one in case.items if one.payment_id is not None]


def _twice(cases: Sequence[_Case]) -> list[Refusal]:
    """A line or an item that two of the matches name: only one of them can be right."""
    taken: dict[str, str] = {}
    found = []
    for case in cases:
        for name in sorted(case.names):
            if name in taken:
                found.append(MATCHES_SHARE(match=case.match.number, other=taken[name]))
            taken.setdefault(name, case.match.number)
    return found


def _results(unit: Unit, known: Known, case: _Case) -> list[PaymentResult]:
    """What the lines of a match say of the payments on their way that it names."""
    payments = _payments(known, case)
    if not payments:
        return []
    line = case.lines[-1]
    value = line.value_date or line.counted_on
    told = _booked(known, case) - case.shown
    results = []
    for payment in payments:
        paid = told if len(payments) == 1 else payment.open_minor
        is_part = paid < payment.open_minor
        results.append(
            PaymentResult(
                payment=payment.number,
                outcome=Outcome.PART if is_part else Outcome.FULL,
                amount=Money(paid, payment.currency),
                rest_stays_open=is_part,
                value_date=value if value <= unit.work.today() else line.counted_on,
                # Parts alike of one day are told apart by their lines where the bank gives no reference.
                reference=line.bank_ref or line.number,
                account=_account(unit, line) if len(payments) == len(case.lines) == 1 else None,
            )
        )
    return results


def _account(unit: Unit, line: LineRow) -> Secret | None:
    """The account a line names, where the bank writes all of its digits."""
    account = words_of_line(unit.vault(line.statement_id), line).account
    if account is None or _MASKED.search(account.reveal()):
        return None
    return account


def _confirm(unit: Unit, known: Known, case: _Case, entries: Sequence[tuple[CashMovement, Key]]) -> None:
    currency, match = known.bank.currency, case.match
    booked = Money(sum(entry.amount for entry, _ in entries), currency)
    refuse(check_sums(match.number, lines=Money(case.shown, currency), items=booked))
    unit.insert_many(
        BankReconciledLine,
        [
            {
                "match_id": match.id,
                "position": place,
                "statement_id": row.statement_id,
                "line": row.position,
                "is_standing": True,
            }
            for place, row in enumerate(case.lines, start=1)
        ],
    )
    unit.insert_many(
        BankReconciledItem,
        [
            {
                "match_id": match.id,
                "position": place,
                "entry_id": entry.entry_id,
                "bank_account_id": known.bank.id,
                "amount_minor": entry.amount,
                "paid_by": paid_by,
                "confirmed_by": unit.actor.id,
                "is_standing": True,
            }
            for place, (entry, paid_by) in enumerate(entries, start=1)
        ],
    )
    if entries:
        unit.created("sf_bank_reconciled_item", match.number, {"total": str(booked)})
    decide(unit, (match.id, match.number), "confirmed")


def _entries_of(
    known: Known, case: _Case, settled: Mapping[str, str], moved: Mapping[str, CashMovement]
) -> list[tuple[CashMovement, Key]]:
    """The entries of a match, those of payments that it settled among them, each with who paid."""
    found = []
    for item in case.items:
        if item.entry_id is not None:
            entry = known.entries[item.entry_id]
            found.append((entry, known.paid_by(entry)))
        elif item.payment_id is not None:
            payment = known.payments[item.payment_id]
            entry = moved[settled[payment.number]]
            found.append((entry, payment.released_by or entry.actor_id))
    return found
