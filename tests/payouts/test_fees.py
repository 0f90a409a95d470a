"""A provider's fee is charged once: by the row that tells it, or by the answer of the row that waited."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.payouts.rules import AmountMeaning, FeesAre, LayoutField, Manner, Paid, Told, fee_due
from seedfund.payouts.service import AnswerException, ExceptionEnded, answer_exception
from tests.grants.test_settlements import assert_sound
from tests.payouts.provider import (
    FEES,
    WORDS,
    column,
    counts,
    file,
    layout,
    line,
    on_their_way,
    taken,
    waiting,
)
from tests.support.grants import key, prepared, usd
from tests.support.programme import House

TOTAL, EACH = (Manner(fees=FeesAre.ON_TOP, amounts=amounts) for amounts in AmountMeaning)
HEAD = "id,monto,comision,estado"
ON_TOP = replace(
    FEES,
    columns=(
        *(column("id", LayoutField.PAYMENT), column("monto", LayoutField.AMOUNT)),
        *(column("comision", LayoutField.FEE), column("estado", LayoutField.STATUS)),
    ),
    statuses=WORDS,
    fees=FeesAre.ON_TOP,
)


def charged(*fees: int, back: tuple[int, ...] = ()) -> Paid:
    return Paid(
        number="PG-1",
        state="delivered",
        amount=50_000,
        delivered=50_000,
        currency="USD",
        list_number="PL-1",
        fees=fees,
        fees_back=back,
    )


@pytest.mark.parametrize(
    ("fee", "paid", "manner", "is_reversal", "due"),
    [
        (200, charged(), EACH, False, 200),
        (200, charged(200), EACH, False, 200),
        (200, charged(), TOTAL, False, 200),
        (200, charged(200), TOTAL, False, 0),
        (350, charged(200), TOTAL, False, 150),
        (150, charged(200), TOTAL, False, 0),
        (200, charged(200), EACH, True, 0),
        (200, charged(200, 150), EACH, True, 0),
        (350, charged(200, 150), EACH, True, 0),
        (200, charged(200), TOTAL, True, 0),
        (50, charged(200), EACH, True, 50),
        (50, charged(200), TOTAL, True, 50),
        (250, charged(200), TOTAL, True, 50),
        (250, charged(200), EACH, True, 250),
        (50, charged(200, back=(50,)), EACH, True, 50),
        (250, charged(200, back=(50,)), TOTAL, True, 0),
        (200, charged(), EACH, True, 200),
    ],
)
def test_a_fee_that_is_told_again_is_not_due_again(
    fee: int, paid: Paid, manner: Manner, is_reversal: bool, due: int
) -> None:
    assert fee_due(fee, paid, manner, is_reversal=is_reversal) == due


@pytest.fixture
def bank(house: House) -> House:
    """A programme with money, and a bank that charges its fees on top."""
    prepared(house)
    layout(house, "comision", ON_TOP)
    return house


def rows(*lines: str) -> bytes:
    return file(*lines, head=HEAD)


def charges(house: House) -> int:
    """What lies on the line of charges, in minor units."""
    with house.engine.connect() as connection:
        asked = "SELECT SUM(debits_posted - credits_posted) FROM sf_account WHERE code LIKE 'expense:%CH%'"
        return int(connection.execute(sa.text(asked)).scalar_one() or 0)


def answer(house: House, told: Told = Told.DELIVERED, **more: Any) -> ExceptionEnded:
    (one,) = [shown for shown in waiting(house) if shown.row.state == "open"]
    with house.work("reconciler") as work:
        command = AnswerException(key=key(), number=one.row.number, told=told, reason="advice 12", **more)
        return answer_exception(work, command)


def test_the_fee_of_a_row_that_waited_is_charged_once_by_its_answer(bank: House) -> None:
    _, (payment,), grants = on_their_way(bank)
    content = rows(f"{payment},400.00,2.00,PAGADO")
    assert (counts(taken(bank, content, code="comision")), charges(bank)) == ((1, 0, 1, 0), 0)

    done = answer(bank, amount=usd(500), reference="A1")
    again = taken(bank, content, code="comision")
    reversal = taken(bank, rows(f"{payment},500.00,2.00,REVERSADO"), code="comision")

    assert (done.fee, charges(bank)) == (usd(2), 200)
    assert (counts(again), again.fees) == ((1, 0, 0, 1), ())
    assert (counts(reversal), reversal.fees) == ((1, 1, 0, 0), ())
    assert_sound(bank, *grants)


@pytest.mark.parametrize(("fee", "found"), [(usd(3), 300), (usd(0), 0)])
def test_who_answers_may_say_another_fee_or_none(bank: House, fee: Money, found: int) -> None:
    _, (payment,), grants = on_their_way(bank)
    taken(bank, rows(f"{payment},400.00,2.00,PAGADO"), code="comision")

    answer(bank, amount=usd(500), fee=fee)

    assert charges(bank) == found
    assert_sound(bank, *grants)


@pytest.mark.parametrize("fee", [usd(-1), Money(100, "EUR")])
def test_a_fee_below_zero_or_in_another_currency_is_no_answer(bank: House, fee: Money) -> None:
    _, (payment,), _ = on_their_way(bank)
    taken(bank, rows(f"{payment},400.00,2.00,PAGADO"), code="comision")

    with pytest.raises(InvalidInput, match="fee"):
        answer(bank, amount=usd(500), fee=fee)

    assert charges(bank) == 0


def test_a_fee_without_a_line_of_charges_is_no_answer(bank: House) -> None:
    layout(bank)
    _, (payment,), _ = on_their_way(bank)
    taken(bank, file(line(payment, "400.00")))

    with pytest.raises(InvalidInput, match="line of charges"):
        answer(bank, amount=usd(500), fee=usd(2))


def test_a_reversal_that_prints_the_fee_again_charges_it_once(bank: House) -> None:
    _, payments, grants = on_their_way(bank, 2)
    result = f"{payments[0]},500.00,2.00,PAGADO"
    together = [f"{payments[1]},500.00,1.50,PAGADO", f"{payments[1]},500.00,1.50,REVERSADO"]

    first = taken(bank, rows(result), code="comision")
    second = taken(bank, rows(result, f"{payments[0]},500.00,2.00,REVERSADO"), code="comision")
    third = taken(bank, rows(*together), code="comision")

    assert [counts(one) for one in (first, second, third)] == [(1, 1, 0, 0), (2, 1, 0, 1), (2, 2, 0, 0)]
    assert [one.fees for one in (first, second, third)] == [(usd(2),), (), (usd(1, 50),)]
    assert charges(bank) == 350
    assert_sound(bank, *grants)


def test_the_fee_of_a_return_is_charged_beside_that_of_the_payment(bank: House) -> None:
    _, (payment,), grants = on_their_way(bank)
    taken(bank, rows(f"{payment},500.00,2.00,PAGADO"), code="comision")

    back = taken(bank, rows(f"{payment},500.00,0.50,REVERSADO"), code="comision")

    assert (back.fees, charges(bank)) == ((usd(0, 50),), 250)
    assert_sound(bank, *grants)


def test_of_a_total_that_grows_only_what_is_new_of_its_fee_is_charged(bank: House) -> None:
    layout(bank, "crece", replace(ON_TOP, rest_stays_open=True))
    _, (payment,), grants = on_their_way(bank)
    taken(bank, rows(f"{payment},200.00,2.00,PARCIAL"), code="crece")

    grown = taken(bank, rows(f"{payment},500.00,3.00,PAGADO"), code="crece")

    assert (grown.fees, charges(bank)) == ((usd(1),), 300)
    assert_sound(bank, *grants)
