"""Files about visits."""

from typing import Final

from seedfund.interchange.kinds.visits.visits import VISITS

KINDS: Final = (VISITS,)
