"""The README's code runs as it stands, in a host's own transaction beside the host's own table."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

ROOT = Path(__file__).resolve().parents[2]


def python_blocks(page: Path) -> list[str]:
    """The Python examples of a page, in order."""
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), flags=re.S)


def test_the_readme_embeds_in_a_hosts_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    host = sa.create_engine("sqlite:///app.db")
    (block,) = python_blocks(ROOT / "README.md")

    exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - the page's own example

    with host.connect() as connection:
        households = connection.exec_driver_sql("SELECT household FROM app_case").scalars().all()
        ours = connection.exec_driver_sql("SELECT number FROM sf_household").scalars().all()
    host.dispose()
    assert households == ours
    assert len(ours) == 1


def test_the_embedding_example_stays_short() -> None:
    (block,) = python_blocks(ROOT / "README.md")
    statements = [
        line
        for line in block.splitlines()
        if line.strip() and not line.startswith((" " * 8, "from", "import"))
    ]

    assert len(statements) <= 20
