"""The decisions and facts of grants, as keyed commands, and `write_…` functions for the areas above."""

from typing import Any, Final

from seedfund.grants.service import (
    close_out,
    deliveries,
    demanding,
    external_transfers,
    handovers,
    justifications,
    life_events,
    payees,
    payment_lists,
    refunds,
    releases,
    retries,
    reviews,
    write_offs,
)
from seedfund.grants.service.agreements import (
    draft_agreement,
    issue_agreement,
    void_agreement,
    write_agreement_paper,
    write_issue,
)
from seedfund.grants.service.amendments import amend_agreement
from seedfund.grants.service.awards import award_grant, decline_award
from seedfund.grants.service.course import resume_grant, suspend_grant, terminate_grant
from seedfund.grants.service.evidence import record_evidence, waive_condition, write_evidence
from seedfund.grants.service.lists import commit_award
from seedfund.grants.service.signing import record_signature, sign_agreement
from seedfund.store.commands import Verb

COMMANDS: Final[tuple[Verb[Any, Any], ...]] = (
    award_grant,
    decline_award,
    draft_agreement,
    issue_agreement,
    record_signature,
    sign_agreement,
    void_agreement,
    amend_agreement,
    commit_award,
    suspend_grant,
    resume_grant,
    terminate_grant,
    record_evidence,
    waive_condition,
    *payees.COMMANDS,
    *payment_lists.COMMANDS,
    *releases.COMMANDS,
    *deliveries.COMMANDS,
    *retries.COMMANDS,
    *handovers.COMMANDS,
    *justifications.COMMANDS,
    *reviews.COMMANDS,
    *demanding.COMMANDS,
    *refunds.COMMANDS,
    *write_offs.COMMANDS,
    *close_out.COMMANDS,
    *life_events.COMMANDS,
    *external_transfers.COMMANDS,
)

__all__ = [
    "COMMANDS",
    "amend_agreement",
    "award_grant",
    "commit_award",
    "decline_award",
    "draft_agreement",
    "issue_agreement",
    "record_evidence",
    "record_signature",
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
