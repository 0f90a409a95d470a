"""What selections ask of a team this week: a free place to give, a sample to draw, a door to knock at.

Who heads a restricted household is told to named roles only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from seedfund.accompaniment.queries.samples import samples_of
from seedfund.accompaniment.queries.selections import (
    EntryRow,
    SelectionRow,
    entries_of,
    entry_steps,
    list_selections,
)
from seedfund.accompaniment.queries.showing import shown_households
from seedfund.accompaniment.rules.selection import free_places, next_waiting
from seedfund.kernel.roles import Role
from seedfund.people.queries import household_facts, names_of
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word

PROMOTE: Final = "give the free place to the next of the waiting list"
DRAW: Final = "draw the verification sample"
VERIFY: Final = "verify a household of the sample"
TOLD: Final = (PROMOTE, DRAW, VERIFY)
"""Everything the week says about selections."""
VERIFY_DAYS: Final = 14
"""Within how many days of its drawing a sample is verified: before anything is promised to those selected."""


@dataclass(frozen=True, slots=True)
class _Follow:
    number: str
    on: date
    what: str
    who: Role
    entry: EntryRow | None = None


def selection_due(scope: Scope, horizon: timedelta) -> Iterator[DueItem]:
    """Everything of selections that is due up to the horizon."""
    until = scope.as_of + horizon
    found = [one for one in _all(scope) if one.on <= until]
    homes = [one.entry.household_id for one in found if one.entry is not None]
    shown = shown_households(scope.work, homes) if homes else frozenset()
    facts = household_facts(scope.reader, list(shown))
    heads = {key: one.head.id for key, one in facts.items() if one.head is not None}
    names = names_of(scope.work, list(dict.fromkeys(heads.values())))
    for one in found:
        home = None if one.entry is None else one.entry.household_id
        if one.what == VERIFY and home not in shown:
            continue
        yield DueItem(
            due=Due.ACCOMPANIMENT_TO_FOLLOW,
            due_on=one.on,
            number=one.number,
            participant=names[heads[home]].printed.reveal() if home in heads else "",
            place=facts[home].household.locality if home in facts else "",
            what=word(one.what),
            who=word(one.who.value),
        )


def _all(scope: Scope) -> Iterator[_Follow]:
    rows = list_selections(scope.reader, scope.work.programme.id)
    ids = [row.id for row in rows]
    entries, samples = entries_of(scope.reader, ids), samples_of(scope.reader, ids)
    for row in rows:
        held = entries[row.id]
        sample = samples.get(row.id)
        if row.state == "open":
            yield from _promotion(scope, row, held)
        if sample is None and row.state == "open" and any(one.state == "selected" for one in held):
            yield _Follow(row.number, row.made_on, DRAW, Role.PROGRAMME_MANAGER)
        positions = {one.position: one for one in held}
        for one in () if sample is None else sample.households:
            if one.last is None and positions[one.entry].state == "selected" and sample is not None:
                due = sample.drawn_on + timedelta(days=VERIFY_DAYS)
                yield _Follow(row.number, due, VERIFY, Role.REVIEWER, positions[one.entry])


def _promotion(scope: Scope, row: SelectionRow, held: list[EntryRow]) -> Iterator[_Follow]:
    waiting = [one.waiting for one in held]
    turn = next_waiting(waiting)
    if turn is None or free_places(row.places, waiting) < 1:
        return
    steps = entry_steps(scope.reader, [row.id])[row.id]
    since = max((step.happened_on for step in steps if step.to_state == "left"), default=row.made_on)
    entry = next(one for one in held if one.position == turn.position)
    yield _Follow(row.number, since, PROMOTE, Role.COACH, entry)
