"""Lines of Latin text filled to the full width: the blanks between words share what is left. Must not know pages."""

from typing import Final

from seedfund.paper.typeset import Line, Run

_WIDEST: Final = 0.75
"""A blank grows by no more of the font size than this: a line of two words stays as it is."""


def justified(line: Line, *, size: float, width: float) -> Line:
    """The line as wide as `width`, each word a run of its own; one that is not all Latin is given back as it is."""
    runs = [run for run in line.runs if isinstance(run, Run)]
    blanks = sum(glyph.text == " " for run in runs for glyph in run.glyphs)
    spare = width - line.width
    if len(runs) != len(line.runs) or not blanks or not 0 < spare / blanks <= _WIDEST * size:
        return line
    widened: list[Run] = []
    shift = 0.0
    for run in sorted(runs, key=lambda one: one.x):
        words, shift = _words(run, size=size, gap=spare / blanks, shift=shift)
        widened.extend(words)
    return Line(tuple(widened), width, line.tall, line.is_parted)


def _words(run: Run, *, size: float, gap: float, shift: float) -> tuple[list[Run], float]:
    """The words of a run with their blanks, moved on, and how far what follows has to move."""
    words: list[Run] = []
    start, x = 0, run.x
    for index, glyph in enumerate(run.glyphs):
        if glyph.text == " " or index == len(run.glyphs) - 1:
            said = slice(start, index + 1)
            letters = run.letters[said]
            word = Run(x + shift, run.face, run.glyphs[said], run.link, run.language, letters)
            words.append(word)
            x += word.width * size / 1000
            start = index + 1
        if glyph.text == " ":
            shift += gap
    return words, shift
