"""A provider's file taken in on the books: what fits is posted once, what does not waits, nothing is lost."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.payouts.queries import list_intakes, open_cells
from seedfund.payouts.rules import Misfit, Told
from seedfund.payouts.service import TakeResults, take_results
from seedfund.payouts.service.rows import ResultRow
from tests.grants.paying import approve, at, listed, payable, payment_of, release, wish
from tests.grants.test_settlements import assert_sound
from tests.payouts.provider import (
    FEES,
    PARTS,
    codes,
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


@pytest.fixture
def bank(house: House) -> House:
    """A programme with money and the bank's layout."""
    prepared(house)
    layout(house)
    return house


def states(house: House, payments: tuple[str, ...]) -> list[str]:
    return [payment_of(house, number).state for number in payments]


def test_each_row_comes_to_its_payment_and_the_books_hold(bank: House) -> None:
    number, payments, grants = on_their_way(bank, 5)
    content = file(
        line(payments[0]),
        line(payments[1], "200.00", "parcial"),
        line(payments[2], "", "RECHAZADO", "cuenta cerrada"),
        line(payments[3], "0.00", "no entregado"),
        line(payments[4], "", ""),
    )

    result = taken(bank, content, list_number=number)

    assert counts(result) == (5, 4, 0, 1)
    assert (result.pending, result.refusals, result.batch) == (1, (), "RI-2026-0001")
    assert states(bank, payments) == ["delivered", "part", "failed", "expired", "released"]
    assert at(bank, grants[1]).spent == 20_000
    assert_sound(bank, *grants)


def test_the_same_file_changes_nothing_and_leaves_no_trace(bank: House) -> None:
    _, payments, grants = on_their_way(bank, 2)
    content = file(
        line(payments[0]), line(payments[1], "", ""), line("PG-2026-9999"), line("no number at all")
    )
    first = taken(bank, content)

    again = taken(bank, content)

    assert (counts(first), counts(again)) == ((4, 1, 2, 1), (4, 0, 0, 4))
    assert (again.batch, again.refusals) == (None, ())
    assert [flag.refusal.code for flag in again.flags] == ["payout_payment_unknown"] * 2
    assert len(waiting(bank)) == 2
    with bank.work("finance") as work:
        assert len(list_intakes(work.reader(), work.programme.id)) == 1
    assert_sound(bank, *grants)


def test_a_file_that_grows_brings_only_what_is_new(bank: House) -> None:
    _, payments, grants = on_their_way(bank, 2)
    taken(
        bank, file(line(payments[0], ref="R1", day="2026-01-05"), line(payments[1], "500.00", "en proceso"))
    )

    later = taken(
        bank,
        file(
            line(payments[0], ref="R1", day="2026-01-05"),
            line(payments[1], "500.00", "PAGADO", "R2", "2026-01-05"),
            line(payments[0], "500.00", "REVERSADO", "R3", "2026-01-05"),
        ),
    )

    assert counts(later) == (3, 2, 0, 1)
    assert states(bank, payments) == ["bounced", "delivered"]
    assert at(bank, grants[0]).spent == 0
    assert_sound(bank, *grants)


def test_a_reversal_may_stand_before_the_result_it_takes_back(bank: House) -> None:
    _, payments, grants = on_their_way(bank)

    result = taken(bank, file(line(payments[0], "500.00", "REVERSADO", "R2"), line(payments[0], ref="R1")))

    assert counts(result) == (2, 2, 0, 0)
    assert states(bank, payments) == ["bounced"]
    assert_sound(bank, *grants)


def test_more_than_was_due_is_posted_and_flagged_and_the_rest_is_the_providers_debt(bank: House) -> None:
    _, payments, grants = on_their_way(bank)

    result = taken(bank, file(line(payments[0], "650.00")))

    position = at(bank, grants[0])
    assert counts(result) == (1, 1, 0, 0)
    assert [(flag.row, flag.refusal.code) for flag in result.flags] == [(2, "payout_irregular")]
    assert (position.spent, position.advances) == (50_000, {"participant": 50_000})
    assert payment_of(bank, payments[0]).is_irregular
    assert_sound(bank, *grants)


def test_what_does_not_fit_waits_typed_and_sealed_and_posts_nothing(bank: House) -> None:
    number, payments, grants = on_their_way(bank, 3)
    other, (stranger,), _ = on_their_way(bank)
    content = file(
        line(payments[0], ref="R1"),
        line(payments[0], ref="R9"),
        line(payments[1], "500.00", "PAGADO"),
        line(payments[1], "", "RECHAZADO"),
        line(payments[2], "100.00"),
        line(stranger),
        line("PG-2026-9999"),
        line("4.07952E+14"),
        line(payments[2], "500.00", "ACREDITADO"),
        line(payments[2], "cien", "PAGADO"),
    )

    result = taken(bank, content, list_number=number)

    assert counts(result) == (10, 1, 9, 0)
    assert codes(result) == [
        (3, "payout_row_repeated"),
        (4, "payout_rows_contradict"),
        (5, "payout_rows_contradict"),
        (6, "payout_amount_disagrees"),
        (7, "payout_payment_of_other_list"),
        (8, "payout_payment_unknown"),
        (9, "payout_cell_unreadable"),
        (9, "identifier_spoiled"),
        (10, "payout_status_unknown"),
        (11, "payout_cell_unreadable"),
        (11, "amount_unreadable"),
    ]
    assert states(bank, (*payments, stranger)) == ["delivered", "released", "released", "released"]
    assert other != number
    with bank.work("reconciler") as work:
        cells = open_cells(work, waiting(bank)[6].row)
    assert cells is not None
    assert cells["payment"] == "4.07952E+14"
    assert_sound(bank, *grants)


