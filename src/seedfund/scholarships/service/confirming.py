"""Confirming what a trainee reached, which opens a tranche; and deciding again where that was wrong.

A stipend's tranche is a ceiling: what did not come due lapses. What was paid above what came due is demanded back, with
the decision as its origin, and is kept back from the next payment or refunded; nothing that was decided is edited.
"""

from dataclasses import dataclass
from typing import Any, Final

from seedfund.approvals.rules.proposals import check_reason
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.standing import TrancheFacts
from seedfund.grants.rules.words import CONFIRMED, EvidenceKind
from seedfund.grants.service.demanding import DemandOverpayment, demand_overpayment
from seedfund.grants.service.lapsing import take_lapse_back, tranche_now, write_lapse
from seedfund.kernel.errors import Refusal, Refused, refuse
from seedfund.kernel.money import Money
from seedfund.scholarships.queries.bills import billed_of, open_complaints
from seedfund.scholarships.queries.reached import period_seen, reached_of
from seedfund.scholarships.queries.scholarships import (
    ConfirmationRow,
    ScholarshipRow,
    TrancheOfRow,
    confirmations_of,
    decided_of,
    last_decided,
    scholarship_tranches,
)
from seedfund.scholarships.rules.confirming import (
    COMPLAINT_OPEN,
    DECIDED_ALREADY,
    DECIDED_THE_SAME,
    NOT_DECIDED,
    NOT_IN_FORCE,
    PAYMENT_UNDER_WAY,
    TRANCHE_UNKNOWN,
    Asked,
    PeriodReached,
    Settled,
    check_order,
    check_period,
    check_reached,
    settle,
)
from seedfund.scholarships.rules.effective import EffectiveDays, effective_days, stipend_due
from seedfund.scholarships.rules.terms import ScholarshipTerms
from seedfund.scholarships.rules.words import Outcome, Purpose
from seedfund.scholarships.service.common import INTERVIEWERS, clear, plan_of, reached_scholarship
from seedfund.scholarships.tables import TrancheConfirmation
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from seedfund.training.queries.courses import list_providers
from seedfund.training.queries.enrolments import enrolments_by_id


@dataclass(frozen=True, kw_only=True)
class ConfirmTranche(Command):
    """The tranche that is decided (from 1): confirmed, or refused with its reason, which names nobody."""

    scholarship: str
    tranche: int
    outcome: Outcome = Outcome.CONFIRMED
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectConfirmation(Command):
    """A tranche that was decided wrongly, what holds instead, and why; the reason names nobody."""

    scholarship: str
    tranche: int
    reason: str
    outcome: Outcome = Outcome.CONFIRMED


@dataclass(frozen=True, kw_only=True)
class TrancheDecided:
    """What came due of a tranche, what of it lapsed, what had been paid too much, and the demand for that (or empty).

    `to_lift` is what was demanded before and is due after all: let that demand go with `grants.lift_demand`, or undo
    what answered it. For a stipend the days attended, excused and paid.
    """

    scholarship: str
    tranche: int
    outcome: Outcome
    due: Money
    lapsed: Money
    overpaid: Money
    demand: str
    to_lift: Money
    days_attended: int | None = None
    days_excused: int | None = None
    days_paid: int | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """A tranche that is decided about, with everything known of it."""

    row: ScholarshipRow
    grant: GrantRow
    tranche: TrancheOfRow
    tranches: tuple[TrancheOfRow, ...]
    history: tuple[ConfirmationRow, ...]
    facts: TrancheFacts

    @property
    def last(self) -> ConfirmationRow | None:
        """The decision that holds."""
        return last_decided(self.history).get(self.tranche.position)

    @property
    def ceiling(self) -> Money:
        """What the tranche in force promises at most."""
        return self.facts.standing.tranches[self.tranche.position - 1].amount


@dataclass(frozen=True, slots=True)
class _Due:
    """What a tranche comes to, and why it does not."""

    amount: Money
    days: EffectiveDays | None
    refusals: tuple[Refusal, ...]


@verb("scholarships.confirm_tranche", roles=INTERVIEWERS)
def confirm_tranche(unit: Unit, command: ConfirmTranche) -> TrancheDecided:
    """Confirm that what a tranche waits for is reached, or refuse it, which stops those after it.

    Raises:
        NotFound: there is no such scholarship.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `scholarship_not_in_force`, `scholarship_tranche_unknown`, `tranche_decided_already`,
            `earlier_tranche_refused`, `earlier_tranche_undecided`, `complaint_open`, `enrolment_not_proven`,
            `trainee_left`, `progress_lacks`, `certificate_lacks`, `work_lacks`, `stipend_period_runs`,
            `stipend_registers_lack`, `confirmed_by_marker`, `reason_missing`, `person_erased`.
    """
    case = _load(unit, command.scholarship, command.tranche)
    due = _due(unit, case, command.outcome)
    last = case.last
    told = {"position": case.tranche.position, "scholarship": case.row.number}
    refuse(
        [
            *(
                [DECIDED_ALREADY(**told, outcome=last.outcome.value, day=last.decided_on)]
                if last is not None
                else []
            ),
            *_check_before(unit, case),
            *due.refusals,
            *(check_reason(command.reason) if command.outcome is Outcome.REFUSED else []),
        ]
    )
    return _decide(unit, case, due, outcome=command.outcome, reason=command.reason)


