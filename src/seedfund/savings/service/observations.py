"""Balances are taken in whatever they say: what is irregular is flagged, and another hand decides whether it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.money import Money
from seedfund.people.rules import plain_text
from seedfund.people.service.identity import REGISTRARS
from seedfund.savings.queries.groups import MeetingFacts, meeting_by_number
from seedfund.savings.queries.links import LinkFacts, links_by_id
from seedfund.savings.queries.observations import (
    CORRECTED_BY,
    ObservationFacts,
    counting,
    observation_by_number,
    observations_of,
)
from seedfund.savings.rules.links import Step
from seedfund.savings.rules.observing import (
    CORRECTED_ALREADY,
    CORRECTS_ANOTHER_LINK,
    Activity,
    IrregularFacts,
    Observed,
    activity_on,
    check_decision,
    irregular,
    known_on,
)
from seedfund.savings.rules.words import Irregular, Source
from seedfund.savings.service.common import last_step, reach_link, take_step
from seedfund.savings.service.openings import VERIFIERS
from seedfund.savings.tables import SavingsDecision, SavingsObservation
from seedfund.store.commands import Command, verb
from seedfund.store.programmes import actor_by_handle
from seedfund.store.unit import Unit

MEETINGS: Final = "GM-"
"""How the numbers of meetings begin."""


@dataclass(frozen=True, kw_only=True)
class RecordBalance(Command):
    """A balance read on a day, from what, by whom (an actor; who records it when none is named).

    `deposited` and `withdrawn` since the reading before, where the source tells them; `corrects` is the number of a
    reading that this one takes the place of, and `reason` says why (no personal data).
    """

    link: str
    observed_on: date
    balance: Money
    source: Source
    deposited: Money | None = None
    withdrawn: Money | None = None
    observer: str | None = None
    corrects: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class BalanceRecorded:
    """The reading's number, and why it waits for a decision, where it does; the account's state after it."""

    observation: str
    link: str
    irregular: Irregular | None
    state: str


@verb("savings.record_balance", roles=REGISTRARS)
def record_balance(unit: Unit, command: RecordBalance) -> BalanceRecorded:
    """Take in a balance that somebody read; it is never refused for what it says, and never written over.

    A reading that shows a deposit brings a verified or dormant account into use.

    Raises:
        NotFound: there is no such account, or no such reading to correct.
        NotAllowed: the person is restricted.
        InvalidInput: the day lies in the future, amounts are of several currencies or below zero, or a correction has
            no reason.
        Refused: `savings_observation_of_another`, `savings_observation_corrected_already`, `actor_unknown`.
    """
    link, _ = reach_link(unit, command.link)
    seen = _read(unit, command)
    corrected = None if command.corrects is None else _corrected(unit, link, command.corrects)
    rows = observations_of(unit, [link.id])[link.id]
    before = _before(rows, seen, corrected)
    flagged = irregular(seen, link.life, before)
    number = unit.human_number("SO")
    _write(unit, link, command, number=number, flagged=flagged, corrected=corrected)
    state = _into_use(unit, link, seen.on) if flagged is None else link.state
    return BalanceRecorded(
        observation=number,
        link=link.number,
        irregular=flagged,
        state=state,
    )


def _read(unit: Unit, command: RecordBalance) -> Observed:
    amounts = [one for one in (command.deposited, command.withdrawn) if one is not None]
    if any(one.currency != command.balance.currency for one in amounts):
        raise InvalidInput(
            field="deposited",
            problem="the amounts are of several currencies",
            remedy="give all of them in the currency of the balance",
        )
    if any(one.minor < 0 for one in amounts):
        raise InvalidInput(
            field="deposited",
            problem="an amount is below zero",
            remedy="give deposits and withdrawals as they are",
        )
    if command.observed_on > unit.occurred_on:
        raise InvalidInput(
            field="observed_on", problem="the reading lies in the future", remedy="give the day it was read"
        )
    if command.corrects is not None and not command.reason.strip():
        raise InvalidInput(field="reason", problem="it is empty", remedy="say why in a few words")
    return Observed(
        on=command.observed_on,
        balance=command.balance,
        deposited=command.deposited,
        withdrawn=command.withdrawn,
        source=command.source,
    )


def _corrected(unit: Unit, link: LinkFacts, number: str) -> ObservationFacts:
    found = observation_by_number(unit, unit.programme.id, number)
    if found.link_id != link.id:
        other = links_by_id(unit, [found.link_id])[found.link_id]
        refuse([CORRECTS_ANOTHER_LINK(observation=found.number, found=other.number, link=link.number)])
    by = unit.first(CORRECTED_BY, id=found.id)
    if by is not None:
        refuse([CORRECTED_ALREADY(observation=found.number, by=by)])
    return found


def _before(
    rows: Sequence[ObservationFacts], seen: Observed, corrected: ObservationFacts | None
) -> Observed | None:
    """The reading that counts before this one by day, without the one it takes the place of."""
    left_out = None if corrected is None else corrected.id
    known = known_on([one.observed for one in counting(rows) if one.id != left_out], seen.on)
    return known[-1] if known else None


def _write(
    unit: Unit,
    link: LinkFacts,
    command: RecordBalance,
    *,
    number: str,
    flagged: Irregular | None,
    corrected: ObservationFacts | None,
) -> None:
    reason = plain_text(command.reason, field="reason", most=300)
    observer = unit.actor.id if command.observer is None else actor_by_handle(unit, command.observer)
    unit.insert(
        SavingsObservation,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        link_id=link.id,
        observed_on=command.observed_on,
        currency=command.balance.currency,
        balance_minor=command.balance.minor,
        deposited_minor=None if command.deposited is None else command.deposited.minor,
        withdrawn_minor=None if command.withdrawn is None else command.withdrawn.minor,
        source=command.source.value,
        observer_id=observer,
        recorded_by=unit.actor.id,
        recorded_at=unit.now,
        irregular=None if flagged is None else flagged.value,
        corrects_id=None if corrected is None else corrected.id,
        reason=reason if corrected is not None else None,
    )
    after = {
        "link": link.number,
        "balance": str(command.balance),
        "deposited": None if command.deposited is None else str(command.deposited),
        "withdrawn": None if command.withdrawn is None else str(command.withdrawn),
        "irregular": None if flagged is None else flagged.value,
    }
    unit.created("sf_savings_observation", number, after)


def _into_use(unit: Unit, link: LinkFacts, seen_on: date) -> str:
    """A verified or dormant account in which a deposit was seen lately is active, from the day it was seen.

    What was seen before an account went to sleep does not wake it.
    """
    last = last_step(unit, link).step.on
    if link.state not in ("verified", "dormant") or (link.state == "dormant" and seen_on <= last):
        return link.state
    rows = [one.observed for one in counting(observations_of(unit, [link.id])[link.id])]
    day = max(seen_on, last)
    if activity_on(rows, link.life, day) is not Activity.ACTIVE:
        return link.state
    take_step(unit, link, Step(state="active", on=day))
    return "active"


@dataclass(frozen=True, kw_only=True)
class DecideIrregular(Command):
    """Whether an irregular reading or meeting counts, by its number, and why (no personal data)."""

    number: str
    counts: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class IrregularDecided:
    """The number, what was irregular, and whether it counts."""

    number: str
    irregular: Irregular | None
    counts: bool


@verb("savings.decide_irregular", roles=VERIFIERS)
def decide_irregular(unit: Unit, command: DecideIrregular) -> IrregularDecided:
    """Decide whether something irregular counts; whoever recorded it does not, and it stays on record either way.

    Raises:
        NotFound: there is no such reading or meeting.
        InvalidInput: no reason is given.
        Refused: `savings_not_irregular`, `savings_decided_already`, `savings_own_decision`, `savings_cannot_count`.
    """
    reason = plain_text(command.reason, field="reason", most=300)
    if not reason:
        raise InvalidInput(field="reason", problem="it is empty", remedy="say why in a few words")
    one = _irregular(unit, command.number)
    facts = IrregularFacts(
        which=one.number,
        irregular=one.irregular,
        is_decided=one.counts is not None,
        is_own=one.recorded_by == unit.actor.id,
    )
    refuse(check_decision(facts, counts=command.counts))
    is_meeting = isinstance(one, MeetingFacts)
    unit.insert(
        SavingsDecision,
        id=unit.key(),
        observation_id=None if is_meeting else one.id,
        meeting_id=one.id if is_meeting else None,
        counts=command.counts,
        reason=reason,
        recorded_by=one.recorded_by,
        decided_by=unit.actor.id,
        decided_on=unit.occurred_on,
        decided_at=unit.now,
    )
    unit.created("sf_savings_decision", one.number, {"counts": command.counts})
    return IrregularDecided(number=one.number, irregular=one.irregular, counts=command.counts)


def _irregular(unit: Unit, number: str) -> ObservationFacts | MeetingFacts:
    """The reading or meeting of a number; a reading only if the actor may touch the account."""
    if number.strip().upper().startswith(MEETINGS):
        return meeting_by_number(unit, unit.programme.id, number)
    found = observation_by_number(unit, unit.programme.id, number)
    reach_link(unit, links_by_id(unit, [found.link_id])[found.link_id].number)
    # The account is locked now: what somebody decided meanwhile is seen.
    return observation_by_number(unit, unit.programme.id, number)
