"""What is odd about a statement, beside what is known of its account. Writes nothing."""

from collections.abc import Sequence
from datetime import date

from seedfund.banking.queries import StatementRow, signings
from seedfund.banking.queries.accounts import digest_of_number
from seedfund.banking.queries.statements import STATEMENTS_OF_ACCOUNT
from seedfund.banking.rules import (
    OUT_OF_IT,
    USABLE,
    Before,
    LineFlag,
    LineTold,
    StatementTold,
    line_flags,
    tell_same_days,
)
from seedfund.banking.service.said import LineSaid, RecordStatement
from seedfund.funds.queries import BankAccountFacts
from seedfund.kernel.secret import Secret
from seedfund.store.unit import Unit


def as_told(
    unit: Unit, command: RecordStatement, bank: BankAccountFacts, seen: Sequence[bool], *, digest: str | None
) -> StatementTold:
    """A statement as the rules see it: its figures, the statement before, what the account's others say."""
    rows = unit.all(STATEMENTS_OF_ACCOUNT, programme=unit.programme.id, bank_account=bank.id)
    standing = [row for row in rows if row.state not in OUT_OF_IT]
    digests = {row.number_digest for row in standing if row.number_digest is not None}
    first, last = command.from_day, command.until_day
    months = {row.month for row in signings(unit, unit.programme.id) if row.bank_account_id == bank.id}
    return StatementTold(
        opening=None if command.opening is None else command.opening.minor,
        closing=None if command.closing is None else command.closing.minor,
        is_other_currency=command.currency != bank.currency or _is_mixed(command),
        from_day=first,
        until_day=last,
        lines=tuple(
            _line_told(line, command.currency, was_seen=known)
            for line, known in zip(command.lines, seen, strict=True)
        ),
        before=_before(standing, first or last),
        is_other_number=digest is not None and bool(digests) and digest not in digests,
        is_signed=any(
            day is not None and f"{day:%Y-%m}" in months
            for day in (first, last, *(line.booking_date for line in command.lines))
        ),
        is_told_twice=first is not None
        and last is not None
        and any(
            tell_same_days((row.from_day, row.until_day), (first, last))
            for row in standing
            if row.state in USABLE and row.from_day is not None and row.until_day is not None
        ),
    )


def _is_mixed(command: RecordStatement) -> bool:
    balances = (command.opening, command.closing)
    return any(money is not None and money.currency != command.currency for money in balances)


def _line_told(line: LineSaid, currency: str, *, was_seen: bool) -> LineTold:
    return LineTold(
        amount=None if line.amount is None else line.amount.minor,
        is_foreign=line.amount is not None and line.amount.currency != currency,
        booked=line.booking_date,
        value=line.value_date,
        reference=line.reference,
        unread=frozenset(line.unread),
        was_seen=was_seen,
    )


def _before(standing: Sequence[StatementRow], first: date | None) -> Before | None:
    """The statement that ends last among those that foot and end before this one begins, or as it does."""
    ended = [
        row
        for row in standing
        if row.state in USABLE
        and row.until_day is not None
        and (first is None or row.from_day is None or row.from_day <= first)
    ]
    last = max(ended, key=lambda row: (row.until_day or date.min, row.number), default=None)
    return None if last is None else Before(until=last.until_day, closing=last.closing_minor)


def account_digest(unit: Unit, number: Secret | None) -> str | None:
    """The blind index of an account's number, None where there is no digit in it."""
    return None if number is None else digest_of_number(unit.work, number)


def flags_of_lines(told: StatementTold) -> list[tuple[LineFlag, ...]]:
    """What is odd about each line, in order."""
    references: set[str] = set()
    found = []
    for line in told.lines:
        found.append(line_flags(line, told, is_repeated=line.reference in references))
        if line.reference:
            references.add(line.reference)
    return found
