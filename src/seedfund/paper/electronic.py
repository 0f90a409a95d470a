"""Electronic signatures on a PDF (extra `sign`): given with a PKCS#12 file, and read back. Must not know papers.

A signature is appended: the bytes before it stay as they were, and nothing is drawn on a page. Reading one back asks
nobody: no revocation list and no time server is fetched. So the time is the signer's own word, a certificate is judged
as of that time, and whether it was revoked is not known.
"""

import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from seedfund.kernel.dates import utc
from seedfund.kernel.errors import MissingExtra, Refused
from seedfund.paper.reading.packet import facts_of
from seedfund.paper.reading.tokens import Unreadable
from seedfund.paper.rules import CERTIFICATE_NOT_VALID, CERTIFICATES_UNREADABLE, KEY_FILE_UNREADABLE

EXTRA: Final = "sign"
WHAT: Final = "An electronic signature"
FIELD: Final = "Signature{number}"
_HARMLESS: Final = frozenset({"NONE", "LTA_UPDATES", "FORM_FILLING"})
"""What may follow a signature without changing what was signed: nothing, its archiving, and further signatures."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A PKCS#12 file with its passphrase; it shows neither."""

    content: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    name: str = "key.p12"


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """A signature as it was found.

    `is_intact` says that what it covers, and what follows it, is as it was signed; `is_trusted` that its certificate
    comes from one of those that were given as trusted, None when none was given. `fingerprint` is the certificate's
    SHA-256, `signed_at` what the signer's clock said, `covers` up to which byte of the file it holds.
    """

    signer: str
    issuer: str
    fingerprint: str
    signed_at: datetime | None
    is_intact: bool
    is_trusted: bool | None
    is_visible: bool
    covers: int


def sign_pdf(pdf: bytes, key: KeyFile, *, reason: str, place: str, now: datetime) -> bytes:
    """A PDF with an electronic signature appended; what was there stays, byte for byte, as its beginning.

    Raises:
        MissingExtra: the package that signs is not installed.
        Refused: `key_file_unreadable` (no PKCS#12 file, or another passphrase), `certificate_not_valid` (not yet, or no
            longer).
        Unreadable: the PDF is none that can be signed.
    """
    parts = _packages()
    signer = _signer(parts, key)
    _require_valid(signer.signing_cert, now)
    with _reading():
        writer = parts.IncrementalPdfFileWriter(io.BytesIO(pdf))
        number = len(writer.prev.embedded_signatures) + 1
        about = parts.signers.PdfSignatureMetadata(
            field_name=FIELD.format(number=number), reason=reason or None, location=place or None
        )
        signed: bytes = parts.signers.sign_pdf(writer, about, signer=signer).getvalue()
    return signed


def read_signatures(pdf: bytes, *, trusted: Sequence[bytes] = ()) -> tuple[SignatureSeen, ...]:
    """The signatures of a PDF in the order they were given; `trusted` are certificates in PEM or DER.

    Raises:
        MissingExtra: the package that reads signatures is not installed.
        Refused: `certificates_unreadable`.
        Unreadable: the PDF is too damaged for it.
    """
    parts = _packages()
    roots = [root for one in trusted for root in _certificates(parts, one)]
    with _reading():
        reader = parts.PdfFileReader(io.BytesIO(pdf))
        return tuple(_seen(parts, one, roots) for one in reader.embedded_signatures)


def adds_only_signatures(issued: bytes, pdf: bytes) -> bool:
    """Whether a PDF that begins with another shows the same: nothing was added to it but signatures without a drawing.

    A signature holds for the whole file it was put under, also for what somebody painted over a page before signing.
    So every object of the first is compared with what it is now; pages may have gained places of signatures of no
    size, the root the list of them, and nothing else.

    Raises:
        MissingExtra: the package that reads signatures is not installed.
        Unreadable: the PDF is too damaged for it.
    """
    parts = _packages()
    with _reading():
        before, after = (parts.PdfFileReader(io.BytesIO(one)) for one in (issued, pdf))
        return _Additions(parts, before, after).are_signatures()


