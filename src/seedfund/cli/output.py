"""What a command prints: data on stdout as text or JSON, progress and remarks on stderr."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import click

from seedfund.cli.labels import label, shown
from seedfund.cli.spoken import language_of
from seedfund.kernel.codec import encode
from seedfund.kernel.secret import Secret

format_option = click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to print the result.",
)


def print_result(value: Any, output_format: str) -> None:
    """A result: JSON, or a line a field with names and words in the reader's language."""
    if output_format == "json":
        click.echo(json.dumps(plain_of(value), ensure_ascii=False, indent=2))
        return
    held = (
        value if isinstance(value, Mapping) else {one.name: getattr(value, one.name) for one in fields(value)}
    )
    language = _language()
    for name, item in held.items():
        click.echo(f"{label(name, language)}: {shown(item, language, name=name)}")


def print_long(counts: Mapping[str, Any], lists: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """A JSON result with lists that may be long: as `print_result` prints it, each item made when it is its turn."""
    click.echo(json.dumps(plain_of(counts), ensure_ascii=False, indent=2).removesuffix("\n}"), nl=False)
    for name, items in lists.items():
        click.echo(f",\n  {json.dumps(name)}: [", nl=False)
        end = ""
        for item in items:
            text = json.dumps(plain_of(item), ensure_ascii=False, indent=2).replace("\n", "\n    ")
            click.echo(f"{end and ','}\n    {text}", nl=False)
            end = "\n  "
        click.echo(f"{end}]", nl=False)
    click.echo("\n}")


def plain_of(value: Any) -> Any:
    """The plain data of a result; a secret in it is shown, because only who may read it got this far."""
    secrets: list[Secret] = []
    plain = encode(value, secrets)
    return _with_secrets(plain, secrets)


def print_rows(rows: Sequence[Mapping[str, Any]], output_format: str, *, empty: str) -> None:
    """Rows of equal keys: a JSON list, or a table drawn with plain characters, in the reader's language."""
    if output_format == "json":
        click.echo(json.dumps([plain_of(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        click.echo(empty, err=True)
        return
    heads, language = list(rows[0]), _language()
    cells = [[label(head, language) for head in heads]]
    cells += [[shown(row[head], language, name=head) for head in heads] for row in rows]
    widths = [max(len(line[index]) for line in cells) for index in range(len(heads))]
    for number, line in enumerate(cells):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        if number == 0:
            click.echo("  ".join("─" * width for width in widths))


def _language() -> str:
    return language_of(click.get_current_context(silent=True))


def _with_secrets(plain: Any, secrets: Sequence[Secret]) -> Any:
    if isinstance(plain, Mapping):
        if set(plain) == {"sealed"}:
            return secrets[plain["sealed"]].reveal()
        return {name: _with_secrets(item, secrets) for name, item in plain.items()}
    if isinstance(plain, list):
        return [_with_secrets(item, secrets) for item in plain]
    return plain
