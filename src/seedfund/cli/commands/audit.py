"""`seedfund audit verify`: is everything still what was written? `seedfund audit heads`: what others should keep."""

import sys
from collections.abc import Callable
from pathlib import Path

import click
import sqlalchemy as sa

from seedfund.assurance.anchors import heads_to_plain, load_heads
from seedfund.assurance.verify import SAMPLE, Request, driver_errors, read_heads, verify
from seedfund.cli.app import Settings
from seedfund.cli.door import engine_of, keys_path, settings_of
from seedfund.cli.findings import EXIT_CORRUPT, print_verification
from seedfund.cli.output import format_option, print_rows
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import translate
from seedfund.schema.check import check
from seedfund.schema.upgrading import require_current
from seedfund.store.sealing.keyring import KeyRing, load_keyring

anchors_option = click.option(
    "--anchors",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file of heads noted earlier, as audit heads prints them.",
)


@click.group("audit")
def command() -> None:
    """Verify the books and the papers, and tell where their chains end."""


@command.command("verify")
@anchors_option
@click.option(
    "--sample",
    type=click.IntRange(min=1),
    default=SAMPLE,
    show_default=True,
    help="How many sealed values of a table are opened; tables with fewer are opened whole.",
)
@format_option
@click.pass_context
def verify_command(ctx: click.Context, anchors: Path | None, sample: int, output_format: str) -> None:
    """Recompute everything that is stored; exits with 4 and names the first bad row when something is wrong."""
    settings = settings_of(ctx)
    engine = engine_of(settings)
    try:
        with driver_errors():
            require_current(engine)
        found = verify(
            engine,
            Request(
                keyring=keyring_if_there(settings),
                differences=differences_of(engine),
                anchors=load_heads(anchors) if anchors else (),
                sample=sample,
                progress=_progress(),
            ),
        )
    finally:
        engine.dispose()
    print_verification(found, output_format, settings.language)
    if not found.is_sound:
        raise SystemExit(EXIT_CORRUPT)


@command.command("heads")
@format_option
@click.pass_context
def heads_command(ctx: click.Context, output_format: str) -> None:
    """Print where every chain ends; keep it with somebody else, such as the donor or the auditor."""
    engine = engine_of(settings_of(ctx))
    try:
        with driver_errors():
            require_current(engine)
        rows = heads_to_plain(read_heads(engine))
    finally:
        engine.dispose()
    print_rows(rows, output_format, empty="")


def differences_of(engine: sa.Engine) -> list[str]:
    """How the schema differs from that of this version, in words.

    Raises:
        Corrupt: the database cannot be read.
    """
    with driver_errors():
        return [str(difference) for difference in check(engine)]


def keyring_if_there(settings: Settings) -> KeyRing | None:
    """The key ring, when its file is there; without it sealed contents are counted as not opened.

    Raises:
        NotPrepared: the file is there and others can read it, or it is no key ring.
    """
    try:
        path = keys_path(settings)
    except InvalidInput:
        # On a server nothing tells where the key file is; the report says what was not opened.
        path = None
    if path is None or not path.exists():
        said = translate(
            "No key file was found; sealed contents are counted and not opened.", settings.language
        )
        click.echo(said, err=True)
        return None
    return load_keyring(path)


def _progress() -> Callable[[str, int], None] | None:
    """On a terminal, one line on stderr that says how far it is."""
    if not sys.stderr.isatty():
        return None
    return lambda check, rows: click.echo(f"\r{check}: {rows} …", nl=False, err=True)
