"""Reading camt.053 and MT940: what a file says is read or refused by its place, and nothing of it is unpacked."""

import time
import tracemalloc
from datetime import date
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedfund.interchange.kinds.banking.columns import LINES, STATEMENTS
from seedfund.interchange.kinds.banking.reading import read_bank_files
from seedfund.interchange.rules import CellStyle
from seedfund.interchange.statements import StatementUnreadable, is_statement, read_statements
from seedfund.interchange.statements.value import read_amount
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import PLAIN as PLAIN_NUMBERS
from seedfund.kernel.money import Money
from tests.banking.statement_files import MT940, Booked, camt

LAUGHS: Final = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Document>&c;</Document>'
)
OUTSIDE: Final = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><Document>&x;</Document>'
)


@pytest.mark.parametrize("version", [2, 4, 8, 13])
def test_a_statement_is_the_same_in_every_version_of_the_message(version: int) -> None:
    paid = Booked(
        amount="250.00",
        reference="BANK1",
        end_to_end="PG-2026-0001",
        text="capital semilla",
        name="Ana de Prueba",
        account="000999",
    )
    (found,) = read_statements(camt([paid], closing="750.00", version=version))
    assert (found.reference, found.sequence, found.currency) == ("STMT-2026-11", "11", "USD")
    assert (found.from_day, found.until_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert found.foots
    (entry,) = found.entries
    assert entry.amount == Money(-25_000, "USD")
    assert (entry.reference, entry.end_to_end, entry.code) == ("BANK1", "PG-2026-0001", "PMNT-ICDT-ESCT")
    assert entry.counterparty is not None
    assert entry.counterparty.reveal() == "Ana de Prueba"
    assert entry.account is not None
    assert entry.account.reveal() == "000999"
    assert entry.remittance is not None
    assert entry.remittance.reveal() == "capital semilla"


def test_swift_statements_are_read_with_reversals_and_days_that_do_not_exist() -> None:
    (found,) = read_statements(MT940.encode())
    assert (found.reference, found.sequence, found.foots) == ("STMT-2026-11", "11/1", True)
    assert found.not_booked == 1
    paid, back, interest = found.entries
    assert (paid.amount, paid.end_to_end, paid.reference) == (Money(-25_000, "USD"), "PG-2026-0001", "BANK1")
    assert paid.remittance is not None
    assert paid.remittance.reveal() == "Pago de capital semilla Q"
    assert (back.amount, back.is_reversal, back.end_to_end) == (Money(5_000, "USD"), True, "PG-2026-0009")
    assert (interest.value_date, interest.unread) == (None, {"value_date": "260230"})
    assert interest.booking_date == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("10.005", "JOD", 10_005),
        ("10.005", "EUR", None),
        ("10.000", "EUR", 1_000),
        ("1500", "JPY", 1_500),
        ("1500.5", "JPY", None),
        ("250.75", "THB", 25_075),
        ("-1.00", "USD", None),
        ("1e3", "USD", None),
        ("", "USD", None),
        (".", "USD", None),
        ("1.00", "XXX", None),
        ("9" * 39, "USD", None),
        ("٣٤", "USD", None),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency_or_is_none(
    text: str, currency: str, minor: int | None
) -> None:
    assert read_amount(text, currency) == (None if minor is None else Money(minor, currency))


def test_a_third_decimal_of_euros_and_the_thirtieth_of_february_are_told_and_not_guessed() -> None:
    odd = Booked(amount="10.005", day="2026-02-30")
    (found,) = read_statements(camt([odd], opening="20.00", closing="9.99", currency="EUR"))
    (entry,) = found.entries
    assert (entry.amount, entry.booking_date, entry.value_date) == (None, None, None)
    assert entry.unread == {
        "amount": "DBIT EUR 10.005",
        "booking_date": "2026-02-30",
        "value_date": "2026-02-30",
    }
    assert not found.foots


def test_entries_that_are_not_booked_are_counted_and_left_out() -> None:
    pending = Booked(amount="5.00", status="PDNG")
    (found,) = read_statements(camt([pending, Booked(amount="1.00")], closing="999.00"))
    assert (len(found.entries), found.not_booked, found.foots) == (1, 1, True)


def test_a_batch_keeps_what_each_transaction_says() -> None:
    details = "".join(
        f"<TxDtls><Refs><EndToEndId>PG-2026-000{n}</EndToEndId></Refs><Amt Ccy='USD'>{n}0.00</Amt></TxDtls>"
        for n in (1, 2)
    )
    batch = (
        f"<NtryDtls><Btch><PmtInfId>PL-2026-0001</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>{details}</NtryDtls>"
    )
    (found,) = read_statements(camt([Booked(amount="30.00", extra=batch)], closing="970.00"))
    (entry,) = found.entries
    assert (entry.batch, entry.batch_count) == ("PL-2026-0001", 2)
    assert [(one.reference, one.amount) for one in entry.details] == [
        ("PG-2026-0001", Money(-1_000, "USD")),
        ("PG-2026-0002", Money(-2_000, "USD")),
    ]


def test_what_was_ordered_in_another_currency_stands_beside_what_was_booked() -> None:
    extra = (
        "<AmtDtls><InstdAmt><Amt Ccy='EUR'>100.00</Amt><CcyXchg><XchgRate>1.0831</XchgRate></CcyXchg></InstdAmt>"
        "</AmtDtls>"
    )
    (found,) = read_statements(camt([Booked(amount="108.31", extra=extra)], closing="891.69"))
    (entry,) = found.entries
    assert (entry.amount, entry.original, entry.rate) == (
        Money(-10_831, "USD"),
        Money(10_000, "EUR"),
        "1.0831",
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (LAUGHS, "statement_xml_declares"),
        (OUTSIDE, "statement_xml_declares"),
        (camt([Booked(amount="1", text="&nobody;")], closing="999.00"), "statement_xml_broken"),
        (b"<?xml version='1.0' encoding='no-such'?><Document/>", "statement_xml_broken"),
        (b"<Document><Stmt>", "statement_other_message"),
        (camt([], closing="1000.00", version=99), "statement_other_message"),
        (camt([], closing="1000.00").replace(b"camt.053", b"camt.052"), "statement_other_message"),
        (camt([], closing="1000.00")[:-30], "statement_xml_broken"),
        (
            camt([], closing="1000.00").replace(b"<Id>STMT-2026-11</Id>", b""),
            "statement_without",
        ),
        (
            camt([Booked(amount="1", extra="<a>" * 50 + "</a>" * 50)], closing="999.00"),
            "statement_xml_too_much",
        ),
        (b":20:A\n:25:1\n:60F:X261101USD1,\n", "statement_field_broken"),
        (b":20:A\n:25:1\n:60F:C261101USD1,\n:61:nothing\n", "statement_field_broken"),
        (b":20:\n:25:1\n:60F:C261101USD1,\n", "statement_without"),
        (b"day;amount\n2026-11-01;1.00\n", "statement_empty"),
    ],
)
def test_what_is_no_statement_is_refused_by_its_place(content: bytes, code: str) -> None:
    with pytest.raises(StatementUnreadable) as caught:
        read_statements(content)
    assert caught.value.refusal.code == code


