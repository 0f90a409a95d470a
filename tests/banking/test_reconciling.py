"""Lines and books brought together: proposed, confirmed by another hand, undone, signed, and the month closed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from seedfund.banking.queries import list_statements, signings
from seedfund.banking.rules import LineIs, MatchKind
from seedfund.banking.service import (
    CloseMonth,
    EnterLine,
    PairLines,
    RejectMatch,
    SignReconciliation,
    UndoMatch,
    close_month,
    enter_line,
    pair_lines,
    reject_match,
    sign_reconciliation,
    undo_match,
)
from seedfund.banking.service.signing import ReconciliationSigned
from seedfund.funds.rules.words import IncomeKind
from seedfund.kernel.errors import Refused, SeedfundError
from seedfund.ledger.service.periods import (
    BeginClosingPeriod,
    ClosePeriod,
    begin_closing_period,
    close_period,
)
from tests.banking.saying import ON_SQLITE, confirmed, key, line, matches, proposed, said, usd
from tests.funds.support import funded
from tests.grants.accounting_for import exceptions
from tests.grants.paying import payable, payment_of, released, told, wish
from tests.grants.test_settlements import assert_sound
from tests.support.grants import prepared
from tests.support.programme import House


def kinds(house: House, state: str = "proposed") -> list[MatchKind]:
    return [row.kind for row in matches(house, state)]


def over(house: House) -> None:
    """January is over."""
    with house.work("auditor") as work:
        today = work.today()
    if today < date(2026, 2, 9):
        house.clock.advance(timedelta(days=35))


def sign(house: House, month: str = "2026-01", **explained: str) -> ReconciliationSigned:
    over(house)
    with house.work("reconciler") as work:
        return sign_reconciliation(
            work, SignReconciliation(key=key(), account="BANK", month=month, explained=explained)
        )


def refusals(error: pytest.ExceptionInfo[Refused]) -> tuple[str, ...]:
    return error.value.codes


def test_confirming_a_line_settles_the_payment_on_its_way(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    said(house, line(1_000_000, text="aporte"), line(-50_000, text=f"pago {payment.replace('-', ' ')}"))
    found = proposed(house)
    assert (found.proposed, found.lines_without) == (2, 0)

    done = confirmed(house, [row.number for row in matches(house)])

    assert (done.confirmed, done.settled) == (2, (payment,))
    assert payment_of(house, payment).state == "delivered"
    with house.work("auditor") as work:
        assert [row.state for row in list_statements(work)] == ["reconciled"]
    assert_sound(house)


def test_one_line_settles_a_whole_list_and_two_lines_one_payment(house: House) -> None:
    prepared(house)
    grants = [payable(house), payable(house)]
    batch = released(house, *(wish(grant) for grant in grants))
    (parted,) = released(house, wish(payable(house))).payments
    said(
        house,
        line(-100_000, text=f"LOTE {batch.number}"),
        line(-20_000, text=parted),
        line(-30_000, text=f"{parted} saldo"),
    )
    proposed(house)
    by_kind = {row.kind: row for row in matches(house)}
    assert set(by_kind) == {MatchKind.BATCH, MatchKind.PART}
    confirmed(house, [by_kind[MatchKind.BATCH].number])
    assert {payment_of(house, one).state for one in batch.payments} == {"delivered"}

    first = next(row for row in matches(house) if row.kind is MatchKind.PART)
    confirmed(house, [first.number])
    assert payment_of(house, parted).state == "part_open"
    proposed(house)
    (rest,) = matches(house)
    confirmed(house, [rest.number])

    assert payment_of(house, parted).state == "delivered"
    assert_sound(house)


def test_whoever_paid_or_entered_does_not_confirm(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    said(house, line(1_000_000), line(-50_000, text=payment))
    proposed(house)
    numbers = [row.number for row in matches(house)]
    with pytest.raises(Refused) as caught:
        confirmed(house, numbers, actor="finance")
    assert refusals(caught) == ("payer_reconciles",)
    confirmed(house, numbers)
    with house.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("UPDATE sf_bank_reconciled_item SET paid_by = confirmed_by")


def test_a_line_is_reconciled_once_and_other_proposals_lapse(house: House) -> None:
    prepared(house)
    payments = [released(house, wish(payable(house))).payments[0] for _ in range(2)]
    said(house, line(-50_000))
    proposed(house)
    first, second = matches(house)
    with pytest.raises(Refused) as caught:
        confirmed(house, [first.number, second.number])
    assert refusals(caught) == ("matches_share",)
    assert confirmed(house, [first.number]).lapsed == 1
    with pytest.raises(Refused) as caught:
        confirmed(house, [second.number])
    assert refusals(caught) == ("no_such_step",)
    assert {payment_of(house, one).state for one in payments} == {"delivered", "released"}
    with house.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql(
            "INSERT INTO sf_bank_reconciled_line (match_id, statement_id, line, position, is_standing) "
            f"SELECT '{second.id}', statement_id, line, 1, is_standing FROM sf_bank_reconciled_line"
        )


def test_what_was_rejected_is_not_proposed_again_and_undone_is_open_again(house: House) -> None:
    funded(house)
    said(house, line(100_000))
    proposed(house)
    (first,) = matches(house)
    confirmed(house, [first.number])
    with house.work("approver") as work:
        undo_match(work, UndoMatch(key=key(), match=first.number, reason="otra cuenta"))
    assert [reason for _, reason in exceptions(house, "bank_match")] == ["otra cuenta"]
    proposed(house)
    (second,) = matches(house)
    with house.work("reconciler") as work:
        reject_match(work, RejectMatch(key=key(), match=second.number, reason="no es lo mismo"))
    assert (proposed(house).proposed, proposed(house).lines_without) == (0, 1)
    with house.engine.begin() as connection, pytest.raises(sa.exc.DatabaseError):
        connection.exec_driver_sql("UPDATE sf_bank_reconciled_line SET is_standing = (1 = 1)")


@ON_SQLITE
def test_a_charge_is_entered_from_its_line_by_one_hand_and_confirmed_by_another(house: House) -> None:
    funded(house)
    found = said(house, line(-350, text="comision"), line(12, text="intereses"))
    with house.work("reconciler") as work:
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
        interest = EnterLine(
            key=key(),
            account="BANK",
            line=f"{found.number}/2",
            what=LineIs.INCOME,
            fund="UNHCR",
            income=IncomeKind.INTEREST,
            reason="intereses",
        )
        enter_line(work, interest)
    with pytest.raises(Refused) as caught:
        confirmed(house, [entered.match])
    assert refusals(caught) == ("matcher_confirms", "payer_reconciles")
    assert confirmed(house, [row.number for row in matches(house)], actor="finance").confirmed == 2


@ON_SQLITE
def test_a_line_is_entered_as_what_it_can_be_and_paired_with_what_is_of_its_account(house: House) -> None:
    funded(house)
    found = said(house, line(-350))
    wrong = EnterLine(
        key=key(),
        account="BANK",
        line=f"{found.number}/1",
        what=LineIs.INCOME,
        fund="UNHCR",
        income=IncomeKind.INTEREST,
        reason="x",
    )
    stranger = PairLines(
        key=key(), account="BANK", reason="x", lines=(f"{found.number}/1",), entries=("AS-X-2026-000001",)
    )
    with house.work("reconciler") as work, pytest.raises(Refused) as caught:
        enter_line(work, wrong)
    assert refusals(caught) == ("line_wrong_way",)
    with house.work("reconciler") as work, pytest.raises(Refused) as caught:
        pair_lines(work, stranger)
    assert refusals(caught) == ("item_not_of_account",)


@ON_SQLITE
def test_what_no_rule_finds_is_paired_by_hand_and_only_the_same_money(house: House) -> None:
    funded(house)
    found = said(house, line(60_000), line(39_000), line(1_000))
    with house.work("auditor") as work:
        entry = work.session.execute(
            sa.text("SELECT number FROM sf_entry WHERE event = 'instalment_received'")
        )
        (number,) = entry.one()
    for lines, codes in (((1, 2), ("match_does_not_foot",)), ((1, 2, 3), ())):
        with house.work("reconciler") as work:
            pairing = PairLines(
                key=key(),
                account="BANK",
                reason="el donante transfirió en partes",
                lines=tuple(f"{found.number}/{one}" for one in lines),
                entries=(number,),
            )
            match = pair_lines(work, pairing).match
        if codes:
            with pytest.raises(Refused) as caught:
                confirmed(house, [match], actor="approver")
            assert refusals(caught) == codes
        else:
            assert confirmed(house, [match], actor="approver").confirmed == 1


@ON_SQLITE
def test_a_reversal_in_the_bank_needs_no_entry(house: House) -> None:
    funded(house)
    said(house, line(100_000), line(-7_000, text="x"), line(7_000, text="x", is_reversal=True))
    proposed(house)
    assert kinds(house) == [MatchKind.REVERSED_IN_BANK, MatchKind.SINGLE]
    confirmed(house, [row.number for row in matches(house)])
    with house.work("auditor") as work:
        assert [row.state for row in list_statements(work)] == ["reconciled"]


def close(house: House, actor: str = "director") -> str:
    with house.work(actor) as work:
        return close_month(work, CloseMonth(key=key(), month="2026-01")).state


def begin(house: House) -> None:
    over(house)
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key=key(), month="2026-01"))


def test_a_month_is_signed_once_everything_is_explained_and_then_closed(house: House) -> None:
    funded(house)
    with pytest.raises(Refused) as caught:
        sign(house)
    assert refusals(caught) == ("statements_missing",)
    said(house, line(100_000), line(-350))
    with pytest.raises(Refused) as caught:
        sign(house)
    assert refusals(caught) == ("lines_unmatched",)
    begin(house)
    with pytest.raises(Refused) as caught:
        close(house)
    assert refusals(caught) == ("month_unreconciled",)


def signed_month(house: House) -> None:
    """January with two instalments' worth of lines, matched and signed."""
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    said(house, line(1_000_000), line(-50_000, text=payment))
    proposed(house)
    confirmed(house, [row.number for row in matches(house)])
    sign(house)


