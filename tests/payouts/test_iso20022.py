"""Lists as pain.001.001.09 and results as pain.002.001.10; the order of elements is checked by a table of its own.

No schema of ISO 20022 lies here to validate with: `ORDER` is what the message definition says of the elements we write.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.interchange.exports.provider_file import FileAbout, PayoutLine, provider_file
from seedfund.interchange.service import ExportPaymentList, export_payment_list, payment_file
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance
from seedfund.payouts.queries import list_files
from seedfund.payouts.rules import Direction, FileForm, LayoutField, LayoutTerms, OwnAccount, check_layout
from seedfund.payouts.rules.iso20022 import is_iban
from seedfund.payouts.rules.letters import Letters
from tests.grants.paying import payment_of
from tests.payouts.provider import codes, column, counts, layout, on_their_way, taken, waiting
from tests.payouts.test_files import in_a_bank
from tests.support.grants import key, prepared
from tests.support.programme import House

F = LayoutField
OURS = OwnAccount(bank_account="BANK", number="2200998877", name="Programa de Ejemplo", bank="BFNTECEQ")
OUT = LayoutTerms(
    title="Banco Ficticio", direction=Direction.OUT, form=FileForm.ISO20022, columns=(), ours=OURS
)
IN = replace(OUT, direction=Direction.IN, ours=None)
NS: Final = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
IBAN: Final = "GB82WEST12345698765432"
ABOUT = FileAbout(
    number="PF-2026-0007", day=date(2026, 1, 5), made_on=date(2026, 1, 6), execute_on=date(2026, 1, 9)
)
ORDER: Final[dict[str, tuple[str, ...]]] = {
    "Document": ("CstmrCdtTrfInitn",),
    "CstmrCdtTrfInitn": ("GrpHdr", "PmtInf"),
    "GrpHdr": ("MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty"),
    "InitgPty": ("Nm",),
    "PmtInf": (
        *("PmtInfId", "PmtMtd", "NbOfTxs", "CtrlSum", "ReqdExctnDt", "Dbtr", "DbtrAcct", "DbtrAgt"),
        "CdtTrfTxInf",
    ),
    "ReqdExctnDt": ("Dt",),
    "Dbtr": ("Nm",),
    "DbtrAcct": ("Id",),
    "DbtrAgt": ("FinInstnId",),
    "CdtTrfTxInf": ("PmtId", "Amt", "CdtrAgt", "Cdtr", "CdtrAcct", "RmtInf"),
    "PmtId": ("EndToEndId",),
    "Amt": ("InstdAmt",),
    "CdtrAgt": ("FinInstnId",),
    "Cdtr": ("Nm",),
    "CdtrAcct": ("Id",),
    "FinInstnId": ("BICFI", "Nm", "Othr"),
    "RmtInf": ("Ustrd",),
}
OPTIONAL: Final = {"CdtrAgt", "RmtInf"}


def going_out(
    number: str = "PG-2026-0001", minor: int = 125_050, currency: str = "USD", **texts: str
) -> PayoutLine:
    """A payment as it goes out."""
    given_texts = {
        F.NAME: "Rosa Ñandú Prueba",
        F.ACCOUNT: "0012003344",
        F.BANK: "Banco Imaginario",
        F.CONCEPT: "Capital semilla",
        **{F(name): text for name, text in texts.items()},
    }
    return PayoutLine(
        payment=number, amount=Money(minor, currency), released_on=date(2026, 1, 5), texts=given_texts
    )


def parsed(content: bytes) -> ET.Element:
    """The document, every element of which is in the message's namespace."""
    document = ET.fromstring(content)  # noqa: S314 - what we have written
    assert {one.tag.partition("}")[0] for one in document.iter()} == {f"{{{NS}"}
    return document


def named(element: ET.Element) -> str:
    """Its name without namespace."""
    return element.tag.rpartition("}")[2]


def out_of_order(element: ET.Element) -> Iterator[str]:
    """Elements whose children do not stand in the order of the message definition, or lack one that it demands."""
    found = [named(child) for child in element]
    allowed = ORDER.get(named(element))
    if found and allowed is not None:
        ranks = [allowed.index(name) if name in allowed else -1 for name in found]
        wanted = (
            {name for name in allowed if name not in OPTIONAL} if named(element) != "FinInstnId" else set()
        )
        if ranks != sorted(ranks) or -1 in ranks or not wanted <= set(found):
            yield f"{named(element)}: {found}"
    for child in element:
        yield from out_of_order(child)


def at(document: ET.Element, path: str) -> list[str | None]:
    """The texts at a path."""
    return [one.text for one in document.findall("/".join(f"{{{NS}}}{name}" for name in path.split("/")))]


