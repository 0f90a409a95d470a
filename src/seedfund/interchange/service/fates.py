"""What becomes of each row, kept by where it stands: some hundred bytes a row, whatever the row holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from seedfund.interchange.kinds.base import Entry
from seedfund.interchange.reader import Complaint, Sheet
from seedfund.interchange.tables import OUTCOMES
from seedfund.kernel.errors import Refusal

_DIGEST: Final = 32
_NOTHING_YET: Final = 255


@dataclass(frozen=True)
class Fate:
    """What becomes of a row: the outcome, why, the number it got, and whether it was taken before and differs now."""

    outcome: str
    complaints: Sequence[Complaint] = ()
    number: str | None = None
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A row's digests with what became of it, as the record keeps it."""

    key_digest: str
    fingerprint: str
    outcome: str
    complaints: Sequence[Complaint]
    number: str | None


class _OfPart:
    """The rows of a part."""

    def __init__(self, rows: int):
        self.outcomes: Final = bytearray([_NOTHING_YET]) * rows
        self.digests: Final = bytearray(2 * _DIGEST * rows)
        self.numbers: Final[list[str | None]] = [None] * rows
        self.complaints: Final[dict[int, tuple[Complaint, ...]]] = {}


class Fates:
    """The fate of every row of the sheets."""

    def __init__(self, sheets: Sequence[Sheet]):
        self._parts: Final = {sheet.part.name: _OfPart(len(sheet.rows)) for sheet in sheets}
        self._alike: Final[dict[tuple[str, tuple[tuple[str, str], ...]], Refusal]] = {}
        self.edited: int = 0

    def note(self, entry: Entry, fate: Fate) -> None:
        """Say what becomes of a row."""
        part, place = self._parts[entry.part], entry.place
        part.outcomes[place] = OUTCOMES.index(fate.outcome)
        part.numbers[place] = fate.number
        part.digests[place * 2 * _DIGEST : (place + 1) * 2 * _DIGEST] = bytes.fromhex(
            entry.digest + entry.fingerprint
        )
        if fate.complaints:
            part.complaints[place] = tuple(self._shared(one) for one in fate.complaints)
        self.edited += fate.is_edited

    def number_of(self, entry: Entry) -> str | None:
        """The number a row got; None where it got none."""
        return self._parts[entry.part].numbers[entry.place]

    def count(self, outcome: str) -> int:
        """How many rows came to it."""
        word = OUTCOMES.index(outcome)
        return sum(part.outcomes.count(word) for part in self._parts.values())

    def give_up(self) -> None:
        """A file about money is not taken in part: what would have been accepted is held back."""
        accepted, held_back = OUTCOMES.index("accepted"), OUTCOMES.index("held_back")
        for part in self._parts.values():
            part.outcomes[:] = part.outcomes.replace(bytes([accepted]), bytes([held_back]))
            part.numbers[:] = [None] * len(part.numbers)

    def told(self, part: str) -> Iterator[Told]:
        """What became of each row of a part, in the order of the file."""
        found = self._parts[part]
        for place, outcome in enumerate(found.outcomes):
            digests = found.digests[place * 2 * _DIGEST : (place + 1) * 2 * _DIGEST].hex()
            yield Told(
                digests[: 2 * _DIGEST],
                digests[2 * _DIGEST :],
                OUTCOMES[outcome],
                found.complaints.get(place, ()),
                found.numbers[place],
            )

    def complaints(self) -> tuple[Complaint, ...]:
        """Every complaint in the order of parts and rows."""
        return tuple(
            chain.from_iterable(
                told for part in self._parts.values() for _, told in sorted(part.complaints.items())
            )
        )

    def _shared(self, complaint: Complaint) -> Complaint:
        """A complaint whose refusal is kept once, however many rows it is told of."""
        refusal = complaint.refusal
        kept = self._alike.setdefault((refusal.code, tuple(refusal.facts.items())), refusal)
        return Complaint(complaint.part, complaint.row, complaint.column, kept)
