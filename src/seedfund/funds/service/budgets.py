"""Budgets: a line is allotted, budget moves between lines, a donor cuts a line (accounting: rows 8 to 10)."""

from dataclasses import dataclass

from seedfund.approvals.rules.proposals import check_reason
from seedfund.funds.queries.funds import LineRow, line_row
from seedfund.funds.rules.budgets import SAME_LINE, check_amount
from seedfund.funds.rules.words import BudgetMove
from seedfund.funds.service.posting import file_paper, post
from seedfund.funds.tables import BudgetChange
from seedfund.kernel.errors import refuse
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import funds as events
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry
from seedfund.register.rules import EvidenceKind
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class BudgetChanged:
    """The number of the entry, and the kinds of paper that are still missing."""

    entry: str
    papers_missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AllotBudget(Command):
    """What a budget line gets, on top of what it has."""

    fund: str
    line: str
    amount: Money
    reason: str = ""


@verb("funds.allot_budget", roles=(Role.FINANCE_OFFICER, Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def allot_budget(unit: Unit, command: AllotBudget) -> BudgetChanged:
    """Allot an amount to a budget line: a decision, row 8.

    Raises:
        NotFound: there is no such line.
        Refused: `amount_not_above_zero`, `fund_other_currency`, or what the ledger refuses.
    """
    line = line_row(unit, unit.programme.id, command.fund, command.line)
    refuse(check_amount(line.fund, line.currency, command.amount))
    draft = EntryDraft(
        event="budget_allotted",
        postings=events.allot(line.ref, command.amount.minor),
        subject=_subject(line),
        reason=command.reason,
    )
    posted = post(unit, draft)
    _note(unit, BudgetMove.ALLOTTED, line, posted, amount=command.amount, reason=command.reason)
    return BudgetChanged(entry=posted.number)


@dataclass(frozen=True, kw_only=True)
class ReviseBudget(Command):
    """Budget that moves from one line of a fund to another, and why."""

    fund: str
    from_line: str
    to_line: str
    amount: Money
    reason: str


@verb("funds.revise_budget", roles=(Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def revise_budget(unit: Unit, command: ReviseBudget) -> BudgetChanged:
    """Move budget between two lines: a decision, row 9, never below what is promised on the line it leaves.

    Raises:
        NotFound: there is no such line.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `same_line`, `reason_missing`, `available_too_low`.
    """
    source = line_row(unit, unit.programme.id, command.fund, command.from_line)
    target = line_row(unit, unit.programme.id, command.fund, command.to_line)
    refuse(
        [
            *check_amount(source.fund, source.currency, command.amount),
            *([SAME_LINE(line=source.code)] if source.id == target.id else []),
            *check_reason(command.reason),
        ]
    )
    draft = EntryDraft(
        event="budget_revised",
        postings=events.revise(source.ref, target.ref, command.amount.minor),
        subject=_subject(source),
        reason=command.reason,
    )
    posted = post(unit, draft)
    _note(
        unit, BudgetMove.REVISED, source, posted, amount=command.amount, reason=command.reason, target=target
    )
    return BudgetChanged(entry=posted.number)


@dataclass(frozen=True, kw_only=True)
class RecordDonorCut(Command):
    """What a donor took from a budget line, why, and the SHA-256 of the donor's letter if it is there."""

    fund: str
    line: str
    amount: Money
    reason: str
    evidence_sha256: str | None = None


@verb("funds.record_donor_cut", roles=(Role.FINANCE_OFFICER, Role.PROGRAMME_MANAGER, Role.RECONCILER))
def record_donor_cut(unit: Unit, command: RecordDonorCut) -> BudgetChanged:
    """Record that a donor cut a line: a fact, row 10; where it was promised already, the overrun is named (row 40).

    Raises:
        NotFound: there is no such line.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `reason_missing`.
        InvalidInput: the SHA-256 is none.
    """
    line = line_row(unit, unit.programme.id, command.fund, command.line)
    refuse([*check_amount(line.fund, line.currency, command.amount), *check_reason(command.reason)])
    sha256, missing = file_paper(
        unit,
        "donor_cut",
        command.evidence_sha256,
        kind=EvidenceKind.DONOR_LETTER,
        description=f"cut of {_subject(line)}",
    )
    draft = EntryDraft(
        event="budget_cut",
        postings=events.cut(line.ref, command.amount.minor),
        subject=_subject(line),
        reason=command.reason,
    )
    posted = post(unit, draft)
    _note(unit, BudgetMove.CUT, line, posted, amount=command.amount, reason=command.reason, sha256=sha256)
    return BudgetChanged(entry=posted.number, papers_missing=missing)


def _subject(line: LineRow) -> str:
    return f"{line.fund}/{line.code}"


def _note(
    unit: Unit,
    move: BudgetMove,
    line: LineRow,
    posted: PostedEntry,
    *,
    amount: Money,
    reason: str,
    target: LineRow | None = None,
    sha256: str | None = None,
) -> None:
    unit.insert(
        BudgetChange,
        id=unit.key(),
        line_id=line.id,
        to_line_id=target.id if target else None,
        move=move.value,
        amount_minor=amount.minor,
        reason=reason.strip(),
        evidence_sha256=sha256,
        entry_id=posted.id,
        occurred_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_budget_change", _subject(line), {"move": move, "amount": str(amount)})
