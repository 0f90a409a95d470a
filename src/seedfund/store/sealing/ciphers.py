"""The ciphers themselves: the one place that knows the package `cryptography`. Must not know whose values they are.

It is loaded when the first value is sealed, opened or derived: a command that touches none does not wait for it.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Cipher = AESGCM


def cipher_of(key: bytes) -> Cipher:
    """AES-256-GCM under a key."""
    return AESGCM(key)


def fresh_key(length: int) -> bytes:
    """A random key of so many bytes."""
    return AESGCM.generate_key(bit_length=8 * length)


def deciphered(cipher: Cipher, nonce: bytes, sealed: bytes, about: bytes) -> bytes | None:
    """What was sealed with this associated data; None where it was not, or was altered."""
    try:
        return cipher.decrypt(nonce, sealed, about)
    except InvalidTag:
        return None


def derived(root: bytes, purpose: bytes, *, length: int) -> bytes:
    """A key for one purpose (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=purpose).derive(root)
