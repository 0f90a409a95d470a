"""`seedfund doctor`: what this installation and this database are like, and what to do about what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from seedfund.assurance.doctor import (
    SchemaSeen,
    examine_drive,
    examine_keys,
    examine_machine,
    examine_papers,
    examine_ring,
    examine_schema,
    examine_server,
    examine_sqlite,
    missing,
    unreachable,
)
from seedfund.assurance.rules.findings import Finding, Severity
from seedfund.assurance.verify import driver_errors
from seedfund.cli.app import Settings
from seedfund.cli.commands.audit import differences_of
from seedfund.cli.door import database_url, engine_of, keys_path, settings_of
from seedfund.cli.findings import EXIT_CORRUPT, findings_to_plain, print_findings
from seedfund.cli.output import format_option
from seedfund.kernel.errors import InvalidInput, SeedfundError
from seedfund.store.revision import current, head
from seedfund.store.rewriting import rewrite_file


@click.command("doctor")
@click.option(
    "--templates",
    envvar="SEEDFUND_TEMPLATES",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The programme's own folder of templates.",
)
@click.option(
    "--rewrite",
    is_flag=True,
    help="First write an SQLite file anew, so that nothing of erased people stays between its rows.",
)
@format_option
@click.pass_context
def command(ctx: click.Context, templates: Path | None, rewrite: bool, output_format: str) -> None:
    """Check the installation and the database; exits with 4 when something has to be put right."""
    settings = settings_of(ctx)
    if rewrite:
        _rewrite(settings)
    found = [
        *examine_machine(),
        *_database(settings),
        *_keys(settings),
        *examine_papers(settings.language, templates),
    ]
    is_well = all(one.severity is not Severity.ERROR for one in found)
    if output_format == "json":
        plain = {"is_well": is_well, "findings": findings_to_plain(found, settings.language)}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        print_findings(found, settings.language)
    if not is_well:
        raise SystemExit(EXIT_CORRUPT)


def _rewrite(settings: Settings) -> None:
    engine = engine_of(settings)
    try:
        rewrite_file(engine)
    finally:
        engine.dispose()


def _database(settings: Settings) -> Iterator[Finding]:
    url = database_url(settings.db)
    is_file = url.get_backend_name() == "sqlite" and bool(url.database)
    if is_file:
        path = Path(str(url.database))
        if not path.is_file():
            yield missing(path)
            return
        yield from examine_drive(path)
        yield from examine_sqlite(path)
    try:
        yield from _opened(settings, is_file=is_file)
    except SeedfundError as error:
        yield unreachable(error)


def _opened(settings: Settings, *, is_file: bool) -> Iterator[Finding]:
    engine = engine_of(settings)
    try:
        with driver_errors():
            if not is_file:
                with engine.connect() as connection:
                    yield from examine_server(connection)
            revision = current(engine)
        differences = differences_of(engine) if revision == head() else []
        yield from examine_schema(SchemaSeen(revision=revision, wanted=head(), differences=differences))
        path = _keys_path(settings)
        if revision == head() and path is not None:
            yield from examine_ring(engine, path)
    finally:
        engine.dispose()


def _keys(settings: Settings) -> Iterator[Finding]:
    path = _keys_path(settings)
    if path is not None:
        yield from examine_keys(path)


def _keys_path(settings: Settings) -> Path | None:
    """On a server nobody may have said where the key file is; then there is nothing to look at."""
    try:
        return keys_path(settings)
    except InvalidInput:
        return None
