"""What is known of households, people and businesses as of a day: each fact is the set of keys it holds for.

A fact is a select of one column, `id`; a row it does not hold for is not in it. What nobody recorded is therefore never
a yes, and never a no either: an indicator says whom it is out of.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.endings import ExternalTransfer
from seedfund.grants.tables.history import BroughtForward, BroughtForwardTranche
from seedfund.grants.tables.payments import Disbursement
from seedfund.kernel.ids import Key
from seedfund.ledger.tables import Entry
from seedfund.people.rules import PopulationGroup, Relationship, Sex
from seedfund.people.tables import HouseholdMember, Participant
from seedfund.plans.tables import Plan, PlanVersion
from seedfund.reports.indicators import accompanied
from seedfund.reports.indicators.bases import current, day_asked, households_of, people_aged
from seedfund.reports.indicators.rules import GROUPING, Unit
from seedfund.savings.queries.accounts import held_on
from seedfund.savings.rules.indicators import ADULT_OF_13_1, Held
from seedfund.savings.rules.links import VERIFIED_STATES
from seedfund.savings.rules.words import FORMAL, AccountKind, Holding
from seedfund.savings.tables import SavingsLink, SavingsStep
from seedfund.scholarships.rules.placing import last_end_due
from seedfund.scholarships.rules.words import CHECK_MONTHS, WORKING
from seedfund.scholarships.tables import PlacementCheck, Scholarship
from seedfund.store.statements import Query, Reader
from seedfund.training.tables import Certificate, Enrolment, TrainingSession

CASH_TRANSFER: Final = "cash_transfer"
SEED_CAPITAL: Final = "seed_capital"
REFUGEES: Final = tuple(own for own, told in GROUPING.items() if told == PopulationGroup.REFUGEE)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of one kind of rows: the keys it holds for on the day.

    `listed` reads the keys of what no statement can tell, which then are handed over one by one: of few rows only.
    """

    unit: Unit
    keys: Callable[[date], Any]
    listed: Callable[[Reader, Key, date], Sequence[Key]] | None = None


def _headed_by_women() -> Any:
    return (
        sa.select(col(HouseholdMember.household_id).label("id"))
        .join(Participant, col(Participant.id) == col(HouseholdMember.participant_id))
        .where(
            col(HouseholdMember.relationship) == Relationship.HEAD.value,
            current(HouseholdMember),
            col(Participant.sex) == Sex.FEMALE.value,
        )
    )


def _delivered(*which: Any) -> Any:
    """Grants of which something had reached somebody by the day: delivered, not entitled; before our books as well."""
    here = sa.select(col(Disbursement.grant_id)).where(
        col(Disbursement.delivered_minor) > 0, col(Disbursement.delivered_on) <= day_asked()
    )
    earlier = (
        sa.select(col(BroughtForward.grant_id))
        .join(BroughtForwardTranche, col(BroughtForwardTranche.history_id) == col(BroughtForward.id))
        .where(
            col(BroughtForwardTranche.paid_on) <= day_asked(),
            ~sa.exists().where(col(Entry.reverses) == col(BroughtForward.entry_id)),
        )
    )
    return sa.select(col(Grant.id)).where(
        col(Grant.programme_id) == sa.bindparam("programme"),
        sa.or_(col(Grant.id).in_(here), col(Grant.id).in_(earlier)),
        *which,
    )


def _paid_by_us(purpose: str) -> Any:
    people = _delivered(col(Grant.purpose) == purpose).with_only_columns(
        col(Grant.participant_id).label("id")
    )
    owned = _delivered(col(Grant.purpose) == purpose, col(Grant.household_id).is_not(None))
    owned = owned.with_only_columns(col(Grant.household_id).label("id"))
    return sa.union(households_of(people), owned)


def _paid_by_others(purpose: str) -> Any:
    return sa.select(col(ExternalTransfer.household_id).label("id")).where(
        col(ExternalTransfer.programme_id) == sa.bindparam("programme"),
        col(ExternalTransfer.purpose) == purpose,
        col(ExternalTransfer.from_day) <= day_asked(),
    )


def _businesses_paid() -> Any:
    return (
        _delivered(col(Grant.purpose) == SEED_CAPITAL)
        .join(PlanVersion, col(PlanVersion.id) == col(Grant.plan_version_id))
        .with_only_columns(col(PlanVersion.plan_id).label("id"))
        .distinct()
    )


def recipients(purpose: str | None = None) -> Any:
    """The people on whom grants stand of which something was delivered."""
    which = [] if purpose is None else [col(Grant.purpose) == purpose]
    return _delivered(*which).with_only_columns(col(Grant.participant_id).label("id")).distinct()


