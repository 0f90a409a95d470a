"""Marks come back from the signed register as a file: every row accounted for, each by itself."""

from seedfund.interchange.service import import_files
from seedfund.training.queries.rates import all_rates
from seedfund.training.rules.attendance import Attendance, NoRate
from tests.interchange.files import codes, request, taken
from tests.support.programme import House
from tests.training.courses import cohort, course, enrolled, session, trainee

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
