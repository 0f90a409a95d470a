"""What higher areas need to know of households and people to decide: no names, in batches of ids.

These are facts for rules: they hold restricted people too, because a sum that left them out would be wrong. What is
shown to somebody comes from `names` and `search`, which ask who is looking.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.people.queries.duplicates import DuplicateFacts, duplicates_of
from seedfund.people.queries.filled import filled_fields
from seedfund.people.queries.participations import ParticipationFacts, participations_of
from seedfund.people.queries.records import HouseholdRow, birth_columns, birth_of
from seedfund.people.rules import (
    Birth,
    Composition,
    Consent,
    ConsentMethod,
    ConsentPurpose,
    Disability,
    GroupRule,
    LegalStatus,
    Member,
    PersonField,
    PopulationGroup,
    Relationship,
    ReportingGroup,
    Sex,
    Step,
    check_fields,
    composition,
    reporting_group,
)
from seedfund.people.tables import Consent as ConsentRow
from seedfund.people.tables import (
    Household,
    HouseholdMember,
    Participant,
)
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class ParticipantFacts:
    """A person as rules see them; `latest` is the latest participation, None when there never was any."""

    id: Key
    number: str
    household_id: Key | None
    household: str | None
    sex: Sex
    birth: Birth | None
    population_group: PopulationGroup
    nationality: str | None
    legal_status: LegalStatus | None
    language: str | None
    disability: Disability | None
    is_restricted: bool
    is_erased: bool
    latest: ParticipationFacts | None
    consents: tuple[Consent, ...]
    filled: frozenset[PersonField]

    @property
    def participation(self) -> str | None:
        """The state of the latest participation."""
        return None if self.latest is None else self.latest.state


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A current member of a household."""

    participant: ParticipantFacts
    relationship: Relationship
    is_dependant: bool
    from_day: date


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household as rules see it: its current members, its group, and the duplicates it is part of."""

    household: HouseholdRow
    members: tuple[MemberFacts, ...]
    group: ReportingGroup | None
    duplicates: tuple[DuplicateFacts, ...]

    @property
    def id(self) -> Key:
        """The household's key."""
        return self.household.id

    @property
    def number(self) -> str:
        """The household's number."""
        return self.household.number

    @property
    def head(self) -> ParticipantFacts | None:
        """The current head; None when everybody left."""
        return next((item.participant for item in self.members if _is_head(item)), None)

    @property
    def payment_stops(self) -> tuple[DuplicateFacts, ...]:
        """The duplicates that stop payment: open ones, and those decided against this household."""
        return tuple(flag for flag in self.duplicates if flag.stops(self.id))

    def composition(self, day: date) -> Composition:
        """Its numbers, each counted on a day; it needs a head."""
        return composition([_member(item) for item in self.members], day)


def _is_head(member: MemberFacts) -> bool:
    return member.relationship is Relationship.HEAD


def _member(item: MemberFacts) -> Member:
    person = item.participant
    return Member(
        person.number, item.relationship, person.sex, person.birth, person.population_group, item.is_dependant
    )


PARTICIPANTS: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(Participant.id),
            col(Participant.number),
            col(HouseholdMember.household_id),
            col(Household.number),
            col(Household.locality),
            col(Participant.sex),
            col(Participant.population_group),
            col(Participant.nationality),
            col(Participant.legal_status),
            col(Participant.language),
            col(Participant.disability),
            col(Participant.is_restricted),
            col(Participant.erased_at),
            *birth_columns(),
        )
        .select_from(Participant)
        .outerjoin(
            HouseholdMember,
            sa.and_(
                col(HouseholdMember.participant_id) == col(Participant.id),
                col(HouseholdMember.until_day).is_(None),
            ),
        )
        .outerjoin(Household, col(Household.id) == col(HouseholdMember.household_id))
        .where(col(Participant.id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Participant.number))
    ),
)
HOUSEHOLDS: Final = Query(
    HouseholdRow,
    lambda: (
        sa.select(
            col(Household.id),
            col(Household.number),
            col(Household.state),
            col(Household.country),
            col(Household.community),
            col(Household.locality),
            col(Household.phase),
            col(Household.registered_on),
        )
        .where(col(Household.id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Household.number))
    ),
)
CURRENT_MEMBERS: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(HouseholdMember.household_id),
            col(HouseholdMember.participant_id),
            col(HouseholdMember.relationship),
            col(HouseholdMember.is_dependant),
            col(HouseholdMember.from_day),
        )
        .join(Participant, col(Participant.id) == col(HouseholdMember.participant_id))
        .where(
            col(HouseholdMember.household_id).in_(sa.bindparam("ids", expanding=True)),
            col(HouseholdMember.until_day).is_(None),
        )
        .order_by(col(Participant.number))
    ),
)


CONSENTS: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(ConsentRow.participant_id),
            col(ConsentRow.purpose),
            col(ConsentRow.is_given),
            col(ConsentRow.language),
            col(ConsentRow.method),
            col(ConsentRow.wording),
            col(ConsentRow.by_guardian),
            col(ConsentRow.happened_on),
        )
        .where(col(ConsentRow.participant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(ConsentRow.recorded_at), col(ConsentRow.id))
    ),
)


