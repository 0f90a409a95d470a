"""Which columns of accompaniment the audit chain notes. Data only."""

from typing import Final

from seedfund.assurance.checks.holding import Held

OF_PERSON: Final = "JOIN sf_participant p ON p.id = t.participant_id"
OF_SELECTION: Final = "JOIN sf_selection s ON s.id = t.selection_id"
ACCOMPANIMENT: Final = (
    Held("sf_service", "t.number", plain={"state": "t.state", "kind": "t.kind"}),
    Held(
        "sf_referral",
        "t.number",
        plain={
            "state": "t.state",
            "service": "s.number",
            "consent": "t.consent",
            "participant": "p.number",
        },
        joined=f"{OF_PERSON} JOIN sf_service s ON s.id = t.service_id",
    ),
    Held(
        "sf_vacancy",
        "t.number",
        plain={"state": "t.state", "posts": "t.posts"},
        money={"wage_least": "t.wage_least_minor", "wage_most": "t.wage_most_minor"},
        currency="t.currency",
    ),
    Held(
        "sf_interview",
        "t.number",
        plain={"state": "t.state", "participant": "p.number"},
        joined=OF_PERSON,
    ),
    Held(
        "sf_placement",
        "t.number",
        plain={"state": "t.state", "kind": "t.kind", "participant": "p.number"},
        joined=OF_PERSON,
    ),
    Held("sf_activity", "t.number", plain={"state": "t.state", "kind": "t.kind"}),
    Held("sf_monitoring", "t.number", plain={"plan": "t.plan", "on": "CAST(t.visited_on AS TEXT)"}),
    Held("sf_household_plan", "t.number", plain={"state": "t.state"}),
    Held(
        "sf_household_goal",
        "p.number || '/' || t.position",
        plain={"state": "t.state", "dimension": "t.dimension"},
        joined="JOIN sf_household_plan p ON p.id = t.plan_id",
        programme="p.programme_id",
    ),
    Held(
        "sf_assessment",
        "t.number || ' v' || t.version",
        plain={"basis_points": "t.basis_points", "unanswered": "t.unanswered"},
    ),
    Held("sf_graduation", "t.number", plain={"state": "t.state"}),
    Held(
        "sf_yardstick",
        "t.kind || ' ' || t.code || ' v' || t.version",
        plain={"content_hash": "t.content_hash", "version": "t.version"},
    ),
    Held(
        "sf_monitoring_report",
        "m.number || ' v' || t.version",
        plain={
            "business": "CASE WHEN t.is_operating THEN 'operating' ELSE 'standing_still' END",
            "stood_still_for": "t.stood_still_for",
            "month": "CAST(t.month AS TEXT)",
            "paid_women": "t.paid_women",
            "paid_men": "t.paid_men",
            "family_women": "t.family_women",
            "family_men": "t.family_men",
            "family_hands": "t.family_hands",
            "irregular": "t.irregular",
        },
        money={
            "sales": "t.sales_minor",
            "costs": "t.costs_minor",
            "stock": "t.stock_minor",
            "cash": "t.cash_minor",
        },
        currency="t.currency",
        joined="JOIN sf_monitoring m ON m.id = t.monitoring_id",
        programme="m.programme_id",
        where="t.version > 0",
    ),
    Held(
        "sf_monitoring_decision",
        "m.number",
        plain={"is_accepted": "t.is_accepted"},
        joined="JOIN sf_monitoring m ON m.id = t.monitoring_id",
        programme="m.programme_id",
        where="t.decided_on IS NOT NULL",
    ),
    Held("sf_selection_rules", "t.code || ' v' || t.version", plain={"content_hash": "t.content_hash"}),
    Held(
        "sf_household_screening",
        "h.number || ' v' || t.version",
        plain={"score": "t.score"},
        money={"income": "t.income_minor"},
        currency="t.currency",
        joined="JOIN sf_household h ON h.id = t.household_id",
        where="t.version > 0",
    ),
    Held(
        "sf_selection",
        "t.number",
        plain={"state": "t.state", "content_hash": "t.content_hash", "places": "t.places"},
    ),
    Held(
        "sf_selection_entry",
        "s.number || '/' || t.position",
        plain={"state": "t.state", "household": "h.number"},
        joined=f"{OF_SELECTION} JOIN sf_household h ON h.id = t.household_id",
        programme="s.programme_id",
        where="t.position > 0",
    ),
    Held(
        "sf_verification_sample",
        "s.number",
        plain={"seed": "t.seed", "drawn_from": "t.drawn_from", "size": "t.size"},
        joined=OF_SELECTION,
        programme="s.programme_id",
        where="t.size > 0",
    ),
    Held(
        "sf_sample_finding",
        "s.number || '/' || t.position || ' v' || t.version",
        plain={"finding": "t.finding"},
        joined=OF_SELECTION,
        programme="s.programme_id",
        where="t.version > 0",
    ),
)
