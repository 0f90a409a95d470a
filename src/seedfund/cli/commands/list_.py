"""`seedfund list NOUN`: what there is of something; without a noun, which lists there are."""

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.output import format_option
from seedfund.cli.rendering import print_list
from seedfund.reports.queries.desk import LISTS, list_rows

EMPTY = "There is nothing in this list yet."


@click.command("list")
@click.argument("noun", required=False)
@format_option
@click.pass_context
def command(ctx: click.Context, noun: str | None, output_format: str) -> None:
    """List households, plans, grants, payments, funds, papers, actors …; without a noun, the lists."""
    settings = settings_of(ctx)
    if noun is None:
        print_list([{"list": name} for name in LISTS], settings, output_format, empty="")
        return
    with work_of(settings) as work:
        print_list(list_rows(work, noun), settings, output_format, empty=EMPTY)
