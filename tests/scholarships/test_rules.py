"""The pure rules of scholarships: terms and tranches, effective days, order, sums, netting, ages, states."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.grants.rules.conditions import AgreementSigned, EvidenceOnFile
from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money, total
from seedfund.kernel.states import StateTable
from seedfund.scholarships.rules.applying import check_age
from seedfund.scholarships.rules.billing import net
from seedfund.scholarships.rules.confirming import Decided, check_order, settle
from seedfund.scholarships.rules.effective import DaySeen, EffectiveDays, effective_days, stipend_due
from seedfund.scholarships.rules.ending import EnrolmentSeen, check_proof
from seedfund.scholarships.rules.placing import check_day, last_end_due, turn_of
from seedfund.scholarships.rules.states import (
    APPLICATION_STATES,
    BILL_STATES,
    COMPLAINT_STATES,
    PLAN_STATES,
    SCHOLARSHIP_STATES,
)
from seedfund.scholarships.rules.terms import (
    FeePart,
    ScholarshipTerms,
    StipendTerms,
    check_terms,
    conditions_of,
    cost_of,
    periods_of,
    terms_hash,
    terms_of,
    terms_text,
    tranches_of,
)
from seedfund.scholarships.rules.words import Milestone, Outcome, Period, Purpose, Turn, Work
from seedfund.store.records import parse_document
from seedfund.training.rules.words import ATTENDED, Mark

TABLES = (APPLICATION_STATES, PLAN_STATES, SCHOLARSHIP_STATES, BILL_STATES, COMPLAINT_STATES)
START = date(2026, 1, 12)


def usd(minor: int) -> Money:
    """Dollars in minor units."""
    return Money(minor, "USD")


TERMS = ScholarshipTerms(
    occupation="panadera",
    course="PAN-1",
    starts_on=START,
    ends_on=date(2026, 3, 11),
    fee=usd(12_000),
    fee_parts=(
        FeePart(milestone=Milestone.ENROLMENT, share_bps=3_333),
        FeePart(milestone=Milestone.PROGRESS, share_bps=3_333, threshold_bps=8_000),
        FeePart(milestone=Milestone.CERTIFICATION, share_bps=3_334),
    ),
    stipend=StipendTerms(rate=usd(400), days_most=20, excused_most=2),
)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ()),
        ({"ends_on": START}, ("employment_plan_days",)),
        (
            {"fee": usd(0), "fee_parts": (), "stipend": None},
            ("employment_plan_pays_nothing",),
        ),
        ({"fee": usd(12_001)}, ("employment_plan_fee",)),
        ({"fee": Money(12_000, "EUR")}, ("employment_plan_fee", "employment_plan_stipend")),
        ({"fee_parts": ()}, ("employment_plan_fee_parts",)),
        ({"fee": usd(0)}, ("employment_plan_fee_parts",)),
        ({"fee_parts": tuple(reversed(TERMS.fee_parts))}, ("employment_plan_fee_parts",)),
        (
            {"fee_parts": (FeePart(milestone=Milestone.PROGRESS, share_bps=10_000),)},
            ("employment_plan_threshold",),
        ),
        (
            {"fee_parts": (FeePart(milestone=Milestone.PERIOD, share_bps=10_000),)},
            ("employment_plan_fee_parts",),
        ),
        ({"stipend": StipendTerms(rate=usd(0), days_most=20)}, ("employment_plan_stipend",)),
        ({"stipend": StipendTerms(rate=usd(1), days_most=32)}, ("employment_plan_stipend",)),
        (
            {"stipend": StipendTerms(rate=usd(1), days_most=5, excused_most=6)},
            ("employment_plan_stipend",),
        ),
    ],
)
def test_terms_that_cannot_be_paid_are_refused(changes: dict[str, object], codes: tuple[str, ...]) -> None:
    found = check_terms(replace(TERMS, **changes), most=usd(12_000))  # type: ignore[arg-type] # a table of fields

    assert tuple(one.kind.code for one in found) == codes


@given(
    fee=st.integers(min_value=1, max_value=10**7),
    shares=st.lists(st.integers(min_value=1, max_value=9_000), min_size=1, max_size=5),
    days=st.integers(min_value=1, max_value=400),
    rate=st.integers(min_value=1, max_value=10_000),
    most=st.integers(min_value=1, max_value=31),
    period=st.sampled_from(Period),
)
def test_tranches_sum_to_the_fee_and_the_ceilings_and_come_in_the_order_of_their_days(
    fee: int, shares: list[int], days: int, rate: int, most: int, period: Period
) -> None:
    whole = sum(shares)
    parts = [share * 10_000 // whole for share in shares]
    parts[-1] += 10_000 - sum(parts)
    milestones = [one for one in Milestone if one is not Milestone.PERIOD][: len(parts)]
    terms = replace(
        TERMS,
        fee=usd(fee),
        ends_on=START + timedelta(days=days),
        fee_parts=tuple(
            FeePart(milestone=milestone, share_bps=part)
            for milestone, part in zip(milestones, parts, strict=True)
        ),
        stipend=StipendTerms(rate=usd(rate), days_most=most, period=period),
    )

    tranches, periods = tranches_of(terms), periods_of(terms)

    fees = [one.amount for one in tranches if one.purpose is Purpose.TUITION]
    assert total(fees, "USD") == usd(fee)
    assert [one.due_on for one in tranches] == sorted(one.due_on for one in tranches)
    assert cost_of(terms) == total((one.amount for one in tranches), "USD")
    assert sum(one.days for one in periods) == days + 1
    assert all(before.end == after.start for before, after in pairwise(periods))


def test_a_plan_is_read_back_as_it_was_hashed() -> None:
    again = terms_of(parse_document(terms_text(TERMS)))

    assert again == TERMS
    assert terms_hash(again) == terms_hash(TERMS)
    assert terms_hash(replace(TERMS, kit="delantal")) != terms_hash(TERMS)


def test_a_fee_waits_for_its_bill_and_a_stipend_does_not() -> None:
    fee, stipend = tranches_of(TERMS)[0], next(one for one in tranches_of(TERMS) if one.period)

    def topics(found: tuple[object, ...]) -> list[str]:
        return [one.topic for one in found if isinstance(one, EvidenceOnFile)]

    assert topics(conditions_of(fee, 1)) == ["confirmed 1", "billed 1"]
    assert topics(conditions_of(stipend, 3)) == ["confirmed 3"]
    assert conditions_of(fee, 1)[0] == AgreementSigned()


days_seen = st.lists(
    st.builds(
        DaySeen,
        st.integers(min_value=0, max_value=30).map(lambda offset: START + timedelta(days=offset)),
        st.sampled_from(Mark) | st.none(),
    ),
    max_size=60,
)


@given(
    seen=days_seen,
    most=st.integers(min_value=1, max_value=31),
    excused=st.integers(min_value=0, max_value=31),
    rate=st.integers(min_value=1, max_value=10_000),
    ceiling=st.integers(min_value=0, max_value=10**6),
)
def test_a_stipend_never_passes_the_days_attended_the_plan_or_the_ceiling(
    seen: list[DaySeen], most: int, excused: int, rate: int, ceiling: int
) -> None:
    terms = StipendTerms(rate=usd(rate), days_most=most, excused_most=min(excused, most))
    found = effective_days(seen, terms)
    due = stipend_due(found, terms, ceiling=usd(ceiling))

    came = {one.on for one in seen if one.mark in ATTENDED}
    assert found.attended == len(came)
    assert found.attended + found.excused <= len({one.on for one in seen})
    assert found.paid <= min(most, found.attended + terms.excused_most)
    assert due.minor <= min(ceiling, rate * found.paid)
    assert (due.minor == rate * found.paid) or due.minor == ceiling


def test_two_sessions_of_a_day_are_one_day_and_absence_is_none() -> None:
    seen = [
        DaySeen(START, Mark.PRESENT),
        DaySeen(START, Mark.ABSENT),
        DaySeen(START + timedelta(days=1), Mark.ABSENT),
        DaySeen(START + timedelta(days=2), Mark.EXCUSED),
        DaySeen(START + timedelta(days=3), Mark.MADE_UP),
    ]

    found = effective_days(seen, StipendTerms(rate=usd(400), days_most=20, excused_most=0))

    assert found == EffectiveDays(attended=2, excused=1, paid=2)


@given(
    ceiling=st.integers(min_value=1, max_value=10**6),
    due=st.integers(min_value=0, max_value=10**6),
    answered=st.integers(min_value=0, max_value=10**6),
)
def test_what_came_due_what_lapsed_and_what_was_overpaid_sum_to_what_was_promised(
    ceiling: int, due: int, answered: int
) -> None:
    due, answered = min(due, ceiling), min(answered, ceiling)
    found = settle(usd(ceiling), due=usd(due), answered=usd(answered))

    assert found.lapses.minor + max(due, answered) == ceiling
    assert found.overpaid.minor == max(0, answered - due)
    assert found.is_payable == (due > answered)


def test_a_refusal_stops_later_tranches_of_every_kind_and_waiting_only_its_own() -> None:
    first = Decided(position=1, purpose=Purpose.TUITION, outcome=None)
    stipend = Decided(position=2, purpose=Purpose.STIPEND, outcome=None)
    last = Decided(position=3, purpose=Purpose.TUITION, outcome=None)

    def codes(*decided: Decided, wanted: int) -> list[str]:
        return [one.kind.code for one in check_order("BV-1", wanted, decided)]

    assert codes(first, stipend, last, wanted=2) == []
    assert codes(first, stipend, last, wanted=3) == ["earlier_tranche_undecided"]
    refused = replace(first, outcome=Outcome.REFUSED)
    assert codes(refused, stipend, last, wanted=2) == ["earlier_tranche_refused"]
    assert codes(replace(first, outcome=Outcome.CONFIRMED), stipend, last, wanted=3) == []
    # Who left is paid the days attended, whatever was refused of the fee.
    assert check_order("BV-1", 2, (refused, stipend, last), has_left=True) == []
    no_stipend = replace(stipend, outcome=Outcome.REFUSED)
    assert check_order("BV-1", 3, (first, no_stipend, replace(last, purpose=Purpose.STIPEND)), has_left=True)


@given(
    claims=st.dictionaries(st.sampled_from("abcd"), st.integers(min_value=0, max_value=1_000)),
    lines=st.dictionaries(st.sampled_from("wxyz"), st.integers(min_value=0, max_value=1_000)),
)
def test_netting_takes_no_more_than_is_owed_or_billed_and_as_much_as_it_can(
    claims: dict[str, int], lines: dict[str, int]
) -> None:
    found = net(claims, lines)

    for claim, owed in claims.items():
        assert sum(minor for one, _, minor in found if one == claim) <= owed
    for line, left in lines.items():
        assert sum(minor for _, one, minor in found if one == line) <= left
    assert sum(minor for _, _, minor in found) == min(sum(claims.values()), sum(lines.values()))


@pytest.mark.parametrize(
    ("age", "has_guardian", "codes"),
    [
        (None, True, ["applicant_age_unknown"]),
        (14, True, ["applicant_too_young"]),
        (15, False, ["guardian_paper_missing"]),
        (17, True, []),
        (18, False, []),
    ],
)
def test_a_trainee_is_adult_or_has_a_guardians_paper(
    age: int | None, has_guardian: bool, codes: list[str]
) -> None:
    assert [one.kind.code for one in check_age("PT-1", age, has_guardian=has_guardian)] == codes


@pytest.mark.parametrize(
    ("now", "before", "turn"),
    [
        (Work.EMPLOYED, None, Turn.PLACED),
        (Work.SELF_EMPLOYED, Work.EMPLOYED, Turn.KEPT),
        (Work.EMPLOYED, Work.UNREACHABLE, Turn.FOUND_SINCE),
        (Work.NOT_WORKING, Work.EMPLOYED, Turn.LOST),
        (Work.STUDYING, None, Turn.WITHOUT),
        (Work.NOT_WORKING, Work.STUDYING, Turn.WITHOUT),
        (Work.UNREACHABLE, Work.EMPLOYED, Turn.NOT_REACHED),
    ],
)
def test_who_is_not_reached_is_named_and_never_told_as_lost(
    now: Work, before: Work | None, turn: Turn
) -> None:
    assert turn_of(now, before) is turn


def test_a_course_already_paid_is_not_paid_twice() -> None:
    seen = EnrolmentSeen(number="MT-1", state="enrolled", is_of_trainee=True, is_of_course=True)

    assert [one.kind.code for one in check_proof("PT-1", "PAN", seen, other="BV-1")] == ["enrolment_taken"]


def test_a_check_falls_on_the_same_day_of_its_month_or_on_the_last_there_is() -> None:
    assert check_day(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert check_day(date(2026, 3, 11), 6) == date(2026, 9, 11)


@given(st.data())
def test_no_walk_through_the_states_leaves_the_tables_or_an_end(data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    state = table.start
    for _ in range(8):
        wanted = data.draw(st.sampled_from(table.states))
        if table.allows(state, wanted):
            table.require(state, wanted, which="X")
            state = wanted
        else:
            with pytest.raises(Refused):
                table.require(state, wanted, which="X")
        assert state in table.states


@pytest.mark.parametrize("table", TABLES, ids=lambda one: one.name)
def test_every_state_is_reached_from_the_start(table: StateTable) -> None:
    reached, found = set(), {table.start}
    while found:
        state = found.pop()
        reached.add(state)
        found |= set(table.steps[state]) - reached

    assert reached == set(table.states)


@given(on=st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31)), month=st.sampled_from((1, 6)))
def test_a_check_is_due_for_a_course_that_ended_by_that_day_and_for_none_that_ended_later(
    on: date, month: int
) -> None:
    last = last_end_due(on, month)

    assert check_day(last, month) <= on
    assert check_day(last + timedelta(days=1), month) > on
