"""JSON in which an amount is a number with the decimals of its currency, never one that went through a float."""

import json
from collections.abc import Iterator

from seedfund.kernel.money import PLAIN, Money, format_minor


def plain_json(value: object) -> str:
    """A value of mappings, lists, texts, whole numbers and `Money` as JSON; amounts are written as `1250.50`.

    Raises:
        TypeError: it holds something else, such as a float.
    """
    return "".join(_pieces(value, "\n")) + "\n"


def _pieces(value: object, line: str) -> Iterator[str]:
    deeper = f"{line} "
    match value:
        case dict():
            yield "{"
            for number, (key, item) in enumerate(value.items()):
                yield f"{',' if number else ''}{deeper}{_text(str(key))}: "
                yield from _pieces(item, deeper)
            yield f"{line}}}" if value else "}"
        case list() | tuple():
            yield "["
            for number, item in enumerate(value):
                yield f"{',' if number else ''}{deeper}"
                yield from _pieces(item, deeper)
            yield f"{line}]" if value else "]"
        case Money():
            yield format_minor(value.minor, value.currency, PLAIN)
        case str() | bool() | int() | None:
            yield _text(value)
        case _:
            raise TypeError(f"a {type(value).__name__} has no exact form in JSON")


def _text(value: str | bool | int | None) -> str:
    return json.dumps(value, ensure_ascii=False)
