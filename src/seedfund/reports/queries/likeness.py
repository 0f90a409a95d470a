"""People who may be registered twice: how many pairs wait, what was decided, support under two numbers of one person.

A pair with a restricted person is there for named roles only. Reads only.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from seedfund.grants.queries.grants import GrantRow, list_grants
from seedfund.grants.rules.words import OwnerKind
from seedfund.kernel.dates import local_date
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.people.queries.likely import LikelyFacts, LikelyStep, likely_steps, list_likely_duplicates
from seedfund.people.queries.merged import leading_people
from seedfund.people.rules import LikelyDecision
from seedfund.reports.books.exceptions import ExceptionEntry, Irregularity
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.parties import handles
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word

TO_LOOK_AT: Final = "look at likely duplicates, of which there are"
DECIDED: Final = "likely_duplicate"
TWICE: Final = "support under two numbers"
TOLD: Final = (TO_LOOK_AT, DECIDED, TWICE)
_OF_PEOPLE: Final = (OwnerKind.PERSON.value, OwnerKind.HOUSEHOLD.value)


def likely_due(scope: Scope) -> Iterator[DueItem]:
    """One line for all pairs that wait, with the likeliest of them, since the day of the oldest."""
    work = scope.work
    pairs = list_likely_duplicates(work)
    if pairs:
        oldest = min(pair.proposed_at for pair in pairs)
        yield DueItem(
            due=Due.DUPLICATE_TO_DECIDE,
            due_on=local_date(oldest, work.programme.zone),
            number=pairs[0].numbers[0],
            participant=" · ".join(pairs[0].numbers),
            what=Word(TO_LOOK_AT, str(len(pairs))),
            who=word(Role.PROGRAMME_MANAGER.value),
        )


def likely_exceptions(scope: Scope) -> Iterator[ExceptionEntry]:
    """What was decided about pairs, and what one person was awarded twice under two numbers."""
    pairs = list_likely_duplicates(scope.work, only_waiting=False)
    steps = likely_steps(scope.reader, [pair.id for pair in pairs])
    known = {
        pair.id: [step for step in steps[pair.id] if step.decided_at <= scope.known_at] for pair in pairs
    }
    names = handles(scope.reader, scope.work.programme.id)
    for pair in pairs:
        for step in known[pair.id]:
            if step.decision != LikelyDecision.PUT_OFF:
                yield _decided(scope, pair, step, names)
    merged = [
        (pair, known[pair.id][-1])
        for pair in pairs
        if known[pair.id] and known[pair.id][-1].decision == LikelyDecision.SAME_PERSON
    ]
    yield from _twice(scope, merged, names)


def _decided(scope: Scope, pair: LikelyFacts, step: LikelyStep, names: Mapping[Key, str]) -> ExceptionEntry:
    return ExceptionEntry(
        kind=Irregularity.DUPLICATE,
        on=local_date(step.decided_at, scope.work.programme.zone),
        number=" ".join(pair.numbers),
        what=word(DECIDED),
        reason=word(step.decision),
        decided_by=names[step.decided_by],
        recorded_by=names[pair.proposed_by],
        state=word("decided"),
    )


def _twice(
    scope: Scope, merged: list[tuple[LikelyFacts, LikelyStep]], names: Mapping[Key, str]
) -> Iterator[ExceptionEntry]:
    """Grants of one benefit under two numbers of one person, the later one named, the earlier one beside it."""
    steps = {key: (pair, step) for pair, step in merged for key in pair.people}
    leading = leading_people(scope.reader, list(steps))
    held: dict[tuple[Key, str], list[GrantRow]] = defaultdict(list)
    for grant in list_grants(scope.reader, scope.work.programme.id) if steps else ():
        person = grant.participant_id
        if person in steps and grant.owner_kind in _OF_PEOPLE and grant.state != "declined":
            held[leading.get(person, person), grant.benefit].append(grant)
    for grants in held.values():
        first, *others = sorted(grants, key=lambda grant: (grant.awarded_on, grant.number))
        for grant in others:
            if grant.participant_id == first.participant_id:
                continue
            _, step = steps[grant.participant_id]
            yield ExceptionEntry(
                kind=Irregularity.DUPLICATE,
                on=local_date(step.decided_at, scope.work.programme.zone),
                number=f"{grant.number} {first.number}",
                what=word(TWICE),
                reason=word(LikelyDecision.SAME_PERSON),
                decided_by=names[step.decided_by],
                recorded_by=names[grant.awarded_by],
                state=word(grant.state),
                amount=grant.awarded,
            )
