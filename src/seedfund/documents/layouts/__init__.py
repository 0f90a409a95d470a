"""How papers look: from a content's plain data to the bytes of a PDF. Must not know sessions, rows or clocks."""

from seedfund.documents.layouts.drawing import LAYOUT, draw

__all__ = ["LAYOUT", "draw"]
