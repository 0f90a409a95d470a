"""The people behind grants, as payments see them: read in batches, judged by the rules of receiving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from seedfund.grants.queries.deaths import Deaths, deaths_among
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.rules.receiving import OwnerFacts, PayeeFacts
from seedfund.kernel.ids import Key
from seedfund.store.statements import Reader


@dataclass(frozen=True, slots=True)
class Receiving:
    """What is known of the owners and payees of a batch of grants."""

    deaths: Deaths

    def owner(self, grant: GrantRow) -> OwnerFacts:
        """The person a grant stands on."""
        return OwnerFacts(
            number=grant.number,
            died_on=self.deaths.days.get(grant.participant_id),
            is_death_told=grant.id in self.deaths.told,
        )

    def payee(self, grant: GrantRow, participant: Key | None) -> PayeeFacts:
        """The person a grant is paid to; a supplier has no life of its own here."""
        return PayeeFacts(number=grant.number, died_on=self._died_on(participant))

    def _died_on(self, participant: Key | None) -> date | None:
        return None if participant is None else self.deaths.days.get(participant)


def read_receiving(
    reader: Reader, grants: Sequence[GrantRow], payees: Mapping[Key, Sequence[Key]]
) -> Receiving:
    """Read what payments of these grants to these people (by grant) are judged by."""
    people = [grant.participant_id for grant in grants]
    people += [person for paid in payees.values() for person in paid]
    return Receiving(deaths=deaths_among(reader, people))
