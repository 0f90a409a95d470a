"""The course of an example: the steps its calendar names, between its events and what goes on every day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Final

from seedfund.cli.demo import (
    activities,
    grants,
    happenings,
    papers,
    payments,
    phases,
    schooling,
    setup,
    training,
    visits,
    yardsticks,
)
from seedfund.cli.demo.cases import Cases, read_cases
from seedfund.cli.demo.dated import Planned, Row
from seedfund.cli.demo.employment import Employment
from seedfund.cli.demo.journeys import Journeys
from seedfund.cli.demo.monitoring import Monitoring
from seedfund.cli.demo.savings import Accounts
from seedfund.cli.demo.scholarships import Scholarships
from seedfund.cli.demo.selection import Selections
from seedfund.cli.demo.services import Referrals
from seedfund.cli.demo.stage import Stage, detail
from seedfund.cli.demo.transfers import Transfers
from seedfund.grants.queries.grants import list_grants
from seedfund.grants.queries.payments import failed_of
from seedfund.kernel.dates import parse_date
from seedfund.kernel.errors import InvalidInput

Told = Mapping[str, str]
STEPS_FIRST: Final = 0
EVENTS_THEN: Final = 1
NOBODY: Final = Cases({}, {}, {})


class Course:
    """What the steps share: the stage, the cases once their plans are there, and the events of the scenario."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.events: list[Row] = list(stage.rows("events")) if stage.has("events") else []
        self.minutes = ""
        self.referrals = Referrals(stage)
        self.enrolments: training.Enrolments = {}
        self.scholarships = Scholarships(stage, self.enrolments)
        self.selections = Selections(stage)
        self.activities: dict[str, str] = {}
        self._transfers: dict[str, Transfers] = {}
        self._cases: Cases | None = None if stage.has("scenario") else NOBODY

    @property
    def cases(self) -> Cases:
        """The cases, read when the plans were imported; none where the example has no plans."""
        if self._cases is None:
            self._cases = read_cases(self.stage)
        return self._cases

    def transfers(self, told: Told) -> Transfers:
        """The transfers of one file."""
        return self._transfers.setdefault(_suffix(told), Transfers(self.stage, _suffix(told)))

    def keys_of(self, *actions: str) -> frozenset[str]:
        """The plans that some action of the scenario is about."""
        return frozenset(event["plan"] for event in self.events if event["action"] in actions)


Step = Callable[[Course, Told], None]


def _suffix(told: Told) -> str:
    return told.get("suffix", "")


def _bring(course: Course, told: Told) -> None:
    course.stage.bring(told["kind"], told["actor"], _suffix(told))


def _verify_plans(course: Course, _: Told) -> None:
    day = course.stage.clock.now().date()
    setup.verify_plans(course.stage, day, course.keys_of("withdraw_plan"))


def _committee(course: Course, _: Told) -> None:
    session = grants.committee(course.stage, course.cases, course.events)
    course.minutes = papers.issue_minutes(course.stage, course.cases, session)


def _award(course: Course, _: Told) -> None:
    course.stage.bring("plans", "inclusion1", "_lower")
    setup.verify_lowered(course.stage)
    grants.award(course.stage, course.cases)


def _sign(course: Course, _: Told) -> None:
    grants.sign(course.stage, course.cases, course.keys_of("decline_award"))


def _payees(course: Course, _: Told) -> None:
    grants.payees(course.stage, course.cases, course.keys_of("decline_award"))


def _pay(course: Course, told: Told) -> None:
    tranche = int(told["tranche"])
    for fund, count in payments.pay(course.stage, course.cases, tranche).items():
        course.stage.counts[f"tranche {tranche} of {fund}"] = count


def _retry(course: Course, _told: Told) -> None:
    """Every failed payment of a grant that still runs is paid again."""
    with course.stage.acting("finanzas1") as work:
        reader = work.reader()
        running = [grant for grant in list_grants(reader, work.programme.id) if grant.state == "in_force"]
        failed = failed_of(reader, [grant.id for grant in running])
        numbers = {grant.id: grant.number for grant in running}
    again: dict[payments.Source, list[str]] = {}
    sources = {case.grant: payments.source_of(course.stage, case) for case in course.cases.awarded()}
    for (grant_id, _), found in failed.items():
        again.setdefault(sources[numbers[grant_id]], []).extend(payment.number for payment in found)
    for (_, account), numbered in sorted(again.items()):
        payments.retry(course.stage, numbered, account)


def _hand_over(course: Course, told: Told) -> None:
    """Goods bought from a supplier are handed over with an act; its items wait for another person's review."""
    acts: dict[str, list[dict[str, str]]] = {}
    for row in course.stage.rows("handovers"):
        if row["desembolso"] == told["tranche"]:
            acts.setdefault(row["acta"], []).append(row)
    for key, rows in acts.items():
        grants.hand_over(course.stage, course.cases, key, rows)


def _review(course: Course, _: Told) -> None:
    keys = [detail(e)["receipt"] for e in course.events if e["action"] == "review_receipt"]
    numbers = course.stage.numbers("receipts", "receipts", keys)
    grants.review_receipts(course.stage, course.cases, frozenset(keys), numbers)


