"""Households plan, are assessed, graduate by two persons and are followed up; on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.accompaniment.queries.households import (
    accompanied,
    follow_ups_due,
    list_assessments,
    open_assessment,
    open_goals,
)
from seedfund.accompaniment.rules.scoring import Instrument
from seedfund.accompaniment.rules.words import FollowUpStanding, GoalOutcome
from seedfund.accompaniment.service.assessments import (
    AssessmentRecorded,
    CorrectAssessment,
    RecordAssessment,
    correct_assessment,
    record_assessment,
)
from seedfund.accompaniment.service.graduations import (
    DecideGraduation,
    ProposeGraduation,
    RecordFollowUp,
    decide_graduation,
    propose_graduation,
    record_follow_up,
)
from seedfund.accompaniment.service.plans import (
    AddGoal,
    CloseHouseholdPlan,
    EndGoal,
    GoalSet,
    OpenHouseholdPlan,
    add_goal,
    close_household_plan,
    end_goal,
    open_household_plan,
)
from seedfund.accompaniment.service.yardsticks import (
    ApproveYardstick,
    DefineGraduation,
    DefineInstrument,
    approve_yardstick,
    define_graduation,
    define_instrument,
)
from seedfund.assurance.verify import Request, verify, verify_within
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import household_by_number
from seedfund.store.programmes import RegisterActor, register_actor
from seedfund.visits.rules import Dimension
from tests.accompaniment.test_assessment_rules import ASKED, TERMS
from tests.assurance.support import disarm
from tests.people.samples import head, identity, person, register
from tests.support.grants import home, key
from tests.support.programme import RING, House

WORDS = "Que los niños de prueba coman tres veces"


def governed(house: House) -> None:
    with house.work("expert") as work:
        number = define_instrument(work, DefineInstrument(key=key(), code="base", terms=ASKED)).number
    with house.work("manager") as work:
        approve_yardstick(work, ApproveYardstick(key=key(), number=number))
    with house.work("expert") as work:
        number = define_graduation(work, DefineGraduation(key=key(), code="leave", terms=TERMS)).number
    with house.work("manager") as work:
        approve_yardstick(work, ApproveYardstick(key=key(), number=number))


def assessed(house: House, household: str, answers: str, by: str = "coach") -> AssessmentRecorded:
    command = RecordAssessment(
        key=key(), household=household, instrument="base", answers=Secret(answers), note=Secret(WORDS)
    )
    with house.work(by) as work:
        return record_assessment(work, command)


def proposed(house: House, household: str) -> str:
    command = ProposeGraduation(key=key(), household=household, criteria="leave")
    with house.work("coach") as work:
        return propose_graduation(work, command).number


def decided(house: House, number: str, by: str = "manager") -> None:
    command = DecideGraduation(key=key(), number=number, is_approved=True, reason="Lo que se acordó")
    with house.work(by) as work:
        decide_graduation(work, command)


def planned(house: House, household: str) -> str:
    goal = GoalSet(dimension=Dimension.HEALTH, words=Secret(WORDS), due_on=date(2026, 6, 1))
    with house.work("coach") as work:
        opening = OpenHouseholdPlan(key=key(), household=household, goals=(goal,))
        return open_household_plan(work, opening).number


def followed_up(house: House, number: str, months: int, on: date) -> None:
    house.clock.advance(timedelta(days=(on - house.clock.now().date()).days))
    told = RecordFollowUp(key=key(), number=number, months=months, standing=FollowUpStanding.SUSTAINED)
    with house.work("coach") as work:
        record_follow_up(work, told)


def test_whoever_proposed_an_instrument_does_not_bring_it_into_force(house: House) -> None:
    with house.work("manager") as work:
        number = define_instrument(work, DefineInstrument(key=key(), code="base", terms=ASKED)).number

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        approve_yardstick(work, ApproveYardstick(key=key(), number=number))

    assert caught.value.codes == ("proposal_own",)


def test_a_plan_is_closed_once_each_goal_has_an_end(house: House) -> None:
    number = planned(house, home(house).household)
    with house.work("coach") as work, pytest.raises(Refused) as caught:
        close_household_plan(work, CloseHouseholdPlan(key=key(), plan=number))
    assert caught.value.codes == ("goals_open",)

    for outcome in (GoalOutcome.NOT_ACHIEVED, GoalOutcome.ACHIEVED):
        with house.work("coach") as work:
            end_goal(work, EndGoal(key=key(), plan=number, goal=1, outcome=outcome, note=Secret(WORDS)))
    with house.work("coach") as work:
        assert close_household_plan(work, CloseHouseholdPlan(key=key(), plan=number)).state == "closed"


def test_a_household_has_one_open_plan(house: House) -> None:
    owner = home(house)
    planned(house, owner.household)

    with pytest.raises(Refused) as caught:
        planned(house, owner.household)

    assert caught.value.codes == ("household_plan_open",)


def test_what_a_household_says_is_sealed_and_opens_for_the_team(house: House) -> None:
    governed(house)
    owner = home(house)
    plan = planned(house, owner.household)
    number = assessed(house, owner.household, "meals=yes\nschool=no").number

    with house.work("expert") as work:
        _, goals = open_goals(work, plan)
        _, answers = open_assessment(work, number)
    assert goals[0].words is not None
    assert goals[0].words.reveal() == WORDS
    assert answers == {"meals": "yes", "school": "no"}
    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any(WORDS in str(value) for value in row), table


def test_a_corrected_assessment_keeps_the_version_before(house: House) -> None:
    governed(house)
    first = assessed(house, home(house).household, "meals=no")
    again = CorrectAssessment(
        key=key(), number=first.number, answers=Secret("meals=yes;school=yes"), reason="Misread"
    )

    with house.work("coach") as work:
        second = correct_assessment(work, again)
        held = list_assessments(work)

    assert (first.basis_points, first.unanswered) == (0, ("school",))
    assert (second.version, second.basis_points) == (2, 10_000)
    assert [(row.number, row.version) for row in held] == [(first.number, 2)]


def test_a_required_criterion_left_unanswered_stops_a_graduation(house: House) -> None:
    governed(house)
    owner = home(house)
    assessed(house, owner.household, "school=yes")

    with pytest.raises(Refused) as caught:
        proposed(house, owner.household)

    assert caught.value.codes == ("criterion_unmet",)


def test_nobody_graduates_without_an_assessment(house: House) -> None:
    governed(house)

    with pytest.raises(Refused) as caught:
        proposed(house, home(house).household)

    assert caught.value.codes == ("assessment_missing",)


def test_a_newer_assessment_voids_what_was_proposed(house: House) -> None:
    governed(house)
    owner = home(house)
    assessed(house, owner.household, "meals=yes")
    number = proposed(house, owner.household)
    house.clock.advance(timedelta(days=1))
    assessed(house, owner.household, "meals=yes")

    with pytest.raises(Refused) as caught:
        decided(house, number)

    assert caught.value.codes == ("assessment_newer",)


def test_a_graduation_is_followed_up_three_times(house: House) -> None:
    governed(house)
    owner = home(house)
    assessed(house, owner.household, "meals=yes")
    number = proposed(house, owner.household)
    decided(house, number)

    with house.work("coach") as work:
        assert [one.months for one in follow_ups_due(work, date(2027, 12, 31))] == [3, 6, 12]
    followed_up(house, number, months=3, on=date(2026, 4, 5))
    with house.work("coach") as work:
        assert [one.months for one in follow_ups_due(work, date(2027, 12, 31))] == [6, 12]
        row = household_by_number(work.reader(), work.programme.id, owner.household)
        known = accompanied(work.reader(), [row.id])[row.id]
    assert known.graduation is not None
    assert (known.graduation.state, len(known.follow_ups)) == ("approved", 1)


def test_a_restricted_household_is_assessed_and_listed_by_named_roles_only(house: House) -> None:
    governed(house)
    hidden = register(house, head(person(identity("Ana", "Prueba"), is_restricted=True))).household
    number = assessed(house, hidden, "meals=yes", by="protection").number

    with house.work("coach") as work:
        assert list_assessments(work) == []
        with pytest.raises(NotAllowed):
            open_assessment(work, number)
    with pytest.raises(NotAllowed):
        assessed(house, hidden, "meals=no")


def graduated(house: House) -> tuple[str, str]:
    """The number of an approved graduation, and the household's."""
    governed(house)
    owner = home(house)
    assessed(house, owner.household, "meals=yes")
    number = proposed(house, owner.household)
    decided(house, number)
    return number, owner.household


