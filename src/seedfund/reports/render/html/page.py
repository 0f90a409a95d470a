"""The page around a report in HTML: one file that asks nobody for anything, and runs nothing. Must not know reports.

No script, no font, no picture, no address: a policy in the page forbids them to the browser too. Every text is escaped
here; what would steer a screen is shown by its code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from seedfund.paper.styles import TONES
from seedfund.reports.render.screen import visible

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLOURS: Final = tuple(
    "#" + "".join(f"{round(part * 255):02x}" for part in (red, green, blue)) for red, green, blue in TONES
)
STYLE: Final = (
    """
:root { --ink: #1c1c1c; --soft: #4a4a4a; --line: #b8b8b8; --faint: #f3f4f5; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1.25rem 3rem; color: var(--ink); background: #fff;
  font: 1rem/1.45 system-ui, "Noto Sans", "Segoe UI", "Liberation Sans", sans-serif; }
header p, footer p { margin: .15rem 0; }
p { overflow-wrap: anywhere; }
h1 { font-size: 1.55rem; line-height: 1.2; margin: .35rem 0 .2rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
.org { font-weight: 600; }
.mark { float: right; border: 2px solid var(--ink); padding: .1rem .6rem; font-weight: 700; }
.soft, footer, figcaption { color: var(--soft); }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .5rem 1.25rem; margin: 1rem 0; }
dl div { min-width: 0; }
dt { color: var(--soft); font-size: .8rem; }
dd { margin: 0; overflow-wrap: anywhere; }
code { font-family: ui-monospace, "Noto Sans Mono", monospace; font-size: .85em; overflow-wrap: anywhere; }
.scroll { position: relative; overflow-x: auto; margin: .75rem 0 1.25rem; }
.scroll:focus-visible { outline: 3px solid #2b4f73; outline-offset: 2px; }
table { border-collapse: collapse; font-size: .85rem; line-height: 1.35; }
th, td { padding: .28rem .6rem; text-align: left; vertical-align: top; unicode-bidi: isolate; }
th:first-child, td:first-child { padding-left: .2rem; }
thead th { border-top: 2px solid var(--ink); border-bottom: 2px solid var(--ink); vertical-align: bottom; }
thead th.n, thead th.d { white-space: normal; }
tbody tr { border-bottom: 1px solid #dcdcdc; }
tbody th { font-weight: 400; }
tbody th[scope=rowgroup], tr.sum th, tr.sum td { font-weight: 700; }
tr.sum { border-top: 1px solid var(--ink); background: var(--faint); }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.d { white-space: nowrap; }
.t { min-width: 7.5rem; }
.none { font-style: italic; color: var(--soft); white-space: normal; }
figure { margin: .5rem 0 1rem; }
svg { display: block; width: 100%; height: auto; max-width: 52rem; }
svg text { font: 13px system-ui, "Noto Sans", "Segoe UI", "Liberation Sans", sans-serif; fill: var(--ink); }
svg .group { font-weight: 600; }
svg .unknown { font-style: italic; fill: var(--soft); }
svg .axis { stroke: var(--line); }
svg .hollow { fill: #fff; stroke: var(--soft); }
"""
    + "".join(f"svg .tone{tone} {{ fill: {colour}; }}\n" for tone, colour in enumerate(_COLOURS))
    + """.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media print { @page { size: A4 landscape; margin: 14mm; } body { max-width: none; padding: 0; font-size: 9pt; }
  .scroll { overflow: visible; } table { font-size: 7pt; } th, td { padding: .12rem .3rem; } .t { min-width: 0; }
  thead { display: table-header-group; }
  tr, figure { break-inside: avoid; } h2 { break-after: avoid; } }
"""
)


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around the body: the language, the title, the lines of the foot; a wide one is printed on A3."""

    language: str
    title: str
    foot: tuple[str, ...] = ()
    is_wide: bool = False


def text(words: str) -> str:
    """Words as they stand between tags or in an attribute: never markup, and nothing that steers a screen."""
    return escape(visible(words), quote=True)


def page(about: Page, body: Iterable[str]) -> Iterator[str]:
    """The whole file, piece by piece."""
    style = STYLE.replace("A4", "A3") if about.is_wide else STYLE
    yield (
        f'<!DOCTYPE html>\n<html lang="{text(about.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{text(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="seedfund">\n'
        f"<title>{text(about.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )
    yield from body
    if about.foot:
        yield "<footer>\n" + "".join(f"<p>{text(line)}</p>\n" for line in about.foot) + "</footer>\n"
    yield "</body>\n</html>\n"
