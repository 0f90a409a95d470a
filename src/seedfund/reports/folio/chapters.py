"""The chapters of a household's page, each read from a `Home`: members, grants, accounts, courses, what is due.

Whoever adds one writes a function from a `Home` to what was found, and puts it in `CHAPTERS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from seedfund.accompaniment.queries.referrals import referrals_of_households
from seedfund.grants.queries.why import TrancheExplained, explain_grant
from seedfund.kernel.messages import remedy, sentence
from seedfund.people.queries import names_of, roles_of
from seedfund.people.rules import age_on
from seedfund.reports.books.columns import amount, code, day, text
from seedfund.reports.folio.home import Home
from seedfund.reports.folio.parts import Found
from seedfund.reports.folio.progress import businesses, progress
from seedfund.reports.indicators.report import NOT_SHOWN
from seedfund.reports.queries.desk.grant import grant_amounts, grant_parts
from seedfund.reports.queries.desk.savings import links_of_person, masked_number
from seedfund.reports.queries.desk.things import ACCOUNT_ROLES
from seedfund.reports.queries.desk.training import enrolments_of_person
from seedfund.reports.queries.week import due_items
from seedfund.reports.queries.words import word
from seedfund.reports.value import Cell, Column, Kind, NotKnown, Phrase, Rate, Row, Word, phrase
from seedfund.savings.queries.links import links_of
from seedfund.schooling.queries.reads import schoolings_shown
from seedfund.visits.queries import list_visits

AMOUNTS: Final = (
    *("awarded", "committed", "disbursed", "justified", "returned"),
    *("to_justify", "refund_due"),
)
"""The five amounts, and the two that are owed."""
HELD: Final = "held"
LAST_VISITS: Final = 2
UNKNOWN_AGE: Final = "not collected"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the page: its key, its title (a message id), and how it is read."""

    key: str
    title: str
    read: Callable[[Home], Found]


# Who they are ---------------------------------------------------------------------------------------------------------

MEMBERS: Final[tuple[Column, ...]] = (
    code("number", "Number", width=13),
    text("name", "Name", width=26),
    text("relationship", "Relationship", width=16),
    text("sex", "By sex", width=10),
    Column("age", "Age", Kind.INTEGER),
    text("group", "Population group", width=16),
)


def members(home: Home) -> Found:
    """Who lives in the household; what they are beyond their names is for those who accompany them."""
    rows: list[Row] = []
    for one in home.members:
        person = one.participant
        told: tuple[Cell, ...] = (NotKnown(NOT_SHOWN),) * 3
        if home.accompanies:
            age = age_on(person.birth, home.scope.as_of) if person.birth is not None else None
            told = (
                Word(person.sex.value) if person.sex else NotKnown(UNKNOWN_AGE),
                NotKnown(UNKNOWN_AGE) if age is None else age,
                word(person.population_group.value),
            )
        rows.append((person.number, home.name(person.id), word(one.relationship.value), *told))
    return Found(columns=MEMBERS, rows=rows)


# What they were promised, got, spent and owe --------------------------------------------------------------------------

GRANTS: Final[tuple[Column, ...]] = (
    code("grant", "Grant", width=13),
    text("state", "State", width=9),
    amount("awarded", "Awarded"),
    amount("committed", "Committed"),
    amount("disbursed", "Disbursed"),
    amount("justified", "Justified"),
    amount("returned", "Returned"),
    amount("to_justify", "To justify"),
    amount("refund_due", "Refund due"),
)
TRANCHES: Final[tuple[Column, ...]] = (
    code("tranche", "Tranche", width=15),
    day("due_on", "Due on"),
    amount("amount", "Amount"),
    amount("delivered", "Delivered"),
    text("standing", "Standing", width=20),
)
MISSING: Final[tuple[Column, ...]] = (
    code("tranche", "Tranche", width=15),
    text("what", "What is missing", width=40),
    text("who", "Who", width=16),
    day("by", "By when"),
)


def grants(home: Home) -> Found:
    """The five amounts of each grant, and what of it is owed."""
    rows: list[Row] = []
    for owner in home.owners:
        amounts = grant_amounts(home.scope.work, owner)
        rows.append((owner.grant, word(owner.state), *(amounts[name] for name in AMOUNTS)))
    note = Phrase(
        "The amounts stand beside each other and are never added up: what is justified was disbursed."
    )
    return Found(columns=GRANTS, rows=rows, notes=(note,) if rows else ())


