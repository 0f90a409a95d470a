"""Transfers that somebody else pays to a household: facts outside our books, so that support is not doubled unseen."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from seedfund.grants.tables.endings import ExternalTransfer
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.people.queries import household_by_number
from seedfund.store.commands import Command, verb
from seedfund.store.unit import Unit

SERIES: Final = "ET"


@dataclass(frozen=True, kw_only=True)
class RecordExternalTransfer(Command):
    """What another payer gives a household: for which purpose, how much a payment (0: nobody told us), from when on.

    `months` is how often it is paid (1: monthly; 0: once). Days are half-open; without `until_day` it goes on.
    `source` says where we know it from, and names nobody.
    """

    household: str
    payer: str
    benefit: str
    purpose: str
    amount: Money
    from_day: date
    source: str
    until_day: date | None = None
    months: int = 1


@dataclass(frozen=True, kw_only=True)
class ExternalTransferRecorded:
    """The number it is known by."""

    number: str
    household: str


@verb(
    "grants.record_external_transfer",
    roles=(*(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT), Role.PROGRAMME_MANAGER),
)
def record_external_transfer(unit: Unit, command: RecordExternalTransfer) -> ExternalTransferRecorded:
    """Take in a transfer of another payer; it moves nothing in our books and is seen by every later award.

    Raises:
        NotFound: there is no such household.
        InvalidInput: payer, benefit, purpose or source is empty, an amount is negative, or the days do not fit.
    """
    for name in ("payer", "benefit", "purpose", "source"):
        if not getattr(command, name).strip():
            raise InvalidInput(field=name, problem="it is empty", remedy="give it a value")
    if command.amount.minor < 0 or command.months < 0:
        raise InvalidInput(field="amount", problem="it is negative", remedy="give zero or more")
    if command.until_day is not None and command.until_day <= command.from_day:
        raise InvalidInput(
            field="until_day",
            problem=f"{command.until_day} does not come after {command.from_day}",
            remedy="give a later day, or leave it out while the transfer goes on",
        )
    household = household_by_number(unit, unit.programme.id, command.household.strip())
    number = unit.human_number(SERIES)
    unit.insert(
        ExternalTransfer,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        household_id=household.id,
        payer=command.payer.strip(),
        benefit=command.benefit.strip(),
        purpose=command.purpose.strip(),
        amount_minor=command.amount.minor,
        currency=command.amount.currency,
        months=command.months,
        from_day=command.from_day,
        until_day=command.until_day,
        source=command.source.strip(),
        recorded_at=unit.now,
        recorded_by=unit.actor.id,
    )
    unit.created(
        "sf_external_transfer",
        number,
        {"household": household.number, "payer": command.payer.strip(), "amount": str(command.amount)},
    )
    return ExternalTransferRecorded(number=number, household=household.number)


COMMANDS: Final[tuple[Any, ...]] = (record_external_transfer,)
