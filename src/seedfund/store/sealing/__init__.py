"""Sealing: what can harm a person is stored as AEAD blobs under a data key of that person.

`keyring.py` holds the keys outside the database; `vault.py` seals and opens one subject's values; `blind.py` makes
keyed indexes for equality; `ciphers.py`, loaded when it is first needed, is what does it. Destroying a subject's data
key makes everything sealed under it unreadable for good.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.store.sealing.ciphers import Cipher, cipher_of, deciphered, derived, fresh_key
else:
    _HOMES: Final = {".ciphers": ("Cipher", "cipher_of", "deciphered", "derived", "fresh_key")}
    __getattr__ = loader(__name__, _HOMES)

__all__ = ["Cipher", "cipher_of", "deciphered", "derived", "fresh_key"]
