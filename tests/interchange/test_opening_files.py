"""Opening positions come in whole or not at all, under the numbers of the earlier books, and once."""

from datetime import date

import pytest

from seedfund.grants.queries.history import histories_of, taken_over
from seedfund.grants.queries.tranches import paid_of, tranches_of
from seedfund.interchange.service import ImportResult
from seedfund.register.rules import EvidenceKind
from tests.grants.accounting_for import figures, filed, grant_of, require_sound
from tests.grants.test_history import PAPER
from tests.interchange.books import book
from tests.interchange.files import codes, taken
from tests.support.grants import home, prepared, usd
from tests.support.programme import House

HEAD = (
    "numero_externo;hogar;persona;beneficio;fondo;linea_presupuestaria;aprobado_el;aprobado;pagado;pagado_el;"
    "resto_previsto_el;justificado;devuelto;numero_del_convenio;convenio_firmado_el;fecha_de_corte;"
    "sha256_del_respaldo\n"
)
TRANCHES = "numero_externo;desembolso;monto;previsto_el;pagado;pagado_el\n"
LINES = "numero_externo;fondo;linea_presupuestaria;monto\n"
REST = f"CONV-1;10/09/2025;31/12/2025;{PAPER}"
PLAIN = "seed;UNHCR;A1;01/09/2025;500,00;300,00;03/11/2025;01/03/2026;180,00;20,00;"


def ready(house: House) -> tuple[str, str]:
    """Two households, with the statement of the earlier books filed."""
    prepared(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)
    return home(house).household, home(house).household


def count(house: House, table: str) -> int:
    with house.engine.connect() as connection:
        return int(connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one())


def test_running_grants_stand_as_they_are_told_and_twice_changes_nothing(house: House) -> None:
    first, second = ready(house)
    files = {
        "opening_positions": HEAD
        + f"H-17;{first};;{PLAIN}{REST}\n"
        + f"H-18;{second};;seed;UNHCR;A1;01/09/2025;500,00;250,00;;;100,00;;{REST}\n",
        "opening_tranches": TRANCHES
        + "H-18;1;200,00;01/10/2025;200,00;02/10/2025\n"
        + "H-18;2;150,00;;50,00;05/12/2025\n"
        + "H-18;3;150,00;01/04/2026;;\n",
        "opening_lines": LINES + "H-18;UNHCR;A2;100,00\n",
    }

    done = taken(house, "opening_positions", files, actor="approver")
    again = taken(house, "opening_positions", files, actor="approver")

    assert codes(done) == []
    assert (done.read, done.accepted, again.unchanged, count(house, "sf_grant")) == (6, 6, 6, 2)
    grants = [grant_of(house, number) for number in ("SC-2026-0001", "SC-2026-0002")]
    ids = [grant.id for grant in grants]
    with house.work("finance") as work:
        reader = work.reader()
        outside = [taken_over(reader, ids)[one].outside_number for one in ids]
        told = [histories_of(reader, ids)[one].paid_minor for one in ids]
        tranches = [[row.amount_minor for row in tranches_of(reader, ids)[one]] for one in ids]
        paid = [(row.position, row.delivered_minor) for row in paid_of(reader, ids)[ids[1]]]
        days = [row.due_on for row in tranches_of(reader, ids)[ids[0]]]
    assert (outside, told) == (["H-17", "H-18"], [30_000, 25_000])
    assert tranches == [[30_000, 20_000], [20_000, 15_000, 15_000]]
    assert (paid, days) == ([(1, 20_000), (2, 5_000)], [date(2025, 11, 3), date(2026, 3, 1)])
    total = figures(house, "SC-2026-0002").total
    assert (total.committed, total.disbursed, total.justified) == (usd(500), usd(250), usd(100))
    require_sound(house)


