"""Deciding under several hands: proposals, policies, delegations, approval requests, exceptions.

The keyed commands are for people; the `write_…` and `require_…` functions are for the areas above, inside their
own commands. Must not know what a subject is.
"""

from typing import Any, Final

from seedfund.approvals.service.authority import ceiling_of
from seedfund.approvals.service.delegations import approve_delegation, end_delegation, propose_delegation
from seedfund.approvals.service.exceptions import write_exception
from seedfund.approvals.service.policies import approve_policy, propose_policy
from seedfund.approvals.service.proposals import (
    ProposalMade,
    approved_content,
    decline_proposal,
    write_proposal,
)
from seedfund.approvals.service.requests import (
    ApprovalGiven,
    NewRequest,
    RequestGranted,
    RequestSent,
    require_assurance,
    require_granted,
    void_request,
    write_approval,
    write_approval_request,
)
from seedfund.store.commands import Verb

COMMANDS: Final[tuple[Verb[Any, Any], ...]] = (
    propose_policy,
    approve_policy,
    propose_delegation,
    approve_delegation,
    end_delegation,
    decline_proposal,
)

__all__ = [
    "COMMANDS",
    "ApprovalGiven",
    "NewRequest",
    "ProposalMade",
    "RequestGranted",
    "RequestSent",
    "approve_delegation",
    "approve_policy",
    "approved_content",
    "ceiling_of",
    "decline_proposal",
    "end_delegation",
    "propose_delegation",
    "propose_policy",
    "require_assurance",
    "require_granted",
    "void_request",
    "write_approval",
    "write_approval_request",
    "write_exception",
    "write_proposal",
]
