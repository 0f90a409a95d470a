"""One thing by its number, whatever it is: a household, a grant, a payment, a paper, an entry."""

from collections.abc import Callable
from typing import Any, Final

from seedfund.funds.queries import find_fund, line_positions
from seedfund.grants.queries.codes import open_payment_code
from seedfund.grants.queries.grants import grant_by_number
from seedfund.grants.queries.payment_lists import list_by_number
from seedfund.grants.rules.methods import CODE_ROLES, WITH_CODE
from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.lazy import Later
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.people.queries import (
    identity_of,
    names_of,
    open_accounts,
    participation_history,
    payout_accounts,
    roles_of,
    show_household,
)
from seedfund.people.queries.merged import leading_numbers, leading_people, same_people
from seedfund.people.queries.names import open_person
from seedfund.people.queries.records import participant_numbers
from seedfund.reports.queries.balances import fund_summaries
from seedfund.reports.queries.desk import grant_reads, reads
from seedfund.reports.queries.desk.grant import grant_fields, grant_parts
from seedfund.reports.queries.desk.lists import (
    entry_rows,
    hidden_people,
    payment_row,
    receipt_rows,
    with_money,
    with_words,
)
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.parties import handles, owners_of
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.value import Word
from seedfund.store.statements import Query
from seedfund.store.work import Work

CONTACT_ROLES: Final = frozenset(
    (
        *(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT),
        *(Role.PROGRAMME_MANAGER, Role.DIRECTOR, Role.PROTECTION_OFFICER),
    )
)
"""Who is shown how to reach a person; everybody else gets the name."""
ACCOUNT_ROLES: Final = CONTACT_ROLES | {Role.FINANCE_OFFICER, Role.FINANCE_APPROVER}
"""Who is shown the numbers of accounts: whoever may propose or verify one has to compare it with its certificate."""


def _later(room: str, name: str) -> Later:
    """What another room of the desk knows, which is loaded when it is asked."""
    return Later(f"{__package__}.{room}", name)


_COURSES_OF_GRANT: Final = _later("scholarships", "course_parts")
_COURSES_OF_PERSON: Final = _later("training", "enrolments_of_person")
_SAVINGS_OF_PERSON: Final = _later("savings", "links_of_person")
_SAVINGS: Final = _later("savings", "show_link")
_END_OF_NUMBER: Final = _later("savings", "masked_number")


def show(work: Work, number: str) -> Thing:
    """The thing of a number.

    Raises:
        NotFound: nothing in the programme has that number.
        NotAllowed: the actor is none of the programme's, or the person is restricted.
    """
    wanted = number.strip()
    for find in FINDERS:
        try:
            found = find(work, wanted)
        except (NotFound, InvalidInput):
            continue
        if found is not None:
            return found
    raise NotFound(what="thing with the number", which=wanted)


def _household(work: Work, number: str) -> Thing:
    shown = show_household(work, number)
    hidden = hidden_people(work)
    grants = [
        {"number": owner.grant, "state": Word(owner.state), "participant": owner.participant}
        for owner in owners_of(work.reader(), work.programme.id, shown.number)
        if owner.household == shown.number and owner.participant_id not in hidden
    ]
    fields: Row = {
        "state": Word(shown.state),
        "country": shown.country,
        "locality": shown.locality,
        "community": shown.community,
        "phase": shown.phase,
        "registered_on": shown.registered_on,
        "payment_stops": shown.stops,
    }
    leads = leading_numbers(work.reader(), work.programme.id, [shown.number]).get(shown.number)
    if leads is not None:
        fields["goes_on_as"] = leads
    members = [
        {
            "number": member.name.number,
            "name": member.name.printed,
            "relationship": Word(member.relationship.value),
            "dependant": member.is_dependant,
            "since": member.from_day,
        }
        for member in shown.members
    ]
    return Thing("household", shown.number, fields, {"members": members, "grants": grants})


