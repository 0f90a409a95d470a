"""Who got what: the extracts of the programme, from the log that each of them is on the register."""

import json
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.register.tables import Paper
from seedfund.reports.queries.desk.reads import Row, of_programme
from seedfund.store.statements import Query
from seedfund.store.tables import Actor
from seedfund.store.work import Work

KIND: Final = "extract"


def _extract(number: Any, content: Any, handle: Any) -> Row:
    log = json.loads(str(content))
    rows = {file["name"].removesuffix(".csv"): file["rows"] for file in log["files"]}
    return {
        "number": str(number),
        "recipient": log["recipient"],
        "engagement": log["engagement"],
        "purpose": log["purpose"],
        "as_of": log["as_of"],
        "with_restricted": log["with_restricted"],
        "issued_by": str(handle),
        **{name: rows[name] for name in ("people", "grants", "payments")},
    }


_EXTRACTS: Final = Query(
    _extract,
    lambda: (
        sa.select(col(Paper.number), col(Paper.content_plain), col(Actor.handle))
        .select_from(Paper)
        .join(Actor, col(Actor.id) == col(Paper.issued_by))
        .where(of_programme(Paper), col(Paper.kind) == KIND)
        .order_by(col(Paper.number))
    ),
)


def extracts(work: Work) -> list[Row]:
    """Every extract that was made: for whom and what, by whom, and how many rows of each table."""
    return work.reader().all(_EXTRACTS, programme=work.programme.id)
