"""How alike two names are: words matched in any order, by letters, by sound, as carried over, with a slip of the pen.

A word that only one of the two has is a surname left out; a word that each has for itself speaks against. `o` and `a`
at the end of a name tell a brother from a sister, and no slip explains them away.
"""

from functools import lru_cache
from typing import Any, Final

from seedfund.kernel.errors import MissingExtra
from seedfund.people.rules.likeness.alike import Alike
from seedfund.people.rules.likeness.folding import Sounds

EXTRA: Final = "match"
SAME, SOUND, CARRIED, SLIP, INITIAL, NONE = 5, 4, 3, 2, 1, 0
"""How two words agree, the best first; a name agrees as well as its weakest word."""
WHOLE: Final = (
    Alike.DIFFERENT,
    Alike.INITIALS,
    Alike.ONE_SLIP,
    Alike.CARRIED_OVER,
    Alike.SAME_SOUND,
    Alike.SAME,
)
SLIP_LETTERS: Final = 5
"""A shorter word has no slip: one letter of four is another name."""
SLIP_LETTERS_OTHER: Final = 4
"""So it is outside ASCII, where scripts leave vowels out."""
TWO_SLIPS_LETTERS: Final = 8
SKELETON_LETTERS: Final = 3
CARRIED_SLIPS: Final = 3
"""Of ten letters of two carried-over words with the same consonants so many may be others: the vowels."""
_VOWELS: Final = frozenset("aeiou")
_GENDERED: Final = frozenset({("o", "a"), ("a", "o")})


class Wording:
    """Compares names; what it has compared it remembers, and it goes away with the search.

    Raises:
        MissingExtra: the package that measures letters is not installed.
    """

    def __init__(self, sounds: Sounds) -> None:
        try:
            from rapidfuzz.distance import OSA
        except ImportError:
            raise MissingExtra(extra=EXTRA, what="Searching for likely duplicates") from None
        self.sounds: Final = sounds
        self._letters: Any = OSA
        self.word: Final = lru_cache(maxsize=1 << 18)(self._word)

    def names(self, first: tuple[str, ...], second: tuple[str, ...]) -> Alike:
        """How two names agree; each is its folded words."""
        if first == second:
            return Alike.SAME if len(first) > 1 else Alike.ONLY_WORD
        # Always from the same side, so that two names agree alike whichever is asked first.
        is_first = (len(first), first) <= (len(second), second)
        fewer, more = (first, second) if is_first else (second, first)
        left = list(more)
        alone: list[str] = []
        for word in fewer:
            if word in left:
                left.remove(word)
            else:
                alone.append(word)
        weakest = self._match(alone, left) if alone and left else SAME
        if alone and left and _are_joined(alone, left):
            weakest = min(weakest, SOUND)
        matched = len(fewer) - len(alone)
        return _told(matched, len(alone), len(left), weakest)

    def _match(self, alone: list[str], left: list[str]) -> int:
        """Take the words that agree, the best first, out of both lists; how the weakest of them agree."""
        weakest = SAME
        while alone and left:
            best, one, other = max((self.word(one, other), one, other) for one in alone for other in left)
            if best == NONE:
                break
            weakest = best
            alone.remove(one)
            left.remove(other)
        return weakest

    def _word(self, one: str, other: str) -> int:
        """How two different words agree."""
        if len(one) == 1 or len(other) == 1:
            return INITIAL if one[:1] == other[:1] else NONE
        if _tell_apart(one, other):
            return NONE
        sounds = self.sounds
        if sounds.phonetic(one) == sounds.phonetic(other):
            return SOUND
        if self._is_carried_over(one, other):
            return CARRIED
        return SLIP if self._is_slip(one, other) else NONE

    def _is_carried_over(self, one: str, other: str) -> bool:
        sounds = self.sounds
        first, second = sounds.roman(one), sounds.roman(other)
        if first == second:
            return True
        bones = sounds.skeleton(one)
        if len(bones) < SKELETON_LETTERS or bones != sounds.skeleton(other):
            return False
        slips: int = self._letters.distance(first, second)
        return slips * 10 <= CARRIED_SLIPS * max(len(first), len(second))

    def _is_slip(self, one: str, other: str) -> bool:
        """One letter wrong, left out, added or swapped with its neighbour; two in a long word."""
        shorter, longer = sorted((len(one), len(other)))
        if longer < (SLIP_LETTERS if one.isascii() and other.isascii() else SLIP_LETTERS_OTHER):
            return False
        most = 2 if shorter >= TWO_SLIPS_LETTERS else 1
        slips: int = self._letters.distance(one, other, score_cutoff=most)
        return slips <= most


def _tell_apart(one: str, other: str) -> bool:
    """Whether only the ending of a man's and a woman's name tells two words apart: Mario, María; Daniel, Daniela."""
    if len(one) == len(other):
        return one[:-1] == other[:-1] and (one[-1], other[-1]) in _GENDERED
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    return longer == f"{shorter}a" and shorter[-1] not in _VOWELS


def _are_joined(alone: list[str], left: list[str]) -> bool:
    """Whether a word of one is two words of the other, Abdulrahman and Abdul Rahman; both lists lose what met."""
    for single, parts in ((alone, left), (left, alone)):
        for word in single:
            for first in parts:
                rest = word.removeprefix(first)
                if rest != word and rest in parts and rest != first:
                    single.remove(word)
                    parts.remove(first)
                    parts.remove(rest)
                    return True
    return False


def _told(matched: int, alone: int, left: int, weakest: int) -> Alike:
    """A name's likeness from how many words met, how many each has for itself, and how the weakest agree."""
    if alone and left:
        is_close = matched >= 2 and weakest > INITIAL and (alone, left) == (1, 1)
        return Alike.ONE_WORD_DIFFERS if is_close else Alike.DIFFERENT
    if not matched:
        return Alike.DIFFERENT
    if not alone and not left:
        return WHOLE[weakest] if matched > 1 else Alike.ONE_WORD
    if matched < 2:
        return Alike.ONE_WORD
    if weakest == INITIAL:
        return Alike.INITIALS
    return Alike.WORDS_MISSING if weakest >= SOUND else Alike.WORDS_MISSING_ALIKE
