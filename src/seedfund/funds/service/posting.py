"""What every movement of a fund's money shares: its entry, the exceptions page, and the paper that proves it."""

from collections.abc import Iterable
from datetime import date

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.service import write_exception
from seedfund.kernel.errors import InvalidInput
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import EvidenceKind, missing_evidence
from seedfund.register.service import write_evidence_file
from seedfund.store.unit import Unit


def post(unit: Unit, draft: EntryDraft) -> PostedEntry:
    """Write an entry; where a fact took more than there was, that stands on the exceptions page.

    Raises:
        Refused: what the ledger refuses of a decision.
    """
    posted = write_entry(unit, draft)
    rooms = [room for room in posted.rooms if room.startswith("room.")]
    if rooms:
        write_exception(
            unit,
            ExceptionKind.SUSPENSE,
            subject_kind="entry",
            subject_number=posted.number,
            reason="a fact took more than there was",
            facts={"event": draft.event, "rooms": rooms},
        )
    return posted


def note_irregular(unit: Unit, number: str, reasons: Iterable[str]) -> bool:
    """Put a fact that was taken in although something is odd about it on the exceptions page; False when nothing is."""
    found = list(reasons)
    if found:
        write_exception(
            unit,
            ExceptionKind.IRREGULAR_FACT,
            subject_kind="instalment",
            subject_number=number,
            reason="; ".join(found),
        )
    return bool(found)


def file_paper(
    unit: Unit, event: str, sha256: str | None, *, kind: EvidenceKind, description: str
) -> tuple[str | None, tuple[str, ...]]:
    """Take in the paper that proves an event; returns its SHA-256 and the kinds of paper still missing.

    Raises:
        InvalidInput: the SHA-256 is none.
    """
    filed = None
    if sha256 is not None:
        filed = write_evidence_file(unit, sha256, kind=kind, description=description).sha256
    missing = missing_evidence(event, [kind] if filed is not None else [])
    return filed, tuple(" / ".join(group) for group in missing)


def day_that_came(unit: Unit, day: date | None, *, field: str) -> date:
    """A declared day, or the day the command occurred.

    Raises:
        InvalidInput: it lies in the future, naming `field`.
    """
    found = day or unit.occurred_on
    if found > unit.work.today():
        raise InvalidInput(field=field, problem=f"{found} lies in the future", remedy="give the day it came")
    return found
