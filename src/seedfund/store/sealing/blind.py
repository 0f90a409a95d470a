"""Keyed digests: equality without reading. A plain hash of an id number is reversed in minutes; these need the ring."""

import hashlib
from collections.abc import Iterable
from typing import Final

from seedfund.kernel.secret import Secret
from seedfund.store.sealing.keyring import KeyRing

_BLOCK: Final = 64
_INNER, _OUTER = 0x36, 0x5C
_KEPT: Final = 4_096


class _Keyed:
    """HMAC-SHA-256 (RFC 2104) with the key's two blocks hashed once; asked for thirty times a person of a file."""

    def __init__(self, key: bytes):
        if len(key) > _BLOCK:
            raise AssertionError("a key of the ring is longer than a block of the hash")
        block = key.ljust(_BLOCK, b"\0")
        self._inner: Final = hashlib.sha256(bytes(byte ^ _INNER for byte in block))
        self._outer: Final = hashlib.sha256(bytes(byte ^ _OUTER for byte in block))

    def digest(self, content: bytes) -> str:
        """64 hex digits."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(content)
        outer.update(inner.digest())
        return outer.hexdigest()


class Blinder:
    """Makes blind indexes and fingerprints of one programme; other programmes' digests differ."""

    def __init__(self, ring: KeyRing, programme_id: str):
        self._index = _Keyed(ring.derive(f"seedfund.blind.{programme_id}"))
        self._told: dict[str, str] = {}
        self._fingerprint = _Keyed(ring.derive(f"seedfund.fingerprint.{programme_id}"))

    def __repr__(self) -> str:
        return "Blinder(…)"

    def index(self, kind: str, value: Secret) -> str:
        """The blind index of a normalised value of a kind (document, account, phone, name key), 64 hex digits."""
        return self._index.digest(f"{kind}\x1f{value.reveal()}".encode())

    def indexes(self, kind: str, values: Iterable[Secret]) -> set[str]:
        """The blind indexes of many values: what came lately is not worked out again, as the words of relatives' names.

        Some thousand of them are kept in memory, for as long as this lives.
        """
        told, found = self._told, set()
        if len(told) > _KEPT:
            told.clear()
        for value in values:
            said = f"{kind}\x1f{value.reveal()}"
            if said not in told:
                told[said] = self._index.digest(said.encode())
            found.add(told[said])
        return found

    def fingerprint(self, content: bytes) -> str:
        """The keyed fingerprint of a command's content."""
        return self._fingerprint.digest(content)