def test_a_household_graduates_once(house: House) -> None:
    _, household = graduated(house)

    with pytest.raises(Refused) as caught:
        proposed(house, household)

    assert caught.value.codes == ("graduation_stands",)


def test_whoever_proposed_a_graduation_does_not_decide_it(house: House) -> None:
    governed(house)
    owner = home(house)
    assessed(house, owner.household, "meals=yes")
    with house.work("admin") as work:
        command = RegisterActor(
            key=key(), handle="ambas", display_name="Dos Roles", roles=(Role.COACH, Role.PROGRAMME_MANAGER)
        )
        register_actor(work, command)
    with house.work("ambas") as work:
        proposing = ProposeGraduation(key=key(), household=owner.household, criteria="leave")
        number = propose_graduation(work, proposing).number

    with pytest.raises(Refused) as caught:
        decided(house, number, by="ambas")

    assert caught.value.codes == ("graduation_by_one_person",)


def test_a_follow_up_stands_after_three_six_and_twelve_months_alone(house: House) -> None:
    number, _ = graduated(house)

    with house.work("coach") as work, pytest.raises(Refused) as caught:
        told = RecordFollowUp(key=key(), number=number, months=4, standing=FollowUpStanding.SLIPPED_BACK)
        record_follow_up(work, told)

    assert caught.value.codes == ("follow_up_not_due",)


