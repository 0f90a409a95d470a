"""Referrals: offering one on consent or by an override that stands on the exceptions page, and what became of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.referrals import (
    ReferralRow,
    need_place,
    partner_consent,
    referral_by_number,
    referral_note_place,
    referral_steps,
    referrals_of,
)
from seedfund.accompaniment.queries.services import service_by_number
from seedfund.accompaniment.rules.referrals import (
    LIVE,
    OVERRIDERS,
    REFERRAL_STATES,
    Barrier,
    DeclinedBy,
    Offer,
    ReferralGround,
    ReferralIrregularity,
    ReferralStepTold,
    check_consent,
    check_offer,
    check_step,
    step_irregularity,
)
from seedfund.accompaniment.service.reaching import COMPANIONS, named, person_of, reached, sealed_note, told
from seedfund.accompaniment.tables.referrals import Referral, ReferralStep
from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.kernel.errors import InvalidInput, NotAllowed, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import ParticipantFacts
from seedfund.people.rules import ConsentMethod, ConsentPurpose
from seedfund.people.service import WithdrawConsent, withdraw_consent
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "RF"
ANSWER_DAYS: Final = 30
"""How long a service has to answer unless a day is given."""
_MOVE: Final = Write(
    lambda: (
        sa.update(Referral)
        .where(col(Referral.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class OfferReferral(Command):
    """A person referred to a service, what they need, and by when an answer is expected (else in 30 days).

    `without_consent` is the reason for referring without the person's consent (no personal data).
    """

    participant: str
    service: str
    need: Secret
    answer_by: date | None = None
    without_consent: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReferralMoved:
    """The referral's number, its state now, and why the step stands on the exceptions page if it does."""

    number: str
    state: str
    irregularity: ReferralIrregularity | None = None


@verb("accompaniment.offer_referral", roles=COMPANIONS)
def offer_referral(unit: Unit, command: OfferReferral) -> ReferralMoved:
    """Refer a person to a service: on their consent, or for a recorded reason that the exceptions page shows.

    Raises:
        NotFound: there is no such person or service.
        NotAllowed: the person is restricted, or the actor may not refer without consent.
        InvalidInput: the need or the reason is empty, or the answer is expected before the offer.
        Refused: `person_erased`, `referral_service_not_open`, `referral_consent_missing`,
            `referral_consent_withdrawn`, `referral_guardian_missing`, `referral_override_not_needed`,
            `referral_twice`.
    """
    person = person_of(unit, command.participant)
    service = service_by_number(unit, unit.programme.id, command.service)
    need, answer_by = told(command.need, field="need"), _answer_by(unit, command.answer_by)
    reason = _override(unit, command.without_consent)
    twins = [
        row
        for row in referrals_of(unit, [person.id])[person.id]
        if row.service_id == service.id and row.state in LIVE
    ]
    offer = Offer(
        participant=person.number,
        service=service.number,
        service_state=service.state,
        consent=partner_consent(person, unit.occurred_on),
        is_overridden=reason is not None,
        twin=(twins[0].number, twins[0].state) if twins else None,
    )
    refuse(check_offer(offer))
    number = unit.human_number(SERIES)
    override = None if reason is None else _write_override(unit, number, reason, offer)
    _write_referral(
        unit,
        person,
        service.id,
        _Offered(number=number, need=need, answer_by=answer_by, override=override),
    )
    ground = ReferralGround.CONSENT if override is None else ReferralGround.OVERRIDE
    after = {"state": REFERRAL_STATES.start, "service": service.number, "consent": ground}
    unit.created("sf_referral", number, after | {"participant": person.number})
    return ReferralMoved(number=number, state=REFERRAL_STATES.start)


def _answer_by(unit: Unit, day: date | None) -> date:
    if day is None:
        return unit.occurred_on + timedelta(days=ANSWER_DAYS)
    if day < unit.occurred_on:
        raise InvalidInput(
            field="answer_by",
            problem="the answer is expected before the referral is offered",
            remedy="give a later day, or leave it out",
        )
    return day


def _override(unit: Unit, reason: str | None) -> str | None:
    if reason is None:
        return None
    if not unit.actor.roles.intersection(OVERRIDERS):
        raise NotAllowed(
            "referring without consent is not yours; ask the protection officer, the manager or the director."
        )
    return named(reason, field="without_consent", most=300)


def _write_override(unit: Unit, number: str, reason: str, offer: Offer) -> Key:
    withdrawn = offer.consent.withdrawn_on
    return write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind="referral",
        subject_number=number,
        reason=reason,
        facts={"service": offer.service, "withdrawn_on": None if withdrawn is None else str(withdrawn)},
    )


@dataclass(frozen=True, kw_only=True)
class _Offered:
    number: str
    need: Secret
    answer_by: date
    override: Key | None


def _write_referral(unit: Unit, person: ParticipantFacts, service: Key, offered: _Offered) -> None:
    key = unit.key()
    unit.owns(person.id, offered.need)
    ground = ReferralGround.CONSENT if offered.override is None else ReferralGround.OVERRIDE
    unit.insert(
        Referral,
        id=key,
        programme_id=unit.programme.id,
        number=offered.number,
        participant_id=person.id,
        household_id=person.household_id,
        service_id=service,
        need=unit.vault(person.id).seal(offered.need, need_place(key)),
        consent=ground.value,
        override_id=offered.override,
        offered_on=unit.occurred_on,
        answer_by=offered.answer_by,
        state=REFERRAL_STATES.start,
    )
    _write_step(unit, key, _Step(to=REFERRAL_STATES.start, position=1))


