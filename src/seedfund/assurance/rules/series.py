"""Series of numbers: given one after the other, carried by something, none twice. Pure."""

import re
from typing import Final

FORM: Final = re.compile(r"(?P<series>[^\s]+)-(?P<year>\d{4})-(?P<number>\d{4,8})", flags=re.ASCII)


def parse_number(text: str) -> tuple[str, int, int] | None:
    """Series, year and running number of `SC-2026-0042`; None for a text of another form."""
    found = FORM.fullmatch(text)
    return (found["series"], int(found["year"]), int(found["number"])) if found else None


class Series:
    """One series of a year: which of its numbers are carried, as a bitmap, so that memory stays small."""

    def __init__(self, last: int):
        self.last = last
        self.beyond: int | None = None
        self._seen = bytearray()

    def see(self, number: int) -> None:
        """Note that something carries the number."""
        if not 1 <= number <= self.last:
            self.beyond = number if self.beyond is None else min(number, self.beyond)
            return
        place = number >> 3
        if place >= len(self._seen):
            self._seen.extend(bytes(place + 1 - len(self._seen)))
        self._seen[place] |= 1 << (number & 7)

    def first_gap(self) -> int | None:
        """The lowest number that was given and that nothing carries."""
        upto = min(self.last, 8 * len(self._seen))
        for number in range(1, upto + 1):
            place = number >> 3
            if place >= len(self._seen) or not self._seen[place] & (1 << (number & 7)):
                return number
        return upto + 1 if upto < self.last else None
