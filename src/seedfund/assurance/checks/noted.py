"""What the audit chain last noted of a row, held against the row. Mostly data.

A grant's amount or state stands in a row that commands change; the row has no hash of its own. The record of the
command that wrote it has one, and notes what the row was made to say. Memory grows with the rows that are noted here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import sqlalchemy as sa

from seedfund.assurance.checks.context import Context, ProgrammeFound
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.scan import Sheet
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import Money

OF_GRANT: Final = "JOIN sf_grant g ON g.id = t.grant_id"
OF_FUND: Final = "JOIN sf_fund f ON f.id = t.fund_id"
OF_GROUP: Final = "JOIN sf_savings_group g ON g.id = t.group_id"
KEY: Final = "REPLACE(CAST(t.id AS VARCHAR(40)), '-', '')"
"""A row named by its key: PostgreSQL writes it with dashes, a record notes its 32 digits."""


@dataclass(frozen=True, slots=True)
class Held:
    """A table whose rows are noted: how a row is named there, and the columns behind the noted fields (SQL texts).

    `money` are fields noted as an amount, `USD 550.00`; `plain` are noted as they are stored. `grouped` where a noted
    figure is a sum over rows.
    """

    table: str
    which: str
    plain: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, str] = field(default_factory=dict)
    currency: str = "''"
    joined: str = ""
    programme: str = "t.programme_id"
    where: str = "t.id IS NOT NULL"
    grouped: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The noted names, plain ones first."""
        return (*self.plain, *self.money)


