"""Statements of BANK in tests: told line by line, matched and signed by the hands that may."""

from collections.abc import Sequence
from datetime import date

import pytest

from seedfund.banking.queries import MatchRow, list_matches
from seedfund.banking.service import (
    ConfirmMatches,
    LineSaid,
    MatchesConfirmed,
    MatchesProposed,
    ProposeMatches,
    RecordStatement,
    StatementRecorded,
    confirm_matches,
    propose_matches,
    record_statement,
)
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from tests.support.databases import SQLITE
from tests.support.grants import key, usd
from tests.support.programme import House

DAY = date(2026, 1, 5)
ON_SQLITE = pytest.mark.parametrize("database_server", [SQLITE], indirect=True)
"""For what does not depend on the database: others of the same file run on both."""
FIRST, LAST = date(2026, 1, 1), date(2026, 1, 31)


def line(
    minor: int, *, text: str = "", on: date = DAY, account: str = "", is_reversal: bool = False
) -> LineSaid:
    """A line of so many cents, with the bank's text."""
    return LineSaid(
        amount=Money(minor, "USD"),
        booking_date=on,
        value_date=on,
        is_reversal=is_reversal,
        remittance=Secret(text) if text else None,
        account=Secret(account) if account else None,
        counterparty=Secret("Persona de Prueba"),
    )


def said(
    house: House,
    *lines: LineSaid,
    opening: int = 0,
    closing: int | None = None,
    reference: str = "EXTRACTO-1",
    until: date = LAST,
    since: date = FIRST,
    corrects: str | None = None,
    actor: str = "reconciler",
    account: str = "BANK",
) -> StatementRecorded:
    """A statement that foots unless another closing balance is told."""
    sums = opening + sum(one.amount.minor for one in lines if one.amount is not None)
    with house.work(actor) as work:
        return record_statement(
            work,
            RecordStatement(
                key=key(),
                account=account,
                reference=reference,
                currency="USD",
                lines=lines,
                number=Secret("000111222"),
                from_day=since,
                until_day=until,
                opening=Money(opening, "USD"),
                closing=Money(sums if closing is None else closing, "USD"),
                corrects=corrects,
            ),
        )


def proposed(house: House, actor: str = "reconciler") -> MatchesProposed:
    """What the lines of BANK may be."""
    with house.work(actor) as work:
        return propose_matches(work, ProposeMatches(key=key(), account="BANK"))


def matches(house: House, state: str = "proposed") -> list[MatchRow]:
    """The matches of a state, the surest first."""
    with house.work("finance") as work:
        found = [row for row in list_matches(work) if row.state == state]
    return sorted(found, key=lambda row: -row.score)


def confirmed(house: House, numbers: Sequence[str], actor: str = "reconciler") -> MatchesConfirmed:
    """Matches confirmed by the reconciler unless told otherwise."""
    with house.work(actor) as work:
        return confirm_matches(work, ConfirmMatches(key=key(), matches=tuple(numbers)))


__all__ = [
    "DAY",
    "FIRST",
    "LAST",
    "ON_SQLITE",
    "confirmed",
    "key",
    "line",
    "matches",
    "proposed",
    "said",
    "usd",
]
