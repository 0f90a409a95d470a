"""What is read of calls, plans, sessions and decisions, as values. Must not know how it is read."""

from dataclasses import dataclass
from datetime import date

from seedfund.kernel.codec import decode
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.plans.rules import (
    Ballot,
    CommitteePolicy,
    PlanPolicy,
    ScoringSheet,
)
from seedfund.store.records import parse_document


@dataclass(frozen=True)
class CallTerms:
    """The rules of one call as values; `sheet` is None where the call does not score."""

    plan_policy: PlanPolicy
    committee_policy: CommitteePolicy
    sheet: ScoringSheet | None


@dataclass(frozen=True, slots=True)
class CallFacts:
    """A version of a call, approved or still proposed."""

    id: Key
    code: str
    version: str
    content: str
    content_hash: str
    proposed_by: Key
    approved_by: Key | None

    @property
    def terms(self) -> CallTerms:
        """Its rules."""
        return decode(CallTerms, parse_document(self.content), field="call")


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan with the version in force: the newest one, but for what waits for a second person after an approval."""

    id: Key
    number: str
    state: str
    call_id: Key
    owner_kind: str
    household_id: Key | None
    participant_id: Key
    approved_minor: int | None
    version_id: Key
    version: int
    content_hash: str
    currency: str
    sector: str
    grant_minor: int
    start_up_minor: int
    author_id: Key
    author: str
    submitted_on: date

    @property
    def requested(self) -> Money:
        """What the version in force asks for."""
        return Money(self.grant_minor, self.currency)

    @property
    def approved(self) -> Money | None:
        """What a committee approved, if it did."""
        return None if self.approved_minor is None else Money(self.approved_minor, self.currency)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version as it was handed in, in force or not."""

    id: Key
    version: int
    content_hash: str
    author_id: Key


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One line of a version's start-up list."""

    version_id: Key
    line: int
    description: str
    category: str
    quantity_thousandths: int
    unit: str
    unit_price_minor: int
    total_minor: int
    funded_by: str
    month: int


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A committee session; `session` is its value for the rules, by handles and plan numbers."""

    id: Key
    number: str
    call_id: Key
    held_on: date
    chair: str
    secretary: str
    state: str


@dataclass(frozen=True, slots=True)
class VoteFacts:
    """A vote on a motion of a session, or a motion nobody has voted on yet; an interest strikes the vote."""

    plan: str
    version: int
    motion: int
    outcome: str
    currency: str
    amount_minor: int
    member: str | None
    choice: str | None
    is_struck: bool


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A committee's decision, with what an award needs of the plan it is about."""

    id: Key
    session_number: str
    held_on: date
    plan_id: Key
    plan_number: str
    plan_state: str
    version_id: Key
    version: int
    content_hash: str
    owner_kind: str
    household_id: Key | None
    participant_id: Key
    outcome: str
    currency: str
    amount_minor: int
    line_id: Key | None
    reasons: str
    decided_on: date
    basis: str

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        """The votes it was taken on."""
        return tuple(decode(Ballot, one) for one in parse_document(self.basis)["ballots"])

    @property
    def quorum(self) -> int:
        """How many members without an interest were needed."""
        basis = parse_document(self.basis)
        policy = basis.get("policy") or basis["terms"]["committee_policy"]
        return int(policy["quorum"])

    @property
    def position(self) -> int | None:
        """The plan's place in the ranking it was taken on; None where its call does not score."""
        ranking = parse_document(self.basis).get("ranking", ())
        return next((int(one["position"]) for one in ranking if one["plan"] == self.plan_number), None)

    @property
    def amount(self) -> Money:
        """What was approved; zero where nothing was."""
        return Money(self.amount_minor, self.currency)
