"""Who is looking: the roles of a work's actor, and whether they reach restricted people."""

from seedfund.kernel.errors import NotAllowed
from seedfund.kernel.roles import Role
from seedfund.people.rules import SEE_RESTRICTED
from seedfund.store.audit import ACTOR_ROLES, fold_handle
from seedfund.store.work import Work


def roles_of(work: Work) -> frozenset[Role]:
    """The roles the work's actor holds today.

    Raises:
        NotAllowed: there is no such active actor in the programme, and identities are not for strangers.
    """
    rows = work.reader().all(
        ACTOR_ROLES, programme=work.programme.id, handle=fold_handle(work.actor), on_day=work.today()
    )
    if not rows or not rows[0][3]:
        raise NotAllowed(
            f"{work.actor!r} is not an active actor of {work.programme.code}; ask its administrator."
        )
    return frozenset(Role(str(row[4])) for row in rows if row[4] is not None)


def sees_restricted(work: Work) -> bool:
    """Whether the actor sees restricted people.

    Raises:
        NotAllowed: there is no such active actor in the programme.
    """
    return bool(roles_of(work).intersection(SEE_RESTRICTED))
