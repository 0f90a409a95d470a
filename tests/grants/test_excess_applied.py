"""Money that came on a grant before it was demanded answers the demand, and that can be undone (accounting: row 26)."""

import pytest

from seedfund.grants.service.refunds import RecordRefund, record_refund
from seedfund.grants.service.settlements import ApplyExcess, ExcessDecided, apply_excess
from seedfund.kernel.errors import Refused
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.store.programmes import RegisterActor, register_actor
from tests.grants.accounting_for import demanded, figures, refunded, require_sound
from tests.grants.paying import at, paid, payable
from tests.grants.test_settlements import demand_states
from tests.grants.test_undoing import open_demands, undone
from tests.support.grants import key, prepared, usd
from tests.support.programme import House


def owed_by_now(house: House) -> str:
    """A grant of which 30 dollars more came back than were owed, and 50 are demanded since the next payment."""
    grant = payable(house)
    paid(house, grant, amount=usd(200))
    refunded(house, grant, usd(230))
    paid(house, grant)
    demanded(house, grant, usd(50))
    return grant


def applied(
    house: House,
    grant: str,
    amount: Money | None = None,
    *,
    actor: str = "approver",
    reason: str = "asked for",
) -> ExcessDecided:
    with house.work(actor) as work:
        return apply_excess(work, ApplyExcess(key=key(), grant=grant, amount=amount, reason=reason))


def test_money_that_came_before_it_was_demanded_answers_the_demand(house: House) -> None:
    prepared(house)
    grant = owed_by_now(house)

    done = applied(house, grant)

    position = at(house, grant)
    assert (done.amount, position.credit, position.refund_due) == (usd(30), 0, 2_000)
    assert figures(house, grant).total.returned == usd(230)
    assert demand_states(house, grant) == ["open"]
    require_sound(house)


def test_what_was_applied_in_error_is_not_ours_again_and_is_demanded_again(house: House) -> None:
    prepared(house)
    grant = owed_by_now(house)
    entry = applied(house, grant, usd(20)).entry

    undone(house, entry)

    position = at(house, grant)
    assert (position.credit, position.refund_due, open_demands(house, grant)) == (3_000, 5_000, [5_000])
    require_sound(house)


def test_no_more_is_applied_than_came_and_is_demanded_and_not_by_who_took_it(house: House) -> None:
    prepared(house)
    grant = owed_by_now(house)
    with house.work("admin") as work:
        both = RegisterActor(
            key=key(), handle="both", display_name="Ambos", roles=(Role.CASHIER, Role.FINANCE_APPROVER)
        )
        register_actor(work, both)
    with house.work("both") as work:
        record_refund(work, RecordRefund(key=key(), grant=grant, amount=usd(600), bank_account="BANK"))

    with pytest.raises(Refused) as nothing:
        applied(house, grant, actor="both", reason=" ")
    with pytest.raises(Refused) as above:
        applied(house, owed_by_now(house), usd(31))

    assert nothing.value.codes == ("excess_nothing", "excess_by_taker", "reason_missing")
    assert above.value.codes == ("excess_exceeded",)
