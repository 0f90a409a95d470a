"""The books as a journal of transactions: every row a pair of postings, on hold apart. Pure; must not know a form.

A row moves an amount from one account to another, and with its budget pair between two more. What a payment on its way
holds is posted between the accounts of holds, and taken back when it is settled or void, so that the balances of a
journal are those of the trial balance: what is posted, and what is on hold.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from seedfund.interchange.exports.names import AccountName
from seedfund.ledger.rules.recipes import HOLD, POST, SETTLE
from seedfund.reports.queries.rows import Booked


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: the account's name, its owner, minor units above zero for a debit, and the row's number."""

    account: str
    of: AccountName
    minor: int
    seq: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """An entry within one book. It names nobody: an event, a number, two days, and the hash of the entry."""

    number: str
    event: str
    voucher: str
    booked_on: date
    value_on: date
    hash: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on an account at the end, debit above zero."""

    account: str
    of: AccountName
    minor: int


@dataclass(frozen=True, slots=True)
class Head:
    """What a journal says of itself: whose books, up to which day, and the end of each chain it was written from."""

    title: str
    as_of: date
    currencies: tuple[str, ...]
    chains: tuple[str, ...]
    brought: tuple[str, ...] = ()
    """What of it was brought forward from earlier books and not verified here, as sentences."""


def transactions(rows: Iterable[Booked], names: Mapping[int, AccountName]) -> Iterator[Transaction]:
    """A transaction for every entry of a book, its rows in their order; rows come as they are booked."""
    for _, group in groupby(rows, key=lambda row: (row.booking_date, row.number)):
        found = list(group)
        first = found[0]
        yield Transaction(
            number=first.number,
            event=first.event,
            voucher=first.subject,
            booked_on=first.booking_date,
            value_on=first.value_date,
            hash=first.hash,
            sides=tuple(side for row in found for side in _sides(row, names)),
        )


def _sides(row: Booked, names: Mapping[int, AccountName]) -> Iterator[Side]:
    posted = row.amount if row.phase in (POST, SETTLE) else 0
    pending = row.amount if row.phase == HOLD else -(row.held or 0)
    for debit, credit in ((row.debit_id, row.credit_id), (row.memo_debit_id, row.memo_credit_id)):
        if debit is None or credit is None:
            continue
        to, of = names[debit], names[credit]
        if posted:
            yield Side(to.posted, to, posted, row.seq)
            yield Side(of.posted, of, -posted, row.seq)
        if pending:
            yield Side(to.held, to, pending, row.seq)
            yield Side(of.held, of, -pending, row.seq)


def balances(
    counters: Iterable[tuple[int, tuple[int, int, int, int]]], names: Mapping[int, AccountName]
) -> list[Balance]:
    """What the counters of accounts say stands at the end: debits and credits posted, then pending, of each."""
    found = []
    for account, (debits, credits, debits_held, credits_held) in counters:
        name = names[account]
        if debits or credits:
            found.append(Balance(name.posted, name, debits - credits))
        if debits_held or credits_held:
            found.append(Balance(name.held, name, debits_held - credits_held))
    return sorted(found, key=lambda one: one.account)