UNHELD = (
    (f"{PLAIN.replace('seed', 'transfer')}{REST}", "justified", "history_no_receipts"),
    (f"{PLAIN.replace('A1', 'CH')}{REST}", "budget_line", "line_not_for"),
    (f"{PLAIN}{REST.replace(PAPER, '9b' * 32)}", "evidence_sha256", "history_paper"),
    (f"{PLAIN.replace('180,00', '290,00')}{REST}", "justified", "history_unbalanced"),
    (f"{PLAIN.replace('03/11/2025', '')}{REST}", "paid_on", "cell_missing"),
    (f"{PLAIN}{REST.replace('CONV-1;10/09/2025', ';')}", "agreement_number", "takeover_agreement"),
    (f"{PLAIN}{REST.replace('31/12/2025', '31/12/2026')}", "cut_off", "value_refused"),
    (f"{PLAIN.replace('500,00', '5.000,00')}{REST}", "approved", "available_too_low"),
    (f"{PLAIN.replace('01/03/2026', '01/03/2025')}{REST}", "rest_due_on", "tranche_before_start"),
)


def test_a_row_that_cannot_be_held_keeps_the_whole_file_out(house: House) -> None:
    first, second = ready(house)
    for row, column, code in UNHELD:
        text = HEAD + f"H-17;{first};;{PLAIN}{REST}\nH-18;{second};;{row}\n"

        result = taken(house, "opening_positions", {"opening_positions": text}, actor="approver")

        assert (result.accepted, result.refused) == (0, 2)
        assert ("opening_positions", 3, column, code) in codes(result)
    assert count(house, "sf_grant_taken_over") == 0


def test_tranches_and_lines_that_do_not_foot_are_named_where_they_stand(house: House) -> None:
    first, second = ready(house)
    rows = HEAD + "".join(f"H-{n};{one};;{PLAIN}{REST}\n" for n, one in ((17, first), (18, second)))
    tranches = TRANCHES + "H-17;1;500,00;;290,00;02/10/2025\n"
    lines = LINES + "H-18;UNHCR;A2;500,00\n"

    result = taken(
        house,
        "opening_positions",
        {"opening_positions": rows, "opening_tranches": tranches, "opening_lines": lines},
        actor="approver",
    )

    assert codes(result)[:2] == [
        ("opening_positions", 2, "paid", "opening_paid"),
        ("opening_positions", 3, "approved", "opening_lines"),
    ]


def test_both_sides_of_an_opening_come_in_from_files_and_are_zero_together(house: House) -> None:
    first, _ = ready(house)
    grants = {"opening_positions": HEAD + f"H-17;{first};;{PLAIN}{REST}\n"}
    funds = (
        "saldo;fondo;tipo;nombre;monto;fecha_de_corte;fuente\n"
        "1;UNHCR;recibido del donante;;380,00;31/12/2025;estado de diciembre\n"
        "2;UNHCR;en caja o banco;BANK;90,00;31/12/2025;estado de diciembre\n"
        "3;UNHCR;gastado fuera de capitales;CH;10,00;31/12/2025;estado de diciembre\n"
    )

    positions = taken(house, "opening_positions", grants, actor="approver")
    wrong = taken(house, "fund_openings", {"fund_openings": funds}, actor="field")
    opened = taken(house, "fund_openings", {"fund_openings": funds}, actor="director")

    assert (codes(positions), codes(opened), opened.accepted) == ([], [], 3)
    assert codes(wrong)[0] == ("fund_openings", 2, None, "not_allowed")
    with house.engine.connect() as connection:
        left = connection.exec_driver_sql(
            "SELECT SUM(debits_posted) - SUM(credits_posted) FROM sf_account WHERE kind = 'opening'"
        ).scalar_one()
    assert int(left) == 0
    require_sound(house)


