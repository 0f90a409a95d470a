"""The files that imports are measured with: people as a file has them, and their households."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from seedfund.interchange.rules import CellStyle, DateOrder
from seedfund.kernel.money import SPANISH

PER_HOME: Final = 4
HEAD: Final = (
    *("hogar", "miembro", "parentesco", "nombres", "apellidos", "sexo", "fecha_de_nacimiento"),
    *("grupo_de_poblacion", "telefono", "tipo_de_documento", "pais_del_documento", "numero_de_documento"),
)
STYLE: Final = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, currency="USD")
FIRST: Final = date(1960, 1, 1)


def people(count: int) -> Iterator[list[str]]:
    """People as a file has them, one in a hundred with a day that there is not."""
    for number in range(count):
        born = FIRST + timedelta(days=number % 20_000)
        day = "31/02/1999" if number % 100 == 99 else f"{born:%d/%m/%Y}"
        head = "jefatura" if number % PER_HOME == 0 else "hija o hijo"
        yield [
            *(f"H-{number // PER_HOME}", f"M-{number}", head, f"Nombre {number}", "Ejemplo Ficticia"),
            *("mujer" if number % 2 else "hombre", day, "refugiada", f"+593 99 {number:07d}"),
            *("pasaporte", "CO", f"AX{number:08d}"),
        ]


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """People as the bytes of a file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEAD, *rows])
    return out.getvalue().encode()


def households_of(count: int) -> bytes:
    """Their households, as many as asked, as the bytes of a file."""
    return ("hogar;pais;localidad\n" + "".join(f"H-{number};EC;080150\n" for number in range(count))).encode()
