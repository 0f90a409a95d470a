"""Noting that a payment list was written for a provider: who made which file, how many, how much, which bytes."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.payouts.tables import PayoutFile
from seedfund.store.unit import Unit

SERIES: Final = "PF"


@dataclass(frozen=True, kw_only=True)
class FileWritten:
    """A list as a file: its number, layout and totals, the SHA-256 and size of its bytes before any password."""

    number: str
    list_id: Key
    layout_id: Key
    count: int
    total: Money
    sha256: str
    size: int
    is_protected: bool
    execute_on: date | None = None


def next_number(unit: Unit) -> str:
    """The number of the file that a command makes: what it holds may name it."""
    return unit.human_number(SERIES)


def write_file(unit: Unit, written: FileWritten) -> None:
    """Note a file inside the command that makes it."""
    unit.insert(
        PayoutFile,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=written.number,
        list_id=written.list_id,
        layout_id=written.layout_id,
        count=written.count,
        total_minor=written.total.minor,
        currency=written.total.currency,
        sha256=written.sha256,
        size=written.size,
        is_protected=written.is_protected,
        exported_on=unit.occurred_on,
        execute_on=written.execute_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created(
        "sf_payout_file",
        written.number,
        {"count": written.count, "total": str(written.total), "sha256": written.sha256},
    )
