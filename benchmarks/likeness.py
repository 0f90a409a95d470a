"""What it costs to search for people who were registered twice, and how many of them are found.

Expected size: 100,000 people in households of four, everybody with a document, and 200 pairs planted in each of twelve
ways of going wrong (`likeness_people`), none of them with a shared phone or document.
Budget: minutes, not hours; at most 4 × what nobody can do without: reading and opening every sealed sheet and document,
and measuring the letters of the same candidate pairs once with bare rapidfuzz.
Canonical workload: `search_likely_duplicates` on a database of its own, as the director sees it.

The keys of the blocks are those of `seedfund.people.rules.likeness.blocking`; they are named in the results with how
many pairs each leaves. Recall is the share of planted pairs among what was found, precision the share of planted pairs
in it; whoever else is found is alike by chance.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz.distance import OSA
from sqlalchemy import create_engine

from benchmarks.harness import Measure, Place, measured, removed, take_turns
from benchmarks.likeness_people import Home, Person, World, world
from seedfund.kernel.ids import Key
from seedfund.kernel.secret import Secret
from seedfund.people.queries.comparing import DOCUMENTS, IDS, PEOPLE, open_all
from seedfund.people.queries.likely import LikelySearch, search_likely_duplicates
from seedfund.people.queries.names import document_place, sheet_place
from seedfund.people.rules import (
    AgeSource,
    Birth,
    DocumentEntry,
    DocumentKind,
    Identity,
    PopulationGroup,
    Relationship,
)
from seedfund.people.rules.likeness.blocking import Block, Blocking
from seedfund.people.rules.likeness.folding import Sounds
from seedfund.people.service import MemberEntry, PersonEntry, RegisterHousehold, register_household
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work
from tests.support.programme import House, build_founded, house_on

GOAL: Final = 4.0
EACH: Final = 200
TURNS: Final = 1
AT_ONCE: Final = 500
BATCH: Final = 500
LIMIT: Final = "opening every sheet and document, and bare rapidfuzz on the same pairs"


@dataclass(frozen=True)
class _Truth:
    """The numbers of the two records of each planted pair, by what went wrong."""

    pairs: Mapping[str, Sequence[tuple[str, str]]]


def bench(place: Place) -> list[Measure]:
    """One search over everybody, over opening the same sheets and measuring the same pairs."""
    people = place.sizes.households // 2
    made = world(people, max(1, min(EACH, people // 500)))
    file = place.folder / "likeness.db"
    removed(file)
    file.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{file}")
    build_founded(engine)
    house = house_on(engine)
    truth = _registered(house, made)
    found: list[LikelySearch] = []
    try:
        with house.work("director") as work:
            candidates = _candidates(work)

            def contender() -> None:
                found.append(search_likely_duplicates(work))

            turns = take_turns([(contender, lambda: _bare(work, candidates))] * TURNS)
    finally:
        engine.dispose()
        file.unlink(missing_ok=True)
    result = found[0]
    return [
        measured(
            "search likely duplicates",
            turns,
            n=result.people,
            limit=LIMIT,
            goal=GOAL,
            note=_told(result, truth),
        )
    ]


def _registered(house: House, made: World) -> _Truth:
    numbers: list[str] = []
    homes = list(enumerate(made.homes))
    for start in range(0, len(homes), AT_ONCE):
        with house.work("field") as work:
            for number, home in homes[start : start + AT_ONCE]:
                done = register_household(work, _command(number, home))
                numbers += [member.participant for member in done.members]
    return _Truth(
        {
            kind: [(numbers[first], numbers[second]) for first, second in pairs]
            for kind, pairs in made.planted.items()
        }
    )


def _command(number: int, home: Home) -> RegisterHousehold:
    return RegisterHousehold(
        key=f"home-{number}",
        country="EC",
        locality=home[0].locality,
        community=home[0].community,
        members=tuple(_member(position, one) for position, one in enumerate(home)),
    )


def _member(position: int, one: Person) -> MemberEntry:
    birth = (
        Birth(AgeSource.DECLARED, born_on=one.born)
        if one.age is None
        else Birth(AgeSource.DECLARED, age=one.age, asked_on=one.asked_on)
    )
    return MemberEntry(
        person=PersonEntry(
            identity=Identity(
                given_names=Secret(one.given),
                family_names=Secret(one.family),
                phones=(Secret(one.phone),) if one.phone else (),
            ),
            sex=one.sex,
            population_group=PopulationGroup.REFUGEE,
            birth=birth,
            documents=(DocumentEntry(DocumentKind.PASSPORT, "CO", Secret(one.document)),)
            if one.document
            else (),
        ),
        relationship=Relationship.HEAD if position == 0 else Relationship.OTHER_RELATIVE,
    )


def _candidates(work: Work) -> list[tuple[str, str]]:
    """The names of every pair that shares a key, as the search compares them."""
    sounds = Sounds()
    people = open_all(work, sounds, sees_all=True).people
    names = [" ".join(one.names[0]) for one in people]
    blocking = Blocking(people, sounds)
    return [(names[one], names[other]) for block in Block for one, other in blocking.pairs(block)]


def _bare(work: Work, candidates: Sequence[tuple[str, str]]) -> int:
    opened = sum(1 for _ in _sheets(work))
    for one, other in candidates:
        OSA.distance(one, other)
    return opened


def _sheets(work: Work) -> Iterator[Secret]:
    reader = work.reader()
    ids: list[Key] = reader.all(IDS, programme=work.programme.id, sees_all=True)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        rows: list[tuple[Any, ...]] = reader.all(
            PEOPLE, ids=batch, programme=work.programme.id, sees_all=True
        )
        vaults = open_vaults(reader, work, batch)
        for row in rows:
            yield vaults[row[0]].open(row[4], sheet_place(row[3]))
        for participant, document, number in reader.among(DOCUMENTS, "ids", batch):
            yield vaults[participant].open(number, document_place(document))


def _told(result: LikelySearch, truth: _Truth) -> str:
    """Recall by kind, the lowest first; precision; what each key left to compare; what was left out."""
    found = {frozenset((one.first, one.second)) for one in result.found}
    recalled = {
        kind: (sum(frozenset(pair) in found for pair in pairs), len(pairs))
        for kind, pairs in truth.pairs.items()
    }
    hits, planted = (sum(one[place] for one in recalled.values()) for place in (0, 1))
    kinds = sorted(recalled.items(), key=lambda one: one[1][0] / one[1][1])
    pairs = ", ".join(f"{block.block.value} {block.pairs:,}" for block in result.blocks)
    by_kind = ", ".join(f"{kind} {hit}/{of}" for kind, (hit, of) in kinds)
    return (
        f"recall {hits}/{planted} ({by_kind}); precision {hits}/{len(found)}; "
        f"pairs compared: {pairs}; {result.left_out} people left out"
    )
