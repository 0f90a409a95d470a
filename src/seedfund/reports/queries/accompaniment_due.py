"""What accompaniment asks of a team this week: referrals, work, activities, schooling, businesses, goals, graduations.

Those of restricted people only for named roles: a place and a day would tell who it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from seedfund.accompaniment.queries.activities import list_activities
from seedfund.accompaniment.queries.employment import checks_of, list_interviews, list_placements
from seedfund.accompaniment.queries.households import follow_ups_due, goals_due, list_graduations
from seedfund.accompaniment.queries.monitoring import business_states, list_monitoring
from seedfund.accompaniment.queries.referrals import (
    ReferralRow,
    list_referrals,
    partner_consent,
    referral_steps,
)
from seedfund.accompaniment.rules.employment import Retention, due_on, retention_on
from seedfund.accompaniment.rules.monitoring import Survival
from seedfund.accompaniment.rules.referrals import LIVE, ReferralGround
from seedfund.accompaniment.service.referrals import ANSWER_DAYS
from seedfund.kernel.dates import add_months
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.people.queries import names_of, participant_facts
from seedfund.reports.books.week import Due, DueItem
from seedfund.reports.queries.scope import Scope
from seedfund.reports.queries.words import word
from seedfund.schooling.queries import list_schoolings, steps_of

ASK_ANSWER: Final = "ask the service for its answer"
ASK_SERVED: Final = "ask whether the person was served"
REVOKE: Final = "revoke the referral: the consent was withdrawn"
INTERVIEW: Final = "accompany the interview and record it"
ASK_JOB: Final = "ask whether the job was kept"
HOLD: Final = "hold the activity and record who came"
DECIDE: Final = "decide whether the schooling counts"
DECIDE_LOOK: Final = "decide whether the look at the business counts"
LOOK: Final = "look at the business and record what was found"
SEE_AGAIN: Final = "see the household that graduated and record how it stands"
DECIDE_GRADUATION: Final = "decide the graduation that was proposed"
END_GOAL: Final = "say how the goal ended, or talk about it"
TOLD: Final = (
    *(ASK_ANSWER, ASK_SERVED, REVOKE, INTERVIEW, ASK_JOB, HOLD, DECIDE, LOOK, SEE_AGAIN),
    *(DECIDE_GRADUATION, END_GOAL, DECIDE_LOOK),
)
"""Everything the week says about accompaniment."""


@dataclass(frozen=True, slots=True)
class _Follow:
    """Something to do by a day, about a person or, where there is none, about a place."""

    number: str
    on: date
    what: str
    person: Key | None = None
    place: str = ""
    who: Role = Role.COACH


def accompaniment_due(scope: Scope, horizon: timedelta) -> Iterator[DueItem]:
    """Everything of accompaniment that is due up to the horizon."""
    until = scope.as_of + horizon
    found = [
        one
        for one in (
            *_referrals(scope),
            *_interviews(scope),
            *_jobs(scope),
            *_activities(scope),
            *_schooling(scope),
            *_businesses(scope),
            *_looks(scope),
            *_graduations(scope, until),
            *_goals(scope, until),
        )
        if one.on <= until
    ]
    names = names_of(scope.work, list(dict.fromkeys(one.person for one in found if one.person is not None)))
    for one in found:
        yield DueItem(
            due=Due.ACCOMPANIMENT_TO_FOLLOW,
            due_on=one.on,
            number=one.number,
            participant="" if one.person is None else names[one.person].printed.reveal(),
            place=one.place,
            what=word(one.what),
            who=word(one.who.value),
        )


def _referrals(scope: Scope) -> Iterator[_Follow]:
    """Live referrals: those whose consent was withdrawn at once, others when an answer or the service is due."""
    live = [row for row in list_referrals(scope.work) if row.state in LIVE]
    gone = _withdrawn(scope, live)
    steps = referral_steps(scope.reader, [row.id for row in live])
    for row in live:
        if row.id in gone:
            yield _Follow(row.number, gone[row.id], REVOKE, row.participant_id)
        elif row.state == "offered":
            yield _Follow(row.number, row.answer_by, ASK_ANSWER, row.participant_id)
        else:
            since = steps[row.id][-1].happened_on
            yield _Follow(row.number, since + timedelta(days=ANSWER_DAYS), ASK_SERVED, row.participant_id)


def _withdrawn(scope: Scope, live: Sequence[ReferralRow]) -> dict[Key, date]:
    """Of referrals that rest on a consent which stands no more: the day of its withdrawal."""
    people = participant_facts(scope.reader, list(dict.fromkeys(row.participant_id for row in live)))
    found = {}
    for row in live:
        consent = partner_consent(people[row.participant_id], scope.as_of)
        if row.ground is ReferralGround.CONSENT and not consent.stands and consent.withdrawn_on is not None:
            found[row.id] = consent.withdrawn_on
    return found


def _interviews(scope: Scope) -> Iterator[_Follow]:
    for row in list_interviews(scope.work):
        if row.state == "scheduled":
            yield _Follow(row.number, row.due_on, INTERVIEW, row.participant_id)


def _jobs(scope: Scope) -> Iterator[_Follow]:
    """The first check of each placement that is due and that nobody made."""
    rows = [row for row in list_placements(scope.work) if row.state == "active"]
    checks = checks_of(scope.reader, [row.id for row in rows])
    for row in rows:
        stands = retention_on(row.starts_on, [one.check for one in checks.get(row.id, ())], on=scope.as_of)
        waiting = [months for months, how in stands.items() if how in (Retention.DUE, Retention.NOT_DUE)]
        if waiting:
            due = due_on(row.starts_on, waiting[0])
            yield _Follow(row.number, due, ASK_JOB, row.participant_id)


def _activities(scope: Scope) -> Iterator[_Follow]:
    for row in list_activities(scope.reader, scope.work.programme.id):
        if row.state == "planned":
            yield _Follow(row.number, row.planned_on, HOLD, place=row.locality)


def _schooling(scope: Scope) -> Iterator[_Follow]:
    rows = [
        row for row in list_schoolings(scope.work) if row.irregularity is not None and row.is_accepted is None
    ]
    steps = steps_of(scope.reader, [row.id for row in rows])
    for row in rows:
        since = steps[row.id][0].happened_on
        yield _Follow(row.number, since, DECIDE, row.participant_id, who=Role.PROGRAMME_MANAGER)


def _businesses(scope: Scope) -> Iterator[_Follow]:
    """The first month after its first payment at which nobody looked at a business that did not stand still since."""
    for state in business_states(scope.work, scope.as_of):
        waiting = [
            months
            for months, known in state.survival.items()
            if known in (Survival.NOT_VISITED, Survival.NOT_DUE)
        ]
        if waiting and (state.last is None or state.last.is_operating):
            due = add_months(state.first_paid, waiting[0])
            yield _Follow(state.plan, due, LOOK, state.participant_id)


def _looks(scope: Scope) -> Iterator[_Follow]:
    """Looks at businesses that do not fit and of which nobody decided whether they count."""
    for row in list_monitoring(scope.work):
        if row.irregular and row.is_accepted is None:
            who = Role.PROGRAMME_MANAGER
            yield _Follow(row.number, row.visited_on, DECIDE_LOOK, row.participant_id, who=who)


def _graduations(scope: Scope, until: date) -> Iterator[_Follow]:
    """Graduations that wait for their second person, and households that graduated and are to be seen again."""
    for row in list_graduations(scope.work):
        if row.state == "proposed":
            since, who = row.proposed_on, Role.PROGRAMME_MANAGER
            yield _Follow(row.number, since, DECIDE_GRADUATION, row.participant_id, who=who)
    for one in follow_ups_due(scope.work, until):
        yield _Follow(one.graduation, one.due_on, SEE_AGAIN, one.participant_id)


def _goals(scope: Scope, until: date) -> Iterator[_Follow]:
    """Goals whose day has come and of which nobody said how they ended."""
    for one in goals_due(scope.work, until):
        yield _Follow(one.goal, one.due_on, END_GOAL, one.participant_id)
