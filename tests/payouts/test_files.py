"""Lists out as providers want them and results in as they write them: CSV, workbooks, fixed width, under a password."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from seedfund.interchange.exports.provider_file import FileAbout, PayoutLine, provider_file
from seedfund.interchange.reader import Sheet
from seedfund.interchange.reader.protected import locked, opened
from seedfund.interchange.reader.providers import read_provider_file
from seedfund.interchange.rules.providers import part_of
from seedfund.interchange.service import (
    ExportPaymentList,
    PaymentListExported,
    export_payment_list,
    import_files,
    payment_file,
)
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Assurance
from seedfund.kernel.secret import Secret
from seedfund.payouts.queries import list_files
from seedfund.payouts.rules import Align, Direction, FileForm, LayoutField, LayoutTerms, NumberForm
from seedfund.reports.queries.desk import show
from tests.grants.paying import approved, payable, payee, payment_of, released, wish
from tests.interchange.books import book
from tests.interchange.files import codes, request
from tests.payouts.provider import RESULTS, column, counts, layout, on_their_way, taken
from tests.payouts.provider import one_database as database_server  # noqa: F401 # its fixture
from tests.support.grants import agreed, home, key, prepared
from tests.support.programme import House
from tests.support.unguarded import unguarded

F = LayoutField
TRANSFER = LayoutTerms(
    title="Transferencias del Banco Ficticio",
    direction=Direction.OUT,
    form=FileForm.CSV,
    delimiter=";",
    numbers=NumberForm.ES,
    columns=(
        column("Tipo", F.CONSTANT, constant="PA"),
        column("Cuenta", F.ACCOUNT),
        column("Banco", F.BANK),
        column("Beneficiario", F.NAME),
        column("Documento", F.DOCUMENT),
        column("Moneda", F.CURRENCY),
        column("Valor", F.AMOUNT),
        column("Referencia", F.PAYMENT),
        column("Fecha", F.DATE),
    ),
)
WALLET = LayoutTerms(
    title="Billetera Imaginaria",
    direction=Direction.OUT,
    form=FileForm.FIXED,
    has_titles=False,
    numbers=NumberForm.MINOR,
    columns=(
        column("", F.PAYMENT, width=14),
        column("", F.PHONE, width=14),
        column("", F.AMOUNT, width=10, align=Align.RIGHT, fill="0"),
        column("", F.CONSTANT, width=3, constant="USD"),
    ),
)
ANSWER = replace(
    WALLET,
    direction=Direction.IN,
    currency="USD",
    columns=(WALLET.columns[0], column("", F.IGNORED, width=14), WALLET.columns[2]),
)
COUNTER = replace(TRANSFER, form=FileForm.XLSX, title="Ventanilla Ficticia", numbers=NumberForm.PLAIN)
ABOUT = FileAbout(number="PF-2026-0001", day=date(2026, 1, 5))
PASSWORD = Secret("clave ñandú 7")


def going_out(name: str = "Rosa Prueba", account: str = "0012003344") -> PayoutLine:
    """A payment of 1,250.50 dollars as it goes out."""
    texts = {
        F.PAYMENT: "PG-2026-0001",
        F.NAME: name,
        F.ACCOUNT: account,
        F.BANK: "BF",
        F.DOCUMENT: "0102030405",
    }
    texts[F.PHONE] = "593990000001"
    amount = Money(125_050, "USD")
    return PayoutLine(payment="PG-2026-0001", amount=amount, released_on=date(2026, 1, 5), texts=texts)


def cells(content: bytes) -> list[list[object]]:
    """What a workbook holds, as it lies there."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_csv_goes_out_in_the_layouts_order_and_style() -> None:
    content = provider_file(TRANSFER, [going_out()], ABOUT).decode()

    head, row = csv.reader(io.StringIO(content), delimiter=";")
    assert head == [one.title for one in TRANSFER.columns]
    assert row == [
        *(
            "PA",
            "0012003344",
            "BF",
            "Rosa Prueba",
            "0102030405",
            "USD",
            "1250,50",
            "PG-2026-0001",
            "2026-01-05",
        ),
    ]


def test_fixed_width_is_filled_and_comes_back_as_it_went() -> None:
    content = provider_file(WALLET, [going_out()], ABOUT)

    assert content == b"PG-2026-0001  593990000001  0000125050USD\r\n"


def test_a_workbook_keeps_identifiers_as_text_and_amounts_as_numbers_the_same_bytes_each_time() -> None:
    lines = [going_out(name="=HYPERLINK(1)")]

    row = cells(provider_file(COUNTER, lines, ABOUT))[1]

    assert row[1:5] == ["0012003344", "BF", "=HYPERLINK(1)", "0102030405"]
    assert row[6] == 1250.5
    assert provider_file(COUNTER, lines, ABOUT) == provider_file(COUNTER, lines, ABOUT)


