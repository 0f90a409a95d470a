"""Reads of savings: facts for rules and for higher areas, in batches of ids; rows for the desk.

`links` accounts and their trails · `observations` balances and what they tell · `plans` · `groups` · `accounts` how the
accounts of people stood on a day · `indicators` persons and households with an account.

What the conditions of tranches ask is named here, and loaded when one does.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.savings.queries.accounts import AccountOnDay, payable_accounts
else:
    _HOMES: Final = {
        ".accounts": (
            "AccountOnDay",
            "payable_accounts",
        ),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = ["AccountOnDay", "payable_accounts"]
