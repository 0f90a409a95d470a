"""Layouts of providers' files: the version in force of each, and every version. Must not know files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from seedfund.kernel.canonical import canonical_bytes, digest
from seedfund.kernel.codec import decode, encode
from seedfund.kernel.errors import Corrupt, NotFound
from seedfund.kernel.ids import Key
from seedfund.payouts.rules import LayoutTerms
from seedfund.payouts.tables import PayoutLayout
from seedfund.store.records import parse_document
from seedfund.store.statements import Query, Reader
from seedfund.store.tables import Actor

HASH_DOMAIN: Final = "seedfund.payout_layout.v1"


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """One version of a layout, with who proposed and who approved it."""

    id: Key
    code: str
    version: int
    terms: LayoutTerms
    proposed_by: str
    approved_by: str
    approved_on: date


def terms_hash(terms: LayoutTerms) -> str:
    """The hash of how a file is written."""
    return digest(HASH_DOMAIN, canonical_bytes(encode(terms, [])))


def _row(*values: Any) -> LayoutRow:
    this, code, version, terms, hashed, proposer, approver, on = values
    document = parse_document(terms)
    # What was approved is hashed as it was written: a field that layouts have since is none of it.
    if digest(HASH_DOMAIN, canonical_bytes(document)) != hashed:
        raise Corrupt(f"the layout {code} v{version} is not what was approved; run: seedfund audit verify")
    decoded = decode(LayoutTerms, document)
    return LayoutRow(Key(this), code, int(version), decoded, proposer, approver, on)


def _layouts() -> Any:
    proposer, approver = aliased(Actor), aliased(Actor)
    return (
        sa.select(
            col(PayoutLayout.id),
            col(PayoutLayout.code),
            col(PayoutLayout.version),
            col(PayoutLayout.terms),
            col(PayoutLayout.terms_hash),
            col(proposer.handle),
            col(approver.handle),
            col(PayoutLayout.approved_on),
        )
        .join(proposer, col(proposer.id) == col(PayoutLayout.proposed_by))
        .join(approver, col(approver.id) == col(PayoutLayout.approved_by))
        .where(col(PayoutLayout.programme_id) == sa.bindparam("programme"))
        .order_by(col(PayoutLayout.code), col(PayoutLayout.version))
    )


ALL: Final = Query(_row, _layouts)
BY_CODE: Final = Query(_row, lambda: _layouts().where(col(PayoutLayout.code) == sa.bindparam("code")))
BY_ID: Final = Query(_row, lambda: _layouts().where(col(PayoutLayout.id) == sa.bindparam("id")))


def list_layouts(reader: Reader, programme: Key) -> list[LayoutRow]:
    """Every version of every layout, by code."""
    return reader.all(ALL, programme=programme)


def layout_versions(reader: Reader, programme: Key, code: str) -> Sequence[LayoutRow]:
    """The versions of one layout, the first one first; none where there is no such layout."""
    return reader.all(BY_CODE, programme=programme, code=code.strip().lower())


def layout_in_force(reader: Reader, programme: Key, code: str) -> LayoutRow:
    """The version of a layout that holds now.

    Raises:
        NotFound: there is no such layout.
        Corrupt: it is not what was approved.
    """
    found = layout_versions(reader, programme, code)
    if not found:
        raise NotFound(what="payout layout", which=code, look="seedfund list payout-layouts")
    return found[-1]


def layout_by_id(reader: Reader, programme: Key, layout: Key) -> LayoutRow:
    """The version that a file was written in."""
    return reader.one(BY_ID, programme=programme, id=layout)