class _Additions:
    """What an update appended to a file changes in it."""

    def __init__(self, parts: "_Packages", before: Any, after: Any):
        self._parts, self._before, self._after = parts, before, after
        # The number of what the first file says of itself in XMP; papers of long ago say nothing.
        self._packet = int(before.root.raw_get("/Metadata").idnum) if "/Metadata" in before.root else 0

    def are_signatures(self) -> bool:
        """Whether signatures without a drawing are all it adds."""
        gains = {}
        for name, gained in _GAINS.items():
            reference = self._before.trailer.raw_get(name)
            if self._after.trailer.raw_get(name).idnum != reference.idnum:
                return False
            gains[reference.idnum] = gained
        if "/Encrypt" in self._after.trailer:
            return False
        numbers = range(1, int(self._before.trailer["/Size"]))
        form = _resolved(self._after.root.get("/AcroForm", {}))
        return (
            all(self._stands(number, gains) for number in numbers)
            and self._says_the_same()
            and set(form) <= _FORM_KEYS
            and all(_is_place(one) for one in _resolved(form.get("/Fields", ())))
        )

    def _stands(self, number: int, gains: Mapping[int, frozenset[str]]) -> bool:
        """Whether an object says what it said, but for what it may have gained."""
        old, new = self._object(self._before, number), self._object(self._after, number)
        if number == self._packet:
            return isinstance(new, self._parts.generic.StreamObject)
        if _is_page(old):
            places = _resolved(new.get("/Annots", ())) if isinstance(new, dict) else ()
            return self._same(old, new, _PAGE_GAINS) and all(_is_place(one) for one in places)
        return self._same(old, new, gains.get(number, frozenset()))

    def _says_the_same(self) -> bool:
        """Whether title, author and languages are what they were; who signs rewrites the whole packet."""
        if not self._packet:
            return True
        before, after = (
            {fact for fact in facts_of(one.root["/Metadata"].data) if not fact[0].endswith(_PACKET_GAINS)}
            for one in (self._before, self._after)
        )
        return before == after

    def _object(self, reader: Any, number: int) -> Any:
        reference = self._parts.generic.Reference(number, 0, reader)
        return reader.get_object(reference, never_decrypt=True)

    def _same(self, old: Any, new: Any, gained: frozenset[str]) -> bool:
        if not (gained and isinstance(old, dict) and isinstance(new, dict)):
            return _written(old) == _written(new)
        before, after = (_without(one, gained) for one in (old, new))
        return before == after


_GAINS: Final[Mapping[str, frozenset[str]]] = {
    "/Root": frozenset({"/AcroForm", "/Extensions", "/Metadata", "/Version"}),
    "/Info": frozenset({"/ModDate", "/Producer"}),
}
"""What a signature changes in the root and in the data about the file; none of it is shown on a page."""
_PACKET_GAINS: Final = ("}MetadataDate", "}ModifyDate", "}Producer")
_PAGE_GAINS: Final = frozenset({"/Annots"})
_FORM_KEYS: Final = frozenset({"/Fields", "/SigFlags", "/DA", "/DR", "/Type"})


def _is_page(value: Any) -> bool:
    return isinstance(value, dict) and value.get("/Type") == "/Page"


def _is_place(value: Any) -> bool:
    """Whether an object is the place of a signature that takes no room on the page."""
    place = _resolved(value)
    return (
        isinstance(place, dict)
        and place.get("/FT") == "/Sig"
        and "/Kids" not in place
        and place.get("/Subtype", "/Widget") == "/Widget"
        and not _is_visible(place)
    )


