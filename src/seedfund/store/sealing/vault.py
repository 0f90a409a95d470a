"""One subject's vault: seals and opens values under that subject's data key. Must not know whose names they are.

A blob is: version byte 1, 12 random bytes, AES-256-GCM ciphertext with tag. The place (table, row, column) is
associated data, so a blob moved to another row or column does not open.
"""

import secrets
from dataclasses import dataclass
from typing import Final

from seedfund.kernel.errors import Corrupt
from seedfund.kernel.secret import Secret
from seedfund.store import sealing
from seedfund.store.sealing.keyring import KEY_BYTES, KeyRing

VERSION: Final = b"\x01"
NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands: table, row and column. A blob opens in its own place only."""

    table: str
    row: str
    column: str

    def aad(self) -> bytes:
        """Associated data of the place."""
        return "\x1f".join((self.table, self.row, self.column)).encode("utf-8")


class Vault:
    """Seals and opens values of one subject. `repr` shows nothing."""

    def __init__(self, data_key: bytes):
        self._cipher = sealing.cipher_of(data_key)

    def __repr__(self) -> str:
        return "Vault(…)"

    def seal(self, value: Secret, place: Place) -> bytes:
        """The sealed blob of a text."""
        return self.seal_bytes(value.reveal().encode("utf-8"), place)

    def seal_bytes(self, value: bytes, place: Place) -> bytes:
        """The sealed blob of bytes."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return VERSION + nonce + self._cipher.encrypt(nonce, value, place.aad())

    def open(self, blob: bytes, place: Place) -> Secret:
        """The text of a blob.

        Raises:
            Corrupt: it was sealed elsewhere, under another key, or was altered.
        """
        return Secret(self.open_bytes(blob, place).decode("utf-8"))

    def open_bytes(self, blob: bytes, place: Place) -> bytes:
        """The bytes of a blob.

        Raises:
            Corrupt: it was sealed elsewhere, under another key, or was altered.
        """
        blob = bytes(blob)
        nonce, sealed = blob[1 : 1 + NONCE_BYTES], blob[1 + NONCE_BYTES :]
        found = None
        if blob[:1] == VERSION and len(nonce) == NONCE_BYTES:
            found = sealing.deciphered(self._cipher, nonce, sealed, place.aad())
        if found is None:
            where = f"{place.table}.{place.column}"
            raise Corrupt(f"a sealed value of {where} does not open in its place; run: seedfund audit verify")
        return found


def wrap_new_key(ring: KeyRing, subject: str) -> tuple[bytes, bytes]:
    """A fresh data key and its wrapping under the ring's current master key, bound to the subject."""
    data_key = sealing.fresh_key(KEY_BYTES)
    return data_key, wrap_key(ring, data_key, subject)


def wrap_key(ring: KeyRing, data_key: bytes, subject: str) -> bytes:
    """A data key wrapped under the ring's current master key, bound to the subject."""
    return Vault(ring.master(ring.current)).seal_bytes(data_key, _key_place(subject))


def unwrap_key(ring: KeyRing, ring_key: str, wrapped: bytes, subject: str) -> bytes:
    """The data key of a subject.

    Raises:
        NotPrepared: the ring lacks the master key.
        Corrupt: the wrapping was altered or belongs to another subject.
    """
    return Vault(ring.master(ring_key)).open_bytes(wrapped, _key_place(subject))


def _key_place(subject: str) -> Place:
    return Place("sf_data_key", subject, "wrapped")
