"""Second hands, duplicates, restriction and erasure. Must not know digests, keys or rows.

A payout account is proposed by one hand and verified by another. The same document or account in two households
stops payment until a third look decides. Who is restricted is seen by named roles alone.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.kernel.roles import Role
from seedfund.kernel.states import StateTable

ACCOUNT_STATES: Final = StateTable(
    "payout account",
    "proposed",
    {"proposed": ("verified", "retired"), "verified": ("retired",), "retired": ()},
)
FLAG_STATES: Final = StateTable("duplicate flag", "open", {"open": ("decided",), "decided": ()})

COOLING_DAYS: Final = 2
"""How long a verified account that replaces another waits while no policy is in force.

It is time for the person to notice a change nobody asked for.
"""

SEE_RESTRICTED: Final = (Role.PROTECTION_OFFICER, Role.DIRECTOR)
"""The roles that see a restricted person; all others see the number alone."""


class PayoutMethod(StrEnum):
    """How an account is paid; cash, cheque and vouchers need none."""

    BANK = "bank"
    MOBILE_MONEY = "mobile_money"
    PREPAID_CARD = "prepaid_card"


class DuplicateKind(StrEnum):
    """What two households have in common."""

    DOCUMENT = "document"
    ACCOUNT = "account"


class DuplicateDecision(StrEnum):
    """What a recorded look at two households found."""

    DIFFERENT_PEOPLE = "different_people"
    SHARED_ACCOUNT = "shared_account"
    ENTRY_MISTAKE = "entry_mistake"
    SAME_PERSON = "same_person"


class ErasureGround(StrEnum):
    """Why a person's identity is destroyed (domain: data protection)."""

    RETENTION_ENDED = "retention_ended"
    REQUESTED = "requested"
    ENTERED_BY_MISTAKE = "entered_by_mistake"


ACCOUNT_OWN_VERIFICATION = RefusalCode(
    "account_own_verification",
    "Whoever proposed a payout account does not verify it.",
    "Ask a colleague to compare it with the bank's certificate.",
)
DUPLICATE_OWN_DECISION = RefusalCode(
    "duplicate_own_decision",
    "Whoever entered the second record does not decide about the duplicate.",
    "Ask a colleague to look at both households.",
)
DUPLICATE_DECIDED = RefusalCode(
    "duplicate_decided",
    "This duplicate of {first} and {second} was decided before: {decision}.",
    "Nothing has to be done; the decision is remembered for the two households.",
)
DUPLICATE_ACCOUNT_ONLY = RefusalCode(
    "duplicate_account_only",
    "A shared account cannot explain the same document in two households.",
    "Choose another decision.",
)
DUPLICATE_EXCLUDED_MISSING = RefusalCode(
    "duplicate_excluded_missing",
    "One person stands in two households, and it is not said which of them is not to be paid.",
    "Name the household that stays out: {first} or {second}.",
)
DUPLICATE_EXCLUDED_NOT_EXPECTED = RefusalCode(
    "duplicate_excluded_not_expected",
    "A household is named to stay out, and the decision says that both may be paid.",
    "Leave the household empty, or decide that it is the same person.",
)
PERSON_ERASED = RefusalCode(
    "person_erased",
    "The identity of {participant} was erased.",
    "Register the person again if they come back.",
)
PERSON_RESTRICTED_ALREADY = RefusalCode(
    "person_restricted_already", "{participant} is restricted already.", "Nothing has to be done."
)
PERSON_NOT_RESTRICTED = RefusalCode(
    "person_not_restricted", "{participant} is not restricted.", "Nothing has to be done."
)
PARTICIPATION_UNDER_WAY = RefusalCode(
    "participation_under_way",
    "{participant} has a participation that is {state}.",
    "End that participation first.",
)
PARTICIPATION_NOT_BEGUN = RefusalCode(
    "participation_not_begun",
    "{participant} has no participation under way.",
    "Record the person as identified first.",
)
CONSENT_NOT_STANDING = RefusalCode(
    "consent_not_standing",
    "{participant} has no standing consent for {purpose} that could be withdrawn.",
    "Look the consents up with: seedfund show.",
)
REFUSALS: Final = (
    *(ACCOUNT_OWN_VERIFICATION, DUPLICATE_DECIDED, DUPLICATE_OWN_DECISION, DUPLICATE_ACCOUNT_ONLY),
    *(DUPLICATE_EXCLUDED_MISSING, DUPLICATE_EXCLUDED_NOT_EXPECTED, PERSON_ERASED),
    *(PERSON_RESTRICTED_ALREADY, PERSON_NOT_RESTRICTED, PARTICIPATION_UNDER_WAY, PARTICIPATION_NOT_BEGUN),
    CONSENT_NOT_STANDING,
)


def usable_from(verified_at: datetime, *, replaces_another: bool, cooling_days: int) -> datetime:
    """From when an account may be paid: at once when it is the first, after the cooling time when it replaces one."""
    return verified_at + timedelta(days=cooling_days) if replaces_another else verified_at


def check_duplicate_decision(
    kind: DuplicateKind,
    decision: DuplicateDecision,
    *,
    pair: tuple[str, str],
    excluded: str | None,
    is_own: bool,
) -> tuple[Refusal, ...]:
    """Why a decision about two households cannot stand; `pair` and `excluded` are household numbers."""
    found = []
    if is_own:
        found.append(DUPLICATE_OWN_DECISION())
    if decision is DuplicateDecision.SHARED_ACCOUNT and kind is not DuplicateKind.ACCOUNT:
        found.append(DUPLICATE_ACCOUNT_ONLY())
    if decision is DuplicateDecision.SAME_PERSON and excluded not in pair:
        found.append(DUPLICATE_EXCLUDED_MISSING(first=pair[0], second=pair[1]))
    if decision is not DuplicateDecision.SAME_PERSON and excluded is not None:
        found.append(DUPLICATE_EXCLUDED_NOT_EXPECTED())
    return tuple(found)
