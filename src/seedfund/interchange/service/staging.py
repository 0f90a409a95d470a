"""Files to groups of rows: cells read, keys and belonging checked, nothing carried out yet.

Rows stay packed in their sheets. What is handed out is a window of groups at a time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from seedfund.interchange.kinds.base import Entry, Group, Kind, Values
from seedfund.interchange.queries import key_digest
from seedfund.interchange.reader import Complaint, RowBlock, Sheet, SourceRow, packed, shown_row
from seedfund.interchange.rules import Calendar, CellStyle, Layout, Part, flags_of
from seedfund.interchange.rules.refusals import (
    FILE_PART_MISSING,
    FILE_PART_UNKNOWN,
    ROW_TWICE,
    ROW_WITHOUT_PARENT,
)
from seedfund.interchange.rules.rows import RowReader
from seedfund.interchange.service.belonging import CURRENCY, Belonging, joined
from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.canonical import bytes_of_encoded
from seedfund.kernel.errors import Refusal
from seedfund.store.work import Work


@dataclass(frozen=True)
class Staged:
    """Everything that was read: the sheets, what is wrong with them as a whole, and how their rows belong together.

    `flags` are what is worth telling of rows and files that keeps nothing out. `grouped` is None where something is
    wrong with a file as a whole.
    """

    sheets: tuple[Sheet, ...]
    complaints: tuple[Complaint, ...]
    grouped: "Grouped | None" = None
    flags: tuple[Complaint, ...] = ()

    @property
    def read(self) -> int:
        """How many rows have content."""
        return sum(len(sheet.rows) for sheet in self.sheets)


def stage(
    work: Work, kind: Kind, files: Mapping[str, bytes], *, style: CellStyle, layouts: Mapping[str, Layout]
) -> Staged:
    """Read every file of a kind and see how its rows belong together; complaints stay with the rows."""
    complaints = [
        Complaint(name, None, None, FILE_PART_UNKNOWN(kind=kind.name, part=name, possible=_names(kind)))
        for name in files
        if kind.part(name) is None
    ]
    sheets, given = kind.read(kind.parts, files, layouts=layouts, style=style)
    complaints += [
        Complaint(part.name, None, None, FILE_PART_MISSING(kind=kind.name, part=part.name))
        for part in kind.parts
        if part.is_required and part.name not in given
    ]
    complaints += [complaint for sheet in sheets for complaint in sheet.complaints]
    flags = tuple(flag for sheet in sheets for flag in sheet.flags)
    if complaints:
        return Staged(sheets, tuple(complaints), flags=flags)
    sheets = tuple(replace(sheet, rows=packed(sheet.part, sheet.rows)) for sheet in sheets)
    return Staged(sheets, (), Grouped(work, kind, sheets, style), (*flags, *_flags(sheets)))


def _flags(sheets: Sequence[Sheet]) -> tuple[Complaint, ...]:
    """What the texts of the rows hide."""
    return tuple(
        Complaint(sheet.part.name, number, name, flag)
        for sheet in sheets
        for block in packed(sheet.part, sheet.rows).blocks()
        for name, texts in block.columns.items()
        if not "".join(texts).isascii()
        for number, text in zip(block.numbers, texts, strict=True)
        for flag in flags_of(sheet.part.by_name[name], text)
    )


def _names(kind: Kind) -> str:
    return ", ".join(part.name for part in kind.parts)


class Grouped:
    """The rows of the sheets by what they belong to; each row that is handed out was read as its columns say."""

    def __init__(self, work: Work, kind: Kind, sheets: Sequence[Sheet], style: CellStyle):
        self._work: Final = work
        self._kind: Final = kind
        self._style: Final = style
        self._parts: Final = [(sheet.part, packed(sheet.part, sheet.rows)) for sheet in sheets]
        self._belonging: Final = Belonging(self._parts, kind.parts[0], style.currency)
        self._readers: Final[dict[tuple[str, str], tuple[CellStyle, RowReader]]] = {}

    def __len__(self) -> int:
        return len(self._belonging)

    def windows(self) -> Iterator[list[Group]]:
        """The groups in the order in which the first part names them, some at a time."""
        first = self._kind.parts[0].name
        for groups, places in self._belonging.windows():
            members: dict[int, list[Entry]] = {group: [] for group in groups}
            with collection_paused():
                for sheet, own in enumerate(places):
                    for place, entry in zip(own, self._entries(sheet, own), strict=True):
                        members[self._belonging.group(sheet, place) or 0].append(entry)
                window = [
                    Group(
                        tuple(rows), key_digest(self._work, self._kind.name, f"group:{first}", rows[0].group)
                    )
                    for rows in members.values()
                ]
            yield window

    def strays(self) -> Iterator[list[Entry]]:
        """The rows of no group, some at a time, each with a complaint."""
        first = self._kind.parts[0].name
        for sheet, places in self._belonging.strays():
            yield [_stray(entry, first) for entry in self._entries(sheet, places)]

    def _entries(self, sheet: int, places: Sequence[int]) -> list[Entry]:
        """The rows at these places, the amounts of each in its currency."""
        part, rows = self._parts[sheet]
        block = rows.at(places)
        told = block.columns.get(CURRENCY) or [""] * len(places)
        alike: dict[str, list[int]] = {}
        for own, place in zip(told, places, strict=True):
            currency = own or self._belonging.currency(self._belonging.group(sheet, place))
            alike.setdefault(currency, []).append(place)
        found: dict[int, Entry] = {}
        for currency, some in alike.items():
            own_block = block if len(alike) == 1 else rows.at(some)
            repeats = [self._belonging.first_of(sheet, place) for place in some]
            for entry in self._read(part, own_block, currency, at=zip(some, repeats, strict=True)):
                found[entry.place] = entry
        return [found[place] for place in places]

    def _read(
        self, part: Part, block: RowBlock, currency: str, *, at: Iterable[tuple[int, int | None]]
    ) -> Iterator[Entry]:
        """The rows of a block; `at` says of each its place and which row said its key first."""
        style, reader = self._reader(part, currency)
        keys, groups = joined(block, part.key), joined(block, part.group)
        read = values_of_block(part, block, reader)
        for number, cells, key, group, (values, complaints), (place, first) in zip(
            block.numbers, block.cells(), keys, groups, read, at, strict=True
        ):
            own = _said_again(part.name, number, first)
            yield Entry(
                part=part.name,
                number=number,
                key=key,
                group=group,
                values=Values(values),
                complaints=(*(one for one in complaints if not _can_wait(part, one)), *own),
                waiting=tuple(one for one in complaints if _can_wait(part, one)),
                digest=key_digest(self._work, self._kind.name, part.name, key),
                fingerprint=self._fingerprint(part, cells, style),
                cells=cells,
                place=place,
            )

    def _fingerprint(self, part: Part, cells: Mapping[str, str], style: CellStyle) -> str:
        content = [
            *(self._kind.name, part.name, style.numbers.decimal, style.dates.value, style.currency, cells)
        ]
        if style.calendar is not Calendar.GREGORIAN:
            content.append(style.calendar.value)
        return self._work.blinder.fingerprint(bytes_of_encoded(content))

    def _reader(self, part: Part, currency: str) -> tuple[CellStyle, RowReader]:
        found = self._readers.get((part.name, currency))
        if found is None:
            style = replace(self._style, currency=currency)
            found = self._readers[part.name, currency] = (style, RowReader(part, style))
        return found


def _said_again(part: str, number: int, first: int | None) -> tuple[Complaint, ...]:
    return () if first is None else (Complaint(part, number, None, ROW_TWICE(first=shown_row(first))),)


def _can_wait(part: Part, complaint: Complaint) -> bool:
    return complaint.column is not None and part.by_name[complaint.column].can_wait


def values_of_block(
    part: Part, block: RowBlock, reader: RowReader
) -> Iterator[tuple[dict[str, Any], tuple[Complaint, ...]]]:
    """The same as `values_of` for every row of a block; columns are read at once."""
    values, refused = reader.read_columns(block.columns, len(block.numbers))
    if not refused and not block.complaints:
        yield from ((row, ()) for row in values)
        return
    rows = block.rows() if block.complaints else None
    order = _order(part)
    for place, (number, own) in enumerate(zip(block.numbers, values, strict=True)):
        row = None if rows is None else next(rows)
        if row is not None and row.complaints:
            yield values_of(part, row, reader)
        elif place in refused:
            yield own, _sorted(_told(part, number, refused[place]), order)
        else:
            yield own, ()


def values_of(part: Part, row: SourceRow, reader: RowReader) -> tuple[dict[str, Any], tuple[Complaint, ...]]:
    """Every cell's value, and what is wrong with the row and with its cells, in the order of the columns."""
    if any(complaint.column is None for complaint in row.complaints):
        return {}, row.complaints
    spoiled = frozenset(complaint.column or "" for complaint in row.complaints)
    values, refused = reader.read(row.cells, spoiled) if spoiled else reader.read(row.cells)
    if not refused and not row.complaints:
        return values, ()
    return values, _sorted((*row.complaints, *_told(part, row.number, refused)), _order(part))


def _order(part: Part) -> dict[str, int]:
    return {column.name: place for place, column in enumerate(part.columns)}


def _told(part: Part, number: int, refused: Sequence[tuple[str, Refusal]]) -> tuple[Complaint, ...]:
    return tuple(Complaint(part.name, number, name, refusal) for name, refusal in refused)


def _sorted(complaints: Sequence[Complaint], order: Mapping[str, int]) -> tuple[Complaint, ...]:
    return tuple(sorted(complaints, key=lambda one: order[one.column or ""]))


def _stray(entry: Entry, first_part: str) -> Entry:
    """A row of no group; one that could not be read has said why already."""
    if entry.complaints:
        return entry
    return replace(entry, complaints=(entry.complaint(ROW_WITHOUT_PARENT(part=first_part)),))
