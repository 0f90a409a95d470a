"""How much memory a long file takes on its way in: run in a process of its own, the file's bytes held before.

Prints how much more the process held at its most than when the import began, in MB.
"""

import sys
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine

from benchmarks.harness import removed
from benchmarks.importing_files import PER_HOME, STYLE, csv_of, households_of, people
from seedfund.interchange.service import ImportRequest, import_files
from tests.support.programme import build_founded, house_on

STATUS: Final = Path("/proc/self/status")
FORGET: Final = Path("/proc/self/clear_refs")


def main(homes: int, file: Path) -> None:
    """Import so many households of four on a database of their own, and say what it took."""
    sound = [row for row in people(homes * PER_HOME) if row[6] != "31/02/1999"]
    files = {"households": households_of(homes), "members": csv_of(sound)}
    count = len(sound)
    del sound
    removed(file)
    file.unlink(missing_ok=True)
    engine = create_engine(f"sqlite:///{file}")
    build_founded(engine)
    house = house_on(engine)
    # The most this process held so far is forgotten.
    FORGET.write_text("5", encoding="ascii")
    before = _held("VmRSS")
    with house.work("field") as work:
        result = import_files(work, ImportRequest(kind="households", files=files, style=STYLE))
    if result.accepted != homes + count:
        raise AssertionError(f"{result.accepted} rows were taken, not {homes + count}")
    print(round(_held("VmHWM") - before, 1))
    engine.dispose()
    removed(file)
    file.unlink(missing_ok=True)


def _held(what: str) -> float:
    line = next(one for one in STATUS.read_text(encoding="ascii").splitlines() if one.startswith(f"{what}:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
