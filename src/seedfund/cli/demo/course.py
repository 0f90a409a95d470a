"""The course of the programme: which steps are taken on which day, between the days of the scenario's events."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import Final

from seedfund.cli.demo import grants, happenings, papers, payments, phases, setup, training, visits
from seedfund.cli.demo.cases import Cases, read_cases
from seedfund.cli.demo.dated import Planned
from seedfund.cli.demo.savings import Accounts
from seedfund.cli.demo.stage import Stage, detail
from seedfund.cli.demo.transfers import Transfers
from seedfund.grants.queries.grants import list_grants
from seedfund.grants.queries.payments import failed_of
from seedfund.kernel.dates import parse_date

Step = Callable[["Course"], None]
STEPS_FIRST: Final = 0
EVENTS_THEN: Final = 1


class Course:
    """What the steps share: the stage, the cases once their plans are there, and the events of the scenario."""

    def __init__(self, stage: Stage):
        self.stage = stage
        self.events = stage.rows("events")
        self.minutes = ""
        self.transfers = {"": Transfers(stage), "_2": Transfers(stage, "_2")}
        self._cases: Cases | None = None

    @property
    def cases(self) -> Cases:
        """The cases, read when the plans were imported."""
        if self._cases is None:
            self._cases = read_cases(self.stage)
        return self._cases

    def keys_of(self, *actions: str) -> frozenset[str]:
        """The plans that some action of the scenario is about."""
        return frozenset(event["plan"] for event in self.events if event["action"] in actions)


def _committee(course: Course) -> None:
    session = grants.committee(course.stage, course.cases, course.events)
    course.minutes = papers.issue_minutes(course.stage, course.cases, session)


def _award(course: Course) -> None:
    course.stage.bring("plans", "inclusion1", "_lower")
    setup.verify_lowered(course.stage)
    grants.award(course.stage, course.cases)


def _sign(course: Course) -> None:
    grants.sign(course.stage, course.cases, course.keys_of("decline_award"))


def _payees(course: Course) -> None:
    grants.payees(course.stage, course.cases, course.keys_of("decline_award"))


def _pay(tranche: int) -> Step:
    def step(course: Course) -> None:
        for fund, count in payments.pay(course.stage, course.cases, tranche).items():
            course.stage.counts[f"tranche {tranche} of {fund}"] = count

    return step


def _results(suffix: str) -> Step:
    return lambda course: _bring(course, "payment_results", "concilia1", suffix)


def _bring(course: Course, kind: str, actor: str, suffix: str) -> None:
    course.stage.bring(kind, actor, suffix)


def _retry(course: Course) -> None:
    """Every failed payment of a grant that still runs is paid again."""
    with course.stage.acting("finanzas1") as work:
        reader = work.reader()
        running = [grant for grant in list_grants(reader, work.programme.id) if grant.state == "in_force"]
        failed = failed_of(reader, [grant.id for grant in running])
        numbers = {grant.id: grant.number for grant in running}
    again: dict[payments.Source, list[str]] = {}
    sources = {case.grant: payments.source_of(case) for case in course.cases.awarded()}
    for (grant_id, _), found in failed.items():
        again.setdefault(sources[numbers[grant_id]], []).extend(payment.number for payment in found)
    for (_, account), numbered in sorted(again.items()):
        payments.retry(course.stage, numbered, account)


def _hand_over(tranche: str) -> Step:
    """Goods bought from a supplier are handed over with an act; its items wait for another person's review."""

    def step(course: Course) -> None:
        acts: dict[str, list[dict[str, str]]] = {}
        for row in course.stage.rows("handovers"):
            if row["desembolso"] == tranche:
                acts.setdefault(row["acta"], []).append(row)
        for key, rows in acts.items():
            grants.hand_over(course.stage, course.cases, key, rows)

    return step


def _review(course: Course) -> None:
    keys = [detail(e)["receipt"] for e in course.events if e["action"] == "review_receipt"]
    numbers = course.stage.numbers("receipts", "receipts", keys)
    grants.review_receipts(course.stage, course.cases, frozenset(keys), numbers)


def _transfer(suffix: str, tranche: int) -> Step:
    return lambda course: course.transfers[suffix].pay(tranche)


def _close(course: Course) -> None:
    closed = grants.close(course.stage, course.cases, lambda case: case.path in CLOSING)
    papers.issue_close_outs(course.stage, closed)
    course.stage.counts["grants closed"] = len(closed)


CLOSING: Final = (
    *("closed", "closed_with_observation", "closed_with_declarations", "lower_amount", "waived", "theft"),
    *("suspended_and_resumed", "payment_failed", "payment_expired", "refunded", "withdrawn"),
    *("withdrawn_before_payment", "deceased", "breach"),
)
"""The paths of the scenario that end with a close-out; the others are left open on purpose."""

