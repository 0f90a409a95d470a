"""Accounts of fictional people at every step of their trail, as short as a test wants them."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any, Final

from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.people.rules import AgeSource, Birth, ConsentMethod, ConsentPurpose
from seedfund.people.service import MemberEntry, RecordConsent, record_consent
from seedfund.savings.rules.words import AccountKind, Proof, Source
from seedfund.savings.service import (
    AccountMoved,
    AccountOpened,
    AccountStep,
    BalanceRecorded,
    InviteToAccount,
    OpenAccount,
    RecordAccountStep,
    RecordBalance,
    VerifyAccount,
    invite_to_account,
    open_account,
    record_account_step,
    record_balance,
    verify_account,
)
from seedfund.store.commands import Verb
from tests.people.samples import child, head, identity, person, register
from tests.support.programme import House

KEYS: Final = count(1)
TODAY: Final = date(2026, 1, 5)
"""The day on which the house's clock begins."""


def key() -> str:
    """A fresh command key."""
    return f"savings-{next(KEYS)}"


def usd(amount: int) -> Money:
    """Whole dollars."""
    return Money(amount * 100, "USD")


def done(house: House, verb: Verb[Any, Any], command: Any, actor: str = "field") -> Any:
    """Carry a command out."""
    with house.work(actor) as work:
        return verb(work, command)


@dataclass(frozen=True)
class Saver:
    """A registered person who agreed to be introduced to a bank."""

    id: Key
    number: str
    household: str
    household_id: Key


def saver(house: House, *members: MemberEntry, consents: bool = True, actor: str = "field") -> Saver:
    """The head of a fresh household."""
    home = register(house, *members, actor=actor)
    who = home.members[0]
    found = Saver(who.participant_id, who.participant, home.household, home.household_id)
    if consents:
        agreed(house, found.number, actor=actor)
    return found


def parent_and_child(house: House, born: date) -> tuple[Saver, Saver]:
    """A mother and her child of one household, both of whom agreed."""
    birth = Birth(AgeSource.DOCUMENT, born_on=born)
    home = register(house, head(), child(person(identity("Sol"), birth=birth)))
    both = [
        Saver(who.participant_id, who.participant, home.household, home.household_id) for who in home.members
    ]
    for one in both:
        agreed(house, one.number)
    return both[0], both[1]


def agreed(house: House, participant: str, *, actor: str = "field") -> None:
    """A standing consent to share data with a bank."""
    command = RecordConsent(
        key=key(),
        participant=participant,
        purpose=ConsentPurpose.BANK,
        language="es",
        method=ConsentMethod.SIGNATURE,
        wording="v1",
    )
    done(house, record_consent, command, actor)


def inviting(who: Saver, **fields: Any) -> InviteToAccount:
    """An invitation to a cooperative, or as the fields say."""
    asked: dict[str, Any] = {
        "kind": AccountKind.COOPERATIVE,
        "institution": "Cooperativa Ejemplo",
        "currency": "USD",
    }
    return InviteToAccount(key=key(), participant=who.number, **{**asked, **fields})


def invited(house: House, who: Saver, actor: str = "field", **fields: Any) -> str:
    """The number of a fresh link."""
    moved: AccountMoved = done(house, invite_to_account, inviting(who, **fields), actor)
    return moved.link


def step(house: House, link: str, what: AccountStep) -> AccountMoved:
    """Record a step."""
    moved: AccountMoved = done(house, record_account_step, RecordAccountStep(key=key(), link=link, step=what))
    return moved


def opening(link: str, number: str = "2200-112-233", on: date = TODAY, **fields: Any) -> OpenAccount:
    """An opening with a number."""
    return OpenAccount(key=key(), link=link, opened_on=on, number=Secret(number), **fields)


def opened(house: House, who: Saver, number: str = "2200-112-233", on: date = TODAY, **fields: Any) -> str:
    """The number of a link whose account is open."""
    link = invited(house, who, **fields)
    _: AccountOpened = done(house, open_account, opening(link, number, on))
    return link


def verified(house: House, who: Saver, number: str = "2200-112-233", on: date = TODAY, **fields: Any) -> str:
    """The number of a link whose account another hand has verified."""
    link = opened(house, who, number, on, **fields)
    verify(house, link)
    return link


def verify(house: House, link: str, actor: str = "coach") -> AccountMoved:
    """Verify with a certificate."""
    command = VerifyAccount(key=key(), link=link, proof=Proof.CERTIFICATE)
    moved: AccountMoved = done(house, verify_account, command, actor)
    return moved


def reading(link: str, balance: Money, on: date = TODAY, **fields: Any) -> RecordBalance:
    """A reading of a passbook."""
    asked: dict[str, Any] = {"source": Source.PASSBOOK, **fields}
    return RecordBalance(key=key(), link=link, observed_on=on, balance=balance, **asked)


def read(
    house: House, link: str, balance: Money, on: date = TODAY, actor: str = "field", **fields: Any
) -> BalanceRecorded:
    """Record a reading."""
    found: BalanceRecorded = done(house, record_balance, reading(link, balance, on, **fields), actor)
    return found


def later(house: House, days: int) -> date:
    """Let days pass; answers the programme's day then."""
    house.clock.advance(timedelta(days=days))
    with house.work("field") as work:
        return work.today()
