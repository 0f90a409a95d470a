"""What may still change in a plan that a committee approved. Must not know who brings the change, nor who confirms it.

A lower amount asks for less of what was approved; observations may also ask for another thing of the same kind or for
other words. Neither makes another business of it, and neither moves the grant to what it did not pay before.
"""

from collections.abc import Iterator
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.plans.rules.states import Outcome
from seedfund.plans.rules.values import BusinessPlan, FundedBy, PlanItem

PLAN_APPROVED_AS_IT_IS = RefusalCode(
    "plan_approved_as_it_is",
    "The committee approved the plan as it is; it asked for no other version.",
    "Keep the plan; for another one withdraw it, submit the other and take that to the committee.",
)
PLAN_CHANGED_AFTER_APPROVAL = RefusalCode(
    "plan_changed_after_approval",
    "The version changes more of the approved plan than the committee asked for: {fields}.",
    "Only lower what is on the list, and keep the business as approved; anything else goes to the committee again.",
)
REFUSALS: Final = (PLAN_APPROVED_AS_IT_IS, PLAN_CHANGED_AFTER_APPROVAL)

KEPT: Final = ("title", "stage", "sector", "owner_kind", "currency", "opening_cash")
"""What makes a plan this plan: no decision asks to change it."""
ITEM_KEPT: Final = ("category", "unit")
ITEM_WORDS: Final = ("description",)
"""What of an item only observations may change: a lower amount buys less, not something else."""


def check_adjustment(decided: BusinessPlan, after: BusinessPlan, outcome: Outcome) -> tuple[Refusal, ...]:
    """Why a version does not follow from the decision on the version that was decided."""
    if outcome not in (Outcome.LOWER_AMOUNT, Outcome.APPROVED_WITH_OBSERVATIONS):
        return (PLAN_APPROVED_AS_IT_IS(),)
    fields = [name for name in KEPT if getattr(decided, name) != getattr(after, name)]
    if decided.currency == after.currency:
        fields += _items(decided, after, has_observations=outcome is Outcome.APPROVED_WITH_OBSERVATIONS)
    return (PLAN_CHANGED_AFTER_APPROVAL(fields=", ".join(fields)),) if fields else ()


def _items(decided: BusinessPlan, after: BusinessPlan, *, has_observations: bool) -> Iterator[str]:
    approved = {item.line: item for item in decided.items}
    kept = ITEM_KEPT if has_observations else (*ITEM_KEPT, *ITEM_WORDS)
    for item in after.items:
        before = approved.get(item.line)
        if (
            before is None
            or any(getattr(before, name) != getattr(item, name) for name in kept)
            or _asks_more(before, item)
        ):
            yield f"items {item.line}"


def _asks_more(before: PlanItem, after: PlanItem) -> bool:
    becomes_grant = after.funded_by is FundedBy.GRANT and before.funded_by is not FundedBy.GRANT
    return becomes_grant or (after.funded_by is FundedBy.GRANT and after.total > before.total)
