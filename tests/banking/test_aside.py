"""A month told whole and by days: one of the two is set aside, and the month is signed and closed all the same."""

import threading
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.banking.queries import lines_to_enter, list_matches, list_statements, waiting_lines
from seedfund.banking.rules import LineIs, StatementFlag
from seedfund.banking.service import (
    BringStatementBack,
    ConfirmMatches,
    EnterLine,
    RejectMatch,
    SetStatementAside,
    StatementRecorded,
    StatementSetAside,
    UndoMatch,
    bring_statement_back,
    confirm_matches,
    enter_line,
    reject_match,
    set_statement_aside,
    undo_match,
)
from seedfund.funds.queries import bank_account
from seedfund.kernel.errors import InvalidInput, NotAllowed, Refused
from seedfund.reports.make import Asked, make_report
from seedfund.reports.queries.desk import show
from seedfund.store.work import Work
from tests.banking.saying import FIRST, LAST, ON_SQLITE, confirmed, key, line, matches, proposed, said
from tests.banking.test_reconciling import begin, close, settled_month, sign
from tests.funds.support import funded
from tests.grants.accounting_for import exceptions
from tests.grants.paying import payable, payment_of, released, wish
from tests.grants.test_settlements import assert_sound
from tests.support.grants import prepared, usd
from tests.support.programme import House

IN = line(100_000, on=FIRST, text="aporte")
FEE = line(-350, on=date(2026, 1, 5), text="cargo 1")
BACK = line(350, on=date(2026, 1, 5), text="cargo 1", is_reversal=True)


def aside(
    house: House, number: str, *, actor: str = "reconciler", reason: str = "ya está en el del mes"
) -> StatementSetAside:
    with house.work(actor) as work:
        return set_statement_aside(work, SetStatementAside(key=key(), statement=number, reason=reason))


def back(house: House, number: str) -> str:
    with house.work("reconciler") as work:
        command = BringStatementBack(key=key(), statement=number, reason="era el bueno")
        return bring_statement_back(work, command).state


def states(house: House) -> Mapping[str, str]:
    with house.work("auditor") as work:
        return {row.number: row.state for row in list_statements(work)}


def days(house: House) -> list[StatementRecorded]:
    """January by days: two of them with lines, one that reaches the end."""
    fifth = date(2026, 1, 5)
    return [
        said(house, IN, reference="DIA-1", since=FIRST, until=FIRST),
        said(house, FEE, BACK, opening=100_000, reference="DIA-5", since=fifth, until=fifth),
        said(house, opening=100_000, reference="DIA-31", since=LAST, until=LAST),
    ]


def month(house: House) -> StatementRecorded:
    return said(house, IN, FEE, BACK, reference="MES-1")


def settle(house: House) -> None:
    proposed(house)
    confirmed(house, [row.number for row in matches(house)])


def close_january(house: House) -> None:
    begin(house)
    found = sign(house)
    assert (found.bank, found.books, found.unexplained) == (usd(1_000), usd(1_000), usd(0))
    assert close(house) == "closed"
    assert_sound(house)


@pytest.mark.parametrize("is_month_first", [True, False], ids=["month_first", "days_first"])
@pytest.mark.parametrize("is_month_kept", [True, False], ids=["month_kept", "days_kept"])
def test_a_month_told_whole_and_by_days_is_signed_over_either(
    house: House, *, is_month_first: bool, is_month_kept: bool
) -> None:
    funded(house)
    whole = [month(house)] if is_month_first else []
    daily = days(house)
    whole = whole or [month(house)]
    extra = daily if is_month_kept else whole

    done = [aside(house, one.number) for one in extra]

    assert [one.told_by_others for one in done] == [one.lines for one in extra]
    settle(house)
    assert {one.number: states(house)[one.number] for one in extra} == {
        one.number: "set_aside" for one in extra
    }
    close_january(house)


def test_without_setting_one_aside_signing_names_the_two_that_tell_the_same_days(house: House) -> None:
    funded(house)
    daily, whole = days(house), month(house)
    assert StatementFlag.OVERLAPS in whole.flags
    with pytest.raises(Refused) as caught:
        sign(house)
    assert caught.value.codes[0] == "statements_overlap"
    assert "lines_unmatched" in caught.value.codes
    assert {caught.value.refusals[0].facts[name] for name in ("statement", "other")} <= {
        whole.number,
        *(one.number for one in daily),
    }


@ON_SQLITE
def test_the_same_statement_under_two_identifications_overlaps_and_a_missing_one_does_not(
    house: House,
) -> None:
    funded(house)
    said(house, IN, reference="CAMT")
    said(house, IN, reference="TABLA")
    with pytest.raises(Refused) as caught:
        sign(house)
    assert "statements_overlap" in caught.value.codes
    assert "statement_gap" not in caught.value.codes


