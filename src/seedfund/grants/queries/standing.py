"""How tranches stand on a day: everything their conditions are judged by, read in batches and handed to the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.queries import BenefitInForce, benefit_by_id
from seedfund.grants.queries.agreements import AgreementRow, agreements_of, first_signed_on, signed_agreement
from seedfund.grants.queries.attended import read_attended
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.linked import account_under_way, linked_account, read_links
from seedfund.grants.queries.observed import Observed, observed_of
from seedfund.grants.queries.payees import PayeeRow, payees_of
from seedfund.grants.queries.receiving import Receiving, read_receiving
from seedfund.grants.queries.schooled import read_children
from seedfund.grants.queries.sharing import stopped_by_duplicates
from seedfund.grants.queries.tranches import (
    ConditionRow,
    PaidRow,
    TrancheRow,
    conditions_of,
    paid_of,
    tranches_of,
    waivers_of,
)
from seedfund.grants.queries.used import DELIVERED, RUNNING, returned_of, tranche_standing, waiting_of
from seedfund.grants.rules.evaluation import evaluate_all
from seedfund.grants.rules.facts import (
    AttendedCourse,
    ConditionFacts,
    Finding,
    HouseholdChild,
    LinkedAccount,
    PaidBefore,
    SignedAgreement,
    Waiver,
)
from seedfund.grants.rules.payable import (
    GrantStanding,
    TrancheStanding,
    refusals_of,
    standing_findings,
    standing_gaps,
)
from seedfund.grants.rules.receiving import check_owner
from seedfund.kernel.dates import local_date
from seedfund.kernel.errors import Refusal
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.positions import PartPosition
from seedfund.people.queries import PayoutAccountFacts, payout_accounts
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor

if TYPE_CHECKING:
    from seedfund.savings.queries import AccountOnDay

HANDLES: Final = Query(
    lambda key, handle: (Key(key), str(handle)),
    lambda: sa.select(col(Actor.id), col(Actor.handle)).where(
        col(Actor.id).in_(sa.bindparam("ids", expanding=True))
    ),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """The day and instant a tranche is asked about, and the programme's time zone."""

    on: date
    now: datetime
    zone: str


@dataclass(frozen=True, slots=True)
class TrancheFacts:
    """A tranche with all it is judged by."""

    grant: GrantRow
    tranche: TrancheRow
    standing: GrantStanding
    facts: ConditionFacts
    conditions: tuple[ConditionRow, ...]
    waivers: Mapping[int, Waiver]
    positions: Sequence[PartPosition]
    """Where the parts of its grant stand."""
    receiving: Receiving
    """The people behind its grant."""
    payees: Sequence[PayeeRow]
    """The payees of its grant, in every state."""
    accounts: Mapping[Key, PayoutAccountFacts]
    """The accounts of everybody who is paid, in every state."""

    @property
    def rest(self) -> Money:
        """What could still be paid of it."""
        return self.standing.tranches[self.tranche.position - 1].rest

    def findings(self) -> tuple[Finding, ...]:
        """What holds for every tranche, then its own conditions, each met, not met or waived."""
        return (*standing_findings(self.standing, self.tranche.position), *self._conditions())

    def gaps(self, own: TrancheStanding) -> list[Refusal]:
        """What it waits for, in the order of the findings, were the tranche to stand so (without a payment, say)."""
        return [*standing_gaps(self.standing, own), *refusals_of(self._conditions())]

    def _conditions(self) -> tuple[Finding, ...]:
        conditions = [row.condition for row in self.conditions]
        return evaluate_all(conditions, self.facts, waivers=self.waivers)


@dataclass(frozen=True, slots=True)
class _Read:
    """All rows of a batch of grants, by key."""

    tranches: Mapping[Key, list[TrancheRow]]
    conditions: Mapping[Key, list[ConditionRow]]
    paid: Mapping[Key, list[PaidRow]]
    waivers: Mapping[Key, Mapping[tuple[int, str], Waiver]]
    observed: Observed
    agreements: Mapping[Key, list[AgreementRow]]
    payees: Mapping[Key, list[PayeeRow]]
    accounts: Mapping[Key, tuple[PayoutAccountFacts, ...]]
    links: Mapping[Key, tuple["AccountOnDay", ...]]
    attended: Mapping[Key, tuple[AttendedCourse, ...]]
    children: Mapping[Key, tuple[HouseholdChild, ...]]
    by_account: Mapping[Key, PayoutAccountFacts]
    stopped: frozenset[Key]
    positions: Mapping[Key, list[PartPosition]]
    benefits: Mapping[Key, BenefitInForce]
    receiving: Receiving
    handles: Mapping[Key, str]