def _tranches_of(home: Home) -> dict[str, list[TrancheExplained]]:
    return {grant.number: explain_grant(home.scope.work, grant.number) for grant in home.grants}


def tranches(home: Home) -> Found:
    """The schedule of each grant, as far as it is in force."""
    rows: list[Row] = [
        (f"{one.grant}/{one.position}", one.due_on, one.amount, one.delivered, _standing(one))
        for found in _tranches_of(home).values()
        for one in found
        if one.position
    ]
    return Found(columns=TRANCHES, rows=rows)


def _standing(one: TrancheExplained) -> Word:
    if one.rest.minor <= 0:
        return Word("in payment" if one.in_payment.minor else "delivered")
    return Word("can be paid" if one.is_payable else "has to wait")


def missing(home: Home) -> Found:
    """What keeps the next tranche of each grant from being paid, who does it, and by when."""
    rows: list[Row] = []
    for found in _tranches_of(home).values():
        following = next((one for one in found if not one.position or one.rest.minor > 0), None)
        if following is None:
            continue
        place = f"{following.grant}/{following.position}" if following.position else following.grant
        for one in following.missing:
            if one.missing is None:
                continue
            said = f"{sentence(one.missing, home.language)} {remedy(one.missing, home.language)}"
            who = word(one.responsible.value) if one.responsible is not None else None
            rows.append((place, said, who, one.by))
    return Found(columns=MISSING, rows=rows)


# Accounts, courses, visits --------------------------------------------------------------------------------------------

SAVINGS: Final[tuple[Column, ...]] = (
    code("number", "Number", width=13),
    text("holder", "Holder", width=20),
    text("institution", "Institution", width=18),
    text("account", "Account", width=10),
    text("state", "State", width=10),
    Column("balance", "Balance", Kind.MONEY),
    day("last_observed", "Last observed"),
)
COURSES: Final[tuple[Column, ...]] = (
    code("enrolment", "Enrolment", width=13),
    text("participant", "Participant", width=20),
    code("course", "Course", width=12),
    Column("attendance", "Attendance", Kind.RATE),
    text("state", "State", width=12),
    code("certificate", "Certificate", width=13),
)
VISITS: Final[tuple[Column, ...]] = (
    code("number", "Number", width=13),
    text("participant", "Participant", width=22),
    text("role", "Who", width=22),
    day("due_on", "Due on"),
    text("state", "State", width=12),
)
REFERRALS: Final[tuple[Column, ...]] = (
    code("number", "Number", width=13),
    text("participant", "Participant", width=20),
    text("kind", "What kind", width=18),
    day("offered_on", "Offered on"),
    day("answer_by", "Answer by"),
    text("state", "State", width=14),
)
SCHOOLING: Final[tuple[Column, ...]] = (
    code("number", "Number", width=13),
    text("child", "Child", width=20),
    text("kind", "What kind", width=18),
    text("term", "Term", width=12),
    text("state", "State", width=14),
)
DUE: Final[tuple[Column, ...]] = (
    day("due_on", "Due on"),
    code("number", "Number", width=15),
    text("what", "What to do", width=30),
    text("who", "Who", width=18),
    amount("amount", "Amount"),
)


def savings(home: Home) -> Found:
    """Accounts at third parties, their numbers by the last four signs for those who may compare them."""
    work = home.scope.work
    may_see = bool(roles_of(work).intersection(ACCOUNT_ROLES))
    rows: list[Row] = []
    for person in home.people:
        for one in links_of_person(work, person):
            account: Cell = NotKnown(NOT_SHOWN)
            if may_see:
                masked = masked_number(work, one["number"])
                account = masked.reveal() if masked is not None else None
            balance = (
                NotKnown(one["balance"].text.replace("_", " "))
                if isinstance(one["balance"], Word)
                else one["balance"]
            )
            rows.append(
                (
                    *(one["number"], home.name(person), one["institution"], account, one["state"]),
                    *(balance, one["last_observed"]),
                )
            )
    return Found(columns=SAVINGS, rows=rows)


