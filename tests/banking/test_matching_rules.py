"""Matching, footing and reconciling as rules: tables, and properties that hold whatever the bank says."""

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.banking.rules import (
    MATCH_STATES,
    STATEMENT_STATES,
    BankLine,
    Before,
    BookItem,
    Chained,
    ItemFact,
    LineFact,
    LineFlag,
    LineTold,
    MatchKind,
    MatchReason,
    StatementFlag,
    StatementTold,
    is_barred,
    line_flags,
    marks_in,
    propose,
    reconcile,
    statement_flags,
)
from seedfund.banking.rules.deciding import ItemState, LineState, check_confirm
from seedfund.banking.rules.footing import WEIGHED_BY, weighed
from seedfund.banking.rules.matching import PER_LINE_MAX, Proposal

DAY: Final = date(2026, 11, 10)
R: Final = MatchReason


def line(
    name: str,
    amount: int,
    text: str = "",
    *,
    days: int = 0,
    account: str | None = None,
    is_reversal: bool = False,
) -> LineFact:
    return LineFact(
        id=name,
        day=DAY + timedelta(days=days),
        amount=amount,
        marks=marks_in(text),
        account=account,
        is_reversal=is_reversal,
    )


def item(
    name: str,
    amount: int,
    text: str = "",
    *,
    days: int = 0,
    group: str = "",
    account: str | None = None,
    is_open: bool = False,
    takes_back: str = "",
) -> ItemFact:
    return ItemFact(
        id=name,
        day=DAY + timedelta(days=days),
        amount=amount,
        marks=marks_in(text),
        account=account,
        group=group,
        is_open=is_open,
        takes_back=takes_back,
    )


def told(proposals: list[Proposal]) -> list[tuple[MatchKind, tuple[str, ...], tuple[str, ...]]]:
    return [(one.kind, one.lines, one.items) for one in proposals]


@pytest.mark.parametrize(
    "text", ["PG-2026-0012", "pg 2026 0012", "pago PG20260012 ok", "/ROC/PG/2026/12//", "PG-2026-00012."]
)
def test_a_number_is_known_however_the_bank_writes_it(text: str) -> None:
    expected = set() if text.endswith("12//") else {"PG-2026-12"}
    assert marks_in(text) == expected


@pytest.mark.parametrize("text", ["PG-2026-00123", "XPGA2026-0012X", "2026 0012", "APG-2026-0012", ""])
def test_a_longer_number_is_another_one(text: str) -> None:
    assert "PG-2026-12" not in marks_in(text)


def test_a_line_that_names_a_payment_of_its_amount_is_one_proposal() -> None:
    others = [item(f"p{n}", -300, f"PG-2026-{n:04}", is_open=True) for n in range(1, 5)]
    (found,) = propose([line("l", -300, "PG-2026-0002")], others)
    assert (found.kind, found.items, found.score) == (MatchKind.SINGLE, ("p2",), 85)
    assert found.reasons == (R.REFERENCE, R.AMOUNT, R.SAME_DAY)


def test_where_several_fit_all_are_proposed_and_none_is_chosen() -> None:
    items = [item(f"p{n}", -300, f"PG-2026-{n:04}") for n in range(1, 4)]
    found = propose([line("l", -300)], items)
    assert [one.items for one in found] == [("p1",), ("p2",), ("p3",)]
    assert all(R.SEVERAL_FIT in one.reasons for one in found)


def test_a_line_gets_only_its_best_proposals() -> None:
    items = [item(f"p{n:02}", -300) for n in range(40)]
    assert len(propose([line("l", -300)], items)) == PER_LINE_MAX


@pytest.mark.parametrize("amount", [-299, -301, 300, -30])
def test_another_amount_is_never_near_enough(amount: int) -> None:
    assert propose([line("l", amount)], [item("e", -300)]) == []


@pytest.mark.parametrize(
    ("days", "is_proposed"), [(0, True), (15, True), (16, False), (-15, True), (-16, False)]
)
def test_without_a_reference_line_and_item_lie_within_the_window(days: int, is_proposed: bool) -> None:
    assert bool(propose([line("l", -300, days=days)], [item("e", -300)])) is is_proposed
    assert propose([line("l", -300, "PG-2026-0001", days=days)], [item("e", -300, "PG-2026-0001")])


