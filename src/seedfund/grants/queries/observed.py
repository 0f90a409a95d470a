"""What was observed of the owners of grants: evidence on file, and visits where a tranche waits for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.tranches import ConditionRow, evidence_of
from seedfund.grants.rules.conditions import VisitDoneSince
from seedfund.grants.rules.facts import EvidenceFact, OwedVisit
from seedfund.grants.rules.words import EvidenceKind
from seedfund.kernel.ids import Key
from seedfund.store.statements import Reader
from seedfund.visits import queries as visits

if TYPE_CHECKING:
    from seedfund.visits.rules import VisitFact


@dataclass(frozen=True, slots=True)
class Observed:
    """Evidence and visits by the key of whom they are about: a grant, a person, a household."""

    on_file: Mapping[Key, Sequence[EvidenceFact]]
    visits: Mapping[Key, Mapping[str, "VisitFact"]]

    def evidence(self, grant: GrantRow) -> tuple[EvidenceFact, ...]:
        """What was observed of a grant and its owner, oldest first; a visit held face to face is an observation."""
        subjects = [grant.id, grant.participant_id, *([grant.household_id] if grant.household_id else ())]
        found = [fact for subject in subjects for fact in self.on_file.get(subject, ())]
        found += [
            EvidenceFact(
                ref=visit.number,
                kind=EvidenceKind.VISIT,
                value=None if visit.is_operating is None else int(visit.is_operating),
                observed_on=visit.held_on,
                recorded_by=visit.recorded_by,
            )
            for visit in self._visits(grant)
            if visit.held_on is not None and visit.answers
        ]
        return tuple(sorted(found, key=lambda item: item.observed_on))

    def owed(self, grant: GrantRow) -> tuple[OwedVisit, ...]:
        """The visits planned and not held, by the day they were due."""
        found = [
            OwedVisit(ref=visit.number, due_on=visit.due_on)
            for visit in self._visits(grant)
            if visit.held_on is None and visit.due_on is not None
        ]
        return tuple(sorted(found, key=lambda visit: (visit.due_on, visit.ref)))

    def _visits(self, grant: GrantRow) -> list["VisitFact"]:
        own = self.visits.get(grant.participant_id, {})
        shared = self.visits.get(grant.household_id, {}) if grant.household_id else {}
        return list({**own, **shared}.values())


def observed_of(
    reader: Reader, grants: Sequence[GrantRow], conditions: Mapping[Key, Sequence[ConditionRow]]
) -> Observed:
    """What was observed of the owners of grants; visits are read only where a condition asks for one."""
    households = list(dict.fromkeys(grant.household_id for grant in grants if grant.household_id))
    people = list(dict.fromkeys(grant.participant_id for grant in grants))
    on_file = evidence_of(reader, [grant.id for grant in grants], people, households)
    asked = any(VisitDoneSince.code in row.params for rows in conditions.values() for row in rows)
    return Observed(on_file, visits.visit_facts(reader, people, households) if asked else {})
