"""The demo, played once for all who look at what it left."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from seedfund.cli.app import cli

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """What the whole example said and where its files lie; nobody writes there."""
    into = tmp_path_factory.mktemp("demo")
    example = str(ROOT / "examples" / "northern-border")
    result = CliRunner().invoke(cli, ["--lang", "en", "demo", "--from", example, "--into", str(into)])
    assert result.exit_code == 0, result.output
    return result, into
