"""A person's way through the programme, and what they agreed to. Every step and every consent is a row that stays."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries.facts import participant_facts
from seedfund.people.queries.records import PARTICIPATION, ParticipantRow
from seedfund.people.rules import (
    CONSENT_NOT_STANDING,
    PARTICIPATION_NOT_BEGUN,
    PARTICIPATION_STATES,
    PARTICIPATION_UNDER_WAY,
    Consent,
    ConsentMethod,
    ConsentPurpose,
    ExitReason,
    check_exit,
    plain_text,
)
from seedfund.people.service.identity import REGISTRARS, require_living
from seedfund.people.tables import Consent as ConsentRow
from seedfund.people.tables import Participation, ParticipationStep
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class ChangeParticipation(Command):
    """The state a person's participation takes: identified begins one; leaving early (exited) has a reason."""

    participant: str
    state: str
    reason: ExitReason | None = None


@dataclass(frozen=True, kw_only=True)
class ParticipationChanged:
    """The person and the state."""

    participant: str
    state: str


@verb("people.change_participation", roles=REGISTRARS)
def change_participation(unit: Unit, command: ChangeParticipation) -> ParticipationChanged:
    """Take a participation one step on: identified → enrolled → active → graduated, completed or exited.

    Somebody who comes back is identified again, in a participation of its own.

    Raises:
        NotFound: there is no such person.
        InvalidInput: there is no such state.
        Refused: `person_erased`, `participation_under_way`, `participation_not_begun`, `no_such_step`,
            `exit_reason_missing`, `exit_reason_not_expected`.
    """
    if command.state not in PARTICIPATION_STATES.states:
        raise InvalidInput(
            field="state",
            problem="there is no such state",
            remedy="give one of " + ", ".join(PARTICIPATION_STATES.states),
        )
    person = require_living(unit, command.participant)
    current = unit.first(PARTICIPATION, participant=person.id)
    if command.state == PARTICIPATION_STATES.start:
        if current is not None:
            refuse([PARTICIPATION_UNDER_WAY(participant=person.number, state=current.state)])
        refuse(check_exit(command.state, command.reason))
        begin_participation(unit, person.id, person.number)
        return ParticipationChanged(participant=person.number, state=command.state)
    if current is None:
        refuse([PARTICIPATION_NOT_BEGUN(participant=person.number)])
        raise AssertionError("a refusal was raised")
    if unit.occurred_on < current.began_on:
        raise InvalidInput(
            field="occurred_on",
            problem=f"the participation began on {current.began_on}",
            remedy="give a later day",
        )
    PARTICIPATION_STATES.require(current.state, command.state, which=person.number)
    refuse(check_exit(command.state, command.reason))
    reason = command.reason.value if command.reason else None
    ended = unit.occurred_on if command.state in PARTICIPATION_STATES.ends else None
    unit.execute(STEP, this=current.id, new_state=command.state, new_reason=reason, new_end=ended)
    _write_step(unit, current.id, steps=(current.state, command.state), reason=reason)
    unit.changed(
        "sf_participation",
        person.number,
        {"state": current.state},
        {"state": command.state, "reason": reason},
    )
    return ParticipationChanged(participant=person.number, state=command.state)


def begin_participation(unit: Unit, participant: Key, number: str) -> None:
    """Record a person as identified, inside another command."""
    key, start = unit.key(), PARTICIPATION_STATES.start
    unit.insert(
        Participation,
        id=key,
        participant_id=participant,
        state=start,
        reason=None,
        began_on=unit.occurred_on,
        ended_on=None,
    )
    _write_step(unit, key, steps=(None, start), reason=None)
    unit.created("sf_participation", number, {"state": start})


@dataclass(frozen=True, kw_only=True)
class RecordConsent(Command):
    """What a person agreed to on the command's day; `language` it was explained in, `wording` the text's version."""

    participant: str
    purpose: ConsentPurpose
    language: str
    method: ConsentMethod
    wording: str
    by_guardian: bool = False


@dataclass(frozen=True, kw_only=True)
class WithdrawConsent(Command):
    """What a person no longer agrees to, from the command's day on."""

    participant: str
    purpose: ConsentPurpose
    language: str
    method: ConsentMethod


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded:
    """The person, the purpose, and whether the consent stands."""

    participant: str
    purpose: ConsentPurpose
    stands: bool


@verb("people.record_consent", roles=REGISTRARS)
def record_consent(unit: Unit, command: RecordConsent) -> ConsentRecorded:
    """Record a consent. It is a fact and always taken in; whether it suffices is decided when a step needs it.

    Raises:
        NotFound: there is no such person.
        InvalidInput: it was explained in no language.
        Refused: `person_erased`.
    """
    person = require_living(unit, command.participant)
    Consent(command.purpose, command.language, command.method, unit.occurred_on, command.wording)
    _write_consent(unit, person, command, wording=command.wording, by_guardian=command.by_guardian)
    return ConsentRecorded(participant=person.number, purpose=command.purpose, stands=True)


@verb("people.withdraw_consent", roles=REGISTRARS)
def withdraw_consent(unit: Unit, command: WithdrawConsent) -> ConsentRecorded:
    """Record that a person withdrew a consent; what was done under it stays lawful, what comes is not.

    Raises:
        NotFound: there is no such person.
        Refused: `person_erased`, `consent_not_standing`.
    """
    person = require_living(unit, command.participant, goes_on=True)
    held = participant_facts(unit, [person.id])[person.id].consents
    standing = [
        consent
        for consent in held
        if consent.purpose is command.purpose and consent.stands_on(unit.occurred_on)
    ]
    if not standing:
        refuse([CONSENT_NOT_STANDING(participant=person.number, purpose=command.purpose.value)])
    last = standing[-1]
    _write_consent(unit, person, command, wording=last.text_version, by_guardian=last.by_guardian)
    return ConsentRecorded(participant=person.number, purpose=command.purpose, stands=False)


STEP: Final = Write(
    lambda: (
        sa.update(Participation)
        .where(col(Participation.id) == sa.bindparam("this"))
        .values(
            state=sa.bindparam("new_state"),
            reason=sa.bindparam("new_reason"),
            ended_on=sa.bindparam("new_end"),
        )
    )
)
LAST_STEP: Final = Query(
    int,
    lambda: sa.select(sa.func.coalesce(sa.func.max(col(ParticipationStep.position)), 0)).where(
        col(ParticipationStep.participation_id) == sa.bindparam("participation")
    ),
)


def _write_step(unit: Unit, participation: Key, *, steps: tuple[str | None, str], reason: str | None) -> None:
    unit.insert(
        ParticipationStep,
        participation_id=participation,
        position=unit.one(LAST_STEP, participation=participation) + 1,
        from_state=steps[0],
        to_state=steps[1],
        reason=reason,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


def _write_consent(
    unit: Unit,
    person: ParticipantRow,
    command: RecordConsent | WithdrawConsent,
    *,
    wording: str,
    by_guardian: bool,
) -> None:
    is_given = isinstance(command, RecordConsent)
    unit.insert(
        ConsentRow,
        id=unit.key(),
        participant_id=person.id,
        purpose=command.purpose.value,
        is_given=is_given,
        language=plain_text(command.language, field="language", most=8),
        method=command.method.value,
        wording=plain_text(wording, field="wording", most=60),
        by_guardian=by_guardian,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_consent", person.number, {"purpose": command.purpose, "given": is_given})
