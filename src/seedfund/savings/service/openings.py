"""An account is opened, with its number sealed, and verified by another hand with a proof."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries import payout_account
from seedfund.people.queries.accounts import PayoutAccountFacts
from seedfund.people.rules import number_key
from seedfund.people.service.duplicates import flag_duplicates
from seedfund.people.service.identity import REGISTRARS, write_index
from seedfund.savings.queries.links import LinkFacts, number_place
from seedfund.savings.rules.links import LINK_STATES, OWN_VERIFICATION, Step, check_number, check_step
from seedfund.savings.rules.words import Proof
from seedfund.savings.service.common import AccountMoved, last_step, open_link, write_step
from seedfund.savings.tables import SavingsLink
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

VERIFIERS: Final = (
    *(Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT, Role.PROGRAMME_MANAGER, Role.FINANCE_OFFICER),
    *(Role.FINANCE_APPROVER, Role.PROTECTION_OFFICER, Role.DIRECTOR),
)
OPEN: Final = Write(
    lambda: (
        sa.update(SavingsLink)
        .where(col(SavingsLink.id) == sa.bindparam("this"))
        .values(
            state="opened",
            opened_on=sa.bindparam("new_day"),
            opened_by=sa.bindparam("new_by"),
            account_number=sa.bindparam("new_number"),
            payout_account_id=sa.bindparam("new_account"),
        )
    )
)
VERIFY: Final = Write(
    lambda: (
        sa.update(SavingsLink)
        .where(col(SavingsLink.id) == sa.bindparam("this"))
        .values(state="verified", verified_by=sa.bindparam("new_by"))
    )
)


@dataclass(frozen=True, kw_only=True)
class OpenAccount(Command):
    """That the account is open since a day, with its number, or with the payout account it is.

    A number is sealed and compared with all others; a payout account has its own and none is written twice.
    """

    link: str
    opened_on: date
    number: Secret | None = None
    payout_account: Key | None = None


@dataclass(frozen=True, kw_only=True)
class AccountOpened:
    """The account's number with us, whose it is, and how many households have the same account."""

    link: str
    participant: str
    duplicates: int


@verb("savings.open_account", roles=REGISTRARS)
def open_account(unit: Unit, command: OpenAccount) -> AccountOpened:
    """Record that an account was opened; the same one in another household is flagged at once.

    Raises:
        NotFound: there is no such account or payout account.
        NotAllowed: the person is restricted.
        InvalidInput: the number holds no digit, or the day lies in the future.
        Refused: `no_such_step`, `savings_step_before_last`, `savings_account_number_missing`,
            `savings_account_number_twice`, `savings_account_of_another`, `person_erased`.
    """
    link, person = open_link(unit, command.link)
    unit.owns(person.id, command.number)
    if command.opened_on > unit.occurred_on:
        raise InvalidInput(
            field="opened_on", problem="the opening lies in the future", remedy="give the day of the opening"
        )
    LINK_STATES.require(link.state, "opened", which=link.number)
    payout = _payout(unit, command)
    last = last_step(unit, link)
    refuse(
        (
            *check_step(link.number, link.state, last_on=last.step.on, on=unit.occurred_on),
            *check_number(
                link.number,
                person.number,
                has_number=command.number is not None,
                account_holder=None if payout is None else payout.participant,
            ),
        )
    )
    _write_opening(unit, link, command, payout)
    found = flag_duplicates(unit, person.id) if command.number is not None else ()
    return AccountOpened(link=link.number, participant=person.number, duplicates=len(found))


def _payout(unit: Unit, command: OpenAccount) -> PayoutAccountFacts | None:
    if command.payout_account is None:
        return None
    return payout_account(unit, unit.programme.id, command.payout_account)


def _write_opening(
    unit: Unit, link: LinkFacts, command: OpenAccount, payout: PayoutAccountFacts | None
) -> None:
    sealed = None
    if command.number is not None:
        write_index(unit, link.participant_id, "account", [number_key(command.number, field="number")])
        sealed = unit.vault(link.participant_id).seal(command.number, number_place(link.id))
    unit.execute(
        OPEN,
        this=link.id,
        new_day=command.opened_on,
        new_by=unit.actor.id,
        new_number=sealed,
        new_account=None if payout is None else payout.id,
    )
    position = last_step(unit, link).position + 1
    write_step(unit, link.id, link.state, Step(state="opened", on=unit.occurred_on), position=position)
    unit.changed(
        "sf_savings_link",
        link.number,
        {"state": link.state},
        {"state": "opened", "opened_on": command.opened_on.isoformat()},
    )


@dataclass(frozen=True, kw_only=True)
class VerifyAccount(Command):
    """That the account was compared with a proof: its kind, and the hash of its file where there is one (SHA-256)."""

    link: str
    proof: Proof
    proof_sha256: str = ""


@verb("savings.verify_account", roles=VERIFIERS)
def verify_account(unit: Unit, command: VerifyAccount) -> AccountMoved:
    """Verify an account that somebody else recorded as opened; from then on it counts.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the person is restricted.
        InvalidInput: what is given is no SHA-256.
        Refused: `no_such_step`, `savings_own_verification`, `savings_step_before_last`, `person_erased`.
    """
    link, person = open_link(unit, command.link)
    LINK_STATES.require(link.state, "verified", which=link.number)
    step = Step(state="verified", on=unit.occurred_on, proof=command.proof)
    last = last_step(unit, link)
    own = (OWN_VERIFICATION(),) if link.opened_by == unit.actor.id else ()
    refuse((*own, *check_step(link.number, link.state, last_on=last.step.on, on=step.on)))
    unit.execute(VERIFY, this=link.id, new_by=unit.actor.id)
    sha256 = _sha256(command.proof_sha256)
    write_step(unit, link.id, link.state, step, position=last.position + 1, sha256=sha256)
    unit.changed("sf_savings_link", link.number, {"state": link.state}, {"state": "verified"})
    return AccountMoved(link=link.number, participant=person.number, state="verified")


def _sha256(text: str) -> str | None:
    plain = text.strip().lower()
    if plain and (len(plain) != 64 or any(sign not in "0123456789abcdef" for sign in plain)):
        raise InvalidInput(
            field="proof_sha256",
            problem="it is no SHA-256",
            remedy="give the 64 hexadecimal digits of the file, or leave it out",
        )
    return plain or None