def test_the_account_speaks_for_a_payment_among_alike() -> None:
    items = [item("p1", -300, account="A", is_open=True), item("p2", -300, account="B", is_open=True)]
    found = propose([line("l", -300, account="B")], items)
    assert (found[0].items, R.ACCOUNT in found[0].reasons) == (("p2",), True)


def test_one_line_is_the_total_of_a_list() -> None:
    items = [item(f"p{n}", -100 * n, group="PL-2026-0007", is_open=True) for n in (1, 2, 3)]
    (found,) = propose([line("l", -600, "LOTE PL 2026 0007")], items)
    assert (found.kind, found.items) == (MatchKind.BATCH, ("p1", "p2", "p3"))
    assert found.reasons == (R.LIST_NAMED, R.LIST_TOTAL, R.SAME_DAY)


def test_a_line_that_names_several_payments_is_their_sum() -> None:
    items = [item(f"p{n}", -100 * n, f"PG-2026-{n:04}", is_open=True) for n in (1, 2, 3)]
    found = propose([line("l", -400, "PG-2026-0001 PG-2026-0003")], items)
    assert (MatchKind.BATCH, ("l",), ("p1", "p3")) in told(found)


@pytest.mark.parametrize("group", ["PL-2026-0001", ""])
def test_a_batch_that_names_each_of_its_payments_is_nothing_else(group: str) -> None:
    items = [
        item(f"p{n}", amount, f"PG-2026-000{n}", group=group, is_open=True)
        for n, amount in ((1, -200), (2, -333))
    ]
    (found,) = propose([line("l", -533, "PG-2026-0001 PG-2026-0002", days=2)], items)
    assert (found.kind, found.items) == (MatchKind.BATCH, ("p1", "p2"))
    assert found.reasons[:2] == (R.REFERENCE, R.AMOUNT)
    assert found.score >= 70


def test_lines_that_name_one_entry_and_sum_to_it_are_its_instalments() -> None:
    lines = [line("l1", 40, "SC-2026-0001"), line("l2", 60, "SC-2026-0001", days=20)]
    found = propose(lines, [item("refund", 100, "SC-2026-0001")])
    assert told(found) == [(MatchKind.INSTALMENTS, ("l1", "l2"), ("refund",))]


@pytest.mark.parametrize(("amount", "kind"), [(-200, MatchKind.PART), (-350, MatchKind.MORE)])
def test_a_payment_may_arrive_in_part_or_be_paid_too_much(amount: int, kind: MatchKind) -> None:
    found = propose([line("l", amount, "PG-2026-0001")], [item("p", -300, "PG-2026-0001", is_open=True)])
    assert told(found) == [(kind, ("l",), ("p",))]


def test_a_reversal_goes_with_the_line_it_takes_back_and_never_with_a_later_one() -> None:
    lines = [line("paid", -300), line("back", 300, days=2, is_reversal=True), line("later", -300, days=5)]
    assert told(propose(lines, [])) == [(MatchKind.REVERSED_IN_BANK, ("paid", "back"), ())]


def test_an_entry_and_the_one_that_takes_it_back_need_no_line() -> None:
    items = [item("e1", -300), item("e2", 300, takes_back="e1")]
    assert told(propose([], items)) == [(MatchKind.REVERSED_IN_BOOKS, (), ("e1", "e2"))]


AMOUNTS: Final = st.integers(-500, 500).filter(bool)
LINES: Final = st.lists(st.tuples(AMOUNTS, st.integers(0, 40), st.integers(0, 4), st.booleans()), max_size=8)
ITEMS: Final = st.lists(st.tuples(AMOUNTS, st.integers(0, 40), st.integers(0, 4), st.booleans()), max_size=8)


