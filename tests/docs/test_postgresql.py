"""The page on PostgreSQL is carried out: the role it advises can do everything, and cannot take a guard away."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, create_engine

from seedfund.grants.service.erasing import EraseParticipant, erase_participant
from seedfund.people.rules import ErasureGround, ExitReason
from seedfund.people.service import (
    ChangeParticipation,
    CorrectIdentity,
    change_participation,
    correct_identity,
)
from tests.people.samples import identity, register
from tests.support.postgres import Cluster
from tests.support.programme import build_founded, house_on

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "postgresql.md"
ROLE: Final = "programme_app"
DATABASE: Final = "docs_postgresql"


@pytest.fixture
def as_the_role(postgres_cluster: Cluster) -> Iterator[Engine]:
    """A founded programme, and an engine of the role that the page makes."""
    postgres_cluster.create_database(DATABASE)
    owner = create_engine(postgres_cluster.url(DATABASE))
    build_founded(owner)
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.S)
    with owner.begin() as connection:
        for statement in block.split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    url = postgres_cluster.url(DATABASE).set(username=ROLE)
    engine = create_engine(url)
    yield engine
    engine.dispose()
    with owner.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {ROLE}")
        connection.exec_driver_sql(f"DROP ROLE {ROLE}")
    owner.dispose()
    postgres_cluster.drop_database(DATABASE)


def test_the_advised_role_registers_corrects_and_erases(as_the_role: Engine) -> None:
    house = house_on(as_the_role)
    who = register(house).members[0].participant
    with house.work("field") as work:
        told = correct_identity(
            work, CorrectIdentity(key="fix", participant=who, identity=identity("Rosario"))
        )
        change_participation(
            work,
            ChangeParticipation(key="out", participant=who, state="exited", reason=ExitReason.WITHDRAWN),
        )
    with house.work("protection") as work:
        erasing = EraseParticipant(key="erase", participant=who, ground=ErasureGround.RETENTION_ENDED)
        erased = erase_participant(work, erasing)

    assert (told.version, erased.participant) == (2, who)


@pytest.mark.parametrize(
    "attack",
    [
        "DROP TRIGGER sf_tr_transfer_no_update ON sf_transfer",
        "ALTER TABLE sf_transfer DISABLE TRIGGER ALL",
        "DELETE FROM sf_audit",
        "TRUNCATE sf_transfer",
        "SET session_replication_role = 'replica'",
    ],
)
def test_the_advised_role_takes_no_guard_away(as_the_role: Engine, attack: str) -> None:
    with (
        as_the_role.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match=r"permission|must be owner"),
    ):
        connection.exec_driver_sql(attack)
