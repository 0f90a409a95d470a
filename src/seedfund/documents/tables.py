"""The terms of papers, the wording each paper was issued with, and what each looked like. Schema only.

The content of a paper stands on the register; what is kept here makes it possible to draw the same paper again, byte
for byte, long after wording and terms have changed.
"""

from datetime import date
from typing import Final

import sqlalchemy as sa

from seedfund.kernel.ids import Key
from seedfund.store.columns import Table, day, document, integer, key, primary_key, reference, text
from seedfund.store.triggers import Trigger, append_only

TRIGGERS: Final[tuple[Trigger, ...]] = (
    *append_only("sf_paper_terms", ("id",)),
    *append_only("sf_template_version", ("version", "paper", "language")),
    *append_only("sf_paper_print", ("paper_id",)),
)


class PaperTermsVersion(Table, table=True):
    """A version of the terms of papers, in force from a day on; append-only, two persons by its proposal."""

    __tablename__ = "sf_paper_terms"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "version"),
        sa.UniqueConstraint("proposal_id"),
        sa.ForeignKeyConstraint(
            ["proposal_id", "proposed_by"], ["sf_proposal.id", "sf_proposal.proposed_by"]
        ),
        sa.CheckConstraint("approved_by <> proposed_by", name="two_hands"),
    )
    id: Key = primary_key()
    programme_id: Key = reference("sf_programme.id", index=False)
    version: int = integer("version", least=1)
    proposal_id: Key = key()
    terms: str = document()
    terms_hash: str = text(64)
    effective_from: date = day()
    proposed_by: Key = key()
    approved_by: Key = reference("sf_actor.id", index=False)


class TemplateVersion(Table, table=True):
    """A wording that papers were issued with: template and labels as they were then; append-only."""

    __tablename__ = "sf_template_version"
    version: str = text(120, primary=True)
    paper: str = text(30, primary=True)
    language: str = text(10, primary=True)
    source: str = document()
    labels: str = document()


class PaperPrint(Table, table=True):
    """How an issued paper looked: language, SHA-256 of its PDF, and what drew it; append-only."""

    __tablename__ = "sf_paper_print"
    paper_id: Key = reference("sf_paper.id", primary=True)
    language: str = text(10)
    pdf_sha256: str = text(64)
    drawn_with: str = text(120)
