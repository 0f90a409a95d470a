"""The private server is found or its absence explained, and it never outlives the run that started it."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support import postgres

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS_MAX = 30
ASKER = """
import sys
from tests.support.postgres import running_cluster
with running_cluster() as cluster:
    print(cluster.folder, flush=True)
    sys.stdin.read()
"""


def test_a_machine_without_a_server_is_told_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "KNOWN_PLACES", ())
    monkeypatch.setattr(postgres, "SERVER_PACKAGES", ())

    with pytest.raises(postgres.PostgresMissing, match="apt install postgresql"):
        postgres.find_binaries()


def test_the_newest_of_several_installed_servers_is_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "KNOWN_PLACES", (f"{tmp_path}/*/bin",))
    for version in ("9", "15", "18"):
        (tmp_path / version / "bin").mkdir(parents=True)
        for name in ("initdb", "postgres"):
            (tmp_path / version / "bin" / name).touch()

    assert postgres.find_binaries() == tmp_path / "18" / "bin"


def test_the_server_ends_with_a_run_that_was_killed(postgres_cluster: postgres.Cluster) -> None:
    command = [sys.executable, "-c", ASKER]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as asker:
        assert asker.stdout is not None
        folder = Path(asker.stdout.readline().strip())
        stood = (folder / "data" / "postmaster.pid").exists()
        asker.kill()

    deadline = time.monotonic() + STOP_SECONDS_MAX
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)

    assert stood
    assert not folder.exists()
