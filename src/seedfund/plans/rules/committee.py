"""How a committee sits and decides: members, interests, quorum, votes. Must not know how scores come about.

A member with a declared interest in a plan, or a hand in preparing it, neither votes on it nor counts for its
quorum. A decision needs a majority of the votes cast; abstentions count for the quorum only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Protocol

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.kernel.states import StateTable
from seedfund.plans.rules.checks import percent
from seedfund.plans.rules.ranking import PLAN_BELOW_PASS_MARK, PLAN_DISQUALIFIED, SCORE_CONTESTED
from seedfund.plans.rules.scoring import SCORE_REVIEWERS_TOO_FEW, PlanScore
from seedfund.plans.rules.states import GRANTING, Outcome
from seedfund.plans.rules.values import Undefined

SESSION_STATES: Final = StateTable(
    "committee session",
    "convened",
    {"convened": ("open", "cancelled"), "open": ("closed",), "closed": (), "cancelled": ()},
)
"""A session is convened, opened when people sit down, and closed with its minutes."""


class Choice(StrEnum):
    """How a member votes on a motion."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True)
class CommitteePolicy:
    """How this programme's committee decides, frozen with each decision by its `version`.

    `quorum` is how many members without an interest must be present. On a tie the chair's vote decides only
    with `chair_breaks_ties`. `scoring_required` asks for a passing score before money is given.
    """

    version: str
    quorum: int
    chair_breaks_ties: bool = False
    scoring_required: bool = True


class Asking(Protocol):
    """Whoever else asks something of a committee: another version of the call, the programme's policy."""

    @property
    def quorum(self) -> int:
        """How many members without an interest."""

    @property
    def scoring_required(self) -> bool:
        """Whether money is given on a passing score only."""


def strictest(policy: CommitteePolicy, *others: Asking) -> CommitteePolicy:
    """A policy with the highest quorum anybody asks, and with the score if one of them asks for it."""
    asking = (policy, *others)
    return replace(
        policy,
        quorum=max(one.quorum for one in asking),
        scoring_required=any(one.scoring_required for one in asking),
    )


@dataclass(frozen=True)
class Interest:
    """A member's declared interest in a plan, and so their recusal from it."""

    member: str
    plan: str
    reason: str


@dataclass(frozen=True)
class Session:
    """Who belongs to the committee, who is there, who chairs, and who has which interest."""

    members: tuple[str, ...]
    present: tuple[str, ...]
    chair: str
    interests: tuple[Interest, ...] = ()


@dataclass(frozen=True)
class Motion:
    """What is put to the vote about one plan. `authors` are those who prepared or verified it."""

    plan: str
    outcome: Outcome
    requested: Money
    amount: Money
    reasons: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ballot:
    """One member's vote."""

    member: str
    choice: Choice


@dataclass(frozen=True)
class Tally:
    """How a motion went: who could vote, how they did, and whether it was carried."""

    eligible: tuple[str, ...]
    recused: tuple[str, ...]
    votes_for: int
    votes_against: int
    abstentions: int
    is_carried: bool
    is_by_chair: bool


