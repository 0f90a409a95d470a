"""What is asked of a row and of its payment, and what is answered, as values. Must not know what follows from them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.grants.rules.deliveries import BOUNCED, Outcome
from seedfund.grants.rules.states import IN_FLIGHT
from seedfund.payouts.rules.words import AmountMeaning, Fate, FeesAre, Misfit, Told

_MARK: Final = re.compile(r"([a-z_]+) (\d+) (\d{4}-\d{2}-\d{2})(?: (.*))?", re.DOTALL)


def results_in(marks: Sequence[str]) -> list[tuple[str, int, date, str]]:
    """Outcome, amount, day and reference of every line that is a result."""
    found = [one.groups() for mark in marks if (one := _MARK.fullmatch(mark))]
    return [
        (outcome, int(amount), date.fromisoformat(day), reference or "")
        for outcome, amount, day, reference in found
    ]


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a layout means its amounts and fees; with `rest_stays_open` what a part did not bring is still on its way.

    With `files_grow` a file tells again what the files before it told.
    """

    amounts: AmountMeaning = AmountMeaning.TOTAL
    fees: FeesAre = FeesAre.NONE
    rest_stays_open: bool = False
    files_grow: bool = False


@dataclass(frozen=True, kw_only=True)
class RowTold:
    """A row as it was read, amounts in minor units; no `told` where the layout has no column for it."""

    told: Told | None
    amount: int | None = None
    fee: int = 0
    currency: str = ""
    value_date: date | None = None
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Paid:
    """A payment as its result finds it, in minor units, with the lines of the results on record.

    `fees` were charged for it with results, `fees_back` with what took them back. Of the results on record, rows of
    files and answers told `told`, and of what took them back `told_back`; the others were recorded by hand. `told_by`
    are the keys of the commands that answers named.
    """

    number: str
    state: str
    amount: int
    delivered: int
    currency: str
    list_number: str
    marks: Sequence[str] = ()
    released_by: str = ""
    fees: Sequence[int] = ()
    fees_back: Sequence[int] = ()
    told: int = 0
    told_back: int = 0
    told_by: Collection[str] = ()

    @property
    def held(self) -> int:
        """What of it is on its way."""
        return self.amount - self.delivered if self.state in IN_FLIGHT else 0

    def by_hand(self, *, is_reversal: bool) -> int:
        """How many of its results, or of what took them back, were told by no row and no answer."""
        found = [outcome == BOUNCED for outcome, *_ in results_in(self.marks)]
        told = self.told_back if is_reversal else self.told
        return max(found.count(is_reversal) - told, 0)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What becomes of a row: its fate, why it waits if so, and what is posted (`paid` and `fee` in minor units).

    `fee_of_return`: it is on record that the money came back, and the fee is that of its return.
    """

    fate: Fate
    misfit: Misfit | None = None
    outcome: Outcome | None = None
    paid: int = 0
    fee: int = 0
    rest_stays_open: bool = False
    fee_of_return: bool = False

    @property
    def is_reversal(self) -> bool:
        """Whether money came back by it."""
        return self.fate is Fate.POSTED and self.outcome is None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a file is said to answer (empty: any list), the day it is taken in, and what day it is.

    `payer` takes it in and released some of its payments, not all: those wait for another hand.
    """

    list_number: str
    on: date
    today: date
    payer: str = ""


@dataclass(frozen=True, kw_only=True)
class NewRow:
    """A row that was not met before, as rows are compared among themselves."""

    place: int
    payment: str
    told: Told | None
    amount: int | None
    is_repeat: bool
