"""A life of two funds' books, step by step: what is given to the ledger is foretold first, then held against it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from typing import Any, Final

from sqlalchemy import Engine, create_engine

from seedfund.assurance.verify import Request, verify
from seedfund.funds.rules.words import LineKind
from seedfund.funds.service import add_budget_line
from seedfund.funds.service.opening import AddBudgetLine
from seedfund.kernel.errors import Busy, Conflict, NotFound, Refused
from seedfund.kernel.ids import CountingIds
from seedfund.kernel.money import Money
from seedfund.ledger.service.periods import (
    BeginClosingPeriod,
    ClosePeriod,
    begin_closing_period,
    close_period,
)
from seedfund.store.commands import Command
from tests.funds.support import bank, opened
from tests.ledger.expected import FUNDS, GRANTS
from tests.ledger.forecast import CLOSED, STILL_OPEN, Forecast, Foretold
from tests.ledger.readback import require_sound
from tests.ledger.wishes import Asked, Wish, ask
from tests.support.databases import DatabaseServer
from tests.support.programme import RING, House, build_founded, house_on

LINES: Final = ("A1", "A2", "CH", "OP")
EACH: Final = tuple(range(len(GRANTS)))
FOUNDING: Final = (
    *(Wish("instalment", book, amount=3_000) for book in FUNDS),
    *(Wish("allot", book, line, amount=1_500) for book in FUNDS for line in ("A1", "A2")),
    *(Wish("move", book, amount=300) for book in FUNDS),
    *(Wish("award", grant=grant, amount=600) for grant in EACH),
    *(Wish("sign", grant=grant, amount=500) for grant in EACH),
    *(Wish("release", grant=grant, amount=300) for grant in EACH),
    *(Wish("result", part=1) for _ in EACH),
    *(Wish("release", grant=grant, amount=90) for grant in EACH),
    *(Wish("accept", grant=grant, amount=120) for grant in (0, 2)),
    *(Wish("demand", grant=grant, amount=80) for grant in (0, 2)),
    Wish("withdraw", grant=1, amount=60),
    *(Wish("write_off", grant=grant, amount=30) for grant in EACH),
    Wish("refund", grant=1, amount=100),
    Wish("overpay", amount=40),
    Wish("loan", amount=200),
)
"""Where a life begins: something of everything, so that whatever is tried first has something to be about."""
UNFORESEEN: Final = "the ledger and the model disagree on whether it is refused"


class Undone(Exception):
    """The host thinks better of it."""


@dataclass
class Life:
    """A house, and what should stand in its books."""

    house: House
    world: Forecast
    given: list[tuple[Asked, Any]]
    keys: Any

    @property
    def today(self) -> date:
        """The day it is in the programme's zone; the clock stands at ten in the morning there."""
        return self.house.clock.now().date()

    def ask(self, wish: Wish) -> Asked | None:
        """The command of a wish under a fresh key."""
        return ask(self.world, wish, key=f"life:{next(self.keys)}", today=self.today)

    def give(self, asked: Asked) -> Any:
        """Its answer; None when it is refused. A race lost to another connection is run again."""
        for _ in range(20):
            try:
                with self.house.work(asked.given.actor) as work:
                    return asked.verb(work, asked.command)
            except (Refused, NotFound):
                return None
            except Busy:
                continue
        raise AssertionError("the database stayed busy")

    def expect(self, asked: Asked, answer: Any) -> None:
        """The answer is what was foretold, and no fact was refused but one that nobody can have seen."""
        foretold = self.world.foretell(asked.given, asked.on)
        assert (answer is None) == (foretold is None), f"{UNFORESEEN}: {asked.command}"
        if foretold is not None:
            self.adopt(asked, answer, foretold)

    def adopt(self, asked: Asked, answer: Any, foretold: Foretold) -> None:
        """It happened as foretold."""
        self.world.adopt(number_of(answer), asked.given, foretold, getattr(answer, "seqs", ()))
        self.given.append((asked, answer))

    def take(self, wish: Wish) -> None:
        """One command."""
        asked = self.ask(wish)
        if asked is not None:
            self.expect(asked, self.give(asked))

    def again(self, which: int) -> None:
        """An earlier command under its key: the same answer, and nothing moves."""
        if self.given:
            asked, answer = self.given[which % len(self.given)]
            assert self.give(asked) == answer

    def otherwise(self, which: int) -> None:
        """An earlier key with other content: a conflict, and nothing moves."""
        if not self.given:
            return
        asked, _ = self.given[which % len(self.given)]
        try:
            answer = self.give(replace(asked, command=altered(asked.command)))
        except Conflict:
            return
        raise AssertionError(f"a key was used twice: {answer}")

    def in_one_unit(self, wish: Wish, *, is_kept: bool) -> None:
        """The same wish twice in one unit of the host, the second perhaps refused; kept as a whole or not at all."""
        before, known = self.world.kept(), len(self.given)
        asked = self.ask(wish)
        if asked is None:
            return
        try:
            with self.house.work(asked.given.actor) as work:
                self.expect(asked, _told(lambda: asked.verb(work, asked.command)))
                second = self.ask(wish)
                if second is not None and second.given.actor == asked.given.actor:
                    self.expect(second, _told(lambda: second.verb(work, second.command)))
                if not is_kept:
                    raise Undone
        except Undone:
            self.world = before
            del self.given[known:]

    def race(self, wishes: Sequence[Wish], *, same_key: bool) -> None:
        """Commands at the same moment: one key once, or two keys in either order and no third way."""
        asked = [found for wish in wishes if (found := self.ask(wish)) is not None]
        if not asked:
            return
        if same_key:
            answers = at_once([partial(self.give, asked[0])] * 3)
            assert answers[0] == answers[1] == answers[2]
            self.expect(asked[0], answers[0])
            return
        answers = at_once([partial(self.give, one) for one in asked])
        found = self.found().moved
        ways = []
        for order in (asked, asked[::-1]):
            way = Life(self.house, self.world.kept(), list(self.given), self.keys)
            told = dict(zip(map(id, asked), answers, strict=True))
            if way._came_true([(one, told[id(one)]) for one in order]) and way.world.model.moved == found:
                ways.append(way)
        assert ways, f"{UNFORESEEN}, in either order: {[one.command for one in asked]}"
        self.world, self.given = ways[0].world, ways[0].given

    def _came_true(self, told: Sequence[tuple[Asked, Any]]) -> bool:
        for asked, answer in told:
            foretold = self.world.foretell(asked.given, asked.on)
            if (foretold is None) != (answer is None):
                return False
            if foretold is not None:
                self.adopt(asked, answer, foretold)
        return True

    # Months -----------------------------------------------------------------------------------------------------------

    def pass_a_month(self) -> None:
        """It is the third of the next month."""
        first = (self.today.replace(day=1) + timedelta(days=32)).replace(day=3)
        self.house.clock.advance(first - self.today)

    def begin_closing(self) -> None:
        """Finance begins to close the first month that is not closed; refused when it is not over or begun already."""
        month = self.world.next_to_close()
        is_over = month < f"{self.today:%Y-%m}"
        told = self._of_month("finance", lambda work: begin_closing_period(
            work, BeginClosingPeriod(key=f"life:{next(self.keys)}", month=month or "2026-01")
        ))  # fmt: skip
        if not month:
            return
        assert told == (is_over and not self.world.state(month)), month
        if told:
            self.world.months[month] = STILL_OPEN

    def close_month(self, *, by_same_hand: bool = False) -> None:
        """Another hand closes the month that is closing, everything explained."""
        month = next((month for month, state in self.world.months.items() if state == STILL_OPEN), "")
        rooms = {f"{FUNDS[book]}/{code}": "seen" for book, code in self.world.model.at}
        flying = {f"{FUNDS[book]}/{seq}": "on its way" for book, seq in self.world.flying}
        command = ClosePeriod(
            key=f"life:{next(self.keys)}",
            month=month or "2026-01",
            reconciled=tuple(name for name in rooms if "/cash:" in name),
            explained=rooms | flying,
        )
        told = self._of_month("director", lambda work: close_period(work, command))
        assert told == bool(month), month
        if told:
            self.world.months[month] = CLOSED

    def _of_month(self, actor: str, act: Callable[[Any], Any]) -> bool:
        try:
            with self.house.work(actor) as work:
                act(work)
        except Refused:
            return False
        return True

    # What always holds ------------------------------------------------------------------------------------------------

    def found(self) -> Any:
        """What the database says, sound in itself."""
        grants = {book: [grant.number for grant in GRANTS] for book in FUNDS}
        return require_sound(self.house, {book: (grants[book], list(LINES)) for book in FUNDS})

    def require_as_foretold(self) -> None:
        """Sound in itself, and to the unit and the day what was foretold."""
        found = self.found()
        assert found.moved == self.world.model.moved
        assert found.booked == {number: entry.booked for number, entry in self.world.entries.items()}

    def require_verified(self) -> None:
        """The auditor's own verifier finds nothing either."""
        found = verify(self.house.engine, Request(keyring=RING))
        assert found.is_sound, found


