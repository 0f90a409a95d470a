"""Reads of plans by number or key; sealed content is opened only with a work."""

from collections.abc import Mapping

from seedfund.kernel.errors import NotFound
from seedfund.kernel.ids import Key
from seedfund.plans.queries.facts import DecisionFacts, ItemFacts, PlanFacts, SessionFacts
from seedfund.plans.queries.statements import (
    DECISION_OF_PLAN,
    INTERESTS,
    ITEMS,
    MEMBERS,
    PLAN,
    PLAN_OF_VERSION,
    PLANS,
    PLANS_OF_VERSIONS,
    VERSION_ID,
)
from seedfund.plans.rules import (
    BusinessPlan,
    PlanDiff,
    Session,
    diff_plans,
    plan_from_text,
)
from seedfund.store.sealing.vault import Place, Vault
from seedfund.store.statements import Reader
from seedfund.store.unit import open_vault
from seedfund.store.work import Work


def content_place(version_id: Key) -> Place:
    """Where a version's sealed content stands."""
    return Place("sf_plan_version", version_id, "content")


def plan_facts(reader: Reader, programme_id: Key, number: str) -> PlanFacts:
    """A plan with its newest version; locks it inside a command.

    Raises:
        NotFound: there is none of that number.
    """
    found = reader.first(PLAN, programme=programme_id, number=number)
    if found is None:
        raise NotFound(what="plan", which=number)
    return found


def decision_of_plan(reader: Reader, programme_id: Key, number: str) -> DecisionFacts | None:
    """The newest committee decision about a plan, or None when there is none yet."""
    return reader.first(DECISION_OF_PLAN, programme=programme_id, number=number)


def items_of(reader: Reader, version_ids: list[Key]) -> Mapping[Key, list[ItemFacts]]:
    """The start-up lists of versions, by version, lines in order."""
    result: dict[Key, list[ItemFacts]] = {version: [] for version in version_ids}
    for item in reader.among(ITEMS, "versions", version_ids):
        result[item.version_id].append(item)
    return result


def open_version(work: Work, version_id: Key) -> BusinessPlan:
    """A version's whole content, opened with its owner's data key.

    Raises:
        NotFound: there is no such version, or the owner was erased.
        Corrupt: the content was altered.
    """
    reader = work.reader()
    found = reader.first(PLAN_OF_VERSION, id=version_id)
    if found is None:
        raise NotFound(what="plan version", which=version_id)
    _, _, participant, content = found
    return opened(open_vault(reader, work, participant), version_id, content)


def opened(vault: Vault, version_id: Key, content: bytes) -> BusinessPlan:
    """The plan in a sealed content."""
    return plan_from_text(vault.open(content, content_place(version_id)).reveal())


def plans_of_versions(reader: Reader, version_ids: list[Key]) -> dict[Key, Key]:
    """The plan of each of these versions."""
    return dict(reader.among(PLANS_OF_VERSIONS, "versions", version_ids))


def diff_versions(work: Work, number: str, *, before: int, after: int) -> PlanDiff:
    """What changed between two versions of a plan.

    Raises:
        NotFound: a version does not exist.
    """
    facts = plan_facts(work.reader(), work.programme.id, number)
    plans = []
    for version in (before, after):
        found = work.reader().first(VERSION_ID, plan=facts.id, version=version)
        if found is None:
            raise NotFound(what="plan version", which=f"{number} version {version}")
        plans.append(open_version(work, found))
    return diff_plans(plans[0], plans[1])


def list_plans(work: Work) -> list[PlanFacts]:
    """Every plan of the programme, by number."""
    return work.reader().all(PLANS, programme=work.programme.id)


def session_value(reader: Reader, session: SessionFacts) -> Session:
    """A session as the rules see it: handles and plan numbers."""
    members = reader.all(MEMBERS, session=session.id)
    return Session(
        members=tuple(handle for _, handle, _, _ in members),
        present=tuple(handle for _, handle, _, present in members if present),
        chair=session.chair,
        interests=tuple(reader.all(INTERESTS, session=session.id)),
    )