def settled_month(house: House) -> None:
    """January with its instalment in the bank, all lines matched."""
    funded(house)
    said(house, line(100_000))
    proposed(house)
    confirmed(house, [row.number for row in matches(house)])


def test_a_signed_month_closes_and_an_unsigned_one_is_refused_by_the_database_too(house: House) -> None:
    settled_month(house)
    begin(house)
    unsigned = ClosePeriod(key=key(), month="2026-01", reconciled=("UNHCR/cash:BANK",))
    with house.work("director") as work, pytest.raises(SeedfundError):
        close_period(work, unsigned)
    found = sign(house)
    assert (found.bank, found.books, found.unexplained) == (usd(1_000), usd(1_000), usd(0))
    assert close(house) == "closed"
    (first,) = matches(house, "confirmed")
    with house.work("approver") as work, pytest.raises(Refused) as caught:
        undo_match(work, UndoMatch(key=key(), match=first.number, reason="tarde"))
    assert refusals(caught) == ("month_is_signed",)
    with pytest.raises(Refused) as caught:
        sign(house)
    assert refusals(caught) == ("month_is_signed",)


def test_what_moved_after_signing_has_to_be_signed_again(house: House) -> None:
    settled_month(house)
    begin(house)
    sign(house)
    (first,) = matches(house, "confirmed")
    with house.work("approver") as work:
        undo_match(work, UndoMatch(key=key(), match=first.number, reason="dudoso"))
    with pytest.raises(Refused) as caught:
        close(house)
    assert refusals(caught) == ("reconciliation_stale",)
    proposed(house)
    confirmed(house, [row.number for row in matches(house)])
    sign(house)
    assert close(house) == "closed"
    with house.work("auditor") as work:
        (row,) = signings(work.reader(), work.programme.id)
    assert row.version == 2


