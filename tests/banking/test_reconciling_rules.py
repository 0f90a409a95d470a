"""What the bank held on a day is what it told, page by page, and nothing where it told nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.banking.rules import BankLine, BookItem, Chained, reconcile
from seedfund.banking.rules.reconciling import chain

DAY: Final = date(2026, 1, 1)


def days(count: int) -> date:
    return DAY + timedelta(days=count)


def chained(number: str, first: int, last: int, *, opening: int, closing: int) -> Chained:
    return Chained(
        number=number, from_day=days(first), until_day=days(last), opening=opening, closing=closing
    )


JANUARY: Final = chained("BS-1", 10, 30, opening=500, closing=700)
ITEMS: Final = [BookItem(id="old", day=days(0), amount=500), BookItem(id="new", day=days(12), amount=200)]


@pytest.mark.parametrize(
    ("statements", "day", "bank", "books", "unshown"),
    [
        ([], 40, None, 700, ["old", "new"]),
        ([JANUARY], 9, None, 500, ["old"]),
        ([JANUARY], -1, None, 0, []),
        ([JANUARY], 10, 500, 500, []),
        ([JANUARY], 30, 700, 700, ["new"]),
    ],
)
def test_a_balance_that_no_statement_tells_is_not_known(
    statements: Sequence[Chained], day: int, bank: int | None, books: int, unshown: list[str]
) -> None:
    lines = [BankLine(id="l", day=days(12), amount=200)] if statements else []
    found = reconcile(statements, lines, ITEMS, days(day))
    assert (found.bank, found.books) == (bank, books)
    assert found.difference == (None if bank is None else bank - books)
    assert [one.id for one in found.in_books] == unshown
    assert bank is not None or (found.unexplained, found.in_bank) == (0, ())


@pytest.mark.parametrize(
    ("cut_off", "opening", "unshown"), [(9, 0, []), (10, 500, ["old"]), (11, 500, ["old"])]
)
def test_an_opening_booked_late_is_what_the_account_held_at_its_cut_off(
    cut_off: int, opening: int, unshown: list[str]
) -> None:
    late = [BookItem(id="old", day=days(15), amount=500, cut_off=days(cut_off))]
    found = reconcile([replace(JANUARY, closing=500)], [], late, days(30))
    assert (found.opening, [one.id for one in found.in_books]) == (opening, unshown)
    assert found.difference == found.unexplained - sum(one.amount for one in found.in_books) == 0


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_pages_of_the_same_days_are_read_in_the_order_of_their_balances(order: tuple[int, ...]) -> None:
    ends = [0, 100, 40, 90]
    pages = [(ends[place], ends[place + 1]) for place in range(3)]
    told = [
        chained(f"BS-{rank}", 0, 30, opening=pages[place][0], closing=pages[place][1])
        for rank, place in enumerate(order)
    ]
    lines = [
        BankLine(id=str(place), day=DAY, amount=after - before) for place, (before, after) in enumerate(pages)
    ]
    found = reconcile(told, lines, [], days(30))
    assert (found.bank, found.gaps, found.opening) == (90, (), 0)
    assert [one.opening for one in chain(told)] == ends[:3]


@given(
    told=st.lists(
        st.tuples(st.integers(-900, 900), st.lists(st.integers(-99, 99), max_size=4)), min_size=1, max_size=5
    ),
)
def test_at_a_statements_end_the_bank_holds_what_it_told(told: list[tuple[int, list[int]]]) -> None:
    statements, lines = [], []
    for place, (opening, amounts) in enumerate(told):
        first = 10 * place
        statements.append(
            chained(f"BS-{place}", first, first + 9, opening=opening, closing=opening + sum(amounts))
        )
        lines += [
            BankLine(id=f"{place}/{n}", day=days(first + n), amount=one) for n, one in enumerate(amounts)
        ]
    for one in statements:
        assert reconcile(statements, lines, [], one.until_day).bank == one.closing
