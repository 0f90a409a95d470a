"""What goes wrong with money between bank and books when somebody is in a hurry, or wants it to."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.banking.queries import list_matches, list_statements, parts_of, reconciled
from seedfund.banking.service import (
    CloseMonth,
    PairLines,
    RecordStatement,
    UndoMatch,
    close_month,
    pair_lines,
    record_statement,
    undo_match,
)
from seedfund.funds.queries import bank_account
from seedfund.kernel.errors import NotAllowed, Refused
from seedfund.ledger.service.periods import BeginClosingPeriod, begin_closing_period
from tests.banking.saying import LAST, ON_SQLITE, confirmed, key, line, matches, proposed, said
from tests.banking.test_reconciling import close, settled_month, sign
from tests.funds.support import funded
from tests.grants.paying import bounced, payable, payment_of, released, told, wish
from tests.support.grants import prepared, usd
from tests.support.programme import House


@ON_SQLITE
def test_parts_alike_without_a_reference_settle_a_payment_all(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    said(house, *(line(-amount, text=payment) for amount in (20_000, 20_000, 10_000)))
    for _ in range(3):
        proposed(house)
        confirmed(house, [matches(house)[0].number])
    assert payment_of(house, payment).state == "delivered"


@ON_SQLITE
def test_whoever_took_a_returned_payment_in_does_not_confirm_that_the_bank_shows_it(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    told(house, payment, on=date(2026, 1, 5))
    bounced(house, payment)
    said(house, line(1_000_000), line(-50_000, text=payment), line(50_000, text=f"devuelto {payment}"))
    proposed(house)
    with house.work("finance") as work:
        reader = work.reader()
        rows = {row.id: row.number for row in list_matches(work)}
        parts = parts_of(reader, list(rows))
    (back,) = [
        rows[one] for one, part in parts.items() if [item.amount_minor for item in part.items] == [50_000]
    ]
    for actor in ("reconciler", "cashier"):
        with pytest.raises((Refused, NotAllowed)) as caught:
            confirmed(house, [back], actor=actor)
        assert not isinstance(caught.value, Refused) or caught.value.codes == ("payer_reconciles",)
    assert confirmed(house, [back], actor="finance").confirmed == 1


@ON_SQLITE
def test_a_line_that_two_statements_tell_settles_no_other_payment(house: House) -> None:
    prepared(house)
    payments = [released(house, wish(payable(house))).payments[0] for _ in range(2)]
    twice = line(-50_000, text="transferencia 7788")
    said(house, twice)
    proposed(house)
    confirmed(house, [matches(house)[0].number])
    said(house, twice, opening=0, reference="EXTRACTO-DIARIO", since=date(2026, 1, 5), until=date(2026, 1, 5))
    proposed(house)
    assert matches(house) == []
    assert {payment_of(house, one).state for one in payments} == {"delivered", "released"}


@ON_SQLITE
def test_an_account_with_statements_is_not_closed_over_somebodys_word(house: House) -> None:
    settled_month(house)
    house.clock.advance(timedelta(days=60))
    sign(house)
    for month in ("2026-01", "2026-02"):
        with house.work("finance") as work:
            begin_closing_period(work, BeginClosingPeriod(key=key(), month=month))
        command = CloseMonth(key=key(), month=month, counted=("BANK",))
        if month == "2026-01":
            assert close(house) == "closed"
        else:
            with house.work("director") as work, pytest.raises(Refused) as caught:
                close_month(work, command)
            assert caught.value.codes == ("month_unreconciled",)


@ON_SQLITE
def test_a_statement_of_a_closed_month_is_not_replaced(house: House) -> None:
    settled_month(house)
    quiet = said(house, opening=100_000, reference="SIN MOVIMIENTO", since=date(2026, 1, 31))
    sign(house)
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key=key(), month="2026-01"))
    assert close(house) == "closed"
    with pytest.raises(Refused) as caught:
        said(
            house,
            line(9_000),
            opening=100_000,
            reference="SIN MOVIMIENTO",
            since=date(2026, 1, 31),
            corrects=quiet.number,
        )
    assert caught.value.codes == ("month_is_signed",)


@ON_SQLITE
def test_a_statement_that_names_no_day_keeps_the_month_of_its_lines_open(house: House) -> None:
    funded(house)
    with house.work("reconciler") as work:
        dayless = RecordStatement(
            key=key(),
            account="BANK",
            reference="SIN FECHAS",
            currency="USD",
            lines=(line(100_000),),
            opening=usd(0),
            closing=usd(1_000),
        )
        record_statement(work, dayless)
    house.clock.advance(timedelta(days=60))
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key=key(), month="2026-01"))
    command = CloseMonth(key=key(), month="2026-01", counted=("BANK",))
    with house.work("director") as work, pytest.raises(Refused) as caught:
        close_month(work, command)
    assert caught.value.codes == ("month_unreconciled",)


@ON_SQLITE
def test_a_month_before_the_first_statement_is_not_signed_on_a_later_balance(house: House) -> None:
    funded(house)
    since, until = date(2026, 2, 1), date(2026, 2, 28)
    house.clock.advance(timedelta(days=60))
    said(house, line(7_000, on=since), opening=100_000, since=since, until=until)
    with pytest.raises(Refused) as caught:
        sign(house)
    assert caught.value.codes == ("statements_begin_later",)
    assert caught.value.refusals[0].facts["begins"] == since.isoformat()


@ON_SQLITE
def test_a_line_outside_its_statement_counts_in_the_statement_whose_balance_counts_it(house: House) -> None:
    funded(house)
    house.clock.advance(timedelta(days=60))
    said(house, line(100_000), line(-700, on=date(2026, 2, 2)))
    february = {"since": date(2026, 2, 1), "until": date(2026, 2, 28), "opening": 99_300}
    said(house, line(-40, on=date(2026, 1, 30)), reference="EXTRACTO-2", **february)  # type: ignore[arg-type] # its own
    with house.work("auditor") as work:
        bank = bank_account(work.reader(), work.programme.id, "BANK")
        held = [
            reconciled(work.reader(), work.programme.id, bank, day)[0].bank
            for day in (date(2026, 1, 4), LAST, date(2026, 2, 28))
        ]
    assert held == [0, 99_300, 99_260], "what the bank told at the end of each"


@ON_SQLITE
def test_a_match_of_a_line_that_a_closed_month_counts_is_not_undone(house: House) -> None:
    funded(house)
    house.clock.advance(timedelta(days=60))
    said(house, line(100_000, on=date(2026, 2, 2)))
    # Too far from the entry for any rule, and dated after its statement: it is paired by hand.
    with house.work("finance") as work:
        (entry,) = work.session.execute(
            sa.text("SELECT number FROM sf_entry WHERE event = 'instalment_received'")
        ).one()
        (statement,) = list_statements(work)
        pairing = PairLines(
            key=key(), account="BANK", reason="aporte", lines=(f"{statement.number}/1",), entries=(entry,)
        )
        number = pair_lines(work, pairing).match
    confirmed(house, [number])
    sign(house)
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key=key(), month="2026-01"))
    assert close(house) == "closed"
    with house.work("approver") as work, pytest.raises(Refused) as caught:
        undo_match(work, UndoMatch(key=key(), match=number, reason="tarde"))
    assert caught.value.codes == ("month_is_signed",)
