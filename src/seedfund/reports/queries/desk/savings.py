"""Accounts at third parties, savings plans and savings groups as the desk shows them.

A number is shown by its last four signs, and only to those who propose or verify accounts. A restricted person's
account stands in no list of those who may not see them, and neither does one shared with such a person.
"""

from collections.abc import Mapping, Sequence

from seedfund.kernel.dates import add_months
from seedfund.kernel.errors import NotAllowed, NotFound
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.secret import Secret
from seedfund.people.queries import PersonName, names_of, open_accounts
from seedfund.reports.queries.desk.reads import Row
from seedfund.reports.queries.desk.thing import Thing
from seedfund.reports.queries.parties import handles
from seedfund.reports.value import Word
from seedfund.savings.queries.groups import (
    CycleFacts,
    MeetingFacts,
    cycles_of,
    group_by_number,
    list_groups,
    meetings_of,
    members_of,
    share_outs_of,
    shares_by_member,
)
from seedfund.savings.queries.links import (
    LinkFacts,
    StepFacts,
    link_by_number,
    links_by_id,
    links_of,
    list_links,
    number_place,
    sealed_number,
    steps_of,
)
from seedfund.savings.queries.observations import (
    ObservationFacts,
    counted_of,
    counting,
    observation_by_number,
    observations_of,
)
from seedfund.savings.queries.plans import (
    SavingsPlanFacts,
    list_savings_plans,
    plans_of,
    saved_in,
    savings_plan,
)
from seedfund.savings.rules.links import masked
from seedfund.savings.rules.observing import (
    USE_MONTHS,
    Unknown,
    activity_on,
    balance_on,
    deposits_between,
    net_saved,
)
from seedfund.savings.rules.plans import planned_by
from seedfund.store.unit import open_vaults
from seedfund.store.work import Work


def _told(value: Money | Unknown) -> Money | Word:
    """An amount, or the word that says why there is none."""
    return Word(value.value) if isinstance(value, Unknown) else value


def _holders(link: LinkFacts) -> tuple[Key, ...]:
    return link.participant_id, *([] if link.co_holder_id is None else [link.co_holder_id])


def _visible(work: Work, links: Sequence[LinkFacts]) -> dict[Key, Mapping[Key, PersonName]]:
    """The names of each account's holders, of those accounts the actor may see."""
    names = names_of(work, [person for link in links for person in _holders(link)])
    return {link.id: names for link in links if not any(names[person].is_hidden for person in _holders(link))}


def links_rows(work: Work, links: Sequence[LinkFacts] | None = None) -> list[Row]:
    """Accounts with what was observed of them by today, those of hidden people left out."""
    reader, today = work.reader(), work.today()
    every = list_links(reader, work.programme.id) if links is None else links
    names = _visible(work, every)
    shown = [link for link in every if link.id in names]
    seen = counted_of(reader, [link.id for link in shown])
    return [
        {
            "number": link.number,
            "holder": names[link.id][link.participant_id].printed,
            "kind": Word(link.kind.value),
            "holding": Word(f"{link.holding.value} account"),
            "institution": link.institution,
            "state": Word(link.state),
            "balance": _told(balance_on(seen[link.id], today)),
            "last_observed": seen[link.id][-1].on if seen[link.id] else None,
            "use": Word(activity_on(seen[link.id], link.life, today).value),
        }
        for link in shown
    ]


def links_of_person(work: Work, person: Key) -> list[Row]:
    """The accounts of one person, for their own page."""
    return links_rows(work, links_of(work.reader(), [person])[person])


def plan_rows(work: Work) -> list[Row]:
    """Savings plans with what was saved by today, those of hidden people left out."""
    reader, today = work.reader(), work.today()
    plans = list_savings_plans(reader, work.programme.id)
    links = links_by_id(reader, [plan.link_id for plan in plans])
    names = _visible(work, list(links.values()))
    saved = saved_in(reader, plans, today)
    return [
        {
            "number": plan.number,
            "link": links[plan.link_id].number,
            "holder": names[plan.link_id][links[plan.link_id].participant_id].printed,
            "purpose": Word(plan.terms.purpose.value),
            "state": Word(plan.state),
            "target": plan.terms.target,
            "saved": _told(saved[plan.id]),
            "planned_by_now": planned_by(plan.terms, today),
            "ends": plan.terms.ends_on,
        }
        for plan in plans
        if plan.link_id in names
    ]


