"""A pain.002.001.10 message (ISO 20022, payment status report) to rows of a table. Must not know payments of ours.

Read by the reader of statements, which turns document types and entities away. A transaction is a row; a report that
tells of none says nothing of a single payment and is refused.
"""

from typing import Final

from seedfund.interchange.reader.sheet import ROWS_MAX, Raw, Table
from seedfund.interchange.rules.refusals import FILE_OTHER_FORM, FILE_TOO_LONG
from seedfund.interchange.statements.value import StatementUnreadable
from seedfund.interchange.statements.xml import Element, Reader
from seedfund.kernel.bulk import collection_paused
from seedfund.payouts.rules import LayoutField
from seedfund.payouts.rules.refusals import REPORT_WITHOUT_PAYMENTS

NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"
COLUMNS: Final = (
    *(
        LayoutField.PAYMENT,
        LayoutField.AMOUNT,
        LayoutField.CURRENCY,
        LayoutField.STATUS,
        LayoutField.REFERENCE,
    ),
)
"""The cells of a row, in their order."""
_AMOUNTS: Final = ("OrgnlTxRef/Amt/InstdAmt", "OrgnlInstdAmt")
_REASONS: Final = ("StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry")


def read_report(content: bytes) -> Table:
    """The transactions of a status report, with names for their cells; what is wrong with it as a whole is told."""
    found: list[Raw] = [Raw(0, tuple(field.value for field in COLUMNS))]

    def take(element: Element) -> None:
        found.append(Raw(len(found), _cells(element)))
        if len(found) > ROWS_MAX + 1:
            raise StatementUnreadable(FILE_TOO_LONG(most=ROWS_MAX))

    try:
        with collection_paused():
            Reader(frozenset({"TxInfAndSts"}), take, _check_message).read(content)
    except StatementUnreadable as error:
        return Table(refusals=((None, error.refusal),))
    if len(found) == 1:
        return Table(refusals=((None, REPORT_WITHOUT_PAYMENTS()),))
    return Table(found)


def _check_message(namespace: str) -> None:
    if namespace != NAMESPACE:
        raise StatementUnreadable(FILE_OTHER_FORM(form="pain.002.001.10"))


def _cells(element: Element) -> tuple[str, ...]:
    """The number, amount, currency, status and reference of a transaction: the bank's, else why it was not paid."""
    amount = element.first(*_AMOUNTS)
    return (
        element.value("OrgnlEndToEndId"),
        "" if amount is None else amount.text,
        "" if amount is None else amount.attributes.get("Ccy", ""),
        element.value("TxSts"),
        element.value("AcctSvcrRef", *_REASONS),
    )
