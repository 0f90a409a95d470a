"""Business monitoring as the desk shows it: looks at businesses, and one beside its plan and the look before."""

from seedfund.accompaniment.queries.monitoring import (
    Compared,
    MonitoringRow,
    MonitoringVersion,
    list_monitoring,
    open_monitoring,
)
from seedfund.accompaniment.rules.monitoring import Change
from seedfund.people.queries import names_of, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.visits import WORDS_ROLES
from seedfund.reports.value import Word
from seedfund.store.work import Work


def monitoring_rows(work: Work) -> list[Row]:
    """Every look at a business; those of restricted people only for named roles."""
    found = list_monitoring(work)
    names = names_of(work, list(dict.fromkeys(one.participant_id for one in found)))
    return [
        {
            "number": one.number,
            "plan": one.plan,
            "participant": names[one.participant_id].printed,
            "on": one.visited_on,
            "is_operating": one.is_operating,
            "sales": one.figures.sales,
            "costs": one.figures.costs,
            "profit": one.figures.profit,
            "irregular": [Word(each.value) for each in one.irregular],
            "state": _standing(one),
        }
        for one in found
    ]


def show_monitoring(work: Work, number: str) -> Thing:
    """A look at a business: what was found, figures beside plan and look before, every version."""
    opened = open_monitoring(work, number.upper())
    one = opened.row
    fields: Row = {
        "plan": one.plan,
        "participant": names_of(work, [one.participant_id])[one.participant_id].printed,
        "on": one.visited_on,
        "month": one.month,
        "is_operating": one.is_operating,
        "stood_still_for": None if one.stood_still_for is None else Word(one.stood_still_for.value),
        "paid_women": one.paid_women,
        "paid_men": one.paid_men,
        "family_women": one.family_women,
        "family_men": one.family_men,
        "family_hands": one.family,
        "irregular": [Word(each.value) for each in one.irregular],
        "state": _standing(one),
        "version": one.version,
        "correction": one.correction,
        "actor": one.recorder,
    }
    if roles_of(work).intersection(WORDS_ROLES):
        fields["note"] = opened.note
    figures: list[Row] = [_figure(each) for each in opened.compared]
    versions: list[Row] = [_version(each) for each in opened.versions]
    return Thing("monitoring", one.number, fields, {"figures": figures, "versions": versions})


def _standing(one: MonitoringRow) -> Word:
    """Whether a look counts: an irregular one does once somebody accepted it."""
    if not one.irregular or one.is_accepted:
        return Word("counted")
    return Word("open" if one.is_accepted is None else "set_aside")


def _version(one: MonitoringVersion) -> Row:
    return {
        "version": one.version,
        "is_operating": one.is_operating,
        "month": one.month,
        "sales": one.figures.sales,
        "costs": one.figures.costs,
        "profit": one.figures.profit,
        "stock": one.figures.stock,
        "cash": one.figures.cash,
        "correction": one.correction,
        "recorded_on": one.recorded_on,
        "actor": one.recorder,
    }


def _figure(one: Compared) -> Row:
    return {
        "figure": Word(one.name),
        "amount": one.now,
        "as_planned": one.planned,
        "against_plan": _told(one.against_plan),
        "against_last": _told(one.against_last),
    }


def _told(change: Change | None) -> str | None:
    """The difference with its sign, and in per cent where there is something to compare with."""
    if change is None:
        return None
    sign = "+" if change.difference.minor > 0 else ""
    rate = "" if change.basis_points is None else f" ({change.basis_points / 100:+.1f} %)"
    return f"{sign}{change.difference}{rate}"
