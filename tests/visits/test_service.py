"""Visits in a database: planned by a rule, taken in, missed, moved, corrected, decided; sealed and held apart."""

from datetime import date

import pytest
import sqlalchemy as sa

from seedfund.assurance.verify import Request, verify
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.secret import Secret
from seedfund.reports.books.week import Due
from seedfund.reports.queries.desk.lists import list_rows
from seedfund.reports.queries.desk.things import show
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.queries.week import due_items
from seedfund.reports.queries.words import word
from seedfund.visits.queries import list_visits, open_visit, owed_visits
from seedfund.visits.rules import Irregularity, MissReason, VisitRole
from seedfund.visits.service import (
    CancelVisits,
    CorrectVisit,
    DecideVisit,
    MissVisit,
    RecordVisit,
    RescheduleVisit,
    cancel_visits,
    correct_visit,
    decide_visit,
    miss_visit,
    record_visit,
    reschedule_visit,
)
from seedfund.visits.triggers import TRIGGERS
from tests.people.samples import head, identity, person, register
from tests.support.grants import home, key
from tests.support.programme import RING, House
from tests.visits.visiting import STARTS, WORDS, dropped_in, held, planned, told

FIRST = "VS-2026-0001"


def owed(house: House, until: date, by: str = "coach") -> list[tuple[str, date]]:
    with house.work(by) as work:
        return [(visit.number, visit.due_on) for visit in owed_visits(work, until)]


def moved(house: House, number: str, to: date) -> str | None:
    command = RescheduleVisit(key=key(), number=number, to_day=to, reason=MissReason.HOUSEHOLD_ASKED)
    with house.work("coach") as work:
        return reschedule_visit(work, command).next_visit


def decided(house: House, number: str, *, accepted: bool, by: str = "expert") -> None:
    command = DecideVisit(
        key=key(), number=number, is_accepted=accepted, reason="Two visits that day, both true"
    )
    with house.work(by) as work:
        decide_visit(work, command)


def test_a_plan_makes_a_visit_for_each_day_of_its_rule(house: House) -> None:
    result = planned(house, home(house).head)

    assert (result.visits, result.first, result.last) == (18, STARTS, date(2027, 6, 12))
    assert owed(house, date(2026, 2, 12)) == [(FIRST, STARTS), ("VS-2026-0002", date(2026, 2, 12))]


def test_two_professionals_have_plans_of_their_own_and_each_only_one(house: House) -> None:
    owner = home(house)
    planned(house, owner.head)
    planned(house, owner.head, role=VisitRole.EXPERT)

    with pytest.raises(Refused) as caught:
        planned(house, owner.head)

    assert caught.value.codes == ("visit_plan_running",)


def test_what_a_visit_found_is_sealed_and_opens_for_the_team(house: House) -> None:
    planned(house, home(house).head)
    held(house, FIRST)

    with house.work("expert") as work:
        opened = open_visit(work, FIRST)
    assert opened.findings is not None
    assert opened.findings.reveal() == WORDS
    assert opened.report is not None
    assert opened.report.dimensions == ("economic_inclusion", "health")
    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any(WORDS in str(value) for value in row), table


def test_a_missed_visit_stays_owed_until_its_late_report_comes(house: House) -> None:
    planned(house, home(house).head)
    with house.work("coach") as work:
        miss_visit(work, MissVisit(key=key(), number=FIRST, reason=MissReason.NOBODY_THERE))

    assert owed(house, STARTS) == [(FIRST, STARTS)]
    held(house, FIRST)
    assert owed(house, STARTS) == []
    with house.work("coach") as work:
        steps = open_visit(work, FIRST).steps
    assert [(step.to_state, step.reason) for step in steps] == [("missed", "nobody_there"), ("held", None)]


def test_a_moved_visit_is_owed_on_its_new_day_alone(house: House) -> None:
    planned(house, home(house).head, months=1)

    following = moved(house, FIRST, date(2026, 1, 14))

    assert owed(house, date(2026, 1, 31)) == [(following, date(2026, 1, 14))]


def test_a_visit_is_not_moved_to_a_day_that_is_past(house: House) -> None:
    planned(house, home(house).head)

    with pytest.raises(Refused) as caught:
        moved(house, FIRST, date(2026, 1, 4))

    assert caught.value.codes == ("visit_not_later",)


def test_visits_are_called_off_all_or_none(house: House) -> None:
    planned(house, home(house).head, months=2)
    held(house, FIRST)
    command = CancelVisits(key=key(), numbers=("VS-2026-0002", FIRST), reason=MissReason.MOVED_AWAY)

    with house.work("coach") as work, pytest.raises(Refused):
        cancel_visits(work, command)

    assert [number for number, _ in owed(house, date(2026, 12, 31))] == ["VS-2026-0002"]


def test_the_day_agreed_for_the_next_visit_is_due(house: House) -> None:
    result = dropped_in(house, home(house).head, next_on=date(2026, 1, 20))

    assert owed(house, date(2026, 1, 20)) == [(result.next_visit, date(2026, 1, 20))]


