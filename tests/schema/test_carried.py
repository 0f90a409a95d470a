"""What an upgrade carries from the rows of an earlier revision, on both databases."""

import re
from pathlib import Path

import sqlalchemy as sa

from seedfund.payouts.service import DismissException, dismiss_exception
from seedfund.schema import check, upgrade
from seedfund.schema.frozen import run_frozen
from seedfund.store.columns import METADATA
from tests.accompaniment.test_monitoring import business, later, looked
from tests.banking.saying import line as bank_line
from tests.banking.saying import said
from tests.funds.support import funded
from tests.grants.accounting_for import handed_in, receipt
from tests.grants.paying import payable
from tests.payouts.provider import file, layout, line, taken, waiting
from tests.support.grants import key, prepared, usd
from tests.support.programme import House

BEFORE_MARKS = (
    "ALTER TABLE sf_justification_line ADD COLUMN digest VARCHAR(64)",
    "UPDATE sf_justification_line SET digest = "
    "(SELECT min(m.digest) FROM sf_receipt_mark m WHERE m.line_id = sf_justification_line.id)",
    "DROP TABLE sf_receipt_mark",
    "DROP INDEX ix_sf_justification_line_file",
    "CREATE INDEX ix_sf_justification_line_digest ON sf_justification_line (digest)",
    "CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)",
    "INSERT INTO sf_alembic_version VALUES ('0013_plans')",
)
"""From the models back to the revision before receipts had several marks."""


def made_later(than: str) -> list[str]:
    """The tables that only revisions after one create, the last one first; what they rebuild is older."""
    texts = {
        path.name.removesuffix(".sqlite.sql"): path.read_text(encoding="utf-8")
        for path in sorted((Path(__file__).resolve().parents[2] / "migrations" / "sql").glob("*.sqlite.sql"))
    }
    made = {name: re.findall(r"CREATE TABLE (\w+)", text) for name, text in texts.items()}
    earlier = {table for name, tables in made.items() if name <= than for table in tables}
    later = dict.fromkeys(table for name, tables in made.items() if name > than for table in tables)
    return [table for table in later if table in METADATA.tables and table not in earlier][::-1]


def conditions(house: House) -> list[tuple[object, ...]]:
    """The conditions of tranches as they are stored."""
    with house.engine.connect() as connection:
        asked = "SELECT tranche_id, position, code, params FROM sf_tranche_condition ORDER BY 1, 2"
        return [tuple(row) for row in connection.execute(sa.text(asked))]


def test_receipts_and_conditions_recorded_before_the_upgrade_are_there_after_it(house: House) -> None:
    prepared(house)
    grant = payable(house)
    handed_in(house, grant, receipt(usd(50)))
    with house.engine.begin() as connection:
        for table in made_later("0014_receipt_marks"):
            connection.execute(sa.text(f"DROP TABLE {table}"))
        for statement in BEFORE_MARKS:
            connection.execute(sa.text(statement))

    kept = conditions(house)

    upgrade(house.engine)

    assert check(house.engine) == []
    assert conditions(house) == kept != []
    assert handed_in(house, grant, receipt(usd(50))).duplicates == (1,)


LOOKS = (
    ("sf_monitoring", "id, programme_id, number, plan_id, plan, participant_id, visited_on"),
    (
        "sf_monitoring_report",
        "monitoring_id, version, is_operating, stood_still_for, month, currency, sales_minor, costs_minor, stock_minor,"
        " cash_minor, paid_women, paid_men, family_hands, note, correction, recorded_at, recorded_by",
    ),
)
"""The tables of looks at businesses, and their columns as they were before irregular ones were taken in."""


def stored_looks(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
    """The looks at businesses as they are stored, in the columns of before."""
    return {
        table: [
            tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table} ORDER BY 1, 2")
        ]
        for table, columns in ((table, columns.replace(" plan,", ' "plan",')) for table, columns in LOOKS)
    }


