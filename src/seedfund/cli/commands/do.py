"""`seedfund do NAME`: carry out any command, its fields from `--set field=value`, a JSON file, or both."""

import json
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from seedfund.cli.app import Settings
from seedfund.cli.catalogue import LIST, MAPPING, all_verbs, fields_of, find_verb, summary_of
from seedfund.cli.door import engine_of, settings_of, work_of
from seedfund.cli.labels import label, meaning
from seedfund.cli.output import format_option, print_result, print_rows
from seedfund.cli.spoken import language_of
from seedfund.kernel.codec import decode
from seedfund.kernel.errors import Busy, InvalidInput, StorageError
from seedfund.kernel.messages import told, translate
from seedfund.store.commands import Verb
from seedfund.store.pins import pin_verifier, set_pin
from seedfund.store.rewriting import rewrite_file

COMMAND: Final = "command"
"""The gettext context of what commands do."""
ASKED: Final = "asked"
"""The gettext context of what a field takes."""
ERASING: Final = ("people.erase_participant",)
"""Commands after which an SQLite file is rewritten."""
NOT_REWRITTEN: Final = (
    "The file was not rewritten, and copies may stand between its rows: {why} seedfund doctor --rewrite"
)


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
    language = language_of(ctx)
    if name is None:
        _print_commands(output_format, language)
        return
    verb = find_verb(name)
    if fields:
        _print_fields(verb, output_format, language)
        return
    given = _from_file(source) | _from_options(values)
    if verb is set_pin:
        given = _with_verifier(given, language)
    given["key"] = key or given.get("key") or _new_key(verb)
    asked = decode(verb.command, given)
    with work_of(settings_of(ctx)) as work:
        result = verb(work, asked)
        work.commit()
    if verb.name in ERASING:
        _rewrite(settings_of(ctx))
    print_result(result, output_format)


def _rewrite(settings: Settings) -> None:
    """Nothing of who was erased may stay between the rows of the file; the erasing itself is kept already."""
    engine = engine_of(settings)
    try:
        if engine.dialect.name == "sqlite":
            rewrite_file(engine)
    except (Busy, StorageError) as error:
        said = translate(NOT_REWRITTEN, settings.language).format(why=told(error, settings.language))
        click.echo(f"! {said}", err=True)
    finally:
        engine.dispose()


def _with_verifier(given: dict[str, Any], language: str) -> dict[str, Any]:
    """A PIN becomes its verifier before anything else sees it; who gave neither is asked, unseen and twice."""
    if "verifier" in given:
        return given
    kept = {name: value for name, value in given.items() if name != "pin"}
    again = translate("PIN again", language)
    pin = given.get("pin") or click.prompt("PIN", hide_input=True, confirmation_prompt=again, err=True)
    return {**kept, "verifier": pin_verifier(str(pin))}


def _print_commands(output_format: str, language: str) -> None:
    """Every command, what it does and who may; scripts get roles as they are stored."""
    rows = [
        {"command": verb.name, "does": summary_of(verb), "roles": ", ".join(verb.roles)}
        for verb in all_verbs()
    ]
    if output_format != "json":
        anybody = translate("anybody of the team", language, context=ASKED)
        for row, verb in zip(rows, all_verbs(), strict=True):
            row["does"] = translate(row["does"], language, context=COMMAND)
            row["roles"] = ", ".join(meaning(role, language) for role in verb.roles) or anybody
    print_rows(rows, output_format, empty="")


def _print_fields(verb: Verb[Any, Any], output_format: str, language: str) -> None:
    """What a command asks for: each field as it is typed, what it is, what it takes; in words, or for scripts."""
    told = fields_of(verb)
    if output_format == "json":
        print_rows([asdict(one) for one in told], output_format, empty="")
        return
    rows = [
        {
            "field": one.field,
            "label": label(one.field.rpartition(".")[2], language).replace("_", " "),
            "takes": _kind_in_words(one.kind, language),
            # A key that is not given is made.
            "required": one.required and one.field != "key",
            "values": ", ".join(_word_told(word, language) for word in one.values),
        }
        for one in told
    ]
    print_rows(rows, output_format, empty="")


def _kind_in_words(kind: str, language: str) -> str:
    for template in (LIST, MAPPING):
        before = template.removesuffix("{kind}")
        if kind.startswith(before):
            inner = _kind_in_words(kind.removeprefix(before), language)
            return translate(template, language, context=ASKED).format(kind=inner)
    return translate(kind, language, context=ASKED)


def _word_told(word: str, language: str) -> str:
    """A word as it is typed, with what it means where that reads otherwise."""
    said = meaning(word, language)
    return word if said == word else f"{word} ({said})"


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
