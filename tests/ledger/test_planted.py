"""What the lives are held against can fail: one error is planted for each promise, and each is seen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import pytest

from seedfund.ledger.rules import balances
from seedfund.ledger.rules.events import refunds
from seedfund.store import commands
from tests.assurance.support import altering
from tests.ledger.expected import FUNDS, GRANTS
from tests.ledger.forecast import CLOSED
from tests.ledger.lives import LINES, Life, begun
from tests.ledger.model import Model, Row
from tests.ledger.readback import recounted, rows_of
from tests.ledger.test_lives import LedgerLife
from tests.ledger.wishes import Wish
from tests.support.databases import DatabaseServer
from tests.support.machines import live

NUMBERS = [grant.number for grant in GRANTS]


@pytest.fixture
def life(database_server: DatabaseServer) -> Iterator[Life]:
    """A life at its beginning, sound."""
    life, end = begun(database_server)
    life.require_as_foretold()
    yield life
    end()


def alter(life: Life, statement: str) -> None:
    """Change a row past every guard."""
    with altering(life.house.engine) as connection:
        assert connection.exec_driver_sql(statement).rowcount


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sf_account SET debits_posted = debits_posted + 1 WHERE code = 'cash:BANK'",
        "UPDATE sf_account SET credits_pending = credits_pending + 1 WHERE code = 'cash:BANK'",
        f"UPDATE sf_transfer SET hash = '{'0' * 64}' WHERE seq = 3",
        "UPDATE sf_transfer SET amount = amount + 1 WHERE seq = 3",
        "UPDATE sf_transfer SET prev_hash = hash WHERE seq = 3",
        "UPDATE sf_book_head SET seq = seq + 1",
        "DELETE FROM sf_transfer WHERE seq = 1",
    ],
)
def test_what_is_altered_in_the_database_is_seen(life: Life, statement: str) -> None:
    alter(life, statement)

    with pytest.raises(AssertionError):
        life.require_as_foretold()


def test_a_frozen_figure_that_was_altered_is_seen(life: Life) -> None:
    life.pass_a_month()
    life.begin_closing()
    life.close_month()
    life.require_as_foretold()
    assert set(life.world.months.values()) == {CLOSED}

    alter(life, "UPDATE sf_period_balance SET debits_posted = debits_posted + 1 WHERE debits_posted > 0")

    with pytest.raises(AssertionError):
        life.require_as_foretold()


def rows(life: Life) -> list[Row]:
    """The rows of a life."""
    return rows_of(life.house)


def unequal(found: list[Row]) -> str:
    """The identities that do not hold over rows, in one line."""
    model = recounted(found)
    return "; ".join(name for book in FUNDS for name in model.unequal(book, NUMBERS, list(LINES)))


def without_budget(row: Row) -> Row:
    """A payment that spends nothing."""
    return replace(row, pairs=row.pairs[:1])


def from_another_line(row: Row) -> Row:
    """An award that takes what another line has."""
    return replace(row, pairs=(("awarded:SC-2026-0001:A1", "available:A2"),))


@pytest.mark.parametrize(
    ("identity", "recipe", "wrongly"),
    [
        ("tie-out", "payment.delivered.advances", without_budget),
        ("line", "award.decided", from_another_line),
        ("committed", "agreement.signed", partial(replace, recipe="agreement.lowered")),
        ("disbursed", "refund.claims.committed", partial(replace, recipe="cash.moved")),
        ("disbursed", "payment.delivered.expense", partial(replace, recipe="charge.paid")),
    ],
)
def test_a_row_that_breaks_an_identity_is_named(
    life: Life, identity: str, recipe: str, wrongly: Callable[[Row], Row]
) -> None:
    found = rows(life)
    assert unequal(found) == ""
    at = next(index for index, row in enumerate(found) if row.recipe == recipe)

    assert identity in unequal([*found[:at], wrongly(found[at]), *found[at + 1 :]])


def test_an_account_below_its_floor_is_named(life: Life) -> None:
    found = rows(life)
    assert recounted(found).broken_floors() == []
    model: Model = recounted(
        [replace(row, amount=row.amount * (50 if row.phase == "settle" else 1)) for row in found]
    )

    assert (1, "cash:BANK") in model.broken_floors()


def test_a_row_on_another_day_is_seen(life: Life) -> None:
    life.world.months["2026-01"] = CLOSED
    life.take(Wish("charge"))

    with pytest.raises(AssertionError):
        life.require_as_foretold()


SHORT: Final = (Wish("spend", amount=9_000), Wish("instalment", amount=100))
OVER: Final = (Wish("cut", edge=0), Wish("release", amount=10))
WRONG: Final[tuple[tuple[object, str, object, tuple[Wish, ...]], ...]] = (
    (refunds, "WATERFALL", ("write_offs", "advances", "claims"), (Wish("refund", amount=20),)),
    (balances.Planner, "_cure", lambda *_: [], SHORT),
    (balances.Planner, "_room", lambda *_: [], SHORT),
    (balances, "BLOCKED_WHILE_SHORT", (), OVER),
)


@pytest.mark.parametrize(("place", "name", "wrong", "wishes"), WRONG, ids=[name for _, name, _, _ in WRONG])
def test_a_wrong_recipe_or_rule_is_seen(
    life: Life,
    monkeypatch: pytest.MonkeyPatch,
    place: object,
    name: str,
    wrong: object,
    wishes: tuple[Wish, ...],
) -> None:
    monkeypatch.setattr(place, name, wrong)

    with pytest.raises(AssertionError):
        for wish in wishes:
            life.take(wish)
            life.require_as_foretold()


def test_a_key_that_takes_other_content_is_seen(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    # What a command says is written as bytes to be fingerprinted: here every command says the same.
    monkeypatch.setattr(commands, "bytes_of_encoded", lambda told: b"")
    life.take(Wish("charge"))

    with pytest.raises(AssertionError, match="used twice"):
        life.otherwise(0)


def test_a_key_that_is_carried_out_again_is_seen(life: Life) -> None:
    life.take(Wish("charge"))
    asked, answer = life.given[0]
    life.given[0] = (replace(asked, command=replace(asked.command, key="another")), answer)

    with pytest.raises(AssertionError):
        life.again(0)


def test_the_search_finds_a_wrong_split_by_itself(
    sqlite_server: DatabaseServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(sqlite_server)[1]()
    monkeypatch.setattr(refunds, "shared", all_of_the_first)

    with pytest.raises((AssertionError, ExceptionGroup)):
        live(LedgerLife, sqlite_server, lives=40, steps=50, only_find=True)


def all_of_the_first(amount: int, weights: Sequence[int]) -> tuple[int, ...]:
    """All from the first part: not what the reference says of co-financed grants."""
    return (min(amount, sum(weights)), *(0 for _ in weights[1:]))
