"""Text of any script into lines: order, shapes, breaks and fonts. Must not know pages, PDF or what the text says.

`ScriptTypesetter(language)` sets a paper; `isolate` sets a value apart in text that runs otherwise; `read_family` and
`Fonts.with_family` bring a host's own fonts. What shapes letters is loaded when the first text that needs it is set.
"""

from typing import TYPE_CHECKING, Final

from seedfund.kernel.lazy import loader

if TYPE_CHECKING:
    from seedfund.paper.text.directions import is_rtl_language
    from seedfund.paper.text.engine import ScriptTypesetter
    from seedfund.paper.text.fonts import Family, Fonts, read_family, shipped
    from seedfund.paper.text.isolates import isolate, without_isolates
    from seedfund.paper.text.paragraph import SetParagraph
else:
    _HOMES: Final = {
        ".directions": ("is_rtl_language",),
        ".engine": ("ScriptTypesetter",),
        ".fonts": ("Family", "Fonts", "read_family", "shipped"),
        ".isolates": ("isolate", "without_isolates"),
        ".paragraph": ("SetParagraph",),
    }
    __getattr__ = loader(__name__, _HOMES)

__all__ = [
    "Family",
    "Fonts",
    "ScriptTypesetter",
    "SetParagraph",
    "is_rtl_language",
    "isolate",
    "read_family",
    "shipped",
    "without_isolates",
]
