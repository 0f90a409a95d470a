"""Services, referrals and what keeps people from both services and accounts, as the desk shows them."""

from collections.abc import Sequence

from seedfund.accompaniment.queries.referrals import (
    ReferralRow,
    list_referrals,
    open_referral,
    referral_steps,
)
from seedfund.accompaniment.queries.services import list_services, service_by_number, service_steps
from seedfund.people.queries import names_of, roles_of
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.desk.visits import WORDS_ROLES
from seedfund.reports.value import Word
from seedfund.savings.queries.links import list_links, steps_of
from seedfund.store.work import Work


def service_rows(work: Work) -> list[Row]:
    """The catalogue of services."""
    return [
        {
            "number": one.number,
            "name": one.name,
            "offered_by": one.provider,
            "provider_kind": Word(one.provider_kind.value),
            "kind": Word(one.kind.value),
            "locality": one.locality,
            "state": Word(one.state),
        }
        for one in list_services(work.reader(), work.programme.id)
    ]


def show_service(work: Work, number: str) -> Thing:
    """A service with its steps."""
    reader = work.reader()
    one = service_by_number(reader, work.programme.id, number.upper())
    fields: Row = {
        "name": one.name,
        "offered_by": one.provider,
        "provider_kind": Word(one.provider_kind.value),
        "kind": Word(one.kind.value),
        "locality": one.locality,
        "place": one.place,
        "open_to": one.open_to,
        "state": Word(one.state),
    }
    steps: list[Row] = [
        {"on": step.happened_on, "to": Word(step.to_state), "reason": step.reason, "actor": step.recorder}
        for step in service_steps(reader, one.id)
    ]
    return Thing("service", one.number, fields, {"steps": steps})


def referral_rows(work: Work) -> list[Row]:
    """Every referral; those of restricted people only for named roles."""
    return _referrals(work, list_referrals(work))


def _referrals(work: Work, found: Sequence[ReferralRow]) -> list[Row]:
    names = names_of(work, list(dict.fromkeys(one.participant_id for one in found)))
    return [
        {
            "number": one.number,
            "participant": names[one.participant_id].printed,
            "service": one.service,
            "kind": Word(one.kind.value),
            "offered_on": one.offered_on,
            "answer_by": one.answer_by,
            "state": Word(one.state),
        }
        for one in found
    ]


def show_referral(work: Work, number: str) -> Thing:
    """A referral with its steps; what is needed and was told, for those who accompany people."""
    opened = open_referral(work, number.upper())
    one = opened.referral
    names = names_of(work, [one.participant_id])
    may_read = bool(roles_of(work).intersection(WORDS_ROLES))
    fields: Row = {
        "state": Word(one.state),
        "participant": names[one.participant_id].printed,
        "service": one.service,
        "kind": Word(one.kind.value),
        "ground": Word(one.ground.value),
        "offered_on": one.offered_on,
        "answer_by": one.answer_by,
    }
    if may_read:
        fields["need"] = opened.need
    steps: list[Row] = [
        {
            "on": step.happened_on,
            "to": Word(step.to_state),
            "declined_by": None if step.declined_by is None else Word(step.declined_by.value),
            "barrier": None if step.barrier is None else Word(step.barrier.value),
            "irregular": None if step.irregularity is None else Word(step.irregularity.value),
            "note": note if may_read else None,
            "actor": step.recorder,
        }
        for step, note in zip(opened.steps, opened.notes, strict=True)
    ]
    return Thing("referral", one.number, fields, {"steps": steps})


def barrier_rows(work: Work) -> list[Row]:
    """What kept people from services and accounts, a row each, coded alike; those of hidden people left out."""
    rows = [*_of_services(work), *_of_accounts(work)]
    return sorted(rows, key=lambda row: (row["on"], row["number"]))


def _of_services(work: Work) -> list[Row]:
    found = {one.id: one for one in list_referrals(work)}
    return [
        {
            "on": step.happened_on,
            "number": found[referral].number,
            "kind": Word(found[referral].kind.value),
            "barrier": Word(step.barrier.value),
            "said": None if step.declined_by is None else Word(step.declined_by.value),
        }
        for referral, steps in referral_steps(work.reader(), list(found)).items()
        for step in steps
        if step.barrier is not None
    ]


def _of_accounts(work: Work) -> list[Row]:
    reader = work.reader()
    links = {one.id: one for one in list_links(reader, work.programme.id)}
    holders = {
        key: [one.participant_id, *([] if one.co_holder_id is None else [one.co_holder_id])]
        for key, one in links.items()
    }
    names = names_of(work, list(dict.fromkeys(person for own in holders.values() for person in own)))
    return [
        {
            "on": fact.step.on,
            "number": links[link].number,
            "kind": Word("account"),
            "barrier": Word(fact.step.barrier.value),
            "said": None if fact.step.reason is None else Word(fact.step.reason.value),
        }
        for link, trail in steps_of(reader, list(links)).items()
        for fact in trail
        if fact.step.barrier is not None and not any(names[person].is_hidden for person in holders[link])
    ]
