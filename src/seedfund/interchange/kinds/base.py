"""What every kind of file has: parts, whether it is taken whole, and how a group of rows becomes commands.

A kind carries a group out by calling public verbs, each under a key made from the kind and the key of the group, so
that a repeat does nothing twice. It may raise what verbs raise; the rows of the group are then not taken.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final, Protocol, TypeVar

from seedfund.interchange.reader import Complaint, Sheet, read_parts
from seedfund.interchange.rules import CellStyle, Layout, Part
from seedfund.interchange.rules.refusals import REFERENCE_UNKNOWN
from seedfund.kernel.canonical import digest
from seedfund.kernel.dates import Month
from seedfund.kernel.errors import InvalidInput, Refusal
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work

V = TypeVar("V")
W = TypeVar("W", bound=StrEnum)
ALSO: Final[Mapping[tuple[str, str], tuple[str, str]]] = {
    ("households", "members"): ("participants", "participants")
}
"""Where else what a part holds may have come in from: people come with their household, or join one later."""
Numbers = Mapping[tuple[str, str], str]
"""Part and key of a row → the number seedfund gave to what it became."""


class Values:
    """The values of a row by the names of its columns; an accessor of the wrong kind is a mistake of ours."""

    def __init__(self, values: Mapping[str, Any]):
        self._values: Final = values

    def has(self, name: str) -> bool:
        """Whether the cell is filled."""
        return self._values.get(name) is not None

    def text(self, name: str) -> str:
        """Text, empty where the cell is."""
        return self._of(name, str) or ""

    def secret(self, name: str) -> Secret | None:
        """Text that can harm a person, or None where the cell is empty."""
        found = self._of(name, str)
        return None if found is None else Secret(found)

    def need_secret(self, name: str) -> Secret:
        """Text of a required column that can harm a person."""
        return Secret(self.need_text(name))

    def need_text(self, name: str) -> str:
        """Text of a required column."""
        return self._needed(name, str)

    def money(self, name: str) -> Money | None:
        """An amount, or None where the cell is empty."""
        return self._of(name, Money)

    def need_money(self, name: str) -> Money:
        """The amount of a required column."""
        return self._needed(name, Money)

    def whole(self, name: str, default: int = 0) -> int:
        """A whole number, thousandths of a quantity, or basis points of a percentage."""
        found = self._of(name, int)
        return default if found is None else found

    def maybe_whole(self, name: str) -> int | None:
        """A whole number as above, or None where the cell is empty."""
        return self._of(name, int)

    def day(self, name: str) -> date | None:
        """A day, or None where the cell is empty."""
        return self._of(name, date)

    def need_day(self, name: str) -> date:
        """The day of a required column."""
        return self._needed(name, date)

    def need_month(self, name: str) -> Month:
        """The month of a required column."""
        return self._needed(name, Month)

    def flag(self, name: str, default: bool = False) -> bool:
        """Yes or no."""
        found = self._of(name, bool)
        return default if found is None else found

    def word(self, name: str, words: type[W]) -> W | None:
        """A word of a closed list, or None where the cell is empty."""
        return None if self._values.get(name) is None else self.need_word(name, words)

    def need_word(self, name: str, words: type[W]) -> W:
        """The word of a required column.

        Raises:
            InvalidInput: the column takes any text, and this is none of the words.
        """
        found = self._values.get(name)
        try:
            # A text is looked at at once: there are ten such columns in a row.
            return words(found if type(found) is str else self.need_text(name))
        except ValueError:
            possible = ", ".join(word.value for word in words)
            raise InvalidInput(
                field=name, problem="it is none of the words", remedy=f"use one of {possible}"
            ) from None

    def _of(self, name: str, kind: type[V]) -> V | None:
        found = self._values.get(name)
        if found is None or isinstance(found, kind):
            return found
        raise AssertionError(f"{name} is read as another kind than it is used")

    def _needed(self, name: str, kind: type[V]) -> V:
        found = self._of(name, kind)
        if found is None:
            raise AssertionError(f"{name} is used as if it were required")
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A row that was read: where it stands, what it is called and belongs to, and its values if all could be read."""

    part: str
    number: int
    key: str
    group: str
    values: Values
    complaints: tuple[Complaint, ...]
    digest: str
    fingerprint: str
    cells: Mapping[str, str] = field(default_factory=dict)
    waiting: tuple[Complaint, ...] = ()
    """Cells that could not be read and are not needed yet: the row is taken without them."""
    place: int = 0
    """Which row of its part it is, from zero; `number` also counts those without content."""

    def complaint(self, refusal: Refusal, column: str | None = None) -> Complaint:
        """A complaint about this row."""
        return Complaint(self.part, self.number, column, refusal)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The rows that are carried out together."""

    rows: tuple[Entry, ...]
    digest: str

    @property
    def root(self) -> Entry:
        """The first row of the first part."""
        return self.rows[0]

    def of(self, part: str) -> tuple[Entry, ...]:
        """The rows of a part, in the order of the file."""
        return tuple(entry for entry in self.rows if entry.part == part)


class RowRefused(Exception):
    """A kind turns a group away because of one row of it."""

    def __init__(self, complaint: Complaint):
        self.complaint: Final = complaint
        super().__init__(complaint.refusal.code)


@dataclass
class Intake:
    """What a kind is handed beside the rows: the unit of work, and how keys and references are made."""

    work: Work
    kind: str
    occurred_on: date | None
    look_up: Callable[[str, str, str], str | None]
    _known: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    _read: dict[str, Mapping[str, str]] = field(default_factory=dict)
    _met: dict[str, int] = field(default_factory=dict)

    def table(self, name: str, read: Callable[[Work], Mapping[str, str]]) -> Mapping[str, str]:
        """A table that several rows look things up in, read once an import."""
        if name not in self._read:
            self._read[name] = read(self.work)
        return self._read[name]

    def key(self, group: Group, step: str = "") -> str:
        """The key of a command of a group; `step` tells several commands of one group apart."""
        return f"import:{self.kind}:{group.digest}" + (f":{step}" if step else "")

    def key_of_many(self, groups: Sequence[Group]) -> str:
        """The key of a command of many groups."""
        return f"import:{self.kind}:many:" + digest(
            "seedfund.import.many", *(one.digest.encode() for one in groups)
        )

    def key_of_content(self, entry: Entry, *content: str) -> tuple[str, int]:
        """The key of a command that is given once for this content, whatever its row is called in whichever file.

        Beside it the number of the first row of these files that says the same: the row's own where none did before.
        """
        mark = digest("seedfund.import.content", self.kind.encode(), *(one.encode() for one in content))
        return f"import:{self.kind}:content:{mark}", self._met.setdefault(mark, entry.number)

    def number(self, entry: Entry, column: str, *, kind: str, part: str) -> str:
        """The number of what another file's row became, by the key the cell holds; a number is taken as it is.

        Raises:
            RowRefused: nothing was imported under that key.
        """
        wanted = entry.values.need_text(column)
        place = (kind, part, wanted)
        if place not in self._known:
            found = self.look_up(*place)
            if found is None and (kind, part) in ALSO:
                found = self.look_up(*ALSO[kind, part], wanted)
            self._known[place] = found
        found = self._known[place]
        if found is None:
            raise RowRefused(entry.complaint(REFERENCE_UNKNOWN(kind=f"{kind}/{part}"), column))
        return found

    def called(self, entry: Entry, column: str, *, kind: str, part: str) -> str:
        """The number of what another file's row became, else what the cell holds: a number of a form of its own."""
        wanted = entry.values.need_text(column)
        place = (kind, part, wanted)
        if place not in self._known:
            self._known[place] = self.look_up(*place)
        return self._known[place] or wanted


