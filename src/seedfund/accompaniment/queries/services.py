"""Reads of the catalogue of services."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.accompaniment.rules.services import ServiceKind, ServiceProviderKind
from seedfund.accompaniment.tables.referrals import Service, ServiceStep
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as stored."""

    id: Key
    number: str
    name: str
    provider: str
    provider_kind: ServiceProviderKind
    kind: ServiceKind
    locality: str
    place: str
    open_to: str
    state: str


@dataclass(frozen=True, slots=True)
class ServiceStepRow:
    """A step of a service; `recorder` is who recorded it."""

    to_state: str
    reason: str
    happened_on: date
    recorder: str


def _service(*values: Any) -> ServiceRow:
    this, number, name, provider, provider_kind, kind, locality, place, open_to, state = values
    return ServiceRow(
        id=this,
        number=number,
        name=name,
        provider=provider,
        provider_kind=ServiceProviderKind(provider_kind),
        kind=ServiceKind(kind),
        locality=locality,
        place=place,
        open_to=open_to,
        state=state,
    )


def _services() -> Any:
    return sa.select(
        col(Service.id),
        col(Service.number),
        col(Service.name),
        col(Service.provider),
        col(Service.provider_kind),
        col(Service.kind),
        col(Service.locality),
        col(Service.place),
        col(Service.open_to),
        col(Service.state),
    ).order_by(col(Service.number))


_SERVICE: Final = Query(
    _service,
    lambda: (
        _services()
        .where(
            col(Service.programme_id) == sa.bindparam("programme"),
            col(Service.number) == sa.bindparam("number"),
        )
        .with_for_update(of=Service)
    ),
)
_SERVICES: Final = Query(
    _service, lambda: _services().where(col(Service.programme_id) == sa.bindparam("programme"))
)
_BY_ID: Final = Query(
    _service, lambda: _services().where(col(Service.id).in_(sa.bindparam("ids", expanding=True)))
)
_STEPS: Final = Query(
    ServiceStepRow,
    lambda: (
        sa.select(
            col(ServiceStep.to_state),
            col(ServiceStep.reason),
            col(ServiceStep.happened_on),
            col(Actor.handle),
        )
        .join(Actor, col(Actor.id) == col(ServiceStep.recorded_by))
        .where(col(ServiceStep.service_id) == sa.bindparam("service"))
        .order_by(col(ServiceStep.position))
    ),
)


def service_by_number(reader: Reader, programme: Key, number: str) -> ServiceRow:
    """A service; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(_SERVICE, programme=programme, number=number)
    if found is None:
        raise NotFound(what="service", which=number)
    return found


def list_services(reader: Reader, programme: Key) -> list[ServiceRow]:
    """Every service of the catalogue, by number."""
    return reader.all(_SERVICES, programme=programme)


def services_by_id(reader: Reader, ids: list[Key]) -> dict[Key, ServiceRow]:
    """These services by key."""
    return {row.id: row for row in reader.among(_BY_ID, "ids", list(dict.fromkeys(ids)))}


def service_steps(reader: Reader, service: Key) -> list[ServiceStepRow]:
    """The steps of a service, in their order."""
    return reader.all(_STEPS, service=service)
