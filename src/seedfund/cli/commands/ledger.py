"""`seedfund ledger participant|fund|cash|trial-balance`: the books by the names people use; the reports behind them."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.reporting import print_report, report_options
from seedfund.kernel.errors import InvalidInput
from seedfund.reports.make import REPORTS, Asked

BOOKS: Final[Mapping[str, str]] = {
    "participant": "participant_grant_ledger",
    "fund": "fund_ledger",
    "cash": "cash_book",
    "trial-balance": "trial_balance",
}
"""The book's everyday name → its report."""


@click.command("ledger")
@click.argument("book", type=click.Choice(list(BOOKS)))
@click.argument("which", required=False, default="")
@report_options
@click.pass_context
def command(
    ctx: click.Context,
    book: str,
    which: str,
    since: date | None,
    as_of: date | None,
    as_known: datetime | None,
    output_format: str | None,
    out: Path | None,
) -> None:
    """Print a book: a participant's (WHICH: number of grant, person or household), a fund's, an account's."""
    settings = settings_of(ctx)
    needs = REPORTS[BOOKS[book]].needs
    if needs and not which:
        raise InvalidInput(
            field="which",
            problem="this book is kept for each one by itself, and none was named",
            remedy=f"name it: seedfund ledger {book} {needs[0].upper()}",
        )
    given = {needs[0] if needs else "fund": which}
    asked = Asked(
        number=given.get("number", ""),
        fund=given.get("fund", ""),
        account=given.get("account", ""),
        since=since,
        as_of=as_of,
        as_known=as_known,
    )
    with work_of(settings) as work:
        print_report(work, settings, BOOKS[book], asked, form=output_format, out=out)