@dataclass(frozen=True, kw_only=True)
class Many:
    """How a kind carries many groups out together, where one by one would take long.

    `prepare` makes of a group what its command takes, or raises what turns it away; `carry_out` is given groups with
    what was prepared, at most `most`, and takes all of them or raises.
    """

    most: int
    prepare: Callable[[Intake, Group], Any]
    carry_out: Callable[[Intake, Sequence[tuple[Group, Any]]], list[Numbers]]


class ReadFiles(Protocol):
    """Brings the files of a kind to the sheets of its parts, and says which parts are there."""

    def __call__(
        self,
        parts: Sequence[Part],
        files: Mapping[str, bytes],
        *,
        layouts: Mapping[str, Layout] = ...,
        style: CellStyle = ...,
    ) -> tuple[tuple[Sheet, ...], frozenset[str]]:
        """Never raises for what stands in a file: its sheet comes back with complaints."""


Locate = Callable[[Group, Refusal], tuple[Entry, str | None] | None]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of import: its name, what it is in both languages, its parts, and how a group is carried out.

    `is_whole`: one refused row keeps the whole file out, as for money; else sound groups are taken. `locate` finds the
    row and column a verb's refusal is about. `many` is there where groups are carried out together. `read` brings files
    that are no tables to rows. `said` are columns of the first part that may be said of the whole file.
    """

    name: str
    title_en: str
    title_es: str
    parts: tuple[Part, ...]
    is_whole: bool
    carry_out: Callable[[Intake, Group], Numbers]
    locate: Locate = lambda group, refusal: None
    many: Many | None = None
    read: ReadFiles = read_parts
    said: tuple[str, ...] = ()

    def part(self, name: str) -> Part | None:
        """The part of a name, or None."""
        return next((part for part in self.parts if part.name == name), None)
