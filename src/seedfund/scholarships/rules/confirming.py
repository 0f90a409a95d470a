"""What opens a tranche of a scholarship, and what keeps it shut. Must not know rows.

Each payment needs its own confirmation. One that was refused stops those after it, and nothing is confirmed before what
comes earlier; what was decided wrongly is decided again, and the first decision is kept (systems: scholarship).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.scholarships.rules.words import Milestone, Outcome, Purpose

NOT_IN_FORCE: Final = RefusalCode(
    "scholarship_not_in_force",
    "The agreement of {scholarship} is not in force: the grant is {state}.",
    "Have the agreement signed, or the grant resumed.",
)
TRANCHE_UNKNOWN: Final = RefusalCode(
    "scholarship_tranche_unknown",
    "{scholarship} has no tranche {position}.",
    "Look its tranches up with: seedfund show {scholarship}.",
)
NOT_ENROLLED: Final = RefusalCode(
    "enrolment_not_proven",
    "The enrolment of {scholarship} is not proven.",
    "Enrol the trainee, and record the proof with: seedfund do scholarships.prove_enrolment.",
)
DECIDED_ALREADY: Final = RefusalCode(
    "tranche_decided_already",
    "Tranche {position} of {scholarship} was {outcome} on {day}.",
    "A wrong decision is corrected with its reason: seedfund do scholarships.correct_confirmation.",
)
NOT_DECIDED: Final = RefusalCode(
    "tranche_not_decided",
    "Tranche {position} of {scholarship} was not decided yet.",
    "Confirm or refuse it first.",
)
EARLIER_REFUSED: Final = RefusalCode(
    "earlier_tranche_refused",
    "Tranche {earlier} of {scholarship} was refused, and stops tranche {position}.",
    "Correct the earlier decision if it was wrong; else end the scholarship.",
)
EARLIER_UNDECIDED: Final = RefusalCode(
    "earlier_tranche_undecided",
    "Tranche {earlier} of {scholarship} comes before tranche {position} and is not decided.",
    "Decide the earlier one first.",
)
COMPLAINT_OPEN: Final = RefusalCode(
    "complaint_open",
    "The complaint {complaint} against {provider} is open.",
    "Close the complaint first; until then the provider is paid nothing.",
)
TRAINEE_LEFT: Final = RefusalCode(
    "trainee_left",
    "The trainee of {scholarship} left the course on {day}.",
    "Refuse the tranche; what was paid for days attended stays.",
)
PROGRESS_LACKS: Final = RefusalCode(
    "progress_lacks",
    "The trainee of {scholarship} attended {rate} of the sessions, {needed} is needed.",
    "Let the trainee make up for missed sessions, and take the registers.",
)
CERTIFICATE_LACKS: Final = RefusalCode(
    "certificate_lacks",
    "The trainee of {scholarship} has no certificate.",
    "Issue the certificate first.",
)
WORK_LACKS: Final = RefusalCode(
    "work_lacks",
    "No check of {scholarship} at month {month} found the trainee in work.",
    "Ask the trainee, and record the check with its proof.",
)
PERIOD_RUNS: Final = RefusalCode(
    "stipend_period_runs",
    "The period of tranche {position} of {scholarship} lasts until {last}.",
    "Wait until it is over.",
)
REGISTERS_LACK: Final = RefusalCode(
    "stipend_registers_lack",
    "{count} sessions of the period have no register, or do not mark the trainee.",
    "Take the registers, or cancel the sessions that were not held.",
)
PAYMENT_UNDER_WAY: Final = RefusalCode(
    "confirmed_payment_under_way",
    "{amount} of tranche {position} of {scholarship} is listed or on the way.",
    "Take the payment out of its list, or wait for its result.",
)
DECIDED_THE_SAME: Final = RefusalCode(
    "decided_the_same",
    "Tranche {position} of {scholarship} comes to the same again: {amount} due.",
    "Nothing has to be corrected.",
)
BY_OWN_HAND: Final = RefusalCode(
    "confirmed_by_marker",
    "Who took registers of {scholarship} in that time does not confirm a stipend for them.",
    "Ask a colleague to confirm it.",
)
REFUSALS: Final = (
    *(NOT_IN_FORCE, TRANCHE_UNKNOWN, NOT_ENROLLED, DECIDED_ALREADY, NOT_DECIDED, EARLIER_REFUSED),
    *(EARLIER_UNDECIDED, COMPLAINT_OPEN, TRAINEE_LEFT, PROGRESS_LACKS, CERTIFICATE_LACKS, WORK_LACKS),
    *(PERIOD_RUNS, REGISTERS_LACK, PAYMENT_UNDER_WAY, DECIDED_THE_SAME, BY_OWN_HAND),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A tranche of a scholarship and what was last decided of it; `outcome` None where nothing was."""

    position: int
    purpose: Purpose
    outcome: Outcome | None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What a trainee has reached by a day; `rate` in basis points, None where no session was held yet.

    `working_at` are the months of checks that found the trainee in work.
    """

    is_enrolled: bool
    left_on: date | None = None
    rate: int | None = None
    has_certificate: bool = False
    working_at: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReached:
    """A stipend's period: its last day, whether it is over, the registers that are missing, whose hands took them."""

    last: date
    is_over: bool
    missing: int
    is_own_register: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The tranche that is asked about: its milestone, and for progress the attendance it needs."""

    scholarship: str
    position: int
    milestone: Milestone
    threshold_bps: int = 0
    months: tuple[int, int] = (1, 6)


def check_order(
    scholarship: str, wanted: int, decided: Sequence[Decided], *, has_left: bool = False
) -> list[Refusal]:
    """Why a tranche is not decided yet: a refusal before it stops it, whatever that one paid.

    Fees wait for earlier fees and stipends for earlier stipends: a provider's late course keeps no trainee waiting. Who
    left is paid the days attended, also where a fee was refused because of that.
    """
    own = next(one for one in decided if one.position == wanted)
    refusals = []
    for one in decided:
        if one.position >= wanted:
            break
        facts = {"earlier": one.position, "scholarship": scholarship, "position": wanted}
        is_other_fee = one.purpose is Purpose.TUITION and own.purpose is Purpose.STIPEND
        if one.outcome is Outcome.REFUSED and not (has_left and is_other_fee):
            refusals.append(EARLIER_REFUSED(**facts))
        elif one.outcome is None and one.purpose is own.purpose:
            refusals.append(EARLIER_UNDECIDED(**facts))
    return refusals


def check_reached(asked: Asked, reached: Reached) -> list[Refusal]:
    """Why what a part of the fee waits for is not reached."""
    if not reached.is_enrolled:
        return [NOT_ENROLLED(scholarship=asked.scholarship)]
    if reached.left_on is not None:
        return [TRAINEE_LEFT(scholarship=asked.scholarship, day=reached.left_on)]
    return _JUDGES[asked.milestone](asked, reached)


def _enrolment(asked: Asked, reached: Reached) -> list[Refusal]:
    return []


def _progress(asked: Asked, reached: Reached) -> list[Refusal]:
    rate = reached.rate or 0
    if reached.rate is not None and rate >= asked.threshold_bps:
        return []
    needed = _percent(asked.threshold_bps)
    return [PROGRESS_LACKS(scholarship=asked.scholarship, rate=_percent(rate), needed=needed)]


def _certification(asked: Asked, reached: Reached) -> list[Refusal]:
    return [] if reached.has_certificate else [CERTIFICATE_LACKS(scholarship=asked.scholarship)]


def _placement(asked: Asked, reached: Reached) -> list[Refusal]:
    return _work(asked, reached, asked.months[0])


def _retention(asked: Asked, reached: Reached) -> list[Refusal]:
    return _work(asked, reached, asked.months[1])


def _work(asked: Asked, reached: Reached, month: int) -> list[Refusal]:
    if any(found >= month for found in reached.working_at):
        return []
    return [WORK_LACKS(scholarship=asked.scholarship, month=month)]


_JUDGES: Final[Mapping[Milestone, Callable[[Asked, Reached], list[Refusal]]]] = MappingProxyType(
    {
        Milestone.ENROLMENT: _enrolment,
        Milestone.PROGRESS: _progress,
        Milestone.CERTIFICATION: _certification,
        Milestone.PLACEMENT: _placement,
        Milestone.RETENTION: _retention,
    }
)


def check_period(asked: Asked, reached: Reached, period: PeriodReached) -> list[Refusal]:
    """Why a stipend cannot be worked out yet; who left is paid for the days attended as soon as those are known."""
    if not reached.is_enrolled:
        return [NOT_ENROLLED(scholarship=asked.scholarship)]
    refusals = []
    if not period.is_over and reached.left_on is None:
        refusals.append(PERIOD_RUNS(position=asked.position, scholarship=asked.scholarship, last=period.last))
    if period.missing:
        refusals.append(REGISTERS_LACK(count=period.missing))
    if period.is_own_register:
        refusals.append(BY_OWN_HAND(scholarship=asked.scholarship))
    return refusals


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a decision makes of a tranche: what of it is not due any more, and what of it was paid too much."""

    lapses: Money
    overpaid: Money
    is_payable: bool


def settle(ceiling: Money, *, due: Money, answered: Money) -> Settled:
    """What of a ceiling lapses and was overpaid, when so much is due and so much was paid or answered otherwise.

    Nothing that was paid lapses; what was paid above what is due is overpaid. All three sum to what was promised.
    """
    kept = max(due, answered)
    over = Money(max(0, answered.minor - due.minor), ceiling.currency)
    return Settled(
        lapses=Money(max(0, ceiling.minor - kept.minor), ceiling.currency),
        overpaid=over,
        is_payable=due.minor > answered.minor,
    )


def _percent(basis_points: int) -> str:
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d} %" if rest else f"{whole} %"
