"""What the database itself refuses of approvals: changing what was decided, or what was sent. Data only."""

from typing import Final

from seedfund.store.triggers import Trigger, append_only, refusing

_SENT: Final = (
    "subject_kind",
    "subject_id",
    "number",
    "content_hash",
    "amount_minor",
    "weighed_minor",
    "currency",
    "steps",
    "assurance_min",
    "policy_id",
    "maker_id",
    "sent_on",
)
_LENT: Final = (
    "proposal_id",
    "role",
    "ceiling_minor",
    "currency",
    "from_day",
    "proposed_by",
    "approved_by",
)
TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_proposal", ("id",)),
    *append_only("sf_proposal_decision", ("proposal_id",)),
    *append_only("sf_policy", ("id",)),
    *append_only("sf_approval", ("id",)),
    *append_only("sf_approval_exposure", ("request_id", "position")),
    *append_only("sf_exception", ("id",)),
    refusing(
        "sf_tr_approval_request_sent",
        "sf_approval_request",
        when="BEFORE UPDATE",
        sentence="what was sent for approval is never changed",
        condition=" OR ".join(f"NEW.{name} <> OLD.{name}" for name in _SENT),
    ),
    refusing(
        "sf_tr_approval_request_no_delete",
        "sf_approval_request",
        when="BEFORE DELETE",
        sentence="rows are never deleted",
    ),
    refusing(
        "sf_tr_delegation_lent",
        "sf_delegation",
        when="BEFORE UPDATE",
        sentence="a delegation can only end earlier",
        condition=" OR ".join(f"NEW.{name} <> OLD.{name}" for name in _LENT)
        + " OR NEW.until_day > OLD.until_day",
    ),
    refusing(
        "sf_tr_delegation_no_delete", "sf_delegation", when="BEFORE DELETE", sentence="rows are never deleted"
    ),
)
