"""The programme of the reports' story, for what is told of it to others."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from tests.reports.conftest import build_story
from tests.reports.story import Story, stand_in
from tests.support.databases import DatabaseServer
from tests.support.programme import START, house_on


@pytest.fixture
def story(database_server: DatabaseServer) -> Iterator[Story]:
    """The story on a database of the test's own, on each kind in turn; it is the ninth of March."""
    url = database_server.create(database_server.template("story", build_story))
    engine = create_engine(url)
    house = house_on(engine)
    house.clock.set(START + timedelta(days=63))
    yield stand_in(house)
    engine.dispose()
    database_server.drop(url)
