"""Training at the desk, in the week and on the exceptions page, on both databases."""

from datetime import timedelta

import pytest

from seedfund.kernel.errors import NotAllowed
from seedfund.reports.make.work import exceptions, week
from seedfund.reports.queries.desk import Thing, list_rows, show
from seedfund.reports.value import Rate, Word
from seedfund.training.queries.anomalies import overlaps, same_registers
from seedfund.training.rules.words import Mark
from seedfund.training.service import (
    Enrol,
    IssueCertificate,
    WaiveThreshold,
    enrol,
    issue_certificate,
    waive_threshold,
)
from tests.support.programme import House
from tests.training.courses import (
    TODAY,
    cohort,
    course,
    done,
    enrolled,
    key,
    later,
    mark,
    registered,
    session,
    trainee,
)


def shown(house: House, number: str, actor: str = "manager") -> Thing:
    with house.work(actor) as work:
        return show(work, number)


def rows(house: House, noun: str) -> list[dict[str, object]]:
    with house.work("manager") as work:
        return [dict(row) for row in list_rows(work, noun)]


def certified(house: House) -> tuple[str, str, str]:
    """The numbers of a cohort, an enrolment certified by waiver, and its first session."""
    course(house)
    number, rosa = cohort(house), trainee(house)
    own, first = enrolled(house, number, rosa), session(house, number)
    registered(house, first, mark(rosa, Mark.LATE, missed=20))
    registered(house, session(house, number), mark(rosa, Mark.ABSENT))
    done(
        house,
        waive_threshold,
        WaiveThreshold(key=key(), enrolment=own, reason="cuidado de su hija"),
        "manager",
    )
    done(house, issue_certificate, IssueCertificate(key=key(), enrolment=own))
    return number, own, first


def test_lists_and_pages_tell_what_was_attended(house: House) -> None:
    number, own, first = certified(house)

    (row,) = rows(house, "enrolments")
    (certificate,) = rows(house, "certificates")
    assert (row["number"], row["attendance"], row["certificate"]) == (own, Rate(1, 2), "CF-2026-0001")
    assert (certificate["waived"], certificate["threshold"]) == (True, "80 %")
    assert [row["marked"] for row in rows(house, "sessions")] == [1, 1]
    assert [len(rows(house, noun)) for noun in ("providers", "courses", "cohorts")] == [1, 1, 1]
    assert shown(house, number).fields["capacity"] == 25
    (line,) = shown(house, first).parts["register"]
    assert (line["mark"], line["minutes_missed"]) == (Word("late"), 20)
    page = shown(house, own)
    assert (page.fields["waived_by"], page.fields["waived_because"]) == ("manager", "cuidado de su hija")
    assert [row["mark"] for row in page.parts["sessions"]] == [Word("late"), Word("absent")]


def test_a_hidden_person_stands_in_no_list_and_has_no_page(house: House) -> None:
    course(house)
    hidden = trainee(house, actor="protection", restricted=True)
    number = cohort(house)
    found = registered(house, session(house, number), mark(hidden))

    assert dict(found.irregular)
    assert rows(house, "enrolments") == []
    (line,) = shown(house, f"{number}/1").parts["register"]
    assert line["participant"] is None
    with house.work("coach") as work:
        assert all("Rosa" not in str(row) for row in week(work).rows)


def test_the_week_asks_for_registers_that_were_not_taken_and_for_decisions(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    session(house, number)
    registered(house, session(house, number), mark(rosa))
    later(house, 1)
    with house.work("coach") as work:
        told = [tuple(map(str, row)) for row in week(work).rows]

    assert any(f"{number}/1" in row for row in told)
    assert any(f"{number}/2" in row for row in told)


def test_registers_that_do_not_fit_are_flagged(house: House) -> None:
    course(house)
    number, other = cohort(house), cohort(house)
    people = [trainee(house, name) for name in ("Ana Ejemplo", "Luz Ejemplo", "Sol Ejemplo")]
    for one in people:
        enrolled(house, number, one)
    enrolled(house, other, people[0])
    marks = [mark(people[0]), mark(people[1], Mark.ABSENT), mark(people[2])]
    for day in (0, 1):
        held = session(house, number, TODAY + timedelta(days=day))
        registered(house, held, *marks)
        later(house, 1)
    registered(house, session(house, other, TODAY), mark(people[0]))
    with house.work("coach") as work:
        both = overlaps(work.reader(), work.programme.id)
        same = same_registers(work.reader(), work.programme.id)
        page = exceptions(work)

    assert [{one.first, one.second} for one in both] == [{f"{number}/1", f"{other}/1"}]
    assert [(one.first, one.second, one.people) for one in same] == [(f"{number}/1", f"{number}/2", 3)]
    assert sum("Registers" in str(part.title) and len(part.rows) == 2 for part in page.sections) == 1


def test_the_page_of_a_restricted_person_s_enrolment_is_for_named_roles(house: House) -> None:
    course(house)
    hidden = trainee(house, actor="protection", restricted=True)
    number = cohort(house)
    command = Enrol(key=key(), cohort=number, participant=hidden)
    own = str(done(house, enrol, command, "protection").enrolment)

    with pytest.raises(NotAllowed):
        shown(house, own, "coach")
    assert shown(house, own, "protection").number == own
