"""The fingerprint of a plan version, and the difference between two. Must not know where they are stored."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from seedfund.kernel.canonical import canonical_text, digest
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.dates import Month
from seedfund.kernel.money import Money
from seedfund.plans.rules.figures import (
    break_even_sales,
    own_contribution,
    payback_months,
    start_up_total,
)
from seedfund.plans.rules.months import capital_needed
from seedfund.plans.rules.values import BusinessPlan, CostLine, PlanItem, SalesLine, Undefined

HASH_DOMAIN: Final = "seedfund.plan.1"
_LINES: Final = ("items", "sales", "costs")


class Change(StrEnum):
    """What happened to a line from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as text a person reads; empty where there was none."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class LineChange:
    """A line of items, sales or costs that was added, removed or changed, with the fields that differ."""

    section: str
    line: int
    change: Change
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class PlanDiff:
    """What differs between two versions: fields of the plan, lines by number, figures that follow."""

    fields: tuple[FieldChange, ...]
    lines: tuple[LineChange, ...]
    figures: tuple[FieldChange, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both versions say the same."""
        return not (self.fields or self.lines or self.figures)


def plan_text(plan: BusinessPlan) -> str:
    """The canonical text of a plan: what is stored, hashed and read back by `plan_from_text`."""
    return canonical_text(encode(plan, []))


def plan_from_text(text: str) -> BusinessPlan:
    """The plan a canonical text holds.

    Raises:
        InvalidInput: a field is missing, unknown or of another kind.
    """
    return decode(BusinessPlan, json.loads(text), field="plan")


def plan_hash(plan: BusinessPlan) -> str:
    """SHA-256 in hex over the canonical text: two versions have one hash exactly when they say the same."""
    return digest(HASH_DOMAIN, plan_text(plan).encode("utf-8"))


def diff_plans(before: BusinessPlan, after: BusinessPlan, *, horizon_months: int = 12) -> PlanDiff:
    """What changed from one version to the next, lines matched by number, all in declared order.

    Raises:
        InvalidInput: a version mixes currencies, or the horizon is not 1 to 120 months.
    """
    names = [field.name for field in dataclasses.fields(BusinessPlan) if field.name not in _LINES]
    return PlanDiff(
        fields=_field_changes(before, after, names),
        lines=tuple(
            change
            for section in _LINES
            for change in _line_changes(section, getattr(before, section), getattr(after, section))
        ),
        figures=_figure_changes(before, after, horizon_months),
    )


def _line_changes(
    section: str,
    before: Sequence[PlanItem | SalesLine | CostLine],
    after: Sequence[PlanItem | SalesLine | CostLine],
) -> tuple[LineChange, ...]:
    old, new = {line.line: line for line in before}, {line.line: line for line in after}
    changes = []
    for number in sorted(old.keys() | new.keys()):
        kind = Change.ADDED if number not in old else Change.REMOVED if number not in new else Change.CHANGED
        sample = new.get(number, old.get(number))
        names = [field.name for field in dataclasses.fields(sample)] if sample is not None else []
        fields = _field_changes(old.get(number), new.get(number), [name for name in names if name != "line"])
        if fields:
            changes.append(LineChange(section, number, kind, fields))
    return tuple(changes)


def _field_changes(before: Any, after: Any, names: Sequence[str]) -> tuple[FieldChange, ...]:
    pairs = ((name, _text(before, name), _text(after, name)) for name in names)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def _text(value: Any, name: str) -> str:
    """A field as text: amounts and words as they are shown, anything longer in its canonical form."""
    if value is None:
        return ""
    field = getattr(value, name)
    is_word = isinstance(field, str | int | Money | Month)
    return str(field) if is_word else canonical_text(encode(field, []))


def _figure_changes(before: BusinessPlan, after: BusinessPlan, horizon: int) -> tuple[FieldChange, ...]:
    figures = (
        ("start_up_total", start_up_total(before), start_up_total(after)),
        ("own_contribution", own_contribution(before), own_contribution(after)),
        ("capital_needed", capital_needed(before, horizon), capital_needed(after, horizon)),
        ("break_even_sales", break_even_sales(before), break_even_sales(after)),
        ("payback_months", payback_months(before, horizon), payback_months(after, horizon)),
    )
    return tuple(FieldChange(name, _shown(old), _shown(new)) for name, old, new in figures if old != new)


def _shown(figure: object) -> str:
    return figure.reason if isinstance(figure, Undefined) else str(figure)
