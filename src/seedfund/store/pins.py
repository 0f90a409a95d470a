"""PINs of actors: how the command line is surer than a claimed name. Only a slow, salted verifier is ever stored.

A PIN keeps colleagues on one laptop apart; it does not withstand somebody who owns the machine. A host application that
signs people in by itself passes `Assurance.HOST` and needs none.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, NotAllowed, RefusalCode, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Assurance, Role
from seedfund.store.audit import fold_handle
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Query
from seedfund.store.tables import Actor, ActorPin
from seedfund.store.triggers import append_only
from seedfund.store.unit import Unit
from seedfund.store.work import Work

PIN_LENGTH_MIN: Final = 6
COST: Final = 2**14
FORM: Final = "scrypt1"

NOT_YOUR_PIN: Final = RefusalCode(
    "not_your_pin",
    "A PIN is set by the actor or, the first time, by an administrator.",
    "Ask {handle} to set it.",
)
REFUSALS: Final = (NOT_YOUR_PIN,)
TRIGGERS: Final = append_only("sf_actor_pin", ("id",))


def pin_verifier(pin: str) -> str:
    """The salted verifier of a PIN (scrypt, RFC 7914, N = 2^14, r = 8, p = 1), to be put into `SetPin`.

    Raises:
        InvalidInput: the PIN is shorter than six characters.
    """
    if len(pin) < PIN_LENGTH_MIN:
        raise InvalidInput(
            field="pin", problem="it is too short", remedy=f"use at least {PIN_LENGTH_MIN} characters"
        )
    salt = secrets.token_bytes(16)
    return f"{FORM}${base64.b64encode(salt).decode()}${base64.b64encode(_stretch(pin, salt)).decode()}"


def _stretch(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(pin.encode("utf-8"), salt=salt, n=COST, r=8, p=1, dklen=32)


def _matches(pin: str, verifier: str) -> bool:
    form, salt, wanted = verifier.split("$")
    found = _stretch(pin, base64.b64decode(salt))
    return form == FORM and hmac.compare_digest(found, base64.b64decode(wanted))


@dataclass(frozen=True, kw_only=True)
class SetPin(Command):
    """The verifier of an actor's new PIN, made by `pin_verifier`; the PIN itself goes nowhere."""

    handle: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class PinSet:
    """Whose PIN was set."""

    handle: str


CURRENT: Final = Query(
    lambda actor, verifier: (Key(str(actor)), None if verifier is None else str(verifier)),
    lambda: (
        sa.select(col(Actor.id), col(ActorPin.verifier))
        .select_from(sa.outerjoin(Actor, ActorPin, col(ActorPin.actor_id) == col(Actor.id)))
        .where(
            col(Actor.programme_id) == sa.bindparam("programme"), col(Actor.handle) == sa.bindparam("handle")
        )
        .order_by(col(ActorPin.id).desc())
    ),
)


@verb("store.set_pin", roles=())
def set_pin(unit: Unit, command: SetPin) -> PinSet:
    """Set an actor's PIN: one's own, or, as an administrator, the first one of somebody else.

    Raises:
        Refused: `not_your_pin`.
        InvalidInput: the verifier was not made by `pin_verifier`, or there is no such actor.
    """
    handle = fold_handle(command.handle)
    found = unit.first(CURRENT, programme=unit.programme.id, handle=handle)
    if found is None:
        raise InvalidInput(
            field="handle", problem="there is no such actor", remedy="register the actor first"
        )
    if command.verifier.count("$") != 2 or not command.verifier.startswith(f"{FORM}$"):
        raise InvalidInput(
            field="verifier",
            problem="it is no verifier",
            remedy="give the PIN, as --set pin=…, or make it with pin_verifier",
        )
    is_first_by_administrator = found[1] is None and Role.ADMINISTRATOR in unit.actor.roles
    if handle != unit.actor.handle and not is_first_by_administrator:
        refuse([NOT_YOUR_PIN(handle=handle)])
    unit.insert(ActorPin, id=unit.key(), actor_id=found[0], verifier=command.verifier, set_at=unit.now)
    unit.changed("sf_actor_pin", handle, {"is_set": found[1] is not None}, {"is_set": True})
    return PinSet(handle=handle)


def assurance_by_pin(work: Work, pin: str) -> Assurance:
    """`PIN` when the PIN is the actor's.

    Raises:
        NotAllowed: it is another, or the actor has none.
    """
    found = work.reader().first(CURRENT, programme=work.programme.id, handle=fold_handle(work.actor))
    if found is None or found[1] is None or not _matches(pin, found[1]):
        raise NotAllowed(
            "the PIN is not that of this actor; set one with: seedfund do store.set_pin --set handle=… --set pin=…"
        )
    return Assurance.PIN


COMMANDS: Final = (set_pin,)
