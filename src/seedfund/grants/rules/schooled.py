"""Whether the children of a household are enrolled in school as a tranche asks. Must not know rows.

How many of how many is told, never who: a sentence about a tranche is read by people who may not see every child.
"""

from typing import Final

from seedfund.grants.rules.conditions import ChildrenEnrolled
from seedfund.grants.rules.facts import ConditionFacts, HouseholdChild
from seedfund.grants.rules.waiting import (
    CHILDREN_AGE_UNKNOWN,
    CHILDREN_NOT_ENROLLED,
    NO_CHILD_OF_SCHOOL_AGE,
    TOO_FEW_CHILDREN_ENROLLED,
)
from seedfund.kernel.errors import Refusal

SCHOOLS: Final = "schools"
"""Who establishes that a child is enrolled: the papers of schools, as recorded."""


def enrolled_children(condition: ChildrenEnrolled, facts: ConditionFacts) -> tuple[int, int, Refusal | None]:
    """How many children are enrolled, of how many of school age, and what is missing if anything is."""
    at_age = [child for child in facts.children if _is_of_age(condition, child)]
    enrolled = sum(1 for child in at_age if _is_enrolled(condition, child, facts))
    return enrolled, len(at_age), _gap(condition, facts, enrolled=enrolled, children=len(at_age))


def _gap(
    condition: ChildrenEnrolled, facts: ConditionFacts, *, enrolled: int, children: int
) -> Refusal | None:
    """All are needed unless a number is; then a member of unknown age changes nothing once the number is reached."""
    term = condition.term or facts.on
    if condition.least and enrolled >= condition.least:
        return None
    unknown = sum(1 for child in facts.children if child.age is None)
    if not children and not unknown:
        return NO_CHILD_OF_SCHOOL_AGE(age_from=condition.age_from, age_to=condition.age_to)
    if condition.least:
        return TOO_FEW_CHILDREN_ENROLLED(
            enrolled=enrolled, children=children, term=term, needed=condition.least
        )
    if enrolled < children:
        return CHILDREN_NOT_ENROLLED(enrolled=enrolled, children=children, term=term)
    return CHILDREN_AGE_UNKNOWN(unknown=unknown) if unknown else None


def _is_of_age(condition: ChildrenEnrolled, child: HouseholdChild) -> bool:
    return child.age is not None and condition.age_from <= child.age <= condition.age_to


def _is_enrolled(condition: ChildrenEnrolled, child: HouseholdChild, facts: ConditionFacts) -> bool:
    wanted = condition.term.strip().casefold()
    if wanted:
        return any(term.name.casefold() == wanted for term in child.terms)
    return any(term.starts_on <= facts.on <= term.ends_on for term in child.terms)
