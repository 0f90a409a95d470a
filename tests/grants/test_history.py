"""A running grant's gross history is brought forward once, as told, and never passes for what was verified here."""

from datetime import date
from typing import Any

import pytest

from seedfund.approvals.queries import exceptions_in
from seedfund.funds.queries.funds import fund_facts
from seedfund.funds.queries.positions import line_positions
from seedfund.funds.service import record_fund_opening
from seedfund.funds.service.history import OpeningLine, RecordFundOpening
from seedfund.grants.queries.history import histories_of
from seedfund.grants.service.history import (
    BringForward,
    BroughtForwardDone,
    EarlierPayment,
    bring_forward,
)
from seedfund.kernel.dates import DateRange
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.kernel.money import Money
from seedfund.ledger.service.openings import OpeningKind
from seedfund.register.rules import EvidenceKind
from seedfund.reports.queries.desk.grant import grant_fields
from tests.grants.accounting_for import accounted, figures, filed, grant_of, require_sound
from tests.grants.paying import listed, paid, paid_grant, payee, standing, wish
from tests.grants.test_undoing import reverse
from tests.ledger.test_periods import begin, close, go_to
from tests.support.grants import (
    agreed,
    awarded,
    drafted,
    home,
    issued,
    key,
    prepared,
    signed,
    tranche,
    transferred,
    usd,
)
from tests.support.programme import House

CUT_OFF, PAID_ON = date(2026, 1, 2), date(2025, 11, 3)
PAPER = "9a" * 32


def running(house: House) -> str:
    """A grant of 300 and 200 dollars in force, with its owner as payee and the statement of the earlier books filed."""
    prepared(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)
    owner = home(house)
    grant = agreed(house, tranche(usd(300)), tranche(usd(200)), owner=owner)
    payee(house, grant, owner.head)
    return grant


def brought(
    house: House,
    grant: str,
    *paid: Money,
    justified: Money | None = None,
    returned: Money | None = None,
    actor: str = "approver",
    **other: Any,
) -> BroughtForwardDone:
    """A history with what was paid of each tranche in order, entered by the approver."""
    told = {
        "paid": tuple(
            EarlierPayment(tranche=place, amount=amount, paid_on=PAID_ON)
            for place, amount in enumerate(paid, start=1)
        ),
        "outside_number": "HIAS-017",
        "cut_off": CUT_OFF,
        "evidence_sha256": PAPER,
        **other,
    }
    with house.work(actor) as work:
        command = BringForward(key=key(), grant=grant, justified=justified, returned=returned, **told)
        return bring_forward(work, command)


def donor_gave(house: House, amount: Money) -> str:
    """What the donor had given before, entered by the director."""
    given = OpeningLine(kind=OpeningKind.CONTRIBUTIONS, amount=amount)
    with house.work("director") as work:
        command = RecordFundOpening(
            key=key(), fund="UNHCR", cut_off=CUT_OFF, lines=(given,), source="statement of December"
        )
        return record_fund_opening(work, command).entry


def test_a_history_stands_in_gross_figures_and_the_grant_goes_on_from_there(house: House) -> None:
    grant = running(house)

    done = brought(house, grant, usd(300), justified=usd(180), returned=usd(20))

    total = figures(house, grant).total
    assert (done.paid, done.is_open) == (usd(300), usd(100))
    assert (total.awarded, total.committed, total.disbursed) == (usd(500), usd(500), usd(300))
    assert (total.justified, total.returned, total.to_justify) == (usd(180), usd(20), usd(100))
    assert listed(house, wish(grant, 2)).total == usd(200)
    donor_gave(house, usd(280))
    require_sound(house)


def test_receipts_that_come_later_are_accepted_against_what_was_open(house: House) -> None:
    grant = running(house)
    brought(house, grant, usd(300), justified=usd(180))

    accounted(house, grant, usd(120))

    assert figures(house, grant).total.to_justify == usd(0)


def test_what_was_justified_in_full_before_is_told_as_justified_and_stays_so(house: House) -> None:
    grant = running(house)
    brought(house, grant, usd(300), justified=usd(300))

    def told() -> tuple[Money, Money, int, int]:
        with house.work("finance") as work:
            shown = grant_fields(work, grant_of(house, grant))
            line = line_positions(work.reader(), fund_facts(work.reader(), work.programme.id, "UNHCR"))["A1"]
        return shown["justified"], shown["no_receipts_due"], line.justified, line.no_receipts_due

    before = told()
    paid(house, grant, 2)

    assert before == told() == (usd(300), usd(0), 300_00, 0)
    donor_gave(house, usd(300))
    require_sound(house)


def test_a_history_is_shown_as_told_with_its_outside_number_and_listed(house: House) -> None:
    grant = running(house)
    brought(house, grant, usd(300))

    with house.work("finance") as work:
        shown = grant_fields(work, grant_of(house, grant))
        rows = exceptions_in(work.reader(), work.programme.id, DateRange(date(2026, 1, 1), date(2026, 2, 1)))

    assert (shown["brought_forward_unverified"], shown["outside_number"], shown["cut_off"]) == (
        usd(300),
        "HIAS-017",
        CUT_OFF,
    )
    assert [row.subject_number for row in rows if row.subject_kind == "brought_forward"] == [grant]


