"""The command template: replay, conflict, authorisation, savepoints, the audit chain."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import Conflict, InvalidInput, NotAllowed, Refused
from seedfund.kernel.roles import Assurance, Role
from seedfund.kernel.secret import Secret
from seedfund.store.audit import AuditRow, record_hash
from seedfund.store.columns import table_of
from seedfund.store.commands import Command, verb
from seedfund.store.programmes import ActorRegistered, RegisterActor, RoleChanged, grant_role, register_actor
from seedfund.store.programmes import GrantRole as Grant
from seedfund.store.statements import Query, Write
from seedfund.store.tables import AuditRecord, AuditSecret, CommandRecord, Counter, RefusalRecord
from seedfund.store.unit import Unit
from seedfund.store.work import open_work
from tests.support.programme import CODE, RING, House


def joining(key: str = "k1", handle: str = "nina") -> RegisterActor:
    return RegisterActor(key=key, handle=handle, display_name="Nina Prueba", roles=(Role.COACH,))


def count(house: House, table: type) -> int:
    with house.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table_of(table))).scalar_one()


def test_the_same_command_twice_gives_the_stored_answer_and_one_effect(house: House) -> None:
    expected = ActorRegistered(handle="nina")
    with house.work("admin") as work:
        first = register_actor(work, joining())
    before = count(house, AuditRecord)
    with house.work("admin") as work:
        second = register_actor(work, joining())

    assert (first, second) == (expected, expected)
    assert count(house, AuditRecord) == before


@pytest.mark.parametrize(
    "other", [joining(handle="olga"), Grant(key="k1", handle="coach", role=Role.REVIEWER)]
)
def test_a_key_used_for_something_else_is_a_conflict_without_effect(house: House, other: Command) -> None:
    with house.work("admin") as work:
        register_actor(work, joining())
    before = count(house, AuditRecord)

    with pytest.raises(Conflict, match="k1"), house.work("admin") as work:
        grant_role(work, other) if isinstance(other, Grant) else register_actor(work, other)  # type: ignore[arg-type] # the union of both

    assert count(house, AuditRecord) == before


def test_an_actor_without_the_role_is_not_allowed(house: House) -> None:
    with pytest.raises(NotAllowed, match="administrator"), house.work("coach") as work:
        register_actor(work, joining())


def test_an_unknown_actor_is_not_allowed(house: House) -> None:
    with pytest.raises(NotAllowed, match="nobody"), house.work("nobody") as work:
        register_actor(work, joining())


def test_a_handle_in_another_case_is_the_same_actor(house: House) -> None:
    with house.work(" ADMIN ") as work:
        result = grant_role(work, Grant(key="g1", handle="Coach", role=Role.REVIEWER))

    assert result == RoleChanged(handle="coach", role=Role.REVIEWER)


def test_nobody_grants_a_role_to_oneself_in_any_spelling(house: House) -> None:
    with pytest.raises(Refused) as caught, house.work("admin") as work:
        grant_role(work, Grant(key="g1", handle="Admin ", role=Role.DIRECTOR))

    assert caught.value.codes == ("own_role",)


def test_a_refused_decision_is_remembered_in_a_transaction_of_its_own(house: House) -> None:
    with pytest.raises(Refused), house.work("admin") as work:
        register_actor(work, joining(handle="coach"))

    with house.engine.connect() as connection:
        row = connection.execute(sa.select(table_of(RefusalRecord))).one()
    assert (row.actor, row.operation, row.codes) == ("admin", "store.register_actor", '["actor_exists"]')


@dataclass(frozen=True, kw_only=True)
class Count(Command):
    """A command that takes a number and then may be refused."""

    fails: bool


@verb("test.count", roles=())
def count_up(unit: Unit, command: Count) -> ActorRegistered:
    """Take a number, then stumble if told to."""
    number = unit.human_number("XX")
    if command.fails:
        unit.execute(BREAK)
    return ActorRegistered(handle=number)


BREAK = Write(lambda: sa.text("INSERT INTO sf_lock (n) VALUES (0)"))


def test_a_host_that_swallows_a_refusal_and_commits_keeps_nothing_of_it(house: House) -> None:
    with house.work("coach") as work:
        assert count_up(work, Count(key="a", fails=False)).handle == "XX-2026-0001"
        with pytest.raises(Refused):
            count_up(work, Count(key="b", fails=True))
        assert count_up(work, Count(key="c", fails=False)).handle == "XX-2026-0002"

    with house.work("coach") as work:
        assert count_up(work, Count(key="b", fails=False)).handle == "XX-2026-0003"


def test_the_audit_chain_verifies_row_by_row(house: House) -> None:
    with house.work("admin") as work:
        register_actor(work, joining())
        rows = work.reader().all(AUDIT_ROWS)

    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert all(record_hash(row) == row.hash for row in rows)
    assert all(later.prev_hash == earlier.hash for earlier, later in pairwise(rows))


AUDIT_ROWS = Query(
    AuditRow, lambda: sa.select(*table_of(AuditRecord).columns).order_by(table_of(AuditRecord).c.seq)
)


@pytest.mark.parametrize("table", ["sf_audit", "sf_command"])
@pytest.mark.parametrize("attack", ["UPDATE {t} SET operation = 'x'", "DELETE FROM {t}"])
def test_raw_sql_cannot_change_what_was_recorded(house: House, table: str, attack: str) -> None:
    with house.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError, match="never"):
        connection.exec_driver_sql(attack.format(t=table))


def test_a_day_in_the_future_or_outside_the_window_is_refused_as_input(house: House) -> None:
    for day in (date(2026, 1, 6), date(2025, 1, 1)):
        with pytest.raises(InvalidInput, match="occurred_on"), house.work("admin") as work:
            grant_role(work, Grant(key="g", handle="coach", role=Role.REVIEWER, occurred_on=day))


@dataclass(frozen=True, kw_only=True)
class Note(Command):
    """A command with a secret."""

    text: Secret


@verb("test.note", roles=(), moves_money=True)
def note(unit: Unit, command: Note) -> ActorRegistered:
    """Seal the note under a new subject."""
    subject = unit.key()
    unit.new_vault(subject)
    unit.owns(subject, command.text)
    return ActorRegistered(handle=subject)


def test_a_secret_of_a_payload_is_sealed_and_nowhere_in_clear(house: House) -> None:
    with house.work("coach") as work:
        note(work, Note(key="n", text=Secret("refugio-en-calle-falsa")))

    with house.engine.connect() as connection:
        payloads = connection.execute(sa.select(table_of(AuditRecord).c.payload)).scalars().all()
        blobs = connection.execute(sa.select(table_of(AuditSecret).c.content)).scalars().all()
    assert not any("falsa" in payload for payload in payloads)
    assert len(blobs) == 1
    assert b"falsa" not in bytes(blobs[0])


def test_moving_money_needs_more_than_a_claimed_name(house: House) -> None:
    with pytest.raises(NotAllowed, match="pin"), house.work("coach", Assurance.CLAIMED) as work:
        note(work, Note(key="n", text=Secret("x")))


def test_nothing_is_kept_unless_commit_was_called(house: House) -> None:
    before = count(house, CommandRecord)
    with open_work(house.engine, actor="admin", programme=CODE, keyring=RING, clock=house.clock) as work:
        register_actor(work, joining())

    assert count(house, CommandRecord) == before
    assert count(house, Counter) == 0
