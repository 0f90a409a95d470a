"""MT940 (SWIFT customer statement) to statements: fields by their tags, two-digit years, commas for decimals.

Banks differ in the free text of field 86: its known shapes (`?20` subfields, `/REMI/` words, SEPA marks) are told
apart, any other is kept whole. A day that does not exist, such as the 30 February of a 30-day month, is unread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from seedfund.interchange.rules.statements import (
    STATEMENT_EMPTY,
    STATEMENT_FIELD_BROKEN,
    STATEMENT_TOO_LONG,
    STATEMENT_WITHOUT,
)
from seedfund.interchange.statements.value import (
    Statement,
    StatementEntry,
    StatementUnreadable,
    first_day,
    read_amount,
)
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret

ENTRIES_MAX: Final = 100_000
_TAG: Final = re.compile(r":(\d{2}[A-Z]?):(.*)", flags=re.ASCII | re.DOTALL)
_BALANCE: Final = re.compile(r"([CD])(\d{6})([A-Z]{3})(\d[\d,]*)", flags=re.ASCII)
_LINE: Final = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?(?P<mark>R[CD]|E[CD]|[CD])(?P<funds>[A-Z])?(?P<amount>\d[\d,]*)"
    r"(?P<kind>[A-Z][A-Z0-9]{3})?(?P<rest>.*)",
    flags=re.ASCII | re.DOTALL,
)
_SUBFIELD: Final = re.compile(r"\?(\d{2})", flags=re.ASCII)
_WORD: Final = re.compile(
    r"/(EREF|REMI|NAME|BENM|ORDP|IBAN|MARF|CSID|PREF|TRCD|BIC|ADDR|RTRN)/", flags=re.ASCII
)
_MARK: Final = re.compile(r"(EREF|SVWZ|KREF|MREF|CRED|IBAN|ABWA)\+", flags=re.ASCII)
_NO_REFERENCE: Final = ("NONREF", "NOTPROVIDED")
_CENTURY: Final = 2000
_FAR_DAYS: Final = 183


def looks_like_mt940(content: bytes) -> bool:
    """Whether bytes begin as MT940 does, with or without the envelope of SWIFT."""
    head = content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith((b"{1:", b":20:", b":940:")) or (
        b":20:" in head and b":25" in head and b":60" in head
    )


def read_mt940(content: bytes) -> tuple[Statement, ...]:
    """Every statement of a file.

    Raises:
        StatementUnreadable: it holds no statement, or a field is not written as MT940 has it.
    """
    found = [_statement(fields) for fields in _messages(_decoded(content))]
    if not found:
        raise StatementUnreadable(STATEMENT_EMPTY())
    return tuple(found)


def _decoded(content: bytes) -> str:
    """SWIFT writes ASCII; banks that write names add UTF-8, or Windows' Western letters."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


@dataclass(slots=True)
class _Field:
    tag: str
    line: int
    text: str


def _fields(text: str) -> Iterator[_Field]:
    """The fields in order; a line without a tag continues the field before it."""
    current: _Field | None = None
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        plain = line.rstrip()
        if plain in ("-", "}") or plain.startswith(("{", "-}")):
            continue
        match = _TAG.fullmatch(plain)
        if match is not None:
            if current is not None:
                yield current
            current = _Field(match[1], number, match[2])
        elif current is not None:
            current.text += f"\n{plain}"
    if current is not None:
        yield current


def _messages(text: str) -> Iterator[list[_Field]]:
    """The fields of each statement; each begins with the field 20."""
    fields: list[_Field] = []
    for one in _fields(text):
        if one.tag == "20":
            if fields:
                yield fields
            fields = []
        if one.tag == "20" or fields:
            fields.append(one)
    if fields:
        yield fields


@dataclass(slots=True)
class _Draft:
    """A statement while its fields are read."""

    reference: str
    line: int
    sequence: str = ""
    number: str = ""
    opening: _Field | None = None
    closing: _Field | None = None
    entries: list[tuple[_Field, str]] = field(default_factory=list)


def _statement(fields: Sequence[_Field]) -> Statement:
    draft = _Draft(fields[0].text.strip()[:80], fields[0].line)
    for one in fields:
        _take(draft, one)
    if not draft.reference:
        raise StatementUnreadable(STATEMENT_WITHOUT(line=draft.line, path="20"))
    unread: dict[str, str] = {}
    opening, currency, from_day = _balance(draft.opening, "opening", unread)
    closing, other, until_day = _balance(draft.closing, "closing", unread)
    currency = currency or other
    entries: list[StatementEntry] = []
    not_booked = 0
    for told, text in draft.entries:
        entry = _entry(told, text, currency, position=len(entries) + 1)
        if entry is None:
            not_booked += 1
        else:
            entries.append(entry)
    return Statement(
        reference=draft.reference,
        sequence=draft.sequence,
        number=Secret(draft.number) if draft.number else None,
        currency=currency,
        from_day=first_day(from_day, until_day, entries),
        until_day=until_day,
        opening=opening,
        closing=closing,
        entries=tuple(entries),
        not_booked=not_booked,
        unread=unread,
    )