def test_no_cell_of_a_row_that_waits_lies_in_the_clear(bank: House) -> None:
    taken(bank, file("CUENTA2200334455;Persona Ficticia;500.00;PAGADO;;"))

    with bank.engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            rows = connection.execute(sa.text(f'SELECT * FROM "{table}"')).all()
            assert "2200334455" not in repr(rows), table


def test_a_row_that_waited_is_taken_when_it_comes_again_and_fits(bank: House) -> None:
    grant = payable(bank)
    sent = listed(bank, wish(grant))
    content = file(line(sent.payments[0]))
    early = taken(bank, content)
    (waits,) = waiting(bank)
    assert (codes(early), waits.payment) == ([(2, "payout_not_released")], sent.payments[0])

    approve(bank, sent.number)
    release(bank, sent.number)
    later = taken(bank, content)

    assert counts(later) == (1, 1, 0, 0)
    assert (waiting(bank)[0].row.state, states(bank, sent.payments)) == ("resolved", ["delivered"])
    assert_sound(bank, grant)


def test_fees_fall_on_the_line_of_charges_once_and_the_payee_keeps_what_was_promised(bank: House) -> None:
    layout(bank, "comision", FEES)
    _, payments, grants = on_their_way(bank, 2)
    content = file(f"{payments[0]},498.00,2.00", f"{payments[1]},500.00,1.50", head="id,neto,comision")

    result = taken(bank, content, code="comision")
    again = taken(bank, content, code="comision")

    first = at(bank, grants[0])
    assert (counts(result), result.fees) == ((2, 2, 0, 0), (usd(3, 50),))
    assert (counts(again), again.fees) == ((2, 0, 0, 2), ())
    assert (first.spent, first.committed) == (49_800, 200)
    assert states(bank, payments) == ["part", "delivered"]
    assert_sound(bank, *grants)


def test_parts_told_one_by_one_settle_the_payment_together(bank: House) -> None:
    layout(bank, "partes", PARTS)
    _, payments, grants = on_their_way(bank)
    rows = [
        f"{payments[0]},200.00,PARCIAL,A",
        f"{payments[0]},100.00,PARCIAL,B",
        f"{payments[0]},200.00,PAGADO,C",
    ]

    result = taken(bank, file(*rows, head="id,monto,estado,ref"), code="partes")

    assert counts(result) == (3, 3, 0, 0)
    assert states(bank, payments) == ["delivered"]
    assert_sound(bank, *grants)


def test_a_part_told_again_to_the_letter_by_another_file_waits_for_a_person(bank: House) -> None:
    layout(bank, "partes", PARTS)
    _, payments, grants = on_their_way(bank, 2)
    head, part = "id,monto,estado,ref", f"{payments[0]},200.00,PARCIAL,"
    first = file(part, head=head)
    second = file(part, f"{payments[1]},500.00,PAGADO,Z", head=head)
    taken(bank, first, code="partes")

    same = taken(bank, first, code="partes")
    other = taken(bank, second, code="partes")
    again = taken(bank, second, code="partes")

    assert counts(same) == (1, 0, 0, 1)
    assert (counts(other), codes(other)) == ((2, 1, 1, 0), [(2, "payout_row_repeated")])
    assert counts(again) == (2, 0, 0, 2)
    assert [one.row.misfit for one in waiting(bank)] == [Misfit.ROW_REPEATED]
    assert states(bank, payments) == ["part_open", "delivered"]
    assert_sound(bank, *grants)


def test_a_fee_in_another_currency_than_its_amount_is_not_taken_as_ours(bank: House) -> None:
    _, payments, _ = on_their_way(bank)
    row = ResultRow(
        row=2,
        fingerprint="f" * 64,
        occurrence=1,
        cells=Secret("{}"),
        payment=payments[0],
        told=Told.DELIVERED,
        amount=usd(500),
        fee=Money(2_000, "JOD"),
    )

    with bank.work("reconciler") as work, pytest.raises(InvalidInput, match="JOD"):
        take_results(work, TakeResults(key=key(), layout="banco", sha256="0" * 64, rows=(row,)))


def test_what_came_in_stays_as_it_came(bank: House) -> None:
    taken(bank, file(line("no number at all")))

    for statement in (
        "UPDATE sf_payout_row SET fate = 'pending'",
        "DELETE FROM sf_payout_exception",
        "UPDATE sf_payout_exception SET misfit = 'other_currency'",
        "UPDATE sf_payout_intake SET sha256 = 'x'",
        "UPDATE sf_payout_layout SET terms = '{}'",
    ):
        with bank.engine.connect() as connection, pytest.raises(DatabaseError):
            connection.execute(sa.text(statement))
