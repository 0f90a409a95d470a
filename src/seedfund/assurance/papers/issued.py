"""What is known of issued papers without opening any: numbers, versions and hashes, which name nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from seedfund.documents.wording import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedPaper:
    """A version of a paper as it was issued; `latest` is the version of its number that holds."""

    programme: str
    number: str
    version: int
    latest: int
    kind: str
    language: str
    content_hash: str
    template_version: str
    chain_head: str
    pdf_sha256: str
    drawn_with: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class ScanNoted:
    """A scan that was attached to a paper."""

    number: str
    version: int
    sha256: str
    received_on: date


@dataclass(frozen=True, slots=True)
class HeadSeen:
    """The row of a book that a paper prints, and whether the books still have it with this hash."""

    book: str
    seq: int
    stands: bool


class Known(Protocol):
    """Where issued papers are looked up."""

    as_of: date | None
    """The day of a list that was taken along; None for the books themselves."""

    def with_bytes(self, hashes: Sequence[str]) -> Sequence[IssuedPaper]:
        """The papers whose PDF has one of these SHA-256s, the latest version last."""
        ...

    def with_content(self, hashes: Sequence[str]) -> Sequence[IssuedPaper]:
        """The papers whose content has one of these hashes, the latest version last."""
        ...

    def with_number(self, numbers: Sequence[str]) -> Sequence[IssuedPaper]:
        """Every version of the papers of these numbers, the latest last."""
        ...

    def scans(self, *, sha256: str = "", number: str = "") -> Sequence[ScanNoted]:
        """The scans with this SHA-256, or all of a paper's."""
        ...

    def wording(self, paper: IssuedPaper) -> Template | None:
        """The wording a paper was issued with, where it is at hand."""
        ...

    def heads(self, paper: IssuedPaper) -> Sequence[HeadSeen]:
        """The heads of books a paper prints, as far as the books can be seen."""
        ...
