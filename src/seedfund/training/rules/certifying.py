"""Who is given a certificate, and its verification code. Must not know rows."""

import base64
import hashlib
from typing import Final

from seedfund.kernel.errors import Refusal, RefusalCode
from seedfund.training.rules.attendance import WHOLE, Attendance, NoRate

CERTIFICATE_TWICE: Final = RefusalCode(
    "certificate_twice",
    "{enrolment} has the certificate {certificate}.",
    "Print that one again.",
)
BELOW_THRESHOLD: Final = RefusalCode(
    "attendance_below_threshold",
    "{participant} attended {attended} of {possible} ({rate}), and {needed} is needed.",
    "Let the person make up for missed sessions, or have the threshold waived with a reason.",
)
NOTHING_ATTENDED_YET: Final = RefusalCode(
    "no_sessions_yet",
    "No session was held in the time of {enrolment}.",
    "Hold the sessions of the course and take their registers first.",
)
UNMARKED_SESSIONS: Final = RefusalCode(
    "sessions_unmarked",
    "{participant} is not marked in {count} sessions that were held.",
    "Complete the registers; whoever is not marked counts as absent.",
)
ENROLMENT_ENDED: Final = RefusalCode(
    "enrolment_ended",
    "{enrolment} ended as {state}.",
    "A certificate is given for a course that somebody stayed in; enrol the person again.",
)
WAIVER_NOT_NEEDED: Final = RefusalCode(
    "waiver_not_needed",
    "The attendance of {participant} reaches the threshold.",
    "Issue the certificate; nothing has to be waived.",
)
OWN_WAIVER: Final = RefusalCode(
    "own_threshold_waiver",
    "Who waived the threshold for {enrolment} does not issue the certificate.",
    "Ask a colleague to issue it.",
)
REFUSALS: Final = (
    *(CERTIFICATE_TWICE, BELOW_THRESHOLD, NOTHING_ATTENDED_YET, UNMARKED_SESSIONS),
    *(ENROLMENT_ENDED, WAIVER_NOT_NEEDED, OWN_WAIVER),
)
CODE_BYTES: Final = 10


def rate_text(basis_points: int) -> str:
    """`75 %`, or with what is left of a percent, `66.66 %`."""
    whole, rest = divmod(basis_points, WHOLE // 100)
    return f"{whole}.{rest:02d} %" if rest else f"{whole} %"


def check_attendance(
    enrolment: str, participant: str, found: Attendance | NoRate, *, threshold: int, is_waived: bool
) -> list[Refusal]:
    """Why attendance does not earn a certificate."""
    if isinstance(found, NoRate):
        return [NOTHING_ATTENDED_YET(enrolment=enrolment)]
    refusals = []
    if found.unmarked:
        refusals.append(UNMARKED_SESSIONS(participant=participant, count=found.unmarked))
    if not found.reaches(threshold) and not is_waived:
        refusals.append(
            BELOW_THRESHOLD(
                participant=participant,
                attended=found.attended,
                possible=found.possible,
                rate=rate_text(found.basis_points),
                needed=rate_text(threshold),
            )
        )
    return refusals


def verification_code(number: str, enrolment: str, *, salt: str) -> str:
    """A code of sixteen signs that goes with one certificate: `XXXX-XXXX-XXXX-XXXX`, without 0, 1, 8 and 9.

    `salt` is the key of the row, which stands nowhere else: nobody makes a code up from what is printed.
    """
    digest = hashlib.sha256(f"{number}\x1f{enrolment}\x1f{salt}".encode()).digest()[:CODE_BYTES]
    signs = base64.b32encode(digest).decode("ascii")
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))
