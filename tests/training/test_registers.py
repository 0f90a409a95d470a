"""Registers on both databases: facts are taken in, irregular ones count nowhere, corrections keep what was."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import NotAllowed, NotFound, Refused
from seedfund.training.queries.courses import session_by_number
from seedfund.training.queries.enrolments import enrolment_by_number
from seedfund.training.queries.marks import history_of, irregular_marks, marks_of
from seedfund.training.queries.rates import RATES, RATES_OF_PEOPLE, all_rates, rates_of, rates_of_people
from seedfund.training.rules.attendance import Attendance, NoRate, SessionSeen, attendance, totals_of
from seedfund.training.rules.words import CourseUnit, Excused, Mark, MarkDecision, SessionKind, WhyIrregular
from seedfund.training.service import (
    CancelSession,
    CorrectMark,
    DecideMark,
    EndCohort,
    cancel_session,
    correct_mark,
    decide_mark,
    end_cohort,
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
    left,
    mark,
    registered,
    session,
    trainee,
)


def rate(house: House, enrolment: str) -> Attendance | NoRate:
    with house.work("coach") as work:
        reader = work.reader()
        found = enrolment_by_number(reader, work.programme.id, enrolment)
        return rates_of(reader, [found.id], work.today())[found.id].attendance


def counts(house: House, enrolment: str) -> tuple[int, int]:
    found = rate(house, enrolment)
    assert isinstance(found, Attendance)
    return found.attended, found.possible


def codes(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return refused.value.codes


def test_attendance_is_counted_over_the_sessions_held_while_somebody_was_enrolled(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    own = enrolled(house, number, rosa)
    assert rate(house, own) is NoRate.NO_SESSIONS_YET
    first, second, third = (session(house, number, TODAY + timedelta(days=day)) for day in (0, 1, 2))
    registered(house, first, mark(rosa))
    later(house, 1)
    registered(house, second, mark(rosa, Mark.ABSENT))

    assert counts(house, own) == (1, 2)
    assert third


def test_a_register_is_never_taken_before_its_session(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    enrolled(house, number, rosa)
    tomorrow = session(house, number, TODAY + timedelta(days=1))

    with pytest.raises(Refused) as caught:
        registered(house, tomorrow, mark(rosa))

    assert codes(caught) == ("attendance_before_session",)


def test_a_walk_in_is_taken_in_counts_nowhere_and_waits_for_a_decision(house: House) -> None:
    course(house)
    number, rosa, walk_in = cohort(house), trainee(house), trainee(house, "Luz Ejemplo")
    own = enrolled(house, number, rosa)
    found = registered(house, session(house, number), mark(rosa), mark(walk_in))

    assert dict(found.irregular) == {walk_in: WhyIrregular.NOT_ENROLLED}
    assert counts(house, own) == (1, 1)
    with house.work("coach") as work:
        assert [one.participant for one in irregular_marks(work.reader(), work.programme.id)] == [walk_in]


def test_who_left_counts_until_the_day_they_left(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    own = enrolled(house, number, rosa)
    registered(house, session(house, number), mark(rosa))
    day = later(house, 1)
    left(house, own)
    later(house, 1)
    found = registered(house, session(house, number, day + timedelta(days=1)), mark(rosa))

    assert dict(found.irregular) == {rosa: WhyIrregular.AFTER_WITHDRAWAL}
    assert counts(house, own) == (1, 1)


def test_an_irregular_mark_is_decided_by_another_hand_and_counts_only_if_the_person_was_enrolled(
    house: House,
) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    first = session(house, number)
    registered(house, first, mark(rosa))

    def deciding(what: MarkDecision, actor: str) -> object:
        command = DecideMark(key=key(), session=first, participant=rosa, decision=what, reason="hoja firmada")
        return done(house, decide_mark, command, actor)

    with pytest.raises(Refused) as own:
        deciding(MarkDecision.VISITOR, "coach")
    with pytest.raises(Refused) as not_enrolled:
        deciding(MarkDecision.ENROLLED_SINCE, "field")
    enrolment = enrolled(house, number, rosa)
    deciding(MarkDecision.ENROLLED_SINCE, "field")

    assert codes(own) == ("own_mark_decided",)
    assert codes(not_enrolled) == ("still_not_enrolled",)
    assert counts(house, enrolment) == (1, 1)
    with house.work("coach") as work:
        assert irregular_marks(work.reader(), work.programme.id) == []


def test_a_correction_keeps_the_old_mark_with_who_and_why(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    own, first = enrolled(house, number, rosa), session(house, number)
    registered(house, first, mark(rosa, Mark.ABSENT))
    done(
        house,
        correct_mark,
        CorrectMark(key=key(), session=first, mark=mark(rosa), reason="firmó tarde"),
        "field",
    )

    assert counts(house, own) == (1, 1)
    with house.work("coach") as work:
        reader = work.reader()
        held = session_by_number(reader, work.programme.id, first)
        (now,) = marks_of(reader, [held.id])[held.id].values()
        (before,) = history_of(reader, held.id, now.participant_id)
    assert (now.mark, now.version, before.mark, before.reason) == (
        Mark.PRESENT,
        2,
        Mark.ABSENT,
        "firmó tarde",
    )
    assert before.changed_by != before.marked_by


def test_a_mark_cannot_be_written_over_past_its_history(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    enrolled(house, number, rosa)
    registered(house, session(house, number), mark(rosa, Mark.ABSENT))

    with pytest.raises(Exception, match="what a mark was is kept"), house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE sf_attendance_mark SET mark = 'present'"))


def test_a_make_up_is_linked_and_counts_once(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    own = enrolled(house, number, rosa)
    first, second = session(house, number), session(house, number)
    extra = session(house, number, kind=SessionKind.MAKE_UP)
    registered(house, first, mark(rosa, Mark.ABSENT))
    registered(house, second, mark(rosa, Mark.ABSENT))
    registered(house, extra, mark(rosa))

    def making_up(which: str) -> None:
        made_up = mark(rosa, Mark.MADE_UP, make_up=extra)
        done(house, correct_mark, CorrectMark(key=key(), session=which, mark=made_up, reason="recuperó"))

    making_up(first)
    with pytest.raises(Refused) as again:
        making_up(second)

    assert codes(again) == ("make_up_used",)
    assert counts(house, own) == (1, 2)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"what": Mark.LATE}, "late_without_time"),
        ({"what": Mark.LATE, "missed": 120}, "late_without_time"),
        ({"what": Mark.PRESENT, "missed": 5}, "minutes_not_expected"),
        ({"what": Mark.MADE_UP}, "make_up_missing"),
        ({"what": Mark.PRESENT, "make_up": "{first}"}, "make_up_not_expected"),
        ({"what": Mark.MADE_UP, "make_up": "{first}"}, "make_up_unfit"),
    ],
)
def test_a_line_that_says_nothing_that_can_be_kept_is_refused(
    house: House, asked: dict[str, object], code: str
) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    enrolled(house, number, rosa)
    first = session(house, number)
    fields = {
        name: value.format(first=first) if isinstance(value, str) else value for name, value in asked.items()
    }
    fields["what"] = asked["what"]

    with pytest.raises(Refused) as caught:
        registered(house, first, mark(rosa, **fields))  # type: ignore[arg-type] # each row fits the call

    assert code in codes(caught)


def test_one_person_has_one_mark_a_session(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    enrolled(house, number, rosa)
    first = session(house, number)
    with pytest.raises(Refused) as twice:
        registered(house, first, mark(rosa), mark(rosa, Mark.ABSENT))
    registered(house, first, mark(rosa))
    with pytest.raises(Refused) as again:
        registered(house, first, mark(rosa, Mark.ABSENT))

    assert (codes(twice), codes(again)) == (("marked_twice",), ("marked_already",))


def test_a_full_cohort_and_a_second_enrolment_are_refused(house: House) -> None:
    course(house)
    number, rosa, luz = cohort(house, capacity=1), trainee(house), trainee(house, "Luz Ejemplo")
    enrolled(house, number, rosa)

    with pytest.raises(Refused) as full:
        enrolled(house, number, luz)
    with pytest.raises(Refused) as twice:
        enrolled(house, number, rosa)

    assert (codes(full), codes(twice)) == (("cohort_full",), ("enrolled_already",))


def test_a_restricted_person_is_enrolled_by_named_roles_only(house: House) -> None:
    course(house)
    hidden = trainee(house, actor="protection", restricted=True)
    number = cohort(house)

    with pytest.raises(NotAllowed):
        enrolled(house, number, hidden)


def test_a_cancelled_session_counts_for_nobody_and_a_held_one_is_not_cancelled(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    own = enrolled(house, number, rosa)
    first, second = session(house, number), session(house, number)
    registered(house, first, mark(rosa))
    done(house, cancel_session, CancelSession(key=key(), session=second, reason="lluvia"))
    with pytest.raises(Refused) as caught:
        done(house, cancel_session, CancelSession(key=key(), session=first, reason="lluvia"))

    assert codes(caught) == ("no_such_step",)
    assert counts(house, own) == (1, 1)


def test_a_cohort_ends_when_every_session_was_held_or_cancelled(house: House) -> None:
    course(house)
    number, rosa = cohort(house), trainee(house)
    own, first = enrolled(house, number, rosa), session(house, number)
    with pytest.raises(Refused) as early:
        done(house, end_cohort, EndCohort(key=key(), cohort=number))
    registered(house, first, mark(rosa))
    done(house, end_cohort, EndCohort(key=key(), cohort=number))

    assert codes(early) == ("cohort_sessions_wait",)
    with house.work("coach") as work:
        assert enrolment_by_number(work.reader(), work.programme.id, own).state == "completed"


def test_an_unknown_session_is_not_found(house: House) -> None:
    for wrong in ("CH-2026-0001/1", "CH-2026-0001", "nada"):
        with pytest.raises(NotFound):
            registered(house, wrong)


# The statement and the rule ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", list(CourseUnit))
@pytest.mark.parametrize("excused", list(Excused))
def test_the_one_pass_of_sums_comes_to_what_the_rule_comes_to(
    house: House, unit: CourseUnit, excused: Excused
) -> None:
    most = 1 if unit is CourseUnit.SESSIONS else 90
    course(house, unit=unit, excused=excused, excused_most=most if excused is Excused.COUNTED else 0)
    number, rosa, luz = cohort(house), trainee(house), trainee(house, "Luz Ejemplo")
    enrolled(house, number, rosa)
    enrolled(house, number, luz)
    marks = (Mark.PRESENT, Mark.LATE, Mark.ABSENT, Mark.EXCUSED, Mark.EXCUSED)
    lengths = (120, 90, 60, 120, 60)
    for what, minutes in zip(marks, lengths, strict=True):
        missed = 25 if what is Mark.LATE else 0
        registered(house, session(house, number, minutes=minutes), mark(rosa, what, missed=missed))
    seen = [
        SessionSeen(minutes, what, 25 if what is Mark.LATE else 0)
        for what, minutes in zip(marks, lengths, strict=True)
    ]
    with house.work("coach") as work:
        first, second = all_rates(work.reader(), work.programme.id, work.today())
        by_person = rates_of_people(work.reader(), [first.participant_id], work.today())

    assert first.totals == totals_of(seen, unit)
    assert first.attendance == attendance(totals_of(seen, unit), first.rule)
    assert second.totals == totals_of([SessionSeen(minutes) for minutes in lengths], unit)
    assert by_person == {first.participant_id: [first]}


def test_marks_are_looked_up_by_their_key_and_never_scanned(house: House) -> None:
    """Reading all marks of a programme for the rate of one person would take as long as the rates of everybody."""
    if house.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by what it counted of the tables")
    course(house)
    with house.work("coach") as work:
        reader = work.reader()
        one = reader.text(RATES_OF_PEOPLE, ids=["0" * 32], on=TODAY)
        every = reader.text(RATES, programme=work.programme.id, on=TODAY)
        plans = [
            [line for *_, line in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
            for sql, values in (one, every)
        ]

    for plan in plans:
        assert not [line for line in plan if line.startswith("SCAN")]
        assert any(
            "sf_attendance_mark" in line and "session_id=? AND participant_id=?" in line for line in plan
        ) or any("ix_sf_attendance_mark_person" in line for line in plan)
    assert any("ix_sf_enrolment_participant_id" in line for line in plans[0])
