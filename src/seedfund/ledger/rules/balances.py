"""What postings do to balances, before the database is asked: floors, refusals, and room for facts. Pure.

A fact is never refused: where it takes more cash, or more of a budget line, than there is, a row before it names the
excess (`shortfall:A`, `over:LINE`), and the next inflow gives it back first. Source: accounting reference, row 40.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import PLAIN, format_minor
from seedfund.ledger.rules import refusals as no
from seedfund.ledger.rules.accounts import CREDIT, DEBIT, KINDS, AccountRef
from seedfund.ledger.rules.posting import Posting
from seedfund.ledger.rules.recipes import HOLD, POST, RECIPE, SETTLE

FLOOR: Final = MappingProxyType({kind.name: kind.floor for kind in KINDS.values()})
ROOM_KINDS: Final = ("cash", "available")
BLOCKED_WHILE_SHORT: Final = (
    "award.decided",
    "agreement.raised",
    "payment.released.advances",
    "payment.released.expense",
)
"""Rows 11, 14 and 15: nobody decides them anew on a line that is over, or from cash that is short."""
OWN_ROWS: Final = ("room.cash", "room.line", "cure.cash", "cure.line")
_TOO_LOW: Final[Mapping[str, RefusalCode]] = MappingProxyType(
    {
        "cash": no.CASH_TOO_LOW,
        "available": no.AVAILABLE_TOO_LOW,
        "awarded": no.AWARD_EXCEEDED,
        "committed": no.COMMITMENT_EXCEEDED,
    }
)


class Balance:
    """The four counters of an account while an entry is planned."""

    __slots__ = (
        "code",
        "credits_pending",
        "credits_posted",
        "debits_pending",
        "debits_posted",
        "floor",
        "id",
        "kind",
    )

    def __init__(self, code: str, kind: str, counters: Sequence[int] = (0, 0, 0, 0), id: int = 0):
        self.id, self.code, self.kind, self.floor = id, code, kind, FLOOR[kind]
        self.debits_posted, self.credits_posted, self.debits_pending, self.credits_pending = counters

    @property
    def balance(self) -> int:
        """What is posted, on the account's own side (debit where it has no floor)."""
        net = self.debits_posted - self.credits_posted
        return -net if self.floor == CREDIT else net

    @property
    def free(self) -> int:
        """What can still be taken from it: posted less what is held."""
        if self.floor == CREDIT:
            return self.credits_posted - self.debits_posted - self.debits_pending
        return self.debits_posted - self.credits_posted - self.credits_pending

    @property
    def held(self) -> int:
        """What is held on the side that takes."""
        return self.debits_pending if self.floor == CREDIT else self.credits_pending


Balances = dict[tuple[int, str], Balance]


