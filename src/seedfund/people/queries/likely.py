"""Searching for people who were registered twice, and the pairs that were proposed: with reasons, never with names.

A search compares everybody whom the actor may see, key by key of `rules.likeness.blocking`, and tells what it did not
compare. It writes nothing; `people.propose_likely_duplicates` does. A restricted person is found, listed and counted
for named roles only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.people.queries.access import sees_restricted
from seedfund.people.queries.comparing import Progress, open_all
from seedfund.people.queries.merged import leading_people
from seedfund.people.rules import DuplicateDecision
from seedfund.people.rules.likeness.alike import PROPOSED_FROM, Alike, Trait
from seedfund.people.rules.likeness.blocking import BLOCK_MOST, Block, Blocking, BlocksTold
from seedfund.people.rules.likeness.deciding import UNDECIDED, LikelyDecision
from seedfund.people.rules.likeness.known import Known
from seedfund.people.rules.likeness.scoring import Likeness, Reason, Scorer
from seedfund.people.tables import DuplicateFlag, LikelyPair, LikelyPairDecision, Participant
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader
from seedfund.store.work import Work

Pair = tuple[Key, Key]
"""Two people by key, the lower first; keys grow with time, so the second was registered later."""


@dataclass(frozen=True, slots=True)
class LikelyFound:
    """Two people who may be one, the earlier record first: basis points, and every reason."""

    first: str
    second: str
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LikelySearch:
    """What a search found: new pairs, the likeliest first.

    `people` were compared; `remembered` pairs were found and are known, waiting or decided; `blocks` say what was
    compared and what was left out.
    """

    found: tuple[LikelyFound, ...]
    people: int
    remembered: int
    blocks: tuple[BlocksTold, ...]

    @property
    def left_out(self) -> int:
        """How many people of blocks that were too large, each counted once a block; zero when all was compared."""
        return sum(block.people for block in self.blocks)


@dataclass(frozen=True, slots=True)
class LikelyFacts:
    """A stored pair as a decision needs it; `entered_by` wrote the later record."""

    id: Key
    state: str
    score: int
    reasons: tuple[Reason, ...]
    method: str
    proposed_at: datetime
    people: Pair
    numbers: tuple[str, str]
    are_restricted: tuple[bool, bool]
    entered_by: Key
    proposed_by: Key

    @property
    def is_restricted(self) -> bool:
        """Whether named roles alone may know of it."""
        return any(self.are_restricted)


@dataclass(frozen=True, slots=True)
class LikelyStep:
    """One decision about a pair: what was found, which number leads, by whom and when."""

    pair: Key
    position: int
    decision: str
    leads: Key | None
    decided_by: Key
    decided_at: datetime


def _pairs() -> Any:
    first, second = aliased(Participant), aliased(Participant)
    return (
        sa.select(
            col(LikelyPair.id),
            col(LikelyPair.state),
            col(LikelyPair.score),
            col(LikelyPair.reasons),
            col(LikelyPair.method),
            col(LikelyPair.proposed_at),
            col(first.id),
            col(second.id),
            col(first.number),
            col(second.number),
            col(first.is_restricted),
            col(second.is_restricted),
            col(second.registered_by),
            col(LikelyPair.proposed_by),
        )
        .select_from(LikelyPair)
        .join(first, col(first.id) == col(LikelyPair.participant_a))
        .join(second, col(second.id) == col(LikelyPair.participant_b))
        .where(col(LikelyPair.programme_id) == sa.bindparam("programme"))
        .order_by(col(LikelyPair.score).desc(), col(first.number), col(second.number))
    )


def _facts(*values: Any) -> LikelyFacts:
    key, state, score, reasons, method, at, first, second, number, other = values[:10]
    return LikelyFacts(
        id=key,
        state=state,
        score=score,
        reasons=reasons_of(reasons),
        method=method,
        proposed_at=at,
        people=(first, second),
        numbers=(number, other),
        are_restricted=(values[10], values[11]),
        entered_by=values[12],
        proposed_by=values[13],
    )


ALL_PAIRS: Final = Query(_facts, _pairs)
PAIR: Final = Query(
    _facts,
    lambda: (
        _pairs()
        .where(
            col(LikelyPair.participant_a) == sa.bindparam("first"),
            col(LikelyPair.participant_b) == sa.bindparam("second"),
        )
        .with_for_update(of=LikelyPair)
    ),
)
KNOWN_PAIRS: Final = Query(
    lambda first, second, state: ((Key(first), Key(second)), str(state)),
    lambda: sa.select(
        col(LikelyPair.participant_a), col(LikelyPair.participant_b), col(LikelyPair.state)
    ).where(col(LikelyPair.programme_id) == sa.bindparam("programme")),
)
TOLD_APART: Final = Query(
    lambda first, second: ordered(Key(first), Key(second)),
    lambda: sa.select(col(DuplicateFlag.participant_a), col(DuplicateFlag.participant_b)).where(
        col(DuplicateFlag.programme_id) == sa.bindparam("programme"),
        col(DuplicateFlag.decision) == DuplicateDecision.DIFFERENT_PEOPLE.value,
    ),
)
STEPS: Final = Query(
    LikelyStep,
    lambda: (
        sa.select(
            col(LikelyPairDecision.pair_id),
            col(LikelyPairDecision.position),
            col(LikelyPairDecision.decision),
            col(LikelyPairDecision.leading_id),
            col(LikelyPairDecision.decided_by),
            col(LikelyPairDecision.decided_at),
        )
        .where(col(LikelyPairDecision.pair_id).in_(sa.bindparam("pairs", expanding=True)))
        .order_by(col(LikelyPairDecision.pair_id), col(LikelyPairDecision.position))
    ),
)


def ordered(one: Key, other: Key) -> Pair:
    """Two keys, the lower first."""
    return (one, other) if one < other else (other, one)


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Reasons as they are stored: field, how, points."""
    return canonical_text([[one.trait.value, one.alike.value, one.points] for one in reasons])


