"""Savings groups: members buy shares at a fixed price, keep a social fund apart, lend, share out. Must not know rows.

The money is the group's own and never programme money; we keep its record. Shares cost the same for a whole cycle, the
social fund is not shared out, and at the end the fund is divided by shares (domain: savings groups).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money, total, zero
from seedfund.kernel.states import StateTable
from seedfund.savings.rules.words import Irregular

CYCLE_STATES: Final = StateTable(
    "savings cycle",
    "open",
    {"open": ("shared_out", "dissolved"), "shared_out": (), "dissolved": ()},
)
"""A cycle is saved in until it is shared out; one that broke up is dissolved and says so."""
MEMBERS_USUAL: Final = (10, 25)
"""How many members a group has by the method; another size is a warning, no refusal (domain: savings groups)."""
SHARES_MOST: Final = 5
"""How many shares a member buys in one meeting at most, unless the group's rules say otherwise."""

CYCLE_OPEN: Final = RefusalCode(
    "savings_cycle_open",
    "{group} has a cycle that is still open, begun on {day}.",
    "Share it out, or record that it was dissolved, before another one begins.",
)
NO_CYCLE_OPEN: Final = RefusalCode(
    "savings_no_cycle_open",
    "{group} has no open cycle.",
    "Open a cycle with the price of a share first.",
)
SHARE_PRICE: Final = RefusalCode(
    "savings_share_price",
    "A share costs {price}, and a member may buy {most} in a meeting.",
    "Give a price above zero in the group's currency, and at least one share.",
)
MEMBER_TWICE: Final = RefusalCode(
    "savings_member_twice",
    "{participant} is member {position} of {group} already.",
    "Nothing has to be done, or record that the member left.",
)
MEMBER_LEFT: Final = RefusalCode(
    "savings_member_left",
    "Member {position} of {group} left on {day}.",
    "Look the members up with: seedfund show.",
)
MEMBER_SHARES_OPEN: Final = RefusalCode(
    "savings_member_has_shares",
    "Member {position} of {group} holds {shares} shares of the open cycle.",
    "Members leave when the cycle is shared out; until then their shares stay.",
)
MEETING_UNDECIDED: Final = RefusalCode(
    "savings_meeting_undecided",
    "Irregular meetings of the cycle are not decided on: {meetings}.",
    "Decide whether each counts, then share out.",
)
NO_SHARES: Final = RefusalCode(
    "savings_no_shares",
    "Nobody holds a share in the cycle of {group}.",
    "There is nothing to share out; record that the cycle was dissolved.",
)
FUND_NOT_ABOVE_ZERO: Final = RefusalCode(
    "savings_fund_not_above_zero",
    "The loan fund was counted with {fund}, and there is nothing to share.",
    "Count the box again, or record that the cycle was dissolved.",
)
LOANS_OUT: Final = RefusalCode(
    "savings_loans_out",
    "{lent} was lent and {repaid} repaid: {out} is still out on loan, and {lost} is said to be lost.",
    "Collect the loans, or say how much of them the group gives up.",
)
REFUSALS: Final = (
    *(CYCLE_OPEN, NO_CYCLE_OPEN, SHARE_PRICE, MEMBER_TWICE, MEMBER_LEFT, MEMBER_SHARES_OPEN),
    *(MEETING_UNDECIDED, NO_SHARES, FUND_NOT_ABOVE_ZERO, LOANS_OUT),
)


@dataclass(frozen=True, kw_only=True)
class CycleTerms:
    """What a group agreed on for a cycle: the price of a share, and how many a member buys in a meeting at most."""

    share: Money
    shares_most: int = SHARES_MOST


@dataclass(frozen=True, kw_only=True)
class MemberRow:
    """What one member did in a meeting, by the number in the passbook; `social` went to the social fund."""

    member: int
    shares: int
    social: Money


