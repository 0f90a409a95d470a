"""What the bank shows of an account and the books do not, and the reverse, on a day; and what waits for somebody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from seedfund.banking.queries import (
    lines_to_enter,
    list_matches,
    list_statements,
    parts_of,
    reconciled,
    waiting_lines,
)
from seedfund.banking.queries.facts import StatementRow
from seedfund.banking.rules import USABLE, BankLine, Reconciliation
from seedfund.banking.rules.to_enter import ToEnter
from seedfund.banking.rules.words import EnterAs
from seedfund.funds.queries import BankAccountFacts, bank_accounts
from seedfund.grants.queries.on_their_way import payments_on_their_way_on
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.cash import CashMovement
from seedfund.reports.books.reconciliation import Compared, Unmatched
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word

TOLD: Final = (
    *("line nobody explained", "line whose entry is booked later", "payment on its way"),
    *("difference when the statements begin", "missing between statements", "told by two statements"),
    *(
        "explain the lines of the bank",
        "confirm or reject the proposals",
        "ask the bank for a corrected statement",
    ),
    *(f"may be entered: {one.value}" for one in EnterAs),
)
"""What the report and the week say in words of their own."""


def compared(scope: Scope, bank: BankAccountFacts) -> Compared:
    """Bank and books of an account at the end of the day of the scope; matches and proposals as they stand now."""
    programme = scope.work.programme.id
    found, statements, entries = reconciled(scope.reader, programme, bank, scope.as_of)
    proposed, enter = _proposed(scope, bank), lines_to_enter(scope.work, bank)
    usable = [row for row in statements if row.state in USABLE]
    reach = [row.until_day for row in usable if row.until_day is not None]
    return Compared(
        bank=None if found.bank is None else Money(found.bank, bank.currency),
        books=Money(found.books, bank.currency),
        in_bank=[_line(line, bank.currency, proposed, enter) for line in found.in_bank],
        in_books=[_entry(entries[Key(item.id)], item.amount, bank.currency) for item in found.in_books],
        on_their_way=[
            Unmatched(
                on=one.released_on,
                number=one.number,
                what=word("payment on its way"),
                amount=Money(-one.open_minor, bank.currency),
                about=one.grant,
            )
            for one in payments_on_their_way_on(scope.reader, programme, bank.id, scope.as_of)
            if one.released_on is not None
        ],
        left_over=_left_over(found, bank.currency),
        until=max(reach, default=None),
        begins=min((row.from_day for row in usable if row.from_day is not None), default=None),
        waiting=[row.number for row in statements if row.state not in USABLE],
        aside=[
            row.number
            for row in list_statements(scope.work)
            if row.bank_account_id == bank.id and row.state == "set_aside"
        ],
    )


def _proposed(scope: Scope, bank: BankAccountFacts) -> Mapping[str, str]:
    """The surest proposal that stands for each line."""
    rows = [
        row for row in list_matches(scope.work) if row.state == "proposed" and row.bank_account_id == bank.id
    ]
    parts = parts_of(scope.reader, [row.id for row in rows])
    numbers = {row.id: row.number for row in list_statements(scope.work)}
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda one: (one.score, one.number)):
        for line in parts[row.id].lines:
            found[f"{numbers[line.statement_id]}/{line.position}"] = row.number
    return found


def _line(
    line: BankLine, currency: str, proposed: Mapping[str, str], enter: Mapping[str, Sequence[ToEnter]]
) -> Unmatched:
    """A line with its match or proposal, or with what may be entered from it where there is neither."""
    likely = next(iter(enter.get(line.id, ())), None)
    what = "line whose entry is booked later" if line.match else "line nobody explained"
    about = line.match or proposed.get(line.id, "")
    if likely is not None and not about:
        what, about = f"may be entered: {likely.what.value}", likely.about
    return Unmatched(
        on=line.day,
        number=line.id,
        what=word(what),
        amount=Money(line.amount, currency),
        about=about,
    )


def _entry(entry: CashMovement, amount: int, currency: str) -> Unmatched:
    return Unmatched(
        on=entry.booking_date,
        number=entry.number,
        what=word(entry.event),
        amount=Money(amount, currency),
        about=entry.subject,
    )


def _left_over(found: Reconciliation, currency: str) -> list[tuple[Word, str, Money]]:
    told = []
    if found.opening:
        told.append((word("difference when the statements begin"), "", Money(found.opening, currency)))
    return [
        *told,
        *(
            (
                word("told by two statements" if number in found.twice else "missing between statements"),
                number,
                Money(amount, currency),
            )
            for number, amount in found.gaps
        ),
    ]


def bank_due(scope: Scope) -> Iterator[DueItem]:
    """What of statements waits for somebody: lines without explanation, proposals, statements that do not foot."""
    work, programme = scope.work, scope.work.programme.id
    banks = {one.id: one for one in bank_accounts(scope.reader, programme)}
    statements = list_statements(work)
    for key, count in waiting_lines(scope.reader, programme).items():
        yield _due(
            banks[key].code, "explain the lines of the bank", _since(statements, key, scope), str(count)
        )
    proposed = [row for row in list_matches(work) if row.state == "proposed"]
    for key in dict.fromkeys(row.bank_account_id for row in proposed):
        first = min(row.proposed_on for row in proposed if row.bank_account_id == key)
        yield _due(banks[key].code, "confirm or reject the proposals", first)
    for row in statements:
        if row.state == "does_not_foot":
            yield _due(row.number, "ask the bank for a corrected statement", row.recorded_on)


def _since(statements: list[StatementRow], bank_account: Key, scope: Scope) -> date:
    """Since when the oldest statement with open lines waits."""
    waiting = [
        row.recorded_on for row in statements if row.bank_account_id == bank_account and row.state == "foots"
    ]
    return min(waiting, default=scope.as_of)


def _due(number: str, what: str, on: date, place: str = "") -> DueItem:
    return DueItem(
        due=Due.BANK_TO_FOLLOW,
        due_on=on,
        number=number,
        participant="",
        place=place,
        what=word(what),
        who=word("reconciler"),
    )
