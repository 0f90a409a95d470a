"""Files about business plans: calls, plans with their items, sales and costs, and scores."""

from typing import Final

from seedfund.interchange.kinds.plans.calls import CALLS
from seedfund.interchange.kinds.plans.plans import PLANS
from seedfund.interchange.kinds.plans.scores import SCORES

KINDS: Final = (CALLS, PLANS, SCORES)