def test_a_goal_is_set_in_an_open_plan_for_a_day_to_come(house: House) -> None:
    owner = home(house)
    late = GoalSet(dimension=Dimension.HEALTH, words=Secret(WORDS), due_on=date(2020, 1, 1))
    with house.work("coach") as work, pytest.raises(Refused) as caught:
        open_household_plan(work, OpenHouseholdPlan(key=key(), household=owner.household, goals=(late,)))
    assert caught.value.codes == ("goal_due_before",)

    with house.work("coach") as work:
        opening = OpenHouseholdPlan(key=key(), household=owner.household)
        number = open_household_plan(work, opening).number
        close_household_plan(work, CloseHouseholdPlan(key=key(), plan=number))
    again = GoalSet(dimension=Dimension.HEALTH, words=Secret(WORDS), due_on=date(2026, 6, 1))
    with house.work("coach") as work, pytest.raises(Refused) as caught:
        add_goal(work, AddGoal(key=key(), plan=number, goal=again))
    assert caught.value.codes == ("household_plan_closed",)


def test_criteria_that_cannot_be_judged_and_an_instrument_that_asks_nothing_are_refused(
    house: House,
) -> None:
    with house.work("expert") as work, pytest.raises(Refused) as caught:
        define_instrument(work, DefineInstrument(key=key(), code="nothing", terms=Instrument(questions=())))
    assert caught.value.codes == ("instrument_empty",)

    governed(house)
    loose = replace(TERMS, criteria=(replace(TERMS.criteria[0], is_required=False, of="unknown"),))
    with house.work("expert") as work, pytest.raises(Refused) as caught:
        define_graduation(work, DefineGraduation(key=key(), code="loose", terms=loose))
    assert caught.value.codes == ("graduation_requires_nothing", "graduation_on_no_question")


def test_a_word_or_a_state_altered_behind_our_back_is_found(house: House) -> None:
    number, household = graduated(house)
    planned(house, household)
    assert verify(house.engine, Request(keyring=RING)).is_sound

    for statement in (
        "UPDATE sf_graduation SET state = 'declined'",
        "UPDATE sf_assessment SET basis_points = 1",
        "UPDATE sf_household_goal SET dimension = 'education_and_child_labour'",
    ):
        with house.engine.connect() as connection:
            disarm(connection)
            connection.exec_driver_sql(statement)
            assert not verify_within(connection, Request(keyring=RING)).is_sound, (statement, number)
            connection.rollback()


@pytest.mark.parametrize(
    ("months", "early", "first"), [(3, (2026, 3, 4), (2026, 3, 5)), (12, (2026, 1, 5), (2026, 12, 5))]
)
def test_a_follow_up_is_not_held_more_than_a_month_before_it_is_due(
    house: House, months: int, early: tuple[int, int, int], first: tuple[int, int, int]
) -> None:
    number, _ = graduated(house)

    with pytest.raises(Refused) as caught:
        followed_up(house, number, months, on=date(*early))

    assert caught.value.codes == ("follow_up_early",)
    followed_up(house, number, months, on=date(*first))


def test_a_graduation_is_not_decided_before_it_was_proposed(house: House) -> None:
    governed(house)
    owner = home(house)
    assessed(house, owner.household, "meals=yes")
    number = proposed(house, owner.household)
    before = house.clock.now().date() - timedelta(days=1)
    command = DecideGraduation(
        key=key(), occurred_on=before, number=number, is_approved=True, reason="Lo que se acordó"
    )

    with house.work("manager") as work, pytest.raises(Refused) as caught:
        decide_graduation(work, command)

    assert caught.value.codes == ("household_step_before",)


def test_a_plan_is_neither_ended_nor_closed_before_its_last_step(house: House) -> None:
    number = planned(house, home(house).household)
    before = house.clock.now().date() - timedelta(days=1)
    ending = EndGoal(key=key(), occurred_on=before, plan=number, goal=1, outcome=GoalOutcome.ACHIEVED)
    with house.work("coach") as work, pytest.raises(Refused) as ended:
        end_goal(work, ending)
    house.clock.advance(timedelta(days=10))
    with house.work("coach") as work:
        end_goal(work, replace(ending, key=key(), occurred_on=None))
    with house.work("coach") as work, pytest.raises(Refused) as closed:
        close_household_plan(work, CloseHouseholdPlan(key=key(), plan=number, occurred_on=before))

    assert (ended.value.codes, closed.value.codes) == (("household_step_before",), ("household_step_before",))
