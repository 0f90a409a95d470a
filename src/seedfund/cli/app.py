"""The group of commands, loaded one by one when called: `--help` and `--version` load no database and no paper."""

import importlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import click

from seedfund import __version__

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


@dataclass(frozen=True)
class Settings:
    """What was said before the command's name."""

    db: str
    actor: str | None
    programme: str | None
    keys: str | None
    language: str


def default_language(environment: Mapping[str, str]) -> str:
    """The language of sentences when none was asked for: the locale's if it is Spanish, else English."""
    for name in ("SEEDFUND_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "es" if value.lower().startswith("es") else "en"
    return "en"


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded."""
        known = COMMANDS.get(cmd_name)
        if known is None:
            return None
        module = importlib.import_module(f"seedfund.cli.commands.{known[0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in the help, without loading any command."""
        language = ctx.params.get("lang") or default_language(os.environ)
        rows = [
            (name, spanish if language == "es" else english)
            for name, (_, english, spanish) in COMMANDS.items()
        ]
        with formatter.section("Órdenes" if language == "es" else "Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; our own errors become a message and an exit code."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - sorted by `leave`, which raises what is not ours
            from seedfund.cli.faults import leave

            leave(error, ctx)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="seedfund", message="%(prog)s %(version)s")
@click.option("--db", envvar="SEEDFUND_DB", default="seedfund.db", help="SQLite file or database URL.")
@click.option("--actor", envvar="SEEDFUND_ACTOR", help="Your handle in the programme.")
@click.option(
    "--programme", envvar="SEEDFUND_PROGRAMME", help="Code of the programme, when the database has several."
)
@click.option("--keys", envvar="SEEDFUND_KEYS", help="Key file; beside the database when not given.")
@click.option(
    "--lang",
    envvar="SEEDFUND_LANG",
    type=click.Choice(["es", "en"]),
    help="Language of messages.",
    is_eager=True,
)
@click.pass_context
def cli(
    ctx: click.Context, db: str, actor: str | None, programme: str | None, keys: str | None, lang: str | None
) -> None:
    """Grants of economic-inclusion programmes: plans, tranches, receipts, agreements and ledgers."""
    ctx.obj = Settings(db, actor, programme, keys, lang or default_language(os.environ))
