"""What stands in a file after the paper that was issued: electronic signatures and nothing else, or something more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from seedfund.assurance.rules import papers as kinds
from seedfund.assurance.rules.findings import FindingKind
from seedfund.kernel.errors import MissingExtra
from seedfund.paper.electronic import SignatureSeen, adds_only_signatures, read_signatures
from seedfund.paper.reading import Unreadable

NO_PACKAGE: Final = "what reads signatures is not installed"
_FINGERPRINT_LETTERS: Final = 32


@dataclass(frozen=True, slots=True)
class Added:
    """How many bytes were added, whether they are intact signatures alone, and what is told of each signature."""

    count: int
    is_signatures: bool
    told: tuple[tuple[FindingKind, Mapping[str, object]], ...]


def look_at_added(issued: bytes, data: bytes, *, trusted: Sequence[bytes]) -> Added:
    """What follows the issued bytes in a file.

    Raises:
        Refused: `certificates_unreadable`.
    """
    count = len(data) - len(issued)
    try:
        signatures = read_signatures(data, trusted=trusted)
        is_only = adds_only_signatures(issued, data)
    except MissingExtra:
        return Added(count, False, ((kinds.SIGNATURES_NOT_READ, {"reason": NO_PACKAGE}),))
    except Unreadable:
        return Added(count, False, ())
    covers_all = bool(signatures) and signatures[-1].covers == len(data)
    is_whole = is_only and covers_all and all(one.is_intact for one in signatures)
    return Added(count, is_whole, tuple(told for one in signatures for told in _told(one)))


def _told(one: SignatureSeen) -> list[tuple[FindingKind, Mapping[str, object]]]:
    facts = {
        "signer": one.signer,
        "issuer": one.issuer,
        "fingerprint": one.fingerprint[:_FINGERPRINT_LETTERS],
        "signed": one.signed_at.date().isoformat() if one.signed_at is not None else "—",
    }
    if not one.is_intact:
        return [(kinds.SIGNATURE_BROKEN, facts)]
    drawn = [(kinds.SIGNATURE_DRAWN, facts)] if one.is_visible else []
    by_trust = {
        None: kinds.SIGNER_NOT_JUDGED,
        True: kinds.SIGNER_TRUSTED,
        False: kinds.SIGNER_NOT_TRUSTED,
    }
    return [*drawn, (by_trust[one.is_trusted], facts)]
