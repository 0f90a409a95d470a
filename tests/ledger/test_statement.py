"""The statement of an account: every posted row in the order of the book, its last balance the account's own."""

import pytest

from seedfund.kernel.errors import NotFound
from seedfund.ledger.queries.lines import balances_of
from seedfund.ledger.queries.statement import StatementLine, statement
from seedfund.ledger.service.accounts import account_ids
from seedfund.store.unit import Unit
from tests.funds.support import fund, funded
from tests.grants.paying import paid, payable, released, wish
from tests.support.grants import prepared
from tests.support.programme import House


def lines_of(house: House, code: str) -> tuple[list[StatementLine], int]:
    """An account's lines, and its balance by its counters."""
    book = fund(house).book_id
    with house.work("finance") as work:
        reader = work.reader()
        unit = Unit(reader.connection, work, occurred_on=work.today(), now=work.clock.now())
        account = account_ids(unit, [(book, code)])[book, code]
        return list(statement(reader, account)), balances_of(reader, book, [code])[code].balance


@pytest.mark.parametrize(
    ("code", "moved"),
    [("cash:BANK", [1_000_00]), ("contributions:UNHCR", [1_000_00]), ("available:A1", [500_00])],
)
def test_an_account_tells_what_raised_it_on_its_own_side(house: House, code: str, moved: list[int]) -> None:
    funded(house)
    lines, balance = lines_of(house, code)
    assert [line.amount for line in lines] == moved
    assert balance == lines[-1].balance


def test_the_balance_runs_over_delivered_payments_and_leaves_out_those_on_their_way(house: House) -> None:
    prepared(house)
    paid(house, payable(house))
    released(house, wish(payable(house)))
    lines, balance = lines_of(house, "cash:BANK")
    assert [line.amount for line in lines] == [10_000_00, -500_00]
    assert [line.balance for line in lines] == [10_000_00, 9_500_00]
    assert [line.event for line in lines] == ["instalment_received", "payment_delivered"]
    assert balance == 9_500_00
    assert [line.seq for line in lines] == sorted(line.seq for line in lines)


def test_an_account_that_does_not_exist_is_not_found(house: House) -> None:
    with house.work("finance") as work, pytest.raises(NotFound):
        list(statement(work.reader(), 999_999))
