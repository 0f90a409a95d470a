"""Rebuild the table of line break classes from Unicode's `LineBreak.txt` (UAX #14).

A tool for developers only: it wants the Debian package `unicode-data`, or the folder of the file.

    python tools/build_line_breaks.py [FOLDER]
"""

import sys
from pathlib import Path
from typing import Final

SOURCE: Final = Path("/usr/share/unicode")
TARGET: Final = (
    Path(__file__).parent.parent / "src" / "seedfund" / "paper" / "text" / "breaks" / "line_break.txt"
)
# Beyond these nothing is printed but what a host's own font adds; there every character counts as a letter.
KEPT: Final = ((0x0000, 0x2BFF), (0x3000, 0x30FF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xFB00, 0xFEFF))
LETTER: Final = "AL"


def ranges(lines: list[str]) -> list[tuple[int, int, str]]:
    """The stretches of one class in order, those of plain letters left out."""
    found: list[tuple[int, int, str]] = []
    for line in lines:
        bare = line.partition("#")[0].strip()
        if not bare:
            continue
        codes, kind = bare.split(";")
        first, _, last = codes.partition("..")
        start, end = int(first, 16), int(last or first, 16)
        if not any(low <= start and end <= high for low, high in KEPT) or kind == LETTER:
            continue
        if found and found[-1][1] + 1 == start and found[-1][2] == kind:
            found[-1] = (found[-1][0], end, kind)
        else:
            found.append((start, end, kind))
    return found


def main() -> None:
    """Write the table with the version it comes from."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    lines = (folder / "LineBreak.txt").read_text(encoding="utf-8").splitlines()
    version = lines[0].removeprefix("# ")
    rows = [f"{start:04X} {end:04X} {kind}" for start, end, kind in ranges(lines)]
    head = f"# {version}, Unicode, Inc., Unicode License. First and last code point and class; all others are {LETTER}."
    TARGET.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(rows)} ranges\n")


if __name__ == "__main__":
    main()
