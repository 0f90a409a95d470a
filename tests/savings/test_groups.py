"""Savings groups: shares at a fixed price, two boxes, meetings taken in as they were, a share-out that sums exactly."""

from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.savings.queries.groups import (
    cycles_of,
    group_by_number,
    list_groups,
    meetings_of,
    members_of,
    share_outs_of,
    shares_by_member,
)
from seedfund.savings.service import (
    AddGroupMember,
    CycleSharedOut,
    DecideIrregular,
    DissolveSavingsCycle,
    EndGroupMembership,
    FormSavingsGroup,
    MeetingRecorded,
    MemberAtMeeting,
    OpenSavingsCycle,
    RecordMeeting,
    ShareOutCycle,
    add_group_member,
    decide_irregular,
    dissolve_savings_cycle,
    end_group_membership,
    form_savings_group,
    open_savings_cycle,
    record_meeting,
    share_out_cycle,
)
from tests.people.samples import head, identity, person
from tests.savings.accounts import done, key, later, saver, usd
from tests.support.programme import House


def group(house: House, members: int = 3) -> str:
    """A group of so many, all outside the programme, with an open cycle at two dollars a share."""
    forming = FormSavingsGroup(key=key(), name="Grupo Ejemplo", locality="EC0401", currency="USD")
    number: str = done(house, form_savings_group, forming).group
    for _ in range(members):
        done(house, add_group_member, AddGroupMember(key=key(), group=number))
    done(house, open_savings_cycle, OpenSavingsCycle(key=key(), group=number, share=usd(2)))
    return number


def met(
    house: House, number: str, *shares: int, fund: int, social: int = 0, **fields: Any
) -> MeetingRecorded:
    rows = tuple(MemberAtMeeting(member, bought) for member, bought in enumerate(shares, start=1))
    command = RecordMeeting(
        key=key(), group=number, members=rows, fund_counted=usd(fund), social_counted=usd(social), **fields
    )
    found: MeetingRecorded = done(house, record_meeting, command)
    return found


def shared(house: House, number: str, fund: Money, actor: str = "expert", **fields: Any) -> CycleSharedOut:
    command = ShareOutCycle(key=key(), group=number, fund_counted=fund, **fields)
    found: CycleSharedOut = done(house, share_out_cycle, command, actor)
    return found


def refused(house: House, verb: Any, command: Any, actor: str = "field") -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        done(house, verb, command, actor)
    return caught.value.codes


def test_a_cycle_is_shared_out_by_shares_and_sums_exactly(house: House) -> None:
    number = group(house)
    met(house, number, 3, 5, 1, fund=18)
    later(house, 7)
    met(house, number, 2, 0, 1, fund=15, lent=usd(9))
    later(house, 7)
    met(house, number, 0, 0, 0, fund=25, repaid=usd(10))
    found = shared(house, number, Money(25_01, "USD"))

    assert [(one.member, one.shares, one.amount.minor) for one in found.members] == [
        (1, 5, 1042),
        (2, 5, 1042),
        (3, 2, 417),
    ]
    assert sum(one.amount.minor for one in found.members) == 25_01
    with house.work("field") as work:
        facts = group_by_number(work.reader(), work.programme.id, number)
        (cycle,) = cycles_of(work.reader(), [facts.id])[facts.id]
        (told,) = share_outs_of(work.reader(), [cycle.id])
    assert (cycle.state, told.number, told.fund_minor) == ("shared_out", found.share_out, 25_01)
    assert told.lines == ((1, 5, 1042), (2, 5, 1042), (3, 2, 417))


def test_the_social_fund_stays_with_the_group(house: House) -> None:
    number = group(house)
    rows = tuple(MemberAtMeeting(member, 1, usd(1)) for member in (1, 2, 3))
    command = RecordMeeting(key=key(), group=number, members=rows, fund_counted=usd(6), social_counted=usd(3))
    assert done(house, record_meeting, command).irregular is None
    found = shared(house, number, usd(6))

    assert sum(one.amount.minor for one in found.members) == 600
    with house.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT social_left_minor FROM sf_share_out").scalar_one() == 300


def test_a_meeting_that_disagrees_is_taken_in_and_the_share_out_waits_for_a_decision(house: House) -> None:
    number = group(house)
    odd = met(house, number, 1, 1, 1, fund=5)
    later(house, 7)
    after = met(house, number, 1, 1, 1, fund=11)
    with pytest.raises(Refused) as caught:
        shared(house, number, usd(11))
    deciding = DecideIrregular(key=key(), number=odd.meeting, counts=True, reason="a coin was lost")
    done(house, decide_irregular, deciding, "coach")

    assert (odd.irregular, after.irregular) == ("cash_differs", None)
    assert caught.value.codes == ("savings_meeting_undecided",)
    assert sum(one.shares for one in shared(house, number, usd(11)).members) == 6


def test_a_meeting_that_is_set_aside_gives_no_shares(house: House) -> None:
    number = group(house)
    met(house, number, 1, 1, 1, fund=6)
    twice = met(house, number, 1, 1, 1, fund=6)
    deciding = DecideIrregular(key=key(), number=twice.meeting, counts=False, reason="written down twice")
    done(house, decide_irregular, deciding, "coach")

    with house.work("field") as work:
        facts = group_by_number(work.reader(), work.programme.id, number)
        (cycle,) = cycles_of(work.reader(), [facts.id])[facts.id]
        meetings = meetings_of(work.reader(), [cycle.id])[cycle.id]
    assert shares_by_member(meetings) == {1: 1, 2: 1, 3: 1}


