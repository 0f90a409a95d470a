"""Donors, funds, budget lines and their moves, bank accounts, instalments, benefits, eligibility. Schema only."""

from datetime import date, datetime

import sqlalchemy as sa

from seedfund.funds.rules.words import (
    POPULATION_GROUPS,
    BankAccountKind,
    Basis,
    BenefitUnit,
    BudgetMove,
    LineKind,
    RecallReason,
    RefundsReturnTo,
)
from seedfund.kernel.ids import Key
from seedfund.store.columns import (
    Table,
    choice,
    day,
    document,
    instant,
    integer,
    minor,
    primary_key,
    reference,
    serial_of,
    text,
    yes_no,
)


class Donor(Table, table=True):
    """Who gives money to the programme."""

    __tablename__ = "sf_donor"
    __table_args__ = (sa.UniqueConstraint("programme_id", "code"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    code: str = text(60)
    name: str = text(200)
    registered_at: datetime = instant()
    registered_by: Key = reference("sf_actor.id", index=False)


class Fund(Table, table=True):
    """A donor's money for a period, in one currency, with its book in the ledger; it ends before `ends`."""

    __tablename__ = "sf_fund"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "code"),
        sa.UniqueConstraint("book_id"),
        sa.CheckConstraint("ends > starts", name="period"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    code: str = text(20)
    donor_id: Key = reference("sf_donor.id")
    name: str = text(200)
    currency: str = text(3)
    starts: date = day()
    ends: date = day()
    basis: str = choice("basis", Basis)
    refunds_return_to: str = choice("refunds_return_to", RefundsReturnTo)
    book_id: int = serial_of("book_id", "sf_book.id")
    opened_at: datetime = instant()
    opened_by: Key = reference("sf_actor.id", index=False)


class BudgetLine(Table, table=True):
    """A line of a fund's budget; its amounts are accounts of the fund's book."""

    __tablename__ = "sf_budget_line"
    __table_args__ = (sa.UniqueConstraint("fund_id", "code"),)
    id: Key = primary_key()
    fund_id: Key = reference("sf_fund.id", index=False)
    code: str = text(60)
    name: str = text(200)
    kind: str = choice("kind", LineKind)
    added_at: datetime = instant()
    added_by: Key = reference("sf_actor.id", index=False)


class BudgetChange(Table, table=True):
    """An allotment, a revision between two lines or a donor's cut, with its reason and entry; append-only."""

    __tablename__ = "sf_budget_change"
    __table_args__ = (
        sa.CheckConstraint("(move = 'revised') = (to_line_id IS NOT NULL)", name="revision_has_two"),
        sa.CheckConstraint("to_line_id <> line_id", name="two_lines"),
    )
    id: Key = primary_key()
    line_id: Key = reference("sf_budget_line.id")
    to_line_id: Key | None = reference("sf_budget_line.id", nullable=True)
    move: str = choice("move", BudgetMove)
    amount_minor: int = minor("amount_minor", least=1)
    reason: str = text(400)
    evidence_sha256: str | None = text(64, nullable=True)
    entry_id: Key = reference("sf_entry.id", index=False)
    occurred_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class BankAccount(Table, table=True):
    """Where money of the organisation lies, over all funds: a bank account, petty cash, an envelope, a float."""

    __tablename__ = "sf_bank_account"
    __table_args__ = (sa.UniqueConstraint("programme_id", "code"),)
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    code: str = text(60)
    name: str = text(200)
    kind: str = choice("kind", BankAccountKind)
    currency: str = text(3)
    opened_at: datetime = instant()
    opened_by: Key = reference("sf_actor.id", index=False)


class Instalment(Table, table=True):
    """Money a donor sent, as a fact; what it was in the donor's currency is kept with its rate. Append-only."""

    __tablename__ = "sf_instalment"
    __table_args__ = (
        sa.UniqueConstraint("fund_id", "number"),
        sa.CheckConstraint(
            "(donor_minor IS NULL) = (donor_currency IS NULL) AND (donor_minor IS NULL) = (rate IS NULL) "
            "AND (rate IS NULL) = (rate_source IS NULL)",
            name="donor_amount_whole",
        ),
    )
    id: Key = primary_key()
    fund_id: Key = reference("sf_fund.id", index=False)
    number: int = integer("number", least=1)
    amount_minor: int = minor("amount_minor", least=1)
    bank_account_id: Key = reference("sf_bank_account.id", index=False)
    received_on: date = day()
    donor_minor: int | None = minor("donor_minor", nullable=True, least=1)
    donor_currency: str | None = text(3, nullable=True)
    rate: str | None = text(40, nullable=True)
    rate_source: str | None = text(120, nullable=True)
    evidence_sha256: str | None = text(64, nullable=True)
    is_irregular: bool = yes_no()
    entry_id: Key = reference("sf_entry.id", index=False)
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class InstalmentRecall(Table, table=True):
    """An instalment, or part of it, that went back or had been entered twice; a fact, append-only."""

    __tablename__ = "sf_instalment_recall"
    id: Key = primary_key()
    instalment_id: Key = reference("sf_instalment.id")
    amount_minor: int = minor("amount_minor", least=1)
    kind: str = choice("kind", RecallReason)
    reason: str = text(400)
    evidence_sha256: str | None = text(64, nullable=True)
    is_irregular: bool = yes_no()
    entry_id: Key = reference("sf_entry.id", index=False)
    occurred_on: date = day()
    recorded_at: datetime = instant()
    recorded_by: Key = reference("sf_actor.id", index=False)


class BenefitType(Table, table=True):
    """A version of a benefit's control regime, in force from a day on, under two persons; append-only."""

    __tablename__ = "sf_benefit_type"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "code", "version"),
        sa.UniqueConstraint("proposal_id"),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_hands"),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    code: str = text(40)
    version: int = integer("version", least=1)
    series: str = text(10)
    unit: str = choice("unit", BenefitUnit)
    justification_required: bool = yes_no()
    terms: str = document()
    terms_hash: str = text(64)
    effective_from: date = day()
    proposal_id: Key = reference("sf_proposal.id", index=False)
    proposed_by: Key = reference("sf_actor.id", index=False)
    approved_by: Key = reference("sf_actor.id", index=False)


class EligibilityRule(Table, table=True):
    """Who pays a benefit for a population group between two days: one of our funds, or a payer outside our books."""

    __tablename__ = "sf_eligibility_rule"
    __table_args__ = (
        sa.CheckConstraint("(fund_id IS NULL) <> (payer IS NULL)", name="one_payer"),
        sa.CheckConstraint("until_day IS NULL OR until_day >= from_day", name="days"),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_hands"),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
        sa.Index("ix_sf_eligibility_rule_benefit", "programme_id", "benefit_code", "population_group"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    benefit_code: str = text(40)
    population_group: str = choice("population_group", POPULATION_GROUPS)
    fund_id: Key | None = reference("sf_fund.id", nullable=True)
    payer: str | None = text(120, nullable=True)
    from_day: date = day()
    until_day: date | None = day(nullable=True)
    proposal_id: Key = reference("sf_proposal.id")
    proposed_by: Key = reference("sf_actor.id", index=False)
    approved_by: Key = reference("sf_actor.id", index=False)
