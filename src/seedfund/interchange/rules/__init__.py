"""The rules of files, pure: columns, cells, and every way they are turned away. Must not know bytes or commands."""

from seedfund.interchange.rules.cells import (
    Calendar,
    CellStyle,
    DateOrder,
    Unreadable,
    flags_of,
    read_cell,
)
from seedfund.interchange.rules.columns import LINE, NOTE, SHORT, CellKind, Column, Part, Word, words_of
from seedfund.interchange.rules.folding import fold
from seedfund.interchange.rules.layout import PLAIN_LAYOUT, Layout, SurveyForm
from seedfund.interchange.rules.refusals import REFUSALS

__all__ = [
    "LINE",
    "NOTE",
    "PLAIN_LAYOUT",
    "REFUSALS",
    "SHORT",
    "Calendar",
    "CellKind",
    "CellStyle",
    "Column",
    "DateOrder",
    "Layout",
    "Part",
    "SurveyForm",
    "Unreadable",
    "Word",
    "flags_of",
    "fold",
    "read_cell",
    "words_of",
]
