"""Meetings of savings groups as they were written down, and the share-out that ends a cycle."""

from collections.abc import Sequence
from dataclasses import dataclass

from seedfund.kernel.errors import InvalidInput, Refused, refuse
from seedfund.kernel.money import Money, zero
from seedfund.people.service.identity import REGISTRARS
from seedfund.savings.queries.groups import (
    CycleFacts,
    GroupFacts,
    MeetingFacts,
    boxes_before,
    group_by_number,
    meetings_of,
    members_of,
    open_cycle_of,
    share_out_facts,
    shares_by_member,
)
from seedfund.savings.rules.groups import (
    NO_CYCLE_OPEN,
    MeetingBook,
    MemberRow,
    check_share_out,
    irregular_meeting,
    share_out,
)
from seedfund.savings.rules.words import Irregular
from seedfund.savings.service.groups import end_cycle
from seedfund.savings.service.openings import VERIFIERS
from seedfund.savings.tables import SavingsMeeting, SavingsShare, ShareOut, ShareOutLine
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True)
class MemberAtMeeting:
    """What a member did: the number in the passbook, shares bought, what went to the social fund."""

    member: int
    shares: int = 0
    social: Money | None = None


@dataclass(frozen=True, kw_only=True)
class RecordMeeting(Command):
    """A meeting, held on the day of the command: who was there, loans, and both boxes as counted at its end.

    `repaid` holds the interest too, `fines` go to the loan fund, `social_paid` left the social fund.
    """

    group: str
    members: tuple[MemberAtMeeting, ...]
    fund_counted: Money
    social_counted: Money
    lent: Money | None = None
    repaid: Money | None = None
    fines: Money | None = None
    social_paid: Money | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingRecorded:
    """The meeting's number, how many shares were bought, and why it waits for a decision, where it does."""

    meeting: str
    group: str
    shares: int
    irregular: Irregular | None


@verb("savings.record_meeting", roles=REGISTRARS)
def record_meeting(unit: Unit, command: RecordMeeting) -> MeetingRecorded:
    """Take in a meeting as it was written down; what does not agree with the rules or the box is flagged, not refused.

    Raises:
        NotFound: there is no such group.
        InvalidInput: amounts are of several currencies or below zero, or a member stands twice.
        Refused: `savings_no_cycle_open`.
    """
    group, cycle = _saving(unit, command.group)
    book = _book(unit, group, command)
    meetings = [one for one in meetings_of(unit, [cycle.id])[cycle.id] if one.book.held_on <= book.held_on]
    members = [one for one in members_of(unit, [group.id])[group.id] if one.is_in(book.held_on)]
    flagged = irregular_meeting(
        book,
        cycle.terms(group.currency),
        before=boxes_before(meetings, group.currency),
        began_on=cycle.began_on,
        members=frozenset(one.position for one in members),
    )
    number = _write(unit, cycle, book, flagged=flagged)
    return MeetingRecorded(
        meeting=number,
        group=group.number,
        shares=sum(row.shares for row in book.rows),
        irregular=flagged,
    )


def _saving(unit: Unit, number: str) -> tuple[GroupFacts, CycleFacts]:
    """A group and the cycle it saves in."""
    group = group_by_number(unit, unit.programme.id, number)
    cycle = open_cycle_of(unit, group.id)
    if cycle is None:
        raise Refused([NO_CYCLE_OPEN(group=group.number)])
    return group, cycle


def _book(unit: Unit, group: GroupFacts, command: RecordMeeting) -> MeetingBook:
    nothing = zero(group.currency)
    rows = tuple(
        MemberRow(member=one.member, shares=one.shares, social=one.social or nothing)
        for one in command.members
    )
    book = MeetingBook(
        held_on=unit.occurred_on,
        rows=rows,
        lent=command.lent or nothing,
        repaid=command.repaid or nothing,
        fines=command.fines or nothing,
        social_paid=command.social_paid or nothing,
        fund_counted=command.fund_counted,
        social_counted=command.social_counted,
    )
    _readable(group, book)
    return book


def _readable(group: GroupFacts, book: MeetingBook) -> None:
    amounts = (book.lent, book.repaid, book.fines, book.social_paid, book.fund_counted, book.social_counted)
    every = (*amounts, *(row.social for row in book.rows))
    if any(one.currency != group.currency for one in every):
        raise InvalidInput(
            field="members",
            problem=f"an amount is not in {group.currency}, the currency of the group",
            remedy="give every amount in it",
        )
    if any(one.minor < 0 for one in every) or any(row.shares < 0 for row in book.rows):
        raise InvalidInput(
            field="members",
            problem="an amount or a number of shares is below zero",
            remedy="give what was bought, paid and counted as it is",
        )
    numbers = [row.member for row in book.rows]
    if len(set(numbers)) < len(numbers):
        raise InvalidInput(
            field="members", problem="a member stands twice", remedy="give each member one row"
        )