@given(lines=LINES, items=ITEMS)
def test_whatever_is_proposed_as_whole_is_the_same_money(
    lines: list[tuple[int, int, int, bool]], items: list[tuple[int, int, int, bool]]
) -> None:
    facts = [
        line(f"l{n}", amount, f"PG-2026-{mark:04}", days=days, is_reversal=flag)
        for n, (amount, days, mark, flag) in enumerate(lines)
    ]
    known = [
        item(f"i{n}", amount, f"PG-2026-{mark:04}", days=days, group=f"PL-2026-000{mark}", is_open=flag)
        for n, (amount, days, mark, flag) in enumerate(items)
    ]
    amounts = {one.id: one.amount for one in facts} | {one.id: one.amount for one in known}
    found = propose(facts, known)
    assert len({(one.lines, one.items) for one in found}) == len(found)
    for one in found:
        assert 0 < one.score <= 100
        assert len(set(one.lines)) == len(one.lines)
        if one.kind not in (MatchKind.PART, MatchKind.MORE):
            assert sum(amounts[name] for name in one.lines) == sum(amounts[name] for name in one.items)


def statement(
    opening: int | None, closing: int | None, *amounts: int | None, **more: object
) -> StatementTold:
    lines = tuple(LineTold(amount=amount, booked=DAY) for amount in amounts)
    fields: dict[str, Any] = {"is_other_currency": False, "from_day": DAY, "until_day": DAY, **more}
    return StatementTold(opening=opening, closing=closing, lines=lines, **fields)


@pytest.mark.parametrize(
    ("told_of", "flags", "barred"),
    [
        (statement(100, 60, -40), (), False),
        (statement(100, 61, -40), (StatementFlag.DOES_NOT_FOOT,), True),
        (statement(None, 60, -40), (StatementFlag.BALANCE_MISSING,), True),
        (statement(100, 60, None), (StatementFlag.AMOUNT_UNREADABLE,), True),
        (statement(100, 60, -40, is_other_currency=True), (StatementFlag.OTHER_CURRENCY,), True),
        (
            statement(100, 60, -40, before=Before(until=DAY, closing=90)),
            (StatementFlag.STATEMENT_MISSING,),
            False,
        ),
        (
            statement(100, 60, -40, before=Before(until=DAY + timedelta(days=1), closing=100)),
            (StatementFlag.OVERLAPS,),
            False,
        ),
        (statement(100, 60, -40, is_other_number=True), (StatementFlag.OTHER_NUMBER,), False),
        (statement(100, 60, -40, is_signed=True), (StatementFlag.MONTH_SIGNED,), False),
    ],
)
def test_what_is_odd_about_a_statement_is_flagged(
    told_of: StatementTold, flags: tuple[StatementFlag, ...], barred: bool
) -> None:
    assert statement_flags(told_of) == flags
    assert is_barred(flags) is barred


@pytest.mark.parametrize(
    ("one", "is_repeated", "flag"),
    [
        (LineTold(amount=None, booked=DAY), False, LineFlag.AMOUNT_UNREADABLE),
        (LineTold(amount=1, booked=DAY, is_foreign=True), False, LineFlag.OTHER_CURRENCY),
        (LineTold(amount=1, unread=frozenset({"booking_date"})), False, LineFlag.BOOKING_DATE_UNREADABLE),
        (
            LineTold(amount=1, booked=DAY, unread=frozenset({"value_date"})),
            False,
            LineFlag.VALUE_DATE_UNREADABLE,
        ),
        (LineTold(amount=1, booked=DAY - timedelta(days=1)), False, LineFlag.OUTSIDE_STATEMENT),
        (LineTold(amount=1, booked=DAY), True, LineFlag.REFERENCE_TWICE),
        (LineTold(amount=1, booked=DAY, was_seen=True), False, LineFlag.SEEN_BEFORE),
        (LineTold(amount=0, booked=DAY), False, LineFlag.NOTHING_MOVED),
    ],
)
def test_what_is_odd_about_a_line_is_flagged(one: LineTold, is_repeated: bool, flag: LineFlag) -> None:
    assert line_flags(one, statement(0, 0), is_repeated=is_repeated) == (flag,)


SIDES: Final = st.lists(
    st.tuples(AMOUNTS, st.integers(-20, 40), st.sampled_from(["", "m1", "m2"])), max_size=10
)


