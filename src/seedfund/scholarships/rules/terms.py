"""What an employment plan promises, and the tranches that follow from it. Pure; must not know rows.

A plan is a frozen value, hashed as a whole: the award stands on its hash. The fee goes to the provider in parts,
each for something reached; the stipend goes to the trainee a period at a time, each with its ceiling (domain:
scholarships and training attendance).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from seedfund.grants.rules.conditions import AgreementSigned, Condition, EvidenceOnFile
from seedfund.grants.rules.words import BILLED, CONFIRMED, EvidenceKind
from seedfund.kernel.canonical import canonical_bytes, canonical_text, digest
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.dates import DateRange, add_months
from seedfund.kernel.errors import Refusal, RefusalCode, insist
from seedfund.kernel.money import Money, total
from seedfund.scholarships.rules.words import CHECK_MONTHS, Milestone, Modality, Period, Purpose

HASH_DOMAIN: Final = "seedfund.employment_plan.v1"
WHOLE: Final = 10_000
FORTNIGHT: Final = timedelta(days=14)
MILESTONES: Final = tuple(one for one in Milestone if one is not Milestone.PERIOD)
"""What a part of the fee may wait for, in the order of the course."""

PLAN_DAYS: Final = RefusalCode(
    "employment_plan_days",
    "The course would last from {start} to {last}.",
    "Give an end after the start.",
)
PLAN_NOTHING: Final = RefusalCode(
    "employment_plan_pays_nothing",
    "The plan pays neither a fee nor a stipend.",
    "Give a fee with its parts, a stipend a day, or both.",
)
PLAN_FEE: Final = RefusalCode(
    "employment_plan_fee",
    "The fee of {fee} is above that of the course {course}: {most}.",
    "Plan {most} or less.",
)
PLAN_FEE_PARTS: Final = RefusalCode(
    "employment_plan_fee_parts",
    "The parts of the fee make {share} basis points.",
    "Let them add up to 10000, each above zero, in the order of the course; without a fee give none.",
)
PLAN_THRESHOLD: Final = RefusalCode(
    "employment_plan_threshold",
    "Part {position} of the fee asks for attendance of {threshold} basis points.",
    "Give 1 to 10000 for progress, and none for anything else.",
)
PLAN_STIPEND: Final = RefusalCode(
    "employment_plan_stipend",
    "A stipend of {rate} a day, for at most {days} days a period of which {excused} excused, cannot be paid.",
    "Give a rate above zero in the currency of the fee, and from 1 to 31 days a period.",
)
REFUSALS: Final = (PLAN_DAYS, PLAN_NOTHING, PLAN_FEE, PLAN_FEE_PARTS, PLAN_THRESHOLD, PLAN_STIPEND)


@dataclass(frozen=True, kw_only=True)
class FeePart:
    """A part of the fee in basis points, what it waits for, and for progress the attendance it asks for."""

    milestone: Milestone
    share_bps: int
    threshold_bps: int = 0


@dataclass(frozen=True, kw_only=True)
class StipendTerms:
    """A rate a day attended, paid a period at a time for at most so many days, so many of them excused."""

    rate: Money
    days_most: int
    period: Period = Period.MONTH
    excused_most: int = 0


@dataclass(frozen=True, kw_only=True)
class ScholarshipTerms:
    """What a scholarship promises: the work it leads to, the course and how it is followed, fee and stipend.

    `course` is a code and `cohort` a number (empty: not known yet); `starts_on` and `ends_on` are both days of the
    course. `kit` names what the trainee keeps, empty for nothing.
    """

    occupation: str
    course: str
    starts_on: date
    ends_on: date
    fee: Money
    cohort: str = ""
    modality: Modality = Modality.IN_PERSON
    timetable: str = ""
    kit: str = ""
    fee_parts: tuple[FeePart, ...] = ()
    stipend: StipendTerms | None = None
    checks: tuple[int, ...] = field(default=CHECK_MONTHS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTranche:
    """A tranche as planned: what it pays, for what, at most how much, and when it falls due."""

    purpose: Purpose
    milestone: Milestone
    amount: Money
    due_on: date
    threshold_bps: int = 0
    period: DateRange | None = None


def terms_text(terms: ScholarshipTerms) -> str:
    """The canonical text that is stored and hashed."""
    return canonical_text(encode(terms, []))


def terms_hash(terms: ScholarshipTerms) -> str:
    """The hash an award stands on."""
    return digest(HASH_DOMAIN, canonical_bytes(encode(terms, [])))


def terms_of(data: Any) -> ScholarshipTerms:
    """The terms of what was stored."""
    return decode(ScholarshipTerms, data)


def check_terms(terms: ScholarshipTerms, *, most: Money) -> list[Refusal]:
    """Everything that makes terms unusable; `most` is the fee of the course."""
    if terms.ends_on <= terms.starts_on:
        return [PLAN_DAYS(start=terms.starts_on, last=terms.ends_on)]
    refusals = []
    if not terms.fee and terms.stipend is None:
        refusals.append(PLAN_NOTHING())
    if terms.fee.currency != most.currency or not 0 <= terms.fee.minor <= most.minor:
        refusals.append(PLAN_FEE(fee=terms.fee, course=terms.course, most=most))
    return [*refusals, *_check_fee_parts(terms), *_check_stipend(terms)]


def _check_fee_parts(terms: ScholarshipTerms) -> list[Refusal]:
    shares = [one.share_bps for one in terms.fee_parts]
    places = [list(Milestone).index(one.milestone) for one in terms.fee_parts]
    wanted = WHOLE if terms.fee else 0
    is_sound = sum(shares) == wanted and min(shares, default=1) > 0 and places == sorted(places)
    is_known = all(one.milestone in MILESTONES for one in terms.fee_parts)
    is_split = not is_sound or not terms.fee or min(_fees(terms)).minor > 0
    refusals = [] if is_sound and is_known and is_split else [PLAN_FEE_PARTS(share=sum(shares))]
    return refusals + [
        PLAN_THRESHOLD(position=position, threshold=one.threshold_bps)
        for position, one in enumerate(terms.fee_parts, 1)
        if not _is_threshold(one)
    ]


def _is_threshold(one: FeePart) -> bool:
    if one.milestone is Milestone.PROGRESS:
        return 0 < one.threshold_bps <= WHOLE
    return one.threshold_bps == 0


def _check_stipend(terms: ScholarshipTerms) -> list[Refusal]:
    one = terms.stipend
    if one is None:
        return []
    is_sound = (
        one.rate.minor > 0
        and one.rate.currency == terms.fee.currency
        and 1 <= one.days_most <= 31
        and 0 <= one.excused_most <= one.days_most
    )
    told = {"rate": one.rate, "days": one.days_most, "excused": one.excused_most}
    return [] if is_sound else [PLAN_STIPEND(**told)]


def tranches_of(terms: ScholarshipTerms) -> tuple[PlannedTranche, ...]:
    """The tranches of sound terms by the day they fall due; on one day the fee comes before the stipend."""
    planned = [*_tuition(terms), *_stipends(terms)]
    return tuple(sorted(planned, key=lambda one: (one.due_on, one.purpose is Purpose.STIPEND)))


def cost_of(terms: ScholarshipTerms) -> Money:
    """What a scholarship costs at most: the fee and the ceilings of every period."""
    return total((one.amount for one in tranches_of(terms)), terms.fee.currency)


def _fees(terms: ScholarshipTerms) -> Sequence[Money]:
    return terms.fee.allocate([one.share_bps for one in terms.fee_parts])


def _tuition(terms: ScholarshipTerms) -> list[PlannedTranche]:
    if not terms.fee:
        return []
    return [
        PlannedTranche(
            purpose=Purpose.TUITION,
            milestone=one.milestone,
            amount=amount,
            due_on=milestone_day(terms, one.milestone),
            threshold_bps=one.threshold_bps,
        )
        for one, amount in zip(terms.fee_parts, _fees(terms), strict=True)
    ]


def milestone_day(terms: ScholarshipTerms, milestone: Milestone) -> date:
    """When something of the course is expected: its start, its middle, its end, or a check after it."""
    days = {
        Milestone.ENROLMENT: terms.starts_on,
        Milestone.PROGRESS: terms.starts_on + (terms.ends_on - terms.starts_on) // 2,
        Milestone.CERTIFICATION: terms.ends_on,
        Milestone.PLACEMENT: add_months(terms.ends_on, min(terms.checks, default=CHECK_MONTHS[0])),
        Milestone.RETENTION: add_months(terms.ends_on, max(terms.checks, default=CHECK_MONTHS[-1])),
    }
    return days[milestone]


def periods_of(terms: ScholarshipTerms) -> tuple[DateRange, ...]:
    """The periods a stipend is paid for, joined without a gap; the last ends with the course."""
    if terms.stipend is None:
        return ()
    end, start = terms.ends_on + timedelta(days=1), terms.starts_on
    periods: list[DateRange] = []
    while start < end:
        count = len(periods) + 1
        step = (
            add_months(terms.starts_on, count)
            if terms.stipend.period is Period.MONTH
            else terms.starts_on + FORTNIGHT * count
        )
        periods.append(DateRange(start, min(step, end)))
        start = step
    insist(sum(one.days for one in periods) == (end - terms.starts_on).days, "periods cover the course once")
    return tuple(periods)


def _stipends(terms: ScholarshipTerms) -> list[PlannedTranche]:
    """A ceiling is the rate for as many days as the period can have, and never more than the plan allows."""
    if terms.stipend is None:
        return []
    return [
        PlannedTranche(
            purpose=Purpose.STIPEND,
            milestone=Milestone.PERIOD,
            amount=terms.stipend.rate * min(terms.stipend.days_most, period.days),
            due_on=period.last_day,
            period=period,
        )
        for period in periods_of(terms)
    ]


def conditions_of(one: PlannedTranche, position: int) -> tuple[Condition, ...]:
    """What a tranche waits for: the agreement, its own confirmation, and for a fee the provider's accepted bill."""
    kinds = [CONFIRMED, BILLED] if one.purpose is Purpose.TUITION else [CONFIRMED]
    waits = [EvidenceOnFile(EvidenceKind.ENROLMENT, least=1, topic=kind.format(position)) for kind in kinds]
    return (AgreementSigned(), *waits)
