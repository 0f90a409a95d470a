"""The records before and after the rows of a provider's text: cut off by their place. Must not know what they say."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from seedfund.interchange.reader.sheet import Broken, Raw
from seedfund.kernel.errors import Refused
from seedfund.payouts.rules import FileForm, LayoutRecord, LayoutTerms, RecordPlace
from seedfund.payouts.rules.refusals import RECORDS_MISSING

_BOM: Final = "\ufeff"


@dataclass(frozen=True)
class RecordRead:
    """A record as it was read: its line, its place, how it is declared, its cells and what was too much in it."""

    line: int
    place: RecordPlace
    declared: LayoutRecord
    cells: Sequence[str]
    is_longer: bool


@dataclass(frozen=True)
class Cut:
    """A file without its records: the bytes of its rows, how many lines stand before them, and the records."""

    body: bytes
    before: int
    records: Sequence[RecordRead]


def cut_records(content: bytes, terms: LayoutTerms) -> Cut:
    """Cut the records of a layout off a text; lines without content are none.

    Raises:
        Refused: `payout_records_missing`.
        UnicodeDecodeError: it is not written in the layout's encoding.
    """
    lead, trail = len(terms.lead_in), len(terms.trailer)
    text = content.decode(terms.encoding).removeprefix(_BOM)
    lines = io.StringIO(text, newline="").readlines()
    filled = [number for number, line in enumerate(lines) if line.strip()]
    if len(filled) < lead + trail:
        raise Refused([RECORDS_MISSING(found=len(filled), wanted=lead + trail)])
    first = filled[lead - 1] + 1 if lead else 0
    last = filled[-trail] if trail else len(lines)
    places = [*filled[:lead], *filled[len(filled) - trail :]]
    declared = [(place, record) for place, _, record in terms.records]
    records = [
        _read(terms, (place, record), number + 1, lines[number].rstrip("\r\n"))
        for (place, record), number in zip(declared, places, strict=True)
    ]
    return Cut("".join(lines[first:last]).encode(terms.encoding), first, records)


def _read(
    terms: LayoutTerms, declared: tuple[RecordPlace, LayoutRecord], number: int, line: str
) -> RecordRead:
    place, record = declared
    wanted = len(record.cells)
    if terms.form is FileForm.FIXED:
        widths = [cell.width for cell in record.cells]
        edges = [sum(widths[:end]) for end in range(wanted + 1)]
        cells = [line[start:end].strip() for start, end in pairwise(edges)]
        return RecordRead(number, place, record, cells, bool(line[edges[-1] :].strip()))
    found = [cell.strip() for cell in next(csv.reader([line], delimiter=terms.delimiter))]
    cells = [*found[:wanted], *[""] * (wanted - len(found))]
    return RecordRead(number, place, record, cells, any(found[wanted:]))


def moved(rows: Iterable[Raw], before: int) -> Iterator[Raw]:
    """Rows with the numbers that they have in the whole file.

    Raises:
        Broken: the file stops making sense.
    """
    try:
        for row in rows:
            yield row._replace(number=row.number + before)
    except Broken as error:
        raise Broken(error.row + before, error.refusal) from None
