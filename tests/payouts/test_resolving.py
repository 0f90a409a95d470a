"""An exception that another command answered: it has to have told of that very payment, and not be the payer's word."""

import shlex
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.deliveries import (
    ConfirmPayment,
    ConfirmPayments,
    PaymentResult,
    confirm_payment,
    confirm_payments,
)
from seedfund.grants.service.releases import ReleasePaymentList, release_payment_list
from seedfund.grants.service.retries import RecordBounce, record_bounce
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.money import Money
from seedfund.payouts.rules import Told
from seedfund.payouts.service import (
    AnswerException,
    ExceptionEnded,
    ResolveException,
    answer_exception,
    resolve_exception,
)
from seedfund.reports.queries.desk.payouts import why_it_waits
from tests.grants.paying import approved, payable, payment_of, wish
from tests.grants.test_settlements import assert_sound
from tests.payouts.provider import file, layout, line, on_their_way, taken, waiting
from tests.support.grants import key, prepared, usd
from tests.support.programme import House


@pytest.fixture
def bank(house: House) -> House:
    """A programme with money and the bank's layout."""
    prepared(house)
    layout(house)
    return house


def resolving(
    house: House, place: int, command: str, *, actor: str = "reconciler", payment: str = ""
) -> None:
    """End an exception by the command of that key."""
    number = waiting(house)[place].row.number
    with house.work(actor) as work:
        given = ResolveException(
            key=key(), number=number, command_key=command, payment=payment, reason="taken by hand"
        )
        resolve_exception(work, given)


def refused_codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.code for refusal in error.value.refusals]


def by_hand(house: House, *payments: str) -> str:
    """Confirm payments in full with one command; its key."""
    with house.work("reconciler") as work:
        results = tuple(PaymentResult(payment=one, outcome=Outcome.FULL) for one in payments)
        command = ConfirmPayments(key=key(), results=results)
        confirm_payments(work, command)
    return command.key


def test_a_command_about_another_payment_resolves_no_exception(bank: House) -> None:
    _, (mine, other), grants = on_their_way(bank, 2)
    taken(bank, file(line(mine, "100.00")))
    done = by_hand(bank, other)

    with pytest.raises(Refused) as error:
        resolving(bank, 0, done)

    assert refused_codes(error) == ["payout_command_of_other_payment"]
    assert mine in str(error.value)
    assert [one.row.state for one in waiting(bank)] == ["open"]
    resolving(bank, 0, by_hand(bank, mine))
    assert [one.row.state for one in waiting(bank)] == ["resolved"]
    assert_sound(bank, *grants)


def test_one_command_about_many_payments_resolves_the_exceptions_of_each(bank: House) -> None:
    _, payments, grants = on_their_way(bank, 2)
    taken(bank, file(*(line(one, "100.00") for one in payments)))
    done = by_hand(bank, *payments)

    for place in range(2):
        resolving(bank, place, done)

    assert [one.row.state for one in waiting(bank)] == ["resolved", "resolved"]
    assert_sound(bank, *grants)


def test_a_return_recorded_by_hand_resolves_the_row_that_told_of_it(bank: House) -> None:
    _, (payment,), grants = on_their_way(bank)
    by_hand(bank, payment)
    taken(bank, file(line(payment, "600.00", "REVERSADO")))
    with bank.work("reconciler") as work:
        back = RecordBounce(key=key(), payment=payment, amount=usd(500))
        record_bounce(work, back)

    resolving(bank, 0, back.key)

    assert [one.row.state for one in waiting(bank)] == ["resolved"]
    assert_sound(bank, *grants)


def test_a_row_that_named_no_payment_is_resolved_for_the_payment_that_is_said(bank: House) -> None:
    _, (mine, other), _ = on_their_way(bank, 2)
    taken(bank, file(line("no number of ours")))
    done = by_hand(bank, mine)

    with pytest.raises(InvalidInput, match="named no payment"):
        resolving(bank, 0, done)
    with pytest.raises(Refused) as error:
        resolving(bank, 0, done, payment=other)
    assert refused_codes(error) == ["payout_command_of_other_payment"]

    resolving(bank, 0, done, payment=mine)
    assert [one.row.state for one in waiting(bank)] == ["resolved"]


def test_who_released_a_payment_does_not_resolve_what_came_back_of_it(bank: House) -> None:
    _, (payment,), _ = on_their_way(bank)
    done = by_hand(bank, payment)
    taken(bank, file(line(payment, "600.00", "REVERSADO")))

    with pytest.raises(Refused) as error:
        resolving(bank, 0, done, actor="cashier")

    assert refused_codes(error) == ["payer_confirms"]
    assert [one.row.state for one in waiting(bank)] == ["open"]


@pytest.mark.parametrize("word", [Told.DELIVERED, Told.PARTIAL, Told.FAILED, Told.NOT_DISTRIBUTED])
def test_an_answer_that_would_move_no_money_ends_no_exception(bank: House, word: Told) -> None:
    _, (payment,), _ = on_their_way(bank)
    taken(bank, file(*[line(payment, ref="EJ-1")] * 2))
    (one,) = waiting(bank)

    def answering(told: Told, amount: Money | None = None) -> ExceptionEnded:
        with bank.work("reconciler") as work:
            command = AnswerException(
                key=key(), number=one.row.number, told=told, reason="advice 12", amount=amount
            )
            return answer_exception(work, command)

    with pytest.raises(Refused) as error:
        answering(word)

    assert refused_codes(error) == ["payout_answer_moves_nothing"]
    assert [one.row.state for one in waiting(bank)] == ["open"]
    assert answering(Told.DELIVERED, amount=usd(500)).entry
    assert_sound(bank)


