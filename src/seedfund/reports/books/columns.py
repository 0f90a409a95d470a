"""Columns that several books share, so that the same thing has the same key and title in all. Must not know rows."""

from seedfund.reports.value import Carry, Column, Kind


def text(
    key: str, title: str, *, width: int | None = None, under: str | None = None, is_optional: bool = False
) -> Column:
    """Running text."""
    return Column(key, title, Kind.TEXT, width=width, under=under, is_optional=is_optional)


def code(key: str, title: str, *, width: int | None = None, under: str | None = None) -> Column:
    """A number or code that identifies something."""
    return Column(key, title, Kind.CODE, width=width, under=under)


def hash_code(key: str, title: str, *, under: str | None = None) -> Column:
    """A hash, printed by its first letters."""
    return Column(key, title, Kind.HASH, under=under)


def day(key: str, title: str, *, under: str | None = None) -> Column:
    """A calendar day."""
    return Column(key, title, Kind.DATE, under=under)


def amount(key: str, title: str, *, under: str | None = None) -> Column:
    """Money that is summed."""
    return Column(key, title, Kind.MONEY, carry=Carry.SUM, under=under)


def balance(key: str, title: str, *, under: str | None = None) -> Column:
    """A running balance: its last figure stands for the whole."""
    return Column(key, title, Kind.MONEY, carry=Carry.LAST, under=under)
