"""Grants whose people share a document or an account with another household, so that nothing is paid yet.

Looked at are the household on the grant, the person it stands on, the approved payees, the households these people are
in now, and the accounts that are paid: a flag follows the person and the account, not only a household.
"""

from collections.abc import Mapping, Sequence

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.payees import PayeeRow
from seedfund.kernel.ids import Key
from seedfund.people.queries import duplicates_of, duplicates_of_digests, duplicates_of_people
from seedfund.store.statements import Reader


def stopped_by_duplicates(
    reader: Reader,
    grants: Sequence[GrantRow],
    payees: Mapping[Key, Sequence[PayeeRow]],
    homes: Mapping[Key, Key],
) -> frozenset[Key]:
    """The grants that a flag stops; `homes` is the household each person is in now."""
    paid = {grant.id: [row for row in payees[grant.id] if row.state == "approved"] for grant in grants}
    people = {grant.id: _people(grant, paid[grant.id]) for grant in grants}
    households = {grant.id: _households(grant, people[grant.id], homes) for grant in grants}
    digests = {key: [row.account_digest for row in rows if row.account_digest] for key, rows in paid.items()}
    by_household = duplicates_of(reader, _all(households))
    by_person = duplicates_of_people(reader, _all(people))
    by_digest = duplicates_of_digests(reader, list({one for found in digests.values() for one in found}))
    return frozenset(
        grant.id
        for grant in grants
        if any(flag.stops(home) for home in households[grant.id] for flag in by_household[home])
        or any(flag.stops_person(person) for person in people[grant.id] for flag in by_person[person])
        or any(
            flag.is_open or flag.excluded_household in households[grant.id]
            for digest in digests[grant.id]
            for flag in by_digest[digest]
        )
    )


def _people(grant: GrantRow, payees: Sequence[PayeeRow]) -> list[Key]:
    return [grant.participant_id, *(row.participant_id for row in payees if row.participant_id)]


def _households(grant: GrantRow, people: Sequence[Key], homes: Mapping[Key, Key]) -> list[Key]:
    return [
        *([grant.household_id] if grant.household_id else []),
        *(homes[one] for one in people if one in homes),
    ]


def _all(found: Mapping[Key, Sequence[Key]]) -> list[Key]:
    return list(dict.fromkeys(one for keys in found.values() for one in keys))