SESSION_CHAIR_ABSENT = RefusalCode(
    "session_chair_absent",
    "{chair} chairs the session and is not a member who is present.",
    "Name a chair among the members present.",
)
SESSION_NOT_A_MEMBER = RefusalCode(
    "session_not_a_member",
    "{member} is not a member of this committee.",
    "Take them off the list of those present, or have them named as a member first.",
)
COMMITTEE_TOO_SMALL = RefusalCode(
    "committee_too_small",
    "The committee has {members} members; the policy in force asks for {needed}.",
    "Name more members, then convene it.",
)
COMMITTEE_NO_QUORUM = RefusalCode(
    "committee_no_quorum",
    "{eligible} members can decide on plan {plan}; {quorum} are needed.",
    "Wait for more members, or call in a deputy without an interest.",
)
VOTER_NOT_PRESENT = RefusalCode(
    "voter_not_present",
    "{member} is not among the members present and has no vote on plan {plan}.",
    "Leave the vote out; who comes later votes in a session that names them as present.",
)
VOTER_HAS_INTEREST = RefusalCode(
    "voter_has_interest",
    "{member} has an interest in plan {plan}, or a hand in it, and has no vote on it.",
    "Leave the vote out; a recused member leaves the room for that plan.",
)
VOTER_TWICE = RefusalCode(
    "voter_twice",
    "{member} has voted on this motion on plan {plan} already.",
    "Keep the vote; another motion is voted on anew.",
)
OUTCOME_WITHOUT_REASON = RefusalCode(
    "outcome_without_reason",
    "The outcome {outcome} for plan {plan} has no reason.",
    "Write down why, in words the participant will be told.",
)
OUTCOME_AMOUNT = RefusalCode(
    "outcome_amount",
    "{amount} does not go with the outcome {outcome} for plan {plan}, which asked for {requested}.",
    "Approve what was asked; a lower amount is less than that, above nothing; other outcomes give nothing.",
)
BUDGET_EXCEEDED = RefusalCode(
    "budget_exceeded",
    "Plan {plan} would get {amount}, and {left} are left for this call.",
    "Offer a lower amount, or put it on the waiting list.",
)
SCORE_MISSING = RefusalCode(
    "score_missing",
    "Plan {plan} has no score.",
    "Have it scored before it is decided.",
)
MOTION_NOT_CARRIED = RefusalCode(
    "motion_not_carried",
    "The motion {outcome} on plan {plan} has {votes_for} votes for and {votes_against} against.",
    "Put another motion to the vote, or defer the plan.",
)
REFUSALS: Final = (
    *(
        SESSION_CHAIR_ABSENT,
        COMMITTEE_TOO_SMALL,
        SESSION_NOT_A_MEMBER,
        COMMITTEE_NO_QUORUM,
        VOTER_NOT_PRESENT,
    ),
    *(
        VOTER_HAS_INTEREST,
        VOTER_TWICE,
        OUTCOME_WITHOUT_REASON,
        OUTCOME_AMOUNT,
        BUDGET_EXCEEDED,
        SCORE_MISSING,
    ),
    MOTION_NOT_CARRIED,
)
"""In the order in which they are given; what keeps a plan out or leaves it unscored has codes of its own."""


def check_session(session: Session, *, size_min: int = 0) -> tuple[Refusal, ...]:
    """Why a session cannot sit as it stands; `size_min` is how many members the programme's policy asks for."""
    found = []
    if session.chair not in session.members or session.chair not in session.present:
        found.append(SESSION_CHAIR_ABSENT(chair=session.chair))
    if len(session.members) < size_min:
        found.append(COMMITTEE_TOO_SMALL(members=len(session.members), needed=size_min))
    strangers = [name for name in dict.fromkeys(session.present) if name not in session.members]
    return (*found, *(SESSION_NOT_A_MEMBER(member=name) for name in strangers))


def recused(session: Session, motion: Motion) -> tuple[str, ...]:
    """Members present who may not decide on this plan: a declared interest, or a hand in preparing it."""
    interested = {interest.member for interest in session.interests if interest.plan == motion.plan}
    return tuple(
        name
        for name in dict.fromkeys(session.present)
        if name in session.members and (name in interested or name in motion.authors)
    )


def tally(session: Session, policy: CommitteePolicy, motion: Motion, ballots: Sequence[Ballot]) -> Tally:
    """How the votes that count came out; votes of others are not counted, `check_decision` refuses them."""
    out = recused(session, motion)
    present = dict.fromkeys(session.present)
    eligible = tuple(name for name in present if name in session.members and name not in out)
    votes = {ballot.member: ballot.choice for ballot in ballots if ballot.member in eligible}
    count = {choice: list(votes.values()).count(choice) for choice in Choice}
    is_tied = count[Choice.FOR] == count[Choice.AGAINST]
    chair_decides = policy.chair_breaks_ties and is_tied and votes.get(session.chair) is Choice.FOR
    return Tally(
        eligible=eligible,
        recused=out,
        votes_for=count[Choice.FOR],
        votes_against=count[Choice.AGAINST],
        abstentions=count[Choice.ABSTAIN],
        is_carried=count[Choice.FOR] > count[Choice.AGAINST] or chair_decides,
        is_by_chair=chair_decides,
    )


@dataclass(frozen=True)
class Item:
    """One item of the agenda, ready to be decided: motion, votes, the plan's score and the budget left.

    `reviewers` counts the score sheets of the version, `reviewers_min` how many its call needs. Whether that budget is
    in the plan's currency is asked by who chose its line.
    """

    motion: Motion
    ballots: tuple[Ballot, ...]
    score: PlanScore | None
    budget_left: Money
    pass_mark: int = 0
    reviewers: int = 0
    reviewers_min: int = 0


