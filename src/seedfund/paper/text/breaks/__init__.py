"""Where a line may end (UAX #14), with words of Thai and syllables of Burmese. Must not know fonts, widths or lines."""

from seedfund.paper.text.breaks.opportunities import opportunities

__all__ = ["opportunities"]
