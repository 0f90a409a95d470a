"""Closing a grant: its figures once and for all, what was not spent back to its lines, a statement with a number.

A payment that is still on the way when a grant is closed all the same gives its rest back by itself once it resolves
(accounting: row 31).
"""

from dataclasses import dataclass, fields
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.approvals.rules.hands import ExceptionKind
from seedfund.approvals.rules.proposals import check_reason
from seedfund.approvals.service import write_exception
from seedfund.grants.queries.endings import close_out_by_number
from seedfund.grants.queries.figures import GrantFigures, grant_figures
from seedfund.grants.queries.grants import GrantRow
from seedfund.grants.queries.late import late_of
from seedfund.grants.queries.payment_lists import open_lists
from seedfund.grants.queries.payments import payments_of_grants
from seedfund.grants.queries.receipts import receipts_of
from seedfund.grants.rules.closing import ClosingFacts, check_closing, open_points
from seedfund.grants.rules.figures import Figures
from seedfund.grants.rules.states import GRANT_STATES
from seedfund.grants.rules.words import EndReason
from seedfund.grants.service.agreements import void_open
from seedfund.grants.service.common import load_grant, load_parts, move_grant
from seedfund.grants.service.course import release_rest
from seedfund.grants.tables.endings import CloseOut
from seedfund.kernel.canonical import canonical_text
from seedfund.kernel.errors import refuse
from seedfund.kernel.ids import Key
from seedfund.kernel.money import Money
from seedfund.kernel.roles import Role
from seedfund.store.commands import Command, verb
from seedfund.store.statements import Write
from seedfund.store.unit import Unit

SERIES: Final = "AC"
PAPER: Final = Write(
    lambda: (
        sa.update(CloseOut)
        .where(col(CloseOut.id) == sa.bindparam("this_id"))
        .values(paper_id=sa.bindparam("new_paper"), paper_hash=sa.bindparam("new_hash"))
    )
)


@dataclass(frozen=True, kw_only=True)
class CloseGrant(Command):
    """A grant to be closed.

    With `despite_open` it is closed although money is on the way, not accounted for or asked back; the `reason`, in
    words that name nobody, stands on the exceptions page.
    """

    grant: str
    despite_open: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class GrantClosed:
    """The statement's number, how the grant ended, and what it closed with.

    `own` is the participant's own contribution, receipts that were accepted and never met a payment included.
    """

    number: str
    grant: str
    outcome: EndReason
    awarded: Money
    committed: Money
    disbursed: Money
    justified: Money
    returned: Money
    written_off: Money
    refund_due: Money
    to_justify: Money
    own: Money
    released: Money


@verb(
    "grants.close_grant",
    roles=(Role.FINANCE_OFFICER, Role.FINANCE_APPROVER, Role.PROGRAMME_MANAGER, Role.DIRECTOR),
)
def close_grant(unit: Unit, command: CloseGrant) -> GrantClosed:
    """Close a grant: what is neither paid nor on the way goes back to its lines, and its figures are kept.

    An adenda nobody signed is void from then on.

    Raises:
        NotFound: there is no such grant.
        Refused: `no_such_step`, `late_result_waits`, `payment_still_listed`, `receipts_pending`, `figures_contradict`,
            and unless told to close all the same `payment_in_flight`, `advance_open`, `refund_open`, `excess_open`;
            `reason_missing`.
    """
    grant = load_grant(unit, command.grant)
    GRANT_STATES.require(grant.state, "closed", which=grant.number)
    before = grant_figures(unit, [grant])[grant.id]
    facts = _facts(unit, before)
    refuse(
        [
            *check_closing(facts, despite_open=command.despite_open),
            *(check_reason(command.reason) if command.despite_open else []),
        ]
    )
    outcome = EndReason(grant.end_reason) if grant.end_reason else EndReason.COMPLETED
    if command.despite_open and open_points(facts):
        _list_open(unit, command, facts)
    end = outcome if grant.end_reason is None else None
    move_grant(unit, grant, "closed", reason=outcome.value, end=end)
    void_open(unit, grant, reason=outcome.value)
    release_rest(unit, load_parts(unit, grant), grant.number)
    return _write(unit, grant, outcome)


