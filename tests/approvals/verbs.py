"""A subject of the tests' own, so that requests can be tried without the areas above: a list and its hash."""

from dataclasses import dataclass

from seedfund.approvals.rules.hands import Decision, ExceptionKind, Exposure
from seedfund.approvals.rules.policy import Act, PolicyTerms, Profile
from seedfund.approvals.rules.presets import preset
from seedfund.approvals.service import (
    NewRequest,
    RequestGranted,
    RequestSent,
    require_assurance,
    require_granted,
    void_request,
    write_approval,
    write_approval_request,
    write_exception,
)
from seedfund.approvals.service.policies import ApprovePolicy, ProposePolicy, approve_policy, propose_policy
from seedfund.approvals.service.requests import ApprovalGiven
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from tests.support.programme import House

LIST = Key("0" * 31 + "7")
OTHER_LIST = Key("0" * 31 + "8")


def usd(units: int) -> Money:
    """Whole dollars."""
    return Money(units * 100, "USD")


@dataclass(frozen=True, kw_only=True)
class Send(Command):
    """A list to be approved."""

    amount: Money
    subject: str = LIST
    number: str = "PL-2026-0001"
    content_hash: str = "h1"
    exposures: tuple[Exposure, ...] = ()


@verb("test.send", roles=())
def send(unit: Unit, command: Send) -> RequestSent:
    """Send it."""
    return write_approval_request(
        unit,
        NewRequest(
            subject_kind="payment_list",
            subject_id=Key(command.subject),
            number=command.number,
            content_hash=command.content_hash,
            amount=command.amount,
            exposures=command.exposures,
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Decide(Command):
    """One person's decision."""

    stage: str = "approve"
    content_hash: str = "h1"
    decision: Decision = Decision.APPROVED
    reason: str = ""
    subject: str = LIST


@verb("test.decide", roles=())
def decide(unit: Unit, command: Decide) -> ApprovalGiven:
    """Decide it."""
    return write_approval(
        unit,
        subject_id=Key(command.subject),
        number="PL-2026-0001",
        stage=command.stage,
        content_hash=command.content_hash,
        decision=command.decision,
        reason=command.reason,
    )


@dataclass(frozen=True, kw_only=True)
class Pay(Command):
    """The list is paid by who acts."""

    content_hash: str = "h1"
    subject: str = LIST


@verb("test.pay", roles=())
def pay(unit: Unit, command: Pay) -> RequestGranted:
    """Require that it is granted, with three hands."""
    return require_granted(
        unit,
        subject_id=Key(command.subject),
        number="PL-2026-0001",
        content_hash=command.content_hash,
        payer=unit.actor.id,
    )


@dataclass(frozen=True, kw_only=True)
class Done(Command):
    """Whether something was there to be done, as a result."""

    reason: str = "the list was edited"
    act: Act | None = None


@dataclass(frozen=True, kw_only=True)
class WasDone:
    """Whether there was anything."""

    was_live: bool


@verb("test.void", roles=())
def void(unit: Unit, command: Done) -> WasDone:
    """Make the list's approval void."""
    return WasDone(was_live=void_request(unit, subject_id=LIST, reason=command.reason))


@verb("test.act", roles=())
def act(unit: Unit, command: Done) -> WasDone:
    """An act that needs an assured identity."""
    require_assurance(unit, command.act or Act.APPROVE)
    return WasDone(was_live=True)


@verb("test.except", roles=())
def make_exception(unit: Unit, command: Done) -> WasDone:
    """Put a waiver on the exceptions page."""
    write_exception(
        unit,
        ExceptionKind.WAIVER,
        subject_kind="tranche",
        subject_number="SC-2026-0001/2",
        reason=command.reason,
        facts={"condition": "attendance", "wanted_bps": 8000},
    )
    return WasDone(was_live=True)


def in_force(house: House, terms: PolicyTerms | None = None) -> PolicyTerms:
    """Bring a policy into force: proposed by the manager, approved by the director."""
    terms = terms or preset(Profile.SMALL)
    with house.work("manager") as work:
        number = propose_policy(
            work, ProposePolicy(key=f"pp{house.ids.key(house.clock.now())}", terms=terms)
        ).number
    with house.work("director") as work:
        approve_policy(work, ApprovePolicy(key=f"ap:{number}", number=number))
    return terms