@dataclass(frozen=True, kw_only=True)
class MeetingBook:
    """A meeting as it was written down: the members' rows, loans, and both boxes as counted at its end.

    `repaid` holds what came back with its interest, `fines` go to the loan fund, `social_paid` left the social fund.
    """

    held_on: date
    rows: tuple[MemberRow, ...]
    lent: Money
    repaid: Money
    fines: Money
    social_paid: Money
    fund_counted: Money
    social_counted: Money


@dataclass(frozen=True, kw_only=True)
class Boxes:
    """What should be in the two boxes of a group."""

    fund: Money
    social: Money


def boxes_after(book: MeetingBook, before: Boxes, share: Money) -> Boxes:
    """What should be in the boxes after a meeting that began with `before` in them."""
    bought = Money(share.minor * sum(row.shares for row in book.rows), share.currency)
    social = total((row.social for row in book.rows), share.currency)
    return Boxes(
        fund=before.fund + bought + book.repaid + book.fines - book.lent,
        social=before.social + social - book.social_paid,
    )


def irregular_meeting(
    book: MeetingBook,
    terms: CycleTerms,
    *,
    before: Boxes,
    began_on: date,
    members: Collection[int],
) -> Irregular | None:
    """Why a meeting waits for a decision, the first reason in the order of the list; None where it can be counted.

    `members` are the passbook numbers of those who were in the group on the day.
    """
    if book.held_on < began_on:
        return Irregular.OUTSIDE_CYCLE
    if any(row.member not in members for row in book.rows):
        return Irregular.MEMBER_NOT_IN_GROUP
    if any(row.shares > terms.shares_most for row in book.rows):
        return Irregular.SHARES_ABOVE_MOST
    due = boxes_after(book, before, terms.share)
    if (due.fund, due.social) != (book.fund_counted, book.social_counted):
        return Irregular.CASH_DIFFERS
    return None


def check_cycle(
    group: str, currency: str, terms: CycleTerms, *, open_since: date | None
) -> tuple[Refusal, ...]:
    """Why a cycle cannot begin."""
    found = []
    if open_since is not None:
        found.append(CYCLE_OPEN(group=group, day=open_since))
    if terms.share.minor <= 0 or terms.share.currency != currency or terms.shares_most < 1:
        found.append(SHARE_PRICE(price=terms.share, most=terms.shares_most))
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class ShareOutFacts:
    """What a share-out is judged by: the loan fund as counted, shares, loans, what is undecided."""

    group: str
    fund: Money
    shares: int
    lent: Money
    repaid: Money
    lost: Money
    undecided: Sequence[str] = ()

    @property
    def out(self) -> Money:
        """What is certainly still out on loan: interest is among the repaid, so that it may be more."""
        return max(self.lent - self.repaid, zero(self.lent.currency))


def check_share_out(facts: ShareOutFacts) -> tuple[Refusal, ...]:
    """Why a cycle is not shared out yet."""
    found = []
    if facts.undecided:
        found.append(MEETING_UNDECIDED(meetings=", ".join(facts.undecided)))
    if facts.shares <= 0 and not facts.undecided:
        found.append(NO_SHARES(group=facts.group))
    if facts.fund.minor <= 0:
        found.append(FUND_NOT_ABOVE_ZERO(fund=facts.fund))
    if facts.out > facts.lost:
        found.append(LOANS_OUT(lent=facts.lent, repaid=facts.repaid, out=facts.out, lost=facts.lost))
    return tuple(found)


def share_out(fund: Money, shares: Sequence[int]) -> tuple[Money, ...]:
    """What each member gets for their shares: in proportion, by largest remainder, and together exactly the fund.

    Raises:
        InvalidInput: nobody holds a share.
    """
    return fund.allocate(shares)


def return_on_savings(*, fund: Money, saved: Money) -> int | None:
    """What the cycle earned in basis points of what was saved, rounded down; below zero where it lost money."""
    return (fund.minor - saved.minor) * 10_000 // saved.minor if saved.minor > 0 else None
