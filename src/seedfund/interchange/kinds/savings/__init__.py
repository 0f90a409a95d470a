"""Files about savings: balances read from passbooks, a row each. Facts, so each row is taken that can be read."""

from typing import Final

from seedfund.interchange.kinds.savings.balances import SAVINGS_BALANCES

KINDS: Final = (SAVINGS_BALANCES,)
