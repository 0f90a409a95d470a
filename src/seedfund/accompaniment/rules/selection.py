"""A selection: households ranked, taken in up to the places, waiting in order; places freed and given on.

Ranking is by score; ties by the stated rules and at last by the household's number, so that the same facts give one
list. Must not know rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from seedfund.accompaniment.rules.criteria import (
    Reason,
    ScoreOrder,
    Screened,
    SelectionTerms,
    TieRule,
    shortfalls,
)
from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.money import Money
from seedfund.kernel.states import StateTable

HASH_DOMAIN: Final = "seedfund.selection.v1"
SELECTION_STATES: Final = StateTable("selection", "open", {"open": ("closed",), "closed": ()})
"""A closed selection keeps its places and ends its waiting list."""
ENTRY_STATES: Final = StateTable(
    "household of a selection",
    "screened",
    {
        "screened": ("selected", "waiting", "refused"),
        "selected": ("left",),
        "waiting": ("selected", "left"),
        "refused": (),
        "left": (),
    },
)
"""Nobody stays screened: the selection takes the first step of every household."""


class Outcome(StrEnum):
    """What a selection said of a household when it was made; it is never changed."""

    SELECTED = "selected"
    WAITING = "waiting"
    REFUSED = "refused"


class LeaveReason(StrEnum):
    """Why a household gave its place up or left the waiting list."""

    DECLINED = "declined"
    MOVED_AWAY = "moved_away"
    NOT_REACHED = "not_reached"
    FOUND_NOT_ELIGIBLE = "found_not_eligible"
    SUPPORTED_ELSEWHERE = "supported_elsewhere"
    OTHER = "other"


SELECTION_NOBODY_SCREENED = RefusalCode(
    "selection_nobody_screened",
    "No household was screened by {day}.",
    "Screen the households first.",
)
SELECTION_OPEN_ALREADY = RefusalCode(
    "selection_open_already",
    "{selection} was made by the rules {code} and is open.",
    "Promote from its waiting list, or close it before another is made.",
)
SELECTION_CLOSED = RefusalCode(
    "selection_closed",
    "{selection} is closed; its waiting list has ended.",
    "Make a new selection.",
)
SELECTION_NO_FREE_PLACE = RefusalCode(
    "selection_no_free_place",
    "All {places} places of {selection} are taken.",
    "Record first who left and why.",
)
WAITING_LIST_EMPTY = RefusalCode(
    "waiting_list_empty",
    "Nobody waits in {selection}.",
    "Screen further households and make a new selection.",
)
PROMOTION_NOT_WAITING = RefusalCode(
    "promotion_not_waiting",
    "{household} is {state} in {selection}, and does not wait.",
    "Name a household of the waiting list.",
)
PROMOTION_OUT_OF_ORDER = RefusalCode(
    "promotion_out_of_order",
    "{next} is the next of {selection}, not {household}.",
    "Promote {next}; another one needs a programme manager or director.",
)
PROMOTION_REASON_MISSING = RefusalCode(
    "promotion_reason_missing",
    "{household} would pass over {next}, and it is not said why.",
    "Give the reason, without names; it stands on the exceptions page.",
)
REFUSALS: Final = (
    *(SELECTION_NOBODY_SCREENED, SELECTION_OPEN_ALREADY, SELECTION_CLOSED, SELECTION_NO_FREE_PLACE),
    *(WAITING_LIST_EMPTY, PROMOTION_NOT_WAITING, PROMOTION_OUT_OF_ORDER, PROMOTION_REASON_MISSING),
)


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A household in a selection: its position, what was said of it and why, and the facts that decided."""

    position: int
    screened: Screened
    outcome: Outcome
    children: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A household as a selection keeps it for good: its position, the facts that decided, and why it was refused."""

    position: int
    household: str
    screening: int
    outcome: Outcome
    score: int | None
    income: Money | None
    size: int
    children: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class SelectionContent:
    """A selection as it was made: by which rules, on which day, and its whole list."""

    code: str
    version: int
    rules_hash: str
    made_on: date
    households: tuple[Listed, ...]


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A household of a selection as it stands now."""

    household: str
    position: int
    state: str


