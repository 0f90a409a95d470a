"""What a row of a provider's file means for its payment: the table of what can come back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from seedfund.grants.rules.deliveries import Outcome
from seedfund.payouts.rules import (
    AmountMeaning,
    Asked,
    Fate,
    FeesAre,
    Manner,
    Misfit,
    NewRow,
    Paid,
    RowTold,
    Told,
    judge,
    misfits_among,
)

TODAY = date(2026, 1, 20)
ASKED = Asked(list_number="", on=TODAY, today=TODAY)
TOTAL = Manner()
EACH = Manner(amounts=AmountMeaning.EACH, rest_stays_open=True)


def payment(state: str = "released", delivered: int = 0, *marks: str, **changes: Any) -> Paid:
    """A payment of 300.00 dollars."""
    given: dict[str, Any] = {
        "number": "PG-2026-0001",
        "state": state,
        "amount": 30_000,
        "delivered": delivered,
        "currency": "USD",
        "list_number": "PL-2026-0001",
        "marks": marks,
    }
    return Paid(**{**given, **changes})


def row(told: Told | None = Told.DELIVERED, amount: int | None = 30_000, **changes: Any) -> RowTold:
    """A row in dollars."""
    return RowTold(told=told, amount=amount, **{"currency": "USD", **changes})


FULL = "full 30000 2026-01-15 R1"
PART = "part 20000 2026-01-15 R1"
FAILED = "failed 0 2026-01-15"
EXPIRED = "expired 0 2026-01-15"
BOUNCED = "bounced 30000 2026-01-16"


def posts(outcome: Outcome | None, paid: int, fee: int = 0) -> tuple[Fate, object, int, int]:
    """A row that is posted; no outcome where money came back by it."""
    return (Fate.POSTED, outcome, paid, fee)


def waits(misfit: Misfit) -> tuple[Fate, object, int, int]:
    """A row that waits for a person."""
    return (Fate.QUEUED, misfit, 0, 0)


PENDING = (Fate.PENDING, None, 0, 0)
RECORDED = (Fate.RECORDED, None, 0, 0)
WITHIN, DEDUCTED, ON_TOP = (Manner(fees=fees) for fees in (FeesAre.WITHIN, FeesAre.DEDUCTED, FeesAre.ON_TOP))
SCENARIOS: dict[str, tuple[RowTold, Paid, Manner, object]] = {
    "all of it": (row(), payment(), TOTAL, posts(Outcome.FULL, 30_000)),
    "a part": (row(Told.PARTIAL, 20_000), payment(), TOTAL, posts(Outcome.PART, 20_000)),
    "failed": (row(Told.FAILED, None), payment(), TOTAL, posts(Outcome.FAILED, 0)),
    "failed, beside what was to be paid": (row(Told.FAILED), payment(), TOTAL, posts(Outcome.FAILED, 0)),
    "not distributed": (row(Told.NOT_DISTRIBUTED, 0), payment(), TOTAL, posts(Outcome.EXPIRED, 0)),
    "taken back in full": (
        row(Told.REVERSED),
        payment("delivered", 30_000, FULL),
        TOTAL,
        posts(None, 30_000),
    ),
    "taken back in part": (
        row(Told.REVERSED, 10_000),
        payment("delivered", 30_000, FULL),
        TOTAL,
        posts(None, 10_000),
    ),
    "taken back, amount not told": (
        row(Told.REVERSED, None),
        payment("part", 20_000, PART),
        TOTAL,
        posts(None, 20_000),
    ),
    "more than was due": (row(amount=35_000), payment(), TOTAL, posts(Outcome.FULL, 35_000)),
    "blank is pending": (row(Told.PENDING, None), payment(), TOTAL, PENDING),
    "blank after a result is no other result": (
        row(Told.PENDING, None),
        payment("delivered", 30_000, FULL),
        TOTAL,
        PENDING,
    ),
    "no words, all of it": (row(None), payment(), TOTAL, posts(Outcome.FULL, 30_000)),
    "no words, a part": (row(None, 100), payment(), TOTAL, posts(Outcome.PART, 100)),
    "no words, nothing": (row(None, 0), payment(), TOTAL, posts(Outcome.EXPIRED, 0)),
    "no words, blank": (row(None, None), payment(), TOTAL, PENDING),
    "the rest of a part, told in all": (
        row(),
        payment("part_open", 20_000, PART),
        TOTAL,
        posts(Outcome.FULL, 10_000),
    ),
    "the rest of a part, told by itself": (
        row(amount=10_000),
        payment("part_open", 20_000, PART),
        EACH,
        posts(Outcome.FULL, 10_000),
    ),
    "the rest of a part failed": (
        row(Told.FAILED, None),
        payment("part_open", 20_000, PART),
        TOTAL,
        posts(Outcome.FAILED, 0),
    ),
    "a part beside a part alike": (
        row(Told.PARTIAL, 10_000),
        payment("part_open", 10_000, "part 10000 2026-01-15"),
        EACH,
        posts(Outcome.PART, 10_000),
    ),
    "two parts alike on one day, told apart by nothing": (
        row(Told.PARTIAL, 10_000),
        payment("part_open", 10_000, "part 10000 2026-01-20"),
        EACH,
        waits(Misfit.ROW_REPEATED),
    ),
    "fee on top": (row(fee=200), payment(), ON_TOP, posts(Outcome.FULL, 30_000, 200)),
    "fee within": (row(fee=200), payment(), WITHIN, posts(Outcome.PART, 29_800, 200)),
    "fee taken off": (row(amount=29_800, fee=200), payment(), DEDUCTED, posts(Outcome.PART, 29_800, 200)),
    "fee taken off, no words": (
        row(None, 29_800, fee=200),
        payment(),
        DEDUCTED,
        posts(Outcome.PART, 29_800, 200),
    ),
    "a failed payment with its fee": (
        row(Told.FAILED, 0, fee=100),
        payment(),
        ON_TOP,
        posts(Outcome.FAILED, 0, 100),
    ),
    "fee that does not make the amount": (
        row(amount=29_000, fee=200),
        payment(),
        DEDUCTED,
        waits(Misfit.FEE_DISAGREES),
    ),
    "fee above the amount": (row(amount=100, fee=200), payment(), WITHIN, waits(Misfit.FEE_DISAGREES)),
    "delivered in full, again": (row(), payment("delivered", 30_000, FULL), TOTAL, RECORDED),
    "delivered, the same reference": (
        row(reference="R1"),
        payment("delivered", 30_000, FULL),
        TOTAL,
        RECORDED,
    ),
    "the whole told again after two parts": (
        row(),
        payment("delivered", 30_000, PART, "full 10000 2026-01-18"),
        TOTAL,
        RECORDED,
    ),
    "failed, again": (row(Told.FAILED, None), payment("failed", 0, FAILED), TOTAL, RECORDED),
    "taken back, again": (
        row(Told.REVERSED),
        payment("bounced", 0, FULL, BOUNCED),
        TOTAL,
        RECORDED,
    ),
    "a part taken back beside one taken back alike": (
        row(Told.REVERSED, 10_000),
        payment("bounced", 20_000, FULL, "bounced 10000 2026-01-19"),
        EACH,
        waits(Misfit.ROW_REPEATED),
    ),
    "a part taken back, again, and no more is left": (
        row(Told.REVERSED, 10_000),
        payment("bounced", 0, FULL, "bounced 10000 2026-01-19"),
        EACH,
        RECORDED,
    ),
    "a part taken back, again, by a file that tells all so far": (
        row(Told.REVERSED, 10_000),
        payment("bounced", 20_000, FULL, "bounced 10000 2026-01-19"),
        TOTAL,
        RECORDED,
    ),
    "delivered stays in a file that also takes it back": (
        row(),
        payment("bounced", 0, FULL, BOUNCED),
        TOTAL,
        RECORDED,
    ),
    "another list": (
        row(),
        payment(list_number="PL-2026-0009"),
        TOTAL,
        waits(Misfit.PAYMENT_OF_OTHER_LIST),
    ),
    "another currency": (row(currency="EUR"), payment(), TOTAL, waits(Misfit.OTHER_CURRENCY)),
    "never released": (row(), payment("listed"), TOTAL, waits(Misfit.NOT_RELEASED)),
    "taken out of its list": (row(), payment("void"), TOTAL, waits(Misfit.NOT_RELEASED)),
    "a day to come": (row(value_date=date(2026, 1, 21)), payment(), TOTAL, waits(Misfit.DAY_TO_COME)),
    "delivered by another reference": (
        row(reference="R2"),
        payment("delivered", 30_000, FULL),
        TOTAL,
        waits(Misfit.RESULT_AFTER_FINAL),
    ),
    "delivered after it failed": (
        row(),
        payment("failed", 0, FAILED),
        TOTAL,
        waits(Misfit.RESULT_AFTER_FINAL),
    ),
    "failed after it was delivered": (
        row(Told.FAILED, None),
        payment("delivered", 30_000, FULL),
        TOTAL,
        waits(Misfit.RESULT_AFTER_FINAL),
    ),
    "failed after it expired": (
        row(Told.FAILED, None),
        payment("expired", 0, EXPIRED),
        TOTAL,
        waits(Misfit.RESULT_AFTER_FINAL),
    ),
    "the rest after a part that was final": (
        row(),
        payment("part", 20_000, PART),
        TOTAL,
        waits(Misfit.RESULT_AFTER_FINAL),
    ),
    "delivered, and no amount": (row(amount=None), payment(), TOTAL, waits(Misfit.AMOUNT_MISSING)),
    "in part, and no amount": (row(Told.PARTIAL, None), payment(), TOTAL, waits(Misfit.AMOUNT_MISSING)),
    "delivered, but less": (row(amount=29_000), payment(), TOTAL, waits(Misfit.AMOUNT_DISAGREES)),
    "delivered, but nothing": (row(amount=0), payment(), TOTAL, waits(Misfit.AMOUNT_DISAGREES)),
    "in part, but all": (row(Told.PARTIAL), payment(), TOTAL, waits(Misfit.AMOUNT_DISAGREES)),
    "in part, but more": (row(Told.PARTIAL, 31_000), payment(), TOTAL, waits(Misfit.AMOUNT_DISAGREES)),
    "failed, but something": (row(Told.FAILED, 100), payment(), TOTAL, waits(Misfit.AMOUNT_DISAGREES)),
    "in all less than before": (
        row(Told.PARTIAL, 10_000),
        payment("part_open", 20_000, PART),
        TOTAL,
        waits(Misfit.AMOUNT_DISAGREES),
    ),
    "taken back before a result": (row(Told.REVERSED), payment(), TOTAL, waits(Misfit.NOTHING_TO_REVERSE)),
    "taken back after it failed": (
        row(Told.REVERSED),
        payment("failed", 0, FAILED),
        TOTAL,
        waits(Misfit.NOTHING_TO_REVERSE),
    ),
    "more taken back than delivered": (
        row(Told.REVERSED),
        payment("part", 20_000, PART),
        TOTAL,
        waits(Misfit.REVERSAL_EXCEEDS),
    ),
    "nothing taken back": (
        row(Told.REVERSED, 0),
        payment("delivered", 30_000, FULL),
        TOTAL,
        waits(Misfit.AMOUNT_DISAGREES),
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_row_means_what_the_table_says(name: str) -> None:
    told, paid, manner, expected = SCENARIOS[name]
    asked = Asked(list_number="PL-2026-0001", on=TODAY, today=TODAY)

    found = judge(told, paid, manner, asked)

    what = found.misfit if found.fate is Fate.QUEUED else found.outcome
    assert (found.fate, what, found.paid, found.fee) == expected


def test_only_a_reversal_is_posted_without_an_outcome() -> None:
    for told, paid, manner, _ in SCENARIOS.values():
        found = judge(told, paid, manner, ASKED)

        assert found.is_reversal == (found.fate is Fate.POSTED and told.told is Told.REVERSED)


def test_what_is_posted_never_passes_what_is_due_unless_the_provider_says_delivered() -> None:
    for state, delivered in (("released", 0), ("part_open", 20_000)):
        for told in Told:
            for amount in range(0, 50_000, 5_000):
                found = judge(row(told, amount), payment(state, delivered), EACH, ASKED)

                if found.fate is Fate.POSTED and told is not Told.DELIVERED:
                    assert found.paid <= 30_000 - (0 if found.is_reversal else delivered)


def new(place: int, told: Told | None, amount: int | None, *, repeat: bool = False) -> NewRow:
    """A row about one payment."""
    return NewRow(place=place, payment="PG-2026-0001", told=told, amount=amount, is_repeat=repeat)


AMONG: dict[str, tuple[tuple[NewRow, ...], Manner, dict[int, Misfit]]] = {
    "one": ((new(0, Told.DELIVERED, 1),), TOTAL, {}),
    "twice to the letter": (
        (new(0, Told.DELIVERED, 1), new(1, Told.DELIVERED, 1, repeat=True)),
        TOTAL,
        {1: Misfit.ROW_REPEATED},
    ),
    "twice, by another reference": (
        (new(0, Told.DELIVERED, 1), new(1, Told.DELIVERED, 1)),
        TOTAL,
        {1: Misfit.ROW_REPEATED},
    ),
    "this and that": (
        (new(0, Told.DELIVERED, 1), new(1, Told.FAILED, None)),
        TOTAL,
        {0: Misfit.ROWS_CONTRADICT, 1: Misfit.ROWS_CONTRADICT},
    ),
    "delivered and taken back": ((new(0, Told.REVERSED, 1), new(1, Told.DELIVERED, 1)), TOTAL, {}),
    "pending and delivered": ((new(0, Told.PENDING, None), new(1, Told.DELIVERED, 1)), TOTAL, {}),
    "two parts": ((new(0, Told.PARTIAL, 1), new(1, Told.PARTIAL, 2)), EACH, {}),
    "a part and a failure, told one by one": (
        (new(0, Told.PARTIAL, 1), new(1, Told.FAILED, None)),
        EACH,
        {0: Misfit.ROWS_CONTRADICT, 1: Misfit.ROWS_CONTRADICT},
    ),
}


@pytest.mark.parametrize("name", AMONG)
def test_rows_of_one_file_that_stand_in_each_others_way_wait(name: str) -> None:
    rows, manner, expected = AMONG[name]

    assert misfits_among(rows, manner) == expected


def test_the_table_has_a_row_for_every_reason_to_wait() -> None:
    told = {
        found[1] for *_, found in SCENARIOS.values() if isinstance(found, tuple) and found[0] is Fate.QUEUED
    }
    among = {misfit for *_, found in AMONG.values() for misfit in found.values()}
    of_the_file = {Misfit.CELL_UNREADABLE, Misfit.STATUS_UNKNOWN, Misfit.PAYMENT_UNKNOWN}

    assert told | among | of_the_file | {Misfit.OWN_PAYMENT} == set(Misfit)


@pytest.mark.parametrize(("payer", "waits"), [("a" * 32, True), ("b" * 32, False), ("", False)])
def test_a_result_of_ones_own_payment_waits_and_no_other_does(payer: str, waits: bool) -> None:
    own = replace(payment(), released_by="a" * 32)
    asked = Asked(list_number="PL-2026-0001", on=TODAY, today=TODAY, payer=payer)

    verdict = judge(row(), own, TOTAL, asked)

    assert (verdict.misfit is Misfit.OWN_PAYMENT, verdict.fate is Fate.POSTED) == (waits, not waits)
