"""Entries of a grant's spine: what they do to balances, and what is refused."""

import pytest

from seedfund.kernel.errors import Refused
from seedfund.ledger.queries.locked import holds
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.accounts import cash
from seedfund.ledger.rules.events import funds, grants, refunds
from seedfund.ledger.rules.positions import PartPosition
from seedfund.ledger.rules.posting import Hold, Posting
from tests.ledger.support import BookOfTest, post
from tests.support.programme import House


def at(house: House, book: BookOfTest, number: int = 1) -> PartPosition:
    """Where the grant's one part stands."""
    grant_id = book.part(number).grant_id
    with house.work("finance") as work:
        return positions(work.reader(), [grant_id])[grant_id][0]


def hold_of(house: House, book: BookOfTest, seq: int) -> Hold:
    """The hold at a seq."""
    with house.work("finance") as work:
        return holds(work.reader(), book.id, [seq])[0]


def promise(house: House, book: BookOfTest, amount: int = 30_000, *, number: int = 1) -> None:
    """Award and sign."""
    part = book.part(number)
    post(house, "award_decided", grants.award([(part, amount)]))
    post(house, "agreement_signed", grants.sign([(part, amount)]))


def release(house: House, book: BookOfTest, amount: int, *, needs_receipts: bool = True) -> Hold:
    """Release a payment to the participant."""
    lot = grants.Lot(book.part(), amount, book.bank)
    posted = post(house, "payment_released", grants.release([lot], needs_receipts=needs_receipts))
    return hold_of(house, book, posted.seqs[0])


def pay(house: House, book: BookOfTest, amount: int, *, needs_receipts: bool = True) -> None:
    """Release a payment and deliver it in full."""
    hold = release(house, book, amount, needs_receipts=needs_receipts)
    post(house, "payment_delivered", grants.deliver([hold], amount))


def test_a_delivered_payment_is_spent_and_open_until_receipts_are_accepted(
    house: House, book: BookOfTest
) -> None:
    expected = PartPosition(
        book.part(),
        committed=20_000,
        spent=10_000,
        expense=4_000,
        advances={"participant": 6_000},
    )
    promise(house, book)
    pay(house, book, 10_000)

    rows, applied = grants.accept([at(house, book)], 4_000)
    post(house, "evidence_accepted", rows)

    assert applied == 4_000
    assert at(house, book) == expected


def test_nobody_promises_the_same_money_twice(house: House, book: BookOfTest) -> None:
    post(house, "award_decided", grants.award([(book.part(1), 30_000)]))

    with pytest.raises(Refused) as refused:
        post(house, "award_decided", grants.award([(book.part(2), 20_001)]))

    assert refused.value.codes == ("available_too_low",)


def test_a_payment_beyond_cash_and_promise_is_refused_for_both_reasons(
    house: House, book: BookOfTest
) -> None:
    promise(house, book)
    post(house, "other_spending", funds.pay_other(book.bank, book.line("OTHER"), 45_000))
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 45_000))

    with pytest.raises(Refused) as refused:
        release(house, book, 30_001)

    assert refused.value.codes == ("cash_too_low", "commitment_exceeded")


def test_a_hold_resolves_once(house: House, book: BookOfTest) -> None:
    promise(house, book)
    hold = release(house, book, 10_000)
    post(house, "payment_failed", grants.fail([hold]))

    with pytest.raises(Refused) as refused:
        post(house, "payment_delivered", grants.deliver([hold], 10_000))

    assert refused.value.codes == ("hold_already_resolved",)


def test_a_part_delivery_leaves_the_rest_promised_or_in_flight(house: House, book: BookOfTest) -> None:
    promise(house, book)
    hold = release(house, book, 10_000)

    posted = post(house, "payment_delivered", grants.deliver([hold], 6_000, rest_stays_open=True))

    position = at(house, book)
    assert (position.committed, position.in_payment, position.spent) == (24_000, 4_000, 6_000)
    post(house, "payment_delivered", grants.deliver([hold_of(house, book, posted.seqs[1])], 1_000))
    position = at(house, book)
    assert (position.committed, position.in_payment, position.spent) == (23_000, 0, 7_000)


def test_a_fact_that_takes_more_than_there_is_gets_room_and_the_next_inflow_gives_it_back(
    house: House, book: BookOfTest
) -> None:
    spent = post(house, "other_spending", funds.pay_other(book.bank, book.line("OTHER"), 120_000))
    with pytest.raises(Refused) as refused:
        post(house, "cash_moved", funds.move_cash(book.bank, book.petty, 1, is_shown=False))
    received = post(house, "instalment_received", funds.receive_instalment(book.bank, "UNHCR", 50_000))

    assert spent.rooms == ("room.cash", "room.line")
    assert refused.value.codes == ("cash_too_low",)
    assert received.rooms == ("cure.cash",)


def test_while_cash_is_short_nothing_new_is_paid_from_it(house: House, book: BookOfTest) -> None:
    promise(house, book)
    post(house, "other_spending", funds.pay_other(book.bank, book.line("OTHER"), 120_000))

    with pytest.raises(Refused) as refused:
        release(house, book, 1_000)

    assert refused.value.codes == ("cash_shortfall_open", "cash_too_low")


def test_while_a_line_is_over_nothing_new_is_awarded_on_it(house: House, book: BookOfTest) -> None:
    promise(house, book)
    post(house, "budget_cut", funds.cut(book.line(), 40_000))

    with pytest.raises(Refused) as refused:
        post(house, "award_decided", grants.award([(book.part(2), 1)]))

    assert refused.value.codes == ("line_overrun_open", "available_too_low")


def test_a_refund_pays_claims_then_advances_and_the_rest_is_not_ours(house: House, book: BookOfTest) -> None:
    promise(house, book)
    pay(house, book, 10_000)
    post(house, "refund_demanded", refunds.demand([at(house, book)], 3_000))

    rows = refunds.refund([at(house, book)], 11_000, banks={book.id: book.bank}, back="committed")
    post(house, "refund_received", rows)

    expected = PartPosition(
        book.part(),
        committed=30_000,
        credit=1_000,
        advances={"participant": 0},
        claims={"participant": 0},
    )
    assert at(house, book) == expected


def test_a_bounced_payment_undoes_its_receipts_first(house: House, book: BookOfTest) -> None:
    promise(house, book)
    pay(house, book, 10_000)
    post(house, "evidence_accepted", grants.accept([at(house, book)], 8_000)[0])

    rows = refunds.bounce(at(house, book), 10_000, bank=book.bank, needs_receipts=True, has_ended=False)
    post(house, "payment_bounced", rows)

    position = at(house, book)
    assert (position.committed, position.spent, position.expense) == (30_000, 0, 0)


def test_entries_of_one_command_share_its_key_and_are_numbered_without_gaps(
    house: House, book: BookOfTest
) -> None:
    first = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 1))
    with pytest.raises(Refused):
        post(house, "cash_moved", funds.move_cash(book.bank, book.petty, 999_999, is_shown=False))
    second = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 1))

    assert (first.number, second.number) == ("AS-UNHCR-2026-000003", "AS-UNHCR-2026-000004")


def test_a_posting_whose_accounts_are_not_those_of_its_recipe_cannot_be_made() -> None:
    with pytest.raises(AssertionError, match=r"payment\.released\.advances posts"):
        Posting("payment.released.advances", 1, cash(1, "PETTY"), cash(1, "BANK"))
