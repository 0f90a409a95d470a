"""Schedules, conditions, waivers, evidence, payments: what a tranche is judged by, in batches of grants."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.grants.queries.history import BROUGHT_FORWARD, paid_earlier
from seedfund.grants.rules.conditions import Condition, condition_from_plain
from seedfund.grants.rules.facts import EvidenceFact, Waiver
from seedfund.grants.rules.schedule import Schedule, schedule_from_plain
from seedfund.grants.rules.words import EvidenceKind, SubjectKind
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.offsets import TrancheLapse, TrancheOffset
from seedfund.grants.tables.payments import Disbursement
from seedfund.grants.tables.tranches import (
    ConditionWaiver,
    Evidence,
    Tranche,
    TrancheCondition,
    TrancheSchedule,
)
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.reversed import reversals_of
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor


@dataclass(frozen=True, slots=True)
class TrancheRow:
    """A tranche of the schedule in force."""

    id: Key
    grant_id: Key
    schedule_version: int
    position: int
    amount_minor: int
    due_on: date | None
    delivery: str


@lru_cache(maxsize=1024)
def _condition(params: str) -> Condition:
    """Grants of one benefit share their conditions, so thousands of rows hold a few texts."""
    return condition_from_plain(parse_document(params))


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition of a tranche: its place, its plain form, and the condition itself."""

    tranche_id: Key
    position: int
    params: str

    @property
    def condition(self) -> Condition:
        """The condition of its plain form."""
        return _condition(self.params)


@dataclass(frozen=True, slots=True)
class PaidRow:
    """What of a tranche was listed, is on the way or was delivered by one payment, or answered without one."""

    grant_id: Key
    position: int
    state: str
    amount_minor: int
    delivered_minor: int
    delivered_on: date | None
    is_irregular: bool = False


@dataclass(frozen=True, slots=True)
class WaiverRow:
    """A waiver: of which tranche (by position) and condition (by its plain form), by whom, when, why."""

    grant_id: Key
    tranche: int
    params: str
    waiver: Waiver


SCHEDULE: Final = Query(
    lambda content: schedule_from_plain(parse_document(str(content))),
    lambda: sa.select(col(TrancheSchedule.content)).where(
        col(TrancheSchedule.grant_id) == sa.bindparam("grant"),
        col(TrancheSchedule.version) == sa.bindparam("version"),
    ),
)
LAST_VERSION: Final = Query(
    int,
    lambda: sa.select(sa.func.coalesce(sa.func.max(col(TrancheSchedule.version)), 0)).where(
        col(TrancheSchedule.grant_id) == sa.bindparam("grant")
    ),
)


def _in_force() -> Any:
    return (
        sa.select(*(col(getattr(Tranche, name)) for name in TrancheRow.__slots__))
        .join(Grant, col(Grant.id) == col(Tranche.grant_id))
        .where(
            col(Tranche.grant_id).in_(sa.bindparam("ids", expanding=True)),
            col(Tranche.schedule_version) == col(Grant.schedule_version),
        )
        .order_by(col(Tranche.grant_id), col(Tranche.position))
    )


