"""What of training waits for somebody this week, and what of it stands on the exceptions page."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from seedfund.kernel.dates import local_date
from seedfund.kernel.roles import Role
from seedfund.people.queries import names_of
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.parties import handles
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.training.queries.anomalies import overlaps, same_registers
from seedfund.training.queries.courses import list_sessions
from seedfund.training.queries.marks import irregular_marks, marks_of

TAKE: Final = "take the register"
DECIDE: Final = "decide whether the mark counts"


def training_due(scope: Scope) -> Iterator[DueItem]:
    """Registers not taken by their day, and irregular marks that wait for a decision; hidden people left out."""
    reader, programme = scope.reader, scope.work.programme
    sessions = {one.id: one for one in list_sessions(reader, programme.id)}
    for one in sessions.values():
        if one.state == "scheduled" and one.on_day <= scope.as_of:
            yield DueItem(
                due=Due.TRAINING_TO_FOLLOW,
                due_on=one.on_day,
                number=one.number,
                participant="",
                what=word(TAKE),
                who=word(Role.COACH.value),
            )
    waiting = irregular_marks(reader, programme.id)
    names = names_of(scope.work, [one.participant_id for one in waiting])
    for mark in waiting:
        if not names[mark.participant_id].is_hidden:
            yield DueItem(
                due=Due.TRAINING_TO_FOLLOW,
                due_on=local_date(mark.marked_at, programme.zone),
                number=sessions[mark.session_id].number,
                participant=names[mark.participant_id].printed.reveal(),
                what=word(DECIDE),
                who=word(Role.COACH.value),
            )


def training_exceptions(scope: Scope, since: date) -> Iterator[ExceptionEntry]:
    """Irregular marks with what was decided, people in two sessions at once, registers that are alike."""
    reader, programme = scope.reader, scope.work.programme
    actors = handles(reader, programme.id)
    sessions = {one.id: one for one in list_sessions(reader, programme.id)}
    for session, marks in marks_of(reader, list(sessions)).items():
        for one in marks.values():
            on = local_date(one.marked_at, programme.zone)
            if one.irregular is None or not since <= on <= scope.as_of:
                continue
            yield ExceptionEntry(
                kind=Irregularity.IRREGULAR_FACT,
                on=on,
                number=sessions[session].number,
                what=word("attendance"),
                reason=word(one.irregular.value),
                decided_by="",
                recorded_by=actors.get(one.marked_by, ""),
                state=word("open" if one.decision is None else one.decision.value),
            )
    for both in overlaps(reader, programme.id):
        if since <= both.on <= scope.as_of:
            yield _odd(both.on, both.first, both.second, "in two sessions at once")
    for same in same_registers(reader, programme.id):
        if since <= same.on <= scope.as_of:
            yield _odd(same.on, same.first, same.second, "registers that are alike")


def _odd(on: date, first: str, second: str, reason: str) -> ExceptionEntry:
    return ExceptionEntry(
        kind=Irregularity.REGISTER,
        on=on,
        number=first,
        what=second,
        reason=word(reason),
        decided_by="",
        recorded_by="",
        state=word("open"),
    )
