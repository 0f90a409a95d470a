"""Files of a bank come in through the one pipeline: counted row by row, once, in every format, none of it guessed."""

import json
from collections.abc import Mapping
from datetime import date

import pytest

from seedfund.banking.queries import list_statements, open_lines, statement_by_number
from seedfund.banking.rules import LineFlag, StatementFlag
from seedfund.interchange.kinds import find_kind
from seedfund.interchange.rules import CellStyle, DateOrder
from seedfund.interchange.rules.mappings import read_mapping
from seedfund.interchange.service import ImportRequest, ImportResult, import_files
from seedfund.kernel.money import PLAIN, SPANISH, Money
from tests.banking.saying import ON_SQLITE
from tests.banking.statement_files import MT940, Booked, camt
from tests.funds.support import bank
from tests.interchange.files import codes
from tests.support.programme import House

KIND = find_kind("bank_statement")


def brought(
    house: House,
    content: bytes,
    *,
    mapping: Mapping[str, object] | None = None,
    corrects: str = "",
    style: CellStyle | None = None,
    is_dry_run: bool = False,
) -> ImportResult:
    layouts = read_mapping(json.dumps(mapping or {}), KIND.parts)
    said = {"account": "BANK", "corrects": corrects}
    head = layouts["statements"]
    constants = {**head.constants, **{name: text for name, text in said.items() if text}}
    layouts["statements"] = type(head)(
        columns=head.columns, constants=constants, sheet=head.sheet, delimiter=head.delimiter
    )
    request = ImportRequest(
        kind="bank_statement",
        files={"statements": content},
        style=style or CellStyle(numbers=PLAIN),
        layouts=layouts,
        is_dry_run=is_dry_run,
    )
    with house.work("reconciler") as work:
        return import_files(work, request)


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    assert result.read == result.accepted + result.refused + result.unchanged
    return result.read, result.accepted, result.refused, result.unchanged


def amounts(house: House) -> list[int | None]:
    with house.work("reconciler") as work:
        (row,) = [one for one in list_statements(work) if one.state != "replaced"]
        return [line.amount_minor for line, _ in open_lines(work, row)]


@pytest.mark.parametrize(
    "content", [camt([Booked(amount="250.00")], closing="750.00", version=2), MT940.encode()]
)
def test_a_bank_file_comes_in_once(house: House, content: bytes) -> None:
    bank(house)
    tried = brought(house, content, is_dry_run=True)
    first, again = brought(house, content), brought(house, content)
    read = first.read
    assert counts(tried) == counts(first) == (read, read, 0, 0)
    assert counts(again) == (read, 0, 0, read)
    with house.work("auditor") as work:
        (row,) = list_statements(work)
    assert (row.state, row.line_count) == ("foots", read - 1)


@ON_SQLITE
def test_the_style_of_other_files_does_not_touch_what_a_bank_wrote(house: House) -> None:
    bank(house)
    style = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR)
    brought(house, camt([Booked(amount="1250.75")], opening="2000.00", closing="749.25"), style=style)
    assert amounts(house) == [-125_075]


@ON_SQLITE
def test_what_cannot_be_read_is_flagged_on_its_line_and_keeps_nothing_out(house: House) -> None:
    bank(house, currency="EUR")
    odd = Booked(amount="10.005", day="2026-02-30", value="2026-11-03", name="Ana de Prueba")
    found = brought(house, camt([odd], opening="20.00", closing="9.99", currency="EUR"))
    assert counts(found) == (2, 2, 0, 0)
    assert codes(found) == [
        ("lines", 1, "booking_date", "date_impossible"),
        ("lines", 1, "amount", "amount_unreadable"),
    ]
    with house.work("reconciler") as work:
        (row,) = list_statements(work)
        ((line, words),) = open_lines(work, row)
    assert (row.state, row.flags) == ("does_not_foot", (StatementFlag.AMOUNT_UNREADABLE,))
    assert line.flags == (
        LineFlag.AMOUNT_UNREADABLE,
        LineFlag.BOOKING_DATE_UNREADABLE,
    )
    assert words is not None
    assert words.written is not None
    assert "DBIT EUR 10.005" in words.written.reveal()


