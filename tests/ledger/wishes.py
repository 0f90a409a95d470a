"""What a life may try: a wish becomes a command, and the rows that an accountant expects of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from seedfund.funds.rules.words import IncomeKind, RecallReason
from seedfund.funds.service import budgets, cash, instalments
from seedfund.kernel.money import Money
from seedfund.ledger.service import loans, money, openings
from seedfund.ledger.service.reversals import ReverseEntry, reverse_entry
from seedfund.store.commands import Command, Verb
from tests.ledger import expected as rows
from tests.ledger.expected import BANK, FUNDS, GRANTS, PETTY, Grant
from tests.ledger.forecast import Forecast, Given, Move, Place, free
from tests.ledger.happening import Happen, happen

RETURNS: Final = ("committed", "available")
SOURCES: Final = ("claims", "advances", "expense", "write_offs")


@dataclass(frozen=True)
class Wish:
    """What somebody tries: `edge` takes exactly what there is, plus so much; `turn` is a choice the kind offers."""

    kind: str
    book: int = 1
    line: str = "A1"
    grant: int = 0
    amount: int = 100
    edge: int | None = None
    part: int = 0
    turn: int = 0
    days_ago: int = 0


@dataclass(frozen=True)
class Asked:
    """A command with its verb and the actor who gives it, and what it means in the accountant's words."""

    verb: Verb[Any, Any]
    command: Command
    given: Given
    on: date


Made = tuple[Verb[Any, Any], type[Command], dict[str, Any], Given]


@dataclass(frozen=True)
class Case:
    """A wish in the world it is wished in."""

    world: Forecast
    wish: Wish

    def __getattr__(self, name: str) -> Any:
        return getattr(self.wish, name)

    @property
    def of(self) -> Grant:
        """The grant."""
        return GRANTS[self.wish.grant]

    @property
    def where(self) -> int:
        """The part, of as many as the grant has."""
        return self.wish.part % len(self.of.parts)

    @property
    def back(self) -> str:
        """Where money that came back goes in the budget."""
        return "available" if self.wish.grant in self.world.ended else RETURNS[self.wish.turn % 2]

    def size(self, room: int) -> int:
        """The amount wished, or what there is and so much more."""
        return self.wish.amount if self.wish.edge is None else max(room + self.wish.edge, 1)

    def cash(self, account: str = BANK) -> int:
        """What a cash account of the book still has."""
        return free(self.world.model, self.wish.book, account)

    def at(self, code: str) -> int:
        """What stands on an account of the book."""
        return self.world.model.balance(self.wish.book, code)

    def open(self, *kinds: str) -> int:
        """What stands on accounts of the grant."""
        return sum(sum(self.of.balances(self.world.model, kind)) for kind in kinds)


# Funds ----------------------------------------------------------------------------------------------------------------


def _fund(
    verb: Verb[Any, Any], made: type[Command], moves: Sequence[Move], actor: str = "finance", **fields: Any
) -> Made:
    (move, *_) = moves
    fields = {"fund": FUNDS[move.book], "amount": Money(move.amount, "USD"), **fields}
    return verb, made, fields, Given(actor, moves)


def _instalment(case: Case) -> Made:
    moves = rows.received(case.book, f"contributions:{FUNDS[case.book]}", case.size(400))
    return _fund(instalments.record_instalment, instalments.RecordInstalment, moves, bank_account="BANK")


def _recall(case: Case) -> Made:
    moves = rows.recalled(case.book, case.size(case.at(f"contributions:{FUNDS[case.book]}")))
    more: dict[str, Any] = {"number": 1, "kind": RecallReason.RECALLED, "reason": "letter"}
    return _fund(instalments.recall_instalment, instalments.RecallInstalment, moves, **more)


def _income(case: Case) -> Made:
    moves = rows.received(case.book, "income:interest", case.size(10))
    return _fund(cash.record_income, cash.RecordIncome, moves, bank_account="BANK", kind=IncomeKind.INTEREST)


