"""`seedfund do NAME`: carry out any command, its fields from `--set field=value`, a JSON file, or both."""

import json
import secrets
from pathlib import Path
from typing import Any

import click

from seedfund.cli.catalogue import all_verbs, fields_of, find_verb
from seedfund.cli.door import settings_of, work_of
from seedfund.cli.output import format_option, print_result, print_rows
from seedfund.cli.spoken import language_of
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import InvalidInput
from seedfund.kernel.messages import translate
from seedfund.store.commands import Verb
from seedfund.store.pins import pin_verifier, set_pin


@click.command("do")
@click.argument("name", required=False)
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field; dots reach inside (household.place=…).",
)
@click.option(
    "--file",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON file of fields.",
)
@click.option("--key", help="The key that makes a repeat harmless; made and printed when not given.")
@click.option("--fields", is_flag=True, help="Show the command's fields and do nothing.")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    values: tuple[str, ...],
    source: Path | None,
    key: str | None,
    fields: bool,
    output_format: str,
) -> None:
    """Carry out any command by its name; without a name, list them all."""
    if name is None:
        print_rows([_summary(verb) for verb in all_verbs()], output_format, empty="")
        return
    verb = find_verb(name)
    if fields:
        rows = [
            {"field": field, "kind": kind, "required": required} for field, kind, required in fields_of(verb)
        ]
        print_rows(rows, output_format, empty="")
        return
    given = _from_file(source) | _from_options(values)
    if verb is set_pin:
        given = _with_verifier(given, language_of(ctx))
    given["key"] = key or given.get("key") or _new_key(verb)
    asked = decode(verb.command, given)
    with work_of(settings_of(ctx)) as work:
        result = verb(work, asked)
        work.commit()
    print_result(result, output_format)


def _with_verifier(given: dict[str, Any], language: str) -> dict[str, Any]:
    """A PIN becomes its verifier before anything else sees it; who gave neither is asked, unseen and twice."""
    if "verifier" in given:
        return given
    kept = {name: value for name, value in given.items() if name != "pin"}
    again = translate("PIN again", language)
    pin = given.get("pin") or click.prompt("PIN", hide_input=True, confirmation_prompt=again, err=True)
    return {**kept, "verifier": pin_verifier(str(pin))}


def _summary(verb: Verb[Any, Any]) -> dict[str, str]:
    return {
        "command": verb.name,
        "does": (verb.__doc__ or "").strip().splitlines()[0],
        "roles": ", ".join(verb.roles),
    }


def _new_key(verb: Verb[Any, Any]) -> str:
    made = f"{verb.name}-{secrets.token_hex(8)}"
    click.echo(f"--key {made}", err=True)
    return made


def _from_file(source: Path | None) -> dict[str, Any]:
    if source is None:
        return {}
    try:
        content = json.loads(source.read_text(encoding="utf-8"), parse_float=_no_float)
    except UnicodeDecodeError:
        raise InvalidInput(
            field="file", problem="it is not written in UTF-8", remedy="save it as UTF-8", file=source.name
        ) from None
    except json.JSONDecodeError as error:
        raise InvalidInput(
            field="file",
            problem=f"it is not JSON (line {error.lineno}, column {error.colno})",
            remedy="write one JSON object with the fields",
            file=source.name,
        ) from None
    if not isinstance(content, dict):
        raise InvalidInput(
            field="file",
            problem="it does not hold one object of fields",
            remedy="write one JSON object with the fields",
        )
    return content


def _no_float(text: str) -> Any:
    raise InvalidInput(
        field="number",
        problem=f"{text} is a fraction",
        remedy="write an amount as text, for example USD 125.00",
    )


def _from_options(values: tuple[str, ...]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for value in values:
        path, mark, content = value.partition("=")
        if not mark or not path:
            raise InvalidInput(field="--set", problem=f"{value!r} has no '='", remedy="write FIELD=VALUE")
        place = result
        *parents, last = path.split(".")
        for parent in parents:
            place = place.setdefault(parent, {})
        place[last] = _value(content)
    return result


def _value(content: str) -> Any:
    """Text as it is; a list or an object when it is written as JSON."""
    if content[:1] in ("[", "{"):
        try:
            return json.loads(content, parse_float=_no_float)
        except ValueError:
            return content
    return content
