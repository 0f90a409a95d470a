"""What a command prints: data on stdout as text or JSON, progress and remarks on stderr."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from seedfund.cli.spoken import language_of
from seedfund.kernel.codec import encode
from seedfund.kernel.money import Money, money_text
from seedfund.kernel.secret import Secret

format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the result.",
)


def print_result(value: Any, output_format: str) -> None:
    """A result dataclass: JSON, or a line a field."""
    plain = plain_of(value)
    if output_format == "json":
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    elif isinstance(plain, Mapping):
        for name, item in plain.items():
            click.echo(f"{name}: {_words(item)}")
    else:
        click.echo(_words(plain))


def plain_of(value: Any) -> Any:
    """The plain data of a result; a secret in it is shown, because only who may read it got this far."""
    secrets: list[Secret] = []
    plain = encode(value, secrets)
    return _with_secrets(plain, secrets)


def print_rows(rows: Sequence[Mapping[str, Any]], output_format: str, *, empty: str) -> None:
    """Rows of equal keys: a JSON list, or a table drawn with plain characters."""
    if output_format == "json":
        click.echo(json.dumps([plain_of(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo(empty, err=True)
        return
    heads = list(rows[0])
    cells = [heads] + [[_words(plain_of(row[head])) for head in heads] for row in rows]
    widths = [max(len(line[index]) for line in cells) for index in range(len(heads))]
    for number, line in enumerate(cells):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if number == 0:
            click.echo("  ".join("─" * width for width in widths))


def _with_secrets(plain: Any, secrets: Sequence[Secret]) -> Any:
    if isinstance(plain, Mapping):
        if set(plain) == {"sealed"}:
            return secrets[plain["sealed"]].reveal()
        return {name: _with_secrets(item, secrets) for name, item in plain.items()}
    if isinstance(plain, list):
        return [_with_secrets(item, secrets) for item in plain]
    return plain


def _words(item: Any) -> str:
    if isinstance(item, Mapping) and set(item) == {"minor", "currency"}:
        return money_text(
            Money(item["minor"], item["currency"]), language_of(click.get_current_context(silent=True))
        )
    if isinstance(item, Mapping):
        return ", ".join(f"{name}={_words(value)}" for name, value in item.items())
    if isinstance(item, list):
        return ", ".join(_words(value) for value in item) or "—"
    return "—" if item is None else str(item)
