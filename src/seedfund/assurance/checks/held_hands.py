"""How decisions, and what opens the way to money, are named in the audit chain: hands, policies, evidence. Data only.

A row of these that no record notes was put there past every verb: an approval nobody gave, a role nobody granted.
"""

from typing import Final

from seedfund.assurance.checks.holding import OF_FUND, TIMES, Held

HANDS: Final = (
    Held("sf_proposal", "t.number", plain={"kind": "t.kind"}),
    Held(
        "sf_proposal_decision",
        "p.number",
        plain={"outcome": "t.outcome"},
        joined="JOIN sf_proposal p ON p.id = t.proposal_id",
        programme="p.programme_id",
        where="t.proposal_id IS NOT NULL",
    ),
    Held(
        "sf_policy",
        "t.version",
        plain={"proposal": "p.number"},
        joined="JOIN sf_proposal p ON p.id = t.proposal_id",
    ),
    Held(
        "sf_approval",
        "r.number",
        plain={TIMES: "COUNT(*)"},
        joined="JOIN sf_approval_request r ON r.id = t.request_id",
        programme="r.programme_id",
        grouped="r.number",
    ),
    Held(
        "sf_agreement_signature",
        "a.number || ' ' || t.party",
        plain={"method": "t.method", "sha256": "t.evidence_sha256"},
        joined="JOIN sf_agreement a ON a.id = t.agreement_id",
        programme="a.programme_id",
    ),
    Held("sf_evidence", "t.number", plain={"kind": "t.kind"}),
    Held(
        "sf_benefit_type", "t.code", plain={"version": "MAX(t.version)", TIMES: "COUNT(*)"}, grouped="t.code"
    ),
    Held(
        "sf_fund",
        "t.code",
        plain={"currency": "t.currency", "basis": "t.basis", "donor": "d.code"},
        joined="JOIN sf_donor d ON d.id = t.donor_id",
    ),
    Held(
        "sf_budget_line",
        "f.code || '/' || t.code",
        plain={"kind": "t.kind", "name": "t.name"},
        joined=OF_FUND,
        programme="f.programme_id",
    ),
    Held("sf_bank_account", "t.code", plain={"kind": "t.kind", "currency": "t.currency", "name": "t.name"}),
    Held(
        "sf_participation",
        "p.number",
        plain={"state": "t.state"},
        joined="JOIN sf_participant p ON p.id = t.participant_id",
        programme="p.programme_id",
        where="NOT EXISTS (SELECT 1 FROM sf_participation n WHERE n.participant_id = t.participant_id "
        "AND (n.began_on > t.began_on OR n.began_on = t.began_on AND n.id > t.id))",
    ),
    Held("sf_participant", "t.number", plain={"is_restricted": "t.is_restricted"}, is_whole=False),
    Held("sf_visit", "t.number", plain={"state": "t.state"}, is_whole=False),
)
