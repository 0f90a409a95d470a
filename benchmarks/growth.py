"""What a million transfers cost those who work on them: a command, balances, a trial balance, a statement.

Expected size: two books over the same accounts, one of 10,000 rows, one of 1,000,000, their month closed.
Budget: a durable command at most 1.3 × the same one on the small book; balances and trial balance likewise, because
they grow with accounts; the statement of an account at most 1.3 × bare SQL with the sum run in Python.
Canonical workload: release and confirm single payments on both books in turn; read the counters of all accounts and
the trial balance of the month; read every row of the cash account with its running balance.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine

from benchmarks.disbursement import KINDS, commands
from benchmarks.harness import (
    Measure,
    Place,
    Turns,
    Work,
    fresh_copy,
    measured,
    removed,
    take_turns,
    together,
)
from benchmarks.recording import bare
from benchmarks.worlds import World, book_world, measured_house
from seedfund.ledger.queries.lines import kind_totals
from seedfund.ledger.queries.statement import statement
from seedfund.reports.make.money import trial_balance
from seedfund.store.hooks import prepare
from tests.support.programme import House

GOAL: Final = 1.3
READS: Final = 5
BARE_STATEMENT: Final = (
    " UNION ALL ".join(
        "SELECT t.book_id, t.seq, e.number, t.booking_date, e.value_date, e.event, e.subject, t.recipe, "
        f"{sign} t.amount FROM sf_transfer t JOIN sf_entry e ON e.id = t.entry_id "
        f"WHERE t.{side}_id = ?1 AND t.phase IN ('post', 'settle')"
        for side, sign in (("debit", "+"), ("credit", "-"))
    )
    + " ORDER BY 1, 2"
)


def bench(place: Place) -> list[Measure]:
    """Commands and reads on the large book over those on the small one, and a statement over bare SQL."""
    small, large = book_world(place, place.sizes.small), book_world(place, place.sizes.large)
    limit = f"the same on {place.sizes.small:,} transfers"
    repeated = [_commands(small, large) for _ in range(place.sizes.repetitions)]
    results = [
        measured(
            f"{kind} one payment at {place.sizes.large:,}",
            together([one[kind] for one in repeated]),
            n=place.sizes.large,
            limit=limit,
            goal=GOAL,
        )
        for kind in KINDS
    ]
    with _house(small, "small.db") as few, _house(large, "large.db") as many:
        for name, read in (("balances", _balances), ("trial balance", _trial_balance)):
            turns = take_turns(_both(read, few, many))
            results.append(
                measured(
                    f"{name} at {place.sizes.large:,}", turns, n=place.sizes.large, limit=limit, goal=GOAL
                )
            )
        results.append(_statement(many, large.path))
    return results


def _commands(small: World, large: World) -> dict[str, Turns]:
    with _house(small, "small.db") as few, _house(large, "large.db") as many:

        def pairs(kind: str) -> Iterator[tuple[Work, Work]]:
            for (name, on_many), (_, on_few) in zip(commands(large), commands(small), strict=True):
                if name == kind:
                    yield lambda act=on_many: act(many), lambda act=on_few: act(few)  # type: ignore[misc]  # bound at once

        return {kind: take_turns(pairs(kind)) for kind in KINDS}


@contextmanager
def _house(world: World, name: str) -> Iterator[House]:
    path = fresh_copy(world.path, name)
    engine = prepare(create_engine(f"sqlite:///{path}"))
    try:
        yield measured_house(engine)
    finally:
        engine.dispose()
        removed(path)


def _both(read: Callable[[House], object], few: House, many: House) -> Iterator[tuple[Work, Work]]:
    for _ in range(READS):
        yield lambda: read(many), lambda: read(few)


def _balances(house: House) -> object:
    with house.work("finance") as work:
        return kind_totals(work.reader(), [1])


def _trial_balance(house: House) -> object:
    with house.work("finance") as work:
        return [list(section.rows) for section in trial_balance(work).sections]


# The statement of an account ------------------------------------------------------------------------------------------


def _statement(house: House, path: Path) -> Measure:
    with ExitStack() as stack:
        work = stack.enter_context(house.work("finance"))
        connection = stack.enter_context(bare(path))
        (account,) = connection.execute("SELECT id FROM sf_account WHERE code = 'cash:BANK'").fetchone()

        def ours() -> list[int]:
            return [line.balance for line in statement(work.reader(), account)]

        def limit() -> list[int]:
            return _bare_statement(connection, account)

        rows = limit()
        assert ours() == rows, "both sides have to tell the same balances"
        turns = take_turns((ours, limit) for _ in range(READS))
    return measured(
        "statement of an account", turns, n=len(rows), limit="bare SQL summed in Python", goal=GOAL
    )


def _bare_statement(connection: sqlite3.Connection, account: int) -> list[int]:
    balance, balances = 0, []
    for row in connection.execute(BARE_STATEMENT, (account,)):
        balance += row[-1]
        balances.append(balance)
    return balances
