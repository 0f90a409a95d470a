"""What the pages say is so: their Python runs, their commands exist with those fields, their links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedfund.cli.catalogue import fields_of, find_verb
from seedfund.kernel.errors import NotFound

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
ASKED = frozenset(("pin",))
"""What `seedfund do` takes beside a command's fields: a PIN, which becomes its verifier."""
COMMAND = re.compile(r"seedfund [^\n`]*?\bdo ([a-z]+\.[a-z_]+)([^\n]*)")
FIELD = re.compile(r"--set '?\"?([a-z_0-9]+)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def unknown(text: str) -> Iterator[str]:
    """Commands and fields that a page names and that there are not."""
    for name, rest in COMMAND.findall(text.replace("\\\n", " ")):
        try:
            known = {one.field for one in fields_of(find_verb(name))}
        except NotFound:
            yield name
            continue
        yield from (f"{name} {field}" for field in FIELD.findall(rest) if field not in known | ASKED)


def test_the_page_on_embedding_runs_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "how-to" / "embed.md").read_text(encoding="utf-8")
    place: dict[str, object] = {}

    for block in re.findall(r"```python\n(.*?)```", page, flags=re.S):
        exec(compile(block, "embed.md", "exec"), place)  # noqa: S102 - the page's own example

    assert len(str(place["told"])) > 0
    place["engine"].dispose()  # type: ignore[attr-defined] # the page's own engine


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_exist_with_their_fields(page: Path) -> None:
    assert list(unknown(page.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    found = LINK.findall(page.read_text(encoding="utf-8"))

    assert [link for link in found if not (page.parent / link).exists()] == []


def test_a_command_or_field_that_is_not_there_is_found() -> None:
    text = "seedfund --actor a do grants.no_such\nseedfund do grants.close_grant --set 'nothing=1' --set grant=SC"

    assert list(unknown(text)) == ["grants.no_such", "grants.close_grant nothing"]
