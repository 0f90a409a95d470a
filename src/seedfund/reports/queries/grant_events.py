"""The participant grant ledger's rows: each part's events with the payments, papers and receipts behind them.

Receipts that were rejected, or accepted beyond the open advance, move no account; they stand as events without an
entry number, on the day they were decided.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, Final

from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.ledger.queries.locked import line_of
from seedfund.reports.books.participant_grant_ledger import GrantEvent
from seedfund.reports.effects import Leg, grant_columns
from seedfund.reports.queries.counters import accounts_of_grants
from seedfund.reports.queries.hidden import HIDDEN, hidden_entries
from seedfund.reports.queries.parties import (
    Hands,
    Owner,
    PaymentBehind,
    RefundBehind,
    agreement_papers,
    approvers,
    hands_of_write_offs,
    payments_behind,
    refunds_behind,
)
from seedfund.reports.queries.receipts import ReceiptStory, read_receipts
from seedfund.reports.queries.rows import Booked, reversals, rows_of_accounts
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word

BALANCES: Final = ("to_disburse", "to_justify")
AFTER_ALL: Final = 10**15
"""What no entry tells stands after the entries of its day."""


@dataclass(frozen=True, slots=True)
class PartOf:
    """A grant part: the accounts of a grant on one budget line of one book."""

    owner: Owner
    book_id: int
    line_id: Key
    line: str
    accounts: Mapping[int, Leg]

    @property
    def needs_receipts(self) -> bool:
        """Whether it ever had an advance; without one, delivery itself accounts for the money."""
        return any(leg.kind == "advances" for leg in self.accounts.values())


@dataclass(frozen=True, slots=True)
class _Behind:
    """Everything behind the entries of some grants."""

    payments: Mapping[tuple[Key, Key], PaymentBehind]
    approvers: Mapping[Key, str]
    write_offs: Mapping[Key, Hands]
    refunds: Mapping[Key, RefundBehind]
    papers: Mapping[str, str]
    reversed_by: Mapping[Key, str]
    receipts: ReceiptStory
    hidden: frozenset[str]


@dataclass(slots=True)
class _Event:
    """An event being gathered: its first row and what all of its rows change."""

    on: date
    order: int
    row: Booked | None
    columns: Counter[str] = field(default_factory=Counter)
    receipt: str = ""


def grant_events(scope: Scope, found: Sequence[Owner]) -> Iterator[GrantEvent]:
    """Every event of these grants, part by part, each part in the order of its booking days."""
    grants = [owner.grant_id for owner in found]
    parts = _parts(scope, found)
    rows = rows_of_accounts(scope, [account for part in parts for account in part.accounts])
    behind = _read_behind(scope, grants, rows)
    by_account: dict[int, list[Booked]] = defaultdict(list)
    for row in rows:
        for account in {row.debit_id, row.credit_id, row.memo_debit_id, row.memo_credit_id} - {None}:
            by_account[int(account or 0)].append(row)
    seen: set[Key] = set()
    for part in parts:
        mine = {(row.book_id, row.seq): row for account in part.accounts for row in by_account[account]}
        ordered = sorted(mine.values(), key=lambda row: (row.booking_date, row.seq))
        is_first = part.owner.grant_id not in seen
        seen.add(part.owner.grant_id)
        yield from _of_part(scope, part, ordered, behind, is_first=is_first)


def _parts(scope: Scope, found: Sequence[Owner]) -> list[PartOf]:
    by_grant = {owner.grant_id: owner for owner in found}
    groups: dict[tuple[Key, int, Key], dict[int, Leg]] = defaultdict(dict)
    for leg in accounts_of_grants(scope.reader, list(by_grant)):
        if leg.book_id in scope.books and leg.grant_id is not None and leg.line_id is not None:
            groups[leg.grant_id, leg.book_id, leg.line_id][leg.id] = leg
    parts = [
        PartOf(by_grant[grant], book, line, _line_code(accounts), accounts)
        for (grant, book, line), accounts in groups.items()
    ]
    return sorted(parts, key=lambda part: (part.owner.grant, scope.books[part.book_id].code, part.line))


def _line_code(accounts: Mapping[int, Leg]) -> str:
    first = next(iter(accounts.values()))
    return line_of(first.kind, first.code)


def _read_behind(scope: Scope, grants: Sequence[Key], rows: Sequence[Booked]) -> _Behind:
    payments = payments_behind(scope.reader, grants)
    requests = [payment.request_id for payment in payments.values() if payment.request_id is not None]
    return _Behind(
        payments=payments,
        approvers=approvers(scope.reader, requests),
        write_offs=hands_of_write_offs(scope.reader, grants),
        refunds=refunds_behind(scope.reader, grants),
        papers=agreement_papers(scope.reader, grants),
        reversed_by=reversals(scope.reader, [row.entry_id for row in rows]),
        receipts=read_receipts(scope, grants),
        hidden=hidden_entries(scope.work),
    )


def _of_part(
    scope: Scope, part: PartOf, rows: Sequence[Booked], behind: _Behind, *, is_first: bool
) -> Iterator[GrantEvent]:
    events = [_gathered(part, list(group)) for _, group in groupby(rows, key=lambda row: row.entry_id)]
    for event in events:
        if event.row is not None:
            event.columns["unapplied"] += behind.receipts.unapplied(event.row.entry_id, part.line_id)
    if is_first:
        events += [
            _Event(told.on, AFTER_ALL + number, None, Counter({told.column: told.amount_minor}), told.number)
            for number, told in enumerate(behind.receipts.without_entry(part.owner.grant_id))
        ]
    currency = scope.currency(part.book_id)
    running: Counter[str] = Counter()
    for event in sorted(events, key=lambda event: (event.on, event.order)):
        running.update({name: event.columns[name] for name in BALANCES})
        amounts = {
            name: Money(minor, currency)
            for name, minor in event.columns.items()
            if minor and name not in BALANCES
        }
        balances = {name: zero(currency) + Money(running[name], currency) for name in BALANCES}
        yield _told(scope, part, event, behind=behind, amounts=amounts | balances)


def _gathered(part: PartOf, rows: Sequence[Booked]) -> _Event:
    event = _Event(rows[0].booking_date, rows[0].seq, rows[0])
    for row in rows:
        event.columns.update(
            grant_columns(
                row.legs(part.accounts),
                grant_id=part.owner.grant_id,
                line_id=part.line_id,
                needs_receipts=part.needs_receipts,
            )
        )
    return event


def _told(
    scope: Scope, part: PartOf, event: _Event, *, behind: _Behind, amounts: Mapping[str, Any]
) -> GrantEvent:
    known: dict[str, Any] = {
        **amounts,
        "part": f"{part.owner.grant} · {scope.books[part.book_id].code} · {part.line}",
        "fund": scope.books[part.book_id].code,
        "line": part.line,
    }
    if event.row is None:
        return _of_receipt(event, behind.receipts, known)
    return _of_entry(part.owner, event.row, behind, known)


def _of_receipt(event: _Event, receipts: ReceiptStory, known: Mapping[str, Any]) -> GrantEvent:
    receipt = receipts.receipt(event.receipt)
    return GrantEvent(
        entry_number="",
        booking_date=event.on,
        event=word("receipt rejected" if event.columns["rejected"] else "receipt waits unapplied"),
        prepared_by=receipt.recorder,
        approved_by=receipt.reviewer,
        posted_by=receipt.reviewer,
        evidence_number=receipt.number,
        evidence_hash=receipt.file_sha256 or "",
        **known,
    )


def _of_entry(owner: Owner, row: Booked, behind: _Behind, known: Mapping[str, Any]) -> GrantEvent:
    hands = _hands(row, behind.payments.get((owner.grant_id, row.entry_id)), behind)
    number, sha256 = _evidence(row, behind)
    return GrantEvent(
        entry_number=row.number,
        entry_hash=row.hash,
        booking_date=row.booking_date,
        value_date=row.value_date,
        event=word(row.event),
        description=word(HIDDEN) if row.reason and row.number in behind.hidden else row.reason,
        evidence_number=number,
        evidence_hash=sha256,
        prepared_by=hands.prepared_by,
        approved_by=hands.approved_by,
        posted_by=row.posted_by,
        reversed_by=behind.reversed_by.get(row.entry_id, ""),
        **_way(owner, row, behind),
        **known,
    )


def _way(owner: Owner, row: Booked, behind: _Behind) -> dict[str, Any]:
    """Which payment or refund an entry is about and how the money went; else only its voucher."""
    payment = behind.payments.get((owner.grant_id, row.entry_id))
    if payment is not None:
        return {
            "voucher": payment.number,
            "tranche": f"{owner.grant}/{payment.tranche}",
            "method": word(payment.method),
            "bank_reference": payment.provider_ref,
            "repeats": payment.repeats,
        }
    refund = behind.refunds.get(row.entry_id)
    return {"voucher": row.subject, "method": None if refund is None else word(refund.method)}


def _evidence(row: Booked, behind: _Behind) -> tuple[str, str]:
    """The number and the hash of the paper behind an entry: receipts, a refund's official receipt, an agreement."""
    refund = behind.refunds.get(row.entry_id)
    if refund is not None:
        return refund.receipt, refund.sha256
    receipts = behind.receipts.behind(row.entry_id)
    paper = row.subject if row.subject in behind.papers else ""
    return receipts.numbers or paper, receipts.sha256 or behind.papers.get(row.subject, "")


def _hands(row: Booked, payment: PaymentBehind | None, behind: _Behind) -> Hands:
    """Who prepared and who allowed what an entry books: of a payment its list's, of a write-off the authority."""
    if payment is not None:
        request = payment.request_id
        granted = "" if request is None else behind.approvers.get(request, "")
        return Hands(row.entry_id, payment.prepared_by, granted)
    if row.entry_id in behind.write_offs:
        return behind.write_offs[row.entry_id]
    evidence = behind.receipts.behind(row.entry_id)
    return Hands(row.entry_id, evidence.recorders, evidence.reviewers)
