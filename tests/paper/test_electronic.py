"""An electronic signature is appended and read back; whatever is changed afterwards is found."""

import builtins
import io
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec

from seedfund.kernel.errors import MissingExtra, Refused
from seedfund.paper.electronic import (
    KeyFile,
    SignatureSeen,
    adds_only_signatures,
    read_signatures,
    sign_pdf,
)
from seedfund.paper.reading import PdfSource, Unreadable, page_lines
from tests.paper.test_reading import pdf
from tests.support.certificates import PASSPHRASE, SIGNER, made

PAPER = pdf()


NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)


def signed(data: bytes = PAPER, *, by: int = 1) -> bytes:
    key = KeyFile(made(by).key_file, PASSPHRASE)
    return sign_pdf(data, key, reason="Convenio", place="Tulcán", now=NOW)


def only(data: bytes, **given: Any) -> SignatureSeen:
    (found,) = read_signatures(data, **given)
    return found


def test_what_was_there_stays_the_beginning_byte_for_byte_and_nothing_is_drawn() -> None:
    data = signed()

    assert data.startswith(PAPER)
    assert len(data) > len(PAPER)
    assert page_lines(PdfSource(data)) == page_lines(PdfSource(PAPER))


def test_a_signature_says_who_signed_and_that_nothing_was_changed() -> None:
    data = signed()

    found = only(data)

    assert (found.signer, found.issuer) == (SIGNER, "Autoridad Ficticia 1")
    assert found.is_intact
    assert found.is_trusted is None
    assert not found.is_visible
    assert found.covers == len(data)
    assert len(found.fingerprint) == 64
    assert found.signed_at is not None
    assert found.signed_at.tzinfo is UTC


def test_a_signer_is_trusted_by_the_authority_that_was_given_and_by_no_other() -> None:
    data = signed()

    assert only(data, trusted=[made().authority]).is_trusted is True
    assert only(data, trusted=[made(3).authority]).is_trusted is False
    assert only(data, trusted=[made(3).authority]).is_intact


@pytest.mark.parametrize("share", [0.1, 0.35, 0.6, 0.8])
def test_a_byte_that_is_changed_anywhere_is_found(share: float) -> None:
    data = bytearray(signed())
    place = int(len(PAPER) * share)
    data[place] ^= 1

    try:
        found = read_signatures(bytes(data))
    except Unreadable:
        return

    assert not [one for one in found if one.is_intact]


