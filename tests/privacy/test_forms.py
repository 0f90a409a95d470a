"""The command line adds nothing to what its readers show: no form of a report, no command without an actor."""

import io
import zipfile
from pathlib import Path
from typing import Final

import pypdfium2
import pytest
from click.testing import CliRunner, Result

from seedfund.cli import folios, reporting
from seedfund.cli.app import cli
from seedfund.cli.front import COMMANDS
from seedfund.kernel.roles import Role
from tests.documents.papers import text_of
from tests.privacy.judged import NAMES, REPORTS
from tests.privacy.planting import ACTOR, Planted, copied

FORMS: Final = ("text", "terminal", "json", "csv", "xlsx", "pdf", "html")
JUDGED: Final = {
    "list": "test_desk",
    "show": "test_desk",
    "why": "test_desk",
    "report": "test_desk and here",
    "week": "a report",
    "ledger": "reports",
    "export": "test_outside",
    "import": "test_at_rest",
    "agreement": "papers of test_desk; its list has numbers alone",
    "duplicates": "here",
    "audit": "here",
    "doctor": "here",
    "backup": "test_at_rest",
    "restore": "tells of files, not of people",
    "do": "tells what a command answers: numbers; a failing driver in test_at_rest",
    "init": "there is nobody yet",
    "demo": "people of the example, who are fictional",
}
"""Every command → where it is looked at, or why it has nothing to show."""
NAMING: Final = ("participant_grant_ledger", "week", "exceptions", "household", "fund_ledger")
"""Reports that name people or say why."""


def run(db: Path, role: Role | None, *arguments: str) -> Result:
    """A command of the CLI by somebody of a role, or by nobody."""
    who = ("--actor", ACTOR.format(role=role.value)) if role else ()
    return CliRunner().invoke(cli, ["--lang", "es", "--db", str(db), *who, *arguments])


def test_every_command_and_form_was_judged() -> None:
    assert set(COMMANDS) == set(JUDGED), "a command nobody judged"
    assert set(reporting.FORMS) | set(folios.FORMS) == set(FORMS), "a form nobody judged"
    assert set(NAMING) <= set(REPORTS)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        (name, form)
        for name in NAMING
        for form in ("csv", "xlsx", "pdf", "html", "terminal")
        if name != "household" or form in folios.FORMS
    ],
)
def test_no_form_of_a_report_shows_more_than_the_report(
    planted: Planted, name: str, form: str, tmp_path: Path
) -> None:
    which: tuple[str, ...] = ("--fund", "UNHCR-2025") if name == "fund_ledger" else ()
    if name in ("participant_grant_ledger", "household"):
        which = (planted.numbers["H-004"],)
    out = tmp_path / f"report.{form if form != 'terminal' else 'txt'}"
    result = run(
        planted.stage.into / "seedfund.db",
        Role.AUDITOR,
        *("report", name, *which, "--format", form, "--out", str(out)),
    )

    assert result.exit_code == 0, result.output
    found = planted.needles.in_text(_read(out))
    assert {(one.what, one.whose) for one in found if one.what not in REPORTS[name]} == set()
    assert {one for one in found if planted.is_restricted(one)} == set()
    # The rows of a ledger name nobody; its title does, which a table of rows alone does not carry.
    assert found or form == "csv" or not REPORTS[name] & NAMES
    assert planted.needles.in_text(result.output) == set()


@pytest.mark.parametrize("asked", [("household",), ("participant_grant_ledger",)])
@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FIELD_OFFICER, Role.FINANCE_OFFICER])
def test_the_pages_of_a_restricted_heads_household_name_nobody_restricted(
    planted: Planted, asked: tuple[str, ...], role: Role
) -> None:
    for home in ("H-001", "H-058", "H-030"):
        result = run(planted.stage.into / "seedfund.db", role, "report", *asked, planted.numbers[home])
        told = planted.needles.in_text(result.output)

        assert {one for one in told if planted.is_restricted(one)} == set()


@pytest.mark.parametrize(
    "arguments",
    [("audit", "verify"), ("audit", "heads"), ("doctor",), ("audit", "anchor", "--out", "ANCHOR")],
)
def test_what_needs_no_actor_names_nobody(
    planted: Planted, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    anchor = tmp_path / "anchor.json"
    db = copied(planted, tmp_path)
    result = run(db, None, *(str(anchor) if one == "ANCHOR" else one for one in arguments))
    written = anchor.read_text("utf-8") if anchor.exists() else ""

    assert result.exit_code == 0, result.output
    assert planted.needles.in_text(result.output + written) == set()


@pytest.mark.parametrize(
    "arguments", [("list", "participants"), ("week",), ("report", "exceptions"), ("show", "PT-2025-0002")]
)
@pytest.mark.parametrize("actor", [None, "stranger"])
def test_a_stranger_is_told_nothing(planted: Planted, arguments: tuple[str, ...], actor: str | None) -> None:
    who = ("--actor", actor) if actor else ()
    db = str(planted.stage.into / "seedfund.db")
    result = CliRunner().invoke(cli, ["--db", db, *who, *arguments])

    assert result.exit_code == 1
    assert planted.needles.in_text(result.output) == set()


def test_a_search_for_people_registered_twice_tells_nothing_of_anybody(planted: Planted) -> None:
    for role in (Role.FIELD_OFFICER, Role.PROTECTION_OFFICER):
        result = run(planted.stage.into / "seedfund.db", role, "duplicates", "--dry-run", "--least", "30")

        assert planted.needles.in_text(result.output) == set()
        if role is Role.FIELD_OFFICER:
            assert [one for one in planted.hidden if one in result.output] == []


def _read(path: Path) -> str:
    """Everything a file says: its text, its parts, and what it tells about itself."""
    content = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(content)
        about = repr(document.get_metadata_dict())
        document.close()
        return f"{about}\n{text_of(content)}\n{content.decode('latin-1')}"
    return content.decode("utf-8-sig")
