"""How the rarer turns of a grant's life stand in its ledger: refunds, write-offs, reversals, receipts that wait."""

from datetime import timedelta

import sqlalchemy as sa

from seedfund.grants.rules.words import LifeEventKind
from seedfund.grants.service.awards import DeclineAward, decline_award
from seedfund.grants.service.course import SuspendGrant, suspend_grant
from seedfund.grants.service.life_events import RecordLifeEvent, record_life_event
from seedfund.grants.service.payment_lists import ApprovePaymentList, approve_payment_list
from seedfund.kernel.secret import Secret
from seedfund.people.queries import list_duplicates
from seedfund.people.rules import DuplicateDecision
from seedfund.people.service import DecideDuplicate, decide_duplicate
from seedfund.reports.render.words import HASH_LETTERS
from seedfund.reports.value import Word
from tests.grants.accounting_for import closed, given_up, refunded
from tests.grants.paying import account, bounced, ended, paid, release, retried, told
from tests.grants.test_undoing import undone
from tests.reports.readers import csv_lines, pdf_pages
from tests.reports.story import Story, accounted, days
from tests.reports.test_queries import cell, column, made, section, total
from tests.support.grants import awarded, home, key, usd


def identity(story: Story, number: str = "") -> object:
    """What the ledger says is missing from its identity."""
    (note,) = made(story, "participant_grant_ledger", number=number or story.first).notes
    return dict(note.facts)["difference"]


def test_a_refund_answers_what_was_demanded(story: Story) -> None:
    refunded(story.house, story.first, usd(50))

    report = made(story, "participant_grant_ledger")

    assert (total(report, "returned"), total(report, "refund_due")) == (usd(50), usd(0))
    assert identity(story) == usd(0)
    assert column(made(story, "cash_book"), "balance")[-1] == usd(9_687, 50)
    assert total(made(story, "fund_ledger"), "refunded") == usd(50)


def test_what_is_given_up_stands_once_on_the_exceptions_page_with_its_amount(story: Story) -> None:
    given_up(story.house, story.first, usd(50))

    report = made(story, "exceptions")
    (row,) = section(report, "Write-offs")

    assert cell(report, row, "amount") == usd(50)
    assert cell(report, row, "decided_by") == "director"
    assert sum(1 for number in column(report, "number") if number == cell(report, row, "number")) == 1
    assert total(made(story, "participant_grant_ledger"), "written_off") == usd(50)
    assert identity(story) == usd(0)


def test_a_write_off_is_no_overridden_refusal_too_and_an_override_says_what_it_set_aside(
    story: Story,
) -> None:
    given_up(story.house, story.first, usd(50))
    ended(story.house, story.first)
    closed(story.house, story.first, despite_open=True, reason="se fue del país")

    report = made(story, "exceptions")
    (row,) = section(report, "Refusals overridden")

    assert cell(report, row, "what") == Word("closed although amounts were open")
    assert len(section(report, "Write-offs")) == 1
    assert len(str(cell(report, section(report, "Write-offs")[0], "evidence_hash"))) == 64


def test_the_exceptions_page_tells_payments_made_again_breach_theft_and_suspension(story: Story) -> None:
    house, failed = story.house, "PG-2026-0002"
    (again,) = retried(house, failed).payments
    with house.work("coach") as work:
        record_life_event(work, RecordLifeEvent(key=key(), grant=story.first, kind=LifeEventKind.THEFT))
    with house.work("manager") as work:
        suspend_grant(work, SuspendGrant(key=key(), grant=story.first, reason="negocio cerrado"))
    ended(house, story.first)

    report = made(story, "exceptions")
    (repeated,) = section(report, "Failed payments made again")
    (theft,) = section(report, "What happened to participants")
    stopped = section(report, "Grants suspended or ended early")

    assert (cell(report, repeated, "number"), cell(report, repeated, "what")) == (again, failed)
    assert (cell(report, theft, "number"), cell(report, theft, "what")) == (story.first, Word("theft"))
    assert [(cell(report, row, "what"), cell(report, row, "reason")) for row in stopped] == [
        (Word("suspended"), "negocio cerrado"),
        (Word("terminated"), Word("breach")),
    ]
    assert {cell(report, row, "decided_by") for row in stopped} == {"manager"}


def test_the_exceptions_page_tells_duplicates_with_who_decided_and_how(story: Story) -> None:
    house = story.house
    for _ in range(2):
        account(house, home(house).head)
    with house.work("manager") as work:
        (flag,) = list_duplicates(work)
        decide_duplicate(
            work,
            DecideDuplicate(
                key=key(),
                flag=flag.id,
                decision=DuplicateDecision.SHARED_ACCOUNT,
                reason=Secret("la misma tía"),
            ),
        )

    report = made(story, "exceptions")
    (row,) = section(report, "Duplicates decided")

    assert cell(report, row, "number") == "HH-2026-0004 HH-2026-0005"
    assert (cell(report, row, "what"), cell(report, row, "reason")) == (Word("shared account"),) * 2
    assert cell(report, row, "decided_by") == "manager"


def test_the_ledger_names_who_prepared_who_approved_and_who_posted(story: Story) -> None:
    given_up(story.house, story.first, usd(50))

    report = made(story, "participant_grant_ledger")
    hands = {
        (event.text, prepared, approved, posted)
        for event, prepared, approved, posted in zip(
            *(column(report, name) for name in ("event", "prepared_by", "approved_by", "posted_by")),
            strict=True,
        )
        if isinstance(event, Word)
    }

    assert {
        ("payments released", "finance", "director", "cashier"),
        ("payment delivered", "finance", "director", "reconciler"),
        ("evidence accepted", "field", "finance", "finance"),
        ("written off", "finance", "director", "director"),
    } <= hands