def _charge(case: Case) -> Made:
    moves = rows.spent(case.book, "CH", case.size(case.at("available:CH")))
    return _fund(cash.record_charge, cash.RecordCharge, moves, bank_account="BANK", line="CH")


def _spend(case: Case) -> Made:
    moves = rows.spent(case.book, "OP", case.size(case.cash()))
    return _fund(
        cash.record_spending, cash.RecordSpending, moves, bank_account="BANK", line="OP", reason="rent"
    )


def _short(case: Case) -> Made:
    custodian = "cashier" if case.turn % 2 else ""
    moves = rows.taken(
        case.book, PETTY, f"claims:{custodian}" if custodian else "losses:CASH", case.size(case.cash(PETTY))
    )
    more = {"bank_account": "PETTY", "custodian": custodian, "reason": "count"}
    return _fund(cash.record_cash_short, cash.RecordCashShort, moves, **more)


def _move(case: Case) -> Made:
    is_shown = case.turn % 2 == 1
    moves = rows.moved(case.book, case.size(case.cash()), is_shown=is_shown)
    actor = "reconciler" if is_shown else "finance"
    more = {"bank_account": "BANK", "to_account": "PETTY", "is_shown": is_shown}
    return _fund(cash.move_cash, cash.MoveCash, moves, actor, **more)


def _allot(case: Case) -> Made:
    moves = rows.allotted(case.book, case.line, case.size(300))
    return _fund(budgets.allot_budget, budgets.AllotBudget, moves, line=case.line)


def _revise(case: Case) -> Made:
    target = "A2" if case.line == "A1" else "A1"
    moves = rows.revised(case.book, case.line, target, case.size(case.at(f"available:{case.line}")))
    more = {"from_line": case.line, "to_line": target, "reason": "plan"}
    return _fund(budgets.revise_budget, budgets.ReviseBudget, moves, "manager", **more)


def _cut(case: Case) -> Made:
    moves = rows.cut(case.book, case.line, case.size(case.at(f"allotted:{case.line}")))
    actor = "manager" if case.turn % 2 else "finance"
    return _fund(
        budgets.record_donor_cut, budgets.RecordDonorCut, moves, actor, line=case.line, reason="letter"
    )


def _between_funds(case: Case) -> Made:
    book, repays = case.book, case.turn % 2
    room = (
        min(case.at(f"due_from:{FUNDS[3 - book]}"), free(case.world.model, 3 - book, BANK))
        if repays
        else case.cash()
    )
    amount = case.size(room)
    moves = rows.repaid(book, amount) if repays else rows.lent(book, amount)
    verb, made = (
        (loans.repay_loan, loans.RepayLoan) if repays else (loans.lend_between_funds, loans.LendBetweenFunds)
    )
    fields = {"lender": FUNDS[book], "borrower": FUNDS[3 - book], "amount": Money(amount, "USD")}
    fields |= {"lender_account": "BANK", "borrower_account": "BANK"} | (
        {} if repays else {"authority": "letters"}
    )
    return verb, made, fields, Given("finance", moves)


def _tax(case: Case) -> Made:
    amount = case.size(case.at("withheld:IVA"))
    fields = {"book": FUNDS[case.book], "account": "BANK", "tax": "IVA", "amount": Money(amount, "USD")}
    given = Given("finance", rows.paid_out(case.book, "withheld:IVA", amount))
    return money.pay_withheld_tax, money.PayWithheldTax, fields, given


def _claim(case: Case) -> Made:
    debtor = "cashier" if case.turn % 2 else "provider"
    amount, code = case.size(case.at(f"claims:{debtor}")), f"claims:{debtor}"
    fields = {"book": FUNDS[case.book], "account": "BANK", "debtor": debtor, "amount": Money(amount, "USD")}
    is_known = (case.book, code) in case.world.known
    moves = rows.paid_back(case.world.model, case.book, code, amount) if is_known else []
    return money.record_claim_refund, money.RecordClaimRefund, fields, Given("finance", moves)


