"""Who may see what, reader by reader. A reader that stands in no table here was judged by nobody, and the sweep fails.

The rule above all of them: what is about a restricted person is for `SEE_RESTRICTED` alone, in every reader. The tables
say what of ordinary people the whole team sees, and what some roles see besides.
"""

from collections.abc import Mapping
from typing import Final

from seedfund.kernel.roles import Role
from seedfund.payouts.queries.exceptions import CELL_READERS
from tests.privacy.needles import What

NOTHING: Final[frozenset[What]] = frozenset()
NAMES: Final = frozenset((What.GIVEN, What.FAMILY))
TOLD: Final = frozenset((What.TELLING,))
NAMES_AND_TOLD: Final = NAMES | TOLD
CONTACT: Final = frozenset((What.ALIAS, What.PHONE, What.ADDRESS, What.SAFE_CONTACT))

WORDS_ROLES: Final = frozenset(
    (
        *(Role.FIELD_OFFICER, Role.COACH, Role.ECONOMIC_INCLUSION_EXPERT),
        *(Role.PROGRAMME_MANAGER, Role.DIRECTOR, Role.PROTECTION_OFFICER),
    )
)
"""Those who accompany people: they reach them, and read what was said."""
ACCOUNT_ROLES: Final = WORDS_ROLES | {Role.FINANCE_OFFICER, Role.FINANCE_APPROVER}
"""Those who propose or verify an account compare its number with the bank's certificate."""

RECONCILING: Final = frozenset((Role.RECONCILER, Role.FINANCE_OFFICER, Role.FINANCE_APPROVER))
"""Those who have to find out what a line or a row of others is."""

LISTS: Final[Mapping[str, frozenset[What]]] = {
    "households": NAMES | {What.PLACE},
    "participants": NAMES,
    "duplicates": NOTHING,
    "likely-duplicates": NOTHING,
    "donors": NOTHING,
    "funds": NOTHING,
    "lines": NOTHING,
    "accounts": NOTHING,
    "benefits": NOTHING,
    "eligibility": NOTHING,
    "calls": NOTHING,
    "plans": NAMES,
    "sessions": NOTHING,
    "courses": NOTHING,
    "providers": NOTHING,
    "cohorts": NOTHING,
    "enrolments": NAMES,
    "certificates": NAMES,
    "savings": NAMES,
    "savings-plans": NAMES,
    "savings-groups": NOTHING,
    "visits": NAMES,
    "referrals": NAMES,
    "interviews": NAMES,
    "placements": NAMES,
    "monitoring": NAMES,
    # The occupation a scholarship is asked for is a word of its course.
    "applications": NAMES_AND_TOLD,
    "scholarships": NAMES,
    "grants": NAMES,
    # What was bought, and why a receipt or an entry was judged as it was: books have to say it.
    "receipts": TOLD,
    "entries": TOLD,
    "exceptions": TOLD,
    **dict.fromkeys(
        (
            "statements",
            "lines-to-enter",
            "matches",
            "reconciliations",
            "schooling",
            "services",
            "barriers",
            "vacancies",
            "activities",
            "household-plans",
            "instruments",
            "assessments",
            "graduation-criteria",
            "graduations",
            "selection-rules",
            "screenings",
            "selections",
            "bills",
            "complaints",
            "agreements",
            "lists",
            "payments",
            "payout-layouts",
            "payout-files",
            "payout-results",
            "payout-exceptions",
            "demands",
            "refunds",
            "papers",
            "periods",
            "extracts",
            "proposals",
            "actors",
        ),
        NOTHING,
    ),
}
"""Every list."""
REPORTS: Final[Mapping[str, frozenset[What]]] = {
    "fund_summary": NOTHING,
    "participant_grant_ledger": NAMES_AND_TOLD,
    # Why money was moved or given up stands beside the entry; people stand there by number.
    "fund_ledger": TOLD,
    "cash_book": TOLD,
    "reconciliation": NOTHING,
    "trial_balance": NOTHING,
    "budget_vs_actual": NOTHING,
    "face_form": NOTHING,
    "week": NAMES,
    "open_advances_ageing": NOTHING,
    "exceptions": TOLD,
    "indicators": NOTHING,
    "programme": NOTHING,
    "household": NAMES,
}
"""Reports and folios."""

