"""Upgrading: forward only, whole or not at all, a host's tables left alone, on both databases."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import Corrupt, NotPrepared, StorageError
from seedfund.schema import check, current, frozen, head, include_name, upgrade
from seedfund.schema.upgrading import migrations
from seedfund.store.revision import require_current

MODULE = "seedfund.schema.upgrading"


def test_an_empty_database_comes_to_the_head_and_equals_the_models(engine: sa.Engine) -> None:
    assert upgrade(engine) == head() == current(engine)
    assert check(engine) == []


def test_the_revision_that_is_asked_for_is_the_end_of_the_one_line_of_migrations() -> None:
    assert migrations().get_heads() == [head()]
    assert all(Path(found.path).stem == found.revision for found in migrations().walk_revisions())


def test_a_second_upgrade_changes_nothing(engine: sa.Engine) -> None:
    upgrade(engine)

    assert upgrade(engine) == head()


def test_a_hosts_table_is_left_alone(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE host_case (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO host_case VALUES (7)")
    upgrade(engine)

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id FROM host_case").scalar_one() == 7
    assert check(engine) == []


@pytest.mark.parametrize("step", [1, 5, 9])
def test_an_upgrade_killed_at_any_revision_leaves_nothing(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    run, count = frozen.run_frozen, [0]

    def dying(connection: sa.Connection, revision: str) -> None:
        count[0] += 1
        run(connection, revision)
        if count[0] == step:
            raise KeyboardInterrupt

    monkeypatch.setattr(frozen, "run_frozen", dying)
    with pytest.raises(KeyboardInterrupt):
        upgrade(engine)

    assert [name for name in sa.inspect(engine).get_table_names() if name.startswith("sf_")] == []
    monkeypatch.undo()
    assert upgrade(engine) == head()


def test_an_upgrade_that_ends_different_from_the_models_is_not_kept(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{MODULE}.create_triggers", lambda connection: None)
    with pytest.raises(Corrupt, match="trigger"):
        upgrade(engine)

    assert current(engine) is None


def test_a_newer_database_is_refused(engine: sa.Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sf_alembic_version SET version_num = '9999_tomorrow'")

    with pytest.raises(StorageError, match="newer"):
        upgrade(engine)
    with pytest.raises(NotPrepared, match="seedfund init"):
        require_current(engine)


def test_an_upgrade_of_a_file_makes_a_backup_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sf_alembic_version SET version_num = '0001_store'")
    with pytest.raises(sa.exc.OperationalError, match="already exists"):
        upgrade(engine)
    engine.dispose()

    assert [path.name for path in tmp_path.glob("old.db.before-*")] == [f"old.db.before-{head()}"]


def test_autogenerate_of_a_host_leaves_our_tables_out() -> None:
    none: Any = {}
    assert not include_name("sf_grant", "table", none)
    assert include_name("host_case", "table", none)
    assert include_name("sf_anything", "column", none)
