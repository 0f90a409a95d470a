"""What keeps a tranche from being paid besides its own conditions, and the whole answer to "why not yet".

These hold for every tranche of every grant and can never be waived. Must not know rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from seedfund.grants.rules.facts import Finding, Status
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role

GRANT_NOT_IN_FORCE: Final = RefusalCode(
    "grant_not_in_force",
    "The grant {number} is {state}.",
    "Only a grant in force is paid: have the agreement signed, or the grant resumed.",
)
EARLIER_TRANCHE_WAITS: Final = RefusalCode(
    "earlier_tranche_not_delivered",
    "Tranche {position} of {number} is not delivered in full: {missing} is missing.",
    "Deliver it first, retry the failed payment, or change the schedule by an adenda.",
)
TRANCHE_USED_UP: Final = RefusalCode(
    "tranche_paid",
    "Tranche {position} of {number} is paid or on the way in full.",
    "Nothing has to be done; for more money an adenda is needed.",
)
DUPLICATE_STOPS: Final = RefusalCode(
    "duplicate_stops_payment",
    "Somebody {number} is for or paid to shares a document or an account with another household, undecided or "
    "decided against.",
    "Look at both files and record a decision about the pair.",
)
REFUSALS: Final = (GRANT_NOT_IN_FORCE, EARLIER_TRANCHE_WAITS, TRANCHE_USED_UP, DUPLICATE_STOPS)


@dataclass(frozen=True, kw_only=True)
class TrancheStanding:
    """A tranche in numbers: what it is worth, what was delivered, what is listed or on the way, what was kept back.

    `offset` was answered without a payment: kept back, set off against another grant, or not due any more.
    `returned_minor` was delivered, came back, and is promised again. `bound_minor` is what the grant has committed and
    no other tranche has listed or on the way (none given: nothing limits it); it is less than the schedule says after a
    refund that was paid again is undone. `queue`: a tranche waits for earlier ones of its own queue only; where
    attendance is paid for, a trainee's stipend does not wait for the fee of the course.
    """

    position: int
    amount: Money
    delivered: Money
    in_payment: Money
    offset: Money
    returned_minor: int = 0
    bound_minor: int | None = None
    queue: str = ""

    @property
    def rest(self) -> Money:
        """What could still be paid of it, or again."""
        gone = self.delivered.minor + self.in_payment.minor + self.offset.minor
        left = self.amount.minor + self.returned_minor - gone
        bound = left if self.bound_minor is None else self.bound_minor - self.in_payment.minor
        return Money(max(0, min(left, bound)), self.amount.currency)

    @property
    def missing(self) -> Money:
        """What neither arrived nor was answered otherwise."""
        return self.amount - self.delivered - self.offset

    def with_in_payment(self, in_payment: Money) -> "TrancheStanding":
        """The same with another amount listed or on the way."""
        return replace(self, in_payment=in_payment)


def share_returned(amounts: Sequence[int], delivered: Mapping[int, int], *, committed: int) -> dict[int, int]:
    """What came back and is promised again, by position: of the last delivered tranche first. In minor units.

    What is promised and not spent (`committed`) covers what of the schedule was not delivered; what it holds beyond
    that was spent once and came back. A place that an adenda removed was given back whole, before all others; of the
    rest the last is what can be paid or dropped again, while an earlier one may be accounted for or given in kind.
    """
    left, result = committed + sum(delivered.values()) - sum(amounts), {}
    for position in sorted(delivered, key=lambda place: (place <= len(amounts), -place)):
        result[position] = max(0, min(left, delivered[position]))
        left -= result[position]
    return result


@dataclass(frozen=True, kw_only=True)
class GrantStanding:
    """A grant as payments see it, on a day: its state and the tranches of the schedule in force, in order."""

    number: str
    state: str
    tranches: tuple[TrancheStanding, ...]
    has_duplicate_stop: bool
    on: date
    owner_gaps: tuple[Refusal, ...] = ()


Judged = tuple[str, Role, Sequence[Refusal]]
"""What was judged, who has to act where it does not hold, and what is missing (nothing: it holds)."""


def standing_findings(grant: GrantStanding, position: int) -> tuple[Finding, ...]:
    """What holds for every tranche, each met or not met: state, earlier tranches, its own rest, duplicates, owner."""
    return findings_of(_standing(grant, grant.tranches[position - 1]), grant.on)


def standing_gaps(grant: GrantStanding, tranche: TrancheStanding) -> list[Refusal]:
    """What is missing of all that, in order; `tranche` may stand otherwise than in the grant, without a payment say."""
    return [gap for _, _, gaps in _standing(grant, tranche) for gap in gaps]


def _standing(grant: GrantStanding, tranche: TrancheStanding) -> tuple[Judged, ...]:
    position = tranche.position
    before = (other for other in grant.tranches[: position - 1] if other.queue == tranche.queue)
    earlier = next((other for other in before if other.missing.minor > 0), None)
    return (
        (
            "grant_in_force",
            Role.PROGRAMME_MANAGER,
            () if grant.state == "in_force" else (_state_gap(grant),),
        ),
        (
            "earlier_tranches_delivered",
            Role.FINANCE_OFFICER,
            () if earlier is None else (_waiting(grant, earlier),),
        ),
        (
            "tranche_open",
            Role.FINANCE_OFFICER,
            () if tranche.rest.minor > 0 else (TRANCHE_USED_UP(position=position, number=grant.number),),
        ),
        (
            "duplicates_decided",
            Role.PROGRAMME_MANAGER,
            (DUPLICATE_STOPS(number=grant.number),) if grant.has_duplicate_stop else (),
        ),
        ("owner_may_receive", Role.FIELD_OFFICER, grant.owner_gaps),
    )


def refusals_of(findings: Sequence[Finding]) -> tuple[Refusal, ...]:
    """Every reason not to pay, in order."""
    return tuple(gap for finding in findings for gap in finding.gaps())


def _waiting(grant: GrantStanding, earlier: TrancheStanding) -> Refusal:
    return EARLIER_TRANCHE_WAITS(position=earlier.position, number=grant.number, missing=earlier.missing)


def _state_gap(grant: GrantStanding) -> Refusal:
    return GRANT_NOT_IN_FORCE(number=grant.number, state=grant.state)


def findings_of(judged: Sequence[Judged], on: date) -> tuple[Finding, ...]:
    """One finding for each gap; where there is none, one that is met."""
    return tuple(_finding(code, gap, role, on) for code, role, gaps in judged for gap in gaps or (None,))


def _finding(code: str, missing: Refusal | None, role: Role, on: date) -> Finding:
    if missing is None:
        return Finding(code=code, status=Status.MET, evaluator="seedfund", on=on)
    return Finding(code=code, status=Status.NOT_MET, missing=missing, responsible=role)
