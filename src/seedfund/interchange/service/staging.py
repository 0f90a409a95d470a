"""Files to groups of rows: cells read, keys and belonging checked, nothing carried out yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from seedfund.interchange.kinds.base import Entry, Group, Kind, Values
from seedfund.interchange.queries import key_digest
from seedfund.interchange.reader import Complaint, Sheet, SourceRow
from seedfund.interchange.rules import (
    Calendar,
    CellStyle,
    Layout,
    Part,
    flags_of,
)
from seedfund.interchange.rules.refusals import (
    FILE_PART_MISSING,
    FILE_PART_UNKNOWN,
    ROW_TWICE,
    ROW_WITHOUT_PARENT,
)
from seedfund.interchange.rules.rows import RowReader
from seedfund.kernel.canonical import canonical_bytes
from seedfund.store.work import Work

JOINT: Final = " / "
"""Between the columns of a key that is made of several."""
CURRENCY: Final = "currency"


@dataclass(frozen=True)
class Staged:
    """Everything that was read: the sheets, what is wrong with them as a whole, the groups, and rows of no group.

    `flags` are what is worth telling of rows and files that keeps nothing out.
    """

    sheets: tuple[Sheet, ...]
    complaints: tuple[Complaint, ...]
    groups: tuple[Group, ...]
    strays: tuple[Entry, ...]
    flags: tuple[Complaint, ...] = ()

    @property
    def read(self) -> int:
        """How many rows have content."""
        return sum(len(sheet.rows) for sheet in self.sheets)


def stage(
    work: Work, kind: Kind, files: Mapping[str, bytes], *, style: CellStyle, layouts: Mapping[str, Layout]
) -> Staged:
    """Read every file of a kind and bring its rows together; complaints stay with the rows."""
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
        return Staged(sheets, tuple(complaints), (), (), flags)
    groups, strays = _grouped(work, kind, _entries(work, kind, sheets, style))
    return Staged(sheets, (), groups, strays, (*flags, *_flags(sheets)))


def _flags(sheets: Sequence[Sheet]) -> tuple[Complaint, ...]:
    """What the texts of the rows hide."""
    return tuple(
        Complaint(sheet.part.name, row.number, name, flag)
        for sheet in sheets
        for row in sheet.rows
        for name, cell in row.cells.items()
        if not cell.isascii()
        for flag in flags_of(sheet.part.by_name[name], cell)
    )


def _names(kind: Kind) -> str:
    return ", ".join(part.name for part in kind.parts)


def _entries(work: Work, kind: Kind, sheets: Sequence[Sheet], style: CellStyle) -> list[Entry]:
    currencies: dict[str, str] = {}
    entries: list[Entry] = []
    for sheet in sheets:
        is_first = sheet.part is kind.parts[0]
        manners: dict[str, tuple[CellStyle, RowReader]] = {}
        for row in sheet.rows:
            group = _joined(row, sheet.part.group)
            currency = row.cells.get(CURRENCY) or currencies.get(group, style.currency)
            if is_first:
                currencies.setdefault(group, currency)
            if currency not in manners:
                own = replace(style, currency=currency)
                manners[currency] = (own, RowReader(sheet.part, own))
            entries.append(_entry(work, kind.name, (sheet.part, row), manners[currency]))
    return entries


def _entry(
    work: Work, kind: str, place: tuple[Part, SourceRow], manner: tuple[CellStyle, RowReader]
) -> Entry:
    (part, row), (style, reader) = place, manner
    values, complaints = values_of(part, row, reader)
    key = _joined(row, part.key)
    content = [kind, part.name, style.numbers.decimal, style.dates.value, style.currency, row.cells]
    if style.calendar is not Calendar.GREGORIAN:
        content.append(style.calendar.value)
    return Entry(
        part=part.name,
        number=row.number,
        key=key,
        group=_joined(row, part.group),
        values=Values(values),
        complaints=tuple(one for one in complaints if not _can_wait(part, one)),
        waiting=tuple(one for one in complaints if _can_wait(part, one)),
        digest=key_digest(work, kind, part.name, key),
        fingerprint=work.blinder.fingerprint(canonical_bytes(content)),
        cells=row.cells,
    )


def _can_wait(part: Part, complaint: Complaint) -> bool:
    return complaint.column is not None and part.by_name[complaint.column].can_wait


def values_of(part: Part, row: SourceRow, reader: RowReader) -> tuple[dict[str, Any], tuple[Complaint, ...]]:
    """Every cell's value, and what is wrong with the row and with its cells, in the order of the columns."""
    if any(complaint.column is None for complaint in row.complaints):
        return {}, row.complaints
    spoiled = frozenset(complaint.column or "" for complaint in row.complaints)
    values, refused = reader.read(row.cells, spoiled) if spoiled else reader.read(row.cells)
    if not refused and not row.complaints:
        return values, ()
    found = [*row.complaints, *(Complaint(part.name, row.number, name, told) for name, told in refused)]
    order = {column.name: place for place, column in enumerate(part.columns)}
    return values, tuple(sorted(found, key=lambda one: order[one.column or ""]))


def _joined(row: SourceRow, columns: Sequence[str]) -> str:
    """A key of one or several columns; empty where one of them is."""
    parts = [row.cells.get(column, "") for column in columns]
    return JOINT.join(parts) if all(parts) else ""


def _grouped(work: Work, kind: Kind, entries: Sequence[Entry]) -> tuple[tuple[Group, ...], tuple[Entry, ...]]:
    first_part = kind.parts[0].name
    members: dict[str, list[Entry]] = {}
    strays: list[Entry] = []
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        is_first = entry.part == first_part
        first = seen.setdefault((entry.part, entry.key), entry.number)
        row = entry if first == entry.number or not entry.key else _twice(entry, first)
        if row.group and (is_first or row.group in members):
            members.setdefault(row.group, []).append(row)
        else:
            strays.append(_stray(row, first_part))
    groups = tuple(
        Group(tuple(rows), key_digest(work, kind.name, f"group:{first_part}", key))
        for key, rows in members.items()
    )
    return groups, tuple(strays)


def _twice(entry: Entry, first: int) -> Entry:
    return replace(entry, complaints=(*entry.complaints, entry.complaint(ROW_TWICE(first=first))))


def _stray(entry: Entry, first_part: str) -> Entry:
    """A row of no group; one that could not be read has said why already."""
    if entry.complaints:
        return entry
    return replace(entry, complaints=(entry.complaint(ROW_WITHOUT_PARENT(part=first_part)),))