def _close(course: Course, _: Told) -> None:
    closed = grants.close(course.stage, course.cases, lambda case: case.path in CLOSING)
    papers.issue_close_outs(course.stage, closed)
    course.stage.counts["grants closed"] = len(closed)


CLOSING: Final = (
    *("closed", "closed_with_observation", "closed_with_declarations", "lower_amount", "waived", "theft"),
    *("suspended_and_resumed", "payment_failed", "payment_expired", "refunded", "withdrawn"),
    *("withdrawn_before_payment", "deceased", "breach"),
)
"""The paths of the scenario that end with a close-out; the others are left open on purpose."""

STEPS: Final[Mapping[str, Step]] = MappingProxyType(
    {
        "found": lambda c, _: setup.found(c.stage),
        "bring": _bring,
        "approve_calls": lambda c, _: setup.approve_calls(c.stage),
        "verify_accounts": lambda c, told: setup.verify_accounts(c.stage, _suffix(told)),
        "enrol": lambda c, told: phases.enrol(c.stage, _suffix(told)),
        "set_up_training": lambda c, _: training.set_up(c.stage),
        "bring_instruments": lambda c, told: yardsticks.bring_instruments(c.stage, _suffix(told)),
        "bring_criteria": lambda c, told: yardsticks.bring_criteria(c.stage, _suffix(told)),
        "set_up_selection": lambda c, told: c.selections.set_up(told["selection"]),
        "select": lambda c, told: c.selections.make(told["selection"]),
        "draw_sample": lambda c, told: c.selections.draw(told["selection"]),
        "verify_sample": lambda c, told: c.selections.verify(told["selection"]),
        "close_selection": lambda c, told: c.selections.close(told["selection"], told["reason"]),
        "exchange": lambda c, told: setup.exchange(c.stage, told["exchange"]),
        "list_services": lambda c, _: c.referrals.list_services(),
        "verify_plans": _verify_plans,
        "committee": _committee,
        "award": _award,
        "issue_agreements": lambda c, _: grants.issue_agreements(c.stage, c.cases),
        "sign": _sign,
        "payees": _payees,
        "pay": _pay,
        "retry": _retry,
        "hand_over": _hand_over,
        "review_receipts": _review,
        "close": _close,
        "award_transfers": lambda c, told: c.transfers(told).award(),
        "pay_transfers": lambda c, told: c.transfers(told).pay(int(told["tranche"])),
        "close_transfers": lambda c, told: c.transfers(told).close(),
    }
)
"""What a calendar may name."""


def days(course: Course) -> Iterator[tuple[date, str, Callable[[], None]]]:
    """Everything in the order of its day; on one day the calendar's steps come before what else happens.

    Raises:
        InvalidInput: the calendar names a step there is none of.
    """
    planned: list[tuple[date, int, str, Callable[[], None]]] = []
    for row in course.stage.rows("calendar"):
        if row["step"] not in STEPS:
            raise InvalidInput(
                field="calendar",
                problem=f"there is no step {row['step']}",
                remedy="give one of " + ", ".join(STEPS),
            )
        act = partial(STEPS[row["step"]], course, detail(row))
        planned.append((parse_date(row["on"]), STEPS_FIRST, row["title"], act))
    for one in _everyday(course):
        planned.append((one.day, EVENTS_THEN, one.title, one.act))
    for event in course.events:
        title = event["action"].replace("_", " ") + (f" · {event['plan']}" if event["plan"] else "")
        planned.append((parse_date(event["on"]), EVENTS_THEN, title, partial(_happen, course, event)))
    for day, _, title, step in sorted(planned, key=lambda one: one[:2]):
        yield day, title, step


def _everyday(course: Course) -> Iterator[Planned]:
    """What goes on beside the grants, as far as the example has it; one step for what is alike on a day."""
    stage = course.stage
    alike: dict[tuple[date, str], list[Planned]] = {}
    for one in chain(
        training.planned(stage, course.enrolments),
        course.scholarships.planned(),
        schooling.planned(stage),
        Accounts(stage).planned(),
        course.referrals.planned(),
        course.selections.planned(),
        activities.planned(stage, course.activities),
        visits.planned(stage),
        Journeys(stage).planned(),
        Monitoring(stage, lambda: course.cases).planned(),
        Employment(stage, course.activities).planned(),
    ):
        alike.setdefault((one.day, one.title), []).append(one)
    for (day, title), found in alike.items():
        yield Planned(day, title, partial(_do_all, found))


def _do_all(found: list[Planned]) -> None:
    for one in found:
        one.act()


def _happen(course: Course, event: happenings.Event) -> None:
    cases = course.cases if event["plan"] else NOBODY
    happenings.play(course.stage, cases, event)


def play(course: Course, tell: Callable[[date, str], None]) -> None:
    """Play the whole course, telling each step; the days only move forward."""
    for day, title, act in days(course):
        course.stage.go_to(day)
        tell(day, title)
        act()
    course.stage.go_to(course.stage.last_day)