def participant_facts(reader: Reader, ids: Sequence[Key]) -> dict[Key, ParticipantFacts]:
    """The facts of these people by id, in the order of their numbers; an unknown id has none."""
    wanted = list(dict.fromkeys(ids))
    filled = filled_fields(reader, wanted)
    consents = _consents(reader, wanted)
    latest = participations_of(reader, wanted)
    facts = (
        _facts(row, filled=filled[row[0]], consents=consents.get(row[0], ()), latest=latest.get(row[0]))
        for row in reader.among(PARTICIPANTS, "ids", wanted)
    )
    return {person.id: person for person in facts}


def household_facts(
    reader: Reader, ids: Sequence[Key], *, rule: GroupRule = GroupRule.HEAD
) -> dict[Key, HouseholdFacts]:
    """The facts of these households by id, in the order of their numbers; an unknown id has none.

    `rule` says in which group a household of several groups is counted (domain: indicators).
    """
    wanted = list(dict.fromkeys(ids))
    rows = reader.among(CURRENT_MEMBERS, "ids", wanted)
    people = participant_facts(reader, [Key(row[1]) for row in rows])
    members: dict[Key, list[MemberFacts]] = defaultdict(list)
    for household, participant, relationship, is_dependant, from_day in rows:
        members[Key(household)].append(
            MemberFacts(people[Key(participant)], Relationship(relationship), is_dependant, from_day)
        )
    flags = duplicates_of(reader, wanted)
    found: dict[Key, HouseholdFacts] = {}
    for row in reader.among(HOUSEHOLDS, "ids", wanted):
        held = members[row.id]
        found[row.id] = HouseholdFacts(row, tuple(held), _group(held, rule), flags[row.id])
    return found


def household_rows(reader: Reader, ids: Sequence[Key]) -> dict[Key, HouseholdRow]:
    """These households as stored, without their members."""
    return {row.id: row for row in reader.among(HOUSEHOLDS, "ids", list(dict.fromkeys(ids)))}


def missing_fields(
    reader: Reader, ids: Sequence[Key], step: Step, *, known: Iterable[PersonField] = ()
) -> dict[Key, tuple[Refusal, ...]]:
    """Which fields of each person a step still needs; `known` are those a higher area has, such as a payee in cash."""
    extra = frozenset(known)
    return {
        key: check_fields(step, person.filled | extra)
        for key, person in participant_facts(reader, ids).items()
    }


def _group(members: Sequence[MemberFacts], rule: GroupRule) -> ReportingGroup | None:
    if not any(_is_head(item) for item in members):
        return None
    return reporting_group([_member(item) for item in members], rule)


def _consents(reader: Reader, ids: Sequence[Key]) -> dict[Key, tuple[Consent, ...]]:
    """A withdrawal closes the latest consent for its purpose."""
    found: dict[Key, list[Consent]] = defaultdict(list)
    for participant, purpose, is_given, language, method, wording, by_guardian, day in reader.among(
        CONSENTS, "ids", ids
    ):
        held = found[participant]
        if is_given:
            held.append(_consent(purpose, language, method, day, wording, bool(by_guardian)))
            continue
        aim = ConsentPurpose(purpose)
        for index in reversed(range(len(held))):
            last = held[index]
            if last.purpose is aim and last.withdrawn_on is None:
                held[index] = _withdrawn(last, day)
                break
    return {participant: tuple(held) for participant, held in found.items()}


@lru_cache(maxsize=1024)
def _consent(*told: Any) -> Consent:
    """One consent; those of one day and one wording are alike, whoever gave them."""
    purpose, language, method, day, wording, by_guardian = told
    return Consent(
        ConsentPurpose(purpose), language, ConsentMethod(method), day, wording, by_guardian=by_guardian
    )


def _withdrawn(consent: Consent, day: date) -> Consent:
    return Consent(
        consent.purpose,
        consent.language,
        consent.method,
        consent.given_on,
        consent.text_version,
        withdrawn_on=day,
        by_guardian=consent.by_guardian,
    )


def _facts(
    row: tuple[Any, ...],
    *,
    filled: frozenset[PersonField],
    consents: tuple[Consent, ...],
    latest: ParticipationFacts | None,
) -> ParticipantFacts:
    key, number, household_id, household, locality, sex, group, nationality, status, language = row[:10]
    disability, is_restricted, erased_at = row[10:13]
    birth = birth_of(*row[13:])
    known = {
        PersonField.SEX: sex,
        PersonField.BIRTH: birth,
        PersonField.POPULATION_GROUP: group,
        PersonField.PLACE: locality,
        PersonField.HOUSEHOLD: household,
        PersonField.LANGUAGE: language,
        PersonField.NATIONALITY: nationality,
        PersonField.LEGAL_STATUS: status,
        PersonField.DISABILITY: disability,
    }
    return ParticipantFacts(
        id=key,
        number=number,
        household_id=household_id,
        household=household,
        sex=Sex(sex),
        birth=birth,
        population_group=PopulationGroup(group),
        nationality=nationality,
        legal_status=LegalStatus(status) if status else None,
        language=language,
        disability=Disability(disability) if disability else None,
        is_restricted=is_restricted,
        is_erased=_is_set(erased_at),
        latest=latest,
        consents=consents,
        filled=filled | {field for field, value in known.items() if value},
    )


def _is_set(instant: datetime | None) -> bool:
    return instant is not None