def repainted(data: bytes) -> bytes:
    """The file with an update appended that paints over its first page, as an editor writes one."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data))
    page, _ = writer.find_page_for_modification(0)
    paint = writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 595 842 re f"))
    page.get_object()["/Contents"] = generic.ArrayObject([page.get_object().raw_get("/Contents"), paint])
    writer.update_container(page.get_object())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_something_that_is_painted_over_a_signed_paper_is_found() -> None:
    data = signed()
    painted = repainted(data)
    assert painted.startswith(data)

    found = only(painted)

    assert not found.is_intact
    assert found.covers == len(data) < len(painted)


def test_a_second_signature_leaves_the_first_intact() -> None:
    once = signed()
    twice = signed(once, by=2)

    first, second = read_signatures(twice)

    assert twice.startswith(once)
    assert (first.is_intact, second.is_intact) == (True, True)
    assert (first.covers, second.covers) == (len(once), len(twice))


def test_signatures_are_all_that_was_added_to_a_signed_paper() -> None:
    once = signed()

    assert adds_only_signatures(PAPER, PAPER)
    assert adds_only_signatures(PAPER, once)
    assert adds_only_signatures(PAPER, signed(once, by=2))


def test_who_paints_over_a_paper_and_then_signs_it_is_found_though_the_signature_is_intact() -> None:
    forged = signed(repainted(PAPER))

    assert only(forged).is_intact
    assert only(forged).covers == len(forged)
    assert not adds_only_signatures(PAPER, forged)


def test_another_document_behind_the_paper_is_found() -> None:
    """Its table of objects leads past the paper, to pages of its own."""
    other = b"%PDF-1.4\n"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    ]
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(PAPER) + len(other))
        other += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(PAPER) + len(other)
    other += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % one for one in places)
    other += b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table

    try:
        assert not adds_only_signatures(PAPER, PAPER + other)
        assert not adds_only_signatures(PAPER, signed(PAPER + other))
    except Unreadable:
        pytest.fail("the table of the other document has to be read for this test to prove something")


def drawn_on_a_page(data: bytes) -> bytes:
    """The file with a signature that takes room on its first page."""
    out = io.BytesIO()
    signer = signers.SimpleSigner.load_pkcs12_data(
        made().key_file, other_certs=[], passphrase=PASSPHRASE.encode()
    )
    place = SigFieldSpec("Firma", on_page=0, box=(60, 60, 400, 400))
    about = signers.PdfSignatureMetadata(field_name="Firma")
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    signers.PdfSigner(about, signer=signer, new_field_spec=place).sign_pdf(writer, output=out)
    return out.getvalue()


def test_a_signature_that_is_drawn_on_a_page_may_cover_it() -> None:
    drawn = drawn_on_a_page(PAPER)

    assert only(drawn).is_visible
    assert not adds_only_signatures(PAPER, drawn)


def test_a_paper_without_signatures_has_none() -> None:
    assert read_signatures(PAPER) == ()


@pytest.mark.parametrize(
    "key",
    [
        KeyFile(made().key_file, "otra", "firma.p12"),
        KeyFile(made().key_file, "", "firma.p12"),
        KeyFile(b"nothing", PASSPHRASE, "firma.p12"),
        KeyFile(b"", PASSPHRASE, "firma.p12"),
    ],
    ids=("another passphrase", "no passphrase", "no key file", "empty"),
)
def test_a_key_file_that_does_not_open_is_refused_and_never_shown(key: KeyFile) -> None:
    with pytest.raises(Refused) as found:
        sign_pdf(PAPER, key, reason="", place="", now=NOW)

    assert found.value.codes == ("key_file_unreadable",)
    assert "firma.p12" in found.value.refusals[0].sentence
    assert PASSPHRASE not in repr(key)


@pytest.mark.parametrize(("since", "until"), [(2020, 2026), (2027, 2060)], ids=("ended", "not begun"))
def test_nobody_signs_with_a_certificate_that_does_not_hold_today(since: int, until: int) -> None:
    key = KeyFile(made(since=since, until=until).key_file, PASSPHRASE)

    with pytest.raises(Refused) as found:
        sign_pdf(PAPER, key, reason="", place="", now=NOW)

    assert found.value.codes == ("certificate_not_valid",)


@pytest.mark.parametrize("content", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_what_is_no_certificate_is_not_trusted(content: bytes) -> None:
    with pytest.raises(Refused) as found:
        read_signatures(signed(), trusted=[content])

    assert found.value.codes == ("certificates_unreadable",)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 nothing", PAPER[:2000]])
def test_what_is_no_pdf_cannot_be_signed_or_read(data: bytes) -> None:
    with pytest.raises(Unreadable):
        signed(data)
    with pytest.raises(Unreadable):
        read_signatures(data)


def test_without_the_optional_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyhanko"):
            raise ImportError(name)
        return usual(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)

    for act in (lambda: read_signatures(PAPER), signed):
        with pytest.raises(MissingExtra, match=r"seedfund\[sign\]"):
            act()


def test_nothing_is_left_in_the_logs_of_the_host(caplog: pytest.LogCaptureFixture) -> None:
    before = {name: list(logging.getLogger(name).handlers) for name in ("pyhanko", "pyhanko_certvalidator")}

    read_signatures(signed(), trusted=[made(3).authority])

    assert before == {name: logging.getLogger(name).handlers for name in before}


def test_who_signs_after_changing_what_the_file_says_of_itself_is_found() -> None:
    """The title that readers show stands in no page: it could be changed under a signature that is intact."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(PAPER))
    packet = writer.root["/Metadata"]
    packet._data = packet.data.replace(b"Convenio", b"Recibo")
    writer.update_container(packet)
    out = io.BytesIO()
    writer.write(out)

    forged = signed(out.getvalue())

    assert b"Recibo" in forged
    assert only(forged).is_intact
    assert not adds_only_signatures(PAPER, forged)
