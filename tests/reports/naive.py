"""The books recomputed from single rows, one after the other, as an outsider would: no code of the reports in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from seedfund.kernel.dates import utc
from tests.support.programme import House

ROWS = """
SELECT t.amount, t.phase, t.held, t.booking_date, e.recorded_at, a.code, b.code, c.code, d.code
FROM sf_transfer t JOIN sf_entry e ON e.id = t.entry_id
LEFT JOIN sf_account a ON a.id = t.debit_id LEFT JOIN sf_account b ON b.id = t.credit_id
LEFT JOIN sf_account c ON c.id = t.memo_debit_id LEFT JOIN sf_account d ON d.id = t.memo_credit_id
ORDER BY t.book_id, t.seq
"""


@dataclass
class Counters:
    """What was posted and what is on hold."""

    debits: int = 0
    credits: int = 0
    debits_held: int = 0
    credits_held: int = 0


def _day(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _instant(value: Any) -> datetime:
    return utc(datetime.fromisoformat(value)) if isinstance(value, str) else utc(value)


def counters(
    house: House, *, as_of: date | None = None, as_known: datetime | None = None
) -> dict[str, Counters]:
    """Every account's counters from all rows booked by a day and recorded by an instant."""
    found: dict[str, Counters] = defaultdict(Counters)
    with house.engine.connect() as connection:
        rows = connection.execute(sa.text(ROWS)).all()
    for amount, phase, held, booked, recorded, *codes in rows:
        if as_of is not None and _day(booked) > as_of:
            continue
        if as_known is not None and _instant(recorded) > as_known:
            continue
        posted = amount if phase in ("post", "settle") else 0
        pending = amount if phase == "hold" else -(held or 0)
        for place, code in enumerate(codes):
            if code is not None and place % 2 == 0:
                found[code].debits += posted
                found[code].debits_held += pending
            elif code is not None:
                found[code].credits += posted
                found[code].credits_held += pending
    return found
