"""A new row that looks like somebody who is registered is flagged, and taken all the same."""

import sys

import pytest

from seedfund.interchange.queries import imported_numbers
from seedfund.interchange.service import ImportResult, import_files, newcomers
from seedfund.people.service import RestrictParticipant, restrict_participant
from tests.interchange.files import MEMBERS, households, request, taken
from tests.interchange.test_merged_again import merged
from tests.support.programme import House

HOME = "hogar;pais;localidad;comunidad;fase\nN-001;EC;080150;Esmeraldas;A\n"
ANA = MEMBERS.splitlines()[0] + (
    "\nN-001;NM-001;jefatura;EJEMPLO FICTICIA;Ana Lusía;mujer;03/04/1990;refugiada;;ninguno;;\n"
)


def come(house: House, *, is_dry_run: bool = False) -> ImportResult:
    """A file in which Ana comes again, written in another way."""
    asked = request("households", {"households": HOME, "members": ANA}, is_dry_run=is_dry_run)
    with house.work("field") as work:
        return import_files(work, asked)


def flags(result: ImportResult) -> list[tuple[str, int | None, str]]:
    return [(one.part, one.row, one.refusal.code) for one in result.flags]


def number_of(house: House, key: str) -> str:
    with house.work("field") as work:
        return imported_numbers(work, "households", "members", [key])[key]


def test_a_row_that_looks_like_somebody_is_flagged_before_and_when_it_is_taken(house: House) -> None:
    households(house)

    tried, done = come(house, is_dry_run=True), come(house)

    assert flags(tried) == flags(done) == [("members", 2, "row_looks_like")]
    assert done.flags[0].refusal.facts["number"] == number_of(house, "M-001")
    assert (done.accepted, done.refused) == (2, 0)
    assert flags(come(house)) == []


def test_the_number_that_is_told_is_the_one_that_goes_on(house: House) -> None:
    numbers = merged(house)

    assert come(house).flags[0].refusal.facts["number"] == numbers["M-001"]


def test_whoever_may_not_see_a_person_is_not_told_that_a_row_looks_like_them(house: House) -> None:
    households(house)
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key="hide", participant=number_of(house, "M-001")))

    assert flags(come(house)) == []


def test_who_was_not_compared_is_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    households(house)
    monkeypatch.setattr(newcomers, "NEWCOMERS_MOST", 0)
    many = come(house, is_dry_run=True)
    monkeypatch.undo()
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
    without = come(house, is_dry_run=True)

    assert flags(many) == flags(without) == [("members", None, "rows_not_compared")]
    assert "1000" in many.flags[0].refusal.facts["reason"]
    assert "seedfund[match]" in without.flags[0].refusal.facts["reason"]


def test_other_kinds_are_not_looked_at(house: House) -> None:
    assert (
        taken(house, "donors", {"donors": "codigo;nombre\nACNUR;Ana Lucía Ejemplo\n"}, actor="finance").flags
        == ()
    )
