"""Finding the grant or the payment a row is about, by a number or by the key of the plan behind it."""

from collections.abc import Mapping
from typing import Final

from seedfund.grants.queries.grants import grants_by_number, list_grants
from seedfund.grants.queries.payments import payments_of_grants
from seedfund.interchange.kinds.base import Entry, Intake, RowRefused
from seedfund.interchange.rules import SHORT, Column
from seedfund.interchange.rules.refusals import CELL_MISSING, NOT_FOUND_FROM_ROW
from seedfund.store.work import Work

GRANT: Final = Column(
    name="grant",
    spanish="capital",
    is_required=True,
    length=SHORT,
    help_en="Number of the grant, or key or number of the plan it stands on.",
    help_es="Número del capital, o clave o número del plan que lo sustenta.",
)
ON_THE_WAY: Final = ("released", "part_open")


def grant_number(intake: Intake, entry: Entry, column: str = "grant") -> str:
    """The number of the grant a cell names.

    Raises:
        RowRefused: no such plan was imported, or no grant stands on it.
    """
    named = intake.number(entry, column, kind="plans", part="plans")
    found = intake.table("grants", _grants_of_plans).get(named, named)
    if found.startswith("BP-"):
        raise RowRefused(entry.complaint(NOT_FOUND_FROM_ROW(what="grant"), column))
    return found


def payment_number(intake: Intake, entry: Entry) -> str:
    """The number of the payment a row is about: as written, or the one of the grant's tranche that is on its way.

    Raises:
        RowRefused: the row names neither, or no payment of that tranche is on its way.
    """
    if entry.values.has("payment"):
        return entry.values.need_text("payment")
    if not entry.values.has("grant"):
        raise RowRefused(entry.complaint(CELL_MISSING(), "payment"))
    number, tranche = grant_number(intake, entry), entry.values.whole("tranche")
    reader = intake.work.reader()
    grant = grants_by_number(reader, intake.work.programme.id, [number])[number]
    for payment in payments_of_grants(reader, [grant.id])[grant.id]:
        if payment.position == tranche and payment.state in ON_THE_WAY:
            return payment.number
    raise RowRefused(entry.complaint(NOT_FOUND_FROM_ROW(what="payment on its way"), "tranche"))


def _grants_of_plans(work: Work) -> Mapping[str, str]:
    """Number of a plan → number of the grant on it; one that was not declined comes before one that was."""
    grants = list_grants(work.reader(), work.programme.id)
    standing = [grant for grant in grants if grant.state != "declined"]
    declined = [grant for grant in grants if grant.state == "declined"]
    return {grant.basis_ref: grant.number for grant in (*declined, *standing)}
