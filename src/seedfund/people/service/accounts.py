"""Payout accounts: proposed by one hand, verified by another, usable after a cooling time when it replaces one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.queries import policy_on
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.roles import Role
from seedfund.kernel.secret import Secret
from seedfund.people.queries.accounts import EVER_VERIFIED, PayoutAccountFacts, payout_account
from seedfund.people.queries.names import account_place
from seedfund.people.rules import (
    ACCOUNT_OWN_VERIFICATION,
    ACCOUNT_STATES,
    COOLING_DAYS,
    PayoutMethod,
    number_key,
    plain_text,
    usable_from,
)
from seedfund.people.service.duplicates import DuplicateFound, flag_duplicates
from seedfund.people.service.identity import REGISTRARS, require_person, write_index
from seedfund.people.tables import PayoutAccount
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

VERIFIERS: Final = (
    Role.FINANCE_OFFICER,
    Role.FINANCE_APPROVER,
    Role.PROGRAMME_MANAGER,
    Role.PROTECTION_OFFICER,
    Role.DIRECTOR,
)


@dataclass(frozen=True, kw_only=True)
class ProposePayoutAccount(Command):
    """Where a person is to be paid: method, institution, number, and the holder where it is not the person."""

    participant: str
    method: PayoutMethod
    institution: str
    number: Secret
    holder: Secret | None = None


@dataclass(frozen=True, kw_only=True)
class PayoutAccountProposed:
    """The account's key, and the households that have the same one."""

    account: Key
    participant: str
    duplicates: tuple[DuplicateFound, ...]


@dataclass(frozen=True, kw_only=True)
class VerifyPayoutAccount(Command):
    """An account that was compared with the certificate of the bank or provider."""

    account: Key


@dataclass(frozen=True, kw_only=True)
class RetirePayoutAccount(Command):
    """An account that is not to be used any more."""

    account: Key


@dataclass(frozen=True, kw_only=True)
class PayoutAccountChanged:
    """The account, its state, and from when it may be paid."""

    account: Key
    participant: str
    state: str
    usable_from: datetime | None


@verb("people.propose_payout_account", roles=(*REGISTRARS, Role.FINANCE_OFFICER))
def propose_payout_account(unit: Unit, command: ProposePayoutAccount) -> PayoutAccountProposed:
    """Propose an account; the same one in another household is flagged at once.

    Raises:
        NotFound: there is no such person.
        NotAllowed: the person is restricted.
        InvalidInput: the number holds no digit, or a spreadsheet has spoiled it.
        Refused: `person_erased`.
    """
    person = require_person(unit, command.participant)
    unit.owns(person.id, command.number, command.holder)
    key, vault = unit.key(), unit.vault(person.id)
    holder = vault.seal(command.holder, account_place(key, "holder")) if command.holder else None
    write_index(unit, person.id, "account", [number_key(command.number, field="account")])
    unit.insert(
        PayoutAccount,
        id=key,
        participant_id=person.id,
        method=command.method.value,
        institution=plain_text(command.institution, field="institution", most=120),
        number=vault.seal(command.number, account_place(key, "number")),
        holder=holder,
        state=ACCOUNT_STATES.start,
        proposed_by=unit.actor.id,
        proposed_at=unit.now,
        verified_by=None,
        verified_at=None,
        usable_from=None,
        retired_by=None,
        retired_at=None,
    )
    unit.created("sf_payout_account", key, {"participant": person.number, "method": command.method})
    return PayoutAccountProposed(
        account=key, participant=person.number, duplicates=flag_duplicates(unit, person.id)
    )


@verb("people.verify_payout_account", roles=VERIFIERS)
def verify_payout_account(unit: Unit, command: VerifyPayoutAccount) -> PayoutAccountChanged:
    """Verify an account somebody else proposed: usable at once, or after the cooling time when it replaces one.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the person is restricted.
        Refused: `no_such_step`, `account_own_verification`, `person_erased`.
    """
    account = _account(unit, command.account)
    ACCOUNT_STATES.require(account.state, "verified", which=account.id)
    if account.proposed_by == unit.actor.id:
        refuse([ACCOUNT_OWN_VERIFICATION()])
    replaces = unit.one(EVER_VERIFIED, participant=account.participant_id) > 0
    start = usable_from(unit.now, replaces_another=replaces, cooling_days=_cooling_days(unit))
    unit.execute(VERIFY, this=account.id, new_by=unit.actor.id, new_at=unit.now, new_start=start)
    unit.changed("sf_payout_account", account.id, {"state": account.state}, {"state": "verified"})
    return PayoutAccountChanged(
        account=account.id, participant=account.participant, state="verified", usable_from=start
    )


def _cooling_days(unit: Unit) -> int:
    policy = policy_on(unit, unit.programme.id, unit.work.today())
    return COOLING_DAYS if policy is None else policy.terms.payout_cooling_days


@verb("people.retire_payout_account", roles=(*REGISTRARS, *VERIFIERS))
def retire_payout_account(unit: Unit, command: RetirePayoutAccount) -> PayoutAccountChanged:
    """Retire an account; it still counts when the same one is proposed in another household.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the person is restricted.
        Refused: `no_such_step`, `person_erased`.
    """
    account = _account(unit, command.account)
    ACCOUNT_STATES.require(account.state, "retired", which=account.id)
    unit.execute(RETIRE, this=account.id, new_by=unit.actor.id, new_at=unit.now)
    unit.changed("sf_payout_account", account.id, {"state": account.state}, {"state": "retired"})
    return PayoutAccountChanged(
        account=account.id,
        participant=account.participant,
        state="retired",
        usable_from=account.usable_from,
    )


VERIFY: Final = Write(
    lambda: (
        sa.update(PayoutAccount)
        .where(col(PayoutAccount.id) == sa.bindparam("this"))
        .values(
            state="verified",
            verified_by=sa.bindparam("new_by"),
            verified_at=sa.bindparam("new_at"),
            usable_from=sa.bindparam("new_start"),
        )
    )
)
RETIRE: Final = Write(
    lambda: (
        sa.update(PayoutAccount)
        .where(col(PayoutAccount.id) == sa.bindparam("this"))
        .values(state="retired", retired_by=sa.bindparam("new_by"), retired_at=sa.bindparam("new_at"))
    )
)


def _account(unit: Unit, key: Key) -> PayoutAccountFacts:
    account = payout_account(unit, unit.programme.id, key)
    require_person(unit, account.participant, goes_on=True)
    return account
