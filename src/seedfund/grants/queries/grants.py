"""Grants and their parts, as rows that rules and lists read. A verb locks the grant before anything of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.grants.tables.awards import Grant, GrantPart, GrantStep
from seedfund.grants.tables.endings import LifeEvent
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A grant as stored; `participant_id` is the person who stands for its owner."""

    id: Key
    number: str
    benefit_type_id: Key
    benefit: str
    purpose: str
    owner_kind: str
    owner_name: str
    participant_id: Key
    household_id: Key | None
    population_group: str
    basis_kind: str
    basis_ref: str
    basis_id: Key | None
    basis_hash: str
    plan_version_id: Key | None
    currency: str
    awarded_minor: int
    agreed_minor: int
    awarded_on: date
    awarded_by: Key
    state: str
    schedule_version: int
    end_reason: str | None
    ended_on: date | None

    @property
    def awarded(self) -> Money:
        """What was decided."""
        return Money(self.awarded_minor, self.currency)

    @property
    def agreed(self) -> Money:
        """What the agreement in force, adendas included, promises; zero before it is signed."""
        return Money(self.agreed_minor, self.currency)


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a grant as stored."""

    id: Key
    grant_id: Key
    position: int
    fund_id: Key
    line_id: Key
    book_id: int
    awarded_minor: int


def _grants() -> Any:
    names = GrantRow.__slots__
    return sa.select(*(col(getattr(Grant, name)) for name in names))


GRANTS_BY_NUMBER: Final = Query(
    GrantRow,
    lambda: _grants().where(
        col(Grant.programme_id) == sa.bindparam("programme"),
        col(Grant.number).in_(sa.bindparam("numbers", expanding=True)),
    ),
)
LOCKED_BY_NUMBER: Final = Query(
    GrantRow,
    lambda: (
        _grants()
        .where(
            col(Grant.programme_id) == sa.bindparam("programme"),
            col(Grant.number).in_(sa.bindparam("numbers", expanding=True)),
        )
        .order_by(col(Grant.id))
        .with_for_update()
    ),
)
GRANTS_BY_ID: Final = Query(
    GrantRow, lambda: _grants().where(col(Grant.id).in_(sa.bindparam("ids", expanding=True)))
)
GRANTS: Final = Query(
    GrantRow,
    lambda: _grants().where(col(Grant.programme_id) == sa.bindparam("programme")).order_by(col(Grant.number)),
)
GRANT_OF_BASIS: Final = Query(
    str,
    lambda: sa.select(col(Grant.number)).where(
        col(Grant.basis_id) == sa.bindparam("basis"), col(Grant.state) != "declined"
    ),
)
PARTS: Final = Query(
    PartRow,
    lambda: (
        sa.select(*(col(getattr(GrantPart, name)) for name in PartRow.__slots__))
        .where(col(GrantPart.grant_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(GrantPart.grant_id), col(GrantPart.position))
    ),
)
LAST_STEP: Final = Query(
    int,
    lambda: sa.select(sa.func.coalesce(sa.func.max(col(GrantStep.position)), 0)).where(
        col(GrantStep.grant_id) == sa.bindparam("grant")
    ),
)


@dataclass(frozen=True, slots=True)
class Suspension:
    """Since when a grant stands still, who stopped it and why: a few words, or the number of a life `event`."""

    grant_id: Key
    number: str
    on: date
    by: str
    reason: str
    event: str


def _suspensions() -> Any:
    """The step that stopped each: an adenda signed meanwhile is a step too, and leads nowhere else."""
    step = aliased(GrantStep)
    last = (
        sa.select(sa.func.max(col(step.position)))
        .where(col(step.grant_id) == col(Grant.id), col(step.from_state) != col(step.to_state))
        .scalar_subquery()
    )
    return (
        sa.select(
            col(Grant.id),
            col(Grant.number),
            col(GrantStep.occurred_on),
            col(Actor.handle),
            col(GrantStep.reason),
            sa.func.coalesce(col(LifeEvent.kind), ""),
        )
        .select_from(Grant)
        .join(GrantStep, sa.and_(col(GrantStep.grant_id) == col(Grant.id), col(GrantStep.position) == last))
        .join(Actor, col(Actor.id) == col(GrantStep.recorded_by))
        .outerjoin(
            LifeEvent,
            sa.and_(col(LifeEvent.grant_id) == col(Grant.id), col(LifeEvent.number) == col(GrantStep.reason)),
        )
        .where(col(Grant.programme_id) == sa.bindparam("programme"), col(Grant.state) == "suspended")
        .order_by(col(Grant.number))
    )


_SUSPENSIONS: Final = Query(Suspension, _suspensions)


def suspensions(reader: Reader, programme: Key) -> list[Suspension]:
    """Every grant that is suspended now, by number, with the step that stopped it."""
    return reader.all(_SUSPENSIONS, programme=programme)


def grants_by_number(
    reader: Reader, programme: Key, numbers: Sequence[str], *, locked: bool = False
) -> dict[str, GrantRow]:
    """Grants by number, in the order asked; `locked` (inside a verb) locks them in the order of their keys.

    Raises:
        NotFound: one of them is not in the programme; names the first.
    """
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers))
    query = LOCKED_BY_NUMBER if locked else GRANTS_BY_NUMBER
    found = {row.number: row for row in reader.among(query, "numbers", sorted(wanted), programme=programme)}
    for number in wanted:
        if number not in found:
            raise NotFound(what="grant", which=number)
    return {number: found[number] for number in wanted}


def grant_by_number(reader: Reader, programme: Key, number: str, *, locked: bool = False) -> GrantRow:
    """The grant of a number; `locked` (inside a verb) keeps others from it until the unit ends.

    Raises:
        NotFound: there is none in the programme.
    """
    (found,) = grants_by_number(reader, programme, [number], locked=locked).values()
    return found


def grants_by_id(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, GrantRow]:
    """Grants by key."""
    return {row.id: row for row in reader.among(GRANTS_BY_ID, "ids", list(dict.fromkeys(grant_ids)))}


def list_grants(reader: Reader, programme: Key) -> list[GrantRow]:
    """Every grant of a programme, by number."""
    return reader.all(GRANTS, programme=programme)


def parts_of(reader: Reader, grant_ids: Sequence[Key]) -> dict[Key, list[PartRow]]:
    """The parts of grants, in their order."""
    result: dict[Key, list[PartRow]] = {grant_id: [] for grant_id in grant_ids}
    for part in reader.among(PARTS, "ids", list(result)):
        result[part.grant_id].append(part)
    return result
