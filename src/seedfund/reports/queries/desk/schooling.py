"""Schooling as the desk shows it: the list of all, and one with its school for those who accompany people."""

from seedfund.people.queries import household_rows, names_of, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.visits import WORDS_ROLES
from seedfund.reports.value import Word
from seedfund.schooling.queries import list_schoolings, open_schooling
from seedfund.store.work import Work


def schooling_rows(work: Work) -> list[Row]:
    """Every schooling; those of restricted children only for named roles."""
    found = list_schoolings(work)
    names = names_of(work, list(dict.fromkeys(one.participant_id for one in found)))
    homes = household_rows(work.reader(), [one.household_id for one in found if one.household_id is not None])
    return [
        {
            "number": one.number,
            "child": names[one.participant_id].printed,
            "household": None if one.household_id is None else homes[one.household_id].number,
            "kind": Word(one.kind.value),
            "term": one.term,
            "state": Word(one.state),
            "irregular": None if one.irregularity is None else Word(one.irregularity.value),
        }
        for one in found
    ]


def show_schooling(work: Work, number: str) -> Thing:
    """A schooling with its steps; school and proofs for those who accompany people."""
    opened = open_schooling(work, number.upper())
    one = opened.schooling
    names = names_of(work, [one.participant_id])
    may_read = bool(roles_of(work).intersection(WORDS_ROLES))
    fields: Row = {
        "state": Word(one.state),
        "child": names[one.participant_id].printed,
        "kind": Word(one.kind.value),
        "term": one.term,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "irregular": None if one.irregularity is None else Word(one.irregularity.value),
        "is_accepted": one.is_accepted,
    }
    if may_read:
        fields["school"] = opened.school
    steps: list[Row] = [
        {
            "on": step.happened_on,
            "to": Word(step.to_state),
            "reason": None if step.reason is None else Word(step.reason),
            "proof": Word(step.proof.value),
            "proof_ref": step.proof_ref if may_read else None,
            "actor": step.recorder,
        }
        for step in opened.steps
    ]
    return Thing("schooling", one.number, fields, {"steps": steps})