@pytest.mark.parametrize("is_grown", [True, False])
def test_a_line_of_an_opening_that_was_forgotten_comes_in_later(house: House, *, is_grown: bool) -> None:
    ready(house)
    head = "saldo;fondo;tipo;nombre;monto;fecha_de_corte;fuente\n"
    first = "1;UNHCR;recibido del donante;;100,00;31/12/2025;estado de diciembre\n"
    forgotten = "2;UNHCR;en caja o banco;BANK;100,00;31/12/2025;estado del banco\n"

    taken(house, "fund_openings", {"fund_openings": head + first}, actor="director")
    later = head + (first if is_grown else "") + forgotten
    result = taken(house, "fund_openings", {"fund_openings": later}, actor="director")

    assert (codes(result), result.accepted, result.unchanged) == ([], 1, int(is_grown))
    with house.engine.connect() as connection:
        reasons = connection.exec_driver_sql(
            "SELECT reason FROM sf_entry WHERE event = 'opening' ORDER BY reason"
        ).scalars()
        left = connection.exec_driver_sql(
            "SELECT SUM(debits_posted) - SUM(credits_posted) FROM sf_account WHERE kind = 'opening'"
        ).scalar_one()
        assert (list(reasons), int(left)) == (["estado de diciembre", "estado del banco"], 0)
    require_sound(house)


def test_a_number_of_earlier_books_that_a_spreadsheet_took_for_a_number_is_refused(house: House) -> None:
    first, _ = ready(house)
    head, cells = HEAD.strip().split(";"), f"H;{first};;{PLAIN}{REST}".split(";")
    row: list[object] = [
        17 if name == "numero_externo" else cell for name, cell in zip(head, cells, strict=True)
    ]

    content = book({"saldos_iniciales": [head, row]})
    result = taken(house, "opening_positions", {"opening_positions": content}, actor="approver")

    assert ("opening_positions", 2, "outside_number", "identifier_as_number") in codes(result)
    assert count(house, "sf_grant_taken_over") == 0


RECEIVED = "UNHCR;recibido del donante;;{amount};31/12/2025;estado de diciembre\n"
IN_HAND = "UNHCR;en caja o banco;BANK;100,00;31/12/2025;estado del banco\n"
OPENING_HEAD = "saldo;fondo;tipo;nombre;monto;fecha_de_corte;fuente\n"


def opened(house: House, *rows: str) -> ImportResult:
    return taken(house, "fund_openings", {"fund_openings": OPENING_HEAD + "".join(rows)}, actor="director")


def test_an_opening_that_comes_again_under_other_keys_is_no_second_opening(house: House) -> None:
    ready(house)
    first = RECEIVED.format(amount="100,00")
    opened(house, f"1;{first}", f"2;{IN_HAND}")
    entries = count(house, "sf_entry")
    opened(house, f"A;{first}", f"B;{IN_HAND}")

    assert count(house, "sf_entry") == entries


@pytest.mark.parametrize(
    "row",
    [
        RECEIVED.format(amount="100,50"),
        RECEIVED.format(amount="100,00").replace("31/12", "30/11"),
        RECEIVED.format(amount="50,00").replace(";;", ";ACNUR;"),
        IN_HAND.replace("100,00", "90,00"),
    ],
)
def test_an_opening_that_says_something_else_than_the_one_before_is_refused(house: House, row: str) -> None:
    ready(house)
    opened(house, f"1;{RECEIVED.format(amount='100,00')}", f"2;{IN_HAND}")
    entries = count(house, "sf_entry")
    result = opened(house, f"C;{row}")

    assert [(one.row, one.refusal.code) for one in result.refusals] == [(2, "opening_told")]
    assert (result.accepted, count(house, "sf_entry")) == (0, entries)


def test_an_opening_that_one_file_tells_twice_is_refused(house: House) -> None:
    ready(house)
    entries = count(house, "sf_entry")
    first = RECEIVED.format(amount="100,00")
    result = opened(house, f"1;{first}", f"2;{IN_HAND}", f"3;{first.replace(';;', ';ACNUR;')}")

    assert (result.accepted, result.refusals[0].row, result.refusals[0].refusal.code) == (
        0,
        4,
        "opening_twice",
    )
    assert count(house, "sf_entry") == entries
