"""Vacancies, interviews, placements and checks in a database."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.accompaniment.queries.employment import (
    list_interviews,
    list_placements,
    open_interview,
    open_placement,
)
from seedfund.accompaniment.queries.vacancies import list_vacancies
from seedfund.accompaniment.rules.activities import ActivityKind
from seedfund.accompaniment.rules.employment import (
    InterviewResult,
    LostFor,
    PlacementKind,
    RetentionResult,
)
from seedfund.accompaniment.service import (
    CloseVacancy,
    InterviewMoved,
    RecordInterview,
    close_vacancy,
    record_interview,
)
from seedfund.assurance.verify import Request, verify
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from tests.accompaniment.serving import (
    NOTE,
    TODAY,
    WORK,
    activity,
    checked,
    done,
    interview,
    placed,
    vacancy,
)
from tests.people.samples import head, identity, person, register
from tests.support.grants import home, key
from tests.support.programme import RING, House
from tests.support.unguarded import unguarded

KEPT, LOST, NOT_REACHED = RetentionResult


def seen(house: House, number: str, state: str, by: str = "coach", **changes: object) -> InterviewMoved:
    command = RecordInterview(key=key(), number=number, state=state, **changes)  # type: ignore[arg-type] # as given
    moved: InterviewMoved = done(house, record_interview, command, by)
    return moved


def test_a_vacancy_is_listed_with_its_wage_and_closed_once(house: House) -> None:
    fair = activity(house, kind=ActivityKind.JOB_FAIR, title="Feria de empleo")
    number = vacancy(house, fair=fair)
    with house.work("coach") as work:
        (row,) = list_vacancies(work.reader(), work.programme.id)
    assert (row.wage_least, row.wage_most, row.fair, row.state) == (
        Money(46000, "USD"),
        Money(50000, "USD"),
        fair,
        "open",
    )

    done(house, close_vacancy, CloseVacancy(key=key(), number=number, is_filled=True))

    with pytest.raises(Refused) as caught:
        done(house, close_vacancy, CloseVacancy(key=key(), number=number, is_filled=False))
    assert caught.value.codes == ("no_such_step",)
    with pytest.raises(Refused) as caught:
        interview(house, home(house).head, vacancy=number)
    assert caught.value.codes == ("vacancy_not_open",)
    with pytest.raises(NotFound):
        interview(house, home(house).head, vacancy="VA-2026-0099")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"posts": 0}, "posts"),
        ({"wage_most": Money(100, "USD")}, "wage_most"),
        ({"wage_most": Money(60000, "COP")}, "wage_most"),
        ({"employer": " "}, "employer"),
    ],
)
def test_a_vacancy_that_cannot_be_is_not_taken(house: House, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput, match=field):
        vacancy(house, **changes)
    with pytest.raises(Refused) as caught:
        vacancy(house, open_until=TODAY - timedelta(days=1))
    assert caught.value.codes == ("vacancy_past",)


def test_an_interview_says_what_came_of_it(house: House) -> None:
    number = interview(house, home(house).head, vacancy=vacancy(house))
    with pytest.raises(Refused) as caught:
        seen(house, number, "held")
    assert caught.value.codes == ("interview_result_missing",)
    with pytest.raises(Refused) as caught:
        seen(house, number, "missed", result=InterviewResult.HIRED)
    assert caught.value.codes == ("interview_result_not_expected",)
    with pytest.raises(InvalidInput, match="state"):
        seen(house, number, "won")

    seen(house, number, "held", result=InterviewResult.HIRED, note=Secret(NOTE))

    with house.work("coach") as work:
        row, note = open_interview(work, number)
    assert (row.state, row.result) == ("held", InterviewResult.HIRED)
    assert note is not None
    assert note.reveal() == NOTE
    with pytest.raises(Refused):
        seen(house, number, "missed")


def test_a_placement_is_followed_at_one_three_and_six_months(house: House) -> None:
    number = placed(house, home(house).head)
    with pytest.raises(Refused) as caught:
        checked(house, number, 1, KEPT)
    assert caught.value.codes == ("retention_too_early",)
    house.clock.advance(timedelta(days=32))
    checked(house, number, 1, NOT_REACHED)
    checked(house, number, 1, KEPT)
    with pytest.raises(Refused) as caught:
        checked(house, number, 1, LOST, reason=LostFor.LAID_OFF)
    assert caught.value.codes == ("retention_answered",)

    house.clock.advance(timedelta(days=20))
    assert checked(house, number, 3, LOST, reason=LostFor.LAID_OFF).state == "ended"

    with house.work("coach") as work:
        opened = open_placement(work, number)
    assert [(one.check.months, one.check.result.value) for one in opened.checks] == [
        (1, "not_reached"),
        (1, "kept"),
        (3, "lost"),
    ]
    assert opened.placement.ended_on == date(2026, 2, 26)
    with pytest.raises(Refused) as caught:
        checked(house, number, 6, NOT_REACHED)
    assert caught.value.codes == ("retention_ended",)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contract": None}, "placement_contract_missing"),
        ({"kind": PlacementKind.SELF_EMPLOYED}, "placement_contract_not_expected"),
    ],
)
def test_a_wage_has_its_contract_told_and_own_work_has_none(
    house: House, changes: dict[str, Any], code: str
) -> None:
    who = home(house).head

    with pytest.raises(Refused) as caught:
        placed(house, who, **changes)

    assert caught.value.codes == (code,)
    assert placed(house, who, kind=PlacementKind.SELF_EMPLOYED, contract=None)


def test_what_is_told_of_a_placement_has_to_be_possible(house: House) -> None:
    who, other = home(house).head, home(house).head
    arranged = interview(house, other)

    for changes, field in (
        ({"weekly_hours": 0}, "weekly_hours"),
        ({"weekly_hours": 169}, "weekly_hours"),
        ({"starts_on": TODAY + timedelta(days=1)}, "starts_on"),
        ({"work": Secret(" ")}, "work"),
        ({"interview": arranged}, "interview"),
    ):
        with pytest.raises(InvalidInput, match=field):
            placed(house, who, **changes)
    number = placed(house, other, interview=arranged, vacancy=vacancy(house))
    with pytest.raises(InvalidInput, match="months"):
        checked(house, number, 2, NOT_REACHED)
    with pytest.raises(Refused) as caught:
        checked(house, number, 1, LOST)
    assert caught.value.codes == ("retention_reason_missing",)
    house.clock.advance(timedelta(days=40))
    with pytest.raises(Refused) as caught:
        checked(house, number, 1, KEPT, reason=LostFor.CARE)
    assert caught.value.codes == ("retention_reason_not_expected",)


def test_where_somebody_works_is_sealed_and_the_books_verify(house: House) -> None:
    number = placed(house, home(house).head)
    checked(house, number, 1, LOST, reason=LostFor.UNPAID, note=Secret(NOTE))
    arranged = interview(house, home(house).head, vacancy=vacancy(house))
    seen(house, arranged, "held", result=InterviewResult.NOT_HIRED, note=Secret(NOTE))

    with house.work("coach") as work:
        opened = open_placement(work, number)
    assert opened.work is not None
    assert opened.work.reveal() == WORK
    assert [None if note is None else note.reveal() for note in opened.notes] == [NOTE]
    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any(word in str(value) for value in row for word in (WORK, NOTE)), table
    assert verify(house.engine, Request(keyring=RING)).is_sound


def test_a_wage_changed_behind_the_programme_is_found(house: House) -> None:
    vacancy(house)
    with unguarded(house.engine, "sf_vacancy") as connection:
        connection.exec_driver_sql("UPDATE sf_vacancy SET wage_most_minor = 99000")

    assert not verify(house.engine, Request(keyring=RING)).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_retention_check SET result = 'kept'",
        "DELETE FROM sf_placement",
        "UPDATE sf_vacancy SET posts = 9",
        "UPDATE sf_placement SET starts_on = '2020-01-01'",
    ],
)
def test_what_was_recorded_of_work_is_never_edited(house: House, statement: str) -> None:
    number = placed(house, home(house).head, vacancy=vacancy(house))
    checked(house, number, 1, LOST, reason=LostFor.RESIGNED)

    with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)


def test_the_work_of_a_restricted_person_is_seen_by_named_roles_only(house: House) -> None:
    entry = person(identity("Ana", "Prueba"), is_restricted=True)
    who = register(house, head(entry), actor="protection").members[0].participant
    arranged, number = interview(house, who, by="protection"), placed(house, who, by="protection")

    with house.work("protection") as work:
        assert [row.number for row in list_interviews(work)] == [arranged]
        assert [row.number for row in list_placements(work)] == [number]
    with house.work("coach") as work:
        assert list_interviews(work) == []
        assert list_placements(work) == []
        with pytest.raises(NotAllowed):
            open_interview(work, arranged)
        with pytest.raises(NotAllowed):
            open_placement(work, number)
    with pytest.raises(NotAllowed):
        seen(house, arranged, "missed")
    with pytest.raises(NotAllowed):
        checked(house, number, 1, LOST, reason=LostFor.CARE)