def test_a_corrected_statement_takes_the_place_of_the_one_that_did_not_foot(house: House) -> None:
    bank(house)
    first = brought(house, camt([Booked(amount="250.00")], closing="751.00"))
    assert [(one.row, one.refusal.code) for one in first.flags] == [(1, "statement_off")]
    edited = brought(house, camt([Booked(amount="250.00")], closing="750.00"))
    assert counts(edited) == (2, 0, 1, 1)
    assert ("statements", 1, "closing", "cell_changed") in codes(edited)
    with house.work("auditor") as work:
        (odd,) = list_statements(work)
    assert odd.state == "does_not_foot"
    right = brought(house, camt([Booked(amount="250.00")], closing="750.00"), corrects=odd.number)
    assert counts(right) == (2, 2, 0, 0)
    with house.work("auditor") as work:
        assert [row.state for row in list_statements(work)] == ["replaced", "foots"]


@ON_SQLITE
def test_what_is_no_statement_is_refused_with_its_place(house: House) -> None:
    bank(house)
    found = brought(house, b"<?xml version='1.0'?><!DOCTYPE x><Document/>")
    assert codes(found) == [("statements", None, None, "statement_xml_declares")]
    pending = brought(house, camt([Booked(amount="1.00", status="PDNG")], closing="1000.00"))
    assert [one.refusal.code for one in pending.flags] == ["statement_not_booked"]


TABLE = """fecha;concepto;debe;haber;saldo
12/11/2026;Interés;;0,50;749,75
11/11/2026;Pago PG-2026-0001;250,75;;749,25
"""
MAPPING = {
    "parts": {
        "lines": {
            "columns": {"fecha": "booking_date", "concepto": "remittance", "debe": "debit", "haber": "credit"}
        }
    }
}
STYLE = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, currency="USD")


@ON_SQLITE
def test_a_table_of_lines_foots_by_its_running_balance_the_newest_first(house: House) -> None:
    bank(house)
    found = brought(house, TABLE.encode(), mapping=MAPPING, style=STYLE)
    assert counts(found) == (3, 3, 0, 0)
    with house.work("auditor") as work:
        (row,) = list_statements(work)
    assert (row.state, row.opening_minor, row.closing_minor) == ("foots", 100_000, 74_975)
    assert amounts(house) == [50, -25_075]


SEVERAL = """extracto;fecha;monto;saldo
2026-10;2026-10-05;-10.00;90.00
2026-11;2026-11-03;5.00;92.00
2026-10;2026-10-06;-3.00;87.00
2026-11;2026-11-04;-2.00;90.00
"""
OF_SEVERAL = {
    "parts": {
        "lines": {"columns": {"extracto": "statement", "fecha": "booking_date"}},
        "statements": {"constants": {"opening": "1.00", "closing": "1.00", "statement": "todo"}},
    }
}
ISO = CellStyle(numbers=PLAIN, currency="USD")


@ON_SQLITE
def test_a_table_tells_several_statements_by_its_column_and_each_foots_alone(house: House) -> None:
    bank(house)
    found, again = (brought(house, SEVERAL.encode(), mapping=OF_SEVERAL, style=ISO) for _ in range(2))
    assert (counts(found), counts(again)) == ((6, 6, 0, 0), (6, 0, 0, 6))
    with house.work("reconciler") as work:
        told = {
            row.bank_ref: (row.state, row.opening_minor, row.closing_minor, row.from_day, row.until_day)
            for row in list_statements(work)
        }
        lines = [line.amount_minor for line, _ in open_lines(work, list_statements(work)[0])]
    assert told == {
        "2026-10": ("foots", 10_000, 8_700, date(2026, 10, 5), date(2026, 10, 6)),
        "2026-11": ("foots", 8_700, 9_000, date(2026, 11, 3), date(2026, 11, 4)),
    }
    assert lines == [-1_000, -300]


