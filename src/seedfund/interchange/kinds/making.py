"""Columns told shortly, for kinds with many: the name in both languages, what to write, what else is special."""

from typing import Any

from seedfund.interchange.rules import SHORT, CellKind, Column


def column(
    name: str, spanish: str, kind: CellKind = CellKind.TEXT, *, told: tuple[str, str], **more: Any
) -> Column:
    """A column; `told` is what to write, in English and Spanish. A text is short unless its `length` is given."""
    english, in_spanish = told
    if kind is CellKind.TEXT:
        more.setdefault("length", SHORT)
    return Column(name=name, spanish=spanish, kind=kind, help_en=english, help_es=in_spanish, **more)


def own_key(name: str, spanish: str, *, told: tuple[str, str]) -> Column:
    """The column with the file's own key of its row."""
    return column(name, spanish, told=told, is_required=True, is_own=True)
