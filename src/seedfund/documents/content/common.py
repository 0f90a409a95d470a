"""What all papers share: people, organisation, signatures, and the base of every content value.

A paper is issued from a content value and from nothing else; its hash is taken over `to_json`. Texts a person
wrote stand in the fields as they were written, in the language of the paper. No content shows itself in `repr`.

Must not know layouts, wording or storage.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

from seedfund.kernel import codec
from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money, total

HASH_DOMAIN: Final = "seedfund.paper.v1"


class OwnerKind(StrEnum):
    """Whose grant it is."""

    PERSON = "person"
    HOUSEHOLD = "household"
    GROUP = "group"
    ORGANISATION = "organisation"


class SignRole(StrEnum):
    """In which capacity somebody signs."""

    ORGANISATION = "organisation"
    PARTICIPANT = "participant"
    PAYEE = "payee"
    DELIVERER = "deliverer"
    RECEIVER = "receiver"
    CASHIER = "cashier"
    PAYER = "payer"
    EXPERT = "expert"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"
    WITNESS = "witness"


class SignMethod(StrEnum):
    """How somebody signs (domain: signature alternatives)."""

    WET = "wet"
    THUMBPRINT = "thumbprint"
    AT_REQUEST = "at_request"
    ELECTRONIC = "electronic"
    SCANNED = "scanned"


class Finger(StrEnum):
    """Which finger gave a print."""

    RIGHT_THUMB = "right_thumb"
    LEFT_THUMB = "left_thumb"
    RIGHT_INDEX = "right_index"
    LEFT_INDEX = "left_index"
    OTHER = "other_finger"


class PaymentMethod(StrEnum):
    """How money or goods reach the payee."""

    BANK = "bank"
    MOBILE_MONEY = "mobile_money"
    CASH = "cash"
    CHEQUE = "cheque"
    WITHDRAWAL_CODE = "withdrawal_code"
    VOUCHER = "voucher"
    IN_KIND = "in_kind"


class Quiet:
    """A value that names people and therefore never shows itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"


@dataclass(frozen=True, kw_only=True, repr=False)
class Organisation(Quiet):
    """The organisation that grants, and who signs for it with which power."""

    name: str
    tax_id: str
    address: str
    representative: str
    representative_document: str
    representative_position: str
    authority: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Person(Quiet):
    """A person as a paper names one; `document` is printed as given and empty when there is none."""

    name: str
    document: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Owner(Quiet):
    """Whose grant it is; `person` signs, for itself or for the household, group or organisation of that name."""

    kind: OwnerKind
    person: Person
    name: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Payee(Quiet):
    """Who receives the money and how; `account` is masked, `relation` says what the payee is to the owner."""

    person: Person
    method: PaymentMethod
    account: str = ""
    relation: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Signatory(Quiet):
    """Somebody who signs; `at_request` is the person who signs for one who cannot (firma a ruego)."""

    role: SignRole
    name: str
    document: str = ""
    method: SignMethod = SignMethod.WET
    finger: Finger | None = None
    at_request: Person | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True, repr=False)
class Content(Quiet):
    """What every paper has: number, place and day, programme and fund, the organisation, who signs."""

    paper: ClassVar[str] = ""

    number: str
    place: str
    dated_on: date
    programme: str
    fund: str
    donor: str
    organisation: Organisation
    signatories: tuple[Signatory, ...]
    witnesses: tuple[Signatory, ...] = ()
    read_aloud_by: str = ""
    interpreter: str = ""
    spoken_language: str = ""
    languages: tuple[str, ...] = ("es",)
    prevailing_language: str = "es"
    copies: int = 2

    @property
    def wording(self) -> str:
        """Which template says it: that of its paper, unless the paper has several kinds with a wording each."""
        return self.paper

    def to_json(self) -> dict[str, Any]:
        """Plain data: money as minor units and currency, days as ISO dates, quantities as text."""
        return {"paper": self.paper, **codec.encode(self, [])}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The content of plain data.

        Raises:
            InvalidInput: another paper, or a field is missing, unknown or of another kind.
        """
        if data.get("paper") != cls.paper:
            raise InvalidInput(
                field="paper", problem="this is the content of another paper", remedy=f"give {cls.paper}"
            )
        return codec.decode(cls, {name: value for name, value in data.items() if name != "paper"})


def content_hash(data: Mapping[str, Any]) -> str:
    """SHA-256 in hex over the canonical bytes of a content's plain data, under its own domain word."""
    return digest(HASH_DOMAIN, canonical_bytes(data))


def require_sum(field: str, parts: Iterable[Money], whole: Money) -> None:
    """Do nothing when the parts are of the whole's currency and sum to it.

    Raises:
        InvalidInput: they do not, naming the field.
    """
    found = total(parts, whole.currency)
    if found != whole:
        raise InvalidInput(
            field=field, problem=f"it sums to {found}, not {whole}", remedy="correct the lines"
        )