@given(
    bank=SIDES, books=SIDES, opening=st.integers(-900, 900), gap=st.integers(-50, 50), day=st.integers(0, 40)
)
def test_the_difference_of_bank_and_books_is_always_told_whole(
    bank: list[tuple[int, int, str]], books: list[tuple[int, int, str]], opening: int, gap: int, day: int
) -> None:
    lines = [
        BankLine(id=f"l{n}", day=DAY + timedelta(days=max(days, 0)), amount=amount, match=match)
        for n, (amount, days, match) in enumerate(bank)
    ]
    items = [
        BookItem(id=f"e{n}", day=DAY + timedelta(days=days), amount=amount, match=match)
        for n, (amount, days, match) in enumerate(books)
    ]
    # A match is the same money on both sides: what is missing comes as an item of its own.
    for match in ("m1", "m2"):
        off = sum(one.amount for one in lines if one.match == match) - sum(
            one.amount for one in items if one.match == match
        )
        if off:
            items.append(BookItem(id=f"x{match}", day=DAY, amount=off, match=match))
    closing = opening + sum(one.amount for one in lines if one.day < DAY + timedelta(days=20))
    middle = DAY + timedelta(days=20)
    statements = [
        Chained(
            number="S1", from_day=DAY, until_day=middle - timedelta(days=1), opening=opening, closing=closing
        ),
        Chained(
            number="S2", from_day=middle, until_day=DAY + timedelta(days=40), opening=closing + gap, closing=0
        ),
    ]
    found = reconcile(statements, lines, items, DAY + timedelta(days=day))
    assert found.difference == (
        found.unexplained
        + sum(one.amount for one in found.in_bank)
        - sum(one.amount for one in found.in_books)
    )


def test_a_line_is_explained_only_once_both_sides_have_happened() -> None:
    chained = [Chained(number="S", from_day=DAY, until_day=DAY, opening=0, closing=-300)]
    late = DAY + timedelta(days=3)
    lines = [BankLine(id="l", day=DAY, amount=-300, match="m")]
    items = [BookItem(id="e", day=late, amount=-300, match="m")]
    before, after = (reconcile(chained, lines, items, day) for day in (DAY, late))
    assert ([one.id for one in before.in_bank], before.books) == (["l"], 0)
    assert (after.in_bank, after.in_books, after.difference) == ((), (), 0)


@given(
    amounts=st.lists(st.integers(-(10**9), 10**9), max_size=6),
    places=st.tuples(st.integers(0, 5), st.integers(0, 5)),
)
def test_two_lines_that_change_places_change_the_weighed_sum(
    amounts: list[int], places: tuple[int, int]
) -> None:
    first, second = places
    if max(places) < len(amounts) and (amounts[first] - amounts[second]) % WEIGHED_BY and first != second:
        swapped = list(amounts)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        assert weighed(swapped) != weighed(amounts)
    assert weighed([*amounts, None]) == weighed(amounts)


@pytest.mark.parametrize(
    ("lines", "items", "codes"),
    [
        ([LineState(id="l", statement_state="foots")], [ItemState(id="e", is_own=False)], []),
        ([LineState(id="l", statement_state="does_not_foot")], [], ["line_not_usable"]),
        ([LineState(id="l", statement_state="replaced")], [], ["line_not_usable"]),
        ([LineState(id="l", statement_state="reconciled", matched_by="RM-1")], [], ["line_matched"]),
        ([], [ItemState(id="e", is_own=False, matched_by="RM-1")], ["item_matched"]),
        ([], [ItemState(id="e", is_own=True)], ["payer_reconciles"]),
    ],
)
def test_what_is_taken_or_does_not_count_is_not_matched(
    lines: list[LineState], items: list[ItemState], codes: list[str]
) -> None:
    found = check_confirm("RM-2", "proposed", lines=lines, items=items, is_own_hand=False)
    assert [one.code for one in found] == codes


def test_a_statement_that_does_not_foot_becomes_one_that_does_by_no_step_of_its_own() -> None:
    steps = STATEMENT_STATES.steps
    assert set(steps["does_not_foot"]) == {"replaced", "set_aside"}
    assert {state for state, after in steps.items() if "foots" in after} == {
        "recorded",
        "reconciled",
        "set_aside",
    }


def test_a_match_that_was_decided_is_decided() -> None:
    assert set(MATCH_STATES.ends) == {"rejected", "overtaken", "undone"}
    assert not any(MATCH_STATES.allows(state, "proposed") for state in MATCH_STATES.states)
