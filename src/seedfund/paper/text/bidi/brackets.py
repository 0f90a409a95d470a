"""Brackets that open and close one another (the property Bidi_Paired_Bracket of Unicode)."""

from collections.abc import Mapping
from typing import Final

# Stretches of code points in which an opening bracket is followed by its closing one.
_ALTERNATING: Final = (
    (0x0F3A, 0x0F3D),
    (0x169B, 0x169C),
    (0x2045, 0x2046),
    (0x207D, 0x207E),
    (0x208D, 0x208E),
    (0x2308, 0x230B),
    (0x2329, 0x232A),
    (0x2768, 0x2775),
    (0x27C5, 0x27C6),
    (0x27E6, 0x27EF),
    (0x2983, 0x298C),
    (0x2991, 0x2998),
    (0x29D8, 0x29DB),
    (0x29FC, 0x29FD),
    (0x2E22, 0x2E29),
    (0x2E55, 0x2E5C),
    (0x3008, 0x3011),
    (0x3014, 0x301B),
    (0xFE59, 0xFE5E),
    (0xFF5F, 0xFF60),
    (0xFF62, 0xFF63),
)
_APART: Final = (
    "()",
    "[]",
    "{}",
    "\u298d\u2990",
    "\u298f\u298e",
    "\uff08\uff09",
    "\uff3b\uff3d",
    "\uff5b\uff5d",
)
_SAME: Final[Mapping[str, str]] = {"\u2329": "\u3008", "\u232a": "\u3009"}
"""Angle brackets that Unicode holds twice count as one another."""


def _closing() -> dict[str, str]:
    pairs = {chr(code): chr(code + 1) for first, last in _ALTERNATING for code in range(first, last, 2)}
    return pairs | {pair[0]: pair[1] for pair in _APART}


CLOSING_OF: Final[Mapping[str, str]] = _closing()
"""The closing bracket of each opening one."""
CLOSING: Final = frozenset(CLOSING_OF.values())


def canonical(bracket: str) -> str:
    """The bracket that stands for it when two are compared."""
    return _SAME.get(bracket, bracket)
