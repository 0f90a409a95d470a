"""Programmes and the actors of a programme: founding one, registering who may act, granting and ending roles.

Founding is the only write outside the command template, because a command needs a programme and an actor to stand on;
it leaves a genesis record on the audit chain all the same.
"""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from seedfund.kernel.clock import Clock, SystemClock
from seedfund.kernel.codec import encode
from seedfund.kernel.dates import local_date, time_zone
from seedfund.kernel.errors import InvalidInput, RefusalCode, refuse
from seedfund.kernel.ids import Ids, Key, RandomIds
from seedfund.kernel.roles import Assurance, Role
from seedfund.kernel.secret import Secret
from seedfund.store.audit import ACTOR_ROLES, GENESIS, append_audit, fold_handle
from seedfund.store.commands import Command, verb
from seedfund.store.hooks import read_connection, write_connection
from seedfund.store.sealing.keyring import KeyRing
from seedfund.store.statements import Query, Reader, Write
from seedfund.store.tables import Actor, ActorRole, AuditHead, Programme
from seedfund.store.unit import ActorFrame, Unit
from seedfund.store.work import PROGRAMME, ProgrammeFrame, Work

PROGRAMME_EXISTS: Final = RefusalCode(
    "programme_exists",
    "There is a programme {code} in this database.",
    "Open it, or found one with another code.",
)
ACTOR_EXISTS: Final = RefusalCode(
    "actor_exists", "{handle} is an actor of this programme already.", "Grant a role to that actor instead."
)
ACTOR_UNKNOWN: Final = RefusalCode(
    "actor_unknown", "{handle} is not an actor of this programme.", "Register the actor first."
)
ROLE_HELD: Final = RefusalCode(
    "role_held",
    "{handle} holds the role {role} already.",
    "Nothing has to be done; look it up with: seedfund show.",
)
ROLE_NOT_HELD: Final = RefusalCode(
    "role_not_held", "{handle} does not hold the role {role}.", "Look the roles up with: seedfund show."
)
OWN_ROLE: Final = RefusalCode(
    "own_role", "Nobody grants a role to himself or herself.", "Ask another administrator of the programme."
)
REFUSALS: Final = (PROGRAMME_EXISTS, ACTOR_EXISTS, ACTOR_UNKNOWN, ROLE_HELD, ROLE_NOT_HELD, OWN_ROLE)


@dataclass(frozen=True, kw_only=True)
class FoundProgramme:
    """What a new programme is called, where it keeps its calendar, and who administers it."""

    code: str
    name: str
    organisation: str
    zone: str
    administrator: str
    administrator_name: str
    language: str = "es"
    money_assurance: Assurance = Assurance.PIN
    backdate_days_max: int = 60


@dataclass(frozen=True, kw_only=True)
class ProgrammeFounded:
    """The programme's code and its administrator's handle."""

    code: str
    administrator: str


def found_programme(
    session: Session,
    founding: FoundProgramme,
    *,
    keyring: KeyRing,
    clock: Clock | None = None,
    ids: Ids | None = None,
) -> ProgrammeFounded:
    """Found a programme with its first administrator; the host commits.

    Raises:
        InvalidInput: the zone does not exist, or a name is empty.
        Refused: `programme_exists`.
    """
    _check(founding)
    clock = clock or SystemClock()
    work = Work(session, founding.administrator, founding.code, keyring, clock=clock, ids=ids or RandomIds())
    connection = write_connection(session)
    now = clock.now()
    programme_id = work.ids.key(now)
    frame = ProgrammeFrame(
        programme_id,
        founding.code,
        founding.name,
        founding.organisation,
        founding.zone,
        founding.language,
        founding.money_assurance,
        founding.backdate_days_max,
    )
    work.bind(frame)
    unit = Unit(connection, work, occurred_on=local_date(now, founding.zone), now=now)
    if unit.first(PROGRAMME, code=founding.code) is not None:
        refuse([PROGRAMME_EXISTS(code=founding.code)])
    _write_programme(unit, founding)
    unit.actor = ActorFrame(
        _write_actor(unit, founding.administrator, founding.administrator_name),
        fold_handle(founding.administrator),
        founding.administrator_name,
        frozenset({Role.ADMINISTRATOR}),
        Assurance.CLAIMED,
    )
    _write_role(unit, unit.actor.id, Role.ADMINISTRATOR, granted_by=None)
    none: list[Secret] = []
    payload = encode(founding, none)
    append_audit(unit, "store.found_programme", f"found:{founding.code}", payload=payload, secrets=none)
    return ProgrammeFounded(code=founding.code, administrator=unit.actor.handle)


def _check(founding: FoundProgramme) -> None:
    time_zone(founding.zone)
    for name in ("code", "name", "organisation", "administrator", "administrator_name"):
        if not getattr(founding, name).strip():
            raise InvalidInput(field=name, problem="it is empty", remedy="give it a value")


def _write_programme(unit: Unit, founding: FoundProgramme) -> None:
    unit.insert(
        Programme,
        id=unit.programme.id,
        code=founding.code,
        name=founding.name,
        organisation=founding.organisation,
        zone=founding.zone,
        language=founding.language,
        money_assurance=founding.money_assurance.value,
        backdate_days_max=founding.backdate_days_max,
        founded_at=unit.now,
    )
    unit.insert(AuditHead, programme_id=unit.programme.id, seq=0, hash=GENESIS)


def _write_actor(unit: Unit, handle: str, display_name: str) -> Key:
    actor_id = unit.key()
    unit.insert(
        Actor,
        id=actor_id,
        programme_id=unit.programme.id,
        handle=fold_handle(handle),
        display_name=display_name,
        active=True,
        registered_at=unit.now,
    )
    return actor_id


