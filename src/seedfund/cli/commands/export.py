"""`seedfund export FORM`: the books and the grants in the forms that auditors and donors read with their own tools."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.files import open_private
from seedfund.cli.output import format_option, print_result
from seedfund.cli.passwords import password_of, password_options
from seedfund.cli.rendering import day, instant, keep
from seedfund.interchange.exports.books import write_books
from seedfund.interchange.exports.giving import GivingPublisher, write_giving
from seedfund.interchange.exports.iati import EMPLOYMENT_CREATION, IatiPublisher, write_iati
from seedfund.interchange.reader.protected import locked
from seedfund.interchange.rules.publishing import LEAST_ALIKE
from seedfund.interchange.service import (
    ExportPaymentList,
    export_payment_list,
    handed_out,
    payment_file,
)
from seedfund.kernel.errors import InvalidInput, StorageError
from seedfund.kernel.messages import translate

LEFT_OUT: Final = (
    "Grants published: {count}. Left out: {left_out} (of restricted people, with fewer than {least} alike, or of groups"
    " and organisations)."
)
as_of_option = click.option("--as-of", "as_of", type=day, help="The day it holds for; today when not given.")
organisation_option = click.option(
    "--organisation",
    required=True,
    help="Identifier of the organisation in a public register, such as EC-RUC-1790000000001.",
)
out_option = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it to this file instead of the screen.",
)


@click.group("export")
def command() -> None:
    """Write books and grants for others to read; nobody is named, save in the file a provider pays from."""


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


@command.command("360giving")
@click.option("--prefix", required=True, help="The publisher's prefix, such as 360G-example.")
@organisation_option
@as_of_option
@out_option
@click.pass_context
def giving_command(
    ctx: click.Context, /, prefix: str, organisation: str, as_of: date | None, out: Path | None
) -> None:
    """Write the grants to individuals for 360Giving: tokens for people, generic titles, none that points at anybody."""
    settings = settings_of(ctx)
    publisher = GivingPublisher(prefix=prefix, organisation=organisation)
    with work_of(settings) as work, writing(out) as file:
        found = write_giving(work, file, publisher, as_of=as_of, language=settings.language)
    said = translate(LEFT_OUT, settings.language)
    click.echo(said.format(count=found.count, left_out=found.left_out, least=LEAST_ALIKE), err=True)


@command.command("iati")
@organisation_option
@click.option("--type", "organisation_type", required=True, help="IATI's code of its type, such as 22.")
@click.option("--country", required=True, help="Code of the country the money is spent in, such as EC.")
@click.option(
    "--donor",
    "donors",
    multiple=True,
    metavar="CODE=ID",
    help="A donor's identifier; can be given several times.",
)
@click.option("--sector", default=EMPLOYMENT_CREATION, show_default=True, help="The DAC's code of a sector.")
@click.option("--commitments", is_flag=True, help="Count agreements with participants as commitments.")
@click.option("--fund", default="", help="Code of a fund.")
@as_of_option
@out_option
@click.pass_context
def iati_command(ctx: click.Context, /, out: Path | None, **asked: Any) -> None:
    """Write funds as activities of IATI, with what came in by the day and what went out by month, nobody in it."""
    settings = settings_of(ctx)
    publisher = IatiPublisher(
        organisation=asked["organisation"],
        organisation_type=asked["organisation_type"],
        country=asked["country"],
        donors=_pairs(asked["donors"]),
        sector=asked["sector"],
        with_commitments=asked["commitments"],
    )
    with work_of(settings) as work, writing(out) as file:
        write_iati(
            work, file, publisher, fund=asked["fund"], as_of=asked["as_of"], language=settings.language
        )


@command.command("extract")
@click.argument("number")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The folder its files go to; it is made when it is not there.",
)
@click.pass_context
def extract_command(ctx: click.Context, /, number: str, out: Path) -> None:
    """Write the files of an extract that was made with `do interchange.make_extract`, in a folder of its number."""
    with work_of(settings_of(ctx)) as work:
        files = handed_out(work, number)
    folder = out / number.strip().upper()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            with writing(folder / file.name) as target:
                target.write(file.content)
    except OSError as error:
        raise StorageError(f"{out.name} cannot be written: {error.strerror}; name another file.") from None


@command.command("payment_list")
@click.argument("number", metavar="LIST")
@click.option("--layout", required=True, metavar="NAME", help="Of the provider's file.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file it goes to; a new one.",
)
@click.option(
    "--execute-on",
    type=day,
    help="The day on which the bank is to pay; of a message of ISO 20022.",
)
@password_options
@format_option
@click.pass_context
def payment_list_command(ctx: click.Context, /, number: str, layout: str, out: Path, **asked: Any) -> None:
    """Write a released payment list as its provider's file, with accounts; who got it is logged."""
    if out.exists():
        raise InvalidInput(field="--out", problem="the file exists", remedy="name a new file")
    password = password_of(asked["password_file"], ask=asked["ask_password"], again=True)
    with work_of(settings_of(ctx)) as work:
        key = f"payment_list:{work.ids.key(work.clock.now())}"
        exporting = ExportPaymentList(
            key=key,
            number=number,
            layout=layout,
            is_protected=password is not None,
            execute_on=asked["execute_on"],
        )
        made = export_payment_list(work, exporting)
        content = payment_file(work, made.number)
        if password is not None:
            content = locked(content, password)
        # Logged before it is written: a file that nobody wrote down does not exist, the other way round is harmless.
        work.commit()
    with writing(out, is_private=True) as target:
        target.write(content)
    print_result(made, asked["output_format"])


def _pairs(given: Sequence[str]) -> dict[str, str]:
    """Codes of donors with their identifiers, as `CODE=ID` says them."""
    pairs = {}
    for one in given:
        code, mark, identifier = one.partition("=")
        if not mark:
            raise InvalidInput(field="--donor", problem="it has no identifier", remedy="write CODE=ID")
        pairs[code.strip()] = identifier.strip()
    return pairs


@contextmanager
def writing(out: Path | None, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """Where an export goes: a file that stands only when it is whole, or the screen; a private one is for its maker.

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
        with open_private(part) if is_private else part.open("wb") as file:
            yield file
        part.replace(out)
    except OSError as error:
        raise StorageError(f"{out.name} cannot be written: {error.strerror}; name another file.") from None
    finally:
        part.unlink(missing_ok=True)
    click.echo(str(out), err=True)
