"""What every verb of grants does: lock the grant, take a step of its life, speak to the ledger of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.queries import line_refs
from seedfund.grants.queries.agreements import agreements_of, first_signed_on
from seedfund.grants.queries.grants import LAST_STEP, GrantRow, PartRow, grant_by_number, parts_of
from seedfund.grants.queries.standing import Moment
from seedfund.grants.rules.states import GRANT_STATES
from seedfund.grants.rules.words import EndReason
from seedfund.grants.tables.awards import Grant, GrantStep
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.accounts import Part
from seedfund.ledger.rules.positions import PartPosition
from seedfund.register.queries import evidence_by_hash
from seedfund.register.rules import EvidenceKind
from seedfund.store.sealing.vault import Place
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

MOVE: Final = Write(
    lambda: (
        sa.update(Grant)
        .where(col(Grant.id) == sa.bindparam("this_id"))
        .values(
            state=sa.bindparam("new_state"),
            end_reason=sa.bindparam("new_reason"),
            ended_on=sa.bindparam("new_end"),
        )
    )
)


@dataclass(frozen=True, kw_only=True)
class GrantMoved:
    """The grant, the state it is in now, and what that freed or bound on its budget lines."""

    number: str
    state: str
    entry: str = ""


def people_place(signature_id: Key) -> Place:
    """Where the names around a signature stand."""
    return Place("sf_agreement_signature", signature_id, "people")


def moment_of(unit: Unit) -> Moment:
    """The moment a command's payments are judged at: its day, and the present instant."""
    return Moment(on=unit.occurred_on, now=unit.now, zone=unit.programme.zone)


def load_grant(unit: Unit, number: str) -> GrantRow:
    """The grant of a number, locked until the unit ends.

    Raises:
        NotFound: there is none in the programme.
    """
    return grant_by_number(unit, unit.programme.id, number, locked=True)


def runs_from(unit: Unit, grant: GrantRow) -> date:
    """The day from which on what was bought counts: of the agreement, or of the award where there is none (yet)."""
    return first_signed_on(agreements_of(unit, [grant.id])[grant.id]) or grant.awarded_on


def filed_kinds(unit: Unit, hashes: Sequence[str]) -> list[EvidenceKind]:
    """What the files of these hashes prove, as far as they are on the register."""
    files = evidence_by_hash(unit, unit.programme.id, [sha256 for sha256 in hashes if sha256])
    return [EvidenceKind(row.kind) for row in files.values()]


def move_grant(
    unit: Unit,
    grant: GrantRow,
    wanted: str,
    *,
    reason: str = "",
    note: Secret | None = None,
    end: EndReason | None = None,
) -> None:
    """Take one step of a grant's life and write it down; a note is sealed under the key of who stands for the owner.

    Raises:
        Refused: `no_such_step`.
    """
    GRANT_STATES.require(grant.state, wanted, which=grant.number)
    kept = EndReason(grant.end_reason) if grant.end_reason else None
    ended, ended_on = end or kept, unit.occurred_on if end else grant.ended_on
    unit.execute(
        MOVE,
        this_id=grant.id,
        new_state=wanted,
        new_reason=ended.value if ended else None,
        new_end=ended_on,
    )
    write_step(unit, grant, before=grant.state, after=wanted, reason=reason, note=note)
    unit.changed("sf_grant", grant.number, {"state": grant.state}, {"state": wanted, "reason": reason})


def write_step(
    unit: Unit, grant: GrantRow, *, before: str | None, after: str, reason: str, note: Secret | None = None
) -> None:
    """Write one step into the grant's history."""
    position = unit.one(LAST_STEP, grant=grant.id) + 1
    unit.insert(
        GrantStep,
        grant_id=grant.id,
        position=position,
        from_state=before,
        to_state=after,
        reason=reason,
        note=sealed_note(
            unit, grant.participant_id, note, Place("sf_grant_step", f"{grant.id}:{position}", "note")
        ),
        occurred_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


def sealed_note(unit: Unit, participant: Key, note: Secret | None, place: Place) -> bytes | None:
    """A note sealed under a participant's key, and owned by that participant in the command's own record."""
    if note is None:
        return None
    unit.owns(participant, note)
    return unit.vault(participant).seal(note, place)


@dataclass(frozen=True, slots=True)
class LoadedPart:
    """A part of a grant with its name in the ledger and where it stands there."""

    row: PartRow
    part: Part
    position: PartPosition


def load_parts(unit: Unit, grant: GrantRow) -> list[LoadedPart]:
    """The parts of a locked grant in order, with their balances; one the ledger does not know yet stands at zero."""
    rows = parts_of(unit, [grant.id])[grant.id]
    lines = line_refs(unit, [row.line_id for row in rows])
    stands = {
        (item.part.book_id, item.part.line.line_id): item for item in positions(unit, [grant.id])[grant.id]
    }
    found = []
    for row in rows:
        part = Part(lines[row.line_id].ref, grant.id, grant.number)
        found.append(LoadedPart(row, part, stands.get((row.book_id, row.line_id), PartPosition(part))))
    return found


def lots(parts: Sequence[LoadedPart], amounts: Sequence[int]) -> list[tuple[Part, int]]:
    """Parts with an amount each; where it is zero, none."""
    return [(item.part, amount) for item, amount in zip(parts, amounts, strict=True) if amount]


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values for the audit record: days as text, nothing that is unset."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None
    }
