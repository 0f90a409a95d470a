"""One byte of the file changes: SQLite may call it ok, the verifier names the row, and no total is silently wrong."""

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.assurance.verify import Request, verify
from seedfund.cli.app import cli
from seedfund.kernel.errors import SeedfundError
from seedfund.schema import head
from seedfund.store.sealing.keyring import save_keyring
from tests.assurance.support import Lived, build_lived, lived_on
from tests.support.programme import RING

FLIPS: Final = 60
TOTALS: Final = (
    "SELECT kind, SUM(debits_posted), SUM(credits_posted), SUM(debits_pending), SUM(credits_pending) "
    "FROM sf_account GROUP BY kind ORDER BY kind"
)
ROWS: Final = "SELECT recipe, phase, SUM(amount) FROM sf_transfer GROUP BY recipe, phase ORDER BY 1, 2"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("flips") / "house.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    build_lived(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql(f"INSERT INTO sf_alembic_version VALUES ('{head()}')")
    engine.dispose()
    save_keyring(RING, path.with_suffix(".key"))
    return path


@pytest.fixture
def copied(original: Path, tmp_path: Path) -> Iterator[Lived]:
    path = tmp_path / "house.db"
    path.write_bytes(original.read_bytes())
    path.with_suffix(".key").write_bytes(original.with_suffix(".key").read_bytes())
    path.with_suffix(".key").chmod(0o600)
    engine = sa.create_engine(f"sqlite:///{path}")
    yield lived_on(engine)
    engine.dispose()


def file_of(lived: Lived) -> Path:
    lived.house.engine.dispose()
    return Path(str(lived.house.engine.url.database))


def flip_amount(path: Path, amount: int) -> None:
    """Change one bit of the amount of the first delivered payment, in the bytes of the file."""
    raw = bytearray(path.read_bytes())
    before = b"payment.delivered.advancessettle"
    raw[raw.index(before + amount.to_bytes(2, "big")) + len(before)] ^= 0x10
    path.write_bytes(bytes(raw))


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--db", str(path), "--lang", "en", *arguments])


def test_h11_one_bit_of_an_amount_is_named_by_its_row_though_sqlite_calls_the_file_ok(copied: Lived) -> None:
    path = file_of(copied)
    connection = sqlite3.connect(path)
    seq, amount = connection.execute(
        "SELECT seq, amount FROM sf_transfer WHERE recipe = 'payment.delivered.advances' ORDER BY seq"
    ).fetchone()
    connection.close()

    flip_amount(path, amount)

    control = sqlite3.connect(path)
    assert control.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert control.execute(f"SELECT amount FROM sf_transfer WHERE seq = {seq}").fetchone() != (amount,)
    control.close()
    result = run(path, "audit", "verify", "--format", "json")
    assert result.exit_code == 4
    first = json.loads(result.stdout)["first"]
    assert (first["code"], first["table"], first["which"]) == ("chain_altered", "sf_transfer", f"UNHCR:{seq}")


def test_the_first_bad_row_has_its_number_also_where_a_check_of_the_file_fails(copied: Lived) -> None:
    """A bit of a payment above what was held breaks a CHECK: SQLite tells of the table, the chain of the row."""
    path = file_of(copied)
    connection = sqlite3.connect(path)
    seq, amount = connection.execute(
        "SELECT seq, amount FROM sf_transfer WHERE recipe = 'payment.delivered.advances' ORDER BY seq"
    ).fetchone()
    connection.close()
    raw = bytearray(path.read_bytes())
    before = b"payment.delivered.advancessettle"
    raw[raw.index(before + amount.to_bytes(2, "big")) + len(before)] ^= 0x40
    path.write_bytes(bytes(raw))

    told = json.loads(run(path, "audit", "verify", "--format", "json").stdout)

    assert "file_damaged" in {one["code"] for one in told["findings"]}
    assert told["first"]["which"] == f"UNHCR:{seq}"


def test_a_sound_file_is_told_as_sound(copied: Lived) -> None:
    result = run(file_of(copied), "audit", "verify", "--format", "json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)["is_sound"]


def totals(path: Path) -> list[tuple[object, ...]] | None:
    """What reports would add up; None when the file cannot be read."""
    try:
        connection = sqlite3.connect(path)
        try:
            return [*connection.execute(TOTALS).fetchall(), *connection.execute(ROWS).fetchall()]
        finally:
            connection.close()
    except (sqlite3.Error, ValueError):
        return None


def is_told(path: Path) -> bool:
    engine = sa.create_engine(f"sqlite:///{path}")
    try:
        return not verify(engine, Request(keyring=RING)).is_sound
    except SeedfundError:
        return True
    finally:
        engine.dispose()


def test_no_flipped_byte_leaves_a_total_silently_wrong(original: Path, tmp_path: Path) -> None:
    right = totals(original)
    raw = original.read_bytes()
    pages = [start for start in range(0, len(raw), 4096) if b"payment." in raw[start : start + 4096]]
    dice = random.Random(20260105)
    path = tmp_path / "flipped.db"
    silent = []
    for _ in range(FLIPS):
        changed = bytearray(raw)
        place = dice.choice(pages) + dice.randrange(4096)
        changed[place] ^= 1 << dice.randrange(8)
        path.write_bytes(bytes(changed))
        if totals(path) != right and not is_told(path):
            silent.append(place)

    assert silent == []


@pytest.mark.parametrize(
    "content", [b"no database at all " * 300, b"", b"SQLite format 3\x00" + b"\xff" * 4080]
)
def test_a_file_that_is_no_database_is_corrupt_and_the_remedy_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "house.db"
    path.write_bytes(content)

    result = run(path, "audit", "verify")

    assert result.exit_code == 4
    assert "restore" in result.output or "seedfund init" in result.output
    assert path.read_bytes() == content
