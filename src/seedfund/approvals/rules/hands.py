"""Who may decide what: stages in order, one person one decision, authority by amount, three hands. Pure.

The stages are a copy made when the request was sent, so a later policy changes nothing that is under way. The approval
is of one content: with another hash it is worth nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from seedfund.approvals.rules.policy import PolicyTerms, RoleCeiling, Step
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, total
from seedfund.kernel.roles import Assurance, Role
from seedfund.kernel.states import StateTable

OPEN: Final = "open"
GRANTED: Final = "granted"
REJECTED: Final = "rejected"
VOID: Final = "void"
REQUEST: Final = StateTable(
    "approval request",
    OPEN,
    {OPEN: (GRANTED, REJECTED, VOID), GRANTED: (VOID,), REJECTED: (), VOID: ()},
)


class Decision(StrEnum):
    """What a person decides at a stage."""

    APPROVED = "approved"
    REJECTED = "rejected"


class ExceptionKind(StrEnum):
    """What stands on the exceptions page."""

    WAIVER = "waiver"
    OVERRIDE = "override"
    RELAXATION = "relaxation"
    IRREGULAR_FACT = "irregular_fact"
    MANUAL_ENTRY = "manual_entry"
    SUSPENSE = "suspense"
    CHAIN_ON_ONE_MACHINE = "chain_on_one_machine"


REQUEST_LIVE: Final = RefusalCode(
    "request_live",
    "{number} is in approval or approved already.",
    "Decide that request, or withdraw it before sending another.",
)
REQUEST_MISSING: Final = RefusalCode(
    "request_missing",
    "{number} was never sent for approval, or its approval is void.",
    "Send it for approval.",
)
REQUEST_OPEN: Final = RefusalCode(
    "request_open",
    "{number} waits for {missing}.",
    "Ask those persons to decide it.",
)
REQUEST_CLOSED: Final = RefusalCode(
    "request_closed",
    "The approval of {number} is {state}.",
    "Send it for approval again.",
)
CONTENT_CHANGED: Final = RefusalCode(
    "content_changed",
    "{number} is no longer what was sent for approval.",
    "Withdraw the approval, send the present content and let it be approved again.",
)
STAGE_UNKNOWN: Final = RefusalCode(
    "stage_unknown",
    "{number} has no stage {stage}.",
    "Its stages are: {stages}.",
)
STAGE_NOT_NOW: Final = RefusalCode(
    "stage_not_now",
    "{number} is at the stage {now}, not at {stage}.",
    "Decide the stages in their order.",
)
MAKER_DECIDES: Final = RefusalCode(
    "maker_decides",
    "Who prepared {number} does not decide it.",
    "Ask another person.",
)
DECIDED_TWICE: Final = RefusalCode(
    "decided_twice",
    "This person decided on {number} before; one person decides once, at one stage.",
    "Ask another person.",
)
ROLE_LACKING: Final = RefusalCode(
    "role_lacking",
    "The stage {stage} of {number} is decided by one of: {roles}.",
    "Ask a person with one of these roles, or have one delegated.",
)
ABOVE_AUTHORITY: Final = RefusalCode(
    "above_authority",
    "{number} weighs {amount}, above this person's authority of {ceiling}.",
    "Ask somebody with a higher ceiling, or have one delegated.",
)
ASSURANCE_LACKING: Final = RefusalCode(
    "assurance_lacking",
    "This act needs an identity assured by {minimum} or better; this one is {assurance}.",
    "Sign in with a PIN or through the host application.",
)
MAKER_PAYS: Final = RefusalCode(
    "maker_pays",
    "Who prepared {number} does not pay it.",
    "Ask a third person.",
)
APPROVER_PAYS: Final = RefusalCode(
    "approver_pays",
    "Who approved {number} does not pay it.",
    "Ask a third person.",
)
DELEGATE_DECIDES: Final = RefusalCode(
    "delegate_decides",
    "Nobody proposes or approves a delegation to himself or herself.",
    "Ask two other persons.",
)
DELEGATION_ENDED: Final = RefusalCode(
    "delegation_ended",
    "The delegation {number} ends on {day} already.",
    "Nothing has to be done.",
)
REFUSALS: Final = (
    REQUEST_LIVE,
    REQUEST_MISSING,
    REQUEST_OPEN,
    REQUEST_CLOSED,
    CONTENT_CHANGED,
    STAGE_UNKNOWN,
    STAGE_NOT_NOW,
    MAKER_DECIDES,
    DECIDED_TWICE,
    ROLE_LACKING,
    ABOVE_AUTHORITY,
    ASSURANCE_LACKING,
    MAKER_PAYS,
    APPROVER_PAYS,
    DELEGATE_DECIDES,
    DELEGATION_ENDED,
)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Money asked for one party: an owner, a payee, a supplier or a purpose, named by a key that is no name."""

    party: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PastExposure:
    """What was asked for a party on a day, in a request that was not rejected or withdrawn."""

    party: str
    on_day: date
    amount: Money


