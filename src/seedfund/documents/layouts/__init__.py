"""How papers look: from a content's plain data to the bytes of a PDF. Must not know sessions, rows or clocks."""

from seedfund.documents.layouts.drawing import LAYOUT, Version, draw
from seedfund.documents.layouts.together import Arrangement, draw_together

__all__ = ["LAYOUT", "Arrangement", "Version", "draw", "draw_together"]
