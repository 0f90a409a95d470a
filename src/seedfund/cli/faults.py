"""An error to a message and an exit code: what is wrong and what to do next, in the reader's language, on stderr."""

import json
import os
from collections.abc import Sequence
from typing import Any, Final, NoReturn

import click

from seedfund.cli.app import Settings
from seedfund.cli.front import default_language
from seedfund.kernel import errors
from seedfund.kernel.messages import remedy, sentence, told, translate

EXIT_CODES: Final = (
    (errors.Refused, 1),
    (errors.InvalidInput, 1),
    (errors.NotAllowed, 1),
    (errors.MissingExtra, 2),
    (errors.NotFound, 3),
    (errors.Conflict, 3),
    (errors.SeedfundError, 4),
)


def exit_code(error: errors.SeedfundError) -> int:
    """The exit code of an error: the first class in the table that it belongs to."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def leave(error: Exception, ctx: click.Context, arguments: Sequence[str]) -> NoReturn:
    """Say what went wrong and exit; an error that is not ours is a mistake of ours and is raised as it is."""
    if not isinstance(error, errors.SeedfundError):
        raise error
    settings = ctx.find_object(Settings)
    language = settings.language if settings else default_language(os.environ)
    if _wants_json(arguments):
        click.echo(json.dumps(as_data(error, language), ensure_ascii=False), err=True)
    else:
        click.echo(as_text(error, language), err=True)
    raise SystemExit(exit_code(error))


def as_text(error: errors.SeedfundError, language: str) -> str:
    """Every reason on a line of its own, each followed by what to do."""
    if isinstance(error, errors.Refused):
        return "\n".join(
            f"✗ {sentence(one, language)}\n  → {remedy(one, language)} [{one.code}]" for one in error.refusals
        )
    opening = translate("It was not done:", language)
    return f"✗ {opening} {told(error, language)} [{error.code}]"


def as_data(error: errors.SeedfundError, language: str) -> dict[str, Any]:
    """The error for a script: codes and keys in English, sentences in the reader's language."""
    refusals = [
        {
            "code": one.code,
            "sentence": sentence(one, language),
            "remedy": remedy(one, language),
            "facts": dict(one.facts),
        }
        for one in (error.refusals if isinstance(error, errors.Refused) else ())
    ]
    return {"error": error.code, "message": as_text(error, language), "refusals": refusals}


def _wants_json(arguments: Sequence[str]) -> bool:
    """Whether the command that failed was asked for JSON; its own context is gone when its error gets here."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return "--format=json" in arguments or ("--format", "json") in pairs
