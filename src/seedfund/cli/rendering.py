"""How lists and things leave the command line: as text in the reader's language, or JSON. Must not know reports."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import click

from seedfund.cli.app import Settings
from seedfund.cli.labels import shown
from seedfund.cli.output import plain_of
from seedfund.kernel.dates import parse_date, utc
from seedfund.kernel.errors import InvalidInput, Refusal, StorageError
from seedfund.kernel.lazy import Later
from seedfund.kernel.messages import sentence, translate
from seedfund.kernel.money import Money
from seedfund.reports.value import Rate, Word

_rate_text: Final = Later("seedfund.reports.render.words", "rate_text")


def day(text: str) -> date:
    """A calendar day, `2026-11-22`, as an option takes it.

    Raises:
        InvalidInput: it is none.
    """
    return parse_date(text, field="date")


def instant(text: str) -> datetime:
    """An instant, `2026-11-22T05:00:00Z`, as an option takes it.

    Raises:
        InvalidInput: it is none, or has no zone.
    """
    try:
        return utc(datetime.fromisoformat(text))
    except ValueError:
        raise InvalidInput(
            field="as-known",
            problem=f"{text!r} is not an instant",
            remedy="write it as 2026-11-22T05:00:00Z",
        ) from None


def keep(content: bytes, out: Path | None) -> None:
    """Put a finished report on the screen, or in a file and say where."""
    if out is None:
        click.echo(content.decode("utf-8"), nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise StorageError(f"{out.name} cannot be written: {error.strerror}; name another file.") from None
    click.echo(str(out), err=True)


# Lists and things -----------------------------------------------------------------------------------------------------


def print_list(rows: Sequence[Mapping[str, Any]], settings: Settings, form: str, *, empty: str) -> None:
    """Rows as a JSON list of objects, or as a table with titles and words in the reader's language."""
    if form == "json":
        click.echo(json.dumps([plain_row(row) for row in rows], ensure_ascii=False, indent=2))
    elif not rows:
        click.echo(translate(empty, settings.language), err=True)
    else:
        for line in _table(rows, settings.language):
            click.echo(line)


def print_fields(fields: Mapping[str, Any], settings: Settings, *, indent: str = "") -> None:
    """A line a field: its title and what it holds."""
    titles = {name: _title(name, settings.language) for name in fields}
    width = max((len(title) for title in titles.values()), default=0)
    for name, value in fields.items():
        click.echo(f"{indent}{titles[name].ljust(width)}  {cell(value, settings.language)}".rstrip())


def print_table(rows: Sequence[Mapping[str, Any]], settings: Settings, *, indent: str = "") -> None:
    """Rows as a table."""
    for line in _table(rows, settings.language):
        click.echo(f"{indent}{line}")


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for a script: keys and words as they are stored."""
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Word):
        return value.plain
    if isinstance(value, Refusal):
        return value.code
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return plain_of(value)


def cell(value: Any, language: str) -> str:
    """A value as people read it; a dash where there is nothing."""
    match value:
        case Word():
            return f"{translate(value.text.replace('_', ' '), language)} {value.number}".rstrip()
        case Refusal():
            return sentence(value, language)
        case Rate():
            return str(_rate_text(value, partial(translate, language=language), language))
        case list() | tuple():
            return ", ".join(cell(item, language) for item in value) or "—"
        case _:
            return shown(value, language)


def _title(name: str, language: str) -> str:
    """A field's title, as the reports call it where they do: the same word as a state may be told otherwise."""
    text = name.replace("_", " ")
    title = translate(text.capitalize(), language)
    return title if title != text.capitalize() else translate(text, language)


def _table(rows: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    heads = list(rows[0])
    cells = [[_title(head, language) for head in heads]]
    cells += [[cell(row.get(head), language) for head in heads] for row in rows]
    widths = [max(len(line[index]) for line in cells) for index in range(len(heads))]
    right = [isinstance(rows[0].get(head), Money | int) for head in heads]
    lines = ["  ".join(_aligned(line, widths, right)).rstrip() for line in cells]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


def _aligned(line: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    return [
        text.rjust(width) if is_right else text.ljust(width)
        for text, width, is_right in zip(line, widths, right, strict=True)
    ]
