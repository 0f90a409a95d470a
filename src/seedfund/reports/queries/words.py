"""Words of the house as a report prints them: underscores as spaces, and in Spanish on paper. Must not know rows."""

from seedfund.reports.value import Word


def word(stored: str) -> Word:
    """`in_force` is read "in force"; the catalogue of the reports has it in other languages."""
    return Word(stored.replace("_", " ").replace(".", " "))
