"""Rules, screenings, selections and samples in tests, as short as a test wants them."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from seedfund.accompaniment.rules.criteria import Criterion, CriterionKind, ScoreSource, SelectionTerms
from seedfund.accompaniment.rules.sampling import Finding
from seedfund.accompaniment.rules.selection import LeaveReason
from seedfund.accompaniment.service import (
    ApproveSelectionRules,
    EntryMoved,
    LeaveSelection,
    MakeSelection,
    PromoteNext,
    ProposeSelectionRules,
    RecordVerification,
    ScreenHousehold,
    SelectionMade,
    ToldOfHousehold,
    VerificationRecorded,
    approve_selection_rules,
    leave_selection,
    make_selection,
    promote_next,
    propose_selection_rules,
    record_verification,
    screen_household,
)
from seedfund.people.rules import AgeSource, Birth
from tests.accompaniment.serving import done
from tests.people.samples import child, head, identity, person, register
from tests.support.grants import key
from tests.support.programme import House

CODE: Final = "first_intake"
TERMS: Final = SelectionTerms(
    criteria=(
        Criterion(kind=CriterionKind.EXTREME_POVERTY, number=34000),
        Criterion(kind=CriterionKind.CHILD_UNDER, number=18),
    ),
    places=2,
)


def ruled(house: House, **changes: Any) -> str:
    """Rules in force: two places for the poorest with a child. Returns their code."""
    command = ProposeSelectionRules(key=key(), code=CODE, terms=replace(TERMS, **changes))
    made = done(house, propose_selection_rules, command, "expert")
    done(house, approve_selection_rules, ApproveSelectionRules(key=key(), number=made.number), "manager")
    return CODE


def family(house: House, *children: int, restricted: bool = False, by: str = "field") -> str:
    """A household whose children were born in these years; returns its number."""
    entry = person(identity("Ana", "Prueba"), is_restricted=restricted)
    young = [
        child(person(identity("Luz", "Prueba"), birth=Birth(AgeSource.DECLARED, born_in=year)))
        for year in children
    ]
    return register(house, head(entry), *young, actor=by).household


def screened(house: House, household: str, score: int | None, by: str = "coach", **changes: Any) -> str:
    """A household with a score of the registry; returns its number."""
    told = ToldOfHousehold(score=score, score_source=None if score is None else ScoreSource.REGISTRY)
    usual = ScreenHousehold(key=key(), household=household, told=replace(told, **changes))
    done(house, screen_household, usual, by)
    return household


def families(house: House, *scores: int) -> list[str]:
    """Households with one child each, screened by a coach with these scores."""
    return [screened(house, family(house, 2018), score) for score in scores]


def selected(house: House, by: str = "manager", **changes: Any) -> SelectionMade:
    """A selection by the rules in force."""
    made: SelectionMade = done(house, make_selection, MakeSelection(key=key(), code=CODE, **changes), by)
    return made


def left(house: House, number: str, household: str, by: str = "coach", **changes: Any) -> EntryMoved:
    """A household that declined."""
    usual = LeaveSelection(key=key(), number=number, household=household, why=LeaveReason.DECLINED)
    moved: EntryMoved = done(house, leave_selection, replace(usual, **changes), by)
    return moved


def promoted(house: House, number: str, by: str = "coach", **changes: Any) -> EntryMoved:
    """The next of the waiting list, with a place."""
    moved: EntryMoved = done(house, promote_next, PromoteNext(key=key(), number=number, **changes), by)
    return moved


def found(
    house: House, number: str, household: str, finding: Finding, by: str = "reviewer", **changes: Any
) -> VerificationRecorded:
    """What was found at a door."""
    usual = RecordVerification(key=key(), number=number, household=household, finding=finding)
    moved: VerificationRecorded = done(house, record_verification, replace(usual, **changes), by)
    return moved


TODAY: Final = date(2026, 1, 5)
