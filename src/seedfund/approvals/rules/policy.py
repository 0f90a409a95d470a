"""Policy terms: what a programme asks of its own hands, as one frozen value under two persons. Pure.

The three profiles are examples to begin from, not limits of law: every figure in them is configuration, and a programme
proposes its own. What no profile can lift is not in here at all: three different hands, one content.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Final

from seedfund.kernel.codec import encode
from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance, Role

OTHER: Final = "other"
"""The kind of subject whose stages hold for every kind a policy does not name."""


class Profile(StrEnum):
    """How much a programme asks; `strict` asks most."""

    SMALL = "small"
    STANDARD = "standard"
    STRICT = "strict"


class Stage(StrEnum):
    """What a pair of eyes is asked for, in the order it happens."""

    REVIEW = "review"
    APPROVE = "approve"
    AUTHORISE = "authorise"
    FINANCE_RELEASE = "finance_release"


class Act(StrEnum):
    """What a policy can ask a better assured identity for."""

    APPROVE = "approve"
    RELEASE_PAYMENT = "release_payment"
    SIGN_AGREEMENT = "sign_agreement"
    WAIVE_CONDITION = "waive_condition"
    WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of an approval: which roles may decide it, how many persons, and whether a ceiling is asked of them."""

    stage: Stage
    roles: tuple[Role, ...]
    approvals: int = 1
    needs_authority: bool = False


@dataclass(frozen=True, slots=True)
class Threshold:
    """The steps a kind of subject takes from a weighed amount on, in minor units of a currency."""

    subject_kind: str
    currency: str
    from_minor: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class RoleCeiling:
    """Up to which amount those who hold a role may decide, in minor units of a currency."""

    role: Role
    currency: str
    ceiling_minor: int


@dataclass(frozen=True, slots=True)
class DeclarationCap:
    """What declarations in lieu of receipts may make up of one grant, in minor units of a further currency."""

    currency: str
    cap_minor: int


@dataclass(frozen=True, slots=True)
class MethodDays:
    """How many days a released payment of a method may stay unresolved before it is listed."""

    method: str
    days: int


@dataclass(frozen=True, slots=True)
class ActAssurance:
    """The least assurance of identity an act asks for."""

    act: Act
    minimum: Assurance


@dataclass(frozen=True, kw_only=True)
class PolicyTerms:
    """A programme's policy. Shares are basis points, amounts minor units, terms calendar days.

    `declaration_cap_minor` limits all declarations in lieu of receipts of one grant; from `write_off_paper_from_minor`
    on a write-off needs the donor's paper; both are in `currency`. `declaration_caps` are those in further currencies.
    `payout_cooling_days` is how long an account that replaces another waits until it is paid. With
    `awards_need_selection` a household, and its members, are awarded only while it holds a place in a selection.
    """

    profile: Profile
    currency: str
    thresholds: tuple[Threshold, ...]
    ceilings: tuple[RoleCeiling, ...]
    splitting_window_days: int
    scoring_required: bool
    committee_size_min: int
    quorum: int
    receipt_tolerance_bps: int
    declaration_cap_minor: int
    overdue_days: int
    refund_days: int
    refund_banking_days: int
    payout_cooling_days: int
    write_off_paper_from_minor: int
    hold_expiry_days: tuple[MethodDays, ...]
    assurances: tuple[ActAssurance, ...]
    declaration_caps: tuple[DeclarationCap, ...] = ()
    awards_need_selection: bool = False


POLICY_MISSING: Final = RefusalCode(
    "policy_missing",
    "No policy is in force on {day}.",
    "Propose one of the profiles and let a second person approve it.",
)
POLICY_WITHOUT_START: Final = RefusalCode(
    "policy_without_start",
    "The stages of {subject} in {currency} do not begin at zero.",
    "Add a threshold from 0 for it.",
)
POLICY_WITHOUT_OTHER: Final = RefusalCode(
    "policy_without_other",
    "The policy has no stages for subjects it does not name.",
    "Add thresholds for the kind 'other'.",
)
POLICY_STEP_EMPTY: Final = RefusalCode(
    "policy_step_empty",
    "A threshold of {subject} asks nobody, or no role, to approve.",
    "Give each threshold at least one stage with a role and one approval.",
)
POLICY_STAGE_TWICE: Final = RefusalCode(
    "policy_stage_twice",
    "A threshold of {subject} lists its stages twice or out of order.",
    "List each stage once: review, approve, authorise, finance_release.",
)
POLICY_QUORUM: Final = RefusalCode(
    "policy_quorum",
    "A quorum of {quorum} does not fit a committee of {size}.",
    "Give a quorum of at least 1 and at most the committee's size.",
)
POLICY_FIGURE: Final = RefusalCode(
    "policy_figure",
    "The figure {field} of the policy is out of range.",
    "Give zero or more, and at most 10000 where it is basis points.",
)
POLICY_LACKS_CURRENCY: Final = RefusalCode(
    "policy_lacks_currency",
    "The policy in force has no stages for {subject} in {currency}.",
    "Propose a policy with thresholds in that currency.",
)
REFUSALS: Final = (
    POLICY_MISSING,
    POLICY_WITHOUT_START,
    POLICY_WITHOUT_OTHER,
    POLICY_STEP_EMPTY,
    POLICY_STAGE_TWICE,
    POLICY_QUORUM,
    POLICY_FIGURE,
    POLICY_LACKS_CURRENCY,
)


