"""What an installation can be like: kinds of diagnoses, and which versions of SQLite are safe for what. Pure."""

from typing import Final

from seedfund.assurance.rules.findings import FindingKind, Severity

NOTHING: Final = "Nothing has to be done."

PYTHON_HERE: Final = FindingKind("python_here", "Python {which} runs it.", NOTHING, Severity.NOTE)
DATABASE_MISSING: Final = FindingKind(
    "database_missing", "There is no database {which} here.", "Make one with: seedfund init."
)
DATABASE_UNREADABLE: Final = FindingKind(
    "database_unreadable",
    "The database cannot be opened: {problem}",
    "Check --db; if the file is damaged, restore a backup with: seedfund restore.",
)
SQLITE_HERE: Final = FindingKind(
    "sqlite_here",
    "SQLite {which} keeps the database, with the journal mode {journal}.",
    NOTHING,
    Severity.NOTE,
)
SQLITE_WAL_RISK: Final = FindingKind(
    "sqlite_wal_risk",
    "SQLite {which} can lose committed data in the journal mode wal; this database is in {journal}.",
    "Leave the journal mode as it is; use wal only from SQLite 3.51.3, 3.50.7 or 3.44.6 on.",
    Severity.WARNING,
)
SQLITE_WAL_UNSAFE: Final = FindingKind(
    "sqlite_wal_unsafe",
    "The database is in the journal mode wal, in which SQLite {which} can lose committed data.",
    "Open it once with seedfund while nobody else does: it goes back to a rollback journal.",
)
SERVER_HERE: Final = FindingKind(
    "server_here", "PostgreSQL {which} keeps the database.", NOTHING, Severity.NOTE
)
SERVER_FORGETS: Final = FindingKind(
    "server_forgets",
    "PostgreSQL is set to {setting} = off: after a power cut, what was acknowledged may be gone.",
    "Set {setting} = on in postgresql.conf.",
)
DRIVE_LOCAL: Final = FindingKind(
    "drive_local", "The database lies on a drive of this machine ({drive}).", NOTHING, Severity.NOTE
)
DRIVE_NETWORK: Final = FindingKind(
    "drive_network",
    "The database lies on a network drive ({drive}), where locks do not hold.",
    "Move it to a disk of this machine, or use PostgreSQL.",
)
DRIVE_UNKNOWN: Final = FindingKind(
    "drive_unknown",
    "It cannot be told here whether the database lies on a network drive.",
    "Make sure that it lies on a disk of this machine.",
    Severity.NOTE,
)
KEY_FILE_FINE: Final = FindingKind(
    "key_file_fine", "The key file {which} is there, and only its owner reads it.", NOTHING, Severity.NOTE
)
KEY_FILE_OTHER: Final = FindingKind(
    "key_file_other",
    "The key file {which} is not the one that sealed this database.",
    "Bring the copy that was kept, or name it with --keys; write nothing before.",
)
KEY_FILE_MISSING: Final = FindingKind(
    "key_file_missing",
    "There is no key file {which}: no sealed name can be read.",
    "Bring it from where it is kept, or name it with --keys.",
)
KEY_FILE_OPEN: Final = FindingKind(
    "key_file_open", "Others can read the key file {which} (mode {mode}).", "Run: chmod 600 {which}."
)
KEY_FILE_BROKEN: Final = FindingKind(
    "key_file_broken", "The file {which} is not a key ring of this version.", "Bring the copy that was kept."
)
EXTRA_HERE: Final = FindingKind("extra_here", "The extra {which} is installed.", NOTHING, Severity.NOTE)
EXTRA_MISSING: Final = FindingKind(
    "extra_missing",
    "The extra {which} is not installed; without it, this is not possible: {uses}.",
    "If it is wanted: pip install 'seedfund[{which}]'.",
    Severity.NOTE,
)
SCHEMA_FINE: Final = FindingKind(
    "schema_fine", "The schema is that of this version, with every guard ({which}).", NOTHING, Severity.NOTE
)
SCHEMA_OLD: Final = FindingKind(
    "schema_old", "The database is at revision {which}, not {wanted}.", "Run: seedfund init."
)
TEMPLATES_FINE: Final = FindingKind(
    "templates_fine", "Every template of a paper can be used.", NOTHING, Severity.NOTE
)
TEMPLATE_UNUSABLE: Final = FindingKind(
    "template_unusable", "A template cannot be used: {problem}", "{remedy}"
)
FONTS_FINE: Final = FindingKind("fonts_fine", "The fonts of papers can be read.", NOTHING, Severity.NOTE)
FONT_UNREADABLE: Final = FindingKind(
    "font_unreadable", "The font {which} of papers cannot be read.", "Install seedfund again."
)

KINDS: Final = (
    *(PYTHON_HERE, DATABASE_MISSING, DATABASE_UNREADABLE, SQLITE_HERE, SQLITE_WAL_RISK, SQLITE_WAL_UNSAFE),
    *(
        SERVER_HERE,
        SERVER_FORGETS,
        DRIVE_LOCAL,
        DRIVE_NETWORK,
        DRIVE_UNKNOWN,
        KEY_FILE_FINE,
        KEY_FILE_OTHER,
        KEY_FILE_MISSING,
    ),
    *(KEY_FILE_OPEN, KEY_FILE_BROKEN, EXTRA_HERE, EXTRA_MISSING, SCHEMA_FINE, SCHEMA_OLD, TEMPLATES_FINE),
    *(TEMPLATE_UNUSABLE, FONTS_FINE, FONT_UNREADABLE),
)

NETWORK_DRIVES: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ncpfs", "ceph", "glusterfs", "davfs", "vboxsf"}
)
"""Kinds of mounts on which the locks of SQLite are not to be trusted; `fuse.sshfs` and its like count too."""
SAFE_WAL: Final = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""The first version of each branch in which the WAL-reset race is repaired; earlier ones back to 3.7.0 have it."""


def is_wal_safe(version: tuple[int, int, int]) -> bool:
    """Whether a version of SQLite may be used in WAL mode (SQLite's release notes of 3.51.3)."""
    if version >= SAFE_WAL[-1] or version < (3, 7, 0):
        return True
    return any(version[:2] == safe[:2] and version >= safe for safe in SAFE_WAL)


def is_network_drive(kind: str) -> bool:
    """Whether a kind of mount reaches over a network."""
    return kind in NETWORK_DRIVES or kind.startswith(("fuse.sshfs", "fuse.rclone", "fuse.gvfs", "fuse.davfs"))


def mount_of(path: str, mounts: str) -> str | None:
    """The kind of the mount a path lies on, from the text of /proc/mounts; None when there is none.

    The longest mount point that the path begins with holds it; blanks in it are written as octal 040.
    """
    best, kind = "", None
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        is_above = path == point or path.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind
