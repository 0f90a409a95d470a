"""Rotating the master key: every data key is wrapped anew under the ring's current key. Nothing sealed is touched.

A run that is stopped goes on where it was: each command takes the next keys that stand under an old master key. The old
master key has to stay in the ring as long as backups made under it are kept.
"""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.sealing.vault import unwrap_key, wrap_key
from seedfund.store.statements import Query, Write
from seedfund.store.tables import DataKey
from seedfund.store.unit import Unit
from seedfund.store.work import Work

BATCH: Final = 1000


@dataclass(frozen=True, kw_only=True)
class RotateKeys(Command):
    """How many data keys to wrap anew in this transaction."""

    at_most: int = BATCH


@dataclass(frozen=True, kw_only=True)
class KeysRotated:
    """How many were wrapped anew, how many still stand under an old master key, and the name of the new one."""

    rewrapped: int
    remaining: int
    current: str


@verb("store.rotate_keys", roles=(Role.ADMINISTRATOR,))
def rotate_data_keys(unit: Unit, command: RotateKeys) -> KeysRotated:
    """Wrap the next data keys of the programme under the ring's current master key.

    Raises:
        NotPrepared: the ring lacks the master key that some data key stands under.
        Corrupt: a wrapping was altered or belongs to another subject.
    """
    ring = unit.work.keyring
    rows = unit.all(OLD, programme=unit.programme.id, current=ring.current, at_most=command.at_most)
    unit.execute_many(
        REWRAP,
        [
            {
                "this": subject,
                "new_ring_key": ring.current,
                "new_wrapped": wrap_key(ring, unwrap_key(ring, ring_key, wrapped, subject), subject),
            }
            for subject, ring_key, wrapped in rows
        ],
    )
    remaining = unit.one(HOW_MANY, programme=unit.programme.id, current=ring.current)
    unit.changed("sf_data_key", ring.current, {"old": remaining + len(rows)}, {"old": remaining})
    return KeysRotated(rewrapped=len(rows), remaining=remaining, current=ring.current)


def rotate_keys(work: Work, *, at_most: int = BATCH) -> KeysRotated:
    """One step of a rotation; commit and call it again until nothing remains. With nothing to do it writes nothing.

    Raises:
        NotPrepared: the ring lacks the master key that some data key stands under.
        NotAllowed: the actor is no administrator.
    """
    current = work.keyring.current
    rows = work.reader().all(OLD, programme=work.programme.id, current=current, at_most=1)
    if not rows:
        return KeysRotated(rewrapped=0, remaining=0, current=current)
    # The first key still to do names the step: repeated after a kill it is the same command, later another one.
    return rotate_data_keys(work, RotateKeys(key=f"rotate:{current}:{rows[0][0]}", at_most=at_most))


OLD: Final = Query(
    lambda subject, ring_key, wrapped: (Key(subject), str(ring_key), bytes(wrapped)),
    lambda: (
        sa.select(col(DataKey.subject_id), col(DataKey.ring_key), col(DataKey.wrapped))
        .where(
            col(DataKey.programme_id) == sa.bindparam("programme"),
            col(DataKey.ring_key) != sa.bindparam("current"),
        )
        .order_by(col(DataKey.subject_id))
        .limit(sa.bindparam("at_most"))
        .with_for_update()
    ),
)
HOW_MANY: Final = Query(
    int,
    lambda: sa.select(sa.func.count()).where(
        col(DataKey.programme_id) == sa.bindparam("programme"),
        col(DataKey.ring_key) != sa.bindparam("current"),
    ),
)
REWRAP: Final = Write(
    lambda: (
        sa.update(DataKey)
        .where(col(DataKey.subject_id) == sa.bindparam("this"))
        .values(ring_key=sa.bindparam("new_ring_key"), wrapped=sa.bindparam("new_wrapped"))
    )
)
COMMANDS: Final = (rotate_data_keys,)
