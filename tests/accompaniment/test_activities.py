"""Activities in a database: planned, held with who came, called off, corrected; outsiders sealed, nobody shown."""

from datetime import date

import pytest
import sqlalchemy as sa

from seedfund.accompaniment.queries.activities import list_activities, open_activity
from seedfund.accompaniment.rules.activities import (
    ActivityKind,
    AttendeeRole,
    CalledOffFor,
    came_by_sex,
)
from seedfund.accompaniment.service import (
    ActivityTold,
    Attendee,
    CallOffActivity,
    CorrectActivity,
    FairEmployer,
    Headcount,
    call_off_activity,
    correct_activity,
)
from seedfund.accompaniment.triggers import TRIGGERS
from seedfund.assurance.verify import Request, verify
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.secret import Secret
from seedfund.people.rules import PopulationGroup, Sex
from tests.accompaniment.serving import NOTE, activity, done, held
from tests.people.samples import head, identity, person, register
from tests.support.grants import home, key
from tests.support.programme import RING, House

OUTSIDER = "Nombre Ajeno de Prueba"


def official(name: str = OUTSIDER, sex: Sex = Sex.MALE) -> Attendee:
    return Attendee(
        name=Secret(name), role=AttendeeRole.OFFICIAL, organisation="Municipio de San Ejemplo", sex=sex
    )


def corrected(house: House, number: str, reason: str = "Two were left out", **told: object) -> None:
    command = CorrectActivity(
        key=key(),
        number=number,
        told=ActivityTold(**told),  # type: ignore[arg-type] # as given
        reason=reason,
    )
    done(house, correct_activity, command)


def test_an_activity_is_held_without_anybody_counted(house: House) -> None:
    number = activity(house, kind=ActivityKind.OUTREACH, title="Campaña informativa")
    held(house, number)

    with house.work("coach") as work:
        (row,) = list_activities(work.reader(), work.programme.id)
        opened = open_activity(work, number)
    assert (row.state, row.held_on) == ("held", date(2026, 1, 5))
    assert opened.came == ()


def test_who_came_is_counted_by_sex_whether_named_or_not(house: House) -> None:
    number = activity(house, kind=ActivityKind.STEERING_COMMITTEE, title="Comité directivo")
    held(
        house,
        number,
        attendees=(Attendee(participant=home(house).head), official()),
        headcounts=(
            Headcount(heads=7, population_group=PopulationGroup.HOST, sex=Sex.FEMALE),
            Headcount(heads=3),
        ),
    )

    with house.work("coach") as work:
        opened = open_activity(work, number)
    assert came_by_sex(opened.came) == {Sex.FEMALE: 8, Sex.MALE: 1, Sex.NOT_COLLECTED: 3}
    assert [None if one.name is None else one.name.reveal() for one in opened.attendees] == [None, OUTSIDER]
    assert [(one.population_group.value, one.heads) for one in opened.headcounts] == [
        ("host", 7),
        ("not_collected", 3),
    ]


def test_a_job_fair_lists_its_employers(house: House) -> None:
    number = activity(house, kind=ActivityKind.JOB_FAIR, title="Feria de empleo")
    held(house, number, employers=(FairEmployer(name="Panadería Ejemplo", posts=4),))

    with house.work("coach") as work:
        assert [(one.name, one.posts) for one in open_activity(work, number).employers] == [
            ("Panadería Ejemplo", 4)
        ]


def test_an_activity_called_off_is_not_held_afterwards(house: House) -> None:
    number = activity(house)
    done(house, call_off_activity, CallOffActivity(key=key(), number=number, reason=CalledOffFor.WEATHER))

    with pytest.raises(Refused) as caught:
        held(house, number)

    assert caught.value.codes == ("no_such_step",)
    with pytest.raises(Refused) as caught:
        corrected(house, number)
    assert caught.value.codes == ("activity_not_held",)
    with house.work("coach") as work:
        assert [(one.to_state, one.reason) for one in open_activity(work, number).steps] == [
            ("planned", None),
            ("cancelled", "weather"),
        ]
        with pytest.raises(NotFound):
            open_activity(work, "CA-2026-0099")


