"""The auditor's commands on a file: heads to keep, a backup brought back whole or not at all, a look at the machine."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from seedfund.cli.app import cli
from seedfund.schema import head
from seedfund.store.programmes import RegisterActor, register_actor
from seedfund.store.sealing.keyring import save_keyring
from tests.support.programme import RING, House, build_founded, house_on


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A founded database at this version, with its key file."""
    path = tmp_path / "house.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    build_founded(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE sf_alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.exec_driver_sql(f"INSERT INTO sf_alembic_version VALUES ('{head()}')")
    engine.dispose()
    save_keyring(RING, path.with_suffix(".key"))
    return path


@pytest.fixture
def house(place: Path) -> Iterator[House]:
    engine = sa.create_engine(f"sqlite:///{place}")
    yield house_on(engine)
    engine.dispose()


def run(place: Path, *arguments: str, lang: str = "en") -> Result:
    return CliRunner().invoke(cli, ["--db", str(place), "--lang", lang, *arguments])


def data(result: Result) -> Any:
    return json.loads(result.stdout)


def join(house: House, name: str) -> None:
    with house.work("admin") as work:
        register_actor(work, RegisterActor(key=name, handle=name, display_name="Actor", roles=()))
    house.engine.dispose()


def backed_up(place: Path) -> Path:
    copy = place.with_name("copy.db")
    assert run(place, "backup", str(copy)).exit_code == 0
    return copy


def heads_file(place: Path) -> Path:
    path = place.with_name("heads.json")
    path.write_text(run(place, "audit", "heads", "--format", "json").stdout, encoding="utf-8")
    return path


def test_heads_are_told_and_agree_with_the_database_they_came_from(place: Path) -> None:
    noted = heads_file(place)

    assert [(one["programme"], one["chain"]) for one in json.loads(noted.read_text())] == [("NB", "audit")]
    assert run(place, "audit", "verify", "--anchors", str(noted)).exit_code == 0


def test_a_file_that_holds_no_heads_is_refused(place: Path) -> None:
    other = place.with_name("other.json")
    other.write_text('{"heads": [{"seq": "1"}]}', encoding="utf-8")

    result = run(place, "audit", "verify", "--anchors", str(other))

    assert result.exit_code == 1
    assert "audit heads" in result.output


def test_without_the_key_file_the_verification_says_so_and_goes_on(place: Path) -> None:
    place.with_suffix(".key").unlink()

    result = run(place, "audit", "verify", lang="es")

    assert result.exit_code == 0
    assert "No se encontró un archivo de claves" in result.stderr


def test_a_backup_is_brought_back_beside_and_verified(place: Path) -> None:
    target = place.with_name("back.db")

    result = run(place, "restore", str(backed_up(place)), "--to", str(target), "--format", "json")

    assert result.exit_code == 0, result.output
    assert (data(result)["kept_aside"], data(result)["is_older_than_anchors"]) == (None, False)
    assert run(target, "--keys", str(place.with_suffix(".key")), "audit", "verify").exit_code == 0


def test_nothing_is_overwritten_unless_it_is_said_and_then_it_is_kept_aside(
    place: Path, house: House
) -> None:
    copy = backed_up(place)
    join(house, "later")
    before = place.read_bytes()
    # What a crash leaves behind would be played into the restored file.
    place.with_name("house.db-journal").write_bytes(b"left behind")

    refused = run(place, "restore", str(copy))

    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert place.read_bytes() == before
    done = run(place, "restore", str(copy), "--replace", "--format", "json")
    assert done.exit_code == 0, done.output
    aside = Path(data(done)["kept_aside"])
    assert aside.read_bytes() == before
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"left behind"
    assert not place.with_name("house.db.restoring").exists()


def test_a_backup_older_than_what_was_noted_is_brought_back_with_a_warning(place: Path, house: House) -> None:
    copy = backed_up(place)
    join(house, "later")
    noted = heads_file(place)

    result = run(
        place, "restore", str(copy), "--replace", "--anchors", str(noted), "--format", "json", lang="es"
    )

    assert result.exit_code == 0, result.output
    assert data(result)["is_older_than_anchors"]
    assert "La copia es más antigua" in result.stderr


def test_a_backup_that_was_altered_takes_the_place_of_nothing(place: Path) -> None:
    copy = backed_up(place)
    engine = sa.create_engine(f"sqlite:///{copy}")
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER sf_tr_audit_no_update")
        connection.exec_driver_sql("UPDATE sf_audit SET payload = '{}' WHERE seq = 3")
    engine.dispose()
    before = place.read_bytes()

    result = run(place, "restore", str(copy), "--replace", "--format", "json")

    assert result.exit_code == 4
    codes = {one["code"] for one in data(result)["findings"]}
    assert codes == {"schema_differs", "chain_altered"}
    assert place.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"no database " * 500])
def test_a_backup_that_is_no_database_takes_the_place_of_nothing(place: Path, content: bytes) -> None:
    copy = place.with_name("copy.db")
    copy.write_bytes(content)
    before = place.read_bytes()

    result = run(place, "restore", str(copy), "--replace")

    assert result.exit_code == 4
    assert place.read_bytes() == before


def test_the_doctor_finds_a_sound_installation_well(place: Path) -> None:
    result = run(place, "doctor", "--format", "json")

    found = {one["code"]: one["severity"] for one in data(result)["findings"]}
    assert found["schema_fine"] == found["key_file_fine"] == found["templates_fine"] == found["fonts_fine"]
    assert result.exit_code == 0, result.output


def test_the_doctor_says_in_spanish_what_to_do(place: Path) -> None:
    place.with_suffix(".key").chmod(0o644)

    result = run(place, "doctor", lang="es")

    assert result.exit_code == 4
    assert "Ejecute: chmod 600 house.key." in result.stdout


def test_the_doctor_sees_a_database_that_is_missing_damaged_or_old(place: Path) -> None:
    missing = run(place.with_name("none.db"), "doctor", "--format", "json")
    assert "database_missing" in {one["code"] for one in data(missing)["findings"]}

    old = sa.create_engine(f"sqlite:///{place}")
    with old.begin() as connection:
        connection.exec_driver_sql("UPDATE sf_alembic_version SET version_num = '0001_store'")
    old.dispose()
    assert "schema_old" in {one["code"] for one in data(run(place, "doctor", "--format", "json"))["findings"]}

    place.write_bytes(b"no database " * 500)
    damaged = run(place, "doctor", "--format", "json")
    assert damaged.exit_code == 4
    assert "database_unreadable" in {one["code"] for one in data(damaged)["findings"]}
