"""The way of a household: assessed, a plan with its goals, assessed again, graduated by two persons, seen again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from seedfund.accompaniment.rules.graduation import CRITERION_UNMET
from seedfund.accompaniment.rules.words import FollowUpStanding, GoalOutcome
from seedfund.accompaniment.service import (
    AddGoal,
    CloseHouseholdPlan,
    CorrectAssessment,
    DecideGraduation,
    EndGoal,
    GoalSet,
    OpenHouseholdPlan,
    ProposeGraduation,
    RecordAssessment,
    RecordFollowUp,
    add_goal,
    close_household_plan,
    correct_assessment,
    decide_graduation,
    end_goal,
    open_household_plan,
    propose_graduation,
    record_assessment,
    record_follow_up,
)
from seedfund.cli.demo.dated import Planned, Row, by_day, by_hand, listed
from seedfund.cli.demo.stage import Stage, secret
from seedfund.kernel.dates import parse_date
from seedfund.kernel.errors import InvalidInput, Refused
from seedfund.kernel.secret import Secret
from seedfund.store.work import Work
from seedfund.visits.rules.words import Dimension


@dataclass(slots=True)
class Journeys:
    """Assessments, plans and graduations of the example's households, with the numbers they were given."""

    stage: Stage
    assessments: dict[str, str] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    graduations: dict[str, str] = field(default_factory=dict)

    def planned(self) -> Iterator[Planned]:
        """Each step on its day; on one day households are assessed before anything is proposed of them."""
        for name, column, title, act in STEPS:
            rows = self.stage.rows(name) if self.stage.has(name) else []
            for day, found in by_day(rows, column):
                yield Planned(day, title, partial(self._play, found, act, HANDS.get(column, "actor")))

    def _play(self, rows: list[Row], act: "Act", hand: str) -> None:
        for actor, found in by_hand(rows, hand).items():
            self.stage.households([row["household"] for row in found])
            with self.stage.acting(actor) as work:
                for row in found:
                    act(self, work, row)

    def _home(self, row: Row) -> str:
        return self.stage.homes[row["household"]]

    # Assessments ------------------------------------------------------------------------------------------------------

    def assess(self, work: Work, row: Row) -> None:
        """A household is assessed, or the assessment before is corrected where the row says why."""
        home, answers = row["household"], Secret(row["answers"].replace("|", "\n"))
        key = self.stage.key("assessment", home, row["on"])
        if row["correction"]:
            number, reason = self.assessments[home], row["correction"]
            correct_assessment(
                work, CorrectAssessment(key=key, number=number, answers=answers, reason=reason)
            )
            return
        recording = RecordAssessment(
            key=key,
            household=self._home(row),
            instrument=row["instrument"],
            answers=answers,
            note=secret(row["note"]),
        )
        self.assessments[home] = record_assessment(work, recording).number

    # Plans ------------------------------------------------------------------------------------------------------------

    def _goals(self, home: str) -> list[Row]:
        return [row for row in self.stage.rows("household_goals") if row["household"] == home]

    def open(self, work: Work, row: Row) -> None:
        """A household says what it sets out to reach."""
        home = row["household"]
        opening = OpenHouseholdPlan(
            key=self.stage.key("household plan", home),
            household=self._home(row),
            goals=tuple(_goal(one) for one in self._goals(home) if not one["added_on"]),
        )
        self.plans[home] = open_household_plan(work, opening).number

    def add(self, work: Work, row: Row) -> None:
        """A further goal of a plan that is open."""
        home = row["household"]
        key = self.stage.key("goal", home, row["goal"])
        add_goal(work, AddGoal(key=key, plan=self.plans[home], goal=_goal(row)))

    def end(self, work: Work, row: Row) -> None:
        """How a goal ended on its day."""
        self._end(work, row, GoalOutcome(row["outcome"]))

    def reach_late(self, work: Work, row: Row) -> None:
        """A goal that was missed is reached after all."""
        self._end(work, row, GoalOutcome.ACHIEVED)

    def _end(self, work: Work, row: Row, outcome: GoalOutcome) -> None:
        home = row["household"]
        ending = EndGoal(
            key=self.stage.key("goal", home, row["goal"], outcome),
            plan=self.plans[home],
            goal=int(row["goal"]),
            outcome=outcome,
            note=secret(row["note"]),
        )
        end_goal(work, ending)

    def close(self, work: Work, row: Row) -> None:
        """A plan whose goals all have an end."""
        number = self.plans[row["household"]]
        closing = CloseHouseholdPlan(key=self.stage.key("household plan closed", number), plan=number)
        close_household_plan(work, closing)

    # Graduation -------------------------------------------------------------------------------------------------------

    def propose(self, work: Work, row: Row) -> None:
        """A household is proposed; where the file says what holds it back, seedfund has to find exactly that."""
        proposing = ProposeGraduation(
            key=self.stage.key("graduation", row["try"]),
            household=self._home(row),
            criteria=row["criteria"],
        )
        if not row["held_back"]:
            self.graduations[row["try"]] = propose_graduation(work, proposing).number
            return
        try:
            propose_graduation(work, proposing)
        except Refused as refused:
            found = [one.facts for one in refused.refusals if one.kind is CRITERION_UNMET]
            told = [f"{facts['criterion']}/{facts['finding']}" for facts in found]
            if told == listed(row["held_back"]) and len(found) == len(refused.refusals):
                return
            raise
        household = row["household"]
        raise InvalidInput(
            field="held_back",
            problem=f"nothing holds {household} back",
            remedy="correct graduations.csv",
        )

    def decide(self, work: Work, row: Row) -> None:
        """Another person approves or declines what was proposed."""
        number = self.graduations[row["try"]]
        deciding = DecideGraduation(
            key=self.stage.key("graduation decided", row["try"]),
            number=number,
            is_approved=row["decision"] == "approved",
            reason=row["reason"],
        )
        decide_graduation(work, deciding)

    def see_again(self, work: Work, row: Row) -> None:
        """How a household stands some months after it graduated."""
        following = RecordFollowUp(
            key=self.stage.key("follow up", row["try"], row["months"], row["on"]),
            number=self.graduations[row["try"]],
            months=int(row["months"]),
            standing=FollowUpStanding(row["standing"]),
            note=secret(row["note"]),
            correction=row["correction"] or None,
        )
        record_follow_up(work, following)


def _goal(row: Row) -> GoalSet:
    return GoalSet(
        dimension=Dimension(row["dimension"]), words=Secret(row["words"]), due_on=parse_date(row["due_on"])
    )


Act = Callable[[Journeys, Work, Row], None]
STEPS: Final[tuple[tuple[str, str, str, Act], ...]] = (
    ("assessments", "on", "households assessed", Journeys.assess),
    ("household_plans", "opened_on", "household plans opened", Journeys.open),
    ("household_goals", "added_on", "goals added", Journeys.add),
    ("household_goals", "ended_on", "goals ended", Journeys.end),
    ("household_goals", "reached_late_on", "goals reached late", Journeys.reach_late),
    ("household_plans", "closed_on", "household plans closed", Journeys.close),
    ("graduations", "proposed_on", "graduations proposed", Journeys.propose),
    ("graduations", "decided_on", "graduations decided", Journeys.decide),
    ("follow_ups", "on", "households seen after graduating", Journeys.see_again),
)
"""File, column of the day, title, and what is done."""
HANDS: Final = {"proposed_on": "proposer", "decided_on": "decider"}
"""Column of the day → column of who does it, where that is not `actor`."""