def check_terms(terms: PolicyTerms) -> list[Refusal]:
    """Everything that makes terms unusable, in the declared order."""
    exponent(terms.currency)
    return [
        *_without_start(terms.thresholds),
        *([] if any(one.subject_kind == OTHER for one in terms.thresholds) else [POLICY_WITHOUT_OTHER()]),
        *(POLICY_STEP_EMPTY(subject=one.subject_kind) for one in terms.thresholds if _asks_nobody(one)),
        *(POLICY_STAGE_TWICE(subject=one.subject_kind) for one in terms.thresholds if _disordered(one)),
        *(
            []
            if 1 <= terms.quorum <= terms.committee_size_min
            else [POLICY_QUORUM(quorum=terms.quorum, size=terms.committee_size_min)]
        ),
        *(POLICY_FIGURE(field=name) for name in _figures_out_of_range(terms)),
    ]


def _without_start(thresholds: Iterable[Threshold]) -> list[Refusal]:
    least: dict[tuple[str, str], int] = {}
    for one in thresholds:
        where = (one.subject_kind, one.currency)
        least[where] = min(one.from_minor, least.get(where, one.from_minor))
    return [
        POLICY_WITHOUT_START(subject=kind, currency=currency)
        for (kind, currency), start in least.items()
        if start != 0
    ]


def _asks_nobody(threshold: Threshold) -> bool:
    return not threshold.steps or any(step.approvals < 1 or not step.roles for step in threshold.steps)


def _disordered(threshold: Threshold) -> bool:
    order = list(Stage)
    positions = [order.index(step.stage) for step in threshold.steps]
    return positions != sorted(set(positions))


def _figures_out_of_range(terms: PolicyTerms) -> list[str]:
    wrong = []
    for item in fields(PolicyTerms):
        value = getattr(terms, item.name)
        if type(value) is int and (value < 0 or (item.name.endswith("_bps") and value > 10_000)):
            wrong.append(item.name)
    if any(one.ceiling_minor < 0 for one in terms.ceilings):
        wrong.append("ceilings")
    if any(one.cap_minor < 0 for one in terms.declaration_caps):
        wrong.append("declaration_caps")
    if any(one.days < 0 for one in terms.hold_expiry_days):
        wrong.append("hold_expiry_days")
    return wrong


def steps_for(terms: PolicyTerms, *, subject_kind: str, weighed: Money) -> tuple[Step, ...] | Refusal:
    """The steps a subject takes for its weighed amount: those of the highest threshold it reaches."""
    named = any(one.subject_kind == subject_kind for one in terms.thresholds)
    kind = subject_kind if named else OTHER
    reached = [
        one
        for one in terms.thresholds
        if one.subject_kind == kind and one.currency == weighed.currency and one.from_minor <= weighed.minor
    ]
    if not reached:
        return POLICY_LACKS_CURRENCY(subject=subject_kind, currency=weighed.currency)
    return max(reached, key=lambda one: one.from_minor).steps


def assurance_for(terms: PolicyTerms, act: Act) -> Assurance:
    """The least assurance an act asks for; a claimed name where the policy says nothing."""
    found = [one.minimum for one in terms.assurances if one.act is act]
    return max(found, key=list(Assurance).index, default=Assurance.CLAIMED)


def hold_days(terms: PolicyTerms, method: str) -> int | None:
    """Days after which an unresolved payment of a method is listed; None where the policy says nothing."""
    return next((one.days for one in terms.hold_expiry_days if one.method == method), None)


def declaration_cap(terms: PolicyTerms, currency: str) -> Money | None:
    """What declarations in lieu of receipts may make up of one grant; None where the policy says nothing."""
    caps = {one.currency: one.cap_minor for one in terms.declaration_caps}
    caps[terms.currency] = terms.declaration_cap_minor
    return Money(caps[currency], currency) if currency in caps else None


def terms_content(terms: PolicyTerms) -> Mapping[str, object]:
    """The terms as plain data for the canonical text that is hashed and kept."""
    content: Mapping[str, object] = encode(terms, [])
    return content