def test_nobodys_shares_never_count(house: House) -> None:
    number = group(house)
    odd = met(house, number, 1, 1, 1, 1, fund=8)
    deciding = DecideIrregular(key=key(), number=odd.meeting, counts=True, reason="she joined")

    assert odd.irregular == "member_not_in_group"
    assert refused(house, decide_irregular, deciding, "coach") == ("savings_cannot_count",)


def test_loans_come_back_or_are_given_up_by_name_before_a_share_out(house: House) -> None:
    number = group(house)
    met(house, number, 5, 5, 5, fund=10, lent=usd(20))
    with pytest.raises(Refused) as caught:
        shared(house, number, usd(10))

    assert caught.value.codes == ("savings_loans_out",)
    assert shared(house, number, usd(10), loans_lost=usd(20)).fund == usd(10)


def test_a_group_has_one_open_cycle_and_meets_in_none_but_that(house: House) -> None:
    number = group(house)
    again = OpenSavingsCycle(key=key(), group=number, share=usd(3))
    assert refused(house, open_savings_cycle, again) == ("savings_cycle_open",)
    done(house, dissolve_savings_cycle, DissolveSavingsCycle(key=key(), group=number))

    with pytest.raises(Refused) as caught:
        met(house, number, 1, fund=2)
    assert caught.value.codes == ("savings_no_cycle_open",)
    assert refused(house, dissolve_savings_cycle, DissolveSavingsCycle(key=key(), group=number)) == (
        "savings_no_cycle_open",
    )
    bad = OpenSavingsCycle(key=key(), group=number, share=Money(2_00, "EUR"))
    assert refused(house, open_savings_cycle, bad) == ("savings_share_price",)
    assert done(house, open_savings_cycle, OpenSavingsCycle(key=key(), group=number, share=usd(3))).cycle == 2


def test_a_member_has_one_passbook_and_leaves_when_the_shares_are_shared_out(house: House) -> None:
    number, who = group(house), saver(house)
    joining = AddGroupMember(key=key(), group=number, participant=who.number)
    assert done(house, add_group_member, joining).member == 4
    twice = AddGroupMember(key=key(), group=number, participant=who.number)
    assert refused(house, add_group_member, twice) == ("savings_member_twice",)
    met(house, number, 1, 1, 1, 2, fund=10)
    leaving = EndGroupMembership(key=key(), group=number, member=4)
    assert refused(house, end_group_membership, leaving) == ("savings_member_has_shares",)
    shared(house, number, usd(10))
    done(house, end_group_membership, EndGroupMembership(key=key(), group=number, member=4))

    again = EndGroupMembership(key=key(), group=number, member=4)
    assert refused(house, end_group_membership, again) == ("savings_member_left",)
    with house.work("field") as work:
        facts = group_by_number(work.reader(), work.programme.id, number)
        assert members_of(work.reader(), [facts.id])[facts.id][3].left_on is not None
        assert [one.number for one in list_groups(work.reader(), work.programme.id)] == [number]


def test_a_restricted_person_joins_by_named_roles_alone(house: House) -> None:
    number = group(house)
    who = saver(house, head(person(identity(), is_restricted=True)), actor="protection")
    joining = AddGroupMember(key=key(), group=number, participant=who.number)

    with pytest.raises(NotAllowed):
        done(house, add_group_member, joining)
    assert done(house, add_group_member, joining, "protection").member == 4


def test_a_cycle_without_shares_or_money_is_dissolved_not_shared_out(house: House) -> None:
    number = group(house)
    with pytest.raises(Refused) as caught:
        shared(house, number, usd(0))

    assert caught.value.codes == ("savings_no_shares", "savings_fund_not_above_zero")


@pytest.mark.parametrize(
    "rows",
    [
        (MemberAtMeeting(1, 1), MemberAtMeeting(1, 2)),
        (MemberAtMeeting(1, -1),),
        (MemberAtMeeting(1, 1, Money(100, "EUR")),),
    ],
)
def test_a_meeting_that_cannot_be_read_is_turned_back(
    house: House, rows: tuple[MemberAtMeeting, ...]
) -> None:
    number = group(house)
    command = RecordMeeting(key=key(), group=number, members=rows, fund_counted=usd(2), social_counted=usd(0))

    with pytest.raises(InvalidInput):
        done(house, record_meeting, command)
    with pytest.raises(NotFound):
        met(house, "GA-2026-0999", 1, fund=2)


def test_the_price_of_a_share_stands_for_the_whole_cycle_in_the_database_too(house: House) -> None:
    group(house)
    for attack in ("UPDATE sf_savings_cycle SET share_minor = 300", "DELETE FROM sf_savings_cycle"):
        with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="never"):
            connection.exec_driver_sql(attack)


def test_meetings_and_share_outs_are_never_changed(house: House) -> None:
    number = group(house)
    met(house, number, 1, 1, 1, fund=6)
    shared(house, number, usd(6))
    for table, column in (
        ("sf_savings_meeting", "fund_counted_minor"),
        ("sf_savings_share", "shares"),
        ("sf_share_out", "fund_minor"),
        ("sf_share_out_line", "amount_minor"),
    ):
        attack = f"UPDATE {table} SET {column} = {column} + 1"
        with house.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="never"):
            connection.exec_driver_sql(attack)
