"""Statements taken in: always, sealed, once; what does not foot posts nothing until a corrected one comes."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from seedfund.banking.queries import list_statements, open_lines, statement_by_number
from seedfund.banking.rules import LineFlag, LineIs, StatementFlag
from seedfund.banking.service import EnterLine, LineSaid, RecordStatement, enter_line, record_statement
from seedfund.funds.rules.words import IncomeKind
from seedfund.kernel.errors import InvalidInput, NotAllowed, NotFound, Refused
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work
from tests.banking.saying import DAY, LAST, ON_SQLITE, confirmed, key, line, matches, proposed, said
from tests.funds.support import bank, funded
from tests.grants.accounting_for import exceptions
from tests.support.programme import House


def flags_of(house: House, number: str) -> list[tuple[LineFlag, ...]]:
    with house.work("reconciler") as work:
        row = statement_by_number(work.reader(), work.programme.id, number)
        return [one.flags for one, _ in open_lines(work, row)]


def test_a_statement_that_foots_counts_and_the_same_again_changes_nothing(house: House) -> None:
    bank(house)
    first = said(house, line(500, text="abono"), line(-200))
    again = said(house, line(500, text="abono"), line(-200))
    assert (first.state, first.flags, first.lines, first.is_known) == ("foots", (), 2, False)
    assert (again.number, again.is_known) == (first.number, True)
    with house.work("auditor") as work:
        assert [row.number for row in list_statements(work)] == [first.number]


@ON_SQLITE
def test_other_content_under_the_same_identification_is_told_and_not_written_over(house: House) -> None:
    bank(house)
    first = said(house, line(500))
    with pytest.raises(Refused) as caught:
        said(house, line(501))
    assert caught.value.codes == ("statement_told_otherwise",)
    second = said(house, line(501), corrects=first.number)
    with house.work("auditor") as work:
        states = {row.number: (row.state, row.version) for row in list_statements(work)}
    assert states == {first.number: ("replaced", 1), second.number: ("foots", 2)}


def test_a_statement_that_does_not_foot_posts_nothing_until_a_corrected_one_comes(house: House) -> None:
    funded(house)
    odd = said(house, line(100_000), closing=99_999)
    assert (odd.state, odd.flags) == ("does_not_foot", (StatementFlag.DOES_NOT_FOOT,))
    assert proposed(house).proposed == 0
    assert exceptions(house, "bank_statement") == [(odd.number, "does_not_foot")]
    said(house, line(100_000), corrects=odd.number)
    assert proposed(house).proposed == 1


def test_nothing_takes_the_place_of_a_statement_whose_lines_are_matched(house: House) -> None:
    funded(house)
    bank(house, "OTRA")
    first = said(house, line(100_000))
    proposed(house)
    confirmed(house, [matches(house)[0].number])
    with pytest.raises(Refused) as caught:
        said(house, line(100_000), line(5), corrects=first.number)
    assert caught.value.codes == ("no_such_step",)
    second = said(house, line(50), line(7), opening=100_000, reference="EXTRACTO-2")
    with house.work("finance") as work:
        interest_of(work, second.number)
    confirmed(house, [matches(house)[0].number])
    for account, code in (("BANK", "statement_has_matches"), ("OTRA", "statement_not_of_account")):
        with pytest.raises(Refused) as caught:
            said(house, line(50), opening=100_000, corrects=second.number, account=account)
        assert caught.value.codes == (code,)


def interest_of(work: Work, statement: str) -> None:
    """The interest of a statement's first line, entered by finance."""
    enter_line(
        work,
        EnterLine(
            key=key(),
            account="BANK",
            line=f"{statement}/1",
            what=LineIs.INCOME,
            fund="UNHCR",
            income=IncomeKind.INTEREST,
            reason="intereses",
        ),
    )


@ON_SQLITE
def test_what_is_odd_is_taken_in_and_flagged(house: House) -> None:
    bank(house)
    odd = LineSaid(
        written=Secret("amount=EUR 10.005; booking_date=2026-02-30"), unread=("amount", "booking_date")
    )
    twice = LineSaid(amount=Money(1, "USD"), booking_date=DAY, reference="R1")
    found = said(house, odd, twice, twice, line(0), opening=0, closing=2)
    assert found.flags == (StatementFlag.AMOUNT_UNREADABLE,)
    assert flags_of(house, found.number) == [
        (LineFlag.AMOUNT_UNREADABLE, LineFlag.BOOKING_DATE_UNREADABLE),
        (),
        (LineFlag.REFERENCE_TWICE,),
        (LineFlag.NOTHING_MOVED,),
    ]


@ON_SQLITE
def test_a_statement_in_another_currency_than_its_account_posts_nothing(house: House) -> None:
    bank(house, currency="JOD")
    found = said(house, line(500))
    assert (found.state, found.flags) == ("does_not_foot", (StatementFlag.OTHER_CURRENCY,))


