"""Restricting who sees a person, and erasing a person's identity while counts and chains stay whole."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.people.queries.records import PARTICIPATION, ParticipantRow
from seedfund.people.rules import (
    PARTICIPATION_UNDER_WAY,
    PERSON_NOT_RESTRICTED,
    PERSON_RESTRICTED_ALREADY,
    SEE_RESTRICTED,
    ErasureGround,
)
from seedfund.people.service.identity import require_living
from seedfund.people.tables import DuplicateFlag, IdentityIndex, LikelyPair, Participant, PayoutAccount
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class RestrictParticipant(Command):
    """A person who from now on is seen by named roles only, or no longer."""

    participant: str
    is_restricted: bool = True


@dataclass(frozen=True, kw_only=True)
class ParticipantRestricted:
    """The person and whether they are restricted."""

    participant: str
    is_restricted: bool


@dataclass(frozen=True, kw_only=True)
class ParticipantErased:
    """The number that is left."""

    participant: str


@verb("people.restrict_participant", roles=SEE_RESTRICTED)
def restrict_participant(unit: Unit, command: RestrictParticipant) -> ParticipantRestricted:
    """Restrict a person, as a survivor of violence, or lift the restriction.

    Raises:
        NotFound: there is no such person.
        Refused: `person_erased`, `person_restricted_already`, `person_not_restricted`.
    """
    person = require_living(unit, command.participant, goes_on=True)
    if person.is_restricted == command.is_restricted:
        which = person.number
        is_twice = command.is_restricted
        refuse(
            [PERSON_RESTRICTED_ALREADY(participant=which)]
            if is_twice
            else [PERSON_NOT_RESTRICTED(participant=which)]
        )
    unit.execute(RESTRICT, this=person.id, new_value=command.is_restricted)
    unit.changed(
        "sf_participant",
        person.number,
        {"is_restricted": person.is_restricted},
        {"is_restricted": command.is_restricted},
    )
    return ParticipantRestricted(participant=person.number, is_restricted=command.is_restricted)


def load_erasable(unit: Unit, participant: str) -> ParticipantRow:
    """The person of a number, locked, whose participation has ended.

    Raises:
        NotFound: there is no such person.
        Refused: `person_erased`, `participation_under_way`.
    """
    person = require_living(unit, participant, goes_on=True)
    current = unit.first(PARTICIPATION, participant=person.id)
    if current is not None:
        refuse([PARTICIPATION_UNDER_WAY(participant=person.number, state=current.state)])
    return person


def write_erasure(unit: Unit, person: ParticipantRow, ground: ErasureGround) -> ParticipantErased:
    """Destroy a person's data key and digests, once the area that pays has let the person go."""
    unit.destroy_vault(person.id)
    unit.execute(FORGET, participant=person.id)
    unit.execute(END_PAIRS, participant=person.id)
    for subject in (*unit.all(FLAGS_OF, participant=person.id), *unit.all(PAIRS_OF, participant=person.id)):
        unit.destroy_vault(subject)
    unit.execute(FORGET_FLAGS, participant=person.id)
    for account, state in unit.all(ACCOUNTS_OF, participant=person.id):
        unit.changed("sf_payout_account", account, {"state": state}, {"state": "retired"})
    unit.execute(RETIRE_ACCOUNTS, participant=person.id, new_by=unit.actor.id, new_at=unit.now)
    source, year = _coarse_birth(person)
    unit.execute(
        ERASE,
        this=person.id,
        new_at=unit.now,
        new_ground=ground.value,
        new_source=source,
        new_year=year,
    )
    unit.changed("sf_participant", person.number, {"erased": False}, {"erased": True, "ground": ground})
    return ParticipantErased(participant=person.number)


RESTRICT: Final = Write(
    lambda: (
        sa.update(Participant)
        .where(col(Participant.id) == sa.bindparam("this"))
        .values(is_restricted=sa.bindparam("new_value"))
    )
)
FORGET: Final = Write(
    lambda: sa.delete(IdentityIndex).where(col(IdentityIndex.participant_id) == sa.bindparam("participant"))
)
FLAGS_OF: Final = Query(Key, lambda: sa.select(col(DuplicateFlag.id)).where(_is_part(DuplicateFlag)))
PAIRS_OF: Final = Query(Key, lambda: sa.select(col(LikelyPair.id)).where(_is_part(LikelyPair)))
END_PAIRS: Final = Write(lambda: sa.update(LikelyPair).where(_is_part(LikelyPair)).values(state="erased"))
ACCOUNTS_OF: Final = Query(
    lambda key, state: (Key(key), str(state)),
    lambda: (
        sa.select(col(PayoutAccount.id), col(PayoutAccount.state))
        .where(
            col(PayoutAccount.participant_id) == sa.bindparam("participant"),
            col(PayoutAccount.state) != "retired",
        )
        .order_by(col(PayoutAccount.id))
    ),
)
RETIRE_ACCOUNTS: Final = Write(
    lambda: (
        sa.update(PayoutAccount)
        .where(
            col(PayoutAccount.participant_id) == sa.bindparam("participant"),
            col(PayoutAccount.state) != "retired",
        )
        .values(state="retired", retired_by=sa.bindparam("new_by"), retired_at=sa.bindparam("new_at"))
    )
)
FORGET_FLAGS: Final = Write(
    lambda: sa.update(DuplicateFlag).where(_is_part(DuplicateFlag)).values(digest=None)
)
ERASE: Final = Write(
    lambda: (
        sa.update(Participant)
        .where(col(Participant.id) == sa.bindparam("this"))
        .values(
            erased_at=sa.bindparam("new_at"),
            erasure_ground=sa.bindparam("new_ground"),
            age_source=sa.bindparam("new_source"),
            birth_date=None,
            birth_year=sa.bindparam("new_year"),
            birth_age=None,
            birth_asked_on=None,
        )
    )
)


def _is_part(pairs: type[DuplicateFlag | LikelyPair]) -> Any:
    return sa.or_(
        col(pairs.participant_a) == sa.bindparam("participant"),
        col(pairs.participant_b) == sa.bindparam("participant"),
    )


def _coarse_birth(person: ParticipantRow) -> tuple[str | None, int | None]:
    """A birth as its year alone: a day of birth beside a place finds a person again."""
    birth = person.birth
    if birth is None:
        return None, None
    known: date | None = birth.born_on
    year = known.year if known is not None else birth.born_in
    if year is None and birth.asked_on is not None and birth.age is not None:
        year = birth.asked_on.year - birth.age
    return birth.source.value, year
