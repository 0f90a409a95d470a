"""What happens to single cases on single days: facts of the outside world and decisions, as the scenario lists them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from seedfund.cli.demo.cases import Case, Cases
from seedfund.cli.demo.grants import payee
from seedfund.cli.demo.papers import issue_receipt
from seedfund.cli.demo.stage import Stage, detail, evidence
from seedfund.funds.service import move_cash
from seedfund.funds.service.cash import MoveCash
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.rules.justifying import ReviewDecision
from seedfund.grants.rules.refunding import DemandReason
from seedfund.grants.rules.words import EndReason, LifeEventKind, PaymentMethod
from seedfund.grants.service import (
    decline_award,
    resume_grant,
    suspend_grant,
    terminate_grant,
    waive_condition,
)
from seedfund.grants.service.awards import DeclineAward
from seedfund.grants.service.course import ResumeGrant, SuspendGrant, TerminateGrant
from seedfund.grants.service.demanding import DemandRefund, demand_refund
from seedfund.grants.service.evidence import WaiveCondition
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.refunds import RecordRefund, record_refund
from seedfund.grants.service.reviews import ReviewReceipt, review_receipt
from seedfund.grants.service.write_offs import (
    AuthoriseWriteOff,
    RequestWriteOff,
    request_write_off,
    write_off,
)
from seedfund.kernel.money import Money, parse_money
from seedfund.kernel.secret import Secret
from seedfund.ledger.queries.parts import positions
from seedfund.people.queries import list_duplicates
from seedfund.people.rules import DuplicateDecision, DuplicateKind
from seedfund.people.service import (
    DecideDuplicate,
    VerifyPayoutAccount,
    decide_duplicate,
    verify_payout_account,
)
from seedfund.plans.service import WithdrawPlan, withdraw_plan
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import FileEvidence, file_evidence

Event = Mapping[str, str]
Player = Callable[[Stage, Cases, Event], None]
REFUND_DAYS: Final = 30


def _case(cases: Cases, event: Event) -> Case:
    return cases.by_key[event["plan"]]


def _decide_duplicate(stage: Stage, cases: Cases, event: Event) -> None:
    told = detail(event)
    keys = told["households"].split(",")
    numbers = stage.numbers("households", "households", keys)
    pair = {numbers[key] for key in keys}
    with stage.acting(event["actor"]) as work:
        for flag in list_duplicates(work):
            sides = {side.household for side in (flag.first, flag.second) if side is not None}
            if sides == pair and flag.kind is DuplicateKind(told["kind"]):
                decision = DecideDuplicate(
                    key=stage.key(event["event"]),
                    flag=flag.id,
                    decision=DuplicateDecision(told["decision"]),
                    reason=Secret(event["reason"]),
                    excluded=numbers[told["excluded"]] if "excluded" in told else None,
                )
                decide_duplicate(work, decision)


def _withdraw_plan(stage: Stage, cases: Cases, event: Event) -> None:
    with stage.acting(event["actor"]) as work:
        number = _case(cases, event).plan
        withdraw_plan(
            work, WithdrawPlan(key=stage.key(event["event"]), number=number, reason=event["reason"])
        )


def _decline_award(stage: Stage, cases: Cases, event: Event) -> None:
    """An award that comes to nothing; the drafted agreement is given up with it."""
    with stage.acting(event["actor"]) as work:
        declining = DeclineAward(
            key=stage.key(event["event"]),
            grant=_case(cases, event).grant,
            reason=EndReason(event["reason"]),
            note=Secret(event["detail"]),
        )
        decline_award(work, declining)


def _terminate(stage: Stage, cases: Cases, event: Event) -> None:
    demanded = event["action"] == "withdraw"
    with stage.acting(event["actor"]) as work:
        due = work.today() + timedelta(days=REFUND_DAYS)
        ending = TerminateGrant(
            key=stage.key(event["event"]),
            grant=_case(cases, event).grant,
            reason=EndReason(event["reason"]),
            note=Secret(event["detail"]),
            refund_due_on=due if demanded else None,
        )
        terminate_grant(work, ending)


def _waive_condition(stage: Stage, cases: Cases, event: Event) -> None:
    """Decided on a paper that is on file before."""
    told = detail(event)
    paper = _filed(stage, event, description="Decisión que sustenta la excepción")
    with stage.acting(event["actor"]) as work:
        waiving = WaiveCondition(
            key=stage.key(event["event"]),
            grant=_case(cases, event).grant,
            tranche=int(told["tranche"]),
            condition=int(told["condition"]),
            reason=event["reason"],
            evidence_sha256=paper,
        )
        waive_condition(work, waiving)


def _filed(stage: Stage, event: Event, *, description: str) -> str:
    """The paper of an authority, put on the register by who acts on it."""
    paper = evidence(f"{event['action']} {event['plan']}")
    with stage.acting(event["actor"]) as work:
        filing = FileEvidence(
            key=stage.key(event["event"], "paper"),
            sha256=paper,
            kind=EvidenceKind.AUTHORITY,
            description=description,
        )
        file_evidence(work, filing)
    return paper


def _replace_account(stage: Stage, cases: Cases, event: Event) -> None:
    """The bank closed the account: another is proposed from its file, verified by a second person, and approved."""
    name = detail(event)["account"]
    stage.bring("payout_accounts", "campo1", "_2")
    account = stage.numbers("payout_accounts", "payout_accounts", [name])[name]
    cases.accounts = {**cases.accounts, name: account}  # type: ignore[dict-item] # a key read back as text
    with stage.acting("aprueba1") as work:
        key = stage.key("account", name)
        verify_payout_account(work, VerifyPayoutAccount(key=key, account=cases.accounts[name]))
    payee(stage, cases, _case(cases, event), name, turn=2)


def _refund(stage: Stage, cases: Cases, event: Event) -> None:
    case, told = _case(cases, event), detail(event)
    with stage.acting(event["actor"]) as work:
        taking = RecordRefund(
            key=stage.key(event["event"]),
            grant=case.grant,
            amount=_amount(stage, case, event["amount"]),
            bank_account=told["bank_account"],
            method=PaymentMethod(told["method"]),
        )
        number = record_refund(work, taking).number
    case.refunds.append(number)
    issue_receipt(stage, number)


def _move_cash(stage: Stage, cases: Cases, event: Event) -> None:
    told = detail(event)
    with stage.acting(event["actor"]) as work:
        moving = MoveCash(
            key=stage.key(event["event"]),
            fund=told["fund"],
            bank_account=told["from"],
            to_account=told["to"],
            amount=parse_money(event["amount"], stage.currency, style=stage.style.numbers),
            reason=event["reason"],
        )
        move_cash(work, moving)


def _amount(stage: Stage, case: Case, text: str) -> Money:
    """An amount as written, or all that is open or demanded on the grant today."""
    if text and text[0].isdigit():
        return parse_money(text, stage.currency, style=stage.style.numbers)
    with stage.acting("finanzas1") as work:
        reader = work.reader()
        grant = grant_by_number(reader, work.programme.id, case.grant)
        found = positions(reader, [grant.id])[grant.id]
    return Money(sum(part.open_advance + part.refund_due for part in found), grant.currency)


def _review_receipt(stage: Stage, cases: Cases, event: Event) -> None:
    key = detail(event)["receipt"]
    justification, _, position = stage.numbers("receipts", "receipts", [key])[key].partition("/")
    with stage.acting(event["actor"]) as work:
        decision = ReviewReceipt(
            key=stage.key(event["event"]),
            justification=justification,
            position=int(position),
            decision=ReviewDecision(event["amount"]),
            observation=event["reason"],
        )
        review_receipt(work, decision)


def _demand_refund(stage: Stage, cases: Cases, event: Event) -> None:
    with stage.acting(event["actor"]) as work:
        demanding = DemandRefund(
            key=stage.key(event["event"]),
            grant=_case(cases, event).grant,
            reason=DemandReason(event["reason"]),
            due_on=work.today() + timedelta(days=REFUND_DAYS),
        )
        demand_refund(work, demanding)


def _life_event(kind: LifeEventKind) -> Player:
    def play(stage: Stage, cases: Cases, event: Event) -> None:
        with stage.acting(event["actor"]) as work:
            telling = RecordLifeEvent(
                key=stage.key(event["event"]),
                grant=_case(cases, event).grant,
                kind=kind,
                note=Secret(event["detail"] or event["reason"]),
            )
            record_life_event(work, telling)

    return play


def _suspend(stage: Stage, cases: Cases, event: Event) -> None:
    with stage.acting(event["actor"]) as work:
        key = stage.key(event["event"])
        suspend_grant(work, SuspendGrant(key=key, grant=_case(cases, event).grant, reason=event["reason"]))


def _resume(stage: Stage, cases: Cases, event: Event) -> None:
    with stage.acting(event["actor"]) as work:
        key = stage.key(event["event"])
        resume_grant(work, ResumeGrant(key=key, grant=_case(cases, event).grant, reason=event["reason"]))


def _write_off(stage: Stage, cases: Cases, event: Event) -> None:
    """Asked for by one person with the authority's paper on file, authorised by another."""
    case, asked_by = _case(cases, event), detail(event)["requested_by"]
    paper = _filed(stage, event, description="Informe que sustenta la baja")
    with stage.acting(asked_by) as work:
        asking = RequestWriteOff(
            key=stage.key(event["event"], "asked"),
            grant=case.grant,
            reason=event["reason"],
            evidence_sha256=paper,
        )
        number = request_write_off(work, asking).number
    with stage.acting(event["actor"]) as work:
        write_off(work, AuthoriseWriteOff(key=stage.key(event["event"]), number=number))


IN_COMMITTEE: Final = ("declare_interest", "decide_reason")
PLAYERS: Final[Mapping[str, Player]] = MappingProxyType(
    {
        "decide_duplicate": _decide_duplicate,
        "withdraw_plan": _withdraw_plan,
        "decline_award": _decline_award,
        "terminate": _terminate,
        "withdraw": _terminate,
        "breach": _terminate,
        "waive_condition": _waive_condition,
        "replace_account": _replace_account,
        "move_cash": _move_cash,
        "refund": _refund,
        "review_receipt": _review_receipt,
        "demand_refund": _demand_refund,
        "death": _life_event(LifeEventKind.DEATH),
        "relocate": _life_event(LifeEventKind.RELOCATION),
        "theft": _life_event(LifeEventKind.THEFT),
        "suspend": _suspend,
        "resume": _resume,
        "write_off": _write_off,
    }
)


def play(stage: Stage, cases: Cases, event: Event) -> None:
    """Play one event; those that the committee's session takes up are played there."""
    if event["action"] not in IN_COMMITTEE:
        PLAYERS[event["action"]](stage, cases, event)
