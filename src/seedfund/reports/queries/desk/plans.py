"""A plan, a call with the ranking of what waits for its committee, and a committee session, as the desk shows them."""

import json

from seedfund.funds.queries import lines_of, list_funds
from seedfund.funds.rules.words import LineKind
from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, total
from seedfund.people.queries import names_of
from seedfund.plans.queries import (
    CALL_BY_ID,
    CALL_IN_FORCE,
    DECISIONS_OF_SESSION,
    INTERESTS,
    MEMBERS,
    PLANS_WAITING,
    SESSION,
    VERSION_LAST,
    VOTES_OF_SESSION,
    CallFacts,
    LineLeft,
    PlanFacts,
    Standing,
    decision_of_plan,
    items_of,
    line_left,
    list_plans,
    open_version,
    plan_facts,
    ranking_of,
)
from seedfund.plans.rules import Criterion, Undefined, percent
from seedfund.reports.queries.desk.figures import figure_parts
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.hidden import HIDDEN
from seedfund.reports.value import Word
from seedfund.store.statements import Reader
from seedfund.store.work import Work


def show_plan(work: Work, number: str) -> Thing:
    """A business plan with its items.

    Raises:
        NotFound: there is none of that number.
        NotAllowed: its owner is restricted, and the actor's roles do not reach them.
    """
    reader = work.reader()
    plan = plan_facts(reader, work.programme.id, number.upper())
    names = names_of(work, [plan.participant_id])
    if names[plan.participant_id].is_hidden:
        raise NotAllowed(f"{plan.number} is restricted; ask the protection officer or the director.")
    decision = decision_of_plan(reader, work.programme.id, plan.number)
    fields: Row = {
        "state": Word(plan.state),
        "version": plan.version,
        "owner": names[plan.participant_id].printed,
        "sector": plan.sector,
        "requested": plan.requested,
        "start_up": Money(plan.start_up_minor, plan.currency),
        "approved_amount": Money(plan.approved_minor, plan.currency)
        if plan.approved_minor is not None
        else None,
        "submitted_on": plan.submitted_on,
        "author": plan.author,
        "content_hash": plan.content_hash,
    }
    waiting = reader.one(VERSION_LAST, plan=plan.id).version
    if waiting > plan.version:
        fields["waiting_version"] = waiting
    if decision is not None:
        fields |= {"outcome": Word(decision.outcome), "decided_on": decision.decided_on}
    items = [
        {
            "line": item.line,
            "description": item.description,
            "total": Money(item.total_minor, plan.currency),
            "funded_by": Word(item.funded_by),
        }
        for item in items_of(reader, [plan.version_id])[plan.version_id]
    ]
    return Thing("business plan", plan.number, fields, {"items": items, **_computed(work, plan)})


def _computed(work: Work, plan: PlanFacts) -> dict[str, list[Row]]:
    """The computed figures of the version in force; none once its owner was erased and nobody can open it."""
    horizon = work.reader().one(CALL_BY_ID, id=plan.call_id).terms.plan_policy.horizon_months
    try:
        version = open_version(work, plan.version_id)
    except NotFound:
        return {}
    return figure_parts(version, horizon_months=horizon)


def show_call(work: Work, code: str) -> Thing | None:
    """A call in force: what its committee can still give, and the plans that wait for it in their order."""
    reader = work.reader()
    call = reader.first(CALL_IN_FORCE, programme=work.programme.id, code=code)
    if call is None:
        return None
    terms, sheet = call.terms, call.terms.sheet
    fields: Row = {
        "version": call.version,
        "quorum": terms.committee_policy.quorum,
        "scoring_required": terms.committee_policy.scoring_required,
        "pass_mark": None if sheet is None else percent(sheet.pass_mark),
        "reviewers_min": None if sheet is None else sheet.reviewers_min,
        "content_hash": call.content_hash,
    }
    lines = _lines(reader, work)
    waiting = reader.all(PLANS_WAITING, programme=work.programme.id, call=call.code)
    ranking = [
        row
        for currency in sorted({plan.currency for plan in waiting})
        for row in _ranking(reader, work, call, lines=lines, currency=currency)
    ]
    return Thing("call", call.code, fields, {"lines": [_line(one) for one in lines], "ranking": ranking})