HELD: Final = (
    Held(
        "sf_grant",
        "t.number",
        plain={
            "state": "t.state",
            "basis": "t.basis_ref",
            "benefit": "t.benefit",
            "group": "t.population_group",
        },
        money={"amount": "t.awarded_minor"},
        currency="t.currency",
    ),
    Held(
        "sf_agreement",
        "g.number || ' v' || t.schedule_version",
        plain={"kind": "t.kind", "schedule_hash": "t.schedule_hash"},
        money={"amount": "t.amount_minor"},
        currency="g.currency",
        joined=OF_GRANT,
    ),
    Held(
        "sf_agreement",
        "t.number",
        plain={"state": "t.state", "paper_hash": "t.paper_hash"},
        where="t.number IS NOT NULL",
    ),
    Held(
        "sf_plan",
        "t.number",
        plain={"state": "t.state"},
        money={"approved": "t.approved_minor"},
        currency="v.currency",
        joined="JOIN sf_plan_version v ON v.plan_id = t.id AND v.version = t.current_version",
    ),
    Held(
        "sf_approval_request",
        "t.number",
        plain={"content_hash": "t.content_hash"},
        money={"weighed": "t.weighed_minor"},
        currency="t.currency",
        where="t.state IN ('open', 'granted')",
    ),
    Held(
        "sf_payment_list",
        "t.number",
        plain={"state": "t.state", "content_hash": "t.content_hash", "count": "t.count"},
        money={"total": "t.total_minor"},
        currency="t.currency",
    ),
    Held("sf_disbursement", "t.number", plain={"state": "t.state", "delivered": "t.delivered_minor"}),
    Held(
        "sf_refund_demand",
        "t.number",
        plain={"state": "t.state", "reason": "t.reason", "grant": "g.number"},
        money={"amount": "t.amount_minor"},
        currency="g.currency",
        joined=OF_GRANT,
    ),
    Held(
        "sf_refund_received",
        "t.number",
        plain={"grant": "g.number"},
        money={"amount": "t.amount_minor"},
        currency="g.currency",
        joined=OF_GRANT,
    ),
    Held("sf_write_off", "t.number", plain={"grant": "g.number", "minor": "t.amount_minor"}, joined=OF_GRANT),
    Held(
        "sf_handover_act",
        "t.number",
        plain={"grant": "g.number", "paper": "t.paper_hash"},
        money={"total": "t.total_minor"},
        currency="g.currency",
        joined=OF_GRANT,
    ),
    Held(
        "sf_close_out",
        "t.number",
        plain={"grant": "g.number", "outcome": "t.outcome", "paper": "t.paper_hash"},
        joined=OF_GRANT,
    ),
    Held(
        "sf_justification_line",
        "j.number || '/' || t.position",
        plain={"state": "t.state"},
        money={"accepted": "t.accepted_minor", "own": "t.own_minor"},
        currency="g.currency",
        joined=f"JOIN sf_justification j ON j.id = t.justification_id {OF_GRANT}",
        programme="j.programme_id",
    ),
    Held(
        "sf_justification",
        "t.number",
        plain={"grant": "g.number", "lines": "COUNT(l.id)"},
        money={"total": "SUM(l.amount_minor)"},
        currency="g.currency",
        joined=f"{OF_GRANT} JOIN sf_justification_line l ON l.justification_id = t.id",
        grouped="t.number, g.number, g.currency",
    ),
    Held(
        "sf_external_transfer",
        "t.number",
        plain={"household": "h.number", "payer": "t.payer"},
        money={"amount": "t.amount_minor"},
        currency="t.currency",
        joined="JOIN sf_household h ON h.id = t.household_id",
    ),
    Held(
        "sf_instalment",
        "f.code || '/' || t.number",
        plain={
            "donor_minor": "t.donor_minor",
            "donor_currency": "t.donor_currency",
            "rate": "t.rate",
            "rate_source": "t.rate_source",
        },
        money={"amount": "t.amount_minor"},
        currency="f.currency",
        joined=OF_FUND,
        programme="f.programme_id",
    ),
    Held(
        "sf_payee",
        "g.number || '/' || t.position",
        plain={"state": "t.state"},
        joined=OF_GRANT,
        programme="g.programme_id",
    ),
    Held(
        "sf_payout_account",
        KEY,
        plain={"state": "t.state"},
        joined="JOIN sf_participant p ON p.id = t.participant_id",
        programme="p.programme_id",
    ),
    Held(
        "sf_savings_link",
        "t.number",
        plain={"state": "t.state", "kind": "t.kind", "participant": "p.number"},
        joined="JOIN sf_participant p ON p.id = t.participant_id",
    ),
    Held(
        "sf_savings_observation",
        "t.number",
        plain={"link": "l.number", "irregular": "t.irregular"},
        money={
            "balance": "t.balance_minor",
            "deposited": "t.deposited_minor",
            "withdrawn": "t.withdrawn_minor",
        },
        currency="t.currency",
        joined="JOIN sf_savings_link l ON l.id = t.link_id",
    ),
    Held(
        "sf_savings_plan",
        "t.number",
        plain={"state": "t.state", "link": "l.number", "match_basis_points": "t.match_basis_points"},
        money={"target": "t.target_minor", "monthly": "t.monthly_minor", "match_most": "t.match_most_minor"},
        currency="t.currency",
        joined="JOIN sf_savings_link l ON l.id = t.link_id",
    ),
    Held(
        "sf_savings_cycle",
        "g.number || '/' || t.position",
        plain={"state": "t.state", "shares_most": "t.shares_most"},
        money={"share": "t.share_minor"},
        currency="g.currency",
        joined=OF_GROUP,
        programme="g.programme_id",
    ),
    Held(
        "sf_savings_meeting",
        "t.number",
        plain={"shares": "SUM(r.shares)", "social_in": "SUM(r.social_minor)"},
        money={
            "fund": "t.fund_counted_minor",
            "social": "t.social_counted_minor",
            "lent": "t.lent_minor",
            "repaid": "t.repaid_minor",
            "fines": "t.fines_minor",
            "social_paid": "t.social_paid_minor",
        },
        currency="g.currency",
        joined="JOIN sf_savings_cycle c ON c.id = t.cycle_id JOIN sf_savings_group g ON g.id = c.group_id "
        "LEFT JOIN sf_savings_share r ON r.meeting_id = t.id",
        grouped="t.id, t.number, g.currency, t.fund_counted_minor, t.social_counted_minor, t.lent_minor, "
        "t.repaid_minor, t.fines_minor, t.social_paid_minor",
    ),
    Held(
        "sf_share_out",
        "t.number",
        plain={"shares": "t.shares"},
        money={"fund": "t.fund_minor", "lost": "t.loans_lost_minor", "social": "t.social_left_minor"},
        currency="g.currency",
        joined="JOIN sf_savings_cycle c ON c.id = t.cycle_id JOIN sf_savings_group g ON g.id = c.group_id",
    ),
    Held("sf_committee_session", "t.number", plain={"state": "t.state"}),
    Held(
        "sf_motion",
        "s.number || ' ' || p.number || ' v' || v.version || ' ' || t.position",
        plain={"outcome": "t.outcome"},
        money={"amount": "t.amount_minor"},
        currency="t.currency",
        joined="JOIN sf_committee_session s ON s.id = t.session_id JOIN sf_plan_version v ON v.id = t.version_id "
        "JOIN sf_plan p ON p.id = v.plan_id",
        programme="s.programme_id",
        where="t.position > 0",
    ),
    Held(
        "sf_tranche_offset",
        KEY,
        plain={"kind": "t.kind", "tranche": "g.number || '/' || t.tranche_position"},
        money={"amount": "t.amount_minor"},
        currency="g.currency",
        joined=OF_GRANT,
        programme="g.programme_id",
    ),
    Held(
        "sf_brought_forward",
        KEY,
        plain={"grant": "g.number", "outside": "t.outside_number"},
        money={"paid": "t.paid_minor", "justified": "t.justified_minor", "returned": "t.returned_minor"},
        currency="g.currency",
        joined=OF_GRANT,
    ),
)


