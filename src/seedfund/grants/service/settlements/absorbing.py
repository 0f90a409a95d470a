"""A cost that a donor refuses, borne by a fund of the organisation's own: under two persons, on the donor's letter.

Accounting: row 30. The donor's fund is owed the money; it comes with a transfer of cash between the funds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import ProposalMade, approved_content, write_exception, write_proposal
from seedfund.funds.queries import fund_facts
from seedfund.grants.rules.settling_up import COST_LETTER, COST_OTHER_CURRENCY, CostSource, check_cost
from seedfund.grants.service.common import LoadedPart, load_grant, load_parts
from seedfund.grants.service.settlements.claims import asked_amount, note_change
from seedfund.grants.service.settlements.excess import is_on_file
from seedfund.grants.service.settling import settle_demands
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, zero
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.accounts import PARTICIPANT
from seedfund.ledger.rules.events import refunds
from seedfund.ledger.rules.positions import shared
from seedfund.ledger.rules.posting import EntryDraft, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import EvidenceKind, read_sha256
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

KIND: Final = "cost_absorbed"
PROPOSERS: Final = (Role.FINANCE_OFFICER, Role.PROGRAMME_MANAGER)
APPROVERS: Final = (Role.FINANCE_APPROVER, Role.DIRECTOR)


@dataclass(frozen=True, kw_only=True)
class CostTerms:
    """What of a grant the donor of `fund` refuses and `own_fund` bears; `reason` names nobody.

    `source` is how the cost stands now; `letter_sha256` the donor's letter, a file on record.
    """

    grant: str
    fund: str
    own_fund: str
    source: CostSource
    amount: Money
    reason: str
    letter_sha256: str


@dataclass(frozen=True, kw_only=True)
class ProposeAbsorption(Command):
    """A refused cost that the organisation shall bear itself."""

    cost: CostTerms


@dataclass(frozen=True, kw_only=True)
class AbsorbCost(Command):
    """The number of the proposal that a second person approves."""

    number: str


@dataclass(frozen=True, kw_only=True)
class CostAbsorbed:
    """The grant, what the own fund bears of it, the demands that closed, and the entry."""

    grant: str
    own_fund: str
    amount: Money
    closed: tuple[str, ...]
    entry: str


@verb("grants.propose_absorption", roles=PROPOSERS)
def propose_absorption(unit: Unit, command: ProposeAbsorption) -> ProposalMade:
    """Propose that a fund of the organisation's own bears a refused cost; a second person approves.

    Raises:
        NotFound: there is no such grant or fund.
        InvalidInput: the amount is in another currency, or the SHA-256 is none.
        Refused: `cost_nothing`, `cost_exceeded`, `cost_same_donor`, `cost_other_currency`, `cost_letter`,
            `reason_missing`.
    """
    cost = command.cost
    grant = load_grant(unit, cost.grant)
    asked_amount(cost.amount, zero(grant.currency))
    read_sha256(cost.letter_sha256, field="letter_sha256")
    also = [*_check(unit, cost, load_parts(unit, grant)), *check_reason(cost.reason)]
    today = unit.work.today()
    return write_proposal(unit, KIND, content=encode(cost, []), effective_from=today, also=also)


@verb("grants.absorb_cost", roles=APPROVERS)
def absorb_cost(unit: Unit, command: AbsorbCost) -> CostAbsorbed:
    """Let the own fund bear a cost as the second person (accounting: row 30); what it had spent is available again.

    Open on a grant in any state: a donor refuses long after the close. It stands on the exceptions page.

    Raises:
        NotFound: there is no such proposal.
        Refused: `proposal_own`, `proposal_decided`, `proposal_kind`, and what the proposal can be refused for.
    """
    asked = approved_content(unit, command.number.strip().upper(), kind=KIND)
    cost = decode(CostTerms, asked.content)
    grant = load_grant(unit, cost.grant)
    parts = load_parts(unit, grant)
    refuse(_check(unit, cost, parts))
    reason = cost.reason.strip()
    rows = tuple(_rows(unit, cost, parts))
    entry = write_entry(
        unit, EntryDraft(event="cost_absorbed", subject=asked.number, postings=rows, reason=reason)
    )
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind=KIND,
        subject_number=grant.number,
        reason=reason,
        facts={"amount": str(cost.amount), "fund": cost.fund, "own_fund": cost.own_fund},
    )
    closed = settle_demands(unit, grant, state="lifted") if cost.source is CostSource.CLAIMS else []
    before = Money(sum(_borne(unit, cost, parts)), grant.currency)
    note_change(unit, grant, cost.source.value, before=before, after=before - cost.amount)
    return CostAbsorbed(
        grant=grant.number,
        own_fund=cost.own_fund,
        amount=cost.amount,
        closed=tuple(closed),
        entry=entry.number,
    )


def _check(unit: Unit, cost: CostTerms, parts: Sequence[LoadedPart]) -> list[Refusal]:
    fund = fund_facts(unit, unit.programme.id, cost.fund)
    own = fund_facts(unit, unit.programme.id, cost.own_fund)
    refusals = check_cost(
        cost.grant,
        amount=cost.amount,
        borne=Money(sum(_borne(unit, cost, parts)), cost.amount.currency),
        fund=fund.code,
        own_fund=own.code,
        is_same_donor=fund.donor == own.donor,
    )
    if own.currency != cost.amount.currency:
        refusals.append(
            COST_OTHER_CURRENCY(own_fund=own.code, number=cost.grant, currency=cost.amount.currency)
        )
    sha256 = read_sha256(cost.letter_sha256, field="letter_sha256")
    if not is_on_file(unit, sha256, EvidenceKind.DONOR_LETTER):
        refusals.append(COST_LETTER(number=cost.grant))
    return refusals


def _borne(unit: Unit, cost: CostTerms, parts: Sequence[LoadedPart]) -> list[int]:
    """What each part bears of that kind in the refusing donor's fund; zero in the parts of others."""
    fund = fund_facts(unit, unit.programme.id, cost.fund).id
    return [_standing(item, cost.source, fund) for item in parts]


def _standing(item: LoadedPart, source: CostSource, fund: Key) -> int:
    if item.row.fund_id != fund:
        return 0
    if source is CostSource.CLAIMS:
        return item.position.claims.get(PARTICIPANT, 0)
    return item.position.expense if source is CostSource.EXPENSE else item.position.write_offs


def _rows(unit: Unit, cost: CostTerms, parts: Sequence[LoadedPart]) -> list[Posting]:
    own = fund_facts(unit, unit.programme.id, cost.own_fund)
    rows: list[Posting] = []
    for item, minor in zip(parts, shared(cost.amount.minor, _borne(unit, cost, parts)), strict=True):
        if minor:
            rows += refunds.absorb(
                item.position,
                minor,
                source=cost.source.value,
                fund=cost.fund,
                own_book=own.book_id,
                own_fund=own.code,
            )
    return rows


COMMANDS: Final[tuple[Any, ...]] = (propose_absorption, absorb_cost)
