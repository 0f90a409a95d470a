"""Benefits without an agreement: an award is committed on the list the participants signed."""

from dataclasses import dataclass
from datetime import date

from seedfund.funds.queries import benefit_by_id
from seedfund.grants.queries.receiving import read_receiving
from seedfund.grants.rules.awarding import AGREEMENT_NEEDED
from seedfund.grants.rules.receiving import check_owner_commits
from seedfund.grants.rules.schedule import check_schedule, schedule_from_template
from seedfund.grants.rules.states import GRANT_STATES
from seedfund.grants.rules.words import Delivery
from seedfund.grants.service.common import GrantMoved, load_grant, load_parts, lots, move_grant
from seedfund.grants.service.schedules import TrancheAsked, schedule_asked, write_schedule
from seedfund.grants.service.signing import AGREE
from seedfund.kernel.errors import refuse
from seedfund.kernel.roles import Role
from seedfund.ledger.rules.events import grants as recipes
from seedfund.ledger.rules.posting import EntryDraft
from seedfund.ledger.service.entries import write_entry
from seedfund.register.rules import EvidenceKind
from seedfund.register.service import write_evidence_file
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class CommitAward(Command):
    """The grant, the SHA-256 of the signed list it stands on, and its schedule (the benefit's own if not given)."""

    grant: str
    list_sha256: str
    tranches: tuple[TrancheAsked, ...] = ()
    first_day: date | None = None


@verb("grants.commit_award", roles=(Role.PROGRAMME_MANAGER, Role.DIRECTOR))
def commit_award(unit: Unit, command: CommitAward) -> GrantMoved:
    """Bring an award of a benefit that asks for no agreement into force (accounting: row 13).

    Raises:
        NotFound: there is no such grant.
        InvalidInput: a condition cannot be read, or the SHA-256 is none.
        Refused: `agreement_needed`, `no_such_step`, `participation_ended`, `owner_deceased`, `household_not_active`,
            the consent and the fields of the participant still missing, and what a schedule is refused for.
    """
    grant = load_grant(unit, command.grant)
    benefit = benefit_by_id(unit, grant.benefit_type_id)
    GRANT_STATES.require(grant.state, "in_force", which=grant.number)
    schedule = (
        schedule_asked(command.tranches)
        if command.tranches
        else schedule_from_template(
            benefit.terms.tranches,
            grant.awarded,
            first_day=command.first_day or unit.occurred_on,
            delivery=Delivery.IN_KIND if benefit.terms.methods == ("in_kind",) else Delivery.MONEY,
        )
    )
    needed = [AGREEMENT_NEEDED(benefit=benefit.code)] if benefit.terms.agreement_kind else []
    owner = check_owner_commits(read_receiving(unit, [grant]).owner(grant), unit.occurred_on)
    refuse([*needed, *owner, *check_schedule(schedule, grant.awarded, start=grant.awarded_on)])
    filed = write_evidence_file(
        unit, command.list_sha256, kind=EvidenceKind.SIGNED_LIST, description=f"list of {grant.number}"
    )
    version = write_schedule(unit, grant.id, schedule, grant.awarded)
    unit.execute(AGREE, this_id=grant.id, new_agreed=grant.awarded_minor, new_version=version)
    move_grant(unit, grant, "in_force", reason=f"list {filed.sha256[:12]}")
    parts = load_parts(unit, grant)
    rows = recipes.sign(lots(parts, [item.position.awarded for item in parts]))
    entry = write_entry(unit, EntryDraft(event="award_committed", subject=grant.number, postings=rows))
    return GrantMoved(number=grant.number, state="in_force", entry=entry.number)
