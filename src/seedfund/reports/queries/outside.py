"""Grants as they are told outside: whose kind, for what, how much, with the keys that tokens are made of. Reads only.

No name and no place of a person is read here; keys and numbers are for tokens, and never leave. `is_restricted` where
the person who stands for the grant, or somebody who lives in its household, is seen by named roles only.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.funds.queries.benefits import terms_of
from seedfund.funds.tables import BenefitType
from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.history import BroughtForward, GrantTakenOver
from seedfund.kernel.ids import Key
from seedfund.ledger.tables import Entry
from seedfund.people.tables import Household, Participant
from seedfund.reports.effects import fund_columns, grant_columns
from seedfund.reports.indicators.bases import ON, restricted_household
from seedfund.reports.queries.counters import accounts_of
from seedfund.reports.queries.rows import rows_of_book
from seedfund.reports.queries.scope import Scope
from seedfund.store.statements import Query


@dataclass(frozen=True, slots=True)
class GrantOutside:
    """A grant as others are told of it. Its key and number never leave."""

    grant_id: Key
    number: str
    participant_id: Key
    household_id: Key | None
    owner_kind: str
    benefit: str
    purpose: str
    purpose_code: str
    population_group: str
    country: str
    currency: str
    awarded_on: date
    state: str
    is_restricted: bool
    is_brought_forward: bool
    """Whether earlier books told a figure of it, which nobody verified here."""


def _outside(*values: Any) -> GrantOutside:
    *rest, terms, country, is_restricted, lives_with_restricted, is_brought_forward = values
    (
        grant,
        number,
        participant,
        household,
        owner_kind,
        benefit,
        purpose,
        group,
        currency,
        awarded_on,
        state,
    ) = rest
    return GrantOutside(
        grant_id=grant,
        number=str(number),
        participant_id=participant,
        household_id=household,
        owner_kind=str(owner_kind),
        benefit=str(benefit),
        purpose=str(purpose),
        purpose_code=terms_of(str(terms)).purpose_code,
        population_group=str(group),
        country=str(country or ""),
        currency=str(currency),
        awarded_on=awarded_on,
        state=str(state),
        is_restricted=bool(is_restricted or lives_with_restricted),
        is_brought_forward=bool(is_brought_forward),
    )


def _reversed() -> Any:
    """Whether a history was entered in error and taken back."""
    return sa.exists().where(col(Entry.reverses) == col(BroughtForward.entry_id))


def _grants() -> Any:
    return (
        sa.select(
            col(Grant.id),
            col(Grant.number),
            col(Grant.participant_id),
            col(Grant.household_id),
            col(Grant.owner_kind),
            col(Grant.benefit),
            col(Grant.purpose),
            col(Grant.population_group),
            col(Grant.currency),
            col(Grant.awarded_on),
            col(Grant.state),
            col(BenefitType.terms),
            col(Household.country),
            col(Participant.is_restricted),
            restricted_household(),
            sa.or_(
                sa.exists().where(col(GrantTakenOver.grant_id) == col(Grant.id)),
                sa.exists().where(col(BroughtForward.grant_id) == col(Grant.id), ~_reversed()),
            ),
        )
        .select_from(Grant)
        .join(BenefitType, col(BenefitType.id) == col(Grant.benefit_type_id))
        .join(Participant, col(Participant.id) == col(Grant.participant_id))
        .outerjoin(Household, col(Household.id) == col(Grant.household_id))
        .where(
            col(Grant.programme_id) == sa.bindparam("programme"),
            col(Grant.awarded_on) <= sa.bindparam("as_of", type_=sa.Date),
        )
        .order_by(col(Grant.number))
    )


_GRANTS: Final = Query(_outside, _grants)


def grants_outside(scope: Scope) -> list[GrantOutside]:
    """Every grant of the programme that was awarded by the day, restricted ones among them and marked."""
    return scope.reader.all(
        _GRANTS, programme=scope.work.programme.id, as_of=scope.as_of, **{ON: scope.as_of}
    )


def amounts_by_grant(scope: Scope) -> dict[Key, Counter[str]]:
    """The amounts of every grant as the ledger of its owner tells them, in minor units, from the rows of the books."""
    legs = {
        leg.id: leg for leg in accounts_of(scope.reader, scope.book_ids).values() if leg.grant_id is not None
    }
    with_advances = {(leg.grant_id, leg.line_id) for leg in legs.values() if leg.kind == "advances"}
    found: dict[Key, Counter[str]] = defaultdict(Counter)
    for book_id in scope.book_ids:
        for row in rows_of_book(scope, book_id):
            sides = row.legs(legs)
            parts = {(leg.grant_id, leg.line_id) for leg in (*sides.debits, *sides.credits)}
            for grant, line in parts:
                if grant is not None and line is not None:
                    needs = (grant, line) in with_advances
                    found[grant].update(
                        grant_columns(sides, grant_id=grant, line_id=line, needs_receipts=needs)
                    )
    return found


_OF_KIND: Final = Query(
    Key,
    lambda: sa.select(col(Grant.id)).where(
        col(Grant.programme_id) == sa.bindparam("programme"),
        col(Grant.owner_kind) == sa.bindparam("kind"),
    ),
)


def grants_of_kind(scope: Scope, owner_kind: str) -> frozenset[Key]:
    """The grants whose owner is of a kind."""
    return frozenset(scope.reader.all(_OF_KIND, programme=scope.work.programme.id, kind=owner_kind))


# What funds took in and gave out ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flow:
    """What a row of a fund's book moved, by column of its ledger in minor units, and the grant it is about."""

    on: date
    columns: Mapping[str, int]
    grant_id: Key | None


def flows_of(scope: Scope, book_id: int) -> Iterator[Flow]:
    """Every row of a fund's book as the columns of the fund ledger see it, in booking order."""
    accounts = accounts_of(scope.reader, [book_id])
    for row in rows_of_book(scope, book_id):
        sides = row.legs(accounts)
        grant = next((leg.grant_id for leg in (*sides.debits, *sides.credits) if leg.grant_id), None)
        yield Flow(row.booking_date, fund_columns(sides), grant)
