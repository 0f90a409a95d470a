"""The front page is told without click and says what click would say."""

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from seedfund import __version__
from seedfund.cli.app import cli
from seedfund.cli.front import COMMANDS, OPTIONS, answer, page
from seedfund.cli.spoken import HELP
from seedfund.kernel.messages import translate


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_the_page_is_the_one_click_shows(arguments: list[str]) -> None:
    shown = CliRunner().invoke(cli, arguments, env={"LANG": "en_US.UTF-8"}).output
    assert answer(arguments, {"LANG": "en_US.UTF-8"}, __version__) == shown


def test_the_version_is_the_one_click_shows() -> None:
    shown = CliRunner().invoke(cli, ["--version"]).output
    assert answer(["--version"], {}, __version__) == shown


def test_every_option_of_the_group_stands_on_the_page() -> None:
    context = click.Context(cli)
    shown = {
        record[0]: record[1]
        for option in cli.get_params(context)
        if (record := option.get_help_record(context))
    }
    assert {option: english for option, english, _ in OPTIONS} == shown


def test_the_page_and_the_catalogue_say_the_same_of_an_option() -> None:
    assert {english: translate(english, "es", context=HELP) for _, english, _ in OPTIONS} == {
        english: spanish for _, english, spanish in OPTIONS
    }


def test_the_page_speaks_the_language_that_was_asked_for() -> None:
    asked = CliRunner().invoke(cli, ["--lang", "es", "--help"]).output
    assert asked == page("es")
    assert all(spanish in asked for _, _, spanish in (*COMMANDS.values(), *OPTIONS))
    assert "Usage" not in asked


@pytest.mark.parametrize(
    "arguments", [[], ["list"], ["--help", "list"], ["list", "--help"], ["--lang", "es"]]
)
def test_anything_else_is_left_to_click(arguments: list[str]) -> None:
    assert answer(arguments, {}, __version__) is None


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_page_waits_for_no_other_package(option: str) -> None:
    asked = (
        f"import sys; from seedfund.cli import main; sys.argv = ['seedfund', {option!r}]; main(); "
        "print({name.split('.')[0] for name in sys.modules} & {'click', 'rich', 'sqlalchemy', 'sqlmodel'})"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_the_package_is_run_where_the_script_is_not_on_the_path() -> None:
    asked = [sys.executable, "-m", "seedfund", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)

    assert done.stdout == f"seedfund {__version__}\n"


@pytest.mark.parametrize(
    ("language", "said"), [("es_EC.UTF-8", "Instálelo con"), ("en_US.UTF-8", "Install it with")]
)
def test_who_lacks_the_extra_is_told_what_to_install(language: str, said: str) -> None:
    asked = (
        "import sys; sys.modules['click'] = None; from seedfund.cli import main; "
        "sys.argv = ['seedfund', 'list']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        env={"LANG": language},
        encoding="utf-8",
    )

    assert done.returncode == 2
    assert f"{said}: pip install 'seedfund[cli]'" in done.stderr
