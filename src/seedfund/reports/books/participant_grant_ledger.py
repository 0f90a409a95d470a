"""What one participant's grants were promised, got and accounted for, event by event. Must not know queries.

Amounts are the change each event makes (domain: books; accounting: reports). A grant's parts each have their
own section, and under them the identity an auditor adds up: disbursed = justified + no receipts due + returned
+ written off + borne by us + refund due + still to justify.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from seedfund.kernel.money import Money, zero
from seedfund.reports.books.columns import amount, balance, code, day, hash_code, text
from seedfund.reports.totals import grand_totals, rows_of, section_of
from seedfund.reports.value import Cell, Column, Phrase, Report, Standing, TotalRow, Word, phrase

COLUMNS: Final[tuple[Column, ...]] = (
    code("entry_number", "Entry no.", width=12),
    code("voucher", "Voucher", under="entry_number"),
    code("tranche", "Tranche", under="entry_number"),
    hash_code("entry_hash", "Entry hash", under="entry_number"),
    day("booking_date", "Booked on"),
    day("value_date", "Value date", under="booking_date"),
    text("event", "Event", width=20),
    text("description", "Description", under="event"),
    code("fund", "Fund", width=9),
    code("line", "Budget line", under="fund"),
    text("method", "Method", width=9),
    code("bank_reference", "Bank ref.", under="method"),
    code("repeats", "Repeats payment", under="method"),
    code("evidence_number", "Evidence no.", width=9),
    hash_code("evidence_hash", "Evidence hash", under="evidence_number"),
    amount("awarded", "Awarded"),
    amount("committed", "Committed", under="awarded"),
    amount("in_payment", "In payment"),
    amount("disbursed", "Disbursed", under="in_payment"),
    amount("accepted", "Justified"),
    amount("no_receipts_due", "No receipts due", under="accepted"),
    amount("rejected", "Rejected"),
    amount("unapplied", "Unapplied", under="rejected"),
    amount("refund_due", "Refund due"),
    amount("returned", "Returned", under="refund_due"),
    amount("written_off", "Written off"),
    amount("borne_by_us", "Borne by us", under="written_off"),
    balance("to_disburse", "To disburse"),
    balance("to_justify", "To justify", under="to_disburse"),
    code("reversed_by", "Reversed by", width=11),
    code("prepared_by", "Prepared by", under="reversed_by"),
    code("approved_by", "Approved by", under="reversed_by"),
    code("posted_by", "Posted by", under="reversed_by"),
)
_USES: Final = (
    "accepted",
    "no_receipts_due",
    "returned",
    "written_off",
    "borne_by_us",
    "refund_due",
    "to_justify",
)
IDENTITY: Final = (
    "Disbursed {disbursed} = justified + no receipts due + returned + written off + borne by us + refund due"
    " + to justify {uses}; difference {difference}."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantEvent:
    """One event of a grant part. Amounts are changes, signed; `to_disburse` and `to_justify` are balances after it.

    `tranche` is its number as people write it (`SC-2026-0042/1`); `repeats` the failed payment that this one is made
    again for; `bank_reference` what the provider said of this very event.
    `part` names the grant part (grant and budget line) the event belongs to; events come sorted by part.
    """

    part: str
    entry_number: str
    booking_date: date
    event: Word
    fund: str
    line: str
    to_disburse: Money
    to_justify: Money
    posted_by: str
    value_date: date | None = None
    voucher: str = ""
    description: str | Word = ""
    tranche: str = ""
    entry_hash: str = ""
    method: Word | None = None
    bank_reference: str = ""
    repeats: str = ""
    evidence_number: str = ""
    evidence_hash: str = ""
    awarded: Money | None = None
    committed: Money | None = None
    in_payment: Money | None = None
    disbursed: Money | None = None
    accepted: Money | None = None
    no_receipts_due: Money | None = None
    rejected: Money | None = None
    unapplied: Money | None = None
    refund_due: Money | None = None
    returned: Money | None = None
    written_off: Money | None = None
    borne_by_us: Money | None = None
    reversed_by: str = ""
    prepared_by: str = ""
    approved_by: str = ""


def participant_grant_ledger(events: Iterable[GrantEvent], *, scope: str, standing: Standing) -> Report:
    """The ledger of a participant: a section per grant part, totals over all, the identity per currency as a note."""
    sections = tuple(
        section_of(COLUMNS, rows_of(COLUMNS, group), title=phrase("Grant part {part}", part=part))
        for part, group in groupby(events, key=lambda event: event.part)
    )
    totals = grand_totals(COLUMNS, sections)
    return Report(
        name="participant_grant_ledger",
        title=Phrase("Participant grant ledger"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=sections,
        totals=totals,
        notes=tuple(_identity(total) for total in totals),
    )


def _identity(total: TotalRow) -> Phrase:
    """Both sides of the identity and their difference, which is zero unless the books are wrong."""
    cells = dict(zip((column.key for column in COLUMNS), total.cells, strict=True))
    currency = next(cell.currency for cell in total.cells if isinstance(cell, Money))
    disbursed = _money(cells["disbursed"], currency)
    uses = _sum([_money(cells[key], currency) for key in _USES], currency)
    return phrase(IDENTITY, disbursed=disbursed, uses=uses, difference=disbursed - uses)


def _money(cell: Cell, currency: str) -> Money:
    return cell if isinstance(cell, Money) else zero(currency)


def _sum(amounts: Sequence[Money], currency: str) -> Money:
    return sum(amounts, start=zero(currency))