@dataclass(frozen=True, kw_only=True)
class _Step:
    to: str
    position: int
    before: str | None = None
    barrier: Barrier | None = None
    declined_by: DeclinedBy | None = None
    irregular: ReferralIrregularity | None = None
    note: bytes | None = None


def _write_step(unit: Unit, referral: Key, step: _Step) -> None:
    unit.insert(
        ReferralStep,
        referral_id=referral,
        position=step.position,
        from_state=step.before,
        to_state=step.to,
        declined_by=None if step.declined_by is None else step.declined_by.value,
        barrier=None if step.barrier is None else step.barrier.value,
        irregularity=None if step.irregular is None else step.irregular.value,
        note=step.note,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


def _move(unit: Unit, row: ReferralRow, step: _Step) -> None:
    unit.execute(_MOVE, this_id=row.id, new_state=step.to)
    _write_step(unit, row.id, step)
    unit.changed("sf_referral", row.number, {"state": row.state}, {"state": step.to})


@dataclass(frozen=True, kw_only=True)
class RecordReferralStep(Command):
    """What became of a referral on the command's day: accepted, done, declined, or revoked by the participant.

    A declined one names the barrier and who declined; another barrier than those listed is told in the note.
    """

    number: str
    state: str
    barrier: Barrier | None = None
    declined_by: DeclinedBy | None = None
    note: Secret | None = None


@verb("accompaniment.record_referral_step", roles=COMPANIONS)
def record_referral_step(unit: Unit, command: RecordReferralStep) -> ReferralMoved:
    """Record that a service took somebody in, served them or did not, or that the person took the referral back.

    Raises:
        NotFound: there is no such referral.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        InvalidInput: there is no such state.
        Refused: `person_erased`, `no_such_step`, `referral_step_before_last`, `referral_consent_missing`,
            `referral_consent_withdrawn`, `referral_guardian_missing`, `referral_barrier_missing`,
            `referral_barrier_not_expected`, `referral_barrier_untold`.
    """
    if command.state not in REFERRAL_STATES.states:
        raise InvalidInput(
            field="state",
            problem="there is no such state",
            remedy="give one of " + ", ".join(REFERRAL_STATES.states),
        )
    row = referral_by_number(unit, unit.programme.id, command.number)
    person = reached(unit, row.participant_id, row.number)
    REFERRAL_STATES.require(row.state, command.state, which=row.number)
    last = referral_steps(unit, [row.id])[row.id][-1]
    gaps = []
    if row.ground is ReferralGround.CONSENT:
        gaps = check_consent(person.number, partner_consent(person, unit.occurred_on))
    step = ReferralStepTold(
        to=command.state,
        on=unit.occurred_on,
        barrier=command.barrier,
        declined_by=command.declined_by,
        has_note=command.note is not None and bool(command.note.reveal().strip()),
    )
    refuse(check_step(row.number, row.state, step, last=last.happened_on, gaps=gaps))
    irregular = step_irregularity(command.state, is_withdrawn=bool(gaps))
    place = referral_note_place(row.id, last.position + 1)
    written = _Step(
        to=command.state,
        position=last.position + 1,
        before=row.state,
        barrier=command.barrier,
        declined_by=command.declined_by,
        irregular=irregular,
        note=sealed_note(unit, row.participant_id, command.note, place),
    )
    _move(unit, row, written)
    if irregular is not None:
        _flag(unit, row.number, irregular)
    return ReferralMoved(number=row.number, state=command.state, irregularity=irregular)


def _flag(unit: Unit, number: str, irregular: ReferralIrregularity) -> None:
    write_exception(
        unit,
        ExceptionKind.IRREGULAR_FACT,
        subject_kind="referral",
        subject_number=number,
        reason=irregular.value,
    )


@dataclass(frozen=True, kw_only=True)
class WithdrawFromServices(Command):
    """A person who no longer agrees to sharing data with partners; the language and way in which they said so."""

    participant: str
    language: str
    method: ConsentMethod


@dataclass(frozen=True, kw_only=True)
class ReferralsRevoked:
    """The referrals that were under way and are revoked now."""

    numbers: tuple[str, ...]


@verb("accompaniment.withdraw_from_services", roles=COMPANIONS)
def withdraw_from_services(unit: Unit, command: WithdrawFromServices) -> ReferralsRevoked:
    """Record that a person withdrew the consent to sharing data with partners, and revoke all that is under way.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Refused: `person_erased`, `consent_not_standing`, `referral_step_before_last`.
    """
    person = person_of(unit, command.participant)
    withdraw_consent.write(
        unit,
        WithdrawConsent(
            key=command.key,
            participant=person.number,
            purpose=ConsentPurpose.PARTNERS,
            language=command.language,
            method=command.method,
        ),
    )
    live = [row for row in referrals_of(unit, [person.id])[person.id] if row.state in LIVE]
    steps = referral_steps(unit, [row.id for row in live])
    found = []
    for row in live:
        last = steps[row.id][-1]
        step = ReferralStepTold(to="revoked", on=unit.occurred_on)
        found += check_step(row.number, row.state, step, last=last.happened_on, gaps=[])
    refuse(found)
    for row in live:
        _move(unit, row, _Step(to="revoked", position=steps[row.id][-1].position + 1, before=row.state))
    return ReferralsRevoked(numbers=tuple(row.number for row in live))
