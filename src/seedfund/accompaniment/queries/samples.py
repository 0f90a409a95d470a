"""Reads of verification samples: what was drawn, and what was found of each household."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.rules.sampling import SAMPLE_STATES, Difference, Finding, SampleFigures, figures
from seedfund.accompaniment.tables.selection import SampledHousehold, SampleFinding, VerificationSample
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What was found of a sampled household, version by version."""

    selection_id: Key
    position: int
    version: int
    head_id: Key | None
    finding: Finding
    difference: Difference | None
    note: bytes | None
    reason: str
    found_on: date
    recorder: str


@dataclass(frozen=True, slots=True)
class SampledRow:
    """A household of a sample: its lot, its position in the selection, and every finding."""

    position: int
    entry: int
    findings: tuple[FindingRow, ...]

    @property
    def last(self) -> FindingRow | None:
        """The finding that stands."""
        return self.findings[-1] if self.findings else None

    @property
    def state(self) -> str:
        """How it stands: to verify, verified, or differing."""
        return SAMPLE_STATES.start if self.last is None else self.last.finding.value


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A sample with its seed, the rule by which it was drawn, and its households in the order of the lots."""

    selection_id: Key
    seed: str
    drawn_from: int
    size: int
    share: int
    least: int
    drawn_on: date
    recorder: str
    households: tuple[SampledRow, ...] = ()

    @property
    def figures(self) -> SampleFigures:
        """How many were drawn, looked at, and differ."""
        found = [one.last.finding for one in self.households if one.last is not None]
        return figures(self.size, found)


_SAMPLES: Final = Query(
    SampleRow,
    lambda: (
        sa.select(
            col(VerificationSample.selection_id),
            col(VerificationSample.seed),
            col(VerificationSample.drawn_from),
            col(VerificationSample.size),
            col(VerificationSample.share),
            col(VerificationSample.least),
            col(VerificationSample.drawn_on),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(VerificationSample.recorded_by))
        .where(col(VerificationSample.selection_id).in_(sa.bindparam("selections", expanding=True)))
    ),
)
_SAMPLED: Final = Query(
    lambda *values: values,
    lambda: (
        sa.select(
            col(SampledHousehold.selection_id),
            col(SampledHousehold.position),
            col(SampledHousehold.entry),
        )
        .where(col(SampledHousehold.selection_id).in_(sa.bindparam("selections", expanding=True)))
        .order_by(col(SampledHousehold.selection_id), col(SampledHousehold.position))
    ),
)


def _finding(*values: Any) -> FindingRow:
    selection, position, version, head, finding, difference, note, reason, found_on, recorder = values
    return FindingRow(
        selection_id=selection,
        position=position,
        version=version,
        head_id=head,
        finding=Finding(finding),
        difference=None if difference is None else Difference(difference),
        note=None if note is None else bytes(note),
        reason=reason,
        found_on=found_on,
        recorder=recorder,
    )


_FINDINGS: Final = Query(
    _finding,
    lambda: (
        sa.select(
            col(SampleFinding.selection_id),
            col(SampleFinding.position),
            col(SampleFinding.version),
            col(SampleFinding.head_id),
            col(SampleFinding.finding),
            col(SampleFinding.difference),
            col(SampleFinding.note),
            col(SampleFinding.reason),
            col(SampleFinding.found_on),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(SampleFinding.recorded_by))
        .where(col(SampleFinding.selection_id).in_(sa.bindparam("selections", expanding=True)))
        .order_by(col(SampleFinding.selection_id), col(SampleFinding.position), col(SampleFinding.version))
    ),
)


def finding_place(selection: Key, position: int, version: int) -> Place:
    """Where the note of a finding stands."""
    return Place("sf_sample_finding", f"{selection}:{position}:{version}", "note")


def samples_of(reader: Reader, selections: Sequence[Key]) -> Mapping[Key, SampleRow]:
    """The samples of these selections with their households and findings; a selection without one has none."""
    wanted = list(selections)
    findings: dict[tuple[Key, int], list[FindingRow]] = defaultdict(list)
    for row in reader.among(_FINDINGS, "selections", wanted):
        findings[row.selection_id, row.position].append(row)
    homes: dict[Key, list[SampledRow]] = defaultdict(list)
    for selection, position, entry in reader.among(_SAMPLED, "selections", wanted):
        homes[selection].append(SampledRow(position, entry, tuple(findings[selection, position])))
    return {
        one.selection_id: replace(one, households=tuple(homes[one.selection_id]))
        for one in reader.among(_SAMPLES, "selections", wanted)
    }


def finding_notes(work: Work, rows: Sequence[FindingRow]) -> list[Secret | None]:
    """The note of each finding; None where nothing was told or nobody can open it any more.

    Raises:
        Corrupt: a note was altered.
    """
    heads = [row.head_id for row in rows if row.head_id is not None and row.note is not None]
    vaults = open_vaults(work.reader(), work, list(dict.fromkeys(heads)))
    found: list[Secret | None] = []
    for row in rows:
        vault = None if row.head_id is None else vaults.get(row.head_id)
        place = finding_place(row.selection_id, row.position, row.version)
        found.append(None if vault is None or row.note is None else vault.open(row.note, place))
    return found
