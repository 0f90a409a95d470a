"""The doctor's single looks, and the rules behind them."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from seedfund.assurance import doctor
from seedfund.assurance.doctor import (
    examine_drive,
    examine_keys,
    examine_machine,
    examine_papers,
    examine_ring,
    examine_server,
    examine_sqlite,
)
from seedfund.assurance.rules.installation import is_wal_safe, mount_of
from seedfund.store.sealing.keyring import new_keyring, save_keyring
from tests.assurance.support import Lived
from tests.support.programme import RING

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/share nfs4 rw 0 0\nme@host: /mnt/my\\040dir fuse.sshfs rw 0 0\n"
)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ((3, 6, 23), True),
        ((3, 7, 0), False),
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_wal_is_safe_from_the_repaired_version_of_each_branch(
    version: tuple[int, int, int], expected: bool
) -> None:
    assert is_wal_safe(version) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/srv/a.db", "ext4"),
        ("/mnt/share/a.db", "nfs4"),
        ("/mnt/shared/a.db", "ext4"),
        ("/mnt/my dir/a.db", "fuse.sshfs"),
    ],
)
def test_the_longest_mount_point_above_a_file_holds_it(path: str, expected: str) -> None:
    assert mount_of(path, MOUNTS) == expected
    assert mount_of(path, "") is None


def test_a_network_drive_is_told(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    codes = []
    for kind in ("ext4", "nfs4"):
        mounts.write_text(f"x / {kind} rw 0 0\n", encoding="utf-8")
        codes += [one.code for one in examine_drive(tmp_path / "a.db", mounts)]
    codes += [one.code for one in examine_drive(tmp_path / "a.db", tmp_path / "none")]

    assert codes == ["drive_local", "drive_network", "drive_unknown"]


def test_the_journal_mode_is_read_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    path = tmp_path / "a.db"
    codes = []
    for versions in (b"\x01\x01", b"\x02\x02"):
        path.write_bytes(b"SQLite format 3\x00\x10\x00" + versions)
        codes += [one.code for one in examine_sqlite(path)]

    assert codes == ["sqlite_here", "sqlite_wal_risk", "sqlite_here", "sqlite_wal_unsafe"]


def test_a_key_file_is_there_closed_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.key"
    missing = [one.code for one in examine_keys(path)]
    path.write_text("{}", encoding="utf-8")
    path.chmod(0o640)
    is_open = [one.code for one in examine_keys(path)]
    path.chmod(0o600)

    assert (missing, is_open) == (["key_file_missing"], ["key_file_open"])
    assert [one.code for one in examine_keys(path)] == ["key_file_broken"]


def test_an_extra_that_is_absent_is_told_with_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "xlsxwriter" else object())

    told = {one.which: one.code for one in examine_machine()}

    assert (told["xlsx"], told["cli"]) == ("extra_missing", "extra_here")
    assert "python_here" in told.values()


def test_a_template_that_cannot_be_used_and_a_font_that_cannot_be_read_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(weight: str) -> Any:
        raise ValueError(weight)

    monkeypatch.setattr(doctor, "face", unreadable)
    (tmp_path / "agreement").mkdir()
    (tmp_path / "agreement" / "es.md").write_text("{{ nothing }}", encoding="utf-8")

    codes = [one.code for one in examine_papers("en", tmp_path)]

    assert (codes[0], codes[-3:]) == ("template_unusable", ["font_unreadable"] * 3)


def test_a_server_that_may_forget_is_told(engine: sa.Engine) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("a file has no server")
    with engine.connect() as connection:
        connection.exec_driver_sql("SET synchronous_commit = off")
        told = {(one.code, one.which) for one in examine_server(connection)}

    assert ("server_forgets", "synchronous_commit") in told
    assert "server_here" in {code for code, _ in told}


def test_the_ring_of_another_database_is_told(lived: Lived, tmp_path: Path) -> None:
    ours, others = tmp_path / "ours.key", tmp_path / "others.key"
    save_keyring(RING, ours)
    save_keyring(new_keyring(), others)

    assert list(examine_ring(lived.house.engine, ours)) == []
    assert [one.code for one in examine_ring(lived.house.engine, others)] == ["key_file_other"]
    assert list(examine_ring(lived.house.engine, tmp_path / "none.key")) == []
