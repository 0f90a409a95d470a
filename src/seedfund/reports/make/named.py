"""Every report by its name, and what has to be given for it. Must not know how any is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from seedfund.kernel.errors import InvalidInput, NotFound, with_nearest
from seedfund.kernel.lazy import Later
from seedfund.reports.asked import NOW, Asked
from seedfund.reports.books.face_form import TITLE as FACE_FORM
from seedfund.reports.books.reconciliation import TITLE as RECONCILIATION
from seedfund.reports.brought import marked, marked_objects
from seedfund.reports.value import Report
from seedfund.store.work import Work

_REPORTS: Final = "seedfund.reports"


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report by its file name: its title (a message id), and what of `Asked` has to be given.

    `listed` makes the list of plain objects that stands for it as JSON; without one it is the whole report.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    make: Callable[[Work, Asked], Report]
    listed: Callable[[Work, Asked], list[dict[str, Any]]] | None = None


def _made(room: str, name: str, of: str = "") -> Callable[[Work, Asked], Report]:
    """A report of another room, loaded when it is asked for; `of` is what it is made of, a field of `Asked`."""
    found = Later(f"{_REPORTS}.{room}", name)

    def make(work: Work, asked: Asked) -> Report:
        given = (getattr(asked, of),) if of else ()
        report: Report = found(work, *given, asked=asked)
        return report

    return make


_KINDS: Final = (
    ReportKind("fund_summary", "Summary of funds", (), _made("make.money", "fund_summary")),
    ReportKind(
        "participant_grant_ledger",
        "Participant grant ledger",
        ("number",),
        _made("make.money", "participant_ledger", "number"),
    ),
    ReportKind("fund_ledger", "Fund ledger", ("fund",), _made("make.money", "fund_ledger", "fund")),
    ReportKind("cash_book", "Cash book", ("account",), _made("make.money", "cash_book", "account")),
    ReportKind(
        "reconciliation", RECONCILIATION, ("account",), _made("reconciled", "reconciliation", "account")
    ),
    ReportKind("trial_balance", "Trial balance", (), _made("make.money", "trial_balance")),
    ReportKind(
        "budget_vs_actual",
        "Budget against actual",
        ("fund",),
        _made("make.money", "budget_vs_actual", "fund"),
    ),
    ReportKind("face_form", FACE_FORM, ("fund",), _made("make.money", "face_form", "fund")),
    ReportKind("week", "The week", (), _made("make.work", "week")),
    ReportKind("open_advances_ageing", "Open advances by age", (), _made("make.money", "ageing")),
    ReportKind("exceptions", "Exceptions", (), _made("make.work", "exceptions")),
    ReportKind(
        "indicators",
        "Indicators",
        (),
        _made("make.achieved", "indicators"),
        Later(f"{_REPORTS}.make.achieved", "indicators_listed"),
    ),
)
REPORTS: Final[Mapping[str, ReportKind]] = MappingProxyType({kind.name: kind for kind in _KINDS})


def make_report(work: Work, name: str, asked: Asked = NOW) -> Report:
    """A report by its name; dashes and underscores are the same.

    Raises:
        NotFound: there is no report, fund, account or grant of that name.
        InvalidInput: what the report needs was not given, or the period is turned around.
        NotAllowed: the actor is none of the programme's.
    """
    report = _kind(name, asked).make(work, asked)
    return marked(work, report, number=asked.number, account=asked.account, is_shared=asked.is_shared)


def listed_report(work: Work, name: str, asked: Asked = NOW) -> list[dict[str, Any]] | None:
    """A report as a list of plain objects, or None where it has no such form.

    Raises:
        NotFound, InvalidInput, NotAllowed: as `make_report`.
    """
    kind = _kind(name, asked)
    found = None if kind.listed is None or asked.explain else kind.listed(work, asked)
    return found and marked_objects(work, found, as_of=asked.as_of)


def _kind(name: str, asked: Asked) -> ReportKind:
    kind = REPORTS.get(name.replace("-", "_"))
    if kind is None:
        raise NotFound(what="report", which=with_nearest(name, REPORTS), look="seedfund report")
    for field in kind.needs:
        if not getattr(asked, field):
            raise InvalidInput(
                field=field,
                problem=f"the report {kind.name} is made for one, and none was named",
                remedy=f"give --{field}",
            )
    return kind