@dataclass(frozen=True, slots=True)
class Known:
    """What of grants others ask for too: their benefits by the key of the type, their payments by grant."""

    benefits: Mapping[Key, BenefitInForce]
    paid: Mapping[Key, list[PaidRow]]


def read_known(reader: Reader, grants: Sequence[GrantRow]) -> Known:
    """Read what these grants are of, and what was paid of them."""
    types = sorted({grant.benefit_type_id for grant in grants})
    return Known(
        {key: benefit_by_id(reader, key) for key in types},
        paid_of(reader, [grant.id for grant in grants]),
    )


def tranche_facts(
    reader: Reader,
    grants: Sequence[GrantRow],
    moment: Moment,
    known: Known | None = None,
) -> dict[Key, list[TrancheFacts]]:
    """Every tranche in force of these grants with its facts, by grant, in order; what is `known` is not read again."""
    read = _read(reader, grants, moment, known or read_known(reader, grants))
    return {grant.id: _of_grant(grant, read, moment) for grant in grants}


def _read(reader: Reader, grants: Sequence[GrantRow], moment: Moment, known: Known) -> _Read:
    ids = [grant.id for grant in grants]
    people = list(dict.fromkeys(grant.participant_id for grant in grants))
    tranches, payees = tranches_of(reader, ids), payees_of(reader, ids)
    agreements = agreements_of(reader, ids)
    conditions = conditions_of(reader, [row.id for rows in tranches.values() for row in rows])
    paid_people = [row.participant_id for rows in payees.values() for row in rows if row.participant_id]
    accounts = payout_accounts(reader, [*people, *paid_people])
    links = read_links(reader, conditions, [*people, *paid_people], moment.on)
    receiving = read_receiving(reader, grants, paid_people)
    actors = {row.signed_by for rows in agreements.values() for row in rows if row.signed_by}
    actors |= {row.verified_by for rows in accounts.values() for row in rows if row.verified_by}
    actors |= {row.verified_by for rows in links.values() for row in rows if row.verified_by}
    return _Read(
        tranches=tranches,
        conditions=conditions,
        paid=known.paid,
        waivers=waivers_of(reader, ids),
        observed=observed_of(reader, grants, conditions),
        agreements=agreements,
        payees=payees,
        accounts=accounts,
        links=links,
        attended=read_attended(reader, conditions, people, moment.on),
        children=read_children(reader, conditions, grants, moment.on),
        by_account={row.id: row for rows in accounts.values() for row in rows},
        stopped=stopped_by_duplicates(reader, grants, payees, receiving.homes),
        positions=positions(reader, ids),
        benefits=known.benefits,
        receiving=receiving,
        handles=dict(reader.among(HANDLES, "ids", sorted(actors))),
    )


def _of_grant(grant: GrantRow, read: _Read, moment: Moment) -> list[TrancheFacts]:
    tranches = read.tranches[grant.id]
    standing = GrantStanding(
        number=grant.number,
        state=grant.state,
        tranches=_standings(grant, read),
        has_duplicate_stop=grant.id in read.stopped,
        on=moment.on,
        owner_gaps=check_owner(read.receiving.owner(grant), moment.on),
    )
    return [
        TrancheFacts(
            grant=grant,
            tranche=row,
            standing=standing,
            facts=_condition_facts(grant, row, read, moment),
            conditions=tuple(read.conditions[row.id]),
            waivers=_waivers(row, read.conditions[row.id], read.waivers[grant.id]),
            positions=read.positions[grant.id],
            receiving=read.receiving,
            payees=read.payees[grant.id],
            accounts=read.by_account,
        )
        for row in tranches
    ]


