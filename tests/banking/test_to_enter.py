"""Lines the books lack: proposed with their verb, carried out by another hand, and then matched like any entry."""

import json
import shlex
from datetime import date
from pathlib import Path
from typing import Any

from seedfund.banking.rules import MatchReason
from seedfund.banking.service import RejectMatch, reject_match
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.make import Asked, make_report
from seedfund.reports.queries.desk import list_rows, show
from seedfund.reports.queries.desk.banking import why_it_is_open
from seedfund.reports.value import Word
from tests.banking.saying import ON_SQLITE, confirmed, key, line, matches, proposed, said
from tests.banking.statement_files import Booked, camt
from tests.cli.test_errors import here, run
from tests.grants.paying import bounced, payee, released, told, wish
from tests.support.grants import Home, agreed, home, prepared
from tests.support.programme import House

__all__ = ["here"]


def rows(house: House, actor: str = "reconciler") -> list[dict[str, Any]]:
    with house.work(actor) as work:
        return list(list_rows(work, "lines-to-enter"))


def may_be(house: House, actor: str = "reconciler") -> list[tuple[object, str, object]]:
    return [(row["number"], row["may_be"].text, row["about"]) for row in rows(house, actor)]


def paid(house: House) -> tuple[Home, str, str]:
    """A grant of which a payment arrived in the bank account of its owner."""
    prepared(house)
    owner = home(house)
    grant = agreed(house, owner=owner)
    payee(house, grant, owner.head, number="2200334455")
    (payment,) = released(house, wish(grant)).payments
    told(house, payment, on=date(2026, 1, 5))
    return owner, grant, payment


def test_what_the_books_lack_is_proposed_until_it_is_entered(house: House) -> None:
    owner, grant, payment = paid(house)
    found = said(
        house,
        line(1_000_000, text="aporte"),
        line(-50_000, text=payment),
        line(50_000, text=f"devuelto {payment}"),
        line(-350, text="comision"),
        line(1_234, account="2200334455"),
        line(80_000, text="UNHCR segundo desembolso"),
    )
    back, fee, refund, instalment = (f"{found.number}/{one}" for one in (3, 4, 5, 6))
    expected = [
        (back, "returned_payment", payment),
        (fee, "charge_of_bank", "UNHCR"),
        (refund, "refund_on_grant", grant),
        (instalment, "donor_instalment", "UNHCR"),
    ]
    assert may_be(house) == expected, "the first two lines are of the books already"
    with house.work("reconciler") as work:
        parts = show(work, found.number).parts
        (why,) = why_it_is_open(work, back).may_be
        report = make_report(work, "reconciliation", Asked(account="BANK", as_of=date(2026, 1, 31)))
    assert [row["number"] for row in parts["what may be entered"]] == [back, fee, refund, instalment]
    assert shlex.split(str(why["command"]))[2] == "grants.record_bounce"
    shown = {row[1]: row[2:4] for row in report.sections[0].rows}
    assert shown[back] == (Word("may be entered: returned payment"), payment)

    for is_restricted in (True, False):
        with house.work("protection") as work:
            restrict_participant(
                work, RestrictParticipant(key=key(), participant=owner.head, is_restricted=is_restricted)
            )
        seen = [one[0] for one in may_be(house)]
        assert (back in seen, refund in seen) == (not is_restricted, not is_restricted)
    bounced(house, payment)
    assert [one[0] for one in may_be(house)] == [fee, instalment], "what came back is not entered twice"
    proposed(house)
    told_back = [row.number for row in matches(house) if MatchReason.REFERENCE in row.reasons]
    assert confirmed(house, told_back, actor="finance").confirmed == 2


@ON_SQLITE
def test_a_line_whose_proposal_was_rejected_is_proposed_to_be_entered(house: House) -> None:
    prepared(house)
    found = said(house, line(1_000_000, text="UNHCR"))
    assert may_be(house) == []
    proposed(house)
    with house.work("reconciler") as work:
        reject_match(work, RejectMatch(key=key(), match=matches(house)[0].number, reason="otro desembolso"))
    assert may_be(house) == [], "an entry of this amount has no line yet"
    assert found.lines == 1


def test_the_command_that_is_proposed_does_what_it_says(here: Path) -> None:
    (here / "st.xml").write_bytes(
        camt(
            [Booked(amount="10.50", is_in=True, text="Fondo Semilla desembolso")],
            opening="0.00",
            closing="10.50",
        )
    )
    roles = ("--set", 'roles=["finance_officer", "finance_approver"]')
    run("do", "store.register_actor", "--set", "handle=fina", "--set", "display_name=Fina Ficticia", *roles)
    account = ("--set", "code=BANK", "--set", "name=Banco", "--set", "kind=bank", "--set", "currency=USD")
    assert run("do", "funds.open_bank_account", *account, actor="fina").exit_code == 0
    assert (
        run(
            "do", "funds.register_donor", "--set", "code=DON", "--set", "name=Fondo Semilla", actor="fina"
        ).exit_code
        == 0
    )
    fund = (
        "code=F-2026",
        "name=Semilla",
        "donor=DON",
        "currency=USD",
        "starts=2026-01-01",
        "ends=2030-01-01",
    )
    opened = run("do", "funds.open_fund", *(part for one in fund for part in ("--set", one)), actor="fina")
    assert opened.exit_code == 0, opened.output
    assert (
        run("import", "st.xml", "--kind", "bank_statement", "--account", "BANK", actor="fina").exit_code == 0
    )
    (row,) = json.loads(run("list", "lines-to-enter", "--format", "json", actor="fina").stdout)

    done = run(*shlex.split(row["command"])[1:], actor="fina")

    assert done.exit_code == 0, done.output
    assert json.loads(run("list", "lines-to-enter", "--format", "json", actor="fina").stdout) == []
    why = run("why", row["number"], lang="es", actor="fina")
    assert "no se propone registrar nada" in why.stdout


def test_a_line_that_nothing_is_known_of_is_told_with_the_commands_of_a_person(house: House) -> None:
    prepared(house)
    number = f"{said(house, line(77_700, text='sin concepto')).number}/1"
    with house.work("reconciler") as work:
        why = why_it_is_open(work, number)

    assert (why.match, why.may_be) == ("", ())
    assert [shlex.split(typed)[2:5] for typed in why.commands] == [
        ["banking.propose_matches", "--set", "account=BANK"],
        ["banking.pair_lines", "--set", "account=BANK"],
        ["banking.enter_line", "--set", "account=BANK"],
    ]
    assert f'lines=["{number}"]' in shlex.split(why.commands[1])
    assert f"line={number}" in shlex.split(why.commands[2])


def test_a_line_is_told_by_the_match_that_is_proposed_and_then_by_the_one_that_explains_it(
    house: House,
) -> None:
    _, _, payment = paid(house)
    number = f"{said(house, line(-50_000, text=payment)).number}/1"
    proposed(house)
    (match,) = [row.number for row in matches(house)]
    with house.work("reconciler") as work:
        waiting = why_it_is_open(work, number)
    confirmed(house, [match])
    with house.work("reconciler") as work:
        explained = why_it_is_open(work, number)

    assert [shlex.split(typed)[2:5] for typed in waiting.commands] == [
        ["banking.confirm_matches", "--set", f'matches=["{match}"]'],
        ["banking.reject_match", "--set", f"match={match}"],
    ]
    assert (explained.match, explained.may_be, explained.commands) == (match, (), ())
