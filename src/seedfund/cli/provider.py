"""Files of providers at the command line: results in by a declared layout, and what became of each row."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click
from click.core import ParameterSource

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.passwords import password_of
from seedfund.interchange.rules.providers import KIND
from seedfund.interchange.service import ProviderResult, ResultsRequest, import_results

TITLE_EN = "Results of payments in a provider's own file, read by its layout (--layout)"
TITLE_ES = "Resultados de pagos en el archivo propio de un proveedor, leído según su formato (--layout)"


WRITTEN: Final = ("number_style", "date_order", "calendar", "currency", "delimiter", "encoding", "sheet")
"""Options that say how a file is written, which of a provider's the layout says alone."""


def _check_options(ctx: click.Context) -> None:
    given = [
        f"--{name.replace('_', '-')}"
        for name in WRITTEN
        if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    if given:
        raise click.UsageError(
            f"the layout says how a provider's file is written; leave out {', '.join(given)}, or define a new version "
            "of the layout"
        )


def read_results(ctx: click.Context, source: Path, options: Mapping[str, Any]) -> ProviderResult:
    """Take a provider's file in and commit; a dry run commits nothing."""
    if not options["mapping"]:
        raise click.UsageError(
            f"give --layout NAME for --kind {KIND}; seedfund list payout-layouts lists them"
        )
    _check_options(ctx)
    occurred_on: datetime | None = options["occurred_on"]
    request = ResultsRequest(
        content=source.read_bytes(),
        layout=options["mapping"],
        list_number=options["list_number"],
        password=password_of(options["password_file"], ask=options["ask_password"]),
        occurred_on=occurred_on.date() if occurred_on else None,
        is_dry_run=options["dry_run"],
    )
    with work_of(settings_of(ctx)) as work:
        result = import_results(work, request)
        work.commit()
    return result


def counts_of(result: ProviderResult) -> dict[str, Any]:
    """What is told of a provider's file beside the counts of every import."""
    return {"pending": result.pending, "fees": list(result.fees)}