def _standings(grant: GrantRow, read: _Read) -> tuple[TrancheStanding, ...]:
    rows, paid, parts = read.tranches[grant.id], read.paid[grant.id], read.positions[grant.id]
    returned = returned_of([row.amount_minor for row in rows], paid, parts)
    waiting = {row.position: waiting_of(row, paid) for row in rows}
    free = sum(part.committed for part in parts) - sum(waiting.values())
    bound = {position: free + minor for position, minor in waiting.items()} if grant.state in RUNNING else {}
    is_tied = read.benefits[grant.benefit_type_id].terms.attendance_tied
    return tuple(
        tranche_standing(
            row,
            paid,
            grant.currency,
            returned=returned.get(row.position, 0),
            bound=bound.get(row.position),
            queue=row.delivery if is_tied else "",
        )
        for row in rows
    )


def _condition_facts(grant: GrantRow, tranche: TrancheRow, read: _Read, moment: Moment) -> ConditionFacts:
    signed = signed_agreement(read.agreements[grant.id])
    return ConditionFacts(
        on=moment.on,
        awarded_on=grant.awarded_on,
        paid_before=_paid_before(grant, tranche, read),
        agreement=None
        if signed is None or signed.signed_on is None
        else SignedAgreement(
            number=signed.shown,
            signed_on=first_signed_on(read.agreements[grant.id]) or signed.signed_on,
            recorded_by=read.handles.get(signed.signed_by or Key(""), ""),
        ),
        account=_account(grant, read, moment) or linked_account(_own_links(grant, read), read.handles),
        under_way=account_under_way(_own_links(grant, read)),
        courses=read.attended.get(grant.participant_id, ()),
        evidence=read.observed.evidence(grant),
        owed_visits=read.observed.owed(grant),
        children=read.children.get(grant.id, ()),
        due_on=tranche.due_on,
    )


def _paid_before(grant: GrantRow, tranche: TrancheRow, read: _Read) -> PaidBefore:
    """Receipts are counted over tranches in their order (accounting: finding 20)."""
    needs_receipts = read.benefits[grant.benefit_type_id].terms.justification_required
    delivered = [row for row in read.paid[grant.id] if row.state in DELIVERED and row.delivered_minor]
    if not delivered:
        nothing = zero(grant.currency)
        return PaidBefore(
            disbursed=nothing,
            justified=nothing,
            returned=nothing,
            last_delivered_on=None,
            needs_receipts=needs_receipts,
        )
    earlier = [row for row in delivered if row.position < tranche.position]
    disbursed = sum(row.delivered_minor for row in earlier)
    parts = read.positions[grant.id]
    justified = min(disbursed, sum(part.expense for part in parts))
    gone = sum(row.delivered_minor for row in delivered) - sum(part.spent for part in parts)
    returned = min(disbursed - justified, max(gone, 0))
    days = [row.delivered_on for row in earlier if row.delivered_on is not None]
    return PaidBefore(
        disbursed=Money(disbursed, grant.currency),
        justified=Money(justified, grant.currency),
        returned=Money(returned, grant.currency),
        last_delivered_on=max(days, default=None),
        needs_receipts=needs_receipts,
    )


def _account(grant: GrantRow, read: _Read, moment: Moment) -> LinkedAccount | None:
    """The account of the approved payee; before one is approved, of the person who stands for the owner."""
    approved = [row for row in read.payees[grant.id] if row.state == "approved" and row.participant_id]
    wanted = {row.payout_account_id for row in approved if row.payout_account_id}
    people = [row.participant_id for row in approved if row.participant_id] or [grant.participant_id]
    for person in people:
        for account in read.accounts.get(person, ()):
            if account.is_usable(moment.now) and (not wanted or account.id in wanted):
                since = account.usable_from or moment.now
                return LinkedAccount(
                    ref=f"{account.participant} ({account.method.value})",
                    usable_from=local_date(since, moment.zone),
                    verified_by=read.handles.get(account.verified_by or Key(""), ""),
                )
    return None


def _own_links(grant: GrantRow, read: _Read) -> list["AccountOnDay"]:
    """The accounts that the approved payee linked; before one is approved, the person who stands for the owner."""
    approved = [row for row in read.payees[grant.id] if row.state == "approved" and row.participant_id]
    people = [row.participant_id for row in approved if row.participant_id] or [grant.participant_id]
    return [link for person in people for link in read.links.get(person, ())]


def _waivers(
    tranche: TrancheRow, conditions: Sequence[ConditionRow], waivers: Mapping[tuple[int, str], Waiver]
) -> dict[int, Waiver]:
    return {
        row.position: waivers[tranche.position, row.params]
        for row in conditions
        if (tranche.position, row.params) in waivers
    }
