"""A new row that looks like somebody who is registered is flagged, and taken all the same."""

import sys
from dataclasses import replace

import pytest

from seedfund.interchange.queries import imported_numbers
from seedfund.interchange.service import ImportResult, import_files, newcomers
from seedfund.kernel.messages import sentence
from seedfund.people.queries.likely import list_likely_duplicates, search_likely_duplicates
from seedfund.people.service import RestrictParticipant, restrict_participant
from tests.interchange.files import MEMBERS, codes, households, request, taken
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


def in_file(*members: str) -> dict[str, str]:
    homes = "hogar;pais;localidad;comunidad;fase\nF-1;EC;080150;Esmeraldas;A\nF-2;EC;080150;Esmeraldas;A\n"
    return {"households": homes, "members": "\n".join([MEMBERS.splitlines()[0], *members, ""])}


SARA = "F-1;S-1;jefatura;Sara Belén;Ficticia Ensayo;mujer;05/06/1991;refugiada;;pasaporte;CO;QX7041233"
SARA_AGAIN = (
    "F-2;S-2;jefatura;FICTICIA ENSAYO;Sara Velén;mujer;06/05/1991;refugiada;;pasaporte;CO;QX-7041-332"
)
HER_SON = "F-1;S-3;hija o hijo;Luis;Ficticia Ensayo;hombre;05/06/2012;refugiada;;pasaporte;CO;QX7041234"


def test_two_rows_of_one_file_that_look_alike_are_told_and_wait_for_a_decision(house: House) -> None:
    asked = request("households", in_file(SARA, HER_SON, SARA_AGAIN))
    with house.work("field") as work:
        tried = import_files(work, replace(asked, is_dry_run=True))
        assert list_likely_duplicates(work) == []
    with house.work("field") as work:
        done = import_files(work, asked)

    assert flags(tried) == flags(done) == [("members", 4, "row_looks_like_row")]
    told = done.flags[0].refusal
    assert told.facts["row"] == "2"
    assert "document one slip" in told.facts["reasons"]
    assert "número de documento con un error de escritura" in sentence(told, "es")
    assert (done.accepted, done.refused) == (5, 0)
    with house.work("manager") as work:
        (pair,) = list_likely_duplicates(work)
    assert set(pair.numbers) == {number_of(house, "S-1"), number_of(house, "S-2")}
    with house.work("field") as work:
        assert import_files(work, asked).flags == ()


def test_a_row_that_looks_like_somebody_registered_waits_for_a_decision_too(house: House) -> None:
    households(house)
    come(house)

    with house.work("manager") as work:
        (pair,) = list_likely_duplicates(work)
    assert set(pair.numbers) == {number_of(house, "M-001"), number_of(house, "NM-001")}


def test_rows_of_a_file_too_long_for_the_registered_are_still_compared_with_each_other(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newcomers, "NEWCOMERS_MOST", 1)
    with house.work("field") as work:
        tried = import_files(work, request("households", in_file(SARA, SARA_AGAIN), is_dry_run=True))

    assert flags(tried) == [("members", None, "rows_not_compared"), ("members", 3, "row_looks_like_row")]


def test_a_hidden_row_is_proposed_to_nobody_who_may_not_see_it(house: House) -> None:
    files = in_file(f"{SARA};", f"{SARA_AGAIN};sí")
    files["members"] = files["members"].replace("numero_de_documento", "numero_de_documento;reservada", 1)
    with house.work("field") as work:
        done = import_files(work, request("households", files))

    assert (done.accepted, codes(done)) == (4, [])
    with house.work("protection") as work:
        assert list_likely_duplicates(work) == []
        assert len(search_likely_duplicates(work).found) == 1
