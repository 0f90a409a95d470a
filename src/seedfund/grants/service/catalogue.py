"""Every command of grants, in the order in which they are told. Importing it loads them all."""

from typing import Any, Final

from seedfund.grants.service import (
    close_out,
    codes,
    deliveries,
    demanding,
    erasing,
    external_transfers,
    handovers,
    history,
    justifications,
    late_results,
    life_events,
    payees,
    payment_lists,
    refunds,
    releases,
    retries,
    reviews,
    settlements,
    takeover,
    write_offs,
)
from seedfund.grants.service.agreements import (
    draft_agreement,
    issue_agreement,
    void_agreement,
)
from seedfund.grants.service.amendments import amend_agreement
from seedfund.grants.service.awards import award_grant, decline_award
from seedfund.grants.service.course import resume_grant, suspend_grant, terminate_grant
from seedfund.grants.service.evidence import record_evidence, waive_condition
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
    *codes.COMMANDS,
    *deliveries.COMMANDS,
    *retries.COMMANDS,
    *late_results.COMMANDS,
    *handovers.COMMANDS,
    *justifications.COMMANDS,
    *reviews.COMMANDS,
    *demanding.COMMANDS,
    *refunds.COMMANDS,
    *write_offs.COMMANDS,
    *settlements.COMMANDS,
    *close_out.COMMANDS,
    *life_events.COMMANDS,
    *external_transfers.COMMANDS,
    *erasing.COMMANDS,
    *history.COMMANDS,
    *takeover.COMMANDS,
)
