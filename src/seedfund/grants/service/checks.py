"""Judging payments, many at once: everything they stand on is read in batches and handed to the rules.

Used when a list is prepared and again when it is released; what changed in between counts.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.funds.queries import BenefitInForce, benefit_by_id, funds_by_id
from seedfund.grants.queries.grants import GrantRow, PartRow, parts_of
from seedfund.grants.queries.payments import PaidTo, failed_of
from seedfund.grants.queries.standing import Moment, TrancheFacts, tranche_facts
from seedfund.grants.rules.facts import Finding
from seedfund.grants.rules.payments import (
    TRANCHE_MISSING,
    FailedPayment,
    FundPeriod,
    PaymentFacts,
    check_payment,
)
from seedfund.grants.rules.receiving import check_receiver
from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.rules.positions import PartPosition
from seedfund.people.queries import payout_accounts
from seedfund.store.unit import Unit

APPROVED: Final = "approved"


@dataclass(frozen=True, slots=True)
class Wished:
    """A payment to be judged: `listed` is what of its tranche stands in this very list already, itself included."""

    grant_id: Key
    position: int
    amount: Money
    listed: Money
    payee: PaidTo | None
    retry_of: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What payments of a batch of grants are judged by."""

    grants: Mapping[Key, GrantRow]
    tranches: Mapping[Key, Sequence[TrancheFacts]]
    parts: Mapping[Key, Sequence[PartRow]]
    periods: Mapping[Key, FundPeriod]
    usable: Collection[Key]
    failed: Mapping[tuple[Key, int], Sequence[FailedPayment]]
    benefits: Mapping[Key, BenefitInForce]

    def tranche(self, grant_id: Key, position: int) -> TrancheFacts | None:
        """A tranche in force, or None where the schedule has no such place."""
        tranches = self.tranches[grant_id]
        return tranches[position - 1] if 1 <= position <= len(tranches) else None

    def positions(self, grant_id: Key) -> Sequence[PartPosition]:
        """Where the parts of a grant stand; none where it has no tranche in force."""
        tranches = self.tranches[grant_id]
        return tranches[0].positions if tranches else ()


def read_grounds(unit: Unit, grants: Mapping[Key, GrantRow], payees: Sequence[PaidTo | None]) -> Grounds:
    """Read all that payments of these grants to these payees are judged by."""
    ids = list(grants)
    parts = parts_of(unit, ids)
    funds = funds_by_id(unit, sorted({part.fund_id for rows in parts.values() for part in rows}))
    people = [row.participant_id for row in payees if row is not None and row.participant_id is not None]
    accounts = payout_accounts(unit, people)
    benefits = {row.benefit_type_id for row in grants.values()}
    moment = Moment(on=unit.occurred_on, now=unit.now, zone=unit.programme.zone)
    return Grounds(
        grants=grants,
        tranches=tranche_facts(unit, list(grants.values()), moment),
        parts=parts,
        periods={key: FundPeriod(fund.code, fund.period) for key, fund in funds.items()},
        usable={one.id for rows in accounts.values() for one in rows if one.is_usable(unit.now)},
        failed=failed_of(unit, ids),
        benefits={key: benefit_by_id(unit, key) for key in sorted(benefits)},
    )


def check_wished(unit: Unit, grounds: Grounds, wished: Sequence[Wished]) -> list[Refusal]:
    """Every reason against these payments, payment by payment."""
    return [refusal for one in wished for refusal in _check(unit, grounds, one)]


def _check(unit: Unit, grounds: Grounds, wished: Wished) -> list[Refusal]:
    grant = grounds.grants[wished.grant_id]
    tranche = grounds.tranche(wished.grant_id, wished.position)
    if tranche is None:
        return [TRANCHE_MISSING(number=grant.number, position=wished.position)]
    signed = tranche.facts.agreement
    payee = wished.payee if wished.payee is not None and wished.payee.state == APPROVED else None
    account = None if payee is None else payee.payout_account_id
    findings, rest = _without_own(tranche, wished)
    return check_payment(
        PaymentFacts(
            number=grant.number,
            position=wished.position,
            wanted=wished.amount,
            rest=rest,
            day=unit.occurred_on,
            findings=findings,
            signed_on=None if signed is None else signed.signed_on,
            needs_agreement=bool(grounds.benefits[grant.benefit_type_id].terms.agreement_kind),
            funds=[grounds.periods[part.fund_id] for part in grounds.parts[grant.id]],
            delivery=tranche.tranche.delivery,
            payee_kind="" if payee is None else payee.kind,
            is_account_usable=account is None or account in grounds.usable,
            payee_gaps=() if payee is None else _payee_gaps(tranche, payee, unit.occurred_on),
            failed=grounds.failed.get((grant.id, wished.position), ()),
            retry_of=wished.retry_of,
        )
    )


def _payee_gaps(facts: TrancheFacts, payee: PaidTo, day: date) -> tuple[Refusal, ...]:
    return check_receiver(facts.receiving.payee(facts.grant, payee.participant_id, payee.method), day)


def _without_own(facts: TrancheFacts, wished: Wished) -> tuple[Sequence[Finding], Money]:
    """The findings and the rest of a tranche as if this list did not exist: it must not stand in its own way."""
    place = wished.position - 1
    standing = facts.standing
    own = standing.tranches[place]
    if wished.listed:
        own = own.with_in_payment(own.in_payment - wished.listed)
        standing = standing.with_tranche(own)
    return facts.findings(standing), own.rest
