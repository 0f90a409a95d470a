"""`seedfund import FILE --kind KIND`: read files in, row by row; what was refused is named by file, row and column."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import click

from seedfund.cli.blanks import FORM, write_blank
from seedfund.cli.counting import counter
from seedfund.cli.door import settings_of, work_of
from seedfund.cli.files import open_private
from seedfund.cli.headings import Headings
from seedfund.cli.mapping import DELIMITERS, layouts_of, list_saved, propose, save
from seedfund.cli.output import format_option, print_long, print_result, print_rows
from seedfund.cli.passwords import password_of, password_options
from seedfund.cli.provider import TITLE_EN, TITLE_ES, counts_of, read_results
from seedfund.interchange.corrections import corrections_of
from seedfund.interchange.kinds import KINDS, kind_called
from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.reader import Complaint
from seedfund.interchange.rules import Calendar, CellKind, CellStyle, Column, DateOrder, Layout
from seedfund.interchange.rules.layout import ENCODINGS
from seedfund.interchange.rules.providers import KIND
from seedfund.interchange.service import ImportRequest, ImportResult, import_files
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import remedy, sentence, translate
from seedfund.kernel.money import STYLES

TOLD_MOST: Final = 100
"""How many reasons a screen shows of a kind; the workbook handed back and JSON have all of them."""
MORE: Final = "and {count} more; --corrections FILE.xlsx has each beside its cell, --format json all of them"


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
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Told by the file where that is safe.")
@click.option(
    "--calendar",
    type=click.Choice([calendar.value for calendar in Calendar]),
    default="gregorian",
    show_default=True,
    help="buddhist: years such as 2569.",
)
@click.option("--sheet", default="", metavar="NAME", help="Of a workbook; the first shown when not given.")
@click.option(
    "--mapping",
    "--layout",
    "mapping",
    metavar="FILE",
    help="How the file names its columns: a JSON file, or a name it was saved under; a provider's layout.",
)
@click.option(
    "--account", default="", metavar="CODE", help="Of a bank statement: which account of ours it is."
)
@click.option(
    "--corrects", default="", metavar="NUMBER", help="Of a bank statement: the one it takes the place of."
)
@click.option("--save-mapping", metavar="NAME", help="Keep the mapping for the programme, nothing read.")
@click.option("--propose-mapping", is_flag=True, help="Print a mapping for the file's columns, nothing read.")
@click.option("--mappings", is_flag=True, help="List the mappings that were saved.")
@click.option(
    "--xlsform",
    is_flag=False,
    flag_value=FORM,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="The form of a survey, where its export shows labels; with --template, write a form.",
)
@click.option("--template", metavar="KIND", help="Write a blank file of a kind to --out, nothing read.")
@click.option(
    "--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="The XLSX to write."
)
@click.option(
    "--corrections",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="An XLSX to write: the file handed back with a column that says what to correct.",
)
@click.option("--currency", default="", metavar="CODE", help="Of amounts, where no column says it.")
@click.option(
    "--on",
    "occurred_on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day it occurred; today when not given.",
)
@click.option(
    "--list", "list_number", default="", metavar="LIST", help="The payment list a provider's file answers."
)
@password_options
@format_option
@click.pass_context
def command(
    ctx: click.Context, /, source: Path | None, kind_name: str | None, kinds: bool, **options: Any
) -> None:
    """Read a file in, row by row. FILE may be a folder: then each part is read from PART.csv in it."""
    language, output_format = settings_of(ctx).language, options["output_format"]
    if kinds and kind_name == KIND:
        raise click.UsageError(f"the columns of {KIND} are its layout's; seedfund show LAYOUT tells them")
    if options["template"]:
        write_blank(options, language)
    elif kinds:
        _list_kinds(kind_name, language, output_format)
    elif options["mappings"]:
        with work_of(settings_of(ctx)) as work:
            list_saved(work, output_format)
    elif kind_name is not None and options["save_mapping"]:
        with work_of(settings_of(ctx)) as work:
            save(work, kind_called(kind_name), options)
            work.commit()
    elif source is None or kind_name is None:
        raise click.UsageError("give FILE and --kind KIND; --kinds lists them")
    elif kind_name == KIND:
        _take_results(ctx, source, options)
    elif options["xlsform"] == Path(FORM):
        raise click.UsageError("give the form with --xlsform FILE, or --template KIND for a blank one")
    elif options["propose_mapping"]:
        propose(kind_called(kind_name), _paths(kind_called(kind_name), source, options["parts"]), options)
    else:
        _import(ctx, kind_called(kind_name), source, options)


def _import(ctx: click.Context, kind: Kind, source: Path, options: Mapping[str, Any]) -> None:
    language = settings_of(ctx).language
    paths = _paths(kind, source, options["parts"])
    corrections = _corrections_path(options["corrections"], paths)
    with work_of(settings_of(ctx)) as work:
        request = _request(kind, paths, options, layouts=layouts_of(work, kind, options))
        result = import_files(work, request, progress=counter(language))
        work.commit()
    # Before anything is printed: who reads only the first lines ends the program there.
    if corrections is not None and result.refusals:
        content = corrections_of(result.sheets, result.refusals, language=language)
        with open_private(corrections) as file:
            file.write(content)
    _show(result, paths, language, options["output_format"])
    if result.refusals:
        ctx.exit(1)


def _take_results(ctx: click.Context, source: Path, options: Mapping[str, Any]) -> None:
    """Take a provider's file in; what does not fit waits in the queue, and is told."""
    result = read_results(ctx, source, options)
    _show(result, {KIND: source}, settings_of(ctx).language, options["output_format"], also=counts_of(result))
    if result.refusals:
        ctx.exit(1)