def weighed_amount(
    amount: Money, sent: Iterable[Exposure], earlier: Iterable[PastExposure], *, since: date
) -> Money:
    """The amount a request weighs: its own, or the most any of its parties reaches with what it asks since a day.

    So that n payments each under a threshold weigh as one payment above it. Currencies are never added up.
    """
    parties: defaultdict[str, list[Money]] = defaultdict(list)
    for one in sent:
        if one.amount.currency == amount.currency:
            parties[one.party].append(one.amount)
    for past in earlier:
        if past.party in parties and past.on_day >= since and past.amount.currency == amount.currency:
            parties[past.party].append(past.amount)
    return max((amount, *(total(amounts, amount.currency) for amounts in parties.values())), key=_minor)


def _minor(amount: Money) -> int:
    return amount.minor


def window_start(day: date, window_days: int) -> date:
    """The first day whose requests are weighed together with one sent on `day`."""
    return day - timedelta(days=window_days)


@dataclass(frozen=True, slots=True)
class Given:
    """One decision on record."""

    stage: str
    approver_id: Key
    decision: str


@dataclass(frozen=True, slots=True)
class Authority:
    """A role an actor may decide with, by holding it or by delegation, and its ceiling; None has no ceiling at all."""

    role: Role
    ceiling: Money | None