@dataclass(slots=True)
class _Note:
    """What was last noted of a row, field by field, and the seq of the record that did."""

    fields: dict[str, tuple[int, Any]] = field(default_factory=dict)
    is_seen: bool = False


class LastNoted:
    """The last word of the audit chain about each row of the tables above."""

    def __init__(self) -> None:
        self._wanted = {
            table: frozenset(name for held in HELD if held.table == table for name in held.fields)
            for table in {held.table for held in HELD}
        }
        self._notes: dict[tuple[str, str], _Note] = {}

    def take(self, seq: int, changes: Sequence[Any]) -> None:
        """Gather what a record notes."""
        for table, which, _, after in changes:
            wanted = self._wanted.get(table)
            if wanted is None:
                continue
            note = self._notes.setdefault((table, str(which)), _Note())
            for name in wanted & after.keys():
                note.fields[name] = (seq, after[name])

    def compare(self, context: Context, programme: ProgrammeFound) -> None:
        """Hold every row against what was noted of it, and every note against its row."""
        for held in HELD:
            tables = {held.table, *_joined_tables(held.joined)}
            if context.has("noted values", *sorted(tables)):
                self._compare(context, programme, held)
        for (table, which), note in self._notes.items():
            if not note.is_seen and note.fields:
                seq = max(seq for seq, _ in note.fields.values())
                context.report.found(kinds.NOTED_MISSING, table, which, record=seq)

    def _compare(self, context: Context, programme: ProgrammeFound, held: Held) -> None:
        for which, currency, *stored in context.each("noted values", _sheet(held), programme=programme.id):
            note = self._notes.get((held.table, str(which)))
            if note is None:
                continue
            note.is_seen = True
            for name, value in zip(held.fields, stored, strict=True):
                if name not in note.fields:
                    continue
                seq, noted = note.fields[name]
                shown = _amount(value, currency) if name in held.money else value
                if shown != noted:
                    context.report.found(
                        kinds.NOTED_OTHERWISE,
                        held.table,
                        which,
                        field=name,
                        stored=shown,
                        noted=noted,
                        record=seq,
                    )


def _amount(minor: Any, currency: Any) -> str | None:
    """As an audit record writes an amount; what is none is shown as it stands, and then agrees with nothing."""
    try:
        return None if minor is None else str(Money(int(minor), str(currency)))
    except (InvalidInput, ValueError):
        return f"{currency} {minor!r}"


def _joined_tables(joined: str) -> list[str]:
    return [word for word in joined.split() if word.startswith("sf_")]


def _sheet(held: Held) -> Sheet[tuple[Any, ...]]:
    columns = ", ".join((held.which, held.currency, *held.plain.values(), *held.money.values()))
    group = f" GROUP BY {held.grouped}" if held.grouped else ""
    statement = (
        f"SELECT {columns} FROM {held.table} t {held.joined} "  # noqa: S608 - texts of ours only
        f"WHERE {held.programme} = :programme AND {held.where}{group}"
    )
    return Sheet(
        held.table,
        lambda *values: values,
        lambda: sa.text(statement).bindparams(sa.bindparam("programme")),
    )