PAPER_NAMES: Final = NAMES_AND_TOLD | {What.DOCUMENT}
PAPERS: Final[Mapping[str, frozenset[What]]] = {
    "agreement": PAPER_NAMES | {What.ADDRESS, What.PLACE},
    "addendum": PAPER_NAMES | {What.ADDRESS, What.PLACE},
    "scholarship_agreement": PAPER_NAMES | {What.ADDRESS},
    "handover": PAPER_NAMES,
    "close_out": PAPER_NAMES,
    "official_receipt": PAPER_NAMES - TOLD,
    "payment_receipt": PAPER_NAMES,
    "consent": PAPER_NAMES,
    "certificate": PAPER_NAMES,
    "attendance_register": NAMES,
    "committee_minutes": TOLD,
}
"""What a paper names its person by, as the person signed it; whoever keeps the file prints it again."""
MINUTES_TELL: Final = frozenset(("paper committee_minutes",))
"""One paper about many plans, which stand there by number; what was said of each cannot be taken out of it."""

THINGS: Final[Mapping[str, tuple[str, frozenset[What]]]] = {
    "_household": ("household", NAMES | {What.PLACE}),
    "_participant": ("participant", NAMES),
    "plans.show_plan": ("business plan", NAMES_AND_TOLD),
    "visits.show_visit": ("visit", NAMES),
    "schooling.show_schooling": ("schooling", NAMES),
    "services.show_service": ("service", NOTHING),
    "services.show_referral": ("referral", NAMES),
    "work.show_vacancy": ("vacancy", NOTHING),
    "work.show_interview": ("interview", NAMES),
    "work.show_placement": ("placement", NAMES),
    "activities.show_activity": ("activity", NAMES),
    "monitoring.show_monitoring": ("monitoring", NAMES),
    "progress.show_household_plan": ("household plan", NOTHING),
    "progress.show_assessment": ("assessment", NOTHING),
    "progress.show_graduation": ("graduation", TOLD),
    "selection.show_selection": ("selection", NOTHING),
    "selection.show_rules": ("selection rules", NOTHING),
    "yardsticks.show_yardstick": ("instrument", NOTHING),
    "plans.show_call": ("call", NOTHING),
    "plans.show_session": ("committee session", TOLD),
    "_link": ("savings link", NAMES),
    "savings.show_savings_plan": ("savings plan", NAMES),
    "savings.show_group": ("savings group", NAMES),
    "training.show_cohort": ("cohort", NAMES),
    "training.show_session": ("session of a cohort", NAMES),
    "training.show_enrolment": ("enrolment", NAMES),
    "scholarships.show_application": ("scholarship application", NAMES_AND_TOLD),
    "scholarships.show_bill": ("provider bill", NOTHING),
    "_grant": ("grant", NAMES_AND_TOLD),
    "_list": ("payment list", NOTHING),
    "_payment": ("payment", NOTHING),
    "payouts.show_payout_exception": ("payout exception", NOTHING),
    "payouts.show_file": ("payout file", NOTHING),
    "payouts.show_intake": ("payout results", NOTHING),
    "payouts.show_layout": ("payout layout", NOTHING),
    "_justification": ("justification", TOLD),
    "banking.show_statement": ("bank statement", NOTHING),
    "banking.show_match": ("bank match", NOTHING),
    "banking.show_signed": ("signed reconciliation", NOTHING),
    "agreement": ("agreement", NOTHING),
    "refund demand": ("refund demand", NOTHING),
    "official receipt": ("official receipt", NOTHING),
    "paper": ("paper", NOTHING),
    "_entry": ("entry", TOLD),
    "_fund": ("fund", NOTHING),
}
"""Who is asked for a number → what it shows, and what of people stands there for everybody."""
ALSO: Final[Mapping[str, frozenset[What]]] = {"graduation criteria": NOTHING}
"""Second kinds of one that is asked."""

MORE: Final[Mapping[tuple[str, What], frozenset[Role]]] = {
    **{("show participant", what): WORDS_ROLES for what in CONTACT},
    ("show participant", What.ACCOUNT): ACCOUNT_ROLES,
    ("show interview", What.TELLING): WORDS_ROLES,
    **{("show bank statement", what): RECONCILING for what in (*NAMES, What.ACCOUNT, What.TELLING)},
    ("show payout exception", What.ACCOUNT): frozenset(CELL_READERS),
    ("show monitoring", What.TELLING): WORDS_ROLES,
    ("show household plan", What.TELLING): WORDS_ROLES,
    ("show placement", What.TELLING): WORDS_ROLES,
    ("show referral", What.TELLING): WORDS_ROLES,
}
"""What some roles see besides: reader and what → who."""
