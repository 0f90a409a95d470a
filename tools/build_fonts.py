"""Rebuild the fonts of seedfund's papers from Noto's own files (SIL Open Font License 1.1).

A tool for developers only, never needed to run seedfund: it wants fontTools (`pip install fonttools`) and Debian's
package `fonts-noto-core` of 2020-12-25 (`apt-get install fonts-noto-core`). Later versions of Noto Naskh Arabic draw
most letters as a body and loose dots, whose text cannot be read back from a PDF in order: this one does not. The
same input gives the same files.

    python tools/build_fonts.py [FOLDER WITH NotoSans-*.ttf AND THE OTHERS]
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


# Each script's own letters, signs and digits, and the blank and points that are set beside them, so that a sentence
# needs no other font for them. European letters and digits, and whatever opens and closes, so that both ends look
# alike, come from Noto Sans everywhere.
POINTS: Final = ((0x20, 0x21), (0x2C, 0x2F), (0x3A, 0x3B), (0xA0, 0xA0), (0x25CC, 0x25CC))
SCRIPTS: Final = {
    "NotoSansThai": ((0x0E01, 0x0E3A), (0x0E3F, 0x0E5B)),
    "NotoSansMyanmar": ((0x1000, 0x109F), (0xA9E0, 0xA9FE), (0xAA60, 0xAA7F)),
    "NotoNaskhArabic": (
        (0x0600, 0x0605),
        (0x0606, 0x061B),
        (0x061D, 0x06FF),
        (0x0750, 0x077F),
        (0x08A0, 0x08FF),
        (0xFB50, 0xFDFF),
        (0xFE70, 0xFEFC),
    ),
}
WEIGHTS: Final = ("Regular", "Bold")


def build(source: Path, target: Path, ranges: tuple[tuple[int, int], ...], *, is_shaped: bool) -> None:
    """Write the subset of one font, without hints and without a build time in it."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"] if is_shaped else []
    options.drop_tables += ["gasp", "DSIG"] if is_shaped else ["GSUB", "GPOS", "GDEF", "gasp"]
    options.glyph_names = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = TTFont(source, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in ranges for code in range(first, last + 1)])
    cutter.subset(font)
    font.save(target)
    sys.stdout.write(f"{target.name}: {target.stat().st_size // 1024} KiB\n")


def main() -> None:
    """Build every style of every family and say how large it became."""
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    for style in STYLES:
        name = f"NotoSans-{style}.ttf"
        build(source / name, TARGET / name, RANGES, is_shaped=False)
    for family, ranges in SCRIPTS.items():
        for style in WEIGHTS:
            name = f"{family}-{style}.ttf"
            build(source / name, TARGET / name, (*POINTS, *ranges), is_shaped=True)


if __name__ == "__main__":
    main()
