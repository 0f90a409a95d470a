"""Certificates of plainly fictional people, made for a test: an authority, and a signer it vouches for."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "solo de prueba"
SIGNER = "Lucía Modelo Andrade"


@dataclass(frozen=True)
class Made:
    """A key file, and the certificates of the signer and of the authority in PEM."""

    key_file: bytes
    certificate: bytes
    authority: bytes


def made(which: int = 1, *, since: int = 2020, until: int = 2060) -> Made:
    """A signer's key file, `which` of several; it holds between the first days of two years."""
    return _made(which, since, until)


@cache
def _made(which: int, first_year: int, last_year: int) -> Made:
    since, until = (datetime(year, 1, 1, tzinfo=UTC) for year in (first_year, last_year))
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name, name = _name(f"Autoridad Ficticia {which}"), _name(SIGNER)
    root = _signed(root_name, root_name, root_key, root_key, since, until, is_authority=True)
    leaf = _signed(name, root_name, key, root_key, since, until, is_authority=False)
    packed = pkcs12.serialize_key_and_certificates(
        b"firma", key, leaf, [root], BestAvailableEncryption(PASSPHRASE.encode())
    )
    return Made(packed, leaf.public_bytes(Encoding.PEM), root.public_bytes(Encoding.PEM))


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_by: ec.EllipticCurvePrivateKey,
    since: datetime,
    until: datetime,
    *,
    is_authority: bool,
) -> x509.Certificate:
    uses = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(uses, critical=True)
        .sign(signed_by, hashes.SHA256())
    )