def rank(terms: SelectionTerms, screened: Iterable[Screened], on: date) -> tuple[Ranked, ...]:
    """Every household: those selected in order, then those waiting in order, then those refused by number."""
    eligible, refused = [], []
    for one in screened:
        reasons = shortfalls(terms, one, on)
        if reasons:
            refused.append((one, reasons))
        else:
            eligible.append(one)
    found = [
        Ranked(
            position=position,
            screened=one,
            outcome=Outcome.SELECTED if position <= terms.places else Outcome.WAITING,
            children=one.children(on),
        )
        for position, one in enumerate(sorted(eligible, key=lambda one: _key(terms, one, on)), start=1)
    ]
    for one, reasons in sorted(refused, key=lambda pair: pair[0].household):
        position, children = len(found) + 1, one.children(on)
        found.append(
            Ranked(
                position=position, screened=one, outcome=Outcome.REFUSED, children=children, reasons=reasons
            )
        )
    return tuple(found)


def listed(ranked: Ranked) -> Listed:
    """What a selection keeps of a household: no birth dates, only how many are children."""
    one = ranked.screened
    return Listed(
        position=ranked.position,
        household=one.household,
        screening=one.version,
        outcome=ranked.outcome,
        score=one.score,
        income=one.income,
        size=one.size,
        children=ranked.children,
        reasons=ranked.reasons,
    )


def _key(terms: SelectionTerms, one: Screened, on: date) -> tuple[int, tuple[int, ...], str]:
    score = one.score or 0  # nobody is ranked without a score: `shortfalls` names it
    first = score if terms.order is ScoreOrder.LOWEST_FIRST else -score
    ties = {
        TieRule.MORE_CHILDREN: -one.children(on),
        TieRule.LARGER_HOUSEHOLD: -one.size,
        TieRule.EARLIER_SCREENING: one.screened_on.toordinal(),
    }
    return first, tuple(ties[tie] for tie in terms.ties), one.household


def check_selection(code: str, *, is_anybody: bool, day: date, open_selection: str | None) -> list[Refusal]:
    """Why no selection is made by these rules."""
    return [
        *([] if is_anybody else [SELECTION_NOBODY_SCREENED(day=day)]),
        *([SELECTION_OPEN_ALREADY(selection=open_selection, code=code)] if open_selection else []),
    ]


def next_waiting(entries: Sequence[Waiting]) -> Waiting | None:
    """The household whose turn it is: the first in the order of the list that still waits."""
    waiting = [one for one in entries if one.state == "waiting"]
    return min(waiting, key=lambda one: one.position, default=None)


def free_places(places: int, entries: Iterable[Waiting]) -> int:
    """How many places nobody holds."""
    return places - sum(one.state == "selected" for one in entries)


def check_promotion(selection: str, state: str, *, places: int, entries: Sequence[Waiting]) -> list[Refusal]:
    """Why nobody of a waiting list is promoted now."""
    if state == "closed":
        return [SELECTION_CLOSED(selection=selection)]
    found = []
    if free_places(places, entries) < 1:
        found.append(SELECTION_NO_FREE_PLACE(places=places, selection=selection))
    if next_waiting(entries) is None:
        found.append(WAITING_LIST_EMPTY(selection=selection))
    return found


def check_turn(
    selection: str, wanted: Waiting, turn: Waiting, *, may_override: bool, has_reason: bool
) -> list[Refusal]:
    """Why the household that is wanted is not promoted, where it is another turn."""
    if wanted.state != "waiting":
        return [PROMOTION_NOT_WAITING(household=wanted.household, state=wanted.state, selection=selection)]
    if wanted.household == turn.household:
        return []
    facts = {"household": wanted.household, "next": turn.household}
    if not may_override:
        return [PROMOTION_OUT_OF_ORDER(selection=selection, **facts)]
    return [] if has_reason else [PROMOTION_REASON_MISSING(**facts)]
