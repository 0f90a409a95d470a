"""Needles: texts that stand for what may harm a person, of which each tells, wherever it is found, whose it is.

A needle of letters ends in `qzx`, one of digits begins with `74747`, so that all of them are found in one pass over
any text or bytes, and a part of one is as telling as the whole. None of them is a word, a name or a number of anybody.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

LETTERS: Final = "qzx"
DIGITS: Final = "74747"
_CONSONANTS: Final = "bdfgklmnprstv"
_VOWELS: Final = "aeiou"
_OF_LETTERS: Final = re.compile(rf"[a-z]{{9}}{LETTERS}")
_OF_DIGITS: Final = re.compile(rf"{DIGITS}\d{{5}}")
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)[ \u00a0().-]{1,2}(?=\d)")
_HEX: Final = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{32})\b")
"""A key or a digest; one in some hundred thousand has the digits of a needle by chance."""
_BYTES: Final = re.compile(rf"(?i:[a-z]{{9}}{LETTERS})|{DIGITS}\d{{5}}".encode())


class What(StrEnum):
    """What of a person a needle stands for."""

    GIVEN = "given_names"
    FAMILY = "family_names"
    ALIAS = "alias"
    PHONE = "phone"
    ADDRESS = "address"
    SAFE_CONTACT = "safe_contact"
    NOTE = "note"
    DOCUMENT = "document"
    ACCOUNT = "account"
    HOLDER = "holder"
    BIRTH = "birth_date"
    PLACE = "place"
    """Where a household lives, as its free text says it."""
    TELLING = "telling"
    """A free text about somebody: a need, a finding, a reason, a title."""


IDENTITY: Final = frozenset(What) - {What.PLACE, What.TELLING, What.BIRTH}
"""What stands sealed wherever it is kept."""
_NUMBERS: Final = (What.PHONE, What.ACCOUNT)


@dataclass(frozen=True)
class Needle:
    """A text, what it stands for, and the row of the example whose it is."""

    text: str
    what: What
    whose: str


@dataclass
class Needles:
    """All that were made, by their text in small letters, and the days of birth."""

    known: dict[str, Needle] = field(default_factory=dict)
    days: dict[str, Needle] = field(default_factory=dict)

    def make(self, what: What, whose: str, part: str = "") -> str:
        """The needle of a thing of somebody; the same things give the same needle."""
        seed = hashlib.sha256(f"{what}|{whose}|{part}".encode()).digest()
        text = _digits(seed) if what in _NUMBERS else _letters(seed)
        standing = self.known.setdefault(text.lower(), Needle(text, what, whose))
        if (standing.what, standing.whose) != (what, whose):
            raise AssertionError(f"two needles are the same: {standing} and {what} of {whose}")
        return text

    def born(self, day: str, whose: str) -> None:
        """Remember a day of birth, as the example's files write it: 31/12/1999."""
        parts = day.split("/")
        self.days[day] = self.days["-".join(reversed(parts))] = Needle(day, What.BIRTH, whose)

    def in_text(self, text: str) -> set[Needle]:
        """The needles in a text, also where digits were set apart; what only looks like one is nobody's we know."""
        bare = _HEX.sub("#", text)
        joined = _BETWEEN_DIGITS.sub("", bare)
        found = {self._named(one) for one in _OF_LETTERS.findall(text.lower())}
        found |= {self._named(one) for one in (*_OF_DIGITS.findall(joined), *_OF_DIGITS.findall(bare))}
        return found | {needle for day, needle in self.days.items() if day in text}

    def in_bytes(self, content: bytes) -> set[Needle]:
        """The needles in raw bytes, in one of the encodings a database writes."""
        narrow = content.replace(b"\0", b"")
        return {
            self._named(one.decode().lower())
            for part in (content, narrow)
            for one in _BYTES.findall(part)
        }  # fmt: skip

    def _named(self, text: str) -> Needle:
        return self.known.get(text) or Needle(text, What.TELLING, "nobody known")

    def of(self, whose: str) -> Iterator[Needle]:
        """Every needle of somebody."""
        return (one for one in self.known.values() if one.whose == whose)


def _letters(seed: bytes) -> str:
    signs = [(_VOWELS if at % 2 else _CONSONANTS) for at in range(9)]
    word = "".join(letters[byte % len(letters)] for letters, byte in zip(signs, seed, strict=False))
    return f"{word}{LETTERS}".capitalize()


def _digits(seed: bytes) -> str:
    return f"{DIGITS}{int.from_bytes(seed[:4], 'big') % 100_000:05d}"


COLUMNS: Final[Mapping[str, Mapping[str, What]]] = {
    "members": {
        "nombres": What.GIVEN,
        "apellidos": What.FAMILY,
        "alias": What.ALIAS,
        "telefono": What.PHONE,
        "telefono_2": What.PHONE,
        "direccion": What.ADDRESS,
        "contacto_seguro": What.SAFE_CONTACT,
        "notas": What.NOTE,
        "numero_de_documento": What.DOCUMENT,
    },
    "documents": {"numero_de_documento": What.DOCUMENT},
    "payout_accounts": {"numero": What.ACCOUNT, "titular": What.HOLDER},
    "households": {"comunidad": What.PLACE},
    "savings_links": {"number": What.ACCOUNT},
}
"""The columns of the example whose cells are planted: file → column → what it holds of somebody."""
FILLED: Final = frozenset(
    ("alias", "telefono", "telefono_2", "direccion", "contacto_seguro", "notas", "titular")
)
"""Columns that are planted although the example leaves them empty."""
TELLING: Final[Mapping[str, tuple[str, ...]]] = {
    "referrals": ("need",),
    "household_goals": ("words", "note"),
    "follow_ups": ("note",),
    "interviews": ("note",),
    "placements": ("work",),
    "monitoring": ("note", "why"),
    "assessments": ("note",),
    "verifications": ("note",),
    "graduations": ("reason",),
    "plans": ("titulo",),
    "items": ("descripcion",),
    "costs": ("descripcion",),
    "sales": ("descripcion",),
    "risks": ("descripcion", "respuesta"),
    "handovers": ("descripcion", "lugar"),
    "receipts": ("descripcion", "proveedor"),
    "external_transfers": ("fuente",),
    "evidence": ("fuente",),
    "selection_places": ("reason",),
    "events": ("reason", "detail"),
    "scholarships": ("occupation",),
}
"""Columns of free text about somebody, to which a needle is added."""
