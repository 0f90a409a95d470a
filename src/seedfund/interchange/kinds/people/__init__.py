"""Files about people: households with members and documents, consents, payout accounts. Taken group by group."""

from typing import Final

from seedfund.interchange.kinds.people.accounts import PAYOUT_ACCOUNTS
from seedfund.interchange.kinds.people.consents import CONSENTS
from seedfund.interchange.kinds.people.households import HOUSEHOLDS
from seedfund.interchange.kinds.people.participants import PARTICIPANTS

KINDS: Final = (HOUSEHOLDS, PARTICIPANTS, CONSENTS, PAYOUT_ACCOUNTS)
