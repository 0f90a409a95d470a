"""What blank files of a kind say beside their columns, pure: names of sheets, labels, and an example of every cell.

A blank is drawn from the declared columns and from nothing else, so that it cannot ask for what is not read.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from seedfund.interchange.rules.cells import CellStyle, DateOrder
from seedfund.interchange.rules.columns import CellKind, Column, Part
from seedfund.interchange.rules.examples import EXAMPLES
from seedfund.kernel.money import PLAIN, SPANISH

LANGUAGES: Final = ("en", "es")
HELP_SHEET: Final = MappingProxyType({"en": "help (seedfund)", "es": "ayuda (seedfund)"})
LISTS_SHEET: Final = MappingProxyType({"en": "lists (seedfund)", "es": "listas (seedfund)"})
OWN_SHEETS: Final = frozenset((*HELP_SHEET.values(), *LISTS_SHEET.values()))
"""Sheets of a blank workbook that hold no rows; nobody has to be told that they are not read."""
STYLES: Final[Mapping[str, CellStyle]] = MappingProxyType(
    {
        "en": CellStyle(numbers=PLAIN, currency="USD"),
        "es": CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, currency="USD"),
    }
)
"""How examples are written in each language."""
YES_NO: Final = MappingProxyType({"en": ("yes", "no"), "es": ("sí", "no")})
KIND_WORDS: Final[Mapping[str, Mapping[CellKind, str]]] = MappingProxyType(
    {
        "en": {
            CellKind.TEXT: "text",
            CellKind.AS_WRITTEN: "text, as the bank writes it",
            CellKind.SIGNED: "amount, with a minus where it went out",
            CellKind.IDENTIFIER: "number kept as text, with every zero",
            CellKind.PHONE: "telephone, kept as text",
            CellKind.AMOUNT: "amount, zero or more",
            CellKind.QUANTITY: "quantity, up to three decimals",
            CellKind.PERCENT: "per cent",
            CellKind.WHOLE: "whole number",
            CellKind.DATE: "day",
            CellKind.MONTH: "month, as year and month",
            CellKind.YES_NO: "yes or no",
            CellKind.WORD: "one word of the list",
            CellKind.COUNTRY: "country, two capital letters",
            CellKind.CURRENCY: "currency, three capital letters",
        },
        "es": {
            CellKind.TEXT: "texto",
            CellKind.AS_WRITTEN: "texto, como lo escribe el banco",
            CellKind.SIGNED: "monto, con menos si salió",
            CellKind.IDENTIFIER: "número como texto, con todos sus ceros",
            CellKind.PHONE: "teléfono, como texto",
            CellKind.AMOUNT: "monto, cero o más",
            CellKind.QUANTITY: "cantidad, hasta tres decimales",
            CellKind.PERCENT: "por ciento",
            CellKind.WHOLE: "número entero",
            CellKind.DATE: "día",
            CellKind.MONTH: "mes, como año y mes",
            CellKind.YES_NO: "sí o no",
            CellKind.WORD: "una palabra de la lista",
            CellKind.COUNTRY: "país, dos letras mayúsculas",
            CellKind.CURRENCY: "moneda, tres letras mayúsculas",
        },
    }
)
_OF_KIND: Final[Mapping[CellKind, tuple[str, str]]] = MappingProxyType(
    {
        CellKind.IDENTIFIER: ("0123456789", "0123456789"),
        CellKind.PHONE: ("+593 99 000 0000", "+593 99 000 0000"),
        CellKind.AMOUNT: ("150.50", "150,50"),
        CellKind.SIGNED: ("-150.50", "-150,50"),
        CellKind.AS_WRITTEN: ("REF-0001", "REF-0001"),
        CellKind.QUANTITY: ("1.5", "1,5"),
        CellKind.PERCENT: ("40", "40"),
        CellKind.WHOLE: ("1", "1"),
        CellKind.DATE: ("2026-03-31", "31/03/2026"),
        CellKind.MONTH: ("2026-03", "2026-03"),
        CellKind.YES_NO: ("yes", "sí"),
        CellKind.COUNTRY: ("EC", "EC"),
        CellKind.CURRENCY: ("USD", "USD"),
    }
)
_ACCENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "anio": "año",
        "asi": "así",
        "capacitacion": "capacitación",
        "categoria": "categoría",
        "codigo": "código",
        "condicion": "condición",
        "credito": "crédito",
        "descripcion": "descripción",
        "direccion": "dirección",
        "evalua": "evalúa",
        "inversion": "inversión",
        "lineas": "líneas",
        "linea": "línea",
        "maxima": "máxima",
        "maximo": "máximo",
        "minimo": "mínimo",
        "numero": "número",
        "observo": "observó",
        "oir": "oír",
        "pais": "país",
        "perdida": "pérdida",
        "poblacion": "población",
        "politica": "política",
        "publico": "público",
        "quorum": "quórum",
        "recuperacion": "recuperación",
        "segun": "según",
        "sesion": "sesión",
        "situacion": "situación",
        "telefono": "teléfono",
        "titulo": "título",
        "util": "útil",
        "version": "versión",
        "vinculacion": "vinculación",
    }
)
"""Names of columns carry no accents, labels do."""


def header_of(column: Column, language: str) -> str:
    """The name of a column in a language."""
    return column.spanish if language == "es" else column.name


def help_of(column: Column, language: str) -> str:
    """What to write in a column, in a language."""
    return column.help_es if language == "es" else column.help_en


def words_of_column(column: Column, language: str) -> tuple[str, ...]:
    """The words a cell may hold as they are written in a language, or none where it is no closed list."""
    if column.kind is CellKind.YES_NO:
        return YES_NO[language]
    return tuple(dict.fromkeys(word.spanish if language == "es" else word.code for word in column.words))


def sheet_name(part: Part, language: str) -> str:
    """What the sheet of a part is called."""
    return part.spanish if language == "es" else part.name


def label(name: str, language: str) -> str:
    """The name of a column or part as a person reads it: `numero_de_documento` is `Número de documento`."""
    words = name.split("_")
    if language == "es":
        words = [_ACCENTS.get(word, word) for word in words]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def example_of(part: Part, column: Column, language: str) -> str:
    """A cell as it may be written, in the style of the language.

    Raises:
        KeyError: the column is text and nobody has written an example for it.
    """
    place = LANGUAGES.index(language)
    told = EXAMPLES.get(f"{part.name}.{column.name}") or EXAMPLES.get(column.name)
    if told is not None:
        return told if isinstance(told, str) else told[place]
    if column.words:
        return words_of_column(column, language)[0]
    return _OF_KIND[column.kind][place]
