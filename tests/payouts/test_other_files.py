"""The same words in another file: known where they cannot be other money, else they wait for a person; never lost."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seedfund.payouts.rules import Misfit, Told
from seedfund.payouts.service import (
    AnswerException,
    DismissException,
    answer_exception,
    dismiss_exception,
)
from tests.grants.paying import approve, at, listed, payable, payment_of, release, wish
from tests.grants.test_settlements import assert_sound
from tests.payouts.provider import PARTS, codes, counts, file, layout, line, on_their_way, taken, waiting
from tests.support.grants import key, prepared, usd
from tests.support.programme import House

HEAD = "id,monto,estado,ref"


@pytest.fixture
def bank(house: House) -> House:
    """A programme with money, a bank that tells totals and one that tells each part."""
    prepared(house)
    layout(house)
    layout(house, "partes", PARTS)
    return house


def parts(*rows: str) -> bytes:
    return file(*rows, head=HEAD)


def queue(house: House) -> Sequence[tuple[Misfit, str]]:
    return [(one.row.misfit, one.row.state) for one in waiting(house)]


def dismiss(house: House, place: int) -> None:
    with house.work("manager") as work:
        dismiss_exception(
            work, DismissException(key=key(), number=waiting(house)[place].row.number, reason="printed twice")
        )


def answer(house: House, place: int, payment: str, amount: int) -> None:
    with house.work("reconciler") as work:
        answer_exception(
            work,
            AnswerException(
                key=key(),
                number=waiting(house)[place].row.number,
                payment=payment,
                told=Told.PARTIAL,
                amount=usd(amount),
                rest_stays_open=True,
                reference=f"told by the provider {place}",
                reason="the provider confirmed it",
            ),
        )


def test_a_third_part_told_to_the_letter_waits_beside_the_second(bank: House) -> None:
    _, (payment,), grants = on_their_way(bank)
    part = f"{payment},100.00,PARCIAL,"
    files = [parts(part), parts(part, ""), parts(part, "", "")]

    told = [taken(bank, content, code="partes") for content in files]
    again = [taken(bank, content, code="partes") for content in files]

    assert [counts(one) for one in told] == [(1, 1, 0, 0), (1, 0, 1, 0), (1, 0, 1, 0)]
    assert [counts(one) for one in again] == [(1, 0, 0, 1)] * 3
    assert queue(bank) == [(Misfit.ROW_REPEATED, "open")] * 2
    for place in (0, 1):
        answer(bank, place, payment, 100)
    assert at(bank, grants[0]).spent == 30_000
    assert [counts(taken(bank, content, code="partes")) for content in files] == [(1, 0, 0, 1)] * 3
    assert_sound(bank, *grants)


def test_of_files_that_grow_earlier_parts_are_known_and_only_what_is_new_is_taken(bank: House) -> None:
    layout(bank, "crece", replace(PARTS, files_grow=True))
    _, payments, grants = on_their_way(bank, 2)
    first, broken = f"{payments[0]},100.00,PARCIAL,", f"{payments[1]},600.00,PARCIAL,"
    second = f"{payments[0]},150.00,PARCIAL,"
    files = [parts(first, broken), parts(first, broken, second), parts(first, broken, second, first)]

    early = taken(bank, files[0], code="crece")
    answer(bank, 0, payments[1], 200)
    later = [taken(bank, content, code="crece") for content in files[1:]]
    again = [taken(bank, content, code="crece") for content in files]

    assert counts(early) == (2, 1, 1, 0)
    assert [counts(one) for one in later] == [(3, 1, 0, 2), (4, 0, 1, 3)]
    assert [counts(one) for one in again] == [(2, 0, 0, 2), (3, 0, 0, 3), (4, 0, 0, 4)]
    assert queue(bank) == [(Misfit.AMOUNT_DISAGREES, "resolved"), (Misfit.ROW_REPEATED, "open")]
    assert [at(bank, grant).spent for grant in grants] == [25_000, 20_000]
    assert_sound(bank, *grants)


def test_a_part_that_waited_and_was_posted_does_not_hide_the_next_one(bank: House) -> None:
    grant = payable(bank)
    sent = listed(bank, wish(grant))
    part = f"{sent.payments[0]},200.00,PARCIAL,"
    first, second = parts(part), parts(part, "")
    taken(bank, first, code="partes")
    approve(bank, sent.number)
    release(bank, sent.number)
    assert counts(taken(bank, first, code="partes")) == (1, 1, 0, 0)

    other = taken(bank, second, code="partes")

    assert (counts(other), codes(other)) == ((1, 0, 1, 0), [(2, "payout_row_repeated")])
    assert queue(bank) == [(Misfit.NOT_RELEASED, "resolved"), (Misfit.ROW_REPEATED, "open")]
    assert_sound(bank, grant)


def test_a_part_that_waits_is_not_ended_by_its_like_in_another_file(bank: House) -> None:
    grant = payable(bank)
    sent = listed(bank, wish(grant))
    part = f"{sent.payments[0]},200.00,PARCIAL,"
    taken(bank, parts(part), code="partes")
    approve(bank, sent.number)
    release(bank, sent.number)

    other = taken(bank, parts(part, ""), code="partes")

    assert counts(other) == (1, 0, 1, 0)
    assert queue(bank) == [(Misfit.NOT_RELEASED, "open"), (Misfit.ROW_REPEATED, "open")]
    assert payment_of(bank, sent.payments[0]).state == "released"


def test_a_row_of_an_unknown_payment_waits_once_a_file_where_it_may_be_other_money(bank: House) -> None:
    row = "no number at all,200.00,PARCIAL,"
    marked = "no number at all,200.00,PARCIAL,R1"
    broken = "no number at all,doscientos,PARCIAL,"

    told = [taken(bank, parts(row, marked, broken, *more), code="partes") for more in ((), ("",))]

    assert [counts(one) for one in told] == [(3, 0, 3, 0), (3, 0, 2, 1)]
    assert [misfit for misfit, _ in queue(bank)] == [
        *(Misfit.PAYMENT_UNKNOWN, Misfit.PAYMENT_UNKNOWN, Misfit.CELL_UNREADABLE),
        *(Misfit.PAYMENT_UNKNOWN, Misfit.CELL_UNREADABLE),
    ]


def test_a_total_that_waits_is_in_the_queue_once_whichever_file_tells_it(bank: House) -> None:
    _, payments, _ = on_their_way(bank, 2)
    early = file(line("PG-2026-9999"), line(payments[0], "100.00"))
    later = file(line("PG-2026-9999"), line(payments[0], "100.00"), line(payments[1]))

    told = [taken(bank, early), taken(bank, later)]

    assert [counts(one) for one in told] == [(2, 0, 2, 0), (3, 1, 0, 2)]
    assert len(waiting(bank)) == 2


def test_a_total_that_was_dismissed_waits_again_only_where_money_would_move_by_it(bank: House) -> None:
    number, (payment,), grants = on_their_way(bank)
    other, _, _ = on_their_way(bank)
    taken(bank, file(line(payment), line("PG-2026-9999")), list_number=other)
    dismiss(bank, 0)
    dismiss(bank, 1)

    second = file(line(payment), line("PG-2026-9999"), line("none"))
    told = taken(bank, second, list_number=number)
    again = taken(bank, second, list_number=number)

    assert (counts(told), codes(told)) == (
        (3, 0, 2, 1),
        [(2, "payout_row_repeated"), (4, "payout_payment_unknown")],
    )
    assert counts(again) == (3, 0, 0, 3)
    assert payment_of(bank, payment).state == "released"
    assert_sound(bank, *grants)


def test_the_same_row_of_the_same_file_cannot_wait_twice(bank: House) -> None:
    taken(bank, file(line("no number at all")))

    columns = (
        "programme_id, intake_id, row_number, fingerprint, occurrence, sha256, misfit, facts, subject_id, "
        "cells, state, raised_on, raised_by"
    )
    twice = (
        f"INSERT INTO sf_payout_exception (id, number, {columns}) "
        f"SELECT intake_id, 'PX-2', {columns} FROM sf_payout_exception"
    )
    with (
        bank.engine.connect() as connection,
        pytest.raises(IntegrityError, match=r"never replaced|unique constraint"),
    ):
        connection.execute(sa.text(twice))
