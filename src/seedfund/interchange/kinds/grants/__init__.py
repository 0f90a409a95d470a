"""Files about what happened to grants: facts, so each group of rows is taken that can be read."""

from typing import Final

from seedfund.interchange.kinds.grants.evidence import EVIDENCE
from seedfund.interchange.kinds.grants.openings import FUND_OPENINGS, OPENING_POSITIONS
from seedfund.interchange.kinds.grants.payments import PAYMENT_RESULTS
from seedfund.interchange.kinds.grants.receipts import RECEIPTS
from seedfund.interchange.kinds.grants.transfers import EXTERNAL_TRANSFERS
from seedfund.interchange.kinds.grants.vendors import VENDORS

KINDS: Final = (
    FUND_OPENINGS,
    OPENING_POSITIONS,
    VENDORS,
    EXTERNAL_TRANSFERS,
    EVIDENCE,
    RECEIPTS,
    PAYMENT_RESULTS,
)
