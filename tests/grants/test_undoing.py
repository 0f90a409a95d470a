"""What settled a grant's money in error is taken back whole: books, demands and records say the same afterwards."""

import pytest

from seedfund.grants.queries.endings import demands_of, write_offs_of
from seedfund.grants.service.settlements import SettlementUndone, UndoSettlement, undo_settlement
from seedfund.kernel.errors import NotFound, Refused
from seedfund.ledger.service.reversals import ReverseEntry, reverse_entry
from tests.grants.accounting_for import demanded, figures, given_up, grant_of, refunded, require_sound
from tests.grants.paying import at, paid, payable
from tests.grants.test_settlements import half_paid, kept_back
from tests.support.grants import home, key, prepared, usd
from tests.support.programme import House


def undone(house: House, entry: str, actor: str = "director") -> SettlementUndone:
    """A settlement taken back by the director."""
    with house.work(actor) as work:
        return undo_settlement(work, UndoSettlement(key=key(), entry=entry, reason="entered in error"))


def reverse(house: House, number: str) -> None:
    """The ledger's own reversal of an entry."""
    with house.work("director") as work:
        reverse_entry(work, ReverseEntry(key=key(), number=number, reason="entered in error"))


def open_demands(house: House, grant: str) -> list[int]:
    """What the open demands of a grant ask for, in minor units."""
    row = grant_of(house, grant)
    with house.work("finance") as work:
        found = demands_of(work.reader(), [row.id])[row.id]
    return [demand.amount_minor for demand in found if demand.state == "open"]


def test_a_refund_entered_in_error_leaves_no_trace_in_the_figures_and_is_demanded_again(
    house: House,
) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    demanded(house, grant, usd(100))
    before = figures(house, grant)
    entry = refunded(house, grant, usd(130)).entry
    with pytest.raises(Refused) as behind:
        reverse(house, entry)

    done = undone(house, entry)

    assert behind.value.codes == ("entry_undone_elsewhere",)
    assert figures(house, grant) == before
    assert (len(done.demands), open_demands(house, grant)) == (1, [10_000])
    require_sound(house)


def test_a_demand_that_is_still_open_is_not_made_twice(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    demanded(house, grant, usd(100))

    done = undone(house, refunded(house, grant, usd(40)).entry)

    assert (done.demands, open_demands(house, grant)) == ((), [10_000])


def test_a_write_off_made_in_error_is_taken_back_and_told_no_more(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    demanded(house, grant, usd(100))
    written = given_up(house, grant, usd(100))

    undone(house, written.entry, actor="approver")

    row = grant_of(house, grant)
    with house.work("finance") as work:
        told = write_offs_of(work.reader(), [row.id])[row.id]
    assert (told, at(house, grant).write_offs, open_demands(house, grant)) == ([], 0, [10_000])
    require_sound(house)


def test_money_kept_back_or_set_off_in_error_is_owed_again(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = half_paid(house, owner)
    kept = kept_back(house, grant)

    undone(house, kept.entry)

    assert (open_demands(house, grant), at(house, grant).claims["participant"]) == ([10_000], 10_000)
    require_sound(house)


def test_only_what_settled_a_grants_money_is_taken_back_here_once_and_by_another_hand(house: House) -> None:
    prepared(house)
    grant = payable(house)
    paid(house, grant)
    demanded(house, grant, usd(100))
    entry = refunded(house, grant, usd(100)).entry
    written = given_up(house, grant, usd(100)).entry
    undone(house, entry)

    with pytest.raises(Refused) as twice:
        undone(house, entry)
    with pytest.raises(Refused) as own:
        undone(house, written)
    with pytest.raises(Refused) as other:
        undone(house, "AS-UNHCR-2026-000001")
    with pytest.raises(NotFound):
        undone(house, "AS-UNHCR-2026-999999")

    assert twice.value.codes == ("entry_already_reversed",)
    assert own.value.codes == ("reversed_by_own_poster",)
    assert other.value.codes == ("settlement_none",)
