"""Flagging the same document or account in two households when it is entered, and deciding about it.

The flag is written in the transaction of the entry. Whoever enters at the same moment waits for the digest, so that of
two entries one always sees the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotAllowed, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries.duplicates import DIGESTS, MATCHES, REMEMBERED, duplicate_flag
from seedfund.people.queries.facts import participant_facts
from seedfund.people.queries.records import household_by_number, human_number, last_household
from seedfund.people.rules import (
    DUPLICATE_DECIDED,
    FLAG_STATES,
    SEE_RESTRICTED,
    DuplicateDecision,
    DuplicateKind,
    check_duplicate_decision,
)
from seedfund.people.tables import DuplicateFlag
from seedfund.store.commands import Command, verb
from seedfund.store.records import lock_key
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Write
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class DuplicateFound:
    """A flag that was raised: what two households share; `other` is None where a restricted person stands there."""

    flag: Key
    kind: DuplicateKind
    household: str
    other: str | None


def lock_digests(unit: Unit, digests: Iterable[str]) -> None:
    """Let nobody else enter the same document or account until this transaction ends."""
    for digest in sorted(set(digests)):
        lock_key(unit, f"digest:{digest}")


def flag_duplicates(unit: Unit, participant: Key) -> tuple[DuplicateFound, ...]:
    """Flag every other household in which somebody has a document or account of this person.

    A pair of households is flagged once for the same thing; a decision about it is remembered.
    """
    home = last_household(unit, participant)
    digests = unit.all(DIGESTS, participant=participant)
    if home is None or not digests:
        return ()
    lock_digests(unit, [digest for _, digest in digests])
    found = []
    for kind, digest in digests:
        # A person who moved has several memberships; the current one counts, else the last.
        homes: dict[Key, tuple[Key, bool]] = {}
        for match in unit.all(MATCHES, digest=digest, kind=kind.value, participant=participant):
            if match.is_current or not homes.get(match.participant_id, (None, False))[1]:
                homes[match.participant_id] = (match.household_id, match.is_current)
        for other, (household, _) in sorted(homes.items()):
            if household != home[0]:
                flag = _write_flag(unit, kind, digest, sides=((home[0], participant), (household, other)))
                found += [flag] if flag else []
    return tuple(found)


def _write_flag(
    unit: Unit, kind: DuplicateKind, digest: str, *, sides: tuple[tuple[Key, Key], tuple[Key, Key]]
) -> DuplicateFound | None:
    (first, participant_a), (second, participant_b) = sorted(sides)
    known = unit.first(REMEMBERED, household_a=first, household_b=second, kind=kind.value, digest=digest)
    if known is not None:
        return None
    key = unit.key()
    unit.insert(
        DuplicateFlag,
        id=key,
        programme_id=unit.programme.id,
        kind=kind.value,
        digest=digest,
        household_a=first,
        participant_a=participant_a,
        household_b=second,
        participant_b=participant_b,
        state=FLAG_STATES.start,
        flagged_by=unit.actor.id,
        flagged_at=unit.now,
        decision=None,
        excluded_household=None,
        reason=None,
        decided_by=None,
        decided_at=None,
    )
    people = participant_facts(unit, [participant_a, participant_b])
    own, other = (people[person] for _, person in sides)
    flag = duplicate_flag(unit, unit.programme.id, key)
    numbers = {side.household_id: side.household for side in (flag.first, flag.second)}
    unit.created("sf_duplicate_flag", key, {"kind": kind, "people": sorted((own.number, other.number))})
    hides = other.is_restricted and not unit.actor.roles.intersection(SEE_RESTRICTED)
    return DuplicateFound(
        flag=key,
        kind=kind,
        household=numbers[sides[0][0]],
        other=None if hides else numbers[sides[1][0]],
    )


@dataclass(frozen=True, kw_only=True)
class DecideDuplicate(Command):
    """What was found about a flagged pair, and why; `excluded` is the household that stays out if it is one person."""

    flag: Key
    decision: DuplicateDecision
    reason: Secret
    excluded: str | None = None


@dataclass(frozen=True, kw_only=True)
class DuplicateDecided:
    """The flag and the decision."""

    flag: Key
    decision: DuplicateDecision


DECIDE: Final = Write(
    lambda: (
        sa.update(DuplicateFlag)
        .where(col(DuplicateFlag.id) == sa.bindparam("this"))
        .values(
            state=sa.bindparam("new_state"),
            decision=sa.bindparam("new_decision"),
            excluded_household=sa.bindparam("new_excluded"),
            reason=sa.bindparam("new_reason"),
            decided_by=sa.bindparam("new_by"),
            decided_at=sa.bindparam("new_at"),
        )
    )
)


@verb(
    "people.decide_duplicate",
    roles=(Role.REVIEWER, Role.PROGRAMME_MANAGER, Role.PROTECTION_OFFICER, Role.DIRECTOR),
)
def decide_duplicate(unit: Unit, command: DecideDuplicate) -> DuplicateDecided:
    """Decide about the same document or account in two households; the decision is remembered for the pair.

    The reason usually tells of two people: it is sealed under a key of its own, destroyed when either is erased.

    Raises:
        NotFound: there is no such flag.
        NotAllowed: one of the two people is restricted, and the actor's roles do not reach them.
        Refused: `duplicate_decided`, `duplicate_own_decision`, `duplicate_account_only`,
            `duplicate_excluded_missing`, `duplicate_excluded_not_expected`.
    """
    flag = duplicate_flag(unit, unit.programme.id, command.flag)
    if flag.is_restricted and not unit.actor.roles.intersection(SEE_RESTRICTED):
        raise NotAllowed("one of the two people is restricted; ask the protection officer or the director.")
    pair = (flag.first.household, flag.second.household)
    if flag.decision is not None:
        refuse([DUPLICATE_DECIDED(first=pair[0], second=pair[1], decision=flag.decision.value)])
    excluded = human_number(command.excluded, field="excluded") if command.excluded is not None else None
    refuse(
        check_duplicate_decision(
            flag.kind,
            command.decision,
            pair=pair,
            excluded=excluded,
            is_own=flag.flagged_by == unit.actor.id,
        )
    )
    vault = unit.new_vault(flag.id)
    unit.owns(flag.id, command.reason)
    place = Place("sf_duplicate_flag", flag.id, "reason")
    unit.execute(
        DECIDE,
        this=flag.id,
        new_state="decided",
        new_decision=command.decision.value,
        new_excluded=household_by_number(unit, unit.programme.id, excluded).id if excluded else None,
        new_reason=vault.seal(command.reason, place),
        new_by=unit.actor.id,
        new_at=unit.now,
    )
    unit.changed(
        "sf_duplicate_flag",
        flag.id,
        {"state": flag.state},
        {"state": "decided", "decision": command.decision, "excluded": excluded},
    )
    return DuplicateDecided(flag=flag.id, decision=command.decision)
