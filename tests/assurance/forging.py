"""What a forger does to a chain, one trick each, with every guard out of the way. Amounts, seqs and hashes by hand."""

from typing import Any

import sqlalchemy as sa

from seedfund.kernel.canonical import digest
from seedfund.ledger.rules.chain import DOMAIN
from tests.assurance.support import Lived, altering


def run(lived: Lived, *statements: str) -> None:
    """Run statements past every guard."""
    with altering(lived.house.engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def value(lived: Lived, statement: str) -> Any:
    """One value of the database."""
    with lived.house.engine.connect() as connection:
        return connection.exec_driver_sql(statement).scalar_one()


def swap(lived: Lived, table: str, *, first: int, second: int) -> None:
    """Let two rows change places."""
    run(
        lived,
        f"UPDATE {table} SET seq = 999 WHERE seq = {first}",
        f"UPDATE {table} SET seq = {first} WHERE seq = {second}",
        f"UPDATE {table} SET seq = {second} WHERE seq = 999",
    )


def copy_row(connection: sa.Connection, table: str, seq: int, changes: dict[str, str]) -> None:
    """Insert a copy of a row with some columns said otherwise (SQL expressions)."""
    columns = [column["name"] for column in sa.inspect(connection).get_columns(table)]
    values = ", ".join(changes.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE seq = {seq}"
    )


def without_key(connection: sa.Connection) -> None:
    """Take the primary key off the rows of books, so that a seq can be there twice."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ALTER TABLE sf_transfer DROP CONSTRAINT pk_sf_transfer CASCADE")
        connection.exec_driver_sql("ALTER TABLE sf_transfer DROP CONSTRAINT ck_sf_transfer_seq_least")
        return
    connection.exec_driver_sql("CREATE TABLE spare AS SELECT * FROM sf_transfer")
    connection.exec_driver_sql("DROP TABLE sf_transfer")
    connection.exec_driver_sql("ALTER TABLE spare RENAME TO sf_transfer")


def rehashed(lived: Lived, seq: int, *, domain: str = DOMAIN) -> str:
    """The hash a row would have for what it says now, made for a domain."""
    with lived.house.engine.connect() as connection:
        content, prev = content_of(connection, seq)
        return digest(domain, prev.encode(), content)


def content_of(connection: sa.Connection, seq: int) -> tuple[bytes, str]:
    """The bytes a row's hash covers, and the hash it cites."""
    accounts = "".join(
        f", (SELECT code FROM sf_account WHERE id = t.{side}_id)"
        for side in ("debit", "credit", "memo_debit", "memo_credit")
    )
    found = connection.exec_driver_sql(
        "SELECT b.code, t.seq, e.hash, t.row, t.recipe, t.phase, t.amount, t.resolves_seq, t.held, t.reverses_seq, "
        f"t.prev_hash{accounts} FROM sf_transfer t JOIN sf_entry e ON e.id = t.entry_id "
        f"JOIN sf_book b ON b.id = t.book_id WHERE t.seq = {seq}"
    ).one()
    numbers = ",".join("null" if number is None else str(number) for number in found[7:10])
    codes = ",".join(f'"{code or ""}"' for code in found[11:15])
    text = f'["{found[0]}",{found[1]},"{found[2]}",{found[3]},"{found[4]}","{found[5]}",{found[6]},{codes},{numbers}]'
    return text.encode(), str(found[10])


def rehash_from(connection: sa.Connection, first: int) -> None:
    """Recompute the hash of every row from one on, each over the one before, and move the head: a perfect forgery."""
    last = int(connection.exec_driver_sql("SELECT MAX(seq) FROM sf_transfer").scalar_one())
    for seq in range(first, last + 1):
        if seq > 1:
            connection.exec_driver_sql(
                f"UPDATE sf_transfer SET prev_hash = (SELECT p.hash FROM sf_transfer p WHERE p.seq = {seq - 1}) "
                f"WHERE seq = {seq}"
            )
        content, prev = content_of(connection, seq)
        connection.exec_driver_sql(
            f"UPDATE sf_transfer SET hash = '{digest(DOMAIN, prev.encode(), content)}' WHERE seq = {seq}"
        )
    connection.exec_driver_sql(
        f"UPDATE sf_book_head SET seq = {last}, hash = (SELECT hash FROM sf_transfer WHERE seq = {last})"
    )
