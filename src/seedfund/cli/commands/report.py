"""`seedfund report NAME`: any report on the screen or in a file; without a name, which there are."""

from datetime import date, datetime
from pathlib import Path

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.folios import print_folio
from seedfund.cli.rendering import print_list
from seedfund.cli.reporting import print_report, report_options
from seedfund.kernel.messages import translate
from seedfund.reports.folios import FOLIOS, FolioKind
from seedfund.reports.make import REPORTS, Asked, ReportKind


@click.command("report")
@click.argument("name", required=False)
@click.argument("which", required=False, default="")
@click.option("--fund", default="", help="Code of a fund.")
@click.option(
    "--number", "--grant", "--household", "--participant", "number", default="", help="Whose ledger."
)
@click.option("--account", default="", help="Code of a bank account, cash box or float.")
@click.option("--by", multiple=True, help="Tell indicators apart by a dimension; can be given several times.")
@click.option("--explain", default="", help="The rows behind an indicator.")
@click.option("--shared", is_flag=True, help="Hide small counts, for a table that leaves the house.")
@click.option("--snapshot", default="", help="A frozen snapshot of indicators, to be counted again.")
@report_options
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    which: str,
    fund: str,
    number: str,
    account: str,
    by: tuple[str, ...],
    explain: str,
    shared: bool,
    snapshot: str,
    since: date | None,
    as_of: date | None,
    as_known: datetime | None,
    output_format: str | None,
    out: Path | None,
) -> None:
    """Print a report, of a number where it is about one, or write it to a file; without a name, list them."""
    settings = settings_of(ctx)
    if name is None:
        kinds: list[ReportKind | FolioKind] = [*REPORTS.values(), *FOLIOS.values()]
        rows = [
            {
                "report": kind.name,
                "title": translate(kind.title, settings.language),
                "needs": [f"--{field}" for field in kind.needs],
            }
            for kind in kinds
        ]
        print_list(rows, settings, "json" if output_format == "json" else "text", empty="")
        return
    asked = Asked(
        number=number or which,
        fund=fund,
        account=account,
        since=since,
        as_of=as_of,
        as_known=as_known,
        by=by,
        explain=explain,
        is_shared=shared,
        snapshot=snapshot,
    )
    with work_of(settings) as work:
        if name in FOLIOS:
            print_folio(work, settings, FOLIOS[name], asked, form=output_format, out=out)
            return
        print_report(work, settings, name, asked, form=output_format, out=out)
