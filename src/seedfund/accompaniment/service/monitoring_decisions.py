"""Whether an irregular look at a business counts, decided once by somebody who did not record it."""

from dataclasses import dataclass

from seedfund.accompaniment.queries.monitoring import monitoring_by_number
from seedfund.accompaniment.rules.monitoring import check_decision
from seedfund.accompaniment.service.common import MANAGE
from seedfund.accompaniment.service.reaching import named, reached
from seedfund.accompaniment.tables.monitoring import MonitoringDecision
from seedfund.kernel.errors import refuse
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class DecideMonitoring(Command):
    """Whether an irregular look at a business counts, and why (no personal data)."""

    number: str
    is_accepted: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class MonitoringDecided:
    """The look's number, and whether it counts."""

    number: str
    is_accepted: bool


@verb("accompaniment.decide_monitoring", roles=MANAGE)
def decide_monitoring(unit: Unit, command: DecideMonitoring) -> MonitoringDecided:
    """Decide once whether an irregular look at a business counts; whoever recorded it cannot.

    Raises:
        NotFound: there is none of that number.
        NotAllowed: the owner is restricted, and the actor's roles do not reach them.
        InvalidInput: no reason is given.
        Refused: `person_erased`, `monitoring_not_irregular`, `monitoring_decided`, `monitoring_decided_by_recorder`.
    """
    reason = named(command.reason, field="reason", most=300)
    row = monitoring_by_number(unit, unit.programme.id, command.number)
    reached(unit, row.participant_id, row.number)
    refuse(
        check_decision(
            row.number,
            row.irregular,
            is_decided=row.is_accepted is not None,
            is_by_recorder=row.recorded_by == unit.actor.id,
        )
    )
    unit.insert(
        MonitoringDecision,
        monitoring_id=row.id,
        is_accepted=command.is_accepted,
        reason=reason,
        decided_on=unit.occurred_on,
        recorded_by=row.recorded_by,
        decided_by=unit.actor.id,
    )
    unit.created("sf_monitoring_decision", row.number, {"is_accepted": command.is_accepted})
    return MonitoringDecided(number=row.number, is_accepted=command.is_accepted)
