"""Identity documents and phones as people carry them. Must not know where numbers are sealed or searched.

A number warns and never blocks: a refugee may hold a card, a passport, a foreign number, or nothing
(domain: identifiers). Only what is no text of a number at all, such as `5.2E+13` from a spreadsheet, is
refused.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any, Final

from seedfund.kernel.errors import InvalidInput, Refusal, RefusalCode
from seedfund.kernel.secret import Secret


class DocumentKind(StrEnum):
    """What kind of paper proves who somebody is; `none` says that it was asked and there is none."""

    NATIONAL_ID = "national_id"
    PASSPORT = "passport"
    REFUGEE_CARD = "refugee_card"
    ASYLUM_CERTIFICATE = "asylum_certificate"
    RESIDENCE_PERMIT = "residence_permit"
    HUMANITARIAN_VISA = "humanitarian_visa"
    UNHCR_NUMBER = "unhcr_number"
    BIRTH_CERTIFICATE = "birth_certificate"
    DRIVING_LICENCE = "driving_licence"
    ELECTORAL_CARD = "electoral_card"
    TAX_ID = "tax_id"
    FOREIGN_ID = "foreign_id"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True)
class IdentityDocument:
    """A document: its kind, the country that gave it (ISO 3166, two letters, empty where unknown), its number."""

    kind: DocumentKind
    country: str
    number: Secret


@dataclass(frozen=True)
class Phone:
    """A phone number in one form for search (`+593…`, or None where it cannot be told) and as it was written."""

    international: Secret | None
    written: Secret
    warnings: tuple[Refusal, ...]


DOCUMENT_DOUBTFUL = RefusalCode(
    "document_doubtful",
    "The number of the {kind} does not look like one of {country}: its length or check digit is unusual.",
    "Compare it with the paper; if it is written so, leave it.",
)
DOCUMENT_NOT_CHECKED = RefusalCode(
    "document_not_checked",
    "The number of the {kind} was not checked.",
    "Compare it with the paper; to have it checked, install seedfund[ids].",
)
PHONE_DOUBTFUL = RefusalCode(
    "phone_doubtful",
    "The phone number does not look like one of {region}.",
    "Read it back to the person; if it is right, leave it.",
)
PHONE_NOT_CHECKED = RefusalCode(
    "phone_not_checked",
    "The phone number was not checked.",
    "Read it back to the person; to have it checked, install seedfund[phone].",
)
REFUSALS: Final = (DOCUMENT_DOUBTFUL, DOCUMENT_NOT_CHECKED, PHONE_DOUBTFUL, PHONE_NOT_CHECKED)
WARNINGS: Final = REFUSALS
"""All of them are shown and stop nothing."""

_CHECKS: Final[Mapping[tuple[str, DocumentKind], str]] = MappingProxyType(
    {
        ("EC", DocumentKind.NATIONAL_ID): "stdnum.ec.ci",
        ("EC", DocumentKind.TAX_ID): "stdnum.ec.ruc",
        ("CO", DocumentKind.TAX_ID): "stdnum.co.nit",
        ("PE", DocumentKind.NATIONAL_ID): "stdnum.pe.cui",
        ("PE", DocumentKind.TAX_ID): "stdnum.pe.ruc",
        ("VE", DocumentKind.TAX_ID): "stdnum.ve.rif",
        ("TH", DocumentKind.NATIONAL_ID): "stdnum.th.pin",
    }
)
_DIGITS_LEAST: Final = 3
_DIGITS_MOST: Final = 15
"""Of a number without its country code: of others it is not plain that they are numbers (ITU-T E.164)."""
_NUMBER_OF_A_SHEET: Final = re.compile(r"[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+", flags=re.ASCII)


def normal_number(text: str, *, field: str = "document") -> Secret:
    """A document number in one form: upper case, plain digits, no spaces, dots or dashes; leading zeros stay.

    Raises:
        InvalidInput: it is empty, a formula, or a number a spreadsheet has shortened, naming `field` and no
        more.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if written.startswith("=") or _NUMBER_OF_A_SHEET.fullmatch(written):
        raise InvalidInput(
            field=field,
            problem="a spreadsheet has turned the number into something else",
            remedy="format the column as text and enter the number from the paper again",
        )
    signs = filter(str.isalnum, written.upper())
    number = "".join(signs if written.isascii() else map(_plain_digit, signs))
    if not number:
        raise InvalidInput(field=field, problem="there is no number", remedy="give it, or the kind `none`")
    return Secret(number)


