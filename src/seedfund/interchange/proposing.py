"""A mapping proposed for the files of a kind, from the names of their columns alone: to be looked at before its use."""

import re
from collections.abc import Mapping
from typing import Any, Final

from seedfund.interchange.blanks import keys_of_survey
from seedfund.interchange.kinds.base import Kind
from seedfund.interchange.reader import Headed, headed
from seedfund.interchange.rules import Layout, Part
from seedfund.interchange.rules.mappings import UNNAMED, proposed_columns
from seedfund.interchange.rules.surveys import is_survey

_NUMBERED: Final = re.compile(r"\D{0,10}(\d{1,3})\b")
"""Titles such as `1`, `S3` or `Sesión 4 · 12/03`: sessions across a register, which need the number of their cohort."""
_KNOWN_LEAST: Final = 2
"""So many columns of a sheet have to be known before it is proposed for a part."""


def proposed_mapping(kind: Kind, files: Mapping[str, bytes], *, layout: Layout) -> dict[str, Any]:
    """The mapping as JSON takes it: of each part the columns found, and in `left_out` those nothing was found for.

    A sheet of a workbook that is named like no part goes to the part it has most columns of. An export of Kobo or ODK
    is known by the columns it adds: keys are proposed then, and the server and the form have to be named.
    """
    found, others = headed(kind.parts, files, layouts={kind.parts[0].name: layout})
    for part in kind.parts:
        best = max(others, key=lambda one: len(_columns(part, one)), default=None)
        if part.name not in found and best is not None and len(_columns(part, best)) >= _KNOWN_LEAST:
            found[part.name] = best
            others.remove(best)
    surveyed = any(is_survey(one.titles) for one in found.values())
    keys = keys_of_survey(kind) if surveyed else {}
    told = {
        part.name: _told(part, found[part.name], keys.get(part.name, {}))
        for part in kind.parts
        if part.name in found
    }
    return {**({"survey": UNNAMED} if surveyed else {}), "parts": told}


def _told(part: Part, table: Headed, own: Mapping[str, str]) -> dict[str, Any]:
    """The mapping of one part; `own` are the keys that a survey brings by itself."""
    columns, unknown = proposed_columns(part, table.titles)
    across = _across(part, table, columns)
    columns = {title: name for title, name in columns.items() if title not in across}
    by_itself = [title for title, name in columns.items() if name in own.values()]
    return {
        **({"sheet": table.sheet} if table.sheet else {}),
        "columns": {**own, **{title: columns[title] for title in columns if title not in by_itself}},
        "left_out": [*(title for title in unknown if title not in across), *by_itself],
        **({"spread": across} if across else {}),
    }


def _across(part: Part, table: Headed, columns: Mapping[str, str]) -> dict[str, str]:
    """Titles that number what the part is spread over, and that no other column was found for."""
    if part.spreads is None:
        return {}
    free = [title for title in table.titles if columns.get(title) in (None, part.spreads[0])]
    return {title: f"COHORT/{found[1]}" for title in free if (found := _NUMBERED.match(title))}


def _columns(part: Part, table: Headed) -> Mapping[str, str]:
    return proposed_columns(part, table.titles)[0]
