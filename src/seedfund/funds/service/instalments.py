"""Instalments: money a donor sent, or took back; facts, always taken in (accounting: rows 1 and 2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from seedfund.approvals.rules.proposals import check_reason
from seedfund.funds.queries.funds import (
    BankAccountFacts,
    FundFacts,
    InstalmentRow,
    bank_account,
    fund_facts,
    instalments_of,
)
from seedfund.funds.rules.budgets import INSTALMENT_RECORDED, check_amount, check_bank, check_donor_amount
from seedfund.funds.rules.words import RecallReason
from seedfund.funds.service.posting import day_that_came, file_paper, note_irregular, post
from seedfund.funds.tables import Instalment, InstalmentRecall
from seedfund.kernel.errors import NotFound, Refusal, refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import funds as events
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.register.rules import EvidenceKind
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

RECORDERS = (Role.FINANCE_OFFICER, Role.RECONCILER)


@dataclass(frozen=True, kw_only=True)
class RecordInstalment(Command):
    """Money that came in, gross, in the fund's currency; the bank's charge is recorded on its own.

    When the donor sent another currency, its amount, the rate as written on the advice and the rate's source are kept.
    """

    fund: str
    bank_account: str
    amount: Money
    received_on: date | None = None
    number: int | None = None
    donor_amount: Money | None = None
    rate: str = ""
    rate_source: str = ""
    evidence_sha256: str | None = None


@dataclass(frozen=True, kw_only=True)
class InstalmentRecorded:
    """The instalment's number in its fund, its entry, what is odd about it, and the papers still missing."""

    fund: str
    number: int
    entry: str
    is_irregular: bool
    papers_missing: tuple[str, ...]


