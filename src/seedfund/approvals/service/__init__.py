"""Deciding under several hands: proposals, policies, delegations, approval requests, exceptions.

The keyed commands are for people; the `write_…` and `require_…` functions are for the areas above, inside their
own commands. Must not know what a subject is.

A name is loaded when it is first used: who asks whether a request is granted does not wait for policies.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.approvals.service.authority import ceiling_of
    from seedfund.approvals.service.catalogue import COMMANDS
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
else:
    _HOMES: Final = {
        ".authority": ("ceiling_of",),
        ".catalogue": ("COMMANDS",),
        ".delegations": (
            "approve_delegation",
            "end_delegation",
            "propose_delegation",
        ),
        ".exceptions": ("write_exception",),
        ".policies": (
            "approve_policy",
            "propose_policy",
        ),
        ".proposals": (
            "ProposalMade",
            "approved_content",
            "decline_proposal",
            "write_proposal",
        ),
        ".requests": (
            "ApprovalGiven",
            "NewRequest",
            "RequestGranted",
            "RequestSent",
            "require_assurance",
            "require_granted",
            "void_request",
            "write_approval",
            "write_approval_request",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

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
