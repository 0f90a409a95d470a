"""Eligibility: who pays a benefit for which population group, from a day on, under two persons."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.service import ProposalMade, approved_content, write_proposal
from seedfund.funds.queries.benefits import LAST_VERSION
from seedfund.funds.queries.funds import fund_facts
from seedfund.funds.rules.eligibility import Eligible, check_rules
from seedfund.funds.tables import EligibilityRule
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import NotFound
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

KIND: Final = "eligibility"


def _close_rules() -> sa.Update:
    start = sa.bindparam("new_from", type_=sa.Date)
    ended = sa.case((col(EligibilityRule.from_day) > start, col(EligibilityRule.from_day)), else_=start)
    return (
        sa.update(EligibilityRule)
        .where(
            col(EligibilityRule.programme_id) == sa.bindparam("this_programme"),
            col(EligibilityRule.benefit_code) == sa.bindparam("this_benefit"),
            sa.or_(col(EligibilityRule.until_day).is_(None), col(EligibilityRule.until_day) > start),
        )
        .values(until_day=ended)
    )


CLOSE_RULES: Final = Write(_close_rules)


@dataclass(frozen=True, kw_only=True)
class SetEligibility(Command):
    """All the rules of one benefit from a day on; they take the place of those before. No rules: nobody pays it."""

    benefit: str
    rules: tuple[Eligible, ...]
    from_day: date | None = None


@dataclass(frozen=True, kw_only=True)
class _Set:
    benefit: str
    rules: tuple[Eligible, ...]


@verb("funds.set_eligibility", roles=(Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR, Role.DIRECTOR))
def set_eligibility(unit: Unit, command: SetEligibility) -> ProposalMade:
    """Propose who pays a benefit for whom, from a day on (today if not given); a second person approves.

    Raises:
        NotFound: there is no such benefit or fund.
        Refused: every reason at once: `eligibility_payer`, `eligibility_group`, `eligibility_twice`,
            `proposal_backdated`.
    """
    if not unit.one(LAST_VERSION, programme=unit.programme.id, code=command.benefit):
        raise NotFound(what="benefit", which=command.benefit)
    for rule in command.rules:
        if rule.fund:
            fund_facts(unit, unit.programme.id, rule.fund)
    return write_proposal(
        unit,
        KIND,
        content=encode(_Set(benefit=command.benefit, rules=command.rules), []),
        effective_from=command.from_day or unit.work.today(),
        also=check_rules(command.rules),
    )


@dataclass(frozen=True, kw_only=True)
class ApproveEligibility(Command):
    """The proposed rules."""

    number: str


@dataclass(frozen=True, kw_only=True)
class EligibilityApproved:
    """The benefit, how many rules it has now, and from which day on."""

    benefit: str
    rules: int
    from_day: date


@verb("funds.approve_eligibility", roles=(Role.DIRECTOR, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER))
def approve_eligibility(unit: Unit, command: ApproveEligibility) -> EligibilityApproved:
    """Bring the rules of a benefit into force as the second person; those before end on that day.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`.
    """
    proposal = approved_content(unit, command.number, kind=KIND)
    wanted = decode(_Set, proposal.content)
    from_day = max(proposal.effective_from, unit.work.today())
    programme = unit.programme.id
    unit.execute(CLOSE_RULES, this_programme=programme, this_benefit=wanted.benefit, new_from=from_day)
    rows = [
        {
            "id": unit.key(),
            "programme_id": programme,
            "benefit_code": wanted.benefit,
            "population_group": rule.population_group,
            "fund_id": fund_facts(unit, programme, rule.fund).id if rule.fund else None,
            "payer": rule.payer or None,
            "from_day": from_day,
            "until_day": None,
            "proposal_id": proposal.id,
            "proposed_by": proposal.proposed_by,
            "approved_by": unit.actor.id,
        }
        for rule in wanted.rules
    ]
    unit.insert_many(EligibilityRule, rows)
    unit.created(
        "sf_eligibility_rule", wanted.benefit, {"rules": len(rows), "from_day": from_day.isoformat()}
    )
    return EligibilityApproved(benefit=wanted.benefit, rules=len(rows), from_day=from_day)
