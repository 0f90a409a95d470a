"""Which columns of scholarships the audit chain notes. Data only."""

from typing import Final

from seedfund.assurance.checks.holding import Held

OF_SCHOLARSHIP: Final = (
    "JOIN sf_scholarship s ON s.id = t.scholarship_id JOIN sf_grant g ON g.id = s.grant_id"
)
OF_PROVIDER: Final = "JOIN sf_provider p ON p.id = t.provider_id"
OF_BILL: Final = "JOIN sf_provider_bill b ON b.id = t.bill_id"
SCHOLARSHIPS: Final = (
    Held(
        "sf_scholarship_application",
        "t.number",
        plain={
            "state": "t.state",
            "closed_for": "t.closed_for",
            "participant": "p.number",
            "course": "c.code",
        },
        joined="JOIN sf_participant p ON p.id = t.participant_id JOIN sf_course c ON c.id = t.course_id",
    ),
    Held(
        "sf_employment_plan",
        "t.number",
        plain={"application": "a.number", "state": "t.state", "terms_hash": "t.terms_hash"},
        money={"cost": "t.cost_minor"},
        currency="t.currency",
        joined="JOIN sf_scholarship_application a ON a.id = t.application_id",
    ),
    Held(
        "sf_scholarship",
        "g.number",
        plain={"plan": "e.number", "state": "t.state", "enrolment": "m.number"},
        joined="JOIN sf_grant g ON g.id = t.grant_id JOIN sf_employment_plan e ON e.id = t.plan_id "
        "LEFT JOIN sf_enrolment m ON m.id = t.enrolment_id",
    ),
    Held(
        "sf_tranche_confirmation",
        "g.number || '/' || t.position || ' v' || t.version",
        plain={"outcome": "t.outcome"},
        money={"due": "t.due_minor", "overpaid": "t.overpaid_minor"},
        currency="g.currency",
        joined=OF_SCHOLARSHIP,
        programme="s.programme_id",
        where="t.version > 0",
    ),
    Held(
        "sf_provider_bill",
        "t.number",
        plain={"provider": "p.code", "state": "t.state"},
        money={"total": "t.total_minor"},
        currency="t.currency",
        joined=OF_PROVIDER,
    ),
    Held(
        "sf_provider_bill_line",
        "b.number || '/' || t.position",
        plain={"tranche": "g.number || '/' || t.tranche_position"},
        money={"amount": "t.amount_minor"},
        currency="t.currency",
        joined=f"{OF_BILL} {OF_SCHOLARSHIP}",
        programme="b.programme_id",
        where="t.position > 0",
    ),
    Held(
        "sf_provider_complaint",
        "t.number",
        plain={"provider": "p.code", "kind": "t.kind", "state": "t.state"},
        joined=OF_PROVIDER,
    ),
    Held(
        "sf_placement_check",
        "g.number || ' m' || t.month || ' v' || t.version",
        plain={"work": "t.work"},
        joined=OF_SCHOLARSHIP,
        programme="s.programme_id",
        where="t.version > 0",
    ),
)
