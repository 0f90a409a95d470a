"""A house in which something happened: people, money, payments, a reversal, papers; sound until a test breaks it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL, create_engine

from tests.assurance.support import Lived, build_lived, lived_on
from tests.support.databases import DatabaseServer


@pytest.fixture
def lived_url(database_server: DatabaseServer) -> Iterator[URL]:
    """The address of a database of the test's own in which a programme has worked for a while."""
    url = database_server.create(database_server.template("lived", build_lived))
    yield url
    database_server.drop(url)


@pytest.fixture
def lived(lived_url: URL) -> Iterator[Lived]:
    """That programme, on each database in turn."""
    engine = create_engine(lived_url)
    yield lived_on(engine)
    engine.dispose()
