"""Files about training: what the signed registers say."""

from typing import Final

from seedfund.interchange.kinds.training.attendance import ATTENDANCE

KINDS: Final = (ATTENDANCE,)
