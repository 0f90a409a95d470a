"""`seedfund duplicates`: search for people who were registered twice, and put the pairs before somebody who decides."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.output import format_option, print_result
from seedfund.cli.rendering import print_list
from seedfund.kernel.canonical import digest
from seedfund.kernel.messages import translate
from seedfund.people.queries.comparing import Progress
from seedfund.people.queries.likely import LikelyFound, LikelySearch, search_likely_duplicates
from seedfund.people.rules.likeness.alike import METHOD, PROPOSED_FROM
from seedfund.people.service import ProposeLikelyDuplicates, TwoPeople, propose_likely_duplicates
from seedfund.reports.queries.desk.likeness import reason_word
from seedfund.store.work import Work

AT_ONCE: Final = 500
"""How many pairs one command proposes."""
PERCENT: Final = 100
NOBODY: Final = "Nobody new looks like somebody else."
LEFT_OUT: Final = "{people} people stand in blocks that are too large to compare; name them by hand."


@click.command("duplicates")
@click.option(
    "--least",
    type=click.IntRange(30, 100),
    default=PROPOSED_FROM // PERCENT,
    show_default=True,
    help="From how likely on, in a hundred, a pair is proposed.",
)
@click.option("--dry-run", is_flag=True, help="Try everything and keep nothing.")
@format_option
@click.pass_context
def command(ctx: click.Context, least: int, dry_run: bool, output_format: str) -> None:
    """Search for people who were registered twice; what is found waits for a decision."""
    settings = settings_of(ctx)
    with work_of(settings) as work:
        found = search_likely_duplicates(work, least=least * PERCENT, progress=_counter())
        if not dry_run:
            _propose(work, found.found)
            work.commit()
    rows = [_row(one) for one in found.found]
    if output_format == "json":
        print_result({**_counts(found, dry_run), "pairs": rows, "blocks": _blocks(found)}, output_format)
        return
    print_list(rows, settings, output_format, empty=NOBODY)
    print_result(_counts(found, dry_run), output_format)
    if found.left_out:
        click.echo(translate(LEFT_OUT, settings.language).format(people=found.left_out), err=True)


def _propose(work: Work, found: Sequence[LikelyFound]) -> None:
    for start in range(0, len(found), AT_ONCE):
        pairs = tuple(TwoPeople(first=one.first, second=one.second) for one in found[start : start + AT_ONCE])
        parts = [number.encode() for pair in pairs for number in (pair.first, pair.second)]
        key = f"likely:{digest(METHOD, *parts)}"
        propose_likely_duplicates(work, ProposeLikelyDuplicates(key=key, pairs=pairs))


def _counts(found: LikelySearch, is_dry_run: bool) -> dict[str, Any]:
    return {
        "people": found.people,
        "found": len(found.found),
        "known_before": found.remembered,
        "dry_run": is_dry_run,
    }


def _row(one: LikelyFound) -> dict[str, Any]:
    return {
        "earlier": one.first,
        "later": one.second,
        "likely_percent": one.score // PERCENT,
        "reasons": [reason_word(reason) for reason in one.reasons],
    }


def _blocks(found: LikelySearch) -> list[dict[str, Any]]:
    return [asdict(block) for block in found.blocks]


def _counter() -> Progress | None:
    """Counts on a terminal who has been opened; silent where nobody looks."""
    if not sys.stderr.isatty():
        return None
    return lambda done, whole: click.echo(f"\r{done}/{whole}", nl=done == whole, err=True)
