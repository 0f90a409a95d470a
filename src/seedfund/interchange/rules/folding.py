"""How words and names of columns are compared. Must not know columns."""

import unicodedata


def fold(text: str) -> str:
    """A word as it is compared: without case, accents and outer spaces; inner spaces are underscores."""
    if text.isascii():
        return "_".join(text.casefold().split())
    plain = unicodedata.normalize("NFKD", text.strip()).casefold()
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return "_".join(kept.split())
