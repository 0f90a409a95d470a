"""Approval requests, for the areas above: send a content, decide a stage, require that it is granted, make it void."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries.delegations import delegations_for
from seedfund.approvals.queries.policies import LOCK_POLICY, current_policy, policy_on
from seedfund.approvals.queries.requests import (
    LIVE_REQUEST,
    RequestRow,
    earlier_exposures,
    given_for,
    last_request,
)
from seedfund.approvals.rules.hands import (
    GRANTED,
    OPEN,
    REJECTED,
    REQUEST,
    REQUEST_LIVE,
    REQUEST_MISSING,
    VOID,
    Decider,
    Decision,
    Exposure,
    Given,
    authorities,
    check_assurance,
    check_decider,
    check_granted,
    check_hands,
    open_step,
    weighed_amount,
    window_start,
)
from seedfund.approvals.rules.policy import POLICY_MISSING, Act, Step, assurance_for, steps_for
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.tables import Approval, ApprovalExposure, ApprovalRequest
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import encode
from seedfund.kernel.errors import Refusal, Refused, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

MOVE_REQUEST: Final = Write(
    lambda: (
        sa.update(ApprovalRequest)
        .where(col(ApprovalRequest.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class NewRequest:
    """What is sent: the subject, the hash of the exact content, its amount, and what it asks for whom."""

    subject_kind: str
    subject_id: Key
    number: str
    content_hash: str
    amount: Money
    exposures: tuple[Exposure, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class RequestSent:
    """What the request weighs with all that was asked lately, and the stages it has to pass, in order."""

    weighed: Money
    steps: tuple[Step, ...]


def write_approval_request(unit: Unit, new: NewRequest) -> RequestSent:
    """Send a content for approval, prepared by who acts; the stages are copied from the policy of today.

    The amount that decides the stages is cumulative: what is asked for each party in the policy's window, other
    live requests included, so that splitting does not help.

    Raises:
        Refused: `policy_missing`, `policy_lacks_currency`, `request_live`.
    """
    today = unit.work.today()
    policy = policy_on(unit, unit.programme.id, today)
    if policy is None:
        raise Refused([POLICY_MISSING(day=today)])
    # One request after the other: two sent at once would not see each other's amounts, and weigh too little.
    unit.one(LOCK_POLICY, id=policy.id)
    weighed = _weighed(unit, new, window_days=policy.terms.splitting_window_days)
    steps = steps_for(policy.terms, subject_kind=new.subject_kind, weighed=weighed)
    refusals = [steps] if isinstance(steps, Refusal) else []
    if unit.first(LIVE_REQUEST, subject=new.subject_id) is not None:
        refusals.append(REQUEST_LIVE(number=new.number))
    if isinstance(steps, Refusal) or refusals:
        raise Refused(refusals)
    request_id = unit.key()
    unit.insert(
        ApprovalRequest,
        id=request_id,
        programme_id=unit.programme.id,
        subject_kind=new.subject_kind,
        subject_id=new.subject_id,
        number=new.number,
        content_hash=new.content_hash,
        amount_minor=new.amount.minor,
        weighed_minor=weighed.minor,
        currency=new.amount.currency,
        steps=canonical_text([encode(step, []) for step in steps]),
        assurance_min=assurance_for(policy.terms, Act.APPROVE).value,
        policy_id=policy.id,
        maker_id=unit.actor.id,
        state=OPEN,
        sent_on=today,
        sent_at=unit.now,
    )
    _write_exposures(unit, request_id, new.exposures)
    unit.created(
        "sf_approval_request", new.number, {"content_hash": new.content_hash, "weighed": str(weighed)}
    )
    return RequestSent(weighed=weighed, steps=steps)


def _weighed(unit: Unit, new: NewRequest, *, window_days: int) -> Money:
    since = window_start(unit.work.today(), window_days)
    parties = sorted({one.party for one in new.exposures})
    earlier = earlier_exposures(unit, unit.programme.id, parties, since)
    return weighed_amount(new.amount, new.exposures, earlier, since=since)


def _write_exposures(unit: Unit, request_id: Key, exposures: Sequence[Exposure]) -> None:
    today = unit.work.today()
    rows = [
        {
            "request_id": request_id,
            "position": position,
            "party": one.party,
            "on_day": today,
            "amount_minor": one.amount.minor,
            "currency": one.amount.currency,
        }
        for position, one in enumerate(exposures)
    ]
    unit.insert_many(ApprovalExposure, rows)


@dataclass(frozen=True, kw_only=True)
class ApprovalGiven:
    """The request's state after the decision, and the stage it waits for now (empty when none)."""

    state: str
    waits_for: str