def test_looks_at_businesses_recorded_before_the_upgrade_are_there_after_it(house: House) -> None:
    plan, _ = business(house)
    later(house, 60)
    looked(house, plan)
    with house.engine.begin() as connection:
        kept = stored_looks(connection)
        for table in made_later("0024_selection"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for table, _ in reversed(LOOKS):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        run_frozen(connection, "0022_monitoring")
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        for table, columns in LOOKS:
            for row in kept[table]:
                names = columns.replace(" plan,", ' "plan",')
                marks = ", ".join([mark] * len(row))
                connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
        connection.exec_driver_sql("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql("INSERT INTO sf_alembic_version VALUES ('0024_selection')")

    upgrade(house.engine)

    assert check(house.engine) == []
    with house.engine.connect() as connection:
        assert stored_looks(connection) == kept
    assert looked(house, plan).irregular == ("second_look",)


BEFORE_ASIDES = ("ALTER TABLE sf_bank_statement_step DROP COLUMN reason",)
"""From the models back to the revision before statements were set aside; its checks are wider, and stay."""

BEFORE_FILES = (
    "ALTER TABLE sf_payout_exception DROP COLUMN sha256 CASCADE",
    "ALTER TABLE sf_payout_exception ADD CONSTRAINT uq_sf_payout_exception_programme_id_fingerprint_occurrence "
    "UNIQUE (programme_id, fingerprint, occurrence)",
    "ALTER TABLE sf_payout_decision DROP COLUMN disbursement_id CASCADE, DROP COLUMN told CASCADE, "
    "DROP COLUMN fee_minor CASCADE",
)
"""Back to the queue that did not keep its file; on SQLite an earlier rebuild of the table does the same."""


def test_rows_that_waited_before_the_upgrade_keep_their_file_after_it(house: House) -> None:
    prepared(house)
    layout(house)
    taken(house, file(line("PG-2026-9999"), line("no number at all")))
    with house.work("manager") as work:
        number = waiting(house)[0].row.number
        dismiss_exception(work, DismissException(key=key(), number=number, reason="printed twice"))
    asked = sa.text(
        "SELECT e.number, e.sha256, d.outcome, d.reason FROM sf_payout_exception e "
        "LEFT JOIN sf_payout_decision d ON d.exception_id = e.id ORDER BY 1"
    )
    with house.engine.connect() as shared:
        connection = shared.execution_options(isolation_level="AUTOCOMMIT")
        kept = connection.execute(asked).all()
        connection.exec_driver_sql("ALTER TABLE sf_payout_file DROP COLUMN execute_on")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            run_frozen(connection, "0033_own_payment")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        else:
            for statement in (*BEFORE_FILES, *BEFORE_ASIDES):
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql("INSERT INTO sf_alembic_version VALUES ('0034_guards')")

    upgrade(house.engine)

    assert check(house.engine) == []
    with house.engine.connect() as connection:
        assert connection.execute(asked).all() == kept
    assert [row[2:] for row in kept] == [("dismissed", "printed twice"), (None, None)]


def test_statements_and_their_steps_are_there_after_the_upgrade_that_sets_them_aside(house: House) -> None:
    funded(house)
    number = said(house, bank_line(100_000)).number
    asked = sa.text(
        "SELECT s.number, s.state, s.opening_minor, s.recorded_at, t.position, t.from_state, t.to_state, t.recorded_at "
        "FROM sf_bank_statement s JOIN sf_bank_statement_step t ON t.statement_id = s.id ORDER BY 1, 5"
    )
    with house.engine.connect() as shared:
        connection = shared.execution_options(isolation_level="AUTOCOMMIT")
        kept = connection.execute(asked).all()
        if connection.dialect.name != "sqlite":
            for statement in BEFORE_ASIDES:
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql("INSERT INTO sf_alembic_version VALUES ('0037_payouts')")

    upgrade(house.engine)

    assert check(house.engine) == []
    with house.engine.connect() as connection:
        assert connection.execute(asked).all() == kept
    assert [(row[0], row[1], row[6]) for row in kept] == [(number, "foots", "foots")]