def test_a_reference_stands_on_the_result_it_came_with_and_a_repeated_payment_names_the_failed_one(
    story: Story,
) -> None:
    house, failed = story.house, "PG-2026-0002"
    sent = retried(house, failed)
    with house.work("director") as work:
        approve_payment_list(work, ApprovePaymentList(key=key(), number=sent.number))
    release(house, sent.number)
    (again,) = sent.payments
    told(house, again, reference="TR-77")
    bounced(house, again, usd(500), reference="cuenta cerrada")

    report = made(story, "participant_grant_ledger", number=story.second)
    shown = [
        (cell(report, row, "voucher"), cell(report, row, "bank_reference"), cell(report, row, "repeats"))
        for row in report.rows
    ]

    assert shown[2:] == [
        *[(failed, "", "")] * 2,
        (again, "", failed),
        (again, "TR-77", failed),
        (again, "cuenta cerrada", failed),
    ]
    assert column(made(story, "cash_book"), "reference")[-2:] == ["TR-77", "cuenta cerrada"]


def test_a_refund_tells_how_it_came_and_which_official_receipt_it_has(story: Story) -> None:
    refund = refunded(story.house, story.first, usd(50))

    report = made(story, "participant_grant_ledger")
    (row,) = [row for row in report.rows if cell(report, row, "returned") == usd(50)]

    assert cell(report, row, "method") == Word("bank")
    assert cell(report, row, "evidence_number") == refund.number


def test_every_entry_carries_its_hash_whole_in_files_and_by_its_first_letters_on_paper(story: Story) -> None:
    report = made(story, "participant_grant_ledger")
    with story.house.engine.connect() as connection:
        stored = {
            row.number: row.hash for row in connection.execute(sa.text("SELECT number, hash FROM sf_entry"))
        }
    booked = [row for row in report.rows if cell(report, row, "entry_number")]
    printed = "".join(pdf_pages(report))

    assert [cell(report, row, "entry_hash") for row in booked] == [
        stored[str(cell(report, row, "entry_number"))] for row in booked
    ]
    assert all(str(cell(report, row, "entry_hash"))[:HASH_LETTERS] in printed for row in booked)
    assert [line["entry_hash"] for line in csv_lines(report) if line["entry_number"]] == [
        cell(report, row, "entry_hash") for row in booked
    ]


def test_released_and_lapsed_mean_in_the_fund_ledger_what_they_mean_in_the_summary(story: Story) -> None:
    house = story.house
    unsigned = awarded(house, None, usd(90)).number
    with house.work("manager") as work:
        decline_award(work, DeclineAward(key=key(), grant=unsigned))
    for grant in (story.first, story.second):
        ended(house, grant)
    refunded(house, story.first, usd(50))

    ledger, summary = made(story, "fund_ledger"), made(story, "fund_summary")
    (shown,) = summary.rows

    assert total(ledger, "released") == cell(summary, shown, "released") == usd(700)
    assert total(ledger, "lapsed") == cell(summary, shown, "lapsed") == usd(90)
    assert total(ledger, "back_to_line") == usd(50)
    assert total(ledger, "uncommitted") == cell(summary, shown, "free")


def test_a_reversed_entry_names_the_one_that_undoes_it(story: Story) -> None:
    due = total(made(story, "participant_grant_ledger"), "refund_due")
    entry = refunded(story.house, story.first, usd(10)).entry

    reversal = undone(story.house, entry).entry

    report = made(story, "participant_grant_ledger")
    shown = {
        word.text: number
        for word, number in zip(column(report, "event"), column(report, "reversed_by"), strict=True)
        if isinstance(word, Word)
    }
    assert shown["refund received"] == reversal
    assert shown["entry reversed"] == ""
    assert total(report, "refund_due") == due
    assert identity(story) == usd(0)


def test_a_write_off_that_was_taken_back_stands_on_the_exceptions_page_as_undone(story: Story) -> None:
    written = given_up(story.house, story.first, usd(10))

    undone(story.house, written.entry, actor="approver")

    report = made(story, "exceptions")
    states = dict(zip(column(report, "number"), column(report, "state"), strict=True))
    assert [getattr(states[number], "text", None) for number in written.numbers] == ["undone"]


def test_a_receipt_beyond_the_open_advance_waits_and_the_next_payment_takes_it(story: Story) -> None:
    accounted(story.house, story.first, usd(100))
    waiting = made(story, "participant_grant_ledger")
    days(story.house, 1)
    paid(story.house, story.first, 2)
    after = made(story, "participant_grant_ledger")

    assert total(waiting, "unapplied") == usd(30)
    assert (total(after, "unapplied"), total(after, "accepted")) == (usd(0), usd(280))
    assert identity(story) == usd(0)


def test_what_was_known_before_a_late_fact_is_printed_again(story: Story) -> None:
    before = story.house.clock.now()
    story.house.clock.advance(timedelta(hours=1))
    refunded(story.house, story.first, usd(20))

    then, now = made(story, "fund_summary", as_known=before), made(story, "fund_summary")

    assert (total(then, "returned"), total(now, "returned")) == (usd(0), usd(20))