def _women() -> Any:
    return sa.select(col(Participant.id).label("id")).where(
        col(Participant.programme_id) == sa.bindparam("programme"), col(Participant.sex) == Sex.FEMALE.value
    )


def _completed() -> Any:
    """Who had stayed in a course to its end by the day."""
    return sa.select(col(Enrolment.participant_id).label("id")).where(
        col(Enrolment.programme_id) == sa.bindparam("programme"),
        col(Enrolment.state) == "completed",
        col(Enrolment.ended_on) <= day_asked(),
    )


def _certified() -> Any:
    """Whose attendance had been certified by the day: completing a course is not being certified."""
    return (
        sa.select(col(Enrolment.participant_id).label("id"))
        .join(Certificate, col(Certificate.enrolment_id) == col(Enrolment.id))
        .where(
            col(Enrolment.programme_id) == sa.bindparam("programme"),
            col(Certificate.issued_on) <= day_asked(),
        )
    )


def _businesses_trained() -> Any:
    """Businesses whose owner completed a course or was certified for one."""
    trained = sa.union(_completed(), _certified()).subquery()
    return sa.select(col(Plan.id).label("id")).where(
        col(Plan.programme_id) == sa.bindparam("programme"),
        col(Plan.participant_id).in_(sa.select(trained.c.id)),
    )


def _courses_given() -> Any:
    """Courses of which a session had been held by the day."""
    return sa.select(col(TrainingSession.cohort_id).label("id")).where(
        col(TrainingSession.state) == "held", col(TrainingSession.on_day) <= day_asked()
    )


def _courses_on_scholarships() -> Any:
    """Courses that somebody follows, or followed, on a scholarship: what is called a vocational course."""
    return (
        sa.select(col(Enrolment.cohort_id).label("id"))
        .join(Scholarship, col(Scholarship.enrolment_id) == col(Enrolment.id))
        .where(col(Enrolment.programme_id) == sa.bindparam("programme"))
    )


def _holders(*which: Any) -> Any:
    """Whose account had been verified by the day and was not closed yet: the holders', a joint one's both."""
    step = aliased(SavingsStep)
    last = (
        sa.select(sa.func.max(col(step.position)))
        .where(col(step.link_id) == col(SavingsLink.id), col(step.happened_on) <= day_asked())
        .correlate(SavingsLink)
        .scalar_subquery()
    )
    links = (
        sa.select(col(SavingsLink.participant_id), col(SavingsLink.co_holder_id), col(SavingsLink.holding))
        .join(
            SavingsStep,
            sa.and_(col(SavingsStep.link_id) == col(SavingsLink.id), col(SavingsStep.position) == last),
        )
        .where(
            col(SavingsLink.programme_id) == sa.bindparam("programme"),
            col(SavingsStep.to_state).in_(VERIFIED_STATES),
            *which,
        )
        .subquery()
    )
    joint = links.c.holding == Holding.JOINT.value
    return sa.union(
        sa.select(links.c.participant_id.label("id")),
        sa.select(links.c.co_holder_id.label("id")).where(joint, links.c.co_holder_id.is_not(None)),
    )


def _formal() -> Any:
    return _holders(col(SavingsLink.kind).in_([kind.value for kind in FORMAL]))


def _users_of_mobile_money(reader: Reader, programme: Key, on: date) -> list[Key]:
    """Whose wallet was used in the last year: balances tell it, read one after the other (UNHCR 13.1)."""
    held = held_on(reader, reader.all(MOBILE_HOLDERS, programme=programme), on)
    return [person for person, accounts in held.items() if any(_is_used_wallet(one) for one in accounts)]


def _is_used_wallet(account: Held) -> bool:
    return account.kind is AccountKind.MOBILE_MONEY and account.counts_for_persons


MOBILE_HOLDERS: Final = Query(
    Key,
    lambda: (
        sa.select(col(SavingsLink.participant_id))
        .where(
            col(SavingsLink.programme_id) == sa.bindparam("programme"),
            col(SavingsLink.kind) == AccountKind.MOBILE_MONEY.value,
        )
        .union(
            sa.select(col(SavingsLink.co_holder_id)).where(
                col(SavingsLink.programme_id) == sa.bindparam("programme"),
                col(SavingsLink.kind) == AccountKind.MOBILE_MONEY.value,
                col(SavingsLink.co_holder_id).is_not(None),
            )
        )
    ),
)


def _of_scholarships(*which: Any) -> Any:
    return sa.select(col(Scholarship.id).label("id")).where(
        col(Scholarship.programme_id) == sa.bindparam("programme"), *which
    )


