"""The database closes no month over an account of which a statement that counts tells days, unless it is signed."""

from datetime import date, timedelta

import pytest

from seedfund.banking.service import RecordStatement, record_statement
from seedfund.kernel.errors import SeedfundError
from seedfund.ledger.service.periods import (
    BeginClosingPeriod,
    ClosePeriod,
    begin_closing_period,
    close_period,
)
from tests.banking.saying import ON_SQLITE, key, line, said, usd
from tests.banking.test_aside import aside
from tests.funds.support import funded
from tests.support.programme import House


def dayless(house: House) -> str:
    with house.work("reconciler") as work:
        command = RecordStatement(
            key=key(),
            account="BANK",
            reference="SIN FECHAS",
            currency="USD",
            lines=(line(100_000),),
            opening=usd(0),
            closing=usd(1_000),
        )
        return record_statement(work, command).number


@pytest.mark.parametrize("is_dayless", [True, False])
def test_the_database_closes_no_month_over_an_unsigned_statement_unless_it_is_aside(
    house: House, *, is_dayless: bool
) -> None:
    funded(house)
    number = dayless(house) if is_dayless else said(house, line(100_000)).number
    house.clock.advance(timedelta(days=60))
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key=key(), month="2026-01"))
    command = ClosePeriod(key=key(), month="2026-01", reconciled=("UNHCR/cash:BANK",))
    with house.work("director") as work, pytest.raises(SeedfundError, match="sf_tr_period_reconciled"):
        close_period(work, command)
    aside(house, number)
    with house.work("director") as work:
        assert close_period(work, command).state == "closed"


@ON_SQLITE
def test_a_statement_without_days_keeps_no_month_open_of_which_its_lines_tell_nothing(house: House) -> None:
    funded(house)
    house.clock.advance(timedelta(days=60))
    with house.work("reconciler") as work:
        later = (line(100_000, on=date(2026, 2, 5)),)
        february = RecordStatement(
            key=key(), account="BANK", reference="FEBRERO", currency="USD", lines=later, opening=usd(0)
        )
        record_statement(work, february)
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key=key(), month="2026-01"))
    command = ClosePeriod(key=key(), month="2026-01", reconciled=("UNHCR/cash:BANK",))
    with house.work("director") as work:
        assert close_period(work, command).state == "closed"