def test_no_month_closes_before_both_sides_of_the_opening_are_entered(house: House) -> None:
    brought(house, running(house), usd(300), returned=usd(20))
    go_to(house, 2, 3)
    begin(house)

    with pytest.raises(Refused) as caught:
        close(house)

    assert caught.value.codes == ("opening_not_zero",)


def test_a_month_closes_once_the_donor_s_side_of_the_opening_is_entered(house: House) -> None:
    brought(house, running(house), usd(300), returned=usd(20))
    donor_gave(house, usd(280))
    go_to(house, 2, 3)
    begin(house)

    assert close(house).state == "closed"


def test_a_benefit_without_receipts_was_given_as_far_as_it_did_not_come_back(house: House) -> None:
    prepared(house)
    filed(house, PAPER, EvidenceKind.MINUTES)
    grant = transferred(house)

    with pytest.raises(Refused) as caught:
        brought(house, grant, usd(40), justified=usd(40))
    brought(house, grant, usd(40), returned=usd(10))

    total = figures(house, grant).total
    assert caught.value.codes == ("history_no_receipts",)
    assert (total.disbursed, total.justified, total.returned, total.to_justify) == (
        usd(40),
        usd(30),
        usd(10),
        usd(0),
    )
    require_sound(house)


def test_a_history_of_a_co_financed_grant_is_shared_by_what_each_part_promised(house: House) -> None:
    prepared(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)
    grant = awarded(house, home(house), usd(300), usd(200)).number
    drafted(house, grant, tranche(usd(500)))
    signed(house, issued(house, grant))

    brought(house, grant, usd(250), justified=usd(100), returned=usd(50))

    assert [part.spent for part in standing(house, grant)] == [12_000, 8_000]
    assert [part.expense for part in standing(house, grant)] == [6_000, 4_000]


def test_a_history_entered_in_error_is_reversed_and_can_be_brought_again(house: House) -> None:
    grant = running(house)
    before = figures(house, grant).total
    entry = brought(house, grant, usd(300)).entry
    with pytest.raises(Refused) as again:
        brought(house, grant, usd(200))

    reverse(house, entry)

    row = grant_of(house, grant)
    with house.work("finance") as work:
        assert histories_of(work.reader(), [row.id]) == {}
    assert (again.value.codes, figures(house, grant).total) == (("history_late",), before)
    assert brought(house, grant, usd(200)).paid == usd(200)
    require_sound(house)


def test_what_does_not_fit_the_schedule_or_itself_is_told_at_once(house: House) -> None:
    grant = running(house)

    with pytest.raises(Refused) as caught:
        brought(house, grant, usd(301), justified=usd(300), returned=usd(2), evidence_sha256="9b" * 32)

    assert caught.value.codes == ("history_paper", "history_above_tranche", "history_unbalanced")


def test_what_was_paid_here_is_no_history_and_an_award_alone_has_none(house: House) -> None:
    prepared(house)
    filed(house, PAPER, EvidenceKind.STATEMENT)

    with pytest.raises(Refused) as late:
        brought(house, paid_grant(house), usd(1))
    with pytest.raises(Refused) as early:
        brought(house, awarded(house).number, usd(1))

    assert late.value.codes == ("history_late",)
    assert early.value.codes[0] == "history_state"


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("paid", {"paid": ()}),
        ("paid", {"paid": (EarlierPayment(tranche=1, amount=Money(1, "EUR"), paid_on=PAID_ON),)}),
        ("paid", {"paid": (EarlierPayment(tranche=1, amount=usd(1), paid_on=PAID_ON),) * 2}),
        ("cut_off", {"cut_off": date(2026, 1, 6)}),
        ("cut_off", {"cut_off": date(2025, 11, 2)}),
        ("outside_number", {"outside_number": " "}),
    ],
)
def test_a_history_that_cannot_be_read_is_no_history(house: House, field: str, other: dict[str, Any]) -> None:
    grant = running(house)

    with pytest.raises(InvalidInput, match=field):
        brought(house, grant, usd(1), **other)
    with pytest.raises(NotAllowed):
        brought(house, grant, usd(1), actor="finance")


def test_a_fund_s_opening_takes_gifts_income_cash_and_spending_of_the_time_before(house: House) -> None:
    prepared(house)
    lines = (
        OpeningLine(kind=OpeningKind.CONTRIBUTIONS, amount=usd(90)),
        OpeningLine(kind=OpeningKind.INCOME, amount=usd(10), name="interest"),
        OpeningLine(kind=OpeningKind.CASH, amount=usd(70), name="BANK"),
        OpeningLine(kind=OpeningKind.SPENDING, amount=usd(30), name="CH"),
    )
    command = RecordFundOpening(
        key=key(), fund="UNHCR", cut_off=CUT_OFF, lines=lines, source="statement of December"
    )
    with house.work("director") as work:
        record_fund_opening(work, command)
    wrong = OpeningLine(kind=OpeningKind.INCOME, amount=usd(1), name="luck")

    with pytest.raises(InvalidInput, match="income"), house.work("director") as work:
        record_fund_opening(
            work, RecordFundOpening(key=key(), fund="UNHCR", cut_off=CUT_OFF, lines=(wrong,), source="x")
        )
    with pytest.raises(InvalidInput, match="source"), house.work("director") as work:
        record_fund_opening(
            work, RecordFundOpening(key=key(), fund="UNHCR", cut_off=CUT_OFF, lines=lines, source=" ")
        )

    require_sound(house)
