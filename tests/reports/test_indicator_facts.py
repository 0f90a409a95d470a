"""Facts of other areas in the indicators: training and savings accounts, counted as their own rules count them."""

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.queries.grants import grant_by_number
from seedfund.kernel.ids import Key
from seedfund.people.queries import participant_facts
from seedfund.people.tables import Household, Participant
from seedfund.reports.indicators.compute import Counting, count
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.savings.queries.indicators import households_with_savings_account, persons_with_account
from seedfund.scholarships.rules.ending import Ending
from seedfund.scholarships.rules.words import Work
from seedfund.store.statements import Query
from seedfund.training.service import EndCohort, end_cohort
from tests.grants.paying import paid
from tests.reports.test_indicators import GROUP, figures, payable_on_plan, told
from tests.savings.accounts import opened, saver, verified
from tests.scholarships.test_placing import certified, checked
from tests.scholarships.trainees import ENDS, at_day, awarded, ended, schooled, trainee
from tests.support.grants import TODAY, participating, prepared
from tests.support.programme import House
from tests.training.courses import cohort, course, done, mark, registered, session
from tests.training.courses import enrolled as enrolled_in
from tests.training.courses import key as training_key

# Training -------------------------------------------------------------------------------------------------------------


def test_a_business_is_reinforced_by_seed_capital_and_training_together(house: House) -> None:
    prepared(house)
    course(house)
    cohort_number = cohort(house)
    paid_only, both = payable_on_plan(house), payable_on_plan(house)
    for grant in (paid_only, both):
        paid(house, grant)
    with house.work("manager") as work:
        person = grant_by_number(work.reader(), work.programme.id, both).participant_id
        number = participant_facts(work.reader(), [person])[person].number
    enrolled_in(house, cohort_number, number)
    assert told(figures(house, "businesses_reinforced"))["all"] == (0, None)
    registered(house, session(house, cohort_number), mark(number))
    done(house, end_cohort, EndCohort(key=training_key(), cohort=cohort_number))

    assert told(figures(house, "businesses_reinforced"))["all"] == (1, None)
    assert told(figures(house, "businesses_with_seed_capital"))["all"] == (2, None)
    assert told(figures(house, "courses_given"))["all"] == (1, None)
    assert told(figures(house, "persons_who_completed_a_course"))["all"] == (1, None)
    assert told(figures(house, "persons_certified"))["all"] == (0, None)


# Scholarships ---------------------------------------------------------------------------------------------------------


def test_scholarships_are_counted_awarded_completed_certified_and_in_work_apart(house: House) -> None:
    number, _ = certified(house)
    at_day(house, ENDS)
    ended(house, number, Ending.COMPLETED)
    codes = ("scholarships_awarded", "scholarships_completed", "scholarships_certified")
    in_work = ("trainees_in_work_after_1_month", "trainees_in_work_after_6_months")
    due, late = date(2026, 4, 11), date(2026, 9, 11)
    at_day(house, due)
    checked(house, number, 1, Work.EMPLOYED, is_relevant=True)
    at_day(house, late)
    checked(house, number, 6, Work.UNREACHABLE)

    assert [told(figures(house, code, on=ENDS))["all"] for code in codes] == [(1, None), (1, 1), (1, 1)]
    assert told(figures(house, "scholarships_completed", on=ENDS - timedelta(days=1)))["all"] == (0, 1)
    assert [told(figures(house, code, on=ENDS))["all"] for code in in_work] == [(0, 0), (0, 0)]
    assert [told(figures(house, code, on=due))["all"] for code in in_work] == [(1, 1), (0, 0)]
    # Who was not reached counts in the whole, and never as somebody who works.
    assert [told(figures(house, code, on=late))["all"] for code in in_work] == [(1, 1), (0, 1)]


def test_a_scholarship_that_was_cancelled_counts_until_that_day(house: House) -> None:
    schooled(house)
    number = awarded(house, trainee(house))
    at_day(house, date(2026, 1, 9))
    ended(house, number, Ending.CANCELLED)

    assert told(figures(house, "scholarships_awarded", on=date(2026, 1, 8)))["all"] == (1, None)
    assert told(figures(house, "scholarships_awarded", on=date(2026, 1, 9)))["all"] == (0, None)


# Accounts ------------------------------------------------------------------------------------------------------------


def test_accounts_are_counted_as_the_rules_of_savings_count_them(house: House) -> None:
    """The statement and the rule of the area say the same of an account at a bank and of one that was only opened."""
    for number, until in (("2200-1", verified), ("2200-2", opened), ("2200-3", None)):
        who = saver(house)
        participating(house, who.number, "enrolled")
        if until is not None:
            until(house, who, number)
    with house.work("manager") as work:
        reader = work.reader()
        asked = Counting(reader=reader, programme=work.programme.id, on=TODAY)
        found = {
            code: count(asked, [INDICATORS[code]], (GROUP,))[0]
            for code in ("households_with_savings_account", "persons_with_account")
        }
        people = reader.all(Query(Key, lambda: sa.select(col(Participant.id))))
        homes = reader.all(Query(Key, lambda: sa.select(col(Household.id))))
        persons = persons_with_account(reader, people, TODAY)
        households = households_with_savings_account(reader, homes, TODAY)

    assert [(one.numerator, one.denominator) for one in found.values()] == [
        (len(households.numerator), len(households.denominator)),
        (len(persons.numerator), len(persons.denominator)),
    ]
    assert len(households.numerator) == 1