def check_decision(session: Session, policy: CommitteePolicy, item: Item) -> tuple[Refusal, ...]:
    """Everything that keeps this decision from standing, in the declared order; empty when it stands."""
    result = tally(session, policy, item.motion, item.ballots)
    found = [*_check_votes(session, policy, item, result), *_check_outcome(item)]
    if item.motion.outcome in GRANTING:
        found += _check_score(policy, item)
    if not result.is_carried:
        votes = {"votes_for": result.votes_for, "votes_against": result.votes_against}
        found.append(MOTION_NOT_CARRIED(plan=item.motion.plan, outcome=item.motion.outcome.value, **votes))
    return tuple(found)


def _check_votes(session: Session, policy: CommitteePolicy, item: Item, result: Tally) -> list[Refusal]:
    plan, voters = item.motion.plan, [ballot.member for ballot in item.ballots]
    once = tuple(dict.fromkeys(voters))
    found = []
    if len(result.eligible) < policy.quorum:
        found.append(COMMITTEE_NO_QUORUM(plan=plan, eligible=len(result.eligible), quorum=policy.quorum))
    there = (*result.eligible, *result.recused)
    found += [VOTER_NOT_PRESENT(member=name, plan=plan) for name in once if name not in there]
    found += [VOTER_HAS_INTEREST(member=name, plan=plan) for name in once if name in result.recused]
    found += [VOTER_TWICE(member=name, plan=plan) for name in once if voters.count(name) > 1]
    return found


def _check_outcome(item: Item) -> list[Refusal]:
    motion = item.motion
    found = []
    if motion.outcome is not Outcome.APPROVED and not any(reason.strip() for reason in motion.reasons):
        found.append(OUTCOME_WITHOUT_REASON(outcome=motion.outcome.value, plan=motion.plan))
    found += check_amount(motion)
    if motion.amount.currency == item.budget_left.currency and motion.amount > item.budget_left:
        found.append(BUDGET_EXCEEDED(plan=motion.plan, amount=motion.amount, left=item.budget_left))
    return found


def check_amount(motion: Motion) -> tuple[Refusal, ...]:
    """Why an amount does not go with the outcome it is moved with."""
    amount, asked = motion.amount, motion.requested
    is_fitting = {
        Outcome.APPROVED: amount == asked,
        Outcome.APPROVED_WITH_OBSERVATIONS: amount == asked,
        Outcome.LOWER_AMOUNT: amount.currency == asked.currency and 0 < amount.minor < asked.minor,
    }.get(motion.outcome, not amount)
    if is_fitting:
        return ()
    return (OUTCOME_AMOUNT(amount=amount, outcome=motion.outcome.value, plan=motion.plan, requested=asked),)


def check_vote(
    session: Session, motion: Motion, member: str, *, voters: Sequence[str]
) -> tuple[Refusal, ...]:
    """Why a member may not vote on a motion: not there, recused, or among those who voted already."""
    found = []
    if member not in session.present:
        found.append(VOTER_NOT_PRESENT(member=member, plan=motion.plan))
    if member in recused(session, motion):
        found.append(VOTER_HAS_INTEREST(member=member, plan=motion.plan))
    if member in voters:
        found.append(VOTER_TWICE(member=member, plan=motion.plan))
    return tuple(found)


def _check_score(policy: CommitteePolicy, item: Item) -> list[Refusal]:
    """A plan that is kept out stays out, scored or not; the rest is asked where scoring is required."""
    plan, score = item.motion.plan, item.score
    if score is not None and score.disqualified:
        return [PLAN_DISQUALIFIED(conditions=", ".join(score.disqualified))]
    if not policy.scoring_required:
        return []
    if score is None or isinstance(score.total, Undefined):
        return [SCORE_MISSING(plan=plan)]
    if item.reviewers < item.reviewers_min:
        return [SCORE_REVIEWERS_TOO_FEW(found=item.reviewers, needed=item.reviewers_min)]
    if score.needs_further_reviewer:
        return [SCORE_CONTESTED(plan=plan, spread=percent(score.spread))]
    if not score.passes:
        return [PLAN_BELOW_PASS_MARK(score=percent(score.total), needed=percent(item.pass_mark))]
    return []