@verb("funds.record_instalment", roles=RECORDERS)
def record_instalment(unit: Unit, command: RecordInstalment) -> InstalmentRecorded:
    """Record an instalment of a donor. One outside the fund's period, or like another one, is taken in and flagged.

    Raises:
        NotFound: there is no such fund or account.
        InvalidInput: the day lies in the future, or the SHA-256 is none.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`,
            `donor_amount_incomplete`, `instalment_recorded`.
    """
    fund = fund_facts(unit, unit.programme.id, command.fund)
    bank = bank_account(unit, unit.programme.id, command.bank_account)
    known = instalments_of(unit, fund.id)
    number = command.number or max((one.number for one in known), default=0) + 1
    received_on = day_that_came(unit, command.received_on, field="received_on")
    taken = [INSTALMENT_RECORDED(number=number, fund=fund.code) for one in known if one.number == number]
    refuse([*_check(command, fund, bank), *taken])
    subject = f"{fund.code}/{number}"
    is_irregular = note_irregular(unit, subject, _odd(command, fund, known, received_on))
    paper, described = command.evidence_sha256, f"instalment {subject}"
    sha256, missing = file_paper(
        unit, "instalment", paper, kind=EvidenceKind.BANK_ADVICE, description=described
    )
    rows = events.receive_instalment(fund.cash(bank), fund.donor, command.amount.minor)
    draft = EntryDraft(event="instalment_received", postings=rows, subject=subject, value_date=received_on)
    posted = post(unit, draft)
    unit.insert(
        Instalment,
        id=unit.key(),
        fund_id=fund.id,
        number=number,
        amount_minor=command.amount.minor,
        bank_account_id=bank.id,
        received_on=received_on,
        **_donor_amount(command),
        evidence_sha256=sha256,
        is_irregular=is_irregular,
        entry_id=posted.id,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    noted = {"amount": str(command.amount), "entry": posted.number, **_donor_amount(command)}
    unit.created("sf_instalment", subject, noted)
    return InstalmentRecorded(
        fund=fund.code,
        number=number,
        entry=posted.number,
        is_irregular=is_irregular,
        papers_missing=missing,
    )


def _check(command: RecordInstalment, fund: FundFacts, bank: BankAccountFacts) -> list[Refusal]:
    return [
        *check_amount(fund.code, fund.currency, command.amount),
        *check_bank(fund.code, fund.currency, code=bank.code, kept=bank.currency),
        *check_donor_amount(command.donor_amount, command.rate, command.rate_source),
    ]


def _donor_amount(command: RecordInstalment) -> dict[str, int | str | None]:
    donor = command.donor_amount
    return {
        "donor_minor": donor.minor if donor else None,
        "donor_currency": donor.currency if donor else None,
        "rate": command.rate.strip() if donor else None,
        "rate_source": command.rate_source.strip() if donor else None,
    }


def _odd(
    command: RecordInstalment, fund: FundFacts, known: list[InstalmentRow], received_on: date
) -> Iterator[str]:
    """What is odd about an instalment, in words for the exceptions page."""
    if received_on not in fund.period:
        yield "received outside the fund's period"
    for one in known:
        twin = (one.amount_minor, one.received_on, one.bank_account)
        if twin == (command.amount.minor, received_on, command.bank_account) and not one.recalled_minor:
            yield f"like instalment {one.number}: same amount, day and account"


@dataclass(frozen=True, kw_only=True)
class RecallInstalment(Command):
    """What a donor took back of an instalment, or what had been entered twice; from its account unless told."""

    fund: str
    number: int
    amount: Money
    kind: RecallReason
    reason: str
    bank_account: str | None = None
    evidence_sha256: str | None = None


@verb("funds.recall_instalment", roles=RECORDERS)
def recall_instalment(unit: Unit, command: RecallInstalment) -> InstalmentRecorded:
    """Record that an instalment, or part of it, went back; cash already spent leaves a named shortfall (row 40).

    Raises:
        NotFound: there is no such instalment or account.
        InvalidInput: the SHA-256 is none.
        Refused: `amount_not_above_zero`, `fund_other_currency`, `bank_account_other_currency`, `reason_missing`,
            `balance_too_low` when the donor never gave as much.
    """
    fund = fund_facts(unit, unit.programme.id, command.fund)
    one = _instalment(unit, fund, command.number)
    bank = bank_account(unit, unit.programme.id, command.bank_account or one.bank_account)
    refuse(
        [
            *check_amount(fund.code, fund.currency, command.amount),
            *check_bank(fund.code, fund.currency, code=bank.code, kept=bank.currency),
            *check_reason(command.reason),
        ]
    )
    subject = f"{fund.code}/{one.number}"
    left = one.amount_minor - one.recalled_minor
    odd = ["more than is left of the instalment"] if command.amount.minor > left else []
    is_irregular = note_irregular(unit, subject, odd)
    entry, missing = _post_recall(
        unit, command, fund, bank=bank, instalment_id=one.id, is_irregular=is_irregular
    )
    return InstalmentRecorded(
        fund=fund.code,
        number=one.number,
        entry=entry,
        is_irregular=is_irregular,
        papers_missing=missing,
    )


def _instalment(unit: Unit, fund: FundFacts, number: int) -> InstalmentRow:
    found = next((one for one in instalments_of(unit, fund.id) if one.number == number), None)
    if found is None:
        raise NotFound(what="instalment", which=f"{fund.code}/{number}")
    return found


def _post_recall(
    unit: Unit,
    command: RecallInstalment,
    fund: FundFacts,
    *,
    bank: BankAccountFacts,
    instalment_id: Key,
    is_irregular: bool,
) -> tuple[str, tuple[str, ...]]:
    subject = f"{fund.code}/{command.number}"
    sha256, missing = file_paper(
        unit,
        "instalment_recalled",
        command.evidence_sha256,
        kind=EvidenceKind.DONOR_LETTER,
        description=f"recall of instalment {subject}",
    )
    draft = EntryDraft(
        event="instalment_recalled",
        postings=events.recall_instalment(fund.cash(bank), fund.donor, command.amount.minor),
        subject=subject,
        reason=command.reason,
    )
    posted = post(unit, draft)
    unit.insert(
        InstalmentRecall,
        id=unit.key(),
        instalment_id=instalment_id,
        amount_minor=command.amount.minor,
        kind=command.kind.value,
        reason=command.reason.strip(),
        evidence_sha256=sha256,
        is_irregular=is_irregular,
        entry_id=posted.id,
        occurred_on=unit.occurred_on,
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created("sf_instalment_recall", subject, {"amount": str(command.amount), "entry": posted.number})
    return posted.number, missing
