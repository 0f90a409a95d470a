"""The programme of the reports' story, for what is told of it to others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine

from seedfund.kernel.ids import CountingIds
from seedfund.people.service import RestrictParticipant, restrict_participant
from tests.reports.conftest import build_story
from tests.reports.story import Story, stand_in
from tests.support.databases import DatabaseServer
from tests.support.grants import awarded, home, key, usd
from tests.support.programme import START, house_on

MARCH = START + timedelta(days=63)
HIDDEN = "PT-2026-0004"
"""The person of the six grants of March who is seen by named roles only."""


def build_crowd(engine: Engine) -> None:
    """The story, and six grants awarded on the ninth of March; one of their owners is restricted."""
    build_story(engine)
    house = house_on(engine)
    house.clock.set(MARCH)
    owners = [home(house) for _ in range(6)]
    for owner in owners:
        awarded(house, owner, usd(100))
    assert owners[0].head == HIDDEN
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=HIDDEN, is_restricted=True))


@contextmanager
def _told(server: DatabaseServer, template: str) -> Iterator[Story]:
    url = server.create(template)
    engine = create_engine(url)
    house = house_on(engine)
    house.clock.set(MARCH)
    house.ids = CountingIds(start=5_000_000)
    yield stand_in(house)
    engine.dispose()
    server.drop(url)


@pytest.fixture
def story(database_server: DatabaseServer) -> Iterator[Story]:
    """The story on a database of the test's own, on each kind in turn; it is the ninth of March."""
    with _told(database_server, database_server.template("story", build_story)) as found:
        yield found


@pytest.fixture
def crowd(database_server: DatabaseServer) -> Iterator[Story]:
    """The story with six more grants, enough of them alike to be published."""
    with _told(database_server, database_server.template("crowd", build_crowd)) as found:
        yield found
