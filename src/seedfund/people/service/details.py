"""Filling in or correcting what statistics need of a person, when a step asks for it."""

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.codec import encode
from seedfund.people.queries.facts import ParticipantFacts, participant_facts
from seedfund.people.rules import (
    Birth,
    LegalStatus,
    PopulationGroup,
    Sex,
    WashingtonGroup,
    age_range,
    disability,
    plain_text,
)
from seedfund.people.service.identity import REGISTRARS, require_person
from seedfund.people.service.registration import birth_values, check_country
from seedfund.people.tables import Participant
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query, Write
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class CorrectParticipant(Command):
    """What is known now of a person; None leaves a field as it is.

    `washington_group` with no answers records that the questions were not asked.
    """

    participant: str
    sex: Sex | None = None
    birth: Birth | None = None
    population_group: PopulationGroup | None = None
    nationality: str | None = None
    legal_status: LegalStatus | None = None
    language: str | None = None
    washington_group: WashingtonGroup | None = None


@dataclass(frozen=True, kw_only=True)
class ParticipantCorrected:
    """The person and the fields that changed."""

    participant: str
    changed: tuple[str, ...]


@verb("people.correct_participant", roles=REGISTRARS)
def correct_participant(unit: Unit, command: CorrectParticipant) -> ParticipantCorrected:
    """Fill in or correct a person's sex, birth, group, nationality, status, language or disability.

    What was counted before stays counted: an award keeps the group it was made under.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person is restricted.
        InvalidInput: the nationality is no two capital letters, or the birth does not fit.
        Refused: `person_erased`.
    """
    person = require_person(unit, command.participant)
    facts = participant_facts(unit, [person.id])[person.id]
    answers = command.washington_group
    if command.birth is not None:
        age_range(command.birth, unit.occurred_on)
    if command.nationality is not None:
        check_country(command.nationality, field="nationality")
    values = {
        "sex": (command.sex or facts.sex).value,
        **birth_values(command.birth or facts.birth),
        "population_group": (command.population_group or facts.population_group).value,
        "nationality": command.nationality or facts.nationality,
        "legal_status": command.legal_status or facts.legal_status,
        "language": _language(command.language) or facts.language,
        "disability": disability(answers) if answers is not None else facts.disability,
    }
    told = canonical_text(encode(answers, [])) if answers is not None else unit.one(ANSWERS, this=person.id)
    unit.execute(
        CORRECT, this=person.id, new_answers=told, **{f"new_{name}": value for name, value in values.items()}
    )
    before = _before(facts)
    changed = tuple(name for name, value in values.items() if value != before[name])
    unit.changed(
        "sf_participant",
        person.number,
        {name: before[name] for name in changed},
        {name: values[name] for name in changed},
    )
    return ParticipantCorrected(participant=person.number, changed=changed)


ANSWERS: Final = Query(
    lambda answers: answers,
    lambda: sa.select(col(Participant.disability_answers)).where(col(Participant.id) == sa.bindparam("this")),
)
CORRECT: Final = Write(
    lambda: (
        sa.update(Participant)
        .where(col(Participant.id) == sa.bindparam("this"))
        .values(
            sex=sa.bindparam("new_sex"),
            age_source=sa.bindparam("new_age_source"),
            birth_date=sa.bindparam("new_birth_date"),
            birth_year=sa.bindparam("new_birth_year"),
            birth_age=sa.bindparam("new_birth_age"),
            birth_asked_on=sa.bindparam("new_birth_asked_on"),
            population_group=sa.bindparam("new_population_group"),
            nationality=sa.bindparam("new_nationality"),
            legal_status=sa.bindparam("new_legal_status"),
            language=sa.bindparam("new_language"),
            disability=sa.bindparam("new_disability"),
            disability_answers=sa.bindparam("new_answers"),
        )
    )
)


def _language(code: str | None) -> str | None:
    return plain_text(code, field="language", most=8) if code is not None else None


def _before(facts: ParticipantFacts) -> dict[str, Any]:
    return {
        "sex": facts.sex.value,
        **birth_values(facts.birth),
        "population_group": facts.population_group.value,
        "nationality": facts.nationality,
        "legal_status": facts.legal_status,
        "language": facts.language,
        "disability": facts.disability,
    }
