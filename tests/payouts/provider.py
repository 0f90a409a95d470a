"""A provider of payments, played by the tests: its layouts, its files, and lists that are on their way to it."""

from collections.abc import Sequence
from typing import Any, Final

import pytest

from seedfund.interchange.service.provider_results import ProviderResult, ResultsRequest, import_results
from seedfund.payouts.queries import ExceptionShown, list_exceptions
from seedfund.payouts.rules import (
    AmountMeaning,
    Direction,
    FeesAre,
    FileForm,
    LayoutColumn,
    LayoutField,
    LayoutTerms,
    StatusWord,
    Told,
)
from seedfund.payouts.service import ApproveLayout, DefineLayout, approve_layout, define_layout
from tests.grants.paying import payable, released, wish
from tests.support.databases import DatabaseServer
from tests.support.grants import key
from tests.support.programme import House

WORDS: Final = (
    StatusWord(text="PAGADO", told=Told.DELIVERED),
    StatusWord(text="PARCIAL", told=Told.PARTIAL),
    StatusWord(text="RECHAZADO", told=Told.FAILED),
    StatusWord(text="No entregado", told=Told.NOT_DISTRIBUTED),
    StatusWord(text="REVERSADO", told=Told.REVERSED),
    StatusWord(text="EN PROCESO", told=Told.PENDING),
)


@pytest.fixture
def one_database(sqlite_server: DatabaseServer) -> DatabaseServer:
    """SQLite alone, for tests that look at rules and doors and not at storage."""
    return sqlite_server


def column(title: str, field: LayoutField, **more: Any) -> LayoutColumn:
    """A column of a layout."""
    return LayoutColumn(title=title, field=field, **more)


RESULTS: Final = LayoutTerms(
    title="Resultados del Banco Ficticio",
    direction=Direction.IN,
    form=FileForm.CSV,
    delimiter=";",
    currency="USD",
    columns=(
        column("Referencia de pago", LayoutField.PAYMENT),
        column("Beneficiario", LayoutField.IGNORED),
        column("Valor", LayoutField.AMOUNT),
        column("Estado", LayoutField.STATUS),
        column("Comprobante", LayoutField.REFERENCE),
        column("Fecha", LayoutField.DATE),
    ),
    statuses=WORDS,
)
HEAD: Final = "Referencia de pago;Beneficiario;Valor;Estado;Comprobante;Fecha"
FEES: Final = LayoutTerms(
    title="Resultados con comisión",
    direction=Direction.IN,
    form=FileForm.CSV,
    columns=(
        column("id", LayoutField.PAYMENT),
        column("neto", LayoutField.AMOUNT),
        column("comision", LayoutField.FEE),
    ),
    currency="USD",
    fees=FeesAre.DEDUCTED,
    fee_fund="UNHCR",
    fee_line="CH",
)
PARTS: Final = LayoutTerms(
    title="Entregas una por una",
    direction=Direction.IN,
    form=FileForm.CSV,
    columns=(
        column("id", LayoutField.PAYMENT),
        column("monto", LayoutField.AMOUNT),
        column("estado", LayoutField.STATUS),
        column("ref", LayoutField.REFERENCE),
    ),
    currency="USD",
    statuses=WORDS,
    amounts=AmountMeaning.EACH,
    rest_stays_open=True,
)


def layout(house: House, code: str = "banco", terms: LayoutTerms = RESULTS) -> None:
    """A layout in force: proposed by finance, approved by the manager."""
    with house.work("finance") as work:
        number = define_layout(work, DefineLayout(key=key(), code=code, terms=terms)).number
    with house.work("manager") as work:
        approve_layout(work, ApproveLayout(key=key(), number=number))


def on_their_way(house: House, count: int = 1) -> tuple[str, tuple[str, ...], list[str]]:
    """A released list of payments of 500.00 dollars: its number, its payments, their grants."""
    grants = [payable(house) for _ in range(count)]
    sent = released(house, *(wish(grant) for grant in grants))
    return sent.number, sent.payments, grants


def line(payment: str, amount: str = "500.00", status: str = "PAGADO", ref: str = "", day: str = "") -> str:
    """A row of the bank's file."""
    return f"{payment};Nombre Ficticio;{amount};{status};{ref};{day}"


def file(*lines: str, head: str = HEAD) -> bytes:
    """The bytes of a file."""
    return "\r\n".join((head, *lines, "")).encode()


def taken(
    house: House, content: bytes, *, actor: str = "reconciler", code: str = "banco", **more: Any
) -> ProviderResult:
    """Import a provider's file, committed."""
    with house.work(actor) as work:
        return import_results(work, ResultsRequest(content=content, layout=code, **more))


def counts(result: ProviderResult) -> tuple[int, int, int, int]:
    """Read, accepted, refused, unchanged; and that no row is missing."""
    assert result.read == result.accepted + result.refused + result.unchanged
    return result.read, result.accepted, result.refused, result.unchanged


def codes(result: ProviderResult) -> list[tuple[int | None, str]]:
    """Row and code of everything refused."""
    return [(one.row, one.refusal.code) for one in result.refusals]


def waiting(house: House) -> Sequence[ExceptionShown]:
    """The queue."""
    with house.work("director") as work:
        return list_exceptions(work)
