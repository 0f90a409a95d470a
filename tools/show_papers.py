"""Draws the first page of each fictional paper in each of its languages into `docs/papers`, for the eye.

Run from the repository's root, with the development tools: `.venv/bin/python tools/show_papers.py`. What is checked of
papers is checked by the tests; these pictures are there to be looked at when a layout or a wording changes.
"""

import sys
from pathlib import Path
from typing import Final

import pypdfium2

sys.path.insert(0, str(Path(__file__).parent.parent))

from seedfund.documents.content import Content, content_hash
from seedfund.documents.layouts import Arrangement, Version, draw, draw_together
from seedfund.documents.rules import languages_of
from seedfund.documents.wording import load_template
from tests.documents import samples

FOLDER: Final = Path("docs/papers")
SCALE: Final = 1.1
GREYS: Final = 16
TOGETHER: Final = (("es", "qu"), ("my", "th"), ("ar", "en"))


def version(content: Content, language: str) -> Version:
    """A sample as it would stand on the register."""
    data = content.to_json()
    return Version(
        content=content,
        data=data,
        language=language,
        wording=load_template(content.wording, language=language),
        number=content.number,
        content_hash=content_hash(data),
        chain_head=samples.CHAIN_HEAD,
    )


def alone(content: Content, language: str) -> bytes:
    """A sample in one language."""
    one = version(content, language)
    return draw(
        one.data,
        language=language,
        template_version=one.wording.version,
        number=one.number,
        content_hash=one.content_hash,
        chain_head=one.chain_head,
        template=one.wording,
    )


def together(first: str, second: str) -> bytes:
    """An agreement in two languages; the one with a rule for amounts prevails."""
    prevailing = second if first == "my" else first
    changes = {"languages": (first, second), "prevailing_language": prevailing}
    texts = []
    for language in (first, second):
        number = "SC-2026-0042" if language == prevailing else f"SC-2026-0042-{language.upper()}"
        texts.append(version(samples.agreement(**changes, number=number), language))
    return draw_together(texts[0], texts[1], arrangement=Arrangement.SIDE)


def save(pdf: bytes, name: str) -> None:
    """The first page as a small grey picture."""
    page = pypdfium2.PdfDocument(pdf)[0]
    picture = page.render(scale=SCALE).to_pil().convert("L").quantize(GREYS)
    picture.save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    """Write every picture anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for content in (*samples.all_papers(), samples.agreement(kind="undertaking")):
        for language in languages_of(content.wording):
            save(alone(content, language), f"{content.wording}-{language}")
    for first, second in TOGETHER:
        save(together(first, second), f"agreement-{first}-{second}")


if __name__ == "__main__":
    main()
