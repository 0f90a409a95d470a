"""The closed lists of savings: kinds of account, who holds it, what keeps people out, where a figure was read.

Barriers are those of domain: savings-account linkage (status, document, money, information, distance).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class AccountKind(StrEnum):
    """What kind of account it is (domain: savings-account linkage)."""

    BANK = "bank"
    COOPERATIVE = "cooperative"
    BASIC_ACCOUNT = "basic_account"
    MOBILE_MONEY = "mobile_money"
    SAVINGS_GROUP = "savings_group"


FORMAL: Final = (AccountKind.BANK, AccountKind.COOPERATIVE, AccountKind.BASIC_ACCOUNT)
"""Accounts at a supervised institution: what both account indicators count, each in its own unit."""


class Holding(StrEnum):
    """Whose the account is: the person's own, shared with somebody, or a child's that an adult manages."""

    OWN = "own"
    JOINT = "joint"
    CHILD = "child"


class Proof(StrEnum):
    """What an account was verified with."""

    CERTIFICATE = "certificate"
    PASSBOOK_PHOTO = "passbook_photo"
    PROVIDER_LIST = "provider_list"
    GROUP_RECORD = "group_record"


class Barrier(StrEnum):
    """What keeps a person from an account or a service."""

    STATUS = "status"
    DOCUMENT = "document"
    MONEY = "money"
    INFORMATION = "information"
    DISTANCE = "distance"


class RefusedFor(StrEnum):
    """Why an institution did not open an account, as it said itself."""

    DOCUMENT_NOT_ACCEPTED = "document_not_accepted"
    DOCUMENT_EXPIRED = "document_expired"
    ADDRESS_NOT_PROVEN = "address_not_proven"
    STATUS_NOT_ACCEPTED = "status_not_accepted"
    FIRST_DEPOSIT_TOO_HIGH = "first_deposit_too_high"
    FEES_TOO_HIGH = "fees_too_high"
    STAFF_NOT_INFORMED = "staff_not_informed"
    PAPERS_NOT_EXPLAINED = "papers_not_explained"
    NO_BRANCH_IN_REACH = "no_branch_in_reach"


BARRIER_OF: Final[Mapping[RefusedFor, Barrier]] = MappingProxyType(
    {
        RefusedFor.DOCUMENT_NOT_ACCEPTED: Barrier.DOCUMENT,
        RefusedFor.DOCUMENT_EXPIRED: Barrier.DOCUMENT,
        RefusedFor.ADDRESS_NOT_PROVEN: Barrier.DOCUMENT,
        RefusedFor.STATUS_NOT_ACCEPTED: Barrier.STATUS,
        RefusedFor.FIRST_DEPOSIT_TOO_HIGH: Barrier.MONEY,
        RefusedFor.FEES_TOO_HIGH: Barrier.MONEY,
        RefusedFor.STAFF_NOT_INFORMED: Barrier.INFORMATION,
        RefusedFor.PAPERS_NOT_EXPLAINED: Barrier.INFORMATION,
        RefusedFor.NO_BRANCH_IN_REACH: Barrier.DISTANCE,
    }
)
"""The barrier each reason is counted under, so that nobody has to code a refusal twice."""


class Source(StrEnum):
    """Where a balance was read."""

    STATEMENT = "statement"
    PASSBOOK = "passbook"
    SELF_REPORT = "self_report"
    GROUP_RECORD = "group_record"


class Irregular(StrEnum):
    """Why something observed waits for a decision before any figure counts it."""

    BEFORE_OPENING = "before_opening"
    AFTER_CLOSING = "after_closing"
    NOT_OPENED = "not_opened"
    OTHER_CURRENCY = "other_currency"
    DOES_NOT_ADD_UP = "does_not_add_up"
    MEMBER_NOT_IN_GROUP = "member_not_in_group"
    SHARES_ABOVE_MOST = "shares_above_most"
    OUTSIDE_CYCLE = "outside_cycle"
    CASH_DIFFERS = "cash_differs"


class Purpose(StrEnum):
    """What a savings plan saves for; a match is paid for the purchase of that alone (domain: matched savings)."""

    BUSINESS = "business"
    EDUCATION = "education"
    HOUSING = "housing"
    HEALTH = "health"
    DOCUMENTS = "documents"
    EMERGENCY = "emergency"