def test_what_counts_for_nothing_is_proposed_entered_and_waited_for_nowhere(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    gone = said(house, line(-50_000, text=payment), line(-12, text="comision"))
    proposed(house)
    (match,) = matches(house)

    done = aside(house, gone.number, reason="es de otro banco")

    assert (done.withdrawn, done.told_by_others) == ((match.number,), 0)
    assert [row.reason for row in matches(house, "overtaken")] == ["es de otro banco"]
    assert (proposed(house).proposed, proposed(house).lines_without) == (0, 0)
    with house.work("finance") as work:
        bank = bank_account(work.reader(), work.programme.id, "BANK")
        assert lines_to_enter(work, bank) == {}
        assert waiting_lines(work.reader(), work.programme.id) == {}
        report = make_report(work, "reconciliation", Asked(account="BANK", as_of=LAST))
        shown = show(work, gone.number)
    assert [note.text for note in report.notes] == [
        "There is no statement that foots; the balance by the bank is not known.",
        "The statement {number} is set aside: others tell the same.",
    ]
    assert shown.fields["set_aside_because"] == "es de otro banco"
    assert exceptions(house, "bank_statement")[-1][1] == "es de otro banco"
    with pytest.raises(Refused) as caught:
        confirmed(house, [match.number])
    assert caught.value.codes == ("no_such_step",)
    assert payment_of(house, payment).state == "released"


def test_a_line_is_its_own_again_once_the_statement_that_told_it_first_is_set_aside(house: House) -> None:
    prepared(house)
    payments = [released(house, wish(payable(house))).payments[0] for _ in range(2)]
    told = line(-50_000, text="transferencia 7788")
    first = said(house, told, reference="DIA-5", since=date(2026, 1, 5), until=date(2026, 1, 5))
    second = said(house, told, reference="MES")
    assert second.flagged_lines == 1
    aside(house, first.number)
    proposed(house)
    best = matches(house)[0]
    confirmed(house, [best.number])
    assert sorted(payment_of(house, one).state for one in payments) == ["delivered", "released"]

    assert back(house, first.number) == "foots"

    proposed(house)
    assert matches(house) == [], "what another statement explained settles no second payment"


def test_a_statement_that_explains_something_is_not_set_aside(house: House) -> None:
    settled_month(house)
    (number,) = states(house)
    with pytest.raises(Refused) as caught:
        aside(house, number)
    assert caught.value.codes == ("statement_is_matched",)
    for state in ("set_aside", "replaced"):
        with house.engine.begin() as connection, pytest.raises(sa.exc.DatabaseError, match="matched"):
            connection.exec_driver_sql(f"UPDATE sf_bank_statement SET state = '{state}'")
    (match,) = matches(house, "confirmed")
    with house.work("approver") as work:
        undo_match(work, UndoMatch(key=key(), match=match.number, reason="se concilia con el del mes"))
    assert aside(house, number).withdrawn == ()
    with house.engine.begin() as connection, pytest.raises(sa.exc.DatabaseError, match="does not count"):
        connection.exec_driver_sql(
            "INSERT INTO sf_bank_reconciled_line (match_id, statement_id, line, position, is_standing) "
            "SELECT match_id, statement_id, line, 2, is_standing FROM sf_bank_reconciled_line"
        )


def test_a_statement_from_which_something_was_entered_is_not_set_aside_before_that_is_rejected(
    house: House,
) -> None:
    funded(house)
    found = said(house, line(-350, text="comision"))
    with house.work("finance") as work:
        entered = enter_line(
            work,
            EnterLine(
                key=key(),
                account="BANK",
                line=f"{found.number}/1",
                what=LineIs.CHARGE,
                fund="UNHCR",
                budget_line="CH",
                reason="comisión de enero",
            ),
        )
    with pytest.raises(Refused) as caught:
        aside(house, found.number)
    assert caught.value.codes == ("statement_is_entered",)
    with house.work("reconciler") as work:
        reject_match(
            work, RejectMatch(key=key(), match=entered.match, reason="es la línea del otro extracto")
        )
    assert aside(house, found.number).line_count == 1


def test_what_was_signed_over_stays_and_what_came_after_it_is_set_aside(house: House) -> None:
    settled_month(house)
    quiet = said(house, opening=100_000, reference="SIN MOVIMIENTO", since=LAST)
    sign(house)
    with pytest.raises(Refused) as caught:
        aside(house, quiet.number)
    assert caught.value.codes == ("statement_is_signed",)
    begin(house)
    house.clock.advance(timedelta(minutes=1))
    late = said(house, line(100_000), reference="DIA-5", since=date(2026, 1, 5), until=date(2026, 1, 5))
    with pytest.raises(Refused) as caught:
        close(house)
    assert caught.value.codes == ("reconciliation_stale",)

    aside(house, late.number)

    assert close(house) == "closed"
    assert back(house, late.number) == "foots"
    assert aside(house, late.number).line_count == 1


@ON_SQLITE
def test_what_was_aside_when_a_month_was_closed_stays_aside(house: House) -> None:
    funded(house)
    extra = days(house)[1]
    aside(house, extra.number)
    begin(house)
    settle(house)
    sign(house)
    house.clock.advance(timedelta(minutes=1))
    assert back(house, extra.number) == "foots", "the month is open still"
    with pytest.raises(Refused) as caught:
        close(house)
    assert caught.value.codes == ("reconciliation_stale",)
    aside(house, extra.number)
    assert close(house) == "closed"
    with pytest.raises(Refused) as caught:
        back(house, extra.number)
    assert caught.value.codes == ("statement_is_signed",)


@ON_SQLITE
def test_one_that_did_not_foot_is_set_aside_and_comes_back_as_it_was(house: House) -> None:
    funded(house)
    odd = said(house, line(5), closing=9)
    assert aside(house, odd.number).statement == odd.number
    assert said(house, line(5), closing=9).state == "set_aside", "the same file again changes nothing"
    with pytest.raises(Refused) as caught:
        aside(house, odd.number)
    assert caught.value.codes == ("no_such_step",)
    assert back(house, odd.number) == "does_not_foot"
    for state in ("foots", "reconciled"):
        with house.engine.begin() as connection, pytest.raises(sa.exc.DatabaseError, match="did not foot"):
            connection.exec_driver_sql(f"UPDATE sf_bank_statement SET state = '{state}'")
    with pytest.raises(Refused) as caught:
        back(house, odd.number)
    assert caught.value.codes == ("no_such_step",)


@ON_SQLITE
def test_a_corrected_statement_takes_the_place_of_one_that_is_aside(house: House) -> None:
    funded(house)
    odd = said(house, line(5), closing=9)
    aside(house, odd.number)
    right = said(house, line(9), corrects=odd.number)
    assert states(house) == {odd.number: "replaced", right.number: "foots"}


@ON_SQLITE
def test_only_the_reconciler_sets_a_statement_aside_and_says_why(house: House) -> None:
    funded(house)
    found = said(house, line(5))
    for actor in ("finance", "approver", "director", "cashier"):
        with pytest.raises(NotAllowed):
            aside(house, found.number, actor=actor)
    with pytest.raises(InvalidInput):
        aside(house, found.number, reason=" ")
    with house.engine.begin() as connection, pytest.raises(sa.exc.DatabaseError):
        connection.exec_driver_sql(
            "INSERT INTO sf_bank_statement_step (statement_id, position, from_state, to_state, recorded_at, "
            "recorded_by) SELECT statement_id, 9, 'foots', 'set_aside', recorded_at, recorded_by "
            "FROM sf_bank_statement_step"
        )
    with house.work("auditor") as work:
        assert list_matches(work) == []


@pytest.mark.parametrize("is_confirmed_first", [True, False], ids=["confirmed_first", "aside_first"])
def test_a_statement_is_set_aside_or_its_line_matched_at_the_same_moment_but_never_both(
    house: House, *, is_confirmed_first: bool
) -> None:
    funded(house)
    number = said(house, line(100_000)).number
    proposed(house)
    (match,) = matches(house)
    told: list[str] = []

    def confirming(work: Work) -> None:
        confirm_matches(work, ConfirmMatches(key=key(), matches=(match.number,)))

    def setting_aside(work: Work) -> None:
        set_statement_aside(work, SetStatementAside(key=key(), statement=number, reason="dicho dos veces"))

    acts = (confirming, setting_aside) if is_confirmed_first else (setting_aside, confirming)

    def other_hand() -> None:
        try:
            with house.work("reconciler") as work:
                acts[1](work)
        except Refused as refused:
            told.extend(refused.codes)

    hand = threading.Thread(target=other_hand)
    with house.work("reconciler") as work:
        acts[0](work)
        hand.start()
        hand.join(0.5)
        has_waited = hand.is_alive()
    hand.join()

    assert (has_waited, told) == (True, ["statement_is_matched" if is_confirmed_first else "no_such_step"])
    assert states(house)[number] == ("reconciled" if is_confirmed_first else "set_aside")
