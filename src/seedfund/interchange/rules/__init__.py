"""The rules of files, pure: columns, cells, and every way they are turned away. Must not know bytes or commands."""

from seedfund.interchange.rules.cells import CellStyle, DateOrder, Unreadable, fold, read_cell
from seedfund.interchange.rules.columns import LINE, NOTE, SHORT, CellKind, Column, Part, Word, words_of
from seedfund.interchange.rules.refusals import REFUSALS

__all__ = [
    "LINE",
    "NOTE",
    "REFUSALS",
    "SHORT",
    "CellKind",
    "CellStyle",
    "Column",
    "DateOrder",
    "Part",
    "Unreadable",
    "Word",
    "fold",
    "read_cell",
    "words_of",
]
