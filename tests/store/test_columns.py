"""A model is built when its table is first asked for, once, and is then what SQLModel would have made at once."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col

from seedfund.approvals.tables import ApprovalRequest
from seedfund.store.columns import METADATA, Table, all_tables, table_of
from seedfund.store.tables import Actor

ROOT: Final = Path(__file__).resolve().parents[2]
COMMANDS: Final = (
    "from seedfund.people.service import register_household",
    "from seedfund.grants.service import release_payment_list",
)


def _said_by(statement: str) -> list[str]:
    """What a Python of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", statement], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.split()


@pytest.mark.parametrize("command", COMMANDS)
def test_loading_a_command_builds_no_table(command: str) -> None:
    asked = "from seedfund.store.columns import METADATA; print('built', *METADATA.tables)"

    assert _said_by(f"{command}\n{asked}") == ["built"]


def test_a_table_that_is_asked_for_would_be_seen() -> None:
    asked = (
        "from seedfund.store.tables import Actor; from seedfund.store.columns import METADATA\n"
        "Actor.id; print('built', *METADATA.tables)"
    )

    assert _said_by(asked) == ["built", "sf_actor"]


def test_a_statement_takes_a_class_for_its_table() -> None:
    assert str(sa.select(Actor)).startswith("SELECT sf_actor.id")
    assert str(sa.delete(Actor)) == "DELETE FROM sf_actor"
    assert str(sa.select(col(sa.orm.aliased(Actor).id))).startswith("SELECT sf_actor_1.id")


def test_a_class_gives_what_its_model_has() -> None:
    assert issubclass(sa.inspect(Actor).class_, SQLModel)
    assert table_of(Actor) is METADATA.tables["sf_actor"]
    assert Actor.__tablename__ == "sf_actor"


def test_an_index_over_some_rows_has_one_condition_on_both_databases() -> None:
    found = next(
        one for one in table_of(ApprovalRequest).indexes if one.name == "uq_sf_approval_request_live"
    )

    words = {str(found.dialect_options[name]["where"]) for name in ("sqlite", "postgresql")}
    assert (found.unique, words) == (True, {"state IN ('open', 'granted')"})


def test_threads_that_ask_at_once_get_one_table() -> None:
    asked = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from seedfund.people.tables import Participant\n"
        "from seedfund.store.columns import table_of\n"
        "with ThreadPoolExecutor(16) as pool:\n"
        "    print(len({id(one) for one in pool.map(lambda _: table_of(Participant), range(64))}))\n"
    )

    assert _said_by(asked) == ["1"]


def test_no_row_is_made_past_the_commands() -> None:
    with pytest.raises(TypeError, match="Actor is a table: its rows are written by the commands"):
        Actor(handle="nadie")


def test_the_base_is_no_table() -> None:
    with pytest.raises(AttributeError, match="Table is no table, and has no __table__"):
        table_of(Table)


def test_all_tables_are_those_of_every_loaded_room() -> None:
    names = [table.name for table in all_tables()]

    assert {"sf_actor", "sf_approval_request"} <= set(names)
    assert names.index("sf_programme") < names.index("sf_approval_request")