@verb("scholarships.correct_confirmation", roles=INTERVIEWERS)
def correct_confirmation(unit: Unit, command: CorrectConfirmation) -> TrancheDecided:
    """Decide a tranche again: what lapsed is promised again or lapses, what was paid too much is demanded back.

    Who made the first decision does not correct it where money lapsed by it.

    Raises:
        NotFound: there is no such scholarship.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `scholarship_not_in_force`, `scholarship_tranche_unknown`, `tranche_not_decided`,
            `confirmed_payment_under_way`, `decided_the_same`, `reversed_by_own_poster`, `reason_missing`, and what a
            confirmation is refused for.
    """
    case = _load(unit, command.scholarship, command.tranche)
    due, last = _due(unit, case, command.outcome), case.last
    told = {"position": case.tranche.position, "scholarship": case.row.number}
    under_way = case.facts.standing.tranches[case.tranche.position - 1].in_payment
    if last is None:
        raise Refused([NOT_DECIDED(**told)])
    is_same = (last.outcome, last.due_minor) == (command.outcome, due.amount.minor)
    refuse(
        [
            *([PAYMENT_UNDER_WAY(**told, amount=under_way)] if under_way.minor else []),
            *_check_before(unit, case),
            *due.refusals,
            *([DECIDED_THE_SAME(**told, amount=due.amount)] if is_same else []),
            *check_reason(command.reason),
        ]
    )
    take_lapse_back(unit, case.grant, case.tranche.position, reason=command.reason)
    again = _load(unit, command.scholarship, command.tranche)
    return _decide(unit, again, due, outcome=command.outcome, reason=command.reason)


def _load(unit: Unit, number: str, position: int) -> _Case:
    row, grant = reached_scholarship(unit, number)
    if grant.state != "in_force":
        raise Refused([NOT_IN_FORCE(scholarship=row.number, state=grant.state)])
    tranches = tuple(scholarship_tranches(unit, [row.id])[row.id])
    own = next((one for one in tranches if one.position == position), None)
    facts = tranche_now(unit, grant, position)
    if own is None or facts is None:
        raise Refused([TRANCHE_UNKNOWN(scholarship=row.number, position=position)])
    history = tuple(confirmations_of(unit, [row.id])[row.id])
    return _Case(row, grant, own, tranches, history, facts)


def _check_before(unit: Unit, case: _Case) -> list[Refusal]:
    """What comes earlier, and complaints against who would be paid."""
    reached = reached_of(unit, [case.row], unit.occurred_on)[case.row.id]
    order = check_order(
        case.row.number,
        case.tranche.position,
        decided_of(case.tranches, case.history),
        has_left=reached.left_on is not None,
    )
    if case.tranche.purpose is not Purpose.TUITION:
        return order
    providers = {one.id: one.code for one in list_providers(unit, unit.programme.id)}
    return order + [
        COMPLAINT_OPEN(complaint=one.number, provider=providers[one.provider_id])
        for one in open_complaints(unit, [case.row.provider_id])[case.row.provider_id]
    ]


def _due(unit: Unit, case: _Case, outcome: Outcome) -> _Due:
    nothing = Money(0, case.grant.currency)
    if outcome is Outcome.REFUSED:
        return _Due(nothing, None, ())
    terms = plan_of(unit, case.row).terms
    reached = reached_of(unit, [case.row], unit.occurred_on)[case.row.id]
    asked = Asked(
        scholarship=case.row.number,
        position=case.tranche.position,
        milestone=case.tranche.milestone,
        threshold_bps=case.tranche.threshold_bps,
        months=(min(terms.checks), max(terms.checks)),
    )
    if case.tranche.purpose is Purpose.TUITION:
        billed = [
            one.amount_minor
            for one in billed_of(unit, [case.row.id])[case.row.id]
            if one.state == "accepted" and one.tranche_position == case.tranche.position
        ]
        amount = Money(sum(billed), case.grant.currency) if billed else case.ceiling
        return _Due(amount, None, tuple(check_reached(asked, reached)))
    if case.row.enrolment_id is None:
        return _Due(nothing, None, tuple(check_reached(asked, reached)))
    return _stipend(unit, case, terms, asked)


