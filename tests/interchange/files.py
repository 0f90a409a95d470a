"""Small files as people write them, for the tests of this area."""

from collections.abc import Mapping, Sequence

from seedfund.interchange.rules import CellStyle, DateOrder
from seedfund.interchange.service import ImportRequest, ImportResult, import_files
from seedfund.kernel.money import SPANISH
from tests.support.programme import House

STYLE = CellStyle(numbers=SPANISH, dates=DateOrder.DAY_MONTH_YEAR, currency="USD")
HOUSEHOLDS = """hogar;pais;localidad;comunidad;fase
H-001;EC;080150;Esmeraldas;A
H-002;EC;100150;Ibarra;A
"""
MEMBERS = (
    "hogar;miembro;parentesco;nombres;apellidos;sexo;fecha_de_nacimiento;grupo_de_poblacion;telefono;"
    "tipo_de_documento;pais_del_documento;numero_de_documento\n"
    "H-001;M-001;jefatura;Ana Lucía;Ejemplo Ficticia;mujer;03/04/1990;refugiada;+593 99 000 0001;"
    "pasaporte;CO;AX0001\n"
    "H-001;M-002;sobrina o sobrino;Tomás;Prueba Imaginaria;hombre;12/08/2015;refugiada;;ninguno;;\n"
    "H-002;M-003;jefatura;Rosa;Inventado Prueba;mujer;21/11/1985;comunidad de acogida;0990000002;"
    "cédula;EC;1799999990\n"
)


def csv(*lines: str, end: str = "\r\n") -> bytes:
    """Lines as the bytes of a file."""
    return end.join(lines).encode() + end.encode()


def request(kind: str, files: Mapping[str, str | bytes], **changes: object) -> ImportRequest:
    """A request for files given as text."""
    contents = {
        part: content if isinstance(content, bytes) else content.encode() for part, content in files.items()
    }
    return ImportRequest(kind=kind, files=contents, style=STYLE, **changes)  # type: ignore[arg-type] # its own fields


def taken(house: House, kind: str, files: Mapping[str, str | bytes], *, actor: str = "field") -> ImportResult:
    """Import files as an actor, committed."""
    with house.work(actor) as work:
        return import_files(work, request(kind, files))


def households(house: House, text: str = HOUSEHOLDS, *, members: str = MEMBERS) -> ImportResult:
    """The two households, or others, with these members."""
    return taken(house, "households", {"households": text, "members": members})


def codes(result: ImportResult) -> Sequence[tuple[str, int | None, str | None, str]]:
    """What was refused, as part, row, column and code."""
    return [(one.part, one.row, one.column, one.refusal.code) for one in result.refusals]
