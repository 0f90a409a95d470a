"""One durable disbursement command against the very same statements through the driver alone.

Expected size: a programme with a book of 10,000 rows; single payments of seed capital, agreement signed.
Budget: at most 2.5 × the driver with the same durability, and at most 1.5 ms of our own above it.
Canonical workload: release an approved list with one payment, then confirm the payment; each command opens its unit of
work, passes every guard and commits. On a first copy of the database the statements are written down; then command by
command ours runs on a second copy and the driver replays on a third.
"""

from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import create_engine

from benchmarks.harness import (
    Measure,
    Place,
    Turns,
    Work,
    fresh_copy,
    measured,
    measured_above,
    removed,
    take_turns,
    together,
)
from benchmarks.recording import Step, bare, heads, recording_engine, replay, taken
from benchmarks.worlds import World, book_world, measured_house
from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.deliveries import ConfirmPayment, PaymentResult, confirm_payment
from seedfund.grants.service.releases import ReleasePaymentList, release_payment_list
from seedfund.store.hooks import prepare
from tests.support.programme import House

GOAL: Final = 2.5
OWN_SECONDS: Final = 0.0015
LIMIT: Final = "the same statements through sqlite3 alone"
KINDS: Final = ("release", "confirm")


def commands(world: World) -> Iterator[tuple[str, Callable[[House], object]]]:
    """Every release, then every confirmation: its kind, and what to do on a house."""
    for number in world.lists:
        yield "release", release(number)
    for number in world.payments:
        yield "confirm", confirm(number)


def release(number: str) -> Callable[[House], object]:
    """Release a list, durably."""

    def act(house: House) -> object:
        with house.work("cashier") as work:
            return release_payment_list(work, ReleasePaymentList(key=f"release:{number}", number=number))

    return act


def confirm(number: str) -> Callable[[House], object]:
    """Confirm a payment in full, durably."""

    def act(house: House) -> object:
        told = PaymentResult(payment=number, outcome=Outcome.FULL)
        with house.work("reconciler") as work:
            return confirm_payment(work, ConfirmPayment(key=f"confirm:{number}", result=told))

    return act


def bench(place: Place) -> list[Measure]:
    """Both kinds of commands: as a ratio, and as our own time."""
    world = book_world(place, place.sizes.small)
    recorded = _recorded(world)
    repeated = [_repetition(world, recorded) for _ in range(place.sizes.repetitions)]
    results = []
    for kind in KINDS:
        turns = together([one[kind] for one in repeated])
        statements = len(next(steps for (name, _), steps in zip(commands(world), recorded) if name == kind))  # noqa: B905 - the first is enough
        results += [
            measured(
                f"{kind} one payment",
                turns,
                n=len(turns.limit),
                limit=LIMIT,
                goal=GOAL,
                note=f"{statements} statements",
            ),
            measured_above(f"{kind} one payment, own time", turns, n=len(turns.limit), budget=OWN_SECONDS),
        ]
    return results


def _recorded(world: World) -> list[list[Step]]:
    path = fresh_copy(world.path, "recorded.db")
    engine = recording_engine(path)
    house = measured_house(engine)
    recorded = []
    try:
        for _, act in commands(world):
            taken(engine)
            act(house)
            recorded.append(taken(engine))
    finally:
        engine.dispose()
    removed(path)
    return recorded


def _repetition(world: World, recorded: list[list[Step]]) -> dict[str, Turns]:
    ours, theirs = fresh_copy(world.path, "ours.db"), fresh_copy(world.path, "bare.db")
    engine = prepare(create_engine(f"sqlite:///{ours}"))
    house = measured_house(engine)
    try:
        with bare(theirs) as connection:

            def pairs(kind: str) -> Iterator[tuple[Work, Work]]:
                for (name, act), steps in zip(commands(world), recorded, strict=True):
                    if name == kind:
                        yield lambda act=act: act(house), lambda steps=steps: replay(connection, steps)  # type: ignore[misc]  # bound at once

            turns = {kind: take_turns(pairs(kind)) for kind in KINDS}
        assert heads(theirs) == heads(ours), "both sides have to leave the same books"
        return turns
    finally:
        engine.dispose()
        removed(ours, theirs)
