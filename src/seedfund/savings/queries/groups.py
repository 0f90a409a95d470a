"""Savings groups: members, cycles, meetings, and how a cycle stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money, total, zero
from seedfund.savings.rules.groups import Boxes, CycleTerms, MeetingBook, MemberRow, ShareOutFacts
from seedfund.savings.rules.words import Irregular
from seedfund.savings.tables import (
    SavingsCycle,
    SavingsDecision,
    SavingsGroup,
    SavingsMeeting,
    SavingsMember,
    SavingsShare,
    ShareOut,
    ShareOutLine,
)
from seedfund.store.statements import Query, Reader


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """A savings group."""

    id: Key
    number: str
    name: str
    locality: str
    currency: str
    formed_on: date


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member of a group by the number in the passbook; outside the programme there is no participant."""

    position: int
    participant_id: Key | None
    joined_on: date
    left_on: date | None

    def is_in(self, day: date) -> bool:
        """Whether they were in the group on a day."""
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True, slots=True)
class CycleFacts:
    """A cycle of a group."""

    id: Key
    position: int
    share_minor: int
    shares_most: int
    state: str
    began_on: date
    ended_on: date | None

    def terms(self, currency: str) -> CycleTerms:
        """What the group agreed on for it."""
        return CycleTerms(share=Money(self.share_minor, currency), shares_most=self.shares_most)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting as it was recorded, and what was decided about it where it is irregular."""

    id: Key
    number: str
    book: MeetingBook
    recorded_by: Key
    irregular: Irregular | None
    counts: bool | None

    @property
    def is_counted(self) -> bool:
        """Whether its shares and loans count: regular, or decided to."""
        return self.irregular is None or bool(self.counts)

    @property
    def is_undecided(self) -> bool:
        """Whether it waits for a decision."""
        return self.irregular is not None and self.counts is None


@dataclass(frozen=True, slots=True)
class ShareOutShown:
    """A share-out with its lines: member, shares and what each got, in minor units."""

    number: str
    shared_on: date
    fund_minor: int
    shares: int
    social_left_minor: int
    lines: tuple[tuple[int, int, int], ...]


def _groups() -> Any:
    return sa.select(
        col(SavingsGroup.id),
        col(SavingsGroup.number),
        col(SavingsGroup.name),
        col(SavingsGroup.locality),
        col(SavingsGroup.currency),
        col(SavingsGroup.formed_on),
    ).where(col(SavingsGroup.programme_id) == sa.bindparam("programme"))


GROUP: Final = Query(
    GroupFacts,
    lambda: _groups().where(col(SavingsGroup.number) == sa.bindparam("number")).with_for_update(),
)
GROUPS: Final = Query(GroupFacts, lambda: _groups().order_by(col(SavingsGroup.number)))
GROUP_MEMBERS: Final = Query(
    lambda group, *values: (Key(group), MemberFacts(*values)),
    lambda: (
        sa.select(
            col(SavingsMember.group_id),
            col(SavingsMember.position),
            col(SavingsMember.participant_id),
            col(SavingsMember.joined_on),
            col(SavingsMember.left_on),
        )
        .where(col(SavingsMember.group_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(SavingsMember.group_id), col(SavingsMember.position))
    ),
)
CYCLES_OF: Final = Query(
    lambda group, *values: (Key(group), CycleFacts(*values)),
    lambda: (
        sa.select(
            col(SavingsCycle.group_id),
            col(SavingsCycle.id),
            col(SavingsCycle.position),
            col(SavingsCycle.share_minor),
            col(SavingsCycle.shares_most),
            col(SavingsCycle.state),
            col(SavingsCycle.began_on),
            col(SavingsCycle.ended_on),
        )
        .where(col(SavingsCycle.group_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(SavingsCycle.group_id), col(SavingsCycle.position))
    ),
)


def _meetings() -> Any:
    return (
        sa.select(
            col(SavingsMeeting.id),
            col(SavingsMeeting.number),
            col(SavingsMeeting.cycle_id),
            col(SavingsGroup.currency),
            col(SavingsMeeting.held_on),
            col(SavingsMeeting.lent_minor),
            col(SavingsMeeting.repaid_minor),
            col(SavingsMeeting.fines_minor),
            col(SavingsMeeting.social_paid_minor),
            col(SavingsMeeting.fund_counted_minor),
            col(SavingsMeeting.social_counted_minor),
            col(SavingsMeeting.recorded_by),
            col(SavingsMeeting.irregular),
            col(SavingsDecision.counts),
        )
        .select_from(SavingsMeeting)
        .join(SavingsCycle, col(SavingsCycle.id) == col(SavingsMeeting.cycle_id))
        .join(SavingsGroup, col(SavingsGroup.id) == col(SavingsCycle.group_id))
        .outerjoin(SavingsDecision, col(SavingsDecision.meeting_id) == col(SavingsMeeting.id))
        .order_by(col(SavingsMeeting.held_on), col(SavingsMeeting.recorded_at), col(SavingsMeeting.id))
    )


MEETINGS_OF: Final = Query(
    lambda *values: values,
    lambda: _meetings().where(col(SavingsMeeting.cycle_id).in_(sa.bindparam("ids", expanding=True))),
)
MEETING: Final = Query(
    lambda *values: values,
    lambda: _meetings().where(
        col(SavingsMeeting.programme_id) == sa.bindparam("programme"),
        col(SavingsMeeting.number) == sa.bindparam("number"),
    ),
)
SHARES_OF: Final = Query(
    lambda meeting, member, shares, social: (Key(meeting), int(member), int(shares), int(social)),
    lambda: (
        sa.select(
            col(SavingsShare.meeting_id),
            col(SavingsShare.member),
            col(SavingsShare.shares),
            col(SavingsShare.social_minor),
        )
        .where(col(SavingsShare.meeting_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(SavingsShare.meeting_id), col(SavingsShare.member))
    ),
)
SHARE_OUTS: Final = Query(
    lambda cycle, *values: (Key(cycle), values),
    lambda: (
        sa.select(
            col(ShareOut.cycle_id),
            col(ShareOut.number),
            col(ShareOut.shared_on),
            col(ShareOut.fund_minor),
            col(ShareOut.shares),
            col(ShareOut.social_left_minor),
            col(ShareOutLine.member),
            col(ShareOutLine.shares),
            col(ShareOutLine.amount_minor),
        )
        .join(ShareOutLine, col(ShareOutLine.share_out_id) == col(ShareOut.id))
        .where(col(ShareOut.cycle_id).in_(sa.bindparam("ids", expanding=True)))
        .order_by(col(ShareOut.number), col(ShareOutLine.member))
    ),
)


def group_by_number(reader: Reader, programme: Key, number: str) -> GroupFacts:
    """A group by its number, `GA-2026-0001`; inside a verb it is locked.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(GROUP, programme=programme, number=number.strip().upper())
    if found is None:
        raise NotFound(what="savings group", which=number)
    return found


