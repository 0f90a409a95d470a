"""Reads of referrals: by number, of people, of the programme; words opened for those who may see the person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.showing import require_shown, shown_people
from seedfund.accompaniment.rules.referrals import (
    Barrier,
    ConsentFound,
    DeclinedBy,
    ReferralGround,
    ReferralIrregularity,
)
from seedfund.accompaniment.rules.services import ServiceKind
from seedfund.accompaniment.tables.referrals import Referral, ReferralStep, Service
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries import ParticipantFacts
from seedfund.people.rules import ConsentPurpose, is_adult
from seedfund.store.sealing.vault import Place, Vault
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral as stored, with the service it leads to."""

    id: Key
    number: str
    participant_id: Key
    household_id: Key | None
    service_id: Key
    service: str
    kind: ServiceKind
    need: bytes
    ground: ReferralGround
    offered_on: date
    answer_by: date
    state: str


@dataclass(frozen=True, slots=True)
class ReferralStepRow:
    """A step of a referral; `recorder` is who recorded it."""

    referral_id: Key
    position: int
    to_state: str
    declined_by: DeclinedBy | None
    barrier: Barrier | None
    irregularity: ReferralIrregularity | None
    note: bytes | None
    happened_on: date
    recorder: str


@dataclass(frozen=True, slots=True)
class ReferralOpened:
    """A referral with its words; those are None where nobody can open them any more."""

    referral: ReferralRow
    need: Secret | None
    steps: tuple[ReferralStepRow, ...]
    notes: tuple[Secret | None, ...]


def _referral(*values: Any) -> ReferralRow:
    this, number, person, home, service_id, service, kind, need, ground, offered, answer_by, state = values
    return ReferralRow(
        id=this,
        number=number,
        participant_id=person,
        household_id=home,
        service_id=service_id,
        service=service,
        kind=ServiceKind(kind),
        need=bytes(need),
        ground=ReferralGround(ground),
        offered_on=offered,
        answer_by=answer_by,
        state=state,
    )


def _referrals() -> Any:
    return (
        sa.select(
            col(Referral.id),
            col(Referral.number),
            col(Referral.participant_id),
            col(Referral.household_id),
            col(Referral.service_id),
            col(Service.number),
            col(Service.kind),
            col(Referral.need),
            col(Referral.consent),
            col(Referral.offered_on),
            col(Referral.answer_by),
            col(Referral.state),
        )
        .select_from(Referral)
        .join(Service, col(Service.id) == col(Referral.service_id))
        .order_by(col(Referral.number))
    )


_REFERRAL: Final = Query(
    _referral,
    lambda: (
        _referrals()
        .where(
            col(Referral.programme_id) == sa.bindparam("programme"),
            col(Referral.number) == sa.bindparam("number"),
        )
        .with_for_update(of=Referral)
    ),
)
_REFERRALS: Final = Query(
    _referral, lambda: _referrals().where(col(Referral.programme_id) == sa.bindparam("programme"))
)
_OF_PEOPLE: Final = Query(
    _referral,
    lambda: _referrals().where(col(Referral.participant_id).in_(sa.bindparam("people", expanding=True))),
)
_OF_HOMES: Final = Query(
    _referral,
    lambda: _referrals().where(col(Referral.household_id).in_(sa.bindparam("homes", expanding=True))),
)


def _step(*values: Any) -> ReferralStepRow:
    referral, position, to_state, declined_by, barrier, irregular, note, happened_on, recorder = values
    return ReferralStepRow(
        referral_id=referral,
        position=position,
        to_state=to_state,
        declined_by=None if declined_by is None else DeclinedBy(declined_by),
        barrier=None if barrier is None else Barrier(barrier),
        irregularity=None if irregular is None else ReferralIrregularity(irregular),
        note=None if note is None else bytes(note),
        happened_on=happened_on,
        recorder=recorder,
    )


_STEPS: Final = Query(
    _step,
    lambda: (
        sa.select(
            col(ReferralStep.referral_id),
            col(ReferralStep.position),
            col(ReferralStep.to_state),
            col(ReferralStep.declined_by),
            col(ReferralStep.barrier),
            col(ReferralStep.irregularity),
            col(ReferralStep.note),
            col(ReferralStep.happened_on),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(ReferralStep.recorded_by))
        .where(col(ReferralStep.referral_id).in_(sa.bindparam("referrals", expanding=True)))
        .order_by(col(ReferralStep.referral_id), col(ReferralStep.position))
    ),
)


