"""Reads of approvals. Must not write."""

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