def list_groups(reader: Reader, programme: Key) -> list[GroupFacts]:
    """Every savings group of the programme, by number."""
    return reader.all(GROUPS, programme=programme)


def members_of(reader: Reader, groups: Sequence[Key]) -> dict[Key, list[MemberFacts]]:
    """The members of these groups, in the order of their passbooks, those who left included."""
    found: dict[Key, list[MemberFacts]] = {group: [] for group in groups}
    for group, member in reader.among(GROUP_MEMBERS, "ids", list(found)):
        found[group].append(member)
    return found


def cycles_of(reader: Reader, groups: Sequence[Key]) -> dict[Key, list[CycleFacts]]:
    """The cycles of these groups, the first one first."""
    found: dict[Key, list[CycleFacts]] = {group: [] for group in groups}
    for group, cycle in reader.among(CYCLES_OF, "ids", list(found)):
        found[group].append(cycle)
    return found


def open_cycle_of(reader: Reader, group: Key) -> CycleFacts | None:
    """The cycle a group saves in, if one is open."""
    return next((one for one in cycles_of(reader, [group])[group] if one.state == "open"), None)


def meetings_of(reader: Reader, cycles: Sequence[Key]) -> dict[Key, list[MeetingFacts]]:
    """The meetings of these cycles in the order of days, irregular ones included."""
    rows = reader.among(MEETINGS_OF, "ids", list(dict.fromkeys(cycles)))
    books = _rows_of(reader, rows)
    found: dict[Key, list[MeetingFacts]] = {cycle: [] for cycle in cycles}
    for row in rows:
        found[Key(row[2])].append(_meeting(row, books[Key(row[0])]))
    return found


