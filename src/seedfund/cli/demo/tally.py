"""How the households, businesses and jobs of an example came out: how many of each kind in which state."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from seedfund.accompaniment.queries.employment import list_interviews, list_placements
from seedfund.accompaniment.queries.households import (
    list_assessments,
    list_graduations,
    list_household_plans,
)
from seedfund.accompaniment.queries.monitoring import business_states
from seedfund.accompaniment.queries.samples import samples_of
from seedfund.accompaniment.queries.selections import entries_of, list_selections
from seedfund.accompaniment.queries.statements import GOALS
from seedfund.accompaniment.queries.vacancies import list_vacancies
from seedfund.accompaniment.rules.monitoring import SURVIVAL_MONTHS
from seedfund.cli.demo.stage import Stage
from seedfund.store.work import Work

READS: Final = "direccion1"
"""Who may see everybody, so that nobody is missing from a count."""
Tally = Mapping[str, Mapping[str, int]]


def tally(stage: Stage) -> Tally:
    """States and how many are in them, by what they are states of; what the example does not play is left out."""
    with stage.acting(READS) as work:
        found = {name: Counter(read(work)) for name, read in COUNTED.items()}
    return {name: dict(counts.most_common()) for name, counts in found.items() if counts}


def _places(work: Work) -> Iterable[str]:
    reader = work.reader()
    made = [one.id for one in list_selections(reader, work.programme.id)]
    states = [entry.state for entries in entries_of(reader, made).values() for entry in entries]
    return ["gave_up" if state == "left" else state for state in states]


def _sampled(work: Work) -> Iterable[str]:
    reader = work.reader()
    made = [one.id for one in list_selections(reader, work.programme.id)]
    return [home.state for sample in samples_of(reader, made).values() for home in sample.households]


def _assessed(work: Work) -> Iterable[str]:
    """Households by what their last assessment answers."""
    last = {one.household_id: one.unanswered for one in list_assessments(work)}
    return ["not_complete" if unanswered else "complete" for unanswered in last.values()]


def _goals(work: Work) -> Iterable[str]:
    plans = [one.id for one in list_household_plans(work)]
    return [goal.state for goal in work.reader().among(GOALS, "plans", plans)]


def _interviews(work: Work) -> Iterable[str]:
    """What came of each, where it was held."""
    return [one.state if one.result is None else one.result.value for one in list_interviews(work)]


def _businesses(months: int) -> Callable[[Work], Iterable[str]]:
    return lambda work: [one.survival[months].value for one in business_states(work, work.today())]


COUNTED: Final[Mapping[str, Callable[[Work], Iterable[str]]]] = {
    "places of the selection": _places,
    "households of the sample": _sampled,
    "households assessed": _assessed,
    "household plans": lambda work: [one.state for one in list_household_plans(work)],
    "goals": _goals,
    "graduations": lambda work: [one.state for one in list_graduations(work)],
    **{f"businesses after {months} months": _businesses(months) for months in SURVIVAL_MONTHS},
    "vacancies": lambda work: [one.state for one in list_vacancies(work.reader(), work.programme.id)],
    "interviews": _interviews,
    "placements": lambda work: [one.state for one in list_placements(work)],
}
"""What is counted (a message id), and the states of it."""