def test_a_correction_keeps_the_version_before_and_says_why(house: House) -> None:
    number = activity(house)
    held(house, number, attendees=(official(),), headcounts=(Headcount(heads=5),))

    corrected(house, number, attendees=(official(), official("Otra Ajena", Sex.FEMALE)))

    with house.work("coach") as work:
        assert came_by_sex(open_activity(work, number).came) == {Sex.FEMALE: 1, Sex.MALE: 1}
    with house.engine.connect() as connection:
        versions = connection.exec_driver_sql(
            "SELECT version, correction FROM sf_activity_report ORDER BY 1"
        ).all()
        heads = connection.exec_driver_sql("SELECT heads FROM sf_activity_headcount").all()
    assert [tuple(row) for row in versions] == [(1, None), (2, "Two were left out")]
    assert [tuple(row) for row in heads] == [(5,)]
    with pytest.raises(InvalidInput, match="reason"):
        corrected(house, number, reason=" ")


def test_somebody_is_a_participant_or_an_outsider_with_a_name(house: House) -> None:
    who = home(house).head
    number = activity(house)

    for wrong in (
        Attendee(),
        Attendee(name=Secret("Sin Papel")),
        Attendee(participant=who, name=Secret("Dos Veces")),
        Attendee(participant=who, role=AttendeeRole.OFFICIAL),
        Attendee(role=AttendeeRole.OFFICIAL),
    ):
        with pytest.raises(InvalidInput, match="attendees"):
            held(house, number, attendees=(wrong,))
    with pytest.raises(InvalidInput, match="name"):
        held(house, number, attendees=(official(" "),))
    with pytest.raises(InvalidInput, match="heads"):
        held(house, number, headcounts=(Headcount(heads=0),))
    with pytest.raises(InvalidInput, match="posts"):
        held(house, number, employers=(FairEmployer(name="x", posts=-1),))
    with pytest.raises(Refused) as caught:
        held(house, number, attendees=(Attendee(participant=who), Attendee(participant=who)))
    assert caught.value.codes == ("activity_attendee_twice",)


def test_names_of_outsiders_are_sealed_and_the_books_verify(house: House) -> None:
    number = activity(house)
    held(house, number, attendees=(official(), official("Otra Ajena")), note=Secret(NOTE))

    with house.work("coach") as work:
        note = open_activity(work, number).note
    assert note is not None
    assert note.reveal() == NOTE
    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any(word in str(value) for value in row for word in (OUTSIDER, NOTE)), table
    assert verify(house.engine, Request(keyring=RING)).is_sound
    with house.engine.begin() as connection:
        for trigger in TRIGGERS:
            for sql in trigger.drop(connection.dialect.name):
                connection.exec_driver_sql(sql)
        connection.exec_driver_sql(
            "UPDATE sf_activity_attendee SET name = (SELECT name FROM sf_activity_attendee WHERE position = 2)"
        )
        for trigger in TRIGGERS:
            for sql in trigger.create(connection.dialect.name):
                connection.exec_driver_sql(sql)
    assert not verify(house.engine, Request(keyring=RING)).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_activity_headcount SET heads = 500",
        "DELETE FROM sf_activity_attendee",
        "UPDATE sf_activity SET kind = 'other'",
        "DELETE FROM sf_activity_step",
    ],
)
def test_what_was_reported_is_never_edited(house: House, statement: str) -> None:
    number = activity(house)
    held(house, number, attendees=(official(),), headcounts=(Headcount(heads=5),))

    with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)


def test_a_restricted_participant_is_counted_and_not_listed(house: House) -> None:
    entry = person(identity("Ana", "Prueba"), is_restricted=True)
    who = register(house, head(entry), actor="protection").members[0].participant
    number, other = activity(house), activity(house)
    held(house, number, by="protection", attendees=(Attendee(participant=who),))

    with house.work("protection") as work:
        assert len(open_activity(work, number).attendees) == 1
    with house.work("coach") as work:
        opened = open_activity(work, number)
    assert opened.attendees == ()
    assert came_by_sex(opened.came) == {Sex.FEMALE: 1}
    with pytest.raises(NotAllowed):
        held(house, other, attendees=(Attendee(participant=who),))
