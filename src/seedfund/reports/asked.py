"""What is asked of a report, and how far it then reads. Must not know any report."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from seedfund.kernel.errors import InvalidInput
from seedfund.reports.queries.scope import Scope, open_scope
from seedfund.store.work import Work


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of a report: whose, since which day, as of which day, as known at which instant.

    `number` is a grant's, a participant's or a household's; `fund` and `account` are codes. `since` begins the period
    of reports that have one; without it a ledger begins at the beginning and a balance at the first of the month.
    Of indicators: `by` names the dimensions (population group when none), `explain` asks for the rows behind one,
    `is_shared` hides small counts, `snapshot` is a frozen one to be counted again.
    """

    number: str = ""
    fund: str = ""
    account: str = ""
    since: date | None = None
    as_of: date | None = None
    as_known: datetime | None = None
    by: tuple[str, ...] = ()
    explain: str = ""
    is_shared: bool = False
    snapshot: str = ""


NOW: Final = Asked()


def scope_of(work: Work, asked: Asked, *, book_ids: list[int] | None = None) -> Scope:
    """The books a report reads, as of the day and as known at the instant that are asked for.

    Raises:
        InvalidInput: the period is turned around.
        NotAllowed: the actor is none of the programme's.
    """
    if asked.as_of is not None and asked.since is not None and asked.since > asked.as_of:
        raise InvalidInput(
            field="since", problem="it comes after the day of the report", remedy="give an earlier day"
        )
    return open_scope(work, book_ids=book_ids, as_of=asked.as_of, as_known=asked.as_known)
