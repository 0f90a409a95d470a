"""Amounts in words in Thai, as cheques and agreements write them (baht text). Must not know other languages."""

from typing import Final

from num2words import num2words

from seedfund.paper.words.names import Names

_EXACT: Final = "ถ้วน"
"""Says that nothing follows, so that nothing can be written behind it."""


def thai(whole: int, rest: int, *, scale: int, names: Names) -> str:
    """`สองพันห้าร้อยบาทถ้วน`, `สองพันห้าร้อยบาทห้าสิบสตางค์`: no blanks, so that nothing can be put between."""
    del scale
    text = f"{num2words(whole, lang='th')}{names.unit.many}"
    if not rest or names.part is None:
        return text + _EXACT
    return f"{text}{num2words(rest, lang='th')}{names.part.many}"
