"""Where a policy asks less than the one before it: what the exceptions page shows of policies. Pure."""

from dataclasses import dataclass
from typing import Final

from seedfund.approvals.rules.policy import Act, PolicyTerms, Step, assurance_for, declaration_cap, steps_for
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import Money


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A figure of a policy that asks less than before."""

    field: str
    before: str
    after: str


# A higher figure asks less of the programme, or a lower one does; what stands in neither list is compared on its own.
_MORE_IS_LESS: Final = (
    "receipt_tolerance_bps",
    "declaration_cap_minor",
    "overdue_days",
    "refund_days",
    "refund_banking_days",
    "write_off_paper_from_minor",
)
_LESS_IS_LESS: Final = (
    "splitting_window_days",
    "scoring_required",
    "committee_size_min",
    "quorum",
    "payout_cooling_days",
    "awards_need_selection",
)


def relaxations(before: PolicyTerms, after: PolicyTerms) -> tuple[Relaxation, ...]:
    """Every figure by which `after` asks less than `before`; these stand on the exceptions page.

    Stages are compared at each threshold of either policy: fewer approvals, a stage left out, or an authority
    no longer asked for.
    """
    found = [name for name in _MORE_IS_LESS if getattr(after, name) > getattr(before, name)]
    found += [name for name in _LESS_IS_LESS if getattr(after, name) < getattr(before, name)]
    result = [Relaxation(name, str(getattr(before, name)), str(getattr(after, name))) for name in found]
    return (
        *result,
        *_relaxed_steps(before, after),
        *_relaxed_ceilings(before, after),
        *_relaxed_caps(before, after),
        *_relaxed_acts(before, after),
    )


def _relaxed_steps(before: PolicyTerms, after: PolicyTerms) -> list[Relaxation]:
    points = {
        (one.subject_kind, one.currency, one.from_minor) for one in (*before.thresholds, *after.thresholds)
    }
    result = []
    for kind, currency, minor in sorted(points):
        amount = Money(minor, currency)
        old = steps_for(before, subject_kind=kind, weighed=amount)
        new = steps_for(after, subject_kind=kind, weighed=amount)
        if isinstance(old, Refusal) or isinstance(new, Refusal):
            continue
        if _weight(new) < _weight(old) or not {step.stage for step in old} <= {step.stage for step in new}:
            result.append(Relaxation(f"stages of {kind} from {amount}", _shown(old), _shown(new)))
    return result


def _weight(steps: tuple[Step, ...]) -> tuple[int, int]:
    return sum(step.approvals for step in steps), sum(step.needs_authority for step in steps)


def _shown(steps: tuple[Step, ...]) -> str:
    return ", ".join(f"{step.stage} x{step.approvals}" for step in steps)


def _relaxed_ceilings(before: PolicyTerms, after: PolicyTerms) -> list[Relaxation]:
    old = {(one.role, one.currency): one.ceiling_minor for one in before.ceilings}
    return [
        Relaxation(
            f"ceiling of {one.role}",
            str(Money(known, one.currency)),
            str(Money(one.ceiling_minor, one.currency)),
        )
        for one in after.ceilings
        if one.ceiling_minor > (known := old.get((one.role, one.currency), 0))
    ]


def _relaxed_caps(before: PolicyTerms, after: PolicyTerms) -> list[Relaxation]:
    """Caps in further currencies; where there was none, no declaration could be accepted."""
    result = []
    for one in after.declaration_caps:
        old, new = declaration_cap(before, one.currency), Money(one.cap_minor, one.currency)
        known = old or Money(0, one.currency)
        if new > known:
            result.append(Relaxation(f"declaration_cap in {one.currency}", str(known), str(new)))
    return result


def _relaxed_acts(before: PolicyTerms, after: PolicyTerms) -> list[Relaxation]:
    return [
        Relaxation(f"assurance of {act}", assurance_for(before, act), assurance_for(after, act))
        for act in Act
        if not assurance_for(after, act).at_least(assurance_for(before, act))
    ]
