"""Which languages are written from right to left. Must not know text."""

from functools import lru_cache
from typing import Final

_RIGHT_TO_LEFT: Final = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_SCRIPTS: Final = frozenset({"arab", "hebr", "thaa", "syrc", "nkoo"})


@lru_cache(maxsize=256)
def is_rtl_language(tag: str) -> bool:
    """Whether a language tag (`ar`, `ar-JO`, `ku-Arab`) means a text that starts at the right."""
    language, *rest = tag.lower().replace("_", "-").split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    return scripts[0] in _SCRIPTS if scripts else language in _RIGHT_TO_LEFT