def test_a_later_word_without_a_reference_leaves_the_one_that_is_there(bank: House) -> None:
    _, (payment,), _ = on_their_way(bank)
    result = PaymentResult(payment=payment, outcome=Outcome.PART, amount=usd(200), reference="EJ-1")
    with bank.work("reconciler") as work:
        confirm_payments(work, ConfirmPayments(key=key(), results=(replace(result, rest_stays_open=True),)))
        rest = replace(result, amount=usd(300), reference="")
        confirm_payments(work, ConfirmPayments(key=key(), results=(rest,)))

    with bank.engine.connect() as connection:
        found = connection.execute(sa.text("SELECT provider_ref FROM sf_disbursement")).scalar_one()
    assert found == "EJ-1"


def typed(command: str) -> dict[str, str]:
    """The fields of a command as it is printed to be typed."""
    words = shlex.split(command)
    assert words[:2] == ["seedfund", "do"]
    return {"verb": words[2], **dict(word.split("=", 1) for word in words[4::2])}


def test_why_a_row_waits_names_the_commands_that_end_it_and_they_do(bank: House) -> None:
    _, (payment,), _ = on_their_way(bank)
    taken(bank, file(line(payment, "100.00"), line("nobody")))
    with bank.work("reconciler") as work:
        result = PaymentResult(payment=payment, outcome=Outcome.PART, amount=usd(100))
        confirm_payment(work, ConfirmPayment(key="by-hand", result=result))

    with bank.work("reconciler") as work:
        told, unknown = (why_it_waits(work, number) for number in ("PX-2026-0001", "PX-2026-0002"))

    answer, resolve, dismiss = (typed(one) for one in told.commands)
    assert answer == {
        "verb": "payouts.answer_exception",
        "number": "PX-2026-0001",
        "told": "...",
        "amount": "...",
        "reason": "...",
    }
    assert (dismiss["verb"], dismiss["number"]) == ("payouts.dismiss_exception", "PX-2026-0001")
    assert [typed(one).get("payment") for one in unknown.commands] == ["...", "...", None]

    fields: dict[str, Any] = {**resolve, "reason": "advice 12"}
    verb = fields.pop("verb")
    assert (verb, fields["command_key"]) == ("payouts.resolve_exception", "by-hand")
    with bank.work("reconciler") as work:
        resolve_exception(work, ResolveException(key=key(), **fields))
        ended = why_it_waits(work, "PX-2026-0001")
    assert (ended.state, ended.commands) == ("resolved", ())
    assert ended.ended == {"by": "reconciler", "on": "2026-01-05", "why": "advice 12", "command": "by-hand"}


def test_who_released_a_payment_does_not_end_its_exception_by_naming_another_payment(bank: House) -> None:
    _, (mine,), _ = on_their_way(bank)
    others = approved(bank, wish(payable(bank)))
    with bank.work("approver") as work:
        release_payment_list(work, ReleasePaymentList(key=key(), number=others.number))
    (other,) = others.payments
    taken(bank, file(line(mine, "100.00")))
    (one,) = waiting(bank)
    told = by_hand(bank, other)

    with bank.work("cashier") as work, pytest.raises(Refused) as resolving:
        resolve_exception(
            work,
            ResolveException(
                key=key(), number=one.row.number, command_key=told, payment=other, reason="it was that one"
            ),
        )
    with bank.work("cashier") as work, pytest.raises(Refused) as answering:
        answer_exception(
            work,
            AnswerException(
                key=key(), number=one.row.number, payment=other, told=Told.DELIVERED, reason="that one"
            ),
        )
    assert "payer_confirms" in resolving.value.codes
    assert "payer_confirms" in answering.value.codes
    assert [waits.row.number for waits in waiting(bank)] == [one.row.number]


def test_an_answer_that_says_nothing_is_told_so_whatever_became_of_the_payment(bank: House) -> None:
    _, (payment,), _ = on_their_way(bank)
    taken(bank, file(*[line(payment, ref="EJ-1")] * 2))
    (waits,) = waiting(bank)

    with bank.work("reconciler") as work, pytest.raises(InvalidInput, match="says nothing"):
        answer_exception(
            work,
            AnswerException(key=key(), number=waits.row.number, told=Told.PENDING, reason="not yet"),
        )


@pytest.mark.parametrize("told", [Told.DELIVERED, Told.PARTIAL, Told.REVERSED])
def test_an_answer_of_nothing_makes_no_payment_a_failed_one(bank: House, told: Told) -> None:
    _, (payment,), _ = on_their_way(bank)
    taken(bank, file(line(payment, "100.00")))
    (one,) = waiting(bank)

    with bank.work("reconciler") as work, pytest.raises(Refused) as answering:
        answer_exception(
            work,
            AnswerException(
                key=key(), number=one.row.number, told=told, amount=usd(0), reason="a slip of the pen"
            ),
        )
    assert answering.value.codes == ("payout_answer_moves_nothing",)
    assert payment_of(bank, payment).state == "released"
