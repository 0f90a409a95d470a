"""Help and complaints about usage speak the language that was asked for."""

import pytest
from click.testing import CliRunner, Result

from seedfund.cli.app import cli


def run(*arguments: str) -> Result:
    return CliRunner().invoke(
        cli, arguments, env={"LANG": "en_US.UTF-8", "SEEDFUND_LANG": None}, prog_name="seedfund"
    )


def test_the_help_of_a_command_is_spanish_in_all_its_parts() -> None:
    told = run("--lang", "es", "init", "--help").stdout

    assert told.startswith("Uso: seedfund init [OPCIONES]")
    assert "--name TEXTO" in told
    assert "Nombre del programa." in told
    assert "[si no se\n" in told
    assert "Muestra esta ayuda y termina." in told


def test_a_group_lists_its_commands_in_spanish_without_cutting_them_short() -> None:
    told = run("--lang", "es", "audit", "--help").stdout

    assert "Órdenes:" in told
    assert "la auditoría." in told


def test_english_help_stays_as_it_was_declared() -> None:
    told = run("--lang", "en", "init", "--help").stdout

    assert told.startswith("Usage: seedfund init [OPTIONS]")
    assert "Name of the programme." in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "No existe la orden «nonsense»."),
        (("list", "--formt", "json"), "No existe la opción «--formt». ¿Quiso decir «--format»?"),
        (("do", "--set"), "La opción «--set» necesita un valor."),
        (("week", "a", "b"), "Sobran los argumentos (a b)."),
        (("ledger", "gold"), "«gold» no es uno de «participant», «fund», «cash», «trial-balance»."),
        (("import", "no.csv", "--kind", "team"), "No existe la ruta «no.csv»."),
        (("import", "--kind", "team"), "dé ARCHIVO y --kind TIPO; --kinds los lista"),
    ],
)
def test_a_wrong_usage_is_said_in_spanish_and_exits_with_2(arguments: tuple[str, ...], said: str) -> None:
    result = run("--lang", "es", *arguments)

    assert result.exit_code == 2
    assert said in result.stderr
    assert "Para ver la ayuda: seedfund" in result.stderr


def test_a_wrong_option_before_the_command_is_said_in_the_language_of_the_environment() -> None:
    result = CliRunner().invoke(cli, ["--nonsense"], env={"LANG": "es_EC.UTF-8", "SEEDFUND_LANG": None})

    assert result.exit_code == 2
    assert "No existe la opción «--nonsense»." in result.stderr


def test_a_wrong_usage_in_english_is_said_as_click_says_it() -> None:
    assert "No such command 'nonsense'." in run("--lang", "en", "nonsense").stderr
    assert "«lst». ¿Quiso decir «list»?" in run("--lang", "es", "lst").stderr