def _participant(work: Work, number: str) -> Thing:
    person = open_person(work, number)
    names = names_of(work, [person.id])
    fields: Row = {"name": names[person.id].printed, "erased": person.is_erased}
    if not person.is_erased and roles_of(work).intersection(CONTACT_ROLES):
        identity = identity_of(work, person.number)
        for name in ("alias", "phones", "address", "safe_contact_note"):
            value = getattr(identity, name, None)
            if value:
                fields[name] = list(value) if isinstance(value, tuple) else value
    fields |= _other_numbers(work, person.id, person.number)
    steps = [
        {"on": step.happened_on, "from": step.from_state, "to": step.to_state, "reason": step.reason}
        for step in participation_history(work, person.number)
    ]
    grants = [
        {"number": owner.grant, "state": Word(owner.state)}
        for owner in owners_of(work.reader(), work.programme.id, person.number)
    ]
    parts = {
        "participation": [with_words(step, "from", "to", "reason") for step in steps],
        "payout accounts": _payout_accounts(work, person.id),
        "courses": _COURSES_OF_PERSON(work, person.id),
        "savings": _SAVINGS_OF_PERSON(work, person.id),
        "grants": grants,
    }
    return Thing("participant", person.number, fields, parts)


def _other_numbers(work: Work, person: Key, number: str) -> Row:
    """The number under which the person goes on, and those that were merged with it; nothing where there are none."""
    reader = work.reader()
    leads = leading_people(reader, [person]).get(person, person)
    numbers = participant_numbers(reader, same_people(reader, [leads]))
    others = sorted(other for key, other in numbers.items() if other not in (number, numbers[leads]))
    found: Row = {} if leads == person else {"goes_on_as": numbers[leads]}
    return {**found, "also_registered_as": others} if others else found


def _payout_accounts(work: Work, person: Key) -> list[Row]:
    accounts = payout_accounts(work.reader(), [person])[person]
    is_shown = bool(roles_of(work).intersection(ACCOUNT_ROLES))
    opened = open_accounts(work, [one.id for one in accounts]) if is_shown else {}
    return [
        {
            "key": one.id,
            "institution": one.institution,
            "account": opened[one.id].number if one.id in opened else None,
            "method": Word(one.method.value),
            "state": Word(one.state),
        }
        for one in accounts
    ]


def _grant(work: Work, number: str) -> Thing:
    grant = grant_by_number(work.reader(), work.programme.id, number)
    parts = grant_parts(work, grant) | _COURSES_OF_GRANT(work, grant)
    return Thing("grant", grant.number, grant_fields(work, grant), parts)


def _link(work: Work, number: str) -> Thing:
    """An account at a third party; the last signs of its number for those who propose or verify accounts."""
    thing: Thing = _SAVINGS(work, number)
    if roles_of(work).intersection(ACCOUNT_ROLES):
        thing.fields["account"] = _END_OF_NUMBER(work, number)
    return thing


def _list(work: Work, number: str) -> Thing:
    row = list_by_number(work.reader(), work.programme.id, number)
    names = handles(work.reader(), work.programme.id)
    payments = work.reader().all(grant_reads.PAYMENTS_OF_LIST, programme=work.programme.id, number=row.number)
    fields: Row = {
        "state": Word(row.state),
        "total": row.total,
        "prepared_on": row.prepared_on,
        "prepared_by": names.get(row.prepared_by),
        "released_on": row.released_on,
        "released_by": names.get(row.released_by) if row.released_by is not None else None,
        "content_hash": row.content_hash,
    }
    return Thing("payment list", row.number, fields, {"payments": [payment_row(one) for one in payments]})


def _payment(work: Work, number: str) -> Thing | None:
    found = work.reader().first(grant_reads.PAYMENT, programme=work.programme.id, number=number.upper())
    if found is None:
        return None
    fields = payment_row(found)
    if found.method in WITH_CODE and roles_of(work).intersection(CODE_ROLES):
        fields["code"] = open_payment_code(work, found.number)
    return Thing("payment", found.number, fields)


