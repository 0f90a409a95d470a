"""Versions of plans: the sealed words against their hash, and the items and figures that stand in clear beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.checks.vaults import Closed, Vaults
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Sheet
from seedfund.kernel.errors import SeedfundError
from seedfund.kernel.ids import Key
from seedfund.plans.queries import content_place
from seedfund.plans.rules import BusinessPlan, plan_from_text, plan_hash, start_up_total
from seedfund.plans.tables import Plan, PlanItem, PlanVersion

TABLE: Final = "sf_plan_version"


@dataclass(frozen=True, slots=True)
class VersionFound:
    """A version as stored, with the plan's number and whose key seals it."""

    id: Key
    number: str
    version: int
    participant_id: Key
    content: bytes
    content_hash: str
    currency: str
    sector: str
    grant_minor: int
    start_up_minor: int


VERSIONS: Final = Sheet(
    TABLE,
    VersionFound,
    lambda: (
        sa.select(
            *(col(PlanVersion.id), col(Plan.number), col(PlanVersion.version), col(Plan.participant_id)),
            *(col(PlanVersion.content), col(PlanVersion.content_hash), col(PlanVersion.currency)),
            *(col(PlanVersion.sector), col(PlanVersion.grant_minor), col(PlanVersion.start_up_minor)),
        )
        .select_from(sa.join(PlanVersion, Plan, col(Plan.id) == col(PlanVersion.plan_id)))
        .where(col(Plan.programme_id) == sa.bindparam("programme"))
        .order_by(col(PlanVersion.id))
    ),
)
_ITEM: Final = (
    *("version_id", "line", "description", "category", "quantity_thousandths", "unit"),
    *("unit_price_minor", "total_minor", "funded_by", "month"),
)
ITEMS: Final = Sheet(
    "sf_plan_item",
    lambda *values: values,
    lambda: (
        sa.select(*(col(getattr(PlanItem, name)) for name in _ITEM))
        .select_from(
            sa.join(PlanItem, PlanVersion, col(PlanVersion.id) == col(PlanItem.version_id)).join(
                Plan, col(Plan.id) == col(PlanVersion.plan_id)
            )
        )
        .where(col(Plan.programme_id) == sa.bindparam("programme"))
        .order_by(col(PlanItem.version_id), col(PlanItem.line))
    ),
    keys=2,
)
_Rows = list[tuple[object, ...]]


def check_plans(context: Context, programme: ProgrammeFound, vaults: Vaults) -> None:
    """Every version of every plan; its items are read beside it, in the same order."""
    items = _Items(context.each("plan items", ITEMS, programme=programme.id))
    for row in context.each("plan versions", VERSIONS, programme=programme.id):
        which = f"{row.number} v{row.version}"
        rows = items.of(row.id)
        text = vaults.text(row.participant_id, bytes(row.content), content_place(row.id), which=which)
        if isinstance(text, Closed):
            continue
        try:
            plan = plan_from_text(text)
            is_same = plan_hash(plan) == row.content_hash
        except (SeedfundError, ValueError, TypeError):
            context.report.found(kinds.CONTENT_ALTERED, TABLE, which)
            continue
        if not is_same:
            context.report.found(kinds.CONTENT_ALTERED, TABLE, which)
        if rows != _items_of(plan) or _figures_of(plan) != _figures(row):
            context.report.found(kinds.CONTENT_ROWS, TABLE, which)


class _Items:
    """The items of versions, handed out version by version."""

    def __init__(self, rows: Iterator[tuple[object, ...]]):
        self._rows = rows
        self._next = next(rows, None)

    def of(self, version: Key) -> _Rows:
        """The items of a version, without its key; versions are asked for in order."""
        found: _Rows = []
        while self._next is not None and str(self._next[0]) <= version:
            if self._next[0] == version:
                found.append(self._next[1:])
            self._next = next(self._rows, None)
        return found


def _items_of(plan: BusinessPlan) -> _Rows:
    return [
        (
            item.line,
            item.description,
            item.category.value,
            item.quantity_thousandths,
            item.unit,
            item.unit_price.minor,
            item.total.minor,
            item.funded_by.value,
            item.month,
        )
        for item in sorted(plan.items, key=lambda item: item.line)
    ]


def _figures_of(plan: BusinessPlan) -> tuple[str, str, int, int]:
    return plan.currency, plan.sector, plan.sources.grant.minor, start_up_total(plan).minor


def _figures(row: VersionFound) -> tuple[str, str, int, int]:
    return row.currency, row.sector, row.grant_minor, row.start_up_minor
