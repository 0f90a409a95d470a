"""Schooling in a database: taken in, stepped, decided; sealed, restricted and held by the audit."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.assurance.verify import Request, verify
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.queries import participant_facts
from seedfund.schooling.queries import (
    list_schoolings,
    open_schooling,
    schooling_facts,
    schoolings_shown,
)
from seedfund.schooling.rules import LeftSchoolFor, SchoolingIrregularity, SchoolKind, SchoolProof
from seedfund.schooling.triggers import TRIGGERS
from tests.people.samples import head, register
from tests.schooling.pupils import PROOF, SCHOOL, TERM, born, decided, enrolled, family, pupil, step
from tests.support.grants import TODAY
from tests.support.programme import RING, House


def answers(house: House, number: str, on: date = TODAY) -> list[bool]:
    with house.work("coach") as work:
        reader = work.reader()
        row = next(row for row in list_schoolings(work) if row.number == number)
        return [
            fact.answers for fact in schooling_facts(reader, [row.participant_id], on)[row.participant_id]
        ]


def test_a_child_is_enrolled_attends_and_leaves_for_a_reason(house: House) -> None:
    child = family(house, born(2016)).members[1].participant
    number = enrolled(house, child).number
    step(house, number, "attending")
    step(house, number, "left", reason=LeftSchoolFor.COSTS)

    with house.work("coach") as work:
        opened = open_schooling(work, number)
    assert [(one.to_state, one.reason) for one in opened.steps] == [
        ("enrolled", None),
        ("attending", None),
        ("left", "costs"),
    ]
    assert answers(house, number) == [False]
    with pytest.raises(Refused) as caught:
        step(house, number, "attending")
    assert caught.value.codes == ("no_such_step",)


def test_a_step_needs_its_reason_and_comes_after_the_last(house: House) -> None:
    number = enrolled(house, family(house, born(2016)).members[1].participant).number

    with pytest.raises(Refused) as caught:
        step(house, number, "left", occurred_on=TODAY - timedelta(days=2))

    assert caught.value.codes == ("schooling_step_before_last", "schooling_left_without_reason")
    with pytest.raises(InvalidInput, match="state"):
        step(house, number, "graduated")


def test_school_and_proof_are_sealed_and_open_for_the_team(house: House) -> None:
    number = enrolled(house, family(house, born(2016)).members[1].participant).number

    with house.work("coach") as work:
        opened = open_schooling(work, number)
    assert opened.school is not None
    assert opened.school.reveal() == SCHOOL
    assert opened.steps[0].proof_ref is not None
    assert opened.steps[0].proof_ref.reveal() == PROOF
    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any(word in str(value) for value in row for word in (SCHOOL, PROOF)), table


def test_what_a_family_says_is_taken_in_and_counts_once_the_school_proves_it(house: House) -> None:
    number = enrolled(
        house, family(house, born(2016)).members[1].participant, proof=SchoolProof.DECLARED
    ).number
    assert answers(house, number) == [False]

    house.clock.advance(timedelta(days=2))
    step(house, number, "attending")

    assert answers(house, number) == [False], "on the day before, nothing was proven"
    assert answers(house, number, TODAY + timedelta(days=2)) == [True]


@pytest.mark.parametrize(
    ("year", "changes", "why"),
    [
        (2000, {}, SchoolingIrregularity.NOT_A_CHILD),
        (
            2016,
            {"starts_on": date(2025, 1, 1), "ends_on": date(2025, 12, 20)},
            SchoolingIrregularity.AFTER_TERM,
        ),
    ],
)
def test_what_does_not_fit_is_taken_in_and_counts_only_once_accepted(
    house: House, year: int, changes: dict[str, Any], why: SchoolingIrregularity
) -> None:
    told = enrolled(house, family(house, born(year)).members[1].participant, **changes)
    assert told.irregularity is why
    assert answers(house, told.number) == [False]

    decided(house, told.number, accepted=True)

    assert answers(house, told.number) == [True]
    with pytest.raises(Refused) as caught:
        decided(house, told.number, accepted=False)
    assert caught.value.codes == ("schooling_decided",)


def test_a_second_enrolment_in_the_same_term_waits_and_an_informal_class_beside_school_does_not(
    house: House,
) -> None:
    child = family(house, born(2016)).members[1].participant
    enrolled(house, child)

    again = enrolled(house, child)
    beside = enrolled(house, child, kind=SchoolKind.INFORMAL_CLASS)

    assert again.irregularity is SchoolingIrregularity.TWICE_IN_TERM
    assert beside.irregularity is None
    with house.work("coach") as work, pytest.raises(NotFound):
        open_schooling(work, "ED-2026-0099")


def test_whoever_recorded_it_does_not_decide_it(house: House) -> None:
    told = enrolled(house, family(house, born(2000)).members[1].participant, by="manager")

    with pytest.raises(Refused) as caught:
        decided(house, told.number, accepted=True, by="manager")

    assert caught.value.codes == ("schooling_decided_by_recorder",)
    sound = enrolled(house, family(house, born(2016)).members[1].participant)
    with pytest.raises(Refused) as caught:
        decided(house, sound.number, accepted=True)
    assert caught.value.codes == ("schooling_not_irregular",)


@pytest.mark.parametrize(("field", "value"), [("school", Secret(" ")), ("term", " ")])
def test_school_and_term_have_names(house: House, field: str, value: object) -> None:
    child = family(house, born(2016)).members[1].participant
    changed: dict[str, Any] = {field: value}

    with pytest.raises(InvalidInput, match=field):
        enrolled(house, child, **changed)
    with pytest.raises(Refused) as caught:
        enrolled(house, child, ends_on=date(2025, 8, 1))
    assert caught.value.codes == ("schooling_term_length",)


def test_a_restricted_child_is_seen_by_named_roles_only(house: House) -> None:
    home = register(house, head(), pupil(born(2016), is_restricted=True))
    child = home.members[1]
    number = enrolled(house, child.participant, by="protection").number

    with house.work("protection") as work:
        assert [row.number for row in list_schoolings(work)] == [number]
        assert [row.number for row in schoolings_shown(work, [child.participant_id])] == [number]
    with house.work("coach") as work:
        assert list_schoolings(work) == []
        assert schoolings_shown(work, [child.participant_id]) == []
        with pytest.raises(NotAllowed):
            open_schooling(work, number)
    with pytest.raises(NotAllowed):
        enrolled(house, child.participant)
    with pytest.raises(NotAllowed):
        step(house, number, "attending")


def test_what_is_recorded_is_never_edited_and_verifies(house: House) -> None:
    number = enrolled(house, family(house, born(2016)).members[1].participant).number
    step(house, number, "attending")

    for statement in (
        f"UPDATE sf_schooling SET term = '{TERM}-2'",
        "UPDATE sf_schooling_step SET proof = 'declared'",
        "DELETE FROM sf_schooling_step",
        "DELETE FROM sf_schooling",
    ):
        with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
            connection.exec_driver_sql(statement)
    assert verify(house.engine, Request(keyring=RING)).is_sound
    _without_triggers(house, "UPDATE sf_schooling SET state = 'left'")
    assert not verify(house.engine, Request(keyring=RING)).is_sound


def test_a_school_moved_to_another_place_does_not_open(house: House) -> None:
    enrolled(house, family(house, born(2016)).members[1].participant)

    _without_triggers(house, "UPDATE sf_schooling_step SET proof_ref = (SELECT school FROM sf_schooling)")

    assert not verify(house.engine, Request(keyring=RING)).is_sound


def _without_triggers(house: House, statement: str) -> None:
    with house.engine.begin() as connection:
        for trigger in TRIGGERS:
            for sql in trigger.drop(connection.dialect.name):
                connection.exec_driver_sql(sql)
        connection.exec_driver_sql(statement)
        for trigger in TRIGGERS:
            for sql in trigger.create(connection.dialect.name):
                connection.exec_driver_sql(sql)


def test_a_child_counts_where_it_lives_now(house: House) -> None:
    home = family(house, born(2016))
    enrolled(house, home.members[1].participant)

    with house.work("coach") as work:
        facts = participant_facts(work.reader(), [home.members[1].participant_id])
        rows = list_schoolings(work)

    assert [row.household_id for row in rows] == [facts[home.members[1].participant_id].household_id]