def _corrections_path(path: Path | None, paths: Mapping[str, Path]) -> Path | None:
    """Where the file is handed back; never over a file that is there, above all not over the one that was read."""
    if path is None:
        return None
    if path.suffix.lower() != ".xlsx":
        raise InvalidInput(
            field="--corrections", problem="it is no XLSX", remedy="name a file that ends in .xlsx"
        )
    if path.exists():
        raise InvalidInput(field="--corrections", problem="the file exists", remedy="name a new file")
    return path


def _paths(kind: Kind, source: Path, parts: Sequence[str]) -> dict[str, Path]:
    """Where each part is: the file itself, PART.csv or PART.xlsx of a folder, and what was named beside it."""
    first = kind.parts[0].name
    if source.is_dir():
        found = [
            (part.name, source / f"{part.name}{end}") for part in kind.parts for end in (".xlsx", ".csv")
        ]
        paths = {name: path for name, path in found if path.is_file()}
    else:
        paths = {first: source}
    for given in parts:
        name, mark, path = given.partition("=")
        if not mark or not Path(path).is_file():
            raise InvalidInput(field="--part", problem="it names no file", remedy="write PART=FILE")
        paths[name] = Path(path)
    return paths


def _request(
    kind: Kind, paths: Mapping[str, Path], options: Mapping[str, Any], *, layouts: Mapping[str, Layout]
) -> ImportRequest:
    occurred_on: datetime | None = options["occurred_on"]
    style = CellStyle(
        numbers=STYLES[options["number_style"]],
        dates=DateOrder(options["date_order"]),
        currency=options["currency"],
        calendar=Calendar(options["calendar"]),
    )
    return ImportRequest(
        kind=kind.name,
        files={name: path.read_bytes() for name, path in paths.items()},
        style=style,
        layouts=layouts,
        occurred_on=occurred_on.date() if occurred_on else None,
        is_dry_run=options["dry_run"],
        password=password_of(options["password_file"], ask=options["ask_password"]),
    )


