"""What a host's tests are given works as the page says."""

import sqlite3

import pytest

from seedfund.kernel.roles import Role
from seedfund.store.programmes import RegisterActor, register_actor
from seedfund.testing import founded, memory_engine


def test_a_programme_in_memory_is_founded_for_one_test() -> None:
    with founded(actor="luis", roles=(Role.ADMINISTRATOR,)) as work:
        joining = RegisterActor(key="k", handle="nina", display_name="Nina Prueba", roles=(Role.COACH,))
        assert register_actor(work, joining).handle == "nina"


def test_a_programme_in_memory_leaves_no_connection_open() -> None:
    with founded() as work:
        driver = work.session.connection().connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)

    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        driver.execute("SELECT 1")


def test_an_engine_that_is_handed_in_stays_open() -> None:
    engine = memory_engine()
    with founded(engine=engine):
        pass

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT code FROM sf_programme").scalar_one() == "TEST"
    engine.dispose()
