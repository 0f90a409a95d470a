"""Sentences of papers in the scripts we print, and what a reader of the PDF makes of a page. The people are made up."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import pypdfium2

from seedfund.paper.blocks import Block
from seedfund.paper.frame import Frame, paper
from seedfund.paper.pdf import About
from seedfund.paper.text import ScriptTypesetter, isolate

SPANISH: Final = (
    "La señora Ñusta Quishpe recibe USD\u00a01.250,50 el 22 de noviembre de 2026, «en tres cuotas»."
)
KICHWA: Final = "Kay killkata ñukanchik shimipi kushpa, 22 puncha sasi killapi, Ñusta Kishpi."
FRENCH: Final = "Le bénéficiaire reçoit 1 250,50 € à la date prévue ; l’œuvre naît à Tulcán."
PORTUGUESE: Final = "A beneficiária não receberá mais de 1.250,50 até à próxima prestação de contas."
THAI: Final = "ผู้รับทุนตกลงที่จะใช้เงินทุนเพื่อซื้ออุปกรณ์ตามแผนธุรกิจที่ได้รับอนุมัติ (USD 1,250.50) น้ำดื่มและปั๊มน้ำ ญี่ปุ่น ฐานะ กตัญญู"
BURMESE: Final = "ငွေကြေးထောက်ပံ့မှု သဘောတူညီချက်။ သင်္ဘောဆိပ်တွင် SC-2026-0042 ပတ္တမြား ကျွန်ုပ်တို့သည် ထိုးပါသည်။"
ARABIC: Final = (
    f"اتفاقية منحة رقم {isolate('SC-2026-0042')} بمبلغ {isolate('JOD 1,250.500')} في {isolate('22/11/2026')} هاتف "
    f"{isolate('+962 79 000 0000')} (ألف ومئتان وخمسون دينارا) السلام عليكم"
)
EXACT: Final = {"es": SPANISH, "qu": KICHWA, "fr": FRENCH, "pt": PORTUGUESE, "th": THAI, "my": BURMESE}
ALL: Final = EXACT | {"ar": ARABIC}

_FRAME: Final = Frame(letterhead=("Fundación Ejemplo",), running="SC", page_of="{page}/{pages}", foot=())
ABOUT: Final = About(title="P", author="F", language="es-EC", day=date(2026, 11, 22), identity="x")


def drawn(blocks: Sequence[Block], language: str = "es") -> bytes:
    """A paper of blocks with nothing much around them."""
    return paper(blocks, _FRAME, ABOUT, typesetter=ScriptTypesetter(language))


def read_back(pdf: bytes) -> str:
    """What PDFium copies from the text of all pages, lines and blanks as one blank, head and foot left out."""
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    bodies = [
        re.sub(rf"^(Fundación Ejemplo|SC)\s|\s?{number}/{len(pages)}\s*$", "", page)
        for number, page in enumerate(pages, start=1)
    ]
    return " ".join(" ".join(bodies).replace("\u00a0", " ").split())