def has_check_digit(kind: DocumentKind, country: str) -> bool:
    """Whether numbers of this kind and country have a published check digit that is looked at."""
    return (country, kind) in _CHECKS


def document_warnings(document: IdentityDocument) -> tuple[Refusal, ...]:
    """What is unusual about a document's number; never a reason to refuse anything.

    Only kinds and countries with a published check digit are looked at. Thai numbers that begin with 0 or 9
    are given to people without Thai nationality and follow no published rule: they are not looked at
    either.
    """
    module = _CHECKS.get((document.country, document.kind))
    number = document.number.reveal()
    if module is None or (document.country == "TH" and number[:1] in ("0", "9")):
        return ()
    try:
        is_valid: Callable[[str], bool] = import_module(module).is_valid
    except ModuleNotFoundError:
        return (DOCUMENT_NOT_CHECKED(kind=document.kind.value),)
    if is_valid(number):
        return ()
    return (DOCUMENT_DOUBTFUL(kind=document.kind.value, country=document.country),)


def normal_phone(text: str, region: str) -> Phone:
    """A phone number as it is dialled from anywhere (E.164), with what is doubtful about it; never refused.

    `region` is the country (ISO 3166, two letters) of numbers written without a country code.
    """
    written = Secret(text.strip())
    dialled = _dialled(text)
    try:
        numbers = import_module("phonenumbers")
    except ModuleNotFoundError:
        international = Secret(dialled) if dialled.startswith("+") else None
        return Phone(international, written, (PHONE_NOT_CHECKED(),))
    try:
        parsed = _international(numbers, dialled) or numbers.parse(dialled, region)
    except numbers.NumberParseException:
        return Phone(None, written, (PHONE_DOUBTFUL(region=region),))
    international = Secret(numbers.format_number(parsed, numbers.PhoneNumberFormat.E164))
    if numbers.is_valid_number(parsed):
        return Phone(international, written, ())
    return Phone(international, written, (PHONE_DOUBTFUL(region=region),))


def _international(numbers: ModuleType, dialled: str) -> Any:
    """What `parse` makes of a plus, a country code and digits, eight times as fast; None where `parse` has to look.

    It looks where a zero or what is dialled within the country may stand in front, and at others written otherwise.
    """
    if not dialled.startswith("+"):
        return None
    for end in range(2, 5):
        regions = numbers.COUNTRY_CODE_TO_REGION_CODE.get(int(dialled[1:end] or 0))
        if regions is not None:
            break
    else:
        return None
    code, national = int(dialled[1:end]), dialled[end:]
    if not _DIGITS_LEAST <= len(national) <= _DIGITS_MOST or national[0] == "0":
        return None
    about = numbers.PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
    within = about.national_prefix_for_parsing
    if within and re.match(within, national):
        return None
    return numbers.PhoneNumber(country_code=code, national_number=int(national))


def _dialled(text: str) -> str:
    """Digits of any script as plain ones, and a plus in front where it was written so."""
    written = unicodedata.normalize("NFKC", text).strip()
    if written.isascii():
        digits = "".join(filter(str.isdecimal, written))
    else:
        digits = "".join(_plain_digit(sign) for sign in written if sign.isdecimal())
    return f"+{digits}" if written.startswith("+") else digits


def _plain_digit(sign: str) -> str:
    return str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
