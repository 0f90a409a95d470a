"""Help and complaints about usage in the reader's language: what click writes is translated where it is written.

Commands declare their help in English, as click takes it. Catalogues are read only for another language.
"""

import os
from collections.abc import Iterable
from typing import IO, Any, Final

import click

from seedfund.cli.front import default_language
from seedfund.kernel.messages import SOURCE_LANGUAGE, known, translate

HELP: Final = "help"
"""The gettext context of help: texts of commands and options, headings, and what stands for a value."""
DEFAULT: Final = "default: "


class SpokenFormatter(click.HelpFormatter):
    """Writes help in a language."""

    def __init__(self, language: str, *, width: int | None = None, max_width: int | None = None):
        super().__init__(width=width, max_width=max_width)
        self.language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line of usage."""
        super().write_usage(prog, self._each(args), prefix or f"{self._said('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        """A heading."""
        super().write_heading(self._said(heading))

    def write_text(self, text: str) -> None:
        """What a command is for."""
        super().write_text(self._said(text))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options, or commands, with what each is for."""
        told = [(self._each(first), self._described(second)) for first, second in rows]
        super().write_dl(told, col_max, col_spacing)

    def _said(self, text: str) -> str:
        return translate(text, self.language, context=HELP)

    def _each(self, words: str) -> str:
        """Words that each stand for themselves, such as names of options and what stands for a value."""
        return " ".join(
            word.replace(core, self._said(core)) if (core := word.strip("[],.")) else word
            for word in words.split(" ")
        )

    def _described(self, text: str) -> str:
        """An option's help, and what click adds to it in brackets."""
        plain, mark, added = text.rpartition("  [")
        if not mark or not added.endswith("]"):
            return self._said(text)
        items = (
            f"{self._said(DEFAULT.strip())} {item.removeprefix(DEFAULT)}"
            if item.startswith(DEFAULT)
            else self._said(item)
            for item in added.removesuffix("]").split("; ")
        )
        return f"{self._said(plain)}{mark}{'; '.join(items)}]"


class SpokenContext(click.Context):
    """A context whose help is written in the language that was asked for."""

    def make_formatter(self) -> click.HelpFormatter:
        """The formatter of that language."""
        return SpokenFormatter(language_of(self), width=self.terminal_width, max_width=self.max_content_width)


class SpokenUsageError(click.UsageError):
    """A wrong usage, said in a language."""

    def __init__(self, error: click.UsageError, ctx: click.Context | None, language: str):
        said = known(error.format_message(), language)
        parameter = getattr(error, "param", None)
        if isinstance(parameter, click.Argument) and ctx is not None:
            name = parameter.make_metavar(ctx)
            said = said.replace(f"«{name}»", f"«{translate(name, language, context=HELP)}»")
        super().__init__(said, ctx)
        self.language = language

    def show(self, file: IO[Any] | None = None) -> None:
        """The line of usage, where to find help, and what is wrong."""
        lines = [f"✗ {self.format_message()}"]
        if self.ctx is not None:
            names = self.ctx.command.get_help_option_names(self.ctx)
            hint = translate("For help: {command} {option}", self.language, context=HELP)
            hint = hint.format(command=self.ctx.command_path, option=max(names, key=len))
            lines = [self.ctx.get_usage(), hint, "", *lines]
        click.echo("\n".join(lines), file=file, err=file is None)


def language_of(ctx: click.Context | None) -> str:
    """The language asked for on the command line, else the one of the environment."""
    asked = ctx.find_root().params.get("lang") if ctx is not None else None
    return str(asked) if asked else default_language(os.environ)


def speaking(command: click.Command) -> click.Command:
    """The command, which gives its help in the reader's language, and so do those below it."""
    command.context_class = SpokenContext
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        # Click would cut a long text short, and a text cut short is in no catalogue.
        below.short_help = below.short_help or below.help
        speaking(below)
    return command


def spoken(error: click.ClickException, ctx: click.Context | None = None) -> click.ClickException:
    """The complaint in the reader's language; a page of help and English stay as they are."""
    place = getattr(error, "ctx", None) or ctx
    language = language_of(place)
    is_page = isinstance(error, click.exceptions.NoArgsIsHelpError)
    if language == SOURCE_LANGUAGE or is_page or not isinstance(error, click.UsageError):
        return error
    return SpokenUsageError(error, place, language)