@dataclass(frozen=True, slots=True)
class Decider:
    """Who wants to decide: key, assurance, and the roles with their ceilings."""

    id: Key
    assurance: Assurance
    authorities: tuple[Authority, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as it was sent: what is asked of whom, for which content."""

    number: str
    maker_id: Key
    state: str
    content_hash: str
    weighed: Money
    steps: tuple[Step, ...]
    assurance_min: Assurance


def open_step(steps: Sequence[Step], given: Iterable[Given]) -> Step | None:
    """The first stage that still lacks approvals; None when all have theirs."""
    counts: defaultdict[str, int] = defaultdict(int)
    for one in given:
        counts[one.stage] += one.decision == Decision.APPROVED
    return next((step for step in steps if counts[step.stage] < step.approvals), None)


def check_decider(
    ask: Ask, given: Sequence[Given], decider: Decider, *, stage: str, content_hash: str
) -> list[Refusal]:
    """Why this person cannot decide this stage of this content now, in the declared order."""
    number = ask.number
    if ask.state != OPEN:
        return [REQUEST_CLOSED(number=number, state=ask.state)]
    refusals = [] if content_hash == ask.content_hash else [CONTENT_CHANGED(number=number)]
    refusals += _check_stage(ask, given, stage)
    refusals += [MAKER_DECIDES(number=number)] if decider.id == ask.maker_id else []
    refusals += [DECIDED_TWICE(number=number)] if any(one.approver_id == decider.id for one in given) else []
    step = next((step for step in ask.steps if step.stage == stage), None)
    refusals += _check_authority(ask, step, decider) if step is not None else []
    return refusals + check_assurance(decider.assurance, ask.assurance_min)


def _check_stage(ask: Ask, given: Iterable[Given], stage: str) -> list[Refusal]:
    stages = [step.stage for step in ask.steps]
    if stage not in stages:
        return [STAGE_UNKNOWN(number=ask.number, stage=stage, stages=", ".join(stages))]
    now = open_step(ask.steps, given)
    if now is not None and now.stage != stage:
        return [STAGE_NOT_NOW(number=ask.number, now=now.stage, stage=stage)]
    return []


def _check_authority(ask: Ask, step: Step, decider: Decider) -> list[Refusal]:
    usable = [one for one in decider.authorities if one.role in step.roles]
    if not usable:
        return [ROLE_LACKING(stage=step.stage, number=ask.number, roles=", ".join(step.roles))]
    if not step.needs_authority:
        return []
    ceilings = [one.ceiling for one in usable if one.ceiling is not None]
    ceiling = max(ceilings, key=_minor, default=Money(0, ask.weighed.currency))
    if ceiling.minor < ask.weighed.minor:
        return [ABOVE_AUTHORITY(number=ask.number, amount=ask.weighed, ceiling=ceiling)]
    return []


def check_assurance(assurance: Assurance, minimum: Assurance) -> list[Refusal]:
    """Whether an identity is known well enough for an act."""
    return [] if assurance.at_least(minimum) else [ASSURANCE_LACKING(minimum=minimum, assurance=assurance)]


@dataclass(frozen=True, slots=True)
class DelegationFacts:
    """A delegation in force: to a person, or to everybody who holds the role."""

    actor_id: Key | None
    role: Role
    ceiling: Money


def authorities(
    terms: PolicyTerms,
    held: Iterable[Role],
    delegations: Iterable[DelegationFacts],
    *,
    currency: str,
) -> tuple[Authority, ...]:
    """What a person may decide with in a currency: roles held, roles lent, and the ceiling of each.

    `delegations` are those to this person and those to everybody of a role.
    """
    held = frozenset(held)
    usable = [one for one in delegations if one.ceiling.currency == currency]
    result = [Authority(role, _ceiling_of(role, terms.ceilings, usable, currency)) for role in sorted(held)]
    lent = {one.role for one in usable if one.actor_id is not None} - held
    return (*result, *(Authority(role, _ceiling_of(role, (), usable, currency)) for role in sorted(lent)))


def _ceiling_of(
    role: Role, ceilings: Iterable[RoleCeiling], delegations: Iterable[DelegationFacts], currency: str
) -> Money | None:
    known = [
        Money(one.ceiling_minor, currency)
        for one in ceilings
        if one.role == role and one.currency == currency
    ]
    known += [one.ceiling for one in delegations if one.role == role]
    return max(known, key=_minor, default=None)


def check_hands(number: str, *, maker: Key, approvers: Iterable[Key], payer: Key) -> list[Refusal]:
    """The floor no policy lifts: who prepares, who approves and who pays are three different persons."""
    return [
        *([MAKER_PAYS(number=number)] if payer == maker else []),
        *([APPROVER_PAYS(number=number)] if payer in tuple(approvers) else []),
    ]


def check_granted(ask: Ask, given: Sequence[Given], *, content_hash: str) -> list[Refusal]:
    """Why a request does not carry the content it is wanted for."""
    refusals = []
    waiting = open_step(ask.steps, given)
    if ask.state in (REJECTED, VOID):
        refusals.append(REQUEST_CLOSED(number=ask.number, state=ask.state))
    elif waiting is not None:
        # Counted again from the approvals themselves: a state that says granted is not enough.
        refusals.append(
            REQUEST_OPEN(number=ask.number, missing=f"{waiting.stage} ({', '.join(waiting.roles)})")
        )
    if content_hash != ask.content_hash:
        refusals.append(CONTENT_CHANGED(number=ask.number))
    return refusals
