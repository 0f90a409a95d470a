"""Words of the house as a report prints them: underscores as spaces, and in Spanish on paper. Must not know rows."""

from seedfund.ledger.rules.accounts import HOLDERS
from seedfund.reports.effects import Leg
from seedfund.reports.value import Word


def word(stored: str) -> Word:
    """`in_force` is read "in force"; the catalogue of the reports has it in other languages."""
    return Word(stored.replace("_", " ").replace(".", " "))


def account_word(leg: Leg) -> Word:
    """What an account is called: its kind, with its holder where participants, suppliers and providers have theirs."""
    return word(f"{leg.kind}_{leg.holder}" if leg.holder in HOLDERS else leg.kind)