def _write_role(unit: Unit, actor_id: Key, role: Role, *, granted_by: Key | None) -> None:
    unit.insert(
        ActorRole,
        id=unit.key(),
        actor_id=actor_id,
        role=role.value,
        from_day=unit.work.today(),
        until_day=None,
        granted_by=granted_by,
    )


@dataclass(frozen=True, kw_only=True)
class RegisterActor(Command):
    """Who joins the team: handle, name as printed on papers, and roles."""

    handle: str
    display_name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, kw_only=True)
class ActorRegistered:
    """The actor's handle as it is compared."""

    handle: str


@verb("store.register_actor", roles=(Role.ADMINISTRATOR,))
def register_actor(unit: Unit, command: RegisterActor) -> ActorRegistered:
    """Register a person of the team with roles; handles are compared without case.

    Raises:
        Refused: `actor_exists`.
    """
    handle = fold_handle(command.handle)
    if not handle:
        raise InvalidInput(
            field="handle", problem="it is empty", remedy="give the name the person signs in with"
        )
    if _find(unit, handle):
        refuse([ACTOR_EXISTS(handle=handle)])
    actor_id = _write_actor(unit, command.handle, command.display_name)
    for role in dict.fromkeys(command.roles):
        _write_role(unit, actor_id, role, granted_by=unit.actor.id)
    unit.created("sf_actor", handle, {"roles": sorted(command.roles)})
    return ActorRegistered(handle=handle)


@dataclass(frozen=True, kw_only=True)
class GrantRole(Command):
    """A role for an actor, from today on."""

    handle: str
    role: Role


@dataclass(frozen=True, kw_only=True)
class RoleChanged:
    """The actor and the role."""

    handle: str
    role: Role


@verb("store.grant_role", roles=(Role.ADMINISTRATOR,))
def grant_role(unit: Unit, command: GrantRole) -> RoleChanged:
    """Grant a role from today on.

    Raises:
        Refused: `actor_unknown`, `own_role`, `role_held`.
    """
    handle = fold_handle(command.handle)
    actor_id, held = _known(unit, handle)
    refusals = [OWN_ROLE()] if handle == unit.actor.handle else []
    refusals += [ROLE_HELD(handle=handle, role=command.role)] if command.role in held else []
    refuse(refusals)
    _write_role(unit, actor_id, command.role, granted_by=unit.actor.id)
    unit.changed("sf_actor", handle, {"roles": sorted(held)}, {"roles": sorted({*held, command.role})})
    return RoleChanged(handle=handle, role=command.role)


@dataclass(frozen=True, kw_only=True)
class EndRole(Command):
    """A role that ends today."""

    handle: str
    role: Role


END_ROLE: Final = Write(
    lambda: (
        sa.update(ActorRole)
        .where(
            col(ActorRole.actor_id) == sa.bindparam("this_actor"),
            col(ActorRole.role) == sa.bindparam("this_role"),
            col(ActorRole.until_day).is_(None),
        )
        .values(until_day=sa.bindparam("new_until"))
    )
)


@verb("store.end_role", roles=(Role.ADMINISTRATOR,))
def end_role(unit: Unit, command: EndRole) -> RoleChanged:
    """End a role today; what was done under it stays as it was.

    Raises:
        Refused: `actor_unknown`, `role_not_held`.
    """
    handle = fold_handle(command.handle)
    actor_id, held = _known(unit, handle)
    if command.role not in held:
        refuse([ROLE_NOT_HELD(handle=handle, role=command.role)])
    unit.execute(END_ROLE, this_actor=actor_id, this_role=command.role.value, new_until=unit.work.today())
    unit.changed("sf_actor", handle, {"roles": sorted(held)}, {"roles": sorted(set(held) - {command.role})})
    return RoleChanged(handle=handle, role=command.role)


def _find(unit: Unit, handle: str) -> list[tuple[object, ...]]:
    return unit.all(ACTOR_ROLES, programme=unit.programme.id, handle=handle, on_day=unit.work.today())


def _known(unit: Unit, handle: str) -> tuple[Key, tuple[Role, ...]]:
    rows = _find(unit, handle)
    if not rows:
        refuse([ACTOR_UNKNOWN(handle=handle)])
    return Key(str(rows[0][0])), tuple(Role(str(row[4])) for row in rows if row[4] is not None)


def actor_by_handle(unit: Unit, handle: str) -> Key:
    """The key of an actor of the programme, by handle.

    Raises:
        Refused: `actor_unknown`.
    """
    return _known(unit, fold_handle(handle))[0]


@dataclass(frozen=True, slots=True)
class ActorListed:
    """An actor as lists and papers show it."""

    id: Key
    handle: str
    display_name: str
    active: bool


ACTORS: Final = Query(
    ActorListed,
    lambda: (
        sa.select(col(Actor.id), col(Actor.handle), col(Actor.display_name), col(Actor.active))
        .where(col(Actor.programme_id) == sa.bindparam("programme"))
        .order_by(col(Actor.handle))
    ),
)


def list_actors(work: Work) -> list[ActorListed]:
    """Every actor of the programme, by handle."""
    return work.reader().all(ACTORS, programme=work.programme.id)


CODES: Final = Query(str, lambda: sa.select(col(Programme.code)).order_by(col(Programme.code)))


def list_programmes(engine: sa.Engine) -> list[str]:
    """The codes of the programmes in a database."""
    with Session(engine) as session:
        return Reader(read_connection(session)).all(CODES)


COMMANDS: Final = (register_actor, grant_role, end_role)
