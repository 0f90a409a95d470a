"""How a file is written, as far as it was declared: marks, encoding, widths, sheet, names of columns. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

ENCODINGS: Final = ("utf-8", "utf-16", "cp1252", "latin-1", "cp874", "cp1256", "cp850")
"""Encodings that may be declared: Unicode, Western, Thai, Arabic, and what old Spanish programs write."""


@dataclass(frozen=True, kw_only=True)
class SurveyForm:
    """A form as its author wrote it: the name behind each label of a question, the code behind each label of a choice.

    Labels are folded. `questions` are by label; `choices` by the name of their question, then by label; `several`
    are the questions that take several choices.
    """

    questions: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]
    several: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How one part of a file is written; nothing declared means told by the file itself where that is safe.

    `widths` are those of a text of fixed width, in characters. `columns` maps names of the file to our columns, and
    those in `left_out` are not read. `values` maps what a column's cells say, folded, to words of ours. `constants`
    are cells that the file does not have, the same on each row. `survey` names the server and form of a survey's
    export, `form` the form itself where cells or titles are its labels. `spread` maps titles, folded, to values of the
    first column that the part is spread over; each filled cell below them is a row of its own.
    """

    delimiter: str | None = None
    encoding: str | None = None
    widths: tuple[int, ...] = ()
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    left_out: frozenset[str] = frozenset()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    survey: str = ""
    form: SurveyForm | None = None
    spread: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


PLAIN_LAYOUT: Final = Layout()
