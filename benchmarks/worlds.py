"""Databases to measure on, made by public commands and kept in the bench's folder until the sources change.

`book_world` a book of many rows in a closed month, with approved lists of one payment · `list_world` one approved list
of many cash transfers. Many commands share a transaction while a world is made; none is measured then.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from benchmarks.growth_rows import grow_book
from benchmarks.harness import Place
from seedfund.grants.service.payment_lists import ApprovePaymentList, approve_payment_list
from seedfund.kernel.clock import ManualClock
from seedfund.kernel.ids import CountingIds
from seedfund.kernel.roles import Assurance, Role
from seedfund.ledger.service.periods import (
    BeginClosingPeriod,
    ClosePeriod,
    begin_closing_period,
    close_period,
)
from seedfund.store.hooks import prepare
from seedfund.store.programmes import RegisterActor, register_actor
from seedfund.store.work import Work
from tests.grants.paying import approved, listed, payable, payable_transfer, wish
from tests.support.grants import prepared
from tests.support.programme import CODE, RING, House, build_founded

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ("src", "tests/support", "tests/grants/paying.py", "tests/people/samples.py", "benchmarks")
FEBRUARY: Final = datetime(2026, 2, 2, 15, 0, tzinfo=UTC)
MONEY: Final = 3_000_000
ALLOTTED: Final = 900_000
FIRST_ID: Final = 1_000_000
MEASURED_ID: Final = 1_000_000_000
DEPUTY: Final = "deputy"
CHUNK: Final = 100
"""Grants made in one transaction."""


@dataclass(frozen=True)
class World:
    """A prepared database, and the numbers of the lists in it."""

    path: Path
    lists: tuple[str, ...]
    payments: tuple[str, ...]


@dataclass
class Builder(House):
    """A house whose commands share one session; the builder commits when it likes."""

    session: Session

    @contextmanager
    def work(self, actor: str, assurance: Assurance = Assurance.PIN) -> Iterator[Work]:
        """A unit of work on the shared session."""
        yield Work(self.session, actor, CODE, RING, clock=self.clock, ids=self.ids, assurance=assurance)


def measured_house(engine: Engine) -> House:
    """A house on a copy of a world: its ids and its clock are the same on every copy."""
    return House(engine, ManualClock(FEBRUARY), CountingIds(start=MEASURED_ID))


def book_world(place: Place, rows: int) -> World:
    """A book of `rows` rows of January, which is closed, and as many approved lists as commands are measured."""
    sizes = place.sizes

    def build(house: Builder) -> dict[str, Any]:
        grow_book(house, rows=rows, grants=sizes.grants)
        _close_january(house)
        lists = []
        for _ in range(sizes.commands):
            lists.append(approved(house, wish(payable(house))))
            house.session.commit()
        return {
            "lists": [one.number for one in lists],
            "payments": [number for one in lists for number in one.payments],
        }

    return prepared_world(place, f"book-{rows}-{sizes.grants}-{sizes.commands}", build)


def list_world(place: Place) -> World:
    """One approved list of cash transfers."""

    def build(house: Builder) -> dict[str, Any]:
        house.clock.set(FEBRUARY)
        grants = []
        for done in range(place.sizes.payments):
            grants.append(payable_transfer(house))
            if done % CHUNK == 0:
                house.session.commit()
        sent = listed(house, *(wish(grant) for grant in grants))
        _approve(house, sent.number)
        return {"lists": [sent.number], "payments": list(sent.payments)}

    return prepared_world(place, f"list-{place.sizes.payments}", build)


def _approve(house: Builder, number: str) -> None:
    """By as many directors as the policy asks for an amount of this size."""
    deputy = RegisterActor(
        key="bench:deputy", handle=DEPUTY, display_name="Actor deputy", roles=(Role.DIRECTOR,)
    )
    with house.work("admin") as work:
        register_actor(work, deputy)
    for actor in ("director", DEPUTY):
        with house.work(actor) as work:
            decision = ApprovePaymentList(key=f"bench:approve:{actor}", number=number)
            if approve_payment_list(work, decision).state == "approved":
                return


def _close_january(house: Builder) -> None:
    house.clock.set(FEBRUARY)
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key="bench:begin", month="2026-01"))
    with house.work("reconciler") as work:
        reconciled = ("UNHCR/cash:BANK",)
        close_period(work, ClosePeriod(key="bench:close", month="2026-01", reconciled=reconciled))
    house.session.commit()


def prepared_world(place: Place, name: str, build: Callable[[Builder], Mapping[str, Any]]) -> World:
    """The database of that name, built when it is missing or of other sources."""
    place.folder.mkdir(parents=True, exist_ok=True)
    found = sorted(place.folder.glob(f"{name}@*.json"))
    wanted = place.folder / f"{name}@{_fingerprint()}.json"
    if wanted not in found and place.keep and found:
        wanted = found[0]
    if not wanted.exists():
        for old in found:
            old.unlink()
            old.with_suffix(".db").unlink(missing_ok=True)
        _build(wanted, build)
    told = json.loads(wanted.read_text(encoding="utf-8"))
    return World(wanted.with_suffix(".db"), tuple(told["lists"]), tuple(told["payments"]))


def _build(wanted: Path, build: Callable[[Builder], Mapping[str, Any]]) -> None:
    path = wanted.with_suffix(".building")
    path.unlink(missing_ok=True)
    engine = prepare(create_engine(f"sqlite:///{path}"))
    try:
        build_founded(engine)
        with Session(engine) as session:
            house = Builder(
                engine, ManualClock(datetime(2026, 1, 5, 15, tzinfo=UTC)), CountingIds(FIRST_ID), session
            )
            prepared(house, received=MONEY, allotted=ALLOTTED)
            session.commit()
            told = build(house)
            session.commit()
    finally:
        engine.dispose()
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    path.rename(wanted.with_suffix(".db"))
    wanted.write_text(json.dumps(told), encoding="utf-8")


def _fingerprint() -> str:
    """What a world is made from: every source file by its path and content."""
    hashed = hashlib.sha256()
    for source in SOURCES:
        place = ROOT / source
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            hashed.update(str(path.relative_to(ROOT)).encode())
            hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]
