"""One table of a bank that tells lines of several accounts of ours: each is a statement of its account, or none is."""

import json
from collections.abc import Mapping

import pytest

from seedfund.banking.queries import list_statements
from seedfund.funds.queries import bank_accounts
from seedfund.interchange.kinds import find_kind
from seedfund.interchange.rules import CellStyle
from seedfund.interchange.rules.mappings import read_mapping
from seedfund.interchange.service import ImportRequest, ImportResult, import_files
from seedfund.kernel.errors import Refusal
from seedfund.kernel.money import PLAIN
from tests.banking.saying import ON_SQLITE, said
from tests.banking.test_import import counts
from tests.funds.support import bank
from tests.interchange.books import book
from tests.interchange.files import codes
from tests.support.programme import House

KIND = find_kind("bank_statement")
STYLE = CellStyle(numbers=PLAIN, currency="USD")
TABLE = """cuenta;fecha;monto;saldo
{first};2026-10-05;-10.00;90.00
{second};2026-10-03;5.00;5.00
{first};2026-10-06;-3.00;87.00
{second};2026-10-04;-2.00;3.00
"""
COLUMNS = {"cuenta": "account", "fecha": "booking_date", "monto": "amount", "saldo": "balance"}


def brought(
    house: House,
    content: str | bytes,
    *,
    account: str = "",
    columns: Mapping[str, str] = COLUMNS,
    dry: bool = False,
) -> ImportResult:
    constants = {"opening": "1.00"} | ({"account": account} if account else {})
    mapping = {"parts": {"lines": {"columns": columns}, "statements": {"constants": constants}}}
    request = ImportRequest(
        kind="bank_statement",
        files={"statements": content if isinstance(content, bytes) else content.encode()},
        style=STYLE,
        layouts=read_mapping(json.dumps(mapping), KIND.parts),
        is_dry_run=dry,
    )
    with house.work("reconciler") as work:
        return import_files(work, request)


def two(house: House) -> None:
    """The account BANK, whose number an earlier statement told, and another one that is known by code and name."""
    bank(house)
    bank(house, "CAJA-AHORRO")
    said(house)


def told(house: House) -> list[tuple[str, str, int | None, int | None, int]]:
    with house.work("auditor") as work:
        names = {one.id: one.code for one in bank_accounts(work.reader(), work.programme.id)}
        rows = [row for row in list_statements(work) if row.bank_ref != "EXTRACTO-1"]
    return sorted(
        (names[row.bank_account_id], row.state, row.opening_minor, row.closing_minor, row.line_count)
        for row in rows
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("BANK", "CAJA-AHORRO"),
        ("bank", "caja-ahorro"),
        ("000111222", "CAJA-AHORRO"),
        ("'000-111-222", "Caja-Ahorro"),
    ],
)
def test_each_account_of_a_table_has_its_own_statement_that_foots(
    house: House, first: str, second: str
) -> None:
    two(house)
    content = TABLE.format(first=first, second=second)
    tried, found, again = (brought(house, content, dry=dry) for dry in (True, False, False))
    assert (counts(tried), counts(found), counts(again)) == ((6, 6, 0, 0), (6, 6, 0, 0), (6, 0, 0, 6))
    assert told(house) == [("BANK", "foots", 10_000, 8_700, 2), ("CAJA-AHORRO", "foots", 0, 300, 2)]


def unknown(result: ImportResult) -> Refusal:
    """The refusal of the first row of an account that is none of ours."""
    first, _ = result.refusals
    assert (first.part, first.row, first.column) == ("lines", 3, "account")
    assert first.refusal.code == "statement_account_unknown"
    return first.refusal


def test_an_account_that_is_none_of_ours_is_told_by_its_row_with_the_nearest_and_never_by_its_digits(
    house: House,
) -> None:
    two(house)
    named = brought(house, TABLE.format(first="BANK", second="CAJA-AHORO"))
    refused = unknown(named)
    assert refused.facts["written"] == "CAJA-AHORO (did you mean CAJA-AHORRO?)"
    numbered = brought(house, TABLE.format(first="BANK", second="9988776655"))
    assert unknown(numbered).facts["written"] == "…655"
    assert told(house) == [], "money is taken in whole or not at all"


@ON_SQLITE
def test_with_an_account_given_a_row_of_another_one_is_refused(house: House) -> None:
    two(house)
    several = brought(house, TABLE.format(first="BANK", second="CAJA-AHORRO"), account="BANK")
    assert codes(several) == [("lines", 3, "account", "statement_account_other")]
    for written in ("CAJA-AHORRO", "CAJA-AHORO", "9988776655"):
        only = f"cuenta;fecha;monto;saldo\n{written};2026-10-05;-10.00;90.00\n"
        code = brought(house, only, account="BANK").refusals[0].refusal.code
        expected = "statement_account_other" if written == "CAJA-AHORRO" else "statement_account_unknown"
        assert code == expected, written
    assert told(house) == []


@ON_SQLITE
def test_a_number_is_known_from_the_first_table_that_was_said_to_be_of_its_account(house: House) -> None:
    bank(house)
    bank(house, "OTRA")
    one = "cuenta;fecha;monto;saldo\n123-456-7;2026-10-05;-10.00;90.00\n"
    tried = brought(house, one)
    assert codes(tried)[0] == ("lines", 2, "account", "statement_account_unknown")
    assert counts(brought(house, one, account="BANK")) == (2, 2, 0, 0)
    later = one.replace("2026-10-05;-10.00;90.00", "2026-10-06;-1.00;89.00").replace("123-456-7", "1234567")
    assert counts(brought(house, later)) == (2, 2, 0, 0)
    assert [row[0] for row in told(house)] == ["BANK", "BANK"]
    elsewhere = brought(house, later.replace("2026-10-06", "2026-10-07"), account="OTRA")
    assert codes(elsewhere)[0] == ("lines", 2, "account", "statement_account_other")


@ON_SQLITE
def test_a_row_that_names_no_account_where_others_do_is_told(house: House) -> None:
    two(house)
    found = brought(house, TABLE.format(first="BANK", second=""))
    assert ("lines", 3, "account", "statement_account_missing") in codes(found)
    assert told(house) == []


@ON_SQLITE
def test_a_table_tells_several_statements_of_several_accounts(house: House) -> None:
    two(house)
    content = (
        "cuenta;extracto;fecha;monto;saldo\n"
        "BANK;9;2026-09-05;1.00;1.00\nBANK;10;2026-10-05;1.00;2.00\nCAJA-AHORRO;9;2026-09-05;7.00;7.00\n"
    )
    found = brought(house, content, columns={**COLUMNS, "extracto": "statement"})
    assert counts(found) == (6, 6, 0, 0)
    assert [(row[0], row[2], row[3]) for row in told(house)] == [
        ("BANK", 0, 100),
        ("BANK", 100, 200),
        ("CAJA-AHORRO", 0, 700),
    ]


@ON_SQLITE
def test_a_workbook_tells_accounts_as_texts_and_one_kept_as_a_number_is_told(house: House) -> None:
    two(house)
    for account, refused in ((111222, ["identifier_as_number", "file_not_taken"]), ("000111222", [])):
        rows = [
            ("cuenta", "fecha", "monto", "saldo"),
            (account, "2026-10-05", -10, 90),
            ("CAJA-AHORRO", "2026-10-05", 7, 7),
        ]
        found = brought(house, book({"Movimientos": rows}))
        assert [code for *_, code in codes(found)] == refused
    assert [row[0] for row in told(house)] == ["BANK", "CAJA-AHORRO"]