COURSE: Final[tuple[tuple[str, str, Step], ...]] = (
    ("2025-01-05", "team, policy, funds and benefits", lambda c: setup.found(c.stage)),
    ("2025-01-12", "first instalments", lambda c: setup.money_comes(c.stage)),
    ("2025-01-23", "households, consents, accounts, call", lambda c: setup.households(c.stage)),
    ("2025-01-27", "accounts verified", lambda c: setup.verify_accounts(c.stage)),
    ("2025-01-27", "enrolment of the first phase", lambda c: phases.enrol(c.stage)),
    ("2025-01-27", "providers and courses", lambda c: training.set_up(c.stage)),
    ("2025-02-02", "business plans", lambda c: setup.plans(c.stage)),
    (
        "2025-02-05",
        "verification visits",
        lambda c: setup.verify_plans(c.stage, date(2025, 2, 5), c.keys_of("withdraw_plan")),
    ),
    (
        "2025-02-09",
        "deposits of the savings groups",
        lambda c: _bring(c, "evidence", "familia1", "_training"),
    ),
    ("2025-02-12", "scores", lambda c: _bring(c, "scores", "evalua1", "")),
    ("2025-02-16", "committee", _committee),
    ("2025-02-17", "awards", _award),
    ("2025-02-18", "agreements issued", lambda c: grants.issue_agreements(c.stage, c.cases)),
    ("2025-02-20", "agreements signed", _sign),
    ("2025-02-23", "payees", _payees),
    ("2025-02-27", "first tranche paid", _pay(1)),
    ("2025-03-13", "results of the bank", _results("_1")),
    ("2025-03-16", "goods handed over", _hand_over("1")),
    ("2025-03-18", "failed payments made again", _retry),
    ("2025-03-18", "results of the repeated payments", _results("_1_retry")),
    ("2025-03-31", "receipts of the first tranche", lambda c: _bring(c, "receipts", "familia1", "_1")),
    ("2025-04-01", "receipts reviewed", _review),
    ("2025-04-06", "second instalment", lambda c: setup.money_comes(c.stage, "_2")),
    ("2025-04-12", "visits", lambda c: _bring(c, "evidence", "familia1", "_visits")),
    ("2025-04-17", "second tranche paid", _pay(2)),
    ("2025-04-20", "results of the bank", _results("_2")),
    ("2025-04-22", "goods handed over", _hand_over("2")),
    ("2025-04-24", "failed payments made again", _retry),
    ("2025-04-27", "results of the repeated payments", _results("_2_retry")),
    ("2025-05-15", "receipts of the second tranche", lambda c: _bring(c, "receipts", "familia1", "_2")),
    ("2025-05-15", "receipts reviewed", _review),
    ("2025-06-01", "grants closed", _close),
    ("2025-02-10", "cash transfers awarded", lambda c: c.transfers[""].award()),
    ("2025-02-24", "cash transfers paid", _transfer("", 1)),
    ("2025-03-24", "cash transfers paid", _transfer("", 2)),
    ("2025-04-24", "cash transfers paid", _transfer("", 3)),
    ("2025-06-02", "cash transfers closed", lambda c: c.transfers[""].close()),
    ("2025-08-04", "the second phase is registered", lambda c: phases.second_phase(c.stage)),
    ("2025-08-08", "accounts verified", lambda c: setup.verify_accounts(c.stage, "_3")),
    ("2025-09-01", "third instalment", lambda c: setup.money_comes(c.stage, "_3")),
    ("2025-09-02", "cash transfers awarded", lambda c: c.transfers["_2"].award()),
    ("2025-09-08", "cash transfers paid", _transfer("_2", 1)),
    ("2025-10-08", "cash transfers paid", _transfer("_2", 2)),
    ("2025-11-10", "cash transfers paid", _transfer("_2", 3)),
    ("2025-12-01", "cash transfers closed", lambda c: c.transfers["_2"].close()),
)
"""Day, what is done, and the step."""


LAST_DAY: Final = date(2026, 6, 30)
"""When the eighteen months of the first phase are over."""


def days(course: Course) -> Iterator[tuple[date, str, Callable[[], None]]]:
    """Everything in the order of its day; on one day the programme's own steps come before what else happens."""
    planned: list[tuple[date, int, str, Callable[[], None]]] = []
    for on, title, step in COURSE:
        planned.append((parse_date(on), STEPS_FIRST, title, partial(step, course)))
    for one in _everyday(course.stage):
        planned.append((one.day, EVENTS_THEN, one.title, one.act))
    for event in course.events:
        title = event["action"].replace("_", " ") + (f" · {event['plan']}" if event["plan"] else "")
        planned.append((parse_date(event["on"]), EVENTS_THEN, title, partial(_happen, course, event)))
    for day, _, title, act in sorted(planned, key=lambda one: one[:2]):
        yield day, title, act


def _everyday(stage: Stage) -> Iterator[Planned]:
    """What goes on beside the grants: courses, savings accounts, visits; one step for what is alike on a day."""
    alike: dict[tuple[date, str], list[Planned]] = {}
    for one in chain(
        training.planned(training.read_cohorts(stage)),
        Accounts(stage).planned(),
        visits.planned(stage, LAST_DAY),
    ):
        alike.setdefault((one.day, one.title), []).append(one)
    for (day, title), found in alike.items():
        yield Planned(day, title, partial(_do_all, found))


def _do_all(found: list[Planned]) -> None:
    for one in found:
        one.act()


def _happen(course: Course, event: happenings.Event) -> None:
    cases = course.cases if event["plan"] else Cases({}, {}, {})
    happenings.play(course.stage, cases, event)


def play(course: Course, tell: Callable[[date, str], None]) -> None:
    """Play the whole course, telling each step; the days only move forward."""
    for day, title, act in days(course):
        course.stage.go_to(day)
        tell(day, title)
        act()
    course.stage.go_to(LAST_DAY)
