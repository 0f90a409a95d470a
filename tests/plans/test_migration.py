"""Votes cast before there were motions, and decisions awarded before that was written down, come along."""

from typing import Any

import sqlalchemy as sa

from seedfund.grants.service import award_grant
from seedfund.schema.check import differences
from seedfund.schema.frozen import run_frozen
from seedfund.schema.registry import create_triggers, drop_triggers
from tests.plans.samples import bakery
from tests.plans.sittings import call, cast, moved, rejecting, session, submitted, verified
from tests.support.grants import approved_plan, awarding, home, prepared
from tests.support.programme import House

BEFORE = (
    "CREATE TABLE sf_vote_old AS SELECT session_id, version_id, actor_id, choice, cast_at FROM sf_vote",
    "DROP TABLE sf_vote",
    "DROP TABLE sf_motion",
    "DROP TABLE sf_decision_award",
    "ALTER TABLE sf_vote_old RENAME TO sf_vote",
)
"""What makes the tables those of the revision before, with the rows they held then."""
KEPT = {
    "sf_motion": "session_id, version_id, position, outcome, currency, amount_minor, put_by",
    "sf_vote": "session_id, version_id, motion, actor_id, choice, cast_at",
    "sf_decision_award": "decision_id, awarded_on, awarded_by",
}


def rows(connection: sa.Connection) -> dict[str, list[Any]]:
    return {
        table: sorted(str(tuple(row)) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table}"))
        for table, columns in KEPT.items()
    }


def test_votes_get_the_motion_that_was_decided_and_awards_their_decision(house: House) -> None:
    prepared(house)
    number = approved_plan(house, home(house))
    with house.work("secretary") as work:
        award_grant(work, awarding(number))
    with house.engine.begin() as connection:
        before = rows(connection)
        drop_triggers(connection)
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
        run_frozen(connection, "0013_plans")
        create_triggers(connection)

        assert rows(connection) == before
        assert differences(connection) == []
    assert [len(found) for found in before.values()] == [1, 3, 1]


def test_votes_on_a_plan_not_decided_yet_are_taken_for_all_it_asks(house: House) -> None:
    call(house)
    number = submitted(house)[1].number
    verified(house, number)
    sitting = session(house)
    moved(house, rejecting(sitting, number, bakery()))
    cast(house, sitting, number, "member1")
    with house.engine.begin() as connection:
        drop_triggers(connection)
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
        run_frozen(connection, "0013_plans")
        create_triggers(connection)
        found = connection.exec_driver_sql("SELECT outcome, amount_minor FROM sf_motion").one()

    assert tuple(found) == ("approved", 50_000)
