"""Who holds which role, against what the audit chain last noted of each actor.

A role that no command granted opens every door its holder asks for, so it is looked for apart.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Sheet
from seedfund.kernel.roles import Role
from seedfund.store.tables import Actor, ActorRole, AuditRecord

TABLE: Final = "sf_actor"
FIELD: Final = "roles"
FOUNDED_WITH: Final = (Role.ADMINISTRATOR.value,)
"""What the founder of a programme holds: founding is the first record, and notes no row."""
HELD_ROLES: Final = Sheet(
    "sf_actor_role",
    lambda actor, handle, role: (actor, str(handle), str(role)),
    lambda: (
        sa.select(col(Actor.id), col(Actor.handle), col(ActorRole.role))
        .select_from(sa.join(ActorRole, Actor, col(Actor.id) == col(ActorRole.actor_id)))
        .where(col(Actor.programme_id) == sa.bindparam("programme"), col(ActorRole.until_day).is_(None))
        .order_by(col(Actor.handle), col(ActorRole.role))
    ),
)
FOUNDER: Final = Sheet(
    "sf_audit",
    lambda actor: actor,
    lambda: sa.select(col(AuditRecord.actor_id)).where(
        col(AuditRecord.programme_id) == sa.bindparam("programme"), col(AuditRecord.seq) == 1
    ),
)


def check_roles(
    context: Context, programme: ProgrammeFound, noted: Mapping[str, tuple[int, Sequence[Any]]]
) -> None:
    """Hold the roles that are open now against those last noted of each handle, with the record that did."""
    founders = set(context.each("roles", FOUNDER, programme=programme.id))
    held: dict[str, list[str]] = {handle: [] for handle in noted}
    founding: set[str] = set()
    for actor, handle, role in context.each("roles", HELD_ROLES, programme=programme.id):
        held.setdefault(handle, []).append(role)
        if actor in founders:
            founding.add(handle)
    for handle, roles in sorted(held.items()):
        record, wanted = noted.get(handle, (1, FOUNDED_WITH if handle in founding else ()))
        if roles == [str(role) for role in wanted]:
            continue
        if handle not in noted and handle not in founding:
            context.report.found(kinds.NOTED_NOWHERE, TABLE, handle)
            continue
        facts = {"stored": ", ".join(roles), "noted": ", ".join(map(str, wanted)), "record": record}
        context.report.found(kinds.NOTED_OTHERWISE, TABLE, handle, field=FIELD, **facts)
