"""Bars as SVG: every bar with its words and its figure beside it, told to who cannot see it as well.

Must not know where figures come from. No colour has to be told apart: each bar is named, and what has no figure is
said in words.
"""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from seedfund.paper.blocks import Bar, Bars, Uprights
from seedfund.reports.render.html.page import text
from seedfund.reports.render.screen import columns_wide

_WIDE: Final = 780
_WIDE_STANDING: Final = 1100
_SIGN: Final = 8.3
_BOLD: Final = 9.4
"""How wide a sign of this size is reckoned: as the widest fonts have it, for nobody knows the reader's."""
_LABEL_SIGNS: Final = 28
_LINE: Final = 16
_ROW: Final = 22
_BAR: Final = 14
_GAP: Final = 10
_HIGH: Final = 150
_LEAST: Final = 1.0


def drawing(bars: Bars | Uprights, *, title: str) -> str:
    """The bars as one picture, its title and all it says for those who hear it."""
    if isinstance(bars, Bars):
        parts, wide, high = _lying(bars.bars)
    else:
        parts, wide, high = _standing(bars.bars)
    said = "; ".join(_spoken(bar) for bar in bars.bars)
    label = text(f"{title}: {said}")
    return (
        f'<svg role="img" viewBox="0 0 {wide:g} {high:g}" style="max-width:{wide:g}px" aria-label="{label}">\n'
        + "".join(parts)
        + "</svg>\n"
    )


def _spoken(bar: Bar) -> str:
    return f"{', '.join(word for word in (bar.group, bar.label) if word)}: {bar.value}"


def _lines(words: str) -> list[str]:
    return textwrap.wrap(words, _LABEL_SIGNS, max_lines=3, placeholder=" …") or [""]


def _width(words: Sequence[str], *, sign: float = _SIGN) -> float:
    return max((columns_wide(one) for one in words), default=0) * sign


def _say(words: str, x: float, y: float, *, kind: str = "", anchor: str = "") -> str:
    styled = f' class="{kind}"' if kind else ""
    placed = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{styled}{placed}>{text(words)}</text>\n'


def _shape(bar: Bar, x: float, y: float, *, wide: float, high: float) -> str:
    kind = "hollow" if bar.is_hollow else f"tone{bar.tone % 6}"
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" class="{kind}"/>\n'


# One below the other --------------------------------------------------------------------------------------------------


def _lying(bars: Sequence[Bar]) -> tuple[list[str], float, float]:
    groups = _width([line for bar in bars if bar.group for line in _lines(bar.group)], sign=_BOLD)
    names = _width([line for bar in bars if bar.label for line in _lines(bar.label)])
    names_at = groups + _GAP if groups else 0.0
    left = names_at + (names + _GAP if names else 0.0)
    values = _width([bar.value for bar in bars if bar.share is not None])
    room = max(_WIDE - left - values - _GAP, 80.0)
    parts: list[str] = []
    y, before = 0.0, None
    for bar in bars:
        is_first = bar.group != before
        before = bar.group
        y += 6 if is_first and bar.group and y else 0
        shown = _lines(bar.group) if is_first and bar.group else []
        labels = _lines(bar.label) if bar.label else []
        parts += [_say(line, 0, y + 15 + at * _LINE, kind="group") for at, line in enumerate(shown)]
        parts += [_say(line, names_at, y + 15 + at * _LINE) for at, line in enumerate(labels)]
        parts += _one_lying(bar, left=left, room=room, y=y)
        y += max(_ROW, _LINE * max(len(shown), len(labels)) + 6)
    axis = f'<line x1="{left:.1f}" y1="0" x2="{left:.1f}" y2="{y:.1f}" class="axis"/>\n'
    return [*parts, axis], _WIDE, y


def _one_lying(bar: Bar, *, left: float, room: float, y: float) -> Iterator[str]:
    if bar.share is None:
        yield _say(bar.value, left + 6, y + 15, kind="unknown")
        return
    long = max(bar.share * room, _LEAST if bar.share else 0.0)
    if long:
        yield _shape(bar, left, y + (_ROW - _BAR) / 2, wide=long, high=_BAR)
    yield _say(bar.value, left + long + 6, y + 15)


# Side by side ---------------------------------------------------------------------------------------------------------


def _standing(bars: Sequence[Bar]) -> tuple[list[str], float, float]:
    """As many side by side as fit; those of later times stand in rows below."""
    widest = _width([words for bar in bars for words in (bar.label, bar.value) if bar.share is not None])
    step = max(widest + _GAP, 44.0)
    count = max(1, int(_WIDE_STANDING // step))
    row_high = _HIGH + 2 * _LINE + _GAP
    parts: list[str] = []
    for index, bar in enumerate(bars):
        row, place = divmod(index, count)
        parts += _one_standing(bar, x=place * step, base=row * row_high + _HIGH + _LINE, step=step)
    rows = -(-len(bars) // count)
    wide = min(len(bars), count) * step
    axes = [
        f'<line x1="0" y1="{base:.1f}" x2="{wide:.1f}" y2="{base:.1f}" class="axis"/>\n'
        for base in (row * row_high + _HIGH + _LINE for row in range(rows))
    ]
    return [*parts, *axes], max(wide, 1.0), rows * row_high


def _one_standing(bar: Bar, *, x: float, base: float, step: float) -> Iterator[str]:
    middle = x + step / 2
    high = 0.0 if bar.share is None else max(bar.share * _HIGH, _LEAST if bar.share else 0.0)
    if high:
        wide = min(step - _GAP, 46.0)
        yield _shape(bar, middle - wide / 2, base - high, wide=wide, high=high)
    kind = "unknown" if bar.share is None else ""
    yield _say(bar.value, middle, base - high - 4, kind=kind, anchor="middle")
    yield _say(bar.label, middle, base + _LINE, anchor="middle")