def _facts(unit: Unit, found: GrantFigures) -> ClosingFacts:
    grant, total = found.grant, found.total
    payments = [
        row.number for row in payments_of_grants(unit, [grant.id])[grant.id] if row.facts.is_in_flight
    ]
    pending = [row for row in receipts_of(unit, [grant.id])[grant.id] if row.state == "pending"]
    return ClosingFacts(
        number=grant.number,
        in_payment=total.in_payment,
        payments=payments,
        lists=open_lists(unit, [grant.id])[grant.id],
        open_advance=total.to_justify,
        refund_due=total.refund_due,
        excess=Money(sum(part.position.credit for part in found.parts), grant.currency),
        pending=len(pending),
        contradictions=found.contradictions,
        late=late_of(unit, [grant.id])[grant.id],
    )


def _list_open(unit: Unit, command: CloseGrant, facts: ClosingFacts) -> None:
    write_exception(
        unit,
        ExceptionKind.OVERRIDE,
        subject_kind="close_out",
        subject_number=facts.number,
        reason=command.reason,
        facts={
            "in_payment_minor": facts.in_payment.minor,
            "open_advance_minor": facts.open_advance.minor,
            "refund_due_minor": facts.refund_due.minor,
            "excess_minor": facts.excess.minor,
        },
    )


def _write(unit: Unit, grant: GrantRow, outcome: EndReason) -> GrantClosed:
    """The statement over the figures as they are now that the remainder is released."""
    found = grant_figures(unit, [grant])[grant.id]
    total, own = found.total, found.own + found.unapplied
    number = unit.human_number(SERIES)
    unit.insert(
        CloseOut,
        id=unit.key(),
        programme_id=unit.programme.id,
        number=number,
        grant_id=grant.id,
        outcome=outcome.value,
        figures=canonical_text(_plain(found)),
        closed_on=unit.occurred_on,
        closed_by=unit.actor.id,
        paper_id=None,
        paper_hash=None,
    )
    unit.created("sf_close_out", number, {"grant": grant.number, "outcome": outcome.value})
    return GrantClosed(
        number=number,
        grant=grant.number,
        outcome=outcome,
        awarded=total.awarded,
        committed=total.committed,
        disbursed=total.disbursed,
        justified=total.justified,
        returned=total.returned,
        written_off=total.written_off,
        refund_due=total.refund_due,
        to_justify=total.to_justify,
        own=own,
        released=total.released,
    )


def _plain(found: GrantFigures) -> dict[str, Any]:
    """The figures as they are kept: the whole, each part, own contribution and what never met a payment."""
    return {
        "currency": found.grant.currency,
        "total": _figures(found.total),
        "parts": [
            {
                "position": part.part.position,
                "fund_id": part.part.fund_id,
                "line_id": part.part.line_id,
                "figures": _figures(part.figures),
            }
            for part in found.parts
        ],
        "own_minor": found.own.minor,
        "unapplied_minor": found.unapplied.minor,
    }


def _figures(figures: Figures) -> dict[str, int]:
    return {item.name: getattr(figures, item.name).minor for item in fields(Figures)}


def write_close_out_paper(unit: Unit, number: str, *, paper_id: Key, paper_hash: str) -> None:
    """Tie the closing statement to its paper on the register, for the area that issues papers.

    Raises:
        NotFound: there is no such statement.
    """
    row = close_out_by_number(unit, unit.programme.id, number)
    unit.execute(PAPER, this_id=row.id, new_paper=paper_id, new_hash=paper_hash)
    unit.changed("sf_close_out", row.number, {"paper": row.paper_hash}, {"paper": paper_hash})


COMMANDS: Final[tuple[Any, ...]] = (close_grant,)
