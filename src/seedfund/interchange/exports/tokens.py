"""Tokens in the place of people and grants: the same row has the same token for one reader, and another for the next.

A token is a keyed digest (HMAC-SHA-256) over the row's own key, under a key derived from the key ring for one programme
and one reader. No number of the house and no official number goes into it, so that nobody without the key ring works
one out, and two readers cannot set theirs beside each other.
"""

import hashlib
import hmac
import unicodedata
from typing import Final

from seedfund.store.work import Work

PUBLIC: Final = "public"
"""The reader of what is published: everybody, with the same tokens in every publication."""
_LENGTH: Final = 20
"""Hexadecimal digits of a token: 80 bits, so that no two of a programme are alike."""


class Tokens:
    """Makes the tokens of one reader."""

    def __init__(self, work: Work, *readers: str):
        purpose = "\x1f".join((work.programme.id, *map(_folded, readers)))
        self._key = work.keyring.derive(f"seedfund.token.v1\x1f{purpose}")

    def __repr__(self) -> str:
        return "Tokens(…)"

    def of(self, kind: str, key: str) -> str:
        """The token of a row of a kind (person, household, grant, payment)."""
        return hmac.new(self._key, f"{kind}\x1f{key}".encode(), hashlib.sha256).hexdigest()[:_LENGTH]


def _folded(reader: str) -> str:
    """A reader's name without what a hand may write otherwise: case, accents' form, blanks."""
    return " ".join(unicodedata.normalize("NFKC", reader).casefold().split())
