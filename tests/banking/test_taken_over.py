"""A fund that was taken over with money in the bank: its first month is reconciled without explaining its opening."""

from datetime import date

import pytest

from seedfund.banking.rules import MatchKind
from seedfund.funds.service import record_fund_opening
from seedfund.funds.service.history import OpeningLine, RecordFundOpening
from seedfund.grants.service.refunds import RecordRefund, record_refund
from seedfund.kernel.errors import Refused
from seedfund.ledger.service.openings import OpeningKind
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.queries.desk import show
from seedfund.reports.queries.desk.banking import why_it_is_open
from seedfund.reports.value import Word
from tests.banking.saying import key, line, matches, proposed, said, usd
from tests.banking.test_reconciling import begin, close, sign
from tests.funds.support import bank, opened
from tests.grants.test_takeover import ready, taken
from tests.support.programme import House


def taken_over(house: House, amount: int) -> None:
    """A fund whose donor had given so many dollars, all of them in the bank, entered in the course of January."""
    opened(house)
    bank(house)
    held = OpeningLine(kind=OpeningKind.CASH, name="BANK", amount=usd(amount))
    given = OpeningLine(kind=OpeningKind.CONTRIBUTIONS, amount=usd(amount))
    with house.work("director") as work:
        command = RecordFundOpening(
            key=key(), fund="UNHCR", cut_off=date(2025, 12, 31), lines=(held, given), source="statement"
        )
        record_fund_opening(work, command)


def test_what_an_account_held_at_the_cut_off_is_the_opening_balance_of_its_statements(house: House) -> None:
    taken_over(house, 650)
    said(house, opening=65_000)

    found = sign(house)

    assert (found.bank, found.books, found.in_books, found.unexplained) == (
        usd(650),
        usd(650),
        usd(0),
        usd(0),
    )
    begin(house)
    assert close(house) == "closed"


def test_an_opening_that_is_not_what_the_bank_says_is_told_by_the_difference(house: House) -> None:
    taken_over(house, 640)
    said(house, line(1_000, text="deposit"), opening=65_000)
    proposed(house)
    assert matches(house) == []

    with pytest.raises(Refused) as error:
        sign(house)

    assert error.value.codes == ("lines_unmatched", "opening_unexplained")
    assert error.value.refusals[1].facts["amount"] == "USD 10.00"


def test_what_comes_back_of_a_grant_that_was_paid_before_is_proposed_as_its_refund(house: House) -> None:
    grant = taken(house, ready(house)).grant
    said(house, line(5_000, text=f"devolución {grant}"))
    with house.work("finance") as work:
        (wanted,) = why_it_is_open(work, "BS-2026-0001/1").may_be
        command = RecordRefund(key=key(), grant=grant, amount=usd(50), bank_account="BANK")
        record_refund(work, command)

    assert (wanted["may_be"], wanted["about"]) == (Word("refund_on_grant"), grant)
    assert "grants.record_refund" in str(wanted["command"])
    proposed(house)
    assert [row.kind for row in matches(house)] == [MatchKind.SINGLE]


def test_a_refund_on_a_restricted_persons_grant_of_before_is_told_to_named_roles_alone(house: House) -> None:
    grant = taken(house, ready(house)).grant
    with house.work("director") as work:
        owner = str(show(work, grant).fields["participant"].split(" ")[0])
    said(house, line(5_000, text=f"devolución {grant}"))
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=owner))

    told = {}
    for actor in ("finance", "coach", "director"):
        with house.work(actor) as work:
            told[actor] = [row["about"] for row in why_it_is_open(work, "BS-2026-0001/1").may_be]
            shown = str(show(work, "BS-2026-0001").parts)
        assert (grant in shown) is (actor == "director")
    assert told == {"finance": [], "coach": [], "director": [grant]}
