"""What banks say of our accounts: camt.053, MT940, and tables of lines by layout."""

from typing import Final

from seedfund.interchange.kinds.banking.statements import BANK_STATEMENT

KINDS: Final = (BANK_STATEMENT,)
