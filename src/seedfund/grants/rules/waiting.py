"""What a tranche waits for, in sentences: the refusals of conditions. Must not know rows."""

from typing import Final

from seedfund.kernel.errors import RefusalCode

AGREEMENT_NOT_SIGNED: Final = RefusalCode(
    "agreement_not_signed",
    "The agreement is not signed by all parties.",
    "Have it signed, record each signature, then sign the agreement.",
)
ATTENDANCE_TOO_LOW: Final = RefusalCode(
    "attendance_too_low",
    "Attendance at the training is {rate}, and {needed} is needed.",
    "Let the participant attend the sessions that are left, and record the attendance.",
)
ATTENDED_TOO_LITTLE: Final = RefusalCode(
    "attended_too_little",
    "Attended {attended} of {possible} {unit} of {course} ({rate}), {needed} needed.",
    "Let the participant attend the sessions that are left or make up for missed ones, and take the registers.",
)
NO_SESSION_HELD: Final = RefusalCode(
    "no_session_held",
    "No session of {course} was held in the time of {enrolment}; {needed} is needed.",
    "Hold the sessions of the course and take their registers.",
)
ATTENDANCE_NOT_RECORDED: Final = RefusalCode(
    "attendance_not_recorded",
    "No attendance at the training is recorded; {needed} is needed.",
    "Record the attendance from the signed register.",
)
ACCOUNT_NOT_LINKED: Final = RefusalCode(
    "account_not_linked",
    "The payee has no verified account that can be used on {day}.",
    "Propose a payout account and have another person verify it, or record the account that was opened.",
)
ACCOUNT_NOT_OPENED: Final = RefusalCode(
    "account_not_opened",
    "The payee's account {account} is {state} since {day}, and not open yet.",
    "Accompany the payee to the institution, and record the opening of the account.",
)
ACCOUNT_NOT_VERIFIED: Final = RefusalCode(
    "account_not_verified",
    "The payee's account {account} was opened, recorded on {day}, and nobody has verified it.",
    "Have another person compare it with the certificate or passbook, and verify it.",
)
ACCOUNT_REFUSED: Final = RefusalCode(
    "account_refused",
    "The institution refused the payee's account {account} on {day}: {refused_for}.",
    "Bring other papers, ask another institution, or agree on another way to pay by an adenda.",
)
ACCOUNT_CLOSED: Final = RefusalCode(
    "account_closed",
    "The payee's account {account} was closed on {day}.",
    "Link another account, or propose a payout account and have another person verify it.",
)
PREVIOUS_NOT_PAID: Final = RefusalCode(
    "previous_tranche_not_paid",
    "Nothing was paid before this tranche, so nothing could be accounted for.",
    "Pay the earlier tranche first.",
)
PREVIOUS_NOT_JUSTIFIED: Final = RefusalCode(
    "previous_tranche_not_justified",
    "Of {disbursed} paid before, {accounted} is accounted for ({rate}); {needed} is needed.",
    "Collect and review receipts for {missing} more, or receive back what was not spent.",
)
NO_VISIT: Final = RefusalCode(
    "no_visit_since",
    "No monitoring visit is recorded since {since}.",
    "Visit the business and record the visit.",
)
VISIT_OWED: Final = RefusalCode(
    "visit_owed",
    "The visit {visit}, due on {due}, was not held; no monitoring visit is recorded since {since}.",
    "Visit the business and record the visit {visit}.",
)
NOT_OPERATING: Final = RefusalCode(
    "business_not_operating",
    "The visit of {day} did not find the business operating.",
    "Agree with the participant what has to change, and visit again.",
)
QUOTES_MISSING: Final = RefusalCode(
    "quotes_missing",
    "Quotations on file: {filed} of {needed}.",
    "Collect the missing quotations from suppliers and record each with its own file.",
)
DATE_NOT_REACHED: Final = RefusalCode(
    "date_not_reached",
    "The date {day} has not come.",
    "Wait until {day}, or change the schedule by an adenda.",
)
DATE_NOT_SET: Final = RefusalCode(
    "date_not_set", "The tranche has no date.", "Give it one by an adenda, or waive the condition."
)
CONFIRMATION_MISSING: Final = RefusalCode(
    "confirmation_missing",
    "Nobody confirmed what this payment waits for, or it was taken back.",
    "Confirm it, or refuse it, with: seedfund do scholarships.confirm_tranche.",
)
BILL_MISSING: Final = RefusalCode(
    "bill_missing",
    "No bill of the provider is accepted for this payment, or a complaint holds it back.",
    "Record the bill and have it accepted with: seedfund do scholarships.decide_bill; close the complaint first.",
)
EVIDENCE_MISSING: Final = RefusalCode(
    "evidence_missing",
    "Evidence of {kind} is not on file, or below what is needed ({found} of {needed}).",
    "Record the evidence with its source.",
)
CHILDREN_NOT_ENROLLED: Final = RefusalCode(
    "children_not_enrolled",
    "{enrolled} of {children} children enrolled ({term}), all needed.",
    "Accompany the family to the school or class, and record each enrolment with its proof.",
)
TOO_FEW_CHILDREN_ENROLLED: Final = RefusalCode(
    "too_few_children_enrolled",
    "{enrolled} of {children} children enrolled ({term}), {needed} needed.",
    "Accompany the family to the school or class, and record each enrolment with its proof.",
)
NO_CHILD_OF_SCHOOL_AGE: Final = RefusalCode(
    "no_child_of_school_age",
    "The household has no child of {age_from} to {age_to} years, so none can be enrolled.",
    "Look at the members of the household and their births; if they are right, waive the condition.",
)
CHILDREN_AGE_UNKNOWN: Final = RefusalCode(
    "children_age_unknown",
    "Of {unknown} members of the household no birth is known, so it cannot be said that every child is enrolled.",
    "Ask for the birth or the age of each, and correct the participant.",
)
NO_ALTERNATIVE_MET: Final = RefusalCode(
    "no_alternative_met",
    "None of {count} alternative conditions is met.",
    "Meet one of them; each says what is missing.",
)
PARTS_NOT_MET: Final = RefusalCode(
    "condition_parts_not_met",
    "{count} of the conditions that belong together are not met.",
    "Meet each of them; each says what is missing.",
)
REFUSALS: Final = (
    *(ATTENDED_TOO_LITTLE, NO_SESSION_HELD),
    *(AGREEMENT_NOT_SIGNED, ATTENDANCE_TOO_LOW, ATTENDANCE_NOT_RECORDED, ACCOUNT_NOT_LINKED),
    *(ACCOUNT_NOT_OPENED, ACCOUNT_NOT_VERIFIED, ACCOUNT_REFUSED, ACCOUNT_CLOSED),
    *(PREVIOUS_NOT_PAID, PREVIOUS_NOT_JUSTIFIED, NO_VISIT, VISIT_OWED, NOT_OPERATING),
    *(QUOTES_MISSING, DATE_NOT_REACHED, DATE_NOT_SET, EVIDENCE_MISSING, NO_ALTERNATIVE_MET, PARTS_NOT_MET),
    *(CHILDREN_NOT_ENROLLED, TOO_FEW_CHILDREN_ENROLLED, NO_CHILD_OF_SCHOOL_AGE, CHILDREN_AGE_UNKNOWN),
    *(CONFIRMATION_MISSING, BILL_MISSING),
)
