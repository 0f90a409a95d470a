"""What can be said of a paper that somebody hands in: four verdicts, and what each comparison showed. Pure data."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from seedfund.assurance.rules.findings import RESTORE, Finding, FindingKind, Severity


class PaperStatus(StrEnum):
    """What a paper is, compared with the register."""

    GENUINE = "genuine"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"
    ALTERED = "altered"


REFUSE_IT: Final = (
    "Do not accept it; ask who handed it in, and print the paper again: seedfund agreement print {number}"
)
NOTHING: Final = "Nothing has to be done."

# The verdict ----------------------------------------------------------------------------------------------------------

PAPER_GENUINE: Final = FindingKind(
    "paper_genuine",
    "It is the paper {number}, version {version} of {day}, byte for byte as it was issued.",
    NOTHING,
    Severity.NOTE,
)
PAPER_SUPERSEDED: Final = FindingKind(
    "paper_no_longer_holds",
    "It is the paper {number}, version {version} of {day}; version {latest} took its place.",
    "Work with the version that holds: seedfund agreement print {number}",
    Severity.WARNING,
)
PAPER_ALTERED: Final = FindingKind(
    "paper_altered", "It is not the paper {number} as it was issued: the file has other bytes.", REFUSE_IT
)
PAPER_NEVER_ISSUED: Final = FindingKind(
    "paper_never_issued",
    "It says that it is the paper {number}; no version of that paper has its content.",
    REFUSE_IT,
)
PAPER_UNKNOWN: Final = FindingKind(
    "paper_unknown",
    "Nothing on the register is this file, and no number or hash in it is known: {number}.",
    "Ask which programme issued it, and compare it with the books of that programme.",
    Severity.WARNING,
)
SCAN_KNOWN: Final = FindingKind(
    "scan_known",
    "It is the signed copy of the paper {number}, version {version}, that came in on {day}, byte for byte.",
    NOTHING,
    Severity.NOTE,
)
SCAN_ALTERED: Final = FindingKind(
    "scan_altered",
    "It is none of the signed copies that were attached to the paper {number}: {count} are on file.",
    "Do not accept it; look for the copy as it was attached, or for the signed paper itself.",
)

TOGETHER_GENUINE: Final = FindingKind(
    "together_genuine",
    "It is the paper {number}, version {version} of {day}, in two languages ({languages}), as drawn from both texts.",
    NOTHING,
    Severity.NOTE,
)
TOGETHER_NOT_DRAWN: Final = FindingKind(
    "together_not_drawn",
    "It carries the paper {number}, version {version}, in two languages; it was not drawn again from both: {reason}.",
    "Compare it where the books are, or ask for the paper in one language.",
    Severity.WARNING,
)

# What was compared ----------------------------------------------------------------------------------------------------

ENCLOSED_SAME: Final = FindingKind(
    "enclosed_same",
    "The content inside the file has the hash that the register keeps.",
    NOTHING,
    Severity.NOTE,
)
ENCLOSED_ALTERED: Final = FindingKind(
    "enclosed_altered", "The content inside the file is not the content that was issued.", REFUSE_IT
)
ENCLOSED_MISSING: Final = FindingKind(
    "enclosed_missing",
    "The file does not carry its content inside: it was printed or written again by another program.",
    "Ask for the file as it was issued.",
    Severity.WARNING,
)
ENCLOSED_FITS_ITSELF: Final = FindingKind(
    "enclosed_fits_itself",
    "The content inside the file fits the hash that the file carries, which proves nothing by itself.",
    "Compare it with the books it comes from.",
    Severity.NOTE,
)
HASH_PRINTED: Final = FindingKind(
    "hash_printed", "The hash that is printed on it is the one of the register.", NOTHING, Severity.NOTE
)
HASH_NOT_PRINTED: Final = FindingKind(
    "hash_not_printed", "The hash of the register is not printed on it.", REFUSE_IT
)
TEXT_SAME: Final = FindingKind(
    "text_same",
    "Its pages say what was issued, word for word; what was drawn beside the words is not compared.",
    NOTHING,
    Severity.NOTE,
)
TEXT_DIFFERS: Final = FindingKind(
    "text_differs", "Its pages say something else than what was issued, in {count} lines.", REFUSE_IT
)
TEXT_NOT_COMPARED: Final = FindingKind(
    "text_not_compared",
    "What its pages say was not compared: {reason}.",
    "Give --actor, or compare it by eye with the paper printed again: seedfund agreement print {number}",
    Severity.WARNING,
)
REDRAWN_SAME: Final = FindingKind(
    "redrawn_same",
    "Drawn again from the content that was issued, it comes out as the same bytes.",
    NOTHING,
    Severity.NOTE,
)
REDRAWN_DIFFERS: Final = FindingKind(
    "redrawn_differs",
    "Drawn again from the content that was issued, it comes out as other bytes than the register has noted.",
    "Somebody has altered the register; stop, and run: seedfund audit verify",
)
NOT_REDRAWN: Final = FindingKind(
    "not_redrawn", "It was not drawn again for comparison: {reason}.", NOTHING, Severity.NOTE
)
ADDED_AFTER: Final = FindingKind(
    "added_after",
    "The paper {number} is in the file as it was issued; {bytes} bytes were added after it.",
    "What was added may cover what was issued; print the paper again: seedfund agreement print {number}",
)

SIGNED_ONLY: Final = FindingKind(
    "signed_only",
    "It is the paper {number}, version {version} of {day}, byte for byte; only electronic signatures were added.",
    NOTHING,
    Severity.NOTE,
)
SIGNER_TRUSTED: Final = FindingKind(
    "signer_trusted",
    "Signed by {signer} on {signed}; the certificate comes from one that is trusted ({issuer}).",
    NOTHING,
    Severity.NOTE,
)
SIGNER_NOT_JUDGED: Final = FindingKind(
    "signer_not_judged",
    "Signed by {signer} on {signed}; whether the certificate of {issuer} is theirs was not judged ({fingerprint}).",
    "Give the authority's certificate with --trust, or compare the certificate's SHA-256 with what {signer} tells you.",
    Severity.WARNING,
)
SIGNER_NOT_TRUSTED: Final = FindingKind(
    "signer_not_trusted",
    "Signed by {signer} on {signed}; the certificate of {issuer} comes from none that is trusted ({fingerprint}).",
    "Ask {signer} which certificate is theirs; this one can be anybody's.",
)
SIGNATURE_BROKEN: Final = FindingKind(
    "signature_broken",
    "The signature of {signer} no longer holds: what was signed has been changed since.",
    REFUSE_IT,
)
SIGNATURE_DRAWN: Final = FindingKind(
    "signature_drawn",
    "The signature of {signer} is drawn on a page, where it can cover what was issued.",
    "Compare it by eye with the paper printed again: seedfund agreement print {number}",
)
SIGNATURES_NOT_READ: Final = FindingKind(
    "signatures_not_read",
    "Whether what was added is a signature was not judged: {reason}.",
    "Install what reads signatures: pip install 'seedfund[sign]'",
    Severity.WARNING,
)

# The books it names ---------------------------------------------------------------------------------------------------

BOOKS_STAND: Final = FindingKind(
    "books_stand",
    "The head of the book {book} that it prints (row {seq}) is the one in the books.",
    NOTHING,
    Severity.NOTE,
)
BOOKS_DIFFER: Final = FindingKind(
    "books_differ",
    "The row {seq} of the book {book} is no longer the one this paper was issued on.",
    "The paper proves that the books were altered; keep it, stop, and run: seedfund audit verify",
)
BOOKS_NOT_SEEN: Final = FindingKind(
    "books_not_seen",
    "Compared with a list of {day}: what was issued or superseded after it, and the books themselves, were not seen.",
    "Where it matters, ask the programme to compare it with its books.",
    Severity.NOTE,
)

# The register and what was noted of it elsewhere ----------------------------------------------------------------------

NOTED_PAPER_MISSING: Final = FindingKind(
    "noted_paper_missing",
    "The paper {number}, version {version}, of {programme} was noted elsewhere and is not on the register.",
    RESTORE,
)
NOTED_PAPER_DIFFERS: Final = FindingKind(
    "noted_paper_differs",
    "The paper {number}, version {version}, of {programme} is another than was noted elsewhere.",
    RESTORE,
)

KINDS: Final = (
    *(TOGETHER_GENUINE, TOGETHER_NOT_DRAWN),
    *(
        PAPER_GENUINE,
        PAPER_SUPERSEDED,
        PAPER_ALTERED,
        PAPER_NEVER_ISSUED,
        PAPER_UNKNOWN,
        SCAN_KNOWN,
        SCAN_ALTERED,
    ),
    *(
        ENCLOSED_SAME,
        ENCLOSED_ALTERED,
        ENCLOSED_MISSING,
        ENCLOSED_FITS_ITSELF,
        HASH_PRINTED,
        HASH_NOT_PRINTED,
    ),
    *(TEXT_SAME, TEXT_DIFFERS, TEXT_NOT_COMPARED, REDRAWN_SAME, REDRAWN_DIFFERS, NOT_REDRAWN, ADDED_AFTER),
    *(SIGNED_ONLY, SIGNER_TRUSTED, SIGNER_NOT_JUDGED, SIGNER_NOT_TRUSTED),
    *(SIGNATURE_BROKEN, SIGNATURE_DRAWN, SIGNATURES_NOT_READ),
    *(BOOKS_STAND, BOOKS_DIFFER, BOOKS_NOT_SEEN, NOTED_PAPER_MISSING, NOTED_PAPER_DIFFERS),
)
_OF_THE_BOOKS: Final = frozenset({BOOKS_DIFFER.code})


def status_of(findings: Iterable[Finding]) -> PaperStatus:
    """The verdict on a paper from what its comparisons showed; what is wrong with the books is not the paper's."""
    found = tuple(findings)
    codes = {one.code for one in found}
    if any(one.severity is Severity.ERROR and one.code not in _OF_THE_BOOKS for one in found):
        return PaperStatus.ALTERED
    if not codes.isdisjoint({PAPER_UNKNOWN.code, TOGETHER_NOT_DRAWN.code}):
        return PaperStatus.UNKNOWN
    return PaperStatus.SUPERSEDED if PAPER_SUPERSEDED.code in codes else PaperStatus.GENUINE
