"""`seedfund backup FILE`: a whole copy of an SQLite database, also while others write. The key file is not in it."""

from pathlib import Path

import click

from seedfund.cli.door import engine_of, settings_of
from seedfund.cli.output import format_option, print_result
from seedfund.store.backup import backup_file


@click.command("backup")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@format_option
@click.pass_context
def command(ctx: click.Context, target: Path, output_format: str) -> None:
    """Copy the database to a new file while it is in use; keep the key file elsewhere."""
    engine = engine_of(settings_of(ctx))
    try:
        backup_file(engine, target)
    finally:
        engine.dispose()
    print_result({"backup": str(target), "bytes": target.stat().st_size}, output_format)