def _cure(case: Case) -> Made:
    code = (BANK, PETTY, "available:A1", "available:A2")[case.turn % 4]
    is_known = (case.book, code) in case.world.known
    moves = rows.cured(case.world.model, case.book, code) if is_known else []
    fields = {"book": FUNDS[case.book], "account": code}
    return openings.cure_shortfall, openings.CureShortfall, fields, Given("reconciler", moves)


def _reverse(case: Case) -> Made:
    numbers = sorted(case.world.entries)
    number = numbers[-1 - case.amount % len(numbers)]
    actor = "finance" if case.turn == 3 else "director"
    moves = case.world.mirror(number, actor)
    fields = {"number": number, "reason": "wrong"}
    return reverse_entry, ReverseEntry, fields, Given(actor, moves, mirrors=number)


# Grants ---------------------------------------------------------------------------------------------------------------


def _happens(case: Case, moves: Sequence[Move], *, resolves: tuple[Place, ...] = (), **fields: Any) -> Made:
    given = Given("finance", moves, resolves, case.grant if case.kind == "close" else None)
    return happen, Happen, {"what": case.kind, "grant": case.grant, **fields}, given


def _from_parts(
    debit: str, credit: str, *, is_fact: bool = False, is_new: bool = False
) -> Callable[[Case], Made]:
    def made(case: Case) -> Made:
        amounts = _lots(case, credit)
        moves = rows.between(case.of, amounts, debit, credit, is_fact=is_fact, is_new=is_new)
        return _happens(case, moves, amounts=amounts)

    return made