def _justification(work: Work, number: str) -> Thing | None:
    found = work.reader().all(
        grant_reads.RECEIPTS_NUMBERED, programme=work.programme.id, number=number.upper()
    )
    if not found:
        return None
    rows = receipt_rows(work, found)
    return Thing("justification", found[0].number, {"grant": found[0].grant}, {"receipts": rows})


def _single(kind: str, query: Query[Row], *words: str) -> Callable[[Work, str], Thing | None]:
    """A thing that is one row of one statement."""

    def find(work: Work, number: str) -> Thing | None:
        rows = work.reader().all(query, programme=work.programme.id, number=number.upper())
        if not rows:
            return None
        fields = with_words(with_money(rows[-1]), *words)
        return Thing(kind, str(fields.pop("number")), fields)

    return find


def _entry(work: Work, number: str) -> Thing | None:
    asked: dict[str, Any] = {"programme": work.programme.id, "number": number.upper()}
    found = work.reader().first(reads.ENTRY, **asked)
    if found is None:
        return None
    rows = [with_money(row) for row in work.reader().all(reads.ROWS_OF_ENTRY, **asked)]
    (entry,) = entry_rows(work, [found])
    fields = {name: value for name, value in entry.items() if name != "number"}
    return Thing("entry", found["number"], fields, {"rows": [with_words(row, "phase") for row in rows]})


def _fund(work: Work, code: str) -> Thing | None:
    reader = work.reader()
    fund = find_fund(reader, work.programme.id, code)
    if fund is None:
        return None
    (summary,) = fund_summaries(open_scope(work, book_ids=[fund.book_id]))
    fields: Row = {
        "name": fund.name,
        "starts": fund.starts,
        "ends": fund.ends,
        "basis": Word(fund.basis.value),
        **{name: getattr(summary, name) for name in summary.__slots__ if name != "fund"},
    }
    lines = [
        {
            "line": line,
            **{
                name: Money(getattr(position, name), fund.currency)
                for name in ("allotted", "available", "open_commitment", "in_payment", "spent")
            },
        }
        for line, position in line_positions(reader, fund).items()
    ]
    return Thing("fund", fund.code, fields, {"lines": lines})


FINDERS: Final[tuple[Callable[[Work, str], Thing | None], ...]] = (
    _household,
    _participant,
    _later("plans", "show_plan"),
    _later("visits", "show_visit"),
    _later("schooling", "show_schooling"),
    _later("services", "show_service"),
    _later("services", "show_referral"),
    _later("work", "show_vacancy"),
    _later("work", "show_interview"),
    _later("work", "show_placement"),
    _later("activities", "show_activity"),
    _later("monitoring", "show_monitoring"),
    _later("progress", "show_household_plan"),
    _later("progress", "show_assessment"),
    _later("progress", "show_graduation"),
    _later("selection", "show_selection"),
    _later("selection", "show_rules"),
    _later("yardsticks", "show_yardstick"),
    _later("plans", "show_call"),
    _later("plans", "show_session"),
    _link,
    _later("savings", "show_savings_plan"),
    _later("savings", "show_group"),
    _later("training", "show_cohort"),
    _later("training", "show_session"),
    _later("training", "show_enrolment"),
    _later("scholarships", "show_application"),
    _later("scholarships", "show_bill"),
    _grant,
    _list,
    _payment,
    _later("payouts", "show_payout_exception"),
    _later("payouts", "show_file"),
    _later("payouts", "show_intake"),
    _later("payouts", "show_layout"),
    _justification,
    _later("banking", "show_statement"),
    _later("banking", "show_match"),
    _later("banking", "show_signed"),
    _single("agreement", grant_reads.AGREEMENT, "kind", "state"),
    _single("refund demand", grant_reads.DEMAND, "reason", "state"),
    _single("official receipt", grant_reads.REFUND, "method"),
    _single("paper", reads.PAPER, "kind"),
    _entry,
    _fund,
)
"""Who is asked for a number, in the order of the work."""
