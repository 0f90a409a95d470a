"""When something of a grant first reached somebody: the day from which a business is followed."""

from datetime import date
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from seedfund.grants.tables.awards import Grant
from seedfund.grants.tables.payments import Disbursement
from seedfund.kernel.ids import Key
from seedfund.store.statements import Query, Reader

_FIRST: Final = Query(
    lambda version, day: (Key(version), day),
    lambda: (
        sa.select(col(Grant.plan_version_id), sa.func.min(col(Disbursement.delivered_on)))
        .join(Disbursement, col(Disbursement.grant_id) == col(Grant.id))
        .where(
            col(Grant.programme_id) == sa.bindparam("programme"),
            col(Grant.plan_version_id).is_not(None),
            col(Disbursement.delivered_minor) > 0,
            col(Disbursement.delivered_on) <= sa.bindparam("on"),
        )
        .group_by(col(Grant.plan_version_id))
    ),
)


def first_deliveries(reader: Reader, programme: Key, on: date) -> dict[Key, date]:
    """The first day something was delivered by a day, by the version of the plan a grant stands on."""
    return dict(reader.all(_FIRST, programme=programme, on=on))
