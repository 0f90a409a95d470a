"""The Unicode Bidirectional Algorithm (UAX #9): which way every character of a paragraph runs.

Pure functions of the text. Must not know fonts, lines or scripts. One module for each part of the annex:

- `explicit`: embeddings, overrides and isolates (X1-X8), the paragraph's own direction (P2, P3).
- `sequences`: the stretches that are resolved together (X10).
- `weak`: numbers, marks and separators (W1-W7); `neutral`: brackets and blanks (N0-N2).
- `levels`: the whole, with implicit levels (I1, I2) and line ends (L1); `order`: what stands where (L2).
"""

from seedfund.paper.text.bidi.levels import resolve, resolve_classes
from seedfund.paper.text.bidi.order import visual_order

__all__ = ["resolve", "resolve_classes", "visual_order"]
