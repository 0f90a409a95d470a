"""Reads of schooling by number, by child and by household; what is sealed opens for those who may see the child."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries import participant_facts, sees_restricted
from seedfund.schooling.queries.facts import (
    SchoolingOpened,
    SchoolingRow,
    SchoolingStepRow,
    SchoolingStepShown,
)
from seedfund.schooling.queries.statements import OF_CHILDREN, SCHOOLING, SCHOOLINGS, STEPS
from seedfund.schooling.rules import SchoolingFact, answers_a_condition
from seedfund.store.sealing.vault import Place, Vault
from seedfund.store.statements import Reader
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


def school_place(schooling: Key) -> Place:
    """Where the name of a child's school stands."""
    return Place("sf_schooling", schooling, "school")


def proof_place(schooling: Key, position: int) -> Place:
    """Where the reference of a step's proof stands; a step's opens nowhere else."""
    return Place("sf_schooling_step", f"{schooling}:{position}", "proof_ref")


def schooling_by_number(reader: Reader, programme: Key, number: str) -> SchoolingRow:
    """A schooling; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(SCHOOLING, programme=programme, number=number)
    if found is None:
        raise NotFound(what="schooling", which=number)
    return found


def schoolings_of(reader: Reader, children: Sequence[Key]) -> dict[Key, list[SchoolingRow]]:
    """Every schooling of these children, by child, in the order of their numbers."""
    found: dict[Key, list[SchoolingRow]] = {child: [] for child in children}
    for row in reader.among(OF_CHILDREN, "children", list(dict.fromkeys(children))):
        found[row.participant_id].append(row)
    return found


def steps_of(reader: Reader, schoolings: Sequence[Key]) -> Mapping[Key, list[SchoolingStepRow]]:
    """The steps of these schoolings, in their order."""
    found: dict[Key, list[SchoolingStepRow]] = defaultdict(list)
    for step in reader.among(STEPS, "schoolings", list(schoolings)):
        found[step.schooling_id].append(step)
    return found


def schooling_facts(
    reader: Reader, children: Sequence[Key], on: date
) -> dict[Key, tuple[SchoolingFact, ...]]:
    """The schooling of these children as it stood on a day, by child; what began later is not among it."""
    rows = schoolings_of(reader, children)
    steps = steps_of(reader, [row.id for own in rows.values() for row in own])
    return {
        child: tuple(
            _fact(row, known)
            for row in own
            if (known := [step for step in steps.get(row.id, ()) if step.happened_on <= on])
        )
        for child, own in rows.items()
    }


def _fact(row: SchoolingRow, known: Sequence[SchoolingStepRow]) -> SchoolingFact:
    last = known[-1]
    return SchoolingFact(
        number=row.number,
        kind=row.kind,
        term=row.term,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=last.to_state,
        since=last.happened_on,
        answers=answers_a_condition(
            last.to_state,
            [step.proof for step in known],
            row.irregularity,
            is_accepted=bool(row.is_accepted),
        ),
    )


def list_schoolings(work: Work) -> list[SchoolingRow]:
    """Every schooling of the programme, by number; those of restricted children only for named roles."""
    return _shown(work, work.reader().all(SCHOOLINGS, programme=work.programme.id))


def schoolings_shown(work: Work, children: Sequence[Key]) -> list[SchoolingRow]:
    """The schooling of these children, as a page of their household shows it: hidden children left out."""
    rows = schoolings_of(work.reader(), children)
    return _shown(work, [row for own in rows.values() for row in own])


def open_schooling(work: Work, number: str) -> SchoolingOpened:
    """A schooling with its school and proofs, for those who may see the child.

    Raises:
        NotFound: there is no such schooling.
        NotAllowed: the child is restricted, and the actor's roles do not reach them.
        Corrupt: what is sealed was altered.
    """
    reader = work.reader()
    row = schooling_by_number(reader, work.programme.id, number)
    if not _shown(work, [row]):
        raise NotAllowed(f"{number} is restricted; ask the protection officer or the director.")
    vault = open_vaults(reader, work, [row.participant_id]).get(row.participant_id)
    school = None if vault is None else vault.open(row.school, school_place(row.id))
    steps = steps_of(reader, [row.id])[row.id]
    return SchoolingOpened(row, school, tuple(_opened(step, vault) for step in steps))


def _opened(step: SchoolingStepRow, vault: Vault | None) -> SchoolingStepShown:
    ref = None
    if vault is not None and step.proof_ref is not None:
        ref = vault.open(step.proof_ref, proof_place(step.schooling_id, step.position))
    return SchoolingStepShown(step.to_state, step.reason, step.proof, ref, step.happened_on, step.recorder)


def _shown(work: Work, rows: Sequence[SchoolingRow]) -> list[SchoolingRow]:
    """Those rows whose child the actor may see."""
    if sees_restricted(work):
        return list(rows)
    facts = participant_facts(work.reader(), list(dict.fromkeys(row.participant_id for row in rows)))
    return [row for row in rows if not facts[row.participant_id].is_restricted]
