"""Extracts for one recipient: people, grants and payments as three tables in which nobody stands by name. Reads only.

A person, household, grant or payment is a token that is its own for the recipient and the engagement. People whose
traits fewer than five share have them withheld, and so has a phase. Of restricted people, and of who lives with them,
no row is told, and their grants and payments stand without them so that sums stay whole; unless the extract was made
with them.
"""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from seedfund.interchange.exports.tokens import Tokens
from seedfund.interchange.rules.extracting import WITHHELD, rare
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.reports.books.columns import amount, code, day
from seedfund.reports.queries.outside import GrantOutside, amounts_by_grant, grants_outside
from seedfund.reports.queries.outside_people import PersonOutside, payments_outside, people_outside
from seedfund.reports.queries.scope import Scope, open_scope
from seedfund.reports.render.csv import render_csv
from seedfund.reports.value import Column, Kind, Phrase, Report, Row, Section
from seedfund.store.work import Work

KIND: Final = "extract"
"""The kind of an extract on the register."""
FORM: Final = "seedfund.extract/1"
PERSON: Final = "person"
HOUSEHOLD: Final = "household"
GRANT: Final = "grant"
PAYMENT: Final = "payment"
PEOPLE_COLUMNS: Final[tuple[Column, ...]] = (
    code("person", "Person"),
    code("household", "Household"),
    code("is_head", "Head of household"),
    code("sex", "Sex"),
    code("age_band", "Age band"),
    code("population_group", "Population group"),
    code("disability", "Disability"),
    code("phase", "Phase"),
)
GRANT_COLUMNS: Final[tuple[Column, ...]] = (
    code("grant", "Grant"),
    code("person", "Person"),
    code("household", "Household"),
    code("owner_kind", "Owner"),
    code("benefit", "Benefit"),
    code("purpose", "Purpose"),
    day("awarded_on", "Awarded on"),
    code("state", "State"),
    amount("awarded", "Awarded"),
    amount("committed", "Committed"),
    amount("disbursed", "Disbursed"),
    amount("accepted", "Justified"),
    amount("no_receipts_due", "No receipts due"),
    amount("returned", "Returned"),
    amount("written_off", "Written off"),
    code("brought_forward", "Brought forward, not verified"),
)
PAYMENT_COLUMNS: Final[tuple[Column, ...]] = (
    code("payment", "Payment"),
    code("grant", "Grant"),
    Column("tranche", "Tranche", Kind.INTEGER),
    code("method", "Method"),
    day("released_on", "Released on"),
    day("delivered_on", "Delivered on"),
    code("state", "State"),
    amount("amount", "Amount"),
    amount("delivered", "Delivered"),
)


@dataclass(frozen=True, slots=True)
class ExtractTerms:
    """Whom an extract is for and in which engagement, the day and the knowledge it holds for, with whom."""

    number: str
    recipient: str
    engagement: str
    as_of: date
    known_at: datetime
    with_restricted: bool


