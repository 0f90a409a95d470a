"""The accounting itself, pure: kinds of accounts, recipes, postings, events, balances, chains, identities, months."""

from seedfund.ledger.rules.periods import STATES
from seedfund.ledger.rules.refusals import REFUSALS

__all__ = ["REFUSALS", "STATES"]