@pytest.mark.parametrize(
    ("terms", "line"),
    [
        (TRANSFER, going_out(name="=1+1")),
        (TRANSFER, going_out(name="Rosa\nPrueba")),
        (replace(TRANSFER, encoding="latin-1"), going_out(name="Роза")),
        (WALLET, replace(going_out(), texts={**going_out().texts, F.PHONE: "5" * 15})),
        (COUNTER, going_out(name="Rosa\x07")),
    ],
)
def test_what_does_not_fit_is_refused_and_never_cut_or_guarded(terms: LayoutTerms, line: PayoutLine) -> None:
    with pytest.raises(Refused) as error:
        provider_file(terms, [line], ABOUT)

    assert error.value.codes == ("payout_does_not_fit",)
    assert "Rosa" not in str(error.value)


def read(terms: LayoutTerms, content: bytes) -> Sheet:
    return read_provider_file(content, part_of(terms), terms)


def test_files_without_titles_are_read_by_their_places() -> None:
    fixed = read(
        ANSWER, b"PG-2026-0001  593990000001  0000125050\r\nPG-2026-0002  593990000002  0000000000\r\n"
    )
    plain = replace(RESULTS, has_titles=False)
    text = read(plain, b"PG-2026-0001;Rosa;1250.50;PAGADO;R1;2026-01-05\n")

    assert [(row.number, row.cells["payment"]) for row in fixed.rows] == [
        (1, "PG-2026-0001"),
        (2, "PG-2026-0002"),
    ]
    assert fixed.rows[0].cells["amount"] == "0000125050"
    assert text.rows[0].cells == {
        "payment": "PG-2026-0001",
        "amount": "1250.50",
        "status": "PAGADO",
        "reference": "R1",
        "date": "2026-01-05",
    }


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"Otra;Cosa\nx;y\n", "header_unknown"),
        (b"<html></html>", "file_is_html"),
        (book({"x": [["Referencia de pago"]]}), "file_other_form"),
        (locked(book({"x": [["a"]]}), PASSWORD), "file_encrypted"),
    ],
)
def test_a_file_that_is_no_file_of_the_layout_is_refused_as_a_whole(content: bytes, code: str) -> None:
    assert code in [one.refusal.code for one in read(RESULTS, content).complaints]


def test_a_password_opens_what_it_closed_and_no_other_does() -> None:
    plain = book({"x": [["a"]]})
    closed = locked(plain, PASSWORD)

    assert opened(closed, PASSWORD) == (plain, None)
    assert opened(plain, PASSWORD) == (plain, None)
    wrong = opened(closed, Secret("otra"))[1]
    broken = opened(closed[: len(closed) // 2], PASSWORD)[1]
    assert wrong is not None
    assert wrong.code == "file_password_wrong"
    assert broken is not None
    assert broken.code == "file_broken_protection"


def test_any_kind_comes_in_under_a_password(house: House) -> None:
    rows = [["hogar", "pais", "localidad", "comunidad", "fase"], ["H-001", "EC", "080150", "Esmeraldas", "A"]]
    closed = locked(book({"households": rows, "members": [["hogar", "miembro"]]}), PASSWORD)

    with house.work("field") as work:
        wrong = import_files(work, request("households", {"households": closed}, password=Secret("no")))
        without = import_files(work, request("households", {"households": closed}))
        right = import_files(work, request("households", {"households": closed}, password=PASSWORD))

    assert codes(wrong) == [("households", None, None, "file_password_wrong")]
    assert "file_encrypted" in [one[3] for one in codes(without)]
    assert "file_encrypted" not in [one[3] for one in codes(right)]


def in_a_bank(house: House, *accounts: str) -> tuple[str, tuple[str, ...]]:
    """A released list of payments into accounts: its number and its payments."""
    wishes = []
    for number in accounts:
        owner = home(house)
        grant = agreed(house, owner=owner)
        payee(house, grant, owner.head, number=number)
        wishes.append(wish(grant))
    house.clock.advance(timedelta(days=4))
    sent = released(house, *wishes)
    return sent.number, sent.payments


def exported(
    house: House, number: str, *, actor: str = "cashier", code: str = "salida", protected: bool = False
) -> PaymentListExported:
    """A list written for its provider."""
    with house.work(actor) as work:
        command = ExportPaymentList(key=key(), number=number, layout=code, is_protected=protected)
        return export_payment_list(work, command)


def bytes_of(house: House, number: str, actor: str = "cashier") -> bytes:
    """The file as it is handed out."""
    with house.work(actor) as work:
        return payment_file(work, number)


def rows_of(content: bytes) -> Sequence[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode()), delimiter=";"))


