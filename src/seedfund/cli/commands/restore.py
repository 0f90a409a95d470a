"""`seedfund restore BACKUP`: bring a backup back, whole and verified, or change nothing."""

from collections.abc import Sequence
from pathlib import Path

import click
import sqlalchemy as sa

from seedfund.assurance.anchors import load_heads
from seedfund.assurance.report import Verification
from seedfund.assurance.restoring import discard, put_in_place, stage_copy
from seedfund.assurance.rules.findings import ANCHOR_AHEAD, Finding
from seedfund.assurance.verify import Request, driver_errors, verify
from seedfund.cli.app import Settings
from seedfund.cli.commands.audit import anchors_option, differences_of, keyring_if_there
from seedfund.cli.door import database_url, settings_of
from seedfund.cli.findings import EXIT_CORRUPT, print_verification
from seedfund.cli.output import format_option, print_result
from seedfund.kernel.errors import Corrupt, InvalidInput
from seedfund.kernel.messages import translate
from seedfund.schema.upgrading import upgrade
from seedfund.store.hooks import prepare
from seedfund.store.revision import current


@click.command("restore")
@click.argument("backup", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--to",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to; the database itself when not given.",
)
@click.option("--replace", is_flag=True, help="Take the place of what is there, which is kept aside.")
@anchors_option
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    backup: Path,
    target: Path | None,
    replace: bool,
    anchors: Path | None,
    output_format: str,
) -> None:
    """Bring a backup of an SQLite database back; it is verified before it takes the place of anything."""
    settings = settings_of(ctx)
    target = target or _own_file(settings)
    noted = load_heads(anchors) if anchors else ()
    staged = stage_copy(backup, target, replace=replace)
    try:
        found = _judge(staged, settings, Request(anchors=noted))
        older = [one for one in found.findings if one.kind is ANCHOR_AHEAD]
        if len(older) < found.errors_count:
            print_verification(found, output_format, settings.language)
            raise SystemExit(EXIT_CORRUPT)
        _warn(older, settings)
        aside = put_in_place(staged, target)
    finally:
        discard(staged)
    result = {
        "restored": str(target),
        "kept_aside": str(aside) if aside else None,
        "is_older_than_anchors": bool(older),
        "rows_verified": sum(found.rows.values()),
    }
    print_result(result, output_format)


def _own_file(settings: Settings) -> Path:
    url = database_url(settings.db)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise InvalidInput(
            field="to",
            problem="only SQLite files are restored by seedfund",
            remedy="give --to FILE; on PostgreSQL use pg_restore",
        )
    return Path(url.database)


def _judge(staged: Path, settings: Settings, request: Request) -> Verification:
    """Bring the copy to this version, and verify it.

    Raises:
        Corrupt: it holds no programme's database.
        StorageError: it was written by a newer seedfund.
    """
    engine = prepare(sa.create_engine(sa.URL.create("sqlite", database=str(staged))))
    try:
        with driver_errors():
            if current(engine) is None:
                raise Corrupt("the backup is no database of seedfund; try another one.")
            upgrade(engine)
        asked = Request(
            keyring=keyring_if_there(settings),
            differences=differences_of(engine),
            anchors=request.anchors,
        )
        return verify(engine, asked)
    finally:
        engine.dispose()
        # The upgrade keeps a copy of what it began with; the backup itself is that copy.
        for spare in staged.parent.glob(f"{staged.name}.before-*"):
            spare.unlink()


def _warn(older: Sequence[Finding], settings: Settings) -> None:
    if older:
        said = translate("The backup is older than what was noted elsewhere:", settings.language)
        click.echo(said, err=True)
        for finding in older:
            click.echo(f"! {finding.sentence(settings.language)}", err=True)
