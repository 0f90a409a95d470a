"""The rules of UAX #14 in their order: between which two characters a line must not end.

Numbers are kept whole by the expression of the annex's own example 7 (section 8.2). Left out are the rules for Korean
syllables and for pictures (LB26, LB27, LB30b), which papers do not hold.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

_LETTERS: Final = frozenset({"AL", "HL"})
_MARKS: Final = frozenset({"CM", "ZWJ"})
_LINE_ENDS: Final = frozenset({"BK", "CR", "LF", "NL"})
_NO_BASE: Final = _LINE_ENDS | {"SP", "ZW"}
_AFTER_BLANKS: Final = (
    (frozenset({"QU"}), frozenset({"OP"})),
    (frozenset({"CL", "CP"}), frozenset({"NS"})),
    (frozenset({"B2"}), frozenset({"B2"})),
)
"""Pairs that stay together with blanks between them (LB15 to LB17)."""
_NEVER_BEFORE: Final = frozenset({"CL", "CP", "EX", "IS", "SY"})
_LATE_NEVER_BEFORE: Final = frozenset({"BA", "HY", "NS", "IN"})
_PICTURES: Final = frozenset({"ID", "EB", "EM"})
_TOGETHER: Final = (
    (_LETTERS, frozenset({"NU"})),
    (frozenset({"NU"}), _LETTERS),
    (frozenset({"PR"}), _PICTURES),
    (_PICTURES, frozenset({"PO"})),
    (frozenset({"PR", "PO"}), _LETTERS),
    (_LETTERS, frozenset({"PR", "PO"})),
    (_LETTERS, _LETTERS),
    (frozenset({"IS"}), _LETTERS),
    (_LETTERS | {"NU"}, frozenset({"OP"})),
    (frozenset({"CP"}), _LETTERS | {"NU"}),
)
"""LB23 to LB30, those without numbers and Korean."""
_PAIRS: Final = frozenset((one, other) for before, after in _TOGETHER for one in before for other in after)
_SHORT: Final = {
    "PR": "r",
    "PO": "o",
    "OP": "p",
    "HY": "h",
    "IS": "i",
    "NU": "n",
    "SY": "s",
    "CL": "c",
    "CP": "c",
}
_NUMBERS: Final = (re.compile("[ro]?[ph]?n[nsi]*c?"), re.compile("n[nsi]*c?[ro]"))
"""A number with the sign before it, and with the sign after it: one sign may stand between two numbers."""


@lru_cache(maxsize=4_096)
def breaks_after(classes: tuple[str, ...]) -> tuple[bool, ...]:
    """For each character whether a line may end after it; the classes are those after LB1."""
    based, is_mark = _bases(classes)
    in_number = _inside_numbers(based, is_mark)
    allowed = [True] * len(classes)
    before_blanks = 0  # where the character stands that the blanks so far follow
    flags = 0  # regional indicators met in a row
    for index in range(len(classes) - 1):
        if classes[index] != "SP":
            before_blanks = index
        flags = (
            flags + 1
            if based[index] == "RI" and not is_mark[index + 1]
            else flags
            if is_mark[index + 1]
            else 0
        )
        allowed[index] = (
            not is_mark[index + 1]
            and not in_number[index + 1]
            and _may_part(index, classes, based, before=before_blanks)
            and not (based[index + 1] == "RI" and flags % 2 == 1)
        )
    return tuple(allowed)


def _bases(classes: Sequence[str]) -> tuple[list[str], list[bool]]:
    """LB9, LB10: a mark takes the class of what it stands on and stays with it; alone it is a letter."""
    based: list[str] = []
    is_mark: list[bool] = []
    for index, kind in enumerate(classes):
        stands = kind in _MARKS and index > 0 and based[-1] not in _NO_BASE
        is_mark.append(stands)
        based.append(based[-1] if stands else "AL" if kind in _MARKS else kind)
    return based, is_mark


def _inside_numbers(based: Sequence[str], is_mark: Sequence[bool]) -> list[bool]:
    """Which characters continue a number (LB25)."""
    kept = [index for index, mark in enumerate(is_mark) if not mark]
    letters = "".join([_SHORT.get(based[index], "x") for index in kept])
    inside = [False] * len(based)
    for match in chain.from_iterable(numbers.finditer(letters) for numbers in _NUMBERS):
        for place in range(match.start() + 1, match.end()):
            inside[kept[place]] = True
    return inside


def _may_part(index: int, classes: Sequence[str], based: Sequence[str], *, before: int) -> bool:
    """LB4 to LB31 between `index` and the next character; `before` is the last that is no blank."""
    kind, after = based[index], based[index + 1]
    if kind in _LINE_ENDS:
        return not (kind == "CR" and after == "LF")
    if after in _NO_BASE:
        return False
    last = based[before]
    if last == "ZW":
        return True
    if classes[index] == "ZWJ" or kind in ("WJ", "GL") or after == "WJ":
        return False
    if after in _NEVER_BEFORE or (after == "GL" and kind not in ("SP", "BA", "HY")):
        return False
    if last == "OP" or any(last in one and after in other for one, other in _AFTER_BLANKS):
        return False
    if kind == "SP":
        return True
    return _may_part_words(index, based)


def _may_part_words(index: int, based: Sequence[str]) -> bool:
    """LB19 to LB31, between two characters with no blank between them."""
    kind, after = based[index], based[index + 1]
    if "QU" in (kind, after):
        return False
    if "CB" in (kind, after):
        return True
    if after in _LATE_NEVER_BEFORE or kind == "BB":
        return False
    if kind in ("HY", "BA") and _base_before(index, based) == "HL":
        return False
    if (kind, after) == ("SY", "HL"):
        return False
    return (kind, after) not in _PAIRS


def _base_before(index: int, based: Sequence[str]) -> str:
    return based[index - 1] if index else ""
