"""Verification samples in a database, and what of selections is never edited."""

import pytest
import sqlalchemy as sa

from seedfund.accompaniment.queries.samples import finding_notes, samples_of
from seedfund.accompaniment.queries.selections import (
    entries_of,
    selection_by_number,
)
from seedfund.accompaniment.rules.sampling import Difference, Finding, draw
from seedfund.accompaniment.service import (
    DrawVerificationSample,
    SampleDrawn,
    draw_verification_sample,
)
from seedfund.assurance.verify import Request, verify
from seedfund.kernel.errors import Refused
from seedfund.kernel.secret import Secret
from tests.accompaniment.selecting import (
    families,
    found,
    left,
    ruled,
    selected,
)
from tests.accompaniment.serving import NOTE, done
from tests.support.grants import key
from tests.support.programme import RING, House


def drawn(house: House, number: str, seed: str = "", by: str = "manager") -> SampleDrawn:
    command = DrawVerificationSample(key=key(), number=number, seed=seed)
    sample: SampleDrawn = done(house, draw_verification_sample, command, by)
    return sample


def refused_with(caught: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return tuple(caught.value.codes)


def test_a_sample_is_drawn_once_and_can_be_drawn_again_by_anybody(house: House) -> None:
    homes = families(house, *range(10000, 17000, 1000))
    ruled(house, places=7)
    number = selected(house).number
    left(house, number, homes[0])

    sample = drawn(house, number, "lotería 2026-01-05")

    assert (sample.drawn_from, sample.size, sample.seed) == (6, 5, "lotería 2026-01-05")
    with house.work("auditor") as work:
        row = selection_by_number(work.reader(), work.programme.id, number)
        names = {one.position: one.household for one in entries_of(work.reader(), [row.id])[row.id]}
        kept = samples_of(work.reader(), [row.id])[row.id]
    assert tuple(names[one.entry] for one in kept.households) == draw(sample.seed, homes[1:], 5)
    with pytest.raises(Refused) as caught:
        drawn(house, number, "otra")
    assert refused_with(caught) == ("sample_drawn_already",)


def test_what_is_found_at_a_door_is_sealed_and_counted(house: House) -> None:
    homes = families(house, 10000, 11000)
    ruled(house)
    number = selected(house).number
    with pytest.raises(Refused) as caught:
        found(house, number, homes[0], Finding.VERIFIED)
    assert refused_with(caught) == ("sample_not_in_it",)
    assert drawn(house, number).seed
    with pytest.raises(Refused) as caught:
        found(house, number, homes[0], Finding.DIFFERS, by="coach")
    assert refused_with(caught) == ("sample_own_screening", "sample_difference_missing")

    found(house, number, homes[0], Finding.VERIFIED)
    found(house, number, homes[1], Finding.DIFFERS, difference=Difference.MEMBERS, note=Secret(NOTE))

    with house.work("manager") as work:
        row = selection_by_number(work.reader(), work.programme.id, number)
        sample = samples_of(work.reader(), [row.id])[row.id]
        last = [one.last for one in sample.households if one.last is not None]
        notes = finding_notes(work, last)
    assert (sample.figures.drawn, sample.figures.looked_at, sample.figures.differing) == (2, 2, 5000)
    assert sorted("" if note is None else note.reveal() for note in notes) == ["", NOTE]
    with pytest.raises(Refused) as caught:
        found(house, number, homes[1], Finding.VERIFIED)
    assert refused_with(caught) == ("sample_reason_missing",)
    moved = found(house, number, homes[1], Finding.VERIFIED, reason="Volvimos con la familia completa")
    assert moved.version == 2
    with house.engine.connect() as connection:
        for table in sa.inspect(house.engine).get_table_names():
            for values in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert not any(NOTE in str(value) for value in values), table
    assert verify(house.engine, Request(keyring=RING)).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_selection_entry SET state = 'selected' WHERE state = 'waiting'",
        "UPDATE sf_selection SET state = 'closed'",
    ],
)
def test_a_state_changed_behind_the_programme_is_found(house: House, statement: str) -> None:
    families(house, 10000, 11000, 12000)
    ruled(house)
    selected(house)
    assert verify(house.engine, Request(keyring=RING)).is_sound

    with house.engine.begin() as connection:
        connection.exec_driver_sql(statement)

    assert not verify(house.engine, Request(keyring=RING)).is_sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_selection_rules SET content = '{}'",
        "UPDATE sf_household_screening SET score = 1",
        "UPDATE sf_selection SET content = '{}'",
        "UPDATE sf_selection SET places = 9",
        "UPDATE sf_selection_entry SET position = position + 100",
        "DELETE FROM sf_selection_entry",
        "UPDATE sf_selection_entry_step SET reason = 'x'",
        "UPDATE sf_verification_sample SET seed = 'x'",
        "DELETE FROM sf_sampled_household",
        "UPDATE sf_sample_finding SET finding = 'verified'",
        "DELETE FROM sf_selection_step",
    ],
)
def test_what_a_selection_said_is_never_edited(house: House, statement: str) -> None:
    homes = families(house, 10000)
    ruled(house)
    number = selected(house).number
    drawn(house, number)
    found(house, number, homes[0], Finding.DIFFERS, difference=Difference.INCOME)

    with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql(statement)
