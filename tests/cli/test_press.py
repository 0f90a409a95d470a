"""`agreement print` of many papers: the same bytes from several processes, none held back by another, gone on with."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from seedfund.cli.app import cli
from tests.cli.test_agreement import Run, data, folder, run

__all__ = ["folder", "run"]


def issue_three(run: Run) -> list[str]:
    """Issue what is there as drafts; the numbers of all agreements with a paper."""
    for row in data(run("list", "--format", "json")):
        if not row["has_paper"]:
            data(run("issue", row["grant"], "--format", "json"))
    return [row["number"] for row in data(run("list", "--format", "json")) if row["has_paper"]]


def test_many_papers_from_two_processes_are_the_bytes_of_one(run: Run, tmp_path: Path) -> None:
    numbers = issue_three(run)
    assert len(numbers) >= 3
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    for number in numbers:
        data(run("print", number, "--out", str(one), "--format", "json"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("seedfund.cli.press.SOME", 1)
        counts = data(run("print", "--all", "--jobs", "2", "--out", str(two), "--format", "json"))
    assert (counts["papers"], counts["printed"], counts["not_printed"]) == (len(numbers), len(numbers), 0)
    assert [one["number"] for one in counts["files"]] == numbers
    names = sorted(path.name for path in one.iterdir())
    assert sorted(path.name for path in two.iterdir()) == names
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_a_paper_that_cannot_be_printed_holds_no_other_back(run: Run, tmp_path: Path) -> None:
    number = issue_three(run)[0]
    listed = tmp_path / "numbers.txt"
    listed.write_text(f"\ufeff{number}\n\nAG-2026-9999\n", encoding="utf-8")
    result = run("print", "--from", str(listed), "--out", str(tmp_path))
    assert result.exit_code == 3
    assert "AG-2026-9999: ✗" in result.stderr
    assert (tmp_path / f"{number}.pdf").exists()
    assert "no impresos: 1" in result.stdout.lower(), result.stdout


def test_a_night_that_was_cut_short_is_gone_on_with(run: Run, tmp_path: Path) -> None:
    numbers = issue_three(run)
    data(run("print", numbers[0], "--out", str(tmp_path), "--format", "json"))
    refused = run("print", *numbers, "--out", str(tmp_path), "--format", "json")
    assert refused.exit_code == 1, "a file that is there is not written over"
    (tmp_path / f"{numbers[1]}.pdf").unlink()
    counts = data(run("print", *numbers, "--go-on", "--out", str(tmp_path), "--format", "json"))
    assert (counts["printed"], counts["there_already"]) == (1, len(numbers) - 1)
    assert not list(tmp_path.glob("*.part"))


def test_many_papers_need_a_folder_and_a_name(run: Run, tmp_path: Path) -> None:
    numbers = issue_three(run)
    no_folder = run("print", *numbers, "--out", str(tmp_path / "nowhere"))
    nobody = run("print", "--out", str(tmp_path))
    assert (no_folder.exit_code, nobody.exit_code) == (1, 1)
    assert "--from" in nobody.stderr


def test_who_may_not_print_is_told_so_whatever_the_processes(run: Run, folder: Path, tmp_path: Path) -> None:
    numbers = issue_three(run)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("seedfund.cli.press.SOME", 1)
        arguments = ["agreement", "print", *numbers, "--jobs", "2", "--out", str(tmp_path)]
        database = ["--db", str(folder / "seedfund.db"), "--lang", "en"]
        nobody = CliRunner().invoke(cli, [*database, *arguments], env={"SEEDFUND_ACTOR": None})
        elsewhere = CliRunner().invoke(
            cli, [*database, "--actor", "expert", "--programme", "NOWHERE", *arguments]
        )
    assert (nobody.exit_code, elsewhere.exit_code) == (1, 1)
    assert "--actor" in nobody.stderr
    assert "--programme" in elsewhere.stderr
    assert not list(tmp_path.iterdir())
