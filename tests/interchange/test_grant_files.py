"""Receipts, results of payments, evidence and transfers of others become facts of the right grant."""

from seedfund.grants.queries.grants import grant_by_number
from seedfund.interchange.queries import imported_numbers
from tests.grants.paying import paid, payable, payment_of, released, wish
from tests.interchange.files import codes, households, taken
from tests.support.grants import awarded_on_plan, prepared
from tests.support.programme import House

RECEIPTS = (
    "comprobante;capital;entrega;linea_del_plan;tipo;descripcion;fecha_del_documento;monto;proveedor;numero\n"
)
RESULTS = "resultado;capital;desembolso;estado;fecha_valor;referencia\n"
EVIDENCE = "evidencia;sobre;clave;tipo;observado_el;fuente;porcentaje;monto;es_asi\n"
TRANSFERS = "transferencia;hogar;pagador;beneficio;finalidad;monto;desde;fuente\n"


def numbers(house: House, kind: str, *keys: str) -> dict[str, str]:
    with house.work("field") as work:
        return imported_numbers(work, kind, kind, keys)


def test_a_result_finds_the_payment_on_its_way_by_grant_and_tranche(house: House) -> None:
    prepared(house)
    grant = payable(house)
    (payment,) = released(house, wish(grant)).payments

    result = taken(
        house,
        "payment_results",
        {"payment_results": RESULTS + f"R-1;{grant};1;pagado;05/01/2026;EJ-1\n"},
        actor="reconciler",
    )

    assert codes(result) == []
    assert payment_of(house, payment).state == "delivered"
    assert numbers(house, "payment_results", "R-1") == {"R-1": payment}


def test_a_result_without_a_payment_on_its_way_is_refused_at_its_row(house: House) -> None:
    prepared(house)
    grant = payable(house)

    result = taken(
        house,
        "payment_results",
        {"payment_results": RESULTS + f"R-1;{grant};1;pagado;;\nR-2;;1;pagado;;\n"},
        actor="reconciler",
    )

    assert codes(result) == [
        ("payment_results", 2, "tranche", "not_found"),
        ("payment_results", 3, "payment", "cell_missing"),
    ]


def test_receipts_handed_in_together_are_one_justification(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    rows = (
        f"J-1;{grant};T1;;factura;Horno;04/01/2026;300,00;Almacén Ficticio;001-001-000000001\n"
        f"J-2;{grant};T1;;declaración;Leña;04/01/2026;12,50;;\n"
        f"J-3;{grant};T2;;factura;Mesa;04/01/2026;40,00;Almacén Ficticio;001-001-000000002\n"
    )

    result = taken(house, "receipts", {"receipts": RECEIPTS + rows}, actor="coach")

    assert codes(result) == []
    found = numbers(house, "receipts", "J-1", "J-2", "J-3")
    assert found["J-1"].removesuffix("/1") == found["J-2"].removesuffix("/2")
    assert found["J-3"].endswith("/1")
    assert found["J-3"] != found["J-1"]


def test_a_grant_is_found_by_the_plan_it_stands_on(house: House) -> None:
    prepared(house)
    grant = awarded_on_plan(house).number
    with house.work("field") as work:
        plan = grant_by_number(work.reader(), work.programme.id, grant).basis_ref
    rows = (
        f"V-1;capital;{plan};visita;05/01/2026;Ficha de visita;;;sí\n"
        f"V-2;capital;BP-2026-0999;visita;05/01/2026;Ficha de visita;;;sí\n"
    )

    result = taken(house, "evidence", {"evidence": EVIDENCE + rows}, actor="coach")

    assert codes(result) == [("evidence", 3, "subject", "not_found")]
    assert numbers(house, "evidence", "V-1")["V-1"].startswith("EV-")


def test_evidence_of_people_and_households_is_taken_with_its_value(house: House) -> None:
    households(house)
    rows = (
        "A-1;persona;M-001;asistencia;05/01/2026;Lista de asistencia;87,5;;\n"
        "A-2;hogar;H-001;depósito de ahorro;05/01/2026;Libreta;;15,00;\n"
    )

    result = taken(house, "evidence", {"evidence": EVIDENCE + rows}, actor="coach")

    assert (codes(result), result.accepted) == ([], 2)


def test_a_transfer_that_somebody_else_pays_is_recorded_for_the_household(house: House) -> None:
    households(house)
    rows = "X-1;H-002;MIES;Bono de ejemplo;cash_transfer;55,00;01/01/2026;Registro social\n"

    result = taken(house, "external_transfers", {"external_transfers": TRANSFERS + rows})

    assert codes(result) == []
    assert numbers(house, "external_transfers", "X-1")["X-1"].startswith("ET-")
