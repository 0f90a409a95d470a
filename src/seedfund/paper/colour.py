"""What the colours of a paper are: sRGB, as a profile made here from its published numbers (IEC 61966-2-1).

Archives ask that a file says what its reds and greys mean (ISO 19005-3, 6.2.3). A profile of version 4 with three
primaries and one curve says it in few bytes (ICC.1:2010, 8.3 and 10). Must not know pages.
"""

import struct
from collections.abc import Iterable
from functools import cache
from typing import Final

NAME: Final = "sRGB IEC61966-2.1"
_WHITE: Final = (0.9642, 1.0, 0.8249)
"""D50, the white that all profiles meet in."""
_PRIMARIES: Final = {
    b"rXYZ": (0.4360747, 0.2225045, 0.0139322),
    b"gXYZ": (0.3850649, 0.7168786, 0.0971045),
    b"bXYZ": (0.1430804, 0.0606169, 0.7141733),
}
"""Red, green and blue of sRGB seen under D50."""
_ADAPTED: Final = (
    *(1.0478112, 0.0228866, -0.0501270),
    *(0.0295424, 0.9904844, -0.0170491),
    *(-0.0092345, 0.0150436, 0.7521316),
)
"""How D65, the white of screens, becomes D50 (Bradford)."""
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""From a number in a file to light: a straight piece near black, then a power."""
_CURVE_WITH_STRAIGHT_PIECE: Final = 3


@cache
def srgb_profile() -> bytes:
    """The profile; always the same bytes."""
    tags = {
        b"desc": _words(NAME),
        b"cprt": _words("Public domain: numbers of IEC 61966-2-1"),
        b"wtpt": _point(_WHITE),
        b"chad": _numbers(b"sf32", _ADAPTED),
        **{name: _point(point) for name, point in _PRIMARIES.items()},
        b"rTRC": (curve := _curve()),
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body = _table(tags)
    size = 128 + len(table) + len(body)
    return _head(size) + table + body


def _head(size: int) -> bytes:
    """What the profile is for: a screen, red, green and blue, seen by the eye; made on a fixed day."""
    made_on = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    return b"".join(
        [
            struct.pack(">I4xI4s4s4s", size, 0x04300000, b"mntr", b"RGB ", b"XYZ "),
            made_on,
            b"acsp",
            bytes(28),
            _fixed(_WHITE),
            bytes(48),
        ]
    )


def _table(tags: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """Where each tag stands, and the tags; those with the same content stand once."""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for content in tags.values():
        if content not in places:
            places[content] = start + len(body)
            body += content + bytes(-len(content) % 4)
    rows = [struct.pack(">4sII", name, places[content], len(content)) for name, content in tags.items()]
    return struct.pack(">I", len(tags)) + b"".join(rows), body


def _fixed(numbers: Iterable[float]) -> bytes:
    """Numbers with sixteen bits behind the point."""
    return b"".join([struct.pack(">i", round(number * 65536)) for number in numbers])


def _numbers(kind: bytes, numbers: Iterable[float]) -> bytes:
    return kind + bytes(4) + _fixed(numbers)


def _point(point: Iterable[float]) -> bytes:
    return _numbers(b"XYZ ", point)


def _curve() -> bytes:
    return b"para" + bytes(4) + struct.pack(">HH", _CURVE_WITH_STRAIGHT_PIECE, 0) + _fixed(_CURVE)


def _words(text: str) -> bytes:
    """A text in one language."""
    said = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(said), 28) + said
