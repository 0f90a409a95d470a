"""Saying of new rows of people that they look like somebody who is registered, or like another row of the file.

A flag, never a refusal: the rows are taken all the same, and the pairs then wait for a person's decision. It needs the
extra `match`, and files of up to `NEWCOMERS_MOST` new people to compare them with those who are registered, of up to
`AMONG_MOST` to compare them with each other; without, one flag says who was not compared.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.interchange.kinds.base import Entry, Group, RowRefused
from seedfund.interchange.kinds.people.households import person_of
from seedfund.interchange.queries import taken_rows
from seedfund.interchange.reader import Complaint
from seedfund.interchange.rules.refusals import ROW_LOOKS_LIKE, ROW_LOOKS_LIKE_ROW, ROWS_NOT_COMPARED
from seedfund.kernel.canonical import digest
from seedfund.kernel.errors import InvalidInput, MissingExtra, Refusal
from seedfund.people.queries.access import sees_restricted
from seedfund.people.queries.newcomers import (
    AMONG_MOST,
    NEWCOMERS_MOST,
    LooksLike,
    Newcomer,
    TwoNewcomers,
    likely_among,
    likely_known,
)
from seedfund.people.rules import number_key
from seedfund.people.rules.likeness.alike import METHOD
from seedfund.people.service import ProposeLikelyDuplicates, TwoPeople, propose_likely_duplicates
from seedfund.store.work import Work

KIND: Final = "households"
PART: Final = "members"
DOCUMENTS: Final = "documents"
MANY: Final = f"the file has more than {NEWCOMERS_MOST} new people"
MANY_AMONG: Final = f"the file has more than {AMONG_MOST} new people"
MISSING: Final = "seedfund[match] is not installed"
AT_ONCE: Final = 500
"""How many pairs one command proposes."""


@dataclass(frozen=True, slots=True)
class Likely:
    """What is told of the new rows of a file, and the pairs that wait once their rows are taken.

    `among` are pairs of rows, `known` rows with the number of who is registered; neither has a row of somebody whom the
    actor will not see: those are found by the search of named roles.
    """

    flags: tuple[Complaint, ...] = ()
    among: tuple[tuple[Entry, Entry], ...] = ()
    known: tuple[tuple[Entry, str], ...] = ()


def newcomers_of(work: Work, kind: str, windows: Iterable[Sequence[Group]]) -> Likely:
    """A flag at each new row that looks like somebody or like an earlier row; one for a file that was not compared.

    No more windows are asked for than it takes to see that there are too many.
    """
    if kind != KIND:
        return Likely()
    given: list[tuple[Group, Entry]] = []
    for groups in windows:
        given += _given(work, kind, groups)
        # Counted before people are made of them, so that a large file costs nothing here.
        if len(given) > AMONG_MOST:
            return Likely((_not_compared(MANY_AMONG),))
    new = [(entry, one) for group, entry in given if (one := _newcomer(group, entry)) is not None]
    if not new:
        return Likely()
    people = [one for _, one in new]
    try:
        among = likely_among(work, people)
        known = likely_known(work, people) if len(new) <= NEWCOMERS_MOST else [None] * len(new)
    except MissingExtra:
        return Likely((_not_compared(MISSING),))
    return _told(work, new, among, known)


def _given(work: Work, kind: str, groups: Sequence[Group]) -> list[tuple[Group, Entry]]:
    """The rows of people that could be read and were not taken before."""
    given = [(group, entry) for group in groups for entry in group.of(PART) if not entry.complaints]
    taken = taken_rows(work, kind, [entry.digest for _, entry in given], reader=work.reader())
    return [(group, entry) for group, entry in given if entry.digest not in taken]


def _told(
    work: Work,
    new: Sequence[tuple[Entry, Newcomer]],
    among: Sequence[TwoNewcomers],
    known: Sequence[LooksLike | None],
) -> Likely:
    sees_all = sees_restricted(work)
    rows = [entry for entry, _ in new]
    seen = [sees_all or not one.is_restricted for _, one in new]
    met = [(entry, one) for entry, one in zip(rows, known, strict=True) if one is not None]
    flags = [
        entry.complaint(ROW_LOOKS_LIKE(number=one.number, percent=one.score // 100)) for entry, one in met
    ]
    flags += [rows[pair.second].complaint(_like_row(rows[pair.first], pair)) for pair in among]
    if len(new) > NEWCOMERS_MOST:
        flags.append(_not_compared(MANY))
    return Likely(
        flags=tuple(sorted(flags, key=lambda one: one.row or 0)),
        among=tuple(
            (rows[pair.first], rows[pair.second]) for pair in among if seen[pair.first] and seen[pair.second]
        ),
        known=tuple(
            (entry, one.number)
            for entry, one, is_seen in zip(rows, known, seen, strict=True)
            if one is not None and is_seen
        ),
    )


def _like_row(earlier: Entry, pair: TwoNewcomers) -> Refusal:
    reasons = [f"{one.trait.value} {one.alike.value}".replace("_", " ") for one in pair.reasons]
    return ROW_LOOKS_LIKE_ROW(row=earlier.number, percent=pair.score // 100, reasons=", ".join(reasons))


def propose_newcomers(work: Work, likely: Likely, number_of: Callable[[Entry], str | None]) -> None:
    """Put the pairs whose rows were taken before somebody who decides; `number_of` tells what a row became.

    Raises:
        Busy, StorageError, Corrupt: nothing of the import was kept.
    """
    found = [(number_of(first), number_of(second)) for first, second in likely.among]
    found += [(number, number_of(entry)) for entry, number in likely.known]
    pairs = [TwoPeople(first=one, second=other) for one, other in found if one and other]
    for start in range(0, len(pairs), AT_ONCE):
        some = tuple(pairs[start : start + AT_ONCE])
        parts = [number.encode() for pair in some for number in (pair.first, pair.second)]
        key = f"import:likely:{digest(METHOD, *parts)}"
        propose_likely_duplicates(work, ProposeLikelyDuplicates(key=key, pairs=some))


def _newcomer(group: Group, entry: Entry) -> Newcomer | None:
    """The person of a row; None where it will be refused when it is carried out."""
    place = group.root.values
    more = [row for row in group.of(DOCUMENTS) if row.values.text("member") == entry.key]
    try:
        person = person_of(entry, more)
        shown = tuple(number_key(one.number) for one in person.documents if one.number is not None)
    except (InvalidInput, RowRefused):
        return None
    return Newcomer(
        identity=person.identity,
        sex=person.sex,
        birth=person.birth,
        country=place.text("country"),
        locality=place.text("locality"),
        community=place.text("community"),
        documents=shown,
        home=group.digest,
        is_restricted=person.is_restricted,
    )


def _not_compared(reason: str) -> Complaint:
    return Complaint(PART, None, None, ROWS_NOT_COMPARED(reason=reason))
