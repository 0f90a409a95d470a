"""A founded programme on a database of the test's own: schema, key ring, clock, ids, and a team with every role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from seedfund.kernel.clock import ManualClock
from seedfund.kernel.ids import CountingIds
from seedfund.kernel.roles import Assurance, Role
from seedfund.schema.registry import create_from_models
from seedfund.store.hooks import prepare
from seedfund.store.programmes import FoundProgramme, RegisterActor, found_programme, register_actor
from seedfund.store.sealing.keyring import KeyRing
from seedfund.store.work import Work, open_work

CODE: Final = "NB"
START: Final = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)
RING: Final = KeyRing(keys={"k1": b"a" * 32}, current="k1", index_root=b"b" * 32)
TEAM: Final[dict[str, tuple[Role, ...]]] = {
    "admin": (Role.ADMINISTRATOR,),
    "field": (Role.FIELD_OFFICER,),
    "coach": (Role.COACH,),
    "expert": (Role.ECONOMIC_INCLUSION_EXPERT,),
    "reviewer": (Role.REVIEWER,),
    "member1": (Role.COMMITTEE_MEMBER,),
    "member2": (Role.COMMITTEE_MEMBER,),
    "member3": (Role.COMMITTEE_MEMBER,),
    "secretary": (Role.COMMITTEE_SECRETARY,),
    "manager": (Role.PROGRAMME_MANAGER,),
    "signatory": (Role.SIGNATORY,),
    "finance": (Role.FINANCE_OFFICER,),
    "approver": (Role.FINANCE_APPROVER,),
    "cashier": (Role.CASHIER,),
    "reconciler": (Role.RECONCILER,),
    "director": (Role.DIRECTOR,),
    "protection": (Role.PROTECTION_OFFICER,),
    "auditor": (Role.AUDITOR,),
}
"""One actor a role, so that a test can pick hands: handle → roles. The administrator is the founder."""


def build_founded(engine: Engine) -> None:
    """Fill an empty database: schema, programme NB in Ecuador's zone, and the team."""
    prepare(engine)
    with engine.begin() as connection:
        create_from_models(connection)
    clock, ids = ManualClock(START), CountingIds()
    founding = FoundProgramme(
        code=CODE,
        name="Frontera Norte",
        organisation="Fundación Ejemplo",
        zone="America/Guayaquil",
        administrator="admin",
        administrator_name="Actor admin",
    )
    with Session(engine) as session:
        found_programme(session, founding, keyring=RING, clock=clock, ids=ids)
        work = Work(session, "admin", CODE, RING, clock=clock, ids=ids)
        for handle, roles in TEAM.items():
            if handle != "admin":
                command = RegisterActor(
                    key=f"actor:{handle}", handle=handle, display_name=f"Actor {handle}", roles=roles
                )
                register_actor(work, command)
        session.commit()


@dataclass
class House:
    """A founded programme for one test: opens works of any actor on one clock and one counter of ids."""

    engine: Engine
    clock: ManualClock
    ids: CountingIds

    @contextmanager
    def work(self, actor: str, assurance: Assurance = Assurance.PIN) -> Iterator[Work]:
        """A unit of work that is committed when nothing was raised."""
        with open_work(
            self.engine,
            actor=actor,
            programme=CODE,
            keyring=RING,
            clock=self.clock,
            ids=self.ids,
            assurance=assurance,
        ) as work:
            yield work
            work.commit()


def house_on(engine: Engine) -> House:
    """A house on a copy of the founded template."""
    prepare(engine)
    return House(engine, ManualClock(START), CountingIds(start=1_000_000))
