"""Who takes results in and who ends an exception: answered, resolved or dismissed, by the hands that may."""

import pytest
import sqlalchemy as sa

from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.releases import ReleasePaymentList, release_payment_list
from seedfund.kernel.errors import NotAllowed, NotFound, Refused
from seedfund.payouts.queries import open_cells
from seedfund.payouts.rules import Told
from seedfund.payouts.service import (
    AnswerException,
    DismissException,
    ResolveException,
    answer_exception,
    dismiss_exception,
    resolve_exception,
)
from tests.grants.paying import approved, payable, payment_of, told, wish
from tests.grants.test_settlements import assert_sound
from tests.payouts.provider import (
    codes,
    counts,
    file,
    layout,
    line,
    on_their_way,
    taken,
    waiting,
)
from tests.payouts.provider import one_database as database_server  # noqa: F401 # its fixture
from tests.support.grants import key, prepared, usd
from tests.support.programme import House


@pytest.fixture
def bank(house: House) -> House:
    """A programme with money and the bank's layout."""
    prepared(house)
    layout(house)
    return house


def states(house: House, payments: tuple[str, ...]) -> list[str]:
    return [payment_of(house, number).state for number in payments]


def test_cells_are_not_for_those_who_do_not_record_results(bank: House) -> None:
    taken(bank, file(line("no number at all")))

    with bank.work("coach") as work:
        assert open_cells(work, waiting(bank)[0].row) is None


def test_who_released_a_payment_does_not_take_its_results_in(bank: House) -> None:
    _, payments, _ = on_their_way(bank)

    result = taken(bank, file(line(payments[0])), actor="cashier")

    assert counts(result) == (1, 0, 1, 0)
    assert codes(result) == [(None, "payer_confirms")]
    assert (states(bank, payments), waiting(bank)) == (["released"], [])


def test_of_a_file_of_several_hands_ones_own_payments_wait_for_another(bank: House) -> None:
    _, mine, _ = on_their_way(bank)
    others = approved(bank, wish(payable(bank)))
    with bank.work("approver") as work:
        release_payment_list(work, ReleasePaymentList(key=key(), number=others.number))
    content = file(line(mine[0]), line(others.payments[0]))

    first = taken(bank, content, actor="cashier")

    assert (counts(first), codes(first)) == ((2, 1, 1, 0), [(2, "payout_own_payment")])
    assert states(bank, (mine[0], others.payments[0])) == ["released", "delivered"]
    assert counts(taken(bank, content, actor="cashier")) == (2, 0, 0, 2)

    assert counts(taken(bank, content)) == (2, 1, 0, 1)
    assert states(bank, mine) == ["delivered"]
    assert [one.row.state for one in waiting(bank)] == ["resolved"]
    assert_sound(bank)


def test_a_dry_run_tells_the_same_and_keeps_nothing(bank: House) -> None:
    _, payments, _ = on_their_way(bank)
    content = file(line(payments[0]), line("PG-2026-9999"))

    tried = taken(bank, content, is_dry_run=True)

    assert (counts(tried), tried.batch) == ((2, 1, 1, 0), None)
    assert (states(bank, payments), waiting(bank)) == (["released"], [])
    assert counts(taken(bank, content)) == (2, 1, 1, 0)


def test_an_exception_is_answered_with_what_happened(bank: House) -> None:
    _, payments, grants = on_their_way(bank)
    taken(bank, file(line("pago de Rosa", "500.00", "PAGADO")))
    (one,) = waiting(bank)

    with bank.work("reconciler") as work:
        command = AnswerException(
            key="answer", number=one.row.number, told=Told.DELIVERED, payment=payments[0], reason="advice 12"
        )
        done = answer_exception(work, command)

    (after,) = waiting(bank)
    assert (done.state, done.payment_state) == ("resolved", "delivered")
    assert (after.row.state, after.row.command_key, after.row.decided_by) == (
        "resolved",
        "answer",
        "reconciler",
    )
    assert_sound(bank, *grants)


def test_an_exception_is_resolved_by_a_command_that_moves_money_and_by_no_other(bank: House) -> None:
    _, payments, grants = on_their_way(bank)
    taken(bank, file(line(payments[0], "100.00")))
    told(bank, payments[0], Outcome.PART, amount=usd(100))
    (one,) = waiting(bank)

    def resolving(command: str) -> ResolveException:
        return ResolveException(key=key(), number=one.row.number, command_key=command, reason="taken by hand")

    with bank.work("reconciler") as work, pytest.raises(Refused) as error:
        resolve_exception(work, resolving("no such key"))
    assert [refusal.code for refusal in error.value.refusals] == ["payout_command_unknown"]
    with bank.engine.connect() as connection:
        found = connection.execute(
            sa.text("SELECT key FROM sf_command WHERE operation = 'grants.confirm_payment'")
        ).scalar_one()
    with bank.work("reconciler") as work:
        resolve_exception(work, resolving(found))

    assert [(row.row.state, row.row.command_key) for row in waiting(bank)] == [("resolved", found)]
    assert_sound(bank, *grants)


def test_an_exception_is_dismissed_with_a_reason_and_never_by_the_payer(bank: House) -> None:
    _, payments, _ = on_their_way(bank)
    content = file(line(payments[0]), line(payments[0]))
    taken(bank, content)
    (one,) = waiting(bank)

    def dismissing(reason: str) -> DismissException:
        return DismissException(key=key(), number=one.row.number, reason=reason)

    with bank.work("cashier") as work, pytest.raises(Refused) as by_payer:
        dismiss_exception(work, dismissing("printed twice"))
    with bank.work("finance") as work, pytest.raises(Refused) as without:
        dismiss_exception(work, dismissing(" "))
    with bank.work("finance") as work:
        dismiss_exception(work, dismissing("printed twice"))
    with bank.work("finance") as work, pytest.raises(Refused) as twice:
        dismiss_exception(work, dismissing("printed twice"))

    told_codes = [[one.code for one in error.value.refusals] for error in (by_payer, without, twice)]
    assert told_codes == [["payout_dismissed_by_payer"], ["reason_missing"], ["no_such_step"]]
    assert [(row.row.state, row.row.reason) for row in waiting(bank)] == [("dismissed", "printed twice")]
    assert counts(taken(bank, content)) == (2, 0, 0, 2)


def test_a_coach_takes_no_results_in_and_an_unknown_list_is_named(bank: House) -> None:
    _, payments, _ = on_their_way(bank)

    with pytest.raises(NotAllowed):
        taken(bank, file(line(payments[0])), actor="coach")
    with pytest.raises(NotFound):
        taken(bank, file(line(payments[0])), list_number="PL-2026-0099")
