"""The front page of the command line: the words of `--help` and `--version`, and what the commands are called.

It must load nothing, not even click: a question this small is answered at once.
"""

from collections.abc import Mapping, Sequence
from typing import Final

COMMANDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "init": (
        "init",
        "Set up a database, a key ring and a programme.",
        "Prepara la base de datos, las claves y el programa.",
    ),
    "demo": (
        "demo",
        "Play a whole programme from example files.",
        "Recorre un programa completo con archivos de ejemplo.",
    ),
    "import": ("import_", "Read a file in, row by row.", "Importa un archivo, fila por fila."),
    "duplicates": (
        "duplicates",
        "Search for people who were registered twice.",
        "Busca personas registradas dos veces.",
    ),
    "export": (
        "export",
        "Write books and grants for auditors and donors.",
        "Escribe libros y ayudas para auditores y donantes.",
    ),
    "list": (
        "list_",
        "List households, plans, grants, payments …",
        "Lista hogares, planes, capitales, pagos …",
    ),
    "show": ("show", "Show one thing by its number.", "Muestra una cosa por su número."),
    "why": ("why", "Say what is missing before a payment.", "Explica qué falta antes de un pago."),
    "week": ("week", "Show what is due this week.", "Muestra los pendientes de la semana."),
    "do": ("do", "Carry out any command by its name.", "Ejecuta cualquier orden por su nombre."),
    "agreement": ("agreement", "Issue or print an agreement.", "Emite o imprime un convenio."),
    "ledger": ("ledger", "Print a ledger.", "Imprime un libro."),
    "report": ("report", "Print a report.", "Imprime un informe."),
    "audit": ("audit", "Verify the books and the papers.", "Verifica los libros y los documentos."),
    "backup": ("backup", "Copy the database while it is in use.", "Copia la base de datos en uso."),
    "restore": ("restore", "Bring a backup back and verify it.", "Restaura una copia y la verifica."),
    "doctor": (
        "doctor",
        "Check the installation and the database.",
        "Revisa la instalación y la base de datos.",
    ),
}
"""Name of a command → its module in `cli.commands`, and its short help in English and Spanish."""
OPTIONS: Final = (
    ("--version", "Show the version and exit.", "Muestra la versión y termina."),
    ("--db TEXT", "SQLite file or database URL.", "Archivo SQLite o dirección de la base de datos."),
    ("--actor TEXT", "Your handle in the programme.", "Su usuario en el programa."),
    (
        "--programme TEXT",
        "Code of the programme, when the database has several.",
        "Código del programa, si la base de datos tiene varios.",
    ),
    (
        "--keys TEXT",
        "Key file; beside the database when not given.",
        "Archivo de claves; si no se indica, junto a la base de datos.",
    ),
    ("--lang [es|en]", "Language of messages.", "Idioma de los mensajes."),
    ("-h, --help", "Show this message and exit.", "Muestra esta ayuda y termina."),
)
"""The options as click writes them, and what each is for in English and Spanish."""
WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "en": ("Usage: seedfund [OPTIONS] COMMAND [ARGS]...", "Options", "Commands"),
    "es": ("Uso: seedfund [OPCIONES] ORDEN [ARGUMENTOS]...", "Opciones", "Órdenes"),
}
ABOUT: Final[Mapping[str, str]] = {
    "en": "  Grants of economic-inclusion programmes: plans, tranches, receipts,\n  agreements and ledgers.\n",
    "es": "  Capitales y apoyos de programas de inclusión económica: planes, desembolsos,\n"
    "  comprobantes, convenios y libros.\n",
}
EXTRA_MISSING: Final[Mapping[str, str]] = {
    "en": "The command line needs an optional package. Install it with: pip install 'seedfund[cli]'",
    "es": "La línea de órdenes necesita un paquete opcional. Instálelo con: pip install 'seedfund[cli]'",
}
HELP: Final = ("--help", "-h")


def default_language(environment: Mapping[str, str]) -> str:
    """The language of sentences when none was asked for: the locale's if it is Spanish, else English."""
    for name in ("SEEDFUND_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "es" if value.lower().startswith("es") else "en"
    return "en"


def page(language: str) -> str:
    """The help in a language, `es` or `en`."""
    is_spanish = language == "es"
    commands = [
        (name, spanish if is_spanish else english) for name, (_, english, spanish) in COMMANDS.items()
    ]
    options = [
        (name.replace("TEXT", "TEXTO"), spanish) if is_spanish else (name, english)
        for name, english, spanish in OPTIONS
    ]
    usage, options_title, commands_title = WORDS[language]
    return (
        f"{usage}\n\n{ABOUT[language]}\n"
        f"{options_title}:\n{_listed(options)}\n{commands_title}:\n{_listed(commands)}"
    )


def _listed(rows: Sequence[tuple[str, str]]) -> str:
    width = max(len(name) for name, _ in rows)
    return "".join(f"  {name:{width}}  {text}\n" for name, text in rows)


def answer(arguments: list[str], environment: Mapping[str, str], version: str) -> str | None:
    """What a question that needs no command is answered with, or None."""
    if arguments == ["--version"]:
        return f"seedfund {version}\n"
    if len(arguments) == 1 and arguments[0] in HELP:
        return page(default_language(environment))
    return None
