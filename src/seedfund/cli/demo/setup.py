"""What comes first: team, policy, funds, benefits, paper terms; and what a second person approves of it later on."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from seedfund.approvals.service import approve_policy
from seedfund.approvals.service.policies import ApprovePolicy
from seedfund.cli.demo.stage import Stage
from seedfund.documents.rules.terms import PaperTerms
from seedfund.documents.service import (
    ApprovePaperTerms,
    ProposePaperTerms,
    approve_paper_terms,
    propose_paper_terms,
)
from seedfund.funds.service import (
    approve_benefit_type,
    approve_eligibility,
    approve_exchange,
    propose_exchange,
)
from seedfund.funds.service.benefits import ApproveBenefitType
from seedfund.funds.service.decisions import ApproveFundMove
from seedfund.funds.service.eligibility import ApproveEligibility
from seedfund.funds.service.exchange import ExchangeSide, ExchangeTerms, ProposeExchange
from seedfund.kernel.codec import decode
from seedfund.kernel.ids import Key
from seedfund.kernel.money import parse_money
from seedfund.people.service import VerifyPayoutAccount, verify_payout_account
from seedfund.plans.queries import CALL
from seedfund.plans.service import ApproveCall, VerifyPlan, approve_call, verify_plan

DIRECTOR: Final = "direccion1"
PROPOSES: Final = "coordina1"


def found(stage: Stage) -> None:
    """Team, policy, donors, funds with budget, bank accounts, benefits; a second person approves each rule."""
    administrator = stage.programme["administrator"]
    stage.bring("team", administrator)
    stage.bring("policy", administrator)
    policies = stage.numbers("policy", "policy", _keys(stage, "policy", "policy", "currency"))
    with stage.acting(DIRECTOR) as work:
        for number in _each(policies.values()):
            approve_policy(work, ApprovePolicy(key=stage.key("policy", number), number=number))
    for kind in ("donors", "funds", "budget_lines", "bank_accounts"):
        stage.bring(kind, "finanzas1")
    stage.bring("benefit_types", PROPOSES)
    keys = _keys(stage, "benefit_types", "benefit_types", "benefit")
    benefits = stage.numbers("benefit_types", "benefit_types", keys)
    with stage.acting(DIRECTOR) as work:
        for number in _each(benefits.values()):
            approve_benefit_type(work, ApproveBenefitType(key=stage.key("benefit", number), number=number))
    stage.bring("eligibility", PROPOSES)
    keys = _keys(stage, "eligibility", "eligibility", "rule")
    rules = stage.numbers("eligibility", "eligibility", keys)
    with stage.acting(DIRECTOR) as work:
        for number in _each(rules.values()):
            approve_eligibility(work, ApproveEligibility(key=stage.key("eligibility", number), number=number))
    if (stage.files / "paper_terms.json").is_file():
        _paper_terms(stage)


def _keys(stage: Stage, kind: str, part: str, column: str) -> list[str]:
    return [row[column] for row in stage.part(kind, part)]


def _each(numbers: Iterable[str]) -> list[str]:
    """Each number once: rows that stand or fall together became one proposal."""
    return list(dict.fromkeys(numbers))


def _paper_terms(stage: Stage) -> None:
    content = json.loads((stage.files / "paper_terms.json").read_text(encoding="utf-8"))
    terms = decode(PaperTerms, content, field="paper_terms")
    with stage.acting(PROPOSES) as work:
        proposed = propose_paper_terms(work, ProposePaperTerms(key=stage.key("paper terms"), terms=terms))
    with stage.acting(DIRECTOR) as work:
        approve_paper_terms(work, ApprovePaperTerms(key=stage.key("paper terms +"), number=proposed.number))


def approve_calls(stage: Stage) -> None:
    """The calls for plans are approved by somebody who did not write them."""
    with stage.acting(DIRECTOR) as work:
        for row in stage.part("calls", "calls"):
            call = work.reader().one(
                CALL, programme=work.programme.id, code=row["call"], version=row["version"]
            )
            approving = ApproveCall(
                key=stage.key("call", call.code),
                code=call.code,
                version=call.version,
                content_hash=call.content_hash,
            )
            approve_call(work, approving)


def exchange(stage: Stage, key: str) -> None:
    """Money of a donor is exchanged into the currency people are paid in, with the budget behind it."""
    row = next(one for one in stage.rows("exchanges") if one["exchange"] == key)
    terms = ExchangeTerms(
        sold=_side(stage, row, "sold"),
        bought=_side(stage, row, "bought"),
        rate_source=row["rate_source"],
        reason=row["reason"],
    )
    with stage.acting("finanzas1") as work:
        proposing = ProposeExchange(key=stage.key("exchange", key), exchange=terms)
        number = propose_exchange(work, proposing).number
    with stage.acting(DIRECTOR) as work:
        approve_exchange(work, ApproveFundMove(key=stage.key("exchange +", key), number=number))


def _side(stage: Stage, row: Mapping[str, str], side: str) -> ExchangeSide:
    amount = parse_money(row[side], row[f"{side}_currency"], style=stage.style.numbers, field=side)
    return ExchangeSide(
        fund=row[f"{side}_fund"],
        line=row[f"{side}_line"],
        bank_account=row[f"{side}_account"],
        amount=amount,
    )


def verify_accounts(stage: Stage, suffix: str = "") -> None:
    """A second person compares each account with its certificate."""
    keys = [row["account"] for row in stage.part("payout_accounts", "payout_accounts", suffix)]
    accounts = stage.numbers("payout_accounts", "payout_accounts", keys)
    with stage.acting("aprueba1") as work:
        for name, account in accounts.items():
            verifying = VerifyPayoutAccount(key=stage.key("account", name), account=Key(account))
            verify_payout_account(work, verifying)


def verify_plans(stage: Stage, visited_on: date, without: frozenset[str], suffix: str = "") -> None:
    """The verification visits, by somebody who wrote none of the plans."""
    keys = [row["plan"] for row in stage.part("plans", "plans", suffix) if row["plan"] not in without]
    numbers = stage.numbers("plans", "plans", keys)
    with stage.acting("campo2") as work:
        for name, number in numbers.items():
            verifying = VerifyPlan(key=stage.key("verified", name), number=number, visited_on=visited_on)
            verify_plan(work, verifying)


def verify_lowered(stage: Stage) -> None:
    """Plans brought down to what the committee approved are looked through by somebody who did not write them."""
    verify_plans(stage, stage.clock.now().date(), frozenset(), suffix="_lower")
