"""What was irregular, overridden or refused, for the desk."""

from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.exceptions import exception_entries
from seedfund.reports.queries.scope import open_scope
from seedfund.reports.value import Word
from seedfund.store.work import Work


def exception_rows(work: Work) -> list[Row]:
    """Every exception there ever was, the newest knowledge of each."""
    scope = open_scope(work)
    return [
        {
            "on": entry.on,
            "kind": Word(entry.kind.value),
            "number": entry.number,
            "what": entry.what,
            "reason": entry.reason,
            "decided_by": entry.decided_by,
            "amount": entry.amount,
        }
        for entry in exception_entries(scope, since=None)
    ]
