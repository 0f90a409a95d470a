"""Vacancies, interviews and placements as the desk shows them; where somebody works only for those who accompany."""

from seedfund.accompaniment.queries.employment import (
    checks_of,
    list_interviews,
    list_placements,
    open_interview,
    open_placement,
)
from seedfund.accompaniment.queries.vacancies import VacancyRow, list_vacancies, vacancy_by_number
from seedfund.accompaniment.rules.employment import RETENTION_MONTHS, retention_on
from seedfund.people.queries import names_of, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.visits import WORDS_ROLES
from seedfund.reports.value import Word
from seedfund.store.work import Work


def _vacancy(one: VacancyRow) -> Row:
    return {
        "employer": one.employer,
        "title": one.title,
        "posts": one.posts,
        "wage_least": one.wage_least,
        "wage_most": one.wage_most,
        "wage_per": Word(one.wage_per.value),
        "locality": one.locality,
        "open_until": one.open_until,
        "state": Word(one.state),
    }


def vacancy_rows(work: Work) -> list[Row]:
    """What employers offer."""
    return [
        {"number": one.number, **_vacancy(one)} for one in list_vacancies(work.reader(), work.programme.id)
    ]


def show_vacancy(work: Work, number: str) -> Thing:
    """A vacancy with the interviews and placements the actor may see."""
    one = vacancy_by_number(work.reader(), work.programme.id, number.upper())
    interviews: list[Row] = [
        {"number": row.number, "on": row.due_on, "state": Word(row.state)}
        for row in list_interviews(work)
        if row.vacancy == one.number
    ]
    placements: list[Row] = [
        {"number": row.number, "starts": row.starts_on, "state": Word(row.state)}
        for row in list_placements(work)
        if row.vacancy == one.number
    ]
    fields = {**_vacancy(one), "fair": one.fair}
    return Thing("vacancy", one.number, fields, {"interviews": interviews, "placements": placements})


def interview_rows(work: Work) -> list[Row]:
    """Interviews with what came of them; those of restricted people only for named roles."""
    found = list_interviews(work)
    names = names_of(work, list(dict.fromkeys(one.participant_id for one in found)))
    return [
        {
            "number": one.number,
            "participant": names[one.participant_id].printed,
            "vacancy": one.vacancy,
            "due_on": one.due_on,
            "state": Word(one.state),
            "result": None if one.result is None else Word(one.result.value),
        }
        for one in found
    ]


def show_interview(work: Work, number: str) -> Thing:
    """An interview; its note for those who accompany people."""
    one, note = open_interview(work, number.upper())
    names = names_of(work, [one.participant_id])
    fields: Row = {
        "state": Word(one.state),
        "participant": names[one.participant_id].printed,
        "vacancy": one.vacancy,
        "fair": one.fair,
        "due_on": one.due_on,
        "result": None if one.result is None else Word(one.result.value),
    }
    if roles_of(work).intersection(WORDS_ROLES):
        fields["note"] = note
    return Thing("interview", one.number, fields)


def placement_rows(work: Work) -> list[Row]:
    """Placements with how each stands at its checks today; those of restricted people only for named roles."""
    found = list_placements(work)
    names = names_of(work, list(dict.fromkeys(one.participant_id for one in found)))
    checks = checks_of(work.reader(), [one.id for one in found])
    rows: list[Row] = []
    for one in found:
        stands = retention_on(one.starts_on, [row.check for row in checks.get(one.id, ())], on=work.today())
        rows.append(
            {
                "number": one.number,
                "participant": names[one.participant_id].printed,
                "kind": Word(one.kind.value),
                "contract": None if one.contract is None else Word(one.contract.value),
                "weekly_hours": one.weekly_hours,
                "starts_on": one.starts_on,
                "state": Word(one.state),
                **{f"month_{months}": Word(stands[months].value) for months in RETENTION_MONTHS},
            }
        )
    return rows


def show_placement(work: Work, number: str) -> Thing:
    """A placement with its checks; where somebody works, for those who accompany people."""
    opened = open_placement(work, number.upper())
    one = opened.placement
    names = names_of(work, [one.participant_id])
    may_read = bool(roles_of(work).intersection(WORDS_ROLES))
    fields: Row = {
        "state": Word(one.state),
        "participant": names[one.participant_id].printed,
        "vacancy": one.vacancy,
        "interview": one.interview,
        "kind": Word(one.kind.value),
        "contract": None if one.contract is None else Word(one.contract.value),
        "weekly_hours": one.weekly_hours,
        "starts_on": one.starts_on,
        "ended_on": one.ended_on,
    }
    if may_read:
        fields["work"] = opened.work
    checks: list[Row] = [
        {
            "on": row.check.on,
            "months": row.check.months,
            "result": Word(row.check.result.value),
            "reason": None if row.reason is None else Word(row.reason.value),
            "note": note if may_read else None,
            "actor": row.recorder,
        }
        for row, note in zip(opened.checks, opened.notes, strict=True)
    ]
    return Thing("placement", one.number, fields, {"checks": checks})
