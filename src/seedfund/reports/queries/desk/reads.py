"""Statements behind lists and things: people, papers, entries, actors, months."""

from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.ledger.tables import Account, Book, Entry, Period, Transfer
from seedfund.people.tables import Household, HouseholdMember, Participant
from seedfund.plans.tables import Call
from seedfund.register.tables import Paper
from seedfund.store.statements import Query
from seedfund.store.tables import Actor, ActorRole

Row = dict[str, Any]


def named(*names: str) -> Any:
    """A row as a mapping of these names."""

    def row(*values: Any) -> Row:
        return dict(zip(names, values, strict=True))

    return row


def of_programme(table: Any) -> Any:
    """Rows of the programme alone."""
    return col(table.programme_id) == sa.bindparam("programme")


HOUSEHOLDS: Final = Query(
    named("household_id", "number", "state", "locality", "community", "registered_on", "head_id"),
    lambda: (
        sa.select(
            col(Household.id),
            col(Household.number),
            col(Household.state),
            col(Household.locality),
            col(Household.community),
            col(Household.registered_on),
            col(HouseholdMember.participant_id),
        )
        .outerjoin(
            HouseholdMember,
            sa.and_(
                col(HouseholdMember.household_id) == col(Household.id),
                col(HouseholdMember.relationship) == "head",
                col(HouseholdMember.until_day).is_(None),
            ),
        )
        .where(of_programme(Household))
        .order_by(col(Household.number))
    ),
)


def _people() -> Any:
    return (
        sa.select(
            col(Participant.id),
            col(Participant.number),
            col(Household.number),
            col(HouseholdMember.relationship),
            col(Participant.sex),
            col(Participant.population_group),
            col(Participant.registered_on),
        )
        .outerjoin(
            HouseholdMember,
            sa.and_(
                col(HouseholdMember.participant_id) == col(Participant.id),
                col(HouseholdMember.until_day).is_(None),
            ),
        )
        .outerjoin(Household, col(Household.id) == col(HouseholdMember.household_id))
        .where(of_programme(Participant))
        .order_by(col(Participant.number))
    )


PEOPLE: Final = Query(
    named("participant_id", "number", "household", "relationship", "sex", "group", "registered_on"), _people
)


def _papers() -> Any:
    return (
        sa.select(
            col(Paper.number),
            col(Paper.version),
            col(Paper.kind),
            col(Paper.languages),
            col(Paper.issued_on),
            col(Actor.handle),
            col(Paper.content_hash),
            col(Paper.chain_head),
        )
        .select_from(Paper)
        .join(Actor, col(Actor.id) == col(Paper.issued_by))
        .where(of_programme(Paper))
        .order_by(col(Paper.number), col(Paper.version))
    )


_PAPER: Final = named(
    *("number", "version", "kind", "languages", "issued_on", "issued_by", "content_hash", "chain_head")
)
PAPERS: Final = Query(_PAPER, _papers)
PAPER: Final = Query(_PAPER, lambda: _papers().where(col(Paper.number) == sa.bindparam("number")))


def _entries() -> Any:
    return (
        sa.select(
            col(Entry.number),
            col(Entry.event),
            col(Entry.subject),
            col(Entry.booking_date),
            col(Entry.value_date),
            col(Entry.recorded_at),
            col(Actor.handle),
            col(Entry.reason),
            col(Entry.hash),
        )
        .select_from(Entry)
        .join(Actor, col(Actor.id) == col(Entry.actor_id))
        .where(of_programme(Entry))
        .order_by(col(Entry.booking_date), col(Entry.number))
    )


_ENTRY: Final = named(
    *(
        "number",
        "event",
        "subject",
        "booking_date",
        "value_date",
        "recorded_at",
        "posted_by",
        "reason",
        "hash",
    )
)
ENTRIES: Final = Query(_ENTRY, _entries)
ENTRY: Final = Query(_ENTRY, lambda: _entries().where(col(Entry.number) == sa.bindparam("number")))


def _rows_of_entry() -> Any:
    four = [aliased(Account) for _ in range(4)]
    sides = (Transfer.debit_id, Transfer.credit_id, Transfer.memo_debit_id, Transfer.memo_credit_id)
    joined: Any = sa.join(Transfer, Entry, col(Entry.id) == col(Transfer.entry_id))
    joined = sa.join(joined, Book, col(Book.id) == col(Transfer.book_id))
    for account, side in zip(four, sides, strict=True):
        joined = sa.outerjoin(joined, account, col(account.id) == col(side))
    return (
        sa.select(
            col(Book.code),
            col(Transfer.seq),
            col(Transfer.recipe),
            col(Transfer.phase),
            col(Book.currency),
            col(Transfer.amount),
            *(col(account.code) for account in four),
        )
        .select_from(joined)
        .where(of_programme(Entry), col(Entry.number) == sa.bindparam("number"))
        .order_by(col(Transfer.row))
    )


ROWS_OF_ENTRY: Final = Query(
    named(
        *("book", "seq", "recipe", "phase", "currency", "amount_minor"),
        *("debit", "credit", "memo_debit", "memo_credit"),
    ),
    _rows_of_entry,
)
ACTORS: Final = Query(
    named("handle", "name", "active", "role"),
    lambda: (
        sa.select(col(Actor.handle), col(Actor.display_name), col(Actor.active), col(ActorRole.role))
        .select_from(Actor)
        .outerjoin(
            ActorRole,
            sa.and_(
                col(ActorRole.actor_id) == col(Actor.id),
                col(ActorRole.from_day) <= sa.bindparam("on_day", type_=sa.Date),
                sa.or_(
                    col(ActorRole.until_day).is_(None),
                    col(ActorRole.until_day) > sa.bindparam("on_day", type_=sa.Date),
                ),
            ),
        )
        .where(of_programme(Actor))
        .order_by(col(Actor.handle), col(ActorRole.role))
    ),
)


def _month(month: str, state: str, closed_at: datetime | None) -> Row:
    return {"month": month, "state": state, "closed_at": closed_at}


PERIODS: Final = Query(
    _month,
    lambda: (
        sa.select(col(Period.month), col(Period.state), col(Period.closed_at))
        .where(of_programme(Period))
        .order_by(col(Period.month))
    ),
)
CALLS: Final = Query(
    named("code", "version", "proposed_at", "approved_at", "content_hash"),
    lambda: (
        sa.select(
            col(Call.code),
            col(Call.version),
            col(Call.proposed_at),
            col(Call.approved_at),
            col(Call.content_hash),
        )
        .where(of_programme(Call))
        .order_by(col(Call.code), col(Call.version))
    ),
)
