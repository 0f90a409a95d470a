"""The register against a list of papers that was taken along: what was noted elsewhere has to be there unchanged."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import sqlalchemy as sa

from seedfund.assurance.papers.issued import IssuedPaper
from seedfund.assurance.papers.noted import NotedPapers
from seedfund.assurance.papers.stored import read_papers
from seedfund.assurance.report import Verification
from seedfund.assurance.rules import papers as kinds
from seedfund.assurance.rules.findings import Finding

TABLE = "sf_paper"


def with_anchored(found: Verification, engine: sa.Engine, noted: NotedPapers) -> Verification:
    """A verification, and what of the noted papers is missing or another by now.

    Raises:
        Corrupt, StorageError: the database cannot be read or reached.
    """
    told = tuple(_differences(engine, noted))
    counts = Counter(found.counts)
    counts.update(one.code for one in told)
    return replace(found, findings=(*found.findings, *told), counts=dict(counts))


def _differences(engine: sa.Engine, noted: NotedPapers) -> Iterator[Finding]:
    stored = {_key(one): one for one in read_papers(engine)}
    for paper in noted.every():
        facts = {"number": paper.number, "version": str(paper.version), "programme": paper.programme}
        here = stored.get(_key(paper))
        if here is None:
            yield Finding(kinds.NOTED_PAPER_MISSING, TABLE, paper.number, facts)
        elif _hashes(here) != _hashes(paper):
            yield Finding(kinds.NOTED_PAPER_DIFFERS, TABLE, paper.number, facts)


def _key(paper: IssuedPaper) -> tuple[str, str, int]:
    return paper.programme, paper.number, paper.version


def _hashes(paper: IssuedPaper) -> tuple[str, ...]:
    return paper.content_hash, paper.pdf_sha256, paper.chain_head, paper.template_version
