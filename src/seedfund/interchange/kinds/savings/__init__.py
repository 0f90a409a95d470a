"""Files about savings: accounts opened, balances read from passbooks. Facts, so each row is taken that can be read."""

from typing import Final

from seedfund.interchange.kinds.savings.balances import SAVINGS_BALANCES
from seedfund.interchange.kinds.savings.links import SAVINGS_LINKS

KINDS: Final = (SAVINGS_LINKS, SAVINGS_BALANCES)