def test_a_statement_of_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = camt([Booked(amount="1.00")] * 3, closing="997.00")
    for module, source in (("camt", content), ("mt940", MT940.encode())):
        monkeypatch.setattr(f"seedfund.interchange.statements.{module}.ENTRIES_MAX", 2)
        with pytest.raises(StatementUnreadable) as caught:
            read_statements(source)
        assert caught.value.refusal.code == "statement_too_long"


def test_it_has_to_be_said_which_account_of_ours_a_statement_is_of() -> None:
    for content in (PLAIN, b"booking_date;amount;balance\n2026-11-01;1.00;2.00\n"):
        sheets, _ = read_bank_files(
            (STATEMENTS, LINES),
            {"statements": content},
            style=CellStyle(numbers=PLAIN_NUMBERS, currency="USD"),
        )
        told = [one.refusal.code for sheet in sheets for one in sheet.complaints]
        assert told == ["statement_account_missing"]


def test_a_bomb_costs_neither_time_nor_memory() -> None:
    wide = camt([], closing="1000.00").replace(b"</Stmt>", b"<x>" + b"A" * 5_000_000 + b"</x></Stmt>")
    tracemalloc.start()
    started = time.perf_counter()
    for content in (LAUGHS, OUTSIDE, wide, b"<a>" * 100_000):
        with pytest.raises(StatementUnreadable):
            read_statements(content)
    took, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < 2
    assert peak < 30_000_000


PLAIN: Final = camt(
    [
        Booked(amount="250.00", end_to_end="PG-2026-0001", name="Ana de Prueba"),
        Booked(amount="12.34", is_in=True, is_reversal=True, text="devolución"),
    ],
    closing="762.34",
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), source=st.sampled_from([PLAIN, MT940.encode()]))
def test_a_damaged_statement_is_read_or_refused_and_never_anything_else(
    data: st.DataObject, source: bytes
) -> None:
    content = bytearray(source)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 12))
        content[place : place + length] = data.draw(st.binary(max_size=12))
        if not content:
            break
    told = _told(bytes(content))
    assert told
    assert all(isinstance(one, bool) or one.sentence for one in told)


@settings(max_examples=100, deadline=None)
@given(
    head=st.sampled_from([b"", b"<?xml version='1.0'?>", b":20:A\n:25:B\n:60F:"]),
    tail=st.binary(max_size=300),
)
def test_any_bytes_are_read_or_refused(head: bytes, tail: bytes) -> None:
    assert _told(head + tail)


def _told(content: bytes) -> list[bool | Refusal]:
    """Whether each statement foots, or why the file is none; whatever else is raised fails the test."""
    try:
        return [one.foots for one in read_statements(content)]
    except StatementUnreadable as error:
        return [error.refusal]


AMOUNTS: Final = st.lists(st.integers(-10_000_000, 10_000_000).filter(bool), max_size=8)


@settings(max_examples=60, deadline=None)
@given(minors=AMOUNTS, opening=st.integers(-(10**9), 10**9), off=st.integers(-3, 3))
def test_a_statement_foots_exactly_where_opening_and_entries_make_the_closing(
    minors: list[int], opening: int, off: int
) -> None:
    entries = [Booked(amount=_text(abs(minor)), is_in=minor > 0) for minor in minors]
    closing = opening + sum(minors) + off
    (found,) = read_statements(camt(entries, opening=_text(opening), closing=_text(closing)))
    assert found.foots is (off == 0)
    assert [entry.amount for entry in found.entries] == [Money(minor, "USD") for minor in minors]


def _text(minor: int) -> str:
    return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02}"


def test_a_table_is_no_statement_file() -> None:
    assert not is_statement(b"fecha;monto\n2026-11-01;10,00\n")
    assert not is_statement(b"<!DOCTYPE html><html></html>")
    assert is_statement(PLAIN)
    assert is_statement(MT940.encode())
