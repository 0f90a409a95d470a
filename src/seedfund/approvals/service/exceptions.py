"""Keeping what left the usual way: one row for the exceptions page."""

from collections.abc import Mapping

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.tables import ExceptionRecord
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.store.unit import Unit


def write_exception(
    unit: Unit,
    kind: ExceptionKind,
    *,
    subject_kind: str,
    subject_number: str,
    reason: str,
    facts: Mapping[str, object] | None = None,
) -> Key:
    """Put one row on the exceptions page, on the authority of who acts; returns its key.

    `facts` are plain figures and words of the case, never a person's name; `reason` has no names either.

    Raises:
        Refused: `reason_missing`.
    """
    refuse(check_reason(reason))
    exception_id = unit.key()
    unit.insert(
        ExceptionRecord,
        id=exception_id,
        programme_id=unit.programme.id,
        kind=kind.value,
        subject_kind=subject_kind,
        subject_number=subject_number,
        reason=reason.strip(),
        facts=canonical_text(facts or {}),
        authorised_by=unit.actor.id,
        occurred_on=unit.occurred_on,
        recorded_at=unit.now,
    )
    unit.created("sf_exception", subject_number, {"kind": kind.value, "reason": reason.strip()})
    return exception_id
