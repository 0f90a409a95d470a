"""The closed word lists of grants: kinds, methods, reasons. Must not know rules or rows.

The words are the same in code, tables, papers and the command line (domain: vocabulary).
"""

from enum import StrEnum
from typing import Final


class OwnerKind(StrEnum):
    """Whose grant it is; a grant has exactly one owner."""

    PERSON = "person"
    HOUSEHOLD = "household"
    GROUP = "group"
    ORGANISATION = "organisation"


class BasisKind(StrEnum):
    """What an award stands on: a committee's decision on a plan version, or a paper that names it directly.

    What was awarded elsewhere stands on the statement of the earlier books; nothing is awarded on that here.
    """

    COMMITTEE_DECISION = "committee_decision"
    EMPLOYMENT_PLAN = "employment_plan"
    ELIGIBILITY_LIST = "eligibility_list"
    REFERRAL = "referral"
    EARLIER_BOOKS = "earlier_books"


class AgreementKind(StrEnum):
    """Convenio (both sides promise), carta de compromiso (the participant undertakes), adenda (an amendment)."""

    CONVENIO = "convenio"
    CARTA_COMPROMISO = "carta_compromiso"
    ADENDA = "adenda"


class Party(StrEnum):
    """For whom a signature stands."""

    PARTICIPANT = "participant"
    ORGANISATION = "organisation"


class SignMethod(StrEnum):
    """How somebody signed; an outside paper was signed elsewhere and is recorded with its scan."""

    WET = "wet"
    THUMBPRINT = "thumbprint"
    AT_REQUEST = "at_request"
    ELECTRONIC = "electronic"
    SCANNED = "scanned"
    OUTSIDE_PAPER = "outside_paper"


class Finger(StrEnum):
    """Which finger gave a print."""

    RIGHT_THUMB = "right_thumb"
    LEFT_THUMB = "left_thumb"
    RIGHT_INDEX = "right_index"
    LEFT_INDEX = "left_index"
    OTHER = "other_finger"


class Delivery(StrEnum):
    """In what a tranche is given: money to the payee, or goods, vouchers or payments to suppliers."""

    MONEY = "money"
    VOUCHER = "voucher"
    IN_KIND = "in_kind"


class PaymentMethod(StrEnum):
    """How money or goods reach the payee."""

    BANK = "bank"
    MOBILE_MONEY = "mobile_money"
    CASH = "cash"
    CHEQUE = "cheque"
    WITHDRAWAL_CODE = "withdrawal_code"
    VOUCHER = "voucher"
    IN_KIND = "in_kind"


class PayeeKind(StrEnum):
    """Who is paid: a participant (owner, member or collector) or a supplier of goods."""

    PARTICIPANT = "participant"
    SUPPLIER = "supplier"


class SubjectKind(StrEnum):
    """What a piece of evidence is about."""

    HOUSEHOLD = "household"
    PARTICIPANT = "participant"
    GRANT = "grant"


class EvidenceKind(StrEnum):
    """What was observed; the meaning of `value` is said beside each (none where nothing is said)."""

    ATTENDANCE = "attendance"  # basis points of the sessions held
    ACCOUNT_LINKED = "account_linked"
    VISIT = "visit"  # 1 when the business was operating, 0 when not
    QUOTE = "quote"  # minor units offered
    OWN_CONTRIBUTION = "own_contribution"  # minor units
    LICENCE = "licence"
    SAVINGS_DEPOSIT = "savings_deposit"  # minor units
    CERTIFICATE = "certificate"
    ENROLMENT = "enrolment"  # of a tranche: 1 when it is cleared, -1 when that is taken back
    OTHER = "other"


CONFIRMED: Final = "confirmed {}"
BILLED: Final = "billed {}"
CLEARANCES: Final = tuple(topic.format("") for topic in (CONFIRMED, BILLED))
"""How topics of enrolment evidence begin that open a tranche: only the area that decides about it writes them."""

PLACE: Final = "place in {}"
"""Topic of a household's place in a selection (kind other): 1 when it is given, -1 when it is given up."""
PLACES: Final = PLACE.format("")
"""How such topics begin: only the area that selects writes them, and no condition without a topic is met by them."""

EVIDENCE_AMOUNTS: Final = (
    EvidenceKind.QUOTE,
    EvidenceKind.OWN_CONTRIBUTION,
    EvidenceKind.SAVINGS_DEPOSIT,
)
"""Evidence whose values are money."""


class DocumentKind(StrEnum):
    """What a justification line stands on."""

    INVOICE = "invoice"
    SALES_NOTE = "sales_note"
    PURCHASE_SETTLEMENT = "purchase_settlement"
    RECEIPT = "receipt"
    DECLARATION = "declaration"
    HANDOVER_ACT = "handover_act"


class EndReason(StrEnum):
    """Why a grant took no further payment."""

    COMPLETED = "completed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    RELOCATED = "relocated"
    DECEASED = "deceased"
    BREACH = "breach"
    DUPLICATE = "duplicate"
    FRAUD = "fraud"
    FUNDS_LOST = "funds_lost"
    ERROR = "error"


class LifeEventKind(StrEnum):
    """What happened in the participant's life that the grant has to answer to."""

    WITHDRAWAL = "withdrawal"
    RELOCATION = "relocation"
    DEATH = "death"
    THEFT = "theft"
    PAYEE_REPLACEMENT = "payee_replacement"


class OffsetKind(StrEnum):
    """How a claim was answered by a tranche without a payment."""

    KEPT_BACK = "kept_back"
    SET_OFF = "set_off"