def test_a_released_list_goes_out_twice_with_the_same_bytes_and_is_logged_twice(house: House) -> None:
    prepared(house)
    layout(house, "salida", TRANSFER)
    number, payments = in_a_bank(house, "2200334455", "2200334466")

    first, second = exported(house, number), exported(house, number, actor="finance")

    content = bytes_of(house, first.number)
    assert content == bytes_of(house, second.number)
    assert (first.count, first.total, second.earlier) == (2, Money(100_000, "USD"), (first.number,))
    assert first.sha256 == second.sha256
    rows = rows_of(content)
    assert [row["Cuenta"] for row in rows] == ["2200334455", "2200334466"]
    assert [row["Referencia"] for row in rows] == list(payments)
    assert {row["Beneficiario"] for row in rows} == {"Rosa Elvira Prueba Cuasi"}
    with house.work("auditor") as work:
        shown = show(work, second.number)
        logged = list_files(work.reader(), work.programme.id)
    assert (shown.kind, shown.fields["total"], shown.fields["sha256"]) == (
        "payout file",
        first.total,
        first.sha256,
    )
    assert [(one.number, one.recorded_by) for one in logged] == [
        ("PF-2026-0001", "cashier"),
        ("PF-2026-0002", "finance"),
    ]


def test_what_went_out_comes_back_by_the_same_numbers(house: House) -> None:
    prepared(house)
    layout(house, "billetera", replace(WALLET, columns=(WALLET.columns[0], *WALLET.columns[2:])))
    layout(
        house, "respuesta", replace(ANSWER, columns=(*ANSWER.columns[::2], column("", F.IGNORED, width=3)))
    )
    number, _, _ = on_their_way(house, 2)

    content = bytes_of(house, exported(house, number, code="billetera").number)

    assert counts(taken(house, content, code="respuesta", list_number=number)) == (2, 2, 0, 0)


def test_only_a_released_list_goes_out_by_a_layout_for_it_with_an_account_for_everybody(house: House) -> None:
    prepared(house)
    layout(house, "salida", TRANSFER)
    layout(house)
    number, _, _ = on_their_way(house)
    early = approved(house, wish(payable(house))).number

    with pytest.raises(Refused) as not_released:
        exported(house, early)
    with pytest.raises(Refused) as without:
        exported(house, number)
    with pytest.raises(Refused) as other_way:
        exported(house, number, code="banco")
    with pytest.raises(InvalidInput):
        exported(house, number, protected=True)

    assert not_released.value.codes == ("payout_list_not_released",)
    assert without.value.codes == ("payout_without_account",)
    assert other_way.value.codes == ("payout_layout_direction",)


def test_accounts_go_to_those_who_pay_with_an_assured_identity_and_restricted_ones_to_the_director(
    house: House,
) -> None:
    prepared(house)
    layout(house, "salida", TRANSFER)
    number, _ = in_a_bank(house, "2200334455")
    made = exported(house, number).number

    with pytest.raises(NotAllowed):
        exported(house, number, actor="coach")
    with pytest.raises(NotAllowed):
        bytes_of(house, made, actor="auditor")
    with pytest.raises(NotAllowed), house.work("cashier", Assurance.CLAIMED) as work:
        export_payment_list(work, ExportPaymentList(key=key(), number=number, layout="salida"))
    with house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE sf_participant SET is_restricted = true"))
    with pytest.raises(NotAllowed):
        exported(house, number)
    with pytest.raises(NotAllowed):
        bytes_of(house, made)
    assert len(rows_of(bytes_of(house, exported(house, number, actor="director").number, "director"))) == 1


def test_a_file_is_handed_out_as_it_was_logged_or_not_at_all(house: House) -> None:
    prepared(house)
    layout(house, "salida", TRANSFER)
    number, _ = in_a_bank(house, "2200334455")
    made = exported(house, number).number

    with unguarded(house.engine, "sf_payment_list") as connection:
        connection.execute(sa.text("UPDATE sf_payment_list SET released_on = '2026-01-04'"))

    with pytest.raises(Refused) as error:
        bytes_of(house, made)
    assert error.value.codes == ("payout_file_changed",)


def test_a_counters_workbook_of_results_is_read_with_its_numbers_and_blanks(house: House) -> None:
    prepared(house)
    terms = replace(
        COUNTER,
        direction=Direction.IN,
        columns=(column("Pago", F.PAYMENT), column("Nombre", F.IGNORED), column("Valor", F.AMOUNT)),
        currency="USD",
    )
    layout(house, "ventanilla", terms)
    number, payments, _ = on_their_way(house, 4)
    rows: list[list[object]] = [
        ["Pago", "Nombre", "Valor"],
        [payments[0], "Rosa", 500],
        [payments[1], "Rosa", 125.5],
        [payments[2], "Rosa", 0],
        [payments[3], "Rosa", None],
    ]
    content = locked(book({"Hoja": rows}), PASSWORD)

    result = taken(house, content, code="ventanilla", list_number=number, password=PASSWORD)

    assert counts(result) == (4, 3, 0, 1)
    assert [payment_of(house, one).state for one in payments] == ["delivered", "part", "expired", "released"]


ANYTHING = st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode))


@settings(max_examples=60, deadline=None)
@given(ANYTHING, st.sampled_from((RESULTS, ANSWER, COUNTER)))
def test_any_bytes_are_read_or_refused_by_name(content: bytes, terms: LayoutTerms) -> None:
    found = read(terms, content)

    assert found.complaints or all(row.number > 0 for row in found.rows)
