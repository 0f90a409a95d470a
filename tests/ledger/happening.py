"""One command for everything that areas above the ledger post: the events of grants, keyed like any other command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from seedfund.funds.queries.funds import bank_account, fund_facts, line_row
from seedfund.kernel.ids import Key
from seedfund.ledger.queries.locked import holds
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.accounts import AccountRef, Line, Part
from seedfund.ledger.rules.events import funds, grants, refunds
from seedfund.ledger.rules.positions import PartPosition
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.entries import write_entry
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit
from tests.ledger.expected import FUNDS, GRANTS, Grant

Rows = tuple[Posting, ...]


@dataclass(frozen=True, kw_only=True)
class Happen(Command):
    """An event of a grant (or of a book's cash), by name, with what it needs to know."""

    what: str
    book: int = 1
    line: str = "A1"
    grant: int = 0
    amount: int = 0
    amounts: tuple[int, ...] = ()
    part: int = 0
    other: int = 0
    turn: int = 0
    kind: str = ""
    back: str = "committed"
    places: tuple[tuple[int, int], ...] = ()
    has_ended: bool = False


@dataclass(frozen=True)
class Scene:
    """The command, and the accounts it speaks of."""

    unit: Unit
    command: Happen

    def bank(self, book: int) -> AccountRef:
        """A fund's share of the bank account."""
        programme = self.unit.programme.id
        facts = fund_facts(self.unit, programme, FUNDS[book])
        return facts.cash(bank_account(self.unit, programme, "BANK"))

    def line(self, book: int, code: str) -> Line:
        """A budget line of a book."""
        return line_row(self.unit, self.unit.programme.id, FUNDS[book], code).ref

    def parts(self, number: int) -> list[Part]:
        """The parts of a grant."""
        grant: Grant = GRANTS[number]
        key = Key(f"{2000 + number:032x}")
        return [Part(self.line(book, line), key, grant.number) for book, line in grant.parts]

    def at(self, number: int) -> list[PartPosition]:
        """Where they stand."""
        parts = self.parts(number)
        (standing,) = positions(self.unit, [parts[0].grant_id]).values()
        found = {(at.part.book_id, at.part.line.code): at for at in standing}
        return [found.get((part.book_id, part.line.code), PartPosition(part)) for part in parts]

    @property
    def lots(self) -> list[tuple[Part, int]]:
        """Each part with its amount."""
        return list(zip(self.parts(self.command.grant), self.command.amounts, strict=True))

    @property
    def needs_receipts(self) -> bool:
        """Whether the grant's payments are advances."""
        return GRANTS[self.command.grant].needs_receipts


def _release(scene: Scene) -> Rows:
    lots = [grants.Lot(part, amount, scene.bank(part.book_id)) for part, amount in scene.lots]
    return grants.release(lots, needs_receipts=scene.needs_receipts)


def _deliver(scene: Scene) -> Rows:
    command = scene.command
    held = [hold for book, seq in command.places for hold in holds(scene.unit, book, [seq])]
    return grants.deliver(
        held,
        command.amount,
        withheld=command.amounts[0],
        tax="IVA",
        rest_stays_open=bool(command.turn),
        has_ended=command.has_ended,
    )


def _refund(scene: Scene) -> Rows:
    at = scene.at(scene.command.grant)
    banks = {position.part.book_id: scene.bank(position.part.book_id) for position in at}
    return refunds.refund(at, scene.command.amount, banks=banks, back=scene.command.back)


def _bounce(scene: Scene) -> Rows:
    at = scene.at(scene.command.grant)[scene.command.part]
    return refunds.bounce(
        at,
        scene.command.amount,
        bank=scene.bank(at.part.book_id),
        needs_receipts=scene.needs_receipts,
        has_ended=scene.command.has_ended,
    )


def _set_off(scene: Scene) -> Rows:
    other = scene.command.other
    target, needs = scene.parts(other)[0], GRANTS[other].needs_receipts
    return refunds.set_off(
        scene.at(scene.command.grant)[0], target, scene.command.amount, needs_receipts=needs
    )


def _absorb(scene: Scene) -> Rows:
    at = scene.at(scene.command.grant)[scene.command.part]
    book = at.part.book_id
    return refunds.absorb(
        at,
        scene.command.amount,
        source=scene.command.kind,
        fund=FUNDS[book],
        own_book=3 - book,
        own_fund=FUNDS[3 - book],
    )


def _excess(scene: Scene) -> Rows:
    part, amount = scene.parts(scene.command.grant)[0], scene.command.amount
    if scene.command.turn == 0:
        return refunds.repay_excess(part, scene.bank(part.book_id), amount)
    if scene.command.turn == 1:
        return refunds.donate_excess(part, amount)
    return refunds.apply_excess(part, amount, back="available")


def _exchange(scene: Scene) -> Rows:
    book, amount = scene.command.book, scene.command.amount
    return funds.exchange(
        scene.bank(book), scene.bank(3 - book), sold=amount, bought=amount * 36, currencies=("USD", "THB")
    )


def _return(scene: Scene) -> Rows:
    book = scene.command.book
    line = scene.line(book, scene.command.line)
    return funds.return_to_donor(scene.bank(book), FUNDS[book], line, scene.command.amount)


def _of_grant(event: Callable[..., Rows]) -> Callable[[Scene], Rows]:
    return lambda scene: event(scene.at(scene.command.grant), scene.command.amount)


POSTINGS: Final[Mapping[str, Callable[[Scene], Rows]]] = {
    "award": lambda scene: grants.award(scene.lots),
    "lapse": lambda scene: grants.lapse(scene.lots),
    "sign": lambda scene: grants.sign(scene.lots),
    "raise": lambda scene: grants.raise_agreement(scene.lots),
    "lower": lambda scene: grants.lower_agreement(scene.lots),
    "release": _release,
    "result": _deliver,
    "accept": lambda scene: grants.accept(scene.at(scene.command.grant), scene.command.amount)[0],
    "demand": _of_grant(refunds.demand),
    "lift": _of_grant(refunds.lift_demand),
    "withdraw": _of_grant(refunds.withdraw_acceptance),
    "correct": _of_grant(refunds.correct_acceptance),
    "write_off": lambda scene: refunds.write_off(
        scene.at(scene.command.grant), scene.command.amount, source=scene.command.kind
    ),
    "keep_back": lambda scene: refunds.keep_back(
        scene.at(scene.command.grant), scene.command.amount, needs_receipts=scene.needs_receipts
    ),
    "refund": _refund,
    "bounce": _bounce,
    "set_off": _set_off,
    "absorb": _absorb,
    "excess": _excess,
    "close": lambda scene: grants.release_remainder(scene.at(scene.command.grant)),
    "overpay": lambda scene: grants.overpaid(scene.bank(scene.command.book), scene.command.amount),
    "exchange": _exchange,
    "return": _return,
}


@verb("test.happen", roles=())
def happen(unit: Unit, command: Happen) -> PostedEntry:
    """Write the entry of an event."""
    rows = POSTINGS[command.what](Scene(unit, command))
    return write_entry(unit, EntryDraft(event=command.what, postings=rows))
