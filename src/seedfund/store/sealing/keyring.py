"""The key ring: master keys in a file outside the database. Must not know what they seal.

The file is JSON with mode 0600: master keys by name, the name of the current one, and an index root that never
rotates (blind indexes and fingerprints have to stay comparable). Lose the file and every identity is
lost; copy it with the data and sealing protects nothing.
"""

import base64
import json
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from seedfund.kernel.errors import InvalidInput, NotPrepared, StorageError
from seedfund.store import sealing

KEY_BYTES: Final = 32
FILE_VERSION: Final = 1
HOW_TO_KEEP: Final = (
    "This file opens the sealed identities. Keep one copy on this machine with mode 0600 and one on paper or a "
    "stick in a safe, never beside a backup of the database. Without it nobody can read a name again; with it "
    "and the database, anybody can."
)


@dataclass(frozen=True, repr=False)
class KeyRing:
    """Master keys by name, the current one's name, and the index root; its `repr` shows names only."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str
    index_root: bytes = field(repr=False)
    _derived: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"KeyRing(current={self.current!r}, keys={sorted(self.keys)})"

    def master(self, name: str) -> bytes:
        """The master key of that name.

        Raises:
            NotPrepared: it is not in the ring, as after restoring an old backup with a new ring.
        """
        try:
            return self.keys[name]
        except KeyError:
            raise NotPrepared(
                f"the key ring has no key {name!r}; use the ring that sealed this database."
            ) from None

    def derive(self, purpose: str) -> bytes:
        """A 32-byte key for one purpose, from the index root (HKDF-SHA-256, RFC 5869); derived once a ring."""
        found = self._derived.get(purpose)
        if found is None:
            found = sealing.derived(self.index_root, purpose.encode("utf-8"), length=KEY_BYTES)
            self._derived[purpose] = found
        return found

    def rotated(self, name: str) -> "KeyRing":
        """The same ring with a fresh current key; old keys stay, so that old blobs open.

        Raises:
            InvalidInput: the name is taken.
        """
        if name in self.keys:
            raise InvalidInput(
                field="name", problem=f"the ring has a key {name!r}", remedy="choose another name"
            )
        fresh = {**self.keys, name: secrets.token_bytes(KEY_BYTES)}
        return KeyRing(keys=fresh, current=name, index_root=self.index_root)


def new_keyring(name: str = "k1") -> KeyRing:
    """A ring of fresh random keys."""
    return KeyRing(
        keys={name: secrets.token_bytes(KEY_BYTES)}, current=name, index_root=secrets.token_bytes(KEY_BYTES)
    )


def save_keyring(ring: KeyRing, path: Path) -> None:
    """Write a ring to a new file that only its owner can read (mode 0600).

    Raises:
        StorageError: a file is already there; a ring is never overwritten.
    """
    content = {
        "version": FILE_VERSION,
        "how_to_keep": HOW_TO_KEEP,
        "current": ring.current,
        "keys": {name: base64.b64encode(value).decode("ascii") for name, value in ring.keys.items()},
        "index_root": base64.b64encode(ring.index_root).decode("ascii"),
    }
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise StorageError(
            f"{path.name} exists already; a key ring is never overwritten; name another file."
        ) from None
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())


def load_keyring(path: Path) -> KeyRing:
    """Read a ring.

    Raises:
        NotPrepared: there is no such file, others can read it, or it is not a key ring.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        raw = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotPrepared(
            f"there is no key file {path.name}; put its copy in its place, or make a new database with: seedfund init"
        ) from None
    if os.name == "posix" and mode & 0o077:
        raise NotPrepared(f"others can read {path.name} (mode {mode:o}); run: chmod 600 {path.name}")
    try:
        content = json.loads(raw)
        if content["version"] != FILE_VERSION:
            raise ValueError
        keys = {name: _key(value) for name, value in content["keys"].items()}
        ring = KeyRing(keys=keys, current=content["current"], index_root=_key(content["index_root"]))
        ring.master(ring.current)
        return ring
    except (ValueError, KeyError, TypeError):
        raise NotPrepared(
            f"{path.name} is not a key ring of version {FILE_VERSION}; name the file that seedfund init wrote."
        ) from None


def _key(text: str) -> bytes:
    value = base64.b64decode(text, validate=True)
    if len(value) != KEY_BYTES:
        raise ValueError("a key has another length")
    return value
