"""Reads a TrueType font and cuts the few glyphs a paper uses out of it. Must not know pages, PDF or which fonts exist.

Pure functions of the font's bytes: nothing is registered anywhere, so what one paper uses never shows in the next.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_WORDS: Final = 0x0001
_MORE_COMPONENTS: Final = 0x0020
_SCALES: Final = ((0x0008, 2), (0x0040, 4), (0x0080, 8))


@dataclass(frozen=True, eq=False)
class TrueType:
    """One font file, read: which glyph draws a character, how wide it is, where its outline lies."""

    data: bytes = field(repr=False)
    units_per_em: int
    ascent: int
    descent: int
    cap_height: int
    box: tuple[int, int, int, int]
    italic_angle: float
    glyph_of: dict[int, int] = field(repr=False)
    advances: tuple[int, ...] = field(repr=False)
    offsets: tuple[int, ...] = field(repr=False)
    tables: dict[str, tuple[int, int]] = field(repr=False)

    def outline(self, glyph: int) -> bytes:
        """The glyph's own outline data; empty for a space."""
        start = self.tables["glyf"][0]
        return self.data[start + self.offsets[glyph] : start + self.offsets[glyph + 1]]


def read(data: bytes) -> TrueType:
    """Read a TrueType font with outlines (`glyf`) and a Unicode map of format 4 or 12.

    Raises:
        ValueError: it is another kind of font.
    """
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {
        data[at : at + 4].decode("latin-1"): struct.unpack_from(">II", data, at + 8)
        for at in range(12, 12 + 16 * count, 16)
    }
    if "glyf" not in tables or "cmap" not in tables:
        raise ValueError("this is not a TrueType font with outlines and a character map")
    head, hhea, post = tables["head"][0], tables["hhea"][0], tables["post"][0]
    glyphs = struct.unpack_from(">H", data, tables["maxp"][0] + 4)[0]
    return TrueType(
        data=data,
        units_per_em=struct.unpack_from(">H", data, head + 18)[0],
        ascent=struct.unpack_from(">h", data, hhea + 4)[0],
        descent=struct.unpack_from(">h", data, hhea + 6)[0],
        cap_height=struct.unpack_from(">h", data, tables["OS/2"][0] + 88)[0],
        box=struct.unpack_from(">4h", data, head + 36),
        italic_angle=struct.unpack_from(">i", data, post + 4)[0] / 65536,
        glyph_of=_character_map(data, tables["cmap"][0]),
        advances=_advances(data, tables, glyphs),
        offsets=_offsets(data, tables, glyphs),
        tables=tables,
    )


def _advances(data: bytes, tables: dict[str, tuple[int, int]], glyphs: int) -> tuple[int, ...]:
    full = struct.unpack_from(">H", data, tables["hhea"][0] + 34)[0]
    start = tables["hmtx"][0]
    listed = [struct.unpack_from(">H", data, start + 4 * index)[0] for index in range(full)]
    return tuple(listed + [listed[-1]] * (glyphs - full))


def _offsets(data: bytes, tables: dict[str, tuple[int, int]], glyphs: int) -> tuple[int, ...]:
    long_format = struct.unpack_from(">h", data, tables["head"][0] + 50)[0]
    start = tables["loca"][0]
    if long_format:
        return struct.unpack_from(f">{glyphs + 1}I", data, start)
    return tuple(2 * offset for offset in struct.unpack_from(f">{glyphs + 1}H", data, start))


def _character_map(data: bytes, start: int) -> dict[int, int]:
    count = struct.unpack_from(">H", data, start + 2)[0]
    found: dict[int, int] = {}
    for index in range(count):
        offset = struct.unpack_from(">I", data, start + 8 + 8 * index)[0]
        kind = struct.unpack_from(">H", data, start + offset)[0]
        if kind == 12:
            found = found | _map_12(data, start + offset)
        elif kind == 4:
            found = _map_4(data, start + offset) | found
    if not found:
        raise ValueError("the font has no Unicode character map of format 4 or 12")
    return found