def need_place(referral: Key) -> Place:
    """Where what a person needs stands."""
    return Place("sf_referral", referral, "need")


def referral_note_place(referral: Key, position: int) -> Place:
    """Where the note of a step stands; it opens nowhere else."""
    return Place("sf_referral_step", f"{referral}:{position}", "note")


def referral_by_number(reader: Reader, programme: Key, number: str) -> ReferralRow:
    """A referral; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_REFERRAL, programme=programme, number=number)
    if found is None:
        raise NotFound(what="referral", which=number)
    return found


def referrals_of(reader: Reader, people: Sequence[Key]) -> dict[Key, list[ReferralRow]]:
    """Every referral of these people, by person."""
    found: dict[Key, list[ReferralRow]] = {person: [] for person in people}
    for row in reader.among(_OF_PEOPLE, "people", list(dict.fromkeys(people))):
        found[row.participant_id].append(row)
    return found


def referral_steps(reader: Reader, referrals: Sequence[Key]) -> Mapping[Key, list[ReferralStepRow]]:
    """The steps of these referrals, in their order."""
    found: dict[Key, list[ReferralStepRow]] = defaultdict(list)
    for step in reader.among(_STEPS, "referrals", list(referrals)):
        found[step.referral_id].append(step)
    return found


def list_referrals(work: Work) -> list[ReferralRow]:
    """Every referral of the programme, by number; those of restricted people only for named roles."""
    return _shown(work, work.reader().all(_REFERRALS, programme=work.programme.id))


def referrals_of_households(work: Work, households: Sequence[Key]) -> dict[Key, list[ReferralRow]]:
    """The referrals of these households, as a page of each shows them: those of hidden people are left out.

    A referral belongs to the household the person lived in when it was offered.
    """
    rows = work.reader().among(_OF_HOMES, "homes", list(dict.fromkeys(households)))
    found: dict[Key, list[ReferralRow]] = {household: [] for household in households}
    for row in _shown(work, rows):
        if row.household_id is not None:
            found[row.household_id].append(row)
    return found


def open_referral(work: Work, number: str) -> ReferralOpened:
    """A referral with its words, for those who may see the person.

    Raises:
        NotFound: there is no such referral.
        NotAllowed: the person is restricted, and the actor's roles do not reach them.
        Corrupt: the words were altered.
    """
    reader = work.reader()
    row = referral_by_number(reader, work.programme.id, number)
    require_shown(work, row.participant_id, number)
    steps = tuple(referral_steps(reader, [row.id])[row.id])
    vault = open_vaults(reader, work, [row.participant_id]).get(row.participant_id)
    need = None if vault is None else vault.open(row.need, need_place(row.id))
    return ReferralOpened(row, need, steps, tuple(_note(step, vault) for step in steps))


def _note(step: ReferralStepRow, vault: Vault | None) -> Secret | None:
    if vault is None or step.note is None:
        return None
    return vault.open(step.note, referral_note_place(step.referral_id, step.position))


def _shown(work: Work, rows: Sequence[ReferralRow]) -> list[ReferralRow]:
    shown = shown_people(work, [row.participant_id for row in rows])
    return [row for row in rows if row.participant_id in shown]


def partner_consent(person: ParticipantFacts, day: date) -> ConsentFound:
    """The consent of a person to sharing data with partners, as it stands on a day."""
    own = [one for one in person.consents if one.purpose is ConsentPurpose.PARTNERS and one.given_on <= day]
    standing = [one for one in own if one.stands_on(day)]
    withdrawn = [one.withdrawn_on for one in own if one.withdrawn_on is not None and one.withdrawn_on <= day]
    return ConsentFound(
        stands=bool(standing),
        by_guardian=any(one.by_guardian for one in standing),
        withdrawn_on=max(withdrawn, default=None),
        is_needed_of_guardian=person.birth is not None and is_adult(person.birth, day) is False,
    )
