"""Contents kept in clear against their hashes, and rows that have to say the same thing. Mostly data."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from seedfund.accompaniment.rules.selection import HASH_DOMAIN as SELECTION_DOMAIN
from seedfund.approvals.service.proposals import HASH_DOMAIN as PROPOSAL_DOMAIN
from seedfund.assurance.checks.context import Context
from seedfund.assurance.rules import findings as kinds
from seedfund.assurance.rules.findings import FindingKind
from seedfund.assurance.scan import Sheet
from seedfund.funds.service.benefits import HASH_DOMAIN as BENEFIT_DOMAIN
from seedfund.grants.rules.schedule import HASH_DOMAIN as SCHEDULE_DOMAIN
from seedfund.kernel.canonical import digest
from seedfund.payouts.queries.layouts import HASH_DOMAIN as PAYOUT_LAYOUT_DOMAIN
from seedfund.scholarships.rules.terms import HASH_DOMAIN as EMPLOYMENT_PLAN_DOMAIN

CALL_DOMAIN: Final = "seedfund.call.v1"
DECISION_DOMAIN: Final = "seedfund.decision.v1"


@dataclass(frozen=True, slots=True)
class Hashed:
    """A table whose text column has a hash beside it; `which` is an SQL text that names the row to a person."""

    table: str
    which: str
    content: str
    hash: str
    domain: str
    joined: str = ""


HASHED: Final = (
    Hashed("sf_proposal", "t.number", "content", "content_hash", PROPOSAL_DOMAIN),
    Hashed("sf_policy", "'v' || t.version", "terms", "terms_hash", PROPOSAL_DOMAIN),
    Hashed("sf_benefit_type", "t.code || ' v' || t.version", "terms", "terms_hash", BENEFIT_DOMAIN),
    Hashed("sf_call", "t.code || ' ' || t.version", "content", "content_hash", CALL_DOMAIN),
    Hashed(
        "sf_committee_decision",
        "s.number || ' ' || p.number",
        "basis",
        "basis_hash",
        DECISION_DOMAIN,
        "JOIN sf_committee_session s ON s.id = t.session_id JOIN sf_plan p ON p.id = t.plan_id",
    ),
    Hashed(
        "sf_tranche_schedule",
        "g.number || ' v' || t.version",
        "content",
        "content_hash",
        SCHEDULE_DOMAIN,
        "JOIN sf_grant g ON g.id = t.grant_id",
    ),
    Hashed("sf_selection_rules", "t.code || ' v' || t.version", "content", "content_hash", PROPOSAL_DOMAIN),
    Hashed("sf_selection", "t.number", "content", "content_hash", SELECTION_DOMAIN),
    Hashed("sf_payout_layout", "t.code || ' v' || t.version", "terms", "terms_hash", PAYOUT_LAYOUT_DOMAIN),
    Hashed("sf_employment_plan", "t.number", "terms", "terms_hash", EMPLOYMENT_PLAN_DOMAIN),
)


@dataclass(frozen=True, slots=True)
class Unlike:
    """A contradiction between rows: an SQL query for what must not be, whose column names the row to a person."""

    name: str
    table: str
    target: str
    query: str
    kind: FindingKind = kinds.CONTENT_UNLIKE


def _begins(recipes: str) -> str:
    return " OR ".join(f"x.recipe LIKE '{recipe}%'" for recipe in recipes.split())


UNLIKE: Final = (
    Unlike(
        "approvals", "sf_approval", "sf_approval_request",
        "SELECT r.number FROM sf_approval a JOIN sf_approval_request r ON r.id = a.request_id "
        "WHERE a.content_hash <> r.content_hash ORDER BY 1",
    ),
    Unlike(
        "proposal decisions", "sf_proposal_decision", "sf_proposal",
        "SELECT p.number FROM sf_proposal_decision d JOIN sf_proposal p ON p.id = d.proposal_id "
        "WHERE d.content_hash <> p.content_hash ORDER BY 1",
    ),
    Unlike(
        "policies", "sf_policy", "sf_proposal",
        "SELECT 'v' || t.version FROM sf_policy t JOIN sf_proposal p ON p.id = t.proposal_id "
        "WHERE t.terms_hash <> p.content_hash ORDER BY 1",
    ),
    Unlike(
        "selection rules and proposals", "sf_selection_rules", "sf_proposal",
        "SELECT t.code || ' v' || t.version FROM sf_selection_rules t JOIN sf_proposal p "
        "ON p.id = t.proposal_id WHERE t.content_hash <> p.content_hash ORDER BY 1",
    ),
    Unlike(
        "selections and their households", "sf_selection", "sf_selection_entry",
        "SELECT s.number FROM sf_selection s WHERE s.households <> (SELECT COUNT(*) "
        "FROM sf_selection_entry e WHERE e.selection_id = s.id) ORDER BY 1",
    ),
    Unlike(
        "samples and their households", "sf_verification_sample", "sf_sampled_household",
        "SELECT s.number FROM sf_verification_sample t JOIN sf_selection s ON s.id = t.selection_id "
        "WHERE t.size <> (SELECT COUNT(*) FROM sf_sampled_household h "
        "WHERE h.selection_id = t.selection_id) ORDER BY 1",
    ),
    Unlike(
        "agreements and schedules", "sf_agreement", "sf_tranche_schedule",
        "SELECT COALESCE(a.number, CAST(a.id AS VARCHAR(40))) FROM sf_agreement a JOIN sf_tranche_schedule s "
        "ON s.grant_id = a.grant_id AND s.version = a.schedule_version "
        "WHERE a.schedule_hash <> s.content_hash ORDER BY 1",
    ),
    Unlike(
        "agreements and papers", "sf_agreement", "sf_paper",
        "SELECT COALESCE(a.number, 'draft') FROM sf_agreement a "
        "LEFT JOIN sf_paper p ON p.id = a.paper_id WHERE a.paper_id IS NOT NULL "
        "AND (p.id IS NULL OR p.content_hash <> a.paper_hash) ORDER BY 1",
    ),
    Unlike(
        "schedules and tranches", "sf_tranche_schedule", "sf_tranche",
        "SELECT g.number || ' v' || s.version FROM sf_tranche_schedule s JOIN sf_grant g ON g.id = s.grant_id "
        "WHERE s.amount_minor <> (SELECT COALESCE(SUM(t.amount_minor), 0) FROM sf_tranche t "
        "WHERE t.grant_id = s.grant_id AND t.schedule_version = s.version) ORDER BY 1",
    ),
    Unlike(
        "payments and their parts", "sf_disbursement", "sf_disbursement_part",
        # A payment that is only listed has no parts yet.
        "SELECT d.number FROM sf_disbursement d WHERE d.released_on IS NOT NULL AND d.amount_minor <> "
        "(SELECT COALESCE(SUM(p.amount_minor), 0) FROM sf_disbursement_part p WHERE p.disbursement_id = d.id) "
        "ORDER BY 1",
    ),
    Unlike(
        "deliveries and their parts", "sf_disbursement", "sf_disbursement_part",
        # What was paid beside the hold stands on the provider, in no part.
        "SELECT d.number FROM sf_disbursement d WHERE d.released_on IS NOT NULL AND d.delivered_minor <> "
        "(SELECT COALESCE(SUM(p.delivered_minor), 0) FROM sf_disbursement_part p WHERE p.disbursement_id = d.id) "
        "ORDER BY 1",
    ),
    Unlike(
        "payments and the books", "sf_disbursement_part", "sf_transfer",
        "SELECT d.number FROM sf_disbursement_part p JOIN sf_disbursement d ON d.id = p.disbursement_id "
        "LEFT JOIN sf_transfer t ON t.book_id = p.book_id AND t.seq = p.hold_seq WHERE p.hold_seq IS NOT NULL "
        "AND (t.seq IS NULL OR t.phase <> 'hold' OR t.amount < p.amount_minor - "
        "CASE WHEN d.state = 'part_open' THEN p.delivered_minor ELSE 0 END) ORDER BY 1",
    ),
    Unlike(
        "lists and their payments", "sf_payment_list", "sf_disbursement",
        "SELECT l.number FROM sf_payment_list l WHERE l.state <> 'void' AND (l.total_minor <> "
        "(SELECT COALESCE(SUM(d.amount_minor), 0) FROM sf_disbursement d WHERE d.list_id = l.id AND d.state <> 'void') "
        "OR l.count <> (SELECT COUNT(*) FROM sf_disbursement d WHERE d.list_id = l.id AND d.state <> 'void')) "
        "ORDER BY 1",
    ),
    Unlike(
        "lists and what was approved", "sf_payment_list", "sf_approval_request",
        "SELECT l.number FROM sf_payment_list l LEFT JOIN sf_approval_request r ON r.subject_id = l.id "
        "AND r.state IN ('open', 'granted') WHERE l.state IN ('in_approval', 'approved', 'released', 'finished') "
        "AND (r.id IS NULL OR r.content_hash <> l.content_hash) ORDER BY 1",
    ),
    Unlike(
        "grants and their parts", "sf_grant", "sf_grant_part",
        "SELECT g.number FROM sf_grant g WHERE g.awarded_minor <> "
        "(SELECT COALESCE(SUM(p.awarded_minor), 0) FROM sf_grant_part p WHERE p.grant_id = g.id) ORDER BY 1",
    ),
    Unlike(
        "grants and what was signed", "sf_grant", "sf_agreement",
        "SELECT g.number FROM sf_grant g JOIN sf_agreement a ON a.grant_id = g.id AND a.state = 'signed' "
        "AND a.schedule_version = (SELECT MAX(b.schedule_version) FROM sf_agreement b "
        "WHERE b.grant_id = g.id AND b.state = 'signed') WHERE g.agreed_minor <> a.amount_minor "
        # The tranches in force are those that were signed last.
        "OR g.schedule_version <> a.schedule_version ORDER BY 1",
    ),
    Unlike(
        "scholarships and their plans", "sf_scholarship_tranche", "sf_employment_plan",
        "SELECT p.number FROM sf_scholarship s JOIN sf_employment_plan p ON p.id = s.plan_id WHERE p.cost_minor <> "
        "(SELECT COALESCE(SUM(t.amount_minor), 0) FROM sf_scholarship_tranche t WHERE t.scholarship_id = s.id) "
        "ORDER BY 1",
    ),
    Unlike(
        "grants by list and what was awarded", "sf_grant", "sf_agreement",
        # No agreement says what was promised: the signed list did, and it promised what was awarded.
        "SELECT g.number FROM sf_grant g WHERE NOT EXISTS (SELECT 1 FROM sf_agreement a WHERE a.grant_id = g.id) "
        "AND g.agreed_minor <> CASE WHEN g.schedule_version > 0 THEN g.awarded_minor ELSE 0 END ORDER BY 1",
    ),
    Unlike(
        "agreements and their parts", "sf_agreement", "sf_agreement_part",
        "SELECT COALESCE(a.number, CAST(a.id AS VARCHAR(40))) FROM sf_agreement a WHERE a.amount_minor <> "
        "(SELECT COALESCE(SUM(p.amount_minor), 0) FROM sf_agreement_part p WHERE p.agreement_id = a.id) ORDER BY 1",
    ),
    Unlike(
        "plans and decisions", "sf_committee_decision", "sf_plan",
        "SELECT p.number FROM sf_plan p JOIN sf_committee_decision d ON d.plan_id = p.id "
        "WHERE (d.outcome IN ('rejected', 'deferred', 'waiting_list') AND d.amount_minor <> 0) "
        "OR (p.approved_minor > 0 AND NOT EXISTS (SELECT 1 FROM sf_committee_decision e "
        "WHERE e.plan_id = p.id AND e.amount_minor = p.approved_minor)) ORDER BY 1",
    ),
    Unlike(
        "lists and their requests", "sf_approval_request", "sf_payment_list",
        "SELECT r.number FROM sf_approval_request r JOIN sf_payment_list l ON l.id = r.subject_id "
        "WHERE r.state IN ('open', 'granted') AND l.state <> 'void' AND r.content_hash = l.content_hash "
        "AND r.amount_minor <> l.total_minor ORDER BY 1",
    ),
    Unlike(
        "lists and what they weigh", "sf_approval_request", "sf_approval_exposure",
        # Each payment weighs once on its owner and once on its payee.
        "SELECT r.number FROM sf_approval_request r WHERE r.subject_kind = 'payment_list' AND 2 * r.amount_minor <> "
        "(SELECT COALESCE(SUM(e.amount_minor), 0) FROM sf_approval_exposure e WHERE e.request_id = r.id) ORDER BY 1",
    ),
    Unlike(
        "agreements and what they amend", "sf_agreement", "sf_grant",
        "SELECT COALESCE(a.number, CAST(a.id AS VARCHAR(40))) FROM sf_agreement a WHERE (a.amends_id IS NULL "
        "AND a.before_minor <> 0) OR (a.amends_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sf_agreement b "
        "WHERE b.grant_id = a.grant_id AND b.id <> a.id AND b.amount_minor = a.before_minor)) ORDER BY 1",
    ),
    Unlike(
        "demands and their parts", "sf_refund_demand", "sf_refund_demand_part",
        "SELECT d.number FROM sf_refund_demand d WHERE d.amount_minor <> "
        "(SELECT COALESCE(SUM(p.amount_minor), 0) FROM sf_refund_demand_part p WHERE p.demand_id = d.id) ORDER BY 1",
    ),
    Unlike(
        "refunds and their parts", "sf_refund_received", "sf_refund_received_part",
        "SELECT r.number FROM sf_refund_received r WHERE r.amount_minor <> r.excess_minor + "
        "(SELECT COALESCE(SUM(p.claims_minor + p.advances_minor + p.write_offs_minor), 0) "
        "FROM sf_refund_received_part p WHERE p.refund_id = r.id) ORDER BY 1",
    ),
    Unlike(
        "histories and their tranches", "sf_brought_forward", "sf_brought_forward_tranche",
        "SELECT t.outside_number FROM sf_brought_forward t WHERE t.paid_minor <> "
        "(SELECT COALESCE(SUM(p.amount_minor), 0) FROM sf_brought_forward_tranche p WHERE p.history_id = t.id) "
        "ORDER BY 1",
    ),
    Unlike(
        "share-outs and their lines", "sf_share_out", "sf_share_out_line",
        "SELECT t.number FROM sf_share_out t WHERE t.fund_minor <> "
        "(SELECT COALESCE(SUM(l.amount_minor), 0) FROM sf_share_out_line l WHERE l.share_out_id = t.id) "
        "OR t.shares <> (SELECT COALESCE(SUM(l.shares), 0) FROM sf_share_out_line l WHERE l.share_out_id = t.id) "
        "ORDER BY 1",
    ),
    Unlike(
        "accounts and their trails", "sf_savings_link", "sf_savings_step",
        "SELECT t.number FROM sf_savings_link t LEFT JOIN sf_savings_step s ON s.link_id = t.id AND s.position = "
        "(SELECT MAX(z.position) FROM sf_savings_step z WHERE z.link_id = t.id) "
        "WHERE s.link_id IS NULL OR s.to_state <> t.state ORDER BY 1",
    ),
    Unlike(
        "acts and their items", "sf_handover_act", "sf_handover_item",
        "SELECT a.number FROM sf_handover_act a WHERE a.total_minor <> "
        "(SELECT COALESCE(SUM(i.total_minor), 0) FROM sf_handover_item i WHERE i.act_id = a.id) ORDER BY 1",
    ),
    Unlike(
        "items and their prices", "sf_handover_item", "sf_handover_act",
        "SELECT a.number || '/' || i.position FROM sf_handover_item i JOIN sf_handover_act a ON a.id = i.act_id "
        "WHERE ABS(i.total_minor * 1000 - i.unit_value_minor * i.quantity_thousandths) > 500 ORDER BY 1",
    ),
    *(
        Unlike(
            f"{table} and the books", table, "sf_transfer",
            f"SELECT e.number FROM sf_entry e WHERE e.id IN (SELECT t.entry_id FROM {table} t WHERE {which}) "  # noqa: S608 - names of ours only
            f"AND (SELECT SUM(t.amount_minor) FROM {table} t WHERE t.entry_id = e.id AND {which}) <> "
            f"(SELECT COALESCE(SUM(x.amount), 0) FROM sf_transfer x WHERE x.entry_id = e.id "
            f"AND ({_begins(recipes)})) ORDER BY 1",
        )
        for table, recipes, which in (
            ("sf_instalment", "instalment.received", "t.amount_minor <> 0"),
            ("sf_instalment_recall", "instalment.recalled", "t.amount_minor <> 0"),
            ("sf_budget_change", "budget.allotted", "t.move = 'allotted'"),
            ("sf_write_off", "written_off.", "t.amount_minor <> 0"),
            ("sf_evidence_use", "evidence.accepted", "t.amount_minor > 0"),
            # Tax withheld and what was paid too much are of the result too; late money is set off.
            (
                "sf_disbursement_step", "payment.delivered. payment.overpaid tax.withheld. set_off.",
                "t.to_state = 'delivered' AND t.reason NOT LIKE 'bounced %'",
            ),
        )
    ),
    Unlike(
        "payout exceptions and their decisions", "sf_payout_exception", "sf_payout_decision",
        "SELECT e.number FROM sf_payout_exception e LEFT JOIN sf_payout_decision d ON d.exception_id = e.id "
        "WHERE e.state <> COALESCE(d.outcome, 'open') ORDER BY 1",
    ),
    Unlike(
        "rows of providers and payments", "sf_payout_row", "sf_disbursement_step",
        "SELECT i.number || '/' || r.row_number FROM sf_payout_row r "
        "JOIN sf_payout_intake i ON i.id = r.intake_id WHERE r.fate = 'posted' AND NOT EXISTS "
        "(SELECT 1 FROM sf_disbursement_step s WHERE s.disbursement_id = r.disbursement_id "
        "AND s.amount_minor = r.amount_minor AND s.reason LIKE r.outcome || ' %') ORDER BY 1",
    ),
    Unlike(
        "providers' files and their rows", "sf_payout_intake", "sf_payout_row",
        "SELECT i.number FROM sf_payout_intake i WHERE i.read_rows <> "
        "(SELECT COUNT(*) FROM sf_payout_row r WHERE r.intake_id = i.id) ORDER BY 1",
    ),
    Unlike(
        "accounts and grants", "sf_account", "sf_grant",
        "SELECT a.code FROM sf_account a JOIN sf_grant g ON g.id = a.grant_id "
        "WHERE substr(a.code, length(a.kind) + 2, length(g.number) + 1) <> g.number || ':' ORDER BY 1",
        kinds.ACCOUNT_OWNER,
    ),
)  # fmt: skip


def check_contents(context: Context) -> None:
    """Every content in clear, and every pair of rows that has to agree."""
    for hashed in HASHED:
        if context.has(hashed.table, hashed.table):
            _check_hashed(context, hashed)
    for one in UNLIKE:
        if context.has(one.name, one.table, one.target):
            for (which,) in context.each(one.name, _sheet_of(one)):
                context.report.found(one.kind, one.table, which, target=one.target)


def _check_hashed(context: Context, hashed: Hashed) -> None:
    statement = (
        f"SELECT {hashed.which}, t.{hashed.content}, t.{hashed.hash} "  # noqa: S608 - names of ours only
        f"FROM {hashed.table} t {hashed.joined} ORDER BY 1"
    )
    sheet = Sheet(
        hashed.table,
        lambda which, content, stored: (which, content, stored),
        lambda: sa.text(statement).columns(which=sa.String, content=sa.String, hash=sa.String),
    )
    for which, content, stored in context.each(hashed.table, sheet):
        try:
            is_same = digest(hashed.domain, content.encode("utf-8")) == stored
        except (ValueError, AttributeError):
            is_same = False
        if not is_same:
            context.report.found(kinds.CONTENT_ALTERED, hashed.table, which)


def _sheet_of(one: Unlike) -> Sheet[tuple[str]]:
    return Sheet(one.table, lambda which: (which,), lambda: sa.text(one.query).columns(which=sa.String))
