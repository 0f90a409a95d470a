"""Sixteen hands at once: one effect for one key, one conflict for each other content, and nobody is starved."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from seedfund.kernel.errors import Busy, Conflict, SeedfundError
from seedfund.kernel.ids import RandomIds
from seedfund.kernel.roles import Role
from seedfund.store.programmes import ActorRegistered, RegisterActor, register_actor
from seedfund.store.work import Work, run
from tests.support.programme import CODE, RING, House

HANDS = 16


def at_once(house: House, unit: Callable[[Work, int], object]) -> list[object]:
    """Run a unit in sixteen threads that start together; what each returned or raised, in no order."""
    start, results, lock = threading.Barrier(HANDS), [], threading.Lock()

    def hand(number: int) -> None:
        start.wait()
        result: object
        try:
            result = run(
                house.engine,
                lambda work: unit(work, number),
                actor="admin",
                programme=CODE,
                keyring=RING,
                clock=house.clock,
                ids=RandomIds(),
            )
        except SeedfundError as error:
            result = error
        with lock:
            results.append(result)

    threads = [threading.Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def joining(key: str, handle: str) -> RegisterActor:
    return RegisterActor(key=key, handle=handle, display_name="Nina Prueba", roles=(Role.COACH,))


def test_one_key_sixteen_times_has_one_effect_and_one_answer(house: House) -> None:
    results = at_once(house, lambda work, _: register_actor(work, joining("same", "nina")))

    assert results == [ActorRegistered(handle="nina")] * HANDS


def test_one_key_with_sixteen_contents_has_one_effect_and_fifteen_conflicts(house: House) -> None:
    results = at_once(house, lambda work, number: register_actor(work, joining("same", f"hand{number}")))

    kinds = Counter(type(result) for result in results)
    assert kinds == {ActorRegistered: 1, Conflict: HANDS - 1}


def test_sixteen_keys_at_once_are_all_carried_out_and_chained_without_a_gap(house: House) -> None:
    results = at_once(
        house, lambda work, number: register_actor(work, joining(f"k{number}", f"hand{number}"))
    )

    assert {type(result) for result in results} == {ActorRegistered}
    with house.engine.connect() as connection:
        seqs = connection.exec_driver_sql("SELECT seq FROM sf_audit ORDER BY seq").scalars().all()
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_unit_that_stays_busy_ends_with_busy(house: House) -> None:
    calls = []

    def busy(work: Work) -> None:
        calls.append(work.actor)
        raise Busy("somebody else writes")

    with pytest.raises(Busy, match="still busy after 8 attempts"):
        run(house.engine, busy, actor="admin", programme=CODE, keyring=RING)
    assert len(calls) == 8
