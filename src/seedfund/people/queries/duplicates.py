"""The same document or account in two households: which flags stand, and what was decided.

Facts for rules name both sides; `list_duplicates` shows a side that is restricted to named roles only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries.access import sees_restricted
from seedfund.people.queries.records import row_key
from seedfund.people.rules import DuplicateDecision, DuplicateKind
from seedfund.people.tables import DuplicateFlag, Household, HouseholdMember, IdentityIndex, Participant
from seedfund.store.statements import Query, Reader
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: household and person, each with its number."""

    household_id: Key
    household: str
    participant_id: Key
    participant: str
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class DuplicateFacts:
    """One flag over two households."""

    id: Key
    kind: DuplicateKind
    state: str
    decision: DuplicateDecision | None
    excluded_household: Key | None
    flagged_by: Key
    flagged_at: datetime
    first: Side
    second: Side

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.state == "open"

    @property
    def is_restricted(self) -> bool:
        """Whether one of the two people is seen by named roles only."""
        return self.first.is_restricted or self.second.is_restricted

    def stops(self, household: Key) -> bool:
        """Whether payment of a household stops: nobody decided yet, or it was decided against this household."""
        return self.is_open or self.excluded_household == household

    @property
    def sides(self) -> tuple[Side, Side]:
        """The two of them."""
        return self.first, self.second


@dataclass(frozen=True, slots=True)
class DuplicateShown:
    """A flag as somebody may see it: a side of a restricted person is None for those without the role."""

    id: Key
    kind: DuplicateKind
    state: str
    decision: DuplicateDecision | None
    first: Side | None
    second: Side | None
    flagged_at: datetime


@dataclass(frozen=True, slots=True)
class Match:
    """A person with the same digest, and a household they are or were in."""

    participant_id: Key
    household_id: Key
    is_current: bool


def _flag(*values: Any) -> DuplicateFacts:
    key, kind, state, decision, excluded, flagged_by, flagged_at = values[:7]
    return DuplicateFacts(
        key,
        DuplicateKind(kind),
        state,
        DuplicateDecision(decision) if decision else None,
        excluded,
        flagged_by,
        flagged_at,
        Side(*values[7:12]),
        Side(*values[12:17]),
    )


def _flags() -> Any:
    first_home, second_home = aliased(Household), aliased(Household)
    first, second = aliased(Participant), aliased(Participant)
    return (
        sa.select(
            col(DuplicateFlag.id),
            col(DuplicateFlag.kind),
            col(DuplicateFlag.state),
            col(DuplicateFlag.decision),
            col(DuplicateFlag.excluded_household),
            col(DuplicateFlag.flagged_by),
            col(DuplicateFlag.flagged_at),
            col(first_home.id),
            col(first_home.number),
            col(first.id),
            col(first.number),
            col(first.is_restricted),
            col(second_home.id),
            col(second_home.number),
            col(second.id),
            col(second.number),
            col(second.is_restricted),
        )
        .select_from(DuplicateFlag)
        .join(first_home, col(first_home.id) == col(DuplicateFlag.household_a))
        .join(first, col(first.id) == col(DuplicateFlag.participant_a))
        .join(second_home, col(second_home.id) == col(DuplicateFlag.household_b))
        .join(second, col(second.id) == col(DuplicateFlag.participant_b))
        .order_by(col(DuplicateFlag.flagged_at), col(DuplicateFlag.id))
    )


