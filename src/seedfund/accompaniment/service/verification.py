"""The verification sample: drawn once from a seed that is kept, and what was found of each household."""

from dataclasses import dataclass
from typing import Final

from seedfund.accompaniment.queries.samples import SampledRow, finding_place, samples_of
from seedfund.accompaniment.queries.screenings import screenings_of
from seedfund.accompaniment.queries.selections import EntryRow, entries_of, entry_of, selection_by_number
from seedfund.accompaniment.rules.sampling import (
    SAMPLE_NOT_IN_IT,
    Difference,
    Finding,
    Told,
    check_draw,
    check_finding,
    draw,
    sample_size,
)
from seedfund.accompaniment.service.reaching import COMPANIONS, require_household, sealed_note
from seedfund.accompaniment.service.selections import SELECTORS
from seedfund.accompaniment.tables.selection import SampledHousehold, SampleFinding, VerificationSample
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import HouseholdFacts
from seedfund.people.rules import plain_text
from seedfund.people.service.identity import require_living
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

VERIFIERS: Final = (*COMPANIONS, Role.REVIEWER)
"""Who verifies at the door: whoever accompanies, or a reviewer; never who screened the household."""


@dataclass(frozen=True, kw_only=True)
class DrawVerificationSample(Command):
    """A selection whose sample is drawn; the seed, such as one drawn in public, else one is made and kept."""

    number: str
    seed: str = ""


@dataclass(frozen=True, kw_only=True)
class SampleDrawn:
    """The selection, the seed, of how many the sample was drawn, and how many households are in it."""

    number: str
    seed: str
    drawn_from: int
    size: int


@verb("accompaniment.draw_verification_sample", roles=SELECTORS)
def draw_verification_sample(unit: Unit, command: DrawVerificationSample) -> SampleDrawn:
    """Draw the sample of those who hold a place, once, by the rule of the selection's rules.

    Raises:
        NotFound: there is no such selection.
        InvalidInput: the seed is too long or cannot be printed.
        Refused: `sample_nobody_selected`, `sample_drawn_already`.
    """
    row = selection_by_number(unit, unit.programme.id, command.number)
    known = samples_of(unit, [row.id]).get(row.id)
    held = {one.household: one for one in entries_of(unit, [row.id])[row.id] if one.state == "selected"}
    drawn_on = None if known is None else known.drawn_on.isoformat()
    refuse(check_draw(row.number, selected=len(held), drawn_on=drawn_on))
    seed = plain_text(command.seed, field="seed", most=60) or unit.key()
    share, least = row.terms.sample_share, row.terms.sample_least
    size = sample_size(len(held), share=share, least=least)
    unit.insert(
        VerificationSample,
        selection_id=row.id,
        seed=seed,
        drawn_from=len(held),
        size=size,
        share=share,
        least=least,
        drawn_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    homes = [
        {"selection_id": row.id, "position": position, "entry": held[home].position}
        for position, home in enumerate(draw(seed, list(held), size), start=1)
    ]
    unit.insert_many(SampledHousehold, homes)
    after = {"seed": seed, "drawn_from": len(held), "size": size}
    unit.created("sf_verification_sample", row.number, after)
    return SampleDrawn(number=row.number, seed=seed, drawn_from=len(held), size=size)


@dataclass(frozen=True, kw_only=True)
class RecordVerification(Command):
    """What was found of a sampled household: as told, or in what it differs; the note is sealed.

    Of a household something was recorded of already, `reason` says why that changes (no personal data).
    """

    number: str
    household: str
    finding: Finding
    difference: Difference | None = None
    note: Secret | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class VerificationRecorded:
    """The selection, the household, what was found, and the version of it."""

    number: str
    household: str
    finding: str
    version: int


@verb("accompaniment.record_verification", roles=VERIFIERS)
def record_verification(unit: Unit, command: RecordVerification) -> VerificationRecorded:
    """Record what was found of a sampled household; a difference changes no list, it is decided on apart.

    Raises:
        NotFound: there is no such selection, or the household is not in it.
        NotAllowed: somebody of the household is restricted, and the actor's roles do not reach them.
        InvalidInput: a note is told of a household without a head.
        Refused: `sample_not_in_it`, `sample_own_screening`, `sample_difference_missing`,
            `sample_difference_not_expected`, `sample_reason_missing`, `person_erased`.
    """
    row = selection_by_number(unit, unit.programme.id, command.number)
    entry = entry_of(entries_of(unit, [row.id])[row.id], row.number, command.household)
    home = require_household(unit, entry.household_id, entry.household)
    sample = samples_of(unit, [row.id]).get(row.id)
    drawn = [] if sample is None else [one for one in sample.households if one.entry == entry.position]
    if not drawn:
        refuse([SAMPLE_NOT_IN_IT(household=entry.household, selection=row.number)])
    (sampled,) = drawn
    reason = plain_text(command.reason, field="reason", most=300)
    told = Told(
        finding=command.finding,
        is_own_screening=_screened_it(unit, entry),
        has_difference=command.difference is not None,
        is_correction=bool(sampled.findings),
        has_reason=bool(reason),
    )
    refuse(check_finding(entry.household, told))
    version = _write_finding(unit, (row.id, sampled), command, home)
    after = {"finding": command.finding.value, "household": entry.household}
    unit.created("sf_sample_finding", f"{row.number}/{sampled.position} v{version}", after)
    return VerificationRecorded(
        number=row.number, household=entry.household, finding=command.finding.value, version=version
    )


def _screened_it(unit: Unit, entry: EntryRow) -> bool:
    """Whether who acts recorded any version of the screening: a correction is a hand in it too."""
    rows = screenings_of(unit, [entry.household_id])[entry.household_id]
    return any(one.recorded_by == unit.actor.id for one in rows)


def _write_finding(
    unit: Unit, sampled: tuple[Key, SampledRow], command: RecordVerification, home: HouseholdFacts
) -> int:
    selection, row = sampled
    version = len(row.findings) + 1
    note = None
    if command.note is not None:
        if home.head is None:
            raise InvalidInput(
                field="note",
                problem="the household has no head under whose key it could be sealed",
                remedy="register its head, or leave the note out",
            )
        require_living(unit, home.head.number)
        place = finding_place(selection, row.position, version)
        note = sealed_note(unit, home.head.id, command.note, place)
    unit.insert(
        SampleFinding,
        selection_id=selection,
        position=row.position,
        version=version,
        head_id=None if home.head is None else home.head.id,
        finding=command.finding.value,
        difference=None if command.difference is None else command.difference.value,
        note=note,
        reason=plain_text(command.reason, field="reason", most=300),
        found_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    return version
