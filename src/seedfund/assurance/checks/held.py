"""Which columns of which tables the audit chain notes, and how a row is named there. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

OF_GRANT: Final = "JOIN sf_grant g ON g.id = t.grant_id"
OF_FUND: Final = "JOIN sf_fund f ON f.id = t.fund_id"
OF_GROUP: Final = "JOIN sf_savings_group g ON g.id = t.group_id"
OF_COHORT: Final = "JOIN sf_cohort c ON c.id = t.cohort_id"
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


TRAINING: Final = (
    Held(
        "sf_course",
        "t.code",
        plain={
            "provider": "p.code",
            "threshold": "t.threshold_bps",
            "unit": "t.unit",
            "excused": "t.excused",
            "excused_most": "t.excused_most",
            "minutes": "t.minutes",
        },
        money={"fee": "t.fee_minor"},
        currency="t.currency",
        joined="JOIN sf_provider p ON p.id = t.provider_id",
    ),
    Held("sf_cohort", "t.number", plain={"state": "t.state", "capacity": "t.capacity"}),
    Held(
        "sf_training_session",
        "c.number || '/' || t.position",
        plain={"state": "t.state"},
        joined=OF_COHORT,
        programme="c.programme_id",
    ),
    Held(
        "sf_enrolment",
        "t.number",
        plain={"state": "t.state", "left_for": "t.left_for", "cohort": "c.number", "participant": "p.number"},
        joined=f"{OF_COHORT} JOIN sf_participant p ON p.id = t.participant_id",
    ),
    Held(
        "sf_attendance_mark",
        "c.number || '/' || s.position || ' ' || p.number",
        plain={
            "mark": "t.mark",
            "missed": "t.missed",
            "irregular": "t.irregular",
            "decision": "t.decision",
        },
        joined="JOIN sf_training_session s ON s.id = t.session_id JOIN sf_cohort c ON c.id = s.cohort_id "
        "JOIN sf_participant p ON p.id = t.participant_id",
        programme="c.programme_id",
        where="t.session_id IS NOT NULL",
    ),
    Held(
        "sf_certificate",
        "t.number",
        plain={
            "enrolment": "e.number",
            "minutes": "t.minutes",
            "threshold": "t.threshold_bps",
            "attended": "t.attended",
            "possible": "t.possible",
            "basis_points": "t.basis_points",
            "code": "t.verification_code",
        },
        joined="JOIN sf_enrolment e ON e.id = t.enrolment_id",
    ),
)
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
        "sf_tranche_lapse",
        KEY,
        plain={"tranche": "g.number || '/' || t.tranche_position"},
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
    *TRAINING,
)
