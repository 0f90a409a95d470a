"""Why not yet: every tranche of a grant with all that holds and all that is missing, who does it, and by when."""

from dataclasses import dataclass, replace
from datetime import date

from seedfund.grants.queries.agreements import AgreementRow, open_agreement, signatures_of
from seedfund.grants.queries.grants import GrantRow, Suspension, grant_by_number, suspensions
from seedfund.grants.queries.grounds import (
    Grounds,
    Wished,
    approved_for,
    only_one,
    payment_facts,
    read_grounds,
)
from seedfund.grants.queries.payments import payments_by_number
from seedfund.grants.queries.standing import Moment, TrancheFacts
from seedfund.grants.rules.awarding import NO_DRAFT
from seedfund.grants.rules.facts import Finding, Status
from seedfund.grants.rules.payable import GRANT_NOT_IN_FORCE
from seedfund.grants.rules.payments import payment_findings
from seedfund.grants.rules.signing import PARTIES, SIGNATURES_MISSING
from seedfund.grants.rules.waiting import AGREEMENT_NOT_SIGNED
from seedfund.grants.rules.words import AgreementKind
from seedfund.kernel.errors import NotFound, Refusal
from seedfund.kernel.money import Money, zero
from seedfund.kernel.roles import Role
from seedfund.people.queries import sees_restricted
from seedfund.people.queries.restricted import restricted_people
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
    grounds = read_grounds(reader, {grant.id: grant}, moment)
    found = grounds.tranches[grant.id]
    if not found:
        return [_without_schedule(reader, grant, moment.on)]
    told = [_explained(grounds, item) for item in found]
    if grant.state != "suspended":
        return told
    stopped = next(one for one in suspensions(reader, work.programme.id) if one.grant_id == grant.id)
    if _is_hidden(work, grant):
        stopped = replace(stopped, reason="", event="")
    return [
        replace(one, findings=tuple(_since(finding, stopped) for finding in one.findings)) for one in told
    ]


def _is_hidden(work: Work, grant: GrantRow) -> bool:
    """Whether what somebody wrote about the grant is not told to the actor: it is a restricted person's."""
    if sees_restricted(work):
        return False
    return grant.participant_id in restricted_people(work.reader(), work.programme.id)


def _since(finding: Finding, stopped: Suspension) -> Finding:
    """What keeps a suspended grant waiting, with the day, the hand and the reason of its suspension."""
    if finding.code != "grant_in_force":
        return finding
    return replace(finding, evidence=stopped.reason, evaluator=stopped.by, on=stopped.on, event=stopped.event)


def explain_tranche(work: Work, number: str, position: int, *, on: date | None = None) -> TrancheExplained:
    """One tranche of a grant by its place, from 1.

    Raises:
        NotFound: there is no such grant, or no such tranche in the schedule in force.
    """
    for explained in explain_grant(work, number, on=on):
        if explained.position in (0, position):
            return explained
    raise NotFound(what="tranche", which=f"{number}/{position}")


def explain_payment(work: Work, number: str, *, on: date | None = None) -> TrancheExplained:
    """The tranche that a payment is of: on its way, to be paid again, or what else keeps the rest of it back.

    Raises:
        NotFound: there is no such payment.
    """
    row = payments_by_number(work.reader(), work.programme.id, [number])[number.strip().upper()]
    return explain_tranche(work, row.grant, row.position, on=on)


def _explained(grounds: Grounds, item: TrancheFacts) -> TrancheExplained:
    """A tranche as a list would judge all that is left of it, paid to the one who is approved for it."""
    standing = item.standing.tranches[item.tranche.position - 1]
    payee = only_one(approved_for(item.payees, item.tranche.delivery))
    wished = Wished(item.grant.id, item.tranche.position, standing.rest, zero(item.grant.currency), payee)
    facts = payment_facts(grounds, item, wished)
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
        findings=(*item.findings(), *payment_findings(facts)),
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
