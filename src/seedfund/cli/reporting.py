"""How reports leave the command line: on the screen, or as files of a form, whose rooms are known here alone."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

import click

from seedfund.cli.app import Settings
from seedfund.cli.rendering import day, instant, keep
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.lazy import Later
from seedfund.reports.make import Asked, listed_report, make_report
from seedfund.reports.render.csv import render_csv
from seedfund.reports.render.imprint import Imprint
from seedfund.reports.render.json import render_json
from seedfund.reports.render.terminal import render_terminal
from seedfund.reports.render.text import render_text
from seedfund.reports.value import Report
from seedfund.store.work import Work

FORMS: Final = ("text", "terminal", "json", "csv", "xlsx", "pdf", "html")
BINARY_ONLY: Final = ("xlsx", "pdf")
# What sets pages and builds workbooks is loaded when somebody wants a page or a workbook.
_render_html: Final = Later("seedfund.reports.render.html", "render_html")
_render_pdf: Final = Later("seedfund.reports.render.pdf", "render_pdf")
_render_xlsx: Final = Later("seedfund.reports.render.xlsx", "render_xlsx")


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
        _render_xlsx(report, out, language=language)
    elif form == "pdf":
        _render_pdf(report, out, language=language, imprint=imprint_of(work))
    elif form == "html":
        _render_html(report, out, language=language, imprint=imprint_of(work))
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