class Planner:
    """Goes through postings in order on balances it is handed (and moves), adds room and cure, gathers refusals.

    A mirror (of a reversal) is a decision and gets no room; what it brings in gives back what facts took, as ever.
    """

    def __init__(self, balances: Balances, currencies: Mapping[int, str]):
        self.balances = balances
        self.currencies = currencies
        self.refusals: dict[tuple[str, str], Refusal] = {}

    def plan(
        self, postings: Iterable[Posting], *, is_mirror: bool = False
    ) -> list[tuple[Posting, int | None]]:
        """The rows to write, in order, each with the position of the posting it came from (None for one added here)."""
        rows: list[tuple[Posting, int | None]] = []
        for index, posting in enumerate(postings):
            recipe = RECIPE[posting.recipe]
            if not is_mirror and recipe.is_fact and recipe.phase in (POST, HOLD):
                rows += [(room, None) for room in self._room(posting)]
            if not is_mirror and posting.recipe in BLOCKED_WHILE_SHORT:
                self._refuse_while_short(posting)
            self._apply(posting)
            rows.append((posting, index))
            if posting.phase == POST:
                rows += [(cure, None) for cure in self._cure(posting)]
        return rows

    def _at(self, ref: AccountRef) -> Balance:
        found = self.balances.get((ref.book_id, ref.code))
        if found is None:
            found = self.balances[ref.book_id, ref.code] = Balance(ref.code, ref.kind)
        return found

    def _companion(self, ref: AccountRef) -> Balance | None:
        code = ref.companion
        return None if code is None else self.balances.get((ref.book_id, code))

    def _amount(self, ref: AccountRef, minor: int) -> str:
        currency = self.currencies[ref.book_id]
        return f"{currency} {format_minor(minor, currency, PLAIN)}"

    def _refuse_while_short(self, posting: Posting) -> None:
        for ref in (posting.credit, posting.memo_debit):
            companion = self._companion(ref) if ref is not None else None
            if ref is not None and companion is not None and companion.balance > 0:
                code = no.CASH_SHORTFALL_OPEN if companion.kind == "shortfall" else no.LINE_OVERRUN_OPEN
                refusal = code(account=companion.code, amount=self._amount(ref, companion.balance))
                self.refusals.setdefault((code.code, companion.code), refusal)

    def _room(self, posting: Posting) -> list[Posting]:
        """Rows that make room for a fact which takes more than there is."""
        found = []
        for ref in (posting.credit, posting.memo_credit):
            if ref is None or ref.kind not in ROOM_KINDS or posting.recipe in OWN_ROWS:
                continue
            short = posting.amount - max(self._at(ref).free, 0)
            if short > 0:
                room = _between(ref, short, cure=False)
                self._apply(room)
                found.append(room)
        return found

    def _cure(self, posting: Posting) -> list[Posting]:
        """Rows that give back what facts took, as far as this inflow reaches."""
        if posting.recipe in OWN_ROWS:
            return []
        found = []
        for ref in (posting.debit, posting.memo_debit):
            if ref is None or ref.kind not in ROOM_KINDS:
                continue
            companion = self._companion(ref)
            owed = companion.balance if companion is not None else 0
            amount = min(posting.amount, owed, self._at(ref).free)
            if amount > 0:
                cure = _between(ref, amount, cure=True)
                self._apply(cure)
                found.append(cure)
        return found

    def _apply(self, posting: Posting) -> None:
        phase, amount = posting.phase, posting.amount
        held = posting.hold.amount if posting.hold is not None else 0
        posted = amount if phase in (POST, SETTLE) else 0
        pending = amount if phase == HOLD else -held
        for ref in (posting.debit, posting.memo_debit):
            if ref is not None:
                at = self._at(ref)
                before = at.free
                at.debits_posted += posted
                at.debits_pending += pending
                if at.floor == CREDIT and at.free < 0:
                    self._too_low(ref, at, wanted=amount, room=before)
        for ref in (posting.credit, posting.memo_credit):
            if ref is not None:
                at = self._at(ref)
                before = at.free
                at.credits_posted += posted
                at.credits_pending += pending
                if at.floor == DEBIT and at.free < 0:
                    self._too_low(ref, at, wanted=amount, room=before)

    def _too_low(self, ref: AccountRef, at: Balance, *, wanted: int, room: int) -> None:
        code = _TOO_LOW.get(at.kind, no.BALANCE_TOO_LOW)
        refusal = code(
            account=at.code, room=self._amount(ref, max(room, 0)), wanted=self._amount(ref, wanted)
        )
        self.refusals.setdefault((code.code, at.code), refusal)


def _between(ref: AccountRef, amount: int, *, cure: bool) -> Posting:
    """A row between an account and its companion: room for a fact, or its cure."""
    code = ref.companion
    if code is None:
        raise AssertionError(f"{ref.code} has no companion")
    kind = code.partition(":")[0]
    companion = AccountRef(
        ref.book_id,
        code,
        kind,
        line_id=ref.line_id,
        bank_account_id=ref.bank_account_id,
        line=ref.line,
        holder=ref.holder,
    )
    recipe = RECIPE[f"{'cure' if cure else 'room'}.{'cash' if ref.kind == 'cash' else 'line'}"].code
    debit, credit = (companion, ref) if cure else (ref, companion)
    if ref.kind == "cash":
        return Posting(recipe, amount, debit, credit)
    return Posting(recipe, amount, memo_debit=debit, memo_credit=credit)
