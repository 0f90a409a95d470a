"""Why not yet: every tranche of a grant with all that holds and all that is missing, who does it, and by when."""

from dataclasses import dataclass
from datetime import date

from seedfund.funds.queries import funds_by_id
from seedfund.grants.queries.agreements import AgreementRow, open_agreement, signatures_of
from seedfund.grants.queries.grants import GrantRow, grant_by_number, parts_of
from seedfund.grants.queries.late import late_of
from seedfund.grants.queries.payees import payees_of
from seedfund.grants.queries.payments import failed_of
from seedfund.grants.queries.standing import Moment, TrancheFacts, tranche_facts
from seedfund.grants.queries.tranches import TrancheRow
from seedfund.grants.rules.awarding import NO_DRAFT
from seedfund.grants.rules.evaluation import AGREEMENT_NOT_SIGNED
from seedfund.grants.rules.facts import Finding, Status
from seedfund.grants.rules.late import check_late
from seedfund.grants.rules.payable import GRANT_NOT_IN_FORCE
from seedfund.grants.rules.payments import OUTSIDE_FUND_PERIOD, PAYEE_MISSING, RETRY_MISSING
from seedfund.grants.rules.signing import PARTIES, SIGNATURES_MISSING
from seedfund.grants.rules.words import AgreementKind, Delivery, PayeeKind
from seedfund.kernel.errors import NotFound, Refusal
from seedfund.kernel.money import Money, zero
from seedfund.kernel.roles import Role
from seedfund.store.statements import Reader
from seedfund.store.work import Work


