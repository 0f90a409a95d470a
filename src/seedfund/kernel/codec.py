"""Commands and results to plain JSON-able data and back, guided by their dataclass fields. Must not know storage.

Secrets never enter the plain data: each leaves a numbered placeholder and is handed out beside it, to be sealed.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, partial
from typing import Any, TypeVar, cast

from seedfund.kernel.dates import parse_date, utc
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.money import PLAIN, Money, parse_money
from seedfund.kernel.secret import Secret

T = TypeVar("T")
Secrets = list[Secret]
_PLAIN: typing.Final = frozenset({str, int, bool, type(None)})
_Encoder = Callable[[Any, Secrets], Any]
_Decoder = Callable[[Any, str, tuple[Secret, ...]], Any]


def instant_text(instant: datetime) -> str:
    """An instant as 27 characters of ISO 8601 in UTC, `2026-11-22T05:00:00.000000Z`: it sorts as text."""
    return f"{utc(instant).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def encode(value: Any, secrets: Secrets) -> Any:
    """The plain data of a dataclass or a field value; secrets are appended to `secrets` and leave `{"sealed": n}`."""
    kind: Any = type(value)
    return _encoder(kind)(value, secrets)


def decode(kind: type[T], data: Any, *, secrets: tuple[Secret, ...] = (), field: str = "") -> T:
    """Rebuild a value of `kind` from plain data.

    Raises:
        InvalidInput: a field is missing, unknown or of another kind; names the field's path and what is expected.
    """
    result: T = _decoder(cast(Hashable, kind))(data, field, secrets)
    return result


def field_types(kind: type) -> Mapping[str, Any]:
    """The fields of a dataclass with their resolved types, in order."""
    return _field_types(cast(Hashable, kind))


@cache
def _field_types(kind: Any) -> Mapping[str, Any]:
    hints = typing.get_type_hints(kind)
    return {item.name: hints[item.name] for item in dataclasses.fields(kind) if item.init}


@cache
def _encoder(kind: Any) -> _Encoder:
    if kind in _PLAIN:
        return lambda value, secrets: value
    if kind is Secret:
        return _encode_secret
    if kind is Money:
        return lambda value, secrets: {"minor": value.minor, "currency": value.currency}
    if issubclass(kind, Enum):
        return lambda value, secrets: value.value
    if issubclass(kind, datetime):
        return lambda value, secrets: instant_text(value)
    if issubclass(kind, date):
        return lambda value, secrets: value.isoformat()
    if kind is Decimal:
        return lambda value, secrets: str(value)
    if kind in (tuple, list):
        return lambda value, secrets: [encode(item, secrets) for item in value]
    if issubclass(kind, Mapping):
        return lambda value, secrets: {str(name): encode(item, secrets) for name, item in value.items()}
    if dataclasses.is_dataclass(kind):
        return partial(_encode_fields, tuple(field_types(cast(type, kind))))
    raise TypeError(f"a field of type {kind.__name__} cannot be encoded")


def _encode_fields(names: Sequence[str], value: Any, secrets: Secrets) -> dict[str, Any]:
    """The fields of a dataclass. Most of a file's are plain or nothing: those are not handed on."""
    found = {}
    for name in names:
        item = getattr(value, name)
        kind: Any = type(item)
        found[name] = item if kind in _PLAIN else _encoder(kind)(item, secrets)
    return found


def _encode_secret(value: Secret, secrets: Secrets) -> dict[str, int]:
    secrets.append(value)
    return {"sealed": len(secrets) - 1}


@cache
def _decoder(kind: Any) -> _Decoder:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _decode_union(typing.get_args(kind))
    if origin is tuple:
        return _decode_sequence(typing.get_args(kind)[0])
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return _decode_mapping(typing.get_args(kind)[1])
    if isinstance(kind, typing.NewType):
        return _decoder(kind.__supertype__)
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _decode_enum(kind)
    if dataclasses.is_dataclass(kind):
        return _decode_dataclass(cast(type, kind))
    raise TypeError(f"a field of type {kind} cannot be decoded")


def _decode_union(options: tuple[Any, ...]) -> _Decoder:
    others = tuple(option for option in options if option is not type(None))
    decoders = tuple(_decoder(option) for option in others)

    def decoder(data: Any, field: str, secrets: tuple[Secret, ...]) -> Any:
        if data is None and len(others) < len(options):
            return None
        for index, attempt in enumerate(decoders):
            try:
                return attempt(data, field, secrets)
            except InvalidInput:
                if index == len(decoders) - 1:
                    raise
        raise _wrong(field, "give a value")

    return decoder


def _decode_sequence(item: Any) -> _Decoder:
    inner = _decoder(item)

    def decoder(data: Any, field: str, secrets: tuple[Secret, ...]) -> Any:
        if not isinstance(data, list | tuple):
            raise _wrong(field, "give a list")
        return tuple(inner(value, f"{field}[{index}]", secrets) for index, value in enumerate(data))

    return decoder


