"""Issued papers as a file that others keep: an anchor, which lets a paper be checked far from the books.

It holds numbers, kinds, days and hashes; it names nobody. JSON, one object a version of a paper.
"""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from seedfund.assurance.anchors import heads_to_plain
from seedfund.assurance.papers.issued import HeadSeen, IssuedPaper, ScanNoted
from seedfund.assurance.report import ChainHead
from seedfund.documents.wording import Template, load_template
from seedfund.kernel.errors import InvalidInput, Refused

FORM: Final = "seedfund.anchor.1"
FILE_MOST: Final = 512 * 1024 * 1024
_COUNTS: Final = frozenset({"version", "latest"})


class NotedPapers:
    """The papers of an anchor."""

    as_of: date | None

    def __init__(self, as_of: date, papers: Sequence[IssuedPaper]):
        self.as_of, self._papers = as_of, tuple(papers)

    def __len__(self) -> int:
        return len(self._papers)

    def every(self) -> Sequence[IssuedPaper]:
        """Every version of every paper it lists, in its order."""
        return self._papers

    def with_bytes(self, hashes: Sequence[str]) -> Sequence[IssuedPaper]:
        """The papers whose PDF has one of these SHA-256s, the latest version last."""
        return [one for one in self._papers if one.pdf_sha256 in hashes]

    def with_content(self, hashes: Sequence[str]) -> Sequence[IssuedPaper]:
        """The papers whose content has one of these hashes, the latest version last."""
        return [one for one in self._papers if one.content_hash in hashes]

    def with_number(self, numbers: Sequence[str]) -> Sequence[IssuedPaper]:
        """Every version of the papers of these numbers, the latest last."""
        return [one for one in self._papers if one.number in numbers]

    def scans(self, *, sha256: str = "", number: str = "") -> Sequence[ScanNoted]:
        """None: an anchor does not list scans."""
        return ()

    def wording(self, paper: IssuedPaper) -> Template | None:
        """The wording of this installation, when it is the one the paper was issued with."""
        try:
            found = load_template(paper.kind, language=paper.language)
        except Refused:
            return None
        return found if found.version == paper.template_version else None

    def heads(self, paper: IssuedPaper) -> Sequence[HeadSeen]:
        """None: the books are not seen from here."""
        return ()


def papers_to_plain(
    papers: Sequence[IssuedPaper], heads: Sequence[ChainHead], *, made_at: datetime
) -> dict[str, Any]:
    """An anchor as plain data: when it was made, where every chain ended, and every version of every paper."""
    return {
        "form": FORM,
        "made_at": made_at.isoformat(),
        "heads": heads_to_plain(heads),
        "papers": [_plain(one) for one in papers],
    }


def _plain(paper: IssuedPaper) -> dict[str, Any]:
    values = {one.name: getattr(paper, one.name) for one in fields(paper)}
    return values | {"issued_on": paper.issued_on.isoformat()}


def lists_papers(path: Path) -> bool:
    """Whether a file is an anchor with papers, and not the heads of chains alone.

    Raises:
        InvalidInput: the file is not there, or holds something else than JSON.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise _no_list(path) from None
    return isinstance(data, dict) and "papers" in data


def load_papers(path: Path) -> NotedPapers:
    """The papers of an anchor's file.

    Raises:
        InvalidInput: the file is not there, or is no anchor.
    """
    try:
        if path.stat().st_size > FILE_MOST:
            raise ValueError(FORM)
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["form"] != FORM:
            raise ValueError(FORM)
        made_on = datetime.fromisoformat(data["made_at"]).date()
        return NotedPapers(made_on, [_paper(one) for one in data["papers"]])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise _no_list(path) from None


def _no_list(path: Path) -> InvalidInput:
    return InvalidInput(
        field="anchors",
        problem="it lists no papers",
        remedy="give a file that seedfund audit anchor has written",
        file=path.name,
    )


def _paper(one: Any) -> IssuedPaper:
    values = {name.name: one[name.name] for name in fields(IssuedPaper)}
    for name, value in values.items():
        if not isinstance(value, int if name in _COUNTS else str):
            raise TypeError(name)
    return IssuedPaper(**values | {"issued_on": date.fromisoformat(values["issued_on"])})
