"""Visits that are owed to households, as the week shows them; those of restricted people only for named roles."""

from collections.abc import Iterator
from datetime import timedelta

from seedfund.people.queries import household_facts, names_of, participant_facts
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.visits.queries import owed_visits


def visits_due(scope: Scope, horizon: timedelta) -> Iterator[DueItem]:
    """Each visit planned or missed and due up to the horizon, with its place and who visits."""
    owed = owed_visits(scope.work, scope.as_of + horizon)
    people = list(dict.fromkeys(visit.participant_id for visit in owed))
    names, facts = names_of(scope.work, people), participant_facts(scope.reader, people)
    homes = household_facts(
        scope.reader,
        list(dict.fromkeys(one.household_id for one in facts.values() if one.household_id is not None)),
    )
    for visit in owed:
        home = homes.get(facts[visit.participant_id].household_id or visit.participant_id)
        yield DueItem(
            due=Due.VISIT_DUE,
            due_on=visit.due_on,
            number=visit.number,
            participant=names[visit.participant_id].printed.reveal(),
            place="" if home is None else home.household.locality,
            what=word("hold the visit that was missed" if visit.state == "missed" else "hold the visit"),
            who=word(visit.role.value),
        )