@ON_SQLITE
def test_balances_that_do_not_meet_say_that_a_statement_is_missing(house: House) -> None:
    bank(house)
    said(house, line(500))
    later = said(
        house,
        line(7, on=LAST + timedelta(days=2)),
        opening=450,
        reference="EXTRACTO-2",
        since=LAST + timedelta(days=1),
        until=LAST + timedelta(days=28),
    )
    assert (later.state, later.flags) == ("foots", (StatementFlag.STATEMENT_MISSING,))


@ON_SQLITE
def test_a_line_that_another_statement_told_is_flagged(house: House) -> None:
    bank(house)
    said(house, line(500, text="uno"))
    second = said(house, line(500, text="uno"), opening=500, reference="EXTRACTO-2")
    assert flags_of(house, second.number) == [(LineFlag.SEEN_BEFORE,)]


def test_names_accounts_and_texts_are_sealed_and_opened_for_finance_alone(house: House) -> None:
    bank(house)
    found = said(house, line(500, text="colegio de los hijos", account="7766554433"))
    with house.engine.connect() as connection:
        for table in ("sf_bank_line", "sf_bank_statement", "sf_audit", "sf_audit_secret", "sf_command"):
            rows = connection.execute(sa.text(f"SELECT * FROM {table}")).all()
            stored = "".join(
                repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)) for row in rows
            )
            assert not any(
                word in stored for word in ("Persona de Prueba", "colegio", "7766554433", "000111222")
            )
    for actor, sees in (("reconciler", True), ("finance", True), ("coach", False), ("auditor", False)):
        with house.work(actor) as work:
            row = statement_by_number(work.reader(), work.programme.id, found.number)
            ((_, words),) = open_lines(work, row)
        assert (words is not None) is sees
        if words is not None:
            assert words.counterparty is not None
            assert words.counterparty.reveal() == "Persona de Prueba"


def test_what_a_bank_told_is_never_changed(house: House) -> None:
    bank(house)
    said(house, line(500))
    changes = (
        "UPDATE sf_bank_line SET amount_minor = 1",
        "DELETE FROM sf_bank_line",
        "UPDATE sf_bank_statement SET bank_ref = 'X'",
        "DELETE FROM sf_bank_statement",
    )
    for change in changes:
        with pytest.raises(sa.exc.DatabaseError), house.engine.begin() as connection:
            connection.exec_driver_sql(change)


@ON_SQLITE
def test_who_may_take_a_statement_in_and_of_what(house: House) -> None:
    bank(house)
    with pytest.raises(NotAllowed):
        said(house, line(1), actor="coach")
    command = RecordStatement(key=key(), account="OTRA", reference="E", currency="USD", lines=())
    with house.work("reconciler") as work, pytest.raises(NotFound):
        record_statement(work, command)
    unnamed = RecordStatement(key=key(), account="BANK", reference=" ", currency="USD", lines=())
    with house.work("reconciler") as work, pytest.raises(InvalidInput, match="identification"):
        record_statement(work, unnamed)


@ON_SQLITE
def test_a_day_that_is_none_counts_at_the_end_of_its_statement(house: House) -> None:
    bank(house)
    undated = LineSaid(amount=Money(5, "USD"), unread=("booking_date",))
    found = said(house, undated, until=date(2026, 1, 20))
    with house.work("finance") as work:
        row = statement_by_number(work.reader(), work.programme.id, found.number)
        ((one, _),) = open_lines(work, row)
    assert (one.booking_date, one.counted_on) == (None, date(2026, 1, 20))


def test_a_bank_that_gives_every_statement_the_same_identification_is_taken_in(house: House) -> None:
    funded(house)
    house.clock.advance(timedelta(days=90))
    february = {"since": date(2026, 2, 1), "until": date(2026, 2, 28), "opening": 100}
    first = said(house, line(100), reference="STARTUMS")
    second = said(house, line(20), reference="STARTUMS", **february)  # type: ignore[arg-type] # its own
    again = said(house, line(20), reference="STARTUMS", **february)  # type: ignore[arg-type] # its own
    assert (first.is_known, second.is_known, again.is_known) == (False, False, True)
    assert second.number == again.number != first.number
    with pytest.raises(Refused) as caught:
        said(house, line(21), reference="STARTUMS", **february)  # type: ignore[arg-type] # its own
    assert caught.value.codes == ("statement_told_otherwise",)
    assert second.number in caught.value.refusals[0].facts.values(), "it names the one of its own days"
    third = said(house, line(21), reference="STARTUMS", corrects=second.number, **february)  # type: ignore[arg-type] # its own
    with house.work("auditor") as work:
        states = {row.number: (row.state, row.version) for row in list_statements(work)}
    assert states == {first.number: ("foots", 1), second.number: ("replaced", 1), third.number: ("foots", 2)}
