"""What payments are judged by, many at once: read in batches, handed to the rules.

Used to tell why a tranche is not paid yet, when a list is prepared, and again when it is released; what changed in
between counts. All three ask the same function, so that nothing is told to be payable that a list refuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.funds.queries import BenefitInForce, funds_by_id
from seedfund.grants.queries.grants import GrantRow, PartRow, parts_of
from seedfund.grants.queries.late import late_of
from seedfund.grants.queries.payees import PayeeRow
from seedfund.grants.queries.payments import PaidTo, failed_of
from seedfund.grants.queries.standing import Moment, TrancheFacts, read_known, tranche_facts
from seedfund.grants.rules.late import LateMoney
from seedfund.grants.rules.payments import (
    ACCOUNT_RETIRED,
    TRANCHE_MISSING,
    FailedPayment,
    FundPeriod,
    PaidInto,
    PaymentFacts,
    check_payment,
)
from seedfund.grants.rules.receiving import check_receiver
from seedfund.grants.rules.states import RETRIED
from seedfund.grants.rules.words import Delivery, PayeeKind
from seedfund.kernel.dates import local_date
from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.rules.positions import PartPosition
from seedfund.people.queries import PayoutAccountFacts
from seedfund.store.statements import Reader

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
    """What payments of a batch of grants are judged by, at a moment."""

    moment: Moment
    grants: Mapping[Key, GrantRow]
    tranches: Mapping[Key, Sequence[TrancheFacts]]
    parts: Mapping[Key, Sequence[PartRow]]
    periods: Mapping[Key, FundPeriod]
    failed: Mapping[tuple[Key, int], Sequence[FailedPayment]]
    late: Mapping[Key, Sequence[LateMoney]]
    benefits: Mapping[Key, BenefitInForce]

    def tranche(self, grant_id: Key, position: int) -> TrancheFacts | None:
        """A tranche in force, or None where the schedule has no such place."""
        tranches = self.tranches[grant_id]
        return tranches[position - 1] if 1 <= position <= len(tranches) else None

    def positions(self, grant_id: Key) -> Sequence[PartPosition]:
        """Where the parts of a grant stand; none where it has no tranche in force."""
        tranches = self.tranches[grant_id]
        return tranches[0].positions if tranches else ()


def read_grounds(reader: Reader, grants: Mapping[Key, GrantRow], moment: Moment) -> Grounds:
    """Read all that payments of these grants are judged by."""
    ids = list(grants)
    parts = parts_of(reader, ids)
    funds = funds_by_id(reader, sorted({part.fund_id for rows in parts.values() for part in rows}))
    known = read_known(reader, list(grants.values()))
    lost = [key for key, rows in known.paid.items() if any(row.state in RETRIED for row in rows)]
    doubtful = [key for key, rows in known.paid.items() if any(row.is_irregular for row in rows)]
    return Grounds(
        moment=moment,
        grants=grants,
        tranches=tranche_facts(reader, list(grants.values()), moment, known),
        parts=parts,
        periods={key: FundPeriod(fund.code, fund.period) for key, fund in funds.items()},
        failed=failed_of(reader, lost),
        late=late_of(reader, doubtful),
        benefits=known.benefits,
    )


def approved_for(payees: Sequence[PayeeRow], delivery: str) -> list[PaidTo]:
    """The approved payees that can be given what a tranche is given in."""
    return [paid_to(row) for row in _approved_for(payees, delivery)]


def _approved_for(payees: Sequence[PayeeRow], delivery: str) -> list[PayeeRow]:
    kind = PayeeKind.SUPPLIER if delivery == Delivery.IN_KIND else PayeeKind.PARTICIPANT
    return [row for row in payees if row.state == APPROVED and row.kind == kind]


def only_one(payees: Sequence[PaidTo]) -> PaidTo | None:
    """The payee where nobody has to choose."""
    return payees[0] if len(payees) == 1 else None


def paid_to(row: PayeeRow) -> PaidTo:
    """A payee as a payment knows one."""
    return PaidTo(row.id, row.kind, row.state, row.method, row.participant_id, row.payout_account_id)


def check_wished(grounds: Grounds, wished: Sequence[Wished]) -> list[Refusal]:
    """Every reason against these payments, payment by payment."""
    return [refusal for one in wished for refusal in _check(grounds, one)]


def _check(grounds: Grounds, wished: Wished) -> list[Refusal]:
    tranche = grounds.tranche(wished.grant_id, wished.position)
    if tranche is None:
        number = grounds.grants[wished.grant_id].number
        return [TRANCHE_MISSING(number=number, position=wished.position)]
    return check_payment(payment_facts(grounds, tranche, wished))


def payment_facts(grounds: Grounds, tranche: TrancheFacts, wished: Wished) -> PaymentFacts:
    """All that one payment of a tranche is judged by."""
    grant, signed, day = tranche.grant, tranche.facts.agreement, grounds.moment.on
    payee = wished.payee if wished.payee is not None and wished.payee.state == APPROVED else None
    account = None if payee is None else payee.payout_account_id
    gaps, rest = _without_own(tranche, wished)
    receiver = None if payee is None else tranche.receiving.payee(grant, payee.participant_id, payee.method)
    return PaymentFacts(
        number=grant.number,
        position=wished.position,
        wanted=wished.amount,
        rest=rest,
        day=day,
        gaps=gaps,
        signed_on=None if signed is None else signed.signed_on,
        needs_agreement=bool(grounds.benefits[grant.benefit_type_id].terms.agreement_kind),
        funds=[grounds.periods[part.fund_id] for part in grounds.parts[grant.id]],
        delivery=tranche.tranche.delivery,
        payee_kind="" if payee is None else payee.kind,
        method="" if payee is None else payee.method,
        payees=len(_approved_for(tranche.payees, tranche.tranche.delivery)),
        into=None if account is None else _into(account, tranche.accounts, grounds.moment),
        payee_gaps=() if receiver is None else check_receiver(receiver, day),
        failed=grounds.failed.get((grant.id, wished.position), ()),
        late=grounds.late.get(grant.id, ()),
        retry_of=wished.retry_of,
    )


def _into(account: Key, known: Mapping[Key, PayoutAccountFacts], moment: Moment) -> PaidInto:
    """How an account stands; one that is not known any more was retired."""
    found = known.get(account)
    if found is None:
        return PaidInto(account, ACCOUNT_RETIRED)
    is_waiting = not found.is_usable(moment.now) and found.usable_from is not None
    day = local_date(found.usable_from, moment.zone) if is_waiting and found.usable_from else None
    return PaidInto(account, found.state, day)


def _without_own(facts: TrancheFacts, wished: Wished) -> tuple[Sequence[Refusal], Money]:
    """What a tranche waits for, and its rest, as if this list did not exist: it must not stand in its own way."""
    own = facts.standing.tranches[wished.position - 1]
    if wished.listed:
        own = own.with_in_payment(own.in_payment - wished.listed)
    return facts.gaps(own), own.rest
