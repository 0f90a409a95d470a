"""What people see of statements: the reconciliation, the week, the cash book, the desk; and what they do not see."""

import json
from datetime import date
from pathlib import Path

import pytest

from seedfund.banking.queries import open_lines, statement_by_number
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.money import Money
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.books.reconciliation import NO_STATEMENT
from seedfund.reports.make import Asked, make_report
from seedfund.reports.queries.desk import list_rows, show
from seedfund.reports.value import Report, Word
from tests.banking.saying import ON_SQLITE, confirmed, key, line, matches, proposed, said
from tests.banking.statement_files import Booked, camt
from tests.cli.test_errors import here, run
from tests.funds.support import funded
from tests.grants.paying import payee, released, wish
from tests.support.grants import agreed, home, prepared, usd
from tests.support.programme import House

__all__ = ["here"]
DAY = date(2026, 1, 5)


def made(house: House, name: str = "reconciliation", **asked: object) -> Report:
    with house.work("auditor") as work:
        return make_report(work, name, Asked(account="BANK", as_of=DAY, **asked))  # type: ignore[arg-type] # its own


def numbers(report: Report) -> list[list[object]]:
    return [[row[1] for row in section.rows] for section in report.sections]


def totals(report: Report) -> list[object]:
    return [total.cells[-1] for total in report.totals]


def test_the_reconciliation_tells_both_sides_and_what_is_between(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head)
    (payment,) = released(house, wish(grant)).payments
    found = said(
        house, line(1_000_000), line(-50_000, text=payment), line(-350, text="comision"), opening=700
    )
    proposed(house)
    best = {row.score: row.number for row in matches(house)}

    report = made(house)

    assert numbers(report) == [
        [f"{found.number}/{one}" for one in (1, 2, 3)],
        ["AS-UNHCR-2026-000001"],
        [payment],
        [""],
    ]
    assert totals(report) == [
        Money(950_350, "USD"),
        usd(10_000),
        Money(-49_650, "USD"),
        Money(-50_350, "USD"),
        usd(7),
    ]
    confirmed(house, list(best.values()))
    after = made(house)
    assert numbers(after) == [[f"{found.number}/3"], [], [], [""]]
    assert totals(after)[2:] == [Money(350, "USD"), Money(-350, "USD"), usd(7)]
    cash = made(house, "cash_book")
    shown = {row[0]: row[-1] for row in cash.rows}
    assert f"{found.number}/2" in shown.values()


@ON_SQLITE
def test_without_a_statement_nothing_is_said_of_the_bank(house: House) -> None:
    funded(house)
    report = made(house)
    assert totals(report)[:3] == [NO_STATEMENT, usd(1_000), NO_STATEMENT], "not known is no zero"
    assert report.notes[0].text.startswith("There is no statement")
    with house.work("auditor") as work, pytest.raises(InvalidInput, match="matched now"):
        make_report(work, "reconciliation", Asked(account="BANK", as_known=work.clock.now()))


@ON_SQLITE
def test_before_the_first_statement_the_banks_balance_is_not_told(house: House) -> None:
    funded(house)
    said(house, line(7), opening=99_993, since=date(2026, 1, 6))
    report = made(house)
    assert totals(report) == [NO_STATEMENT, usd(1_000), NO_STATEMENT, NO_STATEMENT, NO_STATEMENT]
    assert [note.text for note in report.notes] == [
        "Statements that foot begin on {begins}; the balance of before is not known."
    ]


@ON_SQLITE
def test_the_week_and_the_desk_tell_what_waits_and_find_it_by_number(house: House) -> None:
    funded(house)
    found = said(house, line(100_000), line(-7))
    odd = said(house, line(1), closing=9, opening=99_993, reference="EXTRACTO-2")
    proposed(house)
    (match,) = matches(house)
    with house.work("finance") as work:
        week = make_report(work, "week", Asked())
        waiting = [row[2] for section in week.sections for row in section.rows]
        kinds = {number: show(work, number).kind for number in (found.number, match.number)}
        listed = {
            noun: [row["number"] for row in list_rows(work, noun)] for noun in ("statements", "matches")
        }
    assert waiting.count("BANK") == 2
    assert odd.number in waiting
    assert kinds == {found.number: "bank statement", match.number: "bank match"}
    assert listed == {"statements": [found.number, odd.number], "matches": [match.number]}
    with house.work("finance") as work, pytest.raises(NotFound):
        show(work, "RC-2026-0001")


def test_what_a_line_says_of_a_restricted_person_is_for_named_roles_only(house: House) -> None:
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number="2200334455")
    (payment,) = released(house, wish(grant)).payments
    found = said(
        house,
        line(-50_000, account="2200334455"),
        line(-1, text=f"comision {payment}"),
        line(-2, text="otra cosa"),
    )

    def opened(actor: str) -> list[bool]:
        with house.work(actor) as work:
            row = statement_by_number(work.reader(), work.programme.id, found.number)
            return [words is not None for _, words in open_lines(work, row)]

    assert opened("reconciler") == [True, True, True]
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=owner.head, is_restricted=True))
    assert opened("reconciler") == [False, False, True]


def test_the_command_line_takes_a_statement_of_an_account_and_says_what_is_wrong(here: Path) -> None:
    (here / "st.xml").write_bytes(camt([Booked(amount="250.00")], closing="751.00"))
    (here / "bomb.xml").write_bytes(b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    roles = ("--set", 'roles=["finance_officer"]')
    run("do", "store.register_actor", "--set", "handle=fina", "--set", "display_name=Fina Ficticia", *roles)
    opening = ("funds.open_bank_account", "--set", "code=BANK", "--set", "name=Banco", "--set", "kind=bank")
    assert run("do", *opening, "--set", "currency=USD", actor="fina").exit_code == 0
    asked = ("--kind", "bank_statement", "--account", "BANK", "--format", "json")

    taken = run("import", "st.xml", *asked, actor="fina")
    bomb = run("import", "bomb.xml", *asked, lang="es", actor="fina")
    wrong = run("import", "st.xml", "--kind", "team", "--account", "BANK", actor="fina")

    told = json.loads(taken.stdout)
    assert (taken.exit_code, told["accepted"], [one["code"] for one in told["flags"]]) == (
        0,
        2,
        ["statement_off"],
    )
    assert (bomb.exit_code, [one["code"] for one in json.loads(bomb.stdout)["refusals"]]) == (
        1,
        ["statement_xml_declares"],
    )
    assert wrong.exit_code == 2
    (listed,) = json.loads(run("list", "statements", "--format", "json", actor="fina").stdout)
    shown = run("show", listed["number"], lang="es", actor="fina")
    assert "no cuadra" in shown.stdout
    assert Word("does_not_foot").plain not in shown.stdout