def test_a_list_goes_out_as_a_message_whose_elements_stand_in_order() -> None:
    lines = [
        going_out(),
        going_out("PG-2026-0002", 50, account=IBAN, bank="BFNTECEQXXX"),
        going_out("PG-2026-0003", bank="", concept=""),
    ]

    content = provider_file(OUT, lines, ABOUT)
    document = parsed(content)

    assert content.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    assert list(out_of_order(document)) == []
    head, block = "CstmrCdtTrfInitn/GrpHdr", "CstmrCdtTrfInitn/PmtInf"
    assert at(document, f"{head}/MsgId") == ["PF-2026-0007"]
    assert at(document, f"{head}/CreDtTm") == ["2026-01-06T00:00:00"]
    for place in (head, block):
        assert (at(document, f"{place}/NbOfTxs"), at(document, f"{place}/CtrlSum")) == (["3"], ["2501.50"])
    assert at(document, f"{block}/ReqdExctnDt/Dt") == ["2026-01-09"]
    assert at(document, f"{block}/DbtrAcct/Id/Othr/Id") == ["2200998877"]
    assert at(document, f"{block}/DbtrAgt/FinInstnId/BICFI") == ["BFNTECEQ"]
    one = f"{block}/CdtTrfTxInf"
    assert at(document, f"{one}/PmtId/EndToEndId") == ["PG-2026-0001", "PG-2026-0002", "PG-2026-0003"]
    assert at(document, f"{one}/Amt/InstdAmt") == ["1250.50", "0.50", "1250.50"]
    assert at(document, f"{one}/CdtrAcct/Id/IBAN") == [IBAN]
    assert at(document, f"{one}/CdtrAcct/Id/Othr/Id") == ["0012003344", "0012003344"]
    assert at(document, f"{one}/CdtrAgt/FinInstnId/BICFI") == ["BFNTECEQXXX"]
    assert at(document, f"{one}/CdtrAgt/FinInstnId/Nm") == ["Banco Imaginario"]
    assert provider_file(OUT, lines, ABOUT) == content


@pytest.mark.parametrize(
    ("currency", "minor", "text"), [("USD", 5, "0.05"), ("JOD", 1_250, "1.250"), ("JPY", 1_250, "1250")]
)
def test_an_amount_has_the_decimals_of_its_currency(currency: str, minor: int, text: str) -> None:
    document = parsed(provider_file(OUT, [going_out(minor=minor, currency=currency)], ABOUT))

    (amount,) = document.iter(f"{{{NS}}}InstdAmt")
    assert (amount.text, amount.attrib) == (text, {"Ccy": currency})


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=9))
def test_the_control_sum_is_the_sum_of_the_amounts(amounts: list[int]) -> None:
    lines = [going_out(f"PG-2026-{place:04}", minor) for place, minor in enumerate(amounts)]

    document = parsed(provider_file(OUT, lines, ABOUT))

    cents = [int(str(one.text).replace(".", "")) for one in document.iter(f"{{{NS}}}InstdAmt")]
    sums = {str(one.text) for one in document.iter(f"{{{NS}}}CtrlSum")}
    assert cents == amounts
    assert sums == {f"{sum(amounts) // 100}.{sum(amounts) % 100:02}"}


def test_signs_of_xml_in_a_name_are_a_name() -> None:
    terms = replace(OUT, letters=Letters.ANY)
    document = parsed(provider_file(terms, [going_out(name='<Rosa> & "hija"')], ABOUT))

    assert at(document, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/Cdtr/Nm") == ['<Rosa> & "hija"']


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        ({"name": "R" * 71}, "Nm"),
        ({"name": ""}, "Nm"),
        ({"account": "1" * 35}, "CdtrAcct"),
        ({"account": "GB83WEST12345698765432"}, "CdtrAcct"),
        ({"concept": "c" * 141}, "Ustrd"),
        ({"bank": "b" * 141}, "CdtrAgt"),
    ],
)
def test_what_does_not_fit_is_refused_by_payment_and_element(texts: dict[str, Any], title: str) -> None:
    with pytest.raises(Refused) as refused:
        provider_file(OUT, [going_out("PG-2026-0009", **texts)], ABOUT)

    (refusal,) = refused.value.refusals
    assert (refusal.code, refusal.facts["payment"], refusal.facts["title"]) == (
        "payout_does_not_fit",
        "PG-2026-0009",
        title,
    )


def test_an_iban_is_told_by_its_check_digits() -> None:
    assert [
        is_iban(one) for one in (IBAN, "GB83WEST12345698765432", "DE89370400440532013000", "0012003344")
    ] == [
        *(True, False),
        *(True, False),
    ]


@pytest.mark.parametrize("terms", [OUT, IN])
def test_a_layout_of_the_form_needs_no_columns(terms: LayoutTerms) -> None:
    assert check_layout(terms) == []


@pytest.mark.parametrize(
    "change",
    [
        {"ours": None},
        {"ours": replace(OURS, name="")},
        {"ours": replace(OURS, name="x" * 71)},
        {"columns": (column("x", F.PAYMENT),)},
        {"delimiter": ";"},
    ],
)
def test_a_layout_of_the_form_with_something_of_its_own_is_refused(change: dict[str, Any]) -> None:
    assert [one.code for one in check_layout(replace(OUT, **change))] == ["payout_layout_iso20022"]