def group_rows(work: Work) -> list[Row]:
    """Savings groups with their open cycle."""
    reader = work.reader()
    groups = list_groups(reader, work.programme.id)
    ids = [group.id for group in groups]
    members, cycles = members_of(reader, ids), cycles_of(reader, ids)
    found = []
    for group in groups:
        cycle = next((one for one in cycles[group.id] if one.state == "open"), None)
        found.append(
            {
                "number": group.number,
                "name": group.name,
                "locality": group.locality,
                "members": sum(1 for one in members[group.id] if one.left_on is None),
                "cycle": None if cycle is None else cycle.position,
                "share": None if cycle is None else Money(cycle.share_minor, group.currency),
                "formed_on": group.formed_on,
            }
        )
    return found


def show_link(work: Work, number: str) -> Thing:
    """An account: its trail, the readings with what became of each, its plans; or that of a reading's number.

    Raises:
        NotFound: there is no such account or reading.
        NotAllowed: a holder is restricted.
    """
    reader = work.reader()
    link = _link_of(work, number)
    names = _visible(work, [link]).get(link.id)
    if names is None:
        raise NotAllowed(f"{link.number} is restricted; ask the protection officer or the director.")
    rows, today = observations_of(reader, [link.id])[link.id], work.today()
    seen = tuple(one.observed for one in counting(rows))
    fields: Row = {
        "state": Word(link.state),
        "holder": names[link.participant_id].printed,
        "co_holder": None if link.co_holder_id is None else names[link.co_holder_id].printed,
        "kind": Word(link.kind.value),
        "holding": Word(f"{link.holding.value} account"),
        "institution": link.institution,
        "product": link.product,
        "currency": link.currency,
        "invited_on": link.invited_on,
        "opened_on": link.opened_on,
        "balance": _told(balance_on(seen, today)),
        "use": Word(activity_on(seen, link.life, today).value),
    }
    since = add_months(today, -USE_MONTHS)
    fields["deposited_in_12_months"] = _told(deposits_between(seen, link.life, start=since, end=today))
    fields["net_saved_in_12_months"] = _told(net_saved(seen, link.life, start=since, end=today))
    actors = handles(reader, work.programme.id)
    parts = {
        "trail": [_step(one, actors) for one in steps_of(reader, [link.id])[link.id]],
        "observations": _readings(rows, actors),
        "savings plans": [_plan(plan) for plan in plans_of(reader, [link.id])],
    }
    return Thing("savings link", link.number, fields, parts)


def _link_of(work: Work, number: str) -> LinkFacts:
    reader = work.reader()
    try:
        return link_by_number(reader, work.programme.id, number)
    except NotFound:
        found = observation_by_number(reader, work.programme.id, number)
        return links_by_id(reader, [found.link_id])[found.link_id]


def masked_number(work: Work, number: str) -> Secret | None:
    """The last four signs of an account's number; None where none is known, or its holder was erased."""
    reader = work.reader()
    link = _link_of(work, number)
    if link.payout_account_id is not None:
        opened = open_accounts(work, [link.payout_account_id]).get(link.payout_account_id)
        return None if opened is None else Secret(masked(opened.number.reveal()))
    blob = sealed_number(reader, link.id)
    vault = open_vaults(reader, work, [link.participant_id]).get(link.participant_id)
    if blob is None or vault is None:
        return None
    return Secret(masked(vault.open(blob, number_place(link.id)).reveal()))


def _step(one: StepFacts, actors: Mapping[Key, str]) -> Row:
    step = one.step
    return {
        "on": step.on,
        "state": Word(step.state),
        "refused_for": None if step.reason is None else Word(step.reason.value),
        "barrier": None if step.barrier is None else Word(step.barrier.value),
        "proof": None if step.proof is None else Word(step.proof.value),
        "recorded_by": actors.get(one.recorded_by),
    }


def _readings(rows: Sequence[ObservationFacts], actors: Mapping[Key, str]) -> list[Row]:
    counted = {one.id for one in counting(rows)}
    return [
        {
            "number": one.number,
            "on": one.observed.on,
            "balance": one.observed.balance,
            "deposited": one.observed.deposited,
            "withdrawn": one.observed.withdrawn,
            "source": Word(one.observed.source.value),
            "observer": actors.get(one.observer_id),
            "counts": one.id in counted,
            "irregular": None if one.irregular is None else Word(one.irregular.value),
            "reason": one.reason,
        }
        for one in rows
    ]