def _lines(reader: Reader, work: Work) -> list[LineLeft]:
    return [
        line_left(reader, work.programme.id, fund.code, line.code)
        for fund in list_funds(reader, work.programme.id)
        for line in lines_of(reader, fund.id)
        if line.kind is LineKind.GRANTS
    ]


def _line(one: LineLeft) -> Row:
    return {
        "fund": one.line.fund,
        "line": one.line.code,
        "available": one.line.available,
        "promised": one.promised,
        "left": one.left,
    }


def _ranking(
    reader: Reader, work: Work, call: CallFacts, *, lines: list[LineLeft], currency: str
) -> list[Row]:
    """The ranking among plans of a currency, against all that is left for grants in it."""
    left = total((one.left for one in lines if one.line.currency == currency), currency)
    criteria = call.terms.sheet.criteria if call.terms.sheet is not None else ()
    return [_place(one, criteria) for one in ranking_of(reader, work.programme.id, call, budget=left)]


def _place(one: Standing, criteria: tuple[Criterion, ...]) -> Row:
    score = one.place.candidate.score.total
    kind, _, code = one.place.decided_by.partition(":")
    titles = {criterion.code: criterion.title or criterion.code for criterion in criteria}
    return {
        "position": one.place.position,
        "plan": one.plan.number,
        "state": Word(one.plan.state),
        "score": Word(score.reason) if isinstance(score, Undefined) else percent(score),
        "reviewers": one.place.candidate.reviewers,
        "placed_by": titles.get(code) or Word(kind),
        "requested": one.plan.requested,
        "proposed": Word(one.proposal.outcome.value),
        "amount": one.proposal.amount,
        "because": next(iter(one.proposal.reasons), None),
    }


def _hidden_plans(work: Work) -> frozenset[str]:
    """The plans of which the one who looks is told the place and the outcome, and not what was said of their owners."""
    plans = list_plans(work)
    names = names_of(work, [plan.participant_id for plan in plans])
    return frozenset(plan.number for plan in plans if names[plan.participant_id].is_hidden)


def show_session(work: Work, number: str) -> Thing | None:
    """A committee session: who sat, who stepped out, and what was decided from which place of the ranking."""
    reader = work.reader()
    session = reader.first(SESSION, programme=work.programme.id, number=number.upper())
    if session is None:
        return None
    hidden = _hidden_plans(work)
    fields: Row = {
        "state": Word(session.state),
        "call": reader.one(CALL_BY_ID, id=session.call_id).code,
        "held_on": session.held_on,
        "chair": session.chair,
        "secretary": session.secretary,
    }
    members: list[Row] = [
        {"member": handle, "name": name, "is_present": is_present}
        for _, handle, name, is_present in reader.all(MEMBERS, session=session.id)
    ]
    interests: list[Row] = [
        {"member": one.member, "plan": one.plan, "reason": Word(HIDDEN) if one.plan in hidden else one.reason}
        for one in reader.all(INTERESTS, session=session.id)
    ]
    parts = {
        "members": members,
        "interests": interests,
        "votes": _votes(reader, session.id),
        "decisions": _decisions(work, session.number, hidden),
    }
    return Thing("committee session", session.number, fields, parts)


def _votes(reader: Reader, session: Key) -> list[Row]:
    return [
        {
            "plan": one.plan,
            "motion": one.motion,
            "outcome": Word(one.outcome),
            "amount": Money(one.amount_minor, one.currency),
            "member": one.member,
            "vote": None if one.choice is None else Word(one.choice),
            "is_struck": one.is_struck,
        }
        for one in reader.all(VOTES_OF_SESSION, session=session)
    ]


def _decisions(work: Work, session: str, hidden: frozenset[str]) -> list[Row]:
    """What a session decided; of `hidden` plans without the reasons."""
    return [
        {
            "plan": one.plan_number,
            "version": one.version,
            "position": one.position,
            "outcome": Word(one.outcome),
            "amount": one.amount,
            "reasons": [Word(HIDDEN)] if one.plan_number in hidden else json.loads(one.reasons),
        }
        for one in work.reader().all(DECISIONS_OF_SESSION, programme=work.programme.id, number=session)
    ]
