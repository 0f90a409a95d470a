"""Saying of new rows of people that they look like somebody who is registered. A flag, never a refusal.

It needs the extra `match`, and files of up to `NEWCOMERS_MOST` new people; without, one flag says that nobody was
compared. Rows of one file are not compared with each other: `seedfund duplicates` does that afterwards.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from seedfund.interchange.kinds.base import Entry, Group, RowRefused
from seedfund.interchange.kinds.people.households import person_of
from seedfund.interchange.queries import taken_rows
from seedfund.interchange.reader import Complaint
from seedfund.interchange.rules.refusals import ROW_LOOKS_LIKE, ROWS_NOT_COMPARED
from seedfund.kernel.errors import InvalidInput, MissingExtra
from seedfund.people.queries.newcomers import NEWCOMERS_MOST, Newcomer, likely_known
from seedfund.store.work import Work

KIND: Final = "households"
PART: Final = "members"
MANY: Final = f"the file has more than {NEWCOMERS_MOST} new people"
MISSING: Final = "seedfund[match] is not installed"


def newcomer_flags(work: Work, kind: str, windows: Iterable[Sequence[Group]]) -> tuple[Complaint, ...]:
    """A flag at each new row that looks like somebody, with the number; one for the file where nobody was compared.

    No more windows are asked for than it takes to see that there are too many.
    """
    if kind != KIND:
        return ()
    new: list[tuple[Entry, Newcomer]] = []
    for groups in windows:
        new += _new(work, kind, groups)
        if len(new) > NEWCOMERS_MOST:
            return (_not_compared(MANY),)
    if not new:
        return ()
    try:
        found = likely_known(work, [one for _, one in new])
    except MissingExtra:
        return (_not_compared(MISSING),)
    return tuple(
        entry.complaint(ROW_LOOKS_LIKE(number=one.number, percent=one.score // 100))
        for (entry, _), one in zip(new, found, strict=True)
        if one is not None
    )


def _new(work: Work, kind: str, groups: Sequence[Group]) -> list[tuple[Entry, Newcomer]]:
    given = [(group, entry) for group in groups for entry in group.of(PART) if not entry.complaints]
    known = taken_rows(work, kind, [entry.digest for _, entry in given], reader=work.reader())
    read = [(entry, _newcomer(group, entry)) for group, entry in given if entry.digest not in known]
    return [(entry, one) for entry, one in read if one is not None]


def _newcomer(group: Group, entry: Entry) -> Newcomer | None:
    """The person of a row; None where it will be refused when it is carried out."""
    place = group.root.values
    try:
        person = person_of(entry)
    except (InvalidInput, RowRefused):
        return None
    return Newcomer(
        identity=person.identity,
        sex=person.sex,
        birth=person.birth,
        country=place.text("country"),
        locality=place.text("locality"),
        community=place.text("community"),
    )


def _not_compared(reason: str) -> Complaint:
    return Complaint(PART, None, None, ROWS_NOT_COMPARED(reason=reason))
