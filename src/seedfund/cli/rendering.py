"""How lists, things and reports leave the command line: as text in the reader's language, JSON, or files of a form."""

import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import click

from seedfund.cli.app import Settings
from seedfund.cli.labels import shown
from seedfund.cli.output import plain_of
from seedfund.kernel.dates import parse_date, utc
from seedfund.kernel.errors import InvalidInput, Refusal, StorageError
from seedfund.kernel.messages import sentence, translate
from seedfund.kernel.money import Money
from seedfund.reports.make import Asked, listed_report, make_report
from seedfund.reports.render.csv import render_csv
from seedfund.reports.render.html import render_html
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.json import render_json
from seedfund.reports.render.pdf import render_pdf
from seedfund.reports.render.terminal import render_terminal
from seedfund.reports.render.text import render_text
from seedfund.reports.render.xlsx import render_xlsx
from seedfund.reports.value import Report, Word
from seedfund.store.work import Work

FORMS: Final = ("text", "terminal", "json", "csv", "xlsx", "pdf", "html")
BINARY_ONLY: Final = ("xlsx", "pdf")


def day(text: str) -> date:
    """A calendar day, `2026-11-22`, as an option takes it.

    Raises:
        InvalidInput: it is none.
    """
    return parse_date(text, field="date")


def instant(text: str) -> datetime:
    """An instant, `2026-11-22T05:00:00Z`, as an option takes it.

    Raises:
        InvalidInput: it is none, or has no zone.
    """
    try:
        return utc(datetime.fromisoformat(text))
    except ValueError:
        raise InvalidInput(
            field="as-known",
            problem=f"{text!r} is not an instant",
            remedy="write it as 2026-11-22T05:00:00Z",
        ) from None


def report_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options every report takes: period, day, knowledge, form and file."""
    for option in reversed(
        (
            click.option("--since", type=day, help="First day of the period."),
            click.option("--as-of", "as_of", type=day, help="The day it holds for; today when not given."),
            click.option(
                "--as-known", "as_known", type=instant, help="As it was known then: 2026-11-22T05:00:00Z."
            ),
            click.option(
                "--format",
                "output_format",
                type=click.Choice(FORMS),
                help="Form; by the file's ending, or text.",
            ),
            click.option(
                "--out",
                type=click.Path(dir_okay=False, path_type=Path),
                help="Write it to this file instead of the screen.",
            ),
        )
    ):
        command = option(command)
    return command


def print_report(
    work: Work, settings: Settings, name: str, asked: Asked, *, form: str | None, out: Path | None
) -> None:
    """Make a report and print it, or write it to a file and say where.

    Raises:
        InvalidInput: the form needs a file and none was named.
        StorageError: the file cannot be written.
    """
    form = form or form_of(out)
    if out is None and form in BINARY_ONLY:
        raise InvalidInput(
            field="out",
            problem=f"the form {form} does not go on the screen",
            remedy="name a file: --out FILE",
        )
    if form == "json" and (listed := listed_report(work, name, asked)) is not None:
        keep(json.dumps(listed, ensure_ascii=False, indent=2).encode("utf-8") + b"\n", out)
        return
    report = make_report(work, name, asked)
    if out is None:
        _on_screen(report, work, settings, form)
        return
    buffer = io.BytesIO()
    _write(report, work, settings, form, buffer)
    keep(buffer.getvalue(), out)


def keep(content: bytes, out: Path | None) -> None:
    """Put a finished report on the screen, or in a file and say where."""
    if out is None:
        click.echo(content.decode("utf-8"), nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise StorageError(f"{out.name} cannot be written: {error.strerror}; name another file.") from None
    click.echo(str(out), err=True)


def form_of(out: Path | None) -> str:
    """The form of a file by its ending, or of the screen.

    Raises:
        InvalidInput: files of that ending have none.
    """
    ending = out.suffix.removeprefix(".").lower() if out is not None else ""
    if ending in FORMS:
        return ending
    if ending not in ("", "txt"):
        raise InvalidInput(
            field="out",
            problem=f"there is no form for files named .{ending}",
            remedy=f"use one of {', '.join(FORMS)}",
        )
    return "text" if out is not None or not sys.stdout.isatty() else "terminal"


def _on_screen(report: Report, work: Work, settings: Settings, form: str) -> None:
    if form == "terminal":
        render_terminal(report, sys.stdout, language=settings.language)
        return
    buffer = io.BytesIO()
    _write(report, work, settings, form, buffer)
    click.echo(buffer.getvalue().decode("utf-8"), nl=False)


def _write(report: Report, work: Work, settings: Settings, form: str, out: BinaryIO) -> None:
    language = settings.language
    if form == "json":
        render_json(report, out, language=language)
    elif form == "csv":
        render_csv(report, out, language=language)
    elif form == "xlsx":
        render_xlsx(report, out, language=language)
    elif form == "pdf":
        render_pdf(report, out, language=language, imprint=imprint_of(work))
    elif form == "html":
        render_html(report, out, language=language, imprint=imprint_of(work))
    else:
        text = io.StringIO()
        if form == "terminal":
            render_terminal(report, text, language=language, width=160)
        else:
            render_text(report, text, language=language)
        out.write(text.getvalue().encode("utf-8"))


def imprint_of(work: Work) -> Imprint:
    """Who made a report, and when."""
    programme = work.programme
    return Imprint(
        organisation=programme.organisation,
        programme=programme.name,
        produced_by=work.actor,
        produced_at=work.clock.now(),
    )


# Lists and things -----------------------------------------------------------------------------------------------------


def print_list(rows: Sequence[Mapping[str, Any]], settings: Settings, form: str, *, empty: str) -> None:
    """Rows as a JSON list of objects, or as a table with titles and words in the reader's language."""
    if form == "json":
        click.echo(json.dumps([plain_row(row) for row in rows], ensure_ascii=False, indent=2))
    elif not rows:
        click.echo(translate(empty, settings.language), err=True)
    else:
        for line in _table(rows, settings.language):
            click.echo(line)


