"""What a kind of file holds: parts, columns, and what a cell means. Must not know files, rows or commands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from seedfund.interchange.rules.folding import fold

SHORT: Final = 60
LINE: Final = 200
NOTE: Final = 2_000


class CellKind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    AS_WRITTEN = "as_written"
    IDENTIFIER = "identifier"
    PHONE = "phone"
    AMOUNT = "amount"
    SIGNED = "signed_amount"
    QUANTITY = "quantity"
    PERCENT = "percent"
    WHOLE = "whole"
    DATE = "date"
    MONTH = "month"
    YES_NO = "yes_no"
    WORD = "word"
    COUNTRY = "country"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Word:
    """One value of a closed list: the code, and how people write it in Spanish."""

    code: str
    spanish: str


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: its name in both languages, how its cells are read, and what to write there.

    `length` is the most characters a cell may have. A file may carry either name. Where it `can_wait`, a cell that
    cannot be read is refused alone and the row is taken without it: nothing that is decided at once hangs on it.
    `is_own` says that it holds a key of the file's own, which a survey gives its submissions by itself; `is_sealed`
    that it can harm a person.
    """

    name: str
    spanish: str
    kind: CellKind = CellKind.TEXT
    is_required: bool = False
    words: tuple[Word, ...] = ()
    length: int = LINE
    can_wait: bool = False
    is_own: bool = False
    is_sealed: bool = False
    help_en: str = ""
    help_es: str = ""
    by_word: dict[str, str] = field(init=False, repr=False, compare=False)
    """Code by what is written: as declared, and as `folding.fold` compares it."""

    def __post_init__(self) -> None:
        written = [(text, word.code) for word in self.words for text in (word.code, word.spanish)]
        told: dict[str, str] = {}
        for text, code in (*((word.code, word.code) for word in self.words), *written):
            told.setdefault(text, code)
            told.setdefault(fold(text), code)
        object.__setattr__(self, "by_word", told)


@dataclass(frozen=True, kw_only=True)
class Part:
    """One file of a kind: its columns, which of them name a row, and which name what the row belongs to.

    Rows with the same `group` are carried out together. The first part of a kind has every group; rows of the others
    belong to one of them. `spanish` is what a sheet of a workbook may be called too. `within` names the part whose
    rows a survey asks this one inside, where that is not the first. `spreads` names two columns, such as session and
    mark: a table may have the values of the first as titles and those of the second in its cells.
    """

    name: str
    spanish: str = ""
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    group: tuple[str, ...]
    is_required: bool = True
    within: str = ""
    spreads: tuple[str, str] | None = None
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})


def words_of(options: Iterable[str], spanish: dict[str, str]) -> tuple[Word, ...]:
    """The words of a closed list of codes; one that has no Spanish word stands for itself."""
    return tuple(Word(str(option), spanish.get(str(option), str(option))) for option in options)
