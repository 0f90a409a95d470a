"""Hands that alter a paper: a figure on the page, the content inside, a file written again, something appended."""

import io
import re
import zlib
from collections.abc import Callable
from functools import partial

import pypdfium2

from seedfund.documents.enclosed import FILE_NAME
from seedfund.paper.reading import PdfSource

_LENGTH = re.compile(rb"/Length (\d+)")


def rewritten(pdf: bytes) -> bytes:
    """The paper as another program writes it, the same words on it."""
    out = io.BytesIO()
    document = pypdfium2.PdfDocument(pdf)
    document.save(out)
    document.close()
    return out.getvalue()


def with_words(pdf: bytes, old: str, new: str) -> bytes:
    """The paper with other words on its pages, in the same font; everything else is left as it is."""
    source = PdfSource(pdf)
    for page in source.pages():
        code = source.opened(source.get(page["Contents"]))
        for font in source.table(source.table(page["Resources"])["Font"]).values():
            signs = _signs(source, font)
            if not set(old + new) <= signs.keys():
                continue
            before, after = ("".join(signs[sign] for sign in text) for text in (old, new))
            # Letters of one byte stand as they are read, all others as figures.
            for as_drawn in (bytes.fromhex, str.encode):
                if as_drawn(before) in code:
                    return _with_streams(pdf, partial(_with_codes, as_drawn(before), as_drawn(after)))
    raise AssertionError(f"{old} is on no page")


def _with_codes(before: bytes, after: bytes, code: bytes) -> bytes:
    return code.replace(before, after) if b"BT " in code else code


def _signs(source: PdfSource, font: object) -> dict[str, str]:
    """The signs of a font with the code each is drawn with."""
    table = source.opened(source.get(source.table(font)["ToUnicode"])).decode()
    pairs = (line.split(" ") for line in table.splitlines() if line.startswith("<") and line.count("<") == 2)
    return {bytes.fromhex(text.strip("<>")).decode("utf-16-be"): code.strip("<>") for code, text in pairs}


def with_content(pdf: bytes, old: str, new: str) -> bytes:
    """The paper with another content inside; its pages are left as they are."""
    content = PdfSource(pdf).attachment(FILE_NAME)
    assert content is not None
    return _with_streams(
        pdf, lambda found: found.replace(old.encode(), new.encode()) if found == content else found
    )


def without_content(pdf: bytes) -> bytes:
    """The paper with nothing inside."""
    return re.sub(rb"/EmbeddedFiles", b"/EmbeddedNothg", pdf)


def _with_streams(pdf: bytes, change: Callable[[bytes], bytes]) -> bytes:
    parts, at = [], 0
    for found in _LENGTH.finditer(pdf):
        if found.start() < at:
            continue
        start, length = pdf.index(b"stream\n", found.end()) + len(b"stream\n"), int(found[1])
        try:
            opened = zlib.decompress(pdf[start : start + length])
        except zlib.error:
            continue
        changed = change(opened)
        if changed == opened:
            continue
        packed = zlib.compress(changed)
        parts += [pdf[at : found.start(1)], b"%d" % len(packed), pdf[found.end(1) : start], packed]
        at = start + length
    assert parts, "nothing was altered"
    return b"".join([*parts, pdf[at:]])
