"""Rebuild the fonts of seedfund's papers from Debian's `fonts-noto-core` (Noto Sans, SIL Open Font License 1.1).

A tool for developers only, never needed to run seedfund: it wants fontTools (`pip install fonttools`) and the Debian
package (`apt-get install fonts-noto-core`). The same input gives the same files.

    python tools/build_fonts.py [FOLDER WITH NotoSans-*.ttf]
"""

import sys
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont

SOURCE: Final = Path("/usr/share/fonts/truetype/noto")
TARGET: Final = Path(__file__).parent.parent / "src" / "seedfund" / "paper" / "fonts"
STYLES: Final = ("Regular", "Bold", "Italic")
# Letters of the Latin script with their ready-made accents, and the punctuation and currency signs of legal papers.
# Left out on purpose: the soft hyphen, zero-width characters and direction marks, which nobody sees on paper.
RANGES: Final = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x24F),
    (0x2BC, 0x2BC),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x202F, 0x202F),
    (0x2030, 0x2030),
    (0x2032, 0x2033),
    (0x2039, 0x203A),
    (0x2044, 0x2044),
    (0x20A0, 0x20BF),
    (0x2116, 0x2116),
    (0x2122, 0x2122),
    (0x2212, 0x2212),
    (0x2260, 0x2260),
    (0x2264, 0x2265),
)


def build(source: Path, target: Path) -> None:
    """Write the subset of one font, without hints and without a build time in it."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "gasp"]
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    cutter.subset(font)
    font.save(target)


def main() -> None:
    """Build every style and say how large it became."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    for style in STYLES:
        name = f"NotoSans-{style}.ttf"
        build(source / name, TARGET / name)
        sys.stdout.write(f"{name}: {(TARGET / name).stat().st_size // 1024} KiB\n")


if __name__ == "__main__":
    main()
