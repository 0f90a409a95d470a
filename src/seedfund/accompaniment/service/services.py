"""The catalogue of services: listing one, pausing, opening again, closing."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.queries.services import (
    list_services,
    service_by_number,
    service_steps,
)
from seedfund.accompaniment.rules.services import (
    SERVICE_STATES,
    SERVICE_STEP_BEFORE_LAST,
    ServiceKind,
    ServiceProviderKind,
    check_listing,
)
from seedfund.accompaniment.service.reaching import ORGANISERS, named
from seedfund.accompaniment.tables.referrals import Service, ServiceStep
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.people.rules import plain_text
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "SV"
_MOVE: Final = Write(
    lambda: (
        sa.update(Service)
        .where(col(Service.id) == sa.bindparam("this_id"))
        .values(state=sa.bindparam("new_state"))
    )
)


@dataclass(frozen=True, kw_only=True)
class ListService(Command):
    """A service people can be referred to: what, by whom, where, and who may use it (no names of people)."""

    name: str
    offered_by: str
    provider_kind: ServiceProviderKind
    kind: ServiceKind
    locality: str
    place: str = ""
    open_to: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceMoved:
    """The service's number and its state now."""

    number: str
    state: str


@verb("accompaniment.list_service", roles=ORGANISERS)
def list_service(unit: Unit, command: ListService) -> ServiceMoved:
    """Put a service into the catalogue; it takes people in from the day on.

    Raises:
        InvalidInput: a text is empty or too long.
        Refused: `service_listed_twice`.
    """
    name, provider = named(command.name, field="name"), named(command.offered_by, field="offered_by")
    locality = named(command.locality, field="locality", most=40)
    refuse(check_listing(_twin(unit, (name, provider, locality))))
    key, number = unit.key(), unit.human_number(SERIES)
    unit.insert(
        Service,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        name=name,
        provider=provider,
        provider_kind=command.provider_kind.value,
        kind=command.kind.value,
        locality=locality,
        place=plain_text(command.place, field="place", most=120),
        open_to=plain_text(command.open_to, field="open_to", most=300),
        state=SERVICE_STATES.start,
    )
    _write_step(unit, key, (None, SERVICE_STATES.start), reason="", position=1)
    unit.created("sf_service", number, {"state": SERVICE_STATES.start, "kind": command.kind})
    return ServiceMoved(number=number, state=SERVICE_STATES.start)


def _twin(unit: Unit, told: tuple[str, str, str]) -> tuple[str, str] | None:
    """The number and state of the same service, if it is not closed."""
    wanted = [text.casefold() for text in told]
    for one in list_services(unit, unit.programme.id):
        own = [text.casefold() for text in (one.name, one.provider, one.locality)]
        if own == wanted and one.state != "closed":
            return one.number, one.state
    return None


def _write_step(
    unit: Unit, service: Key, steps: tuple[str | None, str], *, reason: str, position: int
) -> None:
    unit.insert(
        ServiceStep,
        service_id=service,
        position=position,
        from_state=steps[0],
        to_state=steps[1],
        reason=reason,
        happened_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )


@dataclass(frozen=True, kw_only=True)
class ChangeService(Command):
    """The state a service takes: paused, open again, closed for good; and why (no personal data)."""

    number: str
    state: str
    reason: str = ""


@verb("accompaniment.change_service", roles=ORGANISERS)
def change_service(unit: Unit, command: ChangeService) -> ServiceMoved:
    """Pause a service, open it again, or close it for good; referrals under way go on.

    Raises:
        NotFound: there is no such service.
        InvalidInput: there is no such state.
        Refused: `no_such_step`, `service_step_before_last`.
    """
    if command.state not in SERVICE_STATES.states:
        raise InvalidInput(
            field="state",
            problem="there is no such state",
            remedy="give one of " + ", ".join(SERVICE_STATES.states),
        )
    row = service_by_number(unit, unit.programme.id, command.number)
    SERVICE_STATES.require(row.state, command.state, which=row.number)
    steps = service_steps(unit, row.id)
    last = steps[-1].happened_on
    if unit.occurred_on < last:
        refuse(
            [SERVICE_STEP_BEFORE_LAST(service=row.number, state=row.state, last=last, day=unit.occurred_on)]
        )
    unit.execute(_MOVE, this_id=row.id, new_state=command.state)
    reason = plain_text(command.reason, field="reason", most=300)
    _write_step(unit, row.id, (row.state, command.state), reason=reason, position=len(steps) + 1)
    unit.changed("sf_service", row.number, {"state": row.state}, {"state": command.state})
    return ServiceMoved(number=row.number, state=command.state)
