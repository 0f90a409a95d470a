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
FORM_TOGETHER: Final = "seedfund.papers.1"
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

    def to_plain(self) -> dict[str, Any]:
        """The paper as plain data."""
        texts = {name: getattr(self, name) for name in _TEXTS}
        return {"form": FORM, **texts, "content": self.content}

    def to_bytes(self) -> bytes:
        """Canonical JSON: the same paper, the same bytes."""
        return canonical_bytes(self.to_plain())


@dataclass(frozen=True, slots=True, kw_only=True)
class EnclosedTogether:
    """Two texts of a paper in one file: how they stand on its pages, and each as data."""

    arrangement: str
    papers: tuple[Enclosed, Enclosed]

    def to_bytes(self) -> bytes:
        """Canonical JSON: the same two papers, the same bytes."""
        papers = [one.to_plain() for one in self.papers]
        return canonical_bytes({"form": FORM_TOGETHER, "arrangement": self.arrangement, "papers": papers})


def open_enclosed(data: bytes) -> Enclosed | EnclosedTogether:
    """What a file carried inside, read back: a paper, or two texts of one.

    Raises:
        InvalidInput: it is of neither form.
    """
    try:
        found = json.loads(data.decode("utf-8"))
        if found["form"] == FORM_TOGETHER:
            first, second = found["papers"]
            return EnclosedTogether(
                arrangement=str(found["arrangement"]), papers=(_enclosed(first), _enclosed(second))
            )
        return _enclosed(found)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise InvalidInput(
            field="enclosed",
            problem="it is not what papers carry",
            remedy="print the paper again with: seedfund agreement print",
        ) from None


def _enclosed(found: Any) -> Enclosed:
    if found["form"] != FORM or not isinstance(found["content"], dict):
        raise ValueError(FORM)
    texts = {name: found[name] for name in _TEXTS}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError(FORM)
    return Enclosed(**texts, content=found["content"])
