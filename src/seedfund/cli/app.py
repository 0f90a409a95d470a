"""The group of commands, loaded one by one when called: `--help` and `--version` load no database and no paper."""

import importlib
import os
from dataclasses import dataclass
from typing import Any

import click

from seedfund import __version__
from seedfund.cli.front import COMMANDS, default_language, page
from seedfund.cli.spoken import SpokenContext, speaking, spoken


@dataclass(frozen=True)
class Settings:
    """What was said before the command's name."""

    db: str
    actor: str | None
    programme: str | None
    keys: str | None
    language: str


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    context_class = SpokenContext

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
        return speaking(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command of that name; what there is none of is told with the nearest, though none was loaded."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.exceptions.NoSuchCommand(
                error.command_name, possibilities=COMMANDS, ctx=ctx
            ) from None

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the group; what is wrong before the command's name is said in the reader's language."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.ClickException as error:
            raise spoken(error) from None

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The front page, the same as without click."""
        formatter.write(page(ctx.params.get("lang") or default_language(os.environ)))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; our own errors become a message and an exit code."""
        arguments = (*ctx._protected_args, *ctx.args)
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            raise spoken(error, ctx) from None
        except (click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001 - sorted by `leave`, which raises what is not ours
            from seedfund.cli.faults import leave

            leave(error, ctx, arguments)


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
