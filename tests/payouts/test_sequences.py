"""Files of a provider in any order, with any rows, again and again: nothing is paid twice, no row is lost."""

from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedfund.interchange.service.provider_results import ResultsRequest, import_results
from seedfund.ledger.queries.parts import positions
from seedfund.payouts.queries import list_exceptions, paid_rows
from seedfund.payouts.queries.paid import list_numbers
from seedfund.store.work import Work, open_work
from tests.payouts.provider import counts, file, layout, line, on_their_way
from tests.support.grants import prepared
from tests.support.programme import CODE, RING, House

DUE: Final = 50_000
STATUSES: Final = ("PAGADO", "PARCIAL", "RECHAZADO", "No entregado", "REVERSADO", "EN PROCESO", "", "???")
AMOUNTS: Final = ("", "0.00", "200.00", "500.00", "650.00", "x")
ROWS: Final = st.tuples(
    st.integers(0, 3), st.sampled_from(AMOUNTS), st.sampled_from(STATUSES), st.sampled_from(("", "R1", "R2"))
)
FILES: Final = st.lists(st.lists(ROWS, min_size=1, max_size=5), min_size=1, max_size=4)


def test_whatever_comes_in_nothing_is_paid_twice_and_no_row_is_lost(house: House) -> None:
    prepared(house)
    layout(house)
    _, payments, _ = on_their_way(house, 3)
    numbers = (*payments, "PG-2026-9999")

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(FILES)
    def check(files: Sequence[Sequence[tuple[int, str, str, str]]]) -> None:
        with open_work(
            house.engine, actor="reconciler", programme=CODE, keyring=RING, clock=house.clock, ids=house.ids
        ) as work:
            before, read = cash(work), 0
            for rows in files:
                content = file(*(line(numbers[who], amount, word, ref) for who, amount, word, ref in rows))
                result = import_results(work, ResultsRequest(content=content, layout="banco"))
                again = import_results(work, ResultsRequest(content=content, layout="banco"))
                read += result.read if result.batch else 0

                assert counts(again) == (result.read, 0, 0, result.read)
            assert_ties_out(work, payments, before=before)
            assert rows_kept(work) == read

    check()


def cash(work: Work) -> int:
    """What lies in the bank's account, in minor units."""
    statement = "SELECT SUM(debits_posted - credits_posted) FROM sf_account WHERE code = 'cash:BANK'"
    return int(work.session.execute(sa.text(statement)).scalar_one())


def rows_kept(work: Work) -> int:
    """How many rows are on record."""
    return int(work.session.execute(sa.text("SELECT COUNT(*) FROM sf_payout_row")).scalar_one())


def assert_ties_out(work: Work, payments: Sequence[str], *, before: int) -> None:
    """What the rows say was posted is what left the bank, and each grant was given no more than was due."""
    reader, programme = work.reader(), work.programme.id
    found = work.session.execute(
        sa.text(
            "SELECT d.number, r.outcome, r.amount_minor FROM sf_payout_row r "
            "JOIN sf_disbursement d ON d.id = r.disbursement_id WHERE r.fate = 'posted'"
        )
    ).all()
    out = sum(amount for _, outcome, amount in found if outcome != "bounced")
    back = sum(amount for _, outcome, amount in found if outcome == "bounced")
    queued = work.session.execute(
        sa.text("SELECT COUNT(*) FROM sf_payout_row WHERE fate = 'queued'")
    ).scalar_one()

    assert before - cash(work) == out - back
    assert len(list_exceptions(work)) == queued
    for number, paid in paid_rows(reader, programme, payments, list_numbers(reader, programme)).items():
        spent = sum(one.spent for one in positions(reader, [paid.row.grant_id])[paid.row.grant_id])
        results = [outcome for which, outcome, _ in found if which == number and outcome != "bounced"]
        assert spent == paid.row.delivered_minor <= DUE
        assert len(results) <= 1
