"""Grants whose people share a document or an account with another household, so that nothing is paid yet.

Looked at are the household on the grant, the person it stands on, the approved payees, the households these people are
in now, and the accounts that are paid: a flag follows the person and the account, not only a household.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.payees import PayeeRow
from seedfund.kernel.ids import Key
from seedfund.people.queries import DuplicateFacts, flags_touching
from seedfund.store.statements import Reader

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class _Sharers:
    """Whom a grant is for or paid to: households, people, and the blind indexes of the accounts that are paid."""

    households: Sequence[Key]
    people: Sequence[Key]
    digests: Sequence[str]


def stopped_by_duplicates(
    reader: Reader,
    grants: Sequence[GrantRow],
    payees: Mapping[Key, Sequence[PayeeRow]],
    homes: Mapping[Key, Key],
) -> frozenset[Key]:
    """The grants that a flag stops; `homes` is the household each person is in now."""
    sharers = {grant.id: _sharers(grant, payees[grant.id], homes) for grant in grants}
    flags = flags_touching(
        reader,
        households=_once(one.households for one in sharers.values()),
        people=_once(one.people for one in sharers.values()),
        digests=_once(one.digests for one in sharers.values()),
    )
    return frozenset(key for key, one in sharers.items() if _is_stopped(one, flags)) if flags else frozenset()


def _sharers(grant: GrantRow, payees: Sequence[PayeeRow], homes: Mapping[Key, Key]) -> _Sharers:
    paid = [row for row in payees if row.state == "approved"]
    people = [grant.participant_id, *(row.participant_id for row in paid if row.participant_id)]
    households = [homes[one] for one in people if one in homes]
    if grant.household_id:
        households.append(grant.household_id)
    return _Sharers(households, people, [row.account_digest for row in paid if row.account_digest])


def _is_stopped(one: _Sharers, flags: Sequence[tuple[DuplicateFacts, str]]) -> bool:
    """By a flag over its household, its people wherever they live now, or the number that is paid."""
    return any(
        any(
            flag.stops(side.household_id)
            for side in flag.sides
            if side.household_id in one.households or side.participant_id in one.people
        )
        or (digest in one.digests and (flag.is_open or flag.excluded_household in one.households))
        for flag, digest in flags
    )


def _once(found: Iterable[Sequence[K]]) -> list[K]:
    return list(dict.fromkeys(one for keys in found for one in keys))
