"""What a committee's minutes say: who sat, who stood aside, how each plan was decided. No participant is named."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from seedfund.documents.content import (
    CommitteeCase,
    CommitteeMember,
    CommitteeMinutesContent,
    CommitteeOutcome,
    Signatory,
    SignRole,
)
from seedfund.documents.rules.papers import SESSION_NOT_CLOSED
from seedfund.documents.service.contents.common import Frame, common_fields, frame_of
from seedfund.documents.service.parties import in_words
from seedfund.funds.queries import LineRow, funds_by_id, line_refs
from seedfund.kernel.errors import NotFound, refuse
from seedfund.kernel.money import Money, total
from seedfund.people.queries import household_facts, participant_facts
from seedfund.plans.queries import (
    CALL_BY_ID,
    DECISIONS_OF_SESSION,
    INTERESTS,
    MEMBERS,
    SCORES,
    SESSION,
    CallTerms,
    DecisionFacts,
    SessionFacts,
    items_of,
    plan_facts,
)
from seedfund.plans.rules import Choice, FundedBy
from seedfund.plans.rules.scoring import score_plan
from seedfund.store.programmes import list_actors
from seedfund.store.unit import Unit

_HUNDREDTHS = -2


@dataclass(frozen=True, kw_only=True)
class SessionNotes:
    """What minutes say that was not recorded during the session: money available, hours, remarks that name nobody."""

    available: Money
    started_at: str = ""
    ended_at: str = ""
    observations: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The content of minutes, and the books of the lines they give money from."""

    content: CommitteeMinutesContent
    book_ids: tuple[int, ...]


def minutes_content(unit: Unit, number: str, *, languages: tuple[str, ...], notes: SessionNotes) -> Minutes:
    """The content of a closed session's minutes.

    Raises:
        NotFound: there is no such session.
        InvalidInput: more was granted than was available.
        Refused: `session_not_closed`, `paper_terms_missing`, `paper_terms_without_language`, `language_without_words`.
    """
    session = unit.first(SESSION, programme=unit.programme.id, number=number.strip().upper())
    if session is None:
        raise NotFound(what="committee session", which=number)
    is_closed = session.state == "closed"
    refuse([] if is_closed else [SESSION_NOT_CLOSED(number=session.number, state=session.state)])
    frame = frame_of(unit, languages)
    decisions = sorted(
        unit.all(DECISIONS_OF_SESSION, programme=unit.programme.id, number=session.number),
        key=lambda one: one.plan_number,
    )
    call = unit.one(CALL_BY_ID, id=session.call_id)
    cases = tuple(_case(unit, one, call.terms) for one in decisions)
    lines = list(line_refs(unit, [one.line_id for one in decisions if one.line_id is not None]).values())
    currency = notes.available.currency
    common = common_fields(unit, frame, number=session.number, funds=_funds(unit, frame, lines))
    content = CommitteeMinutesContent(
        **(common | {"dated_on": session.held_on}),
        signatories=_signatories(unit, session),
        session=session.number,
        started_at=notes.started_at,
        ended_at=notes.ended_at,
        quorum=max([call.terms.committee_policy.quorum, *(one.quorum for one in decisions)]),
        members=_members(unit, session, frame),
        **_marks(call.terms),
        available=notes.available,
        requested=total((case.requested for case in cases), currency),
        granted=total((case.granted for case in cases), currency),
        cases=cases,
        observations=notes.observations,
    )
    return Minutes(content=content, book_ids=tuple(line.book_id for line in lines))


def _funds(unit: Unit, frame: Frame, lines: Sequence[LineRow]) -> list[tuple[str, str]]:
    """The funds money was given from; a session that gave none says so."""
    found = funds_by_id(unit, list(dict.fromkeys(line.fund_id for line in lines)))
    none = in_words("no fund", frame.language)
    return [(fund.name, fund.donor) for fund in found.values()] or [(none, none)]


def _marks(terms: CallTerms) -> dict[str, Any]:
    """The pass mark out of a hundred, where the call scores."""
    if terms.sheet is None:
        return {}
    return {"score_maximum": Decimal(100), "pass_mark": Decimal(terms.sheet.pass_mark).scaleb(_HUNDREDTHS)}


def _members(unit: Unit, session: SessionFacts, frame: Frame) -> tuple[CommitteeMember, ...]:
    interests = unit.all(INTERESTS, session=session.id)
    posts = {session.chair: "chair of the committee"}
    return tuple(
        CommitteeMember(
            name=name,
            position=in_words(posts.get(handle, "member of the committee"), frame.language),
            present=is_present,
            conflict="; ".join(dict.fromkeys(one.reason for one in interests if one.member == handle)),
            recused_from=tuple(one.plan for one in interests if one.member == handle),
        )
        for _, handle, name, is_present in unit.all(MEMBERS, session=session.id)
    )


def _signatories(unit: Unit, session: SessionFacts) -> tuple[Signatory, ...]:
    names = {actor.handle: actor.display_name for actor in list_actors(unit.work)}
    present = [handle for _, handle, _, is_present in unit.all(MEMBERS, session=session.id) if is_present]
    return (
        Signatory(role=SignRole.CHAIR, name=names[session.chair]),
        Signatory(role=SignRole.SECRETARY, name=names[session.secretary]),
        *(Signatory(role=SignRole.MEMBER, name=names[one]) for one in present if one != session.chair),
    )


def _case(unit: Unit, decision: DecisionFacts, terms: CallTerms) -> CommitteeCase:
    """A plan by its number, its owner by the number of household or participant, its business by its sector."""
    votes = [ballot.choice for ballot in decision.ballots]
    items = items_of(unit, [decision.version_id])[decision.version_id]
    asked = sum(item.total_minor for item in items if item.funded_by == FundedBy.GRANT)
    return CommitteeCase(
        plan_number=decision.plan_number,
        owner=_owner_number(unit, decision),
        business=plan_facts(unit, unit.programme.id, decision.plan_number).sector,
        requested=Money(asked, decision.currency),
        score=_score(unit, decision, terms),
        outcome=CommitteeOutcome(decision.outcome),
        granted=decision.amount,
        votes_for=votes.count(Choice.FOR),
        votes_against=votes.count(Choice.AGAINST),
        abstentions=votes.count(Choice.ABSTAIN),
        reason="; ".join(json.loads(decision.reasons)),
    )


def _owner_number(unit: Unit, decision: DecisionFacts) -> str:
    if decision.household_id is not None:
        return household_facts(unit, [decision.household_id])[decision.household_id].number
    return participant_facts(unit, [decision.participant_id])[decision.participant_id].number


def _score(unit: Unit, decision: DecisionFacts, terms: CallTerms) -> Decimal | None:
    """The mean of the reviewers out of a hundred; None where the plan was not scored."""
    sheets = unit.all(SCORES, version=decision.version_id)
    if terms.sheet is None or not sheets:
        return None
    found = score_plan(terms.sheet, sheets).total
    return Decimal(found).scaleb(_HUNDREDTHS) if isinstance(found, int) else None
