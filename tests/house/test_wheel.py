"""The wheel holds everything that works at run time, nothing else, and migrates a database by itself.

The environment it is tried in has no seedfund but the wheel's; it borrows the other packages of this one,
so that the test takes seconds. `dev.py check` installs the wheel with all its dependencies instead.
"""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
TRAVELLING: Final = ("migrations", "templates", "examples")
UNWANTED: Final = (".db", ".key", ".pyc", ".log")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def packed(wheel: Path) -> frozenset[str]:
    with zipfile.ZipFile(wheel) as archive:
        return frozenset(archive.namelist())


def test_it_holds_the_marker_of_types(packed: frozenset[str]) -> None:
    assert "seedfund/py.typed" in packed


@pytest.mark.parametrize("folder", TRAVELLING)
def test_it_holds_every_file_that_travels(packed: frozenset[str], folder: str) -> None:
    wanted = {f"seedfund/{name}" for name in _files_below(ROOT, folder)}

    assert wanted
    assert wanted - packed == set()


def test_it_holds_every_module_and_every_file_beside_them(packed: frozenset[str]) -> None:
    wanted = set(_files_below(ROOT / "src", "seedfund"))

    assert wanted - packed == set()


def test_it_holds_nothing_that_was_only_lying_around(packed: frozenset[str]) -> None:
    assert [name for name in packed if name.endswith(UNWANTED) or name.startswith("tests/")] == []


def test_it_migrates_a_database_in_an_environment_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    python = _environment_with(wheel, tmp_path / "venv")
    smoke = ROOT / "tests" / "support" / "wheel_smoke.py"

    done = subprocess.run(
        [python, "-I", smoke, tmp_path], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )

    assert done.returncode == 0, done.stderr
    assert "works from its wheel" in done.stdout


def test_the_smoke_notices_a_seedfund_that_is_not_the_wheels(tmp_path: Path) -> None:
    python = _environment_with(None, tmp_path / "venv", also=ROOT / "src")
    smoke = ROOT / "tests" / "support" / "wheel_smoke.py"

    done = subprocess.run(
        [python, "-I", smoke, tmp_path], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )

    assert done.returncode != 0
    assert "not from the environment" in done.stderr


def _files_below(root: Path, folder: str) -> Iterator[str]:
    """Every file that belongs to the project, with forward slashes, relative to the root."""
    for path in sorted((root / folder).glob("**/*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(root).as_posix()


def _environment_with(wheel: Path | None, folder: Path, *, also: Path | None = None) -> Path:
    """An environment with this wheel unpacked; other packages are found where ours are.

    A path in a `.pth` file is only added: the pointer to the checkout that lies there is not followed.
    """
    venv.create(folder, symlinks=sys.platform != "win32")
    variables = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", variables))
    if wheel is not None:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(packages)
    borrowed = [sysconfig.get_path("purelib"), *([str(also)] if also else [])]
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