def _show(
    result: ImportResult,
    paths: Mapping[str, Path],
    language: str,
    output_format: str,
    *,
    also: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    counts: dict[str, Any] = {
        "kind": result.kind,
        "read": result.read,
        "accepted": result.accepted,
        "refused": result.refused,
        "unchanged": result.unchanged,
        "held_back": result.held_back,
        "edited": result.edited,
        "batch": result.batch,
        "dry_run": result.is_dry_run,
        **also,
    }
    is_read = output_format != "json"
    spoken = Headings(result, language).spoken if is_read else _as_it_is
    files = _names_of(result, paths, is_read=is_read)
    refusals = (_refusal(spoken(one), files, language) for one in result.refusals)
    flags = (_refusal(spoken(one), files, language) for one in result.flags)
    if not is_read:
        print_long(counts, {"refusals": refusals, "flags": flags})
        return
    print_result(counts, output_format)
    for sign, one in chain(
        (("!", flag) for flag in islice(flags, TOLD_MOST)),
        (("✗", refusal) for refusal in islice(refusals, TOLD_MOST)),
    ):
        click.echo(
            f"{sign} {_place(one, language)}: {one['message']}\n  → {one['remedy']} [{one['code']}]", err=True
        )
    left = sum(max(len(told) - TOLD_MOST, 0) for told in (result.flags, result.refusals))
    if left:
        click.echo(f"… {translate(MORE, language).format(count=left)}", err=True)


def _as_it_is(complaint: Complaint) -> Complaint:
    """Scripts get our own names of columns."""
    return complaint


def _names_of(result: ImportResult, paths: Mapping[str, Path], *, is_read: bool) -> dict[str, str]:
    """The file of each part: its own, or the workbook of the first one; to a reader with the sheet it is on."""
    names = {part: path.name for part, path in paths.items()}
    for place, sheet in enumerate(result.sheets):
        if sheet.title and sheet.part.name not in names:
            names[sheet.part.name] = next(iter(names.values()))
            if is_read and place:
                names[sheet.part.name] += f" ({sheet.title})"
    return names


def _refusal(one: Complaint, files: Mapping[str, str], language: str) -> dict[str, Any]:
    return {
        "file": files.get(one.part),
        "part": one.part,
        "row": one.line,
        **({"cell": one.cell} if one.cell else {}),
        "column": one.column,
        "code": one.refusal.code,
        "message": sentence(one.refusal, language),
        "remedy": remedy(one.refusal, language),
    }


def _place(refusal: Mapping[str, Any], language: str) -> str:
    parts = [str(refusal["file"] or refusal["part"])]
    if "cell" in refusal:
        parts.append(f"{translate('cell', language)} {refusal['cell']}")
    elif refusal["row"] is not None:
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
                "spanish": kind.parts[0].spanish,
                "files": ", ".join(
                    part.name if part.is_required else f"({part.name})" for part in kind.parts
                ),
                "taken": "whole" if kind.is_whole else "by group",
                "what": kind.title_es if is_spanish else kind.title_en,
            }
            for kind in KINDS
        ]
        what = TITLE_ES if is_spanish else TITLE_EN
        rows.append({"kind": KIND, "spanish": "", "files": KIND, "taken": "row by row", "what": what})
    else:
        rows = [
            {
                "part": part.name,
                "column": column.name,
                "spanish": column.spanish,
                "value": column.kind.value,
                "required": column.is_required,
                "words": " ".join(_words_of(column, is_spanish=is_spanish and output_format != "json")),
                "help": column.help_es if is_spanish else column.help_en,
            }
            for part in kind_called(kind_name).parts
            for column in part.columns
        ]
    if output_format != "json":
        rows = [
            {**row, **({"taken": translate(row["taken"], language)} if "taken" in row else {})}
            for row in rows
        ]
    print_rows(rows, output_format, empty="")


def _words_of(column: Column, *, is_spanish: bool) -> list[str]:
    """The words a column takes; both languages are read in every file."""
    if column.kind is not CellKind.WORD:
        return []
    return [word.spanish.replace(" ", "_") if is_spanish else word.code for word in column.words]