@ON_SQLITE
def test_an_opening_balance_that_nobody_entered_has_to_be_explained(house: House) -> None:
    funded(house)
    said(house, line(100_000), opening=5_000)
    proposed(house)
    confirmed(house, [row.number for row in matches(house)])
    with pytest.raises(Refused) as caught:
        sign(house)
    assert refusals(caught) == ("opening_unexplained",)
    found = sign(house, opening="saldo propio de antes del programa")
    assert found.unexplained == usd(50)


@ON_SQLITE
def test_gaps_statements_that_do_not_foot_and_old_entries_keep_a_month_open(house: House) -> None:
    funded(house)
    later = {"since": date(2026, 1, 20), "opening": 7_000, "reference": "EXTRACTO-2"}
    said(house, line(0), until=date(2026, 1, 19))
    said(house, line(0), **later)  # type: ignore[arg-type] # its own fields
    odd = said(house, line(5), closing=9, reference="EXTRACTO-3", since=date(2026, 1, 30))
    house.clock.advance(timedelta(days=70))
    bank_says = {"since": date(2026, 2, 1), "until": date(2026, 2, 28), "opening": 7_000}
    said(house, line(0, on=date(2026, 2, 2)), reference="EXTRACTO-4", **bank_says)  # type: ignore[arg-type] # its own
    with pytest.raises(Refused) as caught:
        sign(house, "2026-02")
    assert refusals(caught) == ("statement_does_not_foot", "statement_gap", "entry_long_unshown")
    assert odd.number in caught.value.refusals[0].facts.values()


@ON_SQLITE
def test_a_month_that_is_not_over_is_not_signed(house: House) -> None:
    settled_month(house)
    command = SignReconciliation(key=key(), account="BANK", month="2026-01")
    with house.work("reconciler") as work, pytest.raises(Refused) as caught:
        sign_reconciliation(work, command)
    assert refusals(caught) == ("month_not_over",)


@ON_SQLITE
def test_a_payment_that_the_books_know_and_the_bank_does_not_show_is_listed(house: House) -> None:
    prepared(house)
    (payment,) = released(house, wish(payable(house))).payments
    told(house, payment, on=date(2026, 1, 5))
    said(house, line(1_000_000))
    proposed(house)
    confirmed(house, [row.number for row in matches(house)])
    found = sign(house)
    assert (found.bank, found.books, found.in_books) == (usd(10_000), usd(9_500), usd(-500))
