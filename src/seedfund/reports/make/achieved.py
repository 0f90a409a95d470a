"""What the programme achieved, counted. Nothing here writes."""

from typing import Any

from seedfund.kernel.errors import InvalidInput
from seedfund.people.queries import sees_restricted
from seedfund.reports.asked import NOW, Asked, scope_of
from seedfund.reports.indicators import report as indicator_table
from seedfund.reports.indicators.compute import Counting, count, explain, indicator_of
from seedfund.reports.indicators.declared import INDICATORS
from seedfund.reports.indicators.rules import dimensions_of, hide_small
from seedfund.reports.queries.scope import Scope
from seedfund.reports.snapshots import refuse_with_snapshot, snapshot_listed, snapshot_report
from seedfund.reports.value import Report
from seedfund.store.work import Work


def indicators(work: Work, *, asked: Asked = NOW) -> Report:
    """What the programme achieved by a day, the rows behind one figure (`explain`), or either against a `snapshot`.

    Raises:
        NotFound: there is no such indicator or snapshot.
        InvalidInput: there is no such dimension, or an earlier knowledge is asked for.
        NotAllowed: the actor is none of the programme's.
    """
    if asked.snapshot:
        _only_snapshot(asked)
        return snapshot_report(work, asked.snapshot, explain=asked.explain)
    scope = scope_of(work, asked)
    counting = _counting(scope, asked)
    if asked.explain:
        rows = explain(counting, asked.explain, sees_restricted=sees_restricted(work))
        return indicator_table.rows_report(
            indicator_of(asked.explain), rows, scope=work.programme.name, standing=scope.standing
        )
    told = _told(counting, asked)
    return indicator_table.indicators_report(told, scope=work.programme.name, standing=scope.standing)


def indicators_listed(work: Work, asked: Asked) -> list[dict[str, Any]]:
    """The same as plain objects.

    Raises:
        NotFound, InvalidInput, NotAllowed: as `indicators`.
    """
    if asked.snapshot:
        _only_snapshot(asked)
        return snapshot_listed(work, asked.snapshot)
    sees_restricted(work)
    return indicator_table.indicators_list(_told(_counting(scope_of(work, asked), asked), asked))


def _only_snapshot(asked: Asked) -> None:
    """A snapshot is asked for alone, or with one indicator to be explained."""
    refuse_with_snapshot("as_of", asked.as_of)
    refuse_with_snapshot("as_known", asked.as_known)
    refuse_with_snapshot("by", asked.by)
    refuse_with_snapshot("shared", asked.is_shared)


def _counting(scope: Scope, asked: Asked) -> Counting:
    if asked.as_known is not None:
        raise InvalidInput(
            field="as_known",
            problem="indicators are counted from what is known now",
            remedy="compare with what was frozen: `report indicators --snapshot IS-…`; `seedfund list papers` has all",
        )
    return Counting(reader=scope.reader, programme=scope.work.programme.id, on=scope.as_of)


def _told(counting: Counting, asked: Asked) -> indicator_table.Told:
    figures = count(counting, list(INDICATORS.values()), dimensions_of(asked.by))
    return indicator_table.Told(
        figures=hide_small(figures) if asked.is_shared else figures,
        rule=counting.rule,
        as_of=counting.on,
        is_shared=asked.is_shared,
    )
