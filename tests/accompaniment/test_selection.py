"""Rules, screenings, selections, and waiting lists in a database."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from seedfund.accompaniment.queries.screenings import list_screenings, screenings_of
from seedfund.accompaniment.queries.selections import (
    SelectionRow,
    entries_of,
    entry_steps,
    list_rules,
    selection_by_number,
)
from seedfund.accompaniment.rules.criteria import Criterion, CriterionKind, ScoreSource, Shortfall
from seedfund.accompaniment.rules.selection import LeaveReason
from seedfund.accompaniment.service import (
    ApproveSelectionRules,
    CloseSelection,
    CorrectScreening,
    ProposeSelectionRules,
    ScreenHousehold,
    ToldOfHousehold,
    approve_selection_rules,
    close_selection,
    correct_screening,
    propose_selection_rules,
    screen_household,
)
from seedfund.approvals.queries.exceptions import exceptions_in
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.people.queries import household_by_number
from tests.accompaniment.selecting import (
    CODE,
    TERMS,
    TODAY,
    families,
    family,
    left,
    promoted,
    ruled,
    screened,
    selected,
)
from tests.accompaniment.serving import done
from tests.support.grants import key
from tests.support.programme import House


def read(house: House, number: str) -> tuple[SelectionRow, list[tuple[str, str]]]:
    """A selection with how each household stands, in order."""
    with house.work("manager") as work:
        row = selection_by_number(work.reader(), work.programme.id, number)
        entries = entries_of(work.reader(), [row.id])[row.id]
    return row, [(one.household, one.state) for one in entries]


def refused_with(caught: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return tuple(caught.value.codes)


def test_rules_are_in_force_once_a_second_person_approves_them(house: House) -> None:
    command = ProposeSelectionRules(key=key(), code=CODE, terms=TERMS)
    made = done(house, propose_selection_rules, command, "manager")
    families(house, 20000)
    with pytest.raises(Refused) as caught:
        done(house, approve_selection_rules, ApproveSelectionRules(key=key(), number=made.number), "manager")
    assert refused_with(caught) == ("proposal_own",)
    with pytest.raises(NotFound):
        selected(house)

    done(house, approve_selection_rules, ApproveSelectionRules(key=key(), number=made.number), "director")

    with house.work("auditor") as work:
        (row,) = list_rules(work.reader(), work.programme.id)
    assert (row.code, row.version, row.terms) == (CODE, 1, TERMS)
    assert (row.proposer, row.approver) == ("manager", "director")
    with pytest.raises(Refused) as caught:
        done(
            house,
            propose_selection_rules,
            ProposeSelectionRules(key=key(), code=CODE, terms=replace(TERMS, criteria=(), places=0)),
            "expert",
        )
    assert refused_with(caught) == ("selection_without_criteria", "selection_without_places")
    with pytest.raises(InvalidInput, match="code"):
        done(house, propose_selection_rules, replace(command, key=key(), code="First intake"), "expert")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"score": None, "score_source": None}, "told"),
        ({"score_source": None}, "score_source"),
        ({"income": Money(100, "USD")}, "income_source"),
        ({"income_source": ScoreSource.DECLARED}, "income_source"),
        ({"score": 1_000_001}, "score"),
        ({"income": Money(-1, "USD"), "income_source": ScoreSource.DECLARED}, "income"),
    ],
)
def test_a_screening_that_cannot_be_is_not_taken(house: House, changes: dict[str, Any], field: str) -> None:
    told = ToldOfHousehold(score=20000, score_source=ScoreSource.REGISTRY)
    with pytest.raises(InvalidInput, match=field):
        done(
            house,
            screen_household,
            ScreenHousehold(key=key(), household=family(house, 2018), told=replace(told, **changes)),
        )


def test_a_screening_is_corrected_by_a_later_version_with_its_reason(house: House) -> None:
    number = screened(house, family(house, 2018), 20000)
    told = ToldOfHousehold(score=40000, score_source=ScoreSource.REGISTRY)
    again = CorrectScreening(key=key(), household=number, told=told, reason="Error de digitación")
    with pytest.raises(InvalidInput, match="household"):
        screened(house, number, 30000)
    with pytest.raises(InvalidInput, match="reason"):
        done(house, correct_screening, replace(again, reason=" "))
    with pytest.raises(InvalidInput, match="household"):
        done(house, correct_screening, replace(again, household=family(house, 2018)))
    with pytest.raises(InvalidInput, match="screened_on"):
        done(house, correct_screening, replace(again, screened_on=TODAY + timedelta(days=1)))

    assert done(house, correct_screening, again).version == 2

    with house.work("coach") as work:
        home = household_by_number(work.reader(), work.programme.id, number)
        first, second = screenings_of(work.reader(), [home.id])[home.id]
        (latest,) = list_screenings(work)
    assert (first.score, first.reason, second.score, second.reason) == (
        20000,
        "",
        40000,
        "Error de digitación",
    )
    assert latest == second


def test_a_selection_ranks_takes_in_lets_wait_and_says_why_not(house: House) -> None:
    poorest, second, tied = families(house, 10000, 30000, 30000)
    larger = screened(house, family(house, 2017, 2019), 30000)
    childless = screened(house, family(house), 5000)
    unscored = screened(
        house,
        family(house, 2018),
        None,
        income=Money(100, "USD"),
        income_source=ScoreSource.DECLARED,
    )
    ruled(house)

    made = selected(house)

    assert (made.selected, made.waiting, made.refused) == (2, 2, 2)
    row, states = read(house, made.number)
    assert states == [
        (poorest, "selected"),
        (larger, "selected"),
        (second, "waiting"),
        (tied, "waiting"),
        (childless, "refused"),
        (unscored, "refused"),
    ]
    reasons = {number: one.reasons for number, one in row.listed.items()}
    assert [reason.shortfall for reason in reasons[childless]] == [Shortfall.NOT_MET]
    assert reasons[childless][0].criterion is CriterionKind.CHILD_UNDER
    assert [reason.shortfall for reason in reasons[unscored]] == [Shortfall.NOT_COLLECTED]
    assert row.listed[unscored].score is None
    assert (row.places, row.households, row.content_hash) == (2, 6, made.content_hash)


def test_a_list_stays_as_it_was_made_whatever_is_corrected_later(house: House) -> None:
    poorest, *_ = families(house, 10000, 20000, 30000)
    ruled(house)
    made = selected(house)
    before, states = read(house, made.number)

    told = ToldOfHousehold(score=90000, score_source=ScoreSource.SURVEY)
    done(
        house, correct_screening, CorrectScreening(key=key(), household=poorest, told=told, reason="Revisión")
    )

    after, unchanged = read(house, made.number)
    assert (after.listed[poorest].score, unchanged) == (10000, states)
    assert after.content_hash == before.content_hash


def test_one_list_of_a_code_is_open_and_holders_are_not_taken_in_twice(house: House) -> None:
    first, second, third = families(house, 10000, 20000, 30000)
    ruled(house)
    made = selected(house)
    with pytest.raises(Refused) as caught:
        selected(house)
    assert refused_with(caught) == ("selection_open_already",)

    done(
        house, close_selection, CloseSelection(key=key(), number=made.number, reason="Cupos llenos"), "expert"
    )
    again = selected(house)

    row, states = read(house, again.number)
    assert states == [(third, "selected"), (first, "refused"), (second, "refused")]
    (reason,) = row.listed[first].reasons
    assert (reason.shortfall, reason.fact) == (Shortfall.HOLDS_A_PLACE, made.number)
    with pytest.raises(Refused) as caught:
        done(house, close_selection, CloseSelection(key=key(), number=made.number, reason="x"), "expert")
    assert refused_with(caught) == ("no_such_step",)
    with pytest.raises(Refused) as caught:
        promoted(house, made.number)
    assert refused_with(caught) == ("selection_closed",)


def test_nobody_screened_is_no_selection(house: House) -> None:
    ruled(house)
    with pytest.raises(Refused) as caught:
        selected(house)
    assert refused_with(caught) == ("selection_nobody_screened",)


def test_a_freed_place_goes_to_the_next_in_order(house: House) -> None:
    homes = families(house, 10000, 11000, 12000, 13000)
    ruled(house)
    number = selected(house).number
    with pytest.raises(Refused) as caught:
        promoted(house, number)
    assert refused_with(caught) == ("selection_no_free_place",)

    left(house, number, homes[0], why=LeaveReason.MOVED_AWAY, reason="A otra provincia")
    assert promoted(house, number).household == homes[2]

    _, states = read(house, number)
    assert [state for _, state in states] == ["left", "selected", "selected", "waiting"]
    with house.work("manager") as work:
        row = selection_by_number(work.reader(), work.programme.id, number)
        steps = entry_steps(work.reader(), [row.id])[row.id]
    assert [(step.from_state, step.to_state, step.why) for step in steps if step.entry == 1] == [
        ("screened", "selected", None),
        ("selected", "left", LeaveReason.MOVED_AWAY),
    ]
    with pytest.raises(Refused) as caught:
        left(house, number, homes[0])
    assert refused_with(caught) == ("no_such_step",)
    left(house, number, homes[1])
    left(house, number, homes[3])
    with pytest.raises(Refused) as caught:
        promoted(house, number)
    assert refused_with(caught) == ("waiting_list_empty",)


def test_passing_over_the_next_needs_a_role_and_a_reason_and_is_an_exception(house: House) -> None:
    homes = families(house, 10000, 11000, 12000, 13000)
    ruled(house)
    number = selected(house).number
    left(house, number, homes[0])
    with pytest.raises(Refused) as caught:
        promoted(house, number, household=homes[3], reason="Riesgo de protección")
    assert refused_with(caught) == ("promotion_out_of_order",)
    with pytest.raises(Refused) as caught:
        promoted(house, number, "manager", household=homes[3])
    assert refused_with(caught) == ("promotion_reason_missing",)
    with pytest.raises(Refused) as caught:
        promoted(house, number, "manager", household=homes[1], reason="x")
    assert refused_with(caught) == ("promotion_not_waiting",)

    moved = promoted(house, number, "manager", household=homes[3], reason="Riesgo de protección")

    assert (moved.household, moved.is_override) == (homes[3], True)
    with house.work("auditor") as work:
        (one,) = exceptions_in(work.reader(), work.programme.id, DateRange(TODAY, TODAY + timedelta(days=1)))
    assert (one.subject_kind, one.subject_number, one.reason) == (
        "selection",
        number,
        "Riesgo de protección",
    )


def test_a_restricted_household_is_ranked_as_all_are_and_told_to_named_roles_only(house: House) -> None:
    hidden = family(house, 2018, restricted=True, by="protection")
    with pytest.raises(NotAllowed):
        screened(house, hidden, 5000)
    screened(house, hidden, 11500, by="protection")
    homes = families(house, 10000, 11000)
    ruled(house)
    number = selected(house, by="manager").number
    with house.work("coach") as work:
        assert len(list_screenings(work)) == 2
    with house.work("protection") as work:
        assert len(list_screenings(work)) == 3
    left(house, number, homes[0])

    with pytest.raises(NotAllowed) as caught:
        promoted(house, number)
    assert hidden not in str(caught.value)
    with pytest.raises(NotAllowed):
        left(house, number, hidden)
    assert promoted(house, number, by="protection").household == hidden


def test_a_rule_by_place_and_group_reads_what_people_registered(house: House) -> None:
    number, *_ = families(house, 10000)
    ruled(
        house,
        criteria=(
            Criterion(kind=CriterionKind.LOCALITY, among=("EC0401",)),
            Criterion(kind=CriterionKind.POPULATION_GROUP, among=("host",)),
            Criterion(kind=CriterionKind.SIZE_AT_LEAST, number=3),
        ),
    )
    made = selected(house)

    row, _ = read(house, made.number)
    assert [(one.criterion, one.fact) for one in row.listed[number].reasons] == [
        (CriterionKind.POPULATION_GROUP, "refugee"),
        (CriterionKind.SIZE_AT_LEAST, "2"),
    ]
