"""The pure rules of approvals: policy terms, stages, splitting, authority. Must not know storage or any subject."""

from typing import Final

from seedfund.approvals.rules import hands, policy, proposals
from seedfund.kernel.errors import RefusalCode
from seedfund.kernel.states import StateTable

REFUSALS: Final[tuple[RefusalCode, ...]] = (*policy.REFUSALS, *proposals.REFUSALS, *hands.REFUSALS)
STATES: Final[tuple[StateTable, ...]] = (hands.REQUEST,)