def write_approval(
    unit: Unit,
    *,
    subject_id: Key,
    number: str,
    stage: str,
    content_hash: str,
    decision: Decision = Decision.APPROVED,
    reason: str = "",
) -> ApprovalGiven:
    """Decide one stage of a subject's request as who acts; `content_hash` is of what this person has before him.

    The caller computes the hash afresh from the subject's present rows, so an edit after sending is found here.

    Raises:
        Refused: `request_missing`, `request_closed`, `content_changed`, `stage_unknown`, `stage_not_now`,
            `maker_decides`, `decided_twice`, `role_lacking`, `above_authority`, `assurance_lacking`,
            `reason_missing` (to reject).
    """
    row = unit.first(LIVE_REQUEST, subject=subject_id)
    if row is None:
        raise Refused([REQUEST_MISSING(number=number)])
    given = given_for(unit, row.id)
    refusals = check_decider(row.ask, given, _decider(unit, row), stage=stage, content_hash=content_hash)
    refuse([*refusals, *(check_reason(reason) if decision is Decision.REJECTED else [])])
    unit.insert(
        Approval,
        id=unit.key(),
        request_id=row.id,
        stage=stage,
        approver_id=unit.actor.id,
        maker_id=row.maker_id,
        decision=decision.value,
        reason=reason.strip(),
        content_hash=content_hash,
        assurance=unit.actor.assurance.value,
        decided_at=unit.now,
    )
    waits = open_step(row.steps, [*given, Given(stage, unit.actor.id, decision.value)])
    state = REJECTED if decision is Decision.REJECTED else OPEN if waits is not None else GRANTED
    if state != OPEN:
        _move(unit, row, state)
    unit.created("sf_approval", row.number, {"stage": stage, "decision": decision.value})
    return ApprovalGiven(state=state, waits_for=waits.stage if state == OPEN and waits is not None else "")


def _decider(unit: Unit, row: RequestRow) -> Decider:
    today = unit.work.today()
    terms = current_policy(unit, unit.programme.id, today)
    delegations = delegations_for(unit, unit.programme.id, unit.actor.id, today)
    usable = authorities(terms, unit.actor.roles, delegations, currency=row.weighed.currency)
    return Decider(unit.actor.id, unit.actor.assurance, usable)


@dataclass(frozen=True, kw_only=True)
class RequestGranted:
    """Whose hands a granted content went through."""

    number: str
    maker: Key
    approvers: tuple[Key, ...]


def require_granted(
    unit: Unit, *, subject_id: Key, number: str, content_hash: str, payer: Key | None = None
) -> RequestGranted:
    """Tell whose hands a subject's present content went through; with a `payer`, three hands are required.

    Raises:
        Refused: `request_missing`, `request_open`, `request_closed`, `content_changed`, `maker_pays`, `approver_pays`.
    """
    row = unit.first(LIVE_REQUEST, subject=subject_id) or last_request(unit, subject_id)
    if row is None:
        raise Refused([REQUEST_MISSING(number=number)])
    given = given_for(unit, row.id)
    approvers = tuple(one.approver_id for one in given if one.decision == Decision.APPROVED)
    refusals = check_granted(row.ask, given, content_hash=content_hash)
    if payer is not None:
        refusals += check_hands(number, maker=row.maker_id, approvers=approvers, payer=payer)
    refuse(refusals)
    return RequestGranted(number=row.number, maker=row.maker_id, approvers=approvers)


def void_request(unit: Unit, *, subject_id: Key, reason: str) -> bool:
    """Make a subject's live approval worth nothing (its content changes, it is withdrawn); False if it had none.

    Raises:
        Refused: `reason_missing`.
    """
    refuse(check_reason(reason))
    row = unit.first(LIVE_REQUEST, subject=subject_id)
    if row is None:
        return False
    _move(unit, row, VOID, reason=reason.strip())
    return True


def _move(unit: Unit, row: RequestRow, state: str, *, reason: str = "") -> None:
    REQUEST.require(row.state, state, which=row.number)
    unit.execute(MOVE_REQUEST, this_id=row.id, new_state=state)
    after = {"state": state, "reason": reason} if reason else {"state": state}
    unit.changed("sf_approval_request", row.number, {"state": row.state}, after)


def require_assurance(unit: Unit, act: Act) -> None:
    """Do nothing when who acts is known well enough for an act under the policy of today.

    Raises:
        Refused: `policy_missing`, `assurance_lacking`.
    """
    terms = current_policy(unit, unit.programme.id, unit.work.today())
    refuse(check_assurance(unit.actor.assurance, assurance_for(terms, act)))
