"""camt.053 (ISO 20022, Bank-to-Customer Statement), versions 02 to 13, to statements. Must not know accounts of ours.

What the versions write differently: the status as text or as code, names below the party or one level deeper, the
amount of a transaction among its details or beside them. Other messages are refused by their name.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from seedfund.interchange.rules.statements import (
    STATEMENT_EMPTY,
    STATEMENT_OTHER_MESSAGE,
    STATEMENT_TOO_LONG,
    STATEMENT_WITHOUT,
)
from seedfund.interchange.statements.value import (
    BatchDetail,
    Statement,
    StatementEntry,
    StatementUnreadable,
    first_day,
    read_amount,
    read_day,
)
from seedfund.interchange.statements.xml import Element, Reader
from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret

ENTRIES_MAX: Final = 100_000
REFERENCE_MAX: Final = 80
_MESSAGE: Final = re.compile(
    r"urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3}\.\d{3}\.\d{2})", flags=re.ASCII
)
_READ: Final = frozenset(f"camt.053.001.{version:02}" for version in range(2, 14))
_OPENING: Final = ("OPBD", "PRCD", "ITBD")
_CLOSING: Final = ("CLBD", "ITBD")
_NO_REFERENCE: Final = ("NOTPROVIDED", "NONREF")


def read_camt(content: bytes) -> tuple[Statement, ...]:
    """Every statement of a camt.053 message.

    Raises:
        StatementUnreadable: it is no such message, is damaged, or lacks what identifies a statement.
    """
    found: list[Statement] = []
    entries: list[Element] = []

    def take(element: Element) -> None:
        if element.name == "Ntry":
            entries.append(element)
            if len(entries) > ENTRIES_MAX:
                raise StatementUnreadable(STATEMENT_TOO_LONG(most=ENTRIES_MAX))
        else:
            found.append(_statement(element, entries))
            entries.clear()

    # Elements hold no rings, and there are thirty of them for every entry.
    with collection_paused():
        Reader(frozenset({"Stmt", "Ntry"}), take, _check_message).read(content)
    if not found:
        raise StatementUnreadable(STATEMENT_EMPTY())
    return tuple(found)


def _check_message(namespace: str) -> None:
    match = _MESSAGE.fullmatch(namespace)
    if match is None or match[1] not in _READ:
        found = "another document" if match is None else match[1]
        raise StatementUnreadable(STATEMENT_OTHER_MESSAGE(found=found))


def _statement(element: Element, entries: Sequence[Element]) -> Statement:
    reference = element.value("Id")
    if not reference:
        raise StatementUnreadable(STATEMENT_WITHOUT(line=element.line, path="Id"))
    unread: dict[str, str] = {}
    balances = element.all("Bal")
    opening, closing = _balance(balances, _OPENING, last=False), _balance(balances, _CLOSING, last=True)
    booked = [one for one in entries if _status(one) in ("BOOK", "")]
    number = element.value("Acct/Id/IBAN", "Acct/Id/Othr/Id", "Acct/Id/PrtryAcct/Id")
    read = tuple(_entry(one, place) for place, one in enumerate(booked, start=1))
    begins = _day(element.value("FrToDt/FrDtTm"), "from_day", unread)
    until = _day(element.value("FrToDt/ToDtTm") or _balance_day(closing), "until_day", unread)
    if begins is None:
        begins = _day(_balance_day(opening), "from_day", unread)
        if opening is not None and opening.value("Tp/CdOrPrtry/Cd") == "PRCD":
            begins = first_day(begins, until, read)
    return Statement(
        reference=reference[:REFERENCE_MAX],
        sequence=_sequence(element),
        number=_secret(number),
        currency=element.value("Acct/Ccy") or _currency_of(opening or closing),
        from_day=begins,
        until_day=until,
        opening=_signed(opening, "opening", unread),
        closing=_signed(closing, "closing", unread),
        entries=read,
        not_booked=len(entries) - len(booked),
        unread=unread,
    )


def _sequence(element: Element) -> str:
    """The bank's number of the statement, with the page where it comes in pages."""
    number = element.value("ElctrncSeqNb") or element.value("LglSeqNb")
    page = element.value("StmtPgntn/PgNb")
    return f"{number}/{page}"[:40] if page else number[:40]


def _status(entry: Element) -> str:
    return entry.value("Sts/Cd", "Sts/Prtry", "Sts")


def _balance(balances: Sequence[Element], kinds: Sequence[str], *, last: bool) -> Element | None:
    """The balance of the first kind that is there; of several the first, or the last."""
    for kind in kinds:
        found = [one for one in balances if one.value("Tp/CdOrPrtry/Cd") == kind]
        if found:
            return found[-1] if last else found[0]
    return None


def _balance_day(balance: Element | None) -> str:
    return "" if balance is None else balance.value("Dt/Dt", "Dt/DtTm")


def _currency_of(balance: Element | None) -> str:
    amount = None if balance is None else balance.first("Amt")
    return "" if amount is None else amount.attributes.get("Ccy", "")


