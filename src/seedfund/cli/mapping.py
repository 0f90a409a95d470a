"""How the files of `seedfund import` are written: declared by options, by a mapping in JSON, or by a saved one."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from seedfund.cli.output import print_result, print_rows
from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.proposing import proposed_mapping
from seedfund.interchange.queries import list_mappings, saved_mapping
from seedfund.interchange.reader.forms import form_of
from seedfund.interchange.rules import Layout
from seedfund.interchange.rules.mappings import MAPPING_MAX, read_mapping
from seedfund.interchange.service import SaveMapping, save_mapping
from seedfund.kernel.errors import InvalidInput
from seedfund.store.work import Work

DELIMITERS: Final[Mapping[str, str]] = {"semicolon": ";", "comma": ",", "tab": "\t", "pipe": "|"}

SAID: Final = ("account", "corrects")
"""Options that stand for a column of a kind's first part, the same in every row."""


def layouts_of(work: Work, kind: Kind, options: Mapping[str, Any]) -> dict[str, Layout]:
    """The layout of every part: the mapping first, then what the options say of all files."""
    text = _mapping_text(work, kind, options["mapping"])
    layouts = read_mapping(_with_form(text, options["xlsform"]), kind.parts)
    told: dict[str, Any] = {
        "delimiter": DELIMITERS.get(options["delimiter"] or ""),
        "encoding": options["encoding"],
    }
    given = {name: value for name, value in told.items() if value}
    layouts = {name: replace(layout, **given) for name, layout in layouts.items()}
    first = kind.parts[0].name
    said = {name: options[name] for name in SAID if options[name]}
    for name in said:
        if name not in kind.said:
            raise click.UsageError(f"--{name} is not for files of the kind {kind.name}")
    layouts[first] = replace(layouts[first], constants={**layouts[first].constants, **said})
    if options["sheet"]:
        layouts[first] = replace(layouts[first], sheet=options["sheet"])
    return layouts


def _mapping_text(work: Work, kind: Kind, wanted: str | None) -> str:
    """The JSON of a file, or of what was saved under that name."""
    if not wanted:
        return "{}"
    path = Path(wanted)
    return _read(path) if path.is_file() else saved_mapping(work, kind.name, wanted).mapping


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MAPPING_MAX + 1).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(field="--mapping", problem="it is not UTF-8", remedy="save it as UTF-8") from None


def _with_form(text: str, form: Path | None) -> str:
    if form is None:
        return text
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise InvalidInput(field="--mapping", problem="it is no mapping", remedy="begin it with a brace")
    return json.dumps({**told, "form": form_of(form.read_bytes())}, ensure_ascii=False)


def save(work: Work, kind: Kind, options: Mapping[str, Any]) -> None:
    """Keep the mapping that was given under a name of the programme's own."""
    if not options["mapping"]:
        raise click.UsageError("give the mapping to save with --mapping FILE")
    text = _with_form(_mapping_text(work, kind, options["mapping"]), options["xlsform"])
    key = f"mapping:{work.ids.key(work.clock.now())}"
    saved = save_mapping(
        work, SaveMapping(key=key, kind=kind.name, name=options["save_mapping"], mapping=text)
    )
    print_result({"kind": kind.name, "name": saved.name, "version": saved.version}, options["output_format"])


def list_saved(work: Work, output_format: str) -> None:
    """The mappings of the programme."""
    rows = [{"kind": one.kind, "name": one.name, "version": one.version} for one in list_mappings(work)]
    print_rows(rows, output_format, empty="")


def propose(kind: Kind, paths: Mapping[str, Path], options: Mapping[str, Any]) -> None:
    """Print a mapping for the names the files have: a proposal, to be looked at before it is used."""
    layout = Layout(
        sheet=options["sheet"],
        encoding=options["encoding"],
        delimiter=DELIMITERS.get(options["delimiter"] or ""),
    )
    files = {name: path.read_bytes() for name, path in paths.items()}
    click.echo(json.dumps(proposed_mapping(kind, files, layout=layout), ensure_ascii=False, indent=2))