def test_a_report_of_a_visit_held_before_is_taken_in_as_irregular(house: House) -> None:
    planned(house, home(house).head)
    held(house, FIRST)

    again = held(house, FIRST)

    assert again.number != FIRST
    assert again.irregularity is Irregularity.ALREADY_CLOSED


def test_a_visit_by_the_other_professional_leaves_the_planned_one_owed(house: House) -> None:
    planned(house, home(house).head)
    with house.work("expert") as work:
        recording = RecordVisit(key=key(), number=FIRST, role=VisitRole.EXPERT, told=told())
        result = record_visit(work, recording)

    assert result.irregularity is Irregularity.OTHER_ROLE
    assert owed(house, STARTS) == [(FIRST, STARTS)]


def test_an_irregular_visit_is_decided_once_and_not_by_who_recorded_it(house: House) -> None:
    owner = home(house)
    dropped_in(house, owner.head)
    second = dropped_in(house, owner.head)
    assert second.irregularity is Irregularity.TWICE_ON_A_DAY

    decided(house, second.number, accepted=True)
    with pytest.raises(Refused) as caught:
        decided(house, second.number, accepted=False)

    assert caught.value.codes == ("visit_decided",)


def test_a_correction_keeps_the_version_before_and_says_why(house: House) -> None:
    number = dropped_in(house, home(house).head).number
    again = CorrectVisit(
        key=key(), number=number, told=told(findings=Secret("Cerrada")), reason="Another house was meant"
    )
    with house.work("coach") as work:
        correct_visit(work, again)
        opened = open_visit(work, number)

    assert opened.findings is not None
    assert opened.findings.reveal() == "Cerrada"
    with house.engine.connect() as connection:
        versions = connection.exec_driver_sql(
            "SELECT version, correction FROM sf_visit_report ORDER BY 1"
        ).all()
    assert [tuple(row) for row in versions] == [(1, None), (2, "Another house was meant")]


def test_a_visit_that_was_not_held_has_no_report_to_correct(house: House) -> None:
    planned(house, home(house).head)
    again = CorrectVisit(key=key(), number=FIRST, told=told(), reason="It was wrong")

    with house.work("coach") as work, pytest.raises(Refused) as caught:
        correct_visit(work, again)

    assert caught.value.codes == ("visit_not_held",)


def test_a_visit_without_findings_is_no_report(house: House) -> None:
    owner = home(house)

    with pytest.raises(InvalidInput, match="findings"):
        dropped_in(house, owner.head, findings=Secret(" "))


def test_visits_of_a_restricted_person_are_seen_by_named_roles_only(house: House) -> None:
    entry = person(identity("Ana", "Prueba"), is_restricted=True)
    with_name = register(house, head(entry)).members[0].participant
    with house.work("protection") as work:
        recording = RecordVisit(
            key=key(),
            participant=with_name,
            role=VisitRole.COACH,
            told=told(next_on=date(2026, 1, 20)),
        )
        number = record_visit(work, recording).number

    with house.work("protection") as work:
        assert number in [row.number for row in list_visits(work)]
    with house.work("coach") as work:
        assert list_visits(work) == []
        with pytest.raises(NotAllowed):
            open_visit(work, number)
    assert owed(house, date(2026, 1, 20)) == []
    with pytest.raises(NotAllowed):
        dropped_in(house, with_name)


def test_reports_and_steps_are_only_ever_appended(house: House) -> None:
    planned(house, home(house).head)
    held(house, FIRST)

    for statement in ("UPDATE sf_visit_report SET mode = 'phone'", "DELETE FROM sf_visit_step"):
        with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
            connection.exec_driver_sql(statement)


def test_sealed_words_of_visits_open_in_their_place_when_the_books_are_verified(house: House) -> None:
    planned(house, home(house).head)
    held(house, FIRST)

    assert verify(house.engine, Request(keyring=RING)).is_sound
    with house.engine.begin() as connection:
        for trigger in TRIGGERS:
            for statement in trigger.drop(connection.dialect.name):
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("UPDATE sf_visit_report SET actions = findings")
        for trigger in TRIGGERS:
            for statement in trigger.create(connection.dialect.name):
                connection.exec_driver_sql(statement)
    assert not verify(house.engine, Request(keyring=RING)).is_sound


def test_the_week_says_which_visits_are_owed_and_hides_those_of_a_restricted_person(house: House) -> None:
    planned(house, home(house).head, starts_on=date(2026, 1, 8))

    with house.work("coach") as work:
        items = list(due_items(open_scope(work)))

    assert [(item.number, item.due_on, item.who) for item in items if item.due is Due.VISIT_DUE] == [
        (FIRST, date(2026, 1, 8), word("coach"))
    ]


def test_the_desk_shows_what_a_visit_found_to_those_who_accompany_and_only_that_it_was_held_to_others(
    house: House,
) -> None:
    planned(house, home(house).head, months=1)
    held(house, FIRST)

    with house.work("coach") as work:
        assert [row["number"] for row in list_rows(work, "visits")] == [FIRST]
        findings = show(work, FIRST).fields["findings"]
        assert isinstance(findings, Secret)
        assert findings.reveal() == WORDS
    with house.work("finance") as work:
        assert "findings" not in show(work, FIRST).fields
