"""Keyed digests: equality without reading. A plain hash of an id number is reversed in minutes; these need the ring."""

import hmac
from typing import Final

from seedfund.kernel.secret import Secret
from seedfund.store.sealing.keyring import KeyRing

_HASH: Final = "sha256"


class Blinder:
    """Makes blind indexes and fingerprints of one programme; other programmes' digests differ."""

    def __init__(self, ring: KeyRing, programme_id: str):
        self._index = ring.derive(f"seedfund.blind.{programme_id}")
        self._fingerprint = ring.derive(f"seedfund.fingerprint.{programme_id}")

    def __repr__(self) -> str:
        return "Blinder(…)"

    def index(self, kind: str, value: Secret) -> str:
        """The blind index of a normalised value of a kind (document, account, phone, name key), 64 hex digits."""
        return hmac.digest(self._index, f"{kind}\x1f{value.reveal()}".encode(), _HASH).hex()

    def fingerprint(self, content: bytes) -> str:
        """The keyed fingerprint of a command's content."""
        return hmac.digest(self._fingerprint, content, _HASH).hex()