def number_of(answer: Any) -> str:
    """The number of the entry an answer tells of."""
    return str(getattr(answer, "entry", None) or answer.number)


def altered(command: Command) -> Command:
    """A command with the same key and other content."""
    changes: dict[str, Any] = {"occurred_on": date(2026, 1, 1)}
    if command.occurred_on == changes["occurred_on"]:
        changes["occurred_on"] = date(2026, 1, 2)
    amount = getattr(command, "amount", 0)
    if isinstance(amount, Money):
        changes = {"amount": Money(amount.minor + 1, amount.currency)}
    return replace(command, **changes)


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Each in a thread of its own, all let go together; their answers in order."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)
    failed: list[BaseException] = []

    def run(index: int) -> None:
        try:
            gate.wait(10)
            answers[index] = acts[index]()
        except BaseException as error:  # noqa: BLE001 - told to the test by the thread that asked
            failed.append(error)

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return answers


def _told(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (Refused, NotFound):
        return None


# Where a life begins --------------------------------------------------------------------------------------------------

_FOUNDED: Final[dict[str, tuple[Forecast, int]]] = {}


def begun(server: DatabaseServer) -> tuple[Life, Callable[[], None]]:
    """A life on a database of its own with two funds and three grants, and what removes it."""
    url = server.create(server.template("life", lambda engine: _found(server.label, engine)))
    engine = create_engine(url)
    house = house_on(engine)
    house.ids = CountingIds(start=9_000_000)
    world, used = _FOUNDED[server.label]

    def end() -> None:
        engine.dispose()
        server.drop(url)

    return Life(house, world.kept(), [], count(used)), end


def _found(label: str, engine: Engine) -> None:
    build_founded(engine)
    house = house_on(engine)
    for code in FUNDS.values():
        opened(house, code)
        with house.work("finance") as work:
            line = AddBudgetLine(
                key=f"op:{code}", fund=code, code="OP", name="Operación", kind=LineKind.OPERATIONS
            )
            add_budget_line(work, line)
    for code in ("BANK", "PETTY"):
        bank(house, code)
    life = Life(house, Forecast(), [], count(1))
    for wish in FOUNDING:
        life.take(wish)
    life.require_as_foretold()
    assert len(life.world.entries) == len(FOUNDING)
    _FOUNDED[label] = life.world, next(life.keys)