def _write(unit: Unit, cycle: CycleFacts, book: MeetingBook, *, flagged: Irregular | None) -> str:
    key, number = unit.key(), unit.human_number("GM")
    unit.insert(
        SavingsMeeting,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        cycle_id=cycle.id,
        held_on=book.held_on,
        lent_minor=book.lent.minor,
        repaid_minor=book.repaid.minor,
        fines_minor=book.fines.minor,
        social_paid_minor=book.social_paid.minor,
        fund_counted_minor=book.fund_counted.minor,
        social_counted_minor=book.social_counted.minor,
        irregular=None if flagged is None else flagged.value,
        recorded_by=unit.actor.id,
        recorded_at=unit.now,
    )
    rows = [
        {
            "meeting_id": key,
            "member": row.member,
            "shares": row.shares,
            "social_minor": row.social.minor,
        }
        for row in book.rows
    ]
    unit.insert_many(SavingsShare, rows)
    after = {
        "fund": str(book.fund_counted),
        "social": str(book.social_counted),
        "lent": str(book.lent),
        "repaid": str(book.repaid),
        "fines": str(book.fines),
        "social_paid": str(book.social_paid),
        "shares": sum(row.shares for row in book.rows),
        "social_in": sum(row.social.minor for row in book.rows),
    }
    unit.created("sf_savings_meeting", number, after)
    return number


@dataclass(frozen=True, kw_only=True)
class ShareOutCycle(Command):
    """The loan fund as counted at the end of the cycle, what stays in the social fund, and loans the group gives up."""

    group: str
    fund_counted: Money
    social_left: Money | None = None
    loans_lost: Money | None = None


@dataclass(frozen=True, kw_only=True)
class MemberShare:
    """What one member gets for how many shares, by the number in the passbook."""

    member: int
    shares: int
    amount: Money


@dataclass(frozen=True, kw_only=True)
class CycleSharedOut:
    """The share-out's number, and what each member gets; together exactly the fund."""

    share_out: str
    group: str
    fund: Money
    members: tuple[MemberShare, ...]


@verb("savings.share_out_cycle", roles=VERIFIERS)
def share_out_cycle(unit: Unit, command: ShareOutCycle) -> CycleSharedOut:
    """Share a cycle's fund out by shares, by largest remainder, so that it sums exactly; the cycle is over then.

    The social fund is not shared out (domain: savings groups).

    Raises:
        NotFound: there is no such group.
        InvalidInput: amounts are of several currencies.
        Refused: `savings_no_cycle_open`, `savings_meeting_undecided`, `savings_no_shares`,
            `savings_fund_not_above_zero`, `savings_loans_out`.
    """
    group, cycle = _saving(unit, command.group)
    nothing = zero(group.currency)
    meetings = meetings_of(unit, [cycle.id])[cycle.id]
    social_left = command.social_left or boxes_before(meetings, group.currency).social
    fund, lost = nothing + command.fund_counted, nothing + (command.loans_lost or nothing)
    refuse(check_share_out(share_out_facts(group, meetings, fund=fund, lost=lost)))
    lines = _lines(meetings, fund)
    number = _write_share_out(unit, cycle, fund, lines=lines, lost=lost, social_left=nothing + social_left)
    end_cycle(unit, group, cycle_id=cycle.id, position=cycle.position, state="shared_out")
    return CycleSharedOut(share_out=number, group=group.number, fund=fund, members=tuple(lines))


def _lines(meetings: Sequence[MeetingFacts], fund: Money) -> list[MemberShare]:
    held = shares_by_member(meetings)
    amounts = share_out(fund, list(held.values()))
    return [
        MemberShare(member=member, shares=shares, amount=amount)
        for (member, shares), amount in zip(held.items(), amounts, strict=True)
    ]


def _write_share_out(
    unit: Unit, cycle: CycleFacts, fund: Money, *, lines: list[MemberShare], lost: Money, social_left: Money
) -> str:
    key, number = unit.key(), unit.human_number("GR")
    shares = sum(line.shares for line in lines)
    unit.insert(
        ShareOut,
        id=key,
        programme_id=unit.programme.id,
        number=number,
        cycle_id=cycle.id,
        shared_on=unit.occurred_on,
        fund_minor=fund.minor,
        shares=shares,
        loans_lost_minor=lost.minor,
        social_left_minor=social_left.minor,
        recorded_by=unit.actor.id,
    )
    rows = [
        {
            "share_out_id": key,
            "member": line.member,
            "shares": line.shares,
            "amount_minor": line.amount.minor,
        }
        for line in lines
    ]
    unit.insert_many(ShareOutLine, rows)
    after = {"fund": str(fund), "lost": str(lost), "social": str(social_left), "shares": shares}
    unit.created("sf_share_out", number, after)
    return number
