"""Chapters of a household's page about how it gets on: goals, readiness, graduation, and its businesses."""

from typing import Final

from seedfund.accompaniment.queries.households import accompanied
from seedfund.accompaniment.queries.monitoring import business_states
from seedfund.reports.books.columns import code, day, text
from seedfund.reports.folio.home import Home
from seedfund.reports.folio.parts import Found
from seedfund.reports.queries.words import word
from seedfund.reports.value import Cell, Column, Row

PROGRESS: Final[tuple[Column, ...]] = (
    code("number", "Number", width=15),
    text("what", "What", width=30),
    day("on", "Due on"),
    text("state", "State", width=16),
)
BUSINESS: Final[tuple[Column, ...]] = (
    code("plan", "Number", width=13),
    day("paid", "First paid"),
    day("looked", "Last look"),
    text("operating", "Operating", width=12),
    text("three", "After 3 months", width=14),
    text("six", "After 6 months", width=14),
    text("twelve", "After 12 months", width=14),
)


def progress(home: Home) -> Found:
    """The newest plan's goals, the last assessment's readiness, the graduation; nothing of a hidden head's."""
    known = accompanied(home.scope.reader, [home.facts.id])[home.facts.id]
    seen = set(home.people)
    rows: list[Row] = []
    if known.plan is not None and known.plan.participant_id in seen:
        rows += [
            (f"{known.plan.number}/{one.position}", word(one.dimension), one.due_on, word(one.state))
            for one in known.goals
        ]
    one = known.assessment
    if one is not None and one.participant_id in seen:
        ready: Cell = word("not complete") if one.basis_points is None else f"{one.basis_points / 100:.1f} %"
        rows.append((one.number, word("readiness"), one.taken_on, ready))
    if known.graduation is not None and known.graduation.participant_id in seen:
        last = known.graduation.decided_on or known.graduation.proposed_on
        rows.append((known.graduation.number, word("graduation"), last, word(known.graduation.state)))
    return Found(columns=PROGRESS, rows=rows)


def businesses(home: Home) -> Found:
    """The household's businesses that were paid: the last look at each, and what is known at 3, 6 and 12 months."""
    people = set(home.people)
    rows: list[Row] = [
        (
            *(one.plan, one.first_paid, None if one.last is None else one.last.visited_on),
            None if one.last is None else word("yes" if one.last.is_operating else "no"),
            *(word(one.survival[months].value) for months in (3, 6, 12)),
        )
        for one in business_states(home.scope.work, home.scope.as_of)
        if one.participant_id in people
    ]
    return Found(columns=BUSINESS, rows=rows)
