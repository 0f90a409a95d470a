"""Reads of approvals. Must not write.

A name is loaded when it is first used: who asks for the policy in force does not wait for delegations.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.approvals.queries.delegations import delegations_for, list_delegations
    from seedfund.approvals.queries.exceptions import ExceptionRow, exceptions_in
    from seedfund.approvals.queries.policies import (
        PolicyInForce,
        ProposalRow,
        current_policy,
        open_proposals,
        policy_on,
    )
    from seedfund.approvals.queries.requests import (
        Hand,
        RequestRow,
        earlier_exposures,
        given_for,
        hands_of,
        last_request,
        open_requests,
    )
else:
    _HOMES: Final = {
        ".delegations": (
            "delegations_for",
            "list_delegations",
        ),
        ".exceptions": (
            "ExceptionRow",
            "exceptions_in",
        ),
        ".policies": (
            "PolicyInForce",
            "ProposalRow",
            "current_policy",
            "open_proposals",
            "policy_on",
        ),
        ".requests": (
            "Hand",
            "RequestRow",
            "earlier_exposures",
            "given_for",
            "hands_of",
            "last_request",
            "open_requests",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = [
    "ExceptionRow",
    "Hand",
    "PolicyInForce",
    "ProposalRow",
    "RequestRow",
    "current_policy",
    "delegations_for",
    "earlier_exposures",
    "exceptions_in",
    "given_for",
    "hands_of",
    "last_request",
    "list_delegations",
    "open_proposals",
    "open_requests",
    "policy_on",
]
