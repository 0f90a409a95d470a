"""What the code declares is used, tested, documented and told in both languages. Each guard is seen to fail."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from seedfund.cli.app import cli
from seedfund.cli.catalogue import all_verbs
from seedfund.cli.docs import refusal_codes, stale, state_tables
from seedfund.cli.spoken import HELP
from seedfund.kernel.errors import RefusalCode
from seedfund.kernel.messages import contradictions, translate, untranslated
from seedfund.kernel.states import StateTable

ROOT = Path(__file__).resolve().parents[2]


def texts(folder: str) -> dict[str, str]:
    """Every Python text below a folder of the checkout, by path."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in (ROOT / folder).rglob("*.py")
    }


def unused(codes: Iterable[str], names: Mapping[str, str], sources: Mapping[str, str]) -> list[str]:
    """Codes whose constant stands nowhere but where it is declared, listed and imported."""
    whole = "\n".join(sources.values())
    return [code for code in codes if not _uses(whole, names[code])]


def _uses(whole: str, name: str) -> list[str]:
    """The lines that name a constant, without its declaration, the lists it stands in and its imports."""
    names = r"[A-Z][A-Z0-9_]*"
    listing = re.compile(
        rf"\s*({name}(: Final)? = RefusalCode\(.*|\*?\(?({names}, ?)*{names}\)?,?|\"{name}\",|from .*)"
    )
    # Nearly every line lacks the name; looking for it plainly first spares a minute.
    return [
        line
        for line in whole.splitlines()
        if name in line and re.search(rf"\b{name}\b", line) and not listing.fullmatch(line)
    ]


def constant_names(sources: Mapping[str, str]) -> dict[str, str]:
    """Code → the constant that declares it."""
    declared = re.compile(r"^([A-Z][A-Z0-9_]*)(?:: Final)? = RefusalCode\(\s*\"([a-z0-9_]+)\"", re.M)
    return {code: name for text in sources.values() for name, code in declared.findall(text)}


def untested(codes: Iterable[str], names: Mapping[str, str], tests: Mapping[str, str]) -> list[str]:
    """Codes that no test names, by code or by constant."""
    whole = "\n".join(tests.values())
    return [code for code in codes if f'"{code}"' not in whole and names.get(code, code) not in whole]


def unreachable(table: StateTable) -> list[str]:
    """States no path leads to."""
    reached, waiting = {table.start}, [table.start]
    while waiting:
        fresh = set(table.steps[waiting.pop()]) - reached
        reached |= fresh
        waiting += fresh
    return [state for state in table.states if state not in reached]


def help_texts(command: click.Command) -> Iterator[str]:
    """What the help of a command and of all below it says: commands, options, what stands for a value."""
    ctx = click.Context(command, **command.context_settings)
    yield command.help or f"{command.name} has no help"
    for parameter in command.get_params(ctx):
        if isinstance(parameter, click.Option):
            yield parameter.help or f"{parameter.opts[0]} of {command.name} has no help"
        if not isinstance(parameter.type, click.Choice | click.types.BoolParamType):
            yield from parameter.make_metavar(ctx).strip("[].").split()
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None, name
            yield from help_texts(below)


def unspoken(command: click.Command) -> list[str]:
    """Texts of help without Spanish."""
    return [text for text in help_texts(command) if translate(text, "es", context=HELP) == text]


def test_every_refusal_code_is_declared_as_a_constant() -> None:
    assert sorted(set(refusal_codes()) - set(constant_names(texts("src")))) == []


def test_every_refusal_code_is_used() -> None:
    sources = texts("src")
    assert unused(sorted(refusal_codes()), constant_names(sources), sources) == []


def test_every_refusal_code_is_tested() -> None:
    tests = {path: text for path, text in texts("tests").items() if "house" not in path}
    assert untested(sorted(refusal_codes()), constant_names(texts("src")), tests) == []


def test_every_refusal_is_told_in_spanish() -> None:
    assert untranslated(refusal_codes().values(), "es") == ()


def test_the_help_of_every_command_and_option_is_told_in_spanish() -> None:
    assert unspoken(cli) == []


def test_no_sentence_is_told_in_two_ways() -> None:
    assert contradictions("es") == ()


def test_every_state_can_be_reached_and_every_table_has_an_end() -> None:
    tables = state_tables()

    assert {name: unreachable(table) for name, table in tables.items() if unreachable(table)} == {}
    assert [name for name, table in tables.items() if not table.ends] == []


def test_every_command_has_a_promise_and_its_own_name() -> None:
    names = [verb.name for verb in all_verbs()]
    assert len(names) == len(set(names))
    assert [verb.name for verb in all_verbs() if not (verb.__doc__ or "").strip()] == []


def test_the_generated_pages_say_what_the_code_says() -> None:
    assert stale(ROOT / "docs" / "reference") == []


def test_a_code_that_is_only_declared_and_listed_is_found() -> None:
    source = {"a.py": 'NEVER = RefusalCode(\n    "never", "x", "y"\n)\nREFUSALS = (\n    NEVER,\n)\n'}

    assert constant_names(source) == {"never": "NEVER"}
    assert unused(["never"], {"never": "NEVER"}, source) == ["never"]
    assert unused(["never"], {"never": "NEVER"}, {**source, "b.py": "refuse([NEVER(a=1)])"}) == []


def test_a_code_that_no_test_names_is_found() -> None:
    assert untested(["never"], {"never": "NEVER"}, {"t.py": "assert True"}) == ["never"]
    assert untested(["never"], {"never": "NEVER"}, {"t.py": 'codes == ("never",)'}) == []


def test_a_state_that_cannot_be_reached_is_found() -> None:
    table = StateTable("x", "a", {"a": ("b",), "b": (), "c": ("b",)})

    assert unreachable(table) == ["c"]


def test_a_sentence_without_spanish_is_found() -> None:
    assert untranslated([RefusalCode("never", "Never said before.", "Say it.")], "es") == ("never",)


def test_a_stale_page_is_found(tmp_path: Path) -> None:
    assert "refusals.md" in stale(tmp_path)


def test_help_without_spanish_is_found() -> None:
    below = click.Command(
        "pay", help="Print a ledger of nobody.", params=[click.Option(["--day"]), click.Argument(["sum"])]
    )
    group = click.Group("all", commands=[below], help="Issue agreements, and print any paper by its number.")

    assert unspoken(group) == ["Print a ledger of nobody.", "--day of pay has no help", "SUM"]
