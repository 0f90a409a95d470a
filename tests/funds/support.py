"""A programme with two funders, as the tests of funds need it."""

from datetime import date
from itertools import count

from seedfund.approvals.rules.policy import Profile
from seedfund.approvals.rules.presets import preset
from seedfund.approvals.service.policies import ApprovePolicy, ProposePolicy, approve_policy, propose_policy
from seedfund.funds.queries import FundFacts, LineRow, bank_accounts, fund_facts, lines_of
from seedfund.funds.rules.benefits import BenefitTerms
from seedfund.funds.rules.words import BankAccountKind, BenefitUnit, LineKind
from seedfund.funds.service import (
    add_budget_line,
    allot_budget,
    approve_benefit_type,
    define_benefit_type,
    open_bank_account,
    open_fund,
    record_instalment,
    register_donor,
)
from seedfund.funds.service.benefits import ApproveBenefitType, DefineBenefitType
from seedfund.funds.service.budgets import AllotBudget
from seedfund.funds.service.instalments import RecordInstalment
from seedfund.funds.service.opening import AddBudgetLine, OpenBankAccount, OpenFund, RegisterDonor
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.ledger.queries.locked import holds
from seedfund.ledger.rules.accounts import AccountRef, Part
from seedfund.ledger.rules.events import grants
from seedfund.ledger.rules.posting import Posting
from tests.ledger.support import post
from tests.support.programme import House

KEYS = count(1)
STARTS, ENDS = date(2026, 1, 1), date(2027, 7, 1)


def key() -> str:
    """A fresh command key."""
    return f"funds:{next(KEYS)}"


def usd(units: int) -> Money:
    """Whole dollars."""
    return Money(units * 100, "USD")


def opened(house: House, code: str = "UNHCR", *, currency: str = "USD") -> None:
    """A donor and a fund of one code, with a grant line A1, a grant line A2 and a line of charges."""
    with house.work("finance") as work:
        register_donor(work, RegisterDonor(key=key(), code=code, name=f"Donante {code}"))
        open_fund(
            work,
            OpenFund(
                key=key(),
                code=code,
                donor=code,
                name=f"Fondo {code}",
                currency=currency,
                starts=STARTS,
                ends=ENDS,
            ),
        )
        for line, kind in (("A1", LineKind.GRANTS), ("A2", LineKind.GRANTS), ("CH", LineKind.CHARGES)):
            add_budget_line(
                work, AddBudgetLine(key=key(), fund=code, code=line, name=f"Partida {line}", kind=kind)
            )


def bank(house: House, code: str = "BANK", currency: str = "USD") -> None:
    """A bank account."""
    with house.work("finance") as work:
        open_bank_account(
            work,
            OpenBankAccount(
                key=key(), code=code, name="Cuenta corriente", kind=BankAccountKind.BANK, currency=currency
            ),
        )


def funded(house: House, *, received: int = 1_000, allotted: int = 500) -> None:
    """The fund UNHCR with its first instalment in the bank, and A1, A2 and CH allotted alike."""
    opened(house)
    bank(house)
    with house.work("finance") as work:
        record_instalment(
            work, RecordInstalment(key=key(), fund="UNHCR", bank_account="BANK", amount=usd(received))
        )
        for line in ("A1", "A2", "CH"):
            allot_budget(work, AllotBudget(key=key(), fund="UNHCR", line=line, amount=usd(allotted)))


def governed(house: House) -> None:
    """A small policy in force, so that who decides has a ceiling."""
    with house.work("manager") as work:
        number = propose_policy(work, ProposePolicy(key=key(), terms=preset(Profile.SMALL))).number
    with house.work("director") as work:
        approve_policy(work, ApprovePolicy(key=key(), number=number))


def add_operations(house: House, allotted: int) -> None:
    """A line OP for operations, allotted."""
    with house.work("finance") as work:
        add_budget_line(
            work,
            AddBudgetLine(key=key(), fund="UNHCR", code="OP", name="Operación", kind=LineKind.OPERATIONS),
        )
        allot_budget(work, AllotBudget(key=key(), fund="UNHCR", line="OP", amount=usd(allotted)))


def fund(house: House, code: str = "UNHCR") -> FundFacts:
    """The fund as read."""
    with house.work("finance") as work:
        return fund_facts(work.reader(), work.programme.id, code)


def line(house: House, code: str = "A1") -> LineRow:
    """A line of the fund UNHCR as read."""
    with house.work("finance") as work:
        found = lines_of(work.reader(), fund_facts(work.reader(), work.programme.id, "UNHCR").id)
    return next(one for one in found if one.code == code)


def part(house: House, number: int = 1, code: str = "A1") -> Part:
    """A grant's part on a line of the fund UNHCR."""
    return Part(line(house, code).ref, Key(f"{1000 + number:032x}"), f"SC-2026-{number:04d}")


def entry(house: House, event: str, rows: tuple[Posting, ...]) -> tuple[int, ...]:
    """Write an entry of the ledger, as an area above would."""
    return post(house, event, rows).seqs


def bank_of(house: House) -> AccountRef:
    """The fund UNHCR's share of the first bank account."""
    with house.work("finance") as work:
        account = bank_accounts(work.reader(), work.programme.id)[0]
    return fund(house).cash(account)


def sign(house: House, minor: int, *, number: int = 1) -> None:
    """Award and sign a grant on A1."""
    entry(house, "award_decided", grants.award([(part(house, number), minor)]))
    entry(house, "agreement_signed", grants.sign([(part(house, number), minor)]))


def release(house: House, minor: int, *, number: int = 1, needs_receipts: bool = True) -> int:
    """Release a payment; tells the seq of its hold."""
    lot = grants.Lot(part(house, number), minor, bank_of(house))
    return entry(house, "payment_released", grants.release([lot], needs_receipts=needs_receipts))[0]


def deliver(house: House, seq: int, minor: int) -> None:
    """Deliver a payment in full or in part."""
    with house.work("finance") as work:
        found = holds(work.reader(), fund(house).book_id, [seq])
    entry(house, "payment_delivered", grants.deliver(found, minor))


def benefit(house: House, code: str, terms: BenefitTerms, *, series: str = "SC") -> None:
    """A benefit under two persons."""
    with house.work("manager") as work:
        number = define_benefit_type(
            work, DefineBenefitType(key=key(), code=code, series=series, terms=terms)
        ).number
    with house.work("director") as work:
        approve_benefit_type(work, ApproveBenefitType(key=key(), number=number))


SEED = BenefitTerms(
    name_es="Capital semilla",
    name_en="Seed capital",
    unit=BenefitUnit.HOUSEHOLD,
    purpose="seed_capital",
    methods=("bank", "cash"),
    bases=("committee_decision",),
    justification_required=True,
    agreement_kind="convenio",
    one_per_months=18,
)
TRANSFER = BenefitTerms(
    name_es="Transferencia monetaria",
    name_en="Cash transfer",
    unit=BenefitUnit.HOUSEHOLD,
    purpose="consumption",
    methods=("bank",),
    bases=("eligibility_list",),
    justification_required=False,
)
