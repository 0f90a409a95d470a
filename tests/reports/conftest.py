"""A programme that lived three months, built once a database server and copied for each test."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine

from tests.reports.story import Story, stand_in, told_story
from tests.support.databases import DatabaseServer
from tests.support.programme import START, build_founded, house_on


def build_story(engine: Engine) -> None:
    """Fill an empty database with the whole story."""
    build_founded(engine)
    told_story(house_on(engine))


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