@dataclass(frozen=True, slots=True)
class ExtractFile:
    """A table of an extract as its file: name, rows, bytes."""

    name: str
    row_count: int
    content: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes, in hex."""
        return hashlib.sha256(self.content).hexdigest()


def extract_files(work: Work, terms: ExtractTerms) -> list[ExtractFile]:
    """The tables of an extract as CSV files, with English keys; the same terms and rows give the same bytes.

    Raises:
        NotAllowed: the actor is none of the programme's.
    """
    scope = open_scope(work, as_of=terms.as_of, as_known=terms.known_at)
    found = []
    for report in _tables(scope, terms):
        out = io.BytesIO()
        render_csv(report, out)
        found.append(ExtractFile(f"{report.name}.csv", report.row_count, out.getvalue()))
    return found


def numbers_by_token(work: Work, terms: ExtractTerms) -> dict[str, tuple[str, str]]:
    """The kind and number of every row that an extract has a token of."""
    scope = open_scope(work, as_of=terms.as_of, as_known=terms.known_at)
    tokens, hides = Tokens(work, terms.recipient, terms.engagement), not terms.with_restricted
    found: dict[str, tuple[str, str]] = {}
    for person in people_outside(scope):
        if not (hides and person.is_restricted):
            found[tokens.of(PERSON, person.participant_id)] = (PERSON, person.number)
            found[tokens.of(HOUSEHOLD, person.household_id)] = (HOUSEHOLD, person.household)
    for grant in grants_outside(scope):
        found[tokens.of(GRANT, grant.grant_id)] = (GRANT, grant.number)
    for payment in payments_outside(scope):
        found[tokens.of(PAYMENT, payment.payment_id)] = (PAYMENT, payment.number)
    return found


def _tables(scope: Scope, terms: ExtractTerms) -> Iterator[Report]:
    tokens = Tokens(scope.work, terms.recipient, terms.engagement)
    grants = grants_outside(scope)
    people = [one for one in people_outside(scope) if terms.with_restricted or not one.is_restricted]
    hidden = frozenset(one.grant_id for one in grants if one.is_restricted and not terms.with_restricted)

    def table(name: str, title: str, columns: tuple[Column, ...], rows: Sequence[Row]) -> Report:
        # In the order of tokens: the order of registration is a trace as well.
        ordered = sorted(rows, key=lambda row: str(row[0]))
        return Report(name, Phrase(title), terms.number, scope.standing, columns, (Section(ordered),))

    yield table("people", "People", PEOPLE_COLUMNS, _people(people, tokens.of))
    yield table(
        "grants", "Grants", GRANT_COLUMNS, _grants(grants, amounts_by_grant(scope), tokens.of, hidden=hidden)
    )
    yield table("payments", "Payments", PAYMENT_COLUMNS, _payments(scope, grants, tokens.of))


_Token = Callable[[str, str], str]


def _people(people: Sequence[PersonOutside], token: _Token) -> list[Row]:
    hidden = rare(one.traits for one in people)
    # A phase is a text of the programme's own: one that few people share could name a place, or one of them.
    phases = rare((one.phase,) for one in people)
    return [
        (
            token(PERSON, one.participant_id),
            token(HOUSEHOLD, one.household_id),
            "yes" if one.is_head else "no",
            *((WITHHELD,) * len(one.traits) if one.traits in hidden else one.traits),
            WITHHELD if (one.phase,) in phases else one.phase,
        )
        for one in people
    ]


def _grants(
    grants: Sequence[GrantOutside],
    amounts: Mapping[Key, Counter[str]],
    token: _Token,
    *,
    hidden: frozenset[Key],
) -> list[Row]:
    return [
        (
            token(GRANT, one.grant_id),
            WITHHELD if one.grant_id in hidden else token(PERSON, one.participant_id),
            _household(one, token, is_hidden=one.grant_id in hidden),
            one.owner_kind,
            one.benefit,
            one.purpose,
            one.awarded_on,
            one.state,
            *(
                Money(amounts.get(one.grant_id, Counter())[column.key], one.currency)
                for column in GRANT_COLUMNS
                if column.kind is Kind.MONEY
            ),
            "yes" if one.is_brought_forward else "no",
        )
        for one in grants
    ]


def _household(grant: GrantOutside, token: _Token, *, is_hidden: bool) -> str:
    if grant.household_id is None:
        return ""
    return WITHHELD if is_hidden else token(HOUSEHOLD, grant.household_id)


def _payments(scope: Scope, grants: Sequence[GrantOutside], token: _Token) -> list[Row]:
    currencies = {one.grant_id: one.currency for one in grants}
    return [
        (
            token(PAYMENT, one.payment_id),
            token(GRANT, one.grant_id),
            one.tranche,
            one.method,
            one.released_on,
            one.delivered_on,
            one.state,
            Money(one.amount_minor, currencies[one.grant_id]),
            Money(one.delivered_minor, currencies[one.grant_id]),
        )
        for one in payments_outside(scope)
        if one.grant_id in currencies
    ]
