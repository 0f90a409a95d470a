"""`seedfund show NUMBER`: anything by the number that stands on its papers."""

import json

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.output import format_option
from seedfund.cli.rendering import plain_row, print_fields, print_table
from seedfund.kernel.messages import translate
from seedfund.reports.queries.desk import show


@click.command("show")
@click.argument("number")
@format_option
@click.pass_context
def command(ctx: click.Context, number: str, output_format: str) -> None:
    """Show a household, person, plan, call, session, grant, list, payment, receipt, paper, entry or fund by number."""
    settings = settings_of(ctx)
    with work_of(settings) as work:
        thing = show(work, number)
    if output_format == "json":
        plain = {"what": thing.kind, "number": thing.number, **plain_row(thing.fields)}
        plain |= {name: [plain_row(row) for row in rows] for name, rows in thing.parts.items()}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    click.echo(f"{translate(thing.kind, settings.language)} {thing.number}")
    print_fields(thing.fields, settings, indent="  ")
    for name, rows in thing.parts.items():
        if rows:
            click.echo(f"\n{translate(name.replace('_', ' '), settings.language)}")
            print_table(rows, settings, indent="  ")