def print_fields(fields: Mapping[str, Any], settings: Settings, *, indent: str = "") -> None:
    """A line a field: its title and what it holds."""
    titles = {name: _title(name, settings.language) for name in fields}
    width = max((len(title) for title in titles.values()), default=0)
    for name, value in fields.items():
        click.echo(f"{indent}{titles[name].ljust(width)}  {cell(value, settings.language)}".rstrip())


def print_table(rows: Sequence[Mapping[str, Any]], settings: Settings, *, indent: str = "") -> None:
    """Rows as a table."""
    for line in _table(rows, settings.language):
        click.echo(f"{indent}{line}")


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for a script: keys and words as they are stored."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Word):
        return value.plain
    if isinstance(value, Refusal):
        return value.code
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return plain_of(value)


def cell(value: Any, language: str) -> str:
    """A value as people read it; a dash where there is nothing."""
    match value:
        case Word():
            return f"{translate(value.text.replace('_', ' '), language)} {value.number}".rstrip()
        case Refusal():
            return sentence(value, language)
        case list() | tuple():
            return ", ".join(cell(item, language) for item in value) or "—"
        case _:
            return shown(value, language)


def _title(name: str, language: str) -> str:
    """A field's title, as the reports call it where they do: the same word as a state may be told otherwise."""
    text = name.replace("_", " ")
    title = translate(text.capitalize(), language)
    return title if title != text.capitalize() else translate(text, language)


def _table(rows: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    heads = list(rows[0])
    cells = [[_title(head, language) for head in heads]]
    cells += [[cell(row.get(head), language) for head in heads] for row in rows]
    widths = [max(len(line[index]) for line in cells) for index in range(len(heads))]
    right = [isinstance(rows[0].get(head), Money | int) for head in heads]
    lines = ["  ".join(_aligned(line, widths, right)).rstrip() for line in cells]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


def _aligned(line: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    return [
        text.rjust(width) if is_right else text.ljust(width)
        for text, width, is_right in zip(line, widths, right, strict=True)
    ]
