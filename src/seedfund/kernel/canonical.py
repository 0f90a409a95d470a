"""One way to turn a value into bytes, for hashes, fingerprints and chains. Version 1; only ever succeeded.

JSON, keys sorted, no spaces, UTF-8, text in NFC, whole numbers only. Floats and unknown types are an error,
not a guess.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

# Made once: `json.dumps` with options of its own would make an encoder for every call.
_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
# What has no canonical form is handed back to us instead of being written somehow.
_OPTIONS: Final = orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME


def canonical_text(value: object) -> str:
    """The canonical JSON text of mappings, sequences, text, whole numbers, booleans and null."""
    return _written(_plain(value))


def canonical_bytes(value: object) -> bytes:
    """`canonical_text` in UTF-8."""
    return canonical_text(value).encode("utf-8")


def bytes_of_encoded(value: object) -> bytes:
    """`canonical_bytes` of what `codec.encode` made, or of dictionaries and lists of text alone, without a second look.

    What is in such a value is known; only text may still have to be brought to NFC, and parts of a text in NFC are too.
    """
    try:
        written = orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError:
        return canonical_bytes(value)
    if written.isascii() or unicodedata.is_normalized("NFC", written.decode("utf-8")):
        return written
    return canonical_bytes(value)


def text_of_encoded(value: object) -> str:
    """`bytes_of_encoded` as text."""
    return bytes_of_encoded(value).decode("utf-8")


def text_of_texts(texts: Sequence[str]) -> str:
    """`canonical_text` of a list of texts; asked for with every row of a file."""
    return _written([_text(text) for text in texts])


def digest(domain: str, *parts: bytes) -> str:
    """SHA-256 in hex over a domain word and parts, each preceded by its length: no boundary is ambiguous."""
    whole = bytearray()
    for part in (domain.encode("ascii"), *parts):
        whole += len(part).to_bytes(8, "big")
        whole += part
    return hashlib.sha256(whole).hexdigest()


def _written(value: object) -> str:
    """JSON of plain values. What orjson does not take, such as numbers beyond 64 bits, Python's own encoder writes."""
    try:
        return orjson.dumps(value, option=_OPTIONS).decode("utf-8")
    except orjson.JSONEncodeError:
        return _ENCODER.encode(value)


def _plain(value: object) -> Any:
    kind = type(value)
    if kind is str:
        return _text(value)  # type: ignore[arg-type]  # its type was looked at
    if value is None or kind is int or kind is bool:
        return value
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int):
        return value
    raise TypeError(f"{kind.__name__} has no canonical form")


def _text(value: str) -> str:
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def _plain_mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    """Names are text in NFC; two that fall together would silently lose a value, so they are an error."""
    result = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a name of type {type(key).__name__} has no canonical form")
        # Most of what is hashed is plain text and comes by the hundred thousand: it is not handed on.
        is_plain = type(item) is str and item.isascii()
        result[key if key.isascii() else _text(key)] = item if is_plain else _plain(item)
    if len(result) != len(value):
        raise ValueError("two names are the same in canonical form")
    return result
