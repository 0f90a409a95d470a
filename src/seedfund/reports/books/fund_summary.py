"""Where each fund stands in one line: the five amounts, what lies between them, and the three meanings of free.

Must not know queries. Disbursed = justified + no receipts due + returned + refund due + still to justify + written off
(and what another fund bears). "Free" is what nobody is promised (accounting: reports, finding 17); cash that no payment
holds, and promises beyond that cash, stand beside it under their own names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, code
from seedfund.reports.totals import rows_of, totals_of
from seedfund.reports.value import Column, Phrase, Report, Section, Standing

COLUMNS: Final[tuple[Column, ...]] = (
    code("fund", "Fund", width=10),
    code("donor", "Donor", under="fund"),
    amount("received", "Received"),
    amount("budget", "Current budget", under="received"),
    amount("awarded", "Awarded"),
    amount("lapsed", "Lapsed", under="awarded"),
    amount("committed", "Committed"),
    amount("released", "Released", under="committed"),
    amount("in_payment", "In payment"),
    amount("disbursed", "Disbursed", under="in_payment"),
    amount("justified", "Justified"),
    amount("no_receipts_due", "No receipts due", under="justified"),
    amount("returned", "Returned"),
    amount("refund_due", "Refund due", under="returned"),
    amount("open_advances", "To justify"),
    amount("written_off", "Written off", under="open_advances"),
    amount("other_spending", "Other spending"),
    amount("cash", "Cash", under="other_spending"),
    amount("free", "Free (uncommitted)"),
    amount("unreserved_cash", "Unreserved cash", under="free"),
    amount("unfunded_commitments", "Unfunded commitments", under="free"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundSummary:
    """A fund's figures; `received` is net of what went back to the donor, `committed` as signed and amended."""

    fund: str
    donor: str
    received: Money
    budget: Money
    awarded: Money
    lapsed: Money
    committed: Money
    released: Money
    in_payment: Money
    disbursed: Money
    justified: Money
    no_receipts_due: Money
    returned: Money
    refund_due: Money
    open_advances: Money
    written_off: Money
    other_spending: Money
    cash: Money
    free: Money
    unreserved_cash: Money
    unfunded_commitments: Money


def fund_summary(funds: Iterable[FundSummary], *, scope: str, standing: Standing) -> Report:
    """The funds one by one, and their sum per currency."""
    rows = rows_of(COLUMNS, funds)
    return Report(
        name="fund_summary",
        title=Phrase("Summary of funds"),
        scope=scope,
        standing=standing,
        columns=COLUMNS,
        sections=(Section(rows),),
        totals=totals_of(COLUMNS, rows),
        notes=(
            Phrase("Free is budget that nobody is promised; cash and promises beyond it stand beside it."),
        ),
    )
