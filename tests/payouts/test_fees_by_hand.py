"""A fee of a result that a person recorded is charged once: by the row that says it again, or by what ends its wait."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedfund.grants.rules.deliveries import Outcome
from seedfund.grants.service.deliveries import ConfirmPayment, PaymentResult, confirm_payment
from seedfund.interchange.service.provider_results import ResultsRequest, import_results
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.payouts.queries import list_exceptions, paid_rows
from seedfund.payouts.queries.paid import list_numbers
from seedfund.payouts.rules import AmountMeaning, FeesAre, Manner, Paid, Told, fee_of_record
from seedfund.payouts.service import (
    AnswerException,
    DismissException,
    ExceptionEnded,
    ResolveException,
    answer_exception,
    dismiss_exception,
    resolve_exception,
)
from seedfund.store.work import Work, open_work
from tests.grants.paying import bounced
from tests.grants.test_settlements import assert_sound
from tests.payouts.provider import counts, layout, on_their_way, taken, waiting
from tests.payouts.test_fees import ON_TOP, bank, charges, rows  # noqa: F401 # its fixture
from tests.support.grants import key, usd
from tests.support.programme import CODE, RING, House

TOTAL, EACH = (Manner(fees=FeesAre.ON_TOP, amounts=amounts) for amounts in AmountMeaning)
FULL, BACK = "full 50000 2026-01-15", "bounced 50000 2026-01-16"
HANDS: Final = pytest.mark.parametrize("code", ["comision", "partes"])


def standing(*marks: str, **more: Any) -> Paid:
    return Paid(
        number="PG-1",
        state="delivered",
        amount=50_000,
        delivered=50_000,
        currency="USD",
        list_number="PL-1",
        marks=marks,
        **more,
    )


@pytest.mark.parametrize(
    ("fee", "paid", "manner", "is_reversal", "due"),
    [
        (200, standing(FULL), EACH, False, 200),
        (200, standing(FULL), TOTAL, False, 200),
        (200, standing(FULL, told=1, fees=(200,)), EACH, False, 0),
        (200, standing(FULL, told=1, fees=(200,)), TOTAL, False, 0),
        (350, standing(FULL, told=1, fees=(200,)), TOTAL, False, 150),
        (200, standing(FULL, FULL, told=1, fees=(200,)), EACH, False, 200),
        (200, standing(FULL, FULL, told=2, fees=(200, 200)), EACH, False, 0),
        (50, standing(FULL, BACK, told=1, fees=(200,)), EACH, True, 50),
        (50, standing(FULL, BACK, told=1, fees=(200,)), TOTAL, True, 50),
        (200, standing(FULL, BACK, told=1, fees=(200,)), EACH, True, 0),
        (50, standing(FULL, BACK, told=1, told_back=1, fees=(200,), fees_back=(50,)), EACH, True, 0),
        (50, standing(FULL, BACK, told=1, told_back=1, fees=(200,), fees_back=(50,)), TOTAL, True, 0),
        (50, standing(FULL, BACK, BACK, told=1, told_back=1, fees=(200,), fees_back=(50,)), TOTAL, True, 50),
    ],
)
def test_of_a_result_on_record_a_fee_is_due_that_nobody_told(
    fee: int, paid: Paid, manner: Manner, is_reversal: bool, due: int
) -> None:
    assert fee_of_record(fee, paid, manner, is_reversal=is_reversal) == due


@pytest.fixture
def house_of_banks(bank: House) -> House:  # noqa: F811 # the fixture of that name
    """A bank that tells totals, and one that tells what each row brought."""
    layout(bank, "partes", replace(ON_TOP, amounts=AmountMeaning.EACH))
    return bank


def by_hand(house: House, payment: str) -> str:
    """Confirm a payment in full; the key of the command."""
    with house.work("reconciler") as work:
        return _confirm(work, payment)


def _confirm(work: Work, payment: str) -> str:
    result = PaymentResult(payment=payment, outcome=Outcome.FULL, amount=usd(500))
    command = ConfirmPayment(key=key(), result=result)
    confirm_payment(work, command)
    return command.key


def resolve(house: House, place: int, command_key: str, **more: Any) -> ExceptionEnded:
    number = waiting(house)[place].row.number
    with house.work("reconciler") as work:
        given = {"key": key(), "number": number, "command_key": command_key, "reason": "advice 12", **more}
        return resolve_exception(work, ResolveException(**given))


@HANDS
def test_a_row_that_says_what_is_on_record_by_hand_charges_its_fee_once(
    house_of_banks: House, code: str
) -> None:
    house = house_of_banks
    _, (payment,), grants = on_their_way(house)
    by_hand(house, payment)
    row = f"{payment},500.00,2.00,PAGADO"

    told = [taken(house, rows(row, *more), code=code) for more in ((), (), ("",))]
    other_letters = taken(house, rows(f"{payment},500.0,2.00,PAGADO"), code=code)

    assert [counts(one) for one in (*told, other_letters)] == [(1, 0, 0, 1)] * 4
    assert [one.fees for one in (*told, other_letters)] == [(usd(2),), (), (), ()]
    assert [one.batch is not None for one in told] == [True, False, False]
    assert charges(house) == 200
    assert_sound(house, *grants)


@HANDS
def test_the_fee_of_a_return_recorded_by_hand_is_charged_once(house_of_banks: House, code: str) -> None:
    house = house_of_banks
    _, (payment,), grants = on_their_way(house)
    result = f"{payment},500.00,2.00,PAGADO"
    taken(house, rows(result), code=code)
    bounced(house, payment)

    back = [
        taken(house, rows(result, f"{payment},{amount},0.50,REVERSADO"), code=code)
        for amount in ("500.00", "500.0")
    ]

    assert [one.fees for one in back] == [(usd(0, 50),), ()]
    assert charges(house) == 250
    assert_sound(house, *grants)


@HANDS
def test_resolving_by_another_command_charges_the_fee_that_the_row_told(
    house_of_banks: House, code: str
) -> None:
    house = house_of_banks
    _, (payment,), grants = on_their_way(house)
    files = [rows(f"{payment},{amount},2.00,PAGADO") for amount in ("400.00", "300.00")]
    for content in files:
        taken(house, content, code=code)
    done = by_hand(house, payment)

    first, second = resolve(house, 0, done), resolve(house, 1, done)

    assert (first.payment, first.fee, second.fee) == (payment, usd(2), None)
    assert [taken(house, content, code=code).fees for content in files] == [(), ()]
    assert taken(house, rows(f"{payment},500.00,2.00,PAGADO"), code=code).fees == ()
    assert charges(house) == 200
    assert_sound(house, *grants)


@pytest.mark.parametrize(("fee", "found"), [(usd(3), 300), (usd(0), 0)])
def test_who_resolves_may_say_another_fee_or_none(house_of_banks: House, fee: Money, found: int) -> None:
    house = house_of_banks
    _, (payment,), _ = on_their_way(house)
    row = f"{payment},400.00,2.00,PAGADO"
    taken(house, rows(row), code="comision")

    resolve(house, 0, by_hand(house, payment), fee=fee)

    assert taken(house, rows(row, ""), code="comision").fees == ()
    assert charges(house) == found


def test_a_fee_of_a_row_that_named_no_payment_needs_one(house_of_banks: House) -> None:
    house = house_of_banks
    _, (payment,), _ = on_their_way(house)
    taken(house, rows("unknown,500.00,2.00,PAGADO"), code="comision")
    done = by_hand(house, payment)

    with pytest.raises(InvalidInput, match="named no payment"):
        resolve(house, 0, done)
    assert resolve(house, 0, done, payment=payment).fee == usd(2)
    assert charges(house) == 200


class Play:
    """One payment, one fee of 2.00, and what may happen to it in some order; money is told to have moved once."""

    def __init__(self, work: Work, payment: str, code: str):
        self.work, self.payment, self.code, self.hand = work, payment, code, ""

    @property
    def is_open(self) -> bool:
        """Whether the payment is still on its way."""
        reader, programme = self.work.reader(), self.work.programme.id
        lists = list_numbers(reader, programme)
        return paid_rows(reader, programme, [self.payment], lists)[self.payment].facts.held > 0

    def file(self, amount: str, *, blank: bool = False) -> None:
        content = rows(f"{self.payment},{amount},2.00,PAGADO", *([""] if blank else []))
        import_results(self.work, ResultsRequest(content=content, layout=self.code))

    def confirm(self) -> None:
        if self.is_open:
            self.hand = _confirm(self.work, self.payment)

    def end(self) -> None:
        """End the first exception that waits as a person would."""
        number = next((one.row.number for one in list_exceptions(self.work) if one.row.state == "open"), "")
        given: dict[str, Any] = {"key": key(), "number": number, "reason": "advice 12"}
        if number and self.hand:
            resolve_exception(self.work, ResolveException(**given, command_key=self.hand))
        elif number and self.is_open:
            answer_exception(self.work, AnswerException(**given, told=Told.DELIVERED, amount=usd(500)))
        elif number:
            dismiss_exception(self.work, DismissException(**given))


STEPS: Final[dict[str, Callable[[Play], None]]] = {
    "fits": lambda play: play.file("500.00"),
    "fits, in another file": lambda play: play.file("500.00", blank=True),
    "fits, in other letters": lambda play: play.file("500.0"),
    "does not fit": lambda play: play.file("400.00"),
    "does not fit, in another file": lambda play: play.file("400.00", blank=True),
    "by hand": Play.confirm,
    "ended": Play.end,
}


@HANDS
def test_in_whatever_order_a_fee_is_told_it_is_charged_once(house_of_banks: House, code: str) -> None:
    house = house_of_banks
    _, (payment,), _ = on_their_way(house)

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(sorted(STEPS)), max_size=7))
    def check(steps: Sequence[str]) -> None:
        with open_work(
            house.engine, actor="reconciler", programme=CODE, keyring=RING, clock=house.clock, ids=house.ids
        ) as work:
            play = Play(work, payment, code)
            for step in (*steps, "fits", *["ended"] * (len(steps) + 1)):
                STEPS[step](play)

            assert not play.is_open
            assert charged(work) == 200

    check()


def charged(work: Work) -> int:
    """What lies on the line of charges inside this unit, in minor units."""
    asked = "SELECT SUM(debits_posted - credits_posted) FROM sf_account WHERE code LIKE 'expense:%CH%'"
    return int(work.session.execute(sa.text(asked)).scalar_one() or 0)
