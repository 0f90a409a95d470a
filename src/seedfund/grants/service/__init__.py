"""The decisions and facts of grants, as keyed commands, and `write_…` functions for the areas above.

A name is loaded when it is first used: who releases a list does not wait for closing statements.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.grants.service.agreements import (
        draft_agreement,
        issue_agreement,
        void_agreement,
        write_agreement_paper,
        write_issue,
    )
    from seedfund.grants.service.amendments import amend_agreement
    from seedfund.grants.service.awards import award_grant, decline_award
    from seedfund.grants.service.catalogue import COMMANDS
    from seedfund.grants.service.course import resume_grant, suspend_grant, terminate_grant
    from seedfund.grants.service.deliveries import confirm_payment, confirm_payments
    from seedfund.grants.service.erasing import EraseParticipant, erase_participant
    from seedfund.grants.service.evidence import record_evidence, waive_condition, write_evidence
    from seedfund.grants.service.lists import commit_award
    from seedfund.grants.service.payment_lists import approve_payment_list, prepare_payment_list
    from seedfund.grants.service.releases import release_payment_list
    from seedfund.grants.service.signing import record_signature, sign_agreement
else:
    _HOMES: Final = {
        ".agreements": (
            "draft_agreement",
            "issue_agreement",
            "void_agreement",
            "write_agreement_paper",
            "write_issue",
        ),
        ".amendments": ("amend_agreement",),
        ".awards": ("award_grant", "decline_award"),
        ".catalogue": ("COMMANDS",),
        ".course": ("resume_grant", "suspend_grant", "terminate_grant"),
        ".deliveries": ("confirm_payment", "confirm_payments"),
        ".erasing": ("EraseParticipant", "erase_participant"),
        ".evidence": ("record_evidence", "waive_condition", "write_evidence"),
        ".lists": ("commit_award",),
        ".payment_lists": ("approve_payment_list", "prepare_payment_list"),
        ".releases": ("release_payment_list",),
        ".signing": ("record_signature", "sign_agreement"),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = [
    "COMMANDS",
    "EraseParticipant",
    "amend_agreement",
    "approve_payment_list",
    "award_grant",
    "commit_award",
    "confirm_payment",
    "confirm_payments",
    "decline_award",
    "draft_agreement",
    "erase_participant",
    "issue_agreement",
    "prepare_payment_list",
    "record_evidence",
    "record_signature",
    "release_payment_list",
    "resume_grant",
    "sign_agreement",
    "suspend_grant",
    "terminate_grant",
    "void_agreement",
    "waive_condition",
    "write_agreement_paper",
    "write_evidence",
    "write_issue",
]