@pytest.fixture
def bank(house: House) -> House:
    """A programme with money, and a bank that takes and sends messages."""
    prepared(house)
    layout(house, "mensajes", OUT)
    layout(house, "respuestas", IN)
    return house


def report(*transactions: str, head: str = "", version: str = "pain.002.001.10") -> bytes:
    """A status report."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{version}"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>R-1</MsgId><CreDtTm>2026-01-10T09:00:00</CreDtTm></GrpHdr>"
        "<OrgnlGrpInfAndSts><OrgnlMsgId>PF-2026-0001</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
        "<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><OrgnlPmtInfId>PF-2026-0001</OrgnlPmtInfId>"
        f"{''.join(transactions)}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()


def status(payment: str, word: str, amount: str = "500.00", reason: str = "", reference: str = "") -> str:
    """One transaction of it."""
    told = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    booked = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    money = f'<OrgnlTxRef><Amt><InstdAmt Ccy="USD">{amount}</InstdAmt></Amt></OrgnlTxRef>' if amount else ""
    return (
        f"<TxInfAndSts><OrgnlEndToEndId>{payment}</OrgnlEndToEndId><TxSts>{word}</TxSts>{told}{booked}{money}"
        "</TxInfAndSts>"
    )


def test_a_status_report_comes_to_its_payments(bank: House) -> None:
    _, payments, _ = on_their_way(bank, 6)
    words = ("ACSC", "ACCC", "RJCT", "PDNG", "ACSP", "ACTC")
    content = report(
        *(
            status(payment, word, reason="AC04" if word == "RJCT" else "")
            for payment, word in zip(payments, words, strict=True)
        )
    )

    result, again = taken(bank, content, code="respuestas"), taken(bank, content, code="respuestas")

    assert (counts(result), result.pending, counts(again)) == ((6, 3, 0, 3), 3, (6, 0, 0, 6))
    assert [payment_of(bank, number).state for number in payments] == [
        *("delivered", "delivered", "failed"),
        *["released"] * 3,
    ]


def test_a_transaction_that_does_not_fit_waits(bank: House) -> None:
    _, payments, _ = on_their_way(bank, 4)
    content = report(
        status(payments[0], "CANC"),
        status(payments[1], "ACSC", amount=""),
        status(payments[2], "ACSC", amount="400.00"),
        status(payments[3], "ACSC", amount="500.005"),
        status("NOTPROVIDED", "ACSC"),
    )

    result = taken(bank, content, code="respuestas")

    assert [code for _, code in codes(result)] == [
        *("payout_status_unknown", "payout_amount_missing", "payout_amount_disagrees"),
        *("payout_cell_unreadable", "amount_unreadable"),
        "payout_payment_unknown",
    ]
    assert len(waiting(bank)) == 5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (report(status("x", "ACSC"), head='<!DOCTYPE d [<!ENTITY a "b">]>'), "statement_xml_declares"),
        (
            report(status("x", "ACSC"), head='<!DOCTYPE d SYSTEM "file:///etc/passwd">'),
            "statement_xml_declares",
        ),
        (report(status("x", "ACSC"))[:-20], "statement_xml_broken"),
        (report(status("x", "ACSC"), version="pain.002.001.03"), "file_other_form"),
        (report(), "payout_report_without_payments"),
        (b"PG-2026-0001;500.00\r\n", "statement_xml_broken"),
    ],
)
def test_what_is_no_such_report_is_refused_whole(bank: House, content: bytes, code: str) -> None:
    result = taken(bank, content, code="respuestas")

    assert ([one.refusal.code for one in result.refusals], waiting(bank)) == ([code], [])


def test_a_message_asks_for_its_day_and_is_handed_out_as_it_was_logged(bank: House) -> None:
    number, payments = in_a_bank(bank, "0012003344", IBAN)
    with bank.work("cashier", assurance=Assurance.PIN) as work:
        today = work.today()
        wanted: dict[str, Any] = {"number": number, "layout": "mensajes"}
        for wrong in (None, today - timedelta(days=1)):
            with pytest.raises(InvalidInput, match="execute_on"):
                export_payment_list(work, ExportPaymentList(key=key(), execute_on=wrong, **wanted))
        made = export_payment_list(
            work, ExportPaymentList(key=key(), execute_on=today + timedelta(days=3), **wanted)
        )
        content = payment_file(work, made.number)
        (logged,) = list_files(work.reader(), work.programme.id)

    document = parsed(content)
    assert at(document, "CstmrCdtTrfInitn/PmtInf/CdtTrfTxInf/PmtId/EndToEndId") == list(payments)
    assert at(document, "CstmrCdtTrfInitn/PmtInf/ReqdExctnDt/Dt") == [str(today + timedelta(days=3))]
    assert at(document, "CstmrCdtTrfInitn/GrpHdr/MsgId") == [made.number]
    assert (logged.execute_on, logged.sha256) == (today + timedelta(days=3), made.sha256)
    bank.clock.advance(timedelta(days=2))
    with bank.work("cashier", assurance=Assurance.PIN) as work:
        assert payment_file(work, made.number) == content
