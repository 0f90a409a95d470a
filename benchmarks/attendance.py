"""Rates of a million marks of attendance, against the same sums through the driver alone.

Expected size: 500 cohorts of 20 people and 100 sessions each: 1,000,000 marks.
Budget: at most 1.2 × the statement run by `sqlite3`, its rows fetched and nothing done with them.
Canonical workload: the rate of everybody in the programme, and the rates of one participant.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import create_engine

from benchmarks.harness import Measure, Place, Work, measured, take_turns
from benchmarks.recording import bare
from benchmarks.worlds import Builder, World, measured_house, prepared_world
from seedfund.kernel.ids import Key
from seedfund.store.hooks import prepare
from seedfund.training.queries.rates import RATES, RATES_OF_PEOPLE, all_rates, rates_of_people

GOAL: Final = 1.2
TURNS: Final = 5
READS: Final = 50
"""How often the rates of one participant are read in a turn: one read alone is too short to be timed."""
DAY: Final = date(2026, 6, 30)
PEOPLE: Final = 20
SESSIONS: Final = 100
AT: Final = "2026-01-05T15:00:00.000000Z"
INSERTS: Final = {
    "provider": "INSERT INTO sf_provider (id, programme_id, code, name, kind, tax_id, place, recorded_on, recorded_by) "
    "VALUES (?, ?, 'CENTRO', 'Centro Ejemplo', 'centre', '', '', '2026-01-05', ?)",
    "course": "INSERT INTO sf_course (id, programme_id, provider_id, code, name, topic, minutes, fee_minor, currency, "
    "unit, threshold_bps, excused, excused_most, recorded_on, recorded_by) VALUES (?, ?, ?, 'PAN-1', 'Pan', 'bakery', "
    "12000, 0, 'USD', 'sessions', 8000, 'neutral', 0, '2026-01-05', ?)",
    "person": "INSERT INTO sf_participant (id, programme_id, number, sex, population_group, is_restricted, "
    "registered_on, registered_by) VALUES (?, ?, ?, 'female', 'refugee', 0, '2026-01-05', ?)",
    "cohort": "INSERT INTO sf_cohort (id, programme_id, number, course_id, place, facilitator, capacity, starts_on, "
    "ends_on, state) VALUES (?, ?, ?, ?, 'Ibarra', '', 25, '2026-01-05', '2026-06-30', 'open')",
    "session": "INSERT INTO sf_training_session (id, cohort_id, position, kind, on_day, begins_at, minutes, place, "
    "facilitator, topic, state, held_by, reason) VALUES (?, ?, ?, 'regular', ?, 540, 120, '', '', '', 'held', ?, '')",
    "enrolment": "INSERT INTO sf_enrolment (id, programme_id, number, cohort_id, participant_id, enrolled_on, state) "
    "VALUES (?, ?, ?, ?, ?, '2026-01-05', 'enrolled')",
    "mark": "INSERT INTO sf_attendance_mark (session_id, participant_id, mark, missed, marked_by, marked_at, version) "
    f"VALUES (?, ?, ?, 0, ?, '{AT}', 1)",
}


def bench(place: Place) -> list[Measure]:
    """The rates of all and of one, over the bare statements."""
    world = marks_world(place)
    engine = prepare(create_engine(f"sqlite:///{world.path}"))
    house = measured_house(engine)
    marks = place.sizes.cohorts * PEOPLE * SESSIONS
    one = Key(_key("p", 0))
    try:
        with house.work("coach") as work, bare(world.path) as connection:
            reader, programme = work.reader(), work.programme.id
            of_all = reader.text(RATES, programme=programme, on=DAY)
            of_one = reader.text(RATES_OF_PEOPLE, ids=[one], on=DAY)
            assert len(all_rates(reader, programme, DAY)) == place.sizes.cohorts * PEOPLE

            def turns(ours: Work, bare_one: tuple[str, Any], times: int) -> Iterator[tuple[Work, Work]]:
                def limit() -> None:
                    for _ in range(times):
                        connection.execute(*bare_one).fetchall()

                def contender() -> None:
                    for _ in range(times):
                        ours()

                for _ in range(TURNS):
                    yield contender, limit

            everybody = take_turns(turns(lambda: all_rates(reader, programme, DAY), of_all, 1))
            single = take_turns(turns(lambda: rates_of_people(reader, [one], DAY), of_one, READS))
    finally:
        engine.dispose()
    limit = "the same statement through sqlite3 alone"
    return [
        measured("rates of everybody", everybody, n=marks, limit=limit, goal=GOAL),
        measured(
            "rate of one participant", single, n=marks, limit=limit, goal=GOAL, note=f"{READS} reads a turn"
        ),
    ]


def marks_world(place: Place) -> World:
    """Cohorts with their registers, written straight into the tables."""

    def build(house: Builder) -> dict[str, Any]:
        cursor = house.session.connection().connection.cursor()
        (programme,) = cursor.execute("SELECT id FROM sf_programme").fetchone()
        (actor,) = cursor.execute("SELECT id FROM sf_actor LIMIT 1").fetchone()
        for kind, rows in _rows(place.sizes.cohorts, programme, actor):
            cursor.executemany(INSERTS[kind], list(rows))
        return {"lists": [], "payments": []}

    return prepared_world(place, f"marks-{place.sizes.cohorts}", build)


def _rows(cohorts: int, programme: str, actor: str) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    provider, course = _key("v", 0), _key("k", 0)
    people = range(cohorts * PEOPLE)
    yield "provider", [(provider, programme, actor)]
    yield "course", [(course, programme, provider, actor)]
    yield "person", ((_key("p", n), programme, f"PA-{n}", actor) for n in people)
    yield "cohort", ((_key("c", n), programme, f"CH-{n}", course) for n in range(cohorts))
    days = [f"2026-{1 + n // 25:02d}-{6 + n % 22:02d}" for n in range(SESSIONS)]
    for cohort in range(cohorts):
        own = [_key("s", cohort * SESSIONS + n) for n in range(SESSIONS)]
        here = people[cohort * PEOPLE : (cohort + 1) * PEOPLE]
        yield (
            "session",
            ((key, _key("c", cohort), n + 1, days[n], actor) for n, key in enumerate(own)),
        )
        yield (
            "enrolment",
            ((_key("e", n), programme, f"MT-{n}", _key("c", cohort), _key("p", n)) for n in here),
        )
        yield (
            "mark",
            (
                (key, _key("p", n), ("present", "present", "absent", "excused")[(n + place) % 4], actor)
                for place, key in enumerate(own)
                for n in here
            ),
        )


def _key(kind: str, number: int) -> str:
    """A key of 32 digits, another for every kind."""
    return f"{kind.encode().hex():0>8}{number:024x}"
