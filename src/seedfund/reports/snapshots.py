"""Indicators against what was frozen of them: a snapshot of the register, counted again as of its day."""

from collections.abc import Sequence
from typing import Any

from seedfund.kernel.errors import InvalidInput, NotFound
from seedfund.people.queries import sees_restricted
from seedfund.register.queries import read_paper
from seedfund.reports.indicators.compute import Counting
from seedfund.reports.indicators.drift import drift_list, drift_report, moved_report
from seedfund.reports.indicators.rules import Dimension
from seedfund.reports.indicators.snapshot import KIND, Snapshot, compared, frozen, snapshot_of
from seedfund.reports.queries.scope import Scope, open_scope
from seedfund.reports.value import Report
from seedfund.store.work import Work


def freeze(scope: Scope, dimensions: Sequence[Dimension], *, salt: str) -> dict[str, Any]:
    """The content of a snapshot of the programme's indicators as of the scope's day."""
    counting = Counting(reader=scope.reader, programme=scope.work.programme.id, on=scope.as_of)
    books = [{"book": head.book, "seq": head.seq, "hash": head.hash} for head in scope.standing.heads]
    return frozen(counting, dimensions, salt=salt, books=books)


def snapshot_report(work: Work, number: str, *, explain: str = "") -> Report:
    """A snapshot line by line beside today's count, or the rows that came and went behind one indicator.

    Raises:
        NotFound: there is no such snapshot, or no such indicator in it.
        Corrupt: its content is not what was frozen.
        NotAllowed: the actor is none of the programme's.
    """
    seen = sees_restricted(work)
    number, snapshot = _read(work, number)
    scope, counting = _counting(work, snapshot)
    if explain:
        return moved_report(counting, snapshot, explain, sees_restricted=seen, standing=scope.standing)
    return drift_report(compared(counting, snapshot), number=number, standing=scope.standing)


def snapshot_listed(work: Work, number: str) -> list[dict[str, Any]]:
    """The same lines as plain objects.

    Raises:
        NotFound, Corrupt, NotAllowed: as `snapshot_report`.
    """
    sees_restricted(work)
    number, snapshot = _read(work, number)
    _, counting = _counting(work, snapshot)
    return drift_list(compared(counting, snapshot), number=number, snapshot=snapshot)


def refuse_with_snapshot(field: str, value: object) -> None:
    """A snapshot has its own day, groups and figures; what would say otherwise is not asked beside it.

    Raises:
        InvalidInput: it was asked.
    """
    if value:
        raise InvalidInput(
            field=field,
            problem="a snapshot has its own day and groups, and is compared in full inside the house",
            remedy="leave it out; for a table to share ask `report indicators --as-of DAY --shared`",
        )


def _read(work: Work, number: str) -> tuple[str, Snapshot]:
    wanted = number.strip().upper()
    paper = read_paper(work, wanted)
    if paper.row.kind != KIND:
        raise NotFound(what="snapshot", which=wanted, look="seedfund list papers")
    return wanted, snapshot_of(paper.values())


def _counting(work: Work, snapshot: Snapshot) -> tuple[Scope, Counting]:
    scope = open_scope(work, as_of=snapshot.as_of)
    return scope, Counting(reader=scope.reader, programme=work.programme.id, on=snapshot.as_of)
