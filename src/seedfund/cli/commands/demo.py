"""`seedfund demo`: play the example programme from its files and leave database, papers, books and a summary behind."""

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from seedfund.cli.app import Settings
from seedfund.cli.demo.course import Course, days, play
from seedfund.cli.demo.papers import print_papers
from seedfund.cli.demo.results import FIGURES, write_books, write_folios, write_summary
from seedfund.cli.demo.stage import Stage, set_up
from seedfund.cli.door import settings_of
from seedfund.cli.output import format_option, print_rows
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import translate
from seedfund.kernel.money import PLAIN, format_minor, parse_money, style_of
from seedfund.kernel.resources import resource_dir

EXAMPLE: Final = "northern-border"


@click.command("demo")
@click.option(
    "--from",
    "files",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of the example's files; without it the example that comes with seedfund.",
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    default="build/demo",
    show_default=True,
    help="Folder everything is written to.",
)
@format_option
@click.pass_context
def command(ctx: click.Context, files: Path | None, into: Path, output_format: str) -> None:
    """Play a whole programme: households, plans, committee, agreements, payments, receipts, close-outs, books."""
    files = files or resource_dir("examples") / EXAMPLE
    if not (files / "calendar.csv").is_file():
        raise InvalidInput(
            field="from",
            problem=f"{files.name} holds no calendar.csv",
            remedy="name the folder of an example",
        )
    settings, began = settings_of(ctx), time.monotonic()
    stage = set_up(files, into)
    course = Course(stage)
    teller = _Teller(settings, len(list(days(course))))
    play(course, teller.tell)
    teller.say("papers are printed")
    print_papers(stage, course.cases, course.scholarships.agreements, course.minutes)
    teller.say("books and reports are written")
    write_books(stage)
    write_folios(stage)
    found = write_summary(stage)
    stage.engine.dispose()
    _show(stage, found, settings, output_format, time.monotonic() - began)


class _Teller:
    """Tells each step on stderr, with how far it is."""

    def __init__(self, settings: Settings, steps: int):
        self.settings, self.steps, self.done = settings, steps, 0

    def tell(self, day: date, title: str) -> None:
        """A step of the course, by its day."""
        self.done += 1
        step, mark, plan = title.partition(" · ")
        words = translate(step, self.settings.language)
        click.echo(f"[{self.done:3d}/{self.steps}] {day.isoformat()}  {words}{mark}{plan}", err=True)

    def say(self, title: str) -> None:
        """A step after the course."""
        click.echo(f"          {translate(title, self.settings.language)} …", err=True)


def _show(
    stage: Stage, found: dict[str, Any], settings: Settings, output_format: str, seconds: float
) -> None:
    if output_format == "json":
        sys.stdout.write((stage.into / "summary.json").read_text(encoding="utf-8"))
        return
    language = settings.language
    rows = [
        {translate(name, language): fund[name] for name in ("fund", "currency")}
        | {translate(name, language): _figures(fund[name], fund["currency"], language) for name in FIGURES}
        for fund in found["funds"]
    ]
    click.echo(translate("Money by fund", language) + "\n")
    print_rows(rows, "text", empty="")
    click.echo("\n" + translate("Grants", language))
    for state, count in found["grants"].items():
        click.echo(
            f"  {count:4d}  {': '.join(translate(word.replace('_', ' '), language) for word in state.split(': '))}"
        )
    if found["accompaniment"]:
        click.echo("\n" + translate("Accompaniment", language))
    for name, counts in found["accompaniment"].items():
        told = (f"{translate(word.replace('_', ' '), language)} {count}" for word, count in counts.items())
        click.echo(f"  {translate(name, language)}: " + " · ".join(told))
    click.echo("\n" + translate("Everything lies here", language) + f": {stage.into}")
    for name, paths in found["files"].items():
        click.echo(f"  {stage.into / name}/  {len(paths)}")
    click.echo(f"  {stage.into / 'seedfund.db'}, {stage.into / 'summary.json'}")
    click.echo(f"\n{found['commands']} {translate('commands in', language)} {seconds:.1f} s")


def _figures(plain: str, currency: str, language: str) -> str:
    """The figures of the summary as the reader's language writes them; the currency has its own column."""
    amount = parse_money(plain, currency, style=PLAIN)
    return format_minor(amount.minor, currency, style_of(language))
