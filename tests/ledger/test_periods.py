"""Months: who begins and who closes, what has to be explained, what is frozen, and where late facts go."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import Refused
from seedfund.ledger.rules.events import funds, grants
from seedfund.ledger.rules.periods import freeze_hash
from seedfund.ledger.service.periods import (
    BeginClosingPeriod,
    ClosePeriod,
    PeriodChanged,
    begin_closing_period,
    close_period,
)
from tests.ledger.readback import require_sound
from tests.ledger.support import BookOfTest, post
from tests.ledger.test_attacks import attack
from tests.ledger.test_entries import promise
from tests.support.programme import House

BANK = "UNHCR/cash:BANK"


def go_to(house: House, month: int, day: int) -> None:
    """Stand on a day of 2026."""
    house.clock.set(datetime(2026, month, day, 15, tzinfo=UTC))


def begin(house: House, month: str = "2026-01", *, actor: str = "finance") -> PeriodChanged:
    """Begin to close a month."""
    with house.work(actor) as work:
        return begin_closing_period(work, BeginClosingPeriod(key=f"begin:{month}:{actor}", month=month))


def close(
    house: House,
    month: str = "2026-01",
    *,
    actor: str = "director",
    reconciled: tuple[str, ...] = (BANK,),
    explained: dict[str, str] | None = None,
) -> PeriodChanged:
    """Close a month."""
    with house.work(actor) as work:
        command = ClosePeriod(
            key=f"close:{month}:{actor}:{sorted(explained or {})}:{reconciled}",
            month=month,
            reconciled=reconciled,
            explained=explained or {},
        )
        return close_period(work, command)


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    """The codes of a refusal."""
    return refused.value.codes


def test_a_month_closes_after_it_is_over_by_two_hands(house: House, book: BookOfTest) -> None:
    with pytest.raises(Refused) as too_early:
        begin(house)
    go_to(house, 2, 3)
    begin(house)
    with pytest.raises(Refused) as twice:
        begin(house, actor="reconciler")

    assert close(house) == PeriodChanged("2026-01", "closed")
    assert codes_of(too_early) == ("month_not_over",)
    assert codes_of(twice) == ("month_state",)


def test_whoever_began_to_close_does_not_close(house: House, book: BookOfTest) -> None:
    go_to(house, 2, 3)
    begin(house, actor="director")

    with pytest.raises(Refused) as refused:
        close(house)

    assert codes_of(refused) == ("closed_by_other_hand",)


def test_months_close_in_their_order(house: House, book: BookOfTest) -> None:
    go_to(house, 3, 3)

    with pytest.raises(Refused) as refused:
        begin(house, "2026-02")

    assert codes_of(refused) == ("earlier_month_open",)


def test_a_month_does_not_close_over_open_questions(house: House, book: BookOfTest) -> None:
    promise(house, book)
    post(house, "opening", funds.opened_contributions(book.id, "UNHCR", 500))
    post(house, "release", grants.release([grants.Lot(book.part(), 100, book.bank)], needs_receipts=True))
    post(house, "other_spending", funds.pay_other(book.bank, book.line("OTHER"), 120_000))
    go_to(house, 4, 3)
    begin(house)
    with pytest.raises(Refused) as refused:
        close(house, reconciled=())
    post(house, "opening", funds.opened_cash(book.bank, 500), on=date(2026, 4, 3))

    assert codes_of(refused) == (
        "cash_not_reconciled",
        "opening_not_zero",
        "room_unexplained",
        "room_unexplained",
    )


def test_a_payment_long_in_flight_has_to_be_explained(house: House, book: BookOfTest) -> None:
    promise(house, book)
    posted = post(
        house, "release", grants.release([grants.Lot(book.part(), 100, book.bank)], needs_receipts=True)
    )
    go_to(house, 3, 3)
    begin(house)
    close(house)
    begin(house, "2026-02")

    with pytest.raises(Refused) as refused:
        close(house, "2026-02")
    close(house, "2026-02", explained={f"UNHCR/{posted.seqs[0]}": "cheque not handed over yet"})

    assert codes_of(refused) == ("hold_unexplained",)


def test_nothing_is_booked_in_a_closed_month_but_late_facts_are_taken_in_and_say_what_they_correct(
    house: House, book: BookOfTest
) -> None:
    go_to(house, 2, 3)
    begin(house)
    close(house)

    with pytest.raises(Refused) as refused:
        post(house, "award", grants.award([(book.part(), 1)]), on=date(2026, 1, 30))
    late = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 1), on=date(2026, 1, 30))

    assert codes_of(refused) == ("period_closed",)
    assert late.booking_date == date(2026, 2, 1)
    with house.engine.connect() as connection:
        row = connection.execute(
            sa.text("SELECT corrects_period, value_date FROM sf_entry WHERE number = :number"),
            {"number": late.number},
        ).one()
    assert (row[0], str(row[1])) == ("2026-01", "2026-01-30")


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2025, 12, 20)], ids=["it", "one before it"])
def test_while_a_month_is_closing_finance_enters_its_facts_and_nobody_decides_in_it(
    house: House, book: BookOfTest, day: date
) -> None:
    go_to(house, 2, 3)
    begin(house)
    fact = funds.pay_charge(book.bank, book.line("FEES"), 1)

    by_finance = post(house, "charge", fact, on=day)
    by_others = post(house, "charge", fact, actor="expert", on=day)
    with pytest.raises(Refused) as refused:
        post(house, "award", grants.award([(book.part(), 1)]), on=day)

    assert by_finance.booking_date == day
    assert by_others.booking_date == date(2026, 2, 1)
    assert codes_of(refused) == ("period_closed",)


def test_what_is_frozen_is_what_the_rows_of_the_month_say(house: House, book: BookOfTest) -> None:
    before = require_sound(house, {})
    go_to(house, 2, 3)
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 70), on=date(2026, 2, 2))
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 30), on=date(2026, 1, 31))
    begin(house)
    close(house)

    with house.engine.connect() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT a.code, p.debits_posted, p.credits_posted, p.debits_pending, p.credits_pending "
                "FROM sf_period_balance p JOIN sf_account a ON a.id = p.account_id"
            )
        )
        frozen = sorted((row[0], (row[1], row[2], row[3], row[4])) for row in rows)
        kept = connection.execute(
            sa.text("SELECT head_seq, head_hash, next_seq, hash FROM sf_period_book")
        ).one()
    expected = {key[1]: tuple(counters) for key, counters in before.at.items()}
    expected["cash:BANK"] = (100_000, 30, 0, 0)

    assert dict(frozen)["cash:BANK"] == expected["cash:BANK"]
    assert dict(frozen)["allotted:A1"] == expected["allotted:A1"]
    assert kept[2] == 6
    head = (kept[0], kept[1])
    assert kept[3] == freeze_hash("UNHCR", "2026-01", head=head, next_seq=kept[2], frozen=frozen)


def test_the_second_close_counts_on_from_the_first(house: House, book: BookOfTest) -> None:
    go_to(house, 2, 3)
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 70), on=date(2026, 2, 2))
    begin(house)
    close(house)
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 5), on=date(2026, 2, 3))
    go_to(house, 3, 3)
    begin(house, "2026-02")
    close(house, "2026-02")

    with house.engine.connect() as connection:
        found = connection.execute(
            sa.text(
                "SELECT p.month, p.credits_posted FROM sf_period_balance p JOIN sf_account a ON a.id = p.account_id "
                "WHERE a.code = 'cash:BANK' ORDER BY p.month"
            )
        ).all()
    assert [tuple(row) for row in found] == [("2026-01", 0), ("2026-02", 75)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_period SET state = 'closing'",
        "DELETE FROM sf_period",
        "UPDATE sf_period_balance SET debits_posted = 1",
        "DELETE FROM sf_period_balance",
        "UPDATE sf_period_book SET next_seq = 1",
        "INSERT INTO sf_period_book SELECT programme_id, '2025-12', book_id, 1, hash, 1, hash FROM sf_period_book",
        "INSERT INTO sf_period SELECT programme_id, '2027-01', 'closed', closing_at, closing_by, closed_at, closed_by "
        "FROM sf_period",
    ],
)
def test_a_closed_month_is_closed_to_every_hand(house: House, book: BookOfTest, statement: str) -> None:
    go_to(house, 2, 3)
    begin(house)
    close(house)

    assert "sf_tr_period" in attack(house, statement)
