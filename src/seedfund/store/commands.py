"""The one template every write passes through. Must not know any command.

Inside a SAVEPOINT of its own: lock the key → replay → authorise → the verb's body (load and lock its subject, let the
rule decide, write) → audit record, chained → command record → result. A host that swallows a refusal and commits keeps
nothing of the command. Same key and content: the stored answer. Same key, other content or command: `Conflict`.
"""

import typing
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Generic, TypeVar

from seedfund.kernel.bulk import collection_paused
from seedfund.kernel.canonical import bytes_of_encoded, text_of_encoded
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import Conflict, InvalidInput, NotAllowed, Refused, StorageError, insist
from seedfund.kernel.roles import Assurance, Role
from seedfund.kernel.secret import Secret
from seedfund.store.audit import append_audit, fold_handle, load_actor
from seedfund.store.faults import translated
from seedfund.store.hooks import write_connection
from seedfund.store.records import lock_key, read_command, write_command
from seedfund.store.unit import Unit
from seedfund.store.work import Work

KEY_LENGTH_MAX: Final = 200


@dataclass(frozen=True, kw_only=True)
class Command:
    """The base of every command: the caller's key, kept before sending, and the day it occurred (else today)."""

    key: str
    occurred_on: date | None = None


C = TypeVar("C", bound=Command)
R = TypeVar("R")


class Verb(Generic[C, R]):
    """A public command: call it with a `Work` and its command; its `write` runs inside another command's unit."""

    def __init__(
        self,
        name: str,
        write: Callable[[Unit, C], R],
        *,
        roles: tuple[Role, ...],
        moves_money: bool,
        is_bulk: bool = False,
    ):
        hints = typing.get_type_hints(write)
        self.name: Final = name
        self.write: Final = write
        self.roles: Final = roles
        self.moves_money: Final = moves_money
        self.is_bulk: Final = is_bulk
        self.command: Final[type[C]] = hints["command"]
        self.result: Final[type[R]] = hints["return"]
        self.__doc__ = write.__doc__
        self.__name__ = write.__name__
        self.__module__ = write.__module__

    def __repr__(self) -> str:
        return f"<verb {self.name}>"

    def __call__(self, work: Work, command: C) -> R:
        """Carry out the command once; the host commits.

        Raises:
            Refused: a rule said no; every reason is given.
            Conflict: the key was used for something else.
            NotAllowed: the actor's roles or assurance do not suffice.
            InvalidInput, NotFound, Busy, Corrupt, StorageError: as their names say.
        """
        return perform(self, work, command)


def verb(
    name: str, *, roles: tuple[Role, ...], moves_money: bool = False, is_bulk: bool = False
) -> Callable[[Callable[[Unit, C], R]], Verb[C, R]]:
    """Make a verb of a body `(unit, command) -> result`.

    `roles`: any one of them suffices. `moves_money`: the actor's assurance has to reach the programme's minimum.
    `is_bulk`: the audit record holds the keyed digest of the command in place of its content, which came from rows that
    are kept elsewhere.
    """

    def made(write: Callable[[Unit, C], R]) -> Verb[C, R]:
        return Verb(name, write, roles=roles, moves_money=moves_money, is_bulk=is_bulk)

    return made


def perform(verb: Verb[C, R], work: Work, command: C) -> R:
    """Carry out a command in its own savepoint."""
    _check_key(command.key)
    connection, cursor = _begun(work)
    try:
        # A payment list makes some hundred thousand values that all live to its end.
        with collection_paused():
            result = _inside(verb, work, command, connection)
        cursor.execute("RELEASE SAVEPOINT sf_verb")
    except BaseException as error:
        try:
            cursor.execute("ROLLBACK TO SAVEPOINT sf_verb")
            cursor.execute("RELEASE SAVEPOINT sf_verb")
        except Exception:  # noqa: BLE001 - whatever the driver says, the savepoint is gone and so is the unit
            connection.invalidate()
            raise StorageError(
                "the database rolled the whole unit back; nothing was kept. Run it again."
            ) from None
        known = translated(error)
        if isinstance(known, Refused):
            work.refused.append((verb.name, known))
        if known is error:
            raise
        raise known from None
    return result


def _begun(work: Work) -> tuple[Any, Any]:
    """The connection with its lock and a savepoint on it, and the cursor; what the driver says becomes ours."""
    try:
        connection = write_connection(work.session)
        cursor = connection.connection.cursor()
        cursor.execute("SAVEPOINT sf_verb")
    except Exception as error:
        known = translated(error)
        if known is error:
            raise
        raise known from None
    return connection, cursor


def _inside(verb: Verb[C, R], work: Work, command: C, connection: Any) -> R:
    now = work.clock.now()
    frame = work.programme
    secrets: list[Secret] = []
    payload = encode(command, secrets)
    fingerprint = work.blinder.fingerprint(
        bytes_of_encoded(
            [verb.name, fold_handle(work.actor), payload, [secret.reveal() for secret in secrets]]
        )
    )
    unit = Unit(connection, work, occurred_on=command.occurred_on or work.today(), now=now, key=command.key)
    lock_key(unit, command.key)
    known = read_command(unit, command.key)
    if known is not None:
        if known.operation != verb.name or known.fingerprint != fingerprint:
            raise Conflict(
                f"the key {command.key!r} was used before for {known.operation} with other content; "
                "use a new key for a new decision."
            )
        return decode(verb.result, known.result)
    actor = load_actor(unit, work)
    unit.actor = actor
    _authorise(verb, actor.roles, actor.assurance, frame.money_assurance)
    _check_day(unit.occurred_on, work.today(), frame.backdate_days_max)
    result = verb.write(unit, command)
    noted, sealed = ({"digest": fingerprint}, []) if verb.is_bulk else (payload, secrets)
    seq = append_audit(unit, verb.name, command.key, payload=noted, secrets=sealed)
    none: list[Secret] = []
    stored = text_of_encoded(encode(result, none))
    insist(not none, f"the result of {verb.name} holds a secret")
    write_command(
        unit, command.key, operation=verb.name, fingerprint=fingerprint, audit_seq=seq, result=stored
    )
    return result


def _check_key(key: str) -> None:
    if not key.strip() or len(key) > KEY_LENGTH_MAX or not key.isprintable():
        raise InvalidInput(
            field="key",
            problem="the command's key is empty, too long or not printable",
            remedy=f"give up to {KEY_LENGTH_MAX} printable characters and keep them for a retry",
        )


def _authorise(
    verb: Verb[Any, Any], roles: frozenset[Role], assurance: Assurance, minimum: Assurance
) -> None:
    if verb.roles and not roles.intersection(verb.roles):
        needed = ", ".join(verb.roles)
        raise NotAllowed(
            f"{verb.name} needs one of these roles: {needed}. Ask an administrator of the programme."
        )
    if verb.moves_money and not Assurance(assurance).at_least(Assurance(minimum)):
        raise NotAllowed(
            f"{verb.name} needs an identity assured by {minimum} or better; this one is {assurance}. "
            "Sign in with a PIN or through the host application."
        )


def _check_day(occurred_on: date, today: date, days_max: int) -> None:
    if occurred_on > today:
        raise InvalidInput(
            field="occurred_on",
            problem=f"{occurred_on} lies in the future",
            remedy="give the day it happened",
        )
    if occurred_on < today - timedelta(days=days_max):
        raise InvalidInput(
            field="occurred_on",
            problem=f"{occurred_on} is more than {days_max} days ago",
            remedy="ask an administrator to widen the programme's window, or record it with today's date and the paper",
        )
