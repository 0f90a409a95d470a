"""One way to turn a value into bytes, for hashes, fingerprints and chains. Version 1; only ever succeeded.

JSON, keys sorted, no spaces, UTF-8, text in NFC, whole numbers only. Floats and unknown types are an error,
not a guess.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

# Made once: `json.dumps` with options of its own would make an encoder for every call.
_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def canonical_text(value: object) -> str:
    """The canonical JSON text of mappings, sequences, text, whole numbers, booleans and null."""
    return _ENCODER.encode(_plain(value))


def canonical_bytes(value: object) -> bytes:
    """`canonical_text` in UTF-8."""
    return canonical_text(value).encode("utf-8")


def digest(domain: str, *parts: bytes) -> str:
    """SHA-256 in hex over a domain word and parts, each preceded by its length: no boundary is ambiguous."""
    whole = bytearray()
    for part in (domain.encode("ascii"), *parts):
        whole += len(part).to_bytes(8, "big")
        whole += part
    return hashlib.sha256(whole).hexdigest()


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    """Names are text in NFC; two that fall together would silently lose a value, so they are an error."""
    result = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a name of type {type(key).__name__} has no canonical form")
        result[_plain(key)] = _plain(item)
    if len(result) != len(value):
        raise ValueError("two names are the same in canonical form")
    return result
