"""The trail of an account: invitation, papers, a refusal, what became of it. The institution decides, we record."""

from dataclasses import dataclass
from enum import StrEnum

from seedfund.kernel.currencies import exponent
from seedfund.kernel.errors import InvalidInput, refuse
from seedfund.people.queries import ParticipantRow, participant_facts
from seedfund.people.rules import ConsentPurpose, plain_text
from seedfund.people.service.identity import REGISTRARS, require_person
from seedfund.savings.queries.links import is_same_institution, links_of
from seedfund.savings.rules.links import LINK_STATES, Invitation, Step, check_invitation
from seedfund.savings.rules.words import BARRIER_OF, AccountKind, Barrier, Holding, RefusedFor
from seedfund.savings.service.common import AccountMoved, reach_link, take_step, write_step
from seedfund.savings.tables import SavingsLink
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


class AccountStep(StrEnum):
    """What may be recorded of an account beside its opening, its verification and a refusal."""

    DOCUMENTS = "documents"
    ACTIVE = "active"
    DORMANT = "dormant"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class InviteToAccount(Command):
    """An account somebody is to open: what kind, whose, at which institution, in which currency (ISO 4217).

    `co_holder` is the other holder of a joint account, or the adult who manages a child's.
    """

    participant: str
    kind: AccountKind
    institution: str
    currency: str
    holding: Holding = Holding.OWN
    co_holder: str | None = None
    product: str = ""


@verb("savings.invite_to_account", roles=REGISTRARS)
def invite_to_account(unit: Unit, command: InviteToAccount) -> AccountMoved:
    """Begin the trail of an account at a bank, cooperative, mobile-money provider or savings group.

    Raises:
        NotFound: there is no such person.
        NotAllowed: a person is restricted.
        InvalidInput: the institution is not named, or the currency is none.
        Refused: `savings_bank_consent_missing`, `savings_co_holder_missing`, `savings_co_holder_not_expected`,
            `savings_co_holder_is_holder`, `savings_link_twice`, `person_erased`.
    """
    person = require_person(unit, command.participant)
    other = None if command.co_holder is None else require_person(unit, command.co_holder)
    institution = _institution(command.institution)
    exponent(command.currency)
    refuse(check_invitation(_asked(unit, command, person, other=other)))
    key, number = unit.key(), unit.human_number("SL")
    unit.insert(
        SavingsLink,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        participant_id=person.id,
        co_holder_id=None if other is None else other.id,
        kind=command.kind.value,
        holding=command.holding.value,
        institution=institution,
        product=plain_text(command.product, field="product", most=80),
        currency=command.currency,
        payout_account_id=None,
        account_number=None,
        state=LINK_STATES.start,
        invited_on=unit.occurred_on,
        opened_on=None,
        opened_by=None,
        verified_by=None,
        closed_on=None,
    )
    write_step(unit, key, None, Step(state=LINK_STATES.start, on=unit.occurred_on), position=1)
    after = {"state": LINK_STATES.start, "kind": command.kind, "participant": person.number}
    unit.created("sf_savings_link", number, after)
    return AccountMoved(link=number, participant=person.number, state=LINK_STATES.start)


def _institution(name: str) -> str:
    institution = plain_text(name, field="institution", most=120)
    if not institution:
        raise InvalidInput(field="institution", problem="it is empty", remedy="name the bank or provider")
    return institution


def _asked(
    unit: Unit, command: InviteToAccount, person: ParticipantRow, *, other: ParticipantRow | None
) -> Invitation:
    consents = participant_facts(unit, [person.id])[person.id].consents
    has_consent = any(
        one.purpose is ConsentPurpose.BANK and one.stands_on(unit.occurred_on) for one in consents
    )
    known = [
        link
        for link in links_of(unit, [person.id])[person.id]
        if link.state != "closed" and link.kind is command.kind and link.holding is command.holding
        if is_same_institution(link, command.institution.strip())
    ]
    return Invitation(
        participant=person.number,
        holding=command.holding,
        co_holder=None if other is None else other.number,
        has_consent=has_consent,
        known=(known[0].number, known[0].state) if known else None,
    )


@dataclass(frozen=True, kw_only=True)
class RecordAccountStep(Command):
    """What happened to an account on the day of the command: papers handed in, in use, out of use, closed."""

    link: str
    step: AccountStep


@verb("savings.record_account_step", roles=REGISTRARS)
def record_account_step(unit: Unit, command: RecordAccountStep) -> AccountMoved:
    """Record a step of an account's trail; one does not come before the last.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the person is restricted.
        Refused: `no_such_step`, `savings_step_before_last`.
    """
    link, participant = reach_link(unit, command.link)
    take_step(unit, link, Step(state=command.step.value, on=unit.occurred_on))
    return AccountMoved(link=link.number, participant=participant, state=command.step.value)


@dataclass(frozen=True, kw_only=True)
class RecordAccountRefusal(Command):
    """That the institution did not open the account, and the reason it gave."""

    link: str
    refused_for: RefusedFor


@dataclass(frozen=True, kw_only=True)
class AccountRefused:
    """The account's number with us, whose it would be, and the barrier the reason is counted under."""

    link: str
    participant: str
    barrier: Barrier


@verb("savings.record_account_refusal", roles=REGISTRARS)
def record_account_refusal(unit: Unit, command: RecordAccountRefusal) -> AccountRefused:
    """Record that an institution refused an account, with its reason; it may be asked again with other papers.

    Raises:
        NotFound: there is no such account.
        NotAllowed: the person is restricted.
        Refused: `no_such_step`, `savings_step_before_last`.
    """
    link, participant = reach_link(unit, command.link)
    barrier = BARRIER_OF[command.refused_for]
    step = Step(state="refused", on=unit.occurred_on, reason=command.refused_for, barrier=barrier)
    take_step(unit, link, step)
    return AccountRefused(link=link.number, participant=participant, barrier=barrier)