TRANCHES: Final = Query(TrancheRow, _in_force)
CONDITIONS: Final = Query(
    ConditionRow,
    lambda: (
        sa.select(
            col(TrancheCondition.tranche_id), col(TrancheCondition.position), col(TrancheCondition.params)
        )
        .where(col(TrancheCondition.tranche_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(TrancheCondition.tranche_id), col(TrancheCondition.position))
    ),
)
PAID: Final = Query(
    PaidRow,
    lambda: (
        sa.select(
            col(Disbursement.grant_id),
            col(Disbursement.tranche_position),
            col(Disbursement.state),
            col(Disbursement.amount_minor),
            col(Disbursement.delivered_minor),
            col(Disbursement.delivered_on),
            col(Disbursement.is_irregular),
        )
        .where(col(Disbursement.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(Disbursement.grant_id), col(Disbursement.id))
    ),
)
OFFSETS: Final = Query(
    lambda entry, grant, position, kind, minor, day: (
        Key(entry),
        PaidRow(Key(grant), int(position), str(kind), int(minor), int(minor), day),
    ),
    lambda: (
        sa.select(
            col(TrancheOffset.entry_id),
            col(TrancheOffset.grant_id),
            col(TrancheOffset.tranche_position),
            col(TrancheOffset.kind),
            col(TrancheOffset.amount_minor),
            col(TrancheOffset.decided_on),
        )
        .where(col(TrancheOffset.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(TrancheOffset.grant_id), col(TrancheOffset.id))
    ),
)
LAPSED: Final = "lapsed"
"""The state under which what of a tranche is not due any more stands among its payments."""
LAPSES: Final = Query(
    lambda entry, grant, position, minor, day: (
        Key(entry),
        PaidRow(Key(grant), int(position), LAPSED, int(minor), int(minor), day),
    ),
    lambda: (
        sa.select(
            col(TrancheLapse.entry_id),
            col(TrancheLapse.grant_id),
            col(TrancheLapse.tranche_position),
            col(TrancheLapse.amount_minor),
            col(TrancheLapse.decided_on),
        )
        .where(col(TrancheLapse.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(TrancheLapse.grant_id), col(TrancheLapse.id))
    ),
)


def _waivers() -> Any:
    """Each with the tranche in force at the same place, unless that is higher than the one it was given for."""
    now = aliased(Tranche)
    return (
        sa.select(
            col(Tranche.grant_id),
            col(Grant.number),
            col(Tranche.position),
            col(ConditionWaiver.position),
            col(TrancheCondition.params),
            col(Actor.handle),
            col(ConditionWaiver.waived_on),
            col(ConditionWaiver.reason),
        )
        .select_from(ConditionWaiver)
        .join(Tranche, col(Tranche.id) == col(ConditionWaiver.tranche_id))
        .join(Grant, col(Grant.id) == col(Tranche.grant_id))
        .join(
            TrancheCondition,
            sa.and_(
                col(TrancheCondition.tranche_id) == col(ConditionWaiver.tranche_id),
                col(TrancheCondition.position) == col(ConditionWaiver.position),
            ),
        )
        .join(Actor, col(Actor.id) == col(ConditionWaiver.authorised_by))
        .join(
            now,
            sa.and_(
                col(now.grant_id) == col(Tranche.grant_id),
                col(now.position) == col(Tranche.position),
                col(now.schedule_version) == col(Grant.schedule_version),
                col(now.amount_minor) <= col(Tranche.amount_minor),
            ),
        )
        .where(col(Tranche.grant_id).in_(sa.bindparam("ids", expanding=True)))
    )


WAIVERS: Final = Query(
    lambda grant, number, tranche, position, params, actor, day, reason: WaiverRow(
        Key(grant),
        int(tranche),
        str(params),
        Waiver(ref=f"{number}/{tranche}.{position}", authorised_by=str(actor), on=day, reason=str(reason)),
    ),
    _waivers,
)


def _evidence() -> Any:
    subjects = {
        "grants": col(Evidence.grant_id),
        "people": col(Evidence.participant_id),
        "households": col(Evidence.household_id),
    }
    return (
        sa.select(
            sa.func.coalesce(*subjects.values()),
            col(Evidence.number),
            col(Evidence.kind),
            col(Evidence.topic),
            col(Evidence.value),
            col(Evidence.observed_on),
            col(Actor.handle),
            col(Evidence.subject_kind),
            col(Evidence.file_sha256),
        )
        .join(Actor, col(Actor.id) == col(Evidence.recorded_by))
        .where(
            sa.or_(*(key.in_(sa.bindparam(name, expanding=True)) for name, key in subjects.items())),
            col(Evidence.is_irregular).is_(False),
        )
        .order_by(col(Evidence.observed_on), col(Evidence.recorded_at), col(Evidence.id))
    )


def _fact(subject: str, *values: Any) -> tuple[Key, EvidenceFact]:
    number, kind, topic, value, observed_on, handle, about, file_sha256 = values
    fact = EvidenceFact(
        ref=number,
        kind=EvidenceKind(kind),
        topic=topic,
        value=value,
        observed_on=observed_on,
        recorded_by=handle,
        is_of_grant=about == SubjectKind.GRANT,
        file_sha256=file_sha256,
    )
    return Key(subject), fact


EVIDENCE: Final = Query(_fact, _evidence)


def schedule_of(reader: Reader, grant_id: Key, version: int) -> Schedule:
    """A version of a grant's schedule."""
    return reader.one(SCHEDULE, grant=grant_id, version=version)


def tranches_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[TrancheRow]]:
    """The tranches in force of grants, in order; a grant without a signed agreement has none."""
    result: dict[Key, list[TrancheRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(TRANCHES, "ids", list(result)):
        result[row.grant_id].append(row)
    return result


def conditions_of(reader: Reader, tranche_ids: Sequence[Key]) -> dict[Key, list[ConditionRow]]:
    """The conditions of tranches, in order."""
    result: dict[Key, list[ConditionRow]] = {tranche_id: [] for tranche_id in tranche_ids}
    for row in reader.among(CONDITIONS, "ids", list(result)):
        result[row.tranche_id].append(row)
    return result


def paid_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[PaidRow]]:
    """The payments of grants in every state, oldest first, then what was answered without a payment and still stands.

    What was kept back or set off has the kind of its offset as its state; what lapsed and what was paid before our
    books, their own.
    """
    result: dict[Key, list[PaidRow]] = {grant_id: [] for grant_id in grant_ids}
    for row in reader.among(PAID, "ids", list(result)):
        result[row.grant_id].append(row)
    offsets = [*reader.among(OFFSETS, "ids", list(result)), *reader.among(LAPSES, "ids", list(result))]
    undone = reversals_of(reader, [entry for entry, _ in offsets]) if offsets else {}
    for entry, row in offsets:
        if entry not in undone:
            result[row.grant_id].append(row)
    for one in paid_earlier(reader, list(result)):
        amount = one.amount_minor
        told = PaidRow(one.grant_id, one.position, BROUGHT_FORWARD, amount, amount, one.paid_on)
        result[one.grant_id].append(told)
    return result


def waivers_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, dict[tuple[int, str], Waiver]]:
    """The waivers of grants by tranche position and the condition's plain form.

    So a waiver outlives an adenda that leaves the condition as it was and the tranche no higher, and no other.
    """
    result: dict[Key, dict[tuple[int, str], Waiver]] = {grant_id: {} for grant_id in grant_ids}
    for row in reader.among(WAIVERS, "ids", list(result)):
        result[row.grant_id][row.tranche, row.params] = row.waiver
    return result


def evidence_of(
    reader: Reader, grants: Sequence[Key], people: Sequence[Key], households: Sequence[Key]
) -> Mapping[Key, Sequence[EvidenceFact]]:
    """Evidence by the key of its subject, oldest first, nothing where there is none; irregular rows are left out."""
    found: dict[Key, list[EvidenceFact]] = defaultdict(list)
    for subject, fact in reader.among_any(EVIDENCE, grants=grants, people=people, households=households):
        found[subject].append(fact)
    return found
