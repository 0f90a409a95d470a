"""What was found of papers that were handed in, as a person or a script reads it. Must not know how it is found."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import click

from seedfund.assurance.papers import PaperChecked
from seedfund.assurance.rules.findings import Severity
from seedfund.assurance.rules.papers import PaperStatus
from seedfund.cli.findings import EXIT_CORRUPT, MARKS, findings_to_plain
from seedfund.kernel.messages import FACT, translate
from seedfund.reports.render.screen import visible

VERDICTS: Final[Mapping[PaperStatus, str]] = {
    PaperStatus.GENUINE: "✓",
    PaperStatus.SUPERSEDED: "!",
    PaperStatus.UNKNOWN: "?",
    PaperStatus.ALTERED: "✗",
}
EXIT_CODES: Final[Mapping[PaperStatus, int]] = {
    PaperStatus.GENUINE: 0,
    PaperStatus.SUPERSEDED: 3,
    PaperStatus.UNKNOWN: 3,
    PaperStatus.ALTERED: EXIT_CORRUPT,
}
"""Not found or in conflict ends with 3, something altered with 4."""


def exit_code_of(checked: Sequence[PaperChecked]) -> int:
    """The exit code of several papers: that of the gravest verdict; books that were altered are grave too."""
    codes = [EXIT_CODES[one.status] if one.books_stand else EXIT_CORRUPT for one in checked]
    return max(codes, default=0)


def print_verdicts(checked: Sequence[PaperChecked], output_format: str, language: str) -> None:
    """The verdict on each file, what was compared, and the lines that differ."""
    if output_format == "json":
        click.echo(json.dumps([_plain(one, language) for one in checked], ensure_ascii=False, indent=2))
        return
    for one in checked:
        status = translate(one.status.value, language, context=FACT)
        click.echo(f"{VERDICTS[one.status]} {visible(one.file)}: {status.upper()}")
        _print_findings(one, language)
        _print_differences(one, language)


def _print_findings(one: PaperChecked, language: str) -> None:
    """A line a comparison; the same remedy is said once, after the last line it belongs to."""
    marks = dict(MARKS)
    graves = [finding for finding in one.findings if finding.severity is not Severity.NOTE]
    last = {finding.remedy(language): finding for finding in graves}
    for finding in one.findings:
        click.echo(f"  {marks[finding.severity]} {visible(finding.sentence(language))} [{finding.code}]")
        remedy = finding.remedy(language)
        if last.get(remedy) is finding:
            click.echo(f"    → {visible(remedy)}")


def _print_differences(one: PaperChecked, language: str) -> None:
    page = translate("Page {page}", language)
    issued, found = translate("issued", language), translate("in the file", language)
    for line in one.differences:
        click.echo(f"  {page.format(page=line.page)}")
        click.echo(f"    {issued}: {visible(line.issued) or '—'}")
        click.echo(f"    {found}: {visible(line.found) or '—'}")


def _plain(one: PaperChecked, language: str) -> dict[str, Any]:
    return {
        "file": one.file,
        "status": one.status.value,
        "number": one.number,
        "version": one.version,
        "kind": one.kind,
        "books_stand": one.books_stand,
        "findings": findings_to_plain(one.findings, language),
        "differences": [
            {"page": line.page, "issued": line.issued, "found": line.found} for line in one.differences
        ],
    }
