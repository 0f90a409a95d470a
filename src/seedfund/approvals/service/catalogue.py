"""Every command of approvals, for whoever lists them."""

from typing import Any, Final

from seedfund.approvals.service.delegations import approve_delegation, end_delegation, propose_delegation
from seedfund.approvals.service.policies import approve_policy, propose_policy
from seedfund.approvals.service.proposals import decline_proposal
from seedfund.store.commands import Verb

COMMANDS: Final[tuple[Verb[Any, Any], ...]] = (
    propose_policy,
    approve_policy,
    propose_delegation,
    approve_delegation,
    end_delegation,
    decline_proposal,
)
