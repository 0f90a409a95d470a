"""What a grant takes from its budget lines, in plain Python: promised, on its way, spent. Knows no seedfund code."""

from dataclasses import dataclass, field


@dataclass
class Purse:
    """One grant: each unit it was awarded is promised, on its way, spent, or free on its line again."""

    promised: int
    has_ended: bool = False
    flying: dict[str, int] = field(default_factory=dict)
    delivered: dict[str, int] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    spent: int = 0

    @property
    def on_its_way(self) -> int:
        """What payments hold."""
        return sum(self.flying.values())

    @property
    def taken(self) -> int:
        """What the lines do not have because of this grant; once it has ended, only what was paid or still may be."""
        return self.promised + self.on_its_way + self.spent

    def _back(self, amount: int) -> None:
        """To the promise while there is one, else it is free."""
        self.promised += 0 if self.has_ended else amount

    def release(self, payment: str, amount: int) -> None:
        """A payment leaves."""
        self.promised -= amount
        self.flying[payment] = self.amounts[payment] = amount

    def result(self, payment: str, paid: int, *, rest_stays_open: bool) -> None:
        """What came of it; more than was on the way is a claim on who paid it, and nobody's spending."""
        held = self.flying.pop(payment, 0)
        settled = min(paid, held)
        self.spent += settled
        self.delivered[payment] = self.delivered.get(payment, 0) + settled
        self.late[payment] = self.late.get(payment, 0) + paid - settled
        if rest_stays_open and 0 < settled < held:
            self.flying[payment] = held - settled
        else:
            self._back(held - settled)

    def whole(self, payment: str) -> int:
        """What comes back where no amount is told: all that arrived, else what was paid late, else all of it."""
        return self.delivered.get(payment, 0) or self.late.get(payment, 0) or self.amounts[payment]

    def bounce(self, payment: str, amount: int, *, covered: int | None = None) -> None:
        """A payment came back; what was not spent any more is not ours, and frees nothing.

        The return of one whose result nobody had told is the result: what did not come back arrived. What had been
        paid beyond what was on the way comes back first, and is nobody's spending.
        """
        if payment in self.flying and payment not in self.delivered:
            self.result(payment, max(self.flying[payment] - amount, 0), rest_stays_open=False)
            return
        self._back(self.flying.pop(payment, 0))
        late = min(amount, self.late.get(payment, 0))
        back = min(amount - late, self.delivered.get(payment, 0))
        self.late[payment] = self.late.get(payment, 0) - late
        self.delivered[payment] = self.delivered.get(payment, 0) - back
        undone = min(back, self.spent) if covered is None else covered
        self.spent -= undone
        self._back(undone)

    def refund(self, amount: int, excess: int, *, stays_promised: bool) -> None:
        """Money came back of what was open; the excess was never owed."""
        self.spent -= amount - excess
        if stays_promised:
            self._back(amount - excess)

    def end(self) -> None:
        """Declined, lapsed, withdrawn, terminated or closed: the promise is free again."""
        self.promised, self.has_ended = 0, True