@ON_SQLITE
@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (
            "2026-11;2026-11-04;-2.00;90.00",
            ";2026-11-04;-2.00;90.00",
            ("lines", 5, "statement", "cell_missing"),
        ),
        ("5.00;92.00", "5.00;", ("statements", 2, None, "statement_nothing_to_foot")),
    ],
)
def test_a_line_of_no_statement_and_balances_of_none_are_told(
    house: House, before: str, after: str, found: tuple[object, ...]
) -> None:
    bank(house)
    told = brought(house, SEVERAL.replace(before, after).encode(), mapping=OF_SEVERAL, style=ISO)
    assert found in codes(told)
    assert told.accepted == 0, "money is taken in whole or not at all"


@ON_SQLITE
def test_a_table_foots_by_the_balances_of_its_layout_and_never_by_none(house: House) -> None:
    bank(house)
    bare = "fecha;monto;lado\n2026-11-11;250.75;debe\n2026-11-12;0.50;haber\n"
    style = CellStyle(numbers=PLAIN, currency="USD")
    mapping = {"parts": {"lines": {"columns": {"fecha": "booking_date"}}}}
    found = brought(house, bare.encode(), mapping=mapping, style=style)
    assert codes(found) == [("statements", None, None, "statement_nothing_to_foot")]
    constants = {"statement": "2026-11", "opening": "1000.00", "closing": "749.75"}
    mapping = {"parts": {**mapping["parts"], "statements": {"constants": constants}}}
    assert counts(brought(house, bare.encode(), mapping=mapping, style=style)) == (3, 3, 0, 0)
    assert amounts(house) == [-25_075, 50]


@ON_SQLITE
def test_a_signed_amount_that_is_none_in_the_account_is_told(house: House) -> None:
    bank(house)
    odd = "booking_date;amount;balance\n2026-11-11;-10.005;1.00\n"
    constants = {"opening": "1.00", "closing": "1.00", "currency": "USD"}
    mapping = {"parts": {"statements": {"constants": constants}}}
    found = brought(house, odd.encode(), mapping=mapping)
    assert codes(found) == [("lines", 2, "amount", "amount_unreadable")]
    assert amounts(house) == [None]


@ON_SQLITE
def test_digits_of_an_account_survive_and_a_bank_may_write_what_it_likes(house: House) -> None:
    bank(house)
    odd = Booked(
        amount="1.00",
        account="12345678901234500000",
        text="=SUM(A1) @x +y -z #REF!",
        name="+Ana",
        reference="=1",
    )
    brought(house, camt([odd], closing="999.00"))
    with house.work("reconciler") as work:
        (row,) = list_statements(work)
        ((line, words),) = open_lines(work, statement_by_number(work.reader(), work.programme.id, row.number))
    assert line.bank_ref == "=1"
    assert words is not None
    assert words.account is not None
    assert words.account.reveal() == "12345678901234500000"
    assert words.remittance is not None
    assert words.remittance.reveal() == "=SUM(A1) @x +y -z #REF!"


@ON_SQLITE
def test_a_dinar_has_three_decimals_and_a_yen_none(house: House) -> None:
    for code, text, minor in (("JOD", "12.345", -12_345), ("JPY", "1500", -1_500)):
        bank(house, code, currency=code)
        content = camt([Booked(amount=text)], opening="0", closing=f"-{text}", currency=code, reference=code)
        layouts = read_mapping("{}", KIND.parts)
        head = layouts["statements"]
        layouts["statements"] = type(head)(constants={"account": code})
        request = ImportRequest(
            kind="bank_statement",
            files={"statements": content},
            style=CellStyle(numbers=PLAIN),
            layouts=layouts,
        )
        with house.work("reconciler") as work:
            import_files(work, request)
            row = next(one for one in list_statements(work) if one.currency == code)
            ((line, _),) = open_lines(work, row)
        assert (row.state, row.money(line.amount_minor)) == ("foots", Money(minor, code))


@ON_SQLITE
def test_the_same_identification_in_another_month_is_another_statement(house: House) -> None:
    bank(house)
    october = camt(
        [Booked(amount="1.00", day="2026-10-05")], closing="999.00", days=("2026-10-01", "2026-10-31")
    )
    november = camt([Booked(amount="2.00")], opening="999.00", closing="997.00")
    assert [counts(brought(house, one)) for one in (october, november, october)] == [
        (2, 2, 0, 0),
        (2, 2, 0, 0),
        (2, 0, 0, 2),
    ]
