"""What was on its way from an account at the end of a day, whatever became of it since."""

from datetime import date, timedelta

from seedfund.funds.queries import bank_account
from seedfund.grants.queries.on_their_way import payments_on_their_way, payments_on_their_way_on
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.rules.late import Moved, Told, still_held
from seedfund.reports.make import Asked, make_report
from tests.banking.saying import ON_SQLITE, confirmed, line, matches, proposed, said
from tests.grants.paying import bounced, payable, released, told, wish
from tests.support.grants import prepared, usd
from tests.support.programme import House

TODAY = date(2026, 1, 5)


def on_their_way(house: House, day: date) -> dict[object, object]:
    """The part of the reconciliation of a day, by the number of the payment."""
    with house.work("auditor") as work:
        report = make_report(work, "reconciliation", Asked(account="BANK", as_of=day))
    (part,) = [one for one in report.sections if one.title is not None and "on their way" in one.title.text]
    return {row[1]: row[-1] for row in part.rows}


def test_what_was_on_its_way_on_a_day_is_told_of_that_day_whatever_came_later(house: House) -> None:
    prepared(house)
    full, parted, failed = (released(house, wish(payable(house))).payments[0] for _ in range(3))
    house.clock.advance(timedelta(days=3))
    told(house, full)
    told(house, parted, Outcome.PART, amount=usd(200), rest_stays_open=True)
    house.clock.advance(timedelta(days=3))
    told(house, parted, reference="second part")
    told(house, failed, Outcome.FAILED)
    bounced(house, full)

    asked = [TODAY - timedelta(days=1), *(TODAY + timedelta(days=one) for one in (0, 2, 3, 5, 6))]
    found = [on_their_way(house, day) for day in asked]

    all_three = dict.fromkeys((full, parted, failed), usd(-500))
    two = {parted: usd(-300), failed: usd(-500)}
    assert found == [{}, all_three, all_three, two, two, {}]


def test_what_is_on_its_way_today_is_what_the_payments_themselves_say(house: House) -> None:
    prepared(house)
    payments = [released(house, wish(payable(house))).payments[0] for _ in range(2)]
    told(house, payments[0], Outcome.PART, amount=usd(1), rest_stays_open=True)
    house.clock.advance(timedelta(days=1))
    with house.work("auditor") as work:
        reader, programme = work.reader(), work.programme.id
        bank = bank_account(reader, programme, "BANK")
        now = payments_on_their_way(reader, programme, bank.id)
        assert payments_on_their_way_on(reader, programme, bank.id, work.today()) == now
    assert on_their_way(house, TODAY) == {payments[0]: usd(-499), payments[1]: usd(-500)}


@ON_SQLITE
def test_a_payment_that_its_line_settled_later_was_on_its_way_until_then(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    said(house, line(-50_000, text=payment))
    house.clock.advance(timedelta(days=10))
    proposed(house)
    confirmed(house, [matches(house)[0].number])
    assert on_their_way(house, TODAY) == {payment: usd(-500)}
    assert on_their_way(house, TODAY + timedelta(days=10)) == {}


def step(word: str, was: str, amount: int, became: str) -> Moved:
    return Moved(Told(word, was, amount), became)


def test_what_was_told_beyond_what_was_held_leaves_nothing_on_the_way() -> None:
    release = step("released", "listed", 100, "released")
    assert still_held(100, []) == 0
    assert still_held(100, [step("listed", "", 100, "listed")]) == 0
    assert still_held(100, [release]) == 100
    part = step(Outcome.PART, "released", 30, "part_open")
    assert still_held(100, [release, part]) == 70
    assert still_held(100, [release, part, step("bounced", "part_open", 30, "bounced")]) == 0
    again = step(Outcome.PART, "part_open", 90, "part_open")
    assert still_held(100, [release, part, again]) == 0
