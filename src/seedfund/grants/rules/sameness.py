"""When two receipts are the same document: what one is known by, and which of two is in the way. Must not know rows.

The same paper comes by the supplier's name and again by the tax id, with accents and without, its number in full and
shortened, or as the same photo. Each of these is a mark; one in common is enough.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from seedfund.grants.rules.states import ACCEPTED
from seedfund.people.names import fold

SRI_PARTS: Final = re.compile(r"(\d{3})(\d{3})(\d{9})")
"""An Ecuadorian number written without its dashes: establishment, point of issue, sequence."""


def folded(text: str) -> str:
    """A document's number or who issued it as it is compared: no case, accents, signs or leading zeros."""
    kept = fold(text).replace(" ", "")
    return kept.lstrip("0") or kept


def numbers_of(number: str) -> tuple[str, ...]:
    """The forms a document's number is compared in: as one word, and part by part without its leading zeros."""
    whole = folded(number)
    if not whole:
        return ()
    written = SRI_PARTS.fullmatch(number.strip())
    parts = written.groups() if written else fold(re.sub(r"[\W_]+", " ", number)).split()
    # One part says no more than the whole, and 11-1 is not 1-11.
    return (whole,) if len(parts) < 2 else (whole, "-".join(part.lstrip("0") or "0" for part in parts))


def marks_of(*, supplier: str, tax_id: str, number: str) -> tuple[str, ...]:
    """What a document is known by: each name of who issued it with each form of its number; none lacks either."""
    issuers = dict.fromkeys(filter(None, (folded(tax_id), folded(supplier))))
    return tuple(f"{issuer}\x1f{form}" for issuer in issuers for form in numbers_of(number))


@dataclass(frozen=True, kw_only=True)
class Twin:
    """Another line that shows the same document: where it stands, its state, whether it was recorded before.

    `is_item`: both were handed in together against different lines of the plan, as items of one document are.
    """

    place: str
    state: str
    is_earlier: bool
    is_item: bool = False

    @property
    def stands_in_the_way(self) -> bool:
        """Whether it was accepted, or came first and is not decided yet."""
        return not self.is_item and (self.state in ACCEPTED or (self.state == "pending" and self.is_earlier))


def used_before(twins: Iterable[Twin]) -> tuple[str, str] | None:
    """The place and state of the first line by which the document is used already, if there is one."""
    return next(((one.place, one.state) for one in twins if one.stands_in_the_way), None)
