"""`seedfund week`: what has to be done, late things first."""

from datetime import date
from pathlib import Path

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.rendering import day
from seedfund.cli.reporting import FORMS, print_report
from seedfund.reports.make import Asked


@click.command("week")
@click.option(
    "--as-of", "as_of", type=day, help="The day the week begins, today or later; today when not given."
)
@click.option(
    "--format", "output_format", type=click.Choice(FORMS), help="Form; by the file's ending, or text."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file instead.")
@click.pass_context
def command(ctx: click.Context, as_of: date | None, output_format: str | None, out: Path | None) -> None:
    """Show what is due this week: payments, receipts, visits, referrals, refunds, duplicates to decide."""
    settings = settings_of(ctx)
    with work_of(settings) as work:
        print_report(work, settings, "week", Asked(as_of=as_of), form=output_format, out=out)
