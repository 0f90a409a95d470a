"""What stands on a person's identity sheet, and the keys by which the person is found. Must not know how it is sealed.

The keys are as sensitive as what they come from: they are only ever hashed with a secret key.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import InvalidInput, RefusalCode
from seedfund.kernel.secret import Secret
from seedfund.people.names import search_keys
from seedfund.people.rules.documents import DocumentKind, Phone, normal_number
from seedfund.people.rules.participation import PersonField

PHONE_TAIL: Final = 8
"""How many last digits of a phone number find it, with or without a country code in front."""

NAME_HAS_HIDDEN_MARKS = RefusalCode(
    "name_has_hidden_marks",
    "A name holds marks that cannot be seen, such as those that turn the direction of writing.",
    "Type the name again by hand; it is kept as it came.",
)
REFUSALS: Final = (NAME_HAS_HIDDEN_MARKS,)
WARNINGS: Final = REFUSALS

_HIDDEN: Final = frozenset(
    "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)


@dataclass(frozen=True)
class Identity:
    """What can harm a person if others read it. Every value is a `Secret`; a name or an alias is enough.

    Each sheet holds secrets of its own, even where two people were given the same object, because a secret is sealed
    under the key of one person.
    """

    given_names: Secret | None = None
    family_names: Secret | None = None
    alias: Secret | None = None
    phones: tuple[Secret, ...] = ()
    address: Secret | None = None
    safe_contact_note: Secret | None = None
    notes: Secret | None = None

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, tuple):
                object.__setattr__(self, name, tuple(Secret(part.reveal()) for part in value))
            elif value is not None:
                object.__setattr__(self, name, Secret(value.reveal()) if value.reveal().strip() else None)

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """Every value that is there."""
        return tuple(self._values())

    @property
    def printed(self) -> Secret:
        """The name as papers print it: given names, then family names; the alias where there is none."""
        parts = [part.reveal().strip() for part in (self.given_names, self.family_names) if part]
        if not parts and self.alias is not None:
            return self.alias
        return Secret(" ".join(parts))

    @property
    def filled(self) -> frozenset[PersonField]:
        """Which fields of a person this sheet fills."""
        found = set()
        if self.given_names or self.family_names or self.alias:
            found.add(PersonField.NAME_OR_ALIAS)
        if self.given_names and self.family_names:
            found.add(PersonField.FULL_NAME)
        if self.phones or self.address or self.safe_contact_note:
            found.add(PersonField.CONTACT)
        return frozenset(found)

    @property
    def name_keys(self) -> tuple[Secret, ...]:
        """The keys of the name and of the alias, without repeats."""
        names = [self.printed, *([self.alias] if self.alias else [])]
        keys = {key for name in names for key in search_keys(name.reveal())}
        return tuple(Secret(key) for key in sorted(keys))

    @property
    def has_hidden_marks(self) -> bool:
        """Whether a name holds marks that nobody sees and that have no place in any script's names."""
        names = (self.given_names, self.family_names, self.alias)
        shown = "".join([name.reveal() for name in names if name])
        return not shown.isascii() and not _HIDDEN.isdisjoint(shown)

    def _values(self) -> Iterator[Secret]:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from value
            elif value is not None:
                yield value


@dataclass(frozen=True)
class DocumentEntry:
    """A document as it is entered: kind, country (ISO 3166, two letters, empty where unknown) and number.

    The kind `none` has no number: it says that the person was asked and has no document.

    Raises:
        InvalidInput: the number is missing, or stands beside the kind `none`.
    """

    kind: DocumentKind
    country: str = ""
    number: Secret | None = None

    def __post_init__(self) -> None:
        if (self.kind is DocumentKind.NONE) != (self.number is None):
            raise InvalidInput(
                field="document",
                problem=f"a document of the kind {self.kind} and its number do not go together",
                remedy="give the number, or the kind none without a number",
            )
        if self.number is not None:
            object.__setattr__(self, "number", Secret(self.number.reveal()))


def plain_text(text: str, *, field: str, most: int) -> str:
    """A short text that stands in clear: outer space taken off, no control signs, at most `most` characters.

    Raises:
        InvalidInput: it is longer, or holds signs that cannot be printed.
    """
    plain = text.strip()
    if len(plain) > most or not plain.isprintable():
        raise InvalidInput(
            field=field,
            problem="the text is too long or holds signs that cannot be printed",
            remedy=f"give at most {most} characters on one line, without names of people",
        )
    return plain


def number_key(number: Secret, *, field: str = "document") -> Secret:
    """The key by which a document or account is found again, in whatever way it was written.

    Leading zeros do not count, because spreadsheets lose them; neither do kind and country, because the same card is
    called a national id by one officer and a foreign id by another.

    Raises:
        InvalidInput: there is no digit in it, as in "N/A", or a spreadsheet has spoiled it.
    """
    normal = normal_number(number.reveal(), field=field).reveal()
    if not (normal[-1].isdigit() or any(sign.isdigit() for sign in normal)):
        raise InvalidInput(
            field=field, problem="there is no digit in the number", remedy="give it, or the kind `none`"
        )
    return Secret(normal.lstrip("0") or "0")


def phone_keys(phone: Phone) -> tuple[Secret, ...]:
    """The keys of a phone number: as dialled from anywhere, and its last digits."""
    keys = {f"e:{phone.international.reveal()}"} if phone.international else set()
    shown = phone.international or phone.written
    digits = "".join(sign for sign in shown.reveal() if sign.isdecimal())
    if digits:
        keys.add(f"t:{digits[-PHONE_TAIL:]}")
    return tuple(Secret(key) for key in sorted(keys))
