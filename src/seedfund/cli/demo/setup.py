"""The first month: team, policy, funds, benefits, households, accounts, the call and the plans, from their files."""

import json
from datetime import date

from seedfund.approvals.service import approve_policy
from seedfund.approvals.service.policies import ApprovePolicy
from seedfund.cli.demo.stage import ADMINISTRATOR, Stage
from seedfund.documents.rules.terms import PaperTerms
from seedfund.documents.service import (
    ApprovePaperTerms,
    ProposePaperTerms,
    approve_paper_terms,
    propose_paper_terms,
)
from seedfund.funds.service import approve_benefit_type, approve_eligibility
from seedfund.funds.service.benefits import ApproveBenefitType
from seedfund.funds.service.eligibility import ApproveEligibility
from seedfund.kernel.codec import decode
from seedfund.kernel.ids import Key
from seedfund.people.service import (
    VerifyPayoutAccount,
    verify_payout_account,
)
from seedfund.plans.queries import CALL
from seedfund.plans.service import ApproveCall, VerifyPlan, approve_call, verify_plan


def found(stage: Stage) -> None:
    """Team, policy, donors, funds with budget, bank accounts, benefits; a second person approves each rule."""
    stage.bring("team", ADMINISTRATOR)
    stage.bring("policy", ADMINISTRATOR)
    policy = stage.numbers("policy", "policy", ["USD"])["USD"]
    with stage.acting("direccion1") as work:
        approve_policy(work, ApprovePolicy(key=stage.key("policy"), number=policy))
    for kind in ("donors", "funds", "budget_lines", "bank_accounts"):
        stage.bring(kind, "finanzas1")
    stage.bring("benefit_types", "coordina1")
    for code in ("seed_capital", "cash_transfer"):
        number = stage.numbers("benefit_types", "benefit_types", [code])[code]
        with stage.acting("direccion1") as work:
            approve_benefit_type(work, ApproveBenefitType(key=stage.key("benefit", code), number=number))
    stage.bring("eligibility", "coordina1")
    for rule in ("E-01", "E-06"):
        number = stage.numbers("eligibility", "eligibility", [rule])[rule]
        with stage.acting("direccion1") as work:
            approve_eligibility(work, ApproveEligibility(key=stage.key("eligibility", rule), number=number))
    _paper_terms(stage)


def _paper_terms(stage: Stage) -> None:
    content = json.loads((stage.files / "paper_terms.json").read_text(encoding="utf-8"))
    terms = decode(PaperTerms, content, field="paper_terms")
    with stage.acting("coordina1") as work:
        proposed = propose_paper_terms(work, ProposePaperTerms(key=stage.key("paper terms"), terms=terms))
    with stage.acting("direccion1") as work:
        approve_paper_terms(work, ApprovePaperTerms(key=stage.key("paper terms +"), number=proposed.number))


def money_comes(stage: Stage, suffix: str = "") -> None:
    """A file of instalments."""
    stage.bring("instalments", "finanzas1", suffix)


def households(stage: Stage) -> None:
    """Households, consents and payout accounts, and the call for plans."""
    stage.bring("households", "campo1")
    stage.bring("consents", "campo1")
    stage.bring("payout_accounts", "campo1")
    stage.bring("external_transfers", "campo1")
    stage.bring("calls", "inclusion1")
    with stage.acting("direccion1") as work:
        call = work.reader().one(CALL, programme=work.programme.id, code="SEMILLA-2025", version="1")
        approving = ApproveCall(
            key=stage.key("call"), code=call.code, version=call.version, content_hash=call.content_hash
        )
        approve_call(work, approving)


def verify_accounts(stage: Stage, suffix: str = "") -> None:
    """A second person compares each account with its certificate."""
    keys = [row["cuenta"] for row in stage.rows(f"payout_accounts{suffix}")]
    for name, account in stage.numbers("payout_accounts", "payout_accounts", keys).items():
        with stage.acting("aprueba1") as work:
            verify_payout_account(
                work, VerifyPayoutAccount(key=stage.key("account", name), account=Key(account))
            )


def plans(stage: Stage) -> None:
    """Business plans with their items, sales, costs and risks."""
    stage.bring("plans", "inclusion1")


def verify_plans(stage: Stage, visited_on: date, without: frozenset[str], suffix: str = "") -> None:
    """The verification visits, by somebody who wrote none of the plans."""
    keys = [row["plan"] for row in stage.rows(f"plans{suffix}") if row["plan"] not in without]
    for name, number in stage.numbers("plans", "plans", keys).items():
        with stage.acting("campo2") as work:
            verify_plan(
                work, VerifyPlan(key=stage.key("verified", name), number=number, visited_on=visited_on)
            )


def verify_lowered(stage: Stage) -> None:
    """Plans brought down to what the committee approved are looked through by somebody who did not write them."""
    verify_plans(stage, stage.clock.now().date(), frozenset(), suffix="_lower")