def courses(home: Home) -> Found:
    """Courses of the members, with what they attended of what they could have."""
    rows: list[Row] = [
        (
            *(one["number"], home.name(person), one["course"]),
            one["attendance"] if isinstance(one["attendance"], Rate) else NotKnown("no sessions yet"),
            *(one["state"], one["certificate"]),
        )
        for person in home.people
        for one in enrolments_of_person(home.scope.work, person)
    ]
    return Found(columns=COURSES, rows=rows)


def _visits_of(home: Home) -> list[Any]:
    people = set(home.people)
    return [
        one
        for one in list_visits(home.scope.work)
        if one.household_id == home.facts.id or one.participant_id in people
    ]


def visits(home: Home) -> Found:
    """Visits that are owed and the last that were held; what they found is sealed and stays with them."""
    every = sorted(_visits_of(home), key=lambda one: (one.due_on is None, one.due_on, one.number))
    held = [one for one in every if one.state == HELD]
    left_out = {one.number for one in held[:-LAST_VISITS]}
    found = [one for one in every if one.number not in left_out]
    names = names_of(home.scope.work, [one.participant_id for one in found])
    rows: list[Row] = [
        (
            *(one.number, names[one.participant_id].printed.reveal(), word(one.role.value)),
            *(one.due_on, word(one.state)),
        )
        for one in found
    ]
    earlier = phrase("{count} earlier visits were held.", count=len(left_out))
    return Found(columns=VISITS, rows=rows, notes=(earlier,) if left_out else ())


def referrals(home: Home) -> Found:
    """Where somebody was referred to; of what kind, for those who accompany them."""
    found = referrals_of_households(home.scope.work, [home.facts.id])[home.facts.id]
    names = names_of(home.scope.work, [one.participant_id for one in found])
    rows: list[Row] = [
        (
            *(one.number, names[one.participant_id].printed.reveal()),
            word(one.kind.value) if home.accompanies else NotKnown(NOT_SHOWN),
            *(one.offered_on, one.answer_by, word(one.state)),
        )
        for one in found
    ]
    return Found(columns=REFERRALS, rows=rows)


def schooling(home: Home) -> Found:
    """The schooling of children, term by term; the school itself is sealed."""
    rows: list[Row] = [
        (one.number, home.name(one.participant_id), word(one.kind.value), one.term, word(one.state))
        for one in schoolings_shown(home.scope.work, home.people)
    ]
    return Found(columns=SCHOOLING, rows=rows)


def due(home: Home) -> Found:
    """What is due up to a week from now, of the grants, visits and accounts of the household."""
    own = _own_numbers(home)
    rows: list[Row] = [
        (one.due_on, one.number, one.what, one.who or None, one.amount)
        for one in sorted(due_items(home.scope), key=lambda one: (one.due_on, one.number))
        if one.number in own or one.number.partition("/")[0] in own
    ]
    return Found(columns=DUE, rows=rows)


def _own_numbers(home: Home) -> frozenset[str]:
    """The numbers of the household and of all that belongs to it."""
    found = {home.facts.number, *(grant.number for grant in home.grants)}
    for grant in home.grants:
        parts = grant_parts(home.scope.work, grant)
        found |= {row["number"] for name in ("agreements", "payments", "demands") for row in parts[name]}
    found |= {one.number for one in _visits_of(home)}
    found |= {link.number for own in links_of(home.scope.reader, home.people).values() for link in own}
    return frozenset(found)


CHAPTERS: Final[Sequence[Chapter]] = (
    Chapter("members", "Members", members),
    Chapter("grants", "What was promised, paid, justified and is owed", grants),
    Chapter("tranches", "Tranches", tranches),
    Chapter("missing", "What is missing for the next tranche", missing),
    Chapter("due", "Due this week", due),
    Chapter("savings", "Accounts", savings),
    Chapter("courses", "Courses", courses),
    Chapter("visits", "Visits", visits),
    Chapter("referrals", "Referrals", referrals),
    Chapter("schooling", "Schooling", schooling),
    Chapter("progress", "Goals, readiness and graduation", progress),
    Chapter("businesses", "Businesses", businesses),
)
"""The chapters of the page, in their order."""
