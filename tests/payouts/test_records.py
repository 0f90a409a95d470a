"""Records before and after the rows: written with the file's figures; a file that disagrees is refused whole."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedfund.interchange.exports.provider_file import FileAbout, provider_file
from seedfund.interchange.service import ExportPaymentList, export_payment_list, payment_file
from seedfund.kernel.errors import Refused
from seedfund.kernel.roles import Assurance
from seedfund.payouts.rules import (
    Align,
    Direction,
    FileForm,
    LayoutField,
    LayoutRecord,
    LayoutTerms,
    NumberForm,
    OwnAccount,
    RecordCell,
    RecordItem,
    check_layout,
)
from tests.grants.paying import payment_of
from tests.payouts.provider import RESULTS, codes, column, counts, layout, on_their_way, taken, waiting
from tests.payouts.test_files import COUNTER, TRANSFER, going_out
from tests.support.grants import key, prepared
from tests.support.programme import House

R, F = RecordItem, LayoutField
ABOUT = FileAbout(number="PF-2026-0007", day=date(2026, 1, 5))
OURS = OwnAccount(bank_account="BANK", number="2200998877")


def cell(holds: RecordItem, text: str = "", **more: Any) -> RecordCell:
    """A cell of a record."""
    return RecordCell(holds=holds, text=text, **more)


def record(*cells: RecordCell) -> LayoutRecord:
    """A line before or after the rows."""
    return LayoutRecord(cells=cells)


ZEROS: dict[str, Any] = {"align": Align.RIGHT, "fill": "0"}
CSV_OUT = replace(
    TRANSFER,
    ours=OURS,
    lead_in=(
        record(cell(R.TEXT, "H"), cell(R.FILE), cell(R.ACCOUNT), cell(R.DATE), cell(R.CURRENCY)),
        record(cell(R.TEXT, "EMPRESA 42")),
    ),
    trailer=(record(cell(R.TEXT, "T"), cell(R.COUNT), cell(R.SUM), cell(R.SUM, numbers=NumberForm.MINOR)),),
)
FIXED_OUT = LayoutTerms(
    title="Lote Ficticio",
    direction=Direction.OUT,
    form=FileForm.FIXED,
    has_titles=False,
    numbers=NumberForm.MINOR,
    columns=(column("", F.PAYMENT, width=14), column("", F.AMOUNT, width=10, align=Align.RIGHT, fill="0")),
    lead_in=(record(cell(R.TEXT, "H", width=1), cell(R.FILE, width=15)),),
    trailer=(
        record(cell(R.TEXT, "T", width=1), cell(R.COUNT, width=6, **ZEROS), cell(R.SUM, width=12, **ZEROS)),
    ),
)
CSV_IN = replace(
    RESULTS,
    lead_in=(record(cell(R.TEXT, "H"), cell(R.FILE), cell(R.IGNORED)),),
    trailer=(record(cell(R.TEXT, "T"), cell(R.COUNT), cell(R.SUM), cell(R.CURRENCY)),),
)
FIXED_IN = replace(FIXED_OUT, direction=Direction.IN, currency="USD")


def test_a_csv_has_its_records_before_the_titles_and_after_the_rows() -> None:
    content = provider_file(CSV_OUT, [going_out(), going_out()], ABOUT).decode().split("\r\n")

    assert content[:2] == ["H;PF-2026-0007;2200998877;2026-01-05;USD", "EMPRESA 42"]
    assert content[2].startswith("Tipo;Cuenta")
    assert content[-2:] == ["T;2;2501,00;250100", ""]
    assert len(content) == 7


def test_in_fixed_width_records_have_widths_of_their_own() -> None:
    content = provider_file(FIXED_OUT, [going_out()], ABOUT).decode().split("\r\n")

    assert content == [
        "HPF-2026-0007   ",
        "PG-2026-0001  0000125050",
        "T000001000000125050",
        "",
    ]


def test_a_sum_that_does_not_fit_is_refused_and_not_cut() -> None:
    narrow = replace(FIXED_OUT, trailer=(record(cell(R.SUM, width=3)),))

    with pytest.raises(Refused) as refused:
        provider_file(narrow, [going_out()], ABOUT)

    assert refused.value.codes == ("payout_record_does_not_fit",)


WRONG: dict[str, tuple[LayoutTerms, dict[str, Any]]] = {
    "payout_layout_records": (COUNTER, {"lead_in": (record(cell(R.COUNT)),)}),
    "payout_layout_record": (FIXED_OUT, {"trailer": (record(cell(R.COUNT)),)}),
    "payout_layout_own_account": (CSV_OUT, {"ours": OwnAccount(bank_account="", number="1")}),
}


@pytest.mark.parametrize("code", WRONG)
def test_a_mistake_in_a_record_is_named(code: str) -> None:
    terms, change = WRONG[code]

    assert [refusal.code for refusal in check_layout(replace(terms, **change))] == [code]


@pytest.mark.parametrize(
    "bad", [cell(R.TEXT), cell(R.ACCOUNT), cell(R.TEXT, "EMPRESA", width=3), cell(R.SUM, width=4, fill="00")]
)
def test_a_cell_of_a_record_that_cannot_be_written_is_named(bad: RecordCell) -> None:
    wrong = replace(FIXED_OUT, lead_in=(record(cell(R.DATE, width=10), bad),))

    (refusal,) = check_layout(wrong)

    assert (refusal.code, refusal.facts["record"], refusal.facts["cell"]) == (
        "payout_layout_record",
        "1",
        "2",
    )


@pytest.mark.parametrize("terms", [CSV_OUT, FIXED_OUT, CSV_IN, FIXED_IN])
def test_layouts_with_records_are_taken(terms: LayoutTerms) -> None:
    assert check_layout(terms) == []


@pytest.fixture
def bank(house: House) -> House:
    """A programme with money and layouts whose files have records."""
    prepared(house)
    layout(house, "lote", CSV_IN)
    layout(house, "fijo", FIXED_IN)
    return house


HEAD = "Referencia de pago;Beneficiario;Valor;Estado;Comprobante;Fecha"


def answer(*rows: str, first: str = "H;L-1;x", last: str = "") -> bytes:
    """A provider's answer with its records."""
    return "\r\n".join((first, HEAD, *rows, last, "", "")).encode()


