"""A folder in memory, where the system has one with room: on a busy disk the tests would measure its syncs."""

import os
import shutil
from pathlib import Path
from typing import Final

_FOLDER: Final = Path("/dev/shm")  # noqa: S108 - folders of our own are made in it
_BYTES_MIN: Final = 2 * 1024**3


def folder_in_memory() -> Path | None:
    """The folder, or None where there is none, no right to write there, or too little room."""
    is_usable = _FOLDER.is_dir() and os.access(_FOLDER, os.W_OK)
    return _FOLDER if is_usable and shutil.disk_usage(_FOLDER).free > _BYTES_MIN else None
