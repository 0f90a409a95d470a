"""`seedfund import --template KIND`: a blank file of a kind, to fill in or to put on telephones."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from seedfund.cli.output import print_result
from seedfund.interchange.blanks import blank_form, blank_workbook, mapping_of_form
from seedfund.interchange.kinds import kind_called
from seedfund.interchange.rules.blanks import LANGUAGES
from seedfund.kernel.errors import InvalidInput

FORM: Final = "-"
"""What `--xlsform` holds where it was given without a file: a form is wanted, not read."""


def write_blank(options: Mapping[str, Any], language: str) -> None:
    """Write the blank that was asked for, never over a file that is there; or print the mapping of its form.

    Raises:
        NotFound: there is no such kind.
        InvalidInput: the file is no XLSX, or exists.
        MissingExtra: the package that writes workbooks is not installed.
    """
    kind = kind_called(options["template"])
    if options["propose_mapping"]:
        mapping = mapping_of_form(kind, survey=f"SERVER/seedfund_{kind.name}")
        click.echo(json.dumps(mapping, ensure_ascii=False, indent=2))
        return
    is_form = bool(options["xlsform"])
    path: Path | None = options["out"]
    if path is None:
        raise click.UsageError("give the file to write with --out FILE.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise InvalidInput(field="--out", problem="it is no XLSX", remedy="name a file that ends in .xlsx")
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    content = blank_form(kind) if is_form else blank_workbook(kind, language=spoken)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise InvalidInput(field="--out", problem="the file exists", remedy="name a new file") from None
    told = {"kind": kind.name, "template": "xlsform" if is_form else "xlsx", "file": str(path)}
    print_result(told, options["output_format"])