def test_a_file_whose_trailer_agrees_is_taken_and_rows_are_named_by_their_lines(bank: House) -> None:
    _, payments, _ = on_their_way(bank, 2)
    rows = [f"{payments[0]};Nombre;500.00;PAGADO;R1;", "PG-2026-9999;Nombre;0.50;PAGADO;R2;"]

    result = taken(bank, answer(*rows, f"{payments[1]};Nombre;;;;", last="T;3;500.50;USD"), code="lote")

    assert counts(result) == (3, 1, 1, 1)
    assert codes(result) == [(4, "payout_payment_unknown")]
    assert payment_of(bank, payments[0]).state == "delivered"


def test_a_row_whose_number_is_spoiled_counts_in_the_sum_all_the_same(bank: House) -> None:
    result = taken(
        bank, answer("4.07952E+14;Nombre;500.00;PAGADO;R1;", last="T;0001;500.00;usd"), code="lote"
    )

    assert counts(result) == (1, 0, 1, 0)
    assert codes(result)[0] == (3, "payout_cell_unreadable")


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("H;L-1;x", "T;2;500.00;USD", [("payout_count_disagrees", "2", "1")]),
        ("H;L-1;x", "T;1;499.99;USD", [("payout_sum_disagrees", "499.99", "500.00")]),
        (
            "H;L-1;x",
            "T;3;0.00;USD",
            [("payout_count_disagrees", "3", "1"), ("payout_sum_disagrees", "0.00", "500.00")],
        ),
        ("H;L-1;x", "T;1;500,00;USD", [("payout_record_other", None, None)]),
        ("H;L-1;x", "T;1;500.00;EUR", [("payout_record_other", None, None)]),
        ("H;L-1;x", "T;1;500.00;USD;more", [("payout_record_other", None, None)]),
        ("X;L-1;x", "T;1;500.00;USD", [("payout_record_other", None, None)]),
    ],
)
def test_a_file_whose_records_disagree_is_refused_whole_and_tells_both_figures(
    bank: House, first: str, last: str, told: list[tuple[Any, ...]]
) -> None:
    _, (payment,), _ = on_their_way(bank)

    result = taken(bank, answer(f"{payment};Nombre;500.00;PAGADO;R1;", first=first, last=last), code="lote")

    found = [
        (one.refusal.code, one.refusal.facts.get("said"), one.refusal.facts.get("read"))
        for one in result.refusals
    ]
    assert (found, counts(result)) == (told, (1, 0, 1, 0))
    assert (payment_of(bank, payment).state, waiting(bank), result.batch) == ("released", [], None)


def test_a_file_cut_short_is_refused_whole(bank: House) -> None:
    _, (payment,), _ = on_their_way(bank)
    row = f"{payment};Nombre;500.00;PAGADO;R1;"

    cut = taken(bank, "\r\n".join(("H;L-1;x", HEAD, row)).encode(), code="lote")
    only = taken(bank, b"H;L-1;x\r\n", code="lote")

    assert codes(cut) == [(None, "payout_record_other")]
    assert codes(only) == [(None, "payout_records_missing")]
    assert payment_of(bank, payment).state == "released"


def test_a_trailer_of_fixed_width_is_checked_in_minor_units(bank: House) -> None:
    _, (payment,), _ = on_their_way(bank)
    lines = ["HL-1            ", f"{payment:<14}0000050000"]

    wrong = taken(bank, "\r\n".join((*lines, "T000001000000050001")).encode(), code="fijo")
    right = taken(bank, "\r\n".join((*lines, "T000001000000050000", "")).encode(), code="fijo")

    assert codes(wrong) == [(None, "payout_sum_disagrees")]
    assert counts(right) == (1, 1, 0, 0)


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=12))
def test_what_is_written_of_any_list_agrees_with_its_rows(amounts: list[int]) -> None:
    lines = [replace(going_out(), amount=replace(going_out().amount, minor=minor)) for minor in amounts]

    content = provider_file(FIXED_OUT, lines, ABOUT).decode().split("\r\n")

    assert content[-2] == f"T{len(amounts):06}{sum(amounts):012}"
    assert provider_file(FIXED_OUT, lines, ABOUT).decode().split("\r\n") == content


def test_a_file_names_its_number_and_is_handed_out_as_it_was_logged(bank: House) -> None:
    layout(
        bank,
        "salida",
        replace(
            CSV_OUT, columns=tuple(one for one in CSV_OUT.columns if one.field not in (F.ACCOUNT, F.BANK))
        ),
    )
    layout(bank, "otra", replace(FIXED_OUT, ours=replace(OURS, bank_account="CAJA")))
    number, _, _ = on_their_way(bank)

    with bank.work("cashier", assurance=Assurance.PIN) as work:
        made = [
            export_payment_list(work, ExportPaymentList(key=key(), number=number, layout="salida"))
            for _ in range(2)
        ]
        contents = [payment_file(work, one.number).decode() for one in made]
        with pytest.raises(Refused) as other:
            export_payment_list(work, ExportPaymentList(key=key(), number=number, layout="otra"))

    assert contents[0] == contents[1].replace(made[1].number, made[0].number)
    assert made[0].number in contents[0].split("\r\n")[0]
    assert other.value.codes == ("payout_other_own_account",)
