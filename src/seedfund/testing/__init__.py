"""What a host's own tests need: a clock that stands still, keys that count, and a founded programme in memory.

    from seedfund.testing import founded

    with founded(actor="luis", roles=(Role.FIELD_OFFICER,)) as work:
        register_household(work, ...)

Nothing here is meant for books that anybody relies on: the key ring is made of known bytes.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from seedfund.kernel.clock import ManualClock
from seedfund.kernel.ids import CountingIds
from seedfund.kernel.roles import Assurance, Role
from seedfund.schema.upgrading import upgrade
from seedfund.store.hooks import prepare
from seedfund.store.programmes import FoundProgramme, RegisterActor, found_programme, register_actor
from seedfund.store.sealing.keyring import KeyRing
from seedfund.store.work import Work, open_work

__all__ = ["KNOWN_RING", "START", "CountingIds", "ManualClock", "founded", "memory_engine"]

KNOWN_RING: Final = KeyRing(keys={"test": b"t" * 32}, current="test", index_root=b"i" * 32)
"""A key ring everybody knows: it protects nothing."""
START: Final = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)


def memory_engine() -> sa.Engine:
    """A prepared SQLite engine in memory with this version's schema; all of its sessions share one connection."""
    engine = prepare(sa.create_engine("sqlite://", poolclass=sa.StaticPool))
    upgrade(engine)
    return engine


@contextmanager
def founded(
    *,
    actor: str = "tester",
    roles: Sequence[Role] = tuple(Role),
    code: str = "TEST",
    engine: sa.Engine | None = None,
) -> Iterator[Work]:
    """A work of an actor with the given roles in a programme founded for it; rolled back unless it is committed.

    Separate hands are rules that hold here too: open a further `Work` for each actor a test needs. Without an `engine`
    the programme lies in memory and is gone afterwards; an engine that is handed in stays open.
    """
    used, clock, ids = engine or memory_engine(), ManualClock(START), CountingIds()
    try:
        _found(used, actor=actor, roles=roles, code=code, clock=clock, ids=ids)
        with open_work(used, actor=actor, programme=code, keyring=KNOWN_RING, clock=clock, ids=ids) as work:
            yield work
    finally:
        if engine is None:
            used.dispose()


def _found(
    engine: sa.Engine, *, actor: str, roles: Sequence[Role], code: str, clock: ManualClock, ids: CountingIds
) -> None:
    founding = FoundProgramme(
        code=code,
        name="Test programme",
        organisation="Test organisation",
        zone="UTC",
        administrator="administrator",
        administrator_name="Administrator",
        money_assurance=Assurance.CLAIMED,
    )
    with Session(engine) as session:
        found_programme(session, founding, keyring=KNOWN_RING, clock=clock, ids=ids)
        work = Work(session, "administrator", code, KNOWN_RING, clock=clock, ids=ids)
        register_actor(
            work, RegisterActor(key="tester", handle=actor, display_name=actor, roles=tuple(roles))
        )
        work.commit()