def _day(text: str, name: str, unread: dict[str, str]) -> date | None:
    day = read_day(text) if text else None
    if text and day is None:
        unread[name] = text[:40]
    return day


def _signed(element: Element | None, name: str, unread: dict[str, str]) -> Money | None:
    """An amount with its sign by the indicator of credit and debit beside it."""
    amount = None if element is None else element.first("Amt")
    if element is None or amount is None:
        return None
    read = read_amount(amount.text, amount.attributes.get("Ccy", ""))
    side = element.value("CdtDbtInd")
    if read is None or side not in ("CRDT", "DBIT"):
        unread[name] = f"{side} {amount.attributes.get('Ccy', '')} {amount.text}".strip()[:60]
        return None
    return read if side == "CRDT" else -read


def _entry(element: Element, position: int) -> StatementEntry:
    unread: dict[str, str] = {}
    booked = _day(element.value("BookgDt/Dt", "BookgDt/DtTm"), "booking_date", unread)
    value = _day(element.value("ValDt/Dt", "ValDt/DtTm"), "value_date", unread)
    amount = _signed(element, "amount", unread)
    is_out = element.value("CdtDbtInd") == "DBIT"
    transactions = element.all("NtryDtls/TxDtls")
    details = tuple(_detail(one, is_out=is_out) for one in transactions)
    only = details[0] if len(details) == 1 else None
    batch = element.first("NtryDtls/Btch")
    count = batch.value("NbOfTxs") if batch is not None else ""
    extra = element.value("AddtlNtryInf")
    told = [one.remittance.reveal() for one in [only] if one is not None and one.remittance is not None]
    original, rate = _original(element, transactions)
    return StatementEntry(
        position=position,
        reference=_reference(element.value("AcctSvcrRef"), element.value("NtryRef")),
        end_to_end="" if only is None else only.reference,
        booking_date=booked,
        value_date=value,
        amount=amount,
        is_reversal=element.value("RvslInd").lower() in ("true", "1"),
        batch="" if batch is None else _reference(batch.value("PmtInfId"), batch.value("MsgId")),
        batch_count=int(count) if count.isascii() and count.isdigit() and len(count) < 8 else len(details),
        details=details if len(details) > 1 else (),
        counterparty=None if only is None else only.counterparty,
        account=None if only is None else only.account,
        remittance=_secret(" ".join(part for part in (*told, extra) if part)),
        original=original,
        rate=rate,
        code=_code(element),
        unread=unread,
    )


def _reference(*texts: str) -> str:
    """The first reference that says something."""
    return next((text[:REFERENCE_MAX] for text in texts if text and text.upper() not in _NO_REFERENCE), "")


def _code(element: Element) -> str:
    domain = element.first("BkTxCd/Domn")
    if domain is not None:
        parts = (domain.value("Cd"), domain.value("Fmly/Cd"), domain.value("Fmly/SubFmlyCd"))
        return "-".join(part for part in parts if part)[:40]
    return element.value("BkTxCd/Prtry/Cd")[:40]


def _original(entry: Element, transactions: Sequence[Element]) -> tuple[Money | None, str]:
    """The amount as it was ordered, where that is another currency, and the bank's rate."""
    booked = entry.first("Amt")
    own = "" if booked is None else booked.attributes.get("Ccy", "")
    sources = (entry, *transactions[:1])
    for source in sources:
        amount = source.first("AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt")
        currency = "" if amount is None else amount.attributes.get("Ccy", "")
        if amount is not None and currency not in ("", own):
            paths = ("AmtDtls/InstdAmt/CcyXchg/XchgRate", "AmtDtls/TxAmt/CcyXchg/XchgRate")
            return read_amount(amount.text, currency), source.value(*paths)[:20]
    return None, ""


def _detail(element: Element, *, is_out: bool) -> BatchDetail:
    """A transaction; the other side of what left is the creditor, of what came in the debtor."""
    side = "Cdtr" if is_out else "Dbtr"
    amount = element.first("Amt", "AmtDtls/TxAmt/Amt")
    read = None if amount is None else read_amount(amount.text, amount.attributes.get("Ccy", ""))
    refs = ("EndToEndId", "InstrId", "TxId", "PmtInfId")
    texts = [one.text for one in element.all("RmtInf/Ustrd")]
    texts += [one.text for one in element.all("RmtInf/Strd/CdtrRefInf/Ref")]
    texts.append(element.value("AddtlTxInf"))
    return BatchDetail(
        reference=_reference(*(element.value(f"Refs/{name}") for name in refs)),
        amount=read if read is None or not is_out else -read,
        counterparty=_secret(element.value(f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm")),
        account=_secret(element.value(f"RltdPties/{side}Acct/Id/IBAN", f"RltdPties/{side}Acct/Id/Othr/Id")),
        remittance=_secret(" ".join(text for text in texts if text)),
    )


def _secret(text: str) -> Secret | None:
    return Secret(text) if text else None