def _take(draft: _Draft, one: _Field) -> None:
    """Put a field where it belongs; those of no use here (64, 65, 13D …) are passed over."""
    if one.tag in ("25", "25P"):
        draft.number = one.text.strip().split("\n")[0]
    elif one.tag in ("28", "28C"):
        draft.sequence = one.text.strip()[:40]
    elif one.tag in ("60F", "60M"):
        draft.opening = one
    elif one.tag in ("62F", "62M"):
        draft.closing = one
    elif one.tag == "61":
        draft.entries.append((one, ""))
        if len(draft.entries) > ENTRIES_MAX:
            raise StatementUnreadable(STATEMENT_TOO_LONG(most=ENTRIES_MAX))
    elif one.tag == "86" and draft.entries and not draft.closing:
        told, before = draft.entries[-1]
        draft.entries[-1] = (told, f"{before}\n{one.text}".strip())


def _balance(one: _Field | None, name: str, unread: dict[str, str]) -> tuple[Money | None, str, date | None]:
    if one is None:
        return None, "", None
    match = _BALANCE.fullmatch(one.text.strip())
    if match is None:
        raise StatementUnreadable(STATEMENT_FIELD_BROKEN(field=one.tag, line=one.line))
    side, day, currency, text = match.groups()
    amount = read_amount(text, currency, decimal=",")
    if amount is None:
        unread[name] = one.text.strip()[:60]
    elif side == "D":
        amount = -amount
    return amount, currency, _day(day)


def _day(text: str) -> date | None:
    """The day of `261130`; None where there is none."""
    try:
        return date(_CENTURY + int(text[:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None


def _booking(value: date | None, text: str | None, year: str) -> date | None:
    """The day of `1130` in the year that brings it nearest to the value date."""
    if not text:
        return value
    years = [value.year - 1, value.year, value.year + 1] if value is not None else [_CENTURY + int(year)]
    found = []
    for one in years:
        try:
            found.append(date(one, int(text[:2]), int(text[2:4])))
        except ValueError:
            continue
    if value is None:
        return found[0] if found else None
    return min(found, key=lambda day: abs((day - value).days), default=None)


def _entry(told: _Field, text: str, currency: str, *, position: int) -> StatementEntry | None:
    """An entry, or None where the bank only expects it (EC, ED)."""
    head, _, extra = told.text.partition("\n")
    match = _LINE.fullmatch(head.strip())
    if match is None:
        raise StatementUnreadable(STATEMENT_FIELD_BROKEN(field="61", line=told.line))
    mark = match["mark"]
    if mark.startswith("E"):
        return None
    unread: dict[str, str] = {}
    value = _day(match["value"])
    booked = _booking(value, match["entry"], match["value"][:2])
    if value is None:
        unread["value_date"] = match["value"]
    if booked is None:
        unread["booking_date"] = match["entry"] or match["value"]
    amount = read_amount(match["amount"], currency, decimal=",")
    # RC takes a credit back and RD a debit, so money moves the other way.
    is_out = mark in ("D", "RC")
    if amount is None:
        unread["amount"] = f"{mark} {currency} {match['amount']}"[:60]
    elif is_out:
        amount = -amount
    ours, _, bank = match["rest"].partition("//")
    parts = _text_parts(text)
    return StatementEntry(
        position=position,
        reference=_reference(bank),
        end_to_end=_reference(parts.get("reference", "")) or _reference(ours),
        booking_date=booked,
        value_date=value,
        amount=amount,
        is_reversal=mark in ("RC", "RD"),
        counterparty=_secret(parts.get("name", "")),
        account=_secret(parts.get("account", "")),
        remittance=_secret(" ".join(one for one in (parts.get("text", ""), extra.strip()) if one)),
        code=match["kind"] or "",
        unread=unread,
    )


def _reference(text: str) -> str:
    plain = text.strip().split("\n")[0][:80].strip()
    return "" if plain.upper() in _NO_REFERENCE else plain


def _secret(text: str) -> Secret | None:
    plain = " ".join(text.split())
    return Secret(plain) if plain else None


def _text_parts(text: str) -> dict[str, str]:
    """What field 86 tells, as far as its shape is known: text, reference, name, account."""
    joined = text.replace("\n", "")
    if _SUBFIELD.search(joined):
        return _subfields(joined)
    if _WORD.search(joined):
        return _words(joined)
    return {"text": text.replace("\n", " ")}


def _subfields(text: str) -> dict[str, str]:
    parts = _SUBFIELD.split(text)
    told: dict[str, str] = {}
    for code, piece in zip(parts[1::2], parts[2::2], strict=True):
        number = int(code)
        if 20 <= number <= 29 or 60 <= number <= 63:
            told["text"] = told.get("text", "") + piece
        elif number in (32, 33):
            told["name"] = told.get("name", "") + piece
        elif number == 31:
            told["account"] = piece.strip()
    marks = _MARK.split(told.get("text", ""))
    by_mark = dict(zip(marks[1::2], marks[2::2], strict=True))
    if by_mark:
        told["reference"] = by_mark.get("EREF", "")
        told["text"] = " ".join(piece for piece in (marks[0], by_mark.get("SVWZ", "")) if piece.strip())
    return told


def _words(text: str) -> dict[str, str]:
    pieces = _WORD.split(text)
    by_word = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    names = [by_word[word] for word in ("NAME", "BENM", "ORDP") if by_word.get(word, "").strip("/ ")]
    return {
        "reference": by_word.get("EREF", "").strip("/ "),
        "text": by_word.get("REMI", "").strip("/ ") or pieces[0].strip("/ "),
        "name": names[0].strip("/ ") if names else "",
        "account": by_word.get("IBAN", "").strip("/ "),
    }
