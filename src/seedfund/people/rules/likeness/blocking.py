"""Which pairs are compared at all: two people meet when one of several cheap keys is the same for both.

A hundred thousand people make five thousand million pairs; the keys leave a few million. Each key forgives something
else: a name carried over or misspelt, a year off, a day and a month swapped, a surname left out, words in another
order. A block that holds too many people is cut by sex and place; what is still too large is left out and told.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, groupby
from types import MappingProxyType
from typing import Final

from seedfund.people.rules.likeness.folding import Sounds
from seedfund.people.rules.likeness.known import Known, exact_day

BLOCK_MOST: Final = 300
"""How many people a block may hold: 300 are 44,850 pairs, a second's work."""
WORDS_MOST: Final = 6
"""Of longer names only so many words make keys."""
_PART_BITS: Final = 24
_Key = tuple[tuple[str | int, ...], bool]
"""The parts of a key, and whether the person stands in the block itself or beside it (a year earlier)."""


class Block(StrEnum):
    """The keys, in the order they are tried; each says what two people have in common."""

    TWO_NAMES_AND_YEAR = "two_names_and_year"
    WHOLE_NAME = "whole_name"
    NAME_AND_BIRTHDAY = "name_and_birthday"
    INITIALS_PLACE_AND_YEAR = "initials_place_and_year"
    BIRTHDAY_AND_PLACE = "birthday_and_place"
    DOCUMENT = "document"
    PHONE = "phone"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class BlocksTold:
    """What became of the blocks of one key.

    `pairs` were compared (a pair that two keys find is compared twice); `cut` blocks were too large and were cut by sex
    and place; of those, what was still too large was left out: `left_out` blocks with `people` in them, each counted
    once a block.
    """

    block: Block
    blocks: int
    pairs: int
    cut: int
    left_out: int
    people: int


def keys_of(known: Known, block: Block, sounds: Sounds) -> Iterator[_Key]:
    """The keys of one person; a person without a name, a birth or a number has none of that kind."""
    return _KEYS[block](known, sounds)


class Blocking:
    """The pairs of a list of people that are worth comparing, key by key; `told` says what became of the blocks."""

    def __init__(self, people: Sequence[Known], sounds: Sounds, *, most: int = BLOCK_MOST):
        self._people: Final = people
        self._sounds: Final = sounds
        self._most: Final = most
        self.told: list[BlocksTold] = []

    def pairs(self, block: Block) -> Iterator[tuple[int, int]]:
        """Pairs of places in the list, the lower first; one pair may come more than once."""
        blocks = pairs = cut = left_out = people = 0
        for own, beside in self._blocks(block):
            blocks += 1
            parts = [(own, beside)]
            if len(own) + len(beside) > self._most:
                cut += 1
                parts = self._cut(own, beside)
            for inner, outer in parts:
                if len(inner) + len(outer) > self._most:
                    left_out += 1
                    people += len(inner) + len(outer)
                    continue
                for one, other in _within(inner, outer):
                    pairs += 1
                    yield (one, other) if one < other else (other, one)
        self.told.append(BlocksTold(block, blocks, pairs, cut, left_out, people))

    def _blocks(self, block: Block) -> Iterator[tuple[list[int], list[int]]]:
        """Blocks of at least two people: who has the key, and who stands beside it.

        Keys become whole numbers that hold the person's place in their lowest bits, so that sorting brings blocks
        together; a hundred thousand people take a few dozen megabytes this way.
        """
        parts: dict[str | int, int] = {}
        bits = max(1, len(self._people).bit_length())
        entries = []
        for place, known in enumerate(self._people):
            for key, is_own in keys_of(known, block, self._sounds):
                number = 0
                for part in key:
                    number = number << _PART_BITS | parts.setdefault(part, len(parts))
                entries.append((number << 1 | is_own) << bits | place)
        entries.sort()
        last = (1 << bits) - 1
        for _, held in groupby(entries, key=lambda entry: entry >> (bits + 1)):
            own: dict[int, None] = {}
            beside: dict[int, None] = {}
            for entry in held:
                (own if entry >> bits & 1 else beside)[entry & last] = None
            if own and len(own) + len(beside) > 1:
                yield list(own), [place for place in beside if place not in own]

    def _cut(self, own: Sequence[int], beside: Sequence[int]) -> list[tuple[list[int], list[int]]]:
        found: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, places in enumerate((own, beside)):
            for place in places:
                known = self._people[place]
                found[known.sex.value, known.locality][side].append(place)
        return list(found.values())


def _within(own: Sequence[int], beside: Sequence[int]) -> Iterator[tuple[int, int]]:
    yield from combinations(own, 2)
    for one in own:
        for other in beside:
            yield one, other


def _bones(known: Known, sounds: Sounds) -> list[tuple[str, ...]]:
    """The consonants of the words of each name, sorted, each once; initials are passed over."""
    return [
        tuple(sorted({sounds.skeleton(word) for word in words if len(word) > 1}))[:WORDS_MOST]
        for words in known.names
    ]


def _by_year(known: Known) -> Iterator[tuple[int, bool]]:
    """The years of a person's own blocks, and the year after, beside which they stand."""
    if known.years is not None:
        first, last = known.years
        for year in range(first, last + 1):
            yield year, True
        yield last + 1, False


def _two_names_and_year(known: Known, sounds: Sounds) -> Iterator[_Key]:
    for bones in _bones(known, sounds):
        for pair in combinations(bones, 2):
            for year, is_own in _by_year(known):
                yield (*pair, year), is_own


def _whole_name(known: Known, sounds: Sounds) -> Iterator[_Key]:
    for bones in _bones(known, sounds):
        if bones:
            yield (" ".join(bones),), True


def _name_and_birthday(known: Known, sounds: Sounds) -> Iterator[_Key]:
    born = exact_day(known)
    if born is not None:
        low, high = sorted((born.month, born.day))
        for bones in _bones(known, sounds):
            for bone in bones:
                yield (bone, born.year * 10_000 + low * 100 + high), True


def _initials_place_and_year(known: Known, sounds: Sounds) -> Iterator[_Key]:
    if known.locality:
        for bones in _bones(known, sounds):
            initials = "".join(sorted(bone[:1] for bone in bones))
            for year, is_own in _by_year(known) if len(initials) > 1 else ():
                yield (known.locality, known.sex.value, initials, year), is_own


def _birthday_and_place(known: Known, sounds: Sounds) -> Iterator[_Key]:
    born = exact_day(known)
    if born is not None and known.locality:
        yield (known.locality, known.sex.value, born.toordinal()), True


def _numbers(read: Callable[[Known], tuple[str, ...]]) -> Callable[[Known, Sounds], Iterator[_Key]]:
    def keys(known: Known, sounds: Sounds) -> Iterator[_Key]:
        for digest in read(known):
            yield (digest,), True

    return keys


_KEYS: Final[Mapping[Block, Callable[[Known, Sounds], Iterator[_Key]]]] = MappingProxyType(
    {
        Block.TWO_NAMES_AND_YEAR: _two_names_and_year,
        Block.WHOLE_NAME: _whole_name,
        Block.NAME_AND_BIRTHDAY: _name_and_birthday,
        Block.INITIALS_PLACE_AND_YEAR: _initials_place_and_year,
        Block.BIRTHDAY_AND_PLACE: _birthday_and_place,
        Block.DOCUMENT: _numbers(lambda known: known.documents),
        Block.PHONE: _numbers(lambda known: known.phones),
        Block.ACCOUNT: _numbers(lambda known: known.accounts),
    }
)