def _plan(plan: SavingsPlanFacts) -> Row:
    return {
        "number": plan.number,
        "purpose": Word(plan.terms.purpose.value),
        "state": Word(plan.state),
        "target": plan.terms.target,
        "monthly": plan.terms.monthly,
    }


def show_savings_plan(work: Work, number: str) -> Thing:
    """A savings plan: what was agreed, and how far it has come by today.

    Raises:
        NotFound: there is no such plan.
        NotAllowed: a holder is restricted.
    """
    reader = work.reader()
    plan = savings_plan(reader, work.programme.id, number)
    link = links_by_id(reader, [plan.link_id])[plan.link_id]
    names = _visible(work, [link]).get(link.id)
    if names is None:
        raise NotAllowed(f"{plan.number} is restricted; ask the protection officer or the director.")
    terms, today = plan.terms, work.today()
    fields: Row = {
        "state": Word(plan.state),
        "holder": names[link.participant_id].printed,
        "link": link.number,
        "purpose": Word(terms.purpose.value),
        "target": terms.target,
        "monthly": terms.monthly,
        "starts": terms.starts_on,
        "ends": terms.ends_on,
        "planned_by_now": planned_by(terms, today),
        "saved": _told(saved_in(reader, [plan], today)[plan.id]),
        "match_basis_points": terms.match_basis_points,
        "match_most": terms.match_most,
    }
    return Thing("savings plan", plan.number, fields)


def show_group(work: Work, number: str) -> Thing:
    """A savings group: its members by the number in the passbook, its cycles, meetings and share-outs.

    Raises:
        NotFound: there is no such group.
    """
    reader = work.reader()
    group = group_by_number(reader, work.programme.id, number)
    cycles = cycles_of(reader, [group.id])[group.id]
    books = meetings_of(reader, [cycle.id for cycle in cycles])
    latest = books[cycles[-1].id] if cycles else []
    fields: Row = {
        "name": group.name,
        "locality": group.locality,
        "currency": group.currency,
        "formed_on": group.formed_on,
    }
    parts = {
        "members": _members(work, group.id, shares_by_member(latest)),
        "cycles": [_cycle(cycle, group.currency) for cycle in cycles],
        "meetings": [_meeting(one) for cycle in cycles for one in books[cycle.id]],
        "share_out": [
            {
                "number": one.number,
                "on": one.shared_on,
                "member": member,
                "shares": shares,
                "amount": Money(minor, group.currency),
            }
            for one in share_outs_of(reader, [cycle.id for cycle in cycles])
            for member, shares, minor in one.lines
        ],
    }
    return Thing("savings group", group.number, fields, parts)


def _members(work: Work, group: Key, shares: Mapping[int, int]) -> list[Row]:
    """The members; a hidden person has the passbook's number alone, as has somebody outside the programme."""
    members = members_of(work.reader(), [group])[group]
    names = names_of(work, [one.participant_id for one in members if one.participant_id])
    found = []
    for one in members:
        name = None if one.participant_id is None else names[one.participant_id]
        found.append(
            {
                "member": one.position,
                "name": None if name is None or name.is_hidden else name.printed,
                "shares": shares.get(one.position, 0),
                "since": one.joined_on,
                "left_on": one.left_on,
            }
        )
    return found


def _cycle(cycle: CycleFacts, currency: str) -> Row:
    return {
        "cycle": cycle.position,
        "state": Word(cycle.state),
        "share": Money(cycle.share_minor, currency),
        "shares_most": cycle.shares_most,
        "began_on": cycle.began_on,
        "ended_on": cycle.ended_on,
    }


def _meeting(one: MeetingFacts) -> Row:
    return {
        "number": one.number,
        "on": one.book.held_on,
        "members": len(one.book.rows),
        "shares": sum(row.shares for row in one.book.rows),
        "fund_counted": one.book.fund_counted,
        "social_counted": one.book.social_counted,
        "counts": one.is_counted,
        "irregular": None if one.irregular is None else Word(one.irregular.value),
    }
