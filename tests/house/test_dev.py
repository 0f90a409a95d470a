"""The tasks set themselves up wherever there is Python, and say in a line what is missing where they cannot."""

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

ROOT: Final = Path(__file__).resolve().parents[2]
PROJECT: Final = '[project]\nname = "a"\ndependencies = ["click"]\n[tool.ruff]\nline-length = 110\n'
PINS: Final = "click==8.5.1\n"

Answer = subprocess.CompletedProcess[str]


def _answer(code: int) -> Answer:
    return subprocess.CompletedProcess([], code, stdout="", stderr="said why")


def test_an_environment_is_made_again_when_a_dependency_a_pin_or_the_python_changes() -> None:
    made_from = dev.fingerprint(PROJECT, PINS, python="3.11.7")
    others = {
        dev.fingerprint(PROJECT.replace("click", "rich"), PINS, python="3.11.7"),
        dev.fingerprint(PROJECT, "click==8.5.2\n", python="3.11.7"),
        dev.fingerprint(PROJECT, PINS, python="3.13.0"),
    }

    assert len(others) == 3
    assert made_from not in others


def test_an_environment_is_kept_when_only_the_settings_of_a_tool_change() -> None:
    changed = PROJECT.replace("110", "100")

    assert dev.fingerprint(PROJECT, PINS, python="3.11.7") == dev.fingerprint(changed, PINS, python="3.11.7")


def test_pins_are_written_from_what_is_installed_and_kept_for_other_systems() -> None:
    present = "# Old words.\nclick==8.5.0\ncolorama==0.4.6\n"

    text = dev.pins(present, ["Click==8.5.1", "typing_extensions==4.16.0", "pip==26.0", "seedfund==0.1.0"])

    pins = [line for line in text.splitlines() if not line.startswith("#")]
    assert pins == ["click==8.5.1", "colorama==0.4.6", "typing-extensions==4.16.0"]


def test_every_package_that_seedfund_brings_along_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.split("==")[0] for line in lines if "==" in line and not line.startswith("#")}
    needed = _required_by("seedfund[dev]") | _required_by("hatchling")

    assert len(needed) > 40
    assert needed - pinned == set()


def _required_by(requirement: str) -> set[str]:
    """Names of all packages that a requirement brings along here, extras and markers followed."""
    found: set[str] = set()
    waiting, seen = [Requirement(requirement)], set[str]()
    while waiting:
        current = waiting.pop()
        if str(current) in seen:
            continue
        seen.add(str(current))
        for line in distribution(current.name).requires or ():
            needed = Requirement(line)
            extras = current.extras or {""}
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                found.add(canonicalize_name(needed.name))
                waiting.append(needed)
    return found - {"seedfund"}


def test_a_python_without_ensurepip_gets_an_environment_without_pip(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Sequence[str]] = []

    def ask(command: Sequence[str]) -> Answer:
        asked.append(command)
        return _answer(0)

    monkeypatch.setattr("dev.importlib.util.find_spec", lambda name: None)
    monkeypatch.setattr(dev, "ask", ask)

    dev.create(tmp_path / "environment")

    assert [command[-1] for command in asked] == ["--without-pip"]


def test_an_environment_whose_pip_cannot_be_made_is_tried_again_without(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "ask", lambda command: _answer(0 if command[-1] == "--without-pip" else 1))

    dev.create(tmp_path / "environment")


def test_a_machine_without_any_pip_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "ask", lambda command: _answer(1))

    with pytest.raises(dev.Stop, match="apt install python3-venv"):
        dev.pip_for(tmp_path)


def test_the_pip_of_the_machine_is_told_where_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "ask", lambda command: _answer(0 if "--python" in command else 1))

    assert dev.pip_for(tmp_path)[-2:] == ["--python", str(tmp_path)]


def test_build_backends_are_pinned_too_also_in_a_folder_with_spaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "CONSTRAINTS", Path("/a checkout/constraints.txt"))

    variables = dev.variables_for_pip(is_pinned=True)

    assert variables["PIP_CONSTRAINT"] == "file:///a%20checkout/constraints.txt"
    assert variables["PIP_BUILD_CONSTRAINT"] == variables["PIP_CONSTRAINT"]


def test_an_older_python_is_named_and_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "PYTHON_MIN", (99, 0))

    code = dev.main(["test"])

    assert code == 2
    assert capsys.readouterr().out.startswith("seedfund needs Python 99.0 or newer")


def test_an_unknown_task_is_answered_with_the_list_of_tasks(capsys: pytest.CaptureFixture[str]) -> None:
    code = dev.main(["tset"])

    assert code == 2
    assert capsys.readouterr().out.strip() == (dev.__doc__ or "").strip()


@pytest.mark.parametrize("task", dev.TASKS)
def test_every_task_is_described_in_the_help(task: str) -> None:
    assert dev.__doc__ is not None
    assert f"python3 dev.py {task} " in dev.__doc__


@pytest.mark.parametrize("step", [*dev.CHECKS, *dev.DOCS, dev.DEMO, dev.BENCH], ids=lambda step: step.title)
def test_what_a_task_runs_is_there_to_be_run(step: dev.Step) -> None:
    option, wanted = step.arguments[:2]
    if option == "-m":
        found = importlib.util.find_spec(wanted)
        assert found is not None
        is_package = found.submodule_search_locations is not None
        assert not is_package or importlib.util.find_spec(f"{wanted}.__main__") is not None
    else:
        compile(wanted, step.title, "exec")


def test_the_makefile_is_nothing_but_aliases() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = (
        next(line for line in lines if line.endswith(":") and not line.startswith(".")).rstrip(":").split()
    )

    assert {"demo", "test", "check", "bench"} <= set(targets) <= set(dev.TASKS)


def test_continuous_integration_runs_the_command_that_people_are_told() -> None:
    script = ROOT / ".ci" / "run"

    assert "\npython3 dev.py test\n" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o111


def test_a_check_that_fails_does_not_hide_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "prepare", lambda: Path(sys.executable))
    monkeypatch.setattr(dev, "check_wheel", lambda: 0)
    steps = (
        dev.Step("first", ("-c", "raise SystemExit(3)")),
        dev.Step("second", ("-c", "")),
        dev.Step("third", ("-c", ""), needs="no/such/file"),
    )
    monkeypatch.setattr(dev, "CHECKS", steps)

    code = dev.main(["check"])

    told = capsys.readouterr().out
    assert code != 0
    assert "FAILED" in told
    assert [title for title in ("first", "second", "wheel") if f" s  {title}\n" not in told] == []
    assert "third: absent, there is no no/such/file" in told
