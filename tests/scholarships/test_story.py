"""A scholarship from its application to the money, on both databases: one spine with every other grant."""

from datetime import date

from seedfund.grants.queries.grants import grant_by_number
from seedfund.scholarships.queries.scholarships import scholarship_by_number
from seedfund.training.rules.words import Mark
from tests.grants.accounting_for import require_sound
from tests.grants.paying import at, paid
from tests.scholarships.trainees import (
    FEE_FIRST,
    FEE_PROGRESS,
    STIPEND_FIRST,
    STIPEND_LAST,
    accepted,
    agreed,
    at_day,
    attending,
    billed,
    confirmed,
    schooled,
    taught,
    trainee,
)
from tests.support.grants import usd
from tests.support.programme import House


def test_a_scholarship_is_a_grant_that_stands_on_an_employment_plan(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number = agreed(house, owner)

    with house.work("auditor") as work:
        grant = grant_by_number(work.reader(), work.programme.id, number)
        row, _ = scholarship_by_number(work.reader(), work.programme.id, number)
    assert (number, grant.basis_kind, grant.state) == ("BV-2026-0001", "employment_plan", "in_force")
    # 120 of fee, and 20 days of 4 dollars in each of two months.
    assert (grant.awarded_minor, grant.agreed_minor) == (28_000, 28_000)
    assert (row.state, row.participant) == ("awarded", owner.head)
    require_sound(house)


def test_a_stipend_pays_the_days_attended_and_lets_the_rest_lapse(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    taught(house, owner.head, *[Mark.PRESENT] * 10, Mark.ABSENT, Mark.EXCUSED, Mark.EXCUSED, Mark.LATE)
    at_day(house, date(2026, 2, 12))

    decided = confirmed(house, number, STIPEND_FIRST)

    # 11 days attended and one of two excused, 4 dollars each; of the ceiling of 80 the rest goes back.
    assert (decided.days_attended, decided.days_excused, decided.days_paid) == (11, 2, 12)
    assert (decided.due, decided.lapsed, decided.overpaid) == (usd(48), usd(32), usd(0))
    paid(house, number, STIPEND_FIRST)
    assert (at(house, number).expense, at(house, number).spent) == (4_800, 4_800)
    require_sound(house)


def test_a_fee_is_paid_to_the_provider_once_it_is_confirmed_and_billed(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    confirmed(house, number, FEE_FIRST)

    accepted(house, billed(house, (number, FEE_FIRST, usd(45))))
    paid(house, number, FEE_FIRST)

    # 48 were agreed and 45 billed: the rest lapsed, so that nothing of the tranche is missing.
    assert at(house, number).expense == 4_500
    assert at(house, number).committed == 28_000 - 4_800
    require_sound(house)


def test_the_whole_course_is_paid_tranche_by_tranche(house: House) -> None:
    schooled(house)
    owner = trainee(house)
    number, _ = attending(house, owner)
    confirmed(house, number, FEE_FIRST)
    accepted(house, billed(house, (number, FEE_FIRST, usd(48))))
    taught(house, owner.head, *[Mark.PRESENT] * 15)
    at_day(house, date(2026, 2, 12))
    confirmed(house, number, STIPEND_FIRST)
    paid(house, number, STIPEND_FIRST)
    paid(house, number, FEE_FIRST)
    confirmed(house, number, FEE_PROGRESS)
    accepted(house, billed(house, (number, FEE_PROGRESS, usd(36))))
    paid(house, number, FEE_PROGRESS)
    taught(house, owner.head, *[Mark.PRESENT] * 5, since=date(2026, 2, 12))
    at_day(house, date(2026, 3, 12))
    last = confirmed(house, number, STIPEND_LAST)
    paid(house, number, STIPEND_LAST)

    assert last.due == usd(20)
    assert at(house, number).expense == 4_800 + 3_600 + 6_000 + 2_000
    require_sound(house)