def _lots(case: Case, source: str) -> tuple[int, ...]:
    """The amount in even parts, or what the first part has."""
    count = len(case.of.parts)
    book, code = case.of.codes(source)[0]
    if case.edge is not None:
        return (case.size(free(case.world.model, book, code)),) + (0,) * (count - 1)
    return (case.amount - case.amount // count * (count - 1),) + (case.amount // count,) * (count - 1)


def _release(case: Case) -> Made:
    amounts = _lots(case, "committed")
    return _happens(case, rows.released(case.of, amounts), amounts=amounts)


def _result(case: Case) -> Made | None:
    """Full, in part with the rest open, failed, or as the amount says: in part or too much; every other with a tax."""
    entries = case.world.entries.values()
    flying = [
        entry.holds for entry in entries if entry.holds and all(at in case.world.flying for at in entry.holds)
    ]
    if not flying:
        return None
    places = flying[case.grant % len(flying)]
    whole = sum(case.world.flying[place][0].amount for place in places)
    amount = (whole, case.amount % whole, 0, case.amount)[case.turn]
    tax = amount // 50 if case.part and amount <= whole else 0
    of = rows.owner(case.world.flying[places[0]][0])
    stays, ended = case.turn == 1 and amount > 0, of in case.world.ended
    moves = rows.resulted(case.world, places, amount, tax=tax, rest_stays_open=stays, has_ended=ended)
    fields = {"amount": amount, "amounts": (tax,), "places": places, "turn": int(stays), "has_ended": ended}
    return _happens(case, moves, resolves=places, **fields)


def _within(debit: str, credit: str) -> Callable[[Case], Made]:
    def made(case: Case) -> Made:
        amount = case.size(case.open(credit))
        return _happens(case, rows.within(case.world.model, case.of, amount, debit, credit), amount=amount)

    return made


def _accept(case: Case) -> Made:
    amount = case.size(case.open("advances"))
    return _happens(case, rows.accepted(case.world.model, case.of, amount), amount=amount)


def _write_off(case: Case) -> Made:
    kind = SOURCES[case.turn % 2]
    amount = case.size(case.open(kind))
    moves = rows.within(case.world.model, case.of, amount, "write_offs", kind)
    return _happens(case, moves, amount=amount, kind=kind)


def _keep_back(case: Case) -> Made:
    amount = case.size(case.open("claims"))
    moves = rows.within(case.world.model, case.of, amount, case.of.target, "claims")
    return _happens(case, moves, amount=amount)


def _refund(case: Case) -> Made:
    amount = case.size(case.open("claims", "advances", "write_offs"))
    moves = rows.refunded(case.world.model, case.of, amount, case.back)
    return _happens(case, moves, amount=amount, back=case.back)


def _bounce(case: Case) -> Made:
    amount, ended = case.size(case.open("advances", "expense")), case.grant in case.world.ended
    back = RETURNS[ended]
    moves = rows.bounced(case.world.model, case.of, case.where, amount, back)
    return _happens(case, moves, amount=amount, part=case.where, has_ended=ended)


def _set_off(case: Case) -> Made:
    other = (case.grant + 1 + case.turn % 2) % len(GRANTS)
    amount = case.size(case.of.balances(case.world.model, "claims")[0])
    return _happens(case, rows.set_off(case.of, GRANTS[other], amount), amount=amount, other=other)


def _absorb(case: Case) -> Made:
    kind = SOURCES[(0, 2, 3, 2)[case.turn]]
    amount = case.size(case.of.balances(case.world.model, kind)[case.where])
    moves = rows.absorbed(case.of, case.where, kind, amount)
    return _happens(case, moves, amount=amount, part=case.where, kind=kind)


def _excess(case: Case) -> Made:
    amount = case.size(case.of.balances(case.world.model, "credit")[0])
    turn = case.turn % 3
    return _happens(case, rows.settled_excess(case.of, turn, amount), amount=amount, turn=turn)


def _close(case: Case) -> Made:
    promised = case.of.promised(case.world.model)
    return _happens(case, rows.between(case.of, promised, "available", "committed"))


def _of_book(event: Callable[[int, int], list[Move]]) -> Callable[[Case], Made]:
    def made(case: Case) -> Made:
        amount = case.size(case.cash())
        return _happens(case, event(case.book, amount), book=case.book, amount=amount)

    return made


def _return(case: Case) -> Made:
    amount = case.size(min(case.cash(), case.at(f"available:{case.line}")))
    moves = rows.returned_to_donor(case.book, case.line, amount)
    return _happens(case, moves, book=case.book, line=case.line, amount=amount)


KINDS: Final[Mapping[str, Callable[[Case], Made | None]]] = {
    "instalment": _instalment,
    "recall": _recall,
    "income": _income,
    "charge": _charge,
    "spend": _spend,
    "short": _short,
    "move": _move,
    "allot": _allot,
    "revise": _revise,
    "cut": _cut,
    "loan": _between_funds,
    "tax": _tax,
    "claim": _claim,
    "cure": _cure,
    "reverse": _reverse,
    "award": _from_parts("awarded", "available", is_new=True),
    "lapse": _from_parts("available", "awarded", is_fact=True),
    "sign": _from_parts("committed", "awarded"),
    "raise": _from_parts("committed", "available", is_new=True),
    "lower": _from_parts("available", "committed"),
    "release": _release,
    "result": _result,
    "accept": _accept,
    "demand": _within("claims", "advances"),
    "lift": _within("advances", "claims"),
    "withdraw": _within("claims", "expense"),
    "correct": _within("advances", "expense"),
    "write_off": _write_off,
    "keep_back": _keep_back,
    "refund": _refund,
    "bounce": _bounce,
    "set_off": _set_off,
    "absorb": _absorb,
    "excess": _excess,
    "close": _close,
    "overpay": _of_book(lambda book, amount: rows.taken(book, BANK, "claims:provider", amount)),
    "exchange": _of_book(rows.exchanged),
    "return": _return,
}


def ask(world: Forecast, wish: Wish, *, key: str, today: date) -> Asked | None:
    """The command of a wish; None when there is nothing it could be about."""
    made = KINDS[wish.kind](Case(world, wish))
    if made is None:
        return None
    verb, command, fields, given = made
    on = today - timedelta(days=wish.days_ago)
    return Asked(verb, command(key=key, occurred_on=on, **fields), given, on)
