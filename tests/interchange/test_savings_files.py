"""A sheet of balances from the field becomes readings, the irregular ones flagged, the unreadable ones named."""

from tests.interchange.files import codes, taken
from tests.savings.accounts import saver, verified
from tests.support.programme import House

HEAD = "lectura;vinculacion;observado_el;saldo;depositado;retirado;fuente;quien_observo\n"


def test_each_row_is_a_reading_and_what_cannot_be_one_is_named(house: House) -> None:
    link = verified(house, saver(house))
    rows = (
        f"L-1;{link};05/01/2026;45,00;50,00;5,00;libreta;coach\n"
        f"L-2;{link};01/01/2026;45,00;;;libreta;\n"
        "L-3;SL-2026-0999;05/01/2026;45,00;;;libreta;\n"
        f"L-4;{link};05/01/2026;45,00;;;de oídas;\n"
    )
    result = taken(house, "savings_balances", {"savings_balances": HEAD + rows})

    assert [(row, code) for _, row, _, code in codes(result)] == [(4, "not_found"), (5, "word_unknown")]
    with house.engine.connect() as connection:
        stored = connection.exec_driver_sql(
            "SELECT balance_minor, deposited_minor, irregular FROM sf_savings_observation ORDER BY number"
        )
        assert [tuple(row) for row in stored] == [(4_500, 5_000, None), (4_500, None, "before_opening")]


def test_the_same_sheet_twice_changes_nothing(house: House) -> None:
    link = verified(house, saver(house))
    sheet = {"savings_balances": HEAD + f"L-1;{link};05/01/2026;45,00;;;libreta;\n"}
    for _ in range(2):
        taken(house, "savings_balances", sheet)

    with house.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM sf_savings_observation").scalar_one() == 1
