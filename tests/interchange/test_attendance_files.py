"""Marks come back from the signed register as a file: every row accounted for, each by itself."""

import json

import pytest

from seedfund.interchange.corrections import corrections_of
from seedfund.interchange.kinds import find_kind
from seedfund.interchange.proposing import proposed_mapping
from seedfund.interchange.reader import shown_row
from seedfund.interchange.reader.rows import SPREAD
from seedfund.interchange.rules import Layout
from seedfund.interchange.rules.mappings import read_mapping
from seedfund.interchange.service import ImportResult, import_files
from seedfund.kernel.errors import InvalidInput
from seedfund.training.queries.rates import all_rates
from seedfund.training.rules.attendance import Attendance, NoRate
from tests.interchange.files import codes, request, taken
from tests.support.programme import House
from tests.training.courses import cohort, course, enrolled, later, session, trainee

HEAD = "sesion;persona;marca;minutos_perdidos;recuperacion\n"


def prepared(house: House) -> tuple[str, str, str]:
    """A session of today with two people enrolled."""
    course(house)
    number, rosa, ana = cohort(house), trainee(house), trainee(house, "Ana Ejemplo")
    enrolled(house, number, rosa)
    enrolled(house, number, ana)
    return session(house, number), rosa, ana


def rates(house: House) -> list[Attendance | NoRate]:
    with house.work("auditor") as work:
        return [one.attendance for one in all_rates(work.reader(), work.programme.id, work.today())]


def test_a_register_is_taken_in_once_however_often_it_is_handed_in(house: House) -> None:
    held, rosa, ana = prepared(house)
    file = HEAD + f"{held};{rosa};presente;;\n{held};{ana};falta;;\n"

    first, second = (taken(house, "attendance", {"attendance": file}) for _ in range(2))

    assert (codes(first), codes(second)) == ([], [])
    assert rates(house) == [Attendance(1, 1), Attendance(0, 1)]


def test_a_row_that_cannot_be_is_named_and_the_sound_ones_are_taken(house: House) -> None:
    held, rosa, ana = prepared(house)
    file = HEAD + f"{held};{rosa};presente;;\n{held};{ana};atraso;500;\n"

    result = taken(house, "attendance", {"attendance": file})

    assert ("attendance", 3, "missed", "late_without_time") in codes(result)
    assert (result.read, result.accepted, result.refused) == (2, 1, 1)
    assert rates(house)[0] == Attendance(1, 1)


def test_another_mark_for_a_person_already_marked_is_refused_at_its_row(house: House) -> None:
    held, rosa, _ = prepared(house)
    taken(house, "attendance", {"attendance": HEAD + f"{held};{rosa};presente;;\n"})

    result = taken(house, "attendance", {"attendance": HEAD + f"{held};{rosa};falta;;\n"})

    assert codes(result) != []
    assert rates(house)[0] == Attendance(1, 1)


def test_a_dry_run_tells_what_would_be_taken_and_takes_nothing(house: House) -> None:
    held, rosa, _ = prepared(house)
    with house.work("field") as work:
        file = {"attendance": HEAD + f"{held};{rosa};presente;;\n"}
        assert codes(import_files(work, request("attendance", file, is_dry_run=True))) == []

    assert rates(house)[0] is NoRate.NO_SESSIONS_YET


KIND = find_kind("attendance")
ACROSS = "N.º;Persona;Nombre;1 · 5 de enero;2 · 6 de enero\n"


def two_sessions(house: House) -> tuple[str, str, str, str]:
    course(house)
    number, rosa, ana = cohort(house), trainee(house), trainee(house, "Ana Ejemplo")
    enrolled(house, number, rosa)
    enrolled(house, number, ana)
    held = session(house, number), session(house, number, later(house, 1))
    return *held, rosa, ana