def _decode_mapping(item: Any) -> _Decoder:
    inner = _decoder(item)

    def decoder(data: Any, field: str, secrets: tuple[Secret, ...]) -> Any:
        if not isinstance(data, Mapping):
            raise _wrong(field, "give a set of names and values")
        return {str(name): inner(value, f"{field}.{name}", secrets) for name, value in data.items()}

    return decoder


def _decode_enum(kind: type[Enum]) -> _Decoder:
    def decoder(data: Any, field: str, secrets: tuple[Secret, ...]) -> Any:
        try:
            return kind(data)
        except ValueError:
            raise _wrong(field, "use one of " + ", ".join(str(item.value) for item in kind)) from None

    return decoder


def _decode_dataclass(kind: type) -> _Decoder:
    fields = {item.name: item for item in dataclasses.fields(kind) if item.init}

    def decoder(data: Any, field: str, secrets: tuple[Secret, ...]) -> Any:
        if not isinstance(data, Mapping):
            raise _wrong(field or kind.__name__, "give a set of fields")
        prefix = f"{field}." if field else ""
        unknown = sorted(set(data) - set(fields))
        if unknown:
            raise InvalidInput(
                field=f"{prefix}{unknown[0]}",
                problem="there is no such field",
                remedy="use one of " + ", ".join(fields),
            )
        values = {}
        for name, hint in _field_types(kind).items():
            if name in data:
                values[name] = _decoder(hint)(data[name], f"{prefix}{name}", secrets)
            elif (
                fields[name].default is dataclasses.MISSING
                and fields[name].default_factory is dataclasses.MISSING
            ):
                raise InvalidInput(field=f"{prefix}{name}", problem="it is missing", remedy="give it a value")
        return kind(**values)

    return decoder


def _wrong(field: str, remedy: str) -> InvalidInput:
    return InvalidInput(field=field, problem="it is of another kind", remedy=remedy)


def _decode_str(data: Any, field: str, secrets: tuple[Secret, ...]) -> str:
    if not isinstance(data, str):
        raise _wrong(field, "give text")
    return data


def _decode_int(data: Any, field: str, secrets: tuple[Secret, ...]) -> int:
    if isinstance(data, str) and data.strip().lstrip("-").isdecimal() and data.isascii():
        return int(data)
    if not isinstance(data, int) or isinstance(data, bool):
        raise _wrong(field, "give a whole number")
    return data


def _decode_bool(data: Any, field: str, secrets: tuple[Secret, ...]) -> bool:
    if data in ("true", "false"):
        return bool(data == "true")
    if not isinstance(data, bool):
        raise _wrong(field, "give true or false")
    return data


def _decode_money(data: Any, field: str, secrets: tuple[Secret, ...]) -> Money:
    """Either `{"minor": 12500, "currency": "USD"}` or the plain text `USD 125.00`."""
    if isinstance(data, str) and len(data) > 4 and data[3] == " ":
        return parse_money(data[4:], data[:3], style=PLAIN, field=field)
    if not isinstance(data, Mapping) or set(data) != {"minor", "currency"}:
        raise _wrong(field, "give an amount such as USD 125.00")
    return Money(_decode_int(data["minor"], field, secrets), _decode_str(data["currency"], field, secrets))


def _decode_date(data: Any, field: str, secrets: tuple[Secret, ...]) -> date:
    return parse_date(_decode_str(data, field, secrets), field=field)


def _decode_instant(data: Any, field: str, secrets: tuple[Secret, ...]) -> datetime:
    text = _decode_str(data, field, secrets)
    try:
        return utc(datetime.fromisoformat(text))
    except ValueError:
        raise _wrong(field, "give an instant such as 2026-11-22T05:00:00Z") from None


def _decode_decimal(data: Any, field: str, secrets: tuple[Secret, ...]) -> Decimal:
    text = (
        str(data)
        if isinstance(data, int) and not isinstance(data, bool)
        else _decode_str(data, field, secrets)
    )
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise _wrong(field, "give a number") from None
    if not value.is_finite():
        raise _wrong(field, "give a number")
    return value


def _decode_secret(data: Any, field: str, secrets: tuple[Secret, ...]) -> Secret:
    if isinstance(data, Mapping) and set(data) == {"sealed"}:
        return secrets[_decode_int(data["sealed"], field, secrets)]
    return Secret(_decode_str(data, field, secrets))


_SCALARS: typing.Final[Mapping[Any, _Decoder]] = {
    str: _decode_str,
    int: _decode_int,
    bool: _decode_bool,
    Money: _decode_money,
    date: _decode_date,
    datetime: _decode_instant,
    Decimal: _decode_decimal,
    Secret: _decode_secret,
}
