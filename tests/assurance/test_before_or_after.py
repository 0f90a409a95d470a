"""Whatever call to the database fails, a command has happened or it has not: the state is that before or that after."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Final

import pytest
import sqlalchemy as sa

from seedfund.assurance.verify import Request, verify
from seedfund.kernel.errors import SeedfundError
from seedfund.kernel.ids import CountingIds
from seedfund.ledger.rules.events import grants
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.people.service import register_household
from seedfund.store.commands import Verb
from seedfund.store.unit import Unit
from seedfund.store.work import Work
from tests.assurance.support import Lived
from tests.ledger.support import Anything, BookOfTest, Done
from tests.people.samples import child, head, identity, person, registering
from tests.support.failing import failing_engine
from tests.support.programme import RING, House, house_on

UNTOUCHED: Final = ("sf_refusal",)
"""Refusals are kept in a transaction of their own."""


def checksum(engine: sa.Engine) -> str:
    """A digest over every row of every table of ours."""
    state = hashlib.sha256()
    with engine.connect() as connection:
        for table in sorted(sa.inspect(connection).get_table_names()):
            if table.startswith("sf_") and table not in UNTOUCHED:
                rows = connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
                state.update(repr((table, sorted(repr(tuple(row)) for row in rows))).encode())
        connection.rollback()
    return state.hexdigest()


def registering_a_household(_: BookOfTest) -> Callable[[Work], object]:
    """Two people, sealed, numbered, indexed."""
    command = registering(head(person(identity("Eva", "Prueba"))), child(person(identity("Sol", "Prueba"))))
    return lambda work: register_household(work, command)


def releasing_a_payment(book: BookOfTest) -> Callable[[Work], object]:
    """An entry with a hold."""

    def write(unit: Unit, command: Anything) -> Done:
        lot = grants.Lot(book.part(1), 700, book.bank)
        rows = grants.release([lot], needs_receipts=True)
        write_entry(unit, EntryDraft(event="payment_released", postings=rows))
        return Done()

    verb: Verb[Anything, Done] = Verb("test.release", write, roles=(), moves_money=False)
    return lambda work: verb(work, Anything(key="released"))


VERBS: Final = (("field", registering_a_household), ("finance", releasing_a_payment))


def attempts(house: House, actor: str, act: Callable[[Work], object]) -> Iterator[tuple[int, bool]]:
    """Try with the first call failing, then the second …, until nothing fails; tells whether each was done."""
    with failing_engine(house.engine.url) as (engine, countdown):
        for number in range(1, 500):
            mortal = house_on(engine)
            mortal.clock.set(house.clock.now())
            mortal.ids = CountingIds(start=number * 1_000_000)
            countdown.left = number
            try:
                with mortal.work(actor) as work:
                    act(work)
                is_done = True
            except (SeedfundError, sa.exc.DBAPIError):
                is_done = False
            is_over, countdown.left = countdown.has_left, None
            engine.dispose()
            yield number, is_done
            if is_over:
                return


@pytest.mark.parametrize(("actor", "making"), VERBS, ids=["household", "payment"])
def test_a_command_that_fails_anywhere_leaves_the_state_before_or_after(
    lived: Lived, actor: str, making: Callable[[BookOfTest], Callable[[Work], object]]
) -> None:
    act = making(lived.book)
    before = checksum(lived.house.engine)
    tried = 0
    for number, is_done in attempts(lived.house, actor, act):
        tried = number
        state = checksum(lived.house.engine)
        if is_done:
            assert state != before
            break
        assert state == before, f"call {number} left something behind"

    assert tried > 10
    assert verify(lived.house.engine, Request(keyring=RING)).is_sound
