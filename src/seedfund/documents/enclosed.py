"""What a paper carries inside itself as data: its content, and what it was issued with, for whoever checks it.

Everything in it is printed on the paper or is the wording's version; so whoever holds the paper learns nothing more.
Must not know layouts, pages or storage.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from seedfund.documents.content import content_hash
from seedfund.kernel.canonical import canonical_bytes
from seedfund.kernel.errors import InvalidInput

FORM: Final = "seedfund.paper.1"
FILE_NAME: Final = "seedfund-paper.json"
_TEXTS: Final = ("number", "language", "template_version", "content_hash", "chain_head")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A paper as data: its number, language, wording's version, the hash and heads it prints, and its content."""

    number: str
    language: str
    template_version: str
    content_hash: str
    chain_head: str
    content: Mapping[str, Any] = field(repr=False)

    @property
    def is_whole(self) -> bool:
        """Whether the content is the one that has this hash, and carries this number."""
        try:
            return (
                content_hash(self.content) == self.content_hash and self.content.get("number") == self.number
            )
        except (TypeError, ValueError):
            return False

    @property
    def kind(self) -> str:
        """Which paper it is, by the name its content carries."""
        return str(self.content.get("paper", ""))

    def to_bytes(self) -> bytes:
        """Canonical JSON: the same paper, the same bytes."""
        texts = {name: getattr(self, name) for name in _TEXTS}
        return canonical_bytes({"form": FORM, **texts, "content": self.content})


def open_enclosed(data: bytes) -> Enclosed:
    """What a paper carried inside, read back.

    Raises:
        InvalidInput: it is not of this form.
    """
    try:
        found = json.loads(data.decode("utf-8"))
        if found["form"] != FORM or not isinstance(found["content"], dict):
            raise ValueError(FORM)
        texts = {name: found[name] for name in _TEXTS}
        if not all(isinstance(text, str) for text in texts.values()):
            raise TypeError(FORM)
        return Enclosed(**texts, content=found["content"])
    except (KeyError, TypeError, ValueError, RecursionError):
        raise InvalidInput(
            field="enclosed",
            problem="it is not what papers carry",
            remedy="print the paper again with: seedfund agreement print",
        ) from None