def mapping(first: str, second: str) -> str:
    return json.dumps(
        {
            "parts": {
                "attendance": {
                    "columns": {"Persona": "participant"},
                    "left_out": ["N.º", "Nombre"],
                    "values": {"mark": {"P": "present", "F": "absent"}},
                    "spread": {"1 · 5 de enero": first, "2 · 6 de enero": second},
                }
            }
        }
    )


def brought(house: House, content: bytes | str, told: str) -> ImportResult:
    file = content.encode() if isinstance(content, str) else content
    layouts = read_mapping(told, KIND.parts)
    with house.work("field") as work:
        return import_files(work, request("attendance", {"attendance": file}, layouts=layouts))


def test_a_register_with_sessions_across_is_a_row_for_each_filled_cell(house: House) -> None:
    first, second, rosa, ana = two_sessions(house)
    told = mapping(first, second)
    register = ACROSS + f"1;{rosa};Rosa;P;F\n2;{ana};Ana;P;\n"

    once, twice = brought(house, register, told), brought(house, register, told)
    more = brought(house, register.replace("Ana;P;", "Ana;P;P"), told)

    assert (codes(once), once.read, once.accepted) == ([], 3, 3)
    assert (twice.accepted, twice.unchanged) == (0, 3)
    assert (more.read, more.accepted, more.unchanged) == (4, 1, 3)
    assert rates(house) == [Attendance(1, 2), Attendance(2, 2)]


def test_what_is_wrong_in_a_register_is_named_by_its_cell_and_corrected_there(house: House) -> None:
    first, second, rosa, ana = two_sessions(house)
    told = mapping(first, second)

    odd = brought(house, ACROSS + f"1;{rosa};Rosa;P;-\n2;{ana};Ana;quizás;P\n3;{ana};Ana;;P\n", told)

    found = [(one.cell, one.line, one.column, one.refusal.code) for one in odd.refusals]
    assert ("E2", 2, "mark", "word_unknown") in found
    assert ("D3", 3, "mark", "word_unknown") in found
    assert ("E4", 4, None, "row_twice") in found
    assert {one.refusal.facts.get("first") for one in odd.refusals} >= {"E3"}
    assert (odd.read, odd.accepted, odd.refused) == (5, 1, 4)

    handed_back = corrections_of(odd.sheets, odd.refusals, language="es")
    again = brought(house, handed_back, told)

    assert (again.read, again.unchanged, again.refused) == (5, 1, 4)


def test_a_line_with_too_many_cells_is_refused_whole(house: House) -> None:
    first, second, rosa, _ = two_sessions(house)

    odd = brought(house, ACROSS + f"1;{rosa};Rosa;P;F;x\n", mapping(first, second))

    assert codes(odd) == [("attendance", 2, None, "row_ragged")]
    assert (odd.read, odd.accepted) == (1, 0)


def test_sessions_across_are_proposed_and_need_the_number_of_their_cohort() -> None:
    file = "Persona;1 · 5 de enero;Sesión 2;S3 (12/01);Firma\n".encode()

    proposed = proposed_mapping(KIND, {"attendance": file}, layout=Layout())

    assert proposed["parts"]["attendance"] == {
        "columns": {"Persona": "participant"},
        "left_out": ["Firma"],
        "spread": {"1 · 5 de enero": "COHORT/1", "Sesión 2": "COHORT/2", "S3 (12/01)": "COHORT/3"},
    }


def test_only_what_is_kept_across_may_be_spread() -> None:
    told = json.dumps({"parts": {"team": {"spread": {"1": "x"}}}})

    with pytest.raises(InvalidInput, match="team is not spread over columns"):
        read_mapping(told, find_kind("team").parts)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (7, "7"),
        (1_048_576, "1048576"),
        (SPREAD + 2, "A2"),
        (27 * SPREAD + 12, "AA12"),
        (703 * SPREAD + 1_048_576, "AAA1048576"),
    ],
)
def test_a_cell_is_called_as_a_spreadsheet_calls_it(number: int, shown: str) -> None:
    assert shown_row(number) == shown
