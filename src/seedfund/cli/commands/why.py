"""`seedfund why NUMBER`: what keeps a grant's tranches from being paid, who does it, and by when."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import click

from seedfund.cli.app import Settings
from seedfund.cli.door import settings_of, work_of
from seedfund.cli.output import format_option
from seedfund.cli.rendering import cell, day, plain_row
from seedfund.grants.queries.why import TrancheExplained, explain_grant, explain_payment, explain_tranche
from seedfund.grants.rules.facts import Finding, Status
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import remedy, sentence, translate
from seedfund.kernel.money import restyled
from seedfund.reports.queries.desk.banking import why_it_is_open
from seedfund.reports.queries.desk.payouts import why_it_waits
from seedfund.reports.queries.words import word
from seedfund.reports.value import Word

MARKS: Final[Mapping[Status, str]] = {Status.MET: "✓", Status.WAIVED: "○", Status.NOT_MET: "✗"}


@click.command("why")
@click.argument("number")
@click.option("--as-of", "as_of", type=day, help="The day it is asked for; today when not given.")
@format_option
@click.pass_context
def command(ctx: click.Context, number: str, as_of: date | None, output_format: str) -> None:
    """Say what keeps tranches of SC-2026-0042 (one: SC-2026-0042/2, PG-…) from being paid, or why PX-…, BS-…/1 wait."""
    settings = settings_of(ctx)
    if number.strip().upper().startswith("PX-"):
        _exception(settings, number, output_format)
        return
    if number.strip().upper().startswith("BS-"):
        _line(settings, number, output_format)
        return
    grant, _, tranche = number.partition("/")
    with work_of(settings) as work:
        if number.strip().upper().startswith("PG-"):
            found = [explain_payment(work, number, on=as_of)]
        elif tranche:
            found = [explain_tranche(work, grant, _position(tranche), on=as_of)]
        else:
            found = explain_grant(work, grant, on=as_of)
    if output_format == "json":
        plain = [_plain(one, settings.language) for one in found]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for one in found:
        _print(one, settings)


def _line(settings: Settings, number: str, output_format: str) -> None:
    """What may be entered from a line of a statement that nothing explains."""
    with work_of(settings) as work:
        told = why_it_is_open(work, number)
    if output_format == "json":
        plain = [*map(plain_row, told.may_be), *({"command": typed} for typed in told.commands)]
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    if told.match:
        said = translate("The match {match} explains it.", settings.language)
        click.echo(said.format(match=told.match))
    elif not told.may_be and not told.commands:
        said = translate("It counts in nothing; the state of its statement: {state}.", settings.language)
        click.echo(said.format(state=cell(word(told.state), settings.language)))
    elif not told.may_be:
        click.echo(translate("nothing is proposed to be entered", settings.language))
    for typed in told.commands:
        click.echo(typed)
    for row in told.may_be:
        click.echo(row["command"])
        click.echo(
            "   " + ", ".join(cell(row[name], settings.language) for name in ("may_be", "because", "to_fill"))
        )


def _exception(settings: Settings, number: str, output_format: str) -> None:
    """Why a row of a provider's file waits, and what to do about it."""
    with work_of(settings) as work:
        told = why_it_waits(work, number)
    said = {
        "number": told.number,
        "state": told.state,
        "code": told.refusal.code,
        "sentence": sentence(told.refusal, settings.language),
        "remedy": remedy(told.refusal, settings.language),
        "commands": list(told.commands),
        "ended": dict(told.ended),
    }
    if output_format == "json":
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
        return
    click.echo(f"{told.number}: {cell(word(told.state), settings.language)}")
    if told.ended:
        click.echo(f"  {said['sentence']}")
        click.echo("  " + " · ".join(told.ended.values()))
        return
    click.echo(f"  {said['sentence']}\n  → {said['remedy']}")
    for typed in told.commands:
        click.echo(f"    {typed}")


def _position(text: str) -> int:
    if not text.isdecimal():
        raise InvalidInput(
            field="number", problem=f"{text!r} is no tranche", remedy="write it as SC-2026-0042/2"
        )
    return int(text)


def _print(one: TrancheExplained, settings: Settings) -> None:
    language = settings.language
    place = f"{one.grant}/{one.position}" if one.position else one.grant
    open_now = cell(one.rest, language)
    due = f" · {translate('due on', language)} {one.due_on}" if one.due_on else ""
    standing = "can be paid" if one.is_payable else "has to wait"
    click.echo(f"{place}: {open_now}{due} · {translate(standing, language)}")
    for finding in one.findings:
        _print_finding(finding, language, depth=1)


def _print_finding(finding: Finding, language: str, *, depth: int) -> None:
    lead = "  " * depth
    label = translate(finding.code.replace("_", " "), language)
    evidence = f" ({restyled(finding.evidence, language)})" if finding.holds and finding.evidence else ""
    click.echo(f"{lead}{MARKS[finding.status]} {label}{evidence}")
    if finding.missing is not None and not finding.parts:
        click.echo(f"{lead}    {sentence(finding.missing, language)}")
        if finding.evidence:
            since = translate("since {on}, {who}: {why}", language)
            why = cell(Word(finding.event, finding.evidence), language) if finding.event else finding.evidence
            click.echo(f"{lead}    {since.format(on=finding.on, who=finding.evaluator, why=why)}")
        click.echo(f"{lead}    → {remedy(finding.missing, language)}{_who(finding, language)}")
    for part in finding.parts:
        _print_finding(part, language, depth=depth + 1)


def _who(finding: Finding, language: str) -> str:
    who = cell(Word(finding.responsible.value), language) if finding.responsible is not None else ""
    by = f"{translate('by', language)} {finding.by}" if finding.by is not None else ""
    said = ", ".join(part for part in (who, by) if part)
    return f" [{said}]" if said else ""


def _plain(one: TrancheExplained, language: str) -> dict[str, Any]:
    fields = ("grant", "state", "position", "on", "amount", "delivered", "in_payment", "rest", "due_on")
    plain = plain_row({name: getattr(one, name) for name in fields})
    return plain | {
        "payable": one.is_payable,
        "findings": [_plain_finding(finding, language) for finding in one.findings],
    }


def _plain_finding(finding: Finding, language: str) -> dict[str, Any]:
    missing = finding.missing
    return {
        "code": finding.code,
        "status": finding.status.value,
        "evidence": finding.evidence,
        "evaluator": finding.evaluator,
        "on": finding.on.isoformat() if finding.on is not None else None,
        "missing": missing.code if missing is not None else None,
        "sentence": sentence(missing, language) if missing is not None else None,
        "remedy": remedy(missing, language) if missing is not None else None,
        "who": finding.responsible.value if finding.responsible is not None else None,
        "by": finding.by.isoformat() if finding.by is not None else None,
        "parts": [_plain_finding(part, language) for part in finding.parts],
    }
