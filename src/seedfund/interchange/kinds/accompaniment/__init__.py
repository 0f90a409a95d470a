"""Files about what becomes of businesses."""

from typing import Final

from seedfund.interchange.kinds.accompaniment.monitoring import BUSINESS_MONITORING

KINDS: Final = (BUSINESS_MONITORING,)
