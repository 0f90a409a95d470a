"""Findings as a person or a script reads them. Must not know how they are found."""

import json
from collections.abc import Sequence
from typing import Any, Final

import click

from seedfund.assurance.anchors import heads_to_plain
from seedfund.assurance.report import Verification
from seedfund.assurance.rules.findings import Finding, Severity
from seedfund.kernel.messages import translate

MARKS: Final = ((Severity.ERROR, "✗"), (Severity.WARNING, "!"), (Severity.NOTE, "·"))
EXIT_CORRUPT: Final = 4


def print_findings(findings: Sequence[Finding], language: str) -> None:
    """A line a finding, where it is and what it is, then what to do; the same remedy is said once in a row."""
    marks = dict(MARKS)
    before = ""
    for finding in findings:
        where = " ".join(part for part in (finding.table, finding.which) if part)
        click.echo(f"{marks[finding.severity]} {where}: {finding.sentence(language)} [{finding.code}]")
        said = finding.remedy(language)
        if said != before and finding.severity is not Severity.NOTE:
            click.echo(f"  → {said}")
        before = said


def findings_to_plain(findings: Sequence[Finding], language: str) -> list[dict[str, Any]]:
    """Findings for a script: codes and keys in English, sentences in the reader's language."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity.value,
            "table": finding.table,
            "which": finding.which,
            "facts": dict(finding.facts),
            "sentence": finding.sentence(language),
            "remedy": finding.remedy(language),
        }
        for finding in findings
    ]


def print_verification(found: Verification, output_format: str, language: str) -> None:
    """What a verification found: JSON, or the first wrong row, every finding, and what was read."""
    if output_format == "json":
        first = findings_to_plain([found.first], language)[0] if found.first else None
        plain = {
            "is_sound": found.is_sound,
            "first": first,
            "findings": findings_to_plain(found.findings, language),
            "counts": dict(found.counts),
            "rows": dict(found.rows),
            "heads": heads_to_plain(found.heads),
        }
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    if found.first is not None:
        opening = translate("The first bad row is {table} {which}.", language)
        click.echo(opening.format(table=found.first.table, which=found.first.which))
    print_findings(found.findings, language)
    read = translate("{rows} rows were read, {errors} errors were found.", language)
    click.echo(read.format(rows=sum(found.rows.values()), errors=found.errors_count))
    for head in found.heads:
        click.echo(f"  {head.programme} {head.chain} {head.seq} {head.hash}")