def _map_4(data: bytes, start: int) -> dict[int, int]:
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    shape = f">{segments}H"
    ends = struct.unpack_from(shape, data, start + 14)
    starts = struct.unpack_from(shape, data, start + 16 + 2 * segments)
    deltas = struct.unpack_from(shape, data, start + 16 + 4 * segments)
    ranges_at = start + 16 + 6 * segments
    found: dict[int, int] = {}
    for index in range(segments):
        offset = struct.unpack_from(">H", data, ranges_at + 2 * index)[0]
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(
                    ">H", data, ranges_at + 2 * index + offset + 2 * (code - starts[index])
                )[0]
            if glyph or not offset:
                glyph = (glyph + deltas[index]) & 0xFFFF
            if glyph:
                found[code] = glyph
    return found


def _map_12(data: bytes, start: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for index in range(struct.unpack_from(">I", data, start + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * index)
        found.update((first + step, glyph + step) for step in range(last - first + 1))
    return found


def cut(font: TrueType, glyphs: Sequence[int]) -> bytes:
    """A font whose glyph 0 is the empty box and whose glyph i is `glyphs[i - 1]`; parts of accented letters follow.

    It holds what a PDF reader needs (`glyf head hhea hmtx loca maxp`) and no character map: the paper brings its own.
    """
    order = [0, *glyphs]
    place = {glyph: index for index, glyph in reversed(list(enumerate(order)))}
    outlines: list[bytes] = []
    for glyph in order:  # the list grows while it is walked: a letter adds the parts it is made of
        outline = _with_parts_renumbered(font.outline(glyph), order, place)
        outlines.append(outline + b"\0" * (-len(outline) % 4))
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
    metrics = b"".join(_metric(font, glyph) for glyph in order)
    head = bytearray(_table(font, "head"))
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 1)
    hhea = bytearray(_table(font, "hhea"))
    struct.pack_into(">H", hhea, 34, len(order))
    maxp = bytearray(_table(font, "maxp"))
    struct.pack_into(">H", maxp, 4, len(order))
    return _assemble(
        {
            "glyf": b"".join(outlines),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": metrics,
            "loca": struct.pack(f">{len(offsets)}I", *offsets),
            "maxp": bytes(maxp),
        }
    )


def _table(font: TrueType, name: str) -> bytes:
    start, length = font.tables[name]
    return font.data[start : start + length]


def _metric(font: TrueType, glyph: int) -> bytes:
    full = struct.unpack_from(">H", font.data, font.tables["hhea"][0] + 34)[0]
    start = font.tables["hmtx"][0]
    bearing_at = start + 4 * glyph + 2 if glyph < full else start + 4 * full + 2 * (glyph - full)
    return struct.pack(">H", font.advances[glyph]) + font.data[bearing_at : bearing_at + 2]


def _with_parts_renumbered(outline: bytes, order: list[int], place: dict[int, int]) -> bytes:
    """The outline with the glyphs it is composed of renumbered into `order`, which gains those it lacks."""
    if not outline or struct.unpack_from(">h", outline, 0)[0] >= 0:
        return outline
    changed = bytearray(outline)
    at, flags = 10, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, part = struct.unpack_from(">HH", outline, at)
        if part not in place:
            place[part] = len(order)
            order.append(part)
        struct.pack_into(">H", changed, at + 2, place[part])
        at += 8 if flags & _WORDS else 6
        at += next((size for flag, size in _SCALES if flags & flag), 0)
    return bytes(changed)


def _assemble(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">IHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    directory, body, at = [], [], 12 + 16 * count
    for name, content in sorted(tables.items()):
        padded = content + b"\0" * (-len(content) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory.append(struct.pack(">4sIII", name.encode("ascii"), total, at, len(content)))
        body.append(padded)
        at += len(padded)
    font = bytearray(header + b"".join(directory) + b"".join(body))
    total = sum(struct.unpack(f">{len(font) // 4}I", font)) & 0xFFFFFFFF
    head_at = next(struct.unpack(">I", entry[8:12])[0] for entry in directory if entry[:4] == b"head")
    struct.pack_into(">I", font, head_at + 8, (0xB1B0AFBA - total) & 0xFFFFFFFF)
    return bytes(font)