def _resolved(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def _without(values: Any, gained: frozenset[str]) -> dict[str, bytes]:
    return {key: _written(values.raw_get(key)) for key in values if key not in gained}


def _written(value: Any) -> bytes:
    out = io.BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()


class _Packages:
    """What of the optional package is used."""

    def __init__(self) -> None:
        from pyhanko import keys
        from pyhanko.pdf_utils import generic
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign import signers
        from pyhanko.sign.validation import validate_pdf_signature
        from pyhanko_certvalidator import ValidationContext

        self.generic = generic
        self.keys, self.signers, self.validate = keys, signers, validate_pdf_signature
        self.IncrementalPdfFileWriter, self.PdfFileReader = IncrementalPdfFileWriter, PdfFileReader
        self.ValidationContext = ValidationContext


def _packages() -> _Packages:
    try:
        return _Packages()
    except ImportError:
        raise MissingExtra(extra=EXTRA, what=WHAT) from None


def _signer(parts: _Packages, key: KeyFile) -> Any:
    try:
        found = parts.signers.SimpleSigner.load_pkcs12_data(
            key.content, other_certs=[], passphrase=key.passphrase.encode("utf-8") or None
        )
    except (ValueError, TypeError, OSError):
        found = None
    if found is None or found.signing_cert is None:
        raise Refused([KEY_FILE_UNREADABLE(file=key.name)])
    return found


def _require_valid(certificate: Any, now: datetime) -> None:
    since, until = utc(certificate.not_valid_before), utc(certificate.not_valid_after)
    if not since <= now <= until:
        refusal = CERTIFICATE_NOT_VALID(
            signer=_name(certificate.subject), since=since.date(), until=until.date()
        )
        raise Refused([refusal])


def _certificates(parts: _Packages, content: bytes) -> list[Any]:
    try:
        found = list(parts.keys.load_certs_from_pemder_data(content))
        # A certificate is only parsed when something of it is asked for.
        return [one for one in found if one.sha256_fingerprint and one.subject.native]
    except (ValueError, TypeError):
        raise Refused([CERTIFICATES_UNREADABLE()]) from None


def _seen(parts: _Packages, embedded: Any, roots: Sequence[Any]) -> SignatureSeen:
    certificate = embedded.signer_cert
    # Without trusted ones its own certificate serves: then only the signature itself is judged.
    reported = embedded.self_reported_timestamp
    context = parts.ValidationContext(
        trust_roots=list(roots) or [certificate], allow_fetching=False, moment=reported
    )
    status = parts.validate(embedded, context)
    level = status.modification_level.name if status.modification_level is not None else ""
    return SignatureSeen(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        fingerprint=certificate.sha256.hex(),
        signed_at=utc(reported) if reported is not None else None,
        is_intact=bool(status.intact and status.valid and level in _HARMLESS),
        is_trusted=bool(status.trusted) if roots else None,
        is_visible=_is_visible(embedded.sig_field),
        covers=_covered(embedded),
    )


def _covered(embedded: Any) -> int:
    *_, start, length = (int(one) for one in embedded.byte_range)
    return start + length


def _is_visible(place: Any) -> bool:
    """Whether the signature takes room on a page, where it could cover what was issued."""
    left, low, right, high = (float(edge) for edge in place.get("/Rect", (0, 0, 0, 0)))
    return left != right and low != high


def _name(name: Any) -> str:
    known = name.native
    return str(known.get("common_name") or known.get("organization_name") or name.human_friendly)


@contextmanager
def _reading() -> Iterator[None]:
    """What the package says of a damaged file becomes ours; what it writes to its log of certificates stays there."""
    logger, quiet = logging.getLogger("pyhanko"), logging.NullHandler()
    other = logging.getLogger("pyhanko_certvalidator")
    logger.addHandler(quiet)
    other.addHandler(quiet)
    try:
        yield
    except (MissingExtra, Refused):
        raise
    except Exception:  # noqa: BLE001 - a hostile file can fail in any part of the package
        raise Unreadable("its signatures cannot be read") from None
    finally:
        logger.removeHandler(quiet)
        other.removeHandler(quiet)