def reasons_of(text: str) -> tuple[Reason, ...]:
    """Reasons back from their text."""
    return tuple(Reason(Trait(trait), Alike(alike), points) for trait, alike, points in parse_document(text))


def search_likely_duplicates(
    work: Work,
    *,
    least: int = PROPOSED_FROM,
    most: int = BLOCK_MOST,
    progress: Progress | None = None,
) -> LikelySearch:
    """Everybody compared with everybody who shares a key; pairs from `least` basis points on that nobody knows of.

    `most` is how many people a block may hold. Sixty households take a blink, a hundred thousand people a few minutes.
    A record that was merged counts as a name that its person also goes by.

    Raises:
        MissingExtra: the package that measures letters is not installed.
        NotAllowed: the actor is none of the programme's.
        Corrupt: a sealed sheet does not open in its place.
    """
    sees_all = sees_restricted(work)
    scorer = Scorer()
    opened = open_all(work, scorer.sounds, sees_all=sees_all, progress=progress)
    blocking = Blocking(opened.people, scorer.sounds, most=most)
    likely = compared(opened.people, blocking, scorer, least)
    reader, numbers = work.reader(), opened.numbers
    leading = _of_leading(reader, likely)
    best = {pair: told for pair, told in leading.items() if pair[0] in numbers and pair[1] in numbers}
    known = remembered_pairs(reader, work.programme.id)
    new = {pair: told for pair, told in best.items() if pair not in known}
    found = sorted(
        (
            LikelyFound(numbers[first], numbers[second], told.score, told.reasons)
            for (first, second), told in new.items()
        ),
        key=lambda one: (-one.score, one.first, one.second),
    )
    return LikelySearch(tuple(found), len(opened.people), len(best) - len(new), tuple(blocking.told))


def compared(people: Sequence[Known], blocking: Blocking, scorer: Scorer, least: int) -> dict[Pair, Likeness]:
    """How alike those are who share a key, by their keys, from `least` basis points on."""
    found: dict[Pair, Likeness] = {}
    for block in Block:
        for first, second in blocking.pairs(block):
            one, other = people[first], people[second]
            told = scorer.compare_from(one, other, least)
            if told is not None:
                found[ordered(Key(one.key), Key(other.key))] = told
    return found


def _of_leading(reader: Reader, likely: dict[Pair, Likeness]) -> dict[Pair, Likeness]:
    """Pairs of leading records: a merged one stands for the record that leads, and never beside it."""
    leading = leading_people(reader, {key for pair in likely for key in pair})
    best: dict[Pair, Likeness] = {}
    for (one, other), told in likely.items():
        pair = ordered(leading.get(one, one), leading.get(other, other))
        if pair[0] != pair[1] and (pair not in best or told.score > best[pair].score):
            best[pair] = told
    return best


def remembered_pairs(reader: Reader, programme: Key) -> set[Pair]:
    """Pairs that were proposed before, and people who were told apart when they showed the same document.

    Who was told apart from a record is told apart from the record that leads it.
    """
    stored = reader.all(KNOWN_PAIRS, programme=programme)
    apart = set(reader.all(TOLD_APART, programme=programme))
    apart |= {pair for pair, state in stored if state == LikelyDecision.DIFFERENT_PEOPLE}
    leading = leading_people(reader, {key for pair in apart for key in pair})
    led = {ordered(leading.get(one, one), leading.get(other, other)) for one, other in apart}
    return {pair for pair, _ in stored} | apart | led


def list_likely_duplicates(work: Work, *, only_waiting: bool = True) -> list[LikelyFacts]:
    """The pairs of the programme, the likeliest first.

    A pair with a restricted person is there for named roles only; one whose person was merged elsewhere or erased waits
    for nobody.

    Raises:
        NotAllowed: the actor is none of the programme's.
    """
    sees_all = sees_restricted(work)
    reader = work.reader()
    pairs = [
        pair
        for pair in reader.all(ALL_PAIRS, programme=work.programme.id)
        if sees_all or not pair.is_restricted
    ]
    if not only_waiting:
        return pairs
    merged = leading_people(reader, {key for pair in pairs for key in pair.people})
    return [pair for pair in pairs if pair.state in UNDECIDED and merged.keys().isdisjoint(pair.people)]


def likely_pair(reader: Reader, programme: Key, pair: Pair, *, numbers: tuple[str, str]) -> LikelyFacts:
    """A stored pair; inside a verb it is locked.

    Raises:
        NotFound: the two were never proposed.
    """
    found = reader.first(PAIR, programme=programme, first=pair[0], second=pair[1])
    if found is None:
        raise NotFound(
            what="likely duplicate", which=" ".join(numbers), look="seedfund list likely-duplicates"
        )
    return found


def likely_steps(reader: Reader, pairs: Sequence[Key]) -> dict[Key, list[LikelyStep]]:
    """Every decision about each of these pairs, the first one first."""
    found: dict[Key, list[LikelyStep]] = {pair: [] for pair in pairs}
    for step in reader.among(STEPS, "pairs", list(found)):
        found[step.pair].append(step)
    return found
