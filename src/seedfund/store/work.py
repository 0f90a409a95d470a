"""The unit of work: a host's session, the actor, the clock, the ids, the key ring. Verbs flush; the host commits.

`open_work` opens one, rolls back unless `commit()` was called, and keeps refused decisions in a transaction of their
own. `run` reruns a whole unit on `Busy`.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.clock import Clock, SystemClock
from seedfund.kernel.dates import local_date
from seedfund.kernel.errors import Busy, NotFound, Refused, SeedfundError
from seedfund.kernel.ids import Ids, Key, RandomIds
from seedfund.kernel.roles import Assurance
from seedfund.store.hooks import read_connection, write_connection
from seedfund.store.sealing.blind import Blinder
from seedfund.store.sealing.keyring import KeyRing
from seedfund.store.statements import Query, Reader, Writer
from seedfund.store.tables import Programme, RefusalRecord

T = TypeVar("T")
ATTEMPTS: Final = 8


@dataclass(frozen=True)
class ProgrammeFrame:
    """What every command needs to know of its programme."""

    id: Key
    code: str
    name: str
    organisation: str
    zone: str
    language: str
    money_assurance: Assurance
    backdate_days_max: int


PROGRAMME: Final = Query(
    ProgrammeFrame,
    lambda: sa.select(
        col(Programme.id),
        col(Programme.code),
        col(Programme.name),
        col(Programme.organisation),
        col(Programme.zone),
        col(Programme.language),
        col(Programme.money_assurance),
        col(Programme.backdate_days_max),
    ).where(col(Programme.code) == sa.bindparam("code")),
)


@dataclass
class Work:
    """What every verb takes first: the session it writes on, who acts, and where time and identity come from."""

    session: Session
    actor: str
    programme_code: str
    keyring: KeyRing
    clock: Clock = field(default_factory=SystemClock)
    ids: Ids = field(default_factory=RandomIds)
    assurance: Assurance = Assurance.CLAIMED
    refused: list[tuple[str, Refused]] = field(default_factory=list)
    _programme: ProgrammeFrame | None = None
    _blinder: Blinder | None = None

    @property
    def programme(self) -> ProgrammeFrame:
        """The programme this work is bound to.

        Raises:
            NotFound: there is none of that code in this database.
        """
        if self._programme is None:
            found = self.reader().first(PROGRAMME, code=self.programme_code)
            if found is None:
                raise NotFound(what="programme", which=self.programme_code)
            self._programme = found
        return self._programme

    @property
    def blinder(self) -> Blinder:
        """Blind indexes and fingerprints of this programme."""
        if self._blinder is None:
            self._blinder = Blinder(self.keyring, self.programme.id)
        return self._blinder

    def bind(self, programme: ProgrammeFrame) -> None:
        """Bind to a programme that is being founded in this very session."""
        self._programme = programme

    def reader(self) -> Reader:
        """A reader on the session's connection."""
        return Reader(read_connection(self.session))

    def today(self) -> date:
        """The calendar day in the programme's zone."""
        return local_date(self.clock.now(), self.programme.zone)

    def commit(self) -> None:
        """Keep everything done so far."""
        self.session.commit()

    def rollback(self) -> None:
        """Give up everything since the last commit."""
        self.session.rollback()


@contextmanager
def open_work(
    engine: sa.Engine,
    *,
    actor: str,
    programme: str,
    keyring: KeyRing,
    clock: Clock | None = None,
    ids: Ids | None = None,
    assurance: Assurance = Assurance.CLAIMED,
) -> Iterator[Work]:
    """Open a unit of work on an own session; it is rolled back unless `commit()` was called.

    Decisions refused inside it are recorded afterwards in a transaction of their own, also when it is rolled back.
    """
    with Session(engine) as session:
        work = Work(
            session,
            actor,
            programme,
            keyring,
            clock=clock or SystemClock(),
            ids=ids or RandomIds(),
            assurance=assurance,
        )
        try:
            yield work
        finally:
            session.rollback()
            if work.refused:
                _record_refusals(session, work)


def _record_refusals(session: Session, work: Work) -> None:
    writer = Writer(write_connection(session))
    now: datetime = work.clock.now()
    for operation, refused in work.refused:
        writer.insert(
            RefusalRecord,
            id=work.ids.key(now),
            programme_id=work.programme.id,
            recorded_at=now,
            actor=work.actor,
            operation=operation,
            codes=canonical_text(refused.codes),
        )
    session.commit()


def run(
    engine: sa.Engine,
    unit: Callable[[Work], T],
    *,
    actor: str,
    programme: str,
    keyring: KeyRing,
    clock: Clock | None = None,
    ids: Ids | None = None,
    assurance: Assurance = Assurance.CLAIMED,
) -> T:
    """Do a whole unit and commit it; when the database was busy, do it again from the start, up to eight times.

    Raises:
        Busy: it was still busy at the last attempt.
    """
    last: SeedfundError | None = None
    for attempt in range(ATTEMPTS):
        try:
            with open_work(
                engine,
                actor=actor,
                programme=programme,
                keyring=keyring,
                clock=clock,
                ids=ids,
                assurance=assurance,
            ) as work:
                result = unit(work)
                work.commit()
                return result
        except Busy as error:
            last = error
            time.sleep(random.uniform(0.5, 1.5) * 0.01 * 2**attempt)  # noqa: S311 - jitter, not a secret
    raise Busy(f"still busy after {ATTEMPTS} attempts; try again later. {last}")
