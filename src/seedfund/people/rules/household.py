"""Who lives together and depends on whom, and which group a household is counted in. Must not know names.

A dependant is whoever the household feeds and cares for, own child or not.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.people.rules.values import Birth, PopulationGroup, Sex, is_adult


class Relationship(StrEnum):
    """What a member is to the head."""

    HEAD = "head"
    SPOUSE_OR_PARTNER = "spouse_or_partner"
    CHILD = "child"
    STEPCHILD = "stepchild"
    FOSTER_CHILD = "foster_child"
    GRANDCHILD = "grandchild"
    NEPHEW_OR_NIECE = "nephew_or_niece"
    SIBLING = "sibling"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    OTHER_RELATIVE = "other_relative"
    NOT_RELATED = "not_related"


OWN_CHILDREN: Final = (Relationship.CHILD, Relationship.STEPCHILD)


@dataclass(frozen=True)
class Member:
    """A person as a member of a household, under the key of their sheet."""

    person: str
    relationship: Relationship
    sex: Sex
    birth: Birth | None
    group: PopulationGroup
    is_dependant: bool = False


@dataclass(frozen=True)
class Composition:
    """A household in numbers, each counted on one day; people of unknown age are told apart."""

    size: int
    head: str
    head_sex: Sex
    adults: int
    children: int
    age_unknown: int
    dependants: int
    dependants_not_own: int


class GroupRule(StrEnum):
    """How a household of several groups is counted in one."""

    HEAD = "head"
    ANY_DISPLACED = "any_displaced"
    MAJORITY = "majority"


GROUP_RULE_VERSION: Final = 1
"""Rises when the meaning of a `GroupRule` changes, so that an old report can be counted again as it was."""

DISPLACED_FIRST: Final = (
    *(PopulationGroup.REFUGEE, PopulationGroup.ASYLUM_SEEKER, PopulationGroup.STATELESS),
    *(PopulationGroup.INTERNALLY_DISPLACED, PopulationGroup.RETURNEE, PopulationGroup.MIGRANT),
    PopulationGroup.HOST,
)
"""The order in which a group prevails over others under `any_displaced`, and in a tie of `majority`."""


@dataclass(frozen=True)
class ReportingGroup:
    """The group a household is counted in, whether its members are of several, and by which rule it was decided."""

    group: PopulationGroup
    is_mixed: bool
    rule: GroupRule
    rule_version: int


HOUSEHOLD_EMPTY = RefusalCode(
    "household_empty",
    "The household has no members.",
    "Register at least its head.",
)
HOUSEHOLD_MEMBER_TWICE = RefusalCode(
    "household_member_twice",
    "The same person stands {times} times in the household.",
    "Keep one entry for each person.",
)
HOUSEHOLD_WITHOUT_HEAD = RefusalCode(
    "household_without_head",
    "The household has no head.",
    "Ask who decides for the household, and mark that person as its head.",
)
HOUSEHOLD_WITH_SEVERAL_HEADS = RefusalCode(
    "household_with_several_heads",
    "The household has {heads} heads.",
    "Keep one head; the other may be spouse or partner.",
)
HEAD_IS_DEPENDANT = RefusalCode(
    "head_is_dependant",
    "The head is marked as a dependant.",
    "Take the mark away, or name another head.",
)
HEAD_IS_A_CHILD = RefusalCode(
    "head_is_a_child",
    "The head of the household is under 18.",
    "Talk to the protection officer; an adult of trust may have to sign.",
)
HOUSEHOLD_IN_LIST = RefusalCode(
    "household_in_list",
    "Household {position} of the list is not registered, and so none is.",
    "Correct it for the reasons beside, or leave it out.",
)
REFUSALS: Final = (
    *(
        HOUSEHOLD_IN_LIST,
        HOUSEHOLD_EMPTY,
        HOUSEHOLD_MEMBER_TWICE,
        HOUSEHOLD_WITHOUT_HEAD,
        HOUSEHOLD_WITH_SEVERAL_HEADS,
    ),
    *(HEAD_IS_DEPENDANT, HEAD_IS_A_CHILD),
)
WARNINGS: Final = (HEAD_IS_A_CHILD,)
"""Of these, what is shown and never stops anything."""


def check_household(members: Sequence[Member]) -> tuple[Refusal, ...]:
    """Why these people do not make up a household, in the declared order: exactly one head, nobody twice."""
    if not members:
        return (HOUSEHOLD_EMPTY(),)
    found = []
    times = max(Counter(member.person for member in members).values())
    if times > 1:
        found.append(HOUSEHOLD_MEMBER_TWICE(times=times))
    heads = [member for member in members if member.relationship is Relationship.HEAD]
    if not heads:
        found.append(HOUSEHOLD_WITHOUT_HEAD())
    if len(heads) > 1:
        found.append(HOUSEHOLD_WITH_SEVERAL_HEADS(heads=len(heads)))
    if any(head.is_dependant for head in heads):
        found.append(HEAD_IS_DEPENDANT())
    return tuple(found)


def household_warnings(members: Sequence[Member], day: date) -> tuple[Refusal, ...]:
    """What to look at in a household on a day, without stopping anything.

    Raises:
        InvalidInput: a birth does not fit the day.
    """
    heads = [member for member in members if member.relationship is Relationship.HEAD and member.birth]
    return tuple(HEAD_IS_A_CHILD() for head in heads if head.birth and is_adult(head.birth, day) is False)


def composition(members: Sequence[Member], day: date) -> Composition:
    """The numbers of a household that `check_household` found nothing against.

    A person whose age is not known, or may be on either side of 18, is counted as of unknown age.

    Raises:
        InvalidInput: a birth does not fit the day.
    """
    head = _head(members)
    adult = [is_adult(member.birth, day) if member.birth else None for member in members]
    dependants = [member for member in members if member.is_dependant]
    return Composition(
        size=len(members),
        head=head.person,
        head_sex=head.sex,
        adults=adult.count(True),
        children=adult.count(False),
        age_unknown=adult.count(None),
        dependants=len(dependants),
        dependants_not_own=sum(member.relationship not in OWN_CHILDREN for member in dependants),
    )


def reporting_group(members: Sequence[Member], rule: GroupRule) -> ReportingGroup:
    """The one group a household is counted in (domain: indicators, mixed-status households need a rule).

    `head`: the head's group. `any_displaced`: the first of `DISPLACED_FIRST` that any member belongs to.
    `majority`: the group most members belong to, in a tie the first of `DISPLACED_FIRST`. Members of whom
    the group was not collected decide nothing, except a head under `head`.
    """
    counted = Counter(member.group for member in members)
    present = [group for group in DISPLACED_FIRST if counted[group]]
    if rule is GroupRule.HEAD:
        group = _head(members).group
    elif not present:
        group = PopulationGroup.NOT_COLLECTED
    elif rule is GroupRule.ANY_DISPLACED:
        group = present[0]
    else:
        group = max(present, key=lambda option: (counted[option], -present.index(option)))
    return ReportingGroup(group, len(present) > 1, rule, GROUP_RULE_VERSION)


def _head(members: Sequence[Member]) -> Member:
    return next(member for member in members if member.relationship is Relationship.HEAD)
