"""Every account with its debits and credits, money and budget apart, control totals under each. Must not know queries.

An opening or closing balance stands on the side it falls to. Under each part stands the difference of the two
sides, which is zero unless a row was tampered with or left out. A programme has some accounts for each grant, and most
are empty or done with sooner or later: those on which nothing stands at either end, and what closed grants spent, are
added up on one line each of their control group; those that neither moved nor hold anything are left out and counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final

from seedfund.kernel.money import Money, zero
from seedfund.reports.books.columns import amount, code, text
from seedfund.reports.totals import row_of, total_line, totals_of
from seedfund.reports.value import (
    Cell,
    Column,
    Kind,
    Phrase,
    Report,
    Row,
    Section,
    Standing,
    TotalRow,
    Word,
    phrase,
)

COLUMNS: Final[tuple[Column, ...]] = (
    text("name", "Name", width=40),
    text("about", "Whose or what for", under="name"),
    code("account", "Account", width=36),
    Column("accounts", "Accounts", Kind.INTEGER, under="account"),
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


SETTLED: Final = Word("settled grants together")
CLOSED: Final = Word("closed grants together")
LEFT_OUT: Final = "Accounts that did not move in the period and hold nothing are left out: {count}."
TOGETHER: Final = (
    "Accounts of grants with nothing left on them, and what closed grants spent, stand together, a line a kind;"
    " the ledgers of the grants tell them apart."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTurnover:
    """One account's counters: totals up to the period, of the period, and on hold. `control` names its group.

    `name` says what kind of account it is and for which holder, `about` whose it is; `is_done` when it is what a closed
    grant spent; `accounts` how many stand together on a line, none for a single one. Accounts come sorted by book, then
    money before budget (`is_budget`), then control group.
    """

    book: str
    is_budget: bool
    control: Word
    account: str
    name: Word
    about: str | Word
    is_of_grant: bool
    is_done: bool = False
    opening_debits: Money
    opening_credits: Money
    debits: Money
    credits: Money
    debits_on_hold: Money
    credits_on_hold: Money
    accounts: int | None = None

    @property
    def is_settled(self) -> bool:
        """Whether nothing stands on it, neither when the period began nor at its end."""
        held = self.debits_on_hold.minor or self.credits_on_hold.minor
        return not held and self.opening.minor == 0 and self.closing.minor == 0

    @property
    def is_still(self) -> bool:
        """Whether nothing moved on it in the period and nothing stands on it."""
        return self.is_settled and self.debits.minor == 0 and self.credits.minor == 0

    @property
    def opening(self) -> Money:
        """What stood on it before the period, debit above zero."""
        return self.opening_debits - self.opening_credits

    @property
    def closing(self) -> Money:
        """What stands on it at the end, debit above zero."""
        return self.opening + self.debits - self.credits


def trial_balance(accounts: Iterable[AccountTurnover], *, scope: str, standing: Standing) -> Report:
    """The trial balance, a part per book for money and one for budget, with a total per control group."""
    found = list(accounts)
    moved = [account for account in found if not account.is_still]
    shown = _folded(moved)
    notes = [phrase(LEFT_OUT, count=len(found) - len(moved))] if len(moved) < len(found) else []
    parts = groupby(shown, key=lambda account: (account.book, account.is_budget))
    return Report(
        name="trial_balance",
        title=Phrase("Trial balance"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=tuple(
            _part(book, list(members), is_budget=is_budget) for (book, is_budget), members in parts
        ),
        notes=(*notes, *([Phrase(TOGETHER)] if len(shown) < len(moved) else [])),
    )


def _folded(accounts: Iterable[AccountTurnover]) -> list[AccountTurnover]:
    """Accounts of grants that are done with as one line of their book and kind, after the others of their group."""
    shown: list[AccountTurnover] = []
    for _, members in groupby(accounts, key=lambda one: (one.book, one.is_budget, one.control)):
        alike: dict[tuple[str, Word], list[AccountTurnover]] = {}
        for one in members:
            if one.is_of_grant and (one.is_settled or one.is_done):
                alike.setdefault((one.name.text, SETTLED if one.is_settled else CLOSED), []).append(one)
            else:
                shown.append(one)
        shown += [
            _together(found, about) if len(found) > 1 else found[0] for (_, about), found in alike.items()
        ]
    return shown


_COUNTERS: Final = (
    "opening_debits",
    "opening_credits",
    "debits",
    "credits",
    "debits_on_hold",
    "credits_on_hold",
)


def _together(found: list[AccountTurnover], about: Word) -> AccountTurnover:
    nothing = zero(found[0].debits.currency)
    sums: dict[str, Any] = {
        name: sum((getattr(one, name) for one in found), start=nothing) for name in _COUNTERS
    }
    return replace(found[0], account="", about=about, accounts=len(found), **sums)


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
    opening, closing = account.opening, account.closing
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
