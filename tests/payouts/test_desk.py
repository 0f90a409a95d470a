"""What the desk, the week and the exceptions page tell of providers' files, and of whom to whom."""

import pytest

from seedfund.kernel.errors import NotFound
from seedfund.people.service import RestrictParticipant, restrict_participant
from seedfund.reports.queries.desk import list_rows, show
from seedfund.reports.queries.desk.payouts import why_it_waits
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.queries.week import due_items
from seedfund.reports.value import Word
from tests.payouts.provider import file, layout, line, on_their_way, taken
from tests.payouts.provider import one_database as database_server  # noqa: F401 # its fixture
from tests.support.grants import key, prepared
from tests.support.programme import House


def waits(house: House) -> str:
    """An exception about a payment; the number of the person who is paid."""
    prepared(house)
    layout(house)
    _, payments, grants = on_their_way(house)
    taken(house, file(line(payments[0], "100.00"), line("nobody")))
    with house.work("director") as work:
        return str(show(work, grants[0]).fields["participant"].split(" ")[0])


def test_the_queue_is_told_on_the_desk_in_the_week_and_on_the_exceptions_page(house: House) -> None:
    waits(house)

    with house.work("reconciler") as work:
        listed = list_rows(work, "payout-exceptions")
        shown = show(work, "PX-2026-0002")
        why = why_it_waits(work, "px-2026-0001")
        due = [(item.number, item.what) for item in due_items(open_scope(work)) if item.number[:3] == "PX-"]
        odd = [
            (entry.number, entry.reason, entry.state)
            for entry in exception_entries(open_scope(work), since=None)
            if entry.number[:3] == "PX-"
        ]
        intake, bank = show(work, "RI-2026-0001"), show(work, "banco v1")
        layouts, intakes = list_rows(work, "payout-layouts"), list_rows(work, "payout-results")

    assert [(row["number"], row["misfit"].value, row["payment"]) for row in listed] == [
        ("PX-2026-0001", "amount_disagrees", "PG-2026-0001"),
        ("PX-2026-0002", "payment_unknown", None),
    ]
    assert {row["field"].value: row["cell"].reveal() for row in shown.parts["cells"]}["payment"] == "nobody"
    assert (why.state, why.refusal.code) == ("open", "payout_amount_disagrees")
    assert due[0] == ("PX-2026-0001", Word("amount disagrees"))
    assert odd[0] == ("PX-2026-0001", Word("amount disagrees"), Word("open"))
    assert [(row["code"], row["version"]) for row in layouts] == [("banco", 1)]
    assert [(row["read"], row["refused"]) for row in intakes] == [(2, 2)]
    assert (intake.kind, intake.fields["refused"]) == ("payout results", 2)
    assert [row["title"] for row in bank.parts["words"]][:2] == ["PAGADO", "PARCIAL"]


def test_what_could_not_be_read_of_a_row_is_told_by_its_code(house: House) -> None:
    prepared(house)
    layout(house)
    _, payments, _ = on_their_way(house)
    taken(house, file(line(payments[0], "mucho"), line("nobody")))

    with house.work("reconciler") as work:
        unread, other = show(work, "PX-2026-0001"), show(work, "PX-2026-0002")

    assert unread.fields["cells_not_read"] == "amount: amount_unreadable"
    assert "cells_not_read" not in other.fields


def test_what_is_about_a_restricted_person_is_told_to_named_roles_alone(house: House) -> None:
    person = waits(house)
    with house.work("protection") as work:
        restrict_participant(work, RestrictParticipant(key=key(), participant=person))

    seen = {}
    for actor in ("reconciler", "director"):
        with house.work(actor) as work:
            seen[actor] = (
                [row["number"] for row in list_rows(work, "payout-exceptions")],
                [item.number for item in due_items(open_scope(work)) if item.number[:3] == "PX-"],
                [e.number for e in exception_entries(open_scope(work), since=None) if e.number[:3] == "PX-"],
            )
    with house.work("reconciler") as work, pytest.raises(NotFound):
        show(work, "PX-2026-0001")

    assert seen["reconciler"] == (["PX-2026-0002"],) * 3
    assert seen["director"] == (["PX-2026-0001", "PX-2026-0002"],) * 3