FLAGS_A: Final = Query(
    _flag,
    lambda: _flags().where(col(DuplicateFlag.household_a).in_(sa.bindparam("ids", expanding=True))),
)
FLAGS_B: Final = Query(
    _flag,
    lambda: _flags().where(col(DuplicateFlag.household_b).in_(sa.bindparam("ids", expanding=True))),
)
FLAGS_TOUCHING: Final = Query(
    lambda *values: (_flag(*values[:-1]), values[-1] or ""),
    lambda: (
        _flags()
        .add_columns(col(DuplicateFlag.digest))
        .where(
            sa.or_(
                col(DuplicateFlag.household_a).in_(sa.bindparam("households", expanding=True)),
                col(DuplicateFlag.household_b).in_(sa.bindparam("households", expanding=True)),
                col(DuplicateFlag.participant_a).in_(sa.bindparam("people", expanding=True)),
                col(DuplicateFlag.participant_b).in_(sa.bindparam("people", expanding=True)),
                col(DuplicateFlag.digest).in_(sa.bindparam("digests", expanding=True)),
            )
        )
    ),
)
FLAG: Final = Query(
    _flag,
    lambda: (
        _flags()
        .where(
            col(DuplicateFlag.id) == sa.bindparam("id"),
            col(DuplicateFlag.programme_id) == sa.bindparam("programme"),
        )
        .with_for_update(of=DuplicateFlag)
    ),
)
ALL_FLAGS: Final = Query(
    _flag, lambda: _flags().where(col(DuplicateFlag.programme_id) == sa.bindparam("programme"))
)
MATCHES: Final = Query(
    lambda participant, household, until: Match(Key(participant), Key(household), until is None),
    lambda: (
        sa.select(
            col(IdentityIndex.participant_id),
            col(HouseholdMember.household_id),
            col(HouseholdMember.until_day),
        )
        .join(HouseholdMember, col(HouseholdMember.participant_id) == col(IdentityIndex.participant_id))
        .where(
            col(IdentityIndex.digest) == sa.bindparam("digest"),
            col(IdentityIndex.kind) == sa.bindparam("kind"),
            col(IdentityIndex.participant_id) != sa.bindparam("participant"),
        )
        .order_by(col(HouseholdMember.from_day), col(HouseholdMember.id))
    ),
)
REMEMBERED: Final = Query(
    Key,
    lambda: sa.select(col(DuplicateFlag.id)).where(
        col(DuplicateFlag.household_a) == sa.bindparam("household_a"),
        col(DuplicateFlag.household_b) == sa.bindparam("household_b"),
        col(DuplicateFlag.kind) == sa.bindparam("kind"),
        col(DuplicateFlag.digest) == sa.bindparam("digest"),
    ),
)
DIGESTS: Final = Query(
    lambda kind, digest: (DuplicateKind(kind), str(digest)),
    lambda: (
        sa.select(col(IdentityIndex.kind), col(IdentityIndex.digest))
        .where(
            col(IdentityIndex.participant_id) == sa.bindparam("participant"),
            col(IdentityIndex.kind).in_([kind.value for kind in DuplicateKind]),
        )
        .order_by(col(IdentityIndex.digest))
    ),
)


def duplicates_of(reader: Reader, households: Sequence[Key]) -> dict[Key, tuple[DuplicateFacts, ...]]:
    """Every flag of these households, open or decided; a household without any has an empty tuple."""
    found: dict[Key, dict[Key, DuplicateFacts]] = {key: {} for key in households}
    for query in (FLAGS_A, FLAGS_B):
        for flag in reader.among(query, "ids", list(found)):
            for side in flag.sides:
                if side.household_id in found:
                    found[side.household_id][flag.id] = flag
    return {key: tuple(flags.values()) for key, flags in found.items()}


def flags_touching(
    reader: Reader, *, households: Sequence[Key], people: Sequence[Key], digests: Sequence[str]
) -> list[tuple[DuplicateFacts, str]]:
    """Every flag over one of these households, people, or documents and accounts (by blind index), with its digest.

    All three are asked in one statement; a flag is told once.
    """
    rows = reader.among_any(FLAGS_TOUCHING, households=households, people=people, digests=digests)
    return list({flag.id: (flag, digest) for flag, digest in rows}.values())


def duplicate_flag(reader: Reader, programme: Key, flag: Key) -> DuplicateFacts:
    """One flag; inside a verb it is locked.

    Raises:
        NotFound: there is none in the programme.
    """
    found = reader.first(FLAG, id=row_key(flag, field="flag"), programme=programme)
    if found is None:
        raise NotFound(what="duplicate flag", which=flag)
    return found


def list_duplicates(work: Work, *, only_open: bool = True) -> list[DuplicateShown]:
    """The programme's flags in the order they were raised; restricted people are shown to named roles only."""
    sees_all = sees_restricted(work)
    flags = work.reader().all(ALL_FLAGS, programme=work.programme.id)
    return [
        DuplicateShown(
            flag.id,
            flag.kind,
            flag.state,
            flag.decision,
            flag.first if sees_all or not flag.first.is_restricted else None,
            flag.second if sees_all or not flag.second.is_restricted else None,
            flag.flagged_at,
        )
        for flag in flags
        if flag.is_open or not only_open
    ]
