"""Where identity comes from: `Ids` handed in by the host. The only module that draws random numbers for keys.

A key is a UUIDv7 (RFC 9562) written as 32 lower-case hexadecimal digits: it sorts by time and needs no
conversion on its way to the database.
"""

import secrets
from datetime import datetime
from itertools import count
from typing import NewType, Protocol

Key = NewType("Key", str)


class Ids(Protocol):
    """Makes keys."""

    def key(self, now: datetime) -> Key:
        """A fresh key that sorts after those made at an earlier instant."""
        ...


def uuid7(milliseconds: int, random_a: int, random_b: int) -> Key:
    """The UUIDv7 of a Unix time in milliseconds, 12 and 62 random bits (RFC 9562 §5.7)."""
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | (random_a & 0xFFF) << 64
    value |= 0b10 << 62 | (random_b & (2**62 - 1))
    return Key(f"{value:032x}")


class RandomIds:
    """UUIDv7 keys from the system's random source; within one millisecond a counter keeps them rising."""

    def __init__(self) -> None:
        self._last = 0
        self._step = 0

    def key(self, now: datetime) -> Key:
        """A fresh key for the instant."""
        milliseconds = int(now.timestamp() * 1000)
        if milliseconds <= self._last and self._step < 0xFFF:
            milliseconds, self._step = self._last, self._step + 1
        else:
            milliseconds = max(milliseconds, self._last + (self._step >= 0xFFF))
            self._last, self._step = milliseconds, secrets.randbits(8)
        return uuid7(milliseconds, self._step, secrets.randbits(62))


class CountingIds:
    """Keys that count up from one: the same run gives the same keys. For tests and the demo."""

    def __init__(self, start: int = 1):
        self._count = count(start)

    def key(self, now: datetime) -> Key:
        """The next key; the instant fills the time bits."""
        return uuid7(int(now.timestamp() * 1000), 0, next(self._count))
