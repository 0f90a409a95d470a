"""The story of a grant's receipts beside its ledger: what was rejected, what waits unapplied, which paper is behind."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.grants.tables.awards import GrantPart
from seedfund.grants.tables.justification import EvidenceUse, HandoverAct, Justification, JustificationLine
from seedfund.kernel.ids import Key
from seedfund.reports.queries.scope import Scope
from seedfund.store.statements import Query
from seedfund.store.tables import Actor


@dataclass(frozen=True, slots=True)
class ReceiptBehind:
    """A reviewed receipt, in minor units: what of it was accepted or the owner's own, and who wrote and decided it."""

    line_id: Key
    grant_id: Key
    number: str
    file_sha256: str | None
    amount_minor: int
    accepted_minor: int
    own_minor: int
    state: str
    reviewed_on: date
    reviewed_at: datetime
    recorder: str
    reviewer: str

    @property
    def rejected_minor(self) -> int:
        """What of it does not count: all of a rejected one, else what is neither accepted nor the owner's own."""
        if self.state == "rejected":
            return self.amount_minor
        return max(self.amount_minor - self.accepted_minor - self.own_minor, 0)


@dataclass(frozen=True, slots=True)
class _Use:
    """What of a receipt an entry applied to a part, or took back."""

    receipt: Key
    budget_line: Key
    amount_minor: int
    entry_id: Key
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """Something about a receipt that no entry tells: which column, how much, when."""

    number: str
    on: date
    column: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class EvidenceBehind:
    """The receipts behind an entry: numbers, the hash of the first file, who recorded and who reviewed them."""

    numbers: str = ""
    sha256: str = ""
    recorders: str = ""
    reviewers: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptStory:
    """The receipts of some grants."""

    receipts: Mapping[str, ReceiptBehind]
    waiting: Mapping[tuple[Key, Key], int]
    by_entry: Mapping[Key, EvidenceBehind]
    told: Mapping[Key, Sequence[Told]]

    def receipt(self, number: str) -> ReceiptBehind:
        """The receipt of a number."""
        return self.receipts[number]

    def unapplied(self, entry_id: Key, budget_line: Key) -> int:
        """How much an entry changes of what waits unapplied on a part."""
        return self.waiting.get((entry_id, budget_line), 0)

    def behind(self, entry_id: Key) -> EvidenceBehind:
        """The receipts behind an entry."""
        return self.by_entry.get(entry_id, EvidenceBehind())

    def without_entry(self, grant_id: Key) -> Sequence[Told]:
        """What no entry of the grant tells."""
        return self.told.get(grant_id, ())


def _receipt(*values: Any) -> ReceiptBehind:
    line, grant, number, position, *others = values
    return ReceiptBehind(line, grant, f"{number}/{position}", *others)


def _receipts() -> Any:
    recorder, reviewer = aliased(Actor), aliased(Actor)
    return (
        sa.select(
            col(JustificationLine.id),
            col(JustificationLine.grant_id),
            col(Justification.number),
            col(JustificationLine.position),
            sa.func.coalesce(col(JustificationLine.file_sha256), col(HandoverAct.paper_hash)),
            col(JustificationLine.amount_minor),
            col(JustificationLine.accepted_minor),
            col(JustificationLine.own_minor),
            col(JustificationLine.state),
            col(JustificationLine.reviewed_on),
            col(JustificationLine.reviewed_at),
            col(recorder.handle),
            col(reviewer.handle),
        )
        .select_from(JustificationLine)
        .join(Justification, col(Justification.id) == col(JustificationLine.justification_id))
        .outerjoin(HandoverAct, col(HandoverAct.id) == col(JustificationLine.act_id))
        .join(recorder, col(recorder.id) == col(JustificationLine.recorded_by))
        .join(reviewer, col(reviewer.id) == col(JustificationLine.reviewed_by))
        .where(col(JustificationLine.grant_id).in_(sa.bindparam("grants", expanding=True)))
        .order_by(col(JustificationLine.reviewed_at), col(JustificationLine.id))
    )


_RECEIPTS: Final = Query(_receipt, _receipts)
_USES: Final = Query(
    _Use,
    lambda: (
        sa.select(
            col(EvidenceUse.line_id),
            col(GrantPart.line_id),
            col(EvidenceUse.amount_minor),
            col(EvidenceUse.entry_id),
            col(EvidenceUse.recorded_at),
        )
        .select_from(EvidenceUse)
        .join(GrantPart, col(GrantPart.id) == col(EvidenceUse.part_id))
        .where(col(GrantPart.grant_id).in_(sa.bindparam("grants", expanding=True)))
        .order_by(col(EvidenceUse.recorded_at), col(EvidenceUse.id))
    ),
)


def read_receipts(scope: Scope, grant_ids: Sequence[Key]) -> ReceiptStory:
    """The receipts of grants decided by the day and known by the instant of the scope."""
    receipts = {
        found.line_id: found
        for found in scope.reader.among(_RECEIPTS, "grants", list(grant_ids))
        if found.reviewed_on <= scope.as_of and found.reviewed_at <= scope.known_at
    }
    uses: dict[Key, list[_Use]] = defaultdict(list)
    for use in scope.reader.among(_USES, "grants", list(grant_ids)):
        if use.receipt in receipts:
            uses[use.receipt].append(use)
    waiting: Counter[tuple[Key, Key]] = Counter()
    told: dict[Key, list[Told]] = defaultdict(list)
    behind: dict[Key, list[ReceiptBehind]] = defaultdict(list)
    for line_id, receipt in receipts.items():
        for use in uses[line_id]:
            behind[use.entry_id].append(receipt)
        told[receipt.grant_id] += _rejected(receipt)
        told[receipt.grant_id] += _unapplied(receipt, uses[line_id], waiting)
    return ReceiptStory(
        receipts={receipt.number: receipt for receipt in receipts.values()},
        waiting=waiting,
        by_entry={entry: _together(found) for entry, found in behind.items()},
        told=told,
    )


def _rejected(receipt: ReceiptBehind) -> list[Told]:
    amount = receipt.rejected_minor if receipt.state != "withdrawn" else 0
    return [Told(receipt.number, receipt.reviewed_on, "rejected", amount)] if amount else []


def _unapplied(receipt: ReceiptBehind, uses: Sequence[_Use], waiting: Counter[tuple[Key, Key]]) -> list[Told]:
    """What was accepted beyond the open advance waits, and later entries take from it (accounting: row 21)."""
    at_once = [use for use in uses if use.recorded_at == receipt.reviewed_at]
    rest = receipt.accepted_minor - sum(use.amount_minor for use in at_once)
    if rest <= 0 or receipt.state == "withdrawn":
        return []
    for use in uses:
        if use.recorded_at > receipt.reviewed_at and use.amount_minor > 0:
            waiting[use.entry_id, use.budget_line] -= use.amount_minor
    if at_once:
        waiting[at_once[0].entry_id, at_once[0].budget_line] += rest
        return []
    return [Told(receipt.number, receipt.reviewed_on, "unapplied", rest)]


def _together(found: Sequence[ReceiptBehind]) -> EvidenceBehind:
    numbers = list(dict.fromkeys(receipt.number for receipt in found))
    files = [receipt.file_sha256 for receipt in found if receipt.file_sha256]
    recorders = dict.fromkeys(receipt.recorder for receipt in found)
    reviewers = dict.fromkeys(receipt.reviewer for receipt in found)
    return EvidenceBehind(
        ", ".join(numbers), files[0] if files else "", ", ".join(recorders), ", ".join(reviewers)
    )
