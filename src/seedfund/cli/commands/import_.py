"""`seedfund import FILE --kind KIND`: read files in, row by row; what was refused is named by file, row and column."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import click

from seedfund.cli.door import settings_of, work_of
from seedfund.cli.output import format_option, print_result, print_rows
from seedfund.interchange.kinds import KINDS, find_kind
from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.reader import Complaint
from seedfund.interchange.rules import CellKind, CellStyle, DateOrder
from seedfund.interchange.service import ImportRequest, ImportResult, Progress, import_files
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import remedy, sentence, translate
from seedfund.kernel.money import STYLES

DELIMITERS: Final[Mapping[str, str]] = {"semicolon": ";", "comma": ",", "tab": "\t"}


@click.command("import")
@click.argument("source", metavar="FILE", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--kind", "kind_name", metavar="KIND", help="What the file holds; see --kinds.")
@click.option(
    "--part",
    "parts",
    multiple=True,
    metavar="PART=FILE",
    help="A further file of the same kind, such as items=items.csv.",
)
@click.option("--kinds", is_flag=True, help="List the kinds; with --kind, the columns of one.")
@click.option("--dry-run", is_flag=True, help="Try everything and keep nothing.")
@click.option(
    "--number-style",
    type=click.Choice(list(STYLES)),
    default="plain",
    show_default=True,
    help="es: 1.250,50; en: 1,250.50; plain: 1250.50.",
)
@click.option(
    "--date-order",
    type=click.Choice([order.value for order in DateOrder]),
    default="ymd",
    show_default=True,
    help="ymd: 2026-12-31; dmy: 31/12/2026; mdy: 12/31/2026.",
)
@click.option(
    "--delimiter", type=click.Choice(list(DELIMITERS)), help="Told by the first row when not given."
)
@click.option("--currency", default="", metavar="CODE", help="Of amounts, where no column says it.")
@click.option(
    "--on",
    "occurred_on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day it occurred; today when not given.",
)
@format_option
@click.pass_context
def command(
    ctx: click.Context, /, source: Path | None, kind_name: str | None, kinds: bool, **options: Any
) -> None:
    """Read a file in, row by row. FILE may be a folder: then each part is read from PART.csv in it."""
    language, output_format = settings_of(ctx).language, options["output_format"]
    if kinds:
        _list_kinds(kind_name, language, output_format)
        return
    if source is None or kind_name is None:
        raise click.UsageError("give FILE and --kind KIND; --kinds lists them")
    kind = find_kind(kind_name)
    paths = _paths(kind, source, options["parts"])
    request = _request(kind, paths, options)
    with work_of(settings_of(ctx)) as work:
        result = import_files(work, request, progress=_counter())
        work.commit()
    _show(result, paths, language, output_format)
    if result.refusals:
        ctx.exit(1)


def _counter() -> Progress | None:
    """Counts on a terminal what has been carried out; silent where nobody looks."""
    if not sys.stderr.isatty():
        return None
    return lambda done, whole: click.echo(f"\r{done}/{whole}", nl=done == whole, err=True)


def _paths(kind: Kind, source: Path, parts: Sequence[str]) -> dict[str, Path]:
    """Where each part is: the file itself, PART.csv of a folder, and what was named beside it."""
    first = kind.parts[0].name
    if source.is_dir():
        paths = {part.name: source / f"{part.name}.csv" for part in kind.parts}
        paths = {name: path for name, path in paths.items() if path.is_file()}
    else:
        paths = {first: source}
    for given in parts:
        name, mark, path = given.partition("=")
        if not mark or not Path(path).is_file():
            raise InvalidInput(field="--part", problem="it names no file", remedy="write PART=FILE")
        paths[name] = Path(path)
    return paths


def _request(kind: Kind, paths: Mapping[str, Path], options: Mapping[str, Any]) -> ImportRequest:
    occurred_on: datetime | None = options["occurred_on"]
    style = CellStyle(
        numbers=STYLES[options["number_style"]],
        dates=DateOrder(options["date_order"]),
        currency=options["currency"],
    )
    return ImportRequest(
        kind=kind.name,
        files={name: path.read_bytes() for name, path in paths.items()},
        style=style,
        delimiter=DELIMITERS.get(options["delimiter"] or ""),
        occurred_on=occurred_on.date() if occurred_on else None,
        is_dry_run=options["dry_run"],
    )


def _show(result: ImportResult, paths: Mapping[str, Path], language: str, output_format: str) -> None:
    counts: dict[str, Any] = {
        "kind": result.kind,
        "read": result.read,
        "accepted": result.accepted,
        "refused": result.refused,
        "unchanged": result.unchanged,
        "held_back": result.held_back,
        "batch": result.batch,
        "dry_run": result.is_dry_run,
    }
    refusals = [_refusal(one, paths, language) for one in result.refusals]
    if output_format == "json":
        print_result({**counts, "refusals": refusals}, output_format)
        return
    print_result(counts, output_format)
    for one in refusals:
        click.echo(
            f"✗ {_place(one, language)}: {one['message']}\n  → {one['remedy']} [{one['code']}]", err=True
        )


def _refusal(one: Complaint, paths: Mapping[str, Path], language: str) -> dict[str, Any]:
    return {
        "file": paths[one.part].name if one.part in paths else None,
        "part": one.part,
        "row": one.row,
        "column": one.column,
        "code": one.refusal.code,
        "message": sentence(one.refusal, language),
        "remedy": remedy(one.refusal, language),
    }


def _place(refusal: Mapping[str, Any], language: str) -> str:
    parts = [str(refusal["file"] or refusal["part"])]
    if refusal["row"] is not None:
        parts.append(f"{translate('row', language)} {refusal['row']}")
    if refusal["column"] is not None:
        parts.append(f"{translate('column', language)} {refusal['column']}")
    return ", ".join(parts)


def _list_kinds(kind_name: str | None, language: str, output_format: str) -> None:
    is_spanish = language == "es"
    if kind_name is None:
        rows: list[dict[str, Any]] = [
            {
                "kind": kind.name,
                "files": ", ".join(
                    part.name if part.is_required else f"({part.name})" for part in kind.parts
                ),
                "taken": "whole" if kind.is_whole else "by group",
                "what": kind.title_es if is_spanish else kind.title_en,
            }
            for kind in KINDS
        ]
    else:
        rows = [
            {
                "part": part.name,
                "column": column.name,
                "spanish": column.spanish,
                "value": column.kind.value,
                "required": column.is_required,
                "words": " ".join(word.code for word in column.words) if column.kind is CellKind.WORD else "",
                "help": column.help_es if is_spanish else column.help_en,
            }
            for part in find_kind(kind_name).parts
            for column in part.columns
        ]
    print_rows(rows, output_format, empty="")
