"""Indicators of many households in one pass, against the same statement through the driver alone.

Expected size: 200,000 enrolled households of two people each, in two phases and six places; a third has a transfer that
somebody else pays.
Budget: at most 1.2 × the statement run by `sqlite3`, its rows fetched and nothing done with them.
Canonical workload: every indicator of households by every dimension, rolled up over all and within each phase.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import create_engine

from benchmarks.harness import Measure, Place, Work, measured, take_turns
from benchmarks.recording import bare
from benchmarks.worlds import Builder, World, measured_house, prepared_world
from seedfund.people.queries import roles_of
from seedfund.people.rules import PopulationGroup, Relationship, Sex
from seedfund.reports.indicators.bases import ON
from seedfund.reports.indicators.compute import Counting, count, one_pass
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.reports.indicators.rules import Dimension, Unit
from seedfund.store.hooks import prepare
from seedfund.store.statements import Query

GOAL: Final = 1.2
TURNS: Final = 5
DAY: Final = date(2026, 2, 2)
PLACES: Final = ("EC0401", "EC0402", "EC0801", "EC0802", "EC1001", "EC1002")
GROUPS: Final = (PopulationGroup.REFUGEE, PopulationGroup.HOST, PopulationGroup.ASYLUM_SEEKER)
AT: Final = "2026-01-05T15:00:00.000000Z"
INSERTS: Final = {
    "household": "INSERT INTO sf_household (id, programme_id, number, country, community, locality, phase, state, "
    "registered_on, registered_by) VALUES (?, ?, ?, 'EC', 'San Ejemplo', ?, ?, 'active', '2026-01-05', ?)",
    "person": "INSERT INTO sf_participant (id, programme_id, number, sex, age_source, birth_date, population_group, "
    "disability, is_restricted, registered_on, registered_by) VALUES (?, ?, ?, ?, 'declared', ?, ?, 'no', 0, "
    "'2026-01-05', ?)",
    "member": "INSERT INTO sf_household_member (id, household_id, participant_id, relationship, is_dependant, "
    "from_day) VALUES (?, ?, ?, ?, 0, '2026-01-05')",
    "participation": "INSERT INTO sf_participation (id, participant_id, state, began_on) "
    "VALUES (?, ?, 'enrolled', '2026-01-05')",
    "step": "INSERT INTO sf_participation_step (participation_id, position, from_state, to_state, happened_on, "
    f"recorded_at, recorded_by) VALUES (?, 1, 'identified', 'enrolled', '2026-01-05', '{AT}', ?)",
    "transfer": "INSERT INTO sf_external_transfer (id, programme_id, number, household_id, payer, benefit, purpose, "
    "amount_minor, currency, months, from_day, source, recorded_at, recorded_by) VALUES (?, ?, ?, ?, 'MIES', "
    f"'transfer', 'cash_transfer', 5000, 'USD', 0, '2026-01-05', '', '{AT}', ?)",
}


def bench(place: Place) -> list[Measure]:
    """All indicators of households, over the bare statement."""
    wanted = [one for one in INDICATORS.values() if one.unit is Unit.HOUSEHOLD]
    world = households_world(place)
    engine = prepare(create_engine(f"sqlite:///{world.path}"))
    house = measured_house(engine)
    try:
        with house.work("manager") as work, bare(world.path) as connection:
            roles_of(work)
            counting = Counting(reader=work.reader(), programme=work.programme.id, on=DAY)
            query: Query[Any] = Query(
                tuple, lambda: one_pass(counting, Unit.HOUSEHOLD, wanted, tuple(Dimension))
            )
            statement, values = counting.reader.text(query, programme=counting.programme, **{ON: DAY})
            assert connection.execute(statement, values).fetchall(), "the statement has to find households"

            def turns() -> Iterator[tuple[Work, Work]]:
                for _ in range(TURNS):
                    yield (
                        lambda: count(counting, wanted, tuple(Dimension)),
                        lambda: connection.execute(statement, values).fetchall(),
                    )

            found = take_turns(turns())
    finally:
        engine.dispose()
    return [
        measured(
            f"{len(wanted)} indicators of households",
            found,
            n=place.sizes.households,
            limit="the same statement through sqlite3 alone",
            goal=GOAL,
        )
    ]


def households_world(place: Place) -> World:
    """Enrolled households with head and spouse, written straight into the tables."""

    def build(house: Builder) -> dict[str, Any]:
        cursor = house.session.connection().connection.cursor()
        (programme,) = cursor.execute("SELECT id FROM sf_programme").fetchone()
        (actor,) = cursor.execute("SELECT id FROM sf_actor LIMIT 1").fetchone()
        for kind, rows in _rows(place.sizes.households, programme, actor):
            cursor.executemany(INSERTS[kind], list(rows))
        return {"lists": [], "payments": []}

    return prepared_world(place, f"households-{place.sizes.households}", build)


def _rows(count: int, programme: str, actor: str) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    numbers = range(count)
    yield (
        "household",
        ((_key("h", n), programme, f"HH-{n}", PLACES[n % 6], "AB"[n % 5 == 0], actor) for n in numbers),
    )
    for role, sexes in (("a", (Sex.FEMALE, Sex.FEMALE, Sex.MALE)), ("b", (Sex.MALE, Sex.MALE, Sex.FEMALE))):
        yield (
            "person",
            (
                (
                    _key(role, n),
                    programme,
                    f"PA-{role}-{n}",
                    sexes[n % 3].value,
                    f"{1950 + n % 60}-05-17",
                    GROUPS[n % 7 % 3].value,
                    actor,
                )
                for n in numbers
            ),
        )
    for role, relation in (("a", Relationship.HEAD), ("b", Relationship.SPOUSE_OR_PARTNER)):
        yield "member", ((_key(f"m{role}", n), _key("h", n), _key(role, n), relation.value) for n in numbers)
    yield "participation", ((_key("p", n), _key("a", n)) for n in numbers)
    yield "step", ((_key("p", n), actor) for n in numbers)
    yield "transfer", ((_key("t", n), programme, f"TE-{n}", _key("h", n), actor) for n in numbers[::3])


def _key(kind: str, number: int) -> str:
    """A key of 32 digits, another for every kind."""
    return f"{kind.encode().hex():0>8}{number:024x}"
