"""A database that may only be read: everything is shown, and the first write is refused by name, with nothing kept."""

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import StorageError
from seedfund.kernel.roles import Role
from seedfund.store.programmes import GrantRole, grant_role, list_actors
from tests.support.programme import build_founded, house_on


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder, and what is in it."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_what_may_only_be_read_is_read_and_the_first_write_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    writable = sa.create_engine(f"sqlite:///{path}")
    build_founded(writable)
    writable.dispose()
    before = digests(tmp_path)
    house = house_on(sa.create_engine(f"sqlite:///file:{path}?mode=ro&uri=true"))

    with house.work("admin") as work:
        assert "cashier" in {actor.handle for actor in list_actors(work)}
    with pytest.raises(StorageError, match="SQLITE_READONLY"), house.work("admin") as work:
        grant_role(work, GrantRole(key="one more", handle="cashier", role=Role.RECONCILER))

    house.engine.dispose()
    assert digests(tmp_path) == before
