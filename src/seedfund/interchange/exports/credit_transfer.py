"""A list as a pain.001.001.09 message of ISO 20022: the same bytes each time. Must not know the database.

One payment information block for the list, one transaction for each payment, its number as the end-to-end reference.
Nothing is shortened: what does not fit, or has letters that the bank does not take, is refused by payment and element.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.money import PLAIN, Money, format_minor
from seedfund.payouts.rules import LayoutField, OwnAccount
from seedfund.payouts.rules.iso20022 import (
    BANK_MAX,
    NAME_MAX,
    REMITTANCE_MAX,
    is_account,
    is_bic,
    is_iban,
    is_text,
)
from seedfund.payouts.rules.layouts import LETTERS_WRONG, can_be_told
from seedfund.payouts.rules.letters import Letters, is_reference, written
from seedfund.payouts.rules.refusals import DOES_NOT_FIT, LETTERS_UNKNOWN

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
_ID_MAX: Final = 35
REWRITTEN: Final = (
    (LayoutField.NAME, "Nm"),
    (LayoutField.BANK, "CdtrAgt"),
    (LayoutField.CONCEPT, "Ustrd"),
)
"""What may stand in other letters than ours, with its element; numbers never do."""


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """A payment as it stands in the message."""

    payment: str
    amount: Money
    texts: Mapping[LayoutField, str]


@dataclass(frozen=True, kw_only=True)
class Order:
    """What the message says of itself: its number, the days it was made and is to be carried out, who pays.

    `letters` are those the bank takes.
    """

    number: str
    made_on: date
    execute_on: date
    ours: OwnAccount
    letters: Letters = Letters.LATIN


def credit_transfer(transfers: Sequence[Transfer], order: Order) -> bytes:
    """The message of a list, all of whose payments are in one currency.

    Raises:
        Refused: `payout_does_not_fit`, `payout_letters_unknown`, for every payment and element;
            `payout_layout_letters`.
    """
    refuse([refusal for one in transfers for refusal in _check_letters(one, order.letters)])
    ours = _own_in_letters(order)
    transfers = [_in_letters(one, order.letters) for one in transfers]
    refuse([refusal for one in transfers for refusal in _check(one, order.letters)])
    # No name in it is from outside, so the namespace is written as it stands.
    document = ET.Element("Document", {"xmlns": NAMESPACE})
    message = ET.SubElement(document, "CstmrCdtTrfInitn")
    total = Money(sum(one.amount.minor for one in transfers), transfers[0].amount.currency)
    figures = {"NbOfTxs": str(len(transfers)), "CtrlSum": _decimal(total)}
    header = ET.SubElement(message, "GrpHdr")
    _texts(header, {"MsgId": order.number, "CreDtTm": f"{order.made_on.isoformat()}T00:00:00", **figures})
    _texts(ET.SubElement(header, "InitgPty"), {"Nm": ours.name})
    block = ET.SubElement(message, "PmtInf")
    _texts(block, {"PmtInfId": order.number, "PmtMtd": "TRF", **figures})
    _texts(ET.SubElement(block, "ReqdExctnDt"), {"Dt": order.execute_on.isoformat()})
    _texts(ET.SubElement(block, "Dbtr"), {"Nm": ours.name})
    _account(ET.SubElement(block, "DbtrAcct"), ours.number)
    _agent(ET.SubElement(block, "DbtrAgt"), ours.bank)
    for one in transfers:
        _transaction(ET.SubElement(block, "CdtTrfTxInf"), one)
    ET.indent(document)
    written: bytes = ET.tostring(document, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def is_rewritten(one: Transfer, letters: Letters) -> bool:
    """Whether a text of the payment stands in the message in other letters than in our books."""
    return _in_letters(one, letters) != one


def _in_letters(one: Transfer, letters: Letters) -> Transfer:
    texts = dict(one.texts)
    for field, _ in REWRITTEN:
        texts[field] = written(texts.get(field, ""), letters) or ""
    return replace(one, texts={field: text for field, text in texts.items() if text or field in one.texts})


def _own_in_letters(order: Order) -> OwnAccount:
    """What our layout says of us; one approved before layouts had letters may say it in others."""
    ours, letters = order.ours, order.letters
    refuse([] if can_be_told(ours, letters) else [LETTERS_WRONG()])
    return replace(ours, name=written(ours.name, letters) or "", bank=written(ours.bank, letters) or "")


def _check_letters(one: Transfer, letters: Letters) -> list[Refusal]:
    return [
        LETTERS_UNKNOWN(field=field, payment=one.payment, title=title)
        for field, title in REWRITTEN
        if written(one.texts.get(field, ""), letters) is None
    ]


def _transaction(parent: ET.Element, one: Transfer) -> None:
    _texts(ET.SubElement(parent, "PmtId"), {"EndToEndId": one.payment})
    amount = ET.SubElement(ET.SubElement(parent, "Amt"), "InstdAmt", {"Ccy": one.amount.currency})
    amount.text = _decimal(one.amount)
    bank = one.texts.get(LayoutField.BANK, "")
    if bank:
        _agent(ET.SubElement(parent, "CdtrAgt"), bank)
    _texts(ET.SubElement(parent, "Cdtr"), {"Nm": one.texts[LayoutField.NAME]})
    _account(ET.SubElement(parent, "CdtrAcct"), one.texts[LayoutField.ACCOUNT])
    concept = one.texts.get(LayoutField.CONCEPT, "")
    if concept:
        _texts(ET.SubElement(parent, "RmtInf"), {"Ustrd": concept})


def _check(one: Transfer, letters: Letters) -> list[Refusal]:
    name, account = one.texts.get(LayoutField.NAME, ""), one.texts.get(LayoutField.ACCOUNT, "")
    bank, concept = one.texts.get(LayoutField.BANK, ""), one.texts.get(LayoutField.CONCEPT, "")
    fits = (
        (
            LayoutField.PAYMENT,
            "EndToEndId",
            is_text(one.payment, _ID_MAX) and is_reference(one.payment, letters),
        ),
        (LayoutField.AMOUNT, "InstdAmt", one.amount.minor > 0),
        (LayoutField.BANK, "CdtrAgt", not bank or is_text(bank, BANK_MAX)),
        (LayoutField.NAME, "Nm", is_text(name, NAME_MAX)),
        (LayoutField.ACCOUNT, "CdtrAcct", is_account(account) and is_reference(account, letters)),
        (LayoutField.CONCEPT, "Ustrd", not concept or is_text(concept, REMITTANCE_MAX)),
    )
    return [
        DOES_NOT_FIT(field=field, payment=one.payment, title=title)
        for field, title, is_fit in fits
        if not is_fit
    ]


def _account(parent: ET.Element, number: str) -> None:
    place = ET.SubElement(parent, "Id")
    if is_iban(number):
        _texts(place, {"IBAN": number})
    else:
        _texts(ET.SubElement(place, "Othr"), {"Id": number})


def _agent(parent: ET.Element, bank: str) -> None:
    """The bank by its BIC, else by its name; of ours it has to stand there also where nobody told it."""
    place = ET.SubElement(parent, "FinInstnId")
    if is_bic(bank):
        _texts(place, {"BICFI": bank})
    elif bank:
        _texts(place, {"Nm": bank})
    else:
        _texts(ET.SubElement(place, "Othr"), {"Id": "NOTPROVIDED"})


def _texts(parent: ET.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        ET.SubElement(parent, name).text = text


def _decimal(amount: Money) -> str:
    return format_minor(amount.minor, amount.currency, PLAIN)
