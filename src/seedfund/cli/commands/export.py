"""`seedfund export FORM`: the books and the grants in the forms that auditors and donors read with their own tools."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.rendering import day, instant, keep
from seedfund.interchange.exports.books import write_books
from seedfund.kernel.errors import StorageError

as_of_option = click.option("--as-of", "as_of", type=day, help="The day it holds for; today when not given.")
out_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to this file instead of the screen.",
)


@click.group("export")
def command() -> None:
    """Write books and grants for others to read: auditors, donors, the public. Nobody is named in any of them."""


def _journal_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of both journals."""
    for option in reversed(
        (
            click.option("--fund", default="", help="Code of a fund."),
            as_of_option,
            click.option(
                "--as-known", "as_known", type=instant, help="As it was known then: 2026-11-22T05:00:00Z."
            ),
            out_option,
        )
    ):
        function = option(function)
    return function


@command.command("hledger")
@_journal_options
@click.pass_context
def hledger_command(ctx: click.Context, /, **asked: Any) -> None:
    """Write the books as a journal of hledger; its sums are checked against ours when it is read."""
    _journal(ctx, "hledger", **asked)


@command.command("beancount")
@_journal_options
@click.pass_context
def beancount_command(ctx: click.Context, /, **asked: Any) -> None:
    """Write the books as a file of beancount; its sums are checked against ours when it is read."""
    _journal(ctx, "beancount", **asked)


def _journal(
    ctx: click.Context,
    form: str,
    *,
    fund: str,
    as_of: date | None,
    as_known: datetime | None,
    out: Path | None,
) -> None:
    settings = settings_of(ctx)
    with work_of(settings) as work, writing(out) as file:
        write_books(
            work, file, form=form, fund=fund, as_of=as_of, as_known=as_known, language=settings.language
        )


@contextmanager
def writing(out: Path | None) -> Iterator[BinaryIO]:
    """Where an export goes: a file that stands only when it is whole, or the screen.

    Raises:
        StorageError: the file cannot be written.
    """
    if out is None:
        buffer = io.BytesIO()
        yield buffer
        keep(buffer.getvalue(), None)
        return
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(out)
    except OSError as error:
        raise StorageError(f"{out.name} cannot be written: {error.strerror}; name another file.") from None
    finally:
        part.unlink(missing_ok=True)
    click.echo(str(out), err=True)
