"""A household as one actor may see it. People hidden from the actor are not in it, nor anything of theirs."""

from collections.abc import Mapping
from dataclasses import dataclass

from seedfund.grants.queries.grants import GrantRow, grant_by_number
from seedfund.kernel.ids import Key
from seedfund.people.queries import household_facts, names_of, roles_of
from seedfund.people.queries.facts import HouseholdFacts, MemberFacts
from seedfund.people.queries.names import PersonName
from seedfund.people.queries.records import household_by_number
from seedfund.reports.queries.desk.things import CONTACT_ROLES
from seedfund.reports.queries.parties import Owner, owners_of
from seedfund.reports.queries.scope import Scope


@dataclass(frozen=True, slots=True)
class Home:
    """A household as one actor may see it: its members and grants without those hidden from them."""

    scope: Scope
    language: str
    facts: HouseholdFacts
    members: tuple[MemberFacts, ...]
    names: Mapping[Key, PersonName]
    owners: tuple[Owner, ...]
    grants: tuple[GrantRow, ...]

    @property
    def people(self) -> list[Key]:
        """The keys of the members who may be seen."""
        return [member.participant.id for member in self.members]

    def name(self, person: Key) -> str:
        """How a member is printed."""
        return self.names[person].printed.reveal()

    @property
    def accompanies(self) -> bool:
        """Whether the actor is one of those who accompany households, and so knows more of them than their names."""
        return bool(roles_of(self.scope.work).intersection(CONTACT_ROLES))


def open_home(scope: Scope, number: str, language: str) -> Home:
    """A household by its number, as the actor of the scope may see it.

    Raises:
        InvalidInput: it has not the form of a number.
        NotFound: there is no such household.
        NotAllowed: the actor is none of the programme's.
    """
    work, reader = scope.work, scope.reader
    row = household_by_number(reader, work.programme.id, number)
    facts = household_facts(reader, [row.id])[row.id]
    owners = [one for one in owners_of(reader, work.programme.id, row.number) if one.household == row.number]
    people = [member.participant.id for member in facts.members]
    names = names_of(work, list(dict.fromkeys([*people, *(one.participant_id for one in owners)])))
    shown = tuple(one for one in owners if not names[one.participant_id].is_hidden)
    return Home(
        scope=scope,
        language=language,
        facts=facts,
        members=tuple(one for one in facts.members if not names[one.participant.id].is_hidden),
        names=names,
        owners=shown,
        grants=tuple(grant_by_number(reader, work.programme.id, one.grant) for one in shown),
    )