def _stipend(unit: Unit, case: _Case, terms: ScholarshipTerms, asked: Asked) -> _Due:
    period, stipend, enrolment_id = case.tranche.period, terms.stipend, case.row.enrolment_id
    if period is None or stipend is None or enrolment_id is None:
        raise AssertionError("a stipend has its terms, its period and its trainee")
    seen = period_seen(unit, enrolments_by_id(unit, [enrolment_id])[enrolment_id], period)
    days = effective_days(seen.days, stipend)
    reached = reached_of(unit, [case.row], unit.occurred_on)[case.row.id]
    judged = PeriodReached(
        last=period.last_day,
        is_over=period.last_day <= unit.occurred_on,
        missing=seen.missing,
        is_own_register=unit.actor.id in seen.hands,
    )
    return _Due(
        stipend_due(days, stipend, ceiling=case.ceiling), days, tuple(check_period(asked, reached, judged))
    )


def _decide(unit: Unit, case: _Case, due: _Due, *, outcome: Outcome, reason: str) -> TrancheDecided:
    """Write the decision, let lapse what did not come due, demand what was paid too much, open or shut the tranche."""
    position, number = case.tranche.position, case.row.number
    standing, last = case.facts.standing.tranches[position - 1], case.last
    # What came back answers nothing any more, and is demanded no more.
    came_back = Money(standing.returned_minor, case.grant.currency)
    settled = settle(case.ceiling, due=due.amount, answered=standing.delivered + standing.offset - came_back)
    known = max(0, (0 if last is None else last.overpaid_minor) - came_back.minor)
    _write(unit, case, due, outcome=outcome, reason=reason, overpaid=settled.overpaid)
    lapses = settled.lapses if outcome is Outcome.CONFIRMED else Money(0, case.grant.currency)
    write_lapse(unit, case.grant, position, lapses, reason=f"tranche {position}: {due.amount} came due")
    _open_or_shut(unit, case, settled, outcome=outcome)
    more = Money(max(0, settled.overpaid.minor - known), case.grant.currency)
    demand = _demand(unit, case, more, version=1 if last is None else last.version + 1)
    return TrancheDecided(
        scholarship=number,
        tranche=position,
        outcome=outcome,
        due=due.amount,
        lapsed=lapses,
        overpaid=more,
        demand=demand,
        to_lift=Money(max(0, known - settled.overpaid.minor), case.grant.currency),
        days_attended=None if due.days is None else due.days.attended,
        days_excused=None if due.days is None else due.days.excused,
        days_paid=None if due.days is None else due.days.paid,
    )


def _write(unit: Unit, case: _Case, due: _Due, *, outcome: Outcome, reason: str, overpaid: Money) -> None:
    last, days = case.last, due.days
    version = 1 if last is None else last.version + 1
    unit.insert(
        TrancheConfirmation,
        scholarship_id=case.row.id,
        position=case.tranche.position,
        version=version,
        outcome=outcome.value,
        due_minor=due.amount.minor,
        overpaid_minor=overpaid.minor,
        days_attended=None if days is None else days.attended,
        days_excused=None if days is None else days.excused,
        days_paid=None if days is None else days.paid,
        reason=reason.strip(),
        decided_on=unit.occurred_on,
        recorded_at=unit.now,
        decided_by=unit.actor.id,
    )
    which = f"{case.row.number}/{case.tranche.position} v{version}"
    noted = {"outcome": outcome, "due": str(due.amount), "overpaid": str(overpaid)}
    unit.created("sf_tranche_confirmation", which, noted)


def _open_or_shut(unit: Unit, case: _Case, settled: Settled, *, outcome: Outcome) -> None:
    """A tranche is open while something of it came due and is not answered; what was open before is shut."""
    topic = CONFIRMED.format(case.tranche.position)
    known = sum(one.value or 0 for one in case.facts.facts.known(EvidenceKind.ENROLMENT, topic))
    wanted = int(outcome is Outcome.CONFIRMED and settled.is_payable)
    if wanted != known:
        clear(unit, case.grant, topic, is_back=wanted < known)


def _demand(unit: Unit, case: _Case, more: Money, *, version: int) -> str:
    if not more.minor:
        return ""
    demanding = DemandOverpayment(
        key=unit.command_key,
        grant=case.grant.number,
        amount=more,
        reason=f"tranche {case.tranche.position}, decision {version}",
        from_supplier=case.tranche.purpose is Purpose.TUITION,
    )
    return demand_overpayment.write(unit, demanding).number


COMMANDS: Final[tuple[Any, ...]] = (confirm_tranche, correct_confirmation)
