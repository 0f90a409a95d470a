"""Accepted receipts and open advances meet: at review, or at the next delivery; and part again when a payment bounces.

Accepted = applied + unapplied (accounting: identities). What waits when a grant is closed is own contribution.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from seedfund.funds.queries import benefit_by_id
from seedfund.grants.queries.grants import GrantRow, parts_of
from seedfund.grants.queries.receipts import APPLIED, WaitingLine, waiting_lines
from seedfund.grants.tables.justification import EvidenceUse
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.accounts import PARTICIPANT
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.positions import PartPosition
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.entries import write_entries
from seedfund.store.unit import Unit


@dataclass(frozen=True, slots=True)
class _Use:
    """What of a line goes to a part."""

    line: Key
    part: Key
    amount: int


def apply_evidence(
    unit: Unit, grants: Sequence[GrantRow], *, booked_on: date | None = None
) -> dict[Key, int]:
    """Apply what was accepted and waits to the open advances of these grants, oldest first (accounting: row 21).

    Tells how much was applied to each grant. A benefit without receipts has no advance to apply it to. A fact that is
    recorded late gives `booked_on`, today: the acceptance it sets free is no reason to refuse the fact.
    """
    by_id = {row.id: row for row in grants}
    waiting = waiting_lines(unit, list(by_id))
    due = [by_id[key] for key in waiting if _needs_receipts(unit, by_id[key])]
    if not due:
        return {}
    stands, parts = positions(unit, [row.id for row in due]), parts_of(unit, [row.id for row in due])
    drafts: list[EntryDraft] = []
    uses: list[list[_Use]] = []
    for grant in due:
        places = {(part.book_id, part.line_id): part.id for part in parts[grant.id]}
        rows, used = _accepted(stands[grant.id], waiting[grant.id], places)
        if rows:
            drafts.append(
                EntryDraft(
                    event="evidence_accepted",
                    subject=grant.number,
                    postings=tuple(rows),
                    booking_date=booked_on,
                )
            )
            uses.append(used)
    if not drafts:
        return {}
    for entry, used in zip(write_entries(unit, drafts), uses, strict=True):
        _write_uses(unit, entry, used)
    numbers = {row.number: row.id for row in due}
    return {
        numbers[draft.subject]: sum(use.amount for use in used)
        for draft, used in zip(drafts, uses, strict=True)
    }


def _needs_receipts(unit: Unit, grant: GrantRow) -> bool:
    return benefit_by_id(unit, grant.benefit_type_id).terms.justification_required


def _accepted(
    stands: Sequence[PartPosition], lines: Sequence[WaitingLine], places: Mapping[tuple[int, Key], Key]
) -> tuple[list[Posting], list[_Use]]:
    """Lines in their order against what is left open after those before them."""
    at = list(stands)
    rows: list[Posting] = []
    used: list[_Use] = []
    for line in lines:
        found, _ = recipes.accept(at, line.rest, holder=line.holder)
        rows += found
        taken = {row.credit: row.amount for row in found}
        for index, position in enumerate(at):
            part = position.part
            amount = taken.get(part.account("advances", line.holder), 0)
            if amount:
                used.append(_Use(line.id, places[part.book_id, part.line.line_id], amount))
                left = position.advances.get(line.holder, 0) - amount
                at[index] = replace(position, advances={**position.advances, line.holder: left})
    return rows, used


def _write_uses(unit: Unit, entry: PostedEntry, used: Sequence[_Use]) -> None:
    unit.insert_many(
        EvidenceUse,
        [
            {
                "id": unit.key(),
                "line_id": use.line,
                "part_id": use.part,
                "amount_minor": use.amount,
                "entry_id": entry.id,
                "occurred_on": unit.occurred_on,
                "recorded_at": unit.now,
            }
            for use in used
        ],
    )


def take_evidence_back(
    unit: Unit, grant_id: Key, amounts: Mapping[Key, int], *, entry: PostedEntry, holder: str
) -> None:
    """Note that the ledger undid acceptances of so much in each part: the latest uses first, this holder's before all.

    What is taken back waits unapplied again, for a payment that stands in for the bounced one.
    """
    applied = unit.all(APPLIED, grant=grant_id)
    ordered = sorted(applied, key=lambda one: one.holder != holder)
    used: list[_Use] = []
    for part, amount in amounts.items():
        left = amount
        for one in ordered:
            taken = min(left, one.amount) if one.part_id == part else 0
            if taken:
                used.append(_Use(one.line_id, part, -taken))
                left -= taken
    _write_uses(unit, entry, used)


def take_line_back(unit: Unit, line_id: Key, grant_id: Key, *, entry: PostedEntry) -> None:
    """Note that all that was applied of one line was taken back, because its acceptance was."""
    applied = [one for one in unit.all(APPLIED, grant=grant_id) if one.line_id == line_id]
    _write_uses(unit, entry, [_Use(one.line_id, one.part_id, -one.amount) for one in applied])


def applied_of_line(unit: Unit, line_id: Key, grant_id: Key) -> dict[Key, int]:
    """What of one line stands applied to each part."""
    return {one.part_id: one.amount for one in unit.all(APPLIED, grant=grant_id) if one.line_id == line_id}


def holder_of(unit: Unit, line_id: Key, grant_id: Key) -> str:
    """To whose advance a line is applied: the supplier's for goods handed over, else the participant's."""
    return next(
        (one.holder for one in unit.all(APPLIED, grant=grant_id) if one.line_id == line_id), PARTICIPANT
    )