@dataclass(frozen=True, kw_only=True)
class TrancheExplained:
    """A tranche on a day: what it is worth, what of it is paid or on the way, and how each condition stands.

    `offset` was kept back from it, or set off against another grant, and is not paid.
    `position` 0 stands for a grant that has no schedule in force yet.
    """

    grant: str
    state: str
    position: int
    on: date
    amount: Money
    delivered: Money
    in_payment: Money
    offset: Money
    rest: Money
    due_on: date | None
    findings: tuple[Finding, ...]

    @property
    def is_payable(self) -> bool:
        """Whether nothing stands in the way of listing it for payment."""
        return all(finding.holds for finding in self.findings)

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What stands in the way, in order."""
        return tuple(finding for finding in self.findings if not finding.holds)


def moment_of(work: Work, on: date | None = None) -> Moment:
    """The moment a tranche is asked about: a day (today if not given), and the present instant."""
    return Moment(on=on or work.today(), now=work.clock.now(), zone=work.programme.zone)


def explain_grant(work: Work, number: str, *, on: date | None = None) -> list[TrancheExplained]:
    """Every tranche of a grant, in order; before an agreement is in force, what keeps it from being so.

    Raises:
        NotFound: there is no such grant.
    """
    reader, moment = work.reader(), moment_of(work, on)
    grant = grant_by_number(reader, work.programme.id, number)
    found = tranche_facts(reader, [grant], moment)[grant.id]
    if not found:
        return [_without_schedule(reader, grant, moment.on)]
    hands = _Hands(reader, grant, moment.on)
    return [_explained(item, hands) for item in found]


def explain_tranche(work: Work, number: str, position: int, *, on: date | None = None) -> TrancheExplained:
    """One tranche of a grant by its place, from 1.

    Raises:
        NotFound: there is no such grant, or no such tranche in the schedule in force.
    """
    for explained in explain_grant(work, number, on=on):
        if explained.position in (0, position):
            return explained
    raise NotFound(what="tranche", which=f"{number}/{position}")


class _Hands:
    """What a payment needs besides its tranche: a payee, a fund that pays on the day, no failed or late payment."""

    def __init__(self, reader: Reader, grant: GrantRow, on: date):
        parts = parts_of(reader, [grant.id])[grant.id]
        self._grant, self._on = grant, on
        self._payees = [row for row in payees_of(reader, [grant.id])[grant.id] if row.state == "approved"]
        self._funds = funds_by_id(reader, sorted({part.fund_id for part in parts}))
        self._failed = failed_of(reader, [grant.id])
        self._late = late_of(reader, [grant.id])

    def findings(self, tranche: TrancheRow) -> tuple[Finding, ...]:
        """Payee, fund, failed payments and late money of a tranche, each met or not met."""
        return (
            self._finding("payee_approved", self._payee(tranche), Role.FIELD_OFFICER),
            self._finding("fund_pays", self._fund(), Role.FINANCE_OFFICER),
            self._finding("failed_payments_retried", self._retry(tranche), Role.FINANCE_OFFICER),
            self._finding("late_results_decided", self._undecided(tranche), Role.FINANCE_APPROVER),
        )

    def _payee(self, tranche: TrancheRow) -> Refusal | None:
        wanted = PayeeKind.SUPPLIER if tranche.delivery == Delivery.IN_KIND else PayeeKind.PARTICIPANT
        is_there = any(row.kind == wanted for row in self._payees)
        return None if is_there else PAYEE_MISSING(number=self._grant.number)

    def _fund(self) -> Refusal | None:
        for fund in self._funds.values():
            if self._on not in fund.period:
                return OUTSIDE_FUND_PERIOD(
                    number=self._grant.number,
                    day=self._on,
                    fund=fund.code,
                    start=fund.period.start,
                    last=fund.period.last_day,
                )
        return None

    def _retry(self, tranche: TrancheRow) -> Refusal | None:
        for one in self._failed.get((self._grant.id, tranche.position), ()):
            if not one.retry:
                return RETRY_MISSING(payment=one.number, position=tranche.position, number=self._grant.number)
        return None

    def _undecided(self, tranche: TrancheRow) -> Refusal | None:
        late = self._late.get((self._grant.id, tranche.position), ())
        return next(iter(check_late(self._grant.number, tranche.position, late)), None)

    def _finding(self, code: str, missing: Refusal | None, role: Role) -> Finding:
        if missing is None:
            return Finding(code=code, status=Status.MET, evaluator="seedfund", on=self._on)
        return Finding(code=code, status=Status.NOT_MET, missing=missing, responsible=role)


def _explained(item: TrancheFacts, hands: _Hands) -> TrancheExplained:
    standing = item.standing.tranches[item.tranche.position - 1]
    return TrancheExplained(
        grant=item.grant.number,
        state=item.grant.state,
        position=item.tranche.position,
        on=item.standing.on,
        amount=standing.amount,
        delivered=standing.delivered,
        in_payment=standing.in_payment,
        offset=standing.offset,
        rest=standing.rest,
        due_on=item.tranche.due_on,
        findings=(*item.findings(), *hands.findings(item.tranche)),
    )


def _without_schedule(reader: Reader, grant: GrantRow, on: date) -> TrancheExplained:
    nothing = zero(grant.currency)
    findings = [_gap("grant_in_force", GRANT_NOT_IN_FORCE(number=grant.number, state=grant.state))]
    if grant.state == "awarded":
        findings.append(_gap("agreement_signed", _agreement_gap(reader, grant)))
    return TrancheExplained(
        grant=grant.number,
        state=grant.state,
        position=0,
        on=on,
        amount=grant.awarded,
        delivered=nothing,
        in_payment=nothing,
        offset=nothing,
        rest=grant.awarded if grant.state == "awarded" else nothing,
        due_on=None,
        findings=tuple(findings),
    )


def _agreement_gap(reader: Reader, grant: GrantRow) -> Refusal:
    agreement = open_agreement(reader, grant.id)
    if agreement is None:
        return NO_DRAFT(number=grant.number)
    if agreement.state == "draft":
        return AGREEMENT_NOT_SIGNED()
    missing = _parties_missing(reader, agreement)
    if not missing:
        return AGREEMENT_NOT_SIGNED()
    return SIGNATURES_MISSING(number=agreement.shown, parties=", ".join(missing))


def _parties_missing(reader: Reader, agreement: AgreementRow) -> list[str]:
    there = {row.party for row in signatures_of(reader, [agreement.id])[agreement.id]}
    return [party.value for party in PARTIES[AgreementKind(agreement.kind)] if party.value not in there]


def _gap(code: str, missing: Refusal) -> Finding:
    return Finding(
        code=code, status=Status.NOT_MET, missing=missing, responsible=Role.ECONOMIC_INCLUSION_EXPERT
    )
