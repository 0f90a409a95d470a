"""A process is killed at a random point: what it acknowledged is there, nothing is half there or needs mending."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from seedfund.assurance.verify import Request, verify
from tests.support.programme import RING, build_founded

ROOT = Path(__file__).resolve().parents[2]
SEEDS = range(12)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "house.db"
    engine = sa.create_engine(f"sqlite:///{path}")
    build_founded(engine)
    engine.dispose()
    return path


def killed(path: Path, seed: int) -> list[str]:
    """What a process acknowledged before it was killed."""
    command = [sys.executable, "-m", "tests.support.mortal", str(path), str(seed)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    return ended.stdout.splitlines()


def test_h13_what_was_acknowledged_is_there_after_a_kill_and_everything_agrees(
    founded: Path, tmp_path: Path
) -> None:
    path = tmp_path / "house.db"
    shutil.copyfile(founded, path)
    acknowledged: list[str] = []
    for seed in SEEDS:
        acknowledged += killed(path, seed)
        engine = sa.create_engine(f"sqlite:///{path}")
        found = verify(engine, Request(keyring=RING))
        with engine.connect() as connection:
            kept = connection.exec_driver_sql(
                "SELECT handle FROM sf_actor WHERE handle LIKE 'mortal%' ORDER BY id"
            ).scalars()
            handles = list(kept)
        engine.dispose()

        assert [(one.code, one.which) for one in found.findings] == []
        assert set(acknowledged) <= set(handles)
        # At most the one command that was committed and not yet acknowledged is there beside them, a kill.
        assert len(handles) - len(acknowledged) <= seed + 1

    assert len(acknowledged) > len(SEEDS)
