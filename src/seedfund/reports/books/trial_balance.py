"""Every account with its debits and credits, money and budget apart, control totals under each. Must not know queries.

An opening or closing balance stands on the side it falls to. Under each part stands the difference of the two
sides, which is zero unless a row was tampered with or left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from seedfund.kernel.money import Money, zero
from seedfund.reports.books.columns import amount, code, text
from seedfund.reports.totals import row_of, total_line, totals_of
from seedfund.reports.value import Cell, Column, Phrase, Report, Row, Section, Standing, TotalRow, phrase

COLUMNS: Final[tuple[Column, ...]] = (
    code("account", "Account", width=24),
    text("name", "Name", width=22),
    amount("opening_debit", "Opening debit"),
    amount("opening_credit", "Opening credit"),
    amount("debit", "Debit of the period"),
    amount("credit", "Credit of the period"),
    amount("closing_debit", "Closing debit"),
    amount("closing_credit", "Closing credit"),
    amount("hold_debit", "Debit on hold"),
    amount("hold_credit", "Credit on hold"),
)
_SIDES: Final = (
    ("opening_debit", "opening_credit"),
    ("debit", "credit"),
    ("closing_debit", "closing_credit"),
    ("hold_debit", "hold_credit"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTurnover:
    """One account's counters: totals up to the period, of the period, and on hold. `control` names its group.

    Accounts come sorted by book, then money before budget (`is_budget`), then control group.
    """

    book: str
    is_budget: bool
    control: str
    account: str
    name: str
    opening_debits: Money
    opening_credits: Money
    debits: Money
    credits: Money
    debits_on_hold: Money
    credits_on_hold: Money


def trial_balance(accounts: Iterable[AccountTurnover], *, scope: str, standing: Standing) -> Report:
    """The trial balance, a part per book for money and one for budget, with a total per control group."""
    parts = groupby(accounts, key=lambda account: (account.book, account.is_budget))
    return Report(
        name="trial_balance",
        title=Phrase("Trial balance"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=tuple(
            _part(book, list(members), is_budget=is_budget) for (book, is_budget), members in parts
        ),
    )


def _part(book: str, accounts: list[AccountTurnover], *, is_budget: bool) -> Section:
    rows = [_row(account) for account in accounts]
    title = "Book {book}: budget (memo accounts)" if is_budget else "Book {book}: money"
    totals = totals_of(COLUMNS, rows, label=Phrase("Total of this part"))
    groups = groupby(zip(accounts, rows, strict=True), key=lambda pair: pair[0].control)
    controls = [
        line
        for control, pairs in groups
        for line in totals_of(
            COLUMNS, [row for _, row in pairs], label=phrase("Control total {control}", control=control)
        )
    ]
    return Section(
        rows=rows,
        title=phrase(title, book=book),
        totals=(*controls, *totals, *(_difference(total) for total in totals)),
    )


def _row(account: AccountTurnover) -> Row:
    opening = account.opening_debits - account.opening_credits
    closing = opening + account.debits - account.credits
    return row_of(
        COLUMNS,
        account,
        opening_debit=_debit(opening),
        opening_credit=_debit(-opening),
        debit=account.debits,
        credit=account.credits,
        closing_debit=_debit(closing),
        closing_credit=_debit(-closing),
        hold_debit=account.debits_on_hold,
        hold_credit=account.credits_on_hold,
    )


def _debit(balance: Money) -> Money | None:
    """The balance when it falls to this side."""
    return balance if balance.minor > 0 else None


def _difference(total: TotalRow) -> TotalRow:
    """Debit less credit of each pair of columns, on the debit side."""
    cells: Mapping[str, Cell] = dict(zip((column.key for column in COLUMNS), total.cells, strict=True))
    currency = next(cell.currency for cell in total.cells if isinstance(cell, Money))
    differences: dict[str, Cell] = {
        debit: _side(cells[debit], currency) - _side(cells[credit], currency) for debit, credit in _SIDES
    }
    return total_line(COLUMNS, Phrase("Difference of the two sides"), differences)


def _side(cell: Cell, currency: str) -> Money:
    return cell if isinstance(cell, Money) else zero(currency)