def meeting_by_number(reader: Reader, programme: Key, number: str) -> MeetingFacts:
    """A meeting by its number, `GM-2026-0001`.

    Raises:
        NotFound: there is none of that number.
    """
    row = reader.first(MEETING, programme=programme, number=number.strip().upper())
    if row is None:
        raise NotFound(what="savings meeting", which=number)
    return _meeting(row, _rows_of(reader, [row])[Key(row[0])])


def share_outs_of(reader: Reader, cycles: Sequence[Key]) -> list[ShareOutShown]:
    """How these cycles were shared out, with every member's line."""
    found: dict[Key, ShareOutShown] = {}
    for cycle, (number, shared_on, fund, shares, social, *line) in reader.among(
        SHARE_OUTS, "ids", list(dict.fromkeys(cycles))
    ):
        head = found.get(cycle, ShareOutShown(number, shared_on, fund, shares, social, ()))
        member, own, amount = line
        found[cycle] = replace(head, lines=(*head.lines, (int(member), int(own), int(amount))))
    return list(found.values())


def boxes_before(meetings: Sequence[MeetingFacts], currency: str) -> Boxes:
    """What both boxes held when the next meeting began: as counted at the end of the last one not set aside.

    The count is a fact also where the meeting still waits for a decision.
    """
    counted = [one for one in meetings if one.counts is not False]
    if not counted:
        return Boxes(fund=zero(currency), social=zero(currency))
    return Boxes(fund=counted[-1].book.fund_counted, social=counted[-1].book.social_counted)


def shares_by_member(meetings: Sequence[MeetingFacts]) -> dict[int, int]:
    """How many shares each member holds by the meetings that count, by passbook number."""
    held: Counter[int] = Counter()
    for meeting in meetings:
        if meeting.is_counted:
            for row in meeting.book.rows:
                held[row.member] += row.shares
    return {member: shares for member, shares in sorted(held.items()) if shares}


def share_out_facts(
    group: GroupFacts, meetings: Sequence[MeetingFacts], *, fund: Money, lost: Money
) -> ShareOutFacts:
    """What sharing a cycle out is judged by."""
    counted = [one.book for one in meetings if one.is_counted]
    return ShareOutFacts(
        group=group.number,
        fund=fund,
        shares=sum(shares_by_member(meetings).values()),
        lent=total((book.lent for book in counted), group.currency),
        repaid=total((book.repaid for book in counted), group.currency),
        lost=lost,
        undecided=[one.number for one in meetings if one.is_undecided],
    )


def _rows_of(reader: Reader, meetings: Sequence[tuple[Any, ...]]) -> dict[Key, list[MemberRow]]:
    currencies = {Key(row[0]): str(row[3]) for row in meetings}
    found: dict[Key, list[MemberRow]] = {key: [] for key in currencies}
    for meeting, member, shares, social in reader.among(SHARES_OF, "ids", list(currencies)):
        found[meeting].append(
            MemberRow(member=member, shares=shares, social=Money(social, currencies[meeting]))
        )
    return found


def _meeting(row: tuple[Any, ...], rows: Sequence[MemberRow]) -> MeetingFacts:
    key, number, _, currency, held_on, *amounts, by, irregular, counts = row
    lent, repaid, fines, social_paid, fund, social = (Money(minor, currency) for minor in amounts)
    book = MeetingBook(
        held_on=held_on,
        rows=tuple(rows),
        lent=lent,
        repaid=repaid,
        fines=fines,
        social_paid=social_paid,
        fund_counted=fund,
        social_counted=social,
    )
    return MeetingFacts(
        id=key,
        number=number,
        book=book,
        recorded_by=by,
        irregular=Irregular(irregular) if irregular else None,
        counts=None if counts is None else bool(counts),
    )
