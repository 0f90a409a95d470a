"""A programme that has worked for a while, and the hand of somebody who alters its rows past every guard."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from seedfund.assurance.report import Verification
from seedfund.assurance.verify import Request, verify, verify_within
from seedfund.ledger.queries.locked import holds
from seedfund.ledger.queries.parts import positions
from seedfund.ledger.rules.events import funds, grants, refunds
from seedfund.ledger.rules.posting import EntryDraft, PostedEntry, Posting
from seedfund.ledger.service.periods import (
    BeginClosingPeriod,
    ClosePeriod,
    begin_closing_period,
    close_period,
)
from seedfund.people.service import HouseholdRegistered
from seedfund.plans.queries import CallTerms
from seedfund.plans.rules import CommitteePolicy, PlanPolicy
from seedfund.plans.service import (
    ApproveCall,
    ProposeCall,
    ReturnPlan,
    SubmitPlan,
    approve_call,
    plan_secret,
    propose_call,
    return_plan,
    submit_plan,
)
from seedfund.register.service import NewPaper, write_paper
from tests.ledger.support import BookOfTest, carry_out, fund, open_book, post, write
from tests.people.samples import child, head, identity, person, propose, register
from tests.plans.samples import bakery
from tests.support.programme import RING, House, build_founded, house_on


@dataclass(frozen=True)
class Lived:
    """The house, and its book."""

    house: House
    book: BookOfTest

    def verified(self, **asked: Any) -> Verification:
        """What the verifier says, with the keys unless told otherwise."""
        return verify(self.house.engine, Request(**{"keyring": RING, **asked}))


def lived_on(engine: sa.Engine) -> Lived:
    """A house on a copy of the template."""
    house = house_on(engine)
    house.clock.set(datetime(2026, 2, 2, 15, tzinfo=UTC))
    with engine.connect() as connection:
        book = connection.exec_driver_sql("SELECT id, code FROM sf_book").one()
    return Lived(house, BookOfTest(int(book[0]), str(book[1])))


def build_lived(engine: sa.Engine) -> None:
    """Two households, a book with awards, payments in every state, a refund and a reversal, and three papers."""
    build_founded(engine)
    house = house_on(engine)
    first = register(house, head(), child(person(identity("Luz", "Prueba"))))
    register(house, head(person(identity("Ana", "Ejemplo"))))
    propose(house, first.members[0].participant, "2200123456")
    book = open_book(house)
    fund(house, book)
    for number in (1, 2, 3):
        part = book.part(number)
        post(house, "award_decided", grants.award([(part, 10_000)]))
        post(house, "agreement_signed", grants.sign([(part, 10_000)]))
    _pay(house, book, 1, 6_000)
    _pay(house, book, 2, 4_000)
    post(house, "evidence_accepted", grants.accept([_at(house, book, 1)], 4_000)[0])
    rows = refunds.refund([_at(house, book, 2)], 1_000, banks={book.id: book.bank}, back="committed")
    post(house, "refund_received", rows)
    _release(house, book, 3, 2_500)
    charged = post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 150))
    _reverse(house, book, charged)
    _issue(house, book)
    _plan(house, first)
    _close_january(house, book)


def _at(house: House, book: BookOfTest, number: int) -> Any:
    grant_id = book.part(number).grant_id
    with house.work("finance") as work:
        return positions(work.reader(), [grant_id])[grant_id][0]


def _release(house: House, book: BookOfTest, number: int, amount: int) -> Any:
    lot = grants.Lot(book.part(number), amount, book.bank)
    posted = post(house, "payment_released", grants.release([lot], needs_receipts=True))
    with house.work("finance") as work:
        return holds(work.reader(), book.id, [posted.seqs[0]])[0]


def _pay(house: House, book: BookOfTest, number: int, amount: int) -> None:
    hold = _release(house, book, number, amount)
    post(house, "payment_delivered", grants.deliver([hold], amount))


def _reverse(house: House, book: BookOfTest, charged: PostedEntry) -> None:
    """The charge, taken back by another hand: the same row with its pairs swapped."""
    (row,) = funds.pay_charge(book.bank, book.line("FEES"), 150)
    mirror = Posting(
        row.recipe,
        row.amount,
        row.credit,
        row.debit,
        row.memo_credit,
        row.memo_debit,
        reverses_seq=charged.seqs[0],
    )
    write(
        house,
        EntryDraft(event="reversal", postings=(mirror,), reverses=charged.id),
        actor="reconciler",
    )


def _plan(house: House, household: HouseholdRegistered) -> None:
    """A call in force, and a plan in two versions."""
    terms = CallTerms(
        PlanPolicy(version="1"), CommitteePolicy(version="1", quorum=2, scoring_required=False), None
    )
    with house.work("expert") as work:
        proposed = propose_call(work, ProposeCall(key="call", code="C1", version="1", terms=terms))
    with house.work("manager") as work:
        approving = ApproveCall(key="call+", code="C1", version="1", content_hash=proposed.content_hash)
        approve_call(work, approving)
    wanted = SubmitPlan(
        key="plan",
        call="C1",
        participant=household.members[0].participant,
        household=household.household,
        plan=plan_secret(bakery()),
    )
    with house.work("expert") as work:
        number = submit_plan(work, wanted).number
    with house.work("reviewer") as work:
        return_plan(work, ReturnPlan(key="back", number=number, reason="Name the supplier."))
    with house.work("expert") as work:
        again = plan_secret(bakery(title="Panadería La Segunda"))
        submit_plan(work, replace(wanted, key="again", number=number, plan=again))


def _close_january(house: House, book: BookOfTest) -> None:
    """The first month is closed by two hands, with a payment in flight; then February begins."""
    house.clock.set(datetime(2026, 2, 2, 15, tzinfo=UTC))
    with house.work("finance") as work:
        begin_closing_period(work, BeginClosingPeriod(key="closing", month="2026-01"))
    with house.work("director") as work:
        close_period(
            work,
            ClosePeriod(key="closed", month="2026-01", reconciled=(f"{book.code}/cash:BANK",)),
        )
    post(house, "charge", funds.pay_charge(book.bank, book.line("FEES"), 75))
    _release(house, book, 3, 100)


def _issue(house: House, book: BookOfTest) -> None:
    """A plain paper in two versions, and one sealed for a person."""
    with house.engine.connect() as connection:
        last = connection.exec_driver_sql("SELECT seq, hash FROM sf_book_head").one()
        who = connection.exec_driver_sql("SELECT id FROM sf_participant ORDER BY number").scalars().first()
    printed = f"{book.code}:{last[0]}:{last[1]}"
    subject = str(who).replace("-", "")
    for number, version, subject_id in (("AC-1", None, None), ("AC-1", 1, None), ("AG-1", None, subject)):
        paper: Mapping[str, Any] = {
            "kind": "act",
            "number": number,
            "languages": ("es",),
            "content": {"title": "Acta", "amount": "USD 60.00", "version": version},
            "template_version": "1",
            "chain_head": printed,
            "subject_id": subject_id,
            "replaces_version": version,
        }
        new = NewPaper(**paper)
        carry_out(house, "finance", partial(write_paper, new=new))


def disarm(connection: sa.Connection) -> None:
    """From here to the end of the transaction no trigger fires, and SQLite checks nothing."""
    run = connection.exec_driver_sql
    if connection.dialect.name == "postgresql":
        run("SET LOCAL session_replication_role = 'replica'")
        return
    run("PRAGMA ignore_check_constraints=ON")
    run("PRAGMA writable_schema=ON")
    run("DELETE FROM sqlite_master WHERE type = 'trigger'")
    run("PRAGMA writable_schema=RESET")


@contextmanager
def altering(engine: sa.Engine) -> Iterator[sa.Connection]:
    """The hand of somebody who owns the database, past every guard; on SQLite the guards stay away."""
    with engine.connect() as connection:
        disarm(connection)
        yield connection
        connection.commit()
    engine.dispose()


def found_after(lived: Lived, *statements: str) -> Verification:
    """What the verifier would say if somebody changed this past every guard; nothing of it is kept."""
    with lived.house.engine.connect() as connection:
        disarm(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")
        found = verify_within(connection, Request(keyring=RING))
        connection.rollback()
    lived.house.engine.dispose()
    return found