def _scholarships_completed(until: date | None = None) -> Any:
    """Scholarships whose course was completed by the day, or by an earlier one: of those work is asked about."""
    last = day_asked() if until is None else sa.literal(until, sa.Date)
    return _of_scholarships(col(Scholarship.state) == "completed", col(Scholarship.ended_on) <= last)


def _scholarships_certified() -> Any:
    issued = sa.select(col(Certificate.enrolment_id)).where(col(Certificate.issued_on) <= day_asked())
    return _of_scholarships(col(Scholarship.enrolment_id).in_(issued))


def _found_working(month: int) -> Any:
    """Scholarships whose check of a month, as it was last told by the day, found work in the trade learned."""
    later = aliased(PlacementCheck)
    told_again = sa.exists().where(
        col(later.scholarship_id) == col(PlacementCheck.scholarship_id),
        col(later.month) == col(PlacementCheck.month),
        col(later.version) > col(PlacementCheck.version),
        col(later.checked_on) <= day_asked(),
    )
    found = sa.select(col(PlacementCheck.scholarship_id)).where(
        col(PlacementCheck.month) == month,
        col(PlacementCheck.checked_on) <= day_asked(),
        col(PlacementCheck.work).in_([work.value for work in WORKING]),
        col(PlacementCheck.is_relevant).is_(True),
        ~told_again,
    )
    return _of_scholarships(col(Scholarship.id).in_(found))


FACTS: Final[Mapping[str, Fact]] = MappingProxyType(
    {
        "headed_by_a_woman": Fact(Unit.HOUSEHOLD, lambda _: _headed_by_women()),
        "cash_transfer_from_us": Fact(Unit.HOUSEHOLD, lambda _: _paid_by_us(CASH_TRANSFER)),
        "cash_transfer_from_others": Fact(
            Unit.HOUSEHOLD, lambda _: _paid_by_others(CASH_TRANSFER).distinct()
        ),
        "has_savings_account": Fact(Unit.HOUSEHOLD, lambda _: households_of(_formal())),
        "seed_capital_delivered": Fact(Unit.HOUSEHOLD, lambda _: _paid_by_us(SEED_CAPITAL)),
        "business_got_seed_capital": Fact(Unit.BUSINESS, lambda _: _businesses_paid()),
        **{
            name: Fact(Unit.BUSINESS, lambda _: _businesses_paid(), told)
            for name, told in accompanied.BUSINESSES.items()
        },
        "business_owner_trained": Fact(Unit.BUSINESS, lambda _: _businesses_trained()),
        "course_on_scholarships": Fact(Unit.COURSE, lambda _: _courses_on_scholarships()),
        "course_given": Fact(Unit.COURSE, lambda _: _courses_given()),
        "completed_a_course": Fact(Unit.PERSON, lambda _: _completed()),
        "certified": Fact(Unit.PERSON, lambda _: _certified()),
        "scholarship_completed": Fact(Unit.SCHOLARSHIP, lambda _: _scholarships_completed()),
        "scholarship_certified": Fact(Unit.SCHOLARSHIP, lambda _: _scholarships_certified()),
        **{
            f"scholarship_due_at_{month}": Fact(
                Unit.SCHOLARSHIP,
                lambda on, month=month: _scholarships_completed(last_end_due(on, month)),  # type: ignore[misc] # bound
            )
            for month in CHECK_MONTHS
        },
        **{
            f"scholarship_work_at_{month}": Fact(
                Unit.SCHOLARSHIP,
                lambda _, month=month: _found_working(month),  # type: ignore[misc] # bound early
            )
            for month in CHECK_MONTHS
        },
        "recipient": Fact(Unit.PERSON, lambda _: recipients()),
        "recipient_of_cash_transfer": Fact(Unit.PERSON, lambda _: recipients(CASH_TRANSFER)),
        "recipient_of_seed_capital": Fact(Unit.PERSON, lambda _: recipients(SEED_CAPITAL)),
        "woman": Fact(Unit.PERSON, lambda _: _women()),
        "aged_15_or_over": Fact(Unit.PERSON, lambda on: people_aged(ADULT_OF_13_1, on)),
        "has_formal_account": Fact(Unit.PERSON, lambda _: _formal()),
        "uses_mobile_money": Fact(Unit.PERSON, lambda _: _formal(), _users_of_mobile_money),
        **{name: Fact(Unit.HOUSEHOLD, keys) for name, keys in accompanied.HOUSEHOLDS.items()},
        **{name: Fact(Unit.PERSON, keys) for name, keys in accompanied.PEOPLE.items()},
        **{name: Fact(Unit.ACTIVITY, keys) for name, keys in accompanied.ACTIVITIES.items()},
    }
)
