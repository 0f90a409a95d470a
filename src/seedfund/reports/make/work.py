"""What there is to do, and what left the usual way. Nothing here writes."""

from dataclasses import replace

from seedfund.kernel.errors import InvalidInput
from seedfund.reports.asked import NOW, Asked, scope_of
from seedfund.reports.books import exceptions as exceptions_book
from seedfund.reports.books import week as week_book
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.week import due_items
from seedfund.reports.value import Phrase, Report
from seedfund.store.work import Work


def week(work: Work, *, asked: Asked = NOW) -> Report:
    """What has to be done up to seven days after today or a later day, late things first.

    What is open is read as it stands now: a past day, or what was known then, would be told with today's state.

    Raises:
        InvalidInput: the day is past, or an earlier knowledge is asked for.
        NotAllowed: the actor is none of the programme's.
    """
    if asked.as_known is not None or (asked.as_of is not None and asked.as_of < work.today()):
        raise InvalidInput(
            field="as_of" if asked.as_known is None else "as_known",
            problem="the week tells what is open now, not what was open on a past day",
            remedy="leave it out or give a later day; ledgers and the ageing of advances can be asked for a past day",
        )
    scope = scope_of(work, asked)
    return week_book.week(
        due_items(scope),
        scope=work.programme.name,
        standing=scope.standing,
        notes=(Phrase("What concerns restricted people is shown to named roles only."),),
    )


def exceptions(work: Work, *, asked: Asked = NOW) -> Report:
    """Everything that left the usual way, kind by kind."""
    scope = scope_of(work, asked)
    standing = replace(scope.standing, since=asked.since)
    entries = exception_entries(scope, since=asked.since)
    return exceptions_book.exceptions(entries, scope=work.programme.name, standing=standing)
